// Sheets of words, relationships, keystores, restoring, rotation.
import { same } from "./read.js";

export function wallets({ api, chain, hospital, ledger, now, record, recorded, sender }) {
  const [first, second, third] = [api.Sheet.draw().keys(""), api.Sheet.draw(), api.Sheet.draw()];
  same(api.Sheet.fromWords(third.words()).words(), third.words(), "a sheet's words");
  const keystore = new api.Keystore(chain, []);
  same(keystore.successorDigest(0n), undefined, "no successor");
  keystore.setSuccessors(second.keys("").successorDigests());
  const patient = first.relationship(0n, keystore.successorDigest(0n), "patient");
  same(api.inceptionDid(patient.inception()), patient.did(), "a relationship's DID");
  record(patient.incept(sender(hospital)), hospital);
  keystore.keep(patient, "Riverside");
  same(keystore.signingKey(patient.did()).id(), first.device(0n, 0n).id(), "a kept key");
  same(keystore.agreementKey(patient.did()).publicKey(), first.agreement(0n, 0n).publicKey(), "a kept agreement key");
  const sealed = keystore.seal("a passphrase", { memory: 19456n, passes: 2n, lanes: 1n });
  same(api.readKeystore(sealed).identities, keystore.identities(), "a keystore without its passphrase");
  same(api.Keystore.open(sealed, "a passphrase").identities(), keystore.identities(), "a keystore");
  restored({ api, chain, first, ledger, now, patient, second });
  const client = new api.LightClient(ledger.genesis(), now);
  const state = client.readState(ledger.proveIdentity(patient.did()));
  const [plan] = api.planRotation(second.keys(""), [patient.did()], state);
  same([plan.turn, first.controller(0n).id() === plan.successor], ["due", false], "a plan");
  const by = ledger.sender(patient.did(), plan.successor, now, 3_600_000n);
  const next = third.confirm(third.words(), "");
  api.NextSheet.fromWords(third.words(), "").free();
  recorded(keystore.rotate(by, second.keys(""), next, state, []));
  same(ledger.identity(patient.did()).rotations, 1n, "a wallet's rotation");
}

function restored({ api, chain, first, ledger, now, patient, second }) {
  const client = new api.LightClient(ledger.genesis(), now);
  const asked = [];
  let state;
  for (let asks = api.restoreAsks(first); asks.length > 0; asks = api.restoreAsks(first, state)) {
    asked.push(...asks);
    state = client.readState(ledger.proveState(asked));
  }
  const [found] = api.restore(first, state);
  const keystore = new api.Keystore(chain, second.keys("").successorDigests());
  keystore.keepFound(first, found, 0n, "Riverside");
  same(keystore.identities()[0].did, patient.did(), "an identity found again");
}
