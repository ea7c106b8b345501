// In real Chromium: the packed module loads under a strict policy, in the page and in eight workers, and answers as in Node.
// usage: node browser.js FOLDER, where the folder has the installed package and these tests.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { ask } from "./chromium.js";

const { left, faults, version } = await ask({ "/": resolve(process.argv[2]) }, "/test/page.html", "answers", 60_000);
assert.deepEqual(faults, []);
for (const [name, answer] of Object.entries(left)) {
  assert.equal(answer, "ok", name);
  console.log(`ok ${name}`);
}
assert.ok(Object.keys(left).length >= 6);
console.log(`${Object.keys(left).length} passed in Chromium ${version}`);
