// usage: node browser.js FOLDER VECTORS REPORT, where the folder has the installed package and these tests.
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { ask } from "../chromium.js";
import { passed } from "./run.js";

const [folder, vectors, target] = process.argv.slice(2);
const list = async () => {
  const entries = await readdir(vectors, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return JSON.stringify(paths.map((path) => relative(vectors, path).split(sep).join("/")));
};
const folders = { "/vectors/list.json": list, "/vectors/": resolve(vectors), "/": resolve(folder) };
const { left: report, faults, version } = await ask(folders, "/test/vectors/page.html", "report", 600_000);
if (report.broken !== undefined) throw new Error(report.broken);
report.failures.push(...faults);
report.failed += faults.length;
await mkdir(dirname(target), { recursive: true });
await writeFile(target, JSON.stringify(report, null, 1) + "\n");
report.failures.forEach((failure) => console.error(failure));
const { executed, manifest, light, failed } = report;
console.log(`${executed} of ${manifest}, light ${light.executed} of ${light.manifest}, ${failed} failed, in Chromium ${version}`);
process.exitCode = passed(report) ? 0 : 1;
