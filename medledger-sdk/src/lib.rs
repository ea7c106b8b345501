//! The client's side of MedLedger.
#![no_std]

extern crate alloc;

#[cfg(feature = "fhir")]
pub mod fhir;
#[cfg(feature = "local")]
pub mod local;
pub mod schema;
