use alloc::vec;

use super::*;
use crate::api::key::Quiet;
use crate::api::sealing::tests::{chain, wrapped};
use crate::testing::Dice;

const LONG: usize = 3 << 20;

#[test]
fn a_header_is_read_without_a_key() {
    let (record, _) = wrapped(&[7; 70_000], 1);
    let header = record.header().unwrap();
    let container = record.container().unwrap();
    assert_eq!((header.length, header.container_size.0), (Count(70_000), container.len() as u64));
    assert_eq!((header.form.as_str(), header.suite.as_str()), ("as-it-stands", "xchacha20-poly1305-stream"));
    let start = usize::try_from(header.header_size.0).unwrap();
    assert_eq!(read_sealed_header(&container[..start]).unwrap(), header);
    assert_eq!(read_sealed_header(&container).unwrap(), header);
    for cut in 0..start {
        let code = read_sealed_header(&container[..cut]).unwrap_err().code.clone();
        assert_eq!(code, if cut == 0 { "SEA-001" } else { "SEA-009" });
    }
    let code = |at: usize, byte: u8| {
        let mut other = container.clone();
        other[at] = byte;
        read_sealed_header(&other).unwrap_err().code.clone()
    };
    assert_eq!(
        (code(0, 0), code(7, 9), code(8, 0xff), code(12, 0xff)),
        codes("SEA-001", "SEA-002", "SEA-003", "SEA-003")
    );
    assert_eq!(read_sealed_header(b"%PDF-1.7").unwrap_err().kind.as_str(), "invalid");
}

fn codes(a: &str, b: &str, c: &str, d: &str) -> (String, String, String, String) {
    (a.to_string(), b.to_string(), c.to_string(), d.to_string())
}

#[test]
fn nothing_but_the_record_itself_opens() {
    let (record, secret) = wrapped(&[7; 70_000], 1);
    let (other, stranger) = wrapped(b"other", 2);
    let (key, commitments) = (record.unwrap(&secret, &chain()).unwrap(), record.commitments().unwrap());
    let code = |record: &SealedRecord, key: &RecordKey, of: &Commitments| {
        record.open(key, of, &mut Quiet).unwrap_err().code.clone()
    };
    assert_eq!(code(&record, &other.key().unwrap(), &commitments), "SEA-006");
    assert_eq!(code(&record, &key, &other.commitments().unwrap()), "SEA-012");
    assert_eq!(record.open_facts(&other.key().unwrap()).unwrap_err().code, "SEA-006");
    assert_eq!(record.unwrap(&stranger, &chain()).unwrap_err().code, "SEA-025");
    assert_eq!(record.unwrap(&secret, &"00".repeat(32)).unwrap_err().code, "SEA-023");
    let container = record.container().unwrap();
    let altered = |at: usize| {
        let mut altered = container.clone();
        altered[at] ^= 1;
        SealedRecord::from_container(&altered)
            .and_then(|it| it.open(&key, &commitments, &mut Quiet))
            .unwrap_err()
            .code
            .clone()
    };
    assert_eq!(altered(container.len() - 1), "SEA-008");
    let start = usize::try_from(record.header().unwrap().header_size.0).unwrap();
    assert_eq!((altered(start - 1), altered(start)), ("SEA-007".to_string(), "SEA-008".to_string()));
    let code = |bytes: &[u8]| SealedRecord::from_container(bytes).unwrap_err().code.clone();
    assert_eq!(code(&container[..container.len() - 1]), "SEA-009");
    assert_eq!(code(&[&container[..], &[0]].concat()), "SEA-010");
    assert_eq!(code(b""), "SEA-001");
    let bytes = record.to_bytes().unwrap();
    for cut in [0, 1, 5, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(SealedRecord::from_bytes(&bytes[..cut]).unwrap_err().kind.as_str(), "malformed");
    }
}

#[test]
fn the_container_may_lie_elsewhere() {
    let (record, _) = wrapped(&[7; 100], 1);
    let (key, commitments) = (record.key().unwrap(), record.commitments().unwrap());
    let container = record.container().unwrap();
    let whole = SealedRecord::from_container(&container).unwrap();
    assert_eq!(whole.container().unwrap(), container);
    assert_eq!(whole.open(&key, &commitments, &mut Quiet).unwrap().original(), [7; 100]);
    assert_eq!((whole.recipients().len(), record.recipients().len()), (0, 1));
    let apart = SealedRecord::from_beginning(&container).unwrap();
    assert_eq!(apart.open(&key, &commitments, &mut Quiet).unwrap_err().code, "SEA-027");
    assert_eq!(apart.container().unwrap_err().code, "SEA-027");
    assert_eq!(apart.header().unwrap(), record.header().unwrap());
    assert_eq!(apart.open_facts(&key).unwrap(), record.open_facts(&key).unwrap());
    assert_eq!(apart.check(&chain(), &commitments), Ok(()));
}

#[test]
fn wraps_follow_the_recipients() {
    let (mut record, first) = wrapped(b"DICM", 1);
    let commitments = record.commitments().unwrap();
    let second = AgreementKey::draw(&mut Dice(50));
    let key = record.unwrap(&first, &chain()).unwrap();
    let before = record.to_bytes().unwrap();
    let both = [first.public_key(), second.public_key(), first.public_key()];
    record.wrap_to(&key, &chain(), &both, &mut Dice(60)).unwrap();
    assert_eq!(record.recipients(), both[..2]);
    assert_eq!(record.unwrap(&second, &chain()).unwrap().secret(), key.secret());
    record.wrap_to(&key, &chain(), &both[..1], &mut Dice(70)).unwrap();
    assert_eq!(record.to_bytes().unwrap(), before, "a wrap that is there is kept");
    assert_eq!(record.unwrap(&second, &chain()).unwrap_err().code, "SEA-025");
    let stranger = wrapped(b"other", 2).0.key().unwrap();
    let refused = record.wrap_to(&stranger, &chain(), &both, &mut Dice(80)).unwrap_err();
    assert_eq!((refused.code.as_str(), record.to_bytes().unwrap()), ("SEA-006", before));
    let refused = record.wrap_to(&key, &chain(), &[vec![0; 32]], &mut Dice(80)).unwrap_err();
    assert_eq!(refused.code, "SEA-020");
    assert_eq!(record.check(&chain(), &commitments), Ok(()));
    assert_eq!(record.recipients().len(), 1, "a refused recipient leaves the wraps as they were");
}

#[test]
fn what_was_destroyed_stays_so() {
    let (mut record, secret) = wrapped(b"DICM", 1);
    let (key, commitments) = (record.key().unwrap(), record.commitments().unwrap());
    assert_eq!(record.destroyed(), None);
    let statement = record.destroy_key(Time(5)).unwrap();
    assert_eq!((&statement.commitments, &statement.key_commitment), (&commitments, &key.commitment()));
    assert_eq!((statement.recipients.as_slice(), statement.at), (&[Bytes(secret.public_key())][..], Time(5)));
    let kept = record.to_bytes().unwrap();
    let back = SealedRecord::from_bytes(&kept).unwrap();
    assert!(kept.len() < 250 && back.destroyed() == Some(statement));
    for mut record in [record, back] {
        let errors = [
            record.header().map(drop),
            record.container().map(drop),
            record.unwrap(&secret, &chain()).map(drop),
            record.open_facts(&key).map(drop),
            record.open(&key, &commitments, &mut Quiet).map(drop),
            record.wrap_to(&key, &chain(), &[secret.public_key()], &mut Dice(1)),
            record.destroy_key(Time(6)).map(drop),
        ];
        assert!(errors.iter().all(|error| error.as_ref().unwrap_err().code == "SEA-026"), "{errors:?}");
        assert_eq!(record.key().unwrap_err().code, "API-007");
        assert_eq!((record.commitments().unwrap(), record.recipients().len()), (commitments.clone(), 0));
        assert_eq!(record.check(&chain(), &commitments), Ok(()));
    }
}

#[test]
fn opening_is_told_of_and_stopped() {
    let (record, _) = wrapped(&vec![7; LONG], 1);
    let (key, commitments) = (record.key().unwrap(), record.commitments().unwrap());
    let mut steps = Vec::new();
    let mut told = |done, total| {
        steps.push((done, total));
        true
    };
    let opened = record.open(&key, &commitments, &mut told).unwrap();
    assert_eq!(opened.original().len(), LONG);
    let total = record.container().unwrap().len() as u64;
    assert!(steps.len() > 3 && steps.is_sorted() && steps.iter().all(|step| step.1 == total));
    assert_eq!((steps[0].0, steps.last().unwrap().0), (0, total));
    let mut calls = 0;
    let mut stop = |_, _| {
        calls += 1;
        calls < 3
    };
    let stopped = record.open(&key, &commitments, &mut stop).unwrap_err();
    assert_eq!((stopped.code.as_str(), calls), ("API-009", 3));
}

#[test]
fn an_opening_is_read_by_whoever_has_it() {
    let (record, _) = wrapped(b"DICM", 1);
    let commitments = record.commitments().unwrap();
    let opened = record.open(&record.key().unwrap(), &commitments, &mut Quiet).unwrap();
    let opening = opened.opening().unwrap();
    let read = OpenedRecord::from_opening(&opening).unwrap();
    assert_eq!((read.content(), read.facts()), (b"DICM".to_vec(), opened.facts()));
    assert_eq!((read.original(), read.commitments().unwrap()), (b"DICM".to_vec(), commitments));
    for cut in 0..opening.len() {
        assert_eq!(OpenedRecord::from_opening(&opening[..cut]).unwrap_err().kind.as_str(), "malformed");
    }
}
