// What a call costs from JavaScript: nanoseconds, as one object. usage: node crossing.js VECTORS, from where the package is installed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Key, LightClient, decide, termsFromBytes, verifySignatures } from "medledger";
import { request } from "./ground.js";
import { bytes, time } from "./read.js";

const WARM_UP = 1_000;
const ROUNDS = 15;
const ROUND = 100;

/** Nanoseconds a call, and how many there were. */
function calls(call, span) {
  const start = performance.now();
  for (let count = 1; ; count += 1) {
    call();
    const spent = performance.now() - start;
    if (spent >= span) return [(spent * 1e6) / count, count];
  }
}

/** The median of some rounds, after warming up; and the calls in all of them. */
function cost(call) {
  calls(call, WARM_UP);
  const rounds = Array.from({ length: ROUNDS }, () => calls(call, ROUND)).sort(([one], [other]) => one - other);
  return [rounds[ROUNDS >> 1][0], rounds.reduce((sum, [, count]) => sum + count, 0)];
}

/** What the first valid vector of a kind gives. */
function vector(kind) {
  const { in: common, vectors } = JSON.parse(readFileSync(join(process.argv[2], "valid", `${kind}.json`), "utf8"));
  return { ...common, ...vectors[0].in };
}

const given = vector("decide");
const [terms, asked, at] = [termsFromBytes(bytes(given.terms)), request(given.request), time(given.at)];
const shown = vector("receipt");
const [client, receipt] = [new LightClient(bytes(shown.genesis), time(shown.now)), bytes(shown.receipt)];
const key = Key.draw();
const claims = Array.from({ length: 1_000 }, (_, number) => {
  const message = Uint8Array.from({ length: 300 }, (_, byte) => (byte + number) & 255);
  return { publicKey: key.publicKey(), message, signature: key.sign(message) };
});
const costs = {
  decide: cost(() => decide(terms, asked, at)),
  receipt: cost(() => client.readReceipt(receipt)),
  signatures: cost(() => verifySignatures(claims)),
};
assert.equal(verifySignatures(claims).length, 0);
const named = (which) => Object.fromEntries(Object.entries(costs).map(([name, of]) => [name, of[which]]));
console.log(JSON.stringify({ ...named(0), calls: named(1) }));
