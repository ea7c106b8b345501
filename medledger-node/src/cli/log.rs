//! `log`: who has looked at a patient's records, and who was refused; provably all.

use std::collections::BTreeMap;

use medledger_core::access::{AccessEntry, SessionBasis, SessionEvent, SessionLogEntry, SessionRequest};
use medledger_core::hash::{Did, SessionId};
use medledger_core::identity::did_to_text;
use medledger_core::limits::PROOF;
use medledger_core::merkle::Log;
use medledger_core::schema::RULES;
use medledger_core::state::{LogEntry, LogKind, LogLeaf};
use medledger_core::units::{Height, Timestamp};
use medledger_sdk::access_log::{Close, Custody, LoggedSession, sessions};
use medledger_sdk::export::claim;
use medledger_sdk::gateway::session_log::KeptLogs;
use medledger_sdk::time::rfc3339;
use serde_json::{Value, json};

use super::args::access::SubjectArgs;
use super::care::Books;
use super::error::Failure;
use super::out::{BAD, DIM, GOOD, Out, styled};
use super::session::Session;
use super::{DONE, Outcome, consent, files};

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
    /// The session; `None` for a denial.
    pub(super) logged: Option<LoggedSession>,
    /// Who.
    pub(super) requester: Did,
    /// For what.
    pub(super) request: SessionRequest,
    /// The rule that denied.
    pub(super) rule: Option<String>,
    /// When.
    pub(super) time: Timestamp,
    /// At which height.
    pub(super) height: Height,
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
        !self.entries.iter().filter_map(|entry| entry.logged.as_ref()).any(LoggedSession::is_unclosed)
    }

    /// How many were permitted.
    pub(super) fn permitted(&self) -> usize {
        self.entries.iter().filter(|entry| entry.logged.is_some()).count()
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

pub(super) fn run(args: &SubjectArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.dir, now)?;
    let subject = session.who(&args.subject)?;
    session.known(subject)?;
    let log = read(&session, subject)?;
    let now = session.time();
    let names = names(&session)?;
    for entry in &log.entries {
        for line in told(entry, &names, now) {
            out.show(line);
        }
    }
    out.show(format_args!("\n{} entries, {}.", log.entries.len(), log.claim()));
    out.answer(&json!({
        "subject": did_to_text(&subject),
        "height": log.height.0,
        "complete": log.is_complete(),
        "claim": log.claim(),
        "permitted": log.permitted(),
        "denied": log.entries.len().saturating_sub(log.permitted()),
        "entries": log.entries.iter().map(|entry| as_json(entry, now)).collect::<Vec<_>>(),
    }));
    Ok(DONE)
}

/// Reads and checks a patient's access log.
pub(super) fn read(session: &Session, subject: Did) -> Result<AccessLog, Failure> {
    let leaves = consent::whole(session, subject, LogKind::Access)?;
    let kept = kept(session)?;
    let mut logged = sessions(&leaves).into_iter();
    let mut entries = Vec::new();
    for leaf in &leaves {
        entries.extend(entry(leaf, &mut logged, &kept));
    }
    Ok(AccessLog { entries, height: session.host.tip().height })
}

fn entry(
    leaf: &LogLeaf,
    logged: &mut impl Iterator<Item = LoggedSession>,
    kept: &BTreeMap<(SessionId, Did), Vec<SessionLogEntry>>,
) -> Option<Looked> {
    let LogLeaf { time, height, code, .. } = *leaf;
    match &leaf.entry {
        LogEntry::Access { entry: AccessEntry::Opened { state, .. } } => {
            let logged = logged.next();
            let counts = logged.as_ref().and_then(|logged| counts(logged, kept));
            let (requester, request) = (state.requester, state.request.clone());
            Some(Looked { logged, requester, request, rule: None, time, height, counts })
        }
        LogEntry::Access { entry: AccessEntry::Denied { requester, request } } => {
            let of = RULES.iter().copied().flatten().find(|rule| u64::from(rule.code()) == code);
            let rule = of.map(ToString::to_string);
            let rule = Some(rule.unwrap_or_else(|| code.to_string()));
            let (requester, request) = (*requester, request.clone());
            Some(Looked { logged: None, requester, request, rule, time, height, counts: None })
        }
        _ => None,
    }
}

/// The session logs of custodians that are kept here.
fn kept(session: &Session) -> Result<BTreeMap<(SessionId, Did), Vec<SessionLogEntry>>, Failure> {
    let mut all = BTreeMap::new();
    for name in session.keys.names()? {
        let path = Books::path(session, &name);
        if !path.exists() {
            continue;
        }
        let logs = KeptLogs::decode(&files::read(&path, PROOF.bytes)?);
        let logs = logs.map_err(|error| files::not_a(&path, "a custodian's session logs", &error))?;
        for log in logs.sessions {
            all.insert((log.session, logs.custodian), log.entries);
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
        if let Some(Close { head, count, .. }) = close {
            let data = entries.iter().map(|entry| entry.data().ok()).collect::<Option<Vec<_>>>()?;
            let log = Log::from_data(&data);
            if log.size() != *count || log.root() != *head {
                return None;
            }
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
    Ok(names)
}

fn status(logged: &LoggedSession, now: Timestamp) -> &'static str {
    match (logged.is_unclosed(), now < logged.state.not_after) {
        (false, _) => "closed",
        (true, true) => "open",
        (true, false) => "unclosed",
    }
}

/// An entry as two lines.
pub(super) fn told(entry: &Looked, names: &BTreeMap<Did, String>, now: Timestamp) -> [String; 2] {
    let name = |did: &Did| names.get(did).cloned().unwrap_or_else(|| did_to_text(did));
    let request = &entry.request;
    let what = match request.scope.types.as_slice() {
        [] => "everything".to_owned(),
        types if types.len() <= SHOWN => types.join(", "),
        [first, more @ ..] => format!("{first} and {} more types", more.len()),
    };
    let organisation = request.organisation.as_ref().map(|did| format!(" of {}", name(did)));
    let who = format!("{}{}", name(&entry.requester), organisation.unwrap_or_default());
    let mark = if entry.logged.is_some() { styled(GOOD, "✓") } else { styled(BAD, "✗") };
    let first = format!("{mark} {}  {who}, for {}: {what}", rfc3339(entry.time), request.purpose);
    let second = match (&entry.logged, &entry.rule) {
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
            format!("{held}; {} (until {})", status(logged, now), rfc3339(logged.state.not_after))
        }
        (None, Some(rule)) => format!("denied by {rule}"),
        (None, None) => "denied".to_owned(),
    };
    [first, format!("  {}", styled(DIM, second))]
}

fn as_json(entry: &Looked, now: Timestamp) -> Value {
    let request = &entry.request;
    let logged = entry.logged.as_ref();
    let custodians = logged.map(|logged| logged.custodians.iter().map(custody).collect::<Vec<_>>());
    json!({
        "effect": if logged.is_some() { "permit" } else { "deny" },
        "rule": entry.rule,
        "session": logged.map(|logged| logged.session.to_string()),
        "requester": did_to_text(&entry.requester),
        "organisation": request.organisation.as_ref().map(did_to_text),
        "purpose": request.purpose,
        "action": request.action,
        "types": request.scope.types,
        "basis": match request.basis {
            SessionBasis::Consent { consent, .. } => json!({"consent": consent.to_string()}),
            SessionBasis::LegalGround { ground } => json!({"ground": ground.to_string()}),
        },
        "time": rfc3339(entry.time),
        "height": entry.height.0,
        "until": logged.map(|logged| rfc3339(logged.state.not_after)),
        "status": logged.map(|logged| status(logged, now)),
        "released": entry.counts.map(|counts| counts.released),
        "refused": entry.counts.map(|counts| counts.refused),
        "custodians": custodians,
    })
}

fn custody(custody: &Custody) -> Value {
    json!({
        "custodian": did_to_text(&custody.custodian),
        "closed": custody.close.map(|close| rfc3339(close.time)),
        "count": custody.close.map(|close| close.count),
    })
}
