//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{Give, Held, MedledgerError, Time, answer, argument, together, value};

value! {
    /// A header, as far as people look at it.
    HeaderSummary = medledger_sdk::api::light::HeaderSummary {
        /// The height.
        height: u64,
        /// Its time.
        time: Time,
        /// Its hash, which commits to everything up to this height.
        app_root: String,
        /// The root of the state.
        state_root: String,
    }
}

/// A reader that holds no chain: a genesis, the time, and the newest header that it has satisfied itself of. Whatever is
/// shown to it afterwards must reach at least as far.
#[derive(uniffi::Object)]
pub struct LightClient {
    pub(super) held: Held<medledger_sdk::api::light::LightClient>,
}

impl Give<Arc<LightClient>> for medledger_sdk::api::light::LightClient {
    fn give(self) -> Arc<LightClient> {
        Arc::new(LightClient { held: Held::new(self, "light client") })
    }
}

#[uniffi::export]
impl LightClient {
    /// A reader that trusts a genesis, at a time.
    ///
    /// Errors: COD, IDN and CHN rules for bytes that are no sound genesis.
    #[uniffi::constructor]
    pub fn new(genesis: Vec<u8>, now: Time) -> Result<Arc<crate::LightClient>, MedledgerError> {
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        answer(medledger_sdk::api::light::LightClient::new(&genesis, now))
    }

    /// The ledger's id.
    pub fn chain(&self) -> Result<String, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.chain().give())
    }

    /// Tells it the time, by which headers from the future are noticed.
    pub fn set_time(&self, now: Time) -> Result<(), MedledgerError> {
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        let mut held = together(|| self.held.exclusive())?;
        held.set_time(now);
        Ok(())
    }

    /// Satisfies itself of a header with its evidence, and demands from now on that what is shown reaches this far.
    ///
    /// Errors: LGT and CHN rules for a header that is not final, LGT-050 and LGT-051 for one that is older than, or beside, what it has
    /// seen.
    pub fn trust(&self, header: Vec<u8>) -> Result<crate::HeaderSummary, MedledgerError> {
        let mut held = together(|| self.held.exclusive())?;
        answer(held.trust(&header))
    }

    /// The newest header that it has satisfied itself of.
    pub fn newest(&self) -> Result<Option<crate::HeaderSummary>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.newest().give())
    }

    /// Checks a file: one record's receipt, or an export. A file that does not hold is no error but a report with its fault.
    pub fn check_file(&self, file: Vec<u8>) -> Result<crate::ProofReport, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.check_file(&file).give())
    }

    /// What one record's receipt shows, once it holds.
    ///
    /// Errors: The rule that the receipt breaks.
    pub fn read_record(&self, file: Vec<u8>) -> Result<crate::ProvenRecord, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.read_record(&file))
    }

    /// What an export shows, once it holds.
    ///
    /// Errors: The rule that the export breaks.
    pub fn read_export(&self, file: Vec<u8>) -> Result<crate::ProvenExport, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.read_export(&file))
    }

    /// What the receipt of one event shows, once it holds.
    ///
    /// Errors: The rule that the receipt breaks.
    pub fn read_receipt(&self, receipt: Vec<u8>) -> Result<crate::ReceiptSummary, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.read_receipt(&receipt))
    }

    /// A timeline, which is provably all of it.
    ///
    /// Errors: The rule that the proof breaks.
    pub fn read_timeline(&self, proof: Vec<u8>) -> Result<crate::Timeline, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.read_timeline(&proof))
    }

    /// An access log, which is provably all of it; sessions stand as of the reader's time.
    ///
    /// Errors: The rule that the proof breaks.
    pub fn read_access_log(&self, proof: Vec<u8>) -> Result<crate::AccessLog, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.read_access_log(&proof))
    }

    /// An authority log, which is provably all of it.
    ///
    /// Errors: The rule that the proof breaks.
    pub fn read_authority_log(&self, proof: Vec<u8>) -> Result<crate::AuthorityLog, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.read_authority_log(&proof))
    }

    /// A part of the state, which says of what it covers whether it is there and what it is, and nothing of the rest.
    ///
    /// Errors: The rule that the proof breaks.
    pub fn read_state(&self, proof: Vec<u8>) -> Result<Arc<crate::ProvenState>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.read_state(&proof))
    }
}

/// A part of a ledger's state, proven under one header. Of what it does not cover it says nothing: API-008, never "not there".
#[derive(uniffi::Object)]
pub struct ProvenState {
    pub(super) held: Held<medledger_sdk::api::light::ProvenState>,
}

impl Give<Arc<ProvenState>> for medledger_sdk::api::light::ProvenState {
    fn give(self) -> Arc<ProvenState> {
        Arc::new(ProvenState { held: Held::new(self, "proven state") })
    }
}

#[uniffi::export]
impl ProvenState {
    /// The header that it stands under.
    pub fn header(&self) -> Result<crate::HeaderSummary, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.header().give())
    }

    /// An identity with its live keys; null where there is provably none.
    ///
    /// Errors: API-002 for what is no DID, API-008 where the proof does not cover it.
    pub fn identity(&self, did: String) -> Result<Option<crate::Identity>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.identity(&did))
    }

    /// An identity as the ledger holds it: what a rotation names.
    ///
    /// Errors: API-002 for what is no DID, API-007 where there is none, API-008 where the proof does not cover it.
    pub fn control(&self, did: String) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.control(&did))
    }

    /// All active consents of a subject, in the order of their slots, as they stand at a time.
    ///
    /// Errors: API-002 for what is no DID, API-008 where the proof does not cover each of them.
    pub fn consents(&self, subject: String, now: Time) -> Result<Vec<crate::Consent>, MedledgerError> {
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        let held = together(|| self.held.shared())?;
        answer(held.consents(&subject, now))
    }

    /// Whoever is to sign with a key, with the key's next counter, valid for some milliseconds.
    ///
    /// Errors: API-002 for what is none, API-008 where the proof does not cover the key's use.
    pub fn sender(
        &self,
        did: String,
        key: String,
        now: Time,
        valid_for: u64,
    ) -> Result<crate::Sender, MedledgerError> {
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        let held = together(|| self.held.shared())?;
        answer(held.sender(&did, &key, now, valid_for))
    }

    /// A new consent in the lowest slot that is free or whose consent has ended, for the patient to sign.
    ///
    /// Errors: CON and WAL rules for terms that can't stand, WAL-001 where all slots are taken, API-008 where the proof does not cover
    /// the slots.
    pub fn grant(
        &self,
        patient: crate::Sender,
        terms: crate::Terms,
        now: Time,
    ) -> Result<Arc<crate::Draft>, MedledgerError> {
        let patient: medledger_sdk::api::draft::Sender = argument(patient, "patient")?;
        let terms: medledger_sdk::api::terms::Terms = argument(terms, "terms")?;
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        let held = together(|| self.held.shared())?;
        answer(held.grant(&patient, &terms, now))
    }

    /// New terms for a consent in its current version, for its patient to sign.
    ///
    /// Errors: CON and WAL rules for terms that can't stand and consents that are over, API-008 where the proof does not cover it.
    pub fn amend(
        &self,
        patient: crate::Sender,
        consent: String,
        terms: crate::Terms,
        now: Time,
    ) -> Result<Arc<crate::Draft>, MedledgerError> {
        let patient: medledger_sdk::api::draft::Sender = argument(patient, "patient")?;
        let terms: medledger_sdk::api::terms::Terms = argument(terms, "terms")?;
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        let held = together(|| self.held.shared())?;
        answer(held.amend(&patient, &consent, &terms, now))
    }
}

/// Checks a file with nothing but a genesis, at a time: one record's receipt, or an export. `atLeast` is a header with
/// evidence that the reader demands the file to reach. A file that does not hold is no error but a report with its fault.
///
/// Errors: COD, IDN and CHN rules for a genesis that is none, LGT rules for a header that is none.
#[uniffi::export(default(at_least = None))]
pub fn check_proof(
    file: Vec<u8>,
    genesis: Vec<u8>,
    now: Time,
    at_least: Option<Vec<u8>>,
) -> Result<crate::ProofReport, MedledgerError> {
    let now: medledger_sdk::api::Time = argument(now, "now")?;
    answer(medledger_sdk::api::light::check_proof(&file, &genesis, now, at_least.as_deref()))
}
