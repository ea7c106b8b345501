//! Records: their facts, the commitments to both.

pub mod commitment;
pub mod facts;
