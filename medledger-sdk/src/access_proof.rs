//! The proof that a session still stands: beside the receipt, what each release needs.
//!
//! A node [makes](make) it at a header of its own; a gateway [checks](check) it with nothing but the genesis. It covers
//! just the keys that [`standing`] reads: the session, its parties and credentials, its basis, the custodian's log, and
//! the subject's active consents, all of them; beside these the network's parameters, the key that signed the request, and
//! what shows whose the record is.
//! What is withheld is unproven, and then there is no decision.

use alloc::collections::BTreeSet;

use medledger_core::access::{AccessError, HeadState, SessionState};
use medledger_core::error::ReadError;
use medledger_core::hash::{Did, KeyId, RecordId, SessionId, StateKey};
use medledger_core::identity::KeyEntry;
use medledger_core::light::{Anchored, CertifiedHeader, LightError, LightFault, Verifier};
use medledger_core::merkle::tree::TreeRead;
use medledger_core::record::{BatchState, RecordState};
use medledger_core::rules;
use medledger_core::state::{Address, Params, ProvenState, Recorder, StateRead, read};
use medledger_core::units::Timestamp;
use medledger_core::validate::{Standing, params, standing};

use super::certified::CertifiedState;

rules! {
    /// Why a proof gives no decision.
    pub enum ProofGap: GTW {
        /// Something is withheld.
        1 Unproven:
            "a decision needs a proof of everything that it stands on; what is withheld is neither present nor absent",
            "the proof does not show everything that the decision stands on";
    }
}

/// Why a proof that a session stands is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StandingError {
    /// It shows nothing, or more than it should.
    #[error(transparent)]
    Light(#[from] LightError),
    /// It shows too little.
    #[error(transparent)]
    Gap(#[from] ProofGap),
}

medledger_core::coded!(StandingError { Light, Gap });

/// What a proof is to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The session.
    pub session: SessionId,
    /// The custodian that is to release.
    pub custodian: Did,
    /// The record that is asked for.
    pub record: RecordId,
    /// The key that signed the request.
    pub key: KeyId,
    /// The entry of a batch that the record was anchored in, where it was.
    pub batch: Option<RecordId>,
}

/// What a proof shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// What was asked.
    pub question: Question,
    /// The header that it is shown under.
    pub anchored: Anchored,
    /// The network's parameters.
    pub params: Params,
    /// The session, if it is known.
    pub session: Option<SessionState>,
    /// What is anchored of the custodian's log of it.
    pub log: Option<HeadState>,
    /// The key that signed the request; `None` for one that the ledger does not know.
    pub key: Option<KeyEntry>,
    /// The record as it stands; `None` for one of a batch that has never been named by itself.
    pub record: Option<RecordState>,
    /// The batch's entry.
    pub batch: Option<BatchState>,
    state: ProvenState,
}

/// Makes the proof. State and tree are those of the header's height.
///
/// # Errors
/// What reading the state or its tree gives.
pub fn make<E, S, T>(
    header: CertifiedHeader,
    state: &S,
    tree: &T,
    question: &Question,
) -> Result<CertifiedState, ReadError<E>>
where
    S: StateRead<Error = E>,
    T: TreeRead<Error = E>,
{
    let keys = keys(state, question, header.header.time)?;
    CertifiedState::new(header, state, tree, &keys)
}

/// Checks the proof.
///
/// # Errors
/// [`LightError`], with [`LightFault::WrongKeys`] where the proof covers more than is read; [`ProofGap::Unproven`] where it
/// covers less.
pub fn check(
    proof: &CertifiedState,
    verifier: &Verifier,
    question: &Question,
) -> Result<Proven, StandingError> {
    let (anchored, state) = proof.check(verifier)?;
    let wrong = |error| match error {
        ReadError::Unproven => StandingError::from(ProofGap::Unproven),
        ReadError::Damaged { .. } | ReadError::Store(_) => LightError::from(LightFault::WrongKeys).into(),
    };
    let keys = keys(&state, question, anchored.header.time).map_err(wrong)?;
    if keys.len() != state.len() {
        return Err(LightError::from(LightFault::WrongKeys).into());
    }
    let params = params(&state).map_err(wrong)?;
    let record = read(&state, &Address::Record(question.record)).map_err(wrong)?;
    let batch = match question.batch {
        Some(batch) => read(&state, &Address::Batch(batch)).map_err(wrong)?,
        None => None,
    };
    let session: Option<SessionState> = read(&state, &Address::Session(question.session)).map_err(wrong)?;
    let key = read(&state, &Address::Key(question.key)).map_err(wrong)?;
    let place = session.as_ref().and_then(|session| session.request.custodian(&question.custodian));
    let log = match place {
        Some(place) => read(&state, &Address::SessionLog(question.session, place)).map_err(wrong)?,
        None => None,
    };
    Ok(Proven { question: *question, anchored, params, session, log, key, record, batch, state })
}

impl Proven {
    /// Whether the session stands at a time, which is no earlier than the header's.
    ///
    /// # Errors
    /// The outer error when the proof does not show enough; the inner one says what has ended.
    pub fn standing(
        &self,
        now: Timestamp,
    ) -> Result<Result<Standing, AccessError>, ReadError<core::convert::Infallible>> {
        let Question { session, custodian, .. } = self.question;
        standing(&self.state, session, custodian, now.max(self.anchored.header.time))
    }
}

/// The keys that are read at the header's time. Whoever judges later reads no others: with time things only end, and what
/// has ended is read no further.
fn keys<S: StateRead>(
    state: &S,
    question: &Question,
    time: Timestamp,
) -> Result<BTreeSet<StateKey>, ReadError<S::Error>> {
    let recorder = Recorder::new(state);
    let _stands = standing(&recorder, question.session, question.custodian, time)?;
    params(&recorder)?;
    let _key: Option<KeyEntry> = read(&recorder, &Address::Key(question.key))?;
    let _record: Option<RecordState> = read(&recorder, &Address::Record(question.record))?;
    if let Some(batch) = question.batch {
        let _batch: Option<BatchState> = read(&recorder, &Address::Batch(batch))?;
    }
    Ok(recorder.keys())
}
