//! The requester: a practitioner, or whoever else asks to look. It holds its own device key and, for each session, a
//! fresh secret that releases are encrypted to.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use rand_core::CryptoRng;

use medledger_core::access::{AccessEntry, Scope, SessionBasis, SessionRequest, SessionState};
use medledger_core::crypto::{AgreementKey, AgreementKeyBytes, SecretKey};
use medledger_core::hash::{CredentialId, Did, KeyId, RecordId, SessionId};
use medledger_core::light::{ProvenRecord, Receipt, Verifier};
use medledger_core::operation::{Draft, Operation, Signed};
use medledger_core::record::Opening;
use medledger_core::record::commitment::Content;
use medledger_core::state::LogEntry;
use medledger_core::units::Timestamp;

use super::agreement::AgreementSecret;
use super::draft::{Sender, sign};
use super::release::{
    Binding, Release, ReleaseAsk, ReleaseError, ReleaseFault, ReleaseRequest, SignedAsk, open,
};
use super::seal::{self, RecordKey};
use super::signer::SigningError;

/// What a requester asks for. Lists need no order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Whose records.
    pub subject: Did,
    /// For which organisation.
    pub organisation: Option<Did>,
    /// The credentials that give the requester's roles.
    pub credentials: Vec<CredentialId>,
    /// Who is to release.
    pub custodians: Vec<Did>,
    /// On what ground.
    pub basis: SessionBasis,
    /// What is to be done (FHIR `consentaction`).
    pub action: String,
    /// What for (HL7 v3 PurposeOfUse).
    pub purpose: String,
    /// With what.
    pub scope: Scope,
    /// Until when; at most 12 hours.
    pub until: Timestamp,
}

/// A session that was opened, as its receipt shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedSession {
    /// Its id.
    pub session: SessionId,
    /// The session.
    pub state: SessionState,
    /// Its receipt.
    pub receipt: Receipt,
}

/// A record that was released.
#[derive(Clone, Debug)]
pub struct Released {
    /// What the ledger says of it.
    pub record: ProvenRecord,
    /// Canonical content, facts and salts: checked against the ledger's commitments.
    pub opening: Opening,
    /// The bytes as the custodian received them.
    pub original: Content,
}

/// The key of a record that was released, to open the sealed record with.
#[derive(Clone, Debug)]
pub struct ReleasedKey {
    /// What the ledger says of the record.
    pub record: ProvenRecord,
    /// Its key: whether it is the key of a sealed record shows when that is opened.
    pub key: RecordKey,
}

/// A requester with its secrets.
#[derive(Debug)]
pub struct Requester {
    did: Did,
    key: SecretKey,
    secrets: BTreeMap<AgreementKeyBytes, AgreementSecret>,
}

impl Requester {
    /// A requester that has asked for nothing yet.
    #[must_use]
    pub const fn new(did: Did, key: SecretKey) -> Self {
        Self { did, key, secrets: BTreeMap::new() }
    }

    /// Who it is.
    #[must_use]
    pub const fn did(&self) -> Did {
        self.did
    }

    /// A session request, for a fresh key whose secret the requester keeps. On a legal ground each custodian approves
    /// the draft.
    pub fn ask(&mut self, signer: &Sender, ask: Ask, rng: &mut impl CryptoRng) -> Draft {
        let key = self.keep(AgreementSecret::draw(rng));
        let Ask { subject, organisation, basis, action, purpose, until, .. } = ask;
        let Scope { types, categories, period } = ask.scope;
        let request = SessionRequest {
            subject,
            organisation,
            credentials: set(ask.credentials),
            custodians: set(ask.custodians),
            basis,
            action,
            purpose,
            scope: Scope { types: set(types), categories: set(categories), period },
            key,
            until,
        };
        signer.draft(Operation::OpenSession { request })
    }

    /// Takes the secret of a session that was asked for elsewhere; gives the public half.
    pub fn keep(&mut self, secret: AgreementSecret) -> AgreementKey {
        let key = secret.public();
        let AgreementKey::X25519 { bytes } = key;
        self.secrets.insert(bytes, secret);
        key
    }

    /// The secret of a session, to be kept until its releases are opened.
    #[must_use]
    pub fn secret(&self, key: &AgreementKey) -> Option<&AgreementSecret> {
        let AgreementKey::X25519 { bytes } = key;
        self.secrets.get(bytes)
    }

    /// Forgets a session's secret: what was released under it can't be opened again.
    pub fn forget(&mut self, key: &AgreementKey) {
        let AgreementKey::X25519 { bytes } = key;
        self.secrets.remove(bytes);
    }

    /// Signs a draft.
    ///
    /// # Errors
    /// [`SigningError`].
    pub fn sign(&self, draft: &Draft) -> Result<Signed, SigningError> {
        sign(draft, &self.key)
    }

    /// Asks one of a session's custodians for a record, under a nonce of its own.
    ///
    /// # Errors
    /// [`SigningError`].
    pub fn request(
        &self,
        session: &OpenedSession,
        (custodian, record): (Did, RecordId),
        rng: &mut impl CryptoRng,
    ) -> Result<ReleaseRequest, SigningError> {
        let ask = session.ask(custodian, record, self.key.public().id(), rng);
        Ok(session.request(ask.sign(&session.receipt.header.chain, &self.key)?))
    }

    /// Opens a release under a session: what it holds is the record that the ledger knows, and the session's subject's.
    ///
    /// # Errors
    /// [`ReleaseFault`].
    pub fn open(
        &self,
        verifier: &Verifier,
        session: &OpenedSession,
        release: &Release,
    ) -> Result<Released, ReleaseFault> {
        if release.session != session.session {
            return Err(ReleaseError::AnotherSession { session: release.session }.into());
        }
        let missing = ReleaseError::NoSecret { session: session.session };
        let secret = self.secret(&session.state.request.key).ok_or(missing)?;
        session.open(secret, verifier, release)
    }
}

impl OpenedSession {
    /// A session from its receipt.
    ///
    /// # Errors
    /// [`ReleaseError::NotASession`], and what is wrong with the receipt.
    pub fn from_receipt(receipt: Receipt, verifier: &Verifier) -> Result<Self, ReleaseFault> {
        receipt.check(verifier)?;
        match &receipt.event.leaf.entry {
            LogEntry::Access { entry: AccessEntry::Opened { session, state } }
                if state.request.subject == receipt.event.subject =>
            {
                Ok(Self { session: *session, state: state.clone(), receipt })
            }
            _ => Err(ReleaseError::NotASession.into()),
        }
    }

    /// Opens a release with the session's secret, which is all that it takes, and the record in it.
    ///
    /// # Errors
    /// [`ReleaseFault`].
    pub fn open(
        &self,
        secret: &AgreementSecret,
        verifier: &Verifier,
        release: &Release,
    ) -> Result<Released, ReleaseFault> {
        let ReleasedKey { mut record, key } = self.open_key(secret, verifier, release)?;
        let apart = ReleaseError::ContainerApart { record: record.record };
        let opened = seal::record::open(release.container.as_ref().ok_or(apart)?, &key, &record.commitments)?;
        record.opened = true;
        let original = Content::new(opened.original().to_vec());
        Ok(Released { record, opening: opened.opening, original })
    }

    /// The key of a record that was released. A sealed record that travels as a file of its own is opened with it, as the
    /// record with the commitments that the ledger holds: [`seal::Opener`].
    ///
    /// # Errors
    /// [`ReleaseFault`].
    pub fn open_key(
        &self,
        secret: &AgreementSecret,
        verifier: &Verifier,
        release: &Release,
    ) -> Result<ReleasedKey, ReleaseFault> {
        let Release { record, custodian, .. } = *release;
        if release.session != self.session {
            return Err(ReleaseError::AnotherSession { session: release.session }.into());
        }
        let binding = Binding { chain: *verifier.chain(), session: self.session, record, custodian };
        let key = open(secret, &binding, &release.encapsulated, &release.ciphertext)?;
        let proven = release.proof.check(verifier)?;
        if proven.record != record || proven.subject != self.state.request.subject {
            return Err(ReleaseError::AnotherRecord { record }.into());
        }
        Ok(ReleasedKey { record: proven, key })
    }

    /// What asks one of the session's custodians for a record, to be signed with a device key of the requester.
    pub fn ask(&self, custodian: Did, record: RecordId, key: KeyId, rng: &mut impl CryptoRng) -> ReleaseAsk {
        ReleaseAsk::draw((self.session, custodian, record), key, rng)
    }

    /// The request, once it is signed.
    #[must_use]
    pub fn request(&self, signed: SignedAsk) -> ReleaseRequest {
        ReleaseRequest { signed, receipt: self.receipt.clone() }
    }
}

fn set<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list
}
