//! What a transaction does to the state, or why it does nothing.
//!
//! A transaction that *authenticates* (decoding, ledger, live key, signature, window, `valid_until`, in this order)
//! uses its counter and its budget whatever comes of it. What does not authenticate changes nothing. The code of a
//! result is that of the first check that fails in the stated order.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `authenticate` | the checks that decide whether a transaction counts at all |
//! | `signatures` | all signatures of a block verified at once, beforehand |
//! | `places` | where the state keeps what every transaction asks for |
//! | `approvals` | who else must agree, and did |
//! | `identity`, `credential`, `record`, `consent`, `access` | what each operation does, by domain |
//! | `standing` | whether a session still stands, and what the subject's consents say |
//! | `candidates` | which waiting transactions could stand in the next block |
//! | `outcome` | results and events |
//! | `overlay` | the state as the transactions before have left it |

mod access;
mod approvals;
mod authenticate;
mod candidates;
mod consent;
mod credential;
mod identity;
mod outcome;
mod overlay;
mod places;
mod record;
mod signatures;
mod standing;

use alloc::vec::Vec;

pub use authenticate::{Admission, Via};
pub use candidates::{Candidate, candidates};
pub use outcome::{Executed, Outcome, Refusal, TxResult};
pub use overlay::Overlay;
pub use standing::{ActiveConsent, Standing, active_consents, answers, standing};

use crate::error::{Coded, ReadError};
use crate::hash::{AppRootHash, ChainId};
use crate::merkle::Peaks;
use crate::operation::{Operation, OperationError, Transaction, TransactionError, Usage, tx_hashes};
use crate::state::{Address, Delta, Event, LogEntry, LogLeaf, Params, Schedule, StateRead, read, read_at};
use crate::units::{Height, Timestamp};

use authenticate::{Signer, authenticate};
use outcome::Effects;
use places::Places;
use signatures::{Known, Verified};

/// The block that transactions are executed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockContext {
    /// The ledger.
    pub chain: ChainId,
    /// The block's height, from 1.
    pub height: Height,
    /// The block's time: consent, expiry and validity are judged on it.
    pub time: Timestamp,
    /// What was certified about the height before.
    pub previous: AppRootHash,
}

/// Why a handler stops.
pub(crate) enum Stop<E> {
    /// The transaction is refused.
    Refused(Refusal),
    /// The state can't be read: no verdict at all.
    Read(ReadError<E>),
}

impl<E> From<ReadError<E>> for Stop<E> {
    fn from(error: ReadError<E>) -> Self {
        Self::Read(error)
    }
}

impl<E, R: Into<Refusal>> From<R> for Stop<E> {
    fn from(refusal: R) -> Self {
        Self::Refused(refusal.into())
    }
}

/// Executes the transactions of a block in their order, each seeing those before it.
///
/// Pure: the same state, context and bytes give the same results and changes on every machine. A transaction that is
/// refused gets a code and never makes the block invalid.
///
/// # Errors
/// [`ReadError`] when the state can't be read: a bad disk is no verdict.
pub fn execute<S: StateRead, B: AsRef<[u8]>>(
    state: &S,
    cx: &BlockContext,
    transactions: &[B],
) -> Result<(Executed, Delta), ReadError<S::Error>> {
    let decoded = Transaction::decode_each(transactions, &cx.chain);
    let places = Places::of_each(&decoded);
    let verified = Verified::in_advance(state, &decoded, &places)?;
    run(state, cx, transactions, (decoded, &places), &verified)
}

/// Runs what was decoded. The result is the same whatever was verified in advance.
fn run<S: StateRead, B: AsRef<[u8]>>(
    state: &S,
    cx: &BlockContext,
    transactions: &[B],
    (decoded, places): (Vec<Result<Transaction, TransactionError>>, &[Option<Places>]),
    verified: &Verified,
) -> Result<(Executed, Delta), ReadError<S::Error>> {
    let mut overlay = Overlay::new(state);
    let params = params(&overlay)?;
    append_header(&mut overlay, cx.previous)?;
    let mut outcomes = Vec::with_capacity(transactions.len());
    for (index, ((hash, transaction), places)) in
        (0_u64..).zip(tx_hashes(transactions).zip(decoded).zip(places))
    {
        let outcome = match transaction {
            Err(error) => Outcome::unauthenticated(hash, error),
            Ok(transaction) => {
                let places = places.unwrap_or_else(|| Places::of(&transaction.body));
                let run =
                    Run { cx, params: &params, index, transaction: &transaction, places: &places, verified };
                match run.step(&mut overlay)? {
                    Stepped::Unauthenticated(error) => Outcome::unauthenticated(hash, error),
                    Stepped::Done(outcome) => Outcome { hash, id: Some(transaction.id), ..outcome },
                }
            }
        };
        outcomes.push(outcome);
    }
    let schedule: Schedule =
        read(&overlay, &Address::Validators)?.ok_or(ReadError::Damaged { what: "Schedule" })?;
    let next = cx.height.next().ok_or(ReadError::Damaged { what: "Height" })?;
    let next_validators = schedule.at(next).hash().map_err(|_| ReadError::Damaged { what: "Schedule" })?;
    Ok((Executed { outcomes, next_validators }, overlay.into_delta()))
}

/// Whether a mempool should take a transaction now: it authenticates and its budget has room. Advisory; what counts is
/// [`execute`].
///
/// # Errors
/// [`ReadError`] when the state can't be read; the inner error says why the transaction would not count.
pub fn admit<S: StateRead>(
    state: &S,
    cx: &BlockContext,
    bytes: &[u8],
) -> Result<Result<Admission, TransactionError>, ReadError<S::Error>> {
    let params = params(state)?;
    let transaction = match Transaction::decode(bytes, &cx.chain) {
        Ok(transaction) => transaction,
        Err(error) => return Ok(Err(error)),
    };
    let places = Places::of(&transaction.body);
    let signer = match authenticate(state, cx, &transaction, &places, Known::default())? {
        Ok(signer) => signer,
        Err(error) => return Ok(Err(error)),
    };
    let epoch = params.quotas.epoch_at(cx.time);
    let budget = signer.budget(&transaction.body.operation);
    Ok(match signer.usage.draw(budget, epoch, &params.quotas) {
        Ok(_) => Ok(signer.admission(&transaction, budget, epoch)),
        Err(error) => Err(error.into()),
    })
}

/// The parameters in force.
///
/// # Errors
/// [`ReadError`].
pub fn params<S: StateRead>(state: &S) -> Result<Params, ReadError<S::Error>> {
    read(state, &Address::Params)?.ok_or(ReadError::Damaged { what: "Params" })
}

/// The log of all prior headers, so that an old receipt outlives every change of the validators.
fn append_header<S: StateRead>(
    overlay: &mut Overlay<'_, S>,
    previous: AppRootHash,
) -> Result<(), ReadError<S::Error>> {
    let damaged = ReadError::Damaged { what: "Peaks" };
    let mut peaks: Peaks = read(overlay, &Address::Headers)?.unwrap_or_default();
    peaks.append(&previous.0).map_err(|_| damaged)?;
    overlay.put(&Address::Headers, &peaks)
}

/// One transaction on its way.
struct Run<'a> {
    cx: &'a BlockContext,
    params: &'a Params,
    index: u64,
    transaction: &'a Transaction,
    places: &'a Places,
    verified: &'a Verified,
}

enum Stepped {
    Unauthenticated(TransactionError),
    Done(Outcome),
}

impl Run<'_> {
    fn step<S: StateRead>(&self, overlay: &mut Overlay<'_, S>) -> Result<Stepped, ReadError<S::Error>> {
        let transaction = self.transaction;
        let known = self.verified.known(self.index, transaction, self.places, overlay);
        let signer = match authenticate(overlay, self.cx, transaction, self.places, known)? {
            Ok(signer) => signer,
            Err(error) => return Ok(Stepped::Unauthenticated(error)),
        };
        // From here on the counter is used, whatever comes.
        let body = &transaction.body;
        let quotas = &self.params.quotas;
        let drawn = signer.usage.draw(signer.budget(&body.operation), quotas.epoch_at(self.cx.time), quotas);
        let usage = drawn.as_ref().map_or(signer.usage, |usage| *usage);
        signer.charge(overlay, &usage)?;
        if let Err(error) = drawn {
            return Ok(Stepped::Done(Outcome::refused(error.into())));
        }
        match self.perform(overlay, &signer, &usage) {
            Ok(effects) => {
                overlay.apply(effects.writes);
                let code = effects.denial.as_ref().map_or(0, |denial| u64::from(denial.rule().code()));
                let events = self.append(overlay, effects.entries, code)?;
                Ok(Stepped::Done(Outcome::settled(effects.denial, events)))
            }
            Err(Stop::Refused(refusal)) => Ok(Stepped::Done(Outcome::refused(refusal))),
            Err(Stop::Read(error)) => Err(error),
        }
    }

    fn perform<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        usage: &Usage,
    ) -> Result<Effects, Stop<S::Error>> {
        let body = &self.transaction.body;
        if body.signed_at >= body.valid_until {
            let (signed_at, valid_until) = (body.signed_at, body.valid_until);
            return Err(OperationError::SignedAfterEnd { signed_at, valid_until }.into());
        }
        match &body.operation {
            Operation::Incept { inception } => self.incept(overlay, signer, inception),
            Operation::AddDevice { device } => self.add_device(overlay, signer, device),
            Operation::RevokeDevice { key } => self.revoke_device(overlay, signer, *key),
            Operation::Rotate { rotation } => self.rotate(overlay, signer, usage, rotation),
            Operation::Deactivate => self.deactivate(overlay, signer),
            Operation::Anchor { anchor } => self.anchor(overlay, signer, anchor),
            Operation::AnchorBatch { batch } => self.anchor_batch(overlay, signer, batch),
            Operation::Amend { amendment } => self.amend(overlay, signer, amendment),
            Operation::EnterInError { retraction } => self.enter_in_error(overlay, signer, retraction),
            Operation::IssueCredential { credential } => self.issue_credential(overlay, signer, credential),
            Operation::RevokeCredential { credential } => {
                self.revoke_credential(overlay, signer, *credential)
            }
            Operation::GrantConsent { grant } => self.grant_consent(overlay, signer, grant),
            Operation::AmendConsent { replacement } => self.amend_consent(overlay, signer, replacement),
            Operation::RevokeConsent { consent } => self.revoke_consent(overlay, signer, *consent),
            Operation::OpenSession { request } => self.open_session(overlay, signer, request),
            Operation::AnchorLogs { anchor } => self.anchor_logs(overlay, signer, anchor),
        }
    }

    /// Appends what a transaction says to the logs of those it speaks of.
    fn append<S: StateRead>(
        &self,
        overlay: &mut Overlay<'_, S>,
        entries: Vec<(crate::hash::Did, LogEntry)>,
        code: u64,
    ) -> Result<Vec<Event>, ReadError<S::Error>> {
        let damaged = || ReadError::Damaged { what: "Peaks" };
        let mut events = Vec::with_capacity(entries.len());
        for (subject, entry) in entries {
            let leaf = LogLeaf {
                tx: self.transaction.id,
                height: self.cx.height,
                index: self.index,
                time: self.cx.time,
                code,
                entry,
            };
            let at = Address::Log(subject, leaf.entry.kind()).key();
            let mut peaks: Peaks = read_at(overlay, &at)?.unwrap_or_default();
            let position = peaks.size;
            peaks.append(&leaf.data().map_err(|_| damaged())?).map_err(|_| damaged())?;
            overlay.put_at(at, &peaks)?;
            events.push(Event { subject, position, leaf });
        }
        Ok(events)
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "numbers of the tests' own making")]
mod tests;
