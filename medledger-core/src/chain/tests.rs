//! The genesis and headers.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::*;
use crate::access::LegalGround;
use crate::codec::encode;
use crate::crypto::{PublicKey, PublicKeyBytes};
use crate::error::Coded;
use crate::fixture::*;
use crate::hash::{ChainId, Did, Nonce};
use crate::identity::{Control, Kind};
use crate::merkle::Peaks;
use crate::merkle::tree::{MemoryTree, update};
use crate::operation::{Operation, PROTOCOL_VERSION};
use crate::state::{Address, MemoryState, Params, Schedule, StateRead, Validator, read};
use crate::units::{Height, Millis, Timestamp};
use crate::vocabulary::Coding;

fn rule_of(genesis: &Genesis) -> String {
    genesis.open().map_or_else(|error| error.rule().to_string(), |_| "ok".into())
}

fn with(change: impl FnOnce(&mut Genesis)) -> Genesis {
    let mut changed = genesis(Params::default());
    changed.grounds.push(ground());
    change(&mut changed);
    changed
}

fn ground() -> LegalGround {
    LegalGround {
        name: "Art. 9(2)(i) GDPR".into(),
        organisation: hospital("north").did,
        role: Some(Coding::new("role", "physician")),
        purpose: "PUBHLTH".into(),
        types: Vec::from(["Condition".into()]),
        longest: Millis::hours(1),
        overrides_deny: false,
    }
}

#[test]
fn a_sound_genesis_makes_a_state() {
    let genesis = with(|genesis| {
        let founder = Party::new("ann", Kind::Patient, 3);
        genesis.founders.push(Founder { inception: founder.inception, member: false });
    });
    let opened = genesis.open().unwrap();
    assert_eq!(opened, genesis.open().unwrap());
    let decoded = Genesis::decode(&encode(&genesis).unwrap()).unwrap();
    assert_eq!(decoded, genesis);
    assert_eq!(opened.chain, decoded.chain_id().unwrap());

    let mut state = MemoryState::new();
    state.apply(&opened.delta);
    // Parameters, validators, the legal ground, and of each founder the identity and its keys.
    assert_eq!(state.len(), 3 + (1 + 3) + (1 + 3) + (1 + 4));
    let at = |address: Address| read::<Control, _>(&state, &address).unwrap();
    for founder in &genesis.founders {
        let control = at(Address::Identity(founder.inception.did().unwrap())).unwrap();
        assert_eq!(control, Control::incept(&founder.inception, None, founder.member).unwrap());
    }
    let schedule: Schedule = read(&state, &Address::Validators).unwrap().unwrap();
    assert_eq!(schedule.at(Height(1)), &genesis.validators);
    assert_eq!(read::<Peaks, _>(&state, &Address::Headers).unwrap(), None);
    assert!(state.get(&Address::Params.key()).is_ok());

    let header = &opened.app_root;
    let mut tree = MemoryTree::new();
    tree.apply(opened.tree.clone());
    assert_eq!(tree.root(), header.state_root);
    let (rebuilt, _) = update(&MemoryTree::new(), &opened.delta.value_hashes()).unwrap();
    assert_eq!(rebuilt, header.state_root);
    assert_eq!((header.height, header.count, header.time), (Height(0), 0, START));
    assert_eq!(header.next_validators, genesis.validators.hash().unwrap());
    assert_eq!(opened.hash, header.hash().unwrap());
    header.check(&opened.chain).unwrap();
}

#[test]
fn parameters_that_no_network_can_run_with() {
    assert_eq!(rule_of(&with(|_| {})), "ok");
    let zeros: [fn(&mut Params); 13] = [
        |params| params.quotas.epoch = Millis(0),
        |params| params.quotas.ordinary = 0,
        |params| params.quotas.controller = 0,
        |params| params.quotas.device_reserve = 0,
        |params| params.quotas.log_anchors = 0,
        |params| params.quotas.sponsored = 0,
        |params| params.freshness = Millis(0),
        |params| params.block_interval = Millis(0),
        |params| params.log_anchor_interval = Millis(0),
        |params| params.review_due = Millis(0),
        |params| params.recovery_delay = Millis(0),
        |params| params.guardians = 0,
        |params| params.reserved_share = 0,
    ];
    for zero in zeros {
        assert_eq!(rule_of(&with(|genesis| zero(&mut genesis.params))), "CHN-001");
    }
    for (share, rule) in [(1, "CHN-001"), (2, "ok"), (32, "ok"), (33, "CHN-001"), (u64::MAX, "CHN-001")] {
        assert_eq!(rule_of(&with(|genesis| genesis.params.reserved_share = share)), rule);
    }
    assert_eq!(rule_of(&with(|genesis| genesis.params.clock_ahead = Millis(0))), "ok");
    // The smallest reserved share holds transactions of the greatest size.
    let whole = crate::limits::BLOCK_BYTES;
    let params = Params { reserved_share: Params::LEAST_RESERVED, ..Params::default() };
    assert!(whole - params.ordinary_share(whole) > crate::limits::TRANSACTION_BYTES);
    let none = Params { reserved_share: 0, ..params };
    assert_eq!(none.ordinary_share(whole), whole);
}

#[test]
fn validators_that_no_network_can_run_with() {
    let validator = |name: &str, power| Validator { key: key(name).public(), power };
    let bad_key = Validator { key: PublicKey::Ed25519 { bytes: PublicKeyBytes([0; 32]) }, power: 1 };
    let many = |n: usize| (0..n).map(|n| validator(&alloc::format!("v{n}"), 1)).collect::<Vec<_>>();
    for (validators, rule) in [
        (Vec::new(), "CHN-002"),
        (Vec::from([validator("a", 1), validator("a", 2)]), "CHN-002"),
        (Vec::from([validator("a", 1), validator("b", 0)]), "CHN-002"),
        (Vec::from([validator("a", 1), bad_key]), "CHN-002"),
        (many(257), "CHN-002"),
        (many(256), "ok"),
        (many(1), "ok"),
    ] {
        assert_eq!(rule_of(&with(|genesis| genesis.validators.validators = validators)), rule);
    }
}

#[test]
fn founders_that_are_at_odds() {
    let person = |name: &str, kind, count| Founder {
        inception: Party::new(name, kind, count).inception,
        member: false,
    };
    let ann = person("ann", Kind::Patient, 1);
    let mut shares = person("bob", Kind::Patient, 1);
    shares.inception.controller = ann.inception.devices[0].signing;
    let mut reused = ann.clone();
    reused.inception.successor = ann.inception.controller.successor_digest();
    let mut disordered = person("ann", Kind::Patient, 2);
    disordered.inception.devices.reverse();
    let patient = Founder { member: true, ..ann.clone() };
    for (founders, why) in [
        (Vec::from([ann.clone(), shares]), "IDN-006"),
        (Vec::from([ann.clone(), ann.clone()]), "IDN-006"),
        (Vec::from([reused]), "IDN-014"),
        (Vec::from([disordered]), "IDN-007"),
        (Vec::from([person("ann", Kind::Patient, 0)]), "IDN-005"),
        (Vec::from([person("ann", Kind::Patient, 17)]), "IDN-005"),
        (Vec::from([patient]), "IDN-004"),
    ] {
        let error = with(|genesis| genesis.founders.extend(founders)).open().unwrap_err();
        assert_eq!(error.rule().to_string(), "CHN-003");
        let GenesisError::Chain(ChainError::BadFounder { index, why: inner }) = error else { panic!() };
        assert!(index >= 2);
        assert_eq!(inner.rule().to_string(), why);
    }
    let crowd = (0..1_024).map(|n| person(&alloc::format!("p{n}"), Kind::Patient, 1));
    assert_eq!(rule_of(&with(|genesis| genesis.founders.extend(crowd))), "CHN-003");
}

#[test]
fn somebody_can_sponsor() {
    let alone =
        |genesis: &mut Genesis| genesis.founders.iter_mut().for_each(|founder| founder.member = false);
    assert_eq!(rule_of(&with(alone)), "CHN-004");
    assert_eq!(rule_of(&with(|genesis| genesis.founders.clear())), "CHN-004");
}

#[test]
fn versions_that_are_not_known() {
    for version in [0, PROTOCOL_VERSION + 1] {
        assert_eq!(rule_of(&with(|genesis| genesis.version = version)), "CHN-005");
    }
    let (world, _) = World::with_ann();
    let mut header = world.headers[0].header.clone();
    header.version += 1;
    assert_eq!(header.check(&world.chain).unwrap_err().rule().to_string(), "CHN-005");
}

#[test]
fn grounds_that_cannot_be_registered() {
    type Change = fn(&mut LegalGround);
    let bad: [Change; 6] = [
        |ground| ground.name.clear(),
        |ground| ground.purpose.clear(),
        |ground| ground.role = Some(Coding::new("role", "")),
        |ground| ground.types.push(String::new()),
        |ground| ground.longest = Millis(0),
        |ground| ground.organisation = Did([0; 32]),
    ];
    for change in bad {
        assert_eq!(rule_of(&with(|genesis| change(&mut genesis.grounds[0]))), "CHN-008");
    }
    let wide: [Change; 2] = [|ground| ground.role = None, |ground| ground.types.clear()];
    for change in wide {
        assert_eq!(rule_of(&with(|genesis| change(&mut genesis.grounds[0]))), "ok");
    }
}

#[test]
fn the_ledgers_id_hangs_on_every_field() {
    type Change = fn(&mut Genesis);
    let changes: [Change; 15] = [
        |_| {},
        |genesis| genesis.version += 1,
        |genesis| genesis.name.push('!'),
        |genesis| genesis.time = Timestamp(START.0 + 1),
        |genesis| genesis.finality += 1,
        |genesis| genesis.validators.validators[0].power += 1,
        |genesis| genesis.validators.validators.swap(0, 1),
        |genesis| genesis.params.quotas.ordinary += 1,
        |genesis| genesis.params.guardians += 1,
        |genesis| genesis.founders[0].inception.nonce = Nonce([0; 32]),
        |genesis| genesis.founders[1].member = false,
        |genesis| genesis.founders.swap(0, 1),
        |genesis| genesis.grounds.clear(),
        |genesis| genesis.grounds[0].overrides_deny = true,
        |genesis| genesis.grounds[0].longest = Millis(1),
    ];
    let ids: BTreeSet<ChainId> = changes.iter().map(|change| with(change).chain_id().unwrap()).collect();
    assert_eq!(ids.len(), changes.len());
}

#[test]
fn headers_follow_one_another() {
    let (mut world, ann) = World::with_ann();
    let record = world.anchor(ann.did, "x-ray");
    world.run(&[record]);
    world.run::<Vec<u8>>(&[]);
    let mut before = world.genesis.open().unwrap().app_root;
    for certified in &world.headers {
        certified.header.follows(&before).unwrap();
        before = certified.header.clone();
    }
    let [first, second, third] = [0, 1, 2].map(|n: usize| world.headers[n].header.clone());
    type Change = fn(&mut AppRoot);
    let changes: [Change; 4] = [
        |header| header.previous = crate::hash::AppRootHash([0; 32]),
        |header| header.height = Height(1),
        |header| header.height = Height(u64::MAX),
        |header| header.time = Timestamp(0),
    ];
    for change in changes {
        let mut header = second.clone();
        change(&mut header);
        assert_eq!(header.follows(&first).unwrap_err().rule().to_string(), "CHN-006");
    }
    for (header, before) in [(&third, &first), (&first, &second), (&first, &first)] {
        assert_eq!(header.follows(before).unwrap_err().rule().to_string(), "CHN-006");
    }
    let elsewhere = ChainId(bytes("elsewhere"));
    assert_eq!(second.check(&elsewhere).unwrap_err().rule().to_string(), "CHN-007");
}

#[test]
fn a_header_says_what_the_block_did() {
    let (mut world, ann) = World::with_ann();
    let block = [world.anchor(ann.did, "x-ray"), Vec::from([1, 2, 3])];
    world.run(&block);
    let header = world.headers.last().unwrap().header.clone();
    assert_eq!(header.count, 2);
    assert_eq!(header.transactions_root.0, transactions_log(&block).root().0);
    assert_eq!(header.results_root.0, results_log(&world.last.0.results().unwrap()).unwrap().root().0);
    assert_eq!(header.state_root, world.tree.root());
    assert_eq!(header.next_validators, world.genesis.validators.hash().unwrap());
    // Another signature is another block, whatever the results.
    let mut copy = block.clone();
    copy[0] = spoilt(&block[0]);
    assert_ne!(transactions_log(&copy).root(), transactions_log(&block).root());
    // Its hash hangs on every field.
    type Change = fn(&mut AppRoot);
    let changes: [Change; 11] = [
        |_| {},
        |header| header.version += 1,
        |header| header.chain.0[0] ^= 1,
        |header| header.height = Height(77),
        |header| header.time = Timestamp(77),
        |header| header.previous.0[0] ^= 1,
        |header| header.count += 1,
        |header| header.transactions_root.0[0] ^= 1,
        |header| header.results_root.0[0] ^= 1,
        |header| header.state_root.0[0] ^= 1,
        |header| header.next_validators.0[0] ^= 1,
    ];
    let hashes: BTreeSet<_> = changes
        .iter()
        .map(|change| {
            let mut header = header.clone();
            change(&mut header);
            header.hash().unwrap()
        })
        .collect();
    assert_eq!(hashes.len(), changes.len());
}

#[test]
fn the_state_keeps_the_log_of_all_prior_headers() {
    let (mut world, ann) = World::with_ann();
    let bogus = world.sign(&ann, &ann.device(0), Operation::Deactivate, &[]);
    world.run(&[bogus]);
    for _ in 0..9 {
        world.run::<Vec<u8>>(&[]);
        let peaks: Peaks = world.read(&Address::Headers).unwrap();
        let mut expected = Peaks::new();
        for hash in &world.header_hashes[..world.header_hashes.len() - 1] {
            expected.append(hash).unwrap();
        }
        assert_eq!(peaks, expected);
        assert_eq!(peaks.size, world.tip.height.0);
    }
}

/// What arises below keeps its rule on the way up.
#[test]
fn an_error_of_the_encoding_keeps_its_rule() {
    let below = || crate::codec::CodecError::TooLarge { actual: 2, limit: 1 };
    let rules = [
        GenesisError::from(below()).rule(),
        crate::light::LightError::from(below()).rule(),
        crate::operation::TransactionError::from(below()).rule(),
    ];
    for rule in rules {
        assert_eq!(rule.to_string(), "COD-001");
    }
}
