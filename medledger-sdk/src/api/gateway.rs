//! A custodian's gateway: judges each request for a record anew, releases it or refuses, logs either, reports the log.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use rand_core::CryptoRng;
use serde::Serialize;

use medledger_core::codec::encode;
use medledger_core::hash::{ChainId, SessionId};
use medledger_core::limits::PROOF;
use medledger_core::operation::Operation;

use super::access::{AccessQuestion, Effect};
use super::consent::Answer;
use super::draft::{Draft, Sender};
use super::error::{ArgumentError, Error, ErrorParts};
use super::key::{AgreementKey, Key};
use super::light::LightClient;
use super::parse;
use super::proof::Fault;
use super::reading::there;
use super::sealed::SealedRecord;
use super::units::{Bytes, Time};
use crate::certified::CertifiedState;
use crate::gateway::{self, session_log::KeptLogs};
use crate::identity::copy;
use crate::proof::ProofFile;
use crate::release::{ReleaseAnswer, ReleaseRequest};

/// What came of a request for a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GatewayAnswer {
    /// What it is.
    pub effect: Effect,
    /// What the requester is told.
    pub answer: Bytes,
    /// Why nothing was released; for the patient and the auditor.
    pub refusal: Option<Fault>,
    /// What the subject's consents said, where they were asked.
    pub decision: Option<Answer>,
}

/// A record that a custodian keeps: sealed, with its key, and the proof that it was anchored.
#[derive(Debug)]
pub struct HeldRecord(pub(super) gateway::HeldRecord);

impl HeldRecord {
    /// A record with the file that proves it; its key is unwrapped with the custodian's own agreement key.
    ///
    /// # Errors
    /// COD rules for a file that is none, API-007 for an export, SEA rules where nothing is wrapped to that key.
    pub fn new(
        proof: &[u8],
        sealed: &SealedRecord,
        secret: &AgreementKey,
        chain: &str,
    ) -> Result<Self, Error> {
        let ProofFile::Receipt { proof } = parse::wire(proof, &PROOF)? else {
            let name = "(it is an export)".into();
            return Err(ArgumentError::NotThere { what: "record in this file", name }.into());
        };
        let chain = parse::hex("chain", "a ledger's id: 64 digits of hex", chain, ChainId::from_hex)?;
        let kept = gateway::KeptRecord { proof, sealed: sealed.record()?.clone() };
        Ok(Self(kept.unwrap(core::slice::from_ref(&secret.0), &chain)?))
    }
}

/// A custodian's gateway, with its session logs.
#[derive(Debug)]
pub struct Gateway(gateway::Gateway);

impl Gateway {
    /// A gateway that has judged nothing yet; the key is one of the custodian's devices.
    ///
    /// # Errors
    /// API-002 for what is no DID.
    pub fn new(did: &str, device: &Key) -> Result<Self, Error> {
        Ok(Self(gateway::Gateway::new(parse::did("did", did)?, copy(&device.0))))
    }

    /// A gateway with the logs that it kept.
    ///
    /// # Errors
    /// COD rules for bytes that are none.
    pub fn from_bytes(logs: &[u8], device: &Key) -> Result<Self, Error> {
        let kept: KeptLogs = parse::wire(logs, &PROOF)?;
        Ok(Self(gateway::Gateway::restore(copy(&device.0), kept)?))
    }

    /// Its logs, to be kept after each answer: before anything is handed out.
    ///
    /// # Errors
    /// COD-013, which logs never give.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        Ok(encode(&self.0.keep())?)
    }

    /// What a node is to prove of the state for a request.
    ///
    /// # Errors
    /// COD rules for a request that is none.
    pub fn question(&self, request: &[u8], held: Option<&HeldRecord>) -> Result<AccessQuestion, Error> {
        let request: ReleaseRequest = parse::wire(request, &PROOF)?;
        Ok((&self.0.question(&request, held.map(|held| &held.0))).into())
    }

    /// Judges a request for a record, and releases it or refuses; either is an entry of the session's log. `proof` is what a
    /// node proves of the state, `held` the record where the custodian keeps it, and the client's time the gateway's own clock.
    ///
    /// # Errors
    /// GTW, LGT, ACC and COD rules where there is no decision: nothing is released, nothing stands in the log.
    pub fn release(
        &mut self,
        request: &[u8],
        held: Option<&HeldRecord>,
        proof: &[u8],
        client: &LightClient,
        rng: &mut impl CryptoRng,
    ) -> Result<GatewayAnswer, Error> {
        let request: ReleaseRequest = parse::wire(request, &PROOF)?;
        let proof: CertifiedState = parse::wire(proof, &PROOF)?;
        let verifier = client.verifier();
        let held = held.map(|held| &held.0);
        let answered = self.0.release(&request, held, &proof, (verifier, verifier.now()), rng)?;
        let fault = |refusal: &gateway::Refusal| {
            let ErrorParts { code, message, .. } = Error::from(refusal.clone()).into_parts();
            Fault { code, what: message }
        };
        Ok(GatewayAnswer {
            effect: match answered.answer {
                ReleaseAnswer::Permit { .. } => Effect::Permit,
                ReleaseAnswer::Deny { .. } => Effect::Deny,
            },
            answer: Bytes(answered.answer.encode()?),
            refusal: answered.refusal.as_ref().map(fault),
            decision: answered.decision.as_ref().map(Answer::from),
        })
    }

    /// Judges nothing more under a session: its close waits for the next anchor. A custodian closes every session that names it,
    /// also one under which nothing was asked.
    ///
    /// # Errors
    /// API-002 for what is no session's id.
    pub fn close_session(&mut self, session: &str, now: Time) -> Result<(), Error> {
        let wanted = "a session's id: 64 digits of hex";
        self.0.close(parse::hex("session", wanted, session, SessionId::from_hex)?, now.into());
        Ok(())
    }

    /// The sessions that are not closed.
    #[must_use]
    pub fn open_sessions(&self) -> Vec<String> {
        self.0.open_sessions().iter().map(ToString::to_string).collect()
    }

    /// Reports the heads and closes that wait, for the custodian to sign.
    ///
    /// # Errors
    /// API-002 for a sender that is none, API-007 where nothing waits.
    pub fn anchor(&self, sender: &Sender) -> Result<Draft, Error> {
        let sender = crate::draft::Sender::try_from(sender)?;
        Ok(Draft(there("report", "that waits", self.0.anchor_draft(&sender))?))
    }

    /// Remembers that the ledger has recorded a report: what it says does not wait any more.
    ///
    /// # Errors
    /// API-007 for a draft of something else.
    pub fn anchored(&mut self, report: &Draft) -> Result<(), Error> {
        match &report.0.body().operation {
            Operation::AnchorLogs { anchor } => {
                self.0.confirm(anchor);
                Ok(())
            }
            _ => Err(ArgumentError::NotThere { what: "report in this", name: "draft".into() }.into()),
        }
    }
}

#[cfg(test)]
mod tests;
