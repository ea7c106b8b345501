//! Keystores and sheets of words: a changed file opens to nothing, or to just the keys and the header that were written.

use std::sync::LazyLock;

use medledger_core::codec::{decode, encode};
use medledger_core::crypto::SecretKey;
use medledger_core::hash::{ChainId, Did, SuccessorDigest, Tag, hash};
use medledger_sdk::agreement::AgreementSecret;
use medledger_sdk::wallet::format::{
    FileCheck, KEYSTORE, KeystoreBody, KeystoreFile, LANES, MEMORY_KIB, PASSES, PassphraseCost, VERSION,
};
use medledger_sdk::wallet::keystore::{Kept, Keystore, peek};
use medledger_sdk::wallet::sheet::Sheet;
use serde_bytes::ByteBuf;

use super::dice::Dice;
use super::edit::edited;
use super::input::Choices;
use super::seeds::{Value, value};
use super::world::bytes;

const CHAIN: ChainId = ChainId([7; 32]);
const PASSPHRASE: &str = "correct horse";
/// The least that a passphrase may cost: an honest one costs several times as much.
const CHEAP: PassphraseCost = PassphraseCost { memory: MEMORY_KIB.0, passes: PASSES.0, lanes: LANES.0 };

/// A keystore of two identities, and another under the same passphrase.
static FILES: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| {
    let mut rng = Dice::default();
    [2, 1].map(|identities| {
        let successors = (0..3).map(|n| SuccessorDigest(bytes(&format!("successor {n}")))).collect();
        let mut keystore = Keystore::new(CHAIN, successors);
        for number in 0..identities {
            let kept = Kept {
                identity: number,
                did: Did(bytes(&format!("did {number}"))),
                relationship: format!("identity {number}"),
                device: 0,
                signing: SecretKey::from_seed(bytes(&format!("signing {number}"))),
                agreement: AgreementSecret::new(bytes(&format!("agreement {number}"))),
            };
            keystore.keep(kept).unwrap();
        }
        keystore.seal(PASSPHRASE, CHEAP, &mut rng).unwrap()
    })
});

static PARTS: LazyLock<Vec<Vec<u8>>> =
    LazyLock::new(|| FILES.iter().map(|file| encode(&body(file)).unwrap()).collect());

fn body(file: &[u8]) -> KeystoreBody {
    let file: KeystoreFile = decode(file, &KEYSTORE).unwrap();
    decode(&file.body, &KEYSTORE).unwrap()
}

/// The target. The first byte says what follows: a file, changes of the file or of its body, or words.
pub fn keystore(input: &[u8]) {
    let mut choices = Choices::new(input);
    match choices.byte() % 4 {
        0 => opens(choices.rest()),
        1 => opens(&edited(&FILES[0], &PARTS, &mut choices)),
        2 => {
            // The check is anybody's to make: what must hold is the encryption.
            let body = edited(&PARTS[0], &PARTS[1..], &mut choices);
            opens(&file(body));
        }
        _ => words(choices.rest()),
    }
}

/// A file around a body, with its check.
fn file(body: Vec<u8>) -> Vec<u8> {
    let check = FileCheck(hash(Tag::KeystoreFile, &[&VERSION.to_be_bytes(), &body]));
    encode(&KeystoreFile { version: VERSION, body: ByteBuf::from(body), check }).unwrap()
}

fn opens(file: &[u8]) {
    let Ok(header) = peek(file) else {
        // It is refused before the passphrase is worked on.
        assert!(Keystore::open(file, PASSPHRASE).is_err());
        return;
    };
    if header.cost != CHEAP {
        return;
    }
    let is_honest = FILES.iter().any(|honest| honest == file);
    match Keystore::open(file, PASSPHRASE) {
        Err(_) => assert!(!is_honest, "an honest file does not open"),
        Ok(keystore) => {
            assert!(is_honest, "an altered file opens");
            assert_eq!(keystore.kept().len(), header.identities.len());
            assert!(keystore.check_ledger(&CHAIN).is_ok());
        }
    }
}

/// Words are a sheet just when they are written back as they were read.
fn words(text: &[u8]) {
    let Ok(text) = std::str::from_utf8(text) else { return };
    if let Ok(sheet) = Sheet::from_words(text) {
        let words: Vec<&str> = sheet.words().collect();
        let read: Vec<String> = text.split_whitespace().map(str::to_ascii_lowercase).collect();
        assert_eq!(words, read);
        assert_eq!(Sheet::from_words(&words.join(" ")), Ok(sheet));
    }
}

/// Inputs to begin with: the files, and a sheet.
#[must_use]
pub fn honest() -> Vec<Vec<u8>> {
    let mut made: Vec<Vec<u8>> = FILES.iter().map(|file| [&[0], file.as_slice()].concat()).collect();
    made.extend([vec![1, 0], vec![2, 0], vec![2, 1, 4, 0, 0], vec![1, 5, 1, 6, 0, 0]]);
    let sheet = Sheet::draw(&mut Dice::default()).unwrap();
    made.push([&[3], sheet.words().collect::<Vec<_>>().join(" ").as_bytes()].concat());
    made
}

/// Values of the wire types of keystores.
#[must_use]
pub fn values() -> Vec<Value> {
    let body = body(&FILES[0]);
    vec![
        value(&decode::<KeystoreFile>(&FILES[0], &KEYSTORE).unwrap()),
        value(&body.header.cost),
        value(&body.header.identities[0]),
        value(&body.header),
        value(&body),
    ]
}
