//! What any implementation of MedLedger is held to. So far: the bodies of the fuzz targets ([`fuzz`]).

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
