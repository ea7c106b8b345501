//! What each operation does, each rule that refuses it, and what holds for all of them.

mod anchors;
mod approvals;
mod authentication;
mod budgets;
mod consents;
mod credentials;
mod denials;
mod disk;
mod grounds;
mod histories;
mod identity;
mod order;
mod purity;
mod records;
mod replay;
mod sessions;
mod standing;
