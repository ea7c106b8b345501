// FHIR, commitments, sealed records, wallets.
import { bytes, coding, hex, integer, interval, maybe, same, shown, text, time, utf8 } from "./read.js";

const codings = (list) => list.map(coding);

const facts = (of) => ({
  reference: of.reference,
  resourceType: of.resource_type,
  category: codings(of.category),
  codes: codings(of.codes),
  labels: maybe(of.labels, codings),
  authors: of.authors,
  related: of.related,
  clinical: maybe(of.clinical, interval),
});

const shownCoding = ({ system, code }) => (system === undefined ? { code } : { system, code });
const shownInterval = ({ start, end }) => ({ start: maybe(start, shown), end: maybe(end, shown) });

const shownFacts = (of) => ({
  reference: of.reference,
  resource_type: of.resourceType,
  category: of.category.map(shownCoding),
  codes: of.codes.map(shownCoding),
  labels: maybe(of.labels, (labels) => labels.map(shownCoding)),
  authors: of.authors,
  related: of.related,
  clinical: maybe(of.clinical, shownInterval),
});

const pair = ({ content, facts: of }) => ({ hash: "sha3-256", content, facts: of });

export const kinds = {
  commitments(api, of) {
    const made = api.commit(bytes(of.content), bytes(of.content_salt), facts(of.facts), bytes(of.facts_salt));
    return { content: made.content, facts: made.facts };
  },

  fhir: (api, of) => ({ canonical: text(api.canonicalFhir(bytes(of.json))) }),
  "fhir-date": (api, of) => shownInterval(api.fhirInterval(of.date, of.zone)),

  "fhir-bundle"(api, of) {
    const entry = (one) => ({
      resource_type: one.resourceType,
      id: maybe(one.id),
      facts: shownFacts(one.facts),
      canonical: hex(api.taggedHash("ml1 content", one.canonical)),
    });
    return { entries: api.readBundle(utf8(of.bundle)).map(entry) };
  },

  "fhir-consent"(api, of) {
    const asked = of.question;
    const { effect, reason, path, unmatched } = api.checkConsent(utf8(of.consent), {
      at: time(asked.at),
      purpose: asked.purpose,
      action: asked.action,
      resourceType: asked.resource_type,
      actors: asked.actors,
      roles: asked.roles,
      codes: asked.codes,
      labels: asked.labels,
      record: asked.record,
      authors: asked.authors,
      related: asked.related,
      dataPeriod: maybe(asked.data_period, interval),
      custodian: asked.custodian,
      zone: asked.zone,
    });
    return { effect, reason, path, unmatched };
  },

  "fhir-terms"(api, of) {
    const reading = api.readConsent(utf8(of.consent), { zone: of.zone });
    return { terms: hex(api.termsToBytes(reading.terms)), unmatched: reading.unmatched };
  },

  sealed(api, of) {
    const key = api.RecordKey.fromSecret(bytes(of.key));
    const record = api.SealedRecord.fromContainer(bytes(of.container));
    const opened = record.open(key, pair(of.commitments));
    return {
      original: hex(opened.original()),
      content: hex(opened.content()),
      form: record.header().form,
      reference: opened.facts().reference,
      key_commitment: key.commitment(),
    };
  },

  wrap(api, of) {
    const secret = api.AgreementKey.fromSecret(bytes(of.secret));
    return { key: hex(api.unwrapKey(bytes(of.wrap), secret, of.chain, pair(of.commitments)).secret()) };
  },

  sheet(api, of) {
    const keys = api.Sheet.fromWords(of.words).keys(of.passphrase);
    const [identity, device] = [integer(of.identity), integer(of.device)];
    return {
      device: hex(keys.device(identity, device).publicKey()),
      agreement: hex(keys.agreement(identity, device).publicKey()),
      controller: hex(keys.controller(identity).publicKey()),
      successor_digest: keys.successorDigest(identity),
    };
  },

  keystore(api, of) {
    const keystore = api.Keystore.open(bytes(of.file), of.passphrase);
    const kept = (one) => {
      const key = keystore.signingKey(one.did).id();
      same(key, one.key, "a kept key");
      return {
        identity: shown(one.identity),
        did: one.did,
        relationship: one.relationship,
        device: shown(one.device),
        key,
        agreement: hex(keystore.agreementKey(one.did).publicKey()),
      };
    };
    return { identities: keystore.identities().map(kept) };
  },
};
