//! What makes a transaction count at all. What does not authenticate changes nothing.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::crypto::SecretKey;
use crate::error::Coded;
use crate::fixture::*;
use crate::hash::{ChainId, KeyId};
use crate::limits::{TRANSACTION_BYTES, VALID_AHEAD};
use crate::operation::{Body, Operation, PROTOCOL_VERSION};
use crate::units::{Millis, Timestamp};
use crate::validate::admit;

/// A body of a self-revocation, which draws on a reserve of its own.
fn body(world: &mut World, party: &Party, signer: &SecretKey) -> Body {
    world.body(party.did, signer, revoke(&party.device(0)))
}

#[test]
fn the_envelope_is_the_template() {
    let (mut world, ann) = World::with_ann();
    let good = world.sign(&ann, &ann.device(0), revoke(&ann.device(0)), &[]);
    // The protected header, the unprotected one, the heads of payload and signature; not the key id.
    let payload = 42 + 3;
    let signature = good.len() - 66;
    let fixed = (0..9).chain(41..42).chain(42..43).chain(signature..signature + 2);
    for at in fixed {
        for bit in 0..8 {
            let mut bad = good.clone();
            bad[at] ^= 1 << bit;
            world.ignore(&bad, "OPR-001");
        }
    }
    let insert = |at: usize, what: &[u8]| [&good[..at], what, &good[at..]].concat();
    for bad in [
        Vec::new(),
        good[..30].to_vec(),
        good[..good.len() - 1].to_vec(),
        insert(good.len(), &[0]),
        insert(0, &[0xd2]),
        insert(0, &[0x00]),
        // An unprotected header with something in it.
        [&good[..41], &[0xa1, 0x00, 0x00], &good[42..]].concat(),
        // No payload; a payload whose length is not in its shortest form, or past the end.
        [&good[..42], &[0xf6], &good[signature..]].concat(),
        [&good[..42], &[0x5a, 0, 0], &good[43..]].concat(),
        [&good[..42], &[0x5a, 0xff, 0xff, 0xff, 0xff], &good[payload..]].concat(),
        [&good[..42], &[0x5b, 0, 0, 0, 0, 0, 0], &good[43..]].concat(),
        [&good[..42], &[0x58, 3, 0x83, 0, 0], &good[signature..]].concat(),
    ] {
        let known = ["OPR-001", "COD-011", "COD-002"];
        let outcome = world.run(&[bad]).remove(0);
        assert!(known.contains(&code(&outcome).as_str()), "{outcome:?}");
        assert_eq!(outcome.id, None);
    }
    let mut large = good.clone();
    large.resize(usize::try_from(TRANSACTION_BYTES).unwrap() + 1, 0);
    world.ignore(&large, "COD-001");
    large.pop();
    world.ignore(&large, "OPR-001");
    world.accept(&good);
}

#[test]
fn the_payload_is_canonical_and_in_force() {
    let (mut world, ann) = World::with_ann();
    let good = body(&mut world, &ann, &ann.device(0));
    let bytes = sign_raw(&good, &ann.device(0), &[]);
    let signature = bytes.len() - 66;
    let wrapped = |payload: &[u8]| {
        assert!(payload.len() > 23 && payload.len() < 256);
        [&bytes[..42], &[0x58, u8::try_from(payload.len()).unwrap()], payload, &bytes[signature..]].concat()
    };
    let payload = &bytes[44..signature];
    assert_eq!(wrapped(payload), bytes);
    // The operation's code stands at the end: [102, key id], then no approvals.
    let at = payload.len() - 1 - 34 - 2;
    assert_eq!(&payload[at..at + 2], &[0x18, 102]);
    let with_code = |code: [u8; 2]| [&payload[..at], &[0x19], &code, &payload[at + 2..]].concat();
    for (reserved, _) in crate::operation::RESERVED_OPERATIONS {
        let reserved = u16::try_from(*reserved).unwrap();
        let payload = if reserved < 256 {
            let mut payload = payload.to_vec();
            payload[at + 1] = reserved.to_be_bytes()[1];
            payload
        } else {
            with_code(reserved.to_be_bytes())
        };
        let outcome = world.run(&[wrapped(&payload)]).remove(0);
        assert_eq!(code(&outcome), "COD-011");
        let said = outcome.refusal.unwrap().to_string();
        assert!(said.contains(&alloc::format!("has no code {reserved}")), "{said}");
    }
    world.ignore(&wrapped(&with_code([0, 102])), "COD-004");
    world.ignore(&wrapped(&payload[..payload.len() - 1]), "COD-002");
    world.ignore(&wrapped(&[payload, &[0]].concat()), "COD-003");
    world.accept(&bytes);
}

#[test]
fn the_body_is_for_this_key_version_and_ledger() {
    let (mut world, ann) = World::with_ann();
    let device = ann.device(0);
    let good = body(&mut world, &ann, &device);
    let under_other = sign_under(id(&ann.device(1)), &good, &device, &[]);
    world.ignore(&under_other, "OPR-002");
    for version in [0, PROTOCOL_VERSION + 1, u64::MAX] {
        world.ignore(&sign_raw(&Body { version, ..good.clone() }, &device, &[]), "OPR-003");
    }
    let elsewhere = Body { chain: ChainId(bytes("elsewhere")), ..good.clone() };
    world.ignore(&sign_raw(&elsewhere, &device, &[]), "OPR-004");
    world.accept(&sign_raw(&good, &device, &[]));
}

#[test]
fn the_key_is_a_live_one_of_the_signers() {
    let (mut world, ann) = World::with_ann();
    let bob = world.incept("bob", crate::identity::Kind::Patient);
    for unknown in [key("nobody's"), ann.successor(0)] {
        let body = body(&mut world, &ann, &unknown);
        world.ignore(&sign_raw(&body, &unknown, &[]), "OPR-005");
    }
    for other in [bob.device(0), bob.controller(), hospital("north").device(0)] {
        let body = body(&mut world, &ann, &other);
        world.ignore(&sign_raw(&body, &other, &[]), "OPR-006");
    }
    let nobody = Party::new("nobody", crate::identity::Kind::Patient, 1);
    let body = body(&mut world, &nobody, &ann.device(0));
    world.ignore(&sign_raw(&body, &ann.device(0), &[]), "OPR-006");
}

#[test]
fn the_signature_verifies() {
    let (mut world, ann) = World::with_ann();
    let good = world.sign(&ann, &ann.device(0), revoke(&ann.device(0)), &[]);
    let start = good.len() - 64;
    let with = |r: Option<[u8; 32]>, s: Option<[u8; 32]>| {
        let mut bytes = good.clone();
        r.into_iter().for_each(|r| bytes[start..start + 32].copy_from_slice(&r));
        s.into_iter().for_each(|s| bytes[start + 32..].copy_from_slice(&s));
        bytes
    };
    let mut not_canonical = [0xff; 32];
    not_canonical[31] = 0x7f;
    let mut one = [0; 32];
    one[0] = 1;
    let not_a_point = (2..)
        .map(|n| [n; 32])
        .find(|r| curve25519_dalek::edwards::CompressedEdwardsY(*r).decompress().is_none() && r[31] < 0x7f);
    for (bad, rule) in [
        (with(None, Some([0xff; 32])), "CRY-004"),
        (with(Some(not_canonical), None), "CRY-005"),
        (with(Some(one), None), "CRY-006"),
        (with(not_a_point, None), "CRY-007"),
        (spoilt(&good), "CRY-008"),
    ] {
        world.ignore(&bad, rule);
    }
    // Somebody else's signature under this key's id, and a body that was changed after it was signed.
    let next = body(&mut world, &ann, &ann.device(0));
    world.ignore(&sign_under(id(&ann.device(0)), &next, &ann.device(1), &[]), "CRY-008");
    let mut altered = good.clone();
    altered[start - 10] ^= 1;
    world.ignore(&altered, "CRY-008");
    world.accept(&good);
}

#[test]
fn a_counter_is_used_once_and_near_the_others() {
    let (mut world, ann) = World::with_ann();
    let device = ann.device(0);
    let good = body(&mut world, &ann, &device);
    let at = |counter: u64| {
        let operation = Operation::Deactivate;
        sign_raw(&Body { counter, operation, ..good.clone() }, &device, &[])
    };
    world.ignore(&at(64), "OPR-012");
    world.ignore(&at(u64::MAX), "OPR-012");
    world.refuse(&at(63), "IDN-008");
    world.ignore(&at(63), "OPR-010");
    world.ignore(&at(128), "OPR-012");
    world.refuse(&at(127), "IDN-008");
    world.ignore(&at(63), "OPR-011");
    world.ignore(&at(0), "OPR-011");
    world.refuse(&at(64), "IDN-008");
    world.ignore(&at(64), "OPR-010");
    // The other device has its own.
    let other = world.sign(&ann, &ann.device(1), Operation::Deactivate, &[]);
    world.refuse(&other, "IDN-008");
}

#[test]
fn valid_until_is_ahead_and_not_far() {
    let (mut world, ann) = World::with_ann();
    let device = ann.device(0);
    let good = body(&mut world, &ann, &device);
    let until = |now: Timestamp, valid_until: Timestamp| {
        let body = Body { valid_until, signed_at: now, operation: Operation::Deactivate, ..good.clone() };
        sign_raw(&body, &device, &[])
    };
    let now = world.now;
    world.ignore(&until(now, now), "OPR-013");
    let now = world.now;
    world.ignore(&until(now, Timestamp(0)), "OPR-013");
    let now = world.now;
    let latest = now.plus(VALID_AHEAD).unwrap();
    world.ignore(&until(now, Timestamp(latest.0 + 1_001)), "OPR-014");
    let now = world.now;
    world.ignore(&until(now, Timestamp(u64::MAX)), "OPR-014");
    let now = world.now;
    let latest = now.plus(VALID_AHEAD).unwrap();
    let last = until(now, latest);
    world.refuse(&last, "IDN-008");
    // At the end of time nothing wraps.
    world.now = Timestamp(u64::MAX - 5_000);
    let last =
        Body { valid_until: Timestamp(u64::MAX), counter: 1, operation: Operation::Deactivate, ..good };
    world.refuse(&sign_raw(&last, &device, &[]), "IDN-008");
}

#[test]
fn it_is_signed_before_its_own_end() {
    let (mut world, ann) = World::with_ann();
    for late in [0, 1, u64::MAX / 2] {
        let mut body = body(&mut world, &ann, &ann.device(0));
        body.signed_at = body.valid_until.plus(Millis(late)).unwrap();
        world.refuse(&sign_raw(&body, &ann.device(0), &[]), "OPR-022");
    }
    assert_eq!(world.key_usage(id(&ann.device(0))).reserve, 3);
}

/// A transaction and what is wrong with it.
struct Case {
    body: Body,
    header: KeyId,
    signer: SecretKey,
    approvals: Vec<Vec<u8>>,
    spoil: bool,
}

type Fault = (&'static str, fn(&mut Case, &World));

/// With the faults from each one on, the code is that one's.
fn first_fault_counts(world: &World, case: &dyn Fn(&World) -> Case, faults: &[Fault]) {
    for from in 0..faults.len() {
        let mut world = world.clone();
        let mut case = case(&world);
        for (_, apply) in faults[from..].iter().rev() {
            apply(&mut case, &world);
        }
        let mut bytes = sign_under(case.header, &case.body, &case.signer, &case.approvals);
        if case.spoil {
            bytes = spoilt(&bytes);
        }
        let outcome = world.run(&[&bytes]).remove(0);
        assert_eq!(code(&outcome), faults[from].0, "fault {from} and those after it");
        let admitted = admit(&world.state, &world.context(), &bytes).unwrap();
        if outcome.id.is_none() {
            assert_eq!(admitted.unwrap_err().rule().to_string(), faults[from].0);
        }
    }
}

#[test]
fn the_code_is_that_of_the_first_failing_check() {
    let (mut world, ann) = World::with_ann();
    let revocation = world.sign(&ann, &ann.controller(), revoke(&ann.device(1)), &[]);
    world.accept(&revocation);
    // Device 0 has used up its reserve, counters 0 to 31.
    for _ in 0..32 {
        let other = world.sign(&ann, &ann.device(0), revoke(&ann.device(1)), &[]);
        world.refuse(&other, "IDN-010");
    }
    let case = |world: &World| Case {
        body: world.clone().body(
            Party::new("ann", crate::identity::Kind::Patient, 2).did,
            &key("ann/device 0"),
            revoke(&key("ann/device 0")),
        ),
        header: id(&key("ann/device 0")),
        signer: key("ann/device 0"),
        approvals: Vec::new(),
        spoil: false,
    };
    let form: [Fault; 5] = [
        ("OPR-016", |case, _| case.approvals.push(Vec::new())),
        ("OPR-017", |case, _| {
            let approval = crate::operation::Approval { key: KeyId([0; 32]), signature: key("x").sign(b"") };
            case.approvals = Vec::from([approval.encode(), approval.encode()]);
        }),
        ("OPR-002", |case, _| case.header = KeyId([9; 32])),
        ("OPR-003", |case, _| case.body.version = 7),
        ("OPR-004", |case, _| case.body.chain = ChainId([9; 32])),
    ];
    let keys: [Fault; 3] = [
        ("OPR-005", |case, _| {
            case.body.key = id(&key("nobody's"));
            case.header = case.body.key;
        }),
        ("OPR-006", |case, _| case.body.signer = hospital("north").did),
        ("OPR-007", |case, _| {
            case.body.key = id(&key("ann/device 1"));
            case.header = case.body.key;
        }),
    ];
    let rest: [Fault; 5] = [
        ("CRY-008", |case, _| case.spoil = true),
        ("OPR-010", |case, _| case.body.counter = 31),
        ("OPR-013", |case, world| case.body.valid_until = world.now),
        ("OPR-015", |case, _| case.body.operation = revoke(&key("ann/device 1"))),
        ("OPR-022", |case, _| {
            case.body.signed_at = case.body.valid_until;
            case.body.operation = Operation::Deactivate;
        }),
    ];
    for key_fault in keys {
        let faults: Vec<Fault> = form.into_iter().chain([key_fault]).chain(rest).collect();
        // The quota comes before what is wrong with the operation; the last fault by itself has another budget.
        first_fault_counts(&world, &case, &faults);
    }
    // A revoked key of an identity that ended is revoked; a live one fails before its signature is looked at.
    let end = world.sign(&ann, &ann.controller(), Operation::Deactivate, &[]);
    world.accept(&end);
    let ended: Vec<Fault> = Vec::from([keys[2], ("OPR-009", |_, _| {}), rest[0]]);
    first_fault_counts(&world, &case, &ended[..2]);
    let both: [Fault; 1] = [("OPR-009", |case, _| case.spoil = true)];
    first_fault_counts(&world, &case, &both);
}

#[test]
fn a_forged_copy_does_not_hide_the_genuine_one() {
    let (mut world, ann) = World::with_ann();
    let genuine = world.anchor(ann.did, "x-ray");
    let copy = spoilt(&genuine);
    let before = world.state.clone();
    let first = world.run(&[&copy, &copy]);
    assert!(first.iter().all(|outcome| outcome.id.is_none() && code(outcome) == "CRY-008"));
    assert_eq!(changed(&before, &world.state, &[crate::state::Address::Headers.key()]), Vec::new());
    let outcomes = world.run(&[copy.clone(), genuine.clone(), copy, genuine]);
    let codes: Vec<String> = outcomes.iter().map(code).collect();
    assert_eq!(codes, ["CRY-008", "ok", "CRY-008", "OPR-010"]);
    let ids: Vec<bool> = outcomes.iter().map(|outcome| outcome.id.is_some()).collect();
    assert_eq!(ids, [false, true, false, false]);
    // Hashes of bytes tell the copies apart, and results are found by id only where it is proven.
    assert_ne!(outcomes[0].hash, outcomes[1].hash);
    assert_eq!(outcomes[1].hash, outcomes[3].hash);
    assert_eq!(outcomes[0].result().unwrap().id, None);
}
