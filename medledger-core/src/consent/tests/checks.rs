use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloc::{format, vec};

use crate::consent::{Actor, Criteria, Rule, RuleEffect, Terms, TermsError};
use crate::error::Coded;
use crate::hash::Did;
use crate::limits::{CONSENT_DEPTH, CONSENT_RULES};
use crate::units::{Interval, Period, Timestamp};
use crate::vocabulary::Coding;
use crate::vocabulary::labels::{ACT_CODE, CONFIDENTIALITY};

fn terms() -> Terms {
    Terms {
        period: Period { from: Timestamp(1_000), until: Timestamp(2_000) },
        directive: false,
        effect: RuleEffect::Deny,
        criteria: Criteria::default(),
        rules: Vec::new(),
        obligations: Vec::new(),
        uses: None,
    }
}

fn rule(depth: u64, criteria: Criteria) -> Rule {
    Rule { depth, effect: RuleEffect::Permit, criteria }
}

fn texts(of: &[&str]) -> Vec<String> {
    of.iter().map(|text| (*text).into()).collect()
}

fn id(error: &TermsError) -> String {
    error.rule().to_string()
}

/// The terms with these criteria as the base's, and as a second rule's.
fn wherever(criteria: &Criteria) -> [Terms; 2] {
    let in_base = Terms { criteria: criteria.clone(), ..terms() };
    let in_rule = Terms { rules: vec![rule(1, Criteria::default()), rule(2, criteria.clone())], ..terms() };
    [in_base, in_rule]
}

fn refused(criteria: Criteria, rule: &str) {
    for terms in wherever(&criteria) {
        assert_eq!(id(&terms.check().unwrap_err()), rule, "{criteria:?}");
        assert_eq!(id(&terms.check_open().unwrap_err()), rule, "{criteria:?}");
    }
}

#[test]
fn terms_with_everything_in_order_pass() {
    let coding = |code| Coding::new("urn:x", code);
    let criteria = Criteria {
        actors: vec![
            Actor::Identity { did: Did([1; 32]) },
            Actor::Organisation { did: Did([1; 32]) },
            Actor::Role { role: coding("doctor") },
        ],
        actions: texts(&["access", "use"]),
        purposes: texts(&["BTG", "TREAT"]),
        types: texts(&["Condition", "Observation"]),
        categories: vec![coding("a"), coding("b")],
        codes: vec![coding("a")],
        labels: vec![Coding::new(ACT_CODE, "HIV"), Coding::new(CONFIDENTIALITY, "R")],
        records: texts(&["Condition/1"]),
        authors: texts(&["Practitioner/1"]),
        related: texts(&["Encounter/1"]),
        data_period: Some(Interval { start: Some(-1), end: None }),
    };
    let full = Terms {
        criteria: criteria.clone(),
        rules: vec![rule(1, criteria)],
        obligations: texts(&["AUDIT", "MASK"]),
        uses: Some(1),
        ..terms()
    };
    assert_eq!(full.check(), Ok(()));
    assert_eq!(terms().check_open(), Ok(()));
}

#[test]
fn con_001_empty_and_reversed_periods() {
    for (from, until) in [(1_000, 1_000), (1_001, 1_000), (u64::MAX, 0)] {
        let period = Period { from: Timestamp(from), until: Timestamp(until) };
        assert_eq!(id(&Terms { period, ..terms() }.check().unwrap_err()), "CON-001");
        assert_eq!(id(&Terms { period, ..terms() }.check_open().unwrap_err()), "CON-001");
    }
    let shortest = Period { from: Timestamp(u64::MAX - 1), until: Timestamp(u64::MAX) };
    assert_eq!(Terms { period: shortest, ..terms() }.check(), Ok(()));
}

#[test]
fn con_002_the_65th_rule() {
    assert_eq!((CONSENT_RULES, CONSENT_DEPTH), (64, 4));
    let many = |count| Terms { rules: vec![rule(1, Criteria::default()); count], ..terms() };
    assert_eq!(many(64).check_open(), Ok(()));
    assert_eq!(id(&many(65).check().unwrap_err()), "CON-002");
    assert_eq!(many(65).check(), Err(TermsError::TooManyRules { actual: 65, limit: 64 }));
}

#[test]
fn con_003_depths_that_are_no_tree() {
    let check = |depths: &[u64]| {
        let rules = depths.iter().map(|depth| rule(*depth, Criteria::default())).collect();
        Terms { rules, ..terms() }.check()
    };
    for depths in [&[][..], &[1], &[1, 2, 3, 4, 4, 1], &[1, 1, 2, 3, 2, 3, 4, 2, 1, 2]] {
        assert_eq!(check(depths), Ok(()), "{depths:?}");
    }
    for (depths, at) in [
        (&[0][..], 0),
        (&[2], 0),
        (&[1, 3], 1),
        (&[1, 2, 1, 3], 3),
        (&[1, 2, 3, 4, 5], 4),
        (&[1, u64::MAX], 1),
    ] {
        let error = check(depths).unwrap_err();
        assert_eq!(id(&error), "CON-003", "{depths:?}");
        assert_eq!(error, TermsError::BadDepth { rule: at, depth: depths[usize::try_from(at).unwrap()] });
    }
}

#[test]
fn con_004_unknown_purposes() {
    for code in ["NONSENSE", "treat", ""] {
        refused(Criteria { purposes: texts(&[code]), ..Criteria::default() }, "CON-004");
    }
}

#[test]
fn con_005_unknown_actions() {
    refused(Criteria { actions: texts(&["access", "peek"]), ..Criteria::default() }, "CON-005");
}

#[test]
fn con_006_what_is_no_resource_type() {
    refused(Criteria { types: texts(&["condition"]), ..Criteria::default() }, "CON-006");
}

#[test]
fn con_007_open_terms_that_disclose() {
    let coding = vec![Coding::new("urn:x", "a")];
    let text = texts(&["a"]);
    for (criteria, name) in [
        (Criteria { labels: coding.clone(), ..Criteria::default() }, "labels"),
        (Criteria { categories: vec![Coding::new(ACT_CODE, "HIV")], ..Criteria::default() }, "labels"),
        (Criteria { codes: coding.clone(), ..Criteria::default() }, "codes"),
        (Criteria { records: text.clone(), ..Criteria::default() }, "records"),
        (Criteria { authors: text.clone(), ..Criteria::default() }, "authors"),
        (Criteria { related: text.clone(), ..Criteria::default() }, "related ones"),
    ] {
        for terms in wherever(&criteria) {
            assert_eq!(terms.check(), Ok(()), "sealed terms may name {name}");
            let error = terms.check_open().unwrap_err();
            assert_eq!(id(&error), "CON-007");
            assert_eq!(error, TermsError::MustBeSealed { criterion: name });
        }
    }
    let open = Criteria {
        actors: vec![Actor::Role { role: coding[0].clone() }],
        actions: texts(&["access"]),
        purposes: texts(&["TREAT"]),
        types: texts(&["Condition"]),
        categories: coding,
        data_period: Some(Interval { start: Some(0), end: Some(1) }),
        ..Criteria::default()
    };
    for terms in wherever(&open) {
        assert_eq!(terms.check_open(), Ok(()));
    }
}

#[test]
fn con_008_empty_and_reversed_data_periods() {
    for (start, end) in [(0, 0), (1, 0), (i64::MAX, i64::MIN)] {
        let data_period = Some(Interval { start: Some(start), end: Some(end) });
        refused(Criteria { data_period, ..Criteria::default() }, "CON-008");
    }
    for (start, end) in [(None, None), (None, Some(i64::MIN)), (Some(-2), Some(-1))] {
        let data_period = Some(Interval { start, end });
        assert_eq!(
            Terms { criteria: Criteria { data_period, ..Criteria::default() }, ..terms() }.check(),
            Ok(())
        );
    }
}

#[test]
fn con_009_unknown_obligations() {
    let error = Terms { obligations: texts(&["AUDIT", "SHRED"]), ..terms() }.check().unwrap_err();
    assert_eq!(id(&error), "CON-009");
    assert_eq!(error, TermsError::UnknownObligation { code: "SHRED".into() });
}

#[test]
fn con_010_no_uses() {
    assert_eq!(id(&Terms { uses: Some(0), ..terms() }.check().unwrap_err()), "CON-010");
    for uses in [None, Some(1), Some(u64::MAX)] {
        assert_eq!(Terms { uses, ..terms() }.check(), Ok(()));
    }
}

#[test]
fn con_011_lists_out_of_order_or_with_doubles() {
    let codings = |codes: [&str; 2]| codes.map(|code| Coding::new("urn:x", code)).to_vec();
    let dids = |bytes: [u8; 2]| bytes.map(|byte| Actor::Identity { did: Did([byte; 32]) }).to_vec();
    for (lower, upper) in [("b", "a"), ("a", "a")] {
        let text = texts(&[lower, upper]);
        let coding = codings([lower, upper]);
        for criteria in [
            Criteria { categories: coding.clone(), ..Criteria::default() },
            Criteria { codes: coding.clone(), ..Criteria::default() },
            Criteria { labels: coding.clone(), ..Criteria::default() },
            Criteria { records: text.clone(), ..Criteria::default() },
            Criteria { authors: text.clone(), ..Criteria::default() },
            Criteria { related: text.clone(), ..Criteria::default() },
        ] {
            refused(criteria, "CON-011");
        }
    }
    for criteria in [
        Criteria { actors: dids([2, 1]), ..Criteria::default() },
        Criteria { actors: dids([1, 1]), ..Criteria::default() },
        Criteria { actions: texts(&["use", "access"]), ..Criteria::default() },
        Criteria { purposes: texts(&["TREAT", "BTG"]), ..Criteria::default() },
        Criteria { purposes: texts(&["TREAT", "TREAT"]), ..Criteria::default() },
        Criteria { types: texts(&["Observation", "Condition"]), ..Criteria::default() },
    ] {
        refused(criteria, "CON-011");
    }
    let error = Terms { obligations: texts(&["MASK", "AUDIT"]), ..terms() }.check().unwrap_err();
    assert_eq!(id(&error), "CON-011");
    assert_eq!(error, TermsError::NotASet { criterion: "obligations" });
}

#[test]
fn the_first_fault_in_order_is_named() {
    let all_wrong = Terms {
        period: Period { from: Timestamp(1), until: Timestamp(1) },
        criteria: Criteria { purposes: texts(&["X"]), ..Criteria::default() },
        rules: vec![rule(2, Criteria { actions: texts(&["x"]), ..Criteria::default() }); 65],
        obligations: texts(&["X"]),
        uses: Some(0),
        ..terms()
    };
    let period = terms().period;
    let in_time = Terms { period, ..all_wrong.clone() };
    let few = Terms { rules: all_wrong.rules[..1].to_vec(), ..in_time.clone() };
    let based = Terms { criteria: Criteria::default(), ..few.clone() };
    let rooted = Terms { rules: vec![rule(1, all_wrong.rules[0].criteria.clone())], ..based.clone() };
    let ruled = Terms { rules: Vec::new(), ..rooted.clone() };
    let bound = Terms { obligations: Vec::new(), ..ruled.clone() };
    let ids =
        [all_wrong, in_time, few, based, rooted, ruled, bound].map(|terms| id(&terms.check().unwrap_err()));
    assert_eq!(ids, ["CON-001", "CON-002", "CON-004", "CON-003", "CON-005", "CON-009", "CON-010"]);
}

#[test]
fn messages_name_what_is_wrong() {
    let error = Terms { uses: Some(0), ..terms() }.check().unwrap_err();
    assert!(format!("{error}").contains("0 uses"), "{error}");
    let error = Terms { obligations: texts(&["SHRED"]), ..terms() }.check().unwrap_err();
    assert!(format!("{error}").contains("SHRED"), "{error}");
}
