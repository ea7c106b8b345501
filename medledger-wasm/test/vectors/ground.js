// What everything stands on.
import { bytes, hex, integer, interval, maybe, same, shown, time } from "./read.js";

const answers = (list) => ({
  answers: list.map(({ key, standing, value }) => ({ key, standing, value: maybe(value, hex) })),
});

/** The code that a call is refused by. */
const refusal = (api, call) => {
  try {
    call();
  } catch (error) {
    if (error instanceof api.MedledgerError) return error.code;
    throw error;
  }
  return null;
};

const wire = (api, of) => ({ json: api.inspect(of.type, bytes(of.bytes)) });

export const kinds = {
  wire,
  "wire-full": wire,

  hash: (api, of) => ({ hash: hex(api.taggedHash(of.tag, bytes(of.data))) }),

  key(api, of) {
    const key = bytes(of.public_key);
    return { id: api.keyId(key), successor_digest: api.successorDigest(key), did_key: api.didKey(key) };
  },

  log(api, of) {
    const leaves = of.leaves.map(bytes);
    const root = api.logRoot(leaves);
    const log = new api.MerkleLog();
    leaves.forEach((leaf) => log.append(leaf));
    const size = log.size();
    // Leaf by leaf it is the same log, whose own proofs hold.
    same([log.root(), size], [root, BigInt(leaves.length)], "the root");
    leaves.forEach((leaf, at) => {
      const index = BigInt(at);
      api.checkInclusion(root, size, index, leaf, log.inclusion(index, size));
      api.checkConsistency(log.rootAt(index), index, root, size, log.consistency(index, size));
    });
    log.free();
    return { root };
  },

  inclusion(api, of) {
    api.checkInclusion(of.root, integer(of.size), integer(of.index), bytes(of.leaf), bytes(of.proof));
    return {};
  },

  consistency(api, of) {
    api.checkConsistency(of.old_root, integer(of.old_size), of.new_root, integer(of.new_size), bytes(of.proof));
    return {};
  },

  state: (api, of) => answers(api.checkStateProof(of.root, bytes(of.proof), of.keys)),
  "state-keys": (api, of) => answers(api.checkStateKeys(of.root, bytes(of.proof), of.keys)),

  signature(api, of) {
    api.verifySignature(bytes(of.public_key), bytes(of.message), bytes(of.signature));
    return {};
  },

  signatures(api, of) {
    const claims = of.claims.map((claim) => ({
      publicKey: bytes(claim.public_key),
      message: bytes(claim.message),
      signature: bytes(claim.signature),
    }));
    const bad = api.verifySignatures(claims).map(({ index, fault }) => ({ index: shown(index), rule: fault.code }));
    // One by one they have the same answers.
    const single = claims.flatMap(({ publicKey, message, signature }, index) => {
      const rule = refusal(api, () => api.verifySignature(publicKey, message, signature));
      return rule === null ? [] : [{ index, rule }];
    });
    same(bad, single, "the signatures one by one");
    return { bad };
  },

  counter(api, of) {
    const next = api.checkCounter({ base: integer(of.base), used: integer(of.used) }, integer(of.counter));
    return { base: shown(next.base), used: shown(next.used) };
  },

  transaction(api, of) {
    const view = api.readTransaction(bytes(of.bytes), of.chain);
    const signatures = [view, ...view.approvals];
    (of.keys ?? []).slice(0, signatures.length).forEach((key, at) => {
      api.verifySignature(bytes(key), signatures[at].signed, signatures[at].signature);
    });
    return {
      id: view.id,
      hash: view.hash,
      signer: view.signer,
      key: view.key,
      counter: shown(view.counter),
      signed_at: shown(view.signedAt),
      valid_until: shown(view.validUntil),
      operation: view.operation,
      operation_code: shown(view.operationCode),
      body_hash: view.bodyHash,
      signed: hex(view.signed),
      signature: hex(view.signature),
      approvals: view.approvals.map(({ key, signed, signature }) => ({ key, signed: hex(signed), signature: hex(signature) })),
    };
  },

  terms(api, of) {
    const given = bytes(of.bytes);
    const terms = api.termsFromBytes(given);
    same(hex(api.termsToBytes(terms)), hex(given), "the terms written again");
    return { open: refusal(api, () => api.checkTerms(terms)) };
  },

  decide(api, of) {
    const terms = api.termsFromBytes(bytes(of.terms));
    const { effect, reason, path, obligations } = api.decide(terms, request(of.request), time(of.at));
    return { effect, reason, path: path.map(shown), obligations };
  },

  "decide-all"(api, of) {
    const consents = of.consents.map(({ consent, terms }) => ({ consent, terms: api.termsFromBytes(bytes(terms)) }));
    const asked = [request(of.request), time(of.at)];
    const basis = of.basis ?? null;
    const { effect, reason, consent, path, obligations } =
      basis === null
        ? api.decideByGround(consents, { overridesDeny: of.overrides_deny === true }, ...asked)
        : api.decideByConsent(consents, basis, ...asked);
    return { effect, reason, consent: maybe(consent), path: path.map(shown), obligations };
  },
};

export function request({ requester, organisation, roles, action, purpose, reach }) {
  const { set, types, categories, codes, labels, records, authors, related, period } = reach;
  const when = maybe(period, interval);
  return {
    requester, organisation, roles, action, purpose,
    reach: { set: set === true, types, categories, codes, labels, records, authors, related, period: when },
  };
}
