//! The MedLedger protocol: what a node, a wallet, a light client and an auditor must agree on to the byte.
//!
//! Everything here is pure: bytes, state and time come in as arguments, results go out as values. There is no
//! clock, no random source, no I/O, no float and no panic on any input.
//!
//! Modules, from the ground up; none imports one that stands further down:
//!
//! | module | what it holds |
//! | --- | --- |
//! | [`error`] | rules and their codes |
//! | [`codec`] | deterministic CBOR: the `wire!` table, the scanner, bounded decoding |
//! | [`hash`] | domain-separated SHA3-256 and one type per meaning |
//! | [`units`], [`limits`] | times, heights, intervals; every limit in one table |
//! | [`crypto`] | keys, algorithm ids, the pinned signature rule, single and batch |
//! | [`merkle`] | the log (RFC 9162 shape) and the compact sparse state tree |
//! | [`vocabulary`] | the standards' codes: purposes of use, confidentiality, sensitivity |
//! | [`identity`] | who signs, with which keys, and how keys come and go |
//! | [`record`] | facts, salted commitments, anchors, amendments |
//! | [`consent`] | consents as data, and the one function that decides on them |
//! | [`access`] | sessions, legal grounds, what custodians report |
//! | [`operation`] | the signed envelope, replay windows, quotas and budgets, two-phase signing |
//! | [`state`] | what the ledger remembers, under which keys; the three logs of a subject |
//! | [`validate`] | what a transaction does to the state, or why it does nothing |
//! | [`block`] | what a proposer puts together, and what makes a block unacceptable |
//! | [`chain`] | the genesis, and the header that is certified about each height |
//! | [`consensus`] | rules of finality |
//! | [`light`] | receipts, and what a client can check that holds no chain |
//! | [`schema`] | the lists of all wire types and of all rules |
//! | `strategies` | values of every wire type for property tests (feature `strategies`) |
#![no_std]
#![deny(clippy::float_arithmetic, clippy::float_cmp)]
// Tests may compute with numbers of their own making.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

extern crate alloc;

#[macro_use]
pub mod error;
#[macro_use]
pub mod codec;
#[macro_use]
pub mod hash;
pub mod units;

pub mod limits;

pub mod crypto;
pub mod merkle;
pub mod vocabulary;

pub mod access;
pub mod consent;
pub mod identity;
pub mod record;

pub mod operation;

pub mod state;

pub mod validate;

pub mod block;

pub mod chain;

pub mod consensus;

pub mod light;

pub mod schema;

#[cfg(any(test, feature = "strategies"))]
pub mod strategies;

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "numbers of the tests' own making")]
mod fixture;
