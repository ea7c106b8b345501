// A doctor asks, the hospital's gateway answers, both leave their trace.
import { hex, same, utf8 } from "./read.js";

export function access({ api, chain, client, hospital, later, ledger, now, patient, record, sender, terms }) {
  const doctor = api.NewIdentity.draw("practitioner");
  record(doctor.incept(sender(hospital)), hospital);
  const allowed = { ...terms, criteria: { actors: [{ identity: doctor.did() }] } };
  const granted = record(ledger.grant(sender(patient), allowed, now), patient);
  const basis = ledger.consent(api.consentId(granted.transaction), now);
  const requester = new api.Requester(doctor.did(), doctor.device());
  const ask = {
    subject: patient.did(),
    custodians: [hospital.did()],
    consent: basis.consent,
    consentVersion: basis.versionHash,
    action: "access",
    purpose: "TREAT",
    until: later(30),
  };
  const asked = record(requester.ask(sender(doctor), ask), doctor);
  const session = api.OpenedSession.fromReceipt(ledger.receipt(asked.transaction, patient.did()), client);
  same(session.notAfter(), later(30), "a session's end");
  same(ledger.unclosedSessions(patient.did()).map(({ session: id }) => id), [session.id()], "unclosed sessions");

  const facts = { reference: "DocumentReference/1", resourceType: "DocumentReference" };
  const sealed = api.sealRecord(utf8("a scan"), "as-it-stands", facts);
  sealed.wrapTo(sealed.key(), chain, [hospital.agreement().publicKey()]);
  const anchored = record(api.anchorRecord(sender(hospital), patient.did(), sealed.commitments()), hospital);
  const proof = api.recordProof(ledger.receipt(anchored.transaction, patient.did()));
  const held = new api.HeldRecord(proof, sealed, hospital.agreement(), chain);

  let gateway = new api.Gateway(hospital.did(), hospital.device());
  const request = requester.request(session, hospital.did(), api.recordId(anchored.transaction, 0n));
  const question = gateway.question(request, held);
  same(question.session, session.id(), "a gateway's question");
  const answer = gateway.release(request, held, ledger.proveAccess(question), client);
  same([answer.effect, answer.refusal, api.readRelease(answer.answer).effect], ["permit", undefined, "permit"], "an answer");
  const released = requester.open(client, session, answer.answer);
  same([hex(released.content()), released.original()], [hex(utf8("a scan")), released.content()], "a released record");
  same([released.proven().opened, released.facts().reference], [true, facts.reference], "what is known of it");

  gateway = api.Gateway.fromBytes(gateway.toBytes(), hospital.device());
  same(gateway.openSessions(), [session.id()], "open sessions");
  gateway.closeSession(session.id(), now);
  const report = gateway.anchor(sender(hospital));
  record(report, hospital);
  gateway.anchored(report);
  same(ledger.accessLog(patient.did(), now).complete, true, "the access log");
}
