//! The ten rules, one after the other.

use medledger_core::vocabulary::labels::{ACT_CODE, CONFIDENTIALITY};

use super::*;

const DR: &str = "Practitioner/a";
const CHILD: &str = "Consent.provision.provision[0]";

fn label(code: &str) -> Coding {
    Coding::new(if code.len() == 1 { CONFIDENTIALITY } else { ACT_CODE }, code)
}

fn stated(code: &str) -> Value {
    of(if code.len() == 1 { "v3-Confidentiality" } else { "v3-ActCode" }, code)
}

#[test]
fn rule_2_the_base_is_the_roots_type_else_the_policys() {
    let ask = Ask::by(DR);
    assert_eq!(ask.told(&consent(json!({"type": "permit"}))), "permit-base Consent.provision");
    assert_eq!(ask.told(&consent(json!({"type": "deny"}))), "deny-directive Consent.provision");
    assert_eq!(ask.told(&under("OPTIN", json!({"type": "permit"}))), "permit-base Consent.provision");
    // Rule 10: a deny in so many words is a directive, OPTOUT alone a ground.
    assert_eq!(ask.told(&under("OPTOUT", json!({"type": "deny"}))), "deny-directive Consent.provision");
    let mut alone = under("OPTIN", json!({}));
    alone.as_object_mut().unwrap().remove("provision");
    assert_eq!(ask.told(&alone), "permit-base Consent.policyRule");
    alone["policyRule"] = concept("v3-ActCode", "OPTOUT");
    assert_eq!(ask.told(&alone), "only-the-base Consent.policyRule");
    // Break-glass is never meant without its name.
    alone["policyRule"] = concept("v3-ActCode", "OPTIN");
    assert_eq!(ask.clone().with(|ask| ask.purpose = "BTG").told(&alone), "no-match");
}

#[test]
fn rule_2_an_opposite_root_is_one_exception() {
    let not = under("OPTIN", json!({"type": "deny", "actor": [actor("PRCP", "Organization/o")]}));
    assert_eq!(Ask::by("Organization/o").told(&not), "deny-rule Consent.policyRule Consent.provision");
    assert_eq!(Ask::by("Organization/p").told(&not), "permit-base Consent.policyRule");
    let only = under("OPTOUT", json!({"type": "permit", "purpose": [purpose("TREAT")]}));
    assert_eq!(Ask::by(DR).told(&only), "permit-rule Consent.policyRule Consent.provision");
    assert_eq!(
        Ask::by(DR).with(|ask| ask.purpose = "HMARKT").told(&only),
        "only-the-base Consent.policyRule"
    );
    // Its period is the exception's, and the policy holds outside.
    let spring =
        json!({"type": "deny", "period": {"start": "2024-03-01T00:00:00Z", "end": "2024-05-31T00:00:00Z"}});
    assert_eq!(Ask::by(DR).told(&under("OPTIN", spring)), "permit-base Consent.policyRule");
}

#[test]
fn rule_3_the_roots_criteria_bound_the_base() {
    let treat = consent(json!({"type": "permit", "purpose": [purpose("TREAT")]}));
    assert_eq!(Ask::by(DR).with(|ask| ask.purpose = "ETREAT").told(&treat), "permit-base Consent.provision");
    assert_eq!(Ask::by(DR).with(|ask| ask.purpose = "HMARKT").told(&treat), "no-match");
    let deny = consent(json!({"type": "deny", "purpose": [purpose("HMARKT")]}));
    assert_eq!(Ask::by(DR).told(&deny), "no-match");
    let past = |policy| under(policy, json!({"period": {"start": "2015-01-01", "end": "2015-02-01"}}));
    assert_eq!(Ask::by(DR).told(&past("OPTIN")), "expired Consent.policyRule");
    assert_eq!(Ask::by(DR).with(|ask| ask.at = 0).told(&past("OPTIN")), "not-yet Consent.policyRule");
}

#[test]
fn rule_4_a_permit_inherits_what_it_does_not_state() {
    let nested = json!({"type": "permit", "purpose": [purpose("TREAT")], "securityLabel": [stated("N")],
        "provision": [{"type": "permit", "actor": [actor("IRCP", DR)], "securityLabel": [stated("R")]}]});
    let restricted = Ask::by(DR).with(|ask| ask.labels = Some(vec![label("R")]));
    assert_eq!(restricted.told(&consent(nested.clone())), format!("permit-rule Consent.provision {CHILD}"));
    assert!(!restricted.clone().with(|ask| ask.purpose = "HRESCH").permitted(&consent(nested.clone())));
    assert!(
        !Ask::by("Practitioner/b")
            .with(|ask| ask.labels = Some(vec![label("R")]))
            .permitted(&consent(nested))
    );
    // Through a deny between, too: an exception to it is for treatment still.
    let through = json!({"type": "permit", "purpose": [purpose("TREAT")], "provision": [{"type": "deny",
        "class": [{"system": "http://hl7.org/fhir/resource-types", "code": "Observation"}],
        "provision": [{"type": "permit", "actor": [actor("IRCP", DR)]}]}]});
    assert!(Ask::by(DR).permitted(&consent(through.clone())));
    assert!(!Ask::by(DR).with(|ask| ask.purpose = "HMARKT").permitted(&consent(through.clone())));
    assert!(
        !Ask::by(DR)
            .with(|ask| ask.class = "Condition")
            .with(|ask| ask.purpose = "HMARKT")
            .permitted(&consent(through))
    );
}

#[test]
fn rule_4_a_deny_inherits_actors_and_period_and_nothing_else() {
    let nested = json!({"type": "permit", "actor": [actor("IRCP", DR)], "purpose": [purpose("TREAT")],
        "provision": [{"type": "deny", "securityLabel": [stated("R")]}]});
    let restricted = |who: &str| Ask::by(who).with(|ask| ask.labels = Some(vec![label("V")]));
    assert_eq!(restricted(DR).told(&consent(nested.clone())), format!("deny-rule Consent.provision {CHILD}"));
    // Purpose is not inherited: the deny is for any.
    let other = restricted(DR).with(|ask| ask.purpose = "HMARKT");
    assert_eq!(other.told(&consent(nested.clone())), format!("deny-rule Consent.provision {CHILD}"));
    assert_eq!(restricted("Practitioner/b").told(&consent(nested.clone())), "no-match");
    // Not assessed is unknown.
    assert!(!Ask::by(DR).permitted(&consent(nested.clone())));
    assert!(Ask::by(DR).with(|ask| ask.labels = Some(vec![])).permitted(&consent(nested)));
}

#[test]
fn rule_4_siblings_do_not_set_each_other_aside_and_periods_intersect() {
    let both = json!({"type": "deny", "provision": [
        {"type": "permit", "purpose": [purpose("TREAT")]},
        {"type": "deny", "actor": [actor("PRCP", "Organization/o")]},
    ]});
    assert_eq!(Ask::by(DR).told(&consent(both.clone())), format!("permit-rule Consent.provision {CHILD}"));
    assert_eq!(
        Ask::by("Organization/o").told(&consent(both)),
        "deny-rule Consent.provision Consent.provision.provision[1]"
    );
    let year = |from: &str, to: &str| json!({"start": format!("{from}-01-01T00:00:00Z"), "end": format!("{to}-12-31T23:59:59Z")});
    let later = consent(json!({"type": "deny", "period": year("2024", "2030"),
        "provision": [{"type": "permit", "period": year("2020", "2025")}]}));
    let at = |years: u64| Ask::by(DR).with(|ask| ask.at = NOON + years * 365 * DAY).told(&later);
    assert_eq!(at(0), format!("permit-rule Consent.provision {CHILD}"));
    assert_eq!(at(2), "deny-directive Consent.provision");
    assert_eq!(at(9), "expired Consent.provision");
    assert_eq!(Ask::by(DR).with(|ask| ask.at = NOON - 365 * DAY).told(&later), "not-yet Consent.provision");
}

#[test]
fn rule_5_labels() {
    let named = |codes: &[&str]| {
        let labels: Vec<Value> = codes.iter().map(|code| stated(code)).collect();
        consent(json!({"type": "permit", "securityLabel": labels}))
    };
    let has = |codes: &[&str]| {
        let labels = codes.iter().map(|code| label(code)).collect();
        Ask::by(DR).with(|ask| ask.labels = Some(labels))
    };
    assert!(
        has(&["R", "HIV"]).permitted(&named(&["R", "HIV"])) && has(&["HIV", "V"]).permitted(&named(&["HIV"]))
    );
    assert!(!has(&["R", "HIV"]).permitted(&named(&["R"])) && !has(&[]).permitted(&named(&["HIV"])));
    assert!(has(&[]).permitted(&named(&["N"])) && !has(&[]).permitted(&named(&["M"])));
    assert!(!Ask::by(DR).permitted(&named(&["V"])));
    // A level that is not known may have been the bound: what is left of the list does not permit any level.
    let legacy = json!({"system": "http://hl7.org/fhir/v3/Confidentiality", "code": "N"});
    for unknown in [legacy, stated("X")] {
        let permit = |label: Value| consent(json!({"type": "permit", "securityLabel": [unknown, label]}));
        assert!(!has(&["HIV", "V"]).permitted(&permit(stated("HIV"))));
        assert!(has(&["N"]).permitted(&permit(stated("N"))) && !has(&["R"]).permitted(&permit(stated("N"))));
    }
}

#[test]
fn rule_6_data_is_any_of_what_it_names() {
    let data = |meaning: &str| json!({"meaning": meaning, "reference": {"reference": "Encounter/e"}});
    let of = |effect: &str, meanings: &[&str]| {
        let data: Vec<Value> = meanings.iter().map(|meaning| data(meaning)).collect();
        consent(json!({"type": "deny", "provision": [{"type": effect, "data": data}]}))
    };
    let unknown = Ask::by(DR);
    let itself = Ask::by(DR).with(|ask| ask.record = Some("Encounter/e"));
    let refers = Ask::by(DR)
        .with(|ask| ask.record = Some("Observation/o"))
        .with(|ask| ask.related = Some(vec!["Encounter/e".into()]));
    let wrote = Ask::by(DR).with(|ask| ask.authors = Some(vec!["Encounter/e".into()]));
    for (meanings, permitted) in [
        (&["instance"][..], [false, true, false, false]),
        (&["related"], [false, true, true, false]),
        (&["dependents"], [false, true, true, false]),
        (&["authoredby"], [false, false, false, true]),
        (&["authoredby", "instance"], [false, true, false, true]),
        (&["authoredby", "dependents"], [false, true, true, true]),
    ] {
        let permits = of("permit", meanings);
        let found = [&unknown, &itself, &refers, &wrote].map(|ask| ask.permitted(&permits));
        assert_eq!(found, permitted, "{meanings:?}");
        // What is not known is denied.
        let told = unknown.told(&of("deny", meanings));
        assert_eq!(told, format!("deny-rule Consent.provision {CHILD}"), "{meanings:?}");
    }
    // A ledger's facts tell of references from a record, not of those to it: of `related` only the instance is known there.
    let of_ledger = |effect: &str| {
        let consent = of(effect, &["related"]).to_string();
        let options = Options { zone: None, resolver: &Literally, both_ways: false };
        refers.of(&read(consent.as_bytes(), &options).unwrap())
    };
    assert_eq!(of_ledger("permit").reason.as_str(), "deny-directive");
    assert_eq!(of_ledger("deny").reason.as_str(), "deny-rule");
    // As a base: the reason is the base's, though terms hold it in several rules, and an exception sets all of them aside.
    let base = consent(json!({"type": "permit", "data": [data("dependents"), data("authoredby")],
        "provision": [{"type": "deny", "purpose": [purpose("HMARKT")]}]}));
    assert_eq!(refers.told(&base), "permit-base Consent.provision");
    assert_eq!(
        refers.clone().with(|ask| ask.purpose = "HMARKT").told(&base),
        format!("deny-rule Consent.provision {CHILD}")
    );
    // One version in a permit is that version; in a deny it is the record.
    let version = json!([{"meaning": "instance", "reference": {"reference": "Encounter/e/_history/2"}}]);
    assert!(!itself.permitted(&consent(json!({"type": "permit", "data": version}))));
    let deny = consent(json!({"type": "permit", "provision": [{"type": "deny", "data": version}]}));
    assert!(!itself.permitted(&deny) && refers.permitted(&deny));
}

#[test]
fn rule_6_an_unknown_code_never_matches_in_a_permit() {
    let foreign = json!({"coding": [{"system": "http://hospital.example/codes", "code": "1"}]});
    let permit = consent(json!({"type": "permit", "code": [foreign]}));
    let asked =
        Ask::by(DR).with(|ask| ask.codes = Some(vec![Coding::new("http://hospital.example/codes", "1")]));
    assert_eq!(asked.told(&permit), "no-match");
    assert_eq!(literally(&permit).unwrap().unmatched, ["Consent.provision.code[0]"]);
    // What hangs below such a permit stands all the same.
    let below = consent(json!({"type": "permit", "code": [foreign], "provision": [{"type": "deny"}]}));
    assert_eq!(asked.told(&below), format!("deny-rule Consent.provision {CHILD}"));
    let words = consent(json!({"type": "permit", "action": [{"text": "everything"}]}));
    assert_eq!(asked.told(&words), "no-match");
}

#[test]
fn rule_7_actors() {
    let permit = |role: &str, who: &str| consent(json!({"type": "permit", "actor": [actor(role, who)]}));
    for role in ["PRCP", "IRCP"] {
        assert!(Ask::by("Group/g").permitted(&permit(role, "Group/g")));
        assert!(!Ask::by("Group/gg").permitted(&permit(role, "Group/g")));
    }
    let member = Ask { actors: vec![DR.into(), "Organization/o".into()], ..Ask::by(DR) };
    assert!(member.permitted(&permit("PRCP", "Organization/o")));
    // Who releases: not known is no match in a permit, and one in a deny.
    let releases = |who| Ask::by(DR).with(|ask| ask.custodian = who);
    let from = permit("CST", "Organization/o");
    assert!(releases(Some("Organization/o")).permitted(&from));
    assert!(!releases(Some("Organization/p")).permitted(&from) && !releases(None).permitted(&from));
    let not = consent(
        json!({"type": "permit", "provision": [{"type": "deny", "actor": [actor("CST", "Organization/o")]}]}),
    );
    assert!(releases(Some("Organization/p")).permitted(&not));
    assert!(!releases(Some("Organization/o")).permitted(&not) && !releases(None).permitted(&not));
    // A permit that names both means both.
    let both =
        consent(json!({"type": "permit", "actor": [actor("IRCP", DR), actor("CST", "Organization/o")]}));
    assert!(releases(Some("Organization/o")).permitted(&both));
    assert!(!releases(Some("Organization/p")).permitted(&both));
    assert!(!Ask::by("Practitioner/b").with(|ask| ask.custodian = Some("Organization/o")).permitted(&both));
    let unnamed = consent(json!({"type": "permit", "actor": [
        {"role": concept("v3-ParticipationType", "PRCP"), "reference": {"display": "Dr A"}}]}));
    assert_eq!(Ask::by(DR).told(&unnamed), "no-match");
}

#[test]
fn rule_8_zones() {
    let last_day = |date_time: Value, kind: &str| {
        let mut consent = consent(json!({"type": "deny", "provision": [
            {"type": kind, "period": {"start": "2024-06-01", "end": "2024-06-02"}}]}));
        if !date_time.is_null() {
            consent["dateTime"] = date_time;
        }
        consent
    };
    // 2024-06-01T00:00Z is NOON − 12 h.
    let midnight = NOON - DAY / 2;
    let at = |hours: i64, consent: &Value| {
        let at = midnight.checked_add_signed(hours * 3_600_000).unwrap();
        let told = Ask::by(DR).with(|ask| ask.at = at).told(consent);
        told.starts_with("permit-rule") || told.starts_with("deny-rule")
    };
    let bounds = |consent: &Value, start: i64, end: i64| {
        assert!(!at(start - 1, consent) && at(start, consent) && at(end - 1, consent) && !at(end, consent));
    };
    for kind in ["permit", "deny"] {
        bounds(&last_day(json!("2024-05-01T00:00:00+02:00"), kind), -2, 46);
    }
    for none in [Value::Null, json!("2024-05-01")] {
        bounds(&last_day(none.clone(), "permit"), 12, 34);
        bounds(&last_day(none, "deny"), -14, 60);
    }
    let stated = |zone| {
        let text = last_day(Value::Null, "permit").to_string();
        read(text.as_bytes(), &Options::literally(Some(zone))).unwrap()
    };
    let east = stated(2 * 3_600_000);
    assert!(Ask::by(DR).with(|ask| ask.at = midnight - 7_200_000).of(&east).permitted);
    assert!(!Ask::by(DR).with(|ask| ask.at = midnight - 7_200_001).of(&east).permitted);
    // A nested permit's own data period replaces the one around it.
    let data_period = |year: &str| json!({"start": format!("{year}-01-01T00:00:00Z"), "end": format!("{year}-12-31T00:00:00Z")});
    let replaced = consent(json!({"type": "permit", "dataPeriod": data_period("2022"),
        "provision": [{"type": "permit", "dataPeriod": data_period("2020")}]}));
    assert!(Ask::by(DR).with(|ask| ask.date = Some("2020-06-01")).permitted(&replaced));
    // The same of the data's own period.
    let of = |kind: &str| {
        consent(json!({"type": if kind == "deny" { "permit" } else { "deny" }, "provision": [
        {"type": kind, "dataPeriod": {"start": "2022-01-01", "end": "2022-12-31"}}]}))
    };
    let on = |date| Ask::by(DR).with(|ask| ask.date = Some(date));
    assert!(on("2022-06-01").permitted(&of("permit")) && !on("2022-01-01").permitted(&of("permit")));
    assert!(!on("2023-01-01").permitted(&of("deny")) && on("2023-01-03").permitted(&of("deny")));
}

#[test]
fn a_status_other_than_active_denies() {
    for (status, code) in Status::ALL {
        let mut consent = consent(json!({"type": "permit"}));
        consent["status"] = json!(code);
        let active = *status == Status::Active;
        assert_eq!(literally(&consent).unwrap().status, *status);
        let told = if active { "permit-base Consent.provision" } else { "not-active Consent.status" };
        assert_eq!((Ask::by(DR).told(&consent).as_str(), status.code()), (told, *code));
    }
    // There is no such status, and it is not active.
    let mut consent = consent(json!({"type": "permit"}));
    consent["status"] = json!("revoked");
    assert_eq!(Ask::by(DR).told(&consent), "not-active Consent.status");
}
