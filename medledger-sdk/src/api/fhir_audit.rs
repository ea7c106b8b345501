//! A patient's access log as FHIR R4 AuditEvents, and her timeline as Provenances.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::access::SessionLogEntry;
use medledger_core::chain::AppRoot;
use medledger_core::hash::ChainId;
use medledger_core::light::LogProof;
use medledger_core::limits::PROOF;
use medledger_core::operation::Transaction;
use medledger_core::state::LogKind;
use medledger_core::units::Height;

use super::error::Error;
use super::facts::{Facts, id};
use super::identity::IdentityKind;
use super::light::LightClient;
use super::parse;
use super::units::{Bytes, Count};
use crate::fhir::audit;

/// What an identity is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KnownIdentity {
    /// The identity.
    pub did: String,
    /// What it is.
    pub kind: IdentityKind,
}

/// What is known of one version of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KnownRecord {
    /// The record.
    pub record: String,
    /// Which version, from 1.
    pub version: Count,
    /// The height at which that version was recorded.
    pub height: Count,
    /// Its facts.
    pub facts: Facts,
}

/// What a reader has beside a log. All of it may be empty: what is not here is left out, never guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LogKnowledge {
    /// What identities are.
    pub identities: Vec<KnownIdentity>,
    /// The patient's records that the reader can open. Those of others must not be here: a refused request may name one of them.
    pub records: Vec<KnownRecord>,
    /// The entries of custodians' session logs, each as its bytes, in the order of their numbers.
    pub session_entries: Vec<Bytes>,
    /// The bytes of transactions.
    pub transactions: Vec<Bytes>,
}

/// What a reader has, as the rest of the library knows it.
fn knowledge(known: &LogKnowledge, chain: &ChainId) -> Result<audit::Known, Error> {
    let identity =
        |known: &KnownIdentity| Ok((parse::did("known.identities", &known.did)?, known.kind.into()));
    let record = |known: &KnownRecord| {
        let (version, since, facts) = (known.version.0, Height(known.height.0), (&known.facts).into());
        Ok((id("known.records", &known.record)?, audit::KnownRecord { version, since, facts }))
    };
    let transaction = |bytes: &Bytes| Ok((Transaction::decode(&bytes.0, chain)?.id, bytes.0.clone()));
    let mut sessions: BTreeMap<_, Vec<SessionLogEntry>> = BTreeMap::new();
    for bytes in &known.session_entries {
        let entry: SessionLogEntry = parse::wire(&bytes.0, &PROOF)?;
        sessions.entry((entry.session, entry.custodian)).or_default().push(entry);
    }
    Ok(audit::Known {
        kinds: known.identities.iter().map(identity).collect::<Result<_, Error>>()?,
        records: known.records.iter().map(record).collect::<Result<_, Error>>()?,
        sessions,
        transactions: known.transactions.iter().map(transaction).collect::<Result<_, Error>>()?,
    })
}

/// Whose log it is, as of when, once its proof shows it to be whole.
fn proven(client: &LightClient, proof: &[u8], log: LogKind) -> Result<(audit::Of, LogProof), Error> {
    let (anchored, proof) = client.log(proof, log)?;
    let AppRoot { chain, time, .. } = anchored.header;
    Ok((audit::Of { chain, subject: proof.subject, as_of: time }, proof))
}

/// A patient's access log as a Bundle of FHIR R4 AuditEvents, in JSON: one for each of its entries, and one for each release and
/// refusal in the session logs at hand. `log` is the log's proof, as for `LightClient.read_access_log`.
///
/// # Errors
/// The rule that the proof breaks; API-002 and COD rules for what is known and is not of its kind.
pub fn audit_events(client: &LightClient, log: &[u8], known: &LogKnowledge) -> Result<Vec<u8>, Error> {
    let (of, proof) = proven(client, log, LogKind::Access)?;
    let known = knowledge(known, &of.chain)?;
    Ok(audit::audit_events(&of, &proof.leaves, &known)?.to_json()?)
}

/// A patient's timeline as a Bundle of FHIR R4 Provenances, in JSON: one for each record that an entry anchors, and for each
/// amendment and entered-in-error mark. `timeline` is the timeline's proof, as for `LightClient.read_timeline`.
///
/// # Errors
/// The rule that the proof breaks; API-002 and COD rules for what is known and is not of its kind; FHR-070 for more records than
/// one export names.
pub fn provenances(client: &LightClient, timeline: &[u8], known: &LogKnowledge) -> Result<Vec<u8>, Error> {
    let (of, proof) = proven(client, timeline, LogKind::Timeline)?;
    let known = knowledge(known, &of.chain)?;
    Ok(audit::provenances(&of, &proof.leaves, &known)?.to_json()?)
}

#[cfg(test)]
mod tests;
