// What no vector reaches, since it draws keys or signs or has a memory: done once, as a user would.
import { access } from "./access.js";
import { hex, same, utf8 } from "./read.js";
import { scene } from "./scene.js";
import { wallets } from "./wallets.js";

export function story(api) {
  const told = scene(api);
  ground(told);
  drafts(told);
  identities(told);
  consents(told);
  ledgers(told);
  records(told);
  sealing(told);
  fhir(told);
  wallets(told);
  access(told);
}

const signerOf = (key) => ({ publicKey: () => key.publicKey(), sign: (message) => key.sign(message) });

function ground({ api, validator }) {
  same(api.hashTags().every(({ tag }) => api.taggedHash(tag, utf8("data")).length === 32), true, "tags");
  same(api.rules().find(({ id }) => id === "API-009").text.length > 0, true, "rules");
  same(api.wireTypes().includes("Receipt"), true, "wire types");
  const same1 = api.Key.fromSeed(validator.seed());
  same([same1.id(), api.keyId(same1.publicKey())], [validator.id(), validator.id()], "a key's id");
  const [message, other] = [utf8("a message"), utf8("another")];
  const claim = { publicKey: validator.publicKey(), message, signature: validator.sign(message) };
  const steps = [];
  const bad = api.verifySignatures([claim, { ...claim, message: other }], (done, total) => steps.push([done, total]));
  same(bad.map(({ index }) => index), [1n], "the bad signature");
  same(steps.at(-1), [2n, 2n], "progress");
}

function drafts({ api, hospital, patient, validator, sender, senderBy }) {
  const draft = patient.incept(sender(hospital));
  same([draft.operation(), draft.approvedBy().length], ["inception", 2], "a draft");
  same(api.Draft.fromBytes(draft.toBytes()).sender(), draft.sender(), "a draft's sender");
  const key = hospital.device();
  const transaction = draft.finish(key.publicKey(), key.sign(draft.toSign()));
  same([draft.sign(key).id, draft.signWith(signerOf(key)).id], [transaction.id, transaction.id], "the three ways of signing");
  const phone = api.Key.draw();
  const adding = () => api.addDevice(senderBy(patient, patient.controller()), { signing: phone.publicKey() });
  const [one, two, three] = [adding(), adding(), adding()];
  one.addApproval(phone.publicKey(), phone.sign(one.approvalToSign(phone.publicKey())));
  two.approve(phone);
  three.approveWith(signerOf(phone));
  same([one.approvedBy(), two.approvedBy()], [three.approvedBy(), three.approvedBy()], "the three ways of approving");
  same(validator.id() === phone.id(), false, "two keys");
}

function identities({ api, hospital, ledger, now, later, patient, record, recorded, sender, senderBy }) {
  const doctor = api.NewIdentity.draw("practitioner");
  same(api.incept(sender(hospital), doctor.inception()).operation(), "inception", "an inception from its bytes");
  record(doctor.incept(sender(hospital)), hospital);
  same(api.inceptionDid(doctor.inception()), doctor.did(), "a DID");
  same(doctor.agreement().publicKey().length, 32, "an agreement key");
  const role = { system: "http://snomed.info/sct", code: "309343006" };
  const issue = api.issueCredential(sender(hospital), doctor.did(), role, { from: now, until: later(60) });
  const credential = api.credentialId(record(issue, hospital).transaction);
  record(api.revokeCredential(sender(hospital), credential), hospital);
  const [controller, device] = [doctor.controller(), doctor.device()];
  same(api.revokeDevice(senderBy(doctor, controller), device.id()).operation(), "device revocation", "a device's end");
  same(api.deactivate(senderBy(doctor, controller)).operation(), "deactivation", "an identity's end");
  const successor = doctor.successor();
  const next = api.successorDigest(api.Key.draw().publicKey());
  const control = ledger.control(doctor.did());
  const draft = api.rotate(senderBy(doctor, successor), control, successor.publicKey(), next, [device.id()], []);
  recorded(draft.sign(successor));
  same(ledger.identity(doctor.did()).rotations, 1n, "rotations");
  const proven = new api.LightClient(ledger.genesis(), now).readState(ledger.proveIdentity(patient.did()));
  same(proven.control(patient.did()), ledger.control(patient.did()), "what a rotation replaces");
  same(proven.sender(patient.did(), patient.device().id(), now, 60_000n).counter, 1n, "a counter");
}

function consents({ api, client, consent, hospital, ledger, now, patient, record, sender, terms }) {
  const reader = client.readState(ledger.proveConsents(patient.did()));
  same(reader.consents(patient.did(), now), ledger.consents(patient.did(), now), "active consents");
  same(reader.grant(sender(patient), terms, now).operation(), "consent", "a grant on a proof");
  same(reader.amend(sender(patient), consent, terms, now).operation(), "consent amendment", "an amendment on a proof");
  const asked = (purpose) => ({ requester: hospital.did(), action: "read", purpose, reach: { set: false } });
  const decisions = api.decideEach(terms, ["TREAT", "HRESCH"].map(asked), now);
  same(decisions.map(({ effect }) => effect), ["permit", "not-applicable"], "two decisions");
  same(api.grantConsent(sender(patient), 1n, terms).operation(), "consent", "a grant");
  const current = ledger.consent(consent, now);
  record(api.amendConsent(sender(patient), consent, current.versionHash, terms), patient);
  same(ledger.amend(sender(patient), consent, terms, now).operation(), "consent amendment", "an amendment");
  record(api.revokeConsent(sender(patient), consent), patient);
  same(ledger.consent(consent, now).status, "revoked", "a consent's end");
}

function ledgers({ api, granted, ledger, now, later, patient, validator }) {
  const founded = new api.Ledger(ledger.genesis());
  same(founded.accept(ledger.block(1n), now), ledger.blockSummary(1n), "a block that is followed");
  const steps = [];
  const opened = api.Ledger.open(ledger.toBytes(), now, (done) => steps.push(done));
  same([opened.status(), BigInt(steps.length)], [ledger.status(), ledger.status().height], "a ledger opened again");
  const proposal = opened.propose(validator.publicKey(), now);
  opened.certify(proposal, validator.publicKey(), validator.sign(proposal.toSign()));
  const client = new api.LightClient(ledger.genesis(), now);
  same(client.chain(), ledger.status().chain, "the chain");
  client.setTime(later(5));
  same(client.readAuthorityLog(ledger.proveLog(patient.did(), "authority")), ledger.authorityLog(patient.did()), "a proven log");
  const receipt = client.readReceipt(ledger.receipt(granted.transaction, patient.did()));
  const refreshed = client.readReceipt(ledger.refreshedReceipt(granted.transaction, patient.did()));
  same([receipt.position, receipt.vouched < refreshed.vouched], [refreshed.position, true], "a refreshed receipt");
  same(client.trust(ledger.header(2n)).height, 2n, "a header");
  same(api.readTransaction(ledger.transaction(granted.transaction), client.chain()).operation, "consent", "a transaction");
}

function records({ api, hospital, ledger, patient, record, sender }) {
  const facts = { reference: "Observation/1", resourceType: "Observation" };
  const salt = (of) => new Uint8Array(32).fill(of);
  const [old, fresh] = ["old", "new"].map((content) => api.commit(utf8(content), salt(1), facts, salt(2)));
  const anchored = record(api.anchorRecord(sender(hospital), patient.did(), old), hospital);
  const id = api.recordId(anchored.transaction, 0n);
  record(api.amendRecord(sender(hospital), id, api.recordVersion(id, 1n, old), fresh), hospital);
  record(api.retractRecord(sender(hospital), id), hospital);
  const batch = new api.Batch();
  const index = batch.push(old);
  same(batch.member(index), api.batchMember(batch.commitments(), index), "a member of a batch");
  const entry = batch.entry(patient.did());
  same([entry.root, entry.count], [batch.root(), batch.count()], "a batch's entry");
  const batched = record(api.anchorBatch(sender(hospital), [entry]), hospital);
  const whole = api.recordId(batched.transaction, 0n);
  const replaces = api.recordVersion(api.batchRecordId(whole, index), 1n, old);
  record(api.amendBatchRecord(sender(hospital), whole, batch.member(index), replaces, fresh), hospital);
  record(api.retractBatchRecord(sender(hospital), whole, batch.member(index)), hospital);
  const kinds = ledger.timeline(patient.did()).entries.map(({ kind }) => kind);
  same(kinds.length, 6, "the timeline");
}

function sealing({ api, chain, client, hospital, ledger, now, patient, record, sender }) {
  const facts = { reference: "DocumentReference/1", resourceType: "DocumentReference" };
  const scan = utf8("a scan");
  const sealed = api.sealRecord(scan, "as-it-stands", facts);
  const [key, commitments] = [sealed.key(), sealed.commitments()];
  same(api.RecordKey.fromSecret(key.secret()).commitment(), sealed.header().keyCommitment, "a record's key");
  same(key.commit(scan, "as-it-stands", facts), commitments, "what a key commits to");
  same(api.OpenedRecord.fromOpening(key.opening(scan, facts)).facts().reference, facts.reference, "an opening");
  const opened = sealed.open(key, commitments, () => true);
  same([hex(opened.content()), opened.commitments()], [hex(scan), commitments], "an opened record");
  same(sealed.openFacts(key), opened.facts(), "opened facts");
  const anchored = record(api.anchorRecord(sender(hospital), patient.did(), commitments), hospital);
  const file = api.recordProof(ledger.receipt(anchored.transaction, patient.did()), undefined, opened.opening());
  same(client.readRecord(file).opened, true, "a proof that opens");
  sealed.wrapTo(key, chain, [patient.agreement().publicKey()]);
  const kept = api.SealedRecord.fromBytes(sealed.toBytes());
  kept.check(chain, commitments);
  same([kept.recipients().length, kept.commitments()], [1, commitments], "a kept record");
  same(kept.unwrap(patient.agreement(), chain).commitment(), key.commitment(), "an unwrapped key");
  same(api.SealedRecord.fromBeginning(kept.container()).header(), api.readSealedHeader(kept.container()), "a header");
  same([kept.destroyKey(now).at, kept.destroyed().at], [now, now], "a key's end");
  const reader = api.AgreementKey.draw();
  same(api.AgreementKey.fromSecret(reader.secret()).publicKey(), reader.publicKey(), "an agreement key");
  const wrap = api.wrapKey(key, chain, commitments, reader.publicKey());
  same(api.readWrap(wrap).recipient, reader.publicKey(), "a wrap's recipient");
  same(api.unwrapKey(wrap, reader, chain, commitments).commitment(), key.commitment(), "a wrapped key");
  const measure = new api.ContentMeasure("as-it-stands", 6n, facts);
  [scan.subarray(0, 2), scan.subarray(2)].forEach((piece) => measure.feed(piece));
  const sealer = measure.seal();
  const container = new Uint8Array([...sealer.feed(scan), ...sealer.finish()]);
  const opener = new api.Opener(sealer.key(), sealer.commitments());
  same(hex(opener.feed(container)), hex(scan), "a record in pieces");
  same(opener.facts(), opener.finish(), "facts of a record in pieces");
}

function fhir({ api, chain, client, ledger, now, patient, terms }) {
  const bundle = utf8('{"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {"resourceType": "Patient", "id": "1"}}]}');
  same(api.bundleTexts(bundle).length, 1, "a bundle's texts");
  const batch = api.Batch.sealBundle(bundle, chain, [patient.agreement().publicKey()], () => true);
  same(batch.record(0n).commitments(), batch.commitments()[0], "a sealed bundle");
  const written = api.writeConsent(terms, { status: "active", patient: patient.did() });
  same(api.readConsentAt(written, {}, now).terms, api.readConsent(written, {}).terms, "a written consent");
  const known = { identities: [{ did: patient.did(), kind: "patient" }] };
  for (const made of [
    api.auditEvents(client, ledger.proveLog(patient.did(), "access"), known),
    api.provenances(client, ledger.proveLog(patient.did(), "timeline"), known),
  ]) {
    same(JSON.parse(new TextDecoder().decode(made)).resourceType, "Bundle", "a bundle for others");
  }
}
