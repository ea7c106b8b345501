// Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.
import * as raw from "../dist/light/medledger.js";
import { handles } from "./handles.js";

export { MedledgerError } from "./errors.js";

// No argument of the interface is called so.
const $ = handles(raw);

export class Draft extends $.Handle {
  constructor() {
    super();
    throw $.notNew("Draft");
  }
  static fromBytes(bytes) {
    return $.made(Draft, raw.on_draft_from_bytes(bytes));
  }
  toBytes() {
    return raw.on_draft_to_bytes($.key(this));
  }
  sender() {
    return raw.on_draft_sender($.key(this));
  }
  operation() {
    return raw.on_draft_operation($.key(this));
  }
  approvedBy() {
    return raw.on_draft_approved_by($.key(this));
  }
  approvalToSign(publicKey) {
    return raw.on_draft_approval_to_sign($.key(this), publicKey);
  }
  addApproval(publicKey, signature) {
    return raw.on_draft_add_approval($.key(this), publicKey, signature);
  }
  approve(key) {
    return raw.on_draft_approve($.key(this), $.key(key));
  }
  approveWith(signer) {
    return raw.on_draft_approve_with($.key(this), signer);
  }
  toSign() {
    return raw.on_draft_to_sign($.key(this));
  }
  finish(publicKey, signature) {
    return raw.on_draft_finish($.key(this), publicKey, signature);
  }
  sign(key) {
    return raw.on_draft_sign($.key(this), $.key(key));
  }
  signWith(signer) {
    return raw.on_draft_sign_with($.key(this), signer);
  }
}

export class NewIdentity extends $.Handle {
  constructor() {
    super();
    throw $.notNew("NewIdentity");
  }
  static draw(kind) {
    return $.made(NewIdentity, raw.on_new_identity_draw(kind));
  }
  did() {
    return raw.on_new_identity_did($.key(this));
  }
  inception() {
    return raw.on_new_identity_inception($.key(this));
  }
  device() {
    return $.made(Key, raw.on_new_identity_device($.key(this)));
  }
  agreement() {
    return $.made(AgreementKey, raw.on_new_identity_agreement($.key(this)));
  }
  controller() {
    return $.made(Key, raw.on_new_identity_controller($.key(this)));
  }
  successor() {
    return $.made(Key, raw.on_new_identity_successor($.key(this)));
  }
  incept(sponsor) {
    return $.made(Draft, raw.on_new_identity_incept($.key(this), sponsor));
  }
}

export class Key extends $.Handle {
  constructor() {
    super();
    throw $.notNew("Key");
  }
  static draw() {
    return $.made(Key, raw.on_key_draw());
  }
  static fromSeed(seed) {
    return $.made(Key, raw.on_key_from_seed(seed));
  }
  seed() {
    return raw.on_key_seed($.key(this));
  }
  id() {
    return raw.on_key_id($.key(this));
  }
  publicKey() {
    return raw.on_key_public_key($.key(this));
  }
  sign(message) {
    return raw.on_key_sign($.key(this), message);
  }
}

export class AgreementKey extends $.Handle {
  constructor() {
    super();
    throw $.notNew("AgreementKey");
  }
  static draw() {
    return $.made(AgreementKey, raw.on_agreement_key_draw());
  }
  static fromSecret(secret) {
    return $.made(AgreementKey, raw.on_agreement_key_from_secret(secret));
  }
  secret() {
    return raw.on_agreement_key_secret($.key(this));
  }
  publicKey() {
    return raw.on_agreement_key_public_key($.key(this));
  }
}

export class LightClient extends $.Handle {
  constructor(genesis, now) {
    super();
    $.adopt(this, raw.on_light_client_new(genesis, now));
  }
  chain() {
    return raw.on_light_client_chain($.key(this));
  }
  setTime(now) {
    return raw.on_light_client_set_time($.key(this), now);
  }
  trust(header) {
    return raw.on_light_client_trust($.key(this), header);
  }
  newest() {
    return raw.on_light_client_newest($.key(this));
  }
  checkFile(file) {
    return raw.on_light_client_check_file($.key(this), file);
  }
  readRecord(file) {
    return raw.on_light_client_read_record($.key(this), file);
  }
  readExport(file) {
    return raw.on_light_client_read_export($.key(this), file);
  }
  readReceipt(receipt) {
    return raw.on_light_client_read_receipt($.key(this), receipt);
  }
  readTimeline(proof) {
    return raw.on_light_client_read_timeline($.key(this), proof);
  }
  readAccessLog(proof) {
    return raw.on_light_client_read_access_log($.key(this), proof);
  }
  readAuthorityLog(proof) {
    return raw.on_light_client_read_authority_log($.key(this), proof);
  }
  readState(proof) {
    return $.made(ProvenState, raw.on_light_client_read_state($.key(this), proof));
  }
}

export class ProvenState extends $.Handle {
  constructor() {
    super();
    throw $.notNew("ProvenState");
  }
  header() {
    return raw.on_proven_state_header($.key(this));
  }
  identity(did) {
    return raw.on_proven_state_identity($.key(this), did);
  }
  control(did) {
    return raw.on_proven_state_control($.key(this), did);
  }
  consents(subject, now) {
    return raw.on_proven_state_consents($.key(this), subject, now);
  }
  sender(did, key, now, validFor) {
    return raw.on_proven_state_sender($.key(this), did, key, now, validFor);
  }
  grant(patient, terms, now) {
    return $.made(Draft, raw.on_proven_state_grant($.key(this), patient, terms, now));
  }
  amend(patient, consent, terms, now) {
    return $.made(Draft, raw.on_proven_state_amend($.key(this), patient, consent, terms, now));
  }
}

export class MerkleLog extends $.Handle {
  constructor() {
    super();
    $.adopt(this, raw.on_merkle_log_new());
  }
  append(leaf) {
    return raw.on_merkle_log_append($.key(this), leaf);
  }
  size() {
    return raw.on_merkle_log_size($.key(this));
  }
  root() {
    return raw.on_merkle_log_root($.key(this));
  }
  rootAt(size) {
    return raw.on_merkle_log_root_at($.key(this), size);
  }
  inclusion(index, size) {
    return raw.on_merkle_log_inclusion($.key(this), index, size);
  }
  consistency(oldSize, newSize) {
    return raw.on_merkle_log_consistency($.key(this), oldSize, newSize);
  }
}

export function checkCounter(window, counter) {
  return raw.check_counter(window, counter);
}

export function readTransaction(transaction, chain) {
  return raw.read_transaction(transaction, chain);
}

export function commit(content, contentSalt, facts, factsSalt) {
  return raw.commit(content, contentSalt, facts, factsSalt);
}

export function recordId(transaction, index) {
  return raw.record_id(transaction, index);
}

export function batchRecordId(batch, index) {
  return raw.batch_record_id(batch, index);
}

export function recordVersion(record, version, commitments) {
  return raw.record_version(record, version, commitments);
}

export function hashTags() {
  return raw.hash_tags();
}

export function taggedHash(tag, data) {
  return raw.tagged_hash(tag, data);
}

export function incept(sponsor, inception) {
  return $.made(Draft, raw.incept(sponsor, inception));
}

export function inceptionDid(inception) {
  return raw.inception_did(inception);
}

export function addDevice(controller, device) {
  return $.made(Draft, raw.add_device(controller, device));
}

export function revokeDevice(sender, key) {
  return $.made(Draft, raw.revoke_device(sender, key));
}

export function deactivate(controller) {
  return $.made(Draft, raw.deactivate(controller));
}

export function rotate(sender, control, successor, next, keep, add) {
  return $.made(Draft, raw.rotate(sender, control, successor, next, keep, add));
}

export function issueCredential(issuer, holder, role, period) {
  return $.made(Draft, raw.issue_credential(issuer, holder, role, period));
}

export function revokeCredential(issuer, credential) {
  return $.made(Draft, raw.revoke_credential(issuer, credential));
}

export function credentialId(transaction) {
  return raw.credential_id(transaction);
}

export function genesis(name, time, validators, founders) {
  return raw.genesis(name, time, validators, founders);
}

export function readGenesis(genesis) {
  return raw.read_genesis(genesis);
}

export function wireTypes() {
  return raw.wire_types();
}

export function inspect(kind, bytes) {
  return raw.inspect(kind, bytes);
}

export function rules() {
  return raw.rules();
}

export function keyId(publicKey) {
  return raw.key_id(publicKey);
}

export function didKey(publicKey) {
  return raw.did_key(publicKey);
}

export function successorDigest(publicKey) {
  return raw.successor_digest(publicKey);
}

export function checkProof(file, genesis, now, atLeast) {
  return raw.check_proof(file, genesis, now, atLeast);
}

export function logRoot(leaves) {
  return raw.log_root(leaves);
}

export function checkInclusion(root, size, index, leaf, proof) {
  return raw.check_inclusion(root, size, index, leaf, proof);
}

export function checkConsistency(oldRoot, oldSize, newRoot, newSize, proof) {
  return raw.check_consistency(oldRoot, oldSize, newRoot, newSize, proof);
}

export function checkStateProof(root, proof, keys) {
  return raw.check_state_proof(root, proof, keys);
}

export function checkStateKeys(root, proof, keys) {
  return raw.check_state_keys(root, proof, keys);
}

export function verifySignature(publicKey, message, signature) {
  return raw.verify_signature(publicKey, message, signature);
}

export function verifySignatures(claims, progress) {
  return raw.verify_signatures(claims, progress);
}

export function checkTerms(terms) {
  return raw.check_terms(terms);
}

export function termsToBytes(terms) {
  return raw.terms_to_bytes(terms);
}

export function termsFromBytes(bytes) {
  return raw.terms_from_bytes(bytes);
}

export function decide(terms, request, at) {
  return raw.decide(terms, request, at);
}

export function decideEach(terms, requests, at) {
  return raw.decide_each(terms, requests, at);
}

export function decideByConsent(consents, basis, request, at) {
  return raw.decide_by_consent(consents, basis, request, at);
}

export function decideByGround(consents, ground, request, at) {
  return raw.decide_by_ground(consents, ground, request, at);
}

export function grantConsent(patient, slot, terms) {
  return $.made(Draft, raw.grant_consent(patient, slot, terms));
}

export function amendConsent(patient, consent, replaces, terms) {
  return $.made(Draft, raw.amend_consent(patient, consent, replaces, terms));
}

export function revokeConsent(patient, consent) {
  return $.made(Draft, raw.revoke_consent(patient, consent));
}

export function consentId(transaction) {
  return raw.consent_id(transaction);
}
