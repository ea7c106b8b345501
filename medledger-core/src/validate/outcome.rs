//! Results and events.

use alloc::vec::Vec;

use crate::access::AccessError;
use crate::codec::{CodecError, Wire, encode, scan};
use crate::consent::{ConsentError, TermsError};
use crate::error::Coded;
use crate::hash::{
    Did, Digest32, LogRoot, StateKey, Tag, TxHash, TxId, ValidatorsHash, hash_each, hash_wire,
};
use crate::identity::IdentityError;
use crate::limits::STATE_VALUE;
use crate::merkle::Log;
use crate::operation::{OperationError, TransactionError};
use crate::record::RecordError;
use crate::state::{Address, Event, LogEntry};

/// Why an authenticated transaction is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// By the envelope's rules.
    #[error(transparent)]
    Transaction(#[from] TransactionError),
    /// By those of identities.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// By those of records.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// By those of a consent's terms.
    #[error(transparent)]
    Terms(#[from] TermsError),
    /// By those of consents.
    #[error(transparent)]
    Consent(#[from] ConsentError),
    /// By those of access.
    #[error(transparent)]
    Access(#[from] AccessError),
}

impl From<OperationError> for Refusal {
    fn from(error: OperationError) -> Self {
        Self::Transaction(error.into())
    }
}

impl From<CodecError> for Refusal {
    fn from(error: CodecError) -> Self {
        Self::Transaction(error.into())
    }
}

crate::coded!(Refusal { Transaction, Identity, Record, Terms, Consent, Access });

wire! {
    /// The result of one transaction, a leaf of the block's results.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct TxResult {
        /// The hash of the transaction's bytes.
        pub hash: TxHash,
        /// The transaction's id; `None` when it did not authenticate, since then the bytes prove nothing about an id.
        pub id: Option<TxId>,
        /// 0, or the code of the rule that refused it.
        pub code: u64,
        /// How many events it had.
        pub events: u64,
        /// The root of a log of the events, each by itself.
        pub events_root: LogRoot,
    }
}

impl TxResult {
    /// The data of the result's leaf.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn data(&self) -> Result<Digest32, CodecError> {
        hash_wire(Tag::Result, self)
    }
}

/// What came of one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The hash of its bytes.
    pub hash: TxHash,
    /// Its id, when it authenticated.
    pub id: Option<TxId>,
    /// Why it was refused, if it was.
    pub refusal: Option<Refusal>,
    /// What it said, by subject.
    pub events: Vec<Event>,
}

/// What came of a block's transactions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Executed {
    /// In their order.
    pub outcomes: Vec<Outcome>,
    /// The validators entitled to certify the next height.
    pub next_validators: ValidatorsHash,
}

impl Executed {
    /// The results as the block commits to them, each as [`Outcome::result`]; what they hash is hashed together.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn results(&self) -> Result<Vec<TxResult>, CodecError> {
        let events = self.outcomes.iter().flat_map(|outcome| &outcome.events);
        let encoded = events.map(encode).collect::<Result<Vec<_>, _>>()?;
        let mut data = hash_each(Tag::Event, &encoded).into_iter();
        let of = |outcome: &Outcome| {
            let own: Vec<Digest32> = data.by_ref().take(outcome.events.len()).collect();
            outcome.with_events(&Log::from_data(&own))
        };
        Ok(self.outcomes.iter().map(of).collect())
    }
}

impl Outcome {
    pub(super) const fn unauthenticated(hash: TxHash, error: TransactionError) -> Self {
        Self { hash, id: None, refusal: Some(Refusal::Transaction(error)), events: Vec::new() }
    }

    /// The hash and id are filled in by the caller.
    pub(super) const fn refused(refusal: Refusal) -> Self {
        Self { hash: TxHash([0; 32]), id: None, refusal: Some(refusal), events: Vec::new() }
    }

    /// What was accepted, or denied on record.
    pub(super) const fn settled(denial: Option<Refusal>, events: Vec<Event>) -> Self {
        Self { hash: TxHash([0; 32]), id: None, refusal: denial, events }
    }

    /// The result's code.
    #[must_use]
    pub fn code(&self) -> u16 {
        self.refusal.as_ref().map_or(0, |refusal| refusal.rule().code())
    }

    /// The log of the events, under the result.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn event_log(&self) -> Result<Log, CodecError> {
        let data = self.events.iter().map(Event::data).collect::<Result<Vec<_>, _>>()?;
        Ok(Log::from_data(&data))
    }

    /// The result as the block commits to it.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn result(&self) -> Result<TxResult, CodecError> {
        Ok(self.with_events(&self.event_log()?))
    }

    fn with_events(&self, log: &Log) -> TxResult {
        TxResult {
            hash: self.hash,
            id: self.id,
            code: u64::from(self.code()),
            events: log.size(),
            events_root: log.root(),
        }
    }
}

/// What an accepted operation does: values to write and entries for the logs.
#[derive(Default)]
pub(super) struct Effects {
    pub(super) writes: Vec<(StateKey, Option<Vec<u8>>)>,
    pub(super) entries: Vec<(Did, LogEntry)>,
    /// A request that was judged and denied: nothing is written but that it was.
    pub(super) denial: Option<Refusal>,
}

impl Effects {
    /// Refuses a value that could never be read back: the transaction that wrote it would halt the ledger at the next
    /// one that reads it.
    pub(super) fn put<T: Wire>(&mut self, at: &Address, value: &T) -> Result<(), CodecError> {
        let bytes = encode(value)?;
        scan(&bytes, &STATE_VALUE)?;
        self.writes.push((at.key(), Some(bytes)));
        Ok(())
    }

    pub(super) fn remove(&mut self, at: &Address) {
        self.writes.push((at.key(), None));
    }
}
