//! Tests of the checks of terms and of what holds for every decision; the decisions themselves are in the table
//! (`spec/decisions.json`) and compared with the naive model (`tests/decisions.rs`).

mod checks;
mod properties;
