#![cfg(all(feature = "fhir", feature = "local"))]

use alloc::format;
use core::fmt::Debug;

use argon2::{AssociatedData, ParamsBuilder};
use medledger_core::codec::Wire;

use super::*;
use crate::testing::id;
use crate::testing::{Dice, unhex};
use crate::wallet::create::{SUCCESSORS, successors};
use crate::wallet::derive::SheetKeys;
use crate::wallet::sheet::Sheet;

/// The least that is allowed.
const CHEAP: PassphraseCost = PassphraseCost { memory: MEMORY_KIB.0, passes: PASSES.0, lanes: LANES.0 };
const CHAIN: ChainId = ChainId([7; 32]);
const PASSPHRASE: &str = "correct horse caf\u{e9}";

fn keystore(rng: &mut Dice) -> Keystore {
    let keys = SheetKeys::new(&Sheet::draw(rng).unwrap(), "");
    let second = SheetKeys::new(&Sheet::draw(rng).unwrap(), "");
    let mut keystore = Keystore::new(CHAIN, successors(&second));
    for (identity, relationship) in [(1, "clinic"), (0, "general practice")] {
        keystore.keep(kept(&keys, identity, relationship)).unwrap();
    }
    keystore
}

fn kept(keys: &SheetKeys, identity: u16, relationship: &str) -> Kept {
    Kept {
        identity,
        did: Did([u8::try_from(identity).unwrap(); 32]),
        relationship: relationship.into(),
        device: 2,
        signing: keys.device(identity, 2),
        agreement: keys.agreement(identity, 2),
    }
}

fn sealed() -> Vec<u8> {
    let mut rng = Dice(0);
    keystore(&mut rng).seal(PASSPHRASE, CHEAP, &mut rng).unwrap()
}

fn code<T: Debug>(result: Result<T, KeystoreFault>) -> String {
    id(Some(&result.unwrap_err()))
}

/// The file with another body, its check made to hold: what somebody with an editor could write.
fn forged(bytes: &[u8], change: impl FnOnce(&mut KeystoreBody)) -> Vec<u8> {
    let file: KeystoreFile = decode(bytes, &KEYSTORE).unwrap();
    let mut body: KeystoreBody = decode(&file.body, &KEYSTORE).unwrap();
    change(&mut body);
    file_of(VERSION, &body)
}

fn file_of(version: u64, body: &impl Wire) -> Vec<u8> {
    let body = encode(body).unwrap();
    let check = check(version, &body);
    encode(&KeystoreFile { version, body: ByteBuf::from(body), check }).unwrap()
}

/// RFC 9106, section 5.3.
#[test]
fn argon2id_is_the_rfcs() {
    let mut builder = ParamsBuilder::new();
    builder.m_cost(32).t_cost(3).p_cost(4).data(AssociatedData::new(&[4; 12]).unwrap());
    let params = builder.build().unwrap();
    let argon2 = Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params).unwrap();
    let mut tag = [0; 32];
    argon2.hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
    assert_eq!(&tag[..], unhex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
    // And the call that keystores make is the same function.
    let cost = PassphraseCost { memory: 32, passes: 3, lanes: 4 };
    let params = Params::new(32, 3, 4, Some(32)).unwrap();
    let mut plain = [0; 32];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password_into(&[1; 32], &[2; 16], &mut plain).unwrap();
    assert_eq!(*stretched(&[1; 32], &[2; 16], &cost).unwrap(), plain);
}

/// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
#[test]
fn xchacha20_poly1305_is_the_drafts() {
    let counted = |from: u8, n: u8| (from..from + n).collect::<Vec<u8>>();
    let cipher = XChaCha20Poly1305::new_from_slice(&counted(0x80, 32)).unwrap();
    let nonce = XNonce::try_from(&counted(0x40, 24)[..]).unwrap();
    let text =
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
        sunscreen would be it.";
    let aad = unhex("50515253c0c1c2c3c4c5c6c7");
    let expected = unhex(concat!(
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39",
        "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9",
        "21f9664c97637da9768812f615c68b13b52e",
        "c0875924c1c7987947deafd8780acf49",
    ));
    assert_eq!(cipher.encrypt(&nonce, Payload { msg: text, aad: &aad }).unwrap(), expected);
    assert_eq!(cipher.decrypt(&nonce, Payload { msg: &expected, aad: &aad }).unwrap(), text);
}

#[test]
fn what_is_kept_comes_back() {
    let bytes = sealed();
    let own = keystore(&mut Dice(0));
    let back = Keystore::open(&bytes, PASSPHRASE).unwrap();
    assert_eq!(back.kept().iter().map(|kept| kept.identity).collect::<Vec<_>>(), [0, 1]);
    for (one, two) in own.kept().iter().zip(back.kept()) {
        assert_eq!(one.public(), two.public());
        assert_eq!(*one.signing.seed(), *two.signing.seed());
        assert_eq!(one.agreement.expose(), two.agreement.expose());
    }
    assert_eq!((back.successors(), back.successors().len()), (own.successors(), usize::from(SUCCESSORS)));
    back.check_ledger(&CHAIN).unwrap();
    assert_eq!(code(back.check_ledger(&ChainId([8; 32]))), "WAL-036");
    let header = peek(&bytes).unwrap();
    assert_eq!(header.identities[0].relationship, "general practice");
    assert_eq!((header.chain, header.cost), (CHAIN, CHEAP));
    // The same passphrase, typed on another keyboard.
    Keystore::open(&bytes, "correct horse cafe\u{301}").unwrap();
}

#[test]
fn a_wrong_passphrase_is_told_from_damage() {
    let bytes = sealed();
    for wrong in ["correct horse cafe", "Correct horse caf\u{e9}", "x", " correct horse caf\u{e9}"] {
        assert_eq!(code(Keystore::open(&bytes, wrong)), "WAL-031");
    }
    assert_eq!(code(Keystore::open(&bytes, "")), "WAL-034");
    assert_eq!(code(Keystore::open(&bytes, &"x".repeat(1_025))), "WAL-034");
    // Two bytes that become 33 in normal form: the limit is on what is hashed.
    assert_eq!(code(Keystore::open(&bytes, &"\u{fdfa}".repeat(300))), "WAL-034");
}

#[test]
fn every_single_byte_change_is_refused() {
    let bytes = sealed();
    let mut changes = 0;
    for at in 0..bytes.len() {
        for bit in [1, 0x80] {
            let mut changed = bytes.clone();
            changed[at] ^= bit;
            assert_eq!(code(Keystore::open(&changed, PASSPHRASE)), "WAL-030", "byte {at}");
            assert_eq!(code(peek(&changed)), "WAL-030", "byte {at}");
            changes += 1;
        }
    }
    assert!(changes > 1_000, "{changes}");
    for length in 0..bytes.len() {
        assert_eq!(code(Keystore::open(&bytes[..length], PASSPHRASE)), "WAL-030");
    }
    assert_eq!(code(Keystore::open(&[&bytes[..], &[0]].concat(), PASSPHRASE)), "WAL-030");
    assert_eq!(code(Keystore::open(&alloc::vec![0; 600 * 1024], PASSPHRASE)), "WAL-030");
}

#[test]
fn no_change_of_the_contents_is_taken_although_the_check_holds() {
    let bytes = sealed();
    let open = |change: &dyn Fn(&mut KeystoreBody)| {
        Keystore::open(&forged(&bytes, |body| change(body)), PASSPHRASE).map(|_| ())
    };
    let other = {
        let mut rng = Dice(1_000);
        keystore(&mut rng).seal(PASSPHRASE, CHEAP, &mut rng).unwrap()
    };
    let other: KeystoreFile = decode(&other, &KEYSTORE).unwrap();
    let other: KeystoreBody = decode(&other.body, &KEYSTORE).unwrap();
    let damages: &[&dyn Fn(&mut KeystoreBody)] = &[
        &|body| body.header.chain.0[0] ^= 1,
        &|body| body.header.nonce.0[0] ^= 1,
        &|body| body.header.identities[0].did.0[0] ^= 1,
        &|body| body.header.identities[0].relationship.push('x'),
        &|body| body.header.identities[0].device = 3,
        &|body| body.header.identities[0].key.0[0] ^= 1,
        &|body| body.header.identities[0].identity = u64::MAX,
        &|body| body.header.identities.swap(0, 1),
        &|body| drop(body.header.identities.pop()),
        &|body| body.header.identities.push(body.header.identities[1].clone()),
        &|body| body.header.identities.clear(),
        &|body| body.header.successors[5].0[0] ^= 1,
        &|body| body.header.successors.clear(),
        &|body| body.sealed.truncate(143),
        &|body| body.sealed.push(0),
        &|body| body.sealed.clear(),
        &|body| body.sealed[40] ^= 1,
        &|body| body.sealed = other.sealed.clone(),
    ];
    for (n, damage) in damages.iter().enumerate() {
        assert_eq!(code(open(damage)), "WAL-030", "change {n}");
    }
    // What the passphrase is stretched with, and what its key is recognised by.
    let keys: &[&dyn Fn(&mut KeystoreBody)] = &[
        &|body| body.header.salt.0[0] ^= 1,
        &|body| body.header.cost.passes = 3,
        &|body| body.header.cost.memory += 4,
        &|body| body.header.cost.lanes = 2,
        &|body| body.commitment.0[0] ^= 1,
        &|body| body.commitment = other.commitment,
        &|body| body.header = other.header.clone(),
    ];
    for (n, change) in keys.iter().enumerate() {
        assert_eq!(code(open(change)), "WAL-031", "change {n}");
    }
    open(&|body| *body = other.clone()).unwrap();
}

#[test]
fn no_byte_of_the_body_changes_although_the_check_holds() {
    let file: KeystoreFile = decode(&sealed(), &KEYSTORE).unwrap();
    for at in (0..file.body.len()).step_by(13) {
        let mut body = file.body.clone();
        body[at] ^= 4;
        let check = check(VERSION, &body);
        let changed = encode(&KeystoreFile { version: VERSION, body, check }).unwrap();
        let code = code(Keystore::open(&changed, PASSPHRASE));
        assert!(["WAL-030", "WAL-031", "WAL-033"].contains(&&*code), "{code} at {at}");
    }
}

#[test]
fn a_guess_costs_what_is_written_down() {
    let PassphraseCost { memory, passes, lanes } = PassphraseCost::default();
    assert_eq!((memory, passes, lanes), (64 * 1024, 3, 1));
    let bytes = keystore(&mut Dice(0)).seal(PASSPHRASE, PassphraseCost::default(), &mut Dice(9)).unwrap();
    assert_eq!(peek(&bytes).unwrap().cost, PassphraseCost::default());
}

#[test]
fn a_file_cannot_ask_for_too_much_or_too_little() {
    let bytes = sealed();
    for cost in [
        PassphraseCost { memory: 4 * 1024 * 1024, ..CHEAP },
        PassphraseCost { memory: MEMORY_KIB.1 + 1, ..CHEAP },
        PassphraseCost { memory: MEMORY_KIB.0 - 1, ..CHEAP },
        PassphraseCost { memory: u64::MAX, ..CHEAP },
        PassphraseCost { passes: 1, ..CHEAP },
        PassphraseCost { passes: u64::MAX, ..CHEAP },
        PassphraseCost { lanes: 0, ..CHEAP },
        PassphraseCost { lanes: 5, ..CHEAP },
    ] {
        let file = forged(&bytes, |body| body.header.cost = cost);
        assert_eq!(code(Keystore::open(&file, PASSPHRASE)), "WAL-033", "{cost:?}");
        assert_eq!(code(peek(&file)), "WAL-033");
        assert_eq!(code(keystore(&mut Dice(0)).seal(PASSPHRASE, cost, &mut Dice(9))), "WAL-033");
    }
    assert_eq!(id(Some(&KeystoreFault::NotEnoughMemory { kib: 65_536 })), "WAL-035");
    let huge = PassphraseCost { memory: 1 << 33, passes: 2, lanes: 1 };
    assert_eq!(code(stretched(b"x", &[0; 32], &huge)), "WAL-035");
}

#[test]
fn a_newer_version_is_told_from_damage() {
    let newer = KeptIdentity {
        identity: 1,
        did: Did([0; 32]),
        relationship: String::new(),
        device: 0,
        key: medledger_core::hash::KeyId([0; 32]),
    };
    assert_eq!(code(Keystore::open(&file_of(2, &newer), PASSPHRASE)), "WAL-032");
    assert_eq!(code(Keystore::open(&file_of(u64::MAX, &newer), PASSPHRASE)), "WAL-032");
    assert_eq!(code(Keystore::open(&file_of(0, &newer), PASSPHRASE)), "WAL-030");
    assert_eq!(code(Keystore::open(&file_of(1, &newer), PASSPHRASE)), "WAL-030");
}

#[test]
fn another_passphrase_comes_with_another_salt_and_nonce() {
    let bytes = sealed();
    let mut rng = Dice(77);
    let new = change_passphrase(&bytes, PASSPHRASE, "another one", CHEAP, &mut rng).unwrap();
    assert_eq!(code(Keystore::open(&new, PASSPHRASE)), "WAL-031");
    assert_eq!(Keystore::open(&new, "another one").unwrap().kept().len(), 2);
    let (before, after) = (peek(&bytes).unwrap(), peek(&new).unwrap());
    assert_ne!(before.salt, after.salt);
    assert_ne!(before.nonce, after.nonce);
    assert_eq!(before.identities, after.identities);
    assert_eq!(code(change_passphrase(&bytes, "wrong", "new", CHEAP, &mut rng)), "WAL-031");
    assert_eq!(code(change_passphrase(&bytes, PASSPHRASE, "", CHEAP, &mut rng)), "WAL-034");
}

#[test]
fn identities_and_names_are_kept_once() {
    let mut rng = Dice(0);
    let keys = SheetKeys::new(&Sheet::draw(&mut rng).unwrap(), "");
    let mut keystore = keystore(&mut rng);
    for (identity, relationship) in [(1, "new"), (2, "clinic"), (2, ""), (2, &"x".repeat(129))] {
        assert_eq!(code(keystore.keep(kept(&keys, identity, relationship))), "WAL-037");
    }
    keystore.replace(kept(&keys, 1, "clinic")).unwrap();
    for identity in 2..1_024 {
        let mut more = kept(&keys, 0, &format!("r{identity}"));
        more.identity = identity;
        more.did = Did(hash(Tag::Batch, &[&identity.to_be_bytes()]));
        keystore.keep(more).unwrap();
    }
    assert_eq!(code(keystore.keep(kept(&keys, 200, "one more"))), "WAL-038");
    let full = keystore.seal(PASSPHRASE, CHEAP, &mut rng).unwrap();
    assert_eq!(Keystore::open(&full, PASSPHRASE).unwrap().kept().len(), 1_024);
}

#[test]
fn no_secret_is_shown() {
    let keystore = keystore(&mut Dice(0));
    let shown = format!("{keystore:?}");
    for kept in keystore.kept() {
        for secret in [&*kept.signing.seed(), kept.agreement.expose()] {
            let [a, b, c, ..] = *secret;
            assert!(!shown.contains(&format!("{a}, {b}, {c}")), "{shown}");
            assert!(!shown.contains(&format!("{a:02x}{b:02x}{c:02x}")), "{shown}");
        }
    }
    let bytes = keystore.seal(PASSPHRASE, CHEAP, &mut Dice(5)).unwrap();
    for kept in keystore.kept() {
        for secret in [&*kept.signing.seed(), kept.agreement.expose()] {
            assert!(!bytes.windows(8).any(|part| part == &secret[..8]));
        }
    }
    let error = format!("{:?}", Keystore::open(&bytes, "not the passphrase").unwrap_err());
    assert!(!error.contains("not the passphrase"));
}

#[test]
fn a_name_that_is_not_one_line_is_not_shown() {
    let bytes = sealed();
    for name in ["a\nb", "\u{1b}[2J", "\u{9b}2J", ""] {
        let bad = forged(&bytes, |body| body.header.identities[0].relationship = name.into());
        assert_eq!(code(peek(&bad)), "WAL-030");
        let mut rng = Dice(3);
        let keys = SheetKeys::new(&Sheet::draw(&mut rng).unwrap(), "");
        assert_eq!(code(Keystore::new(CHAIN, Vec::new()).keep(kept(&keys, 0, name))), "WAL-037");
    }
}
