// For Node and others with its file system: the module is there when the import is.
import { readFileSync } from "node:fs";
import { initSync } from "../dist/full/medledger.js";

initSync({ module: readFileSync(new URL("../dist/full/medledger_bg.wasm", import.meta.url)) });

export const init = async () => {};
export * from "./full.js";
