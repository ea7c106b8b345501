use alloc::string::ToString;
use alloc::vec;

use super::*;
use crate::api::Moment;

pub(crate) fn lab() -> Facts {
    let code = |code: &str| Coding { system: Some("http://loinc.org".to_string()), code: code.to_string() };
    Facts {
        reference: "Observation/17".to_string(),
        resource_type: "Observation".to_string(),
        category: vec![Coding { system: None, code: "laboratory".to_string() }],
        codes: vec![code("8867-4"), code("718-7"), code("8867-4")],
        labels: Some(vec![]),
        authors: vec!["Practitioner/2".to_string(), "Practitioner/1".to_string()],
        related: vec![],
        clinical: Some(Interval { start: Some(Moment(-1_000)), end: None }),
    }
}

#[test]
fn facts_come_back_sorted_and_whole() {
    let facts = lab();
    let core = CoreFacts::from(&facts);
    assert_eq!(core.check(), Ok(()));
    let back = Facts::from(&core);
    assert_eq!(back.codes.iter().map(|code| code.code.as_str()).collect::<Vec<_>>(), ["718-7", "8867-4"]);
    assert_eq!(back.authors, ["Practitioner/1", "Practitioner/2"]);
    assert_eq!((back.labels.clone(), back.clinical), (Some(vec![]), facts.clinical));
    assert_eq!(CoreFacts::from(&back), core);
    let unassessed = Facts { labels: None, ..facts };
    assert_eq!(Facts::from(&CoreFacts::from(&unassessed)).labels, None);
}

#[test]
fn the_same_salts_give_the_same_commitments_and_nothing_else_does() {
    let one = commit(b"content", &[1; 32], &lab(), &[2; 32]).unwrap();
    assert_eq!(commit(b"content", &[1; 32], &lab(), &[2; 32]).unwrap(), one);
    assert_eq!(Commitments::from(&CoreCommitments::try_from(&one).unwrap()), one);
    let other = commit(b"contents", &[1; 32], &lab(), &[2; 32]).unwrap();
    assert!(other.content != one.content && other.facts == one.facts);
    let unassessed = commit(b"content", &[1; 32], &Facts { labels: None, ..lab() }, &[2; 32]).unwrap();
    assert!(unassessed.content == one.content && unassessed.facts != one.facts);
    let shuffled = Facts { codes: lab().codes.into_iter().rev().collect(), ..lab() };
    assert_eq!(commit(b"content", &[1; 32], &shuffled, &[2; 32]).unwrap(), one);
}

#[test]
fn what_can_not_be_committed_to_is_refused() {
    let code = |facts: &Facts, salt: &[u8]| commit(b"", &[1; 32], facts, salt).unwrap_err().code.clone();
    assert_eq!(code(&lab(), &[1; 32]), "REC-005");
    assert_eq!(code(&lab(), &[1; 31]), "API-003");
    assert_eq!(code(&Facts::default(), &[2; 32]), "REC-001");
    let at = |start, end| Facts { clinical: Some(Interval { start, end }), ..lab() };
    assert_eq!(code(&at(Some(Moment(5)), Some(Moment(5))), &[2; 32]), "REC-003");
    assert_eq!(code(&at(Some(Moment(i64::MAX)), Some(Moment(i64::MIN))), &[2; 32]), "REC-003");
    let large = Facts { related: (0..20_000).map(|n: u32| n.to_string()).collect(), ..lab() };
    assert_eq!(code(&large, &[2; 32]), "REC-004");
    let long = Facts { reference: "x".repeat(1 << 17), ..lab() };
    assert_eq!(code(&long, &[2; 32]), "REC-004");
}

#[test]
fn ids_and_versions_follow_from_what_they_name() {
    let tx = "ab".repeat(32);
    let batch = record_id(&tx, 0).unwrap();
    assert_ne!(batch, record_id(&tx, 1).unwrap());
    let record = batch_record_id(&batch, u64::MAX).unwrap();
    assert_ne!(record, batch_record_id(&batch, 0).unwrap());
    let commitments = commit(b"content", &[1; 32], &lab(), &[2; 32]).unwrap();
    let first = record_version(&record, 1, &commitments).unwrap();
    assert!(first.len() == 64 && first != record_version(&record, 2, &commitments).unwrap());
    for wrong in ["", "zz", &"ab".repeat(31), &tx.to_uppercase(), &"\u{1f480}".repeat(1_000)] {
        let errors = [
            record_id(wrong, 0).unwrap_err(),
            batch_record_id(wrong, 0).unwrap_err(),
            record_version(wrong, 1, &commitments).unwrap_err(),
            record_version(&record, 1, &Commitments { facts: wrong.to_string(), ..commitments.clone() })
                .unwrap_err(),
        ];
        assert!(errors.iter().all(|error| error.code == "API-002" && error.message.len() < 600), "{wrong}");
    }
}
