//! Sealed records: the bytes of a record as they were received, encrypted under a key of its own.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `key` | a record's key with the two salts of its commitments |
//! | `header` | what stands before the chunks: readable without the key, its facts only with it |
//! | `measure` | what a file commits to, before it is sealed piece by piece |
//! | `stream` | sealing and opening piece by piece |
//! | [`wrap`] | keys wrapped to the patient's devices and to custodians |
//! | [`record`] | a sealed record as its holder keeps it: opened, wrapped anew, destroyed |
//! | [`original`] | the texts of a bundle's resources |
//! | [`bundle`] | a whole bundle, each resource sealed by itself |
//! | `error` | what can be wrong |
//!
//! ```
//! # use core::convert::Infallible;
//! # struct Dice(u8);
//! # impl rand_core::TryRng for Dice {
//! #     type Error = Infallible;
//! #     fn try_next_u32(&mut self) -> Result<u32, Infallible> { Ok(4) }
//! #     fn try_next_u64(&mut self) -> Result<u64, Infallible> { Ok(4) }
//! #     fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
//! #         out.iter_mut().for_each(|byte| { self.0 = self.0.wrapping_mul(5).wrapping_add(7); *byte = self.0 });
//! #         Ok(())
//! #     }
//! # }
//! # impl rand_core::TryCryptoRng for Dice {}
//! # let mut rng = Dice(0); // in earnest: the operating system's
//! use medledger_core::record::Facts;
//! use medledger_sdk::seal::{ContentForm, SealedRecord};
//!
//! let facts = Facts::new("ImagingStudy/7", "ImagingStudy");
//! let (sealed, key) = SealedRecord::seal(b"DICM...", ContentForm::AsItStands, &facts, &mut rng)?;
//! let anchored = sealed.header()?.head.commitments; // what goes onto the ledger
//! let opened = sealed.open(&key, &anchored)?;
//! assert_eq!(opened.original(), b"DICM...");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod bundle;
mod error;
mod header;
mod key;
mod measure;
pub mod original;
pub mod record;
mod stream;
mod wiped;
pub mod wrap;

pub use error::SealError;
pub use header::{CHUNK, ContentForm, OVERHEAD, PREAMBLE, SealSuite, SealedHead, SealedHeader, VERSION};
pub use key::RecordKey;
pub use measure::Measure;
pub use record::{Destroyed, Kept, OpenedRecord, SealedRecord};
pub use stream::{OpenedStream, Opener, Plan, Sealer};
pub use wiped::Wiped;
pub use wrap::Wrap;

#[cfg(test)]
mod tests;
