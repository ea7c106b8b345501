/// <reference lib="esnext.disposable" />
// Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

/**
 * Loads the module: await it once before anything else. In Node it is loaded by the import, and this does nothing.
 *
 * @param source - where the module is, if not beside this file: an address, a response, its bytes, or a compiled module.
 */
export function init(source?: string | object): Promise<void>;

/** Why something was not done. Nothing was done then. */
export class MedledgerError extends Error {
  constructor(kind: ErrorKind, code: string, message: string, fields?: { readonly [name: string]: string });

  /** What a signer throws when whoever is asked says no. */
  static cancelled(message?: string): MedledgerError;

  /** What it is about. */
  readonly kind: ErrorKind;

  /** The id of the rule that was broken, such as `CON-014`: it never changes. */
  readonly code: string;

  /** What the message names. */
  readonly fields: { readonly [name: string]: string };
}

/**
 * Whoever holds an Ed25519 key (RFC 8032) elsewhere: a card, another process, a person who is asked first. What it signs is
 * verified before it is used. It answers at once; where signing takes its time, as in WebCrypto, use `toSign` and `finish`.
 */
export interface Signer {
  /** The public key: 32 bytes. */
  publicKey(): Uint8Array;

  /** The key's signature of these bytes: 64 bytes. Throws `MedledgerError.cancelled()`, or anything else for a failure. */
  sign(message: Uint8Array): Uint8Array;
}

/** Called from time to time. `false` stops the work, with API-009; what it throws goes through. */
export type Progress = (done: bigint, total: bigint) => unknown;

/** What a call takes for a value: what may be missing can be left out or null, and so can lists, which are empty then. */
export type Given<T> = T extends Date | Uint8Array | string | bigint | boolean | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Given<Item>[]
    : { readonly [K in keyof T as LeftOut<T[K]> extends true ? never : K]: Given<T[K]> } & {
        readonly [K in keyof T as LeftOut<T[K]> extends true ? K : never]?: Given<T[K]> | null | undefined;
      };

type LeftOut<T> = undefined extends T ? true : T extends readonly unknown[] ? true : false;

/**
 * On what ground somebody looks.
 *
 * - "consent": A consent of the patient.
 * - "legal-ground": A ground that the consortium registered.
 */
export type Basis =
  | "consent"
  | "legal-ground";

/**
 * What an entry of the access log says.
 *
 * - "opened": A session was opened.
 * - "denied": It was denied.
 * - "closed": A custodian closed its part.
 */
export type AccessKind =
  | "opened"
  | "denied"
  | "closed";

/**
 * What was answered.
 *
 * - "permit": It may be done.
 * - "deny": It may not.
 */
export type Effect =
  | "permit"
  | "deny";

/**
 * How a session stands at a time.
 *
 * - "open": Releases are possible.
 * - "unclosed": It is over, and a custodian has not closed it.
 * - "closed": Each custodian has closed it.
 */
export type SessionStatus =
  | "open"
  | "unclosed"
  | "closed";

/**
 * What an entry of the authority log says.
 *
 * - "incepted": The identity began.
 * - "device-added": A device came.
 * - "device-revoked": A device went.
 * - "rotated": The successor took over.
 * - "deactivated": The identity ended.
 * - "credential-issued": Somebody vouches for a role.
 * - "credential-revoked": And no longer.
 * - "consent-granted": A consent was granted.
 * - "consent-amended": Its terms were replaced.
 * - "consent-revoked": It was taken back.
 */
export type AuthorityKind =
  | "incepted"
  | "device-added"
  | "device-revoked"
  | "rotated"
  | "deactivated"
  | "credential-issued"
  | "credential-revoked"
  | "consent-granted"
  | "consent-amended"
  | "consent-revoked";

/**
 * How a consent stands at a time.
 *
 * - "active": In force.
 * - "pending": Not yet in force.
 * - "ended": Its period is over.
 * - "spent": Its uses are used up.
 * - "revoked": Taken back.
 */
export type ConsentStanding =
  | "active"
  | "pending"
  | "ended"
  | "spent"
  | "revoked";

/**
 * Why something is permitted or denied.
 *
 * - "permit-rule": A permit rule covers the request.
 * - "permit-base": The base covers it.
 * - "deny-rule": A deny rule touches it.
 * - "deny-directive": The base of a directive touches it.
 * - "not-yet": Before the period.
 * - "expired": After it.
 * - "no-match": Nothing applies.
 * - "only-the-base": Only a grant's base deny was reached, which does not deny.
 * - "legal-ground": A registered ground.
 * - "legal-ground-overrides": A registered ground, over a deny.
 * - "not-active": The consent that was named is not among the active ones.
 */
export type AnswerReason =
  | "permit-rule"
  | "permit-base"
  | "deny-rule"
  | "deny-directive"
  | "not-yet"
  | "expired"
  | "no-match"
  | "only-the-base"
  | "legal-ground"
  | "legal-ground-overrides"
  | "not-active";

/**
 * What an error is about: whoever handles errors by kind needs no list of rules.
 *
 * - "argument": An argument that is not of the kind that was asked for.
 * - "malformed": Bytes that are not what they should be: not decoded.
 * - "invalid": A proof, a signature or a seal that does not hold.
 * - "refused": What the ledger's rules refuse.
 * - "signer": A signer that failed, said no, or holds another key.
 * - "wallet": A wallet: its sheets, its keystore.
 * - "fhir": FHIR that can't be read, or not faithfully.
 */
export type ErrorKind =
  | "argument"
  | "malformed"
  | "invalid"
  | "refused"
  | "signer"
  | "wallet"
  | "fhir";

/**
 * The hash under a commitment: records outlive algorithms.
 *
 * - "sha3-256": SHA3-256 (FIPS 202).
 */
export type CommitmentHash =
  | "sha3-256";

/**
 * What an identity is.
 *
 * - "patient": Whose records they are.
 * - "practitioner": A person who treats.
 * - "organisation": A hospital, a laboratory, an authority.
 * - "device": A thing.
 */
export type IdentityKind =
  | "patient"
  | "practitioner"
  | "organisation"
  | "device";

/**
 * How an identity stands.
 *
 * - "active": It can sign.
 * - "deactivated": It has ended.
 */
export type IdentityStatus =
  | "active"
  | "deactivated";

/**
 * What a key may do.
 *
 * - "controller": Adds and revokes devices, deactivates.
 * - "device": Signs consents, access and records.
 */
export type KeyRole =
  | "controller"
  | "device";

/**
 * One of a subject's logs.
 *
 * - "timeline": Its records.
 * - "access": Who looked, and who was refused.
 * - "authority": Its keys, consents and credentials.
 */
export type LogKind =
  | "timeline"
  | "access"
  | "authority";

/**
 * What an entry of the timeline says.
 *
 * - "anchored": A record was anchored.
 * - "batch-anchored": A batch of records was.
 * - "amended": A record has a new version.
 * - "entered-in-error": A record was entered in error.
 */
export type TimelineKind =
  | "anchored"
  | "batch-anchored"
  | "amended"
  | "entered-in-error";

/**
 * What a proof says of a key of the state.
 *
 * - "present": A value stands there.
 * - "absent": Nothing stands there.
 * - "unproven": It says nothing about this key.
 */
export type StateStanding =
  | "present"
  | "absent"
  | "unproven";

/**
 * What a file with a proof is.
 *
 * - "receipt": The receipt of one record.
 * - "export": Everything of one patient.
 */
export type ProofKind =
  | "receipt"
  | "export";

/**
 * What one consent says to a request.
 *
 * - "permit": It may be done.
 * - "deny": It may not, whatever other consents say.
 * - "not-applicable": This consent has nothing to say.
 */
export type DecisionEffect =
  | "permit"
  | "deny"
  | "not-applicable";

/** Who asked for what. */
export interface SessionRequest {
  /** Who. */
  readonly requester: string;
  /** For which organisation. */
  readonly organisation: string | undefined;
  /** Whose records. */
  readonly subject: string;
  /** Who is to release. */
  readonly custodians: readonly string[];
  /** On what ground. */
  readonly basis: Basis;
  /** The consent's or the ground's id. */
  readonly basisId: string;
  /** What is to be done. */
  readonly action: string;
  /** What for. */
  readonly purpose: string;
  /** Resource types; an empty list is all. */
  readonly types: readonly string[];
  /** Categories; an empty list is all. */
  readonly categories: readonly Coding[];
  /** When it happened; null for whenever. */
  readonly period: Interval | undefined;
  /** Until when. */
  readonly until: Date;
}

/** An entry of the access log. */
export interface AccessEntry {
  /** What it says. */
  readonly kind: AccessKind;
  /** When the ledger recorded it. */
  readonly time: Date;
  /** At which height. */
  readonly height: bigint;
  /** The transaction. */
  readonly transaction: string;
  /** The rule by which it was denied. */
  readonly rule: string | undefined;
  /** The session; null for a denial. */
  readonly session: string | undefined;
  /** What was asked; null for a close. */
  readonly request: SessionRequest | undefined;
  /** The first millisecond after the session, where one was opened. */
  readonly notAfter: Date | undefined;
  /** The custodian that closed. */
  readonly custodian: string | undefined;
  /** How many releases and refusals it reports. */
  readonly count: bigint | undefined;
}

/** A session with its closes, or a denial. */
export interface Look {
  /** What was answered. */
  readonly effect: Effect;
  /** The rule by which it was denied. */
  readonly rule: string | undefined;
  /** When the ledger recorded it. */
  readonly time: Date;
  /** At which height. */
  readonly height: bigint;
  /** The transaction. */
  readonly transaction: string;
  /** What was asked. */
  readonly request: SessionRequest;
  /** The session; null for a denial. */
  readonly session: string | undefined;
  /** The first millisecond after the session, at the latest. */
  readonly notAfter: Date | undefined;
  /** How it stands at the time that was asked about; null for a denial. */
  readonly status: SessionStatus | undefined;
  /** Each custodian's part; none for a denial. */
  readonly custodians: readonly Custody[];
  /** How many records were released, where the logs of all custodians are at hand. */
  readonly released: bigint | undefined;
  /** How many requests for a record were refused, likewise. */
  readonly refused: bigint | undefined;
}

/** What a custodian's gateway has a node prove, before it releases a record. */
export interface AccessQuestion {
  /** The session. */
  readonly session: string;
  /** The custodian that is to release. */
  readonly custodian: string;
  /** The record that is asked for. */
  readonly record: string;
  /** The id of the key that signed the request. */
  readonly key: string;
  /** The entry of a batch that the record was anchored in, where it was. */
  readonly batch: string | undefined;
}

/** A session and who has closed it. */
export interface Session {
  /** Its id. */
  readonly session: string;
  /** When it was opened. */
  readonly opened: Date;
  /** The first millisecond after it, at the latest. */
  readonly notAfter: Date;
  /** The roles that the requester has. */
  readonly roles: readonly Coding[];
  /** What was asked. */
  readonly request: SessionRequest;
  /** Whether a custodian has not closed it. */
  readonly unclosed: boolean;
  /** Each custodian's part. */
  readonly custodians: readonly Custody[];
}

/** A custodian's part in a session. */
export interface Custody {
  /** The custodian. */
  readonly custodian: string;
  /** When its close was recorded; null until then. */
  readonly closed: Date | undefined;
  /** How many releases and refusals it reports. */
  readonly count: bigint | undefined;
  /** The head of its log. */
  readonly head: string | undefined;
}

/** An entry of the authority log. */
export interface AuthorityEntry {
  /** What it says. */
  readonly kind: AuthorityKind;
  /** When the ledger recorded it. */
  readonly time: Date;
  /** At which height. */
  readonly height: bigint;
  /** The transaction. */
  readonly transaction: string;
  /** The key that came, went, or took over. */
  readonly key: string | undefined;
  /** The key that signed, where the entry says so. */
  readonly by: string | undefined;
  /** The consent. */
  readonly consent: string | undefined;
  /** Its version's hash. */
  readonly version: string | undefined;
  /** The credential. */
  readonly credential: string | undefined;
  /** Who vouches. */
  readonly issuer: string | undefined;
  /** For which role. */
  readonly role: Coding | undefined;
  /** When. */
  readonly period: Period | undefined;
}

/** A consent. */
export interface Consent {
  /** Its id. */
  readonly consent: string;
  /** Whose. */
  readonly subject: string;
  /** Its slot. */
  readonly slot: bigint;
  /** Which version, from 1. */
  readonly version: bigint;
  /** That version's hash. */
  readonly versionHash: string;
  /** How it stands at the time that was asked about. */
  readonly status: ConsentStanding;
  /** When it is in force. */
  readonly period: Period;
  /** Whether its base's deny is a deny for every consent. */
  readonly directive: boolean;
  /** What the base says. */
  readonly effect: Effect;
  /** Where the base applies. */
  readonly criteria: Criteria;
  /** The exceptions, in pre-order. */
  readonly rules: readonly Rule[];
  /** What a permit obliges to. */
  readonly obligations: readonly string[];
  /** How many sessions it permits; null for any number. */
  readonly uses: bigint | undefined;
  /** How many were permitted on it. */
  readonly used: bigint;
}

/** A rule of a consent. */
export interface Rule {
  /** 1 below the base. */
  readonly depth: bigint;
  /** What it says. */
  readonly effect: Effect;
  /** Where. */
  readonly criteria: Criteria;
}

/** Where a base or a rule applies; an empty list is no criterion. */
export interface Criteria {
  /** Who. */
  readonly actors: readonly Actor[];
  /** What is done. */
  readonly actions: readonly string[];
  /** What for. */
  readonly purposes: readonly string[];
  /** Resource types. */
  readonly types: readonly string[];
  /** Categories. */
  readonly categories: readonly Coding[];
  /** Codes. */
  readonly codes: readonly Coding[];
  /** Security labels. */
  readonly labels: readonly Coding[];
  /** Single records. */
  readonly records: readonly string[];
  /** Authors. */
  readonly authors: readonly string[];
  /** What is referred to. */
  readonly related: readonly string[];
  /** When it happened. */
  readonly dataPeriod: Interval | undefined;
}

/** Who is meant: just one of these is not null. */
export interface Actor {
  /** One identity. */
  readonly identity: string | undefined;
  /** Everybody who acts for an organisation. */
  readonly organisation: string | undefined;
  /** Everybody with a role. */
  readonly role: Coding | undefined;
}

/** What all active consents answered. */
export interface Answer {
  /** What it is. */
  readonly effect: Effect;
  /** Why. */
  readonly reason: AnswerReason;
  /** The consent that decided. */
  readonly consent: string | undefined;
  /** The rule path in it, as indexes. */
  readonly path: readonly bigint[];
  /** What a permit obliges to. */
  readonly obligations: readonly string[];
}

/** Who signs a transaction, with which key, and until when it may be recorded. */
export interface Sender {
  /** The ledger: the hash of its genesis. */
  readonly chain: string;
  /** The identity that signs and pays. */
  readonly did: string;
  /** The id of the key that it signs with. */
  readonly key: string;
  /** The key's next counter. */
  readonly counter: bigint;
  /** The time of signing. */
  readonly signedAt: Date;
  /** From when on it may not be recorded any more; at most 24 hours ahead. */
  readonly validUntil: Date;
}

/** A signed transaction. */
export interface SignedTransaction {
  /** Its id. */
  readonly id: string;
  /** Its bytes: what is sent to the ledger. */
  readonly bytes: Uint8Array;
}

/** Which of a key's counters were used. */
export interface ReplayWindow {
  /** The lowest counter that is not decided once and for all: all below it are. */
  readonly base: bigint;
  /** One bit a counter, the lowest bit that of `base`: set for those that were used. */
  readonly used: bigint;
}

/** What a transaction says. Nothing of it is verified but its form. */
export interface TransactionView {
  /** Its id, which covers what was signed and not the signature. */
  readonly id: string;
  /** The hash of its bytes, the signatures included. */
  readonly hash: string;
  /** The identity that signs and pays. */
  readonly signer: string;
  /** The id of the key that it signs with. */
  readonly key: string;
  /** The key's counter. */
  readonly counter: bigint;
  /** When it was signed, by the signer's clock. */
  readonly signedAt: Date;
  /** From when on it may not be recorded any more. */
  readonly validUntil: Date;
  /** The name of the operation. */
  readonly operation: string;
  /** The operation's code. */
  readonly operationCode: bigint;
  /** The hash of the body, which approvals sign. */
  readonly bodyHash: string;
  /** The approvals, ascending by key. */
  readonly approvals: readonly ApprovalView[];
  /** What the signature covers. */
  readonly signed: Uint8Array;
  /** The signature. */
  readonly signature: Uint8Array;
}

/** An approval beside a transaction's body. */
export interface ApprovalView {
  /** The id of the key that approves. */
  readonly key: string;
  /** What its signature covers. */
  readonly signed: Uint8Array;
  /** The signature. */
  readonly signature: Uint8Array;
}

/** What is known of a record without reading it: what consents are judged on. No list has an order that means anything. */
export interface Facts {
  /** What the record is called where it came from, such as `Observation/17` or a URI. */
  readonly reference: string;
  /** The FHIR resource type, or the source's own word. */
  readonly resourceType: string;
  /** The categories that it was filed under. */
  readonly category: readonly Coding[];
  /** The codes that are found in it. */
  readonly codes: readonly Coding[];
  /** Its security labels. Null: nobody has assessed it. An empty list: assessed, and none applies. */
  readonly labels: readonly Coding[] | undefined;
  /** References to those who made, asserted or recorded it. */
  readonly authors: readonly string[];
  /** References that it makes to others. */
  readonly related: readonly string[];
  /** When it happened; null when it does not say. */
  readonly clinical: Interval | undefined;
}

/** What the ledger holds of one record. Public. */
export interface Commitments {
  /** The hash that both were made with. */
  readonly hash: CommitmentHash;
  /** To the content. */
  readonly content: string;
  /** To the facts. */
  readonly facts: string;
}

/** A tag: what stands before everything that is hashed for one use. */
export interface HashTag {
  /** Its text; filled up with zeros it is 16 bytes long. */
  readonly tag: string;
  /** What is hashed under it. */
  readonly about: string;
}

/** The public keys of a device. */
export interface DevicePublicKeys {
  /** What it signs with (Ed25519): 32 bytes. */
  readonly signing: Uint8Array;
  /** What others encrypt to (X25519): 32 bytes; null for a device that receives nothing. */
  readonly agreement: Uint8Array | undefined;
}

/** An identity that a genesis names. */
export interface Founder {
  /** Its inception. */
  readonly inception: Uint8Array;
  /** Whether it is a member of the consortium, which sponsors identities. Members are organisations. */
  readonly member: boolean;
}

/** What a genesis says. */
export interface GenesisSummary {
  /** The ledger's id: the hash of the genesis. */
  readonly chain: string;
  /** What people call the ledger. */
  readonly name: string;
  /** Its time, that of height 0. */
  readonly time: Date;
  /** The public keys of those who certify height 1. */
  readonly validators: readonly Uint8Array[];
  /** The identities that it names. */
  readonly founders: readonly string[];
}

/** An identity. */
export interface Identity {
  /** Its DID. */
  readonly did: string;
  /** What it is. */
  readonly kind: IdentityKind;
  /** How it stands. */
  readonly status: IdentityStatus;
  /** Whether it is a member of the consortium. */
  readonly member: boolean;
  /** Who sponsored it; null for those that the genesis names. */
  readonly sponsor: string | undefined;
  /** How often its controller has been rotated. */
  readonly rotations: bigint;
  /** Its live keys. */
  readonly keys: readonly IdentityKey[];
  /** Its DID document. */
  readonly document: DidDocument;
}

/** A key. */
export interface IdentityKey {
  /** Its id. */
  readonly id: string;
  /** What it may do. */
  readonly role: KeyRole;
  /** The key as did:key. */
  readonly didKey: string;
  /** What records are wrapped to for it: 32 bytes; null for a key that has none. */
  readonly agreementKey: Uint8Array | undefined;
}

/** A DID document (W3C DID Core §6.2). */
export interface DidDocument {
  /** The contexts. */
  readonly context: readonly string[];
  /** The DID. */
  readonly id: string;
  /** All live keys. */
  readonly verificationMethod: readonly VerificationMethod[];
  /** Keys that sign what the identity says. */
  readonly assertionMethod: readonly string[];
  /** Keys that sign in. */
  readonly authentication: readonly string[];
  /** The controller key. */
  readonly capabilityInvocation: readonly string[];
  /** Keys that others encrypt to. */
  readonly keyAgreement: readonly VerificationMethod[];
}

/** A key in a DID document. */
export interface VerificationMethod {
  /** Its name. */
  readonly id: string;
  /** `Multikey`. */
  readonly ofType: string;
  /** Whose it is. */
  readonly controller: string;
  /** The key. */
  readonly publicKeyMultibase: string;
}

/** A rule of the protocol, or of this library. */
export interface RuleInfo {
  /** Its id, such as `CON-014`: the code of the error that a breach gives. */
  readonly id: string;
  /** Its number in a transaction's result. */
  readonly code: bigint;
  /** What it demands. */
  readonly text: string;
}

/** A header, as far as people look at it. */
export interface HeaderSummary {
  /** The height. */
  readonly height: bigint;
  /** Its time. */
  readonly time: Date;
  /** Its hash, which commits to everything up to this height. */
  readonly appRoot: string;
  /** The root of the state. */
  readonly stateRoot: string;
}

/** An entry of the timeline. */
export interface TimelineEntry {
  /** What it says. */
  readonly kind: TimelineKind;
  /** When the ledger recorded it. */
  readonly time: Date;
  /** At which height. */
  readonly height: bigint;
  /** The transaction. */
  readonly transaction: string;
  /** The record, or the subject's entry of the batch. */
  readonly record: string;
  /** Who keeps it; null where the entry does not say so. */
  readonly custodian: string | undefined;
  /** How many records; 1 unless it is a batch. */
  readonly count: bigint;
  /** Which version of the record. */
  readonly version: bigint;
}

/** All entries of a timeline, as recorded by a height. */
export interface Timeline {
  /** Whose. */
  readonly subject: string;
  /** Up to which height. */
  readonly height: bigint;
  /** The claim, in its one wording. */
  readonly claim: string;
  /** The entries. */
  readonly entries: readonly TimelineEntry[];
}

/** All entries of an access log, as recorded by a height: who looked, who was refused. */
export interface AccessLog {
  /** Whose. */
  readonly subject: string;
  /** Up to which height. */
  readonly height: bigint;
  /** Whether every session is closed by each custodian that it names. */
  readonly complete: boolean;
  /** The claim, in its one wording; null while a session is unclosed. */
  readonly claim: string | undefined;
  /** Sessions and denials, in their order. */
  readonly looks: readonly Look[];
}

/** All entries of an authority log, as recorded by a height. */
export interface AuthorityLog {
  /** Whose. */
  readonly subject: string;
  /** Up to which height. */
  readonly height: bigint;
  /** The claim, in its one wording. */
  readonly claim: string;
  /** The entries. */
  readonly entries: readonly AuthorityEntry[];
}

/** What a receipt shows: what the ledger answered, and said of this subject. */
export interface ReceiptSummary {
  /** Whose log the event is in. */
  readonly subject: string;
  /** Which log. */
  readonly log: LogKind;
  /** Where in it, from 0. */
  readonly position: bigint;
  /** The transaction. */
  readonly transaction: string;
  /** At which height it was recorded. */
  readonly height: bigint;
  /** When. */
  readonly time: Date;
  /** The rule that refused it; null where it was done. */
  readonly rule: string | undefined;
  /** The height of the header that vouches for it. */
  readonly vouched: bigint;
  /** What it says, in the timeline. */
  readonly timeline: TimelineEntry | undefined;
  /** In the access log. */
  readonly access: AccessEntry | undefined;
  /** In the authority log. */
  readonly authority: AuthorityEntry | undefined;
}

/** What a proof says of one key. */
export interface StateAnswer {
  /** The key. */
  readonly key: string;
  /** What is said. */
  readonly standing: StateStanding;
  /** The value, where there is one. */
  readonly value: Uint8Array | undefined;
}

/** What came of checking a file with a proof. What the file shows is `ProvenRecord` or `ProvenExport`. */
export interface ProofReport {
  /** Whether it holds. */
  readonly valid: boolean;
  /** What it is; null for what is neither. */
  readonly kind: ProofKind | undefined;
  /** The height up to which it vouches. */
  readonly height: bigint | undefined;
  /** For an export, whether every session is closed and every batch was handed over. */
  readonly complete: boolean | undefined;
  /** Why it does not hold. */
  readonly fault: Fault | undefined;
  /** For an export, the batches of which it does not say what their records commit to; left out where there are none. */
  readonly notHandedOver: readonly NotHandedOver[];
}

/** A batch that was not handed over: how many records it has is proven, and not which. */
export interface NotHandedOver {
  /** The entry's id. */
  readonly batch: string;
  /** Who anchored it. */
  readonly custodian: string;
  /** How many records it has. */
  readonly count: bigint;
}

/** A rule that was broken, and how. */
export interface Fault {
  /** The rule's id. */
  readonly code: string;
  /** What is wrong. */
  readonly what: string;
}

/** What a receipt shows of its record. */
export interface ProvenRecord {
  /** Whose. */
  readonly subject: string;
  /** The record. */
  readonly record: string;
  /** Which version. */
  readonly version: bigint;
  /** Whether content and facts are those that were committed to. */
  readonly opened: boolean;
  /** At which height it was recorded. */
  readonly height: bigint;
  /** When. */
  readonly recorded: Date;
}

/** What an export shows. */
export interface ProvenExport {
  /** Whose. */
  readonly subject: string;
  /** The claim, in its one wording; null while a session is unclosed or a batch was not handed over. */
  readonly claim: string | undefined;
  /** Entries of the timeline. */
  readonly timeline: bigint;
  /** Records, those of batches included. */
  readonly records: bigint;
  /** Entries of the access log. */
  readonly accessLog: bigint;
  /** Entries of the authority log. */
  readonly authorityLog: bigint;
  /** Consents that were ever granted. */
  readonly consents: bigint;
  /** Transactions behind the entries. */
  readonly transactions: bigint;
  /** The sessions that a custodian has not closed. */
  readonly unclosed: readonly Session[];
  /** The batches that were not handed over. */
  readonly notHandedOver: readonly NotHandedOver[];
}

/** Somebody's signature of a message, as it is claimed. */
export interface SignatureClaim {
  /** The public key: 32 bytes. */
  readonly publicKey: Uint8Array;
  /** The message. */
  readonly message: Uint8Array;
  /** The signature: 64 bytes. */
  readonly signature: Uint8Array;
}

/** A signature of a list that does not hold. */
export interface BadSignature {
  /** Its place in the list, from 0. */
  readonly index: bigint;
  /** Why it does not hold. */
  readonly fault: Fault;
}

/** A ledger's newest block; figures of its whole where its host counts them. */
export interface Status {
  /** The ledger: the hash of its genesis. */
  readonly chain: string;
  /** What it is called. */
  readonly name: string;
  /** The newest height. */
  readonly height: bigint;
  /** The newest block's time. */
  readonly time: Date;
  /** The hash of its header. */
  readonly appRoot: string;
  /** Identities, the genesis's included. */
  readonly identities: bigint | undefined;
  /** Records anchored, those of batches included. */
  readonly records: bigint | undefined;
  /** Versions of records of which the host holds what opens them. */
  readonly held: bigint | undefined;
  /** Transactions in blocks, refused ones included. */
  readonly transactions: bigint | undefined;
  /** Bytes of the store's files. */
  readonly storeBytes: bigint | undefined;
}

/** The terms of a consent. Lists need no order. */
export interface Terms {
  /** When they are in force. */
  readonly period: Period;
  /** What the base says. */
  readonly effect: Effect;
  /** Where the base applies. */
  readonly criteria: Criteria;
  /** The exceptions, in pre-order. */
  readonly rules: readonly Rule[];
  /**
   * Whether the base's deny is a deny for every consent (a directive), or only the ground that this one's permits
   * stand on.
   */
  readonly directive: boolean;
  /** What a permit obliges to (HL7 v3 ObligationPolicy). */
  readonly obligations: readonly string[];
  /** How many sessions it permits; null for any number. */
  readonly uses: bigint | undefined;
}

/**
 * What is asked for: one record with what is known of it, or a set of records. What is null is not known of the record, or
 * does not bound the set.
 */
export interface Reach {
  /** Whether it is a set: each of its records has one of the values and no other. One record has just these. */
  readonly set: boolean;
  /** Resource types. */
  readonly types: readonly string[] | undefined;
  /** Categories. */
  readonly categories: readonly Coding[] | undefined;
  /** Codes. */
  readonly codes: readonly Coding[] | undefined;
  /** Security labels of the record; null when nobody assessed it, or for a set. */
  readonly labels: readonly Coding[] | undefined;
  /** The records themselves, by reference. */
  readonly records: readonly string[] | undefined;
  /** Authors. */
  readonly authors: readonly string[] | undefined;
  /** What is referred to. */
  readonly related: readonly string[] | undefined;
  /** When it happened. */
  readonly period: Interval | undefined;
}

/** A request to do something with somebody's records. */
export interface Request {
  /** Who asks. */
  readonly requester: string;
  /** For which organisation. */
  readonly organisation: string | undefined;
  /** In which roles, of those that live credentials give. */
  readonly roles: readonly Coding[];
  /** What is to be done (FHIR `consentaction`). */
  readonly action: string;
  /** What for (HL7 v3 PurposeOfUse). */
  readonly purpose: string;
  /** With what. */
  readonly reach: Reach;
}

/** One consent's answer to one request. */
export interface Decision {
  /** The answer. */
  readonly effect: DecisionEffect;
  /** Why. */
  readonly reason: AnswerReason;
  /** The rule that decided, after its ancestors, as indexes into the rules; empty when the base decided or nothing did. */
  readonly path: readonly bigint[];
  /** What a permit obliges to. */
  readonly obligations: readonly string[];
}

/** A consent's id with its terms. */
export interface NamedTerms {
  /** The consent. */
  readonly consent: string;
  /** Its terms. */
  readonly terms: Terms;
}

/** A registered legal ground that a request stands on, its own conditions checked. */
export interface Ground {
  /** Whether it overrides a patient's deny. */
  readonly overridesDeny: boolean;
}

/** A code with its system. */
export interface Coding {
  /** The code system's URI. */
  readonly system: string | undefined;
  /** The code. */
  readonly code: string;
}

/** A half-open period in ledger time. */
export interface Period {
  /** The first millisecond. */
  readonly from: Date;
  /** The first one after it. */
  readonly until: Date;
}

/** When something happened clinically, half-open; an end that is not known is null. */
export interface Interval {
  /** The first millisecond. */
  readonly start: Date | undefined;
  /** The first one after it. */
  readonly end: Date | undefined;
}

/** A transaction that waits for approvals and its signature. */
export class Draft {
  private readonly handle: "Draft";
  private constructor();

  /**
   * A draft from its bytes, as somebody else who must agree has sent it.
   *
   * @throws {@link MedledgerError} COD and OPR rules for what is no draft.
   */
  static fromBytes(bytes: Uint8Array): Draft;

  /**
   * The draft with its approvals as bytes, to be sent to somebody else who must agree.
   *
   * @throws {@link MedledgerError} COD-013, which a draft never gives.
   */
  toBytes(): Uint8Array;

  /** Who signs it. */
  sender(): Sender;

  /** The name of the operation that it asks for. */
  operation(): string;

  /** The ids of the keys that have approved it. */
  approvedBy(): string[];

  /**
   * The bytes that a key signs to approve it.
   *
   * @throws {@link MedledgerError} API-003 unless the public key is 32 bytes long.
   */
  approvalToSign(publicKey: Uint8Array): Uint8Array;

  /**
   * Adds an approval that was signed elsewhere.
   *
   * @throws {@link MedledgerError} CRY rules for a signature that does not verify, OPR rules for a key that has approved already.
   */
  addApproval(publicKey: Uint8Array, signature: Uint8Array): void;

  /**
   * Adds the approval of a key in memory.
   *
   * @throws {@link MedledgerError} OPR rules for a key that has approved already.
   */
  approve(key: Key): void;

  /**
   * Adds the approval of a signer.
   *
   * @throws {@link MedledgerError} WAL-050 when it says no, WAL-051 when it fails, WAL-053 when its signature does not verify.
   */
  approveWith(signer: Signer): void;

  /**
   * The bytes that the sender's key signs, once all approvals are in.
   *
   * @throws {@link MedledgerError} COD-013, which a draft never gives.
   */
  toSign(): Uint8Array;

  /**
   * The transaction, with a signature that was made elsewhere.
   *
   * @throws {@link MedledgerError} OPR rules for another key than the sender's, CRY rules for a signature that does not verify.
   */
  finish(publicKey: Uint8Array, signature: Uint8Array): SignedTransaction;

  /**
   * The transaction, signed with a key in memory.
   *
   * @throws {@link MedledgerError} WAL-052 for another key than the sender's.
   */
  sign(key: Key): SignedTransaction;

  /**
   * The transaction, signed by a signer.
   *
   * @throws {@link MedledgerError} WAL-050 when it says no, WAL-051 when it fails, WAL-052 when its key is another, WAL-053 when its signature does
   * not verify.
   */
  signWith(signer: Signer): SignedTransaction;

  /** Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005. */
  free(): void;

  /** As `free`, for `using`. */
  [Symbol.dispose](): void;
}

/**
 * An identity that no ledger knows yet, with fresh keys in memory: of one device, of the controller and of its successor.
 * A patient's keys come from sheets of words instead (see `Sheet`).
 */
export class NewIdentity {
  private readonly handle: "NewIdentity";
  private constructor();

  /**
   * Draws the keys of a new identity.
   *
   * @throws {@link MedledgerError} COD-013, which an inception never gives.
   */
  static draw(kind: IdentityKind): NewIdentity;

  /** What it will be called. */
  did(): string;

  /**
   * What the ledger is told.
   *
   * @throws {@link MedledgerError} COD-013, which an inception never gives.
   */
  inception(): Uint8Array;

  /** The device's key, which signs consents, access and records. */
  device(): Key;

  /** The device's other key, which records are encrypted to. */
  agreement(): AgreementKey;

  /** The controller's key, which adds and revokes devices, and is not kept on one. */
  controller(): Key;

  /** The successor's key, which signs the first rotation, and is kept elsewhere than the controller's. */
  successor(): Key;

  /**
   * The inception, for its sponsor to sign: each new key has proven its possession.
   *
   * @throws {@link MedledgerError} API-002 for a sender that is none.
   */
  incept(sponsor: Given<Sender>): Draft;

  /** Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005. */
  free(): void;

  /** As `free`, for `using`. */
  [Symbol.dispose](): void;
}

/** A signing key in memory (Ed25519, RFC 8032). Overwritten when it is closed; never shown. */
export class Key {
  private readonly handle: "Key";
  private constructor();

  /** A fresh key. */
  static draw(): Key;

  /**
   * The key that a seed of 32 uniformly random bytes stands for.
   *
   * @throws {@link MedledgerError} API-003 for another length.
   */
  static fromSeed(seed: Uint8Array): Key;

  /** The seed: a secret, for whoever keeps the key elsewhere. */
  seed(): Uint8Array;

  /** The key's id, as transactions name it. */
  id(): string;

  /** The public key: 32 bytes. */
  publicKey(): Uint8Array;

  /** The key's signature of these bytes: 64 bytes, the same each time. */
  sign(message: Uint8Array): Uint8Array;

  /** Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005. */
  free(): void;

  /** As `free`, for `using`. */
  [Symbol.dispose](): void;
}

/**
 * An agreement key in memory (X25519, RFC 7748): what others encrypt records to. Overwritten when it is closed; never
 * shown.
 */
export class AgreementKey {
  private readonly handle: "AgreementKey";
  private constructor();

  /** A fresh key. */
  static draw(): AgreementKey;

  /**
   * The key with these 32 secret bytes.
   *
   * @throws {@link MedledgerError} API-003 for another length.
   */
  static fromSecret(secret: Uint8Array): AgreementKey;

  /** The secret bytes, for whoever keeps the key elsewhere. */
  secret(): Uint8Array;

  /** The public half: 32 bytes. */
  publicKey(): Uint8Array;

  /** Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005. */
  free(): void;

  /** As `free`, for `using`. */
  [Symbol.dispose](): void;
}

/**
 * A reader that holds no chain: a genesis, the time, and the newest header that it has satisfied itself of. Whatever is
 * shown to it afterwards must reach at least as far.
 */
export class LightClient {
  private readonly handle: "LightClient";

  /**
   * A reader that trusts a genesis, at a time.
   *
   * @throws {@link MedledgerError} COD, IDN and CHN rules for bytes that are no sound genesis.
   */
  constructor(genesis: Uint8Array, now: Date);

  /** The ledger's id. */
  chain(): string;

  /** Tells it the time, by which headers from the future are noticed. */
  setTime(now: Date): void;

  /**
   * Satisfies itself of a header with its evidence, and demands from now on that what is shown reaches this far.
   *
   * @throws {@link MedledgerError} LGT and CHN rules for a header that is not final, LGT-050 and LGT-051 for one that is older than, or beside, what it has
   * seen.
   */
  trust(header: Uint8Array): HeaderSummary;

  /** The newest header that it has satisfied itself of. */
  newest(): HeaderSummary | undefined;

  /** Checks a file: one record's receipt, or an export. A file that does not hold is no error but a report with its fault. */
  checkFile(file: Uint8Array): ProofReport;

  /**
   * What one record's receipt shows, once it holds.
   *
   * @throws {@link MedledgerError} The rule that the receipt breaks.
   */
  readRecord(file: Uint8Array): ProvenRecord;

  /**
   * What an export shows, once it holds.
   *
   * @throws {@link MedledgerError} The rule that the export breaks.
   */
  readExport(file: Uint8Array): ProvenExport;

  /**
   * What the receipt of one event shows, once it holds.
   *
   * @throws {@link MedledgerError} The rule that the receipt breaks.
   */
  readReceipt(receipt: Uint8Array): ReceiptSummary;

  /**
   * A timeline, which is provably all of it.
   *
   * @throws {@link MedledgerError} The rule that the proof breaks.
   */
  readTimeline(proof: Uint8Array): Timeline;

  /**
   * An access log, which is provably all of it; sessions stand as of the reader's time.
   *
   * @throws {@link MedledgerError} The rule that the proof breaks.
   */
  readAccessLog(proof: Uint8Array): AccessLog;

  /**
   * An authority log, which is provably all of it.
   *
   * @throws {@link MedledgerError} The rule that the proof breaks.
   */
  readAuthorityLog(proof: Uint8Array): AuthorityLog;

  /**
   * A part of the state, which says of what it covers whether it is there and what it is, and nothing of the rest.
   *
   * @throws {@link MedledgerError} The rule that the proof breaks.
   */
  readState(proof: Uint8Array): ProvenState;

  /** Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005. */
  free(): void;

  /** As `free`, for `using`. */
  [Symbol.dispose](): void;
}

/** A part of a ledger's state, proven under one header. Of what it does not cover it says nothing: API-008, never "not there". */
export class ProvenState {
  private readonly handle: "ProvenState";
  private constructor();

  /** The header that it stands under. */
  header(): HeaderSummary;

  /**
   * An identity with its live keys; null where there is provably none.
   *
   * @throws {@link MedledgerError} API-002 for what is no DID, API-008 where the proof does not cover it.
   */
  identity(did: string): Identity | undefined;

  /**
   * An identity as the ledger holds it: what a rotation names.
   *
   * @throws {@link MedledgerError} API-002 for what is no DID, API-007 where there is none, API-008 where the proof does not cover it.
   */
  control(did: string): Uint8Array;

  /**
   * All active consents of a subject, in the order of their slots, as they stand at a time.
   *
   * @throws {@link MedledgerError} API-002 for what is no DID, API-008 where the proof does not cover each of them.
   */
  consents(subject: string, now: Date): Consent[];

  /**
   * Whoever is to sign with a key, with the key's next counter, valid for some milliseconds.
   *
   * @throws {@link MedledgerError} API-002 for what is none, API-008 where the proof does not cover the key's use.
   */
  sender(did: string, key: string, now: Date, validFor: bigint): Sender;

  /**
   * A new consent in the lowest slot that is free or whose consent has ended, for the patient to sign.
   *
   * @throws {@link MedledgerError} CON and WAL rules for terms that can't stand, WAL-001 where all slots are taken, API-008 where the proof does not cover
   * the slots.
   */
  grant(patient: Given<Sender>, terms: Given<Terms>, now: Date): Draft;

  /**
   * New terms for a consent in its current version, for its patient to sign.
   *
   * @throws {@link MedledgerError} CON and WAL rules for terms that can't stand and consents that are over, API-008 where the proof does not cover it.
   */
  amend(patient: Given<Sender>, consent: string, terms: Given<Terms>, now: Date): Draft;

  /** Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005. */
  free(): void;

  /** As `free`, for `using`. */
  [Symbol.dispose](): void;
}

/** An append-only log in memory: the side that makes proofs. */
export class MerkleLog {
  private readonly handle: "MerkleLog";

  /** The log without leaves. */
  constructor();

  /**
   * Appends a leaf, which is a tagged hash: 32 bytes.
   *
   * @throws {@link MedledgerError} API-003 for another length.
   */
  append(leaf: Uint8Array): void;

  /** How many leaves there are. */
  size(): bigint;

  /** The root over all leaves. */
  root(): string;

  /**
   * The root as it was when the log had `size` leaves.
   *
   * @throws {@link MedledgerError} MRK-004 when it has fewer.
   */
  rootAt(size: bigint): string;

  /**
   * The proof, as bytes, that a leaf is in the log as it was with `size` leaves.
   *
   * @throws {@link MedledgerError} MRK-004 when the log has fewer leaves, MRK-001 for an index past the end.
   */
  inclusion(index: bigint, size: bigint): Uint8Array;

  /**
   * The proof, as bytes, that the log as it was with `newSize` leaves begins with its first `oldSize`.
   *
   * @throws {@link MedledgerError} MRK-004 when the log has fewer leaves, or the old size is the greater one.
   */
  consistency(oldSize: bigint, newSize: bigint): Uint8Array;

  /** Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005. */
  free(): void;

  /** As `free`, for `using`. */
  [Symbol.dispose](): void;
}

/**
 * The window after this counter was used.
 *
 * @throws {@link MedledgerError} OPR-010 for a counter that was used, OPR-011 for one below the window, OPR-012 for one too far above it.
 */
export function checkCounter(window: Given<ReplayWindow>, counter: bigint): ReplayWindow;

/**
 * What a transaction for a ledger says. Who holds the keys, and so whether the signatures hold, only the ledger's state
 * tells.
 *
 * @throws {@link MedledgerError} COD rules for what does not decode, OPR-001 to OPR-004, OPR-016 and OPR-017 for the envelope.
 */
export function readTransaction(transaction: Uint8Array, chain: string): TransactionView;

/**
 * What a record with this content and these facts commits to under these two salts of 32 bytes, to be compared with what
 * a ledger holds. The content is in its canonical form. Whoever anchors a record does not choose salts: sealing draws them.
 *
 * @throws {@link MedledgerError} API-003 for a salt of another length, REC-001 to REC-004 for facts that can't be committed to, REC-005 when both salts
 * are the same.
 */
export function commit(content: Uint8Array, contentSalt: Uint8Array, facts: Given<Facts>, factsSalt: Uint8Array): Commitments;

/**
 * The id of the record that a transaction anchors, or of an entry of the batch that it anchors. `index` is the entry's
 * place in the batch, 0 for a single record.
 *
 * @throws {@link MedledgerError} API-002 for what is no transaction's id.
 */
export function recordId(transaction: string, index: bigint): string;

/**
 * The id of a record of a batch, by the id of the batch's entry and the record's index in it.
 *
 * @throws {@link MedledgerError} API-002 for what is no id.
 */
export function batchRecordId(batch: string, index: bigint): string;

/**
 * The hash of a version of a record: what an amendment names as the one that it replaces. `version` counts from 1.
 *
 * @throws {@link MedledgerError} API-002 for what is no id or commitment.
 */
export function recordVersion(record: string, version: bigint, commitments: Given<Commitments>): string;

/** Every tag of the protocol, the reserved ones included. */
export function hashTags(): HashTag[];

/**
 * The 32 bytes of `SHA3-256(tag ‖ data)`, the tag given by its text, such as `ml1 tx id`.
 *
 * @throws {@link MedledgerError} API-002 for a tag that is not in the register.
 */
export function taggedHash(tag: string, data: Uint8Array): Uint8Array;

/**
 * An inception whose keys lie elsewhere, for its sponsor to sign once the device's and the controller's keys have
 * approved it.
 *
 * @throws {@link MedledgerError} API-002 for a sender that is none; IDN rules for an inception that can't be.
 */
export function incept(sponsor: Given<Sender>, inception: Uint8Array): Draft;

/**
 * The DID of an inception.
 *
 * @throws {@link MedledgerError} COD and IDN rules for an inception that can't be.
 */
export function inceptionDid(inception: Uint8Array): string;

/**
 * One more device, for the controller to sign once the device's signing key has approved it.
 *
 * @throws {@link MedledgerError} API-002 for a sender that is none, API-003 for keys that are none.
 */
export function addDevice(controller: Given<Sender>, device: Given<DevicePublicKeys>): Draft;

/**
 * The end of a device, for the controller to sign, or for that very device.
 *
 * @throws {@link MedledgerError} API-002 for a sender or a key's id that is none.
 */
export function revokeDevice(sender: Given<Sender>, key: string): Draft;

/**
 * The end of an identity, for its controller to sign. It can't be undone.
 *
 * @throws {@link MedledgerError} API-002 for a sender that is none.
 */
export function deactivate(controller: Given<Sender>): Draft;

/**
 * The successor takes over: for it to sign, once each device that comes has approved. `control` is the identity as the
 * ledger holds it, `successor` the public key that signs and becomes the controller, `next` the digest of whatever comes after it, `keep` the ids of the
 * device keys that stay.
 *
 * @throws {@link MedledgerError} API-002 and API-003 for what is none, COD rules for a `control` that is damaged, IDN rules for doubles.
 */
export function rotate(sender: Given<Sender>, control: Uint8Array, successor: Uint8Array, next: string, keep: readonly string[], add: readonly Given<DevicePublicKeys>[]): Draft;

/**
 * An organisation vouches for a practitioner's role, for the organisation to sign.
 *
 * @throws {@link MedledgerError} API-002 for what is none, IDN rules for a credential that can't be.
 */
export function issueCredential(issuer: Given<Sender>, holder: string, role: Given<Coding>, period: Given<Period>): Draft;

/**
 * And takes it back.
 *
 * @throws {@link MedledgerError} API-002 for what is none.
 */
export function revokeCredential(issuer: Given<Sender>, credential: string): Draft;

/**
 * The id of the credential that a transaction issued.
 *
 * @throws {@link MedledgerError} API-002 for a transaction's id that is none.
 */
export function credentialId(transaction: string): string;

/**
 * A genesis under proof of authority, with the default parameters and validators that take turns in this order. Its bytes
 * are what everybody who reads the ledger starts from.
 *
 * @throws {@link MedledgerError} API-003 for keys that are none; COD, IDN and CHN rules for founders that can't be.
 */
export function genesis(name: string, time: Date, validators: readonly Uint8Array[], founders: readonly Given<Founder>[]): Uint8Array;

/**
 * What a genesis says, once it is checked.
 *
 * @throws {@link MedledgerError} COD, IDN and CHN rules for bytes that are no sound genesis.
 */
export function readGenesis(genesis: Uint8Array): GenesisSummary;

/** The names of every wire type that this build knows, each after those that it is made of. */
export function wireTypes(): string[];

/**
 * What bytes say, as JSON in one line: a wire type by its name in the specification's CDDL. They pass every check of the
 * encoding first, those of the values' own rules not. A struct is an object with the specification's names, an enum
 * `{"Variant": {…}}` or, without fields, `"Variant"`; bytes are lower-case hex, numbers above 2^53 or below −2^53 texts.
 *
 * @throws {@link MedledgerError} API-002 for a name that is no wire type's, COD rules for bytes that are not the one encoding of a value of it.
 */
export function inspect(kind: string, bytes: Uint8Array): string;

/** Every rule that this build can name. */
export function rules(): RuleInfo[];

/**
 * The id of a public key, as transactions name it.
 *
 * @throws {@link MedledgerError} API-003 unless it is 32 bytes long.
 */
export function keyId(publicKey: Uint8Array): string;

/**
 * A public key as `did:key`.
 *
 * @throws {@link MedledgerError} API-003 unless it is 32 bytes long.
 */
export function didKey(publicKey: Uint8Array): string;

/**
 * The digest by which an identity names the successor of its controller, which stays unknown until it signs.
 *
 * @throws {@link MedledgerError} API-003 unless it is 32 bytes long.
 */
export function successorDigest(publicKey: Uint8Array): string;

/**
 * Checks a file with nothing but a genesis, at a time: one record's receipt, or an export. `atLeast` is a header with
 * evidence that the reader demands the file to reach. A file that does not hold is no error but a report with its fault.
 *
 * @throws {@link MedledgerError} COD, IDN and CHN rules for a genesis that is none, LGT rules for a header that is none.
 */
export function checkProof(file: Uint8Array, genesis: Uint8Array, now: Date, atLeast?: Uint8Array | null | undefined): ProofReport;

/**
 * The root of the log with these leaves, in their order. A leaf is a tagged hash: 32 bytes.
 *
 * @throws {@link MedledgerError} API-003 for a leaf of another length.
 */
export function logRoot(leaves: readonly Uint8Array[]): string;

/**
 * Checks that a log with this root and size has this leaf at an index. The root and the size must come from where both
 * were signed, never from whoever brings the proof: a proof also holds for other sizes.
 *
 * @throws {@link MedledgerError} MRK-001 for an index past the end, MRK-002 for a proof of another length, MRK-003 for one that leads elsewhere; COD
 * rules for bytes that are no `InclusionProof`.
 */
export function checkInclusion(root: string, size: bigint, index: bigint, leaf: Uint8Array, proof: Uint8Array): void;

/**
 * Checks that the log with the new root and size begins with the log with the old ones.
 *
 * @throws {@link MedledgerError} MRK-004 when the new one is smaller, MRK-005 for a proof of another length, MRK-006 and MRK-007 for one that does not
 * lead to the old or the new root; COD rules for bytes that are no `ConsistencyProof`.
 */
export function checkConsistency(oldRoot: string, oldSize: bigint, newRoot: string, newSize: bigint, proof: Uint8Array): void;

/**
 * Checks a proof about the state under a root, and says what it shows of each of these keys, in their order. The proof is a
 * `ValueProof` as bytes. A key that it does not cover is unproven, which is not absent.
 *
 * @throws {@link MedledgerError} MRK-020 to MRK-029 for a proof that does not hold, STA-001 and STA-002 for other values, COD rules for other bytes.
 */
export function checkStateProof(root: string, proof: Uint8Array, keys: readonly string[]): StateAnswer[];

/**
 * Checks a proof about the state under a root, which must be about just these keys: what answers a question says nothing
 * else. The proof is a `StateProof` as bytes, without values.
 *
 * @throws {@link MedledgerError} MRK-030 when it is about other keys, MRK-020 to MRK-029 when it does not hold, COD rules for other bytes.
 */
export function checkStateKeys(root: string, proof: Uint8Array, keys: readonly string[]): StateAnswer[];

/**
 * Checks an Ed25519 signature under the protocol's rule: canonical encodings, no points of small order, the cofactored
 * equation.
 *
 * @throws {@link MedledgerError} The CRY rule that fails first, API-003 for a key or a signature of another length.
 */
export function verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): void;

/**
 * Checks many signatures at once, at a third of the price: those that do not hold, by their place in the list, with what
 * `verifySignature` says of each. None when all hold.
 *
 * @throws {@link MedledgerError} API-009 when it was stopped.
 */
export function verifySignatures(claims: readonly Given<SignatureClaim>[], progress?: Progress | null | undefined): BadSignature[];

/**
 * Checks terms that are to stand open on a ledger.
 *
 * @throws {@link MedledgerError} CON-001 to CON-011 with the first fault.
 */
export function checkTerms(terms: Given<Terms>): void;

/**
 * Terms as bytes: their one encoding.
 *
 * @throws {@link MedledgerError} API-002 for what is none, CON rules for terms that can't be.
 */
export function termsToBytes(terms: Given<Terms>): Uint8Array;

/**
 * Terms from their bytes.
 *
 * @throws {@link MedledgerError} COD and CON rules for bytes that are no terms.
 */
export function termsFromBytes(bytes: Uint8Array): Terms;

/**
 * What the terms of one consent say to a request at a time: pure, and the same everywhere.
 *
 * @throws {@link MedledgerError} API-002 for what is none, CON rules for terms that can't be.
 */
export function decide(terms: Given<Terms>, request: Given<Request>, at: Date): Decision;

/**
 * What one consent says to each of many requests at a time.
 *
 * @throws {@link MedledgerError} As `decide`.
 */
export function decideEach(terms: Given<Terms>, requests: readonly Given<Request>[], at: Date): Decision[];

/**
 * What all active consents of a subject answer, in the order of their slots, to a request that stands on one of them.
 *
 * @throws {@link MedledgerError} API-002 for what is none, CON rules for terms that can't be.
 */
export function decideByConsent(consents: readonly Given<NamedTerms>[], basis: string, request: Given<Request>, at: Date): Answer;

/**
 * The same for a request that stands on a registered legal ground.
 *
 * @throws {@link MedledgerError} API-002 for what is none, CON rules for terms that can't be.
 */
export function decideByGround(consents: readonly Given<NamedTerms>[], ground: Given<Ground>, request: Given<Request>, at: Date): Answer;

/**
 * A new consent in a slot (0 to 255) that is free, for the patient to sign.
 *
 * @throws {@link MedledgerError} API-002 for what is none, CON rules for terms that can't stand open on a ledger.
 */
export function grantConsent(patient: Given<Sender>, slot: bigint, terms: Given<Terms>): Draft;

/**
 * New terms for a consent in the version that they replace, for its patient to sign.
 *
 * @throws {@link MedledgerError} API-002 for what is none, CON rules for terms that can't stand open on a ledger.
 */
export function amendConsent(patient: Given<Sender>, consent: string, replaces: string, terms: Given<Terms>): Draft;

/**
 * The end of a consent, in whatever version, for its patient to sign.
 *
 * @throws {@link MedledgerError} API-002 for what is none.
 */
export function revokeConsent(patient: Given<Sender>, consent: string): Draft;

/**
 * The id of the consent that a transaction granted.
 *
 * @throws {@link MedledgerError} API-002 for a transaction's id that is none.
 */
export function consentId(transaction: string): string;
