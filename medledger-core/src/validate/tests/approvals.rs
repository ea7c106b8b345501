//! Who else must agree.

use alloc::string::ToString;
use alloc::vec::Vec;

use crate::crypto::SecretKey;
use crate::error::Coded;
use crate::fixture::*;
use crate::identity::Kind;
use crate::operation::{Approval, Body, Draft, Operation, Transaction};
use crate::record::Anchor;

fn approval(body: &Body, key: &SecretKey) -> Vec<u8> {
    let waiting = Draft::new(body.clone()).approval(id(key)).unwrap();
    waiting.finish(&key.public(), key.sign(waiting.to_sign())).unwrap().encode()
}

fn note(world: &mut World, ann: &Party, doctor: &Party) -> Body {
    let anchor =
        Anchor { subject: ann.did, custodian: hospital("north").did, commitments: commitments("note") };
    world.body(doctor.did, &doctor.device(0), Operation::Anchor { anchor })
}

#[test]
fn a_custodian_agrees_with_one_live_device_key() {
    let (mut world, ann) = World::with_ann();
    let (north, south) = (hospital("north"), hospital("south"));
    let doctor = world.incept("doctor", Kind::Practitioner);
    let with = |world: &mut World, keys: &[&SecretKey]| {
        let body = note(world, &ann, &doctor);
        sign(body, &doctor.device(0), keys)
    };
    let none = with(&mut world, &[]);
    world.refuse(&none, "OPR-021");
    for stranger in [
        north.controller(),
        north.successor(0),
        south.device(0),
        ann.device(0),
        doctor.device(0),
        doctor.device(1),
        key("nobody's"),
    ] {
        let alone = with(&mut world, &[&stranger]);
        world.refuse(&alone, "OPR-019");
        let beside = with(&mut world, &[&north.device(0), &stranger]);
        world.refuse(&beside, "OPR-019");
    }
    let both = with(&mut world, &[&north.device(0), &north.device(1)]);
    world.refuse(&both, "OPR-019");
    // The custodian itself needs nobody's approval, and may have none.
    let anchor = Anchor { subject: ann.did, custodian: north.did, commitments: commitments("note") };
    let own = world.sign(&north, &north.device(0), Operation::Anchor { anchor }, &[&north.device(1)]);
    world.refuse(&own, "OPR-019");
    // A key that was revoked, in an earlier block and in this one.
    let ready = with(&mut world, &[&north.device(1)]);
    let revocation = world.sign(&north, &north.controller(), revoke(&north.device(1)), &[]);
    assert_eq!(world.codes(&[revocation, ready]), ["ok", "OPR-019"]);
    let revoked = with(&mut world, &[&north.device(1)]);
    world.refuse(&revoked, "OPR-019");
    let good = with(&mut world, &[&north.device(0)]);
    world.accept(&good);
    // A custodian that ended.
    let ready = with(&mut world, &[&north.device(0)]);
    let end = world.sign(&north, &north.controller(), Operation::Deactivate, &[]);
    world.accept(&end);
    world.refuse(&ready, "IDN-002");
}

#[test]
fn an_approval_is_for_one_body_alone() {
    let (mut world, ann) = World::with_ann();
    let north = hospital("north");
    let doctor = world.incept("doctor", Kind::Practitioner);
    let (first, second) = (note(&mut world, &ann, &doctor), note(&mut world, &ann, &doctor));
    let lent = sign_raw(&second, &doctor.device(0), &[approval(&first, &north.device(0))]);
    world.refuse(&lent, "OPR-020");
    let other_chain = Body { chain: crate::hash::ChainId(bytes("other")), ..first.clone() };
    let elsewhere = sign_raw(&first, &doctor.device(0), &[approval(&other_chain, &north.device(0))]);
    world.refuse(&elsewhere, "OPR-020");
    // A signature by another key under the custodian's key id.
    let mut forged = Approval::decode(&approval(&second, &doctor.device(1)), 0).unwrap();
    forged.key = id(&north.device(0));
    let third = note(&mut world, &ann, &doctor);
    let transaction = sign_raw(&third, &doctor.device(0), &[forged.encode()]);
    world.refuse(&transaction, "OPR-020");
    // A new key's own signature fails too.
    let phone = key("phone");
    let body = world.body(ann.did, &ann.controller(), Operation::AddDevice { device: device(&phone) });
    let transaction = sign_raw(&body, &ann.controller(), &[approval(&first, &phone)]);
    world.refuse(&transaction, "OPR-020");
}

#[test]
fn the_form_of_approvals_is_checked_before_anything_counts() {
    let (mut world, ann) = World::with_ann();
    let north = hospital("north");
    let doctor = world.incept("doctor", Kind::Practitioner);
    let body = note(&mut world, &ann, &doctor);
    let good = approval(&body, &north.device(0));
    let mut pair = [good.clone(), approval(&body, &north.device(1))];
    pair.sort_by_key(|bytes| Approval::decode(bytes, 0).unwrap().key);
    pair.reverse();
    for double in [pair.to_vec(), Vec::from([good.clone(), good.clone()])] {
        let transaction = sign_raw(&body, &doctor.device(0), &double);
        world.ignore(&transaction, "OPR-017");
    }
    let mut altered = Vec::from([Vec::new(), good[..good.len() - 1].to_vec(), [&good[..], &[0]].concat()]);
    for at in [0, 1, 5, 8, 41, 42, 43, 44] {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        altered.push(bytes);
    }
    for bad in altered {
        let transaction = sign_raw(&body, &doctor.device(0), &[bad]);
        world.ignore(&transaction, "OPR-016");
    }
    let transaction = sign_raw(&body, &doctor.device(0), &[good]);
    world.accept(&transaction);
}

#[test]
fn a_crowd_of_approvals_is_refused_and_costs_little() {
    let (mut world, ann) = World::with_ann();
    let doctor = world.incept("doctor", Kind::Practitioner);
    let body = note(&mut world, &ann, &doctor);
    let mut crowd: Vec<Approval> = (0..500)
        .map(|n| Approval {
            key: crate::hash::KeyId(bytes(&alloc::format!("crowd {n}"))),
            signature: ann.device(0).sign(b""),
        })
        .collect();
    crowd.sort_by_key(|approval| approval.key);
    let crowd: Vec<_> = crowd.iter().map(Approval::encode).collect();
    let transaction = sign_raw(&body, &doctor.device(0), &crowd);
    assert!(transaction.len() > 50_000);
    world.refuse(&transaction, "OPR-019");
    let decoded = Transaction::decode(&transaction, &world.chain).unwrap();
    assert_eq!(decoded.approvals.len(), 500);
}

#[test]
fn a_wallet_takes_no_approval_twice_and_no_wrong_key() {
    let (mut world, ann) = World::with_ann();
    let north = hospital("north");
    let doctor = world.incept("doctor", Kind::Practitioner);
    let mut draft = Draft::new(note(&mut world, &ann, &doctor));
    let rule = |error: &dyn Coded| error.rule().to_string();
    let waiting = draft.approval(id(&north.device(0))).unwrap();
    let signature = north.device(0).sign(waiting.to_sign());
    let wrong_key = waiting.finish(&north.device(1).public(), signature).unwrap_err();
    assert_eq!(rule(&wrong_key), "OPR-005");
    let wrong =
        waiting.finish(&north.device(0).public(), north.device(1).sign(waiting.to_sign())).unwrap_err();
    assert_eq!(rule(&wrong), "CRY-008");
    let approval = waiting.finish(&north.device(0).public(), signature).unwrap();
    draft.approve(approval.clone()).unwrap();
    assert_eq!(rule(&draft.approve(approval).unwrap_err()), "OPR-017");
    let signature = doctor.device(0).sign(&draft.to_sign().unwrap());
    assert_eq!(rule(&draft.finish(&doctor.device(1).public(), signature).unwrap_err()), "OPR-005");
    let wrong = doctor.device(1).sign(&draft.to_sign().unwrap());
    assert_eq!(rule(&draft.finish(&doctor.device(0).public(), wrong).unwrap_err()), "CRY-008");
    let signed = draft.finish(&doctor.device(0).public(), signature).unwrap();
    let outcome = world.accept(&signed.bytes);
    assert_eq!(outcome.id, Some(signed.id));
}
