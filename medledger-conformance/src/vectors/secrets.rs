//! Wallets and sealed records: sheets of words to keys, keystores to be opened, containers and wraps to be opened and to be
//! refused. What is secret is given; entropy follows from names.

use medledger_core::codec::{decode, encode};
use medledger_core::crypto::PublicKey;
use medledger_core::error::Coded;
use medledger_core::hash::{ChainId, Tag, hash};
use medledger_core::identity::did_to_text;
use medledger_core::record::Commitments;
use medledger_core::units::Timestamp;
use medledger_sdk::agreement::AgreementSecret;
use medledger_sdk::seal::{self, ContentForm, RecordKey, SealedRecord, Wrap};
use medledger_sdk::wallet::derive::SheetKeys;
use medledger_sdk::wallet::format::{FileCheck, KEYSTORE, KeystoreBody, KeystoreFile, VERSION};
use medledger_sdk::wallet::keystore::Keystore;
use medledger_sdk::wallet::sheet::Sheet;
use serde_bytes::ByteBuf;

use super::Vector;
use super::fhir::facts;
use super::json::{Fields, Json, bytes, hex, list};
use crate::fuzz::keystore;
use crate::fuzz::world::bytes as named;

pub(super) fn vectors() -> Vec<Vector> {
    [sheets(), keystores(), containers(), wraps()].concat()
}

fn public(key: &PublicKey) -> Json {
    let PublicKey::Ed25519 { bytes } = key;
    hex(bytes.as_ref())
}

fn agreement(secret: &AgreementSecret) -> Json {
    let medledger_core::crypto::AgreementKey::X25519 { bytes } = secret.public();
    hex(bytes.as_ref())
}

/// BIP-39's own test sheets (entropy 00…, 7f…, 80…, ff…), and one at random.
const WORDS: [(&str, u8, &str, &str); 4] = [
    ("zeros", 0x00, "abandon", "art"),
    ("7f", 0x7f, "legal winner thank year wave sausage worth useful", "title"),
    ("80", 0x80, "letter advice cage absurd amount doctor acoustic avoid", "bless"),
    ("ones", 0xff, "zoo", "vote"),
];

fn words(of: &str, last: &str) -> String {
    let repeated: Vec<&str> = of.split(' ').cycle().take(23).collect();
    format!("{} {last}", repeated.join(" "))
}

fn sheets() -> Vec<Vector> {
    let mut made = Vec::new();
    let input = |words: &str, passphrase: &str, identity: u64, device: u64| -> Fields {
        vec![
            ("words", words.into()),
            ("passphrase", passphrase.into()),
            ("identity", identity.into()),
            ("device", device.into()),
        ]
    };
    for (name, entropy, of, last) in WORDS {
        let words = words(of, last);
        let sheet = Sheet::from_words(&words).unwrap();
        for (passphrase, identity, device) in
            [("", 0, 0), ("", 0, 1), ("TREZOR", 0, 0), ("", 1, 0), ("", 65_535, 65_535), ("zażółć", 3, 2)]
        {
            if entropy != 0 && (identity, device) != (0, 0) {
                continue;
            }
            let keys = SheetKeys::new(&sheet, passphrase);
            let seed = sheet.seed(passphrase);
            let vector = Vector::valid(
                "sheet",
                format!("{name}, passphrase {passphrase:?}, identity {identity}, device {device}"),
                "BIP-39's test vectors",
                input(&words, passphrase, identity, device),
            );
            let (identity, device) = (identity as u16, device as u16);
            made.push(vector.by(vec![("entropy", hex(&[entropy; 32])), ("seed", hex(&*seed))]).gives(vec![
                ("device", public(&keys.device(identity, device).public())),
                ("agreement", agreement(&keys.agreement(identity, device))),
                ("controller", public(&keys.controller(identity).public())),
                ("successor_digest", keys.successor(identity).to_string().into()),
            ]));
        }
    }
    let (_, _, of, last) = WORDS[1];
    let good = words(of, last);
    let loose = format!("  {}\n", good.to_uppercase().replace(' ', " \t "));
    let keys = SheetKeys::new(&Sheet::from_words(&good).unwrap(), "");
    made.push(
        Vector::valid(
            "sheet",
            "capitals and other white space",
            "a sheet as people type it",
            input(&loose, "", 0, 0),
        )
        .gives(vec![
            ("device", public(&keys.device(0, 0).public())),
            ("agreement", agreement(&keys.agreement(0, 0))),
            ("controller", public(&keys.controller(0).public())),
            ("successor_digest", keys.successor(0).to_string().into()),
        ]),
    );
    let mut bad = |cause, rule: &str, name: &str, words: &str, identity: u64, device: u64| {
        made.push(Vector::invalid(
            "sheet",
            cause,
            rule,
            name,
            "a sheet, changed",
            input(words, "", identity, device),
        ));
    };
    bad("word-count", "WAL-010", "no words", "", 0, 0);
    bad("word-count", "WAL-010", "23 words", good.rsplit_once(' ').unwrap().0, 0, 0);
    bad("word-count", "WAL-010", "25 words", &format!("{good} art"), 0, 0);
    bad(
        "word-count",
        "WAL-010",
        "12 words that are a sheet elsewhere",
        "legal winner thank year wave sausage worth useful legal winner thank yellow",
        0,
        0,
    );
    bad("unknown-word", "WAL-011", "a word misspelt", &good.replacen("legal", "legall", 1), 0, 0);
    bad("unknown-word", "WAL-011", "a word's first four letters", &good.replacen("winner", "winn", 1), 0, 0);
    bad("checksum", "WAL-012", "another last word", &good.replace("title", "art"), 0, 0);
    bad(
        "checksum",
        "WAL-012",
        "two words exchanged",
        &good.replacen("legal winner", "winner legal", 1),
        0,
        0,
    );
    bad("number", "API-004", "identity 65,536", &good, 65_536, 0);
    bad("number", "API-004", "device 65,536", &good, 0, 65_536);
    made
}

const PASSPHRASE: &str = "correct horse";

fn keystores() -> Vec<Vector> {
    let file = keystore::honest()[0][1..].to_vec();
    let input =
        |file: &[u8], passphrase: &str| vec![("file", bytes(file)), ("passphrase", passphrase.into())];
    let opened = Keystore::open(&file, PASSPHRASE).unwrap();
    let kept = |kept: &medledger_sdk::wallet::keystore::Kept| {
        Json::Object(vec![
            ("identity", u64::from(kept.identity).into()),
            ("did", did_to_text(&kept.did).into()),
            ("relationship", kept.relationship.as_str().into()),
            ("device", u64::from(kept.device).into()),
            ("key", kept.signing.public().id().to_string().into()),
            ("agreement", agreement(&kept.agreement)),
        ])
    };
    let of = "a keystore of two identities";
    let mut made = vec![
        Vector::valid("keystore", "two identities", of, input(&file, PASSPHRASE))
            .gives(vec![("identities", list(opened.kept().iter().map(kept)))]),
    ];
    let decoded: KeystoreFile = decode(&file, &KEYSTORE).unwrap();
    let around = |version: u64, body: Vec<u8>| {
        let check = FileCheck(hash(Tag::KeystoreFile, &[&version.to_be_bytes(), &body]));
        encode(&KeystoreFile { version, body: ByteBuf::from(body), check }).unwrap()
    };
    let with = |change: &dyn Fn(&mut KeystoreBody)| {
        let mut body: KeystoreBody = decode(&decoded.body, &KEYSTORE).unwrap();
        change(&mut body);
        around(VERSION, encode(&body).unwrap())
    };
    let mut bad = |cause, rule: &str, name: &str, file: Vec<u8>, passphrase: &str| {
        made.push(Vector::invalid("keystore", cause, rule, name, of, input(&file, passphrase)));
    };
    let mut spoilt = file.clone();
    let middle = spoilt.len() / 2;
    spoilt[middle] ^= 1;
    bad("damaged", "WAL-030", "a bit changed", spoilt, PASSPHRASE);
    bad("damaged", "WAL-030", "cut by a byte", file[..file.len() - 1].to_vec(), PASSPHRASE);
    bad("damaged", "WAL-030", "a byte more", [file.as_slice(), &[0]].concat(), PASSPHRASE);
    bad("damaged", "WAL-030", "no bytes", Vec::new(), PASSPHRASE);
    bad("wrong-passphrase", "WAL-031", "another passphrase", file, "correct horse ");
    bad("newer", "WAL-032", "the next version", around(VERSION + 1, decoded.body.to_vec()), PASSPHRASE);
    bad("cost", "WAL-033", "too cheap", with(&|body| body.header.cost.memory -= 1), PASSPHRASE);
    bad("cost", "WAL-033", "too dear", with(&|body| body.header.cost.memory = u64::MAX), PASSPHRASE);
    bad("cost", "WAL-033", "no passes", with(&|body| body.header.cost.passes = 0), PASSPHRASE);
    made
}

const CHAIN: ChainId = ChainId([7; 32]);

/// A record that was sealed, with all that is secret of it.
struct Known {
    original: Vec<u8>,
    form: ContentForm,
    key: RecordKey,
    record: SealedRecord,
    container: Vec<u8>,
    commitments: Commitments,
}

fn secret(name: &str) -> [u8; RecordKey::LEN] {
    let mut secret = [0; RecordKey::LEN];
    for (part, chunk) in secret.chunks_mut(32).enumerate() {
        chunk.copy_from_slice(&named(&format!("{name} {part}"))[..chunk.len()]);
    }
    secret
}

fn known(name: &str, original: &[u8], form: ContentForm) -> Known {
    let key = RecordKey::new(&secret(name));
    let mut rng = crate::fuzz::dice::Dice::default();
    let mut record = SealedRecord::seal_under(&key, original, form, &facts(), &mut rng).unwrap();
    let recipients = ["one", "two"].map(|name| AgreementSecret::new(named(name)).public());
    record.wrap_to(&key, &CHAIN, &recipients, &mut rng).unwrap();
    let commitments = record.header().unwrap().head.commitments;
    let container = record.container().unwrap();
    Known { original: original.to_vec(), form, key, record, container, commitments }
}

fn pair(commitments: &Commitments) -> Json {
    Json::Object(vec![
        ("content", commitments.content.to_string().into()),
        ("facts", commitments.facts.to_string().into()),
    ])
}

fn containers() -> Vec<Vector> {
    let text = br#"{ "resourceType": "Observation", "id": "a", "valueDecimal": 1.0 }"#;
    let fhir = known("fhir", text, ContentForm::FhirJson);
    let plain = known("plain", b"DICM", ContentForm::AsItStands);
    let empty = known("empty", b"", ContentForm::AsItStands);
    let input = |container: &[u8], key: &RecordKey, commitments: &Commitments| {
        vec![
            ("container", bytes(container)),
            ("key", hex(&*key.expose())),
            ("commitments", pair(commitments)),
        ]
    };
    let mut made = Vec::new();
    for (name, of) in [("FHIR", &fhir), ("bytes", &plain), ("nothing", &empty)] {
        let opened = SealedRecord::of_container(&of.container)
            .and_then(|record| record.open(&of.key, &of.commitments))
            .unwrap();
        assert_eq!(opened.original(), of.original);
        let form = if of.form == ContentForm::FhirJson { "fhir-json" } else { "as-it-stands" };
        let vector =
            Vector::valid("sealed", name, "a container", input(&of.container, &of.key, &of.commitments));
        made.push(vector.gives(vec![
            ("original", hex(&of.original)),
            ("content", hex(opened.opening.content.expose())),
            ("form", form.into()),
            ("reference", "Observation/1".into()),
            ("key_commitment", of.key.commitment().to_string().into()),
        ]));
    }
    let mut bad =
        |cause: &'static str, name: &str, container: &[u8], key: &RecordKey, commitments: &Commitments| {
            let rule = match seal::SealedRecord::of_container(container)
                .and_then(|record| record.open(key, commitments))
            {
                Err(error) => error.rule().to_string(),
                Ok(_) => panic!("{name} opens"),
            };
            made.push(Vector::invalid(
                "sealed",
                cause,
                rule,
                name,
                "a container, changed",
                input(container, key, commitments),
            ));
        };
    let good = &plain.container;
    let replaced = |at: usize, byte: u8| {
        let mut changed = good.clone();
        changed[at] = byte;
        changed
    };
    let last = good.len() - 1;
    bad("preamble", "no bytes", &[], &plain.key, &plain.commitments);
    bad("preamble", "another beginning", &replaced(0, b'm'), &plain.key, &plain.commitments);
    bad(
        "preamble",
        "the next version",
        &replaced(seal::PREAMBLE - 5, good[seal::PREAMBLE - 5] ^ 1),
        &plain.key,
        &plain.commitments,
    );
    for at in (0..good.len()).step_by(23) {
        bad(
            "altered",
            &format!("a bit of byte {at}"),
            &replaced(at, good[at] ^ 1),
            &plain.key,
            &plain.commitments,
        );
    }
    bad("altered", "a bit of the last byte", &replaced(last, good[last] ^ 1), &plain.key, &plain.commitments);
    bad("size", "cut by a byte", &good[..last], &plain.key, &plain.commitments);
    bad("size", "cut after the header", &good[..good.len() - 20], &plain.key, &plain.commitments);
    bad("size", "a byte more", &[good.as_slice(), &[0]].concat(), &plain.key, &plain.commitments);
    bad("key", "another key", good, &fhir.key, &plain.commitments);
    bad("key", "salts exchanged", good, &RecordKey::new(&secret("other")), &plain.commitments);
    bad("commitments", "another record's commitments", good, &plain.key, &fhir.commitments);
    let mixed = Commitments { facts: fhir.commitments.facts, ..plain.commitments };
    bad("commitments", "the facts of another record", good, &plain.key, &mixed);
    for length in [0, RecordKey::LEN - 1, RecordKey::LEN + 1] {
        let mut fields = input(good, &plain.key, &plain.commitments);
        fields[1].1 = hex(&vec![1; length]);
        let name = format!("a key of {length} bytes");
        made.push(Vector::invalid("sealed", "key", "API-003", name, "a container", fields));
    }
    made
}

fn wraps() -> Vec<Vector> {
    let of = known("plain", b"DICM", ContentForm::AsItStands);
    let other = known("fhir", b"{}", ContentForm::FhirJson);
    let secrets = ["one", "two", "three"].map(named);
    let input = |wrap: &[u8], secret: &[u8], chain: &ChainId, commitments: &Commitments| {
        vec![
            ("wrap", bytes(wrap)),
            ("secret", hex(secret)),
            ("chain", chain.to_string().into()),
            ("commitments", pair(commitments)),
        ]
    };
    let mut made = Vec::new();
    let mut wraps: Vec<(Wrap, [u8; 32])> = Vec::new();
    for wrap in &of.record.wraps {
        let secret =
            secrets.iter().find(|secret| AgreementSecret::new(**secret).public() == wrap.to).unwrap();
        let name = format!("recipient {}", wraps.len());
        let vector = Vector::valid(
            "wrap",
            name,
            "a wrapped key",
            input(&encode(wrap).unwrap(), secret, &CHAIN, &of.commitments),
        );
        made.push(vector.gives(vec![("key", hex(&*of.key.expose()))]));
        wraps.push((wrap.clone(), *secret));
    }
    let (good, secret) = wraps.remove(0);
    let mut bad = |cause: &'static str,
                   name: &str,
                   change: &dyn Fn(&mut Wrap),
                   secret: &[u8; 32],
                   chain: &ChainId,
                   commitments: &Commitments| {
        let mut wrap = good.clone();
        change(&mut wrap);
        let rule = match wrap.open(&AgreementSecret::new(*secret), chain, commitments) {
            Err(error) => error.rule().to_string(),
            Ok(_) => panic!("{name} opens"),
        };
        made.push(Vector::invalid(
            "wrap",
            cause,
            rule,
            name,
            "a wrapped key, changed",
            input(&encode(&wrap).unwrap(), secret, chain, commitments),
        ));
    };
    let same = |_: &mut Wrap| {};
    bad("recipient", "another recipient's secret", &same, &secrets[2], &CHAIN, &of.commitments);
    bad("recipient", "the other recipient's secret", &same, &wraps[0].1, &CHAIN, &of.commitments);
    bad("ledger", "read on another ledger", &same, &secret, &ChainId([8; 32]), &of.commitments);
    bad("record", "read as another record's", &same, &secret, &CHAIN, &other.commitments);
    bad(
        "ledger",
        "says another ledger",
        &|wrap| wrap.chain = ChainId([8; 32]),
        &secret,
        &ChainId([8; 32]),
        &of.commitments,
    );
    bad(
        "record",
        "says another record",
        &|wrap| wrap.commitments = other.commitments,
        &secret,
        &CHAIN,
        &other.commitments,
    );
    bad(
        "altered",
        "a bit of the ciphertext",
        &|wrap| wrap.ciphertext[0] ^= 1,
        &secret,
        &CHAIN,
        &of.commitments,
    );
    bad("altered", "a byte more", &|wrap| wrap.ciphertext.push(0), &secret, &CHAIN, &of.commitments);
    bad("altered", "no ciphertext", &|wrap| wrap.ciphertext.clear(), &secret, &CHAIN, &of.commitments);
    bad(
        "altered",
        "another encapsulated key",
        &|wrap| wrap.encapsulated.0[0] ^= 1,
        &secret,
        &CHAIN,
        &of.commitments,
    );
    bad(
        "altered",
        "an encapsulated key of small order",
        &|wrap| wrap.encapsulated.0 = [0; 32],
        &secret,
        &CHAIN,
        &of.commitments,
    );
    bad(
        "altered",
        "the other recipient's ciphertext",
        &|wrap| wrap.ciphertext = wraps[0].0.ciphertext.clone(),
        &secret,
        &CHAIN,
        &of.commitments,
    );
    let _ = Timestamp(0);
    made
}
