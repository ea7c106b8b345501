//! Records: their facts, the commitments to both, and what custodians say about them on the ledger.

pub mod commitment;
pub mod facts;
pub mod operations;

pub use commitment::{CommitmentError, Commitments, Opening, Salt};
pub use facts::{Coding, Facts};
pub use operations::{
    Amendment, Anchor, BatchAnchor, BatchEntry, BatchState, RecordError, RecordRef, RecordState,
    RecordStatus, Retraction, TimelineEntry, Version, batch_record_id, record_id,
};
