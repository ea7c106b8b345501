//! Blocks of whatever transactions: honest ones changed and signed anew, replayed, spoilt, or the input's own bytes.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use medledger_core::block::{Block, BlockBody, build, judge};
use medledger_core::chain::{seal, transactions_log};
use medledger_core::codec::{CodecError, decode, encode};
use medledger_core::consensus::{Authority, Certified};
use medledger_core::hash::{KeyId, StateKey};
use medledger_core::light::{CertifiedHeader, KeptResults};
use medledger_core::limits::{BLOCK_BYTES, PROOF};
use medledger_core::merkle::tree::{MemoryTree, update, value_hash};
use medledger_core::operation::{Body, OperationError, Transaction, TransactionError};
use medledger_core::state::{Address, Delta, MemoryState};
use medledger_core::units::{Millis, Timestamp};
use medledger_core::validate::{BlockContext, Executed, Outcome, Refusal, admit, execute};
use serde_bytes::ByteBuf;

use super::edit::edited;
use super::input::Choices;
use super::world::{WORLD, World, validator};

/// The most transactions of one input.
const MOST: usize = 8;
/// Of these the first are executed by themselves too.
const ALONE: usize = 3;

/// Parts for changes: every body that the ledger would accept.
static PARTS: LazyLock<Vec<Vec<u8>>> =
    LazyLock::new(|| WORLD.next.iter().map(|(body, _)| encode(body).unwrap()).collect());
static KEYS: LazyLock<Vec<KeyId>> = LazyLock::new(|| WORLD.keys.keys().copied().collect());

/// The target. The first byte says when, each transaction's first what it is.
///
/// - Execution is total and deterministic, and gives a result a transaction.
/// - A transaction that does not authenticate leaves no trace; one that is refused, nothing but its counter and budget.
/// - What authenticated once never does again.
/// - The sealed root is that of a tree built anew from the state, and receipts of its events verify.
/// - What a proposer puts together from these transactions is accepted; a mempool takes what would count, and no more.
pub fn block(input: &[u8]) {
    let world = &*WORLD;
    let mut choices = Choices::new(input);
    let when = choices.byte();
    if when == 255 {
        return own(choices.rest());
    }
    let hours = [0, 1, 2, 25, 200, 2_000][usize::from(when) % 6];
    let time = world.now.plus(Millis::hours(hours)).unwrap();
    let mut transactions: Vec<Vec<u8>> = Vec::new();
    while !choices.is_empty() && transactions.len() < MOST {
        let next = transaction(world, time, &transactions, &mut choices);
        transactions.push(next);
    }
    run(world, time, &transactions);
}

/// The input as a block or a transaction of its own.
fn own(bytes: &[u8]) {
    let world = &*WORLD;
    if let Ok(block) = Block::decode(bytes) {
        assert_eq!(block.encode().unwrap(), bytes);
        let judged = judge(world.ledger.state(), world.ledger.tip(), block, world.now).unwrap();
        if let Ok(block) = judged {
            let body = block.body();
            assert_eq!(
                (body.height, body.previous),
                (next(world, world.now).height, world.ledger.tip().hash)
            );
        }
    }
    run(world, world.now, &[bytes.to_vec()]);
}

fn transaction(world: &World, time: Timestamp, made: &[Vec<u8>], choices: &mut Choices<'_>) -> Vec<u8> {
    match choices.byte() % 8 {
        0 => {
            let most = choices.number();
            choices.bytes(most).to_vec()
        }
        1 => choices.of(&world.transactions).clone(),
        2 if !made.is_empty() => choices.of(made).clone(),
        3 if !made.is_empty() => {
            let mut bytes = choices.of(made).clone();
            let at = choices.number();
            if let Some(index) = at.checked_rem(bytes.len()) {
                bytes[index] ^= choices.byte() | 1;
            }
            bytes
        }
        // The envelope and the payload in it.
        4 => {
            let (body, approvals) = choices.of(&world.next);
            let (_, bytes) = world.sign(body.clone(), approvals).unwrap();
            if made.len().is_multiple_of(2) { envelope(&bytes, choices) } else { bytes }
        }
        _ => signed(world, time, choices),
    }
}

/// An envelope changed as bytes: a part cut out, doubled or overwritten.
fn envelope(bytes: &[u8], choices: &mut Choices<'_>) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let from = choices.below(bytes.len());
    let until = (from + usize::from(choices.byte())).min(bytes.len());
    match choices.byte() % 3 {
        0 => drop(bytes.drain(from..until)),
        1 => {
            let part = bytes[from..until].to_vec();
            bytes.splice(from..from, part);
        }
        _ => {
            let part = choices.bytes(until - from).to_vec();
            bytes.splice(from..from + part.len(), part);
        }
    }
    bytes
}

/// An honest body changed, signed by the key that it then names, with approvals of the right keys or of others.
fn signed(world: &World, time: Timestamp, choices: &mut Choices<'_>) -> Vec<u8> {
    let (honest, approvals) = choices.of(&world.next);
    let changed = edited(&encode(honest).unwrap(), &PARTS, choices);
    let mut body: Body = decode(&changed, &PROOF).unwrap_or_else(|_| honest.clone());
    let how = choices.byte();
    if how & 1 == 1 {
        body.key = *choices.of(&KEYS);
    }
    if how & 2 == 2 {
        body.counter =
            body.counter.wrapping_add(u64::from(choices.byte())).wrapping_sub(u64::from(choices.byte()));
    }
    if how & 4 == 0 {
        body.signed_at = time;
        body.valid_until = time.plus(Millis::hours(1)).unwrap_or(time);
    }
    let by = match how >> 3 & 3 {
        0 | 1 => approvals.clone(),
        2 => Vec::new(),
        _ => (0..choices.byte() % 4).map(|_| *choices.of(&KEYS)).collect(),
    };
    world.sign(body, &by).map_or(changed, |(_, bytes)| bytes)
}

fn next(world: &World, time: Timestamp) -> BlockContext {
    let tip = world.ledger.tip();
    BlockContext { chain: tip.chain, height: tip.height.next().unwrap(), time, previous: tip.hash }
}

fn executed(state: &MemoryState, cx: &BlockContext, transactions: &[Vec<u8>]) -> (Executed, Delta) {
    execute(state, cx, transactions).expect("the state is sound")
}

fn run(world: &World, time: Timestamp, transactions: &[Vec<u8>]) {
    let state = world.ledger.state();
    let cx = next(world, time);
    let (done, delta) = executed(state, &cx, transactions);
    assert_eq!((done.clone(), delta.clone()), executed(state, &cx, transactions), "two runs differ");
    assert_eq!(done.outcomes.len(), transactions.len());

    if done.outcomes.iter().any(|outcome| outcome.id.is_none()) {
        leaves_no_trace(state, &cx, transactions, &done, &delta);
    }
    for (number, (bytes, outcome)) in transactions.iter().zip(&done.outcomes).enumerate() {
        if number < ALONE {
            alone(state, &cx, bytes);
        }
        // Another one with this id may stand before it, but nothing else is said of an id that did not authenticate.
        if let Ok(decoded) = Transaction::decode(bytes, &cx.chain) {
            assert!(outcome.id.is_none() || outcome.id == Some(decoded.id));
        } else {
            assert!(outcome.id.is_none());
        }
    }
    proposed(state, &cx, world, transactions);

    let sealed = seal(&world.tree, &cx, transactions, &done, &delta).expect("the tree is sound");
    let mut after = state.clone();
    after.apply(&delta);
    let values = after.iter().map(|(key, value)| (*key, Some(value_hash(value)))).collect();
    let (root, _) = update(&MemoryTree::default(), &values).unwrap();
    assert_eq!(sealed.app_root.state_root, root, "the root is not that of the state");
    assert_eq!(sealed.app_root.transactions_root.0, transactions_log(transactions).root().0);
    receipt(world, &cx, &done, &sealed.app_root);

    let later = BlockContext { height: cx.height.next().unwrap(), previous: sealed.hash, ..cx };
    let (again, _) = executed(&after, &later, transactions);
    for (first, second) in done.outcomes.iter().zip(&again.outcomes) {
        assert!(first.id.is_none() || second.id.is_none(), "a transaction counted twice");
    }
}

/// With every transaction that did not authenticate replaced by nothing, all is the same but their hashes.
fn leaves_no_trace(
    state: &MemoryState,
    cx: &BlockContext,
    transactions: &[Vec<u8>],
    done: &Executed,
    delta: &Delta,
) {
    let counts = |(bytes, outcome): (&Vec<u8>, &Outcome)| match outcome.id {
        Some(_) => bytes.clone(),
        None => {
            assert!(outcome.events.is_empty() && matches!(outcome.refusal, Some(Refusal::Transaction(_))));
            Vec::new()
        }
    };
    let counted: Vec<Vec<u8>> = transactions.iter().zip(&done.outcomes).map(counts).collect();
    let (without, same) = executed(state, cx, &counted);
    assert_eq!(*delta, same, "what did not authenticate left a trace");
    let lasting = |done: &Executed| -> Vec<Outcome> {
        done.outcomes.iter().filter(|o| o.id.is_some()).cloned().collect()
    };
    assert_eq!(lasting(done), lasting(&without));
}

/// A transaction in a block of its own: a mempool takes it just when it would count, and a refusal writes nothing but
/// counter and budget.
fn alone(state: &MemoryState, cx: &BlockContext, bytes: &[u8]) {
    let (done, delta) = executed(state, cx, &[bytes.to_vec()]);
    let [outcome] = done.outcomes.as_slice() else { panic!("one outcome") };
    let no_quota = matches!(
        outcome.refusal,
        Some(Refusal::Transaction(TransactionError::Operation(OperationError::QuotaUsedUp { .. })))
    );
    let counts = outcome.id.is_some() && !no_quota;
    assert_eq!(admit(state, cx, bytes).expect("the state is sound").is_ok(), counts);
    let mut may = BTreeSet::from([Address::Headers.key()]);
    if let (Some(_), Ok(decoded)) = (outcome.id, Transaction::decode(bytes, &cx.chain)) {
        may.insert(Address::KeyUsage(decoded.body.key).key());
        may.insert(Address::IdentityUsage(decoded.body.signer).key());
    }
    if outcome.refusal.is_some() && outcome.events.is_empty() {
        let written: BTreeSet<StateKey> = delta.writes.keys().copied().collect();
        assert!(written.is_subset(&may), "a refusal wrote more than its counter and budget");
    }
}

/// What a proposer chooses from these transactions makes a block that others accept.
fn proposed(state: &MemoryState, cx: &BlockContext, world: &World, transactions: &[Vec<u8>]) {
    let chosen = build(state, cx, transactions, BLOCK_BYTES).expect("the state is sound");
    let transactions = chosen.iter().map(|index| ByteBuf::from(transactions[*index].clone())).collect();
    let body = BlockBody { height: cx.height, time: cx.time, previous: cx.previous, transactions };
    let judged = judge(state, world.ledger.tip(), Block::new(body), cx.time).expect("the state is sound");
    assert!(judged.is_ok(), "a proposer's own block is refused: {judged:?}");
}

/// The receipt of the block's last event verifies, with evidence made for the header.
fn receipt(world: &World, cx: &BlockContext, done: &Executed, header: &medledger_core::chain::AppRoot) {
    let last = (0_u64..).zip(&done.outcomes).filter(|(_, outcome)| !outcome.events.is_empty()).last();
    let Some((index, outcome)) = last else { return };
    let certified = Certified { root: header.hash().unwrap(), root_of: cx.height, time: cx.time };
    let clock_ahead = world.ledger.genesis().params.clock_ahead;
    let message = Authority { chain: cx.chain, clock_ahead }.to_be_signed(&certified, 0).unwrap();
    let evidence =
        Authority::evidence(&certified, 0, validator().public(), validator().sign(&message)).unwrap();
    let kept = KeptResults::new(done).unwrap();
    let place = outcome.events.len() as u64 - 1;
    let receipt = kept.receipt(&CertifiedHeader { header: header.clone(), evidence }, index, place).unwrap();
    let receipt = receipt.expect("an event of the block has a receipt");
    let anchored = receipt.check(&world.verifier().at(cx.time)).expect("a receipt as made verifies");
    assert_eq!(anchored.header, *header);
    let bytes = encode(&receipt).unwrap();
    assert_eq!(decode::<medledger_core::light::Receipt>(&bytes, &PROOF), Ok::<_, CodecError>(receipt));
}
