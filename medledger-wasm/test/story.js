// A ledger of one hospital, for tests.
import { Key, Ledger, NewIdentity, genesis } from "medledger";

export function chain() {
  const now = new Date("2026-03-01T08:00:00Z");
  const validator = Key.draw();
  const hospital = NewIdentity.draw("organisation");
  const founder = { inception: hospital.inception(), member: true };
  const bytes = genesis("a hospital", now, [validator.publicKey()], [founder]);
  const ledger = new Ledger(bytes);
  const key = hospital.device();
  const sender = ledger.sender(hospital.did(), key.id(), now, 3_600_000n);
  return { now, validator, hospital, genesis: bytes, ledger, key, sender };
}
