// usage: node node.js VECTORS REPORT, from where the package is installed.
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import * as full from "medledger";
import * as light from "medledger/light";
import { passed, run } from "./run.js";

const [folder, target] = process.argv.slice(2);
const files = new Map();
for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath ?? entry.path, entry.name);
  if (entry.isFile()) files.set(relative(folder, path).split(sep).join("/"), await readFile(path));
}
const report = await run("node", { full, light }, files);
await mkdir(dirname(target), { recursive: true });
await writeFile(target, JSON.stringify(report, null, 1) + "\n");
report.failures.forEach((failure) => console.error(failure));
console.log(`${report.executed} of ${report.manifest}, light ${report.light.executed} of ${report.light.manifest}, ${report.failed} failed`);
process.exitCode = passed(report) ? 0 : 1;
