use alloc::vec::Vec;

use medledger_core::hash::{Did, LogRoot, NodeHash, TxHash};
use medledger_core::light::ReceiptAnchor;
use medledger_core::record::commitment::{Content, Opening};

use super::*;
use crate::testing::{NOW, World};

fn code(report: &ProofReport) -> String {
    report.fault_text().map(|(code, _)| code).unwrap_or_default()
}

fn file(proof: RecordProof) -> Vec<u8> {
    ProofFile::Receipt { proof }.encode().unwrap()
}

#[test]
fn receipts_of_both_forms_hold_with_the_genesis_alone() {
    let mut world = World::anchored();
    world.pass();
    for (opened, refreshed, height) in
        [(false, false, 2), (true, false, 2), (false, true, 3), (true, true, 3)]
    {
        let report = check(&file(world.proof(4, opened, refreshed)), &world.verifier(), None);
        assert_eq!((report.is_valid(), report.height), (true, Some(Height(height))), "{report:?}");
        assert_eq!(report.record.unwrap().opened, opened);
    }
}

#[test]
fn a_proof_claims_nothing_past_its_own_height() {
    let mut world = World::anchored();
    let old = file(world.proof(0, false, false));
    world.pass();
    let verifier = world.verifier();
    let newest = encode(world.ledger.header(Height(3)).unwrap()).unwrap();
    let seen = header(&newest, &verifier).unwrap();
    let report = check(&old, &verifier, Some(&seen));
    assert_eq!((code(&report).as_str(), report.height), ("LGT-050", Some(Height(2))));
    assert!(check(&file(world.proof(0, false, true)), &verifier, Some(&seen)).is_valid());

    let mut other = seen;
    other.hash.0[0] ^= 1;
    assert_eq!(code(&check(&file(world.proof(0, false, true)), &verifier, Some(&other))), "LGT-051");
}

#[test]
fn what_is_no_proof_is_named() {
    let world = World::anchored();
    let good = file(world.proof(0, true, false));
    for (bytes, expected) in [
        (Vec::new(), "COD-002"),
        (good[..good.len() / 2].to_vec(), "COD-002"),
        ([good.as_slice(), &[0]].concat(), "COD-003"),
        (b"{\"resourceType\": \"Bundle\"}".to_vec(), "COD-002"),
        (Vec::from([0x82, 0x02, 0x80]), "COD-011"),
    ] {
        let report = check(&bytes, &world.verifier(), None);
        assert_eq!((code(&report).as_str(), report.kind, report.height), (expected, None, None));
    }
    assert!(header(&good, &world.verifier()).is_err());
}

#[test]
fn a_receipt_of_another_ledger_is_refused() {
    let world = World::anchored();
    let genesis = crate::consortium::genesis(
        "another".to_string(),
        NOW,
        &[world.patient.keys.device.public()],
        Vec::from([world.hospital.founder(true)]),
    );
    let verifier = Verifier::new(&genesis, NOW).unwrap();
    assert_eq!(code(&check(&file(world.proof(0, true, false)), &verifier, None)), "CHN-007");
}

/// Changes of the receipt's parts, each by itself. (Leaving the opening out is none: what remains is a proof too.)
fn structural(proof: &RecordProof) -> Vec<RecordProof> {
    let mut all = Vec::new();
    let mut with = |change: &dyn Fn(&mut RecordProof)| {
        let mut other = proof.clone();
        change(&mut other);
        all.push(other);
    };
    with(&|p| p.member = None);
    with(&|p| p.receipt.event.subject = Did([0; 32]));
    with(&|p| p.receipt.event.position += 1);
    with(&|p| p.receipt.place += 1);
    with(&|p| p.receipt.event.leaf.index += 1);
    with(&|p| p.receipt.event.leaf.height = Height(1));
    with(&|p| p.receipt.event.leaf.time.0 -= 1);
    with(&|p| p.receipt.event.leaf.code = 401);
    with(&|p| p.receipt.result.code = 401);
    with(&|p| p.receipt.result.id = None);
    with(&|p| p.receipt.result.hash = TxHash([0; 32]));
    with(&|p| p.receipt.result.events += 1);
    with(&|p| p.receipt.result.events_root = LogRoot([0; 32]));
    with(&|p| p.receipt.event_path.path.push(NodeHash([0; 32])));
    with(&|p| p.receipt.result_path.path.push(NodeHash([0; 32])));
    with(&|p| p.receipt.header.count += 1);
    with(&|p| p.receipt.header.version += 1);
    with(&|p| p.receipt.header.height.0 += 1);
    with(&|p| p.receipt.header.time.0 += 1);
    with(&|p| match &mut p.receipt.anchor {
        ReceiptAnchor::Evidence { evidence } => evidence.rule += 1,
        ReceiptAnchor::LogPath { evidence, .. } => *evidence = None,
    });
    with(&|p| p.member.iter_mut().for_each(|member| member.index += 1));
    with(&|p| p.member.iter_mut().for_each(|member| member.path.path.truncate(1)));
    with(&|p| p.member.iter_mut().for_each(|member| member.path.path.reverse()));
    with(&|p| p.member.iter_mut().for_each(|member| member.path.path.push(NodeHash([0; 32]))));
    with(&|p| {
        p.opening.iter_mut().for_each(|opening| {
            let swapped = Opening { content_salt: opening.facts_salt.clone(), ..opening.clone() };
            *opening = swapped;
        });
    });
    with(&|p| {
        p.opening
            .iter_mut()
            .for_each(|opening| *opening = Opening { content: Content::new(Vec::new()), ..opening.clone() });
    });
    with(&|p| p.opening.iter_mut().for_each(|opening| opening.facts.reference.push('x')));
    all
}

#[test]
fn a_thousand_changes_of_a_receipt_are_each_refused() {
    let mut world = World::anchored();
    world.pass();
    let verifier = world.verifier();
    for refreshed in [false, true] {
        let proof = world.proof(4, true, refreshed);
        let good = file(proof.clone());
        assert!(check(&good, &verifier, None).is_valid());
        for (at, other) in structural(&proof).into_iter().enumerate() {
            assert!(!check(&file(other), &verifier, None).is_valid(), "structural change {at}");
        }
        // Bits over the whole file, at a stride that meets every bit of a byte.
        let (bits, changes) = (good.len() * 8, 1_000);
        for n in 0..changes {
            let bit = n * bits / changes;
            let mut bad = good.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            let report = check(&bad, &verifier, None);
            assert!(!report.is_valid(), "bit {bit} of the receipt");
            assert_eq!(report.height, None);
        }
    }
}
