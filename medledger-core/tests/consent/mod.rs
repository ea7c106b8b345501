//! What the tests of consent decisions share: a naive model and cases at random.

pub mod naive;
pub mod random;
