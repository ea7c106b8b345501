//! Wallet, gateway and requester over a ledger whose keys are here: what the commands and the demonstration share.

use std::fs::File;
use std::path::{Path, PathBuf};

use medledger_core::access::{AccessEntry, AccessError, HeadState, SessionState};
use medledger_core::consent::{ConsentState, Terms, consent_id};
use medledger_core::crypto::SecretKey;
use medledger_core::hash::{ConsentId, CredentialId, Did, RecordId, SessionId};
use medledger_core::identity::{Credential, credential_id, did_to_text};
use medledger_core::light::Verifier;
use medledger_core::limits::PROOF;
use medledger_core::operation::Operation;
use medledger_core::state::{Address, LogEntry, LogKind};
use medledger_core::units::{Period, Timestamp};
use medledger_core::vocabulary::Coding;
use medledger_sdk::draft::approve;
use medledger_sdk::gateway::session_log::KeptLogs;
use medledger_sdk::gateway::{Answered, Gateway, GatewayError, HeldRecord, KeptRecord};
use medledger_sdk::release::{ReleaseAnswer, ReleaseError, ReleaseFault, ReleaseRequest};
use medledger_sdk::requester::{Ask, OpenedSession, Released, Requester};
use medledger_sdk::seal::{Kept, SealError};
use medledger_sdk::wallet::{Wallet, WalletError};

use super::error::{CliError, Failure};
use super::files;
use super::session::{Actor, Recorded, Session, entropy};
use crate::NodeError;
use crate::keys::{KeyFault, sessions};

/// The same key, for a role that holds its own.
pub fn copy(key: &SecretKey) -> SecretKey {
    SecretKey::from_seed(*key.seed())
}

/// A custodian's gateway with the logs that it keeps in a file. Nobody else opens them meanwhile: of two gateways that
/// append to the same log at the same time, one would release what is not on record.
pub struct Books {
    /// It.
    pub gateway: Gateway,
    path: PathBuf,
    _lock: File,
}

impl Books {
    /// A gateway with the logs in a file; none yet where there is no file. Waits for another that has them open.
    ///
    /// # Errors
    /// [`CliError::NotAFileOf`], [`CliError::Unreadable`], [`CliError::Unwritable`].
    pub fn open(path: &Path, did: Did, key: SecretKey) -> Result<Self, Failure> {
        let lock = files::lock(path)?;
        if !path.exists() {
            return Ok(Self { gateway: Gateway::new(did, key), path: path.to_owned(), _lock: lock });
        }
        let kept = KeptLogs::decode(&files::read(path, PROOF.bytes)?);
        let kept = kept.map_err(|error| files::not_a(path, "a custodian's session logs", &error))?;
        if kept.custodian != did {
            let (path, what) = (files::shown(path), "this custodian's session logs");
            return Err(CliError::NotAFileOf { path, what, why: "they are another's".to_owned() }.into());
        }
        Ok(Self { gateway: Gateway::restore(key, kept)?, path: path.to_owned(), _lock: lock })
    }

    /// Where a custodian's logs are kept beside a ledger.
    pub fn path(session: &Session, custodian: &str) -> PathBuf {
        session.dir.join("gateway").join(format!("{custodian}.cbor"))
    }

    /// The gateway of a custodian whose keys are here.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn of(session: &Session, custodian: &Actor) -> Result<Self, Failure> {
        Self::open(&Self::path(session, &custodian.name), custodian.keys.did, copy(custodian.device()?))
    }

    /// Keeps the logs; what is there no more after a failure was not there before.
    ///
    /// # Errors
    /// [`CliError::Unwritable`].
    pub fn save(&self) -> Result<(), Failure> {
        Ok(files::replace(&self.path, &self.gateway.keep().encode()?)?)
    }
}

impl Session {
    /// The time of what happens next: never before the newest block.
    pub fn time(&self) -> Timestamp {
        self.now.max(self.host.tip().time)
    }

    /// Makes a block where one is due, so that the newest header is fresh.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn tick(&self) -> Result<(), Failure> {
        if self.host.is_due(self.time())? {
            self.host.produce(&[], &self.keys.validator()?, self.time())?;
        }
        Ok(())
    }

    /// A client that trusts this ledger's genesis.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn verifier(&self) -> Result<Verifier, Failure> {
        Ok(Verifier::new(self.host.genesis(), self.time()).map_err(NodeError::from)?)
    }

    /// Vouches for a practitioner.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn issue(
        &self,
        issuer: &Actor,
        holder: Did,
        role: Coding,
        period: Period,
    ) -> Result<(CredentialId, Recorded), Failure> {
        let credential = Credential { holder, role, period };
        let recorded = self.sign(issuer, Operation::IssueCredential { credential })?;
        Ok((credential_id(&recorded.id), recorded))
    }

    /// Signs an operation with an actor's device and records it.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn sign(&self, actor: &Actor, operation: Operation) -> Result<Recorded, Failure> {
        let device = actor.device()?;
        let signer = self.signer(actor.keys.did, &device.public())?;
        self.record(&signer.draft(operation), device, Vec::new())
    }

    /// Grants a consent.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn grant(&self, patient: &Actor, terms: Terms) -> Result<(ConsentId, Recorded), Failure> {
        let device = patient.device()?;
        let signer = self.signer(patient.keys.did, &device.public())?;
        let wallet = Wallet::new(patient.keys.did, copy(device));
        let draft = wallet.grant(&signer, &self.host.snapshot()?, terms, self.time());
        let draft = draft.map_err(NodeError::from)??;
        let recorded = self.record(&draft, device, Vec::new())?;
        Ok((consent_id(&recorded.id), recorded))
    }

    /// Gives a consent new terms.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn amend(&self, patient: &Actor, consent: ConsentId, terms: Terms) -> Result<Recorded, Failure> {
        let device = patient.device()?;
        let signer = self.signer(patient.keys.did, &device.public())?;
        let wallet = Wallet::new(patient.keys.did, copy(device));
        let draft = wallet.amend(&signer, &self.host.snapshot()?, consent, terms, self.time());
        self.record(&draft.map_err(NodeError::from)??, device, Vec::new())
    }

    /// A consent as it stands.
    ///
    /// # Errors
    /// [`AccessError::ConsentOfAnother`].
    pub fn consent(&self, consent: ConsentId) -> Result<ConsentState, Failure> {
        let held = self.host.read::<ConsentState>(&Address::Consent(consent))?;
        held.ok_or_else(|| Failure::refused(&AccessError::ConsentOfAnother { consent }))
    }

    /// Asks the ledger for a session. Its secret is kept beside the keys; of a denial nothing is.
    ///
    /// # Errors
    /// [`Failure`]; a denial, which is on record, has exit code 3.
    pub fn ask(
        &self,
        requester: &Actor,
        ask: Ask,
        countersigned: &[Actor],
    ) -> Result<OpenedSession, Failure> {
        let device = requester.device()?;
        let signer = self.signer(requester.keys.did, &device.public())?;
        let mut asks = Requester::new(requester.keys.did, copy(device));
        let subject = ask.subject;
        let mut draft = asks.ask(&signer, ask, &mut entropy()?);
        for custodian in countersigned {
            approve(&mut draft, custodian.device()?)?;
        }
        let key = match &draft.body().operation {
            Operation::OpenSession { request } => request.key.clone(),
            _ => return Err(CliError::NotTaken.into()),
        };
        let secret = asks.secret(&key).ok_or(CliError::NotTaken)?;
        self.keys.add_session(&key, secret)?;
        let recorded = match self.record(&draft, device, Vec::new()) {
            Ok(recorded) => recorded,
            Err(failure) if failure.in_doubt => {
                return Err(failure.keeping(&self.keys.session_path(&key)));
            }
            Err(failure) => {
                self.keys.forget_session(&key)?;
                return Err(failure);
            }
        };
        // The session is open: whatever fails from here on, its secret stays.
        let opened = recorded.events.iter().find_map(|event| match &event.leaf.entry {
            LogEntry::Access { entry: AccessEntry::Opened { session, .. } } => Some(*session),
            _ => None,
        });
        self.opened(subject, opened.ok_or(CliError::NotTaken)?)
    }

    /// A session's state.
    ///
    /// # Errors
    /// [`AccessError::UnknownSession`].
    pub fn session_state(&self, session: SessionId) -> Result<SessionState, Failure> {
        let state = self.host.read::<SessionState>(&Address::Session(session))?;
        state.ok_or_else(|| Failure::refused(&AccessError::UnknownSession { session }))
    }

    /// A session with its receipt.
    ///
    /// # Errors
    /// [`AccessError::UnknownSession`].
    pub fn opened(&self, subject: Did, id: SessionId) -> Result<OpenedSession, Failure> {
        let is_it = |entry: &LogEntry| matches!(entry, LogEntry::Access { entry: AccessEntry::Opened { session, .. } } if *session == id);
        let receipt = self.host.receipt_of(&subject, LogKind::Access, is_it)?;
        let unknown = || Failure::refused(&AccessError::UnknownSession { session: id });
        Ok(OpenedSession::from_receipt(receipt.ok_or_else(unknown)?, &self.verifier()?)?)
    }

    /// A record as this host holds it: sealed, with its proof. `None` also for one that was destroyed.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn kept_record(&self, record: &RecordId) -> Result<Option<KeptRecord>, Failure> {
        let held = self.host.held(record)?.map(|held| held.kept);
        let Some(Kept::Sealed { record: sealed }) = held else { return Ok(None) };
        Ok(self.host.record_proof(record)?.map(|proof| KeptRecord { proof, sealed }))
    }

    /// The same, with the key that a custodian unwraps; `None` where it can't.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn held_record(&self, custodian: &Actor, record: &RecordId) -> Result<Option<HeldRecord>, Failure> {
        let Some(kept) = self.kept_record(record)? else { return Ok(None) };
        let secrets: Vec<_> = custodian.keys.secrets().collect();
        match kept.unwrap(&secrets, &self.host.chain()) {
            Err(SealError::NoWrap) => Ok(None),
            held => Ok(Some(held?)),
        }
    }

    /// A custodian's gateway judges a request; its log is kept before anything is handed out.
    ///
    /// # Errors
    /// [`Failure`], where there is no decision.
    pub fn release(&self, custodian: &Actor, request: &ReleaseRequest) -> Result<Answered, Failure> {
        self.tick()?;
        let held = self.held_record(custodian, &request.signed.ask.record)?;
        let mut books = Books::of(self, custodian)?;
        let question = books.gateway.question(request, held.as_ref());
        let proof = self.host.access_proof(&question)?.ok_or(CliError::NoBlockYet)?;
        let clock = (&self.verifier()?, self.time());
        let answered = books.gateway.release(request, held.as_ref(), &proof, clock, &mut entropy()?)?;
        books.save()?;
        Ok(answered)
    }

    /// The request for a record, signed with the requester's device, whose key is here.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn request(
        &self,
        opened: &OpenedSession,
        custodian: Did,
        record: RecordId,
    ) -> Result<ReleaseRequest, Failure> {
        let requester = self.actor_of(&did_to_text(&opened.state.requester))?;
        let asks = Requester::new(requester.keys.did, copy(requester.device()?));
        Ok(asks.request(opened, (custodian, record), &mut entropy()?)?)
    }

    /// A record is asked for, released and opened.
    ///
    /// # Errors
    /// [`Failure`]; a refusal has exit code 3, and the reason that the custodian gives its auditor.
    pub fn read_record(
        &self,
        opened: &OpenedSession,
        custodian: &Actor,
        record: RecordId,
    ) -> Result<Released, Failure> {
        let path = self.keys.session_path(&opened.state.request.key);
        let secret = sessions::secret(&path).map_err(|fault| match fault {
            KeyFault::Missing(_) => Failure::refused(&ReleaseError::NoSecret { session: opened.session }),
            other => other.into(),
        })?;
        let request = self.request(opened, custodian.keys.did, record)?;
        let answered = self.release(custodian, &request)?;
        match (&answered.answer, &answered.refusal) {
            (ReleaseAnswer::Permit { release }, None) => {
                Ok(opened.open(&secret, &self.verifier()?, release)?)
            }
            (_, Some(refusal)) => Err(Failure::refused(refusal)),
            (_, None) => Err(CliError::Denied { record: record.to_string() }.into()),
        }
    }

    /// A custodian reports and closes sessions; the secrets of those that every custodian has closed are removed.
    ///
    /// # Errors
    /// [`Failure`]; nothing is closed then.
    pub fn close(&self, custodian: &Actor, closing: &[SessionId]) -> Result<Recorded, Failure> {
        let states = closing.iter().map(|id| Ok((*id, self.session_state(*id)?)));
        let states = states.collect::<Result<Vec<_>, Failure>>()?;
        let mut books = Books::of(self, custodian)?;
        for (session, state) in &states {
            let place = state.request.custodian(&custodian.keys.did);
            let place =
                place.ok_or_else(|| Failure::refused(&AccessError::NotNamed { session: *session }))?;
            if self.is_closed(*session, place)? {
                return Err(Failure::refused(&AccessError::AlreadyClosed { session: *session }));
            }
            books.gateway.close(*session, self.time());
        }
        let device = custodian.device()?;
        let signer = self.signer(custodian.keys.did, &device.public())?;
        let anchor = books.gateway.anchor().ok_or(CliError::NotTaken)?;
        let draft = signer.draft(Operation::AnchorLogs { anchor: anchor.clone() });
        let recorded = self.record(&draft, device, Vec::new())?;
        books.gateway.confirm(&anchor);
        books.save()?;
        for (session, state) in &states {
            let all = u8::try_from(state.request.custodians.len()).unwrap_or(u8::MAX);
            let closed = (0..all).map(|place| self.is_closed(*session, place));
            if closed.collect::<Result<Vec<_>, _>>()?.iter().all(|closed| *closed) {
                self.keys.forget_session(&state.request.key)?;
            }
        }
        Ok(recorded)
    }

    fn is_closed(&self, session: SessionId, place: u8) -> Result<bool, Failure> {
        let head = self.host.read::<HeadState>(&Address::SessionLog(session, place))?;
        Ok(head.is_some_and(|head| head.closed))
    }
}

impl From<WalletError> for Failure {
    fn from(error: WalletError) -> Self {
        Self::refused(&error)
    }
}

impl From<GatewayError> for Failure {
    fn from(error: GatewayError) -> Self {
        match &error {
            GatewayError::Gap(_) | GatewayError::Light(_) | GatewayError::Codec(_) => {
                Self::bad_input(&error, None)
            }
            GatewayError::NoDecision(_) | GatewayError::Access(_) | GatewayError::Release(_) => {
                Self::refused(&error)
            }
        }
    }
}

impl From<ReleaseFault> for Failure {
    fn from(error: ReleaseFault) -> Self {
        match &error {
            ReleaseFault::Release(_) => Self::refused(&error),
            ReleaseFault::Light(_) | ReleaseFault::Codec(_) | ReleaseFault::Seal(_) => {
                Self::bad_input(&error, None)
            }
        }
    }
}

impl From<ReleaseError> for Failure {
    fn from(error: ReleaseError) -> Self {
        Self::refused(&error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gateways_log_at_the_same_time_is_all_on_record() {
        const EACH: u8 = 8;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("gateway").join("logs");
        let open = || Books::open(&path, Did([1; 32]), SecretKey::from_seed([1; 32])).ok().unwrap();
        std::thread::scope(|scope| {
            for of in 0..4 {
                let open = &open;
                scope.spawn(move || {
                    for n in 0..EACH {
                        let mut books = open();
                        books.gateway.close(SessionId([of * EACH + n; 32]), Timestamp(1));
                        books.save().ok().unwrap();
                    }
                });
            }
        });
        assert_eq!(open().gateway.keep().sessions.len(), 4 * usize::from(EACH));
    }
}
