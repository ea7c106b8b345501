// The files, the manifest, counting, the report. The same in Node and in a browser.
import { kinds as ground } from "./ground.js";
import { kinds as ledgers } from "./ledgers.js";
import { equal, hex, text } from "./read.js";
import { Record } from "./record.js";
import { kinds as records } from "./records.js";
import { story } from "./story.js";

const KINDS = { ...ground, ...ledgers, ...records };

/** What is wrong with the answer to a vector; nothing where nothing is. */
function fault(api, vector, given, operation) {
  let answer;
  try {
    answer = operation(api, given);
  } catch (error) {
    if (!(error instanceof api.MedledgerError)) return `${error}\n${error?.stack}`;
    if (vector.rule === error.code) return undefined;
    return `it is refused: ${error.message}${vector.rule === undefined ? "" : `, and not by ${vector.rule}`}`;
  }
  if (vector.out === undefined) return `${vector.rule} does not refuse it: ${JSON.stringify(answer).slice(0, 200)}`;
  if (equal(answer, vector.out)) return undefined;
  const names = Object.keys({ ...answer, ...vector.out });
  const differing = names.filter((name) => !equal(answer[name], vector.out[name]));
  return `another answer: ${differing.map((name) => `${name}: ${JSON.stringify(answer[name])}`).join("; ") || "other fields"}`;
}

/** Files that are missing, surplus, or other than the manifest says. */
async function sums(manifest, files) {
  const found = [];
  for (const [path, of] of Object.entries(manifest.files)) {
    const file = files.get(path);
    const sum = file && hex(new Uint8Array(await crypto.subtle.digest("SHA-256", file)));
    if (sum === undefined) found.push(`${path} is missing`);
    else if (sum !== of.sha256) found.push(`${path} has another sum`);
  }
  const known = new Set(["manifest.json", "README.md", ...Object.keys(manifest.files)]);
  return found.concat([...files.keys()].filter((path) => !known.has(path)).map((path) => `${path} is not listed`));
}

/** Checks every vector of the kinds that an artifact runs. */
function check(artifact, api, manifest, files) {
  const runs = ([, of]) => artifact === "full" || of.artifact === artifact;
  const wanted = new Map(Object.entries(manifest.kinds).filter(runs));
  const kinds = Object.fromEntries([...wanted.keys()].map((kind) => [kind, { executed: 0, failed: 0 }]));
  const failures = [];
  const start = performance.now();
  for (const path of Object.keys(manifest.files).filter((path) => files.has(path))) {
    const { kind, in: common, vectors } = JSON.parse(text(files.get(path)));
    if (artifact === "light" && manifest.kinds[kind] && !wanted.has(kind)) continue;
    if (!(kind in kinds) || !(kind in KINDS)) {
      failures.push(`${path}: no operation checks ${kind}`);
      continue;
    }
    for (const vector of vectors) {
      kinds[kind].executed += 1;
      // What is given to all vectors of the file, and what to this one.
      const wrong = fault(api, vector, { ...common, ...vector.in }, KINDS[kind]);
      if (wrong === undefined) continue;
      kinds[kind].failed += 1;
      failures.push(`${artifact}: ${path}: ${vector.name}: ${wrong}`);
    }
  }
  for (const [kind, { valid, invalid }] of wanted) {
    if (kinds[kind].executed !== valid + invalid) failures.push(`${artifact}: ${kind}: ${kinds[kind].executed} executed of ${valid + invalid}`);
  }
  const executed = Object.values(kinds).reduce((sum, of) => sum + of.executed, 0);
  return { executed, manifest: manifest.artifacts[artifact], failures, kinds, seconds: (performance.now() - start) / 1000 };
}

/** Everything: the full artifact over all kinds, the light one over its own, and the story. */
export async function run(runner, { full, light }, files) {
  const manifest = JSON.parse(text(files.get("manifest.json")));
  const failures = await sums(manifest, files);
  const record = new Record();
  const artifacts = { full: record.wrap(full), light: record.wrap(light) };
  const whole = check("full", artifacts.full, manifest, files);
  const part = check("light", artifacts.light, manifest, files);
  failures.push(...whole.failures);
  record.doing = "story";
  try {
    story(artifacts.full);
  } catch (error) {
    failures.push(`the story: ${error}\n${error?.stack}`);
  }
  return {
    runner,
    executed: whole.executed,
    manifest: whole.manifest,
    failed: failures.length,
    seconds: Number((whole.seconds + part.seconds).toFixed(3)),
    kinds: whole.kinds,
    light: { executed: part.executed, manifest: part.manifest, failed: part.failures.length, seconds: Number(part.seconds.toFixed(3)) },
    operations: { vectors: record.of("vectors"), story: record.of("story") },
    failures: [...failures, ...part.failures].slice(0, 20),
  };
}

/** Whether nothing failed, and nothing less than everything was executed. */
export const passed = ({ executed, manifest, failed, light }) =>
  failed === 0 && light.failed === 0 && executed === manifest && light.executed === light.manifest && light.executed > 0;
