//! What each operation does, each rule that refuses it, and what holds for all of them.

mod approvals;
mod authentication;
mod budgets;
mod identity;
mod order;
mod purity;
mod records;
