use alloc::vec::Vec;

use super::*;
use crate::consensus::{Authority, Evidence, rule};
use crate::hash::{AppRootHash, ChainId};
use crate::merkle::InclusionProof;
use crate::state::Address;
use crate::units::Timestamp;

/// A world with a block of three records of ann's, then five empty blocks; and the receipt of the second record.
fn world() -> (World, Receipt) {
    let (mut world, ann) = World::with_ann();
    let block: Vec<_> = (0..3).map(|n| world.anchor(ann.did, &alloc::format!("record {n}"))).collect();
    world.run(&block);
    let height = world.tip.height.0;
    pass(&mut world, 5);
    let receipt = world.receipt(height, 1, 0);
    (world, receipt)
}

#[test]
fn a_receipt_holds_with_evidence_and_with_a_log_path() {
    let (world, receipt) = world();
    let verifier = world.verifier();
    assert_eq!(*verifier.chain(), world.chain);
    let anchored = receipt.check(&verifier).unwrap();
    assert_eq!(anchored.header, receipt.header);
    assert_eq!(receipt.height(), receipt.header.height);

    let refreshed = world.refreshed(receipt.clone());
    let anchored = refreshed.check(&verifier).unwrap();
    assert_eq!(anchored.hash, world.tip.hash);
    assert_eq!(anchored.header.height, world.tip.height);
    // A client that has seen the later header needs no evidence for it.
    let mut bare = refreshed.clone();
    let ReceiptAnchor::LogPath { evidence, .. } = &mut bare.anchor else { panic!() };
    *evidence = None;
    assert_eq!(rule(bare.check(&verifier)), "LGT-005");
    let mut knows = world.verifier();
    knows.remember(&anchored);
    assert_eq!(knows.known().len(), 2);
    assert_eq!(bare.check(&knows), Ok(anchored));
    // From the encoding, by another process that has the genesis.
    let encoded = crate::codec::encode(&refreshed).unwrap();
    let decoded: Receipt = crate::codec::decode(&encoded, &crate::limits::PROOF).unwrap();
    let genesis = crate::codec::encode(&world.genesis).unwrap();
    let genesis = crate::chain::Genesis::decode(&genesis).unwrap();
    assert!(decoded.check(&Verifier::new(&genesis, world.now).unwrap()).is_ok());
}

#[test]
fn every_event_of_the_chain_has_a_receipt() {
    let (world, _) = world();
    let verifier = world.verifier();
    let mut count = 0;
    for height in 1..=world.tip.height.0 {
        let kept = &world.kept[usize::try_from(height).unwrap() - 1];
        for (index, result) in (0..).zip(&kept.results) {
            for (place, event) in (0..).zip(&result.events) {
                let receipt = world.receipt(height, index, place);
                assert_eq!(&receipt.event, event);
                receipt.check(&verifier).unwrap();
                if height < world.tip.height.0 {
                    world.refreshed(receipt).check(&verifier).unwrap();
                }
                count += 1;
            }
        }
        let header = &world.headers[usize::try_from(height).unwrap() - 1];
        assert_eq!(kept.receipt(header, 99, 0).unwrap(), None);
        assert_eq!(kept.receipt(header, 0, 99).unwrap(), None);
    }
    assert_eq!(count, 4);
    // Results beside another block's header make none.
    assert_eq!(world.kept[1].receipt(&world.headers[0], 0, 0).unwrap(), None);
}

fn altered(receipt: &Receipt, change: impl FnOnce(&mut Receipt)) -> Receipt {
    let mut receipt = receipt.clone();
    change(&mut receipt);
    receipt
}

#[test]
fn evidence_is_of_this_ledgers_rule_and_for_this_header() {
    let (world, receipt) = world();
    let verifier = world.verifier();
    let check = |receipt: &Receipt| super::rule(receipt.check(&verifier));
    let evidence = |receipt: &mut Receipt, change: &dyn Fn(&mut Evidence)| {
        let ReceiptAnchor::Evidence { evidence } = &mut receipt.anchor else { panic!() };
        change(evidence);
    };
    for other in [rule::QUORUM, rule::COMET, 0, u64::MAX] {
        let bad = altered(&receipt, |receipt| evidence(receipt, &|evidence| evidence.rule = other));
        assert_eq!(check(&bad), "LGT-001");
    }
    let bad = altered(&receipt, |receipt| {
        evidence(receipt, &|evidence| *evidence.bytes.last_mut().unwrap() ^= 1);
    });
    assert!(["LGT-002"].contains(&check(&bad).as_str()));
    let certify = |key: &crate::crypto::SecretKey, root: AppRootHash, time: Timestamp| {
        let certified = crate::consensus::Certified { root, root_of: receipt.header.height, time };
        let message = world.authority().to_be_signed(&certified, 0).unwrap();
        Authority::evidence(&certified, 0, key.public(), key.sign(&message)).unwrap()
    };
    let keys = validators();
    let (hash, time) = (receipt.header.hash().unwrap(), receipt.header.time);
    let turn = usize::try_from(receipt.header.height.0 % 2).unwrap();
    for (by, root, time, expected) in [
        (&keys[turn], hash, time, "ok"),
        (&keys[1 - turn], hash, time, "LGT-003"),
        (&key("stranger"), hash, time, "LGT-003"),
        (&keys[turn], AppRootHash([0; 32]), time, "LGT-004"),
        (&keys[turn], hash, Timestamp(time.0 - 1), "LGT-004"),
        (&keys[turn], hash, Timestamp(u64::MAX), "LGT-002"),
    ] {
        let made = certify(by, root, time);
        let bad = altered(&receipt, |receipt| evidence(receipt, &|evidence| *evidence = made.clone()));
        assert_eq!(check(&bad), expected);
    }
    // Evidence for another height.
    let other = world.headers[0].evidence.clone();
    let bad = altered(&receipt, |receipt| evidence(receipt, &|evidence| *evidence = other.clone()));
    assert_eq!(check(&bad), "LGT-004");
    // A client whose clock is far behind takes nothing that is from its future.
    let early = Verifier::new(&world.genesis, START).unwrap();
    assert_eq!(super::rule(receipt.check(&early)), "LGT-002");
    // Another ledger's client.
    let mut genesis = world.genesis.clone();
    genesis.name.push('!');
    let elsewhere = Verifier::new(&genesis, world.now).unwrap();
    assert_eq!(super::rule(receipt.check(&elsewhere)), "CHN-007");
    let bad = altered(&receipt, |receipt| receipt.header.chain = ChainId([0; 32]));
    assert_eq!(check(&bad), "CHN-007");
    let bad = altered(&receipt, |receipt| receipt.header.version = 2);
    assert_eq!(check(&bad), "CHN-005");
}

#[test]
fn event_result_and_header_agree() {
    let (mut world, receipt) = world();
    let ann = Party::new("ann", crate::identity::Kind::Patient, 2);
    // A receipt of the same shape from another block.
    let block: Vec<_> = (3..6).map(|n| world.anchor(ann.did, &alloc::format!("record {n}"))).collect();
    world.run(&block);
    let other = world.receipt(world.tip.height.0, 1, 0);
    let verifier = world.verifier();
    let check = |receipt: &Receipt| super::rule(receipt.check(&verifier));
    assert_eq!((check(&receipt), check(&other)), ("ok".into(), "ok".into()));
    type Swap = fn(&mut Receipt, &Receipt);
    let swaps: [(Swap, &str); 13] = [
        (|receipt, other| receipt.event = other.event.clone(), "LGT-008"),
        (|receipt, other| receipt.event.leaf.tx = other.event.leaf.tx, "LGT-008"),
        (|receipt, _| receipt.event.leaf.code = 401, "LGT-008"),
        (|receipt, other| receipt.event.leaf.height = other.header.height, "LGT-008"),
        (|receipt, other| receipt.event.leaf.time = other.header.time, "LGT-008"),
        (|receipt, _| receipt.result.id = None, "LGT-008"),
        (|receipt, _| receipt.event.leaf.index = 0, "LGT-006"),
        (|receipt, _| receipt.event.position += 1, "LGT-006"),
        (|receipt, _| receipt.event.subject = crate::hash::Did([0; 32]), "LGT-006"),
        (|receipt, _| receipt.place = 1, "LGT-006"),
        (|receipt, other| receipt.event_path = other.result_path.clone(), "LGT-006"),
        (|receipt, _| receipt.result_path = InclusionProof::default(), "LGT-007"),
        (|receipt, _| receipt.result.hash = crate::hash::TxHash([0; 32]), "LGT-007"),
    ];
    for (n, (swap, expected)) in swaps.into_iter().enumerate() {
        let bad = altered(&receipt, |receipt| swap(receipt, &other));
        assert_eq!(check(&bad), expected, "swap {n}");
    }
    // A whole result of another block under this header.
    let bad = altered(&other, |bad| bad.header = receipt.header.clone());
    assert_eq!(check(&bad), "LGT-008");
}

#[test]
fn a_log_path_leads_from_the_header_to_the_later_one() {
    let (world, receipt) = world();
    let verifier = world.verifier();
    let good = world.refreshed(receipt.clone());
    type Parts<'a> =
        (&'a mut InclusionProof, &'a mut crate::state::ValueProof, &'a mut crate::chain::AppRoot);
    let check = |change: &dyn Fn(Parts<'_>)| {
        let bad = altered(&good, |receipt| {
            let ReceiptAnchor::LogPath { path, peaks, header, .. } = &mut receipt.anchor else { panic!() };
            change((path, peaks, header));
        });
        super::rule(bad.check(&verifier))
    };
    assert_eq!(check(&|_| {}), "ok");
    assert_eq!(check(&|(path, ..)| path.path.clear()), "LGT-009");
    assert_eq!(check(&|(path, ..)| path.path[0].0[0] ^= 1), "LGT-009");
    assert_eq!(check(&|(path, ..)| path.path.reverse()), "LGT-009");
    assert_eq!(check(&|(_, _, header)| header.count += 1), "LGT-004");
    assert_eq!(check(&|(_, peaks, _)| peaks.values.clear()), "STA-001");
    let both = world.prove(&[Address::Headers, Address::Params]);
    assert_eq!(check(&|(_, peaks, _)| *peaks = both.clone()), "LGT-010");
    let other = world.prove(&[Address::Params]);
    assert_eq!(check(&|(_, peaks, _)| *peaks = other.clone()), "LGT-010");
    let absent = world.prove(&[Address::Identity(crate::hash::Did([0; 32]))]);
    assert_eq!(check(&|(_, peaks, _)| *peaks = absent.clone()), "LGT-010");
    // A header that is not older than the one it hangs under is in no log yet.
    let newest = altered(&good, |receipt| receipt.header = world.headers.last().unwrap().header.clone());
    assert_eq!(super::rule(newest.check(&verifier)), "LGT-008");
    // A block that this chain never had, with receipts that are sound by themselves.
    let (mut fork, _) = World::with_ann();
    fork.now = Timestamp(fork.now.0 + 1);
    let ann = Party::new("ann", crate::identity::Kind::Patient, 2);
    let record = fork.anchor(ann.did, "never there");
    fork.run(&[record]);
    let invented = fork.receipt(2, 0, 0);
    let bad = altered(&invented, |receipt| receipt.anchor = good.anchor.clone());
    assert_eq!(super::rule(bad.check(&verifier)), "LGT-009");
}

#[test]
fn a_client_checks_as_of_its_own_time() {
    let world = World::new();
    let verifier = world.verifier();
    let later = world.now.plus(HOUR).unwrap();
    assert_eq!((verifier.now(), verifier.at(later).now()), (world.now, later));
    assert_eq!(verifier.at(later).chain(), verifier.chain());
}
