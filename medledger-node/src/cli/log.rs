//! `log`: who has looked at a patient's records, and who was refused; provably all.

use std::collections::BTreeMap;

use medledger_core::access::{SessionEvent, SessionLogEntry};
use medledger_core::hash::{Did, SessionId};
use medledger_core::identity::did_to_text;
use medledger_core::limits::PROOF;
use medledger_core::state::LogKind;
use medledger_core::units::{Height, Timestamp};
use medledger_sdk::access_log::{Custody, LoggedSession, Look, looks};
use medledger_sdk::api::units::rule;
use medledger_sdk::api::{Count, Look as LookEntry, SessionStatus};
use medledger_sdk::export::claim;
use medledger_sdk::gateway::session_log::KeptLogs;
use medledger_sdk::time::rfc3339;
use serde_json::json;

use super::args::access::LogArgs;
use super::care::Books;
use super::error::Failure;
use super::out::{BAD, DIM, GOOD, Out, styled};
use super::session::Session;
use super::{DONE, Outcome, audit, consent, files};

/// How many types of a scope are told.
const SHOWN: usize = 2;

/// What a custodian released and refused under a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counts {
    /// Released.
    pub(super) released: u64,
    /// Refused.
    pub(super) refused: u64,
}

/// A session of the log, or a denial.
pub(super) struct Looked {
    /// What the ledger tells of it.
    pub(super) look: Look,
    /// What its custodians whose logs are kept here have released and refused.
    pub(super) counts: Option<Counts>,
}

/// A patient's access log, as of a height.
pub(super) struct AccessLog {
    /// In the order of the ledger.
    pub(super) entries: Vec<Looked>,
    /// Up to which height these are all.
    pub(super) height: Height,
}

impl AccessLog {
    /// Whether every session is closed by each custodian that it names.
    pub(super) fn is_complete(&self) -> bool {
        !self.entries.iter().filter_map(|entry| entry.look.logged.as_ref()).any(LoggedSession::is_unclosed)
    }

    /// How many were permitted.
    pub(super) fn permitted(&self) -> usize {
        self.entries.iter().filter(|entry| entry.look.logged.is_some()).count()
    }

    /// The claim, in words.
    pub(super) fn claim(&self) -> String {
        match self.is_complete() {
            true => claim(self.height),
            false => format!(
                "all sessions of this identity, as recorded by height {}; not complete: a custodian has not closed",
                self.height
            ),
        }
    }
}

pub(super) fn run(args: &LogArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.of.dir, now)?;
    let subject = session.who(&args.of.who())?;
    session.known(subject)?;
    let log = read(&session, subject)?;
    let fhir = args.fhir.as_deref().map(|to| audit::log(&session, subject, to)).transpose()?;
    let now = session.time();
    let names = names(&session)?;
    for entry in &log.entries {
        for line in told(entry, &names, now) {
            out.show(line);
        }
    }
    out.show(format_args!("\n{} entries, {}.", log.entries.len(), log.claim()));
    if let Some(fhir) = &fhir {
        out.show(fhir);
    }
    out.answer(&json!({
        "subject": did_to_text(&subject),
        "height": log.height.0,
        "complete": log.is_complete(),
        "claim": log.is_complete().then(|| log.claim()),
        "permitted": log.permitted(),
        "denied": log.entries.len().saturating_sub(log.permitted()),
        "entries": log.entries.iter().map(|entry| view(entry, now)).collect::<Vec<_>>(),
        "fhir": fhir.map(|fhir| fhir.file),
    }));
    Ok(DONE)
}

/// Reads and checks a patient's access log.
pub(super) fn read(session: &Session, subject: Did) -> Result<AccessLog, Failure> {
    let leaves = consent::whole(session, subject, LogKind::Access)?;
    let kept = kept(session)?;
    let entry = |look: Look| {
        let counts = look.logged.as_ref().and_then(|logged| counts(logged, &kept));
        Looked { look, counts }
    };
    let entries = looks(&leaves).into_iter().map(entry).collect();
    Ok(AccessLog { entries, height: session.host.tip().height })
}

/// The session logs of custodians that are kept here.
pub(super) fn kept(session: &Session) -> Result<BTreeMap<(SessionId, Did), Vec<SessionLogEntry>>, Failure> {
    let mut all = BTreeMap::new();
    for name in session.keys.names()? {
        let path = Books::path(session, &name);
        if !path.exists() {
            continue;
        }
        let logs = KeptLogs::decode(&files::read(&path, PROOF.bytes)?);
        let logs = logs.map_err(|error| files::not_a(&path, "a custodian's session logs", &error))?;
        for log in logs.sessions {
            all.insert((log.session, logs.custodian), log.logged());
        }
    }
    Ok(all)
}

/// Releases and refusals, where every custodian's log is kept here; one that is closed must be what was anchored.
fn counts(logged: &LoggedSession, kept: &BTreeMap<(SessionId, Did), Vec<SessionLogEntry>>) -> Option<Counts> {
    let mut counts = Counts { released: 0, refused: 0 };
    for Custody { custodian, close } in &logged.custodians {
        let none = Vec::new();
        let entries = match (kept.get(&(logged.session, *custodian)), close) {
            (Some(entries), _) => entries,
            (None, None) => &none,
            (None, Some(_)) => return None,
        };
        if let Some(close) = close
            && !close.is_of(entries).unwrap_or(false)
        {
            return None;
        }
        for entry in entries {
            let of = match entry.event {
                SessionEvent::Released { .. } => &mut counts.released,
                SessionEvent::Refused { .. } => &mut counts.refused,
            };
            *of = of.saturating_add(1);
        }
    }
    Some(counts)
}

/// The names of those whose keys are here.
pub(super) fn names(session: &Session) -> Result<BTreeMap<Did, String>, Failure> {
    let mut names = BTreeMap::new();
    for name in session.keys.names()? {
        names.insert(session.keys.load(&name)?.did, name);
    }
    for name in session.keys.wallets()? {
        // A wallet that can't be read has no say in what others are called.
        let Ok(header) = session.peek(&name) else { continue };
        let identities = header.identities;
        let only = identities.len() == 1;
        for kept in identities {
            let called = if only { name.clone() } else { format!("{name}/{}", kept.relationship) };
            names.insert(kept.did, called);
        }
    }
    Ok(names)
}

/// An entry as two lines.
pub(super) fn told(entry: &Looked, names: &BTreeMap<Did, String>, now: Timestamp) -> [String; 2] {
    let name = |did: &Did| names.get(did).cloned().unwrap_or_else(|| did_to_text(did));
    let look = &entry.look;
    let request = &look.request;
    let what = match request.scope.types.as_slice() {
        [] => "everything".to_owned(),
        types if types.len() <= SHOWN => types.join(", "),
        [first, more @ ..] => format!("{first} and {} more types", more.len()),
    };
    let organisation = request.organisation.as_ref().map(|did| format!(" of {}", name(did)));
    let who = format!("{}{}", name(&look.requester), organisation.unwrap_or_default());
    let mark = if look.logged.is_some() { styled(GOOD, "✓") } else { styled(BAD, "✗") };
    let first = format!("{mark} {}  {who}, for {}: {what}", rfc3339(look.time), request.purpose);
    let second = match (&look.logged, rule(look.code)) {
        (Some(logged), _) => {
            let held = entry
                .counts
                .map(|Counts { released, refused }| format!("{released} released, {refused} refused"));
            let reported: u64 = logged
                .custodians
                .iter()
                .filter_map(|custody| custody.close)
                .fold(0, |sum, close| sum.saturating_add(close.count));
            let held = held.unwrap_or_else(|| format!("{reported} reported"));
            format!("{held}; {} (until {})", SessionStatus::of(logged, now), rfc3339(logged.state.not_after))
        }
        (None, Some(rule)) => format!("denied by {rule}"),
        (None, None) => "denied".to_owned(),
    };
    [first, format!("  {}", styled(DIM, second))]
}

fn view(entry: &Looked, now: Timestamp) -> LookEntry {
    LookEntry {
        released: entry.counts.map(|counts| Count(counts.released)),
        refused: entry.counts.map(|counts| Count(counts.refused)),
        ..LookEntry::new(&entry.look, now)
    }
}
