// Wrong types and hostile bytes get an error with its code; edges of numbers and times are kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as medledger from "medledger";

const { AgreementKey, Draft, Key, LightClient, MedledgerError } = medledger;

/** What a call throws: its code. Anything but a `MedledgerError` fails the test. */
function code(call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof MedledgerError, `${error?.stack}`);
    assert.ok(error instanceof Error);
    assert.match(error.code, /^[A-Z]{3}-\d{3}$/);
    assert.ok(error.message.startsWith(`${error.code}: `));
    return error.code;
  }
  return "none";
}

const wrong = {
  undefined: undefined, null: null, boolean: true, number: 5, negative: -1, NaN: NaN, bigint: 1n, "negative bigint": -1n,
  "too large": 2n ** 64n, string: "abc", symbol: Symbol("s"), array: [], object: {}, function: () => {}, map: new Map(),
  "no date": new Date(NaN), date: new Date(0), bytes: new Uint8Array(0), words: new Uint16Array(2), buffer: new ArrayBuffer(4),
  proxy: new Proxy({}, {}), bare: Object.create(null), key: Key.draw(), shape: { length: 3 },
};

const functions = Object.entries(medledger).filter(([name, of]) => typeof of === "function" && name !== "init");
const classes = functions.filter(([, of]) => /^class /.test(Function.prototype.toString.call(of)) && of !== MedledgerError);
const operations = functions.filter(([, of]) => !/^class /.test(Function.prototype.toString.call(of)));

test("every operation answers every wrong type with a code, or does its work", () => {
  assert.ok(operations.length > 30, `${operations.length} operations`);
  let refused = 0;
  for (const [name, operation] of operations) {
    for (const [kind, value] of Object.entries(wrong)) {
      const given = Array.from({ length: Math.max(operation.length, 1) }, () => value);
      const told = code(() => operation(...given));
      if (told === "API-001") refused += 1;
      if (operation.length > 0 && kind === "symbol") assert.equal(told, "API-001", `${name}(${kind})`);
    }
  }
  assert.ok(refused > operations.length * 10, `${refused} were refused for their type`);
});

test("every class answers every wrong type with a code", () => {
  assert.ok(classes.length > 8, `${classes.length} classes`);
  for (const [name, Class] of classes) {
    for (const value of Object.values(wrong)) {
      code(() => new Class(value, value, value));
      for (const member of Object.getOwnPropertyNames(Class)) {
        if (typeof Class[member] === "function" && member !== "prototype") code(() => Class[member](value, value, value));
      }
    }
    for (const member of Object.getOwnPropertyNames(Class.prototype).filter((one) => one !== "constructor")) {
      // Called on what is no such object: one of another class, a bare object of this one, none at all.
      for (const self of [Object.create(Class.prototype), {}, undefined, Symbol("s")]) {
        assert.equal(code(() => Class.prototype[member].apply(self, Object.values(wrong))), "API-001", `${name}.${member}`);
      }
    }
  }
});

test("a wrong type is named with its place", () => {
  const sender = { chain: "00", did: "x", key: "y", counter: 5, signedAt: new Date(), validUntil: new Date() };
  assert.throws(() => medledger.deactivate(sender), { code: "API-001", message: /controller\.counter: a bigint is wanted/ });
  assert.throws(() => medledger.checkTerms({ rules: [{}, 5] }), (error) => error.fields.argument.startsWith("terms."));
  assert.throws(() => medledger.keyId("abc"), { code: "API-001", kind: "argument", fields: { argument: "publicKey", wanted: "a Uint8Array" } });
  assert.throws(() => Key.fromSeed(new Uint8Array(31)), { code: "API-003" });
  assert.throws(() => medledger.deactivate({ ...sender, counter: -1n }), { code: "API-004" });
  assert.throws(() => medledger.deactivate({ ...sender, counter: 2n ** 64n }), { code: "API-004" });
  assert.throws(() => medledger.deactivate({ ...sender, counter: 0n, signedAt: new Date(-1) }), { code: "API-004" });
  assert.throws(() => medledger.deactivate({ ...sender, chain: "\ud800" }), { code: "API-001" });
  const thrown = new RangeError("mine");
  const trap = { get chain() { throw thrown; } };
  assert.throws(() => medledger.deactivate(trap), (error) => error === thrown);
});

test("hostile bytes are refused with a code by whatever takes bytes alone", () => {
  const lengths = [0, 1, 2, 31, 32, 33, 64, 1000];
  let seed = 1;
  const next = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 8;
  for (let round = 0; round < 300; round += 1) {
    const bytes = Uint8Array.from({ length: lengths[round % lengths.length] }, () => next() & 255);
    code(() => new LightClient(bytes, new Date()));
    code(() => Draft.fromBytes(bytes));
    for (const [, operation] of operations) code(() => operation(bytes, bytes, bytes, bytes));
    for (const kind of medledger.wireTypes()) if (round < 8) code(() => medledger.inspect(kind, bytes));
  }
});

test("numbers and times keep their value, and bytes are copies", () => {
  const key = Key.draw();
  const key32 = key.publicKey();
  const before = key.id();
  key32.fill(0);
  assert.equal(key.id(), before);
  assert.equal(Object.getPrototypeOf(key32), Uint8Array.prototype);
  // A Buffer, a part of a larger buffer, and another realm's array are Uint8Arrays.
  const whole = new Uint8Array(64).fill(7);
  assert.equal(Key.fromSeed(Buffer.alloc(32, 7)).id(), Key.fromSeed(whole.subarray(10, 42)).id());
});

test("words are those that are listed", () => {
  assert.throws(() => medledger.NewIdentity.draw("robot"), { code: "API-002" });
  assert.throws(() => medledger.NewIdentity.draw(5), { code: "API-001" });
  const patient = medledger.NewIdentity.draw("patient");
  assert.match(patient.did(), /^did:medledger:/);
  assert.throws(() => new AgreementKey(), { code: "API-001" });
});
