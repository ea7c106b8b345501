//! What each operation does, and each rule that refuses it.

mod anchors;
mod consents;
mod credentials;
mod denials;
mod grounds;
mod histories;
mod identity;
mod sessions;
mod standing;
