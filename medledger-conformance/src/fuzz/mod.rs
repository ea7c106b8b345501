//! The bodies of the fuzz targets, each a plain function over bytes that panics where its property does not hold.
//!
//! | file | what it holds |
//! | --- | --- |
//! | [`wire`] | every wire type: one value, one encoding |
//! | [`proof`] | proofs about logs, ranges and the state: what verifies is the honest claim |
//! | [`light`] | receipts, exports, logs, values, headers: a changed file shows no other fact |
//! | [`block`] | blocks of whatever transactions: execution is total and deterministic, and nothing leaves a trace that may not |
//! | [`fhir_bundle`] | FHIR bundles: read or refused, and read again the same |
//! | [`consent`] | FHIR Consents: read faithfully or refused, and written so that they read back |
//! | [`sealed`] | sealed records: what opens is what was sealed |
//! | [`keystore`] | keystores and sheets of words: what opens is what was written |
//! | [`world`] | the small ledger that they attack |
//! | [`seeds`] | what fuzzing begins with |
//! | [`kept`] | what fuzzing found worth keeping |
//! | `input`, `edit` | an input as choices, and as changes to honest values that leave them well-formed |
//! | `cbor` | deterministic CBOR as another reader sees it |
//! | `dice` | entropy that is the same in every run |

pub mod block;
mod cbor;
pub mod consent;
pub(crate) mod dice;
mod edit;
pub mod fhir_bundle;
mod input;
pub mod kept;
pub mod keystore;
pub mod light;
pub mod proof;
pub mod sealed;
pub mod seeds;
pub mod wire;
pub mod world;

/// A target: its name, and its body.
pub type Body = (&'static str, fn(&[u8]));

/// Every target. Each has a program in `fuzz/fuzz_targets` and a folder in `fuzz/seeds` of its name.
pub const BODIES: &[Body] = &[
    ("wire", wire::wire),
    ("proof", proof::proof),
    ("light", light::light),
    ("block", block::block),
    ("fhir_bundle", fhir_bundle::fhir_bundle),
    ("consent", consent::consent),
    ("sealed", sealed::sealed),
    ("keystore", keystore::keystore),
];
