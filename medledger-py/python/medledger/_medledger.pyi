# Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.
from collections.abc import Sequence
from datetime import datetime
from types import TracebackType
from typing import final

from .signer import Progress, Signer
from .values import AccessLog, Answer, AuthorityLog, BlockSummary, CertifiedBlock, Coding, Consent, Decision, DevicePublicKeys, Founder, GenesisSummary, Ground, HeaderSummary, Identity, IdentityKind, LogKind, NamedTerms, Period, ProofReport, ProvenExport, ProvenRecord, ReceiptSummary, Request, Sender, Session, SignedTransaction, Status, Terms, Timeline

@final
class Draft:
    """A transaction that waits for approvals and its signature."""

    @classmethod
    def from_bytes(cls, bytes: bytes | bytearray) -> Draft:
        """A draft from its bytes, as somebody else who must agree has sent it.

        Errors: COD and OPR rules for what is no draft.
        """
        ...
    def to_bytes(self) -> bytes:
        """The draft with its approvals as bytes, to be sent to somebody else who must agree.

        Errors: COD-013, which a draft never gives.
        """
        ...
    def sender(self) -> Sender:
        """Who signs it."""
        ...
    def operation(self) -> str:
        """The name of the operation that it asks for."""
        ...
    def approved_by(self) -> tuple[str, ...]:
        """The ids of the keys that have approved it."""
        ...
    def approval_to_sign(self, public_key: bytes | bytearray) -> bytes:
        """The bytes that a key signs to approve it.

        Errors: API-003 unless the public key is 32 bytes long.
        """
        ...
    def add_approval(self, public_key: bytes | bytearray, signature: bytes | bytearray) -> None:
        """Adds an approval that was signed elsewhere.

        Errors: CRY rules for a signature that does not verify, OPR rules for a key that has approved already.
        """
        ...
    def approve(self, key: Key) -> None:
        """Adds the approval of a key in memory.

        Errors: OPR rules for a key that has approved already.
        """
        ...
    def approve_with(self, signer: Signer) -> None:
        """Adds the approval of a signer.

        Errors: WAL-050 when it says no, WAL-051 when it fails, WAL-053 when its signature does not verify.
        """
        ...
    def to_sign(self) -> bytes:
        """The bytes that the sender's key signs, once all approvals are in.

        Errors: COD-013, which a draft never gives.
        """
        ...
    def finish(self, public_key: bytes | bytearray, signature: bytes | bytearray) -> SignedTransaction:
        """The transaction, with a signature that was made elsewhere.

        Errors: OPR rules for another key than the sender's, CRY rules for a signature that does not verify.
        """
        ...
    def sign(self, key: Key) -> SignedTransaction:
        """The transaction, signed with a key in memory.

        Errors: WAL-052 for another key than the sender's.
        """
        ...
    def sign_with(self, signer: Signer) -> SignedTransaction:
        """The transaction, signed by a signer.

        Errors: WAL-050 when it says no, WAL-051 when it fails, WAL-052 when its key is another, WAL-053 when its signature does
        not verify.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> Draft: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class NewIdentity:
    """An identity that no ledger knows yet, with fresh keys in memory: of one device, of the controller and of its successor.
    A patient's keys come from sheets of words instead (see `Sheet`).
    """

    @classmethod
    def draw(cls, kind: IdentityKind) -> NewIdentity:
        """Draws the keys of a new identity.

        Errors: COD-013, which an inception never gives.
        """
        ...
    def did(self) -> str:
        """What it will be called."""
        ...
    def inception(self) -> bytes:
        """What the ledger is told.

        Errors: COD-013, which an inception never gives.
        """
        ...
    def device(self) -> Key:
        """The device's key, which signs consents, access and records."""
        ...
    def agreement(self) -> AgreementKey:
        """The device's other key, which records are encrypted to."""
        ...
    def controller(self) -> Key:
        """The controller's key, which adds and revokes devices, and is not kept on one."""
        ...
    def successor(self) -> Key:
        """The successor's key, which signs the first rotation, and is kept elsewhere than the controller's."""
        ...
    def incept(self, sponsor: Sender) -> Draft:
        """The inception, for its sponsor to sign: each new key has proven its possession.

        Errors: API-002 for a sender that is none.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> NewIdentity: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class Key:
    """A signing key in memory (Ed25519, RFC 8032). Overwritten when it is closed; never shown."""

    @classmethod
    def draw(cls) -> Key:
        """A fresh key."""
        ...
    @classmethod
    def from_seed(cls, seed: bytes | bytearray) -> Key:
        """The key that a seed of 32 uniformly random bytes stands for.

        Errors: API-003 for another length.
        """
        ...
    def seed(self) -> bytes:
        """The seed: a secret, for whoever keeps the key elsewhere."""
        ...
    def id(self) -> str:
        """The key's id, as transactions name it."""
        ...
    def public_key(self) -> bytes:
        """The public key: 32 bytes."""
        ...
    def sign(self, message: bytes | bytearray) -> bytes:
        """The key's signature of these bytes: 64 bytes, the same each time."""
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> Key: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class AgreementKey:
    """An agreement key in memory (X25519, RFC 7748): what others encrypt records to. Overwritten when it is closed; never
    shown.
    """

    @classmethod
    def draw(cls) -> AgreementKey:
        """A fresh key."""
        ...
    @classmethod
    def from_secret(cls, secret: bytes | bytearray) -> AgreementKey:
        """The key with these 32 secret bytes.

        Errors: API-003 for another length.
        """
        ...
    def secret(self) -> bytes:
        """The secret bytes, for whoever keeps the key elsewhere."""
        ...
    def public_key(self) -> bytes:
        """The public half: 32 bytes."""
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> AgreementKey: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class Ledger:
    """A whole ledger in memory, with one validator or several that take turns."""

    def __new__(cls, genesis: bytes | bytearray) -> Ledger:
        """A ledger at its genesis.

        Errors: COD, IDN and CHN rules for bytes that are no sound genesis, LOC-001 for one with another rule of finality.
        """
        ...
    @classmethod
    def open(cls, bytes: bytes | bytearray, now: datetime, progress: Progress | None = None) -> Ledger:
        """A ledger from its bytes. Everything is verified from the genesis: each block is judged and executed, and its evidence
        checked against what the execution gives.

        Errors: The rule that is broken first; API-009 when `progress` stops it.
        """
        ...
    def to_bytes(self) -> bytes:
        """The ledger as bytes: its genesis, and its blocks with their evidence. What waits is not part of it.

        Errors: COD-013, which a ledger never gives.
        """
        ...
    def genesis(self) -> bytes:
        """The genesis.

        Errors: COD-013, which a genesis never gives.
        """
        ...
    def status(self) -> Status:
        """The newest block."""
        ...
    def submit(self, transaction: bytes | bytearray, now: datetime) -> str:
        """Takes a transaction to stand in a coming block, if it would count now; its id.

        Errors: The rule by which it would not count. Nothing has changed then.
        """
        ...
    def produce(self, validator: Key, now: datetime) -> BlockSummary:
        """Makes and commits the next block with a validator's key, from what waits.

        Errors: LOC-002 when it is not the key's turn, BLK rules for a time before the newest block's.
        """
        ...
    def propose(self, validator: bytes | bytearray, now: datetime) -> Proposal:
        """The next block, put together from what waits, for a validator whose key lies elsewhere to certify. Nothing changes
        until it is.

        Errors: As `produce`.
        """
        ...
    def certify(self, proposal: Proposal, validator: bytes | bytearray, signature: bytes | bytearray) -> BlockSummary:
        """Certifies a proposal with a signature that was made elsewhere, and commits it.

        Errors: CRY rules for a signature that does not verify, LOC-003 for a proposal that does not stand on the newest block.
        """
        ...
    def accept(self, block: CertifiedBlock, now: datetime) -> BlockSummary:
        """Follows another ledger: accepts a block that its validator certified.

        Errors: The rule that the block or its evidence breaks. Nothing has changed then.
        """
        ...
    def block(self, height: int) -> CertifiedBlock:
        """The block of a height, with its evidence, for others to accept.

        Errors: API-007 for the genesis and heights to come.
        """
        ...
    def block_summary(self, height: int) -> BlockSummary:
        """What came of the block of a height.

        Errors: API-007 for the genesis and heights to come.
        """
        ...
    def header(self, height: int) -> bytes:
        """The header of a height with its evidence, for readers without a ledger.

        Errors: API-007 for the genesis and heights to come.
        """
        ...
    def transaction(self, id: str) -> bytes:
        """The bytes of a transaction that was recorded.

        Errors: API-002 for an id that is none, API-007 for one that was not recorded.
        """
        ...
    def sender(self, did: str, key: str, now: datetime, valid_for: int) -> Sender:
        """Whoever is to sign with a key, with the key's next counter, valid for some milliseconds.

        Errors: API-002 for what is none.
        """
        ...
    def identity(self, did: str) -> Identity | None:
        """An identity with its live keys; null where there is none.

        Errors: API-002 for what is no DID.
        """
        ...
    def control(self, did: str) -> bytes:
        """An identity as the ledger holds it: what a rotation names.

        Errors: API-002 for what is no DID, API-007 where there is none.
        """
        ...
    def consent(self, consent: str, now: datetime) -> Consent:
        """A consent as it stands at a time.

        Errors: API-002 for what is no id, API-007 where there is none.
        """
        ...
    def consents(self, subject: str, now: datetime) -> tuple[Consent, ...]:
        """All active consents of a subject, in the order of their slots, as they stand at a time.

        Errors: API-002 for what is no DID.
        """
        ...
    def grant(self, patient: Sender, terms: Terms, now: datetime) -> Draft:
        """A new consent in the lowest slot that is free or whose consent has ended, for the patient to sign.

        Errors: CON and WAL rules for terms that can't stand, WAL-001 where all slots are taken.
        """
        ...
    def amend(self, patient: Sender, consent: str, terms: Terms, now: datetime) -> Draft:
        """New terms for a consent in its current version, for its patient to sign.

        Errors: CON and WAL rules for terms that can't stand and consents that are over.
        """
        ...
    def timeline(self, subject: str) -> Timeline:
        """A subject's timeline.

        Errors: API-002 for what is no DID.
        """
        ...
    def access_log(self, subject: str, now: datetime) -> AccessLog:
        """A subject's access log; sessions stand as of a time.

        Errors: API-002 for what is no DID.
        """
        ...
    def authority_log(self, subject: str) -> AuthorityLog:
        """A subject's authority log.

        Errors: API-002 for what is no DID.
        """
        ...
    def unclosed_sessions(self, subject: str) -> tuple[Session, ...]:
        """The sessions of a subject that a custodian has not closed.

        Errors: API-002 for what is no DID.
        """
        ...
    def prove_log(self, subject: str, log: LogKind) -> bytes:
        """One of a subject's logs with the proof that it is all, for readers without a ledger.

        Errors: API-002 for what is no DID, API-007 at the genesis.
        """
        ...
    def receipt(self, transaction: str, subject: str) -> bytes:
        """The receipt of what a transaction says in a subject's log, with the evidence for its own header.

        Errors: API-002 for what is none, API-007 where the transaction says nothing about the subject.
        """
        ...
    def refreshed_receipt(self, transaction: str, subject: str) -> bytes:
        """The same receipt, refreshed to stand on the newest header; it outlives every rotation of the validators.

        Errors: API-002 for what is none, API-007 where the transaction says nothing about the subject.
        """
        ...
    def prove_state(self, keys: Sequence[str]) -> bytes:
        """What stands under these keys of the state, proven under the newest header.

        Errors: API-002 for what is no key, API-007 at the genesis.
        """
        ...
    def prove_identity(self, did: str) -> bytes:
        """An identity with its keys and their use, proven under the newest header: what a sender is made from.

        Errors: API-002 for what is no DID, API-007 at the genesis.
        """
        ...
    def prove_consents(self, subject: str) -> bytes:
        """All active consents of a subject, proven under the newest header, the free slots included.

        Errors: API-002 for what is no DID, API-007 at the genesis.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> Ledger: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class Proposal:
    """A block that waits for its certificate."""

    def to_sign(self) -> bytes:
        """The bytes that the validator's key signs."""
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> Proposal: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class LightClient:
    """A reader that holds no chain: a genesis, the time, and the newest header that it has satisfied itself of. Whatever is
    shown to it afterwards must reach at least as far.
    """

    def __new__(cls, genesis: bytes | bytearray, now: datetime) -> LightClient:
        """A reader that trusts a genesis, at a time.

        Errors: COD, IDN and CHN rules for bytes that are no sound genesis.
        """
        ...
    def chain(self) -> str:
        """The ledger's id."""
        ...
    def set_time(self, now: datetime) -> None:
        """Tells it the time, by which headers from the future are noticed."""
        ...
    def trust(self, header: bytes | bytearray) -> HeaderSummary:
        """Satisfies itself of a header with its evidence, and demands from now on that what is shown reaches this far.

        Errors: LGT and CHN rules for a header that is not final, LGT-050 and LGT-051 for one that is older than, or beside, what it has
        seen.
        """
        ...
    def newest(self) -> HeaderSummary | None:
        """The newest header that it has satisfied itself of."""
        ...
    def check_file(self, file: bytes | bytearray) -> ProofReport:
        """Checks a file: one record's receipt, or an export. A file that does not hold is no error but a report with its fault."""
        ...
    def read_record(self, file: bytes | bytearray) -> ProvenRecord:
        """What one record's receipt shows, once it holds.

        Errors: The rule that the receipt breaks.
        """
        ...
    def read_export(self, file: bytes | bytearray) -> ProvenExport:
        """What an export shows, once it holds.

        Errors: The rule that the export breaks.
        """
        ...
    def read_receipt(self, receipt: bytes | bytearray) -> ReceiptSummary:
        """What the receipt of one event shows, once it holds.

        Errors: The rule that the receipt breaks.
        """
        ...
    def read_timeline(self, proof: bytes | bytearray) -> Timeline:
        """A timeline, which is provably all of it.

        Errors: The rule that the proof breaks.
        """
        ...
    def read_access_log(self, proof: bytes | bytearray) -> AccessLog:
        """An access log, which is provably all of it; sessions stand as of the reader's time.

        Errors: The rule that the proof breaks.
        """
        ...
    def read_authority_log(self, proof: bytes | bytearray) -> AuthorityLog:
        """An authority log, which is provably all of it.

        Errors: The rule that the proof breaks.
        """
        ...
    def read_state(self, proof: bytes | bytearray) -> ProvenState:
        """A part of the state, which says of what it covers whether it is there and what it is, and nothing of the rest.

        Errors: The rule that the proof breaks.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> LightClient: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class ProvenState:
    """A part of a ledger's state, proven under one header. Of what it does not cover it says nothing: API-008, never "not there"."""

    def header(self) -> HeaderSummary:
        """The header that it stands under."""
        ...
    def identity(self, did: str) -> Identity | None:
        """An identity with its live keys; null where there is provably none.

        Errors: API-002 for what is no DID, API-008 where the proof does not cover it.
        """
        ...
    def control(self, did: str) -> bytes:
        """An identity as the ledger holds it: what a rotation names.

        Errors: API-002 for what is no DID, API-007 where there is none, API-008 where the proof does not cover it.
        """
        ...
    def consents(self, subject: str, now: datetime) -> tuple[Consent, ...]:
        """All active consents of a subject, in the order of their slots, as they stand at a time.

        Errors: API-002 for what is no DID, API-008 where the proof does not cover each of them.
        """
        ...
    def sender(self, did: str, key: str, now: datetime, valid_for: int) -> Sender:
        """Whoever is to sign with a key, with the key's next counter, valid for some milliseconds.

        Errors: API-002 for what is none, API-008 where the proof does not cover the key's use.
        """
        ...
    def grant(self, patient: Sender, terms: Terms, now: datetime) -> Draft:
        """A new consent in the lowest slot that is free or whose consent has ended, for the patient to sign.

        Errors: CON and WAL rules for terms that can't stand, WAL-001 where all slots are taken, API-008 where the proof does not cover
        the slots.
        """
        ...
    def amend(self, patient: Sender, consent: str, terms: Terms, now: datetime) -> Draft:
        """New terms for a consent in its current version, for its patient to sign.

        Errors: CON and WAL rules for terms that can't stand and consents that are over, API-008 where the proof does not cover it.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> ProvenState: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

def incept(sponsor: Sender, inception: bytes | bytearray) -> Draft:
    """An inception whose keys lie elsewhere, for its sponsor to sign once the device's and the controller's keys have
    approved it.

    Errors: API-002 for a sender that is none; IDN rules for an inception that can't be.
    """
    ...

def inception_did(inception: bytes | bytearray) -> str:
    """The DID of an inception.

    Errors: COD and IDN rules for an inception that can't be.
    """
    ...

def add_device(controller: Sender, device: DevicePublicKeys) -> Draft:
    """One more device, for the controller to sign once the device's signing key has approved it.

    Errors: API-002 for a sender that is none, API-003 for keys that are none.
    """
    ...

def revoke_device(sender: Sender, key: str) -> Draft:
    """The end of a device, for the controller to sign, or for that very device.

    Errors: API-002 for a sender or a key's id that is none.
    """
    ...

def deactivate(controller: Sender) -> Draft:
    """The end of an identity, for its controller to sign. It can't be undone.

    Errors: API-002 for a sender that is none.
    """
    ...

def rotate(sender: Sender, control: bytes | bytearray, successor: bytes | bytearray, next: str, keep: Sequence[str], add: Sequence[DevicePublicKeys]) -> Draft:
    """The successor takes over: for it to sign, once each device that comes has approved. `control` is the identity as the
    ledger holds it, `successor` the public key that signs and becomes the controller, `next` the digest of whatever comes after it, `keep` the ids of the
    device keys that stay.

    Errors: API-002 and API-003 for what is none, COD rules for a `control` that is damaged, IDN rules for doubles.
    """
    ...

def issue_credential(issuer: Sender, holder: str, role: Coding, period: Period) -> Draft:
    """An organisation vouches for a practitioner's role, for the organisation to sign.

    Errors: API-002 for what is none, IDN rules for a credential that can't be.
    """
    ...

def revoke_credential(issuer: Sender, credential: str) -> Draft:
    """And takes it back.

    Errors: API-002 for what is none.
    """
    ...

def credential_id(transaction: str) -> str:
    """The id of the credential that a transaction issued.

    Errors: API-002 for a transaction's id that is none.
    """
    ...

def genesis(name: str, time: datetime, validators: Sequence[bytes | bytearray], founders: Sequence[Founder]) -> bytes:
    """A genesis under proof of authority, with the default parameters and validators that take turns in this order. Its bytes
    are what everybody who reads the ledger starts from.

    Errors: API-003 for keys that are none; COD, IDN and CHN rules for founders that can't be.
    """
    ...

def read_genesis(genesis: bytes | bytearray) -> GenesisSummary:
    """What a genesis says, once it is checked.

    Errors: COD, IDN and CHN rules for bytes that are no sound genesis.
    """
    ...

def key_id(public_key: bytes | bytearray) -> str:
    """The id of a public key, as transactions name it.

    Errors: API-003 unless it is 32 bytes long.
    """
    ...

def did_key(public_key: bytes | bytearray) -> str:
    """A public key as `did:key`.

    Errors: API-003 unless it is 32 bytes long.
    """
    ...

def successor_digest(public_key: bytes | bytearray) -> str:
    """The digest by which an identity names the successor of its controller, which stays unknown until it signs.

    Errors: API-003 unless it is 32 bytes long.
    """
    ...

def check_proof(file: bytes | bytearray, genesis: bytes | bytearray, now: datetime, at_least: bytes | bytearray | None = None) -> ProofReport:
    """Checks a file with nothing but a genesis, at a time: one record's receipt, or an export. `at_least` is a header with
    evidence that the reader demands the file to reach. A file that does not hold is no error but a report with its fault.

    Errors: COD, IDN and CHN rules for a genesis that is none, LGT rules for a header that is none.
    """
    ...

def check_terms(terms: Terms) -> None:
    """Checks terms that are to stand open on a ledger.

    Errors: CON-001 to CON-011 with the first fault.
    """
    ...

def terms_to_bytes(terms: Terms) -> bytes:
    """Terms as bytes: their one encoding.

    Errors: API-002 for what is none, CON rules for terms that can't be.
    """
    ...

def terms_from_bytes(bytes: bytes | bytearray) -> Terms:
    """Terms from their bytes.

    Errors: COD and CON rules for bytes that are no terms.
    """
    ...

def decide(terms: Terms, request: Request, at: datetime) -> Decision:
    """What the terms of one consent say to a request at a time: pure, and the same everywhere.

    Errors: API-002 for what is none, CON rules for terms that can't be.
    """
    ...

def decide_each(terms: Terms, requests: Sequence[Request], at: datetime) -> tuple[Decision, ...]:
    """What one consent says to each of many requests at a time.

    Errors: As `decide`.
    """
    ...

def decide_by_consent(consents: Sequence[NamedTerms], basis: str, request: Request, at: datetime) -> Answer:
    """What all active consents of a subject answer, in the order of their slots, to a request that stands on one of them.

    Errors: API-002 for what is none, CON rules for terms that can't be.
    """
    ...

def decide_by_ground(consents: Sequence[NamedTerms], ground: Ground, request: Request, at: datetime) -> Answer:
    """The same for a request that stands on a registered legal ground.

    Errors: API-002 for what is none, CON rules for terms that can't be.
    """
    ...

def grant_consent(patient: Sender, slot: int, terms: Terms) -> Draft:
    """A new consent in a slot (0 to 255) that is free, for the patient to sign.

    Errors: API-002 for what is none, CON rules for terms that can't stand open on a ledger.
    """
    ...

def amend_consent(patient: Sender, consent: str, replaces: str, terms: Terms) -> Draft:
    """New terms for a consent in the version that they replace, for its patient to sign.

    Errors: API-002 for what is none, CON rules for terms that can't stand open on a ledger.
    """
    ...

def revoke_consent(patient: Sender, consent: str) -> Draft:
    """The end of a consent, in whatever version, for its patient to sign.

    Errors: API-002 for what is none.
    """
    ...

def consent_id(transaction: str) -> str:
    """The id of the consent that a transaction granted.

    Errors: API-002 for a transaction's id that is none.
    """
    ...
