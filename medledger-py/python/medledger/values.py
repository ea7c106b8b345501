# Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.
"""What goes into calls and comes out of them: words and plain values."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

__all__ = [
    "AccessEntry",
    "AccessKind",
    "AccessLog",
    "Actor",
    "Answer",
    "AnswerReason",
    "AuthorityEntry",
    "AuthorityKind",
    "AuthorityLog",
    "Basis",
    "BlockSummary",
    "CertifiedBlock",
    "Coding",
    "Consent",
    "ConsentStanding",
    "Criteria",
    "Custody",
    "Decision",
    "DecisionEffect",
    "DevicePublicKeys",
    "DidDocument",
    "Effect",
    "ErrorKind",
    "Fault",
    "Founder",
    "GenesisSummary",
    "Ground",
    "HeaderSummary",
    "Identity",
    "IdentityKey",
    "IdentityKind",
    "IdentityStatus",
    "Interval",
    "KeyRole",
    "LogKind",
    "Look",
    "NamedTerms",
    "Period",
    "ProofKind",
    "ProofReport",
    "ProvenExport",
    "ProvenRecord",
    "Reach",
    "ReceiptSummary",
    "Record",
    "Request",
    "Rule",
    "Sender",
    "Session",
    "SessionRequest",
    "SessionStatus",
    "SignedTransaction",
    "Status",
    "Terms",
    "Timeline",
    "TimelineEntry",
    "TimelineKind",
    "TransactionResult",
    "VerificationMethod",
]


class _Word(str, Enum):
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


class ProofKind(_Word):
    """What a file with a proof is."""

    RECEIPT = "receipt"
    """The receipt of one record."""
    EXPORT = "export"
    """Everything of one patient."""


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
    """When it happened; null for whenever."""


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
    """The session; null for a denial."""
    request: SessionRequest | None = None
    """What was asked; null for a close."""
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
    """The session; null for a denial."""
    not_after: datetime | None = None
    """The first millisecond after the session, at the latest."""
    status: SessionStatus | None = None
    """How it stands at the time that was asked about; null for a denial."""
    custodians: tuple[Custody, ...] = ()
    """Each custodian's part; none for a denial."""
    released: int | None = None
    """How many records were released, where the logs of all custodians are at hand."""
    refused: int | None = None
    """How many requests for a record were refused, likewise."""


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
    """When its close was recorded; null until then."""
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
    """How many sessions it permits; null for any number."""


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
    """Who is meant: just one of these is not null."""

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
class DevicePublicKeys:
    """The public keys of a device."""

    signing: bytes
    """What it signs with (Ed25519): 32 bytes."""
    agreement: bytes | None = None
    """What others encrypt to (X25519): 32 bytes; null for a device that receives nothing."""


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
    """Who sponsored it; null for those that the genesis names."""
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
class TransactionResult:
    """What came of a transaction in a block."""

    transaction: str | None = None
    """Its id; null where it did not authenticate, since then its bytes prove nothing about an id."""
    rule: str | None = None
    """The rule that refused it; null where it was done."""
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
    """Who keeps it; null where the entry does not say so."""


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
    """The claim, in its one wording; null while a session is unclosed."""
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
    """The rule that refused it; null where it was done."""
    timeline: TimelineEntry | None = None
    """What it says, in the timeline."""
    access: AccessEntry | None = None
    """In the access log."""
    authority: AuthorityEntry | None = None
    """In the authority log."""


@dataclass(frozen=True)
class ProofReport:
    """What came of checking a file with a proof. What the file shows is `ProvenRecord` or `ProvenExport`."""

    valid: bool
    """Whether it holds."""
    kind: ProofKind | None = None
    """What it is; null for what is neither."""
    height: int | None = None
    """The height up to which it vouches."""
    complete: bool | None = None
    """For an export, whether every session is closed."""
    fault: Fault | None = None
    """Why it does not hold."""


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
    """The claim, in its one wording; null while a session is unclosed."""
    unclosed: tuple[Session, ...] = ()
    """The sessions that a custodian has not closed."""


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
    """When it happened; null where that is not known, or the record can't be opened."""
    resource_type: str | None = None
    """The FHIR resource type; null where the record can't be opened."""
    reference: str | None = None
    """What it is called where it came from."""
    title: str | None = None
    """A short title."""


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
    """How many sessions it permits; null for any number."""


@dataclass(frozen=True)
class Reach:
    """What is asked for: one record with what is known of it, or a set of records. What is null is not known of the record, or
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
    """Security labels of the record; null when nobody assessed it, or for a set."""
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
    """When something happened clinically, half-open; an end that is not known is null."""

    start: datetime | None = None
    """The first millisecond."""
    end: datetime | None = None
    """The first one after it."""
