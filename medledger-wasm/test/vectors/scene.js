// A ledger, a hospital, a patient, a consent: what the story is told with.
import { same } from "./read.js";

const HOUR = 3_600_000n;

export function scene(api) {
  const { Key, Ledger, NewIdentity } = api;
  const now = new Date("2026-03-02T08:00:00Z");
  const later = (minutes) => new Date(now.getTime() + minutes * 60_000);
  const hospital = NewIdentity.draw("organisation");
  const patient = NewIdentity.draw("patient");
  const validator = Key.draw();
  const founders = [{ inception: hospital.inception(), member: true }];
  const ledger = new Ledger(api.genesis("Example", now, [validator.publicKey()], founders));
  const chain = ledger.status().chain;
  const senderBy = (identity, key) => ledger.sender(identity.did(), key.id(), now, HOUR);
  const sender = (identity) => senderBy(identity, identity.device());
  /** In a block of its own, and not refused. */
  const recorded = (transaction) => {
    ledger.submit(transaction.bytes, now);
    const [result] = ledger.produce(validator, now).results;
    same(result.rule, undefined, "a transaction of the story");
    return result;
  };
  const record = (draft, identity) => recorded(draft.sign(identity.device()));
  record(patient.incept(sender(hospital)), hospital);
  const terms = {
    period: { from: now, until: later(30 * 24 * 60) },
    effect: "permit",
    criteria: { actors: [{ identity: hospital.did() }], purposes: ["TREAT"] },
    directive: false,
  };
  const granted = record(ledger.grant(sender(patient), terms, now), patient);
  const consent = api.consentId(granted.transaction);
  const client = new api.LightClient(ledger.genesis(), now);
  return { api, now, later, hospital, patient, validator, ledger, chain, senderBy, sender, recorded, record, terms, granted, consent, client };
}
