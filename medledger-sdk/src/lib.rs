//! The client's side of MedLedger: what a wallet, a custodian's software and a reader of proofs need. Nothing here does
//! I/O, reads a clock or makes its own randomness: files, times and entropy come in as arguments.
//!
//! | module | what it holds |
//! | --- | --- |
//! | [`wallet`] | the patient: grants, revokes, reads her logs; her sheets of words, keystores, what they restore |
//! | [`requester`] | a practitioner: asks for sessions, opens releases |
//! | [`gateway`] | a custodian: judges each release anew, keeps and anchors session logs |
//! | [`agreement`] | keys that others encrypt to: HPKE |
//! | [`release`] | what travels between the two |
//! | [`seal`] | sealed records: keys, containers, wraps, destruction |
//! | [`certified`], [`access_proof`] | a part of the state under one header; that a session still stands |
//! | [`access_log`] | what an access log says of each session, and whether it is complete |
//! | [`export`] | everything of one patient in one file, and its check |
//! | [`api`] | the views that the command and every binding show |
//! | [`draft`] | who signs what until when; drafts with approvals |
//! | [`signer`] | whoever holds a key |
//! | [`identity`] | new identities, their keys, and the drafts that change them |
//! | [`consortium`] | the genesis of a consortium |
//! | [`anchor`] | records to commitments, a batch anchor, and proofs of single records in it |
//! | [`proof`] | files with proofs, checked with nothing but a genesis |
//! | [`schema`] | every wire type of this crate |
//! | [`timeline`] | a patient's records as people read them |
//! | [`time`] | times as people and JSON write them |
//! | [`fhir`] | FHIR R4 bundles to canonical content and facts |
//! | [`local`] | the authority engine, and a ledger in one process |
#![no_std]

extern crate alloc;

pub mod access_log;
pub mod access_proof;
pub mod agreement;
pub mod anchor;
pub mod api;
pub mod certified;
pub mod consortium;
pub mod draft;
pub mod export;
#[cfg(feature = "fhir")]
pub mod fhir;
#[cfg(feature = "seal")]
pub mod gateway;
pub mod identity;
#[cfg(feature = "local")]
pub mod local;
pub mod proof;
#[cfg(feature = "seal")]
pub mod release;
#[cfg(feature = "seal")]
pub mod requester;
pub mod schema;
#[cfg(feature = "seal")]
pub mod seal;
pub mod signer;
#[cfg(test)]
mod story;
#[cfg(test)]
#[allow(clippy::cast_possible_truncation, reason = "numbers of the tests' own making")]
#[allow(dead_code, reason = "each set of features has tests that use a part of it")]
mod testing;
pub mod time;
#[cfg(feature = "fhir")]
pub mod timeline;
pub mod wallet;

/// The README's Rust is compiled like any other documentation.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
