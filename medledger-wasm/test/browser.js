// In real Chromium: the packed module loads under a strict policy, in the page and in eight workers, and answers as in Node.
// usage: node browser.js CHROMIUM FOLDER, where the folder has the installed package and these tests.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, resolve } from "node:path";
import { chromium } from "playwright-core";

const root = resolve(process.argv[3]);
const kinds = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";

const server = createServer(async (request, response) => {
  const path = normalize(new URL(request.url, "http://localhost").pathname);
  try {
    const body = await readFile(join(root, path));
    response.writeHead(200, { "content-type": kinds[extname(path)] ?? "text/plain", "content-security-policy": policy });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const address = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
  executablePath: process.argv[2],
  headless: true,
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const page = await browser.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.goto(`${address}/test/page.html`);
  const shown = await page.waitForFunction(() => globalThis.answers, undefined, { timeout: 60_000 });
  const answers = await shown.jsonValue();
  assert.deepEqual(faults, []);
  for (const [name, answer] of Object.entries(answers)) {
    assert.equal(answer, "ok", name);
    console.log(`ok ${name}`);
  }
  assert.ok(Object.keys(answers).length >= 6);
  console.log(`${Object.keys(answers).length} passed in Chromium ${browser.version()}`);
} finally {
  await browser.close();
  server.close();
}
