//! A portable receipt of one event.
//!
//! It shows one subject's event and nobody else's, offline, to whoever has the genesis. As made it carries the evidence
//! for its own header. Refreshed later it carries instead a path in the log of headers that a newer header's state
//! holds, so that it outlives every change of the validators.

use super::header::{Anchored, Verifier};
use super::{LightError, LightFault};
use crate::chain::AppRoot;
use crate::consensus::Evidence;
use crate::merkle::{InclusionProof, Peaks};
use crate::state::{Address, Event, ValueProof, read};
use crate::units::Height;
use crate::validate::TxResult;

wire! {
    /// What a receipt's header stands on.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum ReceiptAnchor {
        /// Evidence for it, as made.
        1 => Evidence {
            /// The evidence.
            evidence: Evidence,
        },
        /// A later header.
        2 => LogPath {
            /// That the receipt's header is in the log of headers.
            path: InclusionProof,
            /// The peaks of that log, in the later header's state.
            peaks: ValueProof,
            /// The later header.
            header: AppRoot,
            /// Evidence for it, for a client that has not seen it.
            evidence: Option<Evidence>,
        },
    }
}

wire! {
    /// A receipt of one event.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Receipt {
        /// The event: whose log, where in it, and what it says.
        pub event: Event,
        /// Its place among the transaction's events.
        pub place: u64,
        /// That it is there.
        pub event_path: InclusionProof,
        /// The transaction's result.
        pub result: TxResult,
        /// That it is the block's, at the place that the event names.
        pub result_path: InclusionProof,
        /// The block's header.
        pub header: AppRoot,
        /// What that stands on.
        pub anchor: ReceiptAnchor,
    }
}

impl Receipt {
    /// Checks the receipt.
    ///
    /// Gives the header that vouches for it: its own, or the later one of a log path.
    ///
    /// # Errors
    /// [`LightError`] with the first thing that does not hold.
    pub fn check(&self, verifier: &Verifier) -> Result<Anchored, LightError> {
        let Self { event, result, header, .. } = self;
        header.check(verifier.chain())?;
        let leaf = &event.leaf;
        let agree = |what, agrees| {
            if agrees { Ok(()) } else { Err(LightFault::Inconsistent { what }) }
        };
        agree("transaction", result.id == Some(leaf.tx))?;
        agree("code", result.code == leaf.code)?;
        agree("height", header.height == leaf.height)?;
        agree("time", header.time == leaf.time)?;
        self.event_path
            .verify(&result.events_root, result.events, self.place, &event.data()?)
            .map_err(|why| LightFault::EventNotInResult { why })?;
        let results = crate::hash::LogRoot(header.results_root.0);
        self.result_path
            .verify(&results, header.count, leaf.index, &result.data()?)
            .map_err(|why| LightFault::ResultNotInBlock { why })?;
        match &self.anchor {
            ReceiptAnchor::Evidence { evidence } => verifier.header(header, evidence),
            ReceiptAnchor::LogPath { path, peaks, header: later, evidence } => {
                let anchored = verifier.known_or_certified(later, evidence.as_ref())?;
                let peaks = headers_of(&anchored, peaks)?;
                path.verify(&peaks.root(), peaks.size, header.height.0, &header.hash()?.0)
                    .map_err(|why| LightFault::HeaderNotInLog { why })?;
                Ok(anchored)
            }
        }
    }

    /// The height at which the event was recorded.
    #[must_use]
    pub const fn height(&self) -> Height {
        self.header.height
    }
}

/// The log of headers that a header's state holds.
fn headers_of(anchored: &Anchored, proof: &ValueProof) -> Result<Peaks, LightError> {
    let state = proof.verify(&anchored.header.state_root)?;
    if state.len() != 1 {
        return Err(LightFault::WrongKeys.into());
    }
    match read::<Peaks, _>(&state, &Address::Headers) {
        Ok(Some(peaks)) => Ok(peaks),
        Ok(None) | Err(_) => Err(LightFault::WrongKeys.into()),
    }
}
