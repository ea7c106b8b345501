use alloc::string::String;
use alloc::vec;

use super::*;
use crate::api::facts::tests::lab;
use crate::api::key::Quiet;
use crate::api::{SealedRecord, commit, seal_record};
use crate::testing::Dice;

const FILE: ContentForm = ContentForm::AsItStands;

/// Measured and sealed in pieces of this size.
fn sealed(file: &[u8], form: ContentForm, piece: usize) -> (Vec<u8>, Sealer) {
    let mut measure = ContentMeasure::new(form, file.len() as u64, &lab(), &mut Dice(1)).unwrap();
    file.chunks(piece).for_each(|piece| measure.feed(piece).unwrap());
    let mut sealer = measure.seal(&mut Dice(2)).unwrap();
    let mut out = Vec::new();
    file.chunks(piece).for_each(|piece| out.extend(sealer.feed(piece).unwrap()));
    out.extend(sealer.finish().unwrap());
    (out, sealer)
}

fn opened(container: &[u8], piece: usize, key: &RecordKey, of: &Commitments) -> Result<Vec<u8>, String> {
    let mut opener = Opener::new(key, of).unwrap();
    let mut out = Vec::new();
    for piece in container.chunks(piece) {
        out.extend(opener.feed(piece).map_err(|error| error.code.clone())?);
    }
    opener.finish().map(|_| out).map_err(|error| error.code.clone())
}

#[test]
fn files_go_through_in_pieces_of_any_size() {
    for length in [0, 1, 65_535, 65_536, 65_537, 200_000] {
        let file = vec![7; length];
        for piece in [1_000, 65_536, 1 << 20] {
            let (container, sealer) = sealed(&file, FILE, piece);
            let (key, commitments) = (sealer.key(), sealer.commitments());
            assert_eq!(opened(&container, piece, &key, &commitments).unwrap(), file);
            let whole = SealedRecord::from_container(&container).unwrap();
            assert_eq!(whole.open(&key, &commitments, &mut Quiet).unwrap().original(), file);
            assert_eq!(key.commit(&file, FILE, &lab()).unwrap(), commitments);
        }
    }
}

#[test]
fn fhir_json_commits_to_its_canonical_form() {
    let text = br#" {"resourceType": "Basic", "id": "a"} "#;
    let (container, sealer) = sealed(text, ContentForm::FhirJson, 5);
    let (key, commitments) = (sealer.key(), sealer.commitments());
    assert_eq!(opened(&container, 9, &key, &commitments).unwrap(), text);
    let secret = key.secret();
    let canonical = br#"{"id":"a","resourceType":"Basic"}"#;
    assert_eq!(commit(canonical, &secret[32..64], &lab(), &secret[64..]).unwrap(), commitments);
    let mut measure = ContentMeasure::new(ContentForm::FhirJson, 1, &lab(), &mut Dice(1)).unwrap();
    measure.feed(b"{").unwrap();
    assert_eq!(measure.seal(&mut Dice(1)).unwrap_err().code, "SEA-013");
}

#[test]
fn a_file_that_changed_meanwhile_is_not_sealed() {
    let measured = || {
        let mut measure = ContentMeasure::new(FILE, 4, &lab(), &mut Dice(1)).unwrap();
        measure.feed(b"DICM").unwrap();
        measure.seal(&mut Dice(2)).unwrap()
    };
    let mut sealer = measured();
    sealer.feed(b"CTCT").unwrap();
    assert_eq!(sealer.finish().unwrap_err().code, "SEA-011");
    let mut sealer = measured();
    assert_eq!(sealer.feed(b"DICMX").unwrap_err().code, "SEA-014");
    let mut sealer = measured();
    sealer.feed(b"DIC").unwrap();
    assert_eq!(sealer.finish().unwrap_err().code, "SEA-014");
    let mut measure = ContentMeasure::new(FILE, 4, &lab(), &mut Dice(1)).unwrap();
    assert_eq!(measure.feed(b"DICMX").unwrap_err().code, "SEA-014");
    measure.feed(b"DIC").unwrap();
    assert_eq!(measure.seal(&mut Dice(2)).unwrap_err().code, "SEA-014");
    let limits = [(FILE, u64::MAX), (FILE, (1 << 48) + 1), (ContentForm::FhirJson, (256 << 20) + 1)];
    for (form, length) in limits {
        assert_eq!(ContentMeasure::new(form, length, &lab(), &mut Dice(1)).unwrap_err().code, "SEA-005");
    }
    assert_eq!(ContentMeasure::new(FILE, 0, &Facts::default(), &mut Dice(1)).unwrap_err().code, "SEA-011");
}

#[test]
fn what_is_finished_is_used_up() {
    let mut measure = ContentMeasure::new(FILE, 0, &lab(), &mut Dice(1)).unwrap();
    let mut sealer = measure.seal(&mut Dice(2)).unwrap();
    assert_eq!(measure.feed(b"").unwrap_err().code, "API-005");
    assert_eq!(measure.seal(&mut Dice(2)).unwrap_err().code, "API-005");
    let container = sealer.finish().unwrap();
    assert_eq!(sealer.feed(b"").unwrap_err().code, "API-005");
    assert_eq!(sealer.finish().unwrap_err().code, "API-005");
    let mut opener = Opener::new(&sealer.key(), &sealer.commitments()).unwrap();
    assert_eq!(opener.facts(), None);
    opener.feed(&container).unwrap();
    let facts = opener.facts().unwrap();
    assert_eq!((opener.finish().unwrap(), opener.facts()), (facts, None));
    assert_eq!(opener.feed(b"").unwrap_err().code, "API-005");
    assert_eq!(opener.finish().unwrap_err().code, "API-005");
}

#[test]
fn hostile_containers_are_refused_wherever_they_are_cut_or_altered() {
    let (container, sealer) = sealed(b"DICM", FILE, 10);
    let (key, commitments) = (sealer.key(), sealer.commitments());
    for cut in 0..container.len() {
        let code = opened(&container[..cut], 7, &key, &commitments).unwrap_err();
        assert!(["SEA-001", "SEA-009"].contains(&code.as_str()), "{cut}: {code}");
    }
    for at in 0..container.len() {
        let mut altered = container.clone();
        altered[at] ^= 1;
        assert!(opened(&altered, 50, &key, &commitments).is_err(), "{at}");
    }
    let longer = [&container[..], b"x"].concat();
    assert_eq!(opened(&longer, 1_000, &key, &commitments).unwrap_err(), "SEA-010");
    let other = seal_record(b"DICM", FILE, &lab(), &mut Dice(9)).unwrap();
    assert_eq!(opened(&container, 50, &other.key().unwrap(), &commitments).unwrap_err(), "SEA-006");
    let of_other = other.commitments().unwrap();
    assert_eq!(opened(&container, 50, &key, &of_other).unwrap_err(), "SEA-012");
    let mut opener = Opener::new(&key, &commitments).unwrap();
    for _ in 0..3 {
        assert_eq!(opener.feed(b"%PDF-1.7 and more").unwrap_err().code, "SEA-001");
    }
    let wrong = Commitments { facts: String::new(), ..commitments };
    assert_eq!(Opener::new(&key, &wrong).unwrap_err().code, "API-002");
}
