//! What each operation does, each rule that refuses it, and what holds for all of them.

mod approvals;
mod authentication;
mod budgets;
mod consents;
mod credentials;
mod denials;
mod grounds;
mod identity;
mod order;
mod purity;
mod records;
mod sessions;
