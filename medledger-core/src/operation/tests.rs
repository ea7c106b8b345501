//! Replay windows against a plain set; budgets; what every code stands for.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::*;
use crate::error::Coded;
use crate::fixture::*;
use crate::identity::KeyRole;
use crate::limits::{REPLAY_WINDOW, TRANSACTION_BYTES};
use crate::units::Millis;
use crate::vocabulary::Coding;

/// Which counters were used: all of them, remembered one by one.
#[derive(Default)]
struct Model {
    used: BTreeSet<u64>,
}

impl Model {
    /// The rule in plain words: below the window it is too old, and the window ends with the highest used counter.
    fn verdict(&self, counter: u64) -> Result<(), &'static str> {
        let highest = self.used.last().copied();
        let base = highest.map_or(0, |highest| highest.saturating_sub(REPLAY_WINDOW - 1));
        let reach = highest.map_or(REPLAY_WINDOW - 1, |highest| highest.saturating_add(REPLAY_WINDOW));
        if counter < base {
            return Err("OPR-011");
        }
        if counter > reach {
            return Err("OPR-012");
        }
        if self.used.contains(&counter) {
            return Err("OPR-010");
        }
        Ok(())
    }
}

fn rule(error: &OperationError) -> String {
    error.rule().to_string()
}

/// Plays counters to a window and to the model, and compares every answer.
fn play(counters: impl IntoIterator<Item = u64>) -> (ReplayWindow, Model) {
    let (mut window, mut model) = (ReplayWindow::default(), Model::default());
    for counter in counters {
        let expected = model.verdict(counter).map_err(String::from);
        assert_eq!(window.check(counter).map_err(|error| rule(&error)), expected, "counter {counter}");
        match window.with(counter) {
            Ok(next) => {
                window = next;
                model.used.insert(counter);
            }
            Err(error) => assert_eq!(Err(rule(&error)), expected),
        }
        let highest = model.used.last().copied();
        assert_eq!(window.next_counter(), highest.map_or(0, |highest| highest + 1));
    }
    (window, model)
}

proptest! {
    #[test]
    fn a_window_is_a_set(counters in prop::collection::vec(prop_oneof![0..80_u64, 0..400_u64], 0..200)) {
        play(counters);
    }

    #[test]
    fn a_window_follows_a_wallet(
        // Each step signs on, and its packet is lost, comes late, comes twice, or the wallet jumps.
        steps in prop::collection::vec((0..10_u8, 0..90_u64), 1..150),
    ) {
        let mut next = 0_u64;
        let mut late = Vec::new();
        let mut sent = Vec::new();
        for (what, choice) in steps {
            match what {
                0 => late.push(next),
                1 => {}
                2 => sent.extend([next, next]),
                3 => next = next.saturating_add(choice),
                4 => sent.extend(late.pop()),
                _ => sent.push(next),
            }
            next += 1;
        }
        sent.extend(late);
        play(sent);
    }

    #[test]
    fn two_devices_never_get_in_each_others_way(
        order in prop::collection::vec(any::<bool>(), 1..150),
    ) {
        // Each has a window of its own, so whatever the order in which both arrive, all count.
        let mut windows = [ReplayWindow::default(); 2];
        for which in order {
            let window = &mut windows[usize::from(which)];
            *window = window.with(window.next_counter()).unwrap();
        }
        let all = |window: &ReplayWindow| (0..window.next_counter()).all(|n| window.check(n).is_err());
        prop_assert!(all(&windows[0]) && all(&windows[1]));
    }

    #[test]
    fn no_window_panics_or_takes_a_counter_twice(base: u64, used: u64, counter: u64, near in -70_i64..200) {
        for counter in [counter, base.saturating_add_signed(near), u64::MAX, u64::MAX - 1, 0] {
            let window = ReplayWindow { base, used };
            if let Ok(next) = window.with(counter) {
                prop_assert!(next.check(counter).is_err());
                prop_assert!(next.base >= base);
                // What was used stays used.
                for offset in (0..64).filter(|offset| used >> offset & 1 == 1) {
                    prop_assert!(next.check(base.saturating_add(offset)).is_err());
                }
            }
            let _ = (window.next_counter(), window.highest_allowed());
        }
    }
}

#[test]
fn a_window_at_the_end_of_all_counters_does_not_wrap() {
    let window = ReplayWindow { base: u64::MAX - 63, used: 1 };
    assert_eq!(window.highest_allowed(), u64::MAX - 1);
    let mut window = window;
    for counter in u64::MAX - 62..u64::MAX {
        window = window.with(counter).unwrap();
        assert_eq!(rule(&window.check(counter).unwrap_err()), "OPR-010");
    }
    assert_eq!(window.next_counter(), u64::MAX);
    // The last number of all is never a counter: there would be none above it.
    assert_eq!(rule(&window.with(u64::MAX).unwrap_err()), "OPR-012");
    assert_eq!(rule(&window.check(0).unwrap_err()), "OPR-011");
    let full = ReplayWindow { base: u64::MAX, used: u64::MAX };
    assert!((0..=64).all(|below| full.with(u64::MAX - below).is_err()));
}

#[test]
fn the_budget_follows_from_operation_and_role() {
    let revocation = revoke(&key("any"));
    assert_eq!(revocation.budget(KeyRole::Controller, false), Budget::Controller);
    assert_eq!(revocation.budget(KeyRole::Device, false), Budget::DeviceReserve);
    assert_eq!(Operation::Deactivate.budget(KeyRole::Controller, true), Budget::Controller);
    assert_eq!(Operation::Deactivate.budget(KeyRole::Device, true), Budget::Ordinary);
    let inception = hospital("new").inception;
    let incept = Operation::Incept { inception };
    assert_eq!(incept.budget(KeyRole::Device, true), Budget::Sponsorship);
    assert_eq!(incept.budget(KeyRole::Device, false), Budget::Ordinary);
    let add = Operation::AddDevice { device: device(&key("any")) };
    assert_eq!(add.budget(KeyRole::Controller, false), Budget::Ordinary);
    let all = [
        Budget::Succession,
        Budget::Controller,
        Budget::DeviceReserve,
        Budget::LogAnchors,
        Budget::Ordinary,
        Budget::Sponsorship,
    ];
    assert!(all.is_sorted(), "in the order in which they use the reserved share");
    assert_eq!(all.map(Budget::is_reserved), [true, true, true, true, false, false]);
    let names: BTreeSet<_> = all.iter().map(|budget| budget.name()).collect();
    assert_eq!(names.len(), all.len());
}

fn quotas() -> Quotas {
    Quotas { epoch: Millis(100), ordinary: 5, controller: 4, device_reserve: 3, log_anchors: 2, sponsored: 1 }
}

proptest! {
    #[test]
    fn usage_is_a_count_by_budget_and_epoch(draws in prop::collection::vec((0..6_usize, 0..2_u64), 1..120)) {
        let all = [
            Budget::Succession, Budget::Controller, Budget::DeviceReserve,
            Budget::LogAnchors, Budget::Ordinary, Budget::Sponsorship,
        ];
        let quotas = quotas();
        let mut usage = Usage::default();
        let mut counts = [0_u64; 6];
        let mut epoch = 0;
        for (budget, passes) in draws {
            if passes > 0 {
                epoch += passes;
                counts = [0; 6];
            }
            let before = usage;
            let limit = quotas.limit(all[budget]);
            match usage.draw(all[budget], epoch, &quotas) {
                Ok(next) => {
                    prop_assert!(counts[budget] < limit);
                    counts[budget] += 1;
                    usage = next;
                }
                Err(error) => {
                    prop_assert_eq!(rule(&error), "OPR-015");
                    prop_assert_eq!(counts[budget], limit);
                    prop_assert_eq!(usage, before);
                }
            }
            for (which, count) in all.iter().zip(counts) {
                prop_assert_eq!(usage.used(*which, epoch), count);
                prop_assert_eq!(usage.used(*which, epoch + 1), 0);
            }
            prop_assert_eq!(usage.key.window, ReplayWindow::default());
            prop_assert_eq!(usage.identity.successor_window, ReplayWindow::default());
        }
    }
}

#[test]
fn epochs_are_counted_from_1970() {
    let at = |time| quotas().epoch_at(Timestamp(time));
    assert_eq!([at(0), at(99), at(100), at(199), at(200)], [0, 0, 1, 1, 2]);
    assert_eq!(at(u64::MAX), u64::MAX / 100);
    let endless = Quotas { epoch: Millis(0), ..quotas() };
    assert_eq!(endless.epoch_at(Timestamp(u64::MAX)), 0);
}

#[test]
fn an_id_covers_what_is_signed_and_not_the_signature() {
    let (mut world, ann) = World::with_ann();
    let bytes = world.sign(&ann, &ann.device(0), revoke(&ann.device(0)), &[]);
    let decoded = Transaction::decode(&bytes, &world.chain).unwrap();
    let copy = Transaction::decode(&spoilt(&bytes), &world.chain).unwrap();
    assert_eq!(decoded.id, copy.id);
    assert_ne!(tx_hash(&bytes), tx_hash(&spoilt(&bytes)));
    // And it covers the ledger, the approvals and every field of the body.
    let mut ids = BTreeSet::from([decoded.id]);
    let body = decoded.body;
    let approval = Approval { key: id(&key("x")), signature: key("x").sign(b"") }.encode();
    let bodies = [
        Body { signer: hospital("north").did, ..body.clone() },
        Body { counter: body.counter + 1, ..body.clone() },
        Body { signed_at: Timestamp(1), ..body.clone() },
        Body { valid_until: Timestamp(1), ..body.clone() },
        Body { operation: Operation::Deactivate, ..body.clone() },
    ];
    for body in &bodies {
        ids.insert(Transaction::decode(&sign_raw(body, &ann.device(0), &[]), &world.chain).unwrap().id);
    }
    let approved = sign_raw(&body, &ann.device(0), &[approval]);
    ids.insert(Transaction::decode(&approved, &world.chain).unwrap().id);
    let other = ChainId(crate::fixture::bytes("another ledger"));
    let elsewhere = sign_raw(&Body { chain: other, ..body }, &ann.device(0), &[]);
    ids.insert(Transaction::decode(&elsewhere, &other).unwrap().id);
    assert_eq!(ids.len(), bodies.len() + 3);
}

#[test]
fn a_wallet_signs_what_can_be_read_and_nothing_larger() {
    let mut ward = Ward::new();
    let (doc, chain) = (ward.doc.clone(), ward.world.chain);
    let mut request = ward.request();
    let body = ward.world.body(doc.did, &doc.device(0), Operation::Deactivate);
    let mut signed = |last: usize| {
        let system = |n: usize| alloc::format!("{n:02}{}", "s".repeat(1_000));
        let code = |n: usize| "c".repeat(if n == 32 { last } else { 970 });
        request.scope.categories = (0..33).map(|n| Coding::new(system(n), code(n))).collect();
        let operation = Operation::OpenSession { request: request.clone() };
        let draft = Draft::new(Body { operation, ..body.clone() });
        let signature = doc.device(0).sign(&draft.to_sign().unwrap());
        draft.finish(&doc.device(0).public(), signature)
    };
    let limit = usize::try_from(TRANSACTION_BYTES).unwrap();
    let spare = limit - signed(500).unwrap().bytes.len();
    let largest = signed(500 + spare).unwrap();
    assert_eq!(largest.bytes.len(), limit);
    assert_eq!(Transaction::decode(&largest.bytes, &chain).unwrap().id, largest.id);
    for more in [1, 2, 100] {
        assert_eq!(signed(500 + spare + more).unwrap_err().rule().to_string(), "COD-001");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_decoding_panic(junk in prop::collection::vec(any::<u8>(), 0..300), at: u16, with: u8) {
        let chain = ChainId([0; 32]);
        let _ = Transaction::decode(&junk, &chain);
        let mut bytes = TEMPLATE.to_vec();
        let at = usize::from(at) % bytes.len();
        bytes[at] = with;
        let _ = Transaction::decode(&bytes, &chain);
        let _ = Transaction::decode(&bytes[..at], &chain);
    }
}

/// An envelope with an empty payload.
const TEMPLATE: [u8; 111] = {
    let mut bytes = [0; 111];
    let head = [0x84, 0x58, 0x26, 0xa2, 0x01, 0x27, 0x04, 0x58, 0x20];
    let mut at = 0;
    while at < head.len() {
        bytes[at] = head[at];
        at += 1;
    }
    bytes[41] = 0xa0;
    bytes[42] = 0x42;
    bytes[45] = 0x58;
    bytes[46] = 0x40;
    bytes
};

#[test]
fn codes_of_operations_are_distinct() {
    use crate::codec::{Shape, Wire};
    let Shape::Enum(variants) = Operation::SCHEMA.shape else { panic!("not an enum") };
    let mut codes: Vec<u64> = variants.iter().map(|(code, ..)| *code).collect();
    codes.extend(RESERVED_OPERATIONS.iter().map(|(code, _)| *code));
    let distinct: BTreeSet<_> = codes.iter().collect();
    assert_eq!(distinct.len(), codes.len());
}

/// Approvals so many that the whole is longer than a transaction may be: the wallet says so before anything is sent.
#[test]
fn what_is_too_long_to_send_is_not_finished() {
    let mut world = World::new();
    let north = hospital("north");
    let signer = north.device(0);
    let body = world.body(north.did, &signer, Operation::Deactivate);
    let signature = signer.sign(b"whatever");
    let approvals: Vec<Approval> = (0..700_u64)
        .map(|number| {
            let mut key = KeyId([0; 32]);
            key.0[..8].copy_from_slice(&number.to_be_bytes());
            Approval { key, signature }
        })
        .collect();
    let mut draft = Draft::new(body.clone());
    assert_eq!(draft.body(), &body);
    approvals.iter().for_each(|approval| draft.approve(approval.clone()).unwrap());
    let signature = signer.sign(&draft.to_sign().unwrap());
    let error = draft.finish(&signer.public(), signature).unwrap_err();
    assert_eq!(error.rule().to_string(), "COD-001");
    // Were it sent all the same, it would be refused by the same rule.
    let approvals: Vec<_> = approvals.iter().map(Approval::encode).collect();
    let bytes = sign_raw(&body, &signer, &approvals);
    assert_eq!(Transaction::decode(&bytes, &world.chain).unwrap_err().rule().to_string(), "COD-001");
}

/// The envelope is written by hand: its heads are those that a CBOR library writes.
#[test]
fn heads_of_every_length_are_the_shortest() {
    for length in [0, 1, 23, 24, 255, 256, 65_535, 65_536, 100_000] {
        let content = alloc::vec![7; length];
        let mut expected = Vec::new();
        ciborium::into_writer(serde_bytes::Bytes::new(&content), &mut expected).unwrap();
        let structure = envelope::sig_structure(&KeyId([0; 32]), &[], &content);
        assert!(structure.ends_with(&expected), "{length}");
    }
}

#[test]
fn each_operation_is_called_something_of_its_own() {
    let mut runner = TestRunner::deterministic();
    let names: BTreeMap<u64, &str> = (0..300)
        .map(|_| any::<Operation>().new_tree(&mut runner).unwrap().current())
        .map(|operation| (operation.code(), operation.name()))
        .collect();
    assert_eq!(names.len(), 16);
    let distinct: BTreeSet<&str> = names.into_values().collect();
    assert_eq!(distinct.len(), 16);
    assert!(!distinct.contains(""));
}

/// What travels between those who must agree is read as it was written, and in no other way.
#[test]
fn a_draft_on_its_way_has_one_form() {
    let mut world = World::new();
    let north = hospital("north");
    let signer = north.device(0);
    let body = world.body(north.did, &signer, Operation::Deactivate);
    let signature = signer.sign(b"whatever");
    let mut draft = Draft::new(body.clone());
    for number in [2, 1] {
        draft.approve(Approval { key: KeyId([number; 32]), signature }).unwrap();
    }
    let bytes = draft.encode().unwrap();
    let read = Draft::decode(&bytes).unwrap();
    assert_eq!((read.body(), read.approvals()), (draft.body(), draft.approvals()));
    assert_eq!(read.encode().unwrap(), bytes);

    let refused = |payload: &Payload| {
        Draft::decode(&crate::codec::encode(payload).unwrap()).unwrap_err().rule().to_string()
    };
    let [first, second] = [1, 2]
        .map(|number| serde_bytes::ByteBuf::from(Approval { key: KeyId([number; 32]), signature }.encode()));
    for approvals in [[&second, &first], [&first, &first]] {
        let approvals = approvals.map(Clone::clone).to_vec();
        assert_eq!(refused(&Payload { body: body.clone(), approvals }), "OPR-017");
    }
    let approvals = Vec::from([serde_bytes::ByteBuf::from(bytes)]);
    assert_eq!(refused(&Payload { body: body.clone(), approvals }), "OPR-016");
    let body = Body { version: PROTOCOL_VERSION + 1, ..body };
    assert_eq!(refused(&Payload { body, approvals: Vec::new() }), "OPR-003");
}
