//! Who took part, with what: AuditEvent.agent, .source and .entity.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::access::{SessionBasis, SessionRequest, SessionState};
use medledger_core::crypto::AgreementKey;
use medledger_core::hash::{ChainId, Did, RecordId, SessionId};
use medledger_core::identity::Kind;
use medledger_core::record::facts::Facts;
use medledger_core::vocabulary::{self, purpose};

use super::super::KnownRecord;
use super::super::element::clean;
use super::super::types::is_r4;
use super::{Absent, Coding, Concept, DCM, Identifier, Missing, Reference, instant, rfc3339, token};

const REASON: &str = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
const PARTICIPATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
const ROLE_CLASS: &str = "http://terminology.hl7.org/CodeSystem/v3-RoleClass";
const SECURITY_ROLE: &str = "http://terminology.hl7.org/CodeSystem/extra-security-role-type";
const SOURCE: &str = "http://terminology.hl7.org/CodeSystem/security-source-type";
const ENTITY: &str = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
const OBJECT_ROLE: &str = "http://terminology.hl7.org/CodeSystem/object-role";
const RESOURCES: &str = "http://hl7.org/fhir/resource-types";
/// The purposes that HL7 added after 2018-08-12, the version of v3-ActReason in FHIR 4.0.1.
const SINCE_R4: [&str; 3] = ["MLTRAINING", "PMTDS", "TREATDS"];
/// Where a scope names no type it reaches every type.
const EVERY: &str = "*";

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in super::super) struct Agent {
    #[serde(rename = "type")]
    kind: Concept,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    role: Vec<Concept>,
    who: Reference,
    requestor: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    network: Option<Missing>,
    #[serde(rename = "purposeOfUse", skip_serializing_if = "Vec::is_empty")]
    purpose_of_use: Vec<Concept>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in super::super) struct Source {
    observer: Reference,
    #[serde(rename = "type")]
    kind: [Coding; 1],
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in super::super) struct Entity {
    what: Reference,
    #[serde(rename = "type")]
    kind: Coding,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Coding>,
    #[serde(rename = "securityLabel", skip_serializing_if = "Vec::is_empty")]
    security_label: Vec<Coding>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    detail: Vec<Detail>,
}

/// A name and its value. FHIR leaves the names to the system; ours are in `docs/fhir-audit.md`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in super::super) struct Detail {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "valueString", skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(rename = "_valueString", skip_serializing_if = "Option::is_none")]
    absent: Option<Missing>,
}

/// Who asked for what.
pub(super) struct Party<'a> {
    pub(super) requester: &'a Did,
    pub(super) request: &'a SessionRequest,
    pub(super) kinds: &'a BTreeMap<Did, Kind>,
}

impl Agent {
    fn new(kind: Concept, who: Reference) -> Self {
        Self { kind, role: Vec::new(), who, requestor: false, network: None, purpose_of_use: Vec::new() }
    }

    /// BALP wants the network address, which no ledger sees.
    fn machine(self) -> Self {
        Self { network: Some(Absent::Unknown.element()), ..self }
    }

    /// The same, where another started what is told.
    pub(super) fn aside(self) -> Self {
        Self { requestor: false, ..self }
    }

    /// The custodian that the data comes from.
    pub(super) fn origin(who: Reference) -> Self {
        Self::new(Concept::of(DCM, "110153", "Source Role ID"), who).machine()
    }

    /// A custodian that a session names.
    pub(super) fn custodian(who: Reference, requestor: bool) -> Self {
        Self { requestor, ..Self::new(Concept::of(PARTICIPATION, "CST", "custodian"), who) }
    }

    pub(super) fn authoriser(who: Reference) -> Self {
        Self::new(Concept::of(SECURITY_ROLE, "authserver", "authorization server"), who)
    }
}

impl Source {
    /// The ledger.
    pub(super) const fn security(observer: Reference) -> Self {
        Self { observer, kind: [Coding::of(SOURCE, "6", "Security Server")] }
    }

    /// A custodian's gateway.
    pub(super) const fn application(observer: Reference) -> Self {
        Self { observer, kind: [Coding::of(SOURCE, "4", "Application Server")] }
    }
}

impl Detail {
    pub(super) fn new(kind: &'static str, value: impl ToString) -> Self {
        Self { kind, value: Some(clean(&value.to_string())), absent: None }
    }

    pub(super) const fn absent(kind: &'static str, why: Absent) -> Self {
        Self { kind, value: None, absent: Some(why.element()) }
    }
}

impl Entity {
    /// The patient.
    pub(super) fn patient(subject: &Did) -> Self {
        Self {
            what: Reference::did(subject, Some(Kind::Patient)),
            kind: Coding::of(ENTITY, "1", "Person"),
            role: Some(Coding::of(OBJECT_ROLE, "1", "Patient")),
            security_label: Vec::new(),
            detail: Vec::new(),
        }
    }

    /// What guards access: a session, a legal ground.
    fn security(what: Reference, detail: Vec<Detail>) -> Self {
        Self {
            what,
            kind: Coding::of(ENTITY, "2", "System Object"),
            role: Some(Coding::of(OBJECT_ROLE, "13", "Security Resource")),
            security_label: Vec::new(),
            detail,
        }
    }

    /// A session.
    pub(super) fn session(chain: &ChainId, session: &SessionId, detail: Vec<Detail>) -> Self {
        Self::security(Reference::by(Identifier::on(chain, "session", session)), detail)
    }

    /// A record, with the categories of what it holds where the reader can open it.
    pub(super) fn record(
        chain: &ChainId,
        record: &RecordId,
        known: Option<&KnownRecord>,
        mut detail: Vec<Detail>,
    ) -> Self {
        let mut what = Reference::by(Identifier::on(chain, "record", record));
        let mut security_label = Vec::new();
        match known {
            Some(KnownRecord { version, facts, .. }) => {
                let Facts { resource_type, category, labels, .. } = facts;
                what.kind = is_r4(resource_type).then(|| Cow::Owned(resource_type.clone()));
                security_label = labels.iter().flatten().map(Coding::given).collect();
                detail.push(Detail::new("version", version));
                detail.push(Detail::new("resourceType", resource_type));
                detail.extend(category.iter().map(|code| Detail::new("category", token(code))));
            }
            None => detail.push(Detail::absent("resourceType", Absent::Unknown)),
        }
        Self {
            what,
            kind: Coding::of(ENTITY, "2", "System Object"),
            role: Some(Coding::of(OBJECT_ROLE, "4", "Domain Resource")),
            security_label,
            detail,
        }
    }
}

impl Party<'_> {
    fn kind(&self, did: &Did) -> Option<Kind> {
        self.kinds.get(did).copied()
    }

    /// The requester's end of the session: the key that releases are encrypted to.
    fn client(&self, chain: &ChainId, kind: Concept) -> Agent {
        let AgreementKey::X25519 { bytes } = &self.request.key;
        Agent::new(kind, Reference::by(Identifier::on(chain, "session key (X25519)", bytes))).machine()
    }

    /// BALP's client of an authorisation.
    pub(super) fn application(&self, chain: &ChainId) -> Agent {
        self.client(chain, Concept::of(DCM, "110150", "Application"))
    }

    /// BALP's client of a read.
    pub(super) fn destination(&self, chain: &ChainId) -> Agent {
        self.client(chain, Concept::of(DCM, "110152", "Destination Role ID"))
    }

    /// The person. An organisation that asks for itself names none.
    pub(super) fn user(&self, state: Option<&SessionState>) -> Agent {
        let kind = self.kind(self.requester);
        let who = match kind {
            Some(Kind::Organisation | Kind::Device) => Absent::Unknown.reference(),
            _ => Reference::did(self.requester, kind),
        };
        let roles = state.iter().flat_map(|state| &state.roles);
        Agent {
            role: roles.map(Concept::given).collect(),
            requestor: true,
            purpose_of_use: self.purposes(),
            ..Agent::new(Concept::of(PARTICIPATION, "IRCP", "information recipient"), who)
        }
    }

    /// The organisation that the person acts for, as the request names it.
    pub(super) fn organisation(&self) -> Agent {
        let who = match (self.request.organisation, self.kind(self.requester)) {
            (Some(did), _) => Reference::did(&did, self.kind(&did)),
            (None, Some(Kind::Organisation)) => Reference::did(self.requester, Some(Kind::Organisation)),
            (None, Some(Kind::Patient)) => Absent::NotApplicable.reference(),
            (None, _) => Absent::Unknown.reference(),
        };
        Agent::new(Concept::of(ROLE_CLASS, "PROV", "healthcare provider"), who)
    }

    pub(super) fn purposes(&self) -> Vec<Concept> {
        Vec::from([purpose_of(&self.request.purpose)])
    }

    /// The consent, or the legal ground.
    pub(super) fn basis(&self, chain: &ChainId, mut detail: Vec<Detail>) -> Entity {
        match &self.request.basis {
            SessionBasis::Consent { consent, version } => {
                detail.push(Detail::new("consentVersion", version));
                let mut what = Reference::by(Identifier::on(chain, "consent", consent));
                what.kind = Some(Cow::Borrowed("Consent"));
                Entity {
                    what,
                    kind: Coding::of(RESOURCES, "Consent", "Consent"),
                    role: None,
                    security_label: Vec::new(),
                    detail,
                }
            }
            SessionBasis::LegalGround { ground } => {
                Entity::security(Reference::by(Identifier::on(chain, "legal ground", ground)), detail)
            }
        }
    }
}

/// A purpose in the version of its system that R4 publishes. A later code is told in words beside the nearest one of that
/// version which it is a kind of; what is no purpose at all, which no ledger takes, in words alone.
fn purpose_of(code: &str) -> Concept {
    let mut at = Some(code);
    // As many steps as the tree is deep, at most.
    while let Some(later) = at.filter(|at| SINCE_R4.contains(at)) {
        at = purpose::tree().iter().find(|(own, _)| *own == later).and_then(|(_, parent)| *parent);
    }
    match at.filter(|at| purpose::is_known(at)) {
        Some(at) if at == code => Concept::given(&vocabulary::Coding::new(REASON, code)),
        Some(at) => Concept::given(&vocabulary::Coding::new(REASON, at)).named(code),
        None => Concept::said(code),
    }
}

/// What was asked for. A scope without types reaches all of them, which is told as `*`.
pub(super) fn details_of(request: &SessionRequest) -> impl Iterator<Item = Detail> + '_ {
    let SessionRequest { action, scope, until, credentials, .. } = request;
    let every = scope.types.is_empty().then(|| Detail::new("resourceType", EVERY));
    let types = scope.types.iter().map(|name| Detail::new("resourceType", name));
    let categories = scope.categories.iter().map(|code| Detail::new("category", token(code)));
    let clinical = scope.period.as_ref().map(|period| Detail::new("clinical", crate::time::interval(period)));
    let until = instant(*until).map(|_| Detail::new("until", rfc3339(*until)));
    let credentials = credentials.iter().map(|id| Detail::new("credential", id));
    [Detail::new("action", action)]
        .into_iter()
        .chain(every)
        .chain(types)
        .chain(categories)
        .chain(clinical)
        .chain(until)
        .chain(credentials)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purpose_that_r4_does_not_have_yet_is_told_beside_the_one_above_it() {
        let json = |code: &str| serde_json::to_value(purpose_of(code)).unwrap();
        for (code, coded, text) in [
            ("TREAT", Some("TREAT"), None),
            ("BTG", Some("BTG"), None),
            ("TREATDS", Some("TREAT"), Some("TREATDS")),
            ("PMTDS", Some("HPAYMT"), Some("PMTDS")),
            ("MLTRAINING", Some("HOPERAT"), Some("MLTRAINING")),
            ("curiosity", None, Some("curiosity")),
            ("", None, Some("(empty)")),
        ] {
            let told = json(code);
            assert_eq!(told["coding"][0]["code"].as_str(), coded, "{code}");
            assert_eq!(told["text"].as_str(), text, "{code}");
        }
        assert!(SINCE_R4.iter().all(|code| purpose::is_known(code)));
    }
}
