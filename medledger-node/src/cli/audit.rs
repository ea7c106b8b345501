//! `log --fhir` and `timeline --fhir`: what the ledger says of a patient, for software that speaks FHIR.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use medledger_core::access::{AccessEntry, SessionEvent};
use medledger_core::block::Block;
use medledger_core::hash::{Did, RecordId, TxId};
use medledger_core::identity::Control;
use medledger_core::record::TimelineEntry;
use medledger_core::state::{Address, LogEntry, LogKind, LogLeaf};
use medledger_sdk::agreement::AgreementSecret;
use medledger_sdk::fhir::audit::{Collection, Known, KnownRecord, Of, audit_events, provenances};
use serde::Serialize;

use super::error::Failure;
use super::session::Session;
use super::{consent, files, log as access};
use crate::NodeError;
use crate::store::StoreError;

/// A file that was written.
pub(super) struct Written {
    /// Its name.
    pub(super) file: String,
    what: &'static str,
    count: usize,
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} FHIR {} are in {}.", self.count, self.what, self.file)
    }
}

/// Writes a patient's access log as AuditEvents.
pub(super) fn log(session: &Session, subject: Did, to: &Path) -> Result<Written, Failure> {
    let leaves = consent::whole(session, subject, LogKind::Access)?;
    let mut known = Known { sessions: access::kept(session)?, ..Known::default() };
    let mut identities = BTreeSet::from([subject]);
    for leaf in &leaves {
        let LogEntry::Access { entry } = &leaf.entry else { continue };
        let (requester, request) = match entry {
            AccessEntry::Opened { state, .. } => (state.requester, &state.request),
            AccessEntry::Denied { requester, request } => (*requester, request),
            AccessEntry::Closed { .. } => continue,
        };
        identities.extend([requester].into_iter().chain(request.organisation));
        identities.extend(request.custodians.iter().copied());
    }
    let read = known.sessions.values().flatten().map(|entry| match entry.event {
        SessionEvent::Released { record } | SessionEvent::Refused { record, .. } => record,
    });
    // A session may be another patient's, and somebody may have asked for another patient's record.
    let own: BTreeSet<_> = session.named(&leaves_of(session, subject)?)?.into_iter().collect();
    let secrets = session.secrets()?;
    for record in read.collect::<BTreeSet<_>>().intersection(&own) {
        know(session, *record, &secrets, &mut known)?;
    }
    name(session, identities, &mut known)?;
    let events = audit_events(&of(session, subject), &leaves, &known)?;
    write(&events, "AuditEvents", to)
}

/// Writes a patient's timeline as Provenances.
pub(super) fn timeline(session: &Session, subject: Did, to: &Path) -> Result<Written, Failure> {
    let leaves = leaves_of(session, subject)?;
    let secrets = session.secrets()?;
    let mut known = Known::default();
    let mut identities = BTreeSet::from([subject]);
    for leaf in &leaves {
        if let Some(bytes) = transaction(session, &leaf.tx)? {
            known.transactions.insert(leaf.tx, bytes);
        }
        if let LogEntry::Timeline {
            entry: TimelineEntry::Anchored { custodian, .. } | TimelineEntry::BatchAnchored { custodian, .. },
        } = &leaf.entry
        {
            identities.insert(*custodian);
        }
    }
    for record in session.named(&leaves)? {
        know(session, record, &secrets, &mut known)?;
    }
    name(session, identities, &mut known)?;
    let provenances = provenances(&of(session, subject), &leaves, &known)?;
    write(&provenances, "Provenances", to)
}

fn leaves_of(session: &Session, subject: Did) -> Result<Vec<LogLeaf>, Failure> {
    consent::whole(session, subject, LogKind::Timeline)
}

fn of(session: &Session, subject: Did) -> Of {
    Of { chain: session.host.chain(), subject, as_of: session.host.tip().time }
}

/// Adds what can be opened of a record.
fn know(
    session: &Session,
    record: RecordId,
    secrets: &[AgreementSecret],
    known: &mut Known,
) -> Result<(), Failure> {
    let Some(held) = session.host.held(&record)? else { return Ok(()) };
    if let Some(opened) = session.opened_record(&record, secrets)? {
        let (version, since, facts) = (held.version, held.at.height, opened.opening.facts.clone());
        known.records.insert(record, KnownRecord { version, since, facts });
    }
    Ok(())
}

/// Adds what identities are.
fn name(session: &Session, identities: BTreeSet<Did>, known: &mut Known) -> Result<(), Failure> {
    for did in identities {
        if let Some(control) = session.host.read::<Control>(&Address::Identity(did))? {
            known.kinds.insert(did, control.kind);
        }
    }
    Ok(())
}

/// The bytes of the authenticated transaction with this id.
fn transaction(session: &Session, id: &TxId) -> Result<Option<Vec<u8>>, Failure> {
    let Some((height, index)) = session.host.find(id)? else { return Ok(None) };
    let Some(bytes) = session.host.block(height)? else { return Ok(None) };
    let block =
        Block::decode(&bytes).map_err(|error| NodeError::from(StoreError::damaged("a block", error)))?;
    let index = usize::try_from(index).ok();
    Ok(index.and_then(|index| block.transactions().get(index).map(|bytes| bytes.to_vec())))
}

/// Health data: the file can be read by its owner alone.
fn write<R: Serialize>(of: &Collection<R>, what: &'static str, to: &Path) -> Result<Written, Failure> {
    let mut bytes = serde_json::to_vec_pretty(of).map_err(|error| super::error::CliError::Unwritable {
        path: files::shown(to),
        why: error.to_string(),
    })?;
    bytes.push(b'\n');
    files::write_new(to, &bytes, true)?;
    Ok(Written { file: files::shown(to), what, count: of.len() })
}
