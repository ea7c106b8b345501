//! What any implementation of MedLedger is held to: the vectors of `spec/vectors`, their generator and the runner through
//! the library's public interface ([`vectors`]), and the bodies of the fuzz targets ([`fuzz`]).

#[allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic is what these bodies report a find with"
)]
pub mod fuzz;

#[allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a generator that can't go on stops, and the runner stops where the vectors are not what they should be"
)]
pub mod vectors;
