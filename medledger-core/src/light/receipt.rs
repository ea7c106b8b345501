//! A portable receipt of one event.
//!
//! It shows one subject's event and nobody else's, offline, to whoever has the genesis. As made it carries the evidence
//! for its own header. Refreshed later it carries instead a path in the log of headers that a newer header's state
//! holds, so that it outlives every change of the validators.

use alloc::vec::Vec;

use super::header::{Anchored, CertifiedHeader, Verifier};
use super::{LightError, LightFault};
use crate::chain::AppRoot;
use crate::codec::CodecError;
use crate::consensus::Evidence;
use crate::merkle::{InclusionProof, Log, Peaks};
use crate::state::{Address, Event, ValueProof, read};
use crate::units::Height;
use crate::validate::{Executed, Outcome, TxResult};

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

wire! {
    /// What a node keeps of one transaction: its result, and the events that the result commits to.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct KeptResult {
        /// The result.
        pub result: TxResult,
        /// Its events.
        pub events: Vec<Event>,
    }
}

wire! {
    /// What a node keeps of a block's results, to make receipts from.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct KeptResults {
        /// In the order of the transactions.
        pub results: Vec<KeptResult>,
    }
}

impl KeptResults {
    /// What to keep of a block that was executed.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn new(executed: &Executed) -> Result<Self, CodecError> {
        Ok(Self::of(executed, executed.results()?))
    }

    /// The same, with the results at hand: those that sealing the block gave.
    #[must_use]
    pub fn of(executed: &Executed, results: Vec<TxResult>) -> Self {
        let keep = |(result, outcome): (TxResult, &Outcome)| {
            let events = outcome.events.clone();
            KeptResult { result, events }
        };
        Self { results: results.into_iter().zip(&executed.outcomes).map(keep).collect() }
    }

    /// The receipt of one event, with the evidence for its own header; `None` when there is no such event, or the header
    /// is of another block.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn receipt(
        &self,
        header: &CertifiedHeader,
        index: u64,
        place: u64,
    ) -> Result<Option<Receipt>, CodecError> {
        let found = usize::try_from(index).ok().and_then(|index| self.results.get(index));
        let Some(KeptResult { result, events }) = found else { return Ok(None) };
        let Some(event) = usize::try_from(place).ok().and_then(|place| events.get(place)) else {
            return Ok(None);
        };
        let event_data = events.iter().map(Event::data).collect::<Result<Vec<_>, _>>()?;
        let result_data =
            self.results.iter().map(|kept| kept.result.data()).collect::<Result<Vec<_>, _>>()?;
        let results = Log::from_data(&result_data);
        let paths = (Log::from_data(&event_data).inclusion(place), results.inclusion(index));
        let (Ok(event_path), Ok(result_path)) = paths else { return Ok(None) };
        if results.root().0 != header.header.results_root.0 {
            return Ok(None);
        }
        Ok(Some(Receipt {
            event: event.clone(),
            place,
            event_path,
            result: result.clone(),
            result_path,
            header: header.header.clone(),
            anchor: ReceiptAnchor::Evidence { evidence: header.evidence.clone() },
        }))
    }
}

impl Receipt {
    /// The same receipt, standing on a later header: `path` shows its own header in the log of headers, whose peaks
    /// `peaks` proves in the later header's state.
    #[must_use]
    pub fn refreshed(self, path: InclusionProof, peaks: ValueProof, later: CertifiedHeader) -> Self {
        let CertifiedHeader { header, evidence } = later;
        Self { anchor: ReceiptAnchor::LogPath { path, peaks, header, evidence: Some(evidence) }, ..self }
    }

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
