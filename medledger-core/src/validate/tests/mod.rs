//! What each operation does, and each rule that refuses it.

mod consents;
mod credentials;
mod denials;
mod grounds;
mod identity;
mod sessions;
