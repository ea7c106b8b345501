//! The client's side of MedLedger.
#![no_std]

extern crate alloc;
