//! The story of a day: who may look, who looks, who is turned away.

use medledger_core::access::{Scope, SessionBasis};
use medledger_core::consent::{Actor as To, Criteria, RuleEffect, Terms};
use medledger_core::error::Coded;
use medledger_core::hash::{ConsentId, CredentialId, RecordId, SessionId};
use medledger_core::identity::Kind;
use medledger_core::operation::Operation;
use medledger_core::units::{Millis, Period, Timestamp};
use medledger_core::vocabulary::Coding;
use medledger_sdk::fhir::bundle::Entry;
use medledger_sdk::proof::{self, ProofFile};
use medledger_sdk::requester::{Ask, OpenedSession, Released};
use medledger_sdk::time::rfc3339;

use super::{Input, Patient, Tale, example};
use crate::cli::error::{CliError, Failure, REFUSED};
use crate::cli::log;
use crate::cli::session::{Actor, Session};

/// Practitioners' roles: the NUCC provider taxonomy.
const TAXONOMY: &str = "urn:oid:2.16.840.1.113883.6.101";
const FAMILY_MEDICINE: &str = "207Q00000X";
const EMERGENCY_MEDICINE: &str = "207P00000X";
/// What an emergency is about.
const ALLERGIES_AND_MEDICATIONS: [&str; 5] = [
    "AllergyIntolerance",
    "Medication",
    "MedicationAdministration",
    "MedicationRequest",
    "MedicationStatement",
];
/// How long all of it takes, with some minutes to spare.
pub(super) const LENGTH: Millis = Millis::minutes(24 * 60 + 45);

/// Who plays.
struct Cast<'a> {
    hospital: &'a Actor,
    patient: Actor,
    gp: Actor,
    doctor: Actor,
    stranger: Actor,
    gp_role: CredentialId,
    doctor_role: CredentialId,
}

/// A scene under way.
struct Scene<'a, 'b> {
    tale: &'a mut Tale<'b>,
    session: &'a mut Session,
    start: Timestamp,
    sound: bool,
    opened: Vec<SessionId>,
}

fn coding(code: &str) -> Coding {
    Coding::new(TAXONOMY, code)
}

/// Terms that permit treatment.
fn permit(to: To, purpose: &str, types: &[&str], period: Period) -> Terms {
    Terms {
        period,
        directive: false,
        effect: RuleEffect::Permit,
        criteria: Criteria {
            actors: vec![to],
            purposes: vec![purpose.to_owned()],
            types: types.iter().map(|&name| name.to_owned()).collect(),
            ..Criteria::default()
        },
        rules: Vec::new(),
        obligations: Vec::new(),
        uses: None,
    }
}

impl Scene<'_, '_> {
    /// Moves the clock to a time after the start.
    fn at(&mut self, span: Millis) {
        self.session.now = self.start.plus(span).unwrap_or(Timestamp(u64::MAX));
    }

    fn clock(&self, digits: usize) -> String {
        let text = rfc3339(self.session.time());
        let end = digits.saturating_add(11);
        text.get(11..end).unwrap_or(&text).to_owned()
    }

    fn mark(&self, text: impl std::fmt::Display) {
        self.tale.mark(true, format_args!("{}  {text}", self.clock(5)));
    }

    /// Something that must be refused, by just this rule.
    fn refused<T>(
        &mut self,
        digits: usize,
        what: &str,
        rule: &str,
        result: Result<T, Failure>,
    ) -> Result<(), Failure> {
        let told = match result {
            Err(failure) if failure.exit == REFUSED => {
                self.sound &= failure.code == rule;
                format!("{}  {}", failure.code, failure.what)
            }
            Err(failure) => return Err(failure),
            Ok(_) => {
                self.sound = false;
                "was permitted".to_owned()
            }
        };
        self.tale.mark(false, format_args!("{}  {what}", self.clock(digits)));
        self.tale.out.say(format_args!("             {told}"));
        Ok(())
    }

    fn opens(&mut self, who: &Actor, ask: Ask) -> Result<OpenedSession, Failure> {
        let opened = self.session.ask(who, ask, &[])?;
        self.opened.push(opened.session);
        Ok(opened)
    }

    fn reads(&self, cast: &Cast<'_>, opened: &OpenedSession, record: RecordId) -> Result<Released, Failure> {
        self.session.read_record(opened, cast.hospital, record)
    }

    /// What somebody of the hospital asks for on a consent.
    fn ask(
        &self,
        cast: &Cast<'_>,
        credentials: &[CredentialId],
        consent: ConsentId,
        (purpose, types): (&str, &[&str]),
        span: Millis,
    ) -> Result<Ask, Failure> {
        let hospital = cast.hospital.keys.did;
        Ok(Ask {
            subject: cast.patient.keys.did,
            organisation: (!credentials.is_empty()).then_some(hospital),
            credentials: credentials.to_vec(),
            custodians: vec![hospital],
            basis: SessionBasis::Consent { consent, version: self.session.consent(consent)?.current },
            action: "access".to_owned(),
            purpose: purpose.to_owned(),
            scope: Scope { types: types.iter().map(|&name| name.to_owned()).collect(), ..Scope::default() },
            until: self.session.time().plus(span).unwrap_or(Timestamp(u64::MAX)),
        })
    }
}

/// Tells it; gives whether everything came out as it must.
pub(super) fn story(
    tale: &mut Tale<'_>,
    session: &mut Session,
    hospital: &Actor,
    patient: &Patient,
    input: &Input,
) -> Result<bool, Failure> {
    let (bundle, texts) = (&input.bundle, input.texts()?);
    let start = session.time();
    let mut scene = Scene { tale, session, start, sound: true, opened: Vec::new() };
    let entries: Vec<(&Entry, RecordId)> = bundle.entries().zip(patient.records.iter().copied()).collect();
    let missing = || CliError::NotHeld { record: "of the example".to_owned() };
    let shown = example(bundle).map(|(index, _)| index).ok_or_else(missing)?;
    let text = texts.get(shown).ok_or_else(missing)?;
    let shown = entries.get(shown).ok_or_else(missing)?;
    let urgent = |entry: &Entry| ALLERGIES_AND_MEDICATIONS.contains(&entry.resource_type.as_str());
    let wanted = entries.iter().find(|(entry, _)| urgent(entry));
    let beside = entries.iter().find(|(entry, _)| !urgent(entry)).ok_or_else(missing)?;

    let cast = cast(&mut scene, hospital, patient)?;
    let (consent, seen) = practice(&mut scene, &cast, *shown, text)?;
    let emergency = emergency(&mut scene, &cast, wanted.copied(), *beside)?;
    revoked(&mut scene, &cast, consent, seen, emergency)?;
    last_hour(&mut scene, &cast, emergency, wanted.copied().unwrap_or(*beside), wanted.is_some())?;
    scene.at(Millis::minutes(24 * 60 + 20));
    let opened = std::mem::take(&mut scene.opened);
    let closed = scene.session.close(hospital, &opened)?;
    scene.mark(format_args!(
        "the hospital reports and closes {} sessions: block {}",
        opened.len(),
        closed.header.header.height
    ));
    Ok(scene.sound)
}

fn cast<'a>(scene: &mut Scene<'_, '_>, hospital: &'a Actor, patient: &Patient) -> Result<Cast<'a>, Failure> {
    scene.tale.section(format_args!("{} lets her practice look: an ordinary consent", patient.name));
    let mut roles = Vec::new();
    for (name, role) in
        [("gp", Some(FAMILY_MEDICINE)), ("doctor", Some(EMERGENCY_MEDICINE)), ("stranger", None)]
    {
        let (did, _) = scene.session.incept(name, Kind::Practitioner, hospital)?;
        if let Some(role) = role {
            let until = scene.start.plus(Millis::hours(365 * 24)).unwrap_or(Timestamp(u64::MAX));
            let period = Period { from: scene.start, until };
            roles.push(scene.session.issue(hospital, did, coding(role), period)?.0);
        }
    }
    let &[gp_role, doctor_role] = roles.as_slice() else { return Err(CliError::NotTaken.into()) };
    scene.tale.row("credentials", "the hospital vouches for a gp, and for a doctor of emergency medicine");
    Ok(Cast {
        hospital,
        patient: scene.session.actor(&patient.wallet)?,
        gp: scene.session.actor("gp")?,
        doctor: scene.session.actor("doctor")?,
        stranger: scene.session.actor("stranger")?,
        gp_role,
        doctor_role,
    })
}

/// The practice: granted, opened, released.
fn practice(
    scene: &mut Scene<'_, '_>,
    cast: &Cast<'_>,
    (entry, record): (&Entry, RecordId),
    text: &[u8],
) -> Result<(ConsentId, RecordId), Failure> {
    scene.at(Millis::minutes(5));
    let until = scene.start.plus(Millis::hours(90 * 24)).unwrap_or(Timestamp(u64::MAX));
    let period = Period { from: scene.session.time(), until };
    let terms = permit(To::Identity { did: cast.gp.keys.did }, "TREAT", &[], period);
    let (consent, _) = scene.session.grant(&cast.patient, terms)?;
    scene.mark("her wallet grants it: to the gp, for TREAT, everything, 90 days");
    let ask = scene.ask(cast, &[cast.gp_role], consent, ("TREAT", &[]), Millis::hours(1))?;
    let opened = scene.opens(&cast.gp, ask)?;
    scene.mark(format_args!(
        "the gp opens a session, which is on record before anything is seen: block {}",
        opened.receipt.height()
    ));
    scene.at(Millis::minutes(6));
    let released = scene.reads(cast, &opened, record)?;
    scene.mark("the record's key is released, to the session's key alone, with the sealed record");
    let original = released.original.expose();
    scene.sound &= original == text;
    scene.mark(format_args!(
        "the gp decrypts {} bytes, byte for byte what the hospital received and anchored:",
        original.len()
    ));
    let kind = &released.opening.facts.resource_type;
    scene.tale.out.say(format_args!("             {kind}, {}", entry.display));
    Ok((consent, record))
}

/// 24 hours for an emergency.
fn emergency(
    scene: &mut Scene<'_, '_>,
    cast: &Cast<'_>,
    wanted: Option<(&Entry, RecordId)>,
    (beside, other): (&Entry, RecordId),
) -> Result<ConsentId, Failure> {
    scene.tale.section("An emergency: allergies and medications, for 24 hours");
    scene.at(Millis::minutes(15));
    let from = scene.session.time();
    let until = from.plus(Millis::hours(24)).unwrap_or(Timestamp(u64::MAX));
    let to = To::Role { role: coding(EMERGENCY_MEDICINE) };
    let terms = permit(to, "ERTREAT", &ALLERGIES_AND_MEDICATIONS, Period { from, until });
    let (consent, _) = scene.session.grant(&cast.patient, terms)?;
    scene.mark("a consent to emergency medicine, for ERTREAT; the 24 hours are half-open");
    let what = ("ERTREAT", ALLERGIES_AND_MEDICATIONS.as_slice());
    let ask = scene.ask(cast, &[cast.doctor_role], consent, what, Millis::hours(12))?;
    let opened = scene.opens(&cast.doctor, ask)?;
    let ends = rfc3339(opened.state.not_after);
    scene.mark(format_args!("the doctor opens a session until {}", ends.get(11..16).unwrap_or(&ends)));
    scene.at(Millis::minutes(16));
    match wanted {
        Some((entry, record)) => {
            scene.reads(cast, &opened, record)?;
            scene.mark(format_args!("released: {}, {}", entry.resource_type, entry.display));
        }
        None => scene.mark("there is nothing of the kind on record, and the session stands all the same"),
    }
    let looks = scene.reads(cast, &opened, other);
    let what = format!("she tries the {} record, which is beside it", beside.resource_type);
    scene.refused(5, &what, "GTW-024", looks)?;
    scene.at(Millis::minutes(75));
    let what = ("BTG", ALLERGIES_AND_MEDICATIONS.as_slice());
    let ask = scene.ask(cast, &[cast.doctor_role], consent, what, Millis::hours(1))?;
    let opens = scene.session.ask(&cast.doctor, ask, &[]);
    scene.refused(5, "she asks to break the glass, which no consent names", "ACC-014", opens)?;
    Ok(consent)
}

/// A consent is taken back while a session is open; and somebody has none at all.
fn revoked(
    scene: &mut Scene<'_, '_>,
    cast: &Cast<'_>,
    consent: ConsentId,
    record: RecordId,
    emergency: ConsentId,
) -> Result<(), Failure> {
    scene.tale.section("A consent is taken back, and a stranger has none");
    scene.at(Millis::minutes(120));
    let ask = scene.ask(cast, &[cast.gp_role], consent, ("TREAT", &[]), Millis::hours(1))?;
    let opened = scene.opens(&cast.gp, ask)?;
    scene.mark("the gp opens another session");
    scene.at(Millis::minutes(130));
    scene.session.sign(&cast.patient, Operation::RevokeConsent { consent })?;
    scene.mark("her wallet takes the consent back");
    scene.at(Millis::minutes(131));
    let genuine = opened.receipt.check(&scene.session.verifier()?).is_ok();
    scene.sound &= genuine;
    let reads = scene.reads(cast, &opened, record);
    scene.refused(
        5,
        "the gp shows the session's receipt, which is genuine, and is refused",
        "ACC-012",
        reads,
    )?;
    scene.at(Millis::minutes(180));
    let what = ("ERTREAT", ALLERGIES_AND_MEDICATIONS.as_slice());
    let ask = scene.ask(cast, &[], emergency, what, Millis::hours(1))?;
    let opens = scene.session.ask(&cast.stranger, ask, &[]);
    scene.refused(5, "a stranger asks on the emergency's consent", "ACC-014", opens)
}

/// The end of the 24 hours, to the millisecond.
fn last_hour(
    scene: &mut Scene<'_, '_>,
    cast: &Cast<'_>,
    consent: ConsentId,
    (entry, record): (&Entry, RecordId),
    readable: bool,
) -> Result<(), Failure> {
    const END: Millis = Millis::minutes(24 * 60 + 15);
    scene.tale.section("The next day: the 24th hour, and its end to the millisecond");
    scene.at(Millis::minutes(23 * 60 + 45));
    let what = ("ERTREAT", ALLERGIES_AND_MEDICATIONS.as_slice());
    let ask = scene.ask(cast, &[cast.doctor_role], consent, what, Millis::hours(2))?;
    let opened = scene.opens(&cast.doctor, ask)?;
    let ends = rfc3339(opened.state.not_after);
    scene.sound &= Some(opened.state.not_after) == scene.start.plus(END);
    scene.mark(format_args!(
        "the doctor asks for two hours; the session ends with the consent, at {}",
        ends.get(11..23).unwrap_or(&ends)
    ));
    scene.at(Millis(END.0.saturating_sub(1)));
    if readable {
        scene.reads(cast, &opened, record)?;
        let clock = scene.clock(12);
        scene.tale.mark(true, format_args!("{clock}  released: {}, {}", entry.resource_type, entry.display));
    }
    scene.at(END);
    let reads = scene.reads(cast, &opened, record);
    scene.refused(12, "one millisecond later the hospital refuses", "ACC-030", reads)?;
    let ask = scene.ask(cast, &[cast.doctor_role], consent, what, Millis::hours(1))?;
    let opens = scene.session.ask(&cast.doctor, ask, &[]);
    scene.refused(12, "and the ledger opens no new session", "ACC-012", opens)
}

/// The access log, whole; and everything of the patient as a file, checked.
pub(super) fn looked(
    tale: &mut Tale<'_>,
    session: &Session,
    patient: &Patient,
    folder: &std::path::Path,
) -> Result<bool, Failure> {
    tale.section(format_args!("Who has looked at the records of {}", patient.name));
    let log = log::read(session, patient.did)?;
    let names = log::names(session)?;
    for entry in &log.entries {
        for line in log::told(entry, &names, session.time()) {
            tale.out.say(format_args!("    {line}"));
        }
    }
    tale.mark(log.is_complete(), format_args!("{} entries, {}", log.entries.len(), log.claim()));
    let export = session.host.export(patient.did)?.ok_or(CliError::NoBlockYet)?;
    let export = export.map_err(|fault| Failure::bad_input(&fault, None))?;
    let bytes = ProofFile::Export { export }.encode()?;
    let file = folder.join("export.cbor");
    crate::cli::files::write_new(&file, &bytes, true)?;
    let report = proof::check(&bytes, &session.verifier()?, None);
    let told = match &report.fault {
        None => format!("the patient's export: {} ({} bytes)", file.display(), bytes.len()),
        Some(fault) => format!("the export does not hold: {} {fault}", fault.rule()),
    };
    let good = report.is_valid() && report.complete == Some(true);
    tale.mark(good, told);
    Ok(good && log.is_complete())
}
