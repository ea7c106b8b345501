//! What is known of a record without reading it: the facts that consent is judged on.
//!
//! Facts never stand on the ledger. They hang under a salted commitment of their own
//! ([`facts_commitment`](super::commitment::facts_commitment)), because a label such as HIV, or a time to the
//! millisecond, is a disclosure. They are opened to a custodian's gateway, to the patient and to an auditor.

use alloc::string::String;
use alloc::vec::Vec;

use super::commitment::CommitmentError;
use crate::codec::{encode, scan};
use crate::limits;
use crate::units::Interval;
pub use crate::vocabulary::Coding;

wire! {
    /// The facts of one record.
    ///
    /// None of the lists has an order that means anything, so each is a sorted set: ascending by bytes, without
    /// repeats. [`Facts::normalise`] makes it so and [`Facts::check`] demands it; otherwise the same facts would
    /// have many commitments.
    ///
    /// `Debug` shows health data. Print it in tests, not in logs.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Facts {
        /// What the record is called where it came from, such as `Observation/17` or a URI.
        pub reference: String,
        /// The FHIR resource type, or the importer's own word for another source.
        pub resource_type: String,
        /// The categories that the record was filed under. A sorted set.
        pub category: Vec<Coding>,
        /// The codes found in the record. A sorted set.
        pub codes: Vec<Coding>,
        /// Confidentiality and sensitivity labels. A sorted set. `None`: nobody assessed the record. An empty list:
        /// assessed, no label applies.
        pub labels: Option<Vec<Coding>>,
        /// References to those who made, asserted or recorded it. A sorted set.
        pub authors: Vec<String>,
        /// References that the record makes to others. A sorted set.
        pub related: Vec<String>,
        /// When it happened clinically, to the stated precision; `None` when the record does not say.
        pub clinical: Option<Interval>,
    }
}

impl Facts {
    /// Facts of which nothing but the name and the type are known; labels are not assessed.
    #[must_use]
    pub fn new(reference: impl Into<String>, resource_type: impl Into<String>) -> Self {
        Self {
            reference: reference.into(),
            resource_type: resource_type.into(),
            category: Vec::new(),
            codes: Vec::new(),
            labels: None,
            authors: Vec::new(),
            related: Vec::new(),
            clinical: None,
        }
    }

    /// The same facts with every list sorted and without repeats.
    #[must_use]
    pub fn normalise(mut self) -> Self {
        fn set<T: Ord>(list: &mut Vec<T>) {
            list.sort_unstable();
            list.dedup();
        }
        set(&mut self.category);
        set(&mut self.codes);
        self.labels.iter_mut().for_each(set);
        set(&mut self.authors);
        set(&mut self.related);
        self
    }

    /// Whether these facts may be committed to.
    ///
    /// # Errors
    /// [`CommitmentError::Unnamed`], [`CommitmentError::NotASet`], [`CommitmentError::EmptyInterval`], and
    /// [`CommitmentError::Encoding`] where a list or text is past [`limits::FACTS`].
    pub fn check(&self) -> Result<(), CommitmentError> {
        self.encoded().map(drop)
    }

    /// The encoding of facts that pass [`Facts::check`].
    pub(super) fn encoded(&self) -> Result<Vec<u8>, CommitmentError> {
        let set = |field, is_set| if is_set { Ok(()) } else { Err(CommitmentError::NotASet { field }) };
        if self.reference.is_empty() {
            return Err(CommitmentError::Unnamed { field: "reference" });
        }
        if self.resource_type.is_empty() {
            return Err(CommitmentError::Unnamed { field: "resource_type" });
        }
        set("category", ascends(&self.category))?;
        set("codes", ascends(&self.codes))?;
        set("labels", self.labels.as_deref().is_none_or(ascends))?;
        set("authors", ascends(&self.authors))?;
        set("related", ascends(&self.related))?;
        if self.clinical.is_some_and(|interval| !interval.is_proper()) {
            return Err(CommitmentError::EmptyInterval);
        }
        let wrap = |error| CommitmentError::Encoding { error };
        let bytes = encode(self).map_err(wrap)?;
        scan(&bytes, &limits::FACTS).map_err(wrap)?;
        Ok(bytes)
    }
}

fn ascends<T: Ord>(list: &[T]) -> bool {
    list.is_sorted_by(|a, b| a < b)
}
