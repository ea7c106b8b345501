// For browsers and bundlers: the module is fetched once, by the first call of `init`.
import { once } from "./once.js";
import load from "../dist/full/medledger.js";

export const init = once(load, () => new URL("../dist/full/medledger_bg.wasm", import.meta.url));
export * from "./full.js";
