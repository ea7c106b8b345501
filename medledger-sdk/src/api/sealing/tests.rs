use alloc::string::ToString;
use alloc::vec;

use super::*;
use crate::api::facts::tests::lab;
use crate::api::key::Quiet;
use crate::fhir::SAMPLE_BUNDLE;
use crate::testing::Dice;

/// A ledger's id.
pub(crate) fn chain() -> String {
    "c4".repeat(32)
}

/// A file, sealed and wrapped to a key.
pub(crate) fn wrapped(content: &[u8], seed: u64) -> (SealedRecord, AgreementKey) {
    let (secret, mut rng) = (AgreementKey::draw(&mut Dice(seed + 1_000)), Dice(seed));
    let mut record = seal_record(content, ContentForm::AsItStands, &lab(), &mut rng).unwrap();
    let key = record.key().unwrap();
    record.wrap_to(&key, &chain(), &[secret.public_key()], &mut rng).unwrap();
    (record, secret)
}

#[test]
fn what_is_sealed_wrapped_and_sent_opens_again() {
    let (record, secret) = wrapped(b"DICM", 1);
    let record = SealedRecord::from_bytes(&record.to_bytes().unwrap()).unwrap();
    let key = record.unwrap(&secret, &chain()).unwrap();
    let commitments = record.commitments().unwrap();
    let opened = record.open(&key, &commitments, &mut Quiet).unwrap();
    assert_eq!((opened.original(), opened.content()), (b"DICM".to_vec(), b"DICM".to_vec()));
    assert_eq!((opened.facts(), record.open_facts(&key).unwrap()), (opened.facts(), opened.facts()));
    assert_eq!(opened.commitments().unwrap(), commitments);
    assert_eq!(key.commit(b"DICM", ContentForm::AsItStands, &lab()).unwrap(), commitments);
    let again = RecordKey::from_secret(&key.secret()).unwrap();
    assert_eq!((again.commitment(), key.secret().len()), (record.header().unwrap().key_commitment, 96));
    assert_eq!(again.opening(b"DICM", &lab()).unwrap(), opened.opening().unwrap());
    assert!(!alloc::format!("{key:?}{opened:?}{record:?}").contains("DICM"));
}

#[test]
fn what_is_sealed_twice_shares_nothing() {
    let mut rng = Dice(1);
    let mut seal = || seal_record(b"x", ContentForm::AsItStands, &lab(), &mut rng).unwrap();
    let (one, two) = (seal(), seal());
    assert_ne!(one.commitments().unwrap(), two.commitments().unwrap());
    assert_ne!(one.key().unwrap().secret(), two.key().unwrap().secret());
    let sent = SealedRecord::from_bytes(&one.to_bytes().unwrap()).unwrap();
    let error = sent.key().unwrap_err();
    assert_eq!((error.code.as_str(), error.kind.as_str()), ("API-007", "argument"));
}

#[test]
fn a_wrap_alone_gives_the_key_to_its_recipient() {
    let (record, _) = wrapped(b"DICM", 1);
    let (key, commitments) = (record.key().unwrap(), record.commitments().unwrap());
    let (secret, other) = (AgreementKey::draw(&mut Dice(7)), AgreementKey::draw(&mut Dice(8)));
    let wrap = wrap_key(&key, &chain(), &commitments, &secret.public_key(), &mut Dice(9)).unwrap();
    let opened = unwrap_key(&wrap, &secret, &chain(), &commitments).unwrap();
    assert_eq!(opened.secret(), key.secret());
    let says = read_wrap(&wrap).unwrap();
    assert_eq!((says.chain, &says.commitments), (chain(), &commitments));
    assert_eq!(says.recipient.0, secret.public_key());

    let code = |wrap: &[u8], secret: &AgreementKey, chain: &str, of: &Commitments| {
        unwrap_key(wrap, secret, chain, of).unwrap_err().code.clone()
    };
    assert_eq!(code(&wrap, &other, &chain(), &commitments), "SEA-021");
    let of_another = wrapped(b"CT", 2).0.commitments().unwrap();
    assert_eq!(code(&wrap, &secret, &chain(), &of_another), "SEA-022");
    assert_eq!(code(&wrap, &secret, &"00".repeat(32), &commitments), "SEA-023");
    let mut altered = wrap.clone();
    *altered.last_mut().unwrap() ^= 1;
    assert_eq!(code(&altered, &secret, &chain(), &commitments), "SEA-024");
    for cut in 0..wrap.len() {
        let error = unwrap_key(&wrap[..cut], &secret, &chain(), &commitments).unwrap_err();
        assert_eq!((error.kind.as_str(), read_wrap(&wrap[..cut]).is_err()), ("malformed", true));
    }
    let refused = wrap_key(&key, &chain(), &commitments, &[0; 32], &mut Dice(9)).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.kind.as_str()), ("SEA-020", "invalid"));
}

#[test]
fn arguments_are_checked() {
    let (mut record, secret) = wrapped(b"DICM", 1);
    let (key, commitments) = (record.key().unwrap(), record.commitments().unwrap());
    assert_eq!(RecordKey::from_secret(&[0; 95]).unwrap_err().code, "API-003");
    let short = vec![vec![0; 31]];
    assert_eq!(record.wrap_to(&key, &chain(), &short, &mut Dice(0)).unwrap_err().code, "API-003");
    let upper = chain().to_uppercase();
    assert_eq!(record.wrap_to(&key, &upper, &[], &mut Dice(0)).unwrap_err().code, "API-002");
    assert_eq!(record.unwrap(&secret, "").unwrap_err().code, "API-002");
    let wrong = Commitments { content: "5".to_string(), ..commitments };
    assert_eq!(record.open(&key, &wrong, &mut Quiet).unwrap_err().code, "API-002");
    let unnamed = Facts::default();
    let refused = seal_record(b"", ContentForm::AsItStands, &unnamed, &mut Dice(0)).unwrap_err();
    assert_eq!(refused.code, "SEA-011");
    assert_eq!(key.commit(b"", ContentForm::AsItStands, &unnamed).unwrap_err().code, "SEA-011");
    let refused = seal_record(b"{", ContentForm::FhirJson, &lab(), &mut Dice(0)).unwrap_err();
    assert_eq!(refused.code, "SEA-013");
}

#[test]
fn each_resource_of_a_bundle_has_its_own_text() {
    let texts = bundle_texts(SAMPLE_BUNDLE).unwrap();
    let entries = crate::api::read_bundle(SAMPLE_BUNDLE).unwrap();
    assert_eq!(texts.len(), entries.len());
    for (text, entry) in texts.iter().zip(&entries) {
        assert_eq!(crate::api::canonical_fhir(text).unwrap(), entry.canonical.0);
        assert!(SAMPLE_BUNDLE.windows(text.len()).any(|window| window == text));
        let record = seal_record(text, ContentForm::FhirJson, &entry.facts, &mut Dice(1)).unwrap();
        let commitments = record.commitments().unwrap();
        let opened = record.open(&record.key().unwrap(), &commitments, &mut Quiet).unwrap();
        assert_eq!((opened.original(), opened.content()), (text.clone(), entry.canonical.0.clone()));
    }
    assert_eq!(bundle_texts(b"{}").unwrap_err().kind.as_str(), "fhir");
}
