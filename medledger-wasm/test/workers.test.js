// Eight workers at once, each with a module of its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

if (!isMainThread) {
  const { Key } = await import("medledger");
  const ids = [];
  for (let at = 0; at < 500; at += 1) {
    const key = Key.fromSeed(new Uint8Array(32).fill((at + workerData) & 255));
    key.sign(new Uint8Array(100));
    ids.push(key.id());
  }
  parentPort.postMessage(ids.at(256 - workerData));
} else {
  test("eight workers at once get the same answers", async () => {
    const run = (workerData) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(new URL(import.meta.url), { workerData });
        worker.once("message", resolve).once("error", reject);
      });
    const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => run(at)));
    assert.equal(new Set(answers).size, 1);
  });
}
