# Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.
"""What goes into calls and comes out of them: words and plain values."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = [
    "AccessEntry",
    "AccessKind",
    "AccessLog",
    "AccessQuestion",
    "Actor",
    "Answer",
    "AnswerReason",
    "ApprovalView",
    "AuthorityEntry",
    "AuthorityKind",
    "AuthorityLog",
    "BadSignature",
    "Basis",
    "BatchEntry",
    "BatchMember",
    "BlockSummary",
    "BundleEntry",
    "CertifiedBlock",
    "Coding",
    "CommitmentHash",
    "Commitments",
    "Consent",
    "ConsentAbout",
    "ConsentAnswer",
    "ConsentOptions",
    "ConsentQuestion",
    "ConsentReading",
    "ConsentStanding",
    "ContentForm",
    "Criteria",
    "Custody",
    "Decision",
    "DecisionEffect",
    "DestroyedRecord",
    "DevicePublicKeys",
    "DidDocument",
    "Effect",
    "ErrorKind",
    "Facts",
    "Fault",
    "FhirConsentStatus",
    "FoundDevice",
    "FoundIdentity",
    "Founder",
    "GatewayAnswer",
    "GenesisSummary",
    "Ground",
    "HashTag",
    "HeaderSummary",
    "Identity",
    "IdentityKey",
    "IdentityKind",
    "IdentityStatus",
    "Interval",
    "KeptIdentity",
    "KeyRole",
    "KeystoreSummary",
    "KnownIdentity",
    "KnownRecord",
    "LogKind",
    "LogKnowledge",
    "Look",
    "NamedTerms",
    "NotHandedOver",
    "PassphraseCost",
    "Period",
    "PlannedRotation",
    "ProofKind",
    "ProofReport",
    "ProvenExport",
    "ProvenRecord",
    "Reach",
    "ReceiptSummary",
    "Record",
    "ReferenceActor",
    "ReleaseSummary",
    "ReplayWindow",
    "Request",
    "RotationTurn",
    "Rule",
    "RuleInfo",
    "SealSuite",
    "SealedHeader",
    "Sender",
    "Session",
    "SessionAsk",
    "SessionRequest",
    "SessionStatus",
    "SheetStanding",
    "SignatureClaim",
    "SignedTransaction",
    "StateAnswer",
    "StateStanding",
    "Status",
    "Terms",
    "Timeline",
    "TimelineEntry",
    "TimelineKind",
    "TransactionResult",
    "TransactionView",
    "VerificationMethod",
    "WrappedKey",
]


class _Word(str, Enum):
    def __new__(cls, value: str) -> Self:
        word = str.__new__(cls, value)
        word._value_ = value
        return word

    def __str__(self) -> str:
        return str(self.value)


class Basis(_Word):
    """On what ground somebody looks."""

    CONSENT = "consent"
    """A consent of the patient."""
    LEGAL_GROUND = "legal-ground"
    """A ground that the consortium registered."""


class AccessKind(_Word):
    """What an entry of the access log says."""

    OPENED = "opened"
    """A session was opened."""
    DENIED = "denied"
    """It was denied."""
    CLOSED = "closed"
    """A custodian closed its part."""


class Effect(_Word):
    """What was answered."""

    PERMIT = "permit"
    """It may be done."""
    DENY = "deny"
    """It may not."""


class SessionStatus(_Word):
    """How a session stands at a time."""

    OPEN = "open"
    """Releases are possible."""
    UNCLOSED = "unclosed"
    """It is over, and a custodian has not closed it."""
    CLOSED = "closed"
    """Each custodian has closed it."""


class AuthorityKind(_Word):
    """What an entry of the authority log says."""

    INCEPTED = "incepted"
    """The identity began."""
    DEVICE_ADDED = "device-added"
    """A device came."""
    DEVICE_REVOKED = "device-revoked"
    """A device went."""
    ROTATED = "rotated"
    """The successor took over."""
    DEACTIVATED = "deactivated"
    """The identity ended."""
    CREDENTIAL_ISSUED = "credential-issued"
    """Somebody vouches for a role."""
    CREDENTIAL_REVOKED = "credential-revoked"
    """And no longer."""
    CONSENT_GRANTED = "consent-granted"
    """A consent was granted."""
    CONSENT_AMENDED = "consent-amended"
    """Its terms were replaced."""
    CONSENT_REVOKED = "consent-revoked"
    """It was taken back."""


class ConsentStanding(_Word):
    """How a consent stands at a time."""

    ACTIVE = "active"
    """In force."""
    PENDING = "pending"
    """Not yet in force."""
    ENDED = "ended"
    """Its period is over."""
    SPENT = "spent"
    """Its uses are used up."""
    REVOKED = "revoked"
    """Taken back."""


class AnswerReason(_Word):
    """Why something is permitted or denied."""

    PERMIT_RULE = "permit-rule"
    """A permit rule covers the request."""
    PERMIT_BASE = "permit-base"
    """The base covers it."""
    DENY_RULE = "deny-rule"
    """A deny rule touches it."""
    DENY_DIRECTIVE = "deny-directive"
    """The base of a directive touches it."""
    NOT_YET = "not-yet"
    """Before the period."""
    EXPIRED = "expired"
    """After it."""
    NO_MATCH = "no-match"
    """Nothing applies."""
    ONLY_THE_BASE = "only-the-base"
    """Only a grant's base deny was reached, which does not deny."""
    LEGAL_GROUND = "legal-ground"
    """A registered ground."""
    LEGAL_GROUND_OVERRIDES = "legal-ground-overrides"
    """A registered ground, over a deny."""
    NOT_ACTIVE = "not-active"
    """The consent that was named is not among the active ones."""


class ErrorKind(_Word):
    """What an error is about: whoever handles errors by kind needs no list of rules."""

    ARGUMENT = "argument"
    """An argument that is not of the kind that was asked for."""
    MALFORMED = "malformed"
    """Bytes that are not what they should be: not decoded."""
    INVALID = "invalid"
    """A proof, a signature or a seal that does not hold."""
    REFUSED = "refused"
    """What the ledger's rules refuse."""
    SIGNER = "signer"
    """A signer that failed, said no, or holds another key."""
    WALLET = "wallet"
    """A wallet: its sheets, its keystore."""
    FHIR = "fhir"
    """FHIR that can't be read, or not faithfully."""


class CommitmentHash(_Word):
    """The hash under a commitment: records outlive algorithms."""

    SHA3_256 = "sha3-256"
    """SHA3-256 (FIPS 202)."""


class FhirConsentStatus(_Word):
    """The status of a FHIR R4 Consent."""

    DRAFT = "draft"
    """Not yet agreed to."""
    PROPOSED = "proposed"
    """Proposed to the patient."""
    ACTIVE = "active"
    """In force."""
    REJECTED = "rejected"
    """Refused by a party."""
    INACTIVE = "inactive"
    """Ended."""
    ENTERED_IN_ERROR = "entered-in-error"
    """Never meant."""


class IdentityKind(_Word):
    """What an identity is."""

    PATIENT = "patient"
    """Whose records they are."""
    PRACTITIONER = "practitioner"
    """A person who treats."""
    ORGANISATION = "organisation"
    """A hospital, a laboratory, an authority."""
    DEVICE = "device"
    """A thing."""


class IdentityStatus(_Word):
    """How an identity stands."""

    ACTIVE = "active"
    """It can sign."""
    DEACTIVATED = "deactivated"
    """It has ended."""


class KeyRole(_Word):
    """What a key may do."""

    CONTROLLER = "controller"
    """Adds and revokes devices, deactivates."""
    DEVICE = "device"
    """Signs consents, access and records."""


class LogKind(_Word):
    """One of a subject's logs."""

    TIMELINE = "timeline"
    """Its records."""
    ACCESS = "access"
    """Who looked, and who was refused."""
    AUTHORITY = "authority"
    """Its keys, consents and credentials."""


class TimelineKind(_Word):
    """What an entry of the timeline says."""

    ANCHORED = "anchored"
    """A record was anchored."""
    BATCH_ANCHORED = "batch-anchored"
    """A batch of records was."""
    AMENDED = "amended"
    """A record has a new version."""
    ENTERED_IN_ERROR = "entered-in-error"
    """A record was entered in error."""


class StateStanding(_Word):
    """What a proof says of a key of the state."""

    PRESENT = "present"
    """A value stands there."""
    ABSENT = "absent"
    """Nothing stands there."""
    UNPROVEN = "unproven"
    """It says nothing about this key."""


class ProofKind(_Word):
    """What a file with a proof is."""

    RECEIPT = "receipt"
    """The receipt of one record."""
    EXPORT = "export"
    """Everything of one patient."""


class SheetStanding(_Word):
    """Whether a sheet still gives an identity's controller."""

    CURRENT = "current"
    """It does."""
    SUPERSEDED = "superseded"
    """Another sheet has taken over."""


class RotationTurn(_Word):
    """Whether a second sheet takes over an identity."""

    DUE = "due"
    """It is to be rotated."""
    DONE = "done"
    """It was, with this sheet."""
    ENDED = "ended"
    """It was deactivated."""
    FOREIGN = "foreign"
    """It is none of this sheet's."""


class SealSuite(_Word):
    """How a record is encrypted: records outlive algorithms."""

    XCHACHA20_POLY1305_STREAM = "xchacha20-poly1305-stream"
    """XChaCha20-Poly1305 in chunks, chained as STREAM, with SHA3-256."""


class ContentForm(_Word):
    """How the bytes of a record become the content that it commits to."""

    AS_IT_STANDS = "as-it-stands"
    """They are it: a file of any kind."""
    FHIR_JSON = "fhir-json"
    """FHIR JSON: what is committed to is the canonical form of the resource, and what is sealed its text as received."""


class DecisionEffect(_Word):
    """What one consent says to a request."""

    PERMIT = "permit"
    """It may be done."""
    DENY = "deny"
    """It may not, whatever other consents say."""
    NOT_APPLICABLE = "not-applicable"
    """This consent has nothing to say."""


@dataclass(frozen=True)
class SessionRequest:
    """Who asked for what."""

    requester: str
    """Who."""
    subject: str
    """Whose records."""
    basis: Basis
    """On what ground."""
    basis_id: str
    """The consent's or the ground's id."""
    action: str
    """What is to be done."""
    purpose: str
    """What for."""
    until: datetime
    """Until when."""
    organisation: str | None = None
    """For which organisation."""
    custodians: tuple[str, ...] = ()
    """Who is to release."""
    types: tuple[str, ...] = ()
    """Resource types; an empty list is all."""
    categories: tuple[Coding, ...] = ()
    """Categories; an empty list is all."""
    period: Interval | None = None
    """When it happened; None for whenever."""


@dataclass(frozen=True)
class AccessEntry:
    """An entry of the access log."""

    kind: AccessKind
    """What it says."""
    time: datetime
    """When the ledger recorded it."""
    height: int
    """At which height."""
    transaction: str
    """The transaction."""
    rule: str | None = None
    """The rule by which it was denied."""
    session: str | None = None
    """The session; None for a denial."""
    request: SessionRequest | None = None
    """What was asked; None for a close."""
    not_after: datetime | None = None
    """The first millisecond after the session, where one was opened."""
    custodian: str | None = None
    """The custodian that closed."""
    count: int | None = None
    """How many releases and refusals it reports."""


@dataclass(frozen=True)
class Look:
    """A session with its closes, or a denial."""

    effect: Effect
    """What was answered."""
    time: datetime
    """When the ledger recorded it."""
    height: int
    """At which height."""
    transaction: str
    """The transaction."""
    request: SessionRequest
    """What was asked."""
    rule: str | None = None
    """The rule by which it was denied."""
    session: str | None = None
    """The session; None for a denial."""
    not_after: datetime | None = None
    """The first millisecond after the session, at the latest."""
    status: SessionStatus | None = None
    """How it stands at the time that was asked about; None for a denial."""
    custodians: tuple[Custody, ...] = ()
    """Each custodian's part; none for a denial."""
    released: int | None = None
    """How many records were released, where the logs of all custodians are at hand."""
    refused: int | None = None
    """How many requests for a record were refused, likewise."""


@dataclass(frozen=True)
class AccessQuestion:
    """What a custodian's gateway has a node prove, before it releases a record."""

    session: str
    """The session."""
    custodian: str
    """The custodian that is to release."""
    record: str
    """The record that is asked for."""
    key: str
    """The id of the key that signed the request."""
    batch: str | None = None
    """The entry of a batch that the record was anchored in, where it was."""


@dataclass(frozen=True)
class Session:
    """A session and who has closed it."""

    session: str
    """Its id."""
    opened: datetime
    """When it was opened."""
    not_after: datetime
    """The first millisecond after it, at the latest."""
    request: SessionRequest
    """What was asked."""
    unclosed: bool
    """Whether a custodian has not closed it."""
    roles: tuple[Coding, ...] = ()
    """The roles that the requester has."""
    custodians: tuple[Custody, ...] = ()
    """Each custodian's part."""


@dataclass(frozen=True)
class Custody:
    """A custodian's part in a session."""

    custodian: str
    """The custodian."""
    closed: datetime | None = None
    """When its close was recorded; None until then."""
    count: int | None = None
    """How many releases and refusals it reports."""
    head: str | None = None
    """The head of its log."""


@dataclass(frozen=True)
class AuthorityEntry:
    """An entry of the authority log."""

    kind: AuthorityKind
    """What it says."""
    time: datetime
    """When the ledger recorded it."""
    height: int
    """At which height."""
    transaction: str
    """The transaction."""
    key: str | None = None
    """The key that came, went, or took over."""
    by: str | None = None
    """The key that signed, where the entry says so."""
    consent: str | None = None
    """The consent."""
    version: str | None = None
    """Its version's hash."""
    credential: str | None = None
    """The credential."""
    issuer: str | None = None
    """Who vouches."""
    role: Coding | None = None
    """For which role."""
    period: Period | None = None
    """When."""


@dataclass(frozen=True)
class Consent:
    """A consent."""

    consent: str
    """Its id."""
    subject: str
    """Whose."""
    slot: int
    """Its slot."""
    version: int
    """Which version, from 1."""
    version_hash: str
    """That version's hash."""
    status: ConsentStanding
    """How it stands at the time that was asked about."""
    period: Period
    """When it is in force."""
    directive: bool
    """Whether its base's deny is a deny for every consent."""
    effect: Effect
    """What the base says."""
    criteria: Criteria
    """Where the base applies."""
    used: int
    """How many were permitted on it."""
    rules: tuple[Rule, ...] = ()
    """The exceptions, in pre-order."""
    obligations: tuple[str, ...] = ()
    """What a permit obliges to."""
    uses: int | None = None
    """How many sessions it permits; None for any number."""


@dataclass(frozen=True)
class Rule:
    """A rule of a consent."""

    depth: int
    """1 below the base."""
    effect: Effect
    """What it says."""
    criteria: Criteria
    """Where."""


@dataclass(frozen=True)
class Criteria:
    """Where a base or a rule applies; an empty list is no criterion."""

    actors: tuple[Actor, ...] = ()
    """Who."""
    actions: tuple[str, ...] = ()
    """What is done."""
    purposes: tuple[str, ...] = ()
    """What for."""
    types: tuple[str, ...] = ()
    """Resource types."""
    categories: tuple[Coding, ...] = ()
    """Categories."""
    codes: tuple[Coding, ...] = ()
    """Codes."""
    labels: tuple[Coding, ...] = ()
    """Security labels."""
    records: tuple[str, ...] = ()
    """Single records."""
    authors: tuple[str, ...] = ()
    """Authors."""
    related: tuple[str, ...] = ()
    """What is referred to."""
    data_period: Interval | None = None
    """When it happened."""


@dataclass(frozen=True)
class Actor:
    """Who is meant: just one of these is not None."""

    identity: str | None = None
    """One identity."""
    organisation: str | None = None
    """Everybody who acts for an organisation."""
    role: Coding | None = None
    """Everybody with a role."""


@dataclass(frozen=True)
class Answer:
    """What all active consents answered."""

    effect: Effect
    """What it is."""
    reason: AnswerReason
    """Why."""
    consent: str | None = None
    """The consent that decided."""
    path: tuple[int, ...] = ()
    """The rule path in it, as indexes."""
    obligations: tuple[str, ...] = ()
    """What a permit obliges to."""


@dataclass(frozen=True)
class Sender:
    """Who signs a transaction, with which key, and until when it may be recorded."""

    chain: str
    """The ledger: the hash of its genesis."""
    did: str
    """The identity that signs and pays."""
    key: str
    """The id of the key that it signs with."""
    counter: int
    """The key's next counter."""
    signed_at: datetime
    """The time of signing."""
    valid_until: datetime
    """From when on it may not be recorded any more; at most 24 hours ahead."""


@dataclass(frozen=True)
class SignedTransaction:
    """A signed transaction."""

    id: str
    """Its id."""
    bytes: builtins.bytes
    """Its bytes: what is sent to the ledger."""


@dataclass(frozen=True)
class ReplayWindow:
    """Which of a key's counters were used."""

    base: int
    """The lowest counter that is not decided once and for all: all below it are."""
    used: int
    """One bit a counter, the lowest bit that of `base`: set for those that were used."""


@dataclass(frozen=True)
class TransactionView:
    """What a transaction says. Nothing of it is verified but its form."""

    id: str
    """Its id, which covers what was signed and not the signature."""
    hash: str
    """The hash of its bytes, the signatures included."""
    signer: str
    """The identity that signs and pays."""
    key: str
    """The id of the key that it signs with."""
    counter: int
    """The key's counter."""
    signed_at: datetime
    """When it was signed, by the signer's clock."""
    valid_until: datetime
    """From when on it may not be recorded any more."""
    operation: str
    """The name of the operation."""
    operation_code: int
    """The operation's code."""
    body_hash: str
    """The hash of the body, which approvals sign."""
    signed: bytes
    """What the signature covers."""
    signature: bytes
    """The signature."""
    approvals: tuple[ApprovalView, ...] = ()
    """The approvals, ascending by key."""


@dataclass(frozen=True)
class ApprovalView:
    """An approval beside a transaction's body."""

    key: str
    """The id of the key that approves."""
    signed: bytes
    """What its signature covers."""
    signature: bytes
    """The signature."""


@dataclass(frozen=True)
class Facts:
    """What is known of a record without reading it: what consents are judged on. No list has an order that means anything."""

    reference: str
    """What the record is called where it came from, such as `Observation/17` or a URI."""
    resource_type: str
    """The FHIR resource type, or the source's own word."""
    category: tuple[Coding, ...] = ()
    """The categories that it was filed under."""
    codes: tuple[Coding, ...] = ()
    """The codes that are found in it."""
    labels: tuple[Coding, ...] | None = None
    """Its security labels. Null: nobody has assessed it. An empty list: assessed, and none applies."""
    authors: tuple[str, ...] = ()
    """References to those who made, asserted or recorded it."""
    related: tuple[str, ...] = ()
    """References that it makes to others."""
    clinical: Interval | None = None
    """When it happened; None when it does not say."""


@dataclass(frozen=True)
class Commitments:
    """What the ledger holds of one record. Public."""

    hash: CommitmentHash
    """The hash that both were made with."""
    content: str
    """To the content."""
    facts: str
    """To the facts."""


@dataclass(frozen=True)
class BundleEntry:
    """One resource of a bundle."""

    resource_type: str
    """The resource type."""
    title: str
    """A short title for a person to read, such as "Body weight"."""
    facts: Facts
    """Its facts."""
    canonical: bytes
    """Its canonical form: the content that is committed to."""
    full_url: str | None = None
    """The entry's fullUrl, where it has one."""
    id: str | None = None
    """The resource's id, where it has one."""


@dataclass(frozen=True)
class KnownIdentity:
    """What an identity is."""

    did: str
    """The identity."""
    kind: IdentityKind
    """What it is."""


@dataclass(frozen=True)
class KnownRecord:
    """What is known of one version of a record."""

    record: str
    """The record."""
    version: int
    """Which version, from 1."""
    height: int
    """The height at which that version was recorded."""
    facts: Facts
    """Its facts."""


@dataclass(frozen=True)
class LogKnowledge:
    """What a reader has beside a log. All of it may be empty: what is not here is left out, never guessed."""

    identities: tuple[KnownIdentity, ...] = ()
    """What identities are."""
    records: tuple[KnownRecord, ...] = ()
    """The patient's records that the reader can open. Those of others must not be here: a refused request may name one of them."""
    session_entries: tuple[bytes, ...] = ()
    """The entries of custodians' session logs, each as its bytes, in the order of their numbers."""
    transactions: tuple[bytes, ...] = ()
    """The bytes of transactions."""


@dataclass(frozen=True)
class ReferenceActor:
    """Who is meant by a reference of a Consent."""

    reference: str
    """The literal reference, such as `Organization/norwick`, or an identifier as `system|value`."""
    actor: Actor
    """Who that is on the ledger."""


@dataclass(frozen=True)
class ConsentOptions:
    """What reading a Consent for a ledger needs to be told."""

    zone: str | None = None
    """The zone of dates that state none, such as `+01:00`, where the Consent's own date has none; None where it is not known,
    and permits are then read narrowly and denies widely.
    """
    actors: tuple[ReferenceActor, ...] = ()
    """Who is meant by references that don't name a DID."""


@dataclass(frozen=True)
class ConsentReading:
    """What a Consent comes to."""

    terms: Terms
    """Its terms."""
    unmatched: tuple[str, ...] = ()
    """The elements of permits that name what is not known here, as FHIRPaths: they match nothing."""


@dataclass(frozen=True)
class ConsentAbout:
    """What a Consent says beside its terms."""

    status: FhirConsentStatus
    """Its status."""
    id: str | None = None
    """Its id."""
    patient: str | None = None
    """Whose records: a DID."""
    date_time: datetime | None = None
    """When it was agreed to."""


@dataclass(frozen=True)
class ConsentQuestion:
    """What is asked of a Consent, literally, and what is known of the record. What is None or empty is not known."""

    at: datetime
    """When it is asked."""
    purpose: str
    """What for (HL7 v3 PurposeOfUse)."""
    action: str
    """What is to be done (FHIR `consentaction`)."""
    resource_type: str
    """The record's resource type."""
    actors: tuple[str, ...] = ()
    """The references of the requester, its organisation, its groups."""
    roles: tuple[Coding, ...] = ()
    """The requester's roles."""
    codes: tuple[Coding, ...] | None = None
    """The record's codes."""
    labels: tuple[Coding, ...] | None = None
    """Its security labels; an empty list is one that was assessed and has none."""
    record: str | None = None
    """Its reference."""
    authors: tuple[str, ...] | None = None
    """Who wrote it."""
    related: tuple[str, ...] | None = None
    """What it refers to."""
    data_period: Interval | None = None
    """When it happened: see `fhir_interval`."""
    custodian: str | None = None
    """Who releases it."""
    zone: str | None = None
    """The zone of dates of the Consent that state none, such as `+01:00`."""


@dataclass(frozen=True)
class ConsentAnswer:
    """What a Consent answers."""

    effect: Effect
    """Whether it may be done."""
    reason: AnswerReason
    """Why."""
    path: tuple[str, ...] = ()
    """The base and the provisions down to the one that decided, as FHIRPaths; empty where none applied."""
    unmatched: tuple[str, ...] = ()
    """The elements of permits that name what is not known here, as FHIRPaths: they match nothing."""


@dataclass(frozen=True)
class GatewayAnswer:
    """What came of a request for a record."""

    effect: Effect
    """What it is."""
    answer: bytes
    """What the requester is told."""
    refusal: Fault | None = None
    """Why nothing was released; for the patient and the auditor."""
    decision: Answer | None = None
    """What the subject's consents said, where they were asked."""


@dataclass(frozen=True)
class HashTag:
    """A tag: what stands before everything that is hashed for one use."""

    tag: str
    """Its text; filled up with zeros it is 16 bytes long."""
    about: str
    """What is hashed under it."""


@dataclass(frozen=True)
class DevicePublicKeys:
    """The public keys of a device."""

    signing: bytes
    """What it signs with (Ed25519): 32 bytes."""
    agreement: bytes | None = None
    """What others encrypt to (X25519): 32 bytes; None for a device that receives nothing."""


@dataclass(frozen=True)
class Founder:
    """An identity that a genesis names."""

    inception: bytes
    """Its inception."""
    member: bool
    """Whether it is a member of the consortium, which sponsors identities. Members are organisations."""


@dataclass(frozen=True)
class GenesisSummary:
    """What a genesis says."""

    chain: str
    """The ledger's id: the hash of the genesis."""
    name: str
    """What people call the ledger."""
    time: datetime
    """Its time, that of height 0."""
    validators: tuple[bytes, ...] = ()
    """The public keys of those who certify height 1."""
    founders: tuple[str, ...] = ()
    """The identities that it names."""


@dataclass(frozen=True)
class Identity:
    """An identity."""

    did: str
    """Its DID."""
    kind: IdentityKind
    """What it is."""
    status: IdentityStatus
    """How it stands."""
    member: bool
    """Whether it is a member of the consortium."""
    rotations: int
    """How often its controller has been rotated."""
    document: DidDocument
    """Its DID document."""
    sponsor: str | None = None
    """Who sponsored it; None for those that the genesis names."""
    keys: tuple[IdentityKey, ...] = ()
    """Its live keys."""


@dataclass(frozen=True)
class IdentityKey:
    """A key."""

    id: str
    """Its id."""
    role: KeyRole
    """What it may do."""
    did_key: str
    """The key as did:key."""
    agreement_key: bytes | None = None
    """What records are wrapped to for it: 32 bytes; None for a key that has none."""


@dataclass(frozen=True)
class DidDocument:
    """A DID document (W3C DID Core §6.2)."""

    id: str
    """The DID."""
    context: tuple[str, ...] = ()
    """The contexts."""
    verification_method: tuple[VerificationMethod, ...] = ()
    """All live keys."""
    assertion_method: tuple[str, ...] = ()
    """Keys that sign what the identity says."""
    authentication: tuple[str, ...] = ()
    """Keys that sign in."""
    capability_invocation: tuple[str, ...] = ()
    """The controller key."""
    key_agreement: tuple[VerificationMethod, ...] = ()
    """Keys that others encrypt to."""


@dataclass(frozen=True)
class VerificationMethod:
    """A key in a DID document."""

    id: str
    """Its name."""
    of_type: str
    """`Multikey`."""
    controller: str
    """Whose it is."""
    public_key_multibase: str
    """The key."""


@dataclass(frozen=True)
class RuleInfo:
    """A rule of the protocol, or of this library."""

    id: str
    """Its id, such as `CON-014`: the code of the error that a breach gives."""
    code: int
    """Its number in a transaction's result."""
    text: str
    """What it demands."""


@dataclass(frozen=True)
class PassphraseCost:
    """What trying a passphrase costs (Argon2id, RFC 9106)."""

    memory: int
    """Memory in KiB."""
    passes: int
    """Passes over it."""
    lanes: int
    """Lanes."""


@dataclass(frozen=True)
class KeptIdentity:
    """One identity of a keystore, as far as it is no secret."""

    identity: int
    """Its number in the sheet."""
    did: str
    """Its name on the ledger."""
    relationship: str
    """Whom it is for, in the patient's words."""
    device: int
    """The device's number in the sheet."""
    key: str
    """The id of the device's key."""


@dataclass(frozen=True)
class KeystoreSummary:
    """What a keystore says to whoever reads the file without its passphrase; it is believed only once it was opened."""

    chain: str
    """The ledger."""
    cost: PassphraseCost
    """What a passphrase costs."""
    successors: int
    """How many digests of successors it keeps, from identity 0 on."""
    identities: tuple[KeptIdentity, ...] = ()
    """The identities, ascending by number."""


@dataclass(frozen=True)
class TransactionResult:
    """What came of a transaction in a block."""

    transaction: str | None = None
    """Its id; None where it did not authenticate, since then its bytes prove nothing about an id."""
    rule: str | None = None
    """The rule that refused it; None where it was done."""
    subjects: tuple[str, ...] = ()
    """Whose logs it stands in."""


@dataclass(frozen=True)
class BlockSummary:
    """A block that was made."""

    height: int
    """Its height."""
    time: datetime
    """Its time."""
    app_root: str
    """The hash of its header."""
    results: tuple[TransactionResult, ...] = ()
    """What came of its transactions, in their order."""


@dataclass(frozen=True)
class CertifiedBlock:
    """A block as it travels: its bytes, and the evidence that it is final."""

    block: bytes
    """The block."""
    evidence: bytes
    """The evidence."""


@dataclass(frozen=True)
class HeaderSummary:
    """A header, as far as people look at it."""

    height: int
    """The height."""
    time: datetime
    """Its time."""
    app_root: str
    """Its hash, which commits to everything up to this height."""
    state_root: str
    """The root of the state."""


@dataclass(frozen=True)
class TimelineEntry:
    """An entry of the timeline."""

    kind: TimelineKind
    """What it says."""
    time: datetime
    """When the ledger recorded it."""
    height: int
    """At which height."""
    transaction: str
    """The transaction."""
    record: str
    """The record, or the subject's entry of the batch."""
    count: int
    """How many records; 1 unless it is a batch."""
    version: int
    """Which version of the record."""
    custodian: str | None = None
    """Who keeps it; None where the entry does not say so."""


@dataclass(frozen=True)
class Timeline:
    """All entries of a timeline, as recorded by a height."""

    subject: str
    """Whose."""
    height: int
    """Up to which height."""
    claim: str
    """The claim, in its one wording."""
    entries: tuple[TimelineEntry, ...] = ()
    """The entries."""


@dataclass(frozen=True)
class AccessLog:
    """All entries of an access log, as recorded by a height: who looked, who was refused."""

    subject: str
    """Whose."""
    height: int
    """Up to which height."""
    complete: bool
    """Whether every session is closed by each custodian that it names."""
    claim: str | None = None
    """The claim, in its one wording; None while a session is unclosed."""
    looks: tuple[Look, ...] = ()
    """Sessions and denials, in their order."""


@dataclass(frozen=True)
class AuthorityLog:
    """All entries of an authority log, as recorded by a height."""

    subject: str
    """Whose."""
    height: int
    """Up to which height."""
    claim: str
    """The claim, in its one wording."""
    entries: tuple[AuthorityEntry, ...] = ()
    """The entries."""


@dataclass(frozen=True)
class ReceiptSummary:
    """What a receipt shows: what the ledger answered, and said of this subject."""

    subject: str
    """Whose log the event is in."""
    log: LogKind
    """Which log."""
    position: int
    """Where in it, from 0."""
    transaction: str
    """The transaction."""
    height: int
    """At which height it was recorded."""
    time: datetime
    """When."""
    vouched: int
    """The height of the header that vouches for it."""
    rule: str | None = None
    """The rule that refused it; None where it was done."""
    timeline: TimelineEntry | None = None
    """What it says, in the timeline."""
    access: AccessEntry | None = None
    """In the access log."""
    authority: AuthorityEntry | None = None
    """In the authority log."""


@dataclass(frozen=True)
class StateAnswer:
    """What a proof says of one key."""

    key: str
    """The key."""
    standing: StateStanding
    """What is said."""
    value: bytes | None = None
    """The value, where there is one."""


@dataclass(frozen=True)
class ProofReport:
    """What came of checking a file with a proof. What the file shows is `ProvenRecord` or `ProvenExport`."""

    valid: bool
    """Whether it holds."""
    kind: ProofKind | None = None
    """What it is; None for what is neither."""
    height: int | None = None
    """The height up to which it vouches."""
    complete: bool | None = None
    """For an export, whether every session is closed and every batch was handed over."""
    fault: Fault | None = None
    """Why it does not hold."""
    not_handed_over: tuple[NotHandedOver, ...] = ()
    """For an export, the batches of which it does not say what their records commit to; left out where there are none."""


@dataclass(frozen=True)
class NotHandedOver:
    """A batch that was not handed over: how many records it has is proven, and not which."""

    batch: str
    """The entry's id."""
    custodian: str
    """Who anchored it."""
    count: int
    """How many records it has."""


@dataclass(frozen=True)
class Fault:
    """A rule that was broken, and how."""

    code: str
    """The rule's id."""
    what: str
    """What is wrong."""


@dataclass(frozen=True)
class ProvenRecord:
    """What a receipt shows of its record."""

    subject: str
    """Whose."""
    record: str
    """The record."""
    version: int
    """Which version."""
    opened: bool
    """Whether content and facts are those that were committed to."""
    height: int
    """At which height it was recorded."""
    recorded: datetime
    """When."""


@dataclass(frozen=True)
class ProvenExport:
    """What an export shows."""

    subject: str
    """Whose."""
    timeline: int
    """Entries of the timeline."""
    records: int
    """Records, those of batches included."""
    access_log: int
    """Entries of the access log."""
    authority_log: int
    """Entries of the authority log."""
    consents: int
    """Consents that were ever granted."""
    transactions: int
    """Transactions behind the entries."""
    claim: str | None = None
    """The claim, in its one wording; None while a session is unclosed or a batch was not handed over."""
    unclosed: tuple[Session, ...] = ()
    """The sessions that a custodian has not closed."""
    not_handed_over: tuple[NotHandedOver, ...] = ()
    """The batches that were not handed over."""


@dataclass(frozen=True)
class Record:
    """A record as it stands."""

    record: str
    """Its id."""
    version: int
    """How many versions there are."""
    custodian: str
    """Who keeps it."""
    height: int
    """The height at which its newest version was recorded."""
    recorded: datetime
    """When that was."""
    entered_in_error: bool
    """Whether it was marked as entered in error."""
    when: str | None = None
    """When it happened; None where that is not known, or the record can't be opened."""
    resource_type: str | None = None
    """The FHIR resource type; None where the record can't be opened."""
    reference: str | None = None
    """What it is called where it came from."""
    title: str | None = None
    """A short title."""


@dataclass(frozen=True)
class BatchEntry:
    """What a ledger is told of one subject's records in a batch."""

    subject: str
    """Whose records they are."""
    root: str
    """The root over them."""
    count: int
    """How many there are."""


@dataclass(frozen=True)
class BatchMember:
    """One record of a batch, with the proof that it is there."""

    index: int
    """Its index in its subject's entry."""
    commitments: Commitments
    """What was anchored."""
    path: tuple[str, ...] = ()
    """The hashes from its leaf to the entry's root (RFC 9162)."""


@dataclass(frozen=True)
class SessionAsk:
    """What somebody asks to look at. Lists need no order."""

    subject: str
    """Whose records."""
    action: str
    """What is to be done (FHIR `consentaction`)."""
    purpose: str
    """What for (HL7 v3 PurposeOfUse)."""
    until: datetime
    """Until when; at most 12 hours."""
    organisation: str | None = None
    """For which organisation."""
    credentials: tuple[str, ...] = ()
    """The credentials that give the requester's roles."""
    custodians: tuple[str, ...] = ()
    """Who is to release."""
    consent: str | None = None
    """The consent that it stands on; None for a legal ground."""
    consent_version: str | None = None
    """That consent's version."""
    legal_ground: str | None = None
    """The registered legal ground that it stands on; None for a consent."""
    types: tuple[str, ...] = ()
    """Resource types; an empty list is all."""
    categories: tuple[Coding, ...] = ()
    """Categories; an empty list is all."""
    period: Interval | None = None
    """When it happened; None for whenever."""


@dataclass(frozen=True)
class ReleaseSummary:
    """What a custodian answered to a request for a record."""

    effect: Effect
    """What it is. Why something is denied is for the patient and the auditor."""
    session: str
    """Under which session."""
    record: str
    """Which record."""
    custodian: str | None = None
    """Who released it; None for a denial."""


@dataclass(frozen=True)
class FoundDevice:
    """A device of a sheet that the ledger knows."""

    device: int
    """Its number in the sheet."""
    key: str
    """Its key's id."""
    live: bool
    """Whether it can sign."""


@dataclass(frozen=True)
class FoundIdentity:
    """An identity of a sheet that the ledger knows."""

    identity: int
    """Its number in the sheet."""
    did: str
    """Its name on the ledger."""
    standing: SheetStanding
    """Whether the sheet still gives its controller."""
    devices: tuple[FoundDevice, ...] = ()
    """Its devices."""


@dataclass(frozen=True)
class PlannedRotation:
    """What a rotation does with an identity."""

    did: str
    """Which."""
    turn: RotationTurn
    """Whether it is due."""
    identity: int | None = None
    """Its number in the second sheet, where that is known."""
    successor: str | None = None
    """The id of the key that signs the rotation, where one is due."""


@dataclass(frozen=True)
class SealedHeader:
    """What a sealed record says in the clear. Whoever made it may claim anything, until it is opened."""

    suite: SealSuite
    """How it is encrypted."""
    form: ContentForm
    """How its bytes become the content that it commits to."""
    length: int
    """How many bytes are sealed."""
    header_size: int
    """How many bytes of the container come before its chunks."""
    container_size: int
    """How many bytes the whole container has."""
    commitments: Commitments
    """What the ledger holds of the record."""
    key_commitment: str
    """The commitment to the key that opens it."""


@dataclass(frozen=True)
class DestroyedRecord:
    """That a holder has destroyed its key, both salts and every wrap of a record. What remains of the container anywhere can
    only be opened by those who have the key from elsewhere.
    """

    commitments: Commitments
    """What the ledger still holds of the record."""
    key_commitment: str
    """The commitment to the key."""
    at: datetime
    """When."""
    recipients: tuple[bytes, ...] = ()
    """The agreement keys that it was wrapped to."""


@dataclass(frozen=True)
class WrappedKey:
    """What a wrapped key says of itself. Anybody can wrap anything to a public key."""

    chain: str
    """The ledger."""
    commitments: Commitments
    """The record."""
    recipient: bytes
    """The agreement key that opens it."""


@dataclass(frozen=True)
class SignatureClaim:
    """Somebody's signature of a message, as it is claimed."""

    public_key: bytes
    """The public key: 32 bytes."""
    message: bytes
    """The message."""
    signature: bytes
    """The signature: 64 bytes."""


@dataclass(frozen=True)
class BadSignature:
    """A signature of a list that does not hold."""

    index: int
    """Its place in the list, from 0."""
    fault: Fault
    """Why it does not hold."""


@dataclass(frozen=True)
class Status:
    """A ledger's newest block; figures of its whole where its host counts them."""

    chain: str
    """The ledger: the hash of its genesis."""
    name: str
    """What it is called."""
    height: int
    """The newest height."""
    time: datetime
    """The newest block's time."""
    app_root: str
    """The hash of its header."""
    identities: int | None = None
    """Identities, the genesis's included."""
    records: int | None = None
    """Records anchored, those of batches included."""
    held: int | None = None
    """Versions of records of which the host holds what opens them."""
    transactions: int | None = None
    """Transactions in blocks, refused ones included."""
    store_bytes: int | None = None
    """Bytes of the store's files."""


@dataclass(frozen=True)
class Terms:
    """The terms of a consent. Lists need no order."""

    period: Period
    """When they are in force."""
    effect: Effect
    """What the base says."""
    criteria: Criteria
    """Where the base applies."""
    directive: bool
    """Whether the base's deny is a deny for every consent (a directive), or only the ground that this one's permits
    stand on.
    """
    rules: tuple[Rule, ...] = ()
    """The exceptions, in pre-order."""
    obligations: tuple[str, ...] = ()
    """What a permit obliges to (HL7 v3 ObligationPolicy)."""
    uses: int | None = None
    """How many sessions it permits; None for any number."""


@dataclass(frozen=True)
class Reach:
    """What is asked for: one record with what is known of it, or a set of records. What is None is not known of the record, or
    does not bound the set.
    """

    set: bool
    """Whether it is a set: each of its records has one of the values and no other. One record has just these."""
    types: tuple[str, ...] | None = None
    """Resource types."""
    categories: tuple[Coding, ...] | None = None
    """Categories."""
    codes: tuple[Coding, ...] | None = None
    """Codes."""
    labels: tuple[Coding, ...] | None = None
    """Security labels of the record; None when nobody assessed it, or for a set."""
    records: tuple[str, ...] | None = None
    """The records themselves, by reference."""
    authors: tuple[str, ...] | None = None
    """Authors."""
    related: tuple[str, ...] | None = None
    """What is referred to."""
    period: Interval | None = None
    """When it happened."""


@dataclass(frozen=True)
class Request:
    """A request to do something with somebody's records."""

    requester: str
    """Who asks."""
    action: str
    """What is to be done (FHIR `consentaction`)."""
    purpose: str
    """What for (HL7 v3 PurposeOfUse)."""
    reach: Reach
    """With what."""
    organisation: str | None = None
    """For which organisation."""
    roles: tuple[Coding, ...] = ()
    """In which roles, of those that live credentials give."""


@dataclass(frozen=True)
class Decision:
    """One consent's answer to one request."""

    effect: DecisionEffect
    """The answer."""
    reason: AnswerReason
    """Why."""
    path: tuple[int, ...] = ()
    """The rule that decided, after its ancestors, as indexes into the rules; empty when the base decided or nothing did."""
    obligations: tuple[str, ...] = ()
    """What a permit obliges to."""


@dataclass(frozen=True)
class NamedTerms:
    """A consent's id with its terms."""

    consent: str
    """The consent."""
    terms: Terms
    """Its terms."""


@dataclass(frozen=True)
class Ground:
    """A registered legal ground that a request stands on, its own conditions checked."""

    overrides_deny: bool
    """Whether it overrides a patient's deny."""


@dataclass(frozen=True)
class Coding:
    """A code with its system."""

    code: str
    """The code."""
    system: str | None = None
    """The code system's URI."""


@dataclass(frozen=True)
class Period:
    """A half-open period in ledger time."""

    from_: datetime
    """The first millisecond."""
    until: datetime
    """The first one after it."""


@dataclass(frozen=True)
class Interval:
    """When something happened clinically, half-open; an end that is not known is None."""

    start: datetime | None = None
    """The first millisecond."""
    end: datetime | None = None
    """The first one after it."""
