// In the page: the same runner over the artifacts as browsers load them. `browser.js` reads the report.
import * as light from "../../node_modules/medledger/js/light.browser.js";
import * as full from "../../node_modules/medledger/js/full.browser.js";
import { run } from "./run.js";

try {
  await Promise.all([full.init(), light.init()]);
  const paths = await (await fetch("/vectors/list.json")).json();
  const read = async (path) => [path, new Uint8Array(await (await fetch(`/vectors/${path}`)).arrayBuffer())];
  globalThis.report = await run("chromium", { full, light }, new Map(await Promise.all(paths.map(read))));
} catch (error) {
  globalThis.report = { broken: `${error}\n${error?.stack}` };
}
