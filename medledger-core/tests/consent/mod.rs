//! What the tests of consent decisions share: a naive model, cases at random, and the table.

pub mod naive;
pub mod random;
pub mod table;
