//! Ledgers that are none: blocks that may not stand where they do, evidence that certifies another block, a genesis that can't
//! begin anything.

use medledger_core::block::BlockBody;
use medledger_core::chain::Genesis;
use medledger_core::codec::encode;
use medledger_core::consensus::{Authority, Certified, Evidence};
use medledger_core::crypto::{PublicKey, PublicKeyBytes};
use medledger_core::error::Coded;
use medledger_core::hash::{AppRootHash, ConsentId};
use medledger_core::identity::Kind;
use medledger_core::limits::BLOCK_TRANSACTIONS;
use medledger_core::operation::Operation;
use medledger_core::state::Params;
use medledger_core::units::{Height, Millis, Timestamp};
use medledger_sdk::local::ledger::{SavedBlock, SavedLedger};
use serde_bytes::ByteBuf;

use super::super::Vector;
use super::super::json::bytes;
use super::super::scene::{Scene, genesis, hospitals};
use super::{LATER, refused, sessions, whole};
use crate::fuzz::world::{Party, key};

pub(super) fn vectors() -> Vec<Vector> {
    [blocks(), turns(), shares(), geneses()].concat()
}

/// A ledger of two blocks, the second of them empty and not yet certified.
fn begun(validators: usize) -> (Scene, BlockBody) {
    let ann = Party::new("ann", Kind::Patient);
    let mut scene = Scene::new("broken", genesis(Params::default(), Vec::new(), validators));
    scene.incept(&[&ann]);
    let tip = scene.ledger.tip();
    let body = BlockBody { height: Height(2), time: scene.now, previous: tip.hash, transactions: Vec::new() };
    (scene, body)
}

fn with(scene: &Scene, block: Vec<u8>, evidence: Evidence) -> SavedLedger {
    let mut saved = scene.saved();
    saved.blocks.push(SavedBlock { block: ByteBuf::from(block), evidence });
    saved
}

fn blocks() -> Vec<Vector> {
    let (scene, good) = begun(1);
    let of = |body: &BlockBody| {
        let (block, evidence, _) = scene.certify(body, 0);
        with(&scene, block, evidence)
    };
    let tip = *scene.ledger.tip();
    let mut made = vec![
        refused(
            "height",
            "BLK-001",
            "the height of the block before",
            &of(&BlockBody { height: Height(1), ..good.clone() }),
            LATER,
        ),
        refused(
            "height",
            "BLK-001",
            "a height left out",
            &of(&BlockBody { height: Height(3), ..good.clone() }),
            LATER,
        ),
        refused(
            "previous",
            "BLK-002",
            "on another header",
            &of(&BlockBody { previous: AppRootHash([1; 32]), ..good.clone() }),
            LATER,
        ),
        refused(
            "time",
            "BLK-003",
            "a millisecond before the block before",
            &of(&BlockBody { time: Timestamp(tip.time.0 - 1), ..good.clone() }),
            LATER,
        ),
    ];
    // A time not before that of the block before, and as far ahead of the host's clock as may be.
    let ahead = Params::default().clock_ahead.0;
    for (name, time, now, fine) in [
        ("the time of the block before", tip.time, LATER, true),
        ("as far ahead of the clock as may be", Timestamp(good.time.0 + ahead), good.time, true),
        ("a millisecond further ahead", Timestamp(good.time.0 + ahead + 1), good.time, false),
    ] {
        let saved = of(&BlockBody { time, ..good.clone() });
        if fine {
            let mut ledger = scene.ledger.clone();
            let last = saved.blocks.last().unwrap();
            ledger.accept(&last.block, &last.evidence, now).unwrap();
            let input = super::input(&encode(&saved).unwrap(), now);
            made.push(Vector::valid("ledger", name, "two blocks", input).gives(super::answer(&ledger)));
        } else {
            made.push(refused("time", "BLK-004", name, &saved, now));
        }
    }
    // One key's transactions in the wrong order, and one twice.
    let ann = Party::new("ann", Kind::Patient);
    let mut signing = scene.clone();
    let revoke = || Operation::RevokeConsent { consent: ConsentId([9; 32]) };
    signing.does(&ann, "device 0", revoke(), "");
    let first = ByteBuf::from(signing.last());
    signing.does(&ann, "device 0", revoke(), "");
    let second = ByteBuf::from(signing.last());
    for (name, transactions) in [
        ("counters that descend", vec![second, first.clone()]),
        ("a transaction twice", vec![first.clone(), first]),
    ] {
        made.push(refused("order", "BLK-005", name, &of(&BlockBody { transactions, ..good.clone() }), LATER));
    }
    evidence(&scene, &good, &mut made);
    let mut trailing = encode(&of(&good)).unwrap();
    trailing.push(0);
    let input = super::input(&trailing, LATER);
    made.push(Vector::invalid(
        "ledger",
        "encoding",
        "COD-003",
        "a byte more",
        "a ledger of two blocks, changed",
        input,
    ));
    let mut longer = of(&good);
    longer.blocks[1].block.push(0);
    made.push(refused("encoding", "COD-003", "a block with a byte more", &longer, LATER));
    made
}

fn evidence(scene: &Scene, good: &BlockBody, made: &mut Vec<Vector>) {
    let (block, evidence, _) = scene.certify(good, 0);
    let read = Authority::read(&evidence).unwrap();
    let certified = Certified { root: read.root, root_of: read.height, time: read.time };
    let signer = key("validator");
    let mut push = |rule: &str, name: &str, evidence: Evidence| {
        made.push(refused("evidence", rule, name, &with(scene, block.clone(), evidence), LATER));
    };
    let mut spoilt = read.clone();
    spoilt.signature.0[40] ^= 1;
    let bytes = ByteBuf::from(encode(&spoilt).unwrap());
    push("LOC-003", "a spoilt signature", Evidence { bytes, ..evidence.clone() });
    push(
        "LOC-003",
        "for another header",
        scene.evidence(&Certified { root: AppRootHash([1; 32]), ..certified }, 0, &signer),
    );
    push(
        "LOC-003",
        "for another height",
        scene.evidence(&Certified { root_of: Height(3), ..certified }, 0, &signer),
    );
    push(
        "LOC-003",
        "for another time",
        scene.evidence(&Certified { time: Timestamp(good.time.0 + 1), ..certified }, 0, &signer),
    );
    push("LOC-003", "by somebody who is no validator", scene.evidence(&certified, 0, &key("stranger")));
    let elsewhere =
        Scene::new("elsewhere", genesis(Params { guardians: 14, ..Params::default() }, Vec::new(), 1));
    push("LOC-003", "for another ledger", elsewhere.evidence(&certified, 0, &signer));
    push("LOC-001", "of another rule of finality", Evidence { rule: 2, ..evidence.clone() });
    push("COD-002", "no evidence", Evidence { bytes: ByteBuf::new(), ..evidence });
}

/// Two validators: whose turn it is.
fn turns() -> Vec<Vector> {
    let (mut scene, good) = begun(2);
    let mut made = Vec::new();
    let (block, _, _) = scene.certify(&good, 0);
    for (round, fine) in [(0, true), (1, true), (2, true)] {
        let (block, evidence, _) = scene.certify(&good, round);
        let saved = with(&scene, block, evidence);
        let mut ledger = scene.ledger.clone();
        let last = saved.blocks.last().unwrap();
        assert_eq!(ledger.accept(&last.block, &last.evidence, LATER).is_ok(), fine);
        let input = super::input(&encode(&saved).unwrap(), LATER);
        let name = format!("two validators, round {round}");
        made.push(Vector::valid("ledger", name, "two blocks", input).gives(super::answer(&ledger)));
    }
    // Signed by the other one than whose turn the round makes it.
    let (_, evidence, _) = scene.certify(&good, 0);
    let read = Authority::read(&evidence).unwrap();
    let certified = Certified { root: read.root, root_of: read.height, time: read.time };
    let turn = scene.ledger.genesis().validators.at_turn(Height(2), 0).unwrap().key;
    let other = super::super::scene::validators().into_iter().find(|key| key.public() != turn).unwrap();
    let evidence = scene.evidence(&certified, 0, &other);
    made.push(refused("evidence", "LOC-003", "out of turn", &with(&scene, block, evidence), LATER));
    scene.block();
    scene.block();
    made.push(whole("two validators", "turns", &scene));
    made
}

/// The share of a block that is kept for what nothing may close: by number, which costs few bytes.
fn shares() -> Vec<Vector> {
    let (scene, good) = begun(1);
    let share = Params::default().ordinary_share(BLOCK_TRANSACTIONS);
    let mut made = Vec::new();
    for count in [share, share + 1] {
        let transactions = vec![ByteBuf::new(); count as usize];
        let (block, evidence, _) = scene.certify(&BlockBody { transactions, ..good.clone() }, 0);
        let saved = with(&scene, block, evidence);
        let name = format!("{count} transactions that are nothing");
        if count == share {
            let mut ledger = scene.ledger.clone();
            let last = saved.blocks.last().unwrap();
            ledger.accept(&last.block, &last.evidence, LATER).unwrap();
            let input = super::input(&encode(&saved).unwrap(), LATER);
            made.push(Vector::valid("ledger", name, "a full block", input).gives(super::answer(&ledger)));
        } else {
            made.push(refused("reserved-share", "BLK-006", &name, &saved, LATER));
        }
    }
    made
}

fn geneses() -> Vec<Vector> {
    let [north, _] = hospitals();
    let good = genesis(Params::default(), sessions::grounds(), 2);
    let of = |name: &str, change: &dyn Fn(&mut Genesis)| {
        let mut genesis = good.clone();
        change(&mut genesis);
        let input = vec![("genesis", bytes(&encode(&genesis).unwrap()))];
        match genesis.open() {
            Ok(opened) => {
                let founders = genesis.founders.iter();
                let founders = founders
                    .map(|founder| medledger_core::identity::did_to_text(&founder.inception.did().unwrap()));
                let validators = genesis.validators.validators.iter().map(|validator| {
                    let PublicKey::Ed25519 { bytes } = validator.key;
                    super::super::json::hex(bytes.as_ref())
                });
                Vector::valid("genesis", name, "a genesis, changed", input).gives(vec![
                    ("chain", opened.chain.to_string().into()),
                    ("name", genesis.name.as_str().into()),
                    ("time", genesis.time.0.into()),
                    ("founders", super::super::json::list(founders)),
                    ("validators", super::super::json::list(validators)),
                ])
            }
            Err(error) => {
                let rule = error.rule().to_string();
                let cause = match rule.split('-').next().unwrap() {
                    "CHN" => "unsound",
                    "IDN" => "founders",
                    _ => "encoding",
                };
                Vector::invalid("genesis", cause, rule, name, "a genesis, changed", input)
            }
        }
    };
    let share = |n: u64| move |genesis: &mut Genesis| genesis.params.reserved_share = n;
    vec![
        of("two hospitals", &|_| {}),
        of("no name", &|genesis| genesis.name.clear()),
        of("version 2", &|genesis| genesis.version = 2),
        of("no validator", &|genesis| genesis.validators.validators.clear()),
        of("a validator twice", &|genesis| {
            let first = genesis.validators.validators[0].clone();
            genesis.validators.validators.push(first);
        }),
        of("a validator without power", &|genesis| genesis.validators.validators[0].power = 0),
        of("a validator whose key is of small order", &|genesis| {
            genesis.validators.validators[0].key = PublicKey::Ed25519 { bytes: PublicKeyBytes([0; 32]) };
        }),
        of("no reserved share", &share(0)),
        of("the whole block reserved", &share(1)),
        of("half of a block reserved", &share(2)),
        of("the smallest reserved share", &share(32)),
        of("a smaller one", &share(33)),
        of("no quota", &|genesis| genesis.params.quotas.ordinary = 0),
        of("epochs of no length", &|genesis| genesis.params.quotas.epoch = Millis(0)),
        of("no freshness", &|genesis| genesis.params.freshness = Millis(0)),
        of("no leave for clocks", &|genesis| genesis.params.clock_ahead = Millis(0)),
        of("no founder", &|genesis| {
            genesis.founders.clear();
            genesis.grounds.clear();
        }),
        of("no member", &|genesis| genesis.founders.iter_mut().for_each(|founder| founder.member = false)),
        of("one member", &|genesis| genesis.founders[0].member = false),
        of("a member that is no organisation", &|genesis| genesis.founders[0].inception.kind = Kind::Patient),
        of("a founder twice", &|genesis| {
            let first = genesis.founders[0].clone();
            genesis.founders.push(first);
        }),
        of("founders who share a key", &|genesis| {
            genesis.founders[1].inception.controller = north.key("controller").public();
        }),
        of("a founder without a device", &|genesis| genesis.founders[0].inception.devices.clear()),
        of("a ground of a stranger", &|genesis| {
            genesis.grounds[0].organisation = Party::new("nobody", Kind::Organisation).did;
        }),
        of("a ground of no length", &|genesis| genesis.grounds[0].longest = Millis(0)),
        of("a ground without a name", &|genesis| genesis.grounds[0].name.clear()),
        of("a ground for an unknown purpose", &|genesis| genesis.grounds[0].purpose = "FUN".into()),
        of("a ground twice", &|genesis| {
            let first = genesis.grounds[0].clone();
            genesis.grounds.push(first);
        }),
        of("another rule of finality", &|genesis| genesis.finality = 99),
    ]
}
