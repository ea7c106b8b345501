//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{Give, Held, MedledgerError, Time, answer, argument, entropy, together, value};

value! {
    /// What somebody asks to look at. Lists need no order.
    SessionAsk = medledger_sdk::api::requester::SessionAsk {
        /// Whose records.
        subject: String,
        /// For which organisation.
        #[uniffi(default = None)]
        organisation: Option<String>,
        /// The credentials that give the requester's roles.
        #[uniffi(default = [])]
        credentials: Vec<String>,
        /// Who is to release.
        #[uniffi(default = [])]
        custodians: Vec<String>,
        /// The consent that it stands on; null for a legal ground.
        #[uniffi(default = None)]
        consent: Option<String>,
        /// That consent's version.
        #[uniffi(default = None)]
        consent_version: Option<String>,
        /// The registered legal ground that it stands on; null for a consent.
        #[uniffi(default = None)]
        legal_ground: Option<String>,
        /// What is to be done (FHIR `consentaction`).
        action: String,
        /// What for (HL7 v3 PurposeOfUse).
        purpose: String,
        /// Resource types; an empty list is all.
        #[uniffi(default = [])]
        types: Vec<String>,
        /// Categories; an empty list is all.
        #[uniffi(default = [])]
        categories: Vec<crate::Coding>,
        /// When it happened; null for whenever.
        #[uniffi(default = None)]
        period: Option<crate::Interval>,
        /// Until when; at most 12 hours.
        until: Time,
    }
}

value! {
    /// What a custodian answered to a request for a record.
    ReleaseSummary = medledger_sdk::api::requester::ReleaseSummary {
        /// What it is. Why something is denied is for the patient and the auditor.
        effect: crate::Effect,
        /// Under which session.
        session: String,
        /// Which record.
        record: String,
        /// Who released it; null for a denial.
        #[uniffi(default = None)]
        custodian: Option<String>,
    }
}

/// A practitioner, or whoever else asks to look: a device key, and for each session a fresh secret that releases are
/// encrypted to. Its secrets are overwritten when it is closed.
#[derive(uniffi::Object)]
pub struct Requester {
    pub(super) held: Held<medledger_sdk::api::requester::Requester>,
}

impl Give<Arc<Requester>> for medledger_sdk::api::requester::Requester {
    fn give(self) -> Arc<Requester> {
        Arc::new(Requester { held: Held::new(self, "requester") })
    }
}

#[uniffi::export]
impl Requester {
    /// A requester that has asked for nothing yet.
    ///
    /// Errors: API-002 for what is no DID.
    #[uniffi::constructor]
    pub fn new(did: String, device: Arc<crate::Key>) -> Result<Arc<crate::Requester>, MedledgerError> {
        let device_held = together(|| device.held.shared())?;
        answer(medledger_sdk::api::requester::Requester::new(&did, &device_held))
    }

    /// Asks for a session, under a fresh key whose secret it keeps. On a legal ground each custodian approves the draft.
    ///
    /// Errors: API-001 and API-002 for what is none.
    pub fn ask(
        &self,
        sender: crate::Sender,
        ask: crate::SessionAsk,
    ) -> Result<Arc<crate::Draft>, MedledgerError> {
        let sender: medledger_sdk::api::draft::Sender = argument(sender, "sender")?;
        let ask: medledger_sdk::api::requester::SessionAsk = argument(ask, "ask")?;
        let mut rng = entropy();
        let mut held = together(|| self.held.exclusive())?;
        answer(held.ask(&sender, &ask, &mut rng))
    }

    /// Asks one of a session's custodians for a record: what is sent to its gateway, signed, and answered once.
    ///
    /// Errors: API-002 for what is none.
    pub fn request(
        &self,
        session: Arc<crate::OpenedSession>,
        custodian: String,
        record: String,
    ) -> Result<Vec<u8>, MedledgerError> {
        let mut rng = entropy();
        let (held, session_held) = together(|| Ok((self.held.shared()?, session.held.shared()?)))?;
        answer(held.request(&session_held, &custodian, &record, &mut rng))
    }

    /// Opens what a custodian released: it is the record that the ledger knows, and the session's subject's.
    ///
    /// Errors: GTW-041 to GTW-046 for what does not open, API-007 for a denial.
    pub fn open(
        &self,
        client: Arc<crate::LightClient>,
        session: Arc<crate::OpenedSession>,
        release: Vec<u8>,
    ) -> Result<Arc<crate::ReleasedRecord>, MedledgerError> {
        let (held, client_held, session_held) =
            together(|| Ok((self.held.shared()?, client.held.shared()?, session.held.shared()?)))?;
        answer(held.open(&client_held, &session_held, &release))
    }
}

/// A session that was opened, as its receipt shows.
#[derive(uniffi::Object)]
pub struct OpenedSession {
    pub(super) held: Held<medledger_sdk::api::requester::OpenedSession>,
}

impl Give<Arc<OpenedSession>> for medledger_sdk::api::requester::OpenedSession {
    fn give(self) -> Arc<OpenedSession> {
        Arc::new(OpenedSession { held: Held::new(self, "opened session") })
    }
}

#[uniffi::export]
impl OpenedSession {
    /// A session from its receipt.
    ///
    /// Errors: LGT rules for a receipt that does not hold, GTW-044 for one of something else.
    #[uniffi::constructor]
    pub fn from_receipt(
        receipt: Vec<u8>,
        client: Arc<crate::LightClient>,
    ) -> Result<Arc<crate::OpenedSession>, MedledgerError> {
        let client_held = together(|| client.held.shared())?;
        answer(medledger_sdk::api::requester::OpenedSession::from_receipt(&receipt, &client_held))
    }

    /// Its id.
    pub fn id(&self) -> Result<String, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.id().give())
    }

    /// The first millisecond after it, at the latest.
    pub fn not_after(&self) -> Result<Time, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.not_after().give())
    }
}

/// A record that was released and opened. Overwritten when it is closed.
#[derive(uniffi::Object)]
pub struct ReleasedRecord {
    pub(super) held: Held<medledger_sdk::api::requester::ReleasedRecord>,
}

impl Give<Arc<ReleasedRecord>> for medledger_sdk::api::requester::ReleasedRecord {
    fn give(self) -> Arc<ReleasedRecord> {
        Arc::new(ReleasedRecord { held: Held::new(self, "released record") })
    }
}

#[uniffi::export]
impl ReleasedRecord {
    /// What the ledger says of it.
    pub fn proven(&self) -> Result<crate::ProvenRecord, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.proven().give())
    }

    /// Its facts.
    pub fn facts(&self) -> Result<crate::Facts, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.facts().give())
    }

    /// What was committed to.
    pub fn content(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.content().give())
    }

    /// The bytes as the custodian received them.
    pub fn original(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.original().give())
    }
}

/// What a custodian's answer says to whoever can't open it.
///
/// Errors: COD rules for bytes that are no answer.
#[uniffi::export]
pub fn read_release(release: Vec<u8>) -> Result<crate::ReleaseSummary, MedledgerError> {
    answer(medledger_sdk::api::requester::read_release(&release))
}
