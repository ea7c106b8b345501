# Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.
from collections.abc import Sequence
from datetime import datetime
from types import TracebackType
from typing import final

from .signer import Progress, Signer
from .values import AccessLog, AccessQuestion, Answer, AuthorityLog, BadSignature, BatchEntry, BatchMember, BlockSummary, BundleEntry, CertifiedBlock, Coding, Commitments, Consent, ConsentAbout, ConsentAnswer, ConsentOptions, ConsentQuestion, ConsentReading, ContentForm, Decision, DestroyedRecord, DevicePublicKeys, Facts, FoundIdentity, Founder, GatewayAnswer, GenesisSummary, Ground, HashTag, HeaderSummary, Identity, IdentityKind, Interval, KeptIdentity, KeystoreSummary, LogKind, LogKnowledge, NamedTerms, PassphraseCost, Period, PlannedRotation, ProofReport, ProvenExport, ProvenRecord, ReceiptSummary, ReleaseSummary, ReplayWindow, Request, RuleInfo, SealedHeader, Sender, Session, SessionAsk, SignatureClaim, SignedTransaction, StateAnswer, Status, Terms, Timeline, TransactionView, WrappedKey

__all__ = [
    "AgreementKey",
    "Batch",
    "ContentMeasure",
    "Draft",
    "Gateway",
    "HeldRecord",
    "Key",
    "Keystore",
    "Ledger",
    "LightClient",
    "MerkleLog",
    "NewIdentity",
    "NewRelationship",
    "NextSheet",
    "OpenedRecord",
    "OpenedSession",
    "Opener",
    "Proposal",
    "ProvenState",
    "RecordKey",
    "ReleasedRecord",
    "Requester",
    "SealedRecord",
    "Sealer",
    "Sheet",
    "SheetKeys",
    "add_device",
    "amend_batch_record",
    "amend_consent",
    "amend_record",
    "anchor_batch",
    "anchor_record",
    "audit_events",
    "batch_member",
    "batch_record_id",
    "bundle_texts",
    "canonical_fhir",
    "check_consent",
    "check_consistency",
    "check_counter",
    "check_inclusion",
    "check_proof",
    "check_state_keys",
    "check_state_proof",
    "check_terms",
    "commit",
    "consent_id",
    "credential_id",
    "deactivate",
    "decide",
    "decide_by_consent",
    "decide_by_ground",
    "decide_each",
    "did_key",
    "fhir_interval",
    "genesis",
    "grant_consent",
    "hash_tags",
    "incept",
    "inception_did",
    "inspect",
    "issue_credential",
    "key_id",
    "log_root",
    "plan_rotation",
    "provenances",
    "read_bundle",
    "read_consent",
    "read_consent_at",
    "read_genesis",
    "read_keystore",
    "read_release",
    "read_sealed_header",
    "read_transaction",
    "read_wrap",
    "record_id",
    "record_proof",
    "record_version",
    "restore",
    "restore_asks",
    "retract_batch_record",
    "retract_record",
    "revoke_consent",
    "revoke_credential",
    "revoke_device",
    "rotate",
    "rules",
    "seal_record",
    "successor_digest",
    "tagged_hash",
    "terms_from_bytes",
    "terms_to_bytes",
    "unwrap_key",
    "verify_signature",
    "verify_signatures",
    "wire_types",
    "wrap_key",
    "write_consent",
]

@final
class ContentMeasure:
    """A file on its first way through, before it is sealed: what it commits to stands in the container's header. Give it the
    file piece by piece, then `seal`, and give the `Sealer` the same file again.
    """

    def __new__(cls, form: ContentForm, length: int, facts: Facts) -> ContentMeasure:
        """Begins with a file of so many bytes, and draws its key.

        Errors: SEA-005 for a file that is too long, SEA-011 for facts that can't be committed to.
        """
        ...
    def feed(self, piece: bytes | bytearray) -> None:
        """Takes the next bytes of the file.

        Errors: SEA-014 for more than were announced, API-005 once it is being sealed.
        """
        ...
    def seal(self) -> Sealer:
        """Ends, and begins to seal.

        Errors: SEA-014 for less than was announced, SEA-013 for a file that is not in its form, API-005 once it is being sealed. It is
        used up in each case.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> ContentMeasure: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class Sealer:
    """Seals a file piece by piece. What it gives, put together, is a container only if `finish` succeeds."""

    def feed(self, piece: bytes | bytearray) -> bytes:
        """Takes the next bytes of the file; gives the next bytes of the container.

        Errors: SEA-014 for more than was measured, API-005 after the end.
        """
        ...
    def finish(self) -> bytes:
        """Ends: gives the last bytes of the container, and checks that the file is the one that was measured.

        Errors: SEA-014 or SEA-011 for another file, API-005 after the end.
        """
        ...
    def key(self) -> RecordKey:
        """The record's key: to be wrapped, since it is kept nowhere else."""
        ...
    def commitments(self) -> Commitments:
        """What the record commits to."""
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> Sealer: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class Opener:
    """Opens a container piece by piece. Each piece that it gives was sealed with this key at this place; that they are the whole
    record, and the one committed to, is known only when `finish` succeeds. Until then nothing may be done with them that
    can't be undone.
    """

    def __new__(cls, key: RecordKey, commitments: Commitments) -> Opener:
        """Begins to open the record with these commitments, which the ledger holds of it.

        Errors: API-002 for what are no commitments.
        """
        ...
    def feed(self, piece: bytes | bytearray) -> bytes:
        """Takes the next bytes of the container; gives the next bytes of the file.

        Errors: SEA-001 to SEA-012 for a container that is not the record's, and then at every further call; API-005 after the end.
        """
        ...
    def facts(self) -> Facts | None:
        """The record's facts, once its header was opened; None before."""
        ...
    def finish(self) -> Facts:
        """Ends: checks that nothing is missing and that the file is what was committed to. Gives the record's facts.

        Errors: SEA-009 where the end is missing, SEA-011 and SEA-013 for another file than was committed to, API-005 after the end.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> Opener: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

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
class HeldRecord:
    """A record that a custodian keeps: sealed, with its key, and the proof that it was anchored."""

    def __new__(cls, proof: bytes | bytearray, sealed: SealedRecord, secret: AgreementKey, chain: str) -> HeldRecord:
        """A record with the file that proves it; its key is unwrapped with the custodian's own agreement key.

        Errors: COD rules for a file that is none, API-007 for an export, SEA rules where nothing is wrapped to that key.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> HeldRecord: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class Gateway:
    """A custodian's gateway, with its session logs."""

    def __new__(cls, did: str, device: Key) -> Gateway:
        """A gateway that has judged nothing yet; the key is one of the custodian's devices.

        Errors: API-002 for what is no DID.
        """
        ...
    @classmethod
    def from_bytes(cls, logs: bytes | bytearray, device: Key) -> Gateway:
        """A gateway with the logs that it kept.

        Errors: COD rules for bytes that are none.
        """
        ...
    def to_bytes(self) -> bytes:
        """Its logs, to be kept after each answer: before anything is handed out.

        Errors: COD-013, which logs never give.
        """
        ...
    def question(self, request: bytes | bytearray, held: HeldRecord | None = None) -> AccessQuestion:
        """What a node is to prove of the state for a request.

        Errors: COD rules for a request that is none.
        """
        ...
    def release(self, request: bytes | bytearray, held: HeldRecord | None, proof: bytes | bytearray, client: LightClient) -> GatewayAnswer:
        """Judges a request for a record, and releases it or refuses; either is an entry of the session's log. `proof` is what a
        node proves of the state, `held` the record where the custodian keeps it, and the client's time the gateway's own clock.

        Errors: GTW, LGT, ACC and COD rules where there is no decision: nothing is released, nothing stands in the log.
        """
        ...
    def close_session(self, session: str, now: datetime) -> None:
        """Judges nothing more under a session: its close waits for the next anchor. A custodian closes every session that names it,
        also one under which nothing was asked.

        Errors: API-002 for what is no session's id.
        """
        ...
    def open_sessions(self) -> tuple[str, ...]:
        """The sessions that are not closed."""
        ...
    def anchor(self, sender: Sender) -> Draft:
        """Reports the heads and closes that wait, for the custodian to sign.

        Errors: API-002 for a sender that is none, API-007 where nothing waits.
        """
        ...
    def anchored(self, report: Draft) -> None:
        """Remembers that the ledger has recorded a report: what it says does not wait any more.

        Errors: API-007 for a draft of something else.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> Gateway: ...
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
class Keystore:
    """The keys of one device, for some identities on one ledger; as a file, encrypted under a passphrase. Overwritten when it is
    closed; never shown.
    """

    def __new__(cls, chain: str, successors: Sequence[str]) -> Keystore:
        """An empty keystore for a ledger, with the digests of successors that the second sheet gives, possibly none.

        Errors: API-002 for what is none.
        """
        ...
    @classmethod
    def open(cls, bytes: bytes | bytearray, passphrase: str) -> Keystore:
        """A keystore from its file.

        Errors: WAL-030 for a file that is damaged, WAL-031 for a wrong passphrase, WAL-032 for a newer version, WAL-033 for a cost out
        of bounds.
        """
        ...
    def seal(self, passphrase: str, cost: PassphraseCost | None = None) -> bytes:
        """The keystore as a file, encrypted under a passphrase; without a cost at RFC 9106's second recommendation with one lane
        (64 MiB, 3 passes).

        Errors: WAL-033 for a cost out of bounds, WAL-034 for a passphrase that is empty or a book, WAL-035 where there is not enough
        memory.
        """
        ...
    def identities(self) -> tuple[KeptIdentity, ...]:
        """The identities that it keeps, ascending by number."""
        ...
    def successor_digest(self, identity: int) -> str | None:
        """The digest of an identity's successor, where it is kept."""
        ...
    def keep(self, new: NewRelationship, relationship: str) -> None:
        """Keeps a new identity, under a name for its relationship.

        Errors: WAL-037 for a number or a name that is taken, or a name that is none; WAL-038 when it is full.
        """
        ...
    def keep_found(self, first: SheetKeys, identity: FoundIdentity, device: int, relationship: str) -> None:
        """Keeps a device of an identity that was found on the ledger, under a name for its relationship; `first` is the sheet that
        it was found with.

        Errors: API-002 and API-004 for what is none; WAL-037 for a number or a name that is taken, or a name that is none; WAL-038 when
        it is full.
        """
        ...
    def signing_key(self, did: str) -> Key:
        """The key that its device signs with for an identity.

        Errors: API-002 for what is no DID, API-007 for an identity that is not kept.
        """
        ...
    def agreement_key(self, did: str) -> AgreementKey:
        """The key that others encrypt to, for an identity.

        Errors: API-002 for what is no DID, API-007 for an identity that is not kept.
        """
        ...
    def rotate(self, sender: Sender, second: SheetKeys, next: NextSheet, state: ProvenState, keep: Sequence[str]) -> SignedTransaction:
        """Rotates one identity: the second sheet's successor signs and becomes the controller, a device of that sheet comes, the
        devices with the ids in `keep` stay, and the next sheet's digest is named. What comes back is to be recorded; the keystore has the new
        device in place of the old one. `state` is what the plan was made with.

        Errors: API-007 where no rotation is due, API-008 where the state does not cover the identity, WAL rules for wrong sheets.
        """
        ...
    def set_successors(self, successors: Sequence[str]) -> None:
        """Replaces the digests of successors, once all identities were rotated: `second` is then the next sheet's.

        Errors: API-002 for what is none.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> Keystore: ...
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
        """An identity with its live keys; None where there is none.

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
    def prove_access(self, question: AccessQuestion) -> bytes:
        """What a custodian's gateway asks, proven under the newest header.

        Errors: API-002 for what is none, API-007 at the genesis.
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
        """An identity with its live keys; None where there is provably none.

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

@final
class MerkleLog:
    """An append-only log in memory: the side that makes proofs."""

    def __new__(cls) -> MerkleLog:
        """The log without leaves."""
        ...
    def append(self, leaf: bytes | bytearray) -> None:
        """Appends a leaf, which is a tagged hash: 32 bytes.

        Errors: API-003 for another length.
        """
        ...
    def size(self) -> int:
        """How many leaves there are."""
        ...
    def root(self) -> str:
        """The root over all leaves."""
        ...
    def root_at(self, size: int) -> str:
        """The root as it was when the log had `size` leaves.

        Errors: MRK-004 when it has fewer.
        """
        ...
    def inclusion(self, index: int, size: int) -> bytes:
        """The proof, as bytes, that a leaf is in the log as it was with `size` leaves.

        Errors: MRK-004 when the log has fewer leaves, MRK-001 for an index past the end.
        """
        ...
    def consistency(self, old_size: int, new_size: int) -> bytes:
        """The proof, as bytes, that the log as it was with `new_size` leaves begins with its first `old_size`.

        Errors: MRK-004 when the log has fewer leaves, or the old size is the greater one.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> MerkleLog: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class Batch:
    """The records of one subject that are anchored together, in their order. A ledger is told of them by their root and count."""

    def __new__(cls) -> Batch:
        """A batch without records."""
        ...
    @classmethod
    def seal_bundle(cls, bundle: bytes | bytearray, chain: str, recipients: Sequence[bytes | bytearray], progress: Progress | None = None) -> Batch:
        """Seals each resource of a FHIR R4 bundle of one patient, in its order and in the text that it came in, under a key of
        its own that is wrapped to these agreement keys: the patient's devices and the custodian's.

        Errors: FHR rules for what is no bundle, SEA-020 for a key that nothing can be encrypted to, SEA-025 without any, API-009 when it
        is stopped.
        """
        ...
    def push(self, commitments: Commitments) -> int:
        """Adds a record by what it commits to; gives its index.

        Errors: API-002 for what are no commitments.
        """
        ...
    def count(self) -> int:
        """How many records there are."""
        ...
    def root(self) -> str:
        """The root over them."""
        ...
    def commitments(self) -> tuple[Commitments, ...]:
        """What each record commits to."""
        ...
    def entry(self, subject: str) -> BatchEntry:
        """What the ledger is told of them, as the records of this subject.

        Errors: API-002 for what is no DID.
        """
        ...
    def member(self, index: int) -> BatchMember:
        """A record of the batch, with the proof that it is there.

        Errors: MRK-001 for an index that it does not reach.
        """
        ...
    def record(self, index: int) -> SealedRecord:
        """A record that `seal_bundle` sealed.

        Errors: API-007 for one that was not sealed here.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> Batch: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class Requester:
    """A practitioner, or whoever else asks to look: a device key, and for each session a fresh secret that releases are
    encrypted to. Its secrets are overwritten when it is closed.
    """

    def __new__(cls, did: str, device: Key) -> Requester:
        """A requester that has asked for nothing yet.

        Errors: API-002 for what is no DID.
        """
        ...
    def ask(self, sender: Sender, ask: SessionAsk) -> Draft:
        """Asks for a session, under a fresh key whose secret it keeps. On a legal ground each custodian approves the draft.

        Errors: API-001 and API-002 for what is none.
        """
        ...
    def request(self, session: OpenedSession, custodian: str, record: str) -> bytes:
        """Asks one of a session's custodians for a record: what is sent to its gateway, signed, and answered once.

        Errors: API-002 for what is none.
        """
        ...
    def open(self, client: LightClient, session: OpenedSession, release: bytes | bytearray) -> ReleasedRecord:
        """Opens what a custodian released: it is the record that the ledger knows, and the session's subject's.

        Errors: GTW-041 to GTW-046 for what does not open, API-007 for a denial.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> Requester: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class OpenedSession:
    """A session that was opened, as its receipt shows."""

    @classmethod
    def from_receipt(cls, receipt: bytes | bytearray, client: LightClient) -> OpenedSession:
        """A session from its receipt.

        Errors: LGT rules for a receipt that does not hold, GTW-044 for one of something else.
        """
        ...
    def id(self) -> str:
        """Its id."""
        ...
    def not_after(self) -> datetime:
        """The first millisecond after it, at the latest."""
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> OpenedSession: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class ReleasedRecord:
    """A record that was released and opened. Overwritten when it is closed."""

    def proven(self) -> ProvenRecord:
        """What the ledger says of it."""
        ...
    def facts(self) -> Facts:
        """Its facts."""
        ...
    def content(self) -> bytes:
        """What was committed to."""
        ...
    def original(self) -> bytes:
        """The bytes as the custodian received them."""
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> ReleasedRecord: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class SealedRecord:
    """A sealed record as its holder keeps it: container and wrapped keys; or only that it was destroyed."""

    @classmethod
    def from_bytes(cls, bytes: bytes | bytearray) -> SealedRecord:
        """The record from the bytes that `to_bytes` gave.

        Errors: COD rules for other bytes, SEA rules for a header that is none.
        """
        ...
    @classmethod
    def from_container(cls, container: bytes | bytearray) -> SealedRecord:
        """The record whose container this is; without wraps.

        Errors: As `read_sealed_header`, and SEA-009 and SEA-010 for one that is shorter or longer than its header says.
        """
        ...
    @classmethod
    def from_beginning(cls, container: bytes | bytearray) -> SealedRecord:
        """The record whose container begins so and lies as a file of its own; without wraps.

        Errors: As `read_sealed_header`.
        """
        ...
    def to_bytes(self) -> bytes:
        """What its holder keeps: header, chunks and wraps; once it was destroyed, the statement that it was.

        Errors: COD-013, which this never gives.
        """
        ...
    def container(self) -> bytes:
        """The container: the record without wraps, as a file of its own.

        Errors: SEA-026 once it was destroyed, SEA-027 where it lies elsewhere.
        """
        ...
    def header(self) -> SealedHeader:
        """What it says in the clear.

        Errors: SEA-026 once it was destroyed.
        """
        ...
    def commitments(self) -> Commitments:
        """What the ledger holds of the record, as this says itself.

        Errors: SEA rules for a header that is none, which this never has.
        """
        ...
    def recipients(self) -> tuple[bytes, ...]:
        """The agreement keys that its key is wrapped to."""
        ...
    def check(self, chain: str, commitments: Commitments) -> None:
        """Checks as much as needs no secret: that it is the record with these commitments, of as many bytes as it says, and
        that its wraps are of it, on this ledger.

        Errors: SEA-009, SEA-010, SEA-012, SEA-022, SEA-023.
        """
        ...
    def key(self) -> RecordKey:
        """The key under which this record has just been sealed; one that was read again is unwrapped instead.

        Errors: API-007 where it is not known here.
        """
        ...
    def unwrap(self, secret: AgreementKey, chain: str) -> RecordKey:
        """The record's key, unwrapped with an agreement key that it is wrapped to.

        Errors: SEA-025 where it is not wrapped to this one, SEA-006 and SEA-022 to SEA-024 for a wrap of something else, SEA-026 once it
        was destroyed.
        """
        ...
    def wrap_to(self, key: RecordKey, chain: str, recipients: Sequence[bytes | bytearray]) -> None:
        """Wraps the record's key to just these agreement keys: wraps that are there are kept, missing ones are made, those for
        others are gone. For a first time, for a device that was added, after a rotation, or when one was revoked. What a
        revoked device has unwrapped before, it may still have.

        Errors: SEA-006 for the key of another record, SEA-020 for a key that nothing can be encrypted to, SEA-026 once it was destroyed.
        """
        ...
    def open_facts(self, key: RecordKey) -> Facts:
        """The record's facts, without a byte of its content.

        Errors: SEA-006 for another key, SEA-007 and SEA-011 for a header that was not sealed so, SEA-026 once it was destroyed.
        """
        ...
    def open(self, key: RecordKey, commitments: Commitments, progress: Progress | None = None) -> OpenedRecord:
        """Opens all of it as the record with these commitments, which the ledger holds of it.

        Errors: SEA-006 for another key; SEA-007 to SEA-013 for what was altered, cut off, or is of another record; SEA-026 once it was
        destroyed; SEA-027 where the container lies elsewhere; API-009 when it is stopped.
        """
        ...
    def destroy_key(self, at: datetime) -> DestroyedRecord:
        """Destroys every wrap, and with them key and salts; the container too, as far as it is held here. What `to_bytes` gives
        from then on replaces the record wherever it is kept, backups included.

        Errors: SEA-026 once it was destroyed.
        """
        ...
    def destroyed(self) -> DestroyedRecord | None:
        """The statement that it was destroyed; None for a record that was not."""
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> SealedRecord: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class OpenedRecord:
    """A record that was opened, all of it. Overwritten when it is closed; never shown."""

    @classmethod
    def from_opening(cls, opening: bytes | bytearray) -> OpenedRecord:
        """What an opening holds, as a reader of a proof has it. That it is the record's shows when the proof is checked, or its
        commitments are compared.

        Errors: COD rules for what is no opening.
        """
        ...
    def original(self) -> bytes:
        """The bytes as they were received."""
        ...
    def content(self) -> bytes:
        """The content that was committed to: of FHIR JSON its canonical form, else the original."""
        ...
    def facts(self) -> Facts:
        """The facts."""
        ...
    def commitments(self) -> Commitments:
        """What content and facts commit to.

        Errors: REC rules for an opening of what can't be committed to.
        """
        ...
    def opening(self) -> bytes:
        """What opens the record's commitments for a reader of its proof: content, facts, salts. Whoever has it can read the
        record; the key itself is not in it.

        Errors: COD-013, which this never gives.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> OpenedRecord: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class RecordKey:
    """The key of one record, with the salts of its commitments: all that is secret about a sealed record. Sealing draws it.
    Overwritten when it is closed; never shown.
    """

    @classmethod
    def from_secret(cls, secret: bytes | bytearray) -> RecordKey:
        """The key from its 96 secret bytes: key, salt of the content, salt of the facts.

        Errors: API-003 for another length.
        """
        ...
    def secret(self) -> bytes:
        """The secret bytes, for whoever keeps the key elsewhere: key, salt of the content, salt of the facts."""
        ...
    def commitment(self) -> str:
        """The commitment to this key, by which a sealed record names the key that opens it."""
        ...
    def commit(self, content: bytes | bytearray, form: ContentForm, facts: Facts) -> Commitments:
        """What content and facts commit to under this key, to be compared with what a ledger holds.

        Errors: SEA-013 for content that is not in this form, SEA-011 for facts that can't be committed to.
        """
        ...
    def opening(self, content: bytes | bytearray, facts: Facts) -> bytes:
        """What opens the record's commitments for a reader of its proof: content in its canonical form, facts, salts. Whoever
        has it can read the record; the key itself is not in it.

        Errors: COD-013, which this never gives.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> RecordKey: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class Sheet:
    """A sheet of 24 words (BIP-39, English), which a patient writes down. Overwritten when it is closed; never shown."""

    @classmethod
    def draw(cls) -> Sheet:
        """A fresh sheet.

        Errors: WAL-012, which a fresh one never gives.
        """
        ...
    @classmethod
    def from_words(cls, words: str) -> Sheet:
        """The sheet with these words; white space parts them, capitals do not count.

        Errors: WAL-010 to WAL-012 for words that are no sheet.
        """
        ...
    def words(self) -> str:
        """The words, to be written down: a secret."""
        ...
    def keys(self, passphrase: str) -> SheetKeys:
        """The keys of the sheet. The passphrase is not needed and usually empty; another one gives other keys."""
        ...
    def confirm(self, words: str, passphrase: str) -> NextSheet:
        """Confirms that a sheet that was just drawn is written down, by its words typed in again: it may become the next second
        sheet.

        Errors: WAL-010 to WAL-013 for words that are no sheet, or another one's.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> Sheet: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class SheetKeys:
    """The keys of a sheet. Overwritten when they are closed; never shown."""

    def device(self, identity: int, device: int) -> Key:
        """What a device of an identity signs with; both are counted from 0.

        Errors: API-004 for numbers above 65,535.
        """
        ...
    def agreement(self, identity: int, device: int) -> AgreementKey:
        """What others encrypt to, for a device of an identity.

        Errors: API-004 for numbers above 65,535.
        """
        ...
    def controller(self, identity: int) -> Key:
        """The controller of an identity; while the sheet is the second one, the controller's successor.

        Errors: API-004 for numbers above 65,535.
        """
        ...
    def successor_digest(self, identity: int) -> str:
        """What the ledger is told of an identity's successor while this is the second sheet. It is no secret.

        Errors: API-004 for numbers above 65,535.
        """
        ...
    def successor_digests(self) -> tuple[str, ...]:
        """The same of the first 64 identities: what a keystore keeps, so that the second sheet can stay on paper."""
        ...
    def relationship(self, identity: int, successor: str, kind: IdentityKind) -> NewRelationship:
        """One more identity of this (first) sheet, for one more relationship; `successor` is the digest that the second sheet
        gives for its number.

        Errors: API-002 and API-004 for what is none.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> SheetKeys: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class NewRelationship:
    """An identity of a sheet that no ledger knows yet."""

    def did(self) -> str:
        """What it will be called."""
        ...
    def inception(self) -> bytes:
        """What the ledger is told.

        Errors: COD-013, which an inception never gives.
        """
        ...
    def incept(self, sponsor: Sender) -> Draft:
        """The inception, for its sponsor to sign: each new key has proven its possession.

        Errors: API-002 for a sender that is none.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> NewRelationship: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

@final
class NextSheet:
    """The sheet that becomes the second one with a rotation; somebody has it on paper."""

    @classmethod
    def from_words(cls, words: str, passphrase: str) -> NextSheet:
        """A sheet that was drawn before, from its words.

        Errors: WAL-010 to WAL-012 for words that are no sheet.
        """
        ...
    def close(self) -> None:
        """Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005."""
        ...
    def __enter__(self) -> NextSheet: ...
    def __exit__(self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /) -> None: ...

def check_counter(window: ReplayWindow, counter: int) -> ReplayWindow:
    """The window after this counter was used.

    Errors: OPR-010 for a counter that was used, OPR-011 for one below the window, OPR-012 for one too far above it.
    """
    ...

def read_transaction(transaction: bytes | bytearray, chain: str) -> TransactionView:
    """What a transaction for a ledger says. Who holds the keys, and so whether the signatures hold, only the ledger's state
    tells.

    Errors: COD rules for what does not decode, OPR-001 to OPR-004, OPR-016 and OPR-017 for the envelope.
    """
    ...

def commit(content: bytes | bytearray, content_salt: bytes | bytearray, facts: Facts, facts_salt: bytes | bytearray) -> Commitments:
    """What a record with this content and these facts commits to under these two salts of 32 bytes, to be compared with what
    a ledger holds. The content is in its canonical form. Whoever anchors a record does not choose salts: sealing draws them.

    Errors: API-003 for a salt of another length, REC-001 to REC-004 for facts that can't be committed to, REC-005 when both salts
    are the same.
    """
    ...

def record_id(transaction: str, index: int) -> str:
    """The id of the record that a transaction anchors, or of an entry of the batch that it anchors. `index` is the entry's
    place in the batch, 0 for a single record.

    Errors: API-002 for what is no transaction's id.
    """
    ...

def batch_record_id(batch: str, index: int) -> str:
    """The id of a record of a batch, by the id of the batch's entry and the record's index in it.

    Errors: API-002 for what is no id.
    """
    ...

def record_version(record: str, version: int, commitments: Commitments) -> str:
    """The hash of a version of a record: what an amendment names as the one that it replaces. `version` counts from 1.

    Errors: API-002 for what is no id or commitment.
    """
    ...

def canonical_fhir(json: bytes | bytearray) -> bytes:
    """The canonical form of a FHIR resource's JSON: that of RFC 8785, but that numbers stay as they were written.

    Errors: FHR-001 to FHR-007 for what is no JSON, or too much of it.
    """
    ...

def read_bundle(json: bytes | bytearray) -> tuple[BundleEntry, ...]:
    """Reads a bundle of one patient, checked whole: its resources in their order, with their facts.

    Errors: FHR-001 to FHR-020 with the element at fault.
    """
    ...

def fhir_interval(date: str, zone: str | None = None) -> Interval:
    """The interval that a FHIR date or dateTime stands for, such as `2019-03`. One without a zone is in this zone (`+01:00`);
    without any it begins where the day begins first, and ends where it ends last.

    Errors: API-002 for what is no date or zone.
    """
    ...

def audit_events(client: LightClient, log: bytes | bytearray, known: LogKnowledge) -> bytes:
    """A patient's access log as a Bundle of FHIR R4 AuditEvents, in JSON: one for each of its entries, and one for each release and
    refusal in the session logs at hand. `log` is the log's proof, as for `LightClient.read_access_log`.

    Errors: The rule that the proof breaks; API-002 and COD rules for what is known and is not of its kind.
    """
    ...

def provenances(client: LightClient, timeline: bytes | bytearray, known: LogKnowledge) -> bytes:
    """A patient's timeline as a Bundle of FHIR R4 Provenances, in JSON: one for each record that an entry anchors, and for each
    amendment and entered-in-error mark. `timeline` is the timeline's proof, as for `LightClient.read_timeline`.

    Errors: The rule that the proof breaks; API-002 and COD rules for what is known and is not of its kind; FHR-070 for more records than
    one export names.
    """
    ...

def read_consent(consent: bytes | bytearray, options: ConsentOptions) -> ConsentReading:
    """Reads a Consent as terms for a ledger: for every time of their period, and whoever releases. References resolve by an
    identifier that is a DID, or by the options.

    Errors: FHR rules with the element that can't be read faithfully; FHR-057 and FHR-058 for a Consent whose parts hold at different times,
    or depend on who releases: see `read_consent_at`.
    """
    ...

def read_consent_at(consent: bytes | bytearray, options: ConsentOptions, at: datetime, custodian: str | None = None) -> ConsentReading:
    """Reads a Consent as terms that hold at a time, where this custodian releases, or one who is not known. Their period is the time
    around it over which none of the Consent's parts begins or ends.

    Errors: FHR rules with the element that can't be read faithfully.
    """
    ...

def write_consent(terms: Terms, about: ConsentAbout) -> bytes:
    """Writes terms as the canonical JSON of a FHIR R4 Consent that reads back as the same terms.

    Errors: FHR-060 for terms that FHIR has no place for, API-002 and CON rules for terms that can't be.
    """
    ...

def check_consent(consent: bytes | bytearray, question: ConsentQuestion) -> ConsentAnswer:
    """What one Consent answers to one question, literally: references are compared as they stand.

    Errors: FHR rules with the element that can't be read faithfully.
    """
    ...

def hash_tags() -> tuple[HashTag, ...]:
    """Every tag of the protocol, the reserved ones included."""
    ...

def tagged_hash(tag: str, data: bytes | bytearray) -> bytes:
    """The 32 bytes of `SHA3-256(tag ‖ data)`, the tag given by its text, such as `ml1 tx id`.

    Errors: API-002 for a tag that is not in the register.
    """
    ...

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

def wire_types() -> tuple[str, ...]:
    """The names of every wire type that this build knows, each after those that it is made of."""
    ...

def inspect(kind: str, bytes: bytes | bytearray) -> str:
    """What bytes say, as JSON in one line: a wire type by its name in the specification's CDDL. They pass every check of the
    encoding first, those of the values' own rules not. A struct is an object with the specification's names, an enum
    `{"Variant": {…}}` or, without fields, `"Variant"`; bytes are lower-case hex, numbers above 2^53 or below −2^53 texts.

    Errors: API-002 for a name that is no wire type's, COD rules for bytes that are not the one encoding of a value of it.
    """
    ...

def rules() -> tuple[RuleInfo, ...]:
    """Every rule that this build can name."""
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

def read_keystore(bytes: bytes | bytearray) -> KeystoreSummary:
    """What a keystore's file says without its passphrase.

    Errors: WAL-030 for a file that is damaged, WAL-032 for a newer version, WAL-033 for a cost out of bounds.
    """
    ...

def check_proof(file: bytes | bytearray, genesis: bytes | bytearray, now: datetime, at_least: bytes | bytearray | None = None) -> ProofReport:
    """Checks a file with nothing but a genesis, at a time: one record's receipt, or an export. `at_least` is a header with
    evidence that the reader demands the file to reach. A file that does not hold is no error but a report with its fault.

    Errors: COD, IDN and CHN rules for a genesis that is none, LGT rules for a header that is none.
    """
    ...

def log_root(leaves: Sequence[bytes | bytearray]) -> str:
    """The root of the log with these leaves, in their order. A leaf is a tagged hash: 32 bytes.

    Errors: API-003 for a leaf of another length.
    """
    ...

def check_inclusion(root: str, size: int, index: int, leaf: bytes | bytearray, proof: bytes | bytearray) -> None:
    """Checks that a log with this root and size has this leaf at an index. The root and the size must come from where both
    were signed, never from whoever brings the proof: a proof also holds for other sizes.

    Errors: MRK-001 for an index past the end, MRK-002 for a proof of another length, MRK-003 for one that leads elsewhere; COD
    rules for bytes that are no `InclusionProof`.
    """
    ...

def check_consistency(old_root: str, old_size: int, new_root: str, new_size: int, proof: bytes | bytearray) -> None:
    """Checks that the log with the new root and size begins with the log with the old ones.

    Errors: MRK-004 when the new one is smaller, MRK-005 for a proof of another length, MRK-006 and MRK-007 for one that does not
    lead to the old or the new root; COD rules for bytes that are no `ConsistencyProof`.
    """
    ...

def check_state_proof(root: str, proof: bytes | bytearray, keys: Sequence[str]) -> tuple[StateAnswer, ...]:
    """Checks a proof about the state under a root, and says what it shows of each of these keys, in their order. The proof is a
    `ValueProof` as bytes. A key that it does not cover is unproven, which is not absent.

    Errors: MRK-020 to MRK-029 for a proof that does not hold, STA-001 and STA-002 for other values, COD rules for other bytes.
    """
    ...

def check_state_keys(root: str, proof: bytes | bytearray, keys: Sequence[str]) -> tuple[StateAnswer, ...]:
    """Checks a proof about the state under a root, which must be about just these keys: what answers a question says nothing
    else. The proof is a `StateProof` as bytes, without values.

    Errors: MRK-030 when it is about other keys, MRK-020 to MRK-029 when it does not hold, COD rules for other bytes.
    """
    ...

def batch_member(commitments: Sequence[Commitments], index: int) -> BatchMember:
    """One record of a batch with these commitments, with the proof that it is there.

    Errors: API-002 for what are no commitments, MRK-001 for an index that they don't reach.
    """
    ...

def anchor_record(sender: Sender, subject: str, commitments: Commitments, custodian: str | None = None) -> Draft:
    """One record of one patient, to be anchored. `custodian` keeps it and agrees; it is the sender, unless one is named, whose
    device key then approves the draft.

    Errors: API-002 for what is no DID, id or commitment.
    """
    ...

def anchor_batch(sender: Sender, entries: Sequence[BatchEntry], custodian: str | None = None) -> Draft:
    """Batches of several subjects, to be anchored at once; each subject sees its own entry alone. `custodian` is as for
    `anchor_record`.

    Errors: API-002 for what is no DID or root, REC-014 without records or with too many, REC-015 for a subject that is named twice.
    """
    ...

def amend_record(sender: Sender, record: str, replaces: str, commitments: Commitments) -> Draft:
    """A new version of a record that was anchored by itself, or that has been amended before. The old one stays on the ledger.
    `replaces` is the hash of the current version: see `record_version`.

    Errors: API-002 for what is no id, version or commitment.
    """
    ...

def amend_batch_record(sender: Sender, batch: str, member: BatchMember, replaces: str, commitments: Commitments) -> Draft:
    """A new version of a record of a batch, named for the first time. `batch` is the id of its subject's entry.

    Errors: API-002 for what is no id, version, commitment or proof.
    """
    ...

def retract_record(sender: Sender, record: str) -> Draft:
    """That a record should never have been entered (FHIR's `entered-in-error`), in whatever version: one that was anchored by
    itself, or that has been amended before.

    Errors: API-002 for what is no id.
    """
    ...

def retract_batch_record(sender: Sender, batch: str, member: BatchMember) -> Draft:
    """That a record of a batch should never have been entered, named for the first time. `batch` is the id of its subject's
    entry.

    Errors: API-002 for what is no id or proof.
    """
    ...

def record_proof(receipt: bytes | bytearray, member: BatchMember | None = None, opening: bytes | bytearray | None = None) -> bytes:
    """The proof of one record, as a file: a receipt of its anchoring, with the record's place where that was a batch. With its
    opening it also proves what the record says, to whoever may read it. Whether the receipt holds shows when the proof is
    checked.

    Errors: COD rules for what is no receipt or opening; LGT-011, LGT-012 and LGT-013 for a receipt of another event or a member of another
    batch; REC-006 and REC-007 for the opening of another record.
    """
    ...

def read_release(release: bytes | bytearray) -> ReleaseSummary:
    """What a custodian's answer says to whoever can't open it.

    Errors: COD rules for bytes that are no answer.
    """
    ...

def restore_asks(first: SheetKeys, state: ProvenState | None = None) -> tuple[str, ...]:
    """The keys of the state that finding a sheet's identities takes beside those that are proven: ask for these and for all before,
    until there are none.

    Errors: API-007 for a state that is damaged.
    """
    ...

def restore(first: SheetKeys, state: ProvenState) -> tuple[FoundIdentity, ...]:
    """All identities of a first sheet that the ledger knows.

    Errors: WAL-020 where there is none, API-008 where the proof does not cover all that is asked.
    """
    ...

def plan_rotation(second: SheetKeys, dids: Sequence[str], state: ProvenState) -> tuple[PlannedRotation, ...]:
    """What the second sheet does with each of these identities.

    Errors: API-002 for what is no DID, API-008 where the state does not cover them, WAL-040 and WAL-041 for a sheet that is not the second
    one.
    """
    ...

def read_sealed_header(container: bytes | bytearray) -> SealedHeader:
    """What stands at the beginning of a sealed container. As much of it as the header takes is enough; needs no key.

    Errors: SEA-001 for other bytes, SEA-002 for a later version, SEA-003, SEA-004 and SEA-005 for a header that is none, SEA-009 where
    it ends before its end.
    """
    ...

def seal_record(content: bytes | bytearray, form: ContentForm, facts: Facts) -> SealedRecord:
    """Seals a record under a fresh key. It is nobody's until its key is wrapped: see `SealedRecord.wrap_to`.

    Errors: SEA-005 for content that is too long, SEA-011 for facts that can't be committed to, SEA-013 for content that is not in
    this form.
    """
    ...

def wrap_key(key: RecordKey, chain: str, commitments: Commitments, recipient: bytes | bytearray) -> bytes:
    """Wraps a record's key to one recipient's agreement key, for those who keep wraps beside a container of their own.

    Errors: API-002 and API-003 for what is no ledger's id, commitment or key, SEA-020 for a key that nothing can be encrypted to.
    """
    ...

def unwrap_key(wrap: bytes | bytearray, secret: AgreementKey, chain: str, commitments: Commitments) -> RecordKey:
    """The key of a record, from its wrap. That it is the record's key shows when the record is opened with it.

    Errors: COD rules for what is no wrap; SEA-021, SEA-022 and SEA-023 for that of another recipient, record or ledger; SEA-024 for an
    altered one.
    """
    ...

def read_wrap(wrap: bytes | bytearray) -> WrappedKey:
    """What a wrapped key says of itself: whose it is, of which record. Needs no secret, and proves nothing.

    Errors: COD rules for what is no wrap.
    """
    ...

def bundle_texts(bundle: bytes | bytearray) -> tuple[bytes, ...]:
    """The texts of a bundle's resources as they were received, in its order: what is to be sealed of each.

    Errors: FHR rules for what is no bundle of one patient.
    """
    ...

def verify_signature(public_key: bytes | bytearray, message: bytes | bytearray, signature: bytes | bytearray) -> None:
    """Checks an Ed25519 signature under the protocol's rule: canonical encodings, no points of small order, the cofactored
    equation.

    Errors: The CRY rule that fails first, API-003 for a key or a signature of another length.
    """
    ...

def verify_signatures(claims: Sequence[SignatureClaim], progress: Progress | None = None) -> tuple[BadSignature, ...]:
    """Checks many signatures at once, at a third of the price: those that do not hold, by their place in the list, with what
    `verify_signature` says of each. None when all hold.

    Errors: API-009 when it was stopped.
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
