//! A store that fails in the midst of it. No answer comes of that: a validator whose disk is bad would otherwise vote for
//! another block, or write another result, than those whose disks are sound.

use alloc::vec::Vec;
use core::cell::Cell;
use core::fmt::Debug;

use crate::access::SessionBasis;
use crate::block::{Block, BlockBody, build, judge};
use crate::consent::Grant;
use crate::error::ReadError;
use crate::fixture::mix::{mix, populated};
use crate::fixture::*;
use crate::hash::StateKey;
use crate::identity::Credential;
use crate::operation::Operation;
use crate::state::{Lookup, MemoryState, StateRead};
use crate::validate::{active_consents, admit, execute, standing};

/// Reads so many values, and then no more.
struct Failing<'a> {
    state: &'a MemoryState,
    left: Cell<u64>,
}

impl StateRead for Failing<'_> {
    type Error = &'static str;

    fn get(&self, key: &StateKey) -> Result<Lookup, ReadError<&'static str>> {
        self.left.set(self.left.get().checked_sub(1).ok_or(ReadError::Store("worn out"))?);
        self.state.get(key).map_err(|_| ReadError::Store("worn out already"))
    }
}

/// Asks once of a sound store, and once for each read that may fail.
fn ask<T: Debug + PartialEq>(
    state: &MemoryState,
    question: impl Fn(&Failing<'_>) -> Result<T, ReadError<&'static str>>,
) -> u64 {
    let ask = |left| {
        let failing = Failing { state, left: Cell::new(left) };
        (question(&failing), left - failing.left.get())
    };
    let (answer, reads) = ask(u64::MAX);
    assert!(answer.is_ok() && reads > 0, "{answer:?}");
    for left in 0..reads {
        assert_eq!(ask(left).0, Err(ReadError::Store("worn out")), "with {left} of {reads} reads");
    }
    reads
}

#[test]
fn no_block_is_executed_over_a_failing_store() {
    let mut world = populated();
    // Each kind of transaction, accepted and refused, as far as the mix goes.
    let steps: Vec<_> = (0..18_u8).flat_map(|what| [(what, 2, 900), (what, 0xfd, 500)]).collect();
    let transactions = mix(&mut world, &steps);
    let cx = world.context();
    assert!(ask(&world.state, |state| execute(state, &cx, &transactions)) > 50);
    assert!(ask(&world.state, |state| build(state, &cx, &transactions, 10_000)) > 20);
    for bytes in transactions.iter().filter(|bytes| bytes.len() > 100) {
        ask(&world.state, |state| admit(state, &cx, bytes));
    }
    let block = Block::new(BlockBody {
        height: cx.height,
        time: cx.time,
        previous: cx.previous,
        transactions: raw(&transactions),
    });
    ask(&world.state, |state| judge(state, &world.tip, block.clone(), world.now));
}

#[test]
fn nothing_of_care_is_decided_over_a_failing_store() {
    let mut ward = Ward::new();
    let (ann, doc, north) = (ward.ann.clone(), ward.doc.clone(), ward.north.clone());
    ward.world.grant(&ann, 7, &forbid(hours(0, 100), ward.south.did));
    let open = ward.request();
    let session = ward.open(&open);
    let cx = ward.world.context();
    ask(&ward.world.state, |state| active_consents(state, ann.did));
    ask(&ward.world.state, |state| standing(state, session, north.did, cx.time));
    let denied = crate::access::SessionRequest { purpose: "HMARKT".into(), ..open.clone() };
    // South asks for itself, on its legal ground, and north countersigns.
    let basis = SessionBasis::LegalGround { ground: ground(1) };
    let south = ward.south.clone();
    let request = crate::access::SessionRequest {
        organisation: Some(south.did),
        credentials: Vec::new(),
        basis,
        ..open.clone()
    };
    let request = Operation::OpenSession { request };
    let countersigned = ward.world.sign(&south, &south.device(0), request, &[&north.device(1)]);
    let credential = Credential { holder: doc.did, role: role("nurse"), period: hours(0, 9) };
    let grant = Grant { slot: 9, terms: crate::fixture::open(&permit(hours(0, 9))) };
    let transactions = [
        ward.asks(&open),
        ward.asks(&denied),
        countersigned,
        ward.world.by(&north, heads(Vec::from([head(session, 0, 3, false)]))),
        ward.world.by(&north, Operation::IssueCredential { credential }),
        ward.world.by(&north, Operation::RevokeCredential { credential: ward.credential }),
        ward.world.by(&ann, Operation::GrantConsent { grant }),
        ward.world.by(&ann, Operation::RevokeConsent { consent: ward.consent }),
    ];
    let reads = ask(&ward.world.state, |state| execute(state, &cx, &transactions));
    assert!(reads > 50, "{reads}");
    // The request that is denied is on record as denied when the store is sound, and never because it is not.
    let codes = ward.world.codes(&transactions);
    assert_eq!(codes, ["ok", "ACC-014", "ok", "ok", "ok", "ok", "ok", "ok"]);
}
