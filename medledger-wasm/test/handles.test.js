// What has state: disposed of, in use, of another class; a signer of one's own; a hundred thousand of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AgreementKey, Key, Ledger, MedledgerError, deactivate } from "medledger";
import { memory } from "./memory.js";
import { chain } from "./story.js";

test("what was disposed of is used up", () => {
  const key = Key.draw();
  key.free();
  key.free();
  assert.throws(() => key.id(), { code: "API-005" });
  const other = Key.draw();
  assert.equal(other.id().length, 64);
  // What `using` calls; that itself is in the test of types, since this Node can't read it.
  other[Symbol.dispose]();
  assert.throws(() => other.sign(new Uint8Array(1)), { code: "API-005" });
});

test("an object of another class is refused", () => {
  const { sender } = chain();
  const draft = deactivate(sender);
  const agreement = AgreementKey.draw();
  assert.throws(() => draft.sign(agreement), { code: "API-001" });
  assert.throws(() => draft.sign({}), { code: "API-001" });
  assert.throws(() => draft.sign(undefined), { code: "API-001" });
  assert.throws(() => Key.prototype.id.call(agreement), { code: "API-001" });
});

test("a signer of one's own signs, fails, cancels, and is found out", () => {
  const { sender, key } = chain();
  const draft = deactivate(sender);
  const signer = { publicKey: () => key.publicKey(), sign: (message) => key.sign(message) };
  assert.deepEqual(draft.signWith(signer), draft.sign(key));
  const told = new Error("the card was pulled");
  const signing = (sign) => () => draft.signWith({ ...signer, sign });
  assert.throws(signing(() => { throw told; }), (error) => error.kind === "signer" && /card was pulled/.test(error.message) && error.cause === told);
  const codes = [() => { throw MedledgerError.cancelled(); }, () => { throw told; }, () => new Uint8Array(64), () => "abc", async () => key.sign(draft.toSign())].map((sign) => {
    try {
      signing(sign)();
    } catch (error) {
      assert.ok(error instanceof MedledgerError && error.kind === "signer", String(error));
      return error.code;
    }
    return "none";
  });
  assert.equal(new Set(codes.slice(0, 3)).size, 3, `cancelled, failed and wrong are told apart: ${codes}`);
  const another = Key.draw();
  assert.throws(() => draft.signWith({ ...signer, publicKey: () => another.publicKey() }), { kind: "signer" });
  assert.throws(() => draft.signWith({}), { code: "API-001" });
  assert.throws(() => draft.signWith(undefined), { code: "API-001" });
});

test("what a call works on can't be changed or dropped by the signer that it asks", () => {
  const { sender, key } = chain();
  const draft = deactivate(sender);
  const inside = (sign) => draft.approveWith({ publicKey: () => key.publicKey(), sign });
  const codes = [];
  inside((message) => {
    for (const call of [() => draft.free(), () => draft.toSign(), () => draft.approve(key)]) {
      try {
        call();
      } catch (error) {
        codes.push(error.code);
      }
    }
    return key.sign(message);
  });
  assert.deepEqual(codes, ["API-006", "API-006", "API-006"]);
  assert.equal(draft.approvedBy().length, 1);
});

test("a progress function stops the work, or throws through it", () => {
  const { ledger, now, validator } = chain();
  ledger.produce(validator, now);
  const bytes = ledger.toBytes();
  const steps = [];
  const again = Ledger.open(bytes, now, (done, total) => { steps.push([done, total]); });
  assert.ok(steps.length > 0 && steps.every(([done, total]) => typeof done === "bigint" && done <= total));
  assert.deepEqual(again.status(), ledger.status());
  assert.throws(() => Ledger.open(bytes, now, () => false), { code: "API-009" });
  const thrown = new Error("mine");
  assert.throws(() => Ledger.open(bytes, now, () => { throw thrown; }), (error) => error === thrown);
  assert.throws(() => Ledger.open(bytes, now, 5), { code: "API-001" });
});

test("a hundred thousand objects, made and disposed of, leave memory where it was", () => {
  const make = (count) => {
    for (let at = 0; at < count; at += 1) Key.fromSeed(new Uint8Array(32).fill(at & 255)).free();
  };
  make(10_000);
  const before = memory();
  make(100_000);
  assert.equal(memory(), before);
});
