//! The embedded store.

mod error;

pub use error::StoreError;
