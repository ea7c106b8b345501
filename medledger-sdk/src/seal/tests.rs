#![cfg(feature = "local")]

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloc::{format, vec};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use proptest::prelude::*;
use serde_bytes::ByteBuf;

use medledger_core::codec::{decode, encode};
use medledger_core::error::Coded;
use medledger_core::hash::{Tag, hash};
use medledger_core::limits::FACTS;
use medledger_core::record::{Commitments, Facts};

use super::record::{commitments, open};
use super::*;
use crate::testing::Dice;

mod altered;
mod wraps;

pub(super) fn facts() -> Facts {
    Facts::new("ImagingStudy/1", "ImagingStudy")
}

pub(super) fn id<T>(result: Result<T, SealError>) -> String {
    result.err().map(|error| error.rule().to_string()).unwrap_or_default()
}

/// Bytes that repeat only after a while.
pub(super) fn content(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at.wrapping_mul(31) >> 3).to_le_bytes()[0]).collect()
}

/// A file of this length, sealed, with its key and what it commits to.
pub(super) fn sealed(length: usize, seed: u64) -> (Vec<u8>, RecordKey, Commitments) {
    let plain = content(length);
    let (record, key) =
        SealedRecord::seal(&plain, ContentForm::AsItStands, &facts(), &mut Dice(seed)).unwrap();
    let commitments = record.header().unwrap().head.commitments;
    (record.container().unwrap(), key, commitments)
}

const C: usize = 65_536;

/// Opened in pieces of these sizes, one after the other and from the beginning again.
fn open_pieces(
    container: &[u8],
    (key, commitments): (&RecordKey, &Commitments),
    pieces: &[usize],
) -> Result<Vec<u8>, SealError> {
    let mut opener = Opener::new(key, commitments);
    let (mut out, mut left) = (Vec::new(), container);
    for piece in pieces.iter().cycle() {
        if left.is_empty() {
            break;
        }
        let (now, later) = left.split_at((*piece).min(left.len()));
        opener.feed(now, &mut out)?;
        left = later;
    }
    opener.finish().map(|_| out)
}

#[test]
fn what_was_sealed_is_opened_around_every_border() {
    for length in [0, 1, 15, 16, 17, C - 1, C, C + 1, 2 * C - 1, 2 * C, 2 * C + 1] {
        let (container, key, commitments) = sealed(length, 1);
        let header = SealedHeader::check_sizes(&container).unwrap();
        assert_eq!(header.head.length, length as u64);
        assert_eq!(header.head.chunks(), (length as u64).div_ceil(CHUNK).max(1));
        let opened = open(&container, &key, &commitments).unwrap();
        assert_eq!(opened.original(), content(length));
        opened.opening.check(&commitments).unwrap();
        assert_eq!(opened.opening.facts, facts());
        for pieces in [&[1][..], &[C], &[C + 16], &[7, 4096]] {
            if length < 2 * C || pieces[0] > 1 {
                assert_eq!(open_pieces(&container, (&key, &commitments), pieces).unwrap(), content(length));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn sealing_and_opening_in_any_pieces_gives_the_same(
        length in 0..3 * C,
        fed in prop::collection::vec(1..2 * C, 1..4),
        taken in prop::collection::vec(1..2 * C, 1..4),
        seed in 1_u64..1_000,
    ) {
        let plain = content(length);
        let key = RecordKey::draw(&mut Dice(seed));
        let commitments = commitments(&key, ContentForm::AsItStands, &plain, &facts()).unwrap();
        let plan = Plan { form: ContentForm::AsItStands, length: length as u64, commitments, facts: &facts() };
        let mut container = Vec::new();
        let mut sealer = Sealer::new(&key, &plan, &mut Dice(seed + 9), &mut container).unwrap();
        let mut left = plain.as_slice();
        for piece in fed.iter().cycle() {
            if left.is_empty() {
                break;
            }
            let (now, later) = left.split_at((*piece).min(left.len()));
            sealer.feed(now, &mut container).unwrap();
            left = later;
        }
        sealer.finish(&mut container).unwrap();
        SealedHeader::check_sizes(&container).unwrap();
        prop_assert_eq!(open_pieces(&container, (&key, &commitments), &taken).unwrap(), plain);
    }
}

/// The container written by hand from the AEAD alone, as spec/sealing.md says.
#[test]
fn the_container_is_what_the_specification_says() {
    let length = C + 5;
    let (container, key, _) = sealed(length, 3);
    let plain = content(length);
    let secret = key.expose();
    assert_eq!(&container[..8], b"MLSEAL\x00\x01");
    let header_length = u32::from_be_bytes(container[8..12].try_into().unwrap()) as usize;
    let cbor = &container[12..12 + header_length];
    let header: SealedHeader = decode(cbor, &FACTS).unwrap();
    let SealedHeader { head, facts: sealed_facts } = header.clone();
    assert_eq!(head.key.0, hash(Tag::SealKey, &[&secret[..]]));
    let salts = (&secret[32..64], &secret[64..96]);
    assert_eq!(head.commitments.content.0, hash(Tag::Content, &[salts.0, &plain]));
    let facts_cbor = encode(&facts()).unwrap();
    assert_eq!(head.commitments.facts.0, hash(Tag::Facts, &[salts.1, &facts_cbor]));

    let cipher = |tag| XChaCha20Poly1305::new((&hash(tag, &[&secret[..32]])).into());
    let nonce = |end: [u8; 5]| {
        let bytes: [u8; 24] = [&head.prefix.0[..], &end].concat().try_into().unwrap();
        XNonce::from(bytes)
    };
    let mark = b"MLSEAL\x00\x01";
    let aad = hash(Tag::SealHeader, &[mark, &encode(&head).unwrap()]);
    let made = cipher(Tag::SealFacts).encrypt(&nonce([0; 5]), Payload { msg: &facts_cbor, aad: &aad });
    assert_eq!(made.unwrap(), sealed_facts.into_vec());
    let aad = hash(Tag::SealHeader, &[mark, cbor]);
    let chunk =
        |end, msg: &[u8]| cipher(Tag::SealChunks).encrypt(&nonce(end), Payload { msg, aad: &aad }).unwrap();
    let chunks = [chunk([0, 0, 0, 0, 0], &plain[..C]), chunk([0, 0, 0, 1, 1], &plain[C..])].concat();
    assert_eq!(&container[12 + header_length..], chunks);
}

#[test]
fn originals_of_fhir_are_sealed_and_their_canonical_form_is_committed_to() {
    let text = b"{ \"resourceType\": \"Basic\",\n  \"id\" : \"a\", \"value\": 1.00 }";
    let facts = Facts::new("Basic/a", "Basic");
    let (record, key) = SealedRecord::seal(text, ContentForm::FhirJson, &facts, &mut Dice(1)).unwrap();
    let commitments = record.header().unwrap().head.commitments;
    let opened = record.open(&key, &commitments).unwrap();
    assert_eq!(opened.original(), text);
    assert_eq!(opened.opening.content.expose(), b"{\"id\":\"a\",\"resourceType\":\"Basic\",\"value\":1.00}");
    opened.opening.check(&commitments).unwrap();
    // The facts need none of the content.
    let (header, _) = SealedHeader::read(&record.start).unwrap();
    assert_eq!(header.open_facts(&key).unwrap(), facts);

    let seal = |text: &[u8]| SealedRecord::seal(text, ContentForm::FhirJson, &facts, &mut Dice(1));
    assert_eq!(id(seal(b"{\"a\":1,\"a\":2}")), "SEA-013");
    // One whose form was misstated by whoever had the key.
    let key = RecordKey::draw(&mut Dice(4));
    let commitments = record::commitments(&key, ContentForm::AsItStands, b"DICM", &facts).unwrap();
    let plan = Plan { form: ContentForm::FhirJson, length: 4, commitments, facts: &facts };
    let mut out = Vec::new();
    let mut sealer = Sealer::new(&key, &plan, &mut Dice(1), &mut out).unwrap();
    sealer.feed(b"DICM", &mut out).unwrap();
    assert_eq!(id(sealer.finish(&mut out)), "SEA-013");
    assert_eq!(id(open(&out, &key, &commitments)), "SEA-013");
}

#[test]
fn a_sealer_takes_what_was_announced() {
    let key = RecordKey::draw(&mut Dice(1));
    let commitments = commitments(&key, ContentForm::AsItStands, b"abcd", &facts()).unwrap();
    let plan = Plan { form: ContentForm::AsItStands, length: 4, commitments, facts: &facts() };
    let mut out = Vec::new();
    let begin = |plan: &Plan<'_>, out: &mut Vec<u8>| Sealer::new(&key, plan, &mut Dice(2), out);
    let mut sealer = begin(&plan, &mut out).unwrap();
    assert_eq!(id(sealer.feed(b"abcde", &mut out)), "SEA-014");
    sealer.feed(b"abc", &mut out).unwrap();
    assert_eq!(id(sealer.finish(&mut out)), "SEA-014");
    // A file that has changed between its two readings.
    let mut sealer = begin(&plan, &mut out).unwrap();
    sealer.feed(b"abcD", &mut out).unwrap();
    assert_eq!(id(sealer.finish(&mut out)), "SEA-011");
    let long = Plan { length: (CHUNK << 32) + 1, ..plan };
    assert_eq!(id(begin(&long, &mut out)), "SEA-005");
    let fhir = Plan { form: ContentForm::FhirJson, length: (256 << 20) + 1, ..plan };
    assert_eq!(id(begin(&fhir, &mut out)), "SEA-005");
    let other = Facts::new("Other/1", "Other");
    assert_eq!(id(begin(&Plan { facts: &other, ..plan }, &mut out)), "SEA-011");
    let unnamed = Facts::new("", "Other");
    assert_eq!(id(SealedRecord::seal(b"", ContentForm::AsItStands, &unnamed, &mut Dice(1))), "SEA-011");
}

#[test]
fn the_same_record_sealed_twice_shares_nothing() {
    let (first, key, _) = sealed(100, 1);
    let (second, other, _) = sealed(100, 50);
    assert_ne!(key.expose(), other.expose());
    let heads = [&first, &second].map(|bytes| SealedHeader::read(bytes).unwrap().0.head);
    assert_ne!(heads[0].prefix, heads[1].prefix);
    assert_ne!(heads[0].commitments, heads[1].commitments);
    // Even under one key the nonces differ.
    let key = RecordKey::draw(&mut Dice(1));
    let again = |seed| {
        let form = ContentForm::AsItStands;
        SealedRecord::seal_under(&key, b"same", form, &facts(), &mut Dice(seed)).unwrap()
    };
    assert_ne!(again(70).chunks, again(80).chunks);
}

#[test]
fn secrets_are_not_shown() {
    let key = RecordKey::new(&[0xa5; 96]);
    let (container, own, commitments) = sealed(10, 1);
    let plan = Plan { form: ContentForm::AsItStands, length: 10, commitments, facts: &facts() };
    let mut out = Vec::new();
    let sealer = Sealer::new(&own, &plan, &mut Dice(2), &mut out).unwrap();
    let opener = Opener::new(&key, &commitments);
    let opened = open(&container, &own, &commitments).unwrap();
    let error = open(&container, &key, &commitments).unwrap_err();
    let mut stream = Opener::new(&own, &commitments);
    stream.feed(&container, &mut out).unwrap();
    let (plan, stream) = (format!("{plan:?}"), stream.finish().unwrap());
    let shown = format!("{plan} {stream:?} {key:?} {sealer:?} {opener:?} {opened:?} {error:?} {error}")
        .to_lowercase();
    for secret in
        ["a5a5", "165, 165", "imagingstudy", &format!("{:?}", &own.expose()[..4]).replace(['[', ']'], "")]
    {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(shown.contains("recordkey(secret)"));
}

#[test]
fn the_originals_of_a_bundle_are_its_resources_byte_for_byte() {
    let text = br#" {"resourceType":"Bundle", "note":"\"entry\":[{}]" , "ent\u0072y" : [
        { "fullUrl":"urn:a", "resource" : {"resourceType":"Patient", "id":"p", "x":"}]\\"} } ,
        {"resource":{ "id":"o" ,"resourceType":"Observation","value":1.50, "list":[ {"a":[]} , -1 ]}}
    ] , "total":2 }"#;
    let bundle = crate::fhir::bundle::Bundle::parse(text).unwrap();
    let originals = original::originals(text, &bundle).unwrap();
    assert_eq!(originals[0], br#"{"resourceType":"Patient", "id":"p", "x":"}]\\"}"#);
    assert!(originals[1].starts_with(br#"{ "id":"o" ,"#) && originals[1].ends_with(b"-1 ]}"));
    for (original, entry) in originals.iter().zip(bundle.entries()) {
        let canonical = super::stream::canonical(original).unwrap();
        assert_eq!(canonical.expose(), entry.canonical);
    }
    let sample = crate::fhir::SAMPLE_BUNDLE;
    let whole = crate::fhir::bundle::Bundle::parse(sample).unwrap();
    let originals = original::originals(sample, &whole).unwrap();
    for (original, entry) in originals.iter().zip(whole.entries()) {
        assert_eq!(super::stream::canonical(original).unwrap().expose(), entry.canonical);
    }
    for other in [sample, b"{}", b"", b"[", b"{\"entry\":[{\"resource\":", b"{\"entry\":[{}]}"] {
        assert_eq!(id(original::originals(other, &bundle)), "SEA-015");
    }
}

#[test]
fn an_opener_shows_the_facts_once_the_header_has_opened_and_until_it_fails() {
    let (container, key, commitments) = sealed(3 * C, 5);
    let (_, start) = SealedHeader::read(&container).unwrap();
    let mut opener = Opener::new(&key, &commitments);
    let mut out = Vec::new();
    assert_eq!(opener.facts(), None);
    opener.feed(&container[..start - 1], &mut out).unwrap();
    assert_eq!(opener.facts(), None);
    opener.feed(&container[start - 1..start + 10], &mut out).unwrap();
    assert_eq!(opener.facts(), Some(&facts()));
    let mut rest = container[start + 10..].to_vec();
    rest[100] ^= 1;
    assert_eq!(id(opener.feed(&rest, &mut out)), "SEA-008");
    assert_eq!(opener.facts(), None);
    // Nothing after a failure is opened, and it says so each time.
    let opened = out.len();
    assert_eq!(id(opener.feed(&container[start + 10..], &mut out)), "SEA-008");
    assert_eq!(id(opener.feed(&[], &mut out)), "SEA-008");
    assert_eq!(out.len(), opened);
    assert_eq!(id(opener.finish()), "SEA-008");
}

#[test]
fn a_header_that_promises_much_takes_no_memory() {
    let plain = br#"{"resourceType":"Observation","status":"final"}"#;
    let (record, key) = SealedRecord::seal(plain, ContentForm::FhirJson, &facts(), &mut Dice(3)).unwrap();
    let header = record.header().unwrap();
    let length = crate::fhir::canonical::Limits::BUNDLE.bytes;
    let head = SealedHead { length, ..header.head };
    let commitments = head.commitments;
    let promising = head.with_facts(&key, &facts()).unwrap().to_bytes().unwrap();
    let mut opener = Opener::new(&key, &commitments);
    opener.feed(&promising, &mut Vec::new()).unwrap();
    assert!(opener.facts().is_some() && length == 256 << 20);
    opener.feed(&[0; 60_000], &mut Vec::new()).unwrap();
    assert_eq!(opener.room(), 0);
    // What comes takes at most twice its length.
    let honest = record.container().unwrap();
    let mut opener = Opener::new(&key, &commitments);
    opener.feed(&honest, &mut Vec::new()).unwrap();
    assert!(opener.room() >= plain.len() && opener.room() <= 4096);
    assert!(opener.finish().is_ok());
}
