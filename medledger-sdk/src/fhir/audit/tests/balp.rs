//! What IHE BALP 1.1 asks of its patterns (profiles AuthZconsent and PatientRead), from its published text.

use super::*;

const DCM: &str = "http://dicom.nema.org/resources/ontology/DCM";
const ENTITY: &str = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
const ROLE: &str = "http://terminology.hl7.org/CodeSystem/object-role";

fn is(coding: &Value, system: &str, code: &str) -> bool {
    coding["system"] == system && coding["code"] == code
}

fn entities<'a>(event: &'a Value, system: &str, code: &str) -> Vec<&'a Value> {
    event["entity"].as_array().unwrap().iter().filter(|entity| is(&entity["type"], system, code)).collect()
}

fn patient_and_agents(event: &Value) {
    let patients = entities(event, ENTITY, "1");
    assert!(patients.len() == 1 && is(&patients[0]["role"], ROLE, "1"));
    assert_eq!(patients[0]["what"]["type"], "Patient");
    assert_eq!(agent(event, "IRCP")["requestor"], true);
    assert!(agent(event, "IRCP").get("network").is_none());
    for machine in ["110150", "110152", "110153"] {
        for agent in agents(event, machine) {
            assert!(is_said(&agent["who"]) && agent["network"].is_object() && agent["requestor"] == false);
        }
    }
}

#[test]
fn a_decision_follows_the_pattern_of_an_authorisation() {
    for event in told().events.iter().filter(|event| event["type"]["code"] == "110113") {
        assert!(is(&event["type"], DCM, "110113") && event["action"] == "E");
        let subtype = &event["subtype"].as_array().unwrap()[..];
        assert!(subtype.len() == 1 && subtype[0]["code"] == "AuthZ-Consent");
        patient_and_agents(event);
        let client = agent(event, "110150");
        assert!(
            ["role", "altId", "name", "location", "media", "purposeOfUse"]
                .iter()
                .all(|none| client.get(none).is_none())
        );
        let authoriser = agent(event, "authserver");
        assert_eq!(authoriser["requestor"], false);
        // val-audit-source: who recorded it took part.
        assert_eq!(authoriser["who"], event["source"]["observer"]);
        for only_who in ["authserver", "PROV"] {
            let fields: Vec<&String> = agent(event, only_who).as_object().unwrap().keys().collect();
            assert_eq!(fields, ["requestor", "type", "who"], "{only_who}");
        }
        // Patient and consent, and nothing else: the slices are closed.
        assert_eq!(event["entity"].as_array().unwrap().len(), 2);
        let consents = entities(event, "http://hl7.org/fhir/resource-types", "Consent");
        assert!(consents.len() == 1 && consents[0]["what"]["identifier"]["value"].is_string());
        let permitted = event["outcome"] == "0";
        assert_eq!(permitted, event.get("outcomeDesc").is_none());
        assert_eq!(permitted, !values(event, "session").is_empty());
    }
}

#[test]
fn a_release_follows_the_pattern_of_a_read() {
    let events = told().events;
    let reads: Vec<&Value> = events.iter().filter(|event| event["type"]["code"] == "rest").collect();
    assert_eq!(reads.len(), 2);
    for event in reads {
        assert!(is(&event["type"], "http://terminology.hl7.org/CodeSystem/audit-event-type", "rest"));
        assert!(is(&event["subtype"][0], "http://hl7.org/fhir/restful-interaction", "read"));
        assert_eq!(event["action"], "R");
        patient_and_agents(event);
        assert!(is(&agent(event, "110152")["type"]["coding"][0], DCM, "110152"));
        // The custodian's gateway is the source, and recorded it.
        assert_eq!(agent(event, "110153")["who"], event["source"]["observer"]);
        let data = entities(event, ENTITY, "2");
        assert!(data.len() == 1 && is(&data[0]["role"], ROLE, "4") && is_said(&data[0]["what"]));
    }
}

#[test]
fn on_a_legal_ground_the_decision_is_one_on_roles() {
    let mut story = Story::new();
    let ground = ground_id(&ground(&story.world.hospital)).unwrap();
    let consent = story.grant_doctor(Millis::hours(1));
    let ask = Ask {
        basis: SessionBasis::LegalGround { ground },
        scope: Scope { types: Vec::from(["AllergyIntolerance".to_string()]), ..Scope::default() },
        ..story.asks(consent)
    };
    let mut draft = story.draft(ask);
    story.gateway.countersign(&mut draft).unwrap();
    story.open_draft(&draft).unwrap();
    let event = json(&story.of(), &story.leaves(LogKind::Access), &story.known()).remove(0);
    assert_eq!(event["subtype"][0]["code"], "AuthZ-Role");
    patient_and_agents(&event);
    let grounds = entities(&event, ENTITY, "2");
    assert!(grounds.len() == 1 && is(&grounds[0]["role"], ROLE, "13"));
    assert_eq!(grounds[0]["what"]["identifier"]["value"], ground.to_string());
    assert_eq!(five_fields(&event), [true; 5]);
}
