//! Whether a session still stands, and what the subject's consents say: the same code for a validator over its store
//! and for a gateway or a browser over a proof.

use alloc::vec::Vec;

use super::Stop;
use super::outcome::Refusal;
use crate::access::{AccessError, HeadState, SessionBasis, SessionState};
use crate::consent::{Answer, Basis, ConsentState, Request, decide};
use crate::error::ReadError;
use crate::hash::{ConsentId, CredentialId, Did, SessionId};
use crate::identity::{Control, CredentialState, Status};
use crate::state::{ActiveConsents, Address, ConsentSlot, StateRead, read};
use crate::units::Timestamp;
use crate::vocabulary::Coding;

/// An active consent of a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActiveConsent {
    /// Its id.
    pub id: ConsentId,
    /// Its state.
    pub state: ConsentState,
}

/// A session that stands: what a release is decided on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The session.
    pub session: SessionState,
    /// What it stands on.
    pub basis: Basis,
    /// The custodian's log so far.
    pub log: Option<HeadState>,
    /// All of the subject's consents that occupy a slot.
    pub consents: Vec<ActiveConsent>,
}

/// All consents of a subject that occupy a slot, in the order of the slots. Over a proof, the map and every occupied slot
/// must be proven: what is withheld is [`ReadError::Unproven`].
///
/// # Errors
/// [`ReadError`].
pub fn active_consents<S: StateRead>(
    state: &S,
    subject: Did,
) -> Result<Vec<ActiveConsent>, ReadError<S::Error>> {
    let active: ActiveConsents = read(state, &Address::ActiveConsents(subject))?.unwrap_or_default();
    let mut consents = Vec::new();
    for slot in active.occupied() {
        let held: Option<ConsentSlot> = read(state, &Address::ConsentSlot(subject, slot))?;
        let ConsentSlot { consent: id, version } = held.ok_or(ReadError::Damaged { what: "ConsentSlot" })?;
        let held: Option<ConsentState> = read(state, &Address::Consent(id))?;
        let held = held.filter(|held| held.current == version && held.subject == subject);
        consents.push(ActiveConsent { id, state: held.ok_or(ReadError::Damaged { what: "ConsentState" })? });
    }
    Ok(consents)
}

/// What each of these consents says to a request at a time.
#[must_use]
pub fn answers(consents: &[ActiveConsent], request: &Request, time: Timestamp) -> Vec<Answer> {
    let answer = |consent: &ActiveConsent| Answer {
        consent: consent.id,
        decision: decide(consent.state.terms.open(), request, time),
    };
    consents.iter().map(answer).collect()
}

/// Whether a session stands at a time, for a custodian who is to release under it.
///
/// # Errors
/// The outer error when the state can't be read, or the proof does not show enough. The inner one says what has ended:
/// [`AccessError`] 6, 7, 10 to 12, 20 to 22, 30 and 31.
pub fn standing<S: StateRead>(
    state: &S,
    session: SessionId,
    custodian: Did,
    now: Timestamp,
) -> Result<Result<Standing, AccessError>, ReadError<S::Error>> {
    match stands(state, session, custodian, now) {
        Ok(standing) => Ok(Ok(standing)),
        Err(Stop::Read(error)) => Err(error),
        Err(Stop::Refused(Refusal::Access(error))) => Ok(Err(error)),
        Err(Stop::Refused(_)) => Err(ReadError::Damaged { what: "SessionState" }),
    }
}

fn stands<S: StateRead>(
    state: &S,
    id: SessionId,
    custodian: Did,
    now: Timestamp,
) -> Result<Standing, Stop<S::Error>> {
    let session: Option<SessionState> = read(state, &Address::Session(id))?;
    let session = session.ok_or(Refusal::from(AccessError::UnknownSession { session: id }))?;
    let request = &session.request;
    let place = request.custodian(&custodian).ok_or(AccessError::NotNamed { session: id })?;
    let log: Option<HeadState> = read(state, &Address::SessionLog(id, place))?;
    if log.as_ref().is_some_and(|log| log.closed) {
        return Err(AccessError::AlreadyClosed { session: id }.into());
    }
    if now >= session.not_after {
        return Err(AccessError::SessionEnded { not_after: session.not_after }.into());
    }
    let parties = [Some(session.requester), Some(request.subject), request.organisation, Some(custodian)];
    for did in parties.into_iter().flatten() {
        party(state, did)?;
    }
    for credential in &request.credentials {
        live_credential(state, *credential, session.requester, now)?;
    }
    let basis = match request.basis {
        SessionBasis::Consent { consent, version } => {
            let held: Option<ConsentState> = read(state, &Address::Consent(consent))?;
            let held = held.filter(|held| held.subject == request.subject);
            let held = held.ok_or(Refusal::from(AccessError::ConsentOfAnother { consent }))?;
            if held.current != version {
                return Err(AccessError::ConsentSuperseded { current: held.current }.into());
            }
            if held.has_ended(now) {
                return Err(AccessError::ConsentEnded.into());
            }
            Basis::Consent(consent)
        }
        SessionBasis::LegalGround { ground } => {
            let held: Option<crate::access::LegalGround> = read(state, &Address::LegalGround(ground))?;
            let held = held.ok_or(Refusal::from(AccessError::UnregisteredGround { ground }))?;
            Basis::LegalGround { overrides_deny: held.overrides_deny }
        }
    };
    let consents = active_consents(state, request.subject)?;
    Ok(Standing { basis, log, consents, session })
}

/// That a party of a session is active.
pub(super) fn party<S: StateRead>(state: &S, did: Did) -> Result<Control, Stop<S::Error>> {
    let control: Option<Control> = read(state, &Address::Identity(did))?;
    let active = control.filter(|control| control.status == Status::Active);
    Ok(active.ok_or(Refusal::from(AccessError::PartyEnded { did }))?)
}

/// A credential of the requester that stands, issued by an organisation that is active.
pub(super) fn live_credential<S: StateRead>(
    state: &S,
    credential: CredentialId,
    holder: Did,
    now: Timestamp,
) -> Result<CredentialState, Stop<S::Error>> {
    let held: Option<CredentialState> = read(state, &Address::Credential(credential))?;
    let held = held.filter(|held| held.credential.holder == holder && held.stands(now));
    let held = held.ok_or(Refusal::from(AccessError::CredentialNotLive { credential }))?;
    party(state, held.issuer)?;
    Ok(held)
}

/// Roles ascend and are named once, however many credentials give them.
pub(super) fn roles_of<'a>(credentials: impl IntoIterator<Item = &'a CredentialState>) -> Vec<Coding> {
    let mut roles: Vec<Coding> = credentials.into_iter().map(|held| held.credential.role.clone()).collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}
