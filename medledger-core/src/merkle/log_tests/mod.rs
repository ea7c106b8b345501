//! Logs, ranges and proofs against the RFC's recursive definition, two other implementations and every change
//! that an attacker could make.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::log::{Log, LogError};
use super::node::{EMPTY_ROOT, leaf, node};
use crate::error::Coded;
use crate::hash::{Digest32, LogRoot, NodeHash};

mod build;
mod oracles;
mod proofs;
mod sizes;

/// The data of leaf `n`.
fn datum(n: u64) -> Digest32 {
    crate::hash::hash(crate::hash::Tag::Timeline, &[&n.to_be_bytes()])
}

fn data(size: u64) -> Vec<Digest32> {
    (0..size).map(datum).collect()
}

fn log(size: u64) -> Log {
    Log::from_data(&data(size))
}

/// MTH of RFC 9162 §2.1.1, word for word.
fn mth(data: &[Digest32]) -> LogRoot {
    match data {
        [] => EMPTY_ROOT,
        [only] => LogRoot(leaf(only).0),
        _ => {
            let k = data.len().next_power_of_two() / 2;
            LogRoot(node(&NodeHash(mth(&data[..k]).0), &NodeHash(mth(&data[k..]).0)).0)
        }
    }
}

fn rule<T>(result: Result<T, LogError>) -> String {
    result.map_or_else(|error| error.rule().to_string(), |_| "ok".into())
}
