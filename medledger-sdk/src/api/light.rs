//! Checking with nothing but a genesis: headers, receipts, proof files, logs that are provably all, parts of the state.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::chain::Genesis;
use medledger_core::identity::did_to_text;
use medledger_core::light::{Anchored, LogProof, Receipt, Verifier};
use medledger_core::limits::{GENESIS, PROOF};
use medledger_core::state::{self, ProvenState as State};
use medledger_core::units::Millis;

use super::consent::Consent;
use super::draft::{Draft, Sender};
use super::error::{Error, unread};
use super::identities::key_of;
use super::identity::Identity;
use super::logs::{AccessLog, AuthorityLog, ReceiptSummary, Timeline};
use super::parse;
use super::proof::{ProofReport, ProvenExport, ProvenRecord};
use super::reading::{self, there};
use super::terms::{Terms, consent_of};
use super::units::{Count, Time};
use crate::certified::CertifiedState;
use crate::proof::{self, reaches};
use crate::wallet::WholeLog;

/// A header, as far as people look at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeaderSummary {
    /// The height.
    pub height: Count,
    /// Its time.
    pub time: Time,
    /// Its hash, which commits to everything up to this height.
    pub app_root: String,
    /// The root of the state.
    pub state_root: String,
}

impl From<&Anchored> for HeaderSummary {
    fn from(anchored: &Anchored) -> Self {
        Self {
            height: Count(anchored.header.height.0),
            time: anchored.header.time.into(),
            app_root: anchored.hash.to_string(),
            state_root: anchored.header.state_root.to_string(),
        }
    }
}

/// A reader that holds no chain: a genesis, the time, and the newest header that it has satisfied itself of. Whatever is
/// shown to it afterwards must reach at least as far.
#[derive(Debug)]
pub struct LightClient {
    verifier: Verifier,
    seen: Option<Anchored>,
}

impl LightClient {
    /// What others of this library check with.
    #[cfg(feature = "seal")]
    pub(super) const fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    /// A reader that trusts a genesis, at a time.
    ///
    /// # Errors
    /// COD, IDN and CHN rules for bytes that are no sound genesis.
    pub fn new(genesis: &[u8], now: Time) -> Result<Self, Error> {
        let genesis: Genesis = parse::wire(genesis, &GENESIS)?;
        Ok(Self { verifier: Verifier::new(&genesis, now.into())?, seen: None })
    }

    /// The ledger's id.
    #[must_use]
    pub fn chain(&self) -> String {
        self.verifier.chain().to_string()
    }

    /// Tells it the time, by which headers from the future are noticed.
    pub fn set_time(&mut self, now: Time) {
        self.verifier = self.verifier.at(now.into());
    }

    /// Satisfies itself of a header with its evidence, and demands from now on that what is shown reaches this far.
    ///
    /// # Errors
    /// LGT and CHN rules for a header that is not final, LGT-050 and LGT-051 for one that is older than, or beside, what it has
    /// seen.
    pub fn trust(&mut self, header: &[u8]) -> Result<HeaderSummary, Error> {
        let anchored = proof::header(header, &self.verifier)?;
        self.reaches(&anchored)?;
        self.verifier.remember(&anchored);
        let summary = HeaderSummary::from(&anchored);
        self.seen = Some(anchored);
        Ok(summary)
    }

    /// The newest header that it has satisfied itself of.
    #[must_use]
    pub fn newest(&self) -> Option<HeaderSummary> {
        self.seen.as_ref().map(HeaderSummary::from)
    }

    /// Checks a file: one record's receipt, or an export. A file that does not hold is no error but a report with its fault.
    #[must_use]
    pub fn check_file(&self, file: &[u8]) -> ProofReport {
        (&proof::check(file, &self.verifier, self.seen.as_ref())).into()
    }

    /// What one record's receipt shows, once it holds.
    ///
    /// # Errors
    /// The rule that the receipt breaks.
    pub fn read_record(&self, file: &[u8]) -> Result<ProvenRecord, Error> {
        let report = proof::check(file, &self.verifier, self.seen.as_ref());
        if let Some(fault) = report.fault {
            return Err(fault.into());
        }
        Ok((&there("record in this file", "(it is an export)", report.record)?).into())
    }

    /// What an export shows, once it holds.
    ///
    /// # Errors
    /// The rule that the export breaks.
    pub fn read_export(&self, file: &[u8]) -> Result<ProvenExport, Error> {
        let report = proof::check(file, &self.verifier, self.seen.as_ref());
        if let Some(fault) = report.fault {
            return Err(fault.into());
        }
        Ok((&there("export in this file", "(it is a receipt)", report.export)?).into())
    }

    /// What the receipt of one event shows, once it holds.
    ///
    /// # Errors
    /// The rule that the receipt breaks.
    pub fn read_receipt(&self, receipt: &[u8]) -> Result<ReceiptSummary, Error> {
        let receipt: Receipt = parse::wire(receipt, &PROOF)?;
        let anchored = receipt.check(&self.verifier)?;
        self.reaches(&anchored)?;
        Ok(ReceiptSummary::new(&receipt, Count(anchored.header.height.0)))
    }

    /// A timeline, which is provably all of it.
    ///
    /// # Errors
    /// The rule that the proof breaks.
    pub fn read_timeline(&self, proof: &[u8]) -> Result<Timeline, Error> {
        let (subject, log) = self.whole(proof, state::LogKind::Timeline)?;
        Ok(Timeline::new(subject, &log))
    }

    /// An access log, which is provably all of it; sessions stand as of the reader's time.
    ///
    /// # Errors
    /// The rule that the proof breaks.
    pub fn read_access_log(&self, proof: &[u8]) -> Result<AccessLog, Error> {
        let (subject, log) = self.whole(proof, state::LogKind::Access)?;
        Ok(AccessLog::new(subject, &log, self.verifier.now()))
    }

    /// An authority log, which is provably all of it.
    ///
    /// # Errors
    /// The rule that the proof breaks.
    pub fn read_authority_log(&self, proof: &[u8]) -> Result<AuthorityLog, Error> {
        let (subject, log) = self.whole(proof, state::LogKind::Authority)?;
        Ok(AuthorityLog::new(subject, &log))
    }

    /// A part of the state, which says of what it covers whether it is there and what it is, and nothing of the rest.
    ///
    /// # Errors
    /// The rule that the proof breaks.
    pub fn read_state(&self, proof: &[u8]) -> Result<ProvenState, Error> {
        let proof: CertifiedState = parse::wire(proof, &PROOF)?;
        let (anchored, state) = proof.check(&self.verifier)?;
        self.reaches(&anchored)?;
        Ok(ProvenState { anchored, state })
    }

    fn whole(&self, proof: &[u8], kind: state::LogKind) -> Result<(String, WholeLog), Error> {
        let (anchored, LogProof { subject, leaves, .. }) = self.log(proof, kind)?;
        Ok((did_to_text(&subject), WholeLog { height: anchored.header.height, leaves }))
    }

    /// A log that its proof shows to be whole, and the header that vouches for it.
    pub(super) fn log(&self, proof: &[u8], kind: state::LogKind) -> Result<(Anchored, LogProof), Error> {
        let proof: LogProof = parse::wire(proof, &PROOF)?;
        let anchored = proof.check(&self.verifier, kind)?;
        self.reaches(&anchored)?;
        Ok((anchored, proof))
    }

    fn reaches(&self, anchored: &Anchored) -> Result<(), Error> {
        Ok(self.seen.as_ref().map_or(Ok(()), |seen| reaches(anchored, seen))?)
    }
}

/// A part of a ledger's state, proven under one header. Of what it does not cover it says nothing: API-008, never "not there".
#[derive(Debug)]
pub struct ProvenState {
    anchored: Anchored,
    state: State,
}

impl ProvenState {
    /// What others of this library read.
    #[cfg(feature = "wallet")]
    pub(super) const fn read(&self) -> &State {
        &self.state
    }

    /// The header that it stands under.
    #[must_use]
    pub fn header(&self) -> HeaderSummary {
        (&self.anchored).into()
    }

    /// An identity with its live keys; null where there is provably none.
    ///
    /// # Errors
    /// API-002 for what is no DID, API-008 where the proof does not cover it.
    pub fn identity(&self, did: &str) -> Result<Option<Identity>, Error> {
        reading::identity(&self.state, parse::did("did", did)?).map_err(|error| unread("identity", &error))
    }

    /// An identity as the ledger holds it: what a rotation names.
    ///
    /// # Errors
    /// API-002 for what is no DID, API-007 where there is none, API-008 where the proof does not cover it.
    pub fn control(&self, did: &str) -> Result<Vec<u8>, Error> {
        let control = reading::control(&self.state, parse::did("did", did)?);
        reading::control_bytes(control.map_err(|error| unread("identity", &error))?, did)
    }

    /// All active consents of a subject, in the order of their slots, as they stand at a time.
    ///
    /// # Errors
    /// API-002 for what is no DID, API-008 where the proof does not cover each of them.
    pub fn consents(&self, subject: &str, now: Time) -> Result<Vec<Consent>, Error> {
        let subject = parse::did("subject", subject)?;
        reading::consents(&self.state, subject, now.into()).map_err(|error| unread("consent", &error))
    }

    /// Whoever is to sign with a key, with the key's next counter, valid for some milliseconds.
    ///
    /// # Errors
    /// API-002 for what is none, API-008 where the proof does not cover the key's use.
    pub fn sender(&self, did: &str, key: &str, now: Time, valid_for: u64) -> Result<Sender, Error> {
        let who = (parse::did("did", did)?, key_of("key", key)?);
        let when = (now.into(), Millis(valid_for));
        let sender = reading::sender(&self.state, self.anchored.header.chain, who, when);
        let sender = sender.map_err(|error| unread("use of the key", &error))?;
        Ok((&there("time after", &valid_for.to_string(), sender)?).into())
    }

    /// A new consent in the lowest slot that is free or whose consent has ended, for the patient to sign.
    ///
    /// # Errors
    /// CON and WAL rules for terms that can't stand, WAL-001 where all slots are taken, API-008 where the proof does not cover
    /// the slots.
    pub fn grant(&self, patient: &Sender, terms: &Terms, now: Time) -> Result<Draft, Error> {
        reading::grant(&self.state, patient, terms, now.into())?.map_err(|error| unread("slot", &error))
    }

    /// New terms for a consent in its current version, for its patient to sign.
    ///
    /// # Errors
    /// CON and WAL rules for terms that can't stand and consents that are over, API-008 where the proof does not cover it.
    pub fn amend(&self, patient: &Sender, consent: &str, terms: &Terms, now: Time) -> Result<Draft, Error> {
        let consent = consent_of("consent", consent)?;
        reading::amend(&self.state, patient, (consent, terms), now.into())?
            .map_err(|error| unread("consent", &error))
    }
}

/// Checks a file with nothing but a genesis, at a time: one record's receipt, or an export. `at_least` is a header with
/// evidence that the reader demands the file to reach. A file that does not hold is no error but a report with its fault.
///
/// # Errors
/// COD, IDN and CHN rules for a genesis that is none, LGT rules for a header that is none.
pub fn check_proof(
    file: &[u8],
    genesis: &[u8],
    now: Time,
    at_least: Option<&[u8]>,
) -> Result<ProofReport, Error> {
    let mut client = LightClient::new(genesis, now)?;
    if let Some(header) = at_least {
        client.trust(header)?;
    }
    Ok(client.check_file(file))
}
