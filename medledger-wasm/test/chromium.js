// Real Chromium, and a server of one folder under a strict policy.
import { createServer } from "node:http";
import { accessSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { delimiter, extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

const KINDS = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";
const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** Where the browser is. */
function found() {
  for (const name of NAMES) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      try {
        accessSync(join(folder, name));
        return join(folder, name);
      } catch {
        // Not there.
      }
    }
  }
  throw new Error("there is no Chromium on the PATH");
}

async function serve(folders) {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    const [at, folder] = Object.entries(folders).find(([at]) => path.startsWith(at)) ?? [];
    try {
      const body = typeof folder === "function" ? await folder(path) : await readFile(join(folder, path.slice(at.length)));
      response.writeHead(200, { "content-type": KINDS[extname(path)] ?? "text/plain", "content-security-policy": POLICY });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return server;
}

/** What a page leaves in a global of that name, and the browser's version. `folders` are served by where they begin. */
export async function ask(folders, page, name, timeout) {
  const server = await serve(folders);
  const args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  const browser = await chromium.launch({ executablePath: found(), headless: true, args });
  try {
    const tab = await browser.newPage();
    const faults = [];
    tab.on("pageerror", (error) => faults.push(String(error)));
    await tab.goto(`http://127.0.0.1:${server.address().port}${page}`);
    const left = await tab.waitForFunction((name) => globalThis[name], name, { timeout });
    return { left: await left.jsonValue(), faults, version: browser.version() };
  } finally {
    await browser.close();
    server.close();
  }
}
