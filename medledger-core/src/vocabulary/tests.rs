use alloc::vec;

use super::labels::{ACT_CODE, CONFIDENTIALITY, Confidentiality, SENSITIVITY, is_label, is_sensitivity};
use super::{ACTIONS, Coding, OBLIGATIONS, is_resource_type};

fn level(code: &str) -> Coding {
    Coding::new(CONFIDENTIALITY, code)
}

#[test]
fn confidentiality_ascends_from_u_to_v() {
    let levels = ["U", "L", "M", "N", "R", "V"].map(|code| Confidentiality::of(&level(code)).unwrap());
    assert!(levels.is_sorted_by(|a, b| a < b), "{levels:?}");
}

#[test]
fn only_its_own_system_gives_a_level() {
    assert_eq!(Confidentiality::of(&Coding::new(ACT_CODE, "R")), None);
    assert_eq!(Confidentiality::of(&Coding { system: None, code: "R".into() }), None);
    assert_eq!(Confidentiality::of(&level("r")), None);
    assert_eq!(Confidentiality::of(&level("")), None);
}

#[test]
fn a_record_has_the_highest_of_its_levels_and_n_without_one() {
    let hiv = Coding::new(ACT_CODE, "HIV");
    assert_eq!(Confidentiality::of_record(&[]), Some(Confidentiality::Normal));
    assert_eq!(Confidentiality::of_record(core::slice::from_ref(&hiv)), Some(Confidentiality::Normal));
    assert_eq!(Confidentiality::of_record(&[level("U")]), Some(Confidentiality::Unrestricted));
    assert_eq!(
        Confidentiality::of_record(&[level("V"), hiv, level("L")]),
        Some(Confidentiality::VeryRestricted)
    );
    assert_eq!(Confidentiality::of_record(&[level("V"), level("r")]), None);
}

#[test]
fn what_is_no_level_is_a_sensitivity() {
    assert!(SENSITIVITY.iter().all(|code| is_sensitivity(&Coding::new(ACT_CODE, *code))));
    assert!(["U", "L", "M", "N", "R", "V"].iter().all(|code| !is_sensitivity(&level(code))));
    assert!(is_sensitivity(&Coding { system: None, code: "N".into() }));
}

#[test]
fn codings_are_ordered_by_system_then_code() {
    let mut codings = vec![Coding::new("b", "1"), Coding::new("a", "2"), Coding::new("a", "1")];
    codings.push(Coding { system: None, code: "9".into() });
    codings.sort();
    let codes: vec::Vec<(Option<&str>, &str)> =
        codings.iter().map(|coding| (coding.system.as_deref(), coding.code.as_str())).collect();
    assert_eq!(codes, [(None, "9"), (Some("a"), "1"), (Some("a"), "2"), (Some("b"), "1")]);
}

#[test]
fn resource_types_are_names_in_letters_with_a_capital() {
    for name in ["Condition", "ImagingStudy", "Li"] {
        assert!(is_resource_type(name), "{name}");
    }
    let longest = "A".repeat(64);
    assert!(is_resource_type(&longest) && !is_resource_type(&(longest + "a")));
    for name in ["", "A", "condition", "Con dition", "Condition1", "Ä", "Zürich", "*"] {
        assert!(!is_resource_type(name), "{name}");
    }
}

#[test]
fn the_lists_of_codes_ascend() {
    assert!(ACTIONS.is_sorted_by(|a, b| a < b) && OBLIGATIONS.is_sorted_by(|a, b| a < b));
    assert_eq!((ACTIONS.len(), OBLIGATIONS.len()), (5, 7));
}

#[test]
fn a_label_is_told_from_the_class_of_an_encounter() {
    assert!(is_label(&Coding::new(ACT_CODE, "HIV")) && is_label(&Coding::new(ACT_CODE, "a code to come")));
    assert!(is_label(&level("R")));
    assert!(!is_label(&Coding::new(ACT_CODE, "AMB")) && !is_label(&Coding::new("http://loinc.org", "HIV")));
}
