//! What a patient does from day to day, with the key of one device: she grants, revokes and reads her logs.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use medledger_core::consent::{
    ConsentState, ConsentStatus, ConsentTerms, Grant, Replacement, Terms, TermsError,
};
use medledger_core::crypto::SecretKey;
use medledger_core::error::ReadError;
use medledger_core::hash::{ConsentId, ConsentVersion, Did, StateKey};
use medledger_core::light::{Anchored, LightError, LogProof, Verifier};
use medledger_core::limits::ACTIVE_CONSENTS;
use medledger_core::operation::{Draft, Operation, Signed};
use medledger_core::rules;
use medledger_core::state::{ActiveConsents, Address, LogKind, LogLeaf, Recorder, StateRead, read};
use medledger_core::units::{Height, Timestamp};
use medledger_core::validate::{ActiveConsent, active_consents};

use crate::access_log::{LoggedSession, sessions};
use crate::draft::{Sender, sign};
use crate::proof::{self, ProofFault, ProofReport, reaches};
use crate::signer::SigningError;

rules! {
    /// Why the wallet makes no draft, or does not take a list for what it claims to be.
    pub enum WalletFault: WAL {
        /// No slot is free.
        1 TooManyConsents { limit: u64 }:
            "a patient has at most 256 active consents",
            "all {limit} slots hold consents that are in force: revoke one first";
        /// A consent that is not hers.
        2 NotHerConsent { consent: ConsentId }:
            "a wallet amends and revokes its own patient's consents",
            "consent {consent} is not known, or not this patient's";
        /// A consent that is no longer in force.
        3 ConsentOver { consent: ConsentId }:
            "a consent that was revoked or has ended is granted anew, and not amended",
            "consent {consent} was revoked or has ended: grant it anew";
        /// Terms that end before they begin to count.
        4 EndsInThePast { until: Timestamp }:
            "a consent ends in the future",
            "the consent would end at {until}, which is past";
        /// Somebody else's log or export.
        5 NotHers { subject: Did }:
            "a wallet reads its own patient's logs and exports",
            "this is about identity {subject}, and not about this patient";
    }
}

/// Why the wallet makes no draft, or does not take a list for what it claims to be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WalletError {
    /// The wallet's own rules.
    #[error(transparent)]
    Wallet(#[from] WalletFault),
    /// Terms that the ledger would refuse.
    #[error(transparent)]
    Terms(#[from] TermsError),
    /// A log's proof.
    #[error(transparent)]
    Light(#[from] LightError),
    /// A log that ends before a header that was seen.
    #[error(transparent)]
    Proof(#[from] ProofFault),
}

medledger_core::coded!(WalletError { Wallet, Terms, Light, Proof });

/// One of the patient's logs, provably whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeLog {
    /// The height up to which these are all entries.
    pub height: Height,
    /// Its entries.
    pub leaves: Vec<LogLeaf>,
}

impl WholeLog {
    /// The sessions that an access log tells of, and who has closed them.
    #[must_use]
    pub fn sessions(&self) -> Vec<LoggedSession> {
        sessions(&self.leaves)
    }

    /// Whether every session is closed by each custodian that it names.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.sessions().iter().any(LoggedSession::is_unclosed)
    }
}

/// A patient's wallet, as far as one of her identities goes.
#[derive(Debug)]
pub struct Wallet {
    did: Did,
    key: SecretKey,
}

/// The keys that a wallet reads to find a free slot and its consents: what a node proves for it.
///
/// # Errors
/// [`ReadError`].
pub fn consent_keys<S: StateRead>(
    state: &S,
    subject: Did,
    consents: &[ConsentId],
) -> Result<BTreeSet<StateKey>, ReadError<S::Error>> {
    let recorder = Recorder::new(state);
    active_consents(&recorder, subject)?;
    let mut keys = recorder.keys();
    keys.extend(consents.iter().map(|consent| Address::Consent(*consent).key()));
    Ok(keys)
}

impl Wallet {
    /// The wallet of a patient.
    #[must_use]
    pub const fn new(did: Did, key: SecretKey) -> Self {
        Self { did, key }
    }

    /// Whose it is.
    #[must_use]
    pub const fn did(&self) -> Did {
        self.did
    }

    /// [`grant`], for this patient.
    ///
    /// # Errors
    /// As [`grant`].
    pub fn grant<S: StateRead>(
        &self,
        signer: &Sender,
        state: &S,
        terms: Terms,
        now: Timestamp,
    ) -> Result<Result<Draft, WalletError>, ReadError<S::Error>> {
        grant((self.did, signer), state, terms, now)
    }

    /// The consents that occupy a slot, in the order of the slots; some may have ended.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn consents<S: StateRead>(&self, state: &S) -> Result<Vec<ActiveConsent>, ReadError<S::Error>> {
        active_consents(state, self.did)
    }

    /// [`amend`], for this patient.
    ///
    /// # Errors
    /// As [`amend`].
    pub fn amend<S: StateRead>(
        &self,
        signer: &Sender,
        state: &S,
        consent: ConsentId,
        terms: Terms,
        now: Timestamp,
    ) -> Result<Result<Draft, WalletError>, ReadError<S::Error>> {
        amend((self.did, signer), state, consent, terms, now)
    }

    /// New terms for a consent, in place of this version.
    #[must_use]
    pub fn replace(
        &self,
        signer: &Sender,
        consent: ConsentId,
        replaces: ConsentVersion,
        terms: Terms,
    ) -> Draft {
        replace(signer, consent, replaces, terms)
    }

    /// Takes a consent back, in whatever version.
    #[must_use]
    pub const fn revoke(&self, signer: &Sender, consent: ConsentId) -> Draft {
        signer.draft(Operation::RevokeConsent { consent })
    }

    /// Signs a draft.
    ///
    /// # Errors
    /// [`SigningError`].
    pub fn sign(&self, draft: &Draft) -> Result<Signed, SigningError> {
        sign(draft, &self.key)
    }

    /// Reads one of her logs: these are all entries, for this identity, as recorded by the height of the
    /// header that vouches for them. `at_least` is
    /// a header that she has seen before; without one a log may end earlier than she knows.
    ///
    /// # Errors
    /// [`WalletError`].
    pub fn read_log(
        &self,
        proof: &LogProof,
        kind: LogKind,
        verifier: &Verifier,
        at_least: Option<&Anchored>,
    ) -> Result<(Anchored, WholeLog), WalletError> {
        if proof.subject != self.did {
            return Err(WalletFault::NotHers { subject: proof.subject }.into());
        }
        let anchored = proof.check(verifier, kind)?;
        if let Some(seen) = at_least {
            reaches(&anchored, seen)?;
        }
        let log = WholeLog { height: anchored.header.height, leaves: proof.leaves.clone() };
        Ok((anchored, log))
    }

    /// Checks an export of her own.
    ///
    /// # Errors
    /// [`WalletFault::NotHers`] for an export that holds, of somebody else.
    pub fn check_export(
        &self,
        bytes: &[u8],
        verifier: &Verifier,
        at_least: Option<&Anchored>,
    ) -> Result<ProofReport, WalletFault> {
        let report = proof::check(bytes, verifier, at_least);
        match report.export.as_ref().map(|export| export.subject) {
            Some(subject) if subject != self.did => Err(WalletFault::NotHers { subject }),
            _ => Ok(report),
        }
    }
}

/// A grant of a patient, in the lowest slot that is free or whose consent has ended. The state is a node's own or a proven
/// part of one: what is withheld of it is [`ReadError::Unproven`], and there is no draft.
///
/// # Errors
/// [`ReadError`]; the inner error is [`TermsError`], [`WalletFault::EndsInThePast`] or
/// [`WalletFault::TooManyConsents`].
pub fn grant<S: StateRead>(
    (did, signer): (Did, &Sender),
    state: &S,
    terms: Terms,
    now: Timestamp,
) -> Result<Result<Draft, WalletError>, ReadError<S::Error>> {
    if let Err(error) = check_terms(&terms, now) {
        return Ok(Err(error));
    }
    let Some(slot) = free_slot(did, state, now)? else {
        return Ok(Err(WalletFault::TooManyConsents { limit: ACTIVE_CONSENTS }.into()));
    };
    let grant = Grant { slot: u64::from(slot), terms: ConsentTerms::Open { terms } };
    Ok(Ok(signer.draft(Operation::GrantConsent { grant })))
}

fn free_slot<S: StateRead>(did: Did, state: &S, now: Timestamp) -> Result<Option<u8>, ReadError<S::Error>> {
    let active: ActiveConsents = read(state, &Address::ActiveConsents(did))?.unwrap_or_default();
    if let Some(slot) = active.lowest_free() {
        return Ok(Some(slot));
    }
    let consents = active_consents(state, did)?;
    let ended = consents.iter().find(|consent| consent.state.has_ended(now));
    Ok(ended.and_then(|consent| u8::try_from(consent.state.slot).ok()))
}

/// New terms for a consent of a patient, in place of the version that is current in this state.
///
/// # Errors
/// [`ReadError`]; the inner error is [`TermsError`], [`WalletFault::EndsInThePast`], [`WalletFault::NotHerConsent`] or
/// [`WalletFault::ConsentOver`].
pub fn amend<S: StateRead>(
    (did, signer): (Did, &Sender),
    state: &S,
    consent: ConsentId,
    terms: Terms,
    now: Timestamp,
) -> Result<Result<Draft, WalletError>, ReadError<S::Error>> {
    if let Err(error) = check_terms(&terms, now) {
        return Ok(Err(error));
    }
    let held: Option<ConsentState> = read(state, &Address::Consent(consent))?;
    let Some(held) = held.filter(|held| held.subject == did) else {
        return Ok(Err(WalletFault::NotHerConsent { consent }.into()));
    };
    if held.status == ConsentStatus::Revoked || held.has_ended(now) {
        return Ok(Err(WalletFault::ConsentOver { consent }.into()));
    }
    Ok(Ok(replace(signer, consent, held.current, terms)))
}

fn replace(signer: &Sender, consent: ConsentId, replaces: ConsentVersion, terms: Terms) -> Draft {
    let replacement = Replacement { consent, replaces, terms: ConsentTerms::Open { terms } };
    signer.draft(Operation::AmendConsent { replacement })
}

fn check_terms(terms: &Terms, now: Timestamp) -> Result<(), WalletError> {
    terms.check_open()?;
    let until = terms.period.until;
    if until <= now { Err(WalletFault::EndsInThePast { until }.into()) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
