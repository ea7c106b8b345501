//! What the generated conversions stand on.

mod callbacks;
mod errors;
mod handles;
mod times;
mod values;

pub use callbacks::{Asked, Progress, ProgressError, Signer, SignerError, Told, entropy};
pub use errors::{At, MedledgerError, answer, argument};
pub use handles::{Held, distinct, together};
pub use times::{Moment, Stamp, Time};
pub(crate) use values::{value, word};

/// An argument of another language as the sdk's.
pub trait Take<T> {
    /// Converts it; `at` is where it stands.
    ///
    /// # Errors
    /// API-004 for a time that its type can't hold.
    fn take(self, at: At<'_>) -> Result<T, MedledgerError>;
}

/// What the sdk gives, as another language has it.
pub trait Give<T> {
    /// Converts it.
    fn give(self) -> T;
}
