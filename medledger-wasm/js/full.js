// Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.
import * as raw from "../dist/full/medledger.js";
import { handles } from "./handles.js";

export { MedledgerError } from "./errors.js";

// No argument of the interface is called so.
const $ = handles(raw);

export class ContentMeasure extends $.Handle {
  constructor(form, length, facts) {
    super();
    $.adopt(this, raw.on_content_measure_new(form, length, facts));
  }
  feed(piece) {
    return raw.on_content_measure_feed($.key(this), piece);
  }
  seal() {
    return $.made(Sealer, raw.on_content_measure_seal($.key(this)));
  }
}

export class Sealer extends $.Handle {
  constructor() {
    super();
    throw $.notNew("Sealer");
  }
  feed(piece) {
    return raw.on_sealer_feed($.key(this), piece);
  }
  finish() {
    return raw.on_sealer_finish($.key(this));
  }
  key() {
    return $.made(RecordKey, raw.on_sealer_key($.key(this)));
  }
  commitments() {
    return raw.on_sealer_commitments($.key(this));
  }
}

export class Opener extends $.Handle {
  constructor(key, commitments) {
    super();
    $.adopt(this, raw.on_opener_new($.key(key), commitments));
  }
  feed(piece) {
    return raw.on_opener_feed($.key(this), piece);
  }
  facts() {
    return raw.on_opener_facts($.key(this));
  }
  finish() {
    return raw.on_opener_finish($.key(this));
  }
}

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

export class HeldRecord extends $.Handle {
  constructor(proof, sealed, secret, chain) {
    super();
    $.adopt(this, raw.on_held_record_new(proof, $.key(sealed), $.key(secret), chain));
  }
}

export class Gateway extends $.Handle {
  constructor(did, device) {
    super();
    $.adopt(this, raw.on_gateway_new(did, $.key(device)));
  }
  static fromBytes(logs, device) {
    return $.made(Gateway, raw.on_gateway_from_bytes(logs, $.key(device)));
  }
  toBytes() {
    return raw.on_gateway_to_bytes($.key(this));
  }
  question(request, held) {
    return raw.on_gateway_question($.key(this), request, held == null ? undefined : $.key(held));
  }
  release(request, held, proof, client) {
    return raw.on_gateway_release($.key(this), request, held == null ? undefined : $.key(held), proof, $.key(client));
  }
  closeSession(session, now) {
    return raw.on_gateway_close_session($.key(this), session, now);
  }
  openSessions() {
    return raw.on_gateway_open_sessions($.key(this));
  }
  anchor(sender) {
    return $.made(Draft, raw.on_gateway_anchor($.key(this), sender));
  }
  anchored(report) {
    return raw.on_gateway_anchored($.key(this), $.key(report));
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

export class Keystore extends $.Handle {
  constructor(chain, successors) {
    super();
    $.adopt(this, raw.on_keystore_new(chain, successors));
  }
  static open(bytes, passphrase) {
    return $.made(Keystore, raw.on_keystore_open(bytes, passphrase));
  }
  seal(passphrase, cost) {
    return raw.on_keystore_seal($.key(this), passphrase, cost);
  }
  identities() {
    return raw.on_keystore_identities($.key(this));
  }
  successorDigest(identity) {
    return raw.on_keystore_successor_digest($.key(this), identity);
  }
  keep(new_, relationship) {
    return raw.on_keystore_keep($.key(this), $.key(new_), relationship);
  }
  keepFound(first, identity, device, relationship) {
    return raw.on_keystore_keep_found($.key(this), $.key(first), identity, device, relationship);
  }
  signingKey(did) {
    return $.made(Key, raw.on_keystore_signing_key($.key(this), did));
  }
  agreementKey(did) {
    return $.made(AgreementKey, raw.on_keystore_agreement_key($.key(this), did));
  }
  rotate(sender, second, next, state, keep) {
    return raw.on_keystore_rotate($.key(this), sender, $.key(second), $.key(next), $.key(state), keep);
  }
  setSuccessors(successors) {
    return raw.on_keystore_set_successors($.key(this), successors);
  }
}

export class Ledger extends $.Handle {
  constructor(genesis) {
    super();
    $.adopt(this, raw.on_ledger_new(genesis));
  }
  static open(bytes, now, progress) {
    return $.made(Ledger, raw.on_ledger_open(bytes, now, progress));
  }
  toBytes() {
    return raw.on_ledger_to_bytes($.key(this));
  }
  genesis() {
    return raw.on_ledger_genesis($.key(this));
  }
  status() {
    return raw.on_ledger_status($.key(this));
  }
  submit(transaction, now) {
    return raw.on_ledger_submit($.key(this), transaction, now);
  }
  produce(validator, now) {
    return raw.on_ledger_produce($.key(this), $.key(validator), now);
  }
  propose(validator, now) {
    return $.made(Proposal, raw.on_ledger_propose($.key(this), validator, now));
  }
  certify(proposal, validator, signature) {
    return raw.on_ledger_certify($.key(this), $.key(proposal), validator, signature);
  }
  accept(block, now) {
    return raw.on_ledger_accept($.key(this), block, now);
  }
  block(height) {
    return raw.on_ledger_block($.key(this), height);
  }
  blockSummary(height) {
    return raw.on_ledger_block_summary($.key(this), height);
  }
  header(height) {
    return raw.on_ledger_header($.key(this), height);
  }
  transaction(id) {
    return raw.on_ledger_transaction($.key(this), id);
  }
  sender(did, key, now, validFor) {
    return raw.on_ledger_sender($.key(this), did, key, now, validFor);
  }
  identity(did) {
    return raw.on_ledger_identity($.key(this), did);
  }
  control(did) {
    return raw.on_ledger_control($.key(this), did);
  }
  consent(consent, now) {
    return raw.on_ledger_consent($.key(this), consent, now);
  }
  consents(subject, now) {
    return raw.on_ledger_consents($.key(this), subject, now);
  }
  grant(patient, terms, now) {
    return $.made(Draft, raw.on_ledger_grant($.key(this), patient, terms, now));
  }
  amend(patient, consent, terms, now) {
    return $.made(Draft, raw.on_ledger_amend($.key(this), patient, consent, terms, now));
  }
  timeline(subject) {
    return raw.on_ledger_timeline($.key(this), subject);
  }
  accessLog(subject, now) {
    return raw.on_ledger_access_log($.key(this), subject, now);
  }
  authorityLog(subject) {
    return raw.on_ledger_authority_log($.key(this), subject);
  }
  unclosedSessions(subject) {
    return raw.on_ledger_unclosed_sessions($.key(this), subject);
  }
  proveLog(subject, log) {
    return raw.on_ledger_prove_log($.key(this), subject, log);
  }
  receipt(transaction, subject) {
    return raw.on_ledger_receipt($.key(this), transaction, subject);
  }
  refreshedReceipt(transaction, subject) {
    return raw.on_ledger_refreshed_receipt($.key(this), transaction, subject);
  }
  proveState(keys) {
    return raw.on_ledger_prove_state($.key(this), keys);
  }
  proveIdentity(did) {
    return raw.on_ledger_prove_identity($.key(this), did);
  }
  proveConsents(subject) {
    return raw.on_ledger_prove_consents($.key(this), subject);
  }
  proveAccess(question) {
    return raw.on_ledger_prove_access($.key(this), question);
  }
}

export class Proposal extends $.Handle {
  constructor() {
    super();
    throw $.notNew("Proposal");
  }
  toSign() {
    return raw.on_proposal_to_sign($.key(this));
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

export class Batch extends $.Handle {
  constructor() {
    super();
    $.adopt(this, raw.on_batch_new());
  }
  static sealBundle(bundle, chain, recipients, progress) {
    return $.made(Batch, raw.on_batch_seal_bundle(bundle, chain, recipients, progress));
  }
  push(commitments) {
    return raw.on_batch_push($.key(this), commitments);
  }
  count() {
    return raw.on_batch_count($.key(this));
  }
  root() {
    return raw.on_batch_root($.key(this));
  }
  commitments() {
    return raw.on_batch_commitments($.key(this));
  }
  entry(subject) {
    return raw.on_batch_entry($.key(this), subject);
  }
  member(index) {
    return raw.on_batch_member($.key(this), index);
  }
  record(index) {
    return $.made(SealedRecord, raw.on_batch_record($.key(this), index));
  }
}

export class Requester extends $.Handle {
  constructor(did, device) {
    super();
    $.adopt(this, raw.on_requester_new(did, $.key(device)));
  }
  ask(sender, ask) {
    return $.made(Draft, raw.on_requester_ask($.key(this), sender, ask));
  }
  request(session, custodian, record) {
    return raw.on_requester_request($.key(this), $.key(session), custodian, record);
  }
  open(client, session, release) {
    return $.made(ReleasedRecord, raw.on_requester_open($.key(this), $.key(client), $.key(session), release));
  }
}

export class OpenedSession extends $.Handle {
  constructor() {
    super();
    throw $.notNew("OpenedSession");
  }
  static fromReceipt(receipt, client) {
    return $.made(OpenedSession, raw.on_opened_session_from_receipt(receipt, $.key(client)));
  }
  id() {
    return raw.on_opened_session_id($.key(this));
  }
  notAfter() {
    return raw.on_opened_session_not_after($.key(this));
  }
}

export class ReleasedRecord extends $.Handle {
  constructor() {
    super();
    throw $.notNew("ReleasedRecord");
  }
  proven() {
    return raw.on_released_record_proven($.key(this));
  }
  facts() {
    return raw.on_released_record_facts($.key(this));
  }
  content() {
    return raw.on_released_record_content($.key(this));
  }
  original() {
    return raw.on_released_record_original($.key(this));
  }
}

export class SealedRecord extends $.Handle {
  constructor() {
    super();
    throw $.notNew("SealedRecord");
  }
  static fromBytes(bytes) {
    return $.made(SealedRecord, raw.on_sealed_record_from_bytes(bytes));
  }
  static fromContainer(container) {
    return $.made(SealedRecord, raw.on_sealed_record_from_container(container));
  }
  static fromBeginning(container) {
    return $.made(SealedRecord, raw.on_sealed_record_from_beginning(container));
  }
  toBytes() {
    return raw.on_sealed_record_to_bytes($.key(this));
  }
  container() {
    return raw.on_sealed_record_container($.key(this));
  }
  header() {
    return raw.on_sealed_record_header($.key(this));
  }
  commitments() {
    return raw.on_sealed_record_commitments($.key(this));
  }
  recipients() {
    return raw.on_sealed_record_recipients($.key(this));
  }
  check(chain, commitments) {
    return raw.on_sealed_record_check($.key(this), chain, commitments);
  }
  key() {
    return $.made(RecordKey, raw.on_sealed_record_key($.key(this)));
  }
  unwrap(secret, chain) {
    return $.made(RecordKey, raw.on_sealed_record_unwrap($.key(this), $.key(secret), chain));
  }
  wrapTo(key, chain, recipients) {
    return raw.on_sealed_record_wrap_to($.key(this), $.key(key), chain, recipients);
  }
  openFacts(key) {
    return raw.on_sealed_record_open_facts($.key(this), $.key(key));
  }
  open(key, commitments, progress) {
    return $.made(OpenedRecord, raw.on_sealed_record_open($.key(this), $.key(key), commitments, progress));
  }
  destroyKey(at) {
    return raw.on_sealed_record_destroy_key($.key(this), at);
  }
  destroyed() {
    return raw.on_sealed_record_destroyed($.key(this));
  }
}

export class OpenedRecord extends $.Handle {
  constructor() {
    super();
    throw $.notNew("OpenedRecord");
  }
  static fromOpening(opening) {
    return $.made(OpenedRecord, raw.on_opened_record_from_opening(opening));
  }
  original() {
    return raw.on_opened_record_original($.key(this));
  }
  content() {
    return raw.on_opened_record_content($.key(this));
  }
  facts() {
    return raw.on_opened_record_facts($.key(this));
  }
  commitments() {
    return raw.on_opened_record_commitments($.key(this));
  }
  opening() {
    return raw.on_opened_record_opening($.key(this));
  }
}

export class RecordKey extends $.Handle {
  constructor() {
    super();
    throw $.notNew("RecordKey");
  }
  static fromSecret(secret) {
    return $.made(RecordKey, raw.on_record_key_from_secret(secret));
  }
  secret() {
    return raw.on_record_key_secret($.key(this));
  }
  commitment() {
    return raw.on_record_key_commitment($.key(this));
  }
  commit(content, form, facts) {
    return raw.on_record_key_commit($.key(this), content, form, facts);
  }
  opening(content, facts) {
    return raw.on_record_key_opening($.key(this), content, facts);
  }
}

export class Sheet extends $.Handle {
  constructor() {
    super();
    throw $.notNew("Sheet");
  }
  static draw() {
    return $.made(Sheet, raw.on_sheet_draw());
  }
  static fromWords(words) {
    return $.made(Sheet, raw.on_sheet_from_words(words));
  }
  words() {
    return raw.on_sheet_words($.key(this));
  }
  keys(passphrase) {
    return $.made(SheetKeys, raw.on_sheet_keys($.key(this), passphrase));
  }
  confirm(words, passphrase) {
    return $.made(NextSheet, raw.on_sheet_confirm($.key(this), words, passphrase));
  }
}

export class SheetKeys extends $.Handle {
  constructor() {
    super();
    throw $.notNew("SheetKeys");
  }
  device(identity, device) {
    return $.made(Key, raw.on_sheet_keys_device($.key(this), identity, device));
  }
  agreement(identity, device) {
    return $.made(AgreementKey, raw.on_sheet_keys_agreement($.key(this), identity, device));
  }
  controller(identity) {
    return $.made(Key, raw.on_sheet_keys_controller($.key(this), identity));
  }
  successorDigest(identity) {
    return raw.on_sheet_keys_successor_digest($.key(this), identity);
  }
  successorDigests() {
    return raw.on_sheet_keys_successor_digests($.key(this));
  }
  relationship(identity, successor, kind) {
    return $.made(NewRelationship, raw.on_sheet_keys_relationship($.key(this), identity, successor, kind));
  }
}

export class NewRelationship extends $.Handle {
  constructor() {
    super();
    throw $.notNew("NewRelationship");
  }
  did() {
    return raw.on_new_relationship_did($.key(this));
  }
  inception() {
    return raw.on_new_relationship_inception($.key(this));
  }
  incept(sponsor) {
    return $.made(Draft, raw.on_new_relationship_incept($.key(this), sponsor));
  }
}

export class NextSheet extends $.Handle {
  constructor() {
    super();
    throw $.notNew("NextSheet");
  }
  static fromWords(words, passphrase) {
    return $.made(NextSheet, raw.on_next_sheet_from_words(words, passphrase));
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

export function canonicalFhir(json) {
  return raw.canonical_fhir(json);
}

export function readBundle(json) {
  return raw.read_bundle(json);
}

export function fhirInterval(date, zone) {
  return raw.fhir_interval(date, zone);
}

export function auditEvents(client, log, known) {
  return raw.audit_events($.key(client), log, known);
}

export function provenances(client, timeline, known) {
  return raw.provenances($.key(client), timeline, known);
}

export function readConsent(consent, options) {
  return raw.read_consent(consent, options);
}

export function readConsentAt(consent, options, at, custodian) {
  return raw.read_consent_at(consent, options, at, custodian);
}

export function writeConsent(terms, about) {
  return raw.write_consent(terms, about);
}

export function checkConsent(consent, question) {
  return raw.check_consent(consent, question);
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

export function readKeystore(bytes) {
  return raw.read_keystore(bytes);
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

export function batchMember(commitments, index) {
  return raw.batch_member(commitments, index);
}

export function anchorRecord(sender, subject, commitments, custodian) {
  return $.made(Draft, raw.anchor_record(sender, subject, commitments, custodian));
}

export function anchorBatch(sender, entries, custodian) {
  return $.made(Draft, raw.anchor_batch(sender, entries, custodian));
}

export function amendRecord(sender, record, replaces, commitments) {
  return $.made(Draft, raw.amend_record(sender, record, replaces, commitments));
}

export function amendBatchRecord(sender, batch, member, replaces, commitments) {
  return $.made(Draft, raw.amend_batch_record(sender, batch, member, replaces, commitments));
}

export function retractRecord(sender, record) {
  return $.made(Draft, raw.retract_record(sender, record));
}

export function retractBatchRecord(sender, batch, member) {
  return $.made(Draft, raw.retract_batch_record(sender, batch, member));
}

export function recordProof(receipt, member, opening) {
  return raw.record_proof(receipt, member, opening);
}

export function readRelease(release) {
  return raw.read_release(release);
}

export function restoreAsks(first, state) {
  return raw.restore_asks($.key(first), state == null ? undefined : $.key(state));
}

export function restore(first, state) {
  return raw.restore($.key(first), $.key(state));
}

export function planRotation(second, dids, state) {
  return raw.plan_rotation($.key(second), dids, $.key(state));
}

export function readSealedHeader(container) {
  return raw.read_sealed_header(container);
}

export function sealRecord(content, form, facts) {
  return $.made(SealedRecord, raw.seal_record(content, form, facts));
}

export function wrapKey(key, chain, commitments, recipient) {
  return raw.wrap_key($.key(key), chain, commitments, recipient);
}

export function unwrapKey(wrap, secret, chain, commitments) {
  return $.made(RecordKey, raw.unwrap_key(wrap, $.key(secret), chain, commitments));
}

export function readWrap(wrap) {
  return raw.read_wrap(wrap);
}

export function bundleTexts(bundle) {
  return raw.bundle_texts(bundle);
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
