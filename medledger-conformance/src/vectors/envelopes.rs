//! Transactions: each operation once, and every way in which bytes are no transaction of a ledger. The envelope is written
//! here item by item, after RFC 9052, and not by the library.

use medledger_core::codec::encode;
use medledger_core::crypto::{PublicKey, SecretKey};
use medledger_core::hash::{BodyHash, ChainId, ConsentId, Did, KeyId, Tag, hash};
use medledger_core::identity::did_to_text;
use medledger_core::limits::TRANSACTION_BYTES;
use medledger_core::operation::{Body, Operation};
use medledger_core::units::Timestamp;

use super::Vector;
use super::cbor::{self, array, head};
use super::json::{Fields, Json, bytes, hex, list};
use crate::fuzz::world::{WORLD, key};

const CHAIN: ChainId = ChainId([0xc4; 32]);

fn protected(key: &KeyId) -> Vec<u8> {
    // {1 (alg): -8 (EdDSA), 4 (kid): key}
    [&[0xa2, 0x01, 0x27, 0x04], cbor::bytes(key.as_ref()).as_slice()].concat()
}

fn signed(key: &KeyId, chain: &ChainId, payload: &[u8]) -> Vec<u8> {
    let aad = array(&[head(0, 1), cbor::bytes(chain.as_ref())]);
    let context = [&head(3, 10), b"Signature1".as_slice()].concat();
    array(&[context, cbor::bytes(&protected(key)), cbor::bytes(&aad), cbor::bytes(payload)])
}

fn sealed(key: &KeyId, payload: Option<&[u8]>, signature: &[u8]) -> Vec<u8> {
    let payload = payload.map_or(vec![0xf6], cbor::bytes);
    array(&[cbor::bytes(&protected(key)), vec![0xa0], payload, cbor::bytes(signature)])
}

/// Everything that goes into one transaction.
struct Made {
    body: Vec<u8>,
    body_hash: BodyHash,
    payload: Vec<u8>,
    bytes: Vec<u8>,
    approvals: Vec<(KeyId, Vec<u8>, Vec<u8>)>,
    signed: Vec<u8>,
    signature: Vec<u8>,
}

/// Signs a body; the approvers in the order of their ids, as the protocol has it.
fn sign(body: &Body, signer: &SecretKey, approvers: &[&SecretKey]) -> Made {
    let encoded = encode(body).unwrap();
    let body_hash = BodyHash(hash(Tag::Body, &[&encoded]));
    let mut approvals: Vec<_> = approvers
        .iter()
        .map(|key| {
            let id = key.public().id();
            let covers = signed(&id, &body.chain, body_hash.as_ref());
            let signature = key.sign(&covers).0.to_vec();
            (id, covers, signature)
        })
        .collect();
    approvals.sort_by_key(|(id, ..)| *id);
    let given: Vec<Vec<u8>> =
        approvals.iter().map(|(id, _, signature)| sealed(id, None, signature)).collect();
    let payload = payload(&encoded, &given);
    let covers = signed(&body.key, &body.chain, &payload);
    let signature = signer.sign(&covers).0.to_vec();
    let bytes = sealed(&body.key, Some(&payload), &signature);
    Made { body: encoded, body_hash, payload, bytes, approvals, signed: covers, signature }
}

fn payload(body: &[u8], approvals: &[Vec<u8>]) -> Vec<u8> {
    let approvals: Vec<Vec<u8>> = approvals.iter().map(|approval| cbor::bytes(approval)).collect();
    array(&[body.to_vec(), array(&approvals)])
}

fn public(key: &SecretKey) -> Json {
    let PublicKey::Ed25519 { bytes: key } = key.public();
    bytes(key.as_ref())
}

fn input(transaction: &[u8], chain: &ChainId, keys: &[&SecretKey]) -> Fields {
    vec![
        ("bytes", bytes(transaction)),
        ("chain", chain.to_string().into()),
        ("keys", list(keys.iter().map(|key| public(key)))),
    ]
}

fn answer(body: &Body, made: &Made) -> Fields {
    let approval = |(key, signed, signature): &(KeyId, Vec<u8>, Vec<u8>)| {
        Json::Object(vec![
            ("key", key.to_string().into()),
            ("signed", hex(signed)),
            ("signature", hex(signature)),
        ])
    };
    let id = medledger_core::hash::TxId(hash(Tag::TxId, &[&made.signed]));
    let of_bytes = medledger_core::hash::TxHash(hash(Tag::TxBytes, &[&made.bytes]));
    vec![
        ("id", id.to_string().into()),
        ("hash", of_bytes.to_string().into()),
        ("signer", did_to_text(&body.signer).into()),
        ("key", body.key.to_string().into()),
        ("counter", body.counter.into()),
        ("signed_at", body.signed_at.0.into()),
        ("valid_until", body.valid_until.0.into()),
        ("operation", body.operation.name().into()),
        ("operation_code", body.operation.code().into()),
        ("body_hash", made.body_hash.to_string().into()),
        ("signed", hex(&made.signed)),
        ("signature", hex(&made.signature)),
        ("approvals", list(made.approvals.iter().map(approval))),
    ]
}

fn plain(signer: &SecretKey) -> Body {
    Body {
        version: 1,
        chain: CHAIN,
        signer: Did([0x51; 32]),
        key: signer.public().id(),
        counter: 7,
        signed_at: Timestamp(1_700_000_000_000),
        valid_until: Timestamp(1_700_000_060_000),
        operation: Operation::RevokeConsent { consent: ConsentId([0x3c; 32]) },
    }
}

pub(super) fn vectors() -> Vec<Vector> {
    let mut made = operations();
    let (signer, first, second) = (key("signer"), key("first approver"), key("second approver"));
    let body = plain(&signer);
    let whole = sign(&body, &signer, &[&first, &second]);
    let mut approvers = [&first, &second];
    approvers.sort_by_key(|key| key.public().id());
    let keys = [&signer, approvers[0], approvers[1]];
    let of = "a transaction with two approvals, changed";
    let fine = |name: &str, body: &Body, signed: &Made, keys: &[&SecretKey]| {
        Vector::valid("transaction", name, "a revocation", input(&signed.bytes, &body.chain, keys))
            .by(vec![("body_hashed", bytes(&[Tag::Body.bytes(), signed.body.as_slice()].concat()))])
            .gives(answer(body, signed))
    };
    made.push(fine("two approvals", &body, &whole, &keys));
    let far = Body { counter: u64::MAX, valid_until: Timestamp(super::LATEST), ..body.clone() };
    made.push(fine("the greatest counter", &far, &sign(&far, &signer, &[]), &[&signer]));

    let mut bad = |cause, rule: &str, name: &str, transaction: Vec<u8>, keys: &[&SecretKey]| {
        made.push(Vector::invalid("transaction", cause, rule, name, of, input(&transaction, &CHAIN, keys)));
    };
    let good = &whole.bytes;
    let replaced = |at: usize, byte: u8| {
        let mut changed = good.clone();
        changed[at] = byte;
        changed
    };
    for (name, changed) in [
        ("no bytes", Vec::new()),
        ("cut by a byte", good[..good.len() - 1].to_vec()),
        ("a byte more", [good.as_slice(), &[0]].concat()),
        ("tagged as COSE_Sign1", [&[0xd2], good.as_slice()].concat()),
        ("ES256 for an algorithm", replaced(5, 0x26)),
        ("the header's length not in its shortest form", [&good[..1], &[0x59, 0x00], &good[2..]].concat()),
        ("something in the unprotected header", [&good[..41], &[0xa1, 0x04, 0x40], &good[42..]].concat()),
        ("the payload detached", sealed(&body.key, None, &whole.signature)),
        ("a signature of 63 bytes", sealed(&body.key, Some(&whole.payload), &whole.signature[..63])),
        (
            "a signature of 65 bytes",
            sealed(&body.key, Some(&whole.payload), &[&whole.signature[..], &[0]].concat()),
        ),
        ("an array of five", [&[0x85], &good[1..], &[0x00]].concat()),
        ("an indefinite array", [&[0x9f], &good[1..], &[0xff]].concat()),
    ] {
        bad("not-an-envelope", "OPR-001", name, changed, &[]);
    }
    let head_at = 42;
    let long = [&good[..head_at], &[0x5a, 0x00, 0x00], &good[head_at + 1..]].concat();
    bad("not-an-envelope", "OPR-001", "the payload's length not in its shortest form", long, &[]);

    let other = key("another");
    let named = Body { key: other.public().id(), ..body.clone() };
    let under = |body: &Body, header: &KeyId, by: &SecretKey| {
        let payload = payload(&encode(body).unwrap(), &[]);
        sealed(header, Some(&payload), &by.sign(&signed(header, &body.chain, &payload)).0)
    };
    bad("key-mismatch", "OPR-002", "another key in the body", under(&named, &body.key, &signer), &[]);
    for version in [0, 2, u64::MAX] {
        let body = Body { version, ..body.clone() };
        bad(
            "unknown-version",
            "OPR-003",
            &format!("version {version}"),
            sign(&body, &signer, &[]).bytes,
            &[],
        );
    }
    let elsewhere = Body { chain: ChainId([0xc5; 32]), ..body.clone() };
    bad("wrong-chain", "OPR-004", "for another ledger", sign(&elsewhere, &signer, &[]).bytes, &[&signer]);
    let with = |approvals: &[Vec<u8>]| {
        let payload = payload(&whole.body, approvals);
        sealed(&body.key, Some(&payload), &signer.sign(&signed(&body.key, &CHAIN, &payload)).0)
    };
    let given: Vec<Vec<u8>> = whole.approvals.iter().map(|(id, _, by)| sealed(id, None, by)).collect();
    let attached = sealed(&whole.approvals[0].0, Some(whole.body_hash.as_ref()), &whole.approvals[0].2);
    for (name, approval) in [
        ("an approval with its payload", attached),
        ("an approval of no bytes", Vec::new()),
        ("an approval cut by a byte", given[0][..given[0].len() - 1].to_vec()),
        ("an approval with a byte more", [given[0].as_slice(), &[0]].concat()),
        ("a tagged approval", [&[0xd2], given[0].as_slice()].concat()),
    ] {
        bad("not-an-approval", "OPR-016", name, with(&[approval]), &[]);
    }
    bad("approvals-not-ascending", "OPR-017", "descending", with(&[given[1].clone(), given[0].clone()]), &[]);
    bad("approvals-not-ascending", "OPR-017", "one twice", with(&[given[0].clone(), given[0].clone()]), &[]);

    // The payload's own encoding.
    let raw = |payload: &[u8]| {
        sealed(&body.key, Some(payload), &signer.sign(&signed(&body.key, &CHAIN, payload)).0)
    };
    bad(
        "payload",
        "COD-003",
        "a byte after the payload",
        raw(&[whole.payload.as_slice(), &[0]].concat()),
        &[],
    );
    bad("payload", "COD-002", "an empty payload", raw(&[]), &[]);
    bad("payload", "COD-011", "a payload of one item", raw(&array(core::slice::from_ref(&whole.body))), &[]);
    for (code, _) in
        medledger_core::operation::RESERVED_OPERATIONS.iter().take(3).chain([&(0, "none"), &(301, "")])
    {
        let operation = array(&[head(0, *code), cbor::bytes(&[7; 32])]);
        let fields = cbor::items(&whole.body);
        let last = fields.iter().rfind(|item| item.depth == 1).unwrap();
        let changed = cbor::spliced(&whole.body, last.start, last.end, &operation);
        let name = format!("operation {code} with one field");
        bad("payload", "COD-011", &name, raw(&payload(&changed, &[])), &[]);
    }

    // What only the signatures tell.
    let last = good.len() - 1;
    bad("signature", "CRY-008", "a bit of S changed", replaced(last - 31, good[last - 31] ^ 1), &keys);
    bad("signature", "CRY-004", "S not below L", replaced(last, 0xff), &keys);
    let swapped = [&signer, approvers[1], approvers[0]];
    bad("signature", "CRY-008", "approvals under each other's keys", good.clone(), &swapped);
    bad("signature", "CRY-008", "signed by another key", under(&body, &body.key, &other), &[&signer]);
    let aad = |chain: &ChainId, version: u64| {
        let payload = payload(&whole.body, &[]);
        let aad = array(&[head(0, version), cbor::bytes(chain.as_ref())]);
        let context = [&head(3, 10), b"Signature1".as_slice()].concat();
        let covers =
            array(&[context, cbor::bytes(&protected(&body.key)), cbor::bytes(&aad), cbor::bytes(&payload)]);
        sealed(&body.key, Some(&payload), &signer.sign(&covers).0)
    };
    bad("signature", "CRY-008", "signed for another ledger", aad(&ChainId([0xc5; 32]), 1), &[&signer]);
    bad("signature", "CRY-008", "signed for another version", aad(&CHAIN, 2), &[&signer]);

    for chain in ["", "c4", &CHAIN.to_string().to_uppercase()] {
        let mut fields = input(good, &CHAIN, &[]);
        fields[1].1 = chain.into();
        let name = format!("the ledger {chain:?}");
        made.push(Vector::invalid("transaction", "argument", "API-002", name, of, fields));
    }
    made.extend(largest(&signer));
    made
}

/// A transaction as long as one may be, and one a byte longer.
fn largest(signer: &SecretKey) -> Vec<Vector> {
    let mut made = Vec::new();
    for length in [TRANSACTION_BYTES, TRANSACTION_BYTES + 1] {
        // Approvals are byte strings: their content, which is no approval, is looked at after the size and the shape.
        let body = encode(&plain(signer)).unwrap();
        let key = signer.public().id();
        let with = |filling: usize| sealed(&key, Some(&payload(&body, &[vec![0; filling]])), &[0; 64]);
        let filling = length as usize - with(60_000).len() + 60_000;
        let transaction = with(filling);
        assert_eq!(transaction.len() as u64, length);
        let (cause, rule) = if length > TRANSACTION_BYTES {
            ("too-large", "COD-001")
        } else {
            ("not-an-approval", "OPR-016")
        };
        let name = format!("{length} bytes");
        let of = "filled up with an approval that is none";
        made.push(Vector::invalid("transaction", cause, rule, name, of, input(&transaction, &CHAIN, &[])));
    }
    made
}

/// One transaction of each operation.
fn operations() -> Vec<Vector> {
    let world = &*WORLD;
    let mut made: Vec<Vector> = Vec::new();
    for (body, approvals) in &world.next {
        let signer = &world.keys[&body.key];
        let approvers: Vec<&SecretKey> = approvals.iter().map(|id| &world.keys[id]).collect();
        let signed = sign(body, signer, &approvers);
        let mut keys = vec![signer];
        let mut sorted = approvers.clone();
        sorted.sort_by_key(|key| key.public().id());
        keys.extend(sorted);
        let vector = Vector::valid(
            "transaction",
            format!("a {}", body.operation.name()),
            "a body of each operation",
            input(&signed.bytes, &body.chain, &keys),
        );
        let steps = vec![("body_hashed", bytes(&[Tag::Body.bytes(), signed.body.as_slice()].concat()))];
        made.push(vector.by(steps).gives(answer(body, &signed)));
    }
    made
}
