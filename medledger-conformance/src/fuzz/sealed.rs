//! Sealed records: a changed container, header or wrap opens to nothing, or to just what was sealed.

use std::sync::LazyLock;

use medledger_core::codec::{decode, encode};
use medledger_core::hash::{ChainId, KeptHash, RecordId};
use medledger_core::light::RecordProof;
use medledger_core::limits::PROOF;
use medledger_core::record::{Commitments, Facts};
use medledger_core::units::Timestamp;
use medledger_sdk::agreement::AgreementSecret;
use medledger_sdk::export::ExportedRecord;
use medledger_sdk::gateway::KeptRecord;
use medledger_sdk::seal::{
    CHUNK, ContentForm, Kept, OVERHEAD, Opener, PREAMBLE, RecordKey, SealError, SealedHeader, SealedRecord,
    Wrap,
};

use serde_bytes::ByteBuf;

use super::dice::Dice;
use super::edit::edited;
use super::input::Choices;
use super::seeds::{Value, value};
use super::world::bytes;

const CHAIN: ChainId = ChainId([7; 32]);
const FORMS: [ContentForm; 2] = [ContentForm::AsItStands, ContentForm::FhirJson];

/// A record that was sealed, with all that is secret of it.
struct Known {
    original: Vec<u8>,
    facts: Facts,
    key: RecordKey,
    commitments: Commitments,
    record: SealedRecord,
    container: Vec<u8>,
}

/// Text, bytes, and bytes of two chunks; each wrapped to two recipients.
static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let text = br#"{ "resourceType": "Observation", "id": "a", "valueDecimal": 1.0 }"#.to_vec();
    let long = bytes("long").repeat((CHUNK as usize + 64) / 32);
    [
        (text, ContentForm::FhirJson),
        (b"DICM".to_vec(), ContentForm::AsItStands),
        (long, ContentForm::AsItStands),
    ]
    .into_iter()
    .map(|(original, form)| Known::of(original, form))
    .collect()
});

static SECRETS: LazyLock<[AgreementSecret; 2]> =
    LazyLock::new(|| ["one", "two"].map(|name| AgreementSecret::new(bytes(name))));

/// Parts for changes: the records without their chunks, and their wraps.
static PARTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let record = |known: &Known| encode(&SealedRecord { chunks: None, ..known.record.clone() }).unwrap();
    let wrap = |known: &Known| encode::<Wrap>(&known.record.wraps[0]).unwrap();
    KNOWN.iter().map(record).chain(KNOWN.iter().map(wrap)).collect()
});

impl Known {
    fn of(original: Vec<u8>, form: ContentForm) -> Self {
        let facts = Facts::new("Observation/a", "Observation");
        let mut rng = Dice::default();
        let name = format!("{} {form:?}", original.len());
        let mut secret = [0; RecordKey::LEN];
        for (part, chunk) in secret.chunks_mut(32).enumerate() {
            chunk.copy_from_slice(&bytes(&format!("{name} {part}")));
        }
        let key = RecordKey::new(&secret);
        let mut record = SealedRecord::seal_under(&key, &original, form, &facts, &mut rng).unwrap();
        let recipients = SECRETS.each_ref().map(AgreementSecret::public);
        record.wrap_to(&key, &CHAIN, &recipients, &mut rng).unwrap();
        let commitments = record.header().unwrap().head.commitments;
        let container = record.container().unwrap();
        Self { original, facts, key, commitments, record, container }
    }
}

/// The target. The first byte says whether a container, what a holder keeps, or a content is given.
pub fn sealed(input: &[u8]) {
    let mut choices = Choices::new(input);
    match choices.byte() % 5 {
        0 => own(choices.rest()),
        1 => container(&mut choices),
        2 => header(&mut choices),
        3 => kept(&mut choices),
        _ => content(&mut choices),
    }
}

/// The input as a container of its own: what can be told without a key.
fn own(container: &[u8]) {
    if let Ok((header, length)) = SealedHeader::read(container) {
        assert_eq!(header.to_bytes().unwrap(), container[..length]);
        let whole = header.head.chunk_bytes().saturating_add(length as u64);
        assert_eq!(SealedHeader::check_sizes(container).is_ok(), whole == container.len() as u64);
    } else {
        assert!(SealedHeader::check_sizes(container).is_err());
    }
    KNOWN.iter().for_each(|known| opens(known, container));
}

/// A container opens just when it is the very one that was sealed.
fn opens(known: &Known, container: &[u8]) {
    let opened = medledger_sdk::seal::record::open(container, &known.key, &known.commitments);
    assert_eq!(opened.is_ok(), container == known.container, "{:?}", opened.map(drop));
    if let Ok(opened) = opened {
        assert_eq!(opened.original(), known.original);
        assert_eq!(opened.opening.facts, known.facts);
        assert!(opened.opening.check(&known.commitments).is_ok());
    }
}

/// An honest container with bytes changed, cut out, doubled or put elsewhere; whole, and piece by piece.
fn container(choices: &mut Choices<'_>) {
    let known = choices.of(&KNOWN);
    let mut bytes = known.container.clone();
    while !choices.is_empty() && !bytes.is_empty() {
        let place =
            |choices: &mut Choices<'_>| (choices.number() << 8 | usize::from(choices.byte())) % bytes.len();
        let (from, to) = (place(choices), place(choices));
        match choices.byte() % 7 {
            0 => bytes[from] ^= choices.byte() | 1,
            1 => bytes.truncate(from),
            // Just after one of the chunks, or before the first.
            5 => bytes.truncate(known.record.start.len() + from % 2 * (CHUNK + OVERHEAD) as usize),
            2 => drop(bytes.drain(from.min(to)..from.max(to))),
            3 => {
                let part = bytes[from.min(to)..from.max(to)].to_vec();
                bytes.splice(to..to, part.into_iter().take(CHUNK as usize));
            }
            4 => bytes.push(choices.byte()),
            // Chunks in another order.
            _ => {
                let start = known.record.start.len();
                let chunk = (CHUNK + OVERHEAD) as usize;
                if bytes.len() >= start + chunk {
                    bytes[start..].rotate_left(chunk);
                }
            }
        }
        if bytes.len() > 1 << 18 {
            return;
        }
    }
    opens(known, &bytes);
    in_pieces(known, &bytes, 1 + choices.number());
}

/// Opened piece by piece a container gives the same, and never a byte that was not sealed at its place.
fn in_pieces(known: &Known, container: &[u8], size: usize) {
    let mut opener = Opener::new(&known.key, &known.commitments);
    let mut out = Vec::new();
    let fed = container.chunks(size).try_for_each(|piece| opener.feed(piece, &mut out));
    assert!(known.original.starts_with(&out), "content that was not sealed there");
    let finished = fed.and_then(|()| opener.finish().map(drop));
    assert_eq!(finished.is_ok(), container == known.container);
}

/// An honest header with its items changed, in a preamble that fits it.
fn header(choices: &mut Choices<'_>) {
    let known = choices.of(&KNOWN);
    let (start, chunks) = known.container.split_at(known.record.start.len());
    let changed = edited(&start[PREAMBLE..], &PARTS, choices);
    let length = u32::try_from(changed.len()).unwrap().to_be_bytes();
    opens(known, &[&start[..PREAMBLE - 4], &length, &changed, chunks].concat());
}

/// What a holder keeps, changed: it passes no check and opens to nothing but what was sealed.
fn kept(choices: &mut Choices<'_>) {
    let known = &KNOWN[choices.below(2)];
    let honest = Kept::Sealed { record: known.record.clone() };
    let changed = edited(&encode(&honest).unwrap(), &PARTS, choices);
    let Ok(kept) = decode::<Kept>(&changed, &PROOF) else { return };
    let opened = kept.open(&*SECRETS, &CHAIN, &known.commitments);
    if let Ok(opened) = &opened {
        assert_eq!(opened.original(), known.original);
        let Ok(record) = kept.sealed() else { panic!("what was destroyed is opened") };
        assert_eq!(record.container().as_ref(), Some(&known.container));
    }
    match &kept {
        Kept::Sealed { record } => {
            let checked = record.check(&CHAIN, &known.commitments);
            if let Ok(header) = checked {
                assert_eq!(header.head.commitments, known.commitments);
                assert!(record.wraps.iter().all(|wrap| wrap.chain == CHAIN));
            }
        }
        Kept::Destroyed { .. } => assert!(matches!(opened, Err(SealError::Destroyed { .. }))),
    }
    // Nobody else's secret opens anything.
    let stranger = AgreementSecret::new(bytes("stranger"));
    assert!(kept.open(&[stranger], &CHAIN, &known.commitments).is_err());
}

/// Whatever content is sealed opens to the same bytes; under another key it does not open.
fn content(choices: &mut Choices<'_>) {
    let form = FORMS[usize::from(choices.byte() & 1)];
    let (known, other) = (&KNOWN[0], &KNOWN[1]);
    let original = choices.rest();
    let mut rng = Dice::default();
    let sealed = SealedRecord::seal_under(&known.key, original, form, &known.facts, &mut rng);
    let record = match (sealed, form) {
        (Ok(record), _) => record,
        (Err(_), ContentForm::FhirJson) => return,
        (Err(error), ContentForm::AsItStands) => panic!("bytes are not sealed: {error}"),
    };
    let commitments = record.header().unwrap().head.commitments;
    assert!(record.check(&CHAIN, &commitments).is_ok());
    assert_eq!(record.open(&known.key, &commitments).unwrap().original(), original);
    assert!(record.open(&other.key, &commitments).is_err());
    assert!(known.commitments == commitments || record.open(&known.key, &known.commitments).is_err());
}

/// Inputs to begin with: containers, and what is kept, as they are.
#[must_use]
pub fn honest() -> Vec<Vec<u8>> {
    let own = |known: &Known| [&[0], known.container.as_slice()].concat();
    let mut made: Vec<Vec<u8>> = KNOWN.iter().take(2).map(own).collect();
    made.extend([
        vec![1, 0],
        vec![1, 2],
        vec![1, 2, 0, 0, 0, 0, 0, 0, 5],
        vec![2, 0, 0],
        vec![2, 2, 0],
        vec![3, 0, 0],
    ]);
    made.push(vec![3, 1, 1, 4, 0, 0]);
    // Without its last chunk, without both, with both exchanged.
    made.extend([[0, 1, 5], [0, 0, 5], [0, 0, 6]].map(|[_, from, how]| vec![1, 2, 0, 0, from, 0, 0, 0, how]));
    made.push([&[4, 1], KNOWN[0].original.as_slice()].concat());
    made.push([&[4, 0], KNOWN[1].original.as_slice()].concat());
    made
}

/// Values of the wire types of sealed records.
#[must_use]
pub fn values(proof: &RecordProof) -> Vec<Value> {
    let known = &KNOWN[0];
    let record = &known.record;
    let header = record.header().unwrap();
    let destroyed = record.clone().destroy(Timestamp(1)).unwrap();
    let kept = Kept::Sealed { record: record.clone() };
    vec![
        value(&header.head.suite),
        value(&header.head.form),
        value(&header.head),
        value(&header),
        value(&record.wraps[0]),
        value(record),
        value(&destroyed),
        value(&ExportedRecord {
            record: RecordId([1; 32]),
            version: 1,
            kept: ByteBuf::from(encode(&kept).unwrap()),
            sum: KeptHash([2; 32]),
        }),
        value(&kept),
        value(&Kept::Destroyed { statement: destroyed }),
        value(&KeptRecord { proof: proof.clone(), sealed: record.clone() }),
    ]
}
