//! What can't be read faithfully: every rule, and the element it names.

use medledger_core::consent::Actor;
use medledger_core::hash::Did;

use super::*;
use references::OnLedger;

fn at(rule: &str, element: &str) -> (String, String) {
    (rule.into(), element.into())
}

fn root(mut change: impl FnMut(&mut Value)) -> (String, String) {
    let mut consent = consent(json!({"type": "permit"}));
    change(&mut consent);
    refused(&consent)
}

fn denied(provision: Value) -> (String, String) {
    refused(&consent(json!({"type": "permit", "provision": [provision]})))
}

#[test]
fn another_resource_is_none() {
    assert_eq!(root(|c| c["resourceType"] = json!("Bundle")), at("FHR-040", "Consent.resourceType"));
    assert_eq!(refused(&json!({"status": "active"})), at("FHR-040", "Consent.resourceType"));
    assert_eq!(refused(&json!([])), at("FHR-018", "Consent"));
    assert_eq!(refused(&json!("Consent")), at("FHR-018", "Consent"));
}

#[test]
fn modifiers_are_not_understood_wherever_they_stand() {
    let other = json!([{"url": "http://example.org/not", "valueBoolean": true}]);
    assert_eq!(
        root(|c| c["implicitRules"] = json!("http://example.org")),
        at("FHR-041", "Consent.implicitRules")
    );
    assert_eq!(root(|c| c["_implicitRules"] = json!({"id": "a"})), at("FHR-041", "Consent._implicitRules"));
    assert_eq!(
        root(|c| c["modifierExtension"] = other.clone()),
        at("FHR-041", "Consent.modifierExtension[0]")
    );
    assert_eq!(
        root(|c| c["policy"] = json!([{"uri": "urn:a", "modifierExtension": other}])),
        at("FHR-041", "Consent.policy[0].modifierExtension[0]")
    );
    assert_eq!(
        root(|c| c["contained"] = json!([{"resourceType": "Group", "modifierExtension": other}])),
        at("FHR-041", "Consent.contained[0].modifierExtension[0]")
    );
    assert_eq!(
        denied(json!({"type": "permit", "modifierExtension": other})),
        at("FHR-041", "Consent.provision.provision[0].modifierExtension[0]")
    );
    let mut who = actor("PRCP", "Group/a");
    who["modifierExtension"] = other.clone();
    assert_eq!(
        root(|c| c["provision"]["actor"] = json!([who])),
        at("FHR-041", "Consent.provision.actor[0].modifierExtension[0]")
    );
    // Our own, in a form that the export does not write.
    assert_eq!(
        root(|c| c["provision"]["modifierExtension"] = json!({"url": WHOLE, "valueBoolean": true})),
        at("FHR-041", "Consent.provision.modifierExtension")
    );
    for own in [
        json!([{"url": WHOLE, "valueBoolean": false}]),
        json!([{"url": WHOLE}]),
        json!([{"url": WHOLE, "valueBoolean": true, "id": "a"}]),
    ] {
        let found = root(|c| c["provision"]["modifierExtension"] = own.clone());
        assert_eq!(found, at("FHR-041", "Consent.provision.modifierExtension[0]"));
    }
    for own in [json!([{"url": USES, "valueString": "0"}]), json!([{"url": OBLIGATION, "valueCode": "FLY"}])]
    {
        assert_eq!(
            root(|c| c["modifierExtension"] = own.clone()),
            at("FHR-041", "Consent.modifierExtension[0]")
        );
    }
}

#[test]
fn elements_that_are_not_known_are_refused() {
    assert_eq!(root(|c| c["provsion"] = json!({"type": "deny"})), at("FHR-042", "Consent.provsion"));
    assert_eq!(root(|c| c["provision"]["except"] = json!([1])), at("FHR-042", "Consent.provision.except"));
    assert_eq!(
        root(|c| c["provision"]["purpose"] = json!([{"cod": "TREAT"}])),
        at("FHR-042", "Consent.provision.purpose[0].cod")
    );
    for name in ["subject", "grantee", "decision", "regulatoryBasis", "date", "period"] {
        assert_eq!(root(|c| c[name] = json!("x")), at("FHR-043", &format!("Consent.{name}")));
    }
    for name in ["documentType", "resourceType", "expression"] {
        let found = root(|c| c["provision"][name] = json!("x"));
        assert_eq!(found, at("FHR-043", &format!("Consent.provision.{name}")));
    }
    // R5's list of provisions.
    assert_eq!(refused(&consent(json!([{"type": "permit"}]))), at("FHR-018", "Consent.provision"));
}

#[test]
fn what_is_empty_or_null_is_no_absent_criterion() {
    for nothing in [json!(null), json!([]), json!([null]), json!([{}]), json!("")] {
        for name in ["actor", "purpose", "securityLabel", "data", "period", "provision"] {
            let (rule, element) = root(|c| c["provision"][name] = nothing.clone());
            assert_eq!(rule, "FHR-018", "{name} {nothing}");
            assert!(element.starts_with(&format!("Consent.provision.{name}")), "{element}");
        }
    }
    assert_eq!(
        root(|c| c["provision"]["purpose"] = purpose("TREAT")),
        at("FHR-018", "Consent.provision.purpose")
    );
    // An end that is hinted at is not open.
    let hinted =
        json!({"start": "2024-01-01", "_end": {"extension": [{"url": "u", "valueCode": "unknown"}]}});
    assert_eq!(
        root(|c| c["provision"]["period"] = hinted.clone()),
        at("FHR-056", "Consent.provision.period.end")
    );
    assert_eq!(
        root(|c| c["provision"] = json!({"_type": {"id": "a"}})),
        at("FHR-056", "Consent.provision.type")
    );
}

#[test]
fn a_base_is_stated_and_bounded() {
    assert_eq!(
        refused(&consent(json!({"purpose": [purpose("TREAT")]}))),
        at("FHR-044", "Consent.provision.type")
    );
    assert_eq!(
        refused(&json!({"resourceType": "Consent", "status": "active"})),
        at("FHR-044", "Consent.policyRule")
    );
    assert_eq!(
        refused(&under("OPTINR", json!({"period": {"start": "2024"}}))),
        at("FHR-044", "Consent.policyRule")
    );
    let untyped = under("OPTIN", json!({"purpose": [purpose("TREAT")], "actor": [actor("PRCP", "Group/g")]}));
    assert_eq!(refused(&untyped), at("FHR-045", "Consent.provision.actor"));
    let error = literally(&untyped).unwrap_err().to_string();
    assert!(error.contains("Consent.provision.actor, Consent.provision.purpose"), "{error}");
    assert_eq!(
        denied(json!({"purpose": [purpose("TREAT")]})),
        at("FHR-046", "Consent.provision.provision[0].type")
    );
    assert_eq!(refused(&consent(json!({"type": "allow"}))), at("FHR-046", "Consent.provision.type"));
    assert_eq!(refused(&consent(json!({"type": true}))), at("FHR-018", "Consent.provision.type"));
}

#[test]
fn what_contradicts_itself_is_refused() {
    let mut both = under("OPTIN", json!({"type": "permit"}));
    both["policyRule"] = json!({"coding": [of("v3-ActCode", "OPTIN"), of("v3-ActCode", "OPTOUT")]});
    assert_eq!(refused(&both), at("FHR-047", "Consent.policyRule"));
    let mut who = actor("PRCP", "Practitioner/a");
    who["reference"]["type"] = json!("Organization");
    assert_eq!(
        root(|c| c["provision"]["actor"] = json!([who])),
        at("FHR-047", "Consent.provision.actor[0].reference.type")
    );
    let mut who = actor("PRCP", "Practitioner/a");
    who["role"]["coding"] = json!([of("v3-ParticipationType", "PRCP"), of("v3-ParticipationType", "CST")]);
    assert_eq!(
        root(|c| c["provision"]["actor"] = json!([who])),
        at("FHR-047", "Consent.provision.actor[0].role")
    );
}

#[test]
fn roles_statuses_and_meanings_are_known() {
    let role = |role: Value| {
        root(|c| c["provision"]["actor"] = json!([{"role": role, "reference": {"reference": "Group/a"}}]))
    };
    for other in [
        concept("v3-ParticipationType", "AUT"),
        concept("v3-RoleCode", "PRCP"),
        json!({"text": "recipient"}),
        json!({"coding": [{"code": "PRCP"}]}),
    ] {
        assert_eq!(role(other), at("FHR-048", "Consent.provision.actor[0].role"));
    }
    let nobody = json!({"role": concept("v3-ParticipationType", "PRCP")});
    assert_eq!(
        root(|c| c["provision"]["actor"] = json!([nobody])),
        at("FHR-056", "Consent.provision.actor[0].reference")
    );
    assert_eq!(refused(&json!({"resourceType": "Consent"})), at("FHR-056", "Consent.status"));
    let data = json!([{"meaning": "about", "reference": {"reference": "Group/a"}}]);
    assert_eq!(
        root(|c| c["provision"]["data"] = data.clone()),
        at("FHR-055", "Consent.provision.data[0].meaning")
    );
}

#[test]
fn a_deny_of_what_is_not_known_is_refused() {
    let below = "Consent.provision.provision[0]";
    for (name, value, element) in [
        ("purpose", json!([purpose("TREAT"), purpose("FUN")]), "purpose[1]"),
        ("purpose", json!([{"code": "TREAT"}]), "purpose[0]"),
        ("action", json!([{"coding": [{"system": "urn:a", "code": "access"}]}]), "action[0]"),
        ("action", json!([{"text": "access"}]), "action[0]"),
        (
            "class",
            json!([{"system": "http://hl7.org/fhir/resource-types", "code": "Observations"}]),
            "class[0]",
        ),
        ("class", json!([{"system": "urn:ietf:bcp:13", "code": "application/hl7-cda+xml"}]), "class[0]"),
        (
            "code",
            json!([{"coding": [{"system": "http://loinc.org", "code": "1"}, {"code": "2"}]}]),
            "code[0]",
        ),
        ("securityLabel", json!([of("v3-Confidentiality", "X")]), "securityLabel[0]"),
        ("securityLabel", json!([{"system": "urn:a", "code": "HIV"}]), "securityLabel[0]"),
        (
            "securityLabel",
            json!([{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode"}]),
            "securityLabel[0]",
        ),
    ] {
        let (mut provision, mut permit) = (json!({"type": "deny"}), json!({"type": "permit"}));
        provision[name] = value.clone();
        permit[name] = value;
        assert_eq!(denied(provision), at("FHR-049", &format!("{below}.{element}")), "{name}");
        assert!(literally(&consent(permit)).is_ok(), "{name}");
    }
    let nobody = json!({"role": concept("v3-ParticipationType", "PRCP"), "reference": {"display": "him"}});
    let element = format!("{below}.actor[0].reference");
    assert_eq!(denied(json!({"type": "deny", "actor": [nobody]})), at("FHR-050", &element));
    let number = json!({"role": concept("v3-ParticipationType", "CST"),
        "reference": {"identifier": {"system": "urn:oid:1.2", "value": "7"}}});
    assert_eq!(denied(json!({"type": "deny", "actor": [number]})), at("FHR-050", &element));
    let contained = json!([{"meaning": "instance", "reference": {"reference": "#a"}}]);
    let element = format!("{below}.data[0].reference");
    assert_eq!(denied(json!({"type": "deny", "data": contained})), at("FHR-050", &element));
    // A deny inherits actors, so those of a permit around it must be known too.
    let inherited = consent(json!({"type": "permit", "actor": [nobody], "provision": [{"type": "deny"}]}));
    assert_eq!(refused(&inherited), at("FHR-050", "Consent.provision.actor[0].reference"));
}

#[test]
fn on_a_ledger_only_what_resolves_is_known() {
    let deny = consent(json!({"type": "deny", "actor": [actor("PRCP", "Organization/o")]})).to_string();
    let mut resolver = OnLedger::default();
    let error = read(deny.as_bytes(), &Options::on_ledger(None, &resolver)).unwrap_err();
    assert_eq!(
        (error.rule().to_string().as_str(), error.element()),
        ("FHR-050", Some("Consent.provision.actor[0].reference"))
    );
    let did = Did([7; 32]);
    resolver.map.insert("Organization/o".into(), Actor::Organisation { did });
    let terms = read(deny.as_bytes(), &Options::on_ledger(None, &resolver)).unwrap().terms().unwrap();
    assert_eq!(terms.criteria.actors, [Actor::Organisation { did }]);
}

#[test]
fn on_a_ledger_an_identifier_names_what_its_type_says_or_what_the_map_has() {
    let did = Did([7; 32]);
    let name = medledger_core::identity::did_to_text(&did);
    let mut resolver = OnLedger::default();
    let other = Actor::Organisation { did: Did([8; 32]) };
    resolver.map.insert("urn:oid:1.2|42".into(), other.clone());
    let actors = |system: &str, value: &str, kind: Option<&str>| {
        let mut reference = json!({"identifier": {"system": system, "value": value}});
        if let Some(kind) = kind {
            reference["type"] = json!(kind);
        }
        let actor = json!({"role": concept("v3-ParticipationType", "PRCP"), "reference": reference});
        let deny = consent(json!({"type": "deny", "actor": [actor]})).to_string();
        let read = read(deny.as_bytes(), &Options::on_ledger(None, &resolver));
        read.map(|read| read.terms().unwrap().criteria.actors).map_err(|error| error.rule().to_string())
    };
    let (identity, organisation) = (Actor::Identity { did }, Actor::Organisation { did });
    assert_eq!(actors("urn:ietf:rfc:3986", &name, Some("Organization")), Ok(vec![organisation.clone()]));
    assert_eq!(actors("urn:ietf:rfc:3986", &name, Some("Practitioner")), Ok(vec![identity.clone()]));
    // Of no stated type it may be either; a deny reaches both.
    let either = actors("urn:ietf:rfc:3986", &name, None).unwrap();
    assert!(either.len() == 2 && either.contains(&identity) && either.contains(&organisation));
    assert_eq!(actors("urn:oid:1.2", "42", None), Ok(vec![other]));
    assert_eq!(actors("urn:oid:1.2", "43", None), Err("FHR-050".into()));
    let role = Actor::Role { role: Coding::new("urn:roles", "207Q00000X") };
    assert_eq!(actors(references::ROLE_SYSTEM, "urn:roles|207Q00000X", None), Ok(vec![role]));
}

/// A role is the same one with and without a ledger.
#[test]
fn a_role_resolves_without_a_ledger_too() {
    let reference = json!({"identifier": {"system": references::ROLE_SYSTEM, "value": "urn:roles|nurse"}});
    let actor = json!({"role": concept("v3-ParticipationType", "PRCP"), "reference": reference});
    let read = literally(&consent(json!({"type": "deny", "actor": [actor]}))).unwrap();
    let role = Coding::new("urn:roles", "nurse");
    assert_eq!(read.terms().unwrap().criteria.actors, [Actor::Role { role }]);
}

#[test]
fn dates_exist_and_periods_leave_time() {
    let period = |start: &str, end: &str| json!({"start": start, "end": end});
    let with = |period: Value| root(|c| c["provision"]["period"] = period.clone());
    assert_eq!(with(period("2024-02-30", "2024-03-01")), at("FHR-016", "Consent.provision.period.start"));
    assert_eq!(with(period("2024-05-01", "2024-03-01")), at("FHR-051", "Consent.provision.period"));
    let reversed = json!({"type": "deny", "period": period("2024-05-01", "2024-03-01")});
    assert_eq!(refused(&consent(reversed)), at("FHR-051", "Consent.provision.period"));
    assert_eq!(with(period("2024-05-01T08:00:00", "2025")), at("FHR-016", "Consent.provision.period.start"));
    assert_eq!(with(json!({"end": 2024})), at("FHR-018", "Consent.provision.period.end"));
    assert_eq!(root(|c| c["dateTime"] = json!("2023-02-29")), at("FHR-016", "Consent.dateTime"));
    // One day, without a zone, is no time that all zones have in common.
    assert_eq!(with(period("2024-05-01", "2024-05-01")), at("FHR-051", "Consent.provision.period"));
    assert_eq!(
        root(|c| c["provision"]["dataPeriod"] = period("2024-05-01", "2024-05-01")),
        at("FHR-051", "Consent.provision.dataPeriod")
    );
    let apart = consent(json!({"type": "permit", "period": period("2020", "2021"),
        "provision": [{"type": "permit", "period": period("2023", "2024")}]}));
    assert_eq!(refused(&apart), at("FHR-051", "Consent.provision.provision[0].period"));
    assert!(
        literally(&consent(json!({"type": "deny", "period": period("2024-05-01", "2024-05-01")}))).is_ok()
    );
}

#[test]
fn sizes_are_bounded() {
    let many = |count: usize| {
        consent(
            json!({"type": "permit", "provision": vec![json!({"type": "deny", "purpose": [purpose("HMARKT")]}); count]}),
        )
    };
    assert!(literally(&many(64)).is_ok());
    assert_eq!(refused(&many(65)), at("FHR-052", "Consent.provision.provision[64]"));
    let deep = |depth: usize| {
        let mut provision = json!({"type": "deny"});
        for _ in 0..depth {
            provision = json!({"type": "permit", "provision": [provision]});
        }
        provision
    };
    assert!(literally(&consent(deep(4))).is_ok());
    let fifth = "Consent.provision.provision[0].provision[0].provision[0].provision[0].provision[0]";
    assert_eq!(refused(&consent(deep(5))), at("FHR-053", fifth));
    // As an exception to the policy, the root is one deep itself.
    let fourth = "Consent.provision.provision[0].provision[0].provision[0].provision[0]";
    assert_eq!(refused(&under("OPTOUT", deep(4))), at("FHR-053", fourth));
    // Meanings that part a rule may be too many.
    let data = |meaning: &str| json!({"meaning": meaning, "reference": {"reference": "Encounter/e"}});
    let parted = json!({"type": "deny", "data": [data("instance"), data("authoredby")]});
    let parted = consent(json!({"type": "permit", "provision": vec![parted; 40]}));
    let error = literally(&parted).unwrap().terms().unwrap_err();
    assert_eq!(error.rule().to_string(), "FHR-061");
    let huge = format!("{{\"resourceType\":\"Consent\",\"id\":\"{}\"}}", "a".repeat(2 << 20));
    let error = read(huge.as_bytes(), &Options::literally(None)).unwrap_err();
    assert_eq!(error.rule().to_string(), "FHR-001");
    let twice =
        br#"{"resourceType":"Consent","status":"active","provision":{"type":"deny","type":"permit"}}"#;
    let error = read(twice, &Options::literally(None)).unwrap_err();
    assert_eq!(
        (error.rule().to_string().as_str(), error.element()),
        ("FHR-004", Some("Consent.provision.type"))
    );
    let nested = "{\"provision\":".repeat(50_000);
    let error = read(nested.as_bytes(), &Options::literally(None)).unwrap_err();
    assert_eq!(error.rule().to_string(), "FHR-005");
}

#[test]
fn what_a_ledger_has_no_place_for_is_refused() {
    let terms = |consent: &Value| {
        let error = literally(consent).unwrap().terms().unwrap_err();
        (error.rule().to_string(), error.element().unwrap_or_default().to_string())
    };
    let year = |from: &str, to: &str| json!({"start": format!("{from}-01-01T00:00:00Z"), "end": format!("{to}-12-31T00:00:00Z")});
    let nested = consent(json!({"type": "permit", "period": year("2020", "2030"),
        "provision": [{"type": "deny", "period": year("2024", "2025")}]}));
    assert_eq!(terms(&nested), at("FHR-057", "Consent.provision.provision[0].period"));
    let custodian = consent(json!({"type": "permit", "actor": [actor("CST", "Organization/o")]}));
    assert_eq!(terms(&custodian), at("FHR-058", "Consent.provision.actor[0].reference"));
    let past = consent(json!({"type": "permit", "period": {"start": "1963", "end": "1965"}}));
    assert_eq!(terms(&past), at("FHR-059", "Consent.provision.period"));
    let mut draft = consent(json!({"type": "permit"}));
    draft["status"] = json!("draft");
    assert_eq!(terms(&draft), at("FHR-062", "Consent.status"));
    // A ground that says nothing needs no period of its own.
    let permit = under("OPTOUT", json!({"type": "permit", "period": year("2020", "2030")}));
    assert_eq!(literally(&permit).unwrap().terms().unwrap().rules.len(), 1);
    // At a time, and with a custodian, there are terms.
    let reading = literally(&nested).unwrap();
    let now = reading.terms_at(None, Timestamp(NOON)).unwrap();
    assert_eq!((now.rules.len(), now.period.contains(Timestamp(NOON))), (1, true));
    let before = reading.terms_at(None, Timestamp(NOON - 365 * DAY)).unwrap();
    assert_eq!((before.rules.len(), before.period.until), (0, now.period.from));
}
