use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use proptest::prelude::*;

use super::*;
use crate::codec::{decode, encode};
use crate::error::Coded;
use crate::hash::hash;
use crate::limits;
use crate::record::facts::Coding;
use crate::units::Interval;

fn facts() -> Facts {
    Facts {
        category: vec![Coding::new("http://example.org/category", "laboratory")],
        codes: vec![Coding { system: None, code: "local".into() }, Coding::new("http://loinc.org", "718-7")],
        labels: Some(vec![]),
        authors: vec!["Practitioner/7".into()],
        related: vec!["Encounter/1".into(), "Patient/1".into()],
        clinical: Some(Interval { start: Some(-1), end: Some(1) }),
        ..Facts::new("Observation/1", "Observation")
    }
}

fn opening() -> Opening {
    Opening {
        content: Content::new(b"{\"value\":1.00}".to_vec()),
        content_salt: Salt::new([1; 32]),
        facts: facts(),
        facts_salt: Salt::new([2; 32]),
    }
}

fn broken(change: impl FnOnce(&mut Facts)) -> String {
    let mut facts = facts();
    change(&mut facts);
    facts.check().unwrap_err().rule().to_string()
}

#[test]
fn commitments_are_the_stated_hashes() {
    let opening = opening();
    let commitments = opening.commitments().unwrap();
    let content = hash(Tag::Content, &[&[1; 32], b"{\"value\":1.00}"]);
    let facts = hash(Tag::Facts, &[&[2; 32], &encode(&opening.facts).unwrap()]);
    assert_eq!(commitments.content, RecordCommitment(content));
    assert_eq!(commitments.facts, FactsCommitment(facts));
    // [[1], content, facts]: the algorithm's code, then two byte strings of 32.
    let encoded = [&[0x83, 0x81, 0x01, 0x58, 0x20][..], &content, &[0x58, 0x20], &facts].concat();
    assert_eq!(encode(&commitments).unwrap(), encoded);
    assert_eq!(commitments.leaf().unwrap(), hash(Tag::Commitments, &[&encoded]));
    opening.check(&commitments).unwrap();
}

#[test]
fn another_content_salt_or_fact_is_refused() {
    let commitments = opening().commitments().unwrap();
    let check = |change: fn(&mut Opening)| {
        let mut other = opening();
        change(&mut other);
        other.check(&commitments).unwrap_err().rule().to_string()
    };
    assert_eq!(check(|o| o.content = Content::new(b"{\"value\":1.0}".to_vec())), "REC-006");
    assert_eq!(check(|o| o.content_salt = Salt::new([3; 32])), "REC-006");
    assert_eq!(check(|o| o.facts.labels = None), "REC-007");
    assert_eq!(check(|o| o.facts_salt = Salt::new([3; 32])), "REC-007");
    assert_eq!(check(|o| o.facts_salt = Salt::new([1; 32])), "REC-005");
}

#[test]
fn facts_that_could_be_written_two_ways_are_refused() {
    facts().check().unwrap();
    assert_eq!(broken(|f| f.reference.clear()), "REC-001");
    assert_eq!(broken(|f| f.resource_type.clear()), "REC-001");
    assert_eq!(broken(|f| f.category.push(f.category[0].clone())), "REC-002");
    assert_eq!(broken(|f| f.codes.reverse()), "REC-002");
    assert_eq!(broken(|f| f.labels = Some(vec![Coding::new("a", "b"), Coding::new("a", "a")])), "REC-002");
    assert_eq!(broken(|f| f.authors.push("Practitioner/1".into())), "REC-002");
    assert_eq!(broken(|f| f.related.push("Patient/1".into())), "REC-002");
    assert_eq!(broken(|f| f.clinical = Some(Interval { start: Some(5), end: Some(5) })), "REC-003");
    assert_eq!(broken(|f| f.authors = vec!["x".repeat(65 * 1024)]), "REC-004");
}

#[test]
fn not_assessed_and_assessed_without_labels_differ() {
    let salt = Salt::new([9; 32]);
    let not_assessed = Facts { labels: None, ..facts() };
    assert_ne!(facts_commitment(&salt, &not_assessed).unwrap(), facts_commitment(&salt, &facts()).unwrap());
}

#[test]
fn debug_shows_nothing_of_an_opening() {
    let opening = opening();
    assert_eq!(format!("{opening:?}"), "Opening(secret)");
    assert_eq!(format!("{:?} {:?}", opening.content_salt, opening.content), "Salt(secret) Content(secret)");
}

fn coding() -> impl Strategy<Value = Coding> {
    (proptest::option::of("[a-c]{0,2}"), "[a-c]{0,2}").prop_map(|(system, code)| Coding { system, code })
}

prop_compose! {
    fn any_facts()(
        reference in "[A-C]{1,2}/[0-9]{1,2}",
        resource_type in "[A-C]{1,2}",
        category in proptest::collection::vec(coding(), 0..4),
        codes in proptest::collection::vec(coding(), 0..6),
        labels in proptest::option::of(proptest::collection::vec(coding(), 0..4)),
        authors in proptest::collection::vec("[a-c]{0,2}", 0..4),
        related in proptest::collection::vec("[a-c]{0,2}", 0..4),
        clinical in proptest::option::of((any::<i32>(), 1..9_i64)),
    ) -> Facts {
        let clinical = clinical.map(|(start, span)| {
            let start = i64::from(start);
            Interval { start: Some(start), end: Some(start.saturating_add(span)) }
        });
        Facts { reference, resource_type, category, codes, labels, authors, related, clinical }
    }
}

proptest! {
    #[test]
    fn normal_facts_pass_and_come_back(facts in any_facts()) {
        let normal = facts.clone().normalise();
        normal.check().unwrap();
        let mut reversed = facts;
        reversed.category.reverse();
        reversed.codes.reverse();
        reversed.authors.reverse();
        prop_assert_eq!(&reversed.normalise(), &normal);
        let bytes = encode(&normal).unwrap();
        prop_assert_eq!(decode::<Facts>(&bytes, &limits::FACTS).unwrap(), normal);
    }

    #[test]
    fn an_opening_survives_the_wire(facts in any_facts(), content in any::<Vec<u8>>(), salt in any::<[u8; 32]>()) {
        let other = core::array::from_fn(|at| !salt[at]);
        let opening = Opening {
            content: Content::new(content),
            content_salt: Salt::new(salt),
            facts: facts.normalise(),
            facts_salt: Salt::new(other),
        };
        let commitments = opening.commitments().unwrap();
        let bytes = encode(&opening).unwrap();
        decode::<Opening>(&bytes, &limits::PROOF).unwrap().check(&commitments).unwrap();
        let bytes = encode(&commitments).unwrap();
        prop_assert_eq!(decode::<Commitments>(&bytes, &limits::STATE_VALUE).unwrap(), commitments);
    }
}

proptest! {
    #[test]
    fn content_in_pieces_is_committed_to_as_a_whole(
        content in prop::collection::vec(any::<u8>(), 0..600),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
    ) {
        let salt = Salt::new([7; 32]);
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(content.len() + 1)).collect();
        cuts.extend([0, content.len()]);
        cuts.sort_unstable();
        let mut pieces = ContentHasher::new(&salt);
        cuts.windows(2).for_each(|ends| pieces.update(&content[ends[0]..ends[1]]));
        prop_assert_eq!(pieces.finish(), content_commitment(&salt, &content));
    }
}
