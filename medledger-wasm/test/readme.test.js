// The README's example runs as it is written.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

test("the README's example runs", () => {
  const text = readFileSync(new URL("../node_modules/medledger/README.md", import.meta.url), "utf8");
  const examples = [...text.matchAll(/```js\n(.*?)```/gs)].map((found) => found[1]);
  assert.equal(examples.length, 1);
  const file = new URL("../example.mjs", import.meta.url);
  writeFileSync(file, examples[0]);
  const said = execFileSync(process.execPath, [file.pathname], { encoding: "utf8" }).trim().split("\n");
  assert.deepEqual(said, ["permit", "expired"]);
});
