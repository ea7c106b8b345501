//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{
    Give, Held, MedledgerError, Time, answer, argument, distinct, entropy, together, value,
};

value! {
    /// What came of a request for a record.
    #[uniffi::export(Eq, Hash)]
    GatewayAnswer = medledger_sdk::api::gateway::GatewayAnswer {
        /// What it is.
        effect: crate::Effect,
        /// What the requester is told.
        answer: Vec<u8>,
        /// Why nothing was released; for the patient and the auditor.
        #[uniffi(default = None)]
        refusal: Option<crate::Fault>,
        /// What the subject's consents said, where they were asked.
        #[uniffi(default = None)]
        decision: Option<crate::Answer>,
    }
}

/// A record that a custodian keeps: sealed, with its key, and the proof that it was anchored.
#[derive(uniffi::Object)]
pub struct HeldRecord {
    pub(super) held: Held<medledger_sdk::api::gateway::HeldRecord>,
}

impl Give<Arc<HeldRecord>> for medledger_sdk::api::gateway::HeldRecord {
    fn give(self) -> Arc<HeldRecord> {
        Arc::new(HeldRecord { held: Held::new(self, "held record") })
    }
}

#[uniffi::export]
impl HeldRecord {
    /// A record with the file that proves it; its key is unwrapped with the custodian's own agreement key.
    ///
    /// Errors: COD rules for a file that is none, API-007 for an export, SEA rules where nothing is wrapped to that key.
    #[uniffi::constructor]
    pub fn new(
        proof: Vec<u8>,
        sealed: Arc<crate::SealedRecord>,
        secret: Arc<crate::AgreementKey>,
        chain: String,
    ) -> Result<Arc<crate::HeldRecord>, MedledgerError> {
        let (sealed_held, secret_held) = together(|| Ok((sealed.held.shared()?, secret.held.shared()?)))?;
        answer(medledger_sdk::api::gateway::HeldRecord::new(&proof, &sealed_held, &secret_held, &chain))
    }
}

/// A custodian's gateway, with its session logs.
#[derive(uniffi::Object)]
pub struct Gateway {
    pub(super) held: Held<medledger_sdk::api::gateway::Gateway>,
}

impl Give<Arc<Gateway>> for medledger_sdk::api::gateway::Gateway {
    fn give(self) -> Arc<Gateway> {
        Arc::new(Gateway { held: Held::new(self, "gateway") })
    }
}

#[uniffi::export]
impl Gateway {
    /// A gateway that has judged nothing yet; the key is one of the custodian's devices.
    ///
    /// Errors: API-002 for what is no DID.
    #[uniffi::constructor]
    pub fn new(did: String, device: Arc<crate::Key>) -> Result<Arc<crate::Gateway>, MedledgerError> {
        let device_held = together(|| device.held.shared())?;
        answer(medledger_sdk::api::gateway::Gateway::new(&did, &device_held))
    }

    /// A gateway with the logs that it kept.
    ///
    /// Errors: COD rules for bytes that are none.
    #[uniffi::constructor]
    pub fn from_bytes(logs: Vec<u8>, device: Arc<crate::Key>) -> Result<Arc<crate::Gateway>, MedledgerError> {
        let device_held = together(|| device.held.shared())?;
        answer(medledger_sdk::api::gateway::Gateway::from_bytes(&logs, &device_held))
    }

    /// Its logs, to be kept after each answer: before anything is handed out.
    ///
    /// Errors: COD-013, which logs never give.
    pub fn to_bytes(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.to_bytes())
    }

    /// What a node is to prove of the state for a request.
    ///
    /// Errors: COD rules for a request that is none.
    #[uniffi::method(default(held = None))]
    pub fn question(
        &self,
        request: Vec<u8>,
        held: Option<Arc<crate::HeldRecord>>,
    ) -> Result<crate::AccessQuestion, MedledgerError> {
        let (held, held_held) =
            together(|| Ok((self.held.shared()?, held.as_ref().map(|one| one.held.shared()).transpose()?)))?;
        answer(held.question(&request, held_held.as_deref()))
    }

    /// Judges a request for a record, and releases it or refuses; either is an entry of the session's log. `proof` is what a
    /// node proves of the state, `held` the record where the custodian keeps it, and the client's time the gateway's own clock.
    ///
    /// Errors: GTW, LGT, ACC and COD rules where there is no decision: nothing is released, nothing stands in the log.
    pub fn release(
        &self,
        request: Vec<u8>,
        held: Option<Arc<crate::HeldRecord>>,
        proof: Vec<u8>,
        client: Arc<crate::LightClient>,
    ) -> Result<crate::GatewayAnswer, MedledgerError> {
        let mut rng = entropy();
        held.as_ref().map(|one| distinct(&self.held, &one.held)).transpose()?;
        distinct(&self.held, &client.held)?;
        let (mut held, held_held, client_held) = together(|| {
            Ok((
                self.held.exclusive()?,
                held.as_ref().map(|one| one.held.shared()).transpose()?,
                client.held.shared()?,
            ))
        })?;
        answer(held.release(&request, held_held.as_deref(), &proof, &client_held, &mut rng))
    }

    /// Judges nothing more under a session: its close waits for the next anchor. A custodian closes every session that names it,
    /// also one under which nothing was asked.
    ///
    /// Errors: API-002 for what is no session's id.
    pub fn close_session(&self, session: String, now: Time) -> Result<(), MedledgerError> {
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        let mut held = together(|| self.held.exclusive())?;
        answer(held.close_session(&session, now))
    }

    /// The sessions that are not closed.
    pub fn open_sessions(&self) -> Result<Vec<String>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.open_sessions().give())
    }

    /// Reports the heads and closes that wait, for the custodian to sign.
    ///
    /// Errors: API-002 for a sender that is none, API-007 where nothing waits.
    pub fn anchor(&self, sender: crate::Sender) -> Result<Arc<crate::Draft>, MedledgerError> {
        let sender: medledger_sdk::api::draft::Sender = argument(sender, "sender")?;
        let held = together(|| self.held.shared())?;
        answer(held.anchor(&sender))
    }

    /// Remembers that the ledger has recorded a report: what it says does not wait any more.
    ///
    /// Errors: API-007 for a draft of something else.
    pub fn anchored(&self, report: Arc<crate::Draft>) -> Result<(), MedledgerError> {
        distinct(&self.held, &report.held)?;
        let (mut held, report_held) = together(|| Ok((self.held.exclusive()?, report.held.shared()?)))?;
        answer(held.anchored(&report_held))
    }
}
