//! The access log as AuditEvents.

mod parts;

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::access::{
    AccessEntry, SessionEvent, SessionLogEntry, SessionRefusal, SessionRequest, SessionState,
};
use medledger_core::codec::CodecError;
use medledger_core::error::Rule;
use medledger_core::hash::{Did, SessionId};
use medledger_core::identity::did_to_text;
use medledger_core::schema::rule_of;
use medledger_core::state::{LogEntry, LogLeaf};
use medledger_core::units::Timestamp;

use self::parts::{Agent, Detail, Entity, Party, Source, details_of};
use super::bundle::{Collection, Named};
use super::element::{Absent, Coding, Concept, Identifier, Missing, Reference, instant, token};
use super::{Known, Of};
use crate::access_log::{Close, Custody, LoggedSession, Look, looks};
use crate::time::rfc3339;

const DCM: &str = "http://dicom.nema.org/resources/ontology/DCM";
const AUDIT_TYPE: &str = "http://terminology.hl7.org/CodeSystem/audit-event-type";
const LIFECYCLE: &str = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";
const AUTHORISATION: &str = "https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType";
const INTERACTION: &str = "http://hl7.org/fhir/restful-interaction";

/// `audit-event-outcome`: done.
const SUCCESS: &str = "0";
/// It may work later, as it stands.
const MINOR: &str = "4";
/// It was not allowed, as in BALP's example of a deny.
const SERIOUS: &str = "8";

/// A FHIR R4 AuditEvent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditEvent {
    #[serde(rename = "resourceType")]
    resource_type: &'static str,
    id: String,
    #[serde(rename = "type")]
    kind: Coding,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    subtype: Vec<Coding>,
    action: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    recorded: Option<String>,
    #[serde(rename = "_recorded", skip_serializing_if = "Option::is_none")]
    unrecorded: Option<Missing>,
    outcome: &'static str,
    #[serde(rename = "outcomeDesc", skip_serializing_if = "Option::is_none")]
    outcome_desc: Option<String>,
    #[serde(rename = "purposeOfEvent", skip_serializing_if = "Vec::is_empty")]
    purpose_of_event: Vec<Concept>,
    agent: Vec<Agent>,
    source: Source,
    entity: Vec<Entity>,
}

/// What all events of one log share.
struct Teller<'a> {
    of: &'a Of,
    known: &'a Known,
}

/// An access log, whole, as AuditEvents: one for each of its entries, in its order, and behind each session one for each
/// release and refusal in the logs that are at hand.
///
/// # Errors
/// [`CodecError::Unencodable`], which entries of a log never give.
pub fn audit_events(
    of: &Of,
    leaves: &[LogLeaf],
    known: &Known,
) -> Result<Collection<AuditEvent>, CodecError> {
    let teller = Teller { of, known };
    let mut looks = looks(leaves).into_iter();
    let mut sessions: BTreeMap<SessionId, LoggedSession> = BTreeMap::new();
    let mut named = Vec::new();
    for leaf in leaves {
        let LogEntry::Access { entry } = &leaf.entry else { continue };
        let hash = leaf.data()?;
        if let AccessEntry::Closed { session, custodian, .. } = entry {
            let close = sessions.get(session);
            named.push(Named::new(hash, |id| teller.closed(id, leaf, (*session, custodian), close)));
            continue;
        }
        let Some(look) = looks.next() else { continue };
        named.push(Named::new(hash, |id| teller.decided(id, leaf, &look)));
        let Some(logged) = look.logged else { continue };
        for custody in &logged.custodians {
            for entry in teller.entries(logged.session, custody)? {
                let hash = entry.data()?;
                named.push(Named::new(hash, |id| teller.read(id, entry, &logged)));
            }
        }
        sessions.insert(logged.session, logged);
    }
    Ok(Collection::of(named, of.as_of))
}

impl Teller<'_> {
    /// The entries of a custodian's log of a session, where they are at hand and are what was anchored.
    fn entries(&self, session: SessionId, custody: &Custody) -> Result<&[SessionLogEntry], CodecError> {
        let Custody { custodian, close } = custody;
        let entries = self.known.sessions.get(&(session, *custodian)).map_or(&[][..], Vec::as_slice);
        let own = |entry: &SessionLogEntry| entry.session == session && entry.custodian == *custodian;
        let anchored = close.as_ref().map(|close| close.is_of(entries)).transpose()?;
        let genuine = anchored.unwrap_or(true) && entries.iter().all(own);
        Ok(if genuine { entries } else { &[] })
    }

    fn event(&self, id: String, kind: Coding, action: &'static str, at: Timestamp) -> AuditEvent {
        let recorded = instant(at);
        AuditEvent {
            resource_type: "AuditEvent",
            id,
            kind,
            subtype: Vec::new(),
            action,
            unrecorded: recorded.is_none().then(|| Absent::Unknown.element()),
            recorded,
            outcome: SUCCESS,
            outcome_desc: None,
            purpose_of_event: Vec::new(),
            agent: Vec::new(),
            source: Source::application(Absent::Unknown.reference()),
            entity: Vec::new(),
        }
    }

    fn party<'a>(&'a self, requester: &'a Did, request: &'a SessionRequest) -> Party<'a> {
        Party { requester, request, kinds: &self.known.kinds }
    }

    /// Who decides on a session: the ledger.
    fn ledger(&self) -> Reference {
        Reference::by(Identifier::on(&self.of.chain, "ledger", self.of.chain))
    }

    fn custodian(&self, did: &Did) -> Reference {
        Reference::did(did, self.known.kinds.get(did).copied())
    }

    /// A session that was opened or denied.
    fn decided(&self, id: String, leaf: &LogLeaf, look: &Look) -> AuditEvent {
        let Look { logged, requester, request, .. } = look;
        let party = self.party(requester, request);
        let state = logged.as_ref().map(|logged| &logged.state);
        let mut agent = Vec::from([
            party.application(&self.of.chain),
            party.user(state),
            party.organisation(),
            Agent::authoriser(self.ledger()),
        ]);
        agent.extend(request.custodians.iter().map(|did| Agent::custodian(self.custodian(did), false)));
        let mut detail = self.evidence(leaf);
        detail.extend(details_of(request));
        if let Some(LoggedSession { session, state, .. }) = logged {
            detail.push(Detail::new("session", session));
            detail.push(Detail::new("notAfter", rfc3339(state.not_after)));
        }
        let missing = logged.iter().flat_map(LoggedSession::missing);
        detail.extend(missing.map(|did| Detail::new("unclosed", did_to_text(&did))));
        let rule = (logged.is_none()).then(|| rule_of(leaf.code)).flatten();
        detail.extend(rule.map(|rule| Detail::new("rule", rule)));
        let basis = party.basis(&self.of.chain, detail);
        let kind = Coding::of(DCM, "110113", "Security Alert");
        AuditEvent {
            subtype: Vec::from([authorisation(request)]),
            outcome: if logged.is_some() { SUCCESS } else { SERIOUS },
            outcome_desc: rule.map(why_denied),
            purpose_of_event: party.purposes(),
            agent,
            source: Source::security(self.ledger()),
            entity: Vec::from([Entity::patient(&request.subject), basis]),
            ..self.event(id, kind, "E", leaf.time)
        }
    }

    /// A record that was released or refused.
    fn read(&self, id: String, entry: &SessionLogEntry, logged: &LoggedSession) -> AuditEvent {
        let LoggedSession { session, state, .. } = logged;
        let SessionState { requester, request, .. } = state;
        let party = self.party(requester, request);
        let (record, outcome, outcome_desc) = match entry.event {
            SessionEvent::Released { record } => (record, SUCCESS, None),
            SessionEvent::Refused { record, why } => {
                let (outcome, said) = refusal(why);
                (record, outcome, Some(said.to_string()))
            }
        };
        let detail = Vec::from([
            Detail::new("session", session),
            Detail::new("number", entry.number),
            Detail::new("height", entry.height),
            Detail::new("header", entry.header),
        ]);
        // What a newer version says was not there to be released yet.
        let known = self.known.records.get(&record).filter(|known| known.since <= entry.height);
        let basis = party.basis(&self.of.chain, details_of(request).collect());
        let kind = Coding::of(AUDIT_TYPE, "rest", "RESTful Operation");
        AuditEvent {
            subtype: Vec::from([Coding::of(INTERACTION, "read", "read")]),
            outcome,
            outcome_desc,
            purpose_of_event: party.purposes(),
            agent: Vec::from([
                party.destination(&self.of.chain),
                Agent::origin(self.custodian(&entry.custodian)),
                party.user(Some(state)),
                party.organisation(),
            ]),
            source: Source::application(self.custodian(&entry.custodian)),
            entity: Vec::from([
                Entity::patient(&request.subject),
                Entity::record(&self.of.chain, &record, known, detail),
                basis,
            ]),
            ..self.event(id, kind, "R", entry.time)
        }
    }

    /// A custodian's report of a session and its close.
    fn closed(
        &self,
        id: String,
        leaf: &LogLeaf,
        (session, custodian): (SessionId, &Did),
        logged: Option<&LoggedSession>,
    ) -> AuditEvent {
        let mut detail = self.evidence(leaf);
        let own = logged.and_then(|logged| logged.custodians.iter().find(|own| own.custodian == *custodian));
        if let Some(Close { head, count, .. }) = own.and_then(|own| own.close) {
            detail.push(Detail::new("count", count));
            detail.push(Detail::new("head", head));
        }
        let told = own.map(|own| self.entries(session, own).is_ok_and(|entries| !entries.is_empty()));
        let empty = own.and_then(|own| own.close).is_some_and(|close| close.count == 0);
        if !empty && told != Some(true) {
            detail.push(Detail::absent("entries", Absent::Unknown));
        }
        let mut agent = Vec::from([Agent::custodian(self.custodian(custodian), true)]);
        let mut purpose_of_event = Vec::new();
        if let Some(LoggedSession { state, .. }) = logged {
            let party = self.party(&state.requester, &state.request);
            agent.extend([party.user(Some(state)).aside(), party.organisation()]);
            detail.extend(details_of(&state.request));
            purpose_of_event = party.purposes();
        }
        let kind = Coding::of(LIFECYCLE, "attest", "Attest Record Lifecycle Event");
        AuditEvent {
            purpose_of_event,
            agent,
            source: Source::application(self.custodian(custodian)),
            entity: Vec::from([
                Entity::patient(&self.of.subject),
                Entity::session(&self.of.chain, &session, detail),
            ]),
            ..self.event(id, kind, "E", leaf.time)
        }
    }

    /// Where on the ledger an entry stands.
    fn evidence(&self, leaf: &LogLeaf) -> Vec<Detail> {
        Vec::from([
            Detail::new("ledger", self.of.chain),
            Detail::new("transaction", leaf.tx),
            Detail::new("height", leaf.height),
            Detail::new("index", leaf.index),
        ])
    }
}

/// BALP's kinds of decision: on a consent, or on roles alone, which is what a legal ground asks for.
fn authorisation(request: &SessionRequest) -> Coding {
    use medledger_core::access::SessionBasis;
    match request.basis {
        SessionBasis::Consent { .. } => {
            Coding::of(AUTHORISATION, "AuthZ-Consent", "Authorization Decision using Roles and Consent")
        }
        SessionBasis::LegalGround { .. } => {
            Coding::of(AUTHORISATION, "AuthZ-Role", "Authorization Decision using only Roles")
        }
    }
}

/// The rule that was broken, by its id and words.
fn why_denied(rule: &Rule) -> String {
    alloc::format!("{rule}: {}", rule.text)
}

/// A custodian's refusal as an outcome and in words. What passes with time, or at another custodian, is minor.
const fn refusal(why: SessionRefusal) -> (&'static str, &'static str) {
    match why {
        SessionRefusal::SessionEnded => (SERIOUS, "the session or its basis no longer stood"),
        SessionRefusal::OutOfScope => {
            (SERIOUS, "the record is not in the session's scope, or not the patient's")
        }
        SessionRefusal::NotPermitted => (SERIOUS, "the patient's consents don't permit it"),
        SessionRefusal::HeaderTooOld => (MINOR, "the newest header that the custodian had was too old"),
        SessionRefusal::NotHeld => (MINOR, "the custodian does not hold the record"),
    }
}
