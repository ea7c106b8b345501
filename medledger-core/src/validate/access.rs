//! What the operations on access do.
//!
//! A request that can be judged is on record whatever the answer: a denial changes nothing but the subject's access log.

use alloc::vec::Vec;

use super::approvals::active;
use super::authenticate::{Signer, Via};
use super::outcome::Effects;
use super::standing::{active_consents, answers, live_credential, party, roles_of};
use super::{Overlay, Refusal, Run, Stop};
use crate::access::{
    AccessEntry, AccessError, HeadState, LegalGround, LogAnchor, SessionBasis, SessionRequest, SessionState,
    session_id,
};
use crate::consent::{
    Basis, CodeReach, Combined, CombinedReason, ConsentState, NameReach, PeriodReach, Reach, Request, combine,
};
use crate::hash::Did;
use crate::identity::{Control, IdentityError, Kind};
use crate::state::{Address, LogEntry, StateRead, read};
use crate::vocabulary::Coding;

impl Run<'_> {
    pub(super) fn open_session<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        request: &SessionRequest,
    ) -> Result<Effects, Stop<S::Error>> {
        self.require(signer, Via::Device)?;
        request.check(self.cx.time)?;
        let did = request.subject;
        let subject: Option<Control> = read(overlay, &Address::Identity(did))?;
        if subject.ok_or(Refusal::from(IdentityError::UnknownIdentity { did }))?.kind != Kind::Patient {
            return Err(AccessError::SubjectNotPatient { did }.into());
        }
        // From here on the answer is on record.
        match self.judge_session(overlay, signer, request) {
            Ok(effects) => Ok(effects),
            Err(Stop::Read(error)) => Err(error.into()),
            Err(Stop::Refused(denial)) => {
                let entry = AccessEntry::Denied { requester: signer.did, request: request.clone() };
                let entries = Vec::from([(request.subject, LogEntry::Access { entry })]);
                Ok(Effects { entries, denial: Some(denial), ..Effects::default() })
            }
        }
    }

    fn judge_session<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        request: &SessionRequest,
    ) -> Result<Effects, Stop<S::Error>> {
        let now = self.cx.time;
        if signer.control.kind == Kind::Device {
            return Err(AccessError::RequesterNotAllowed { did: signer.did }.into());
        }
        party(overlay, request.subject)?;
        for custodian in &request.custodians {
            active(overlay, *custodian)?;
        }
        let mut held = Vec::new();
        for credential in &request.credentials {
            held.push(live_credential(overlay, *credential, signer.did, now)?);
        }
        if let Some(organisation) = request.organisation {
            party(overlay, organisation)?;
            let itself = organisation == signer.did && signer.control.kind == Kind::Organisation;
            if !itself && !held.iter().any(|held| held.issuer == organisation) {
                return Err(AccessError::NotVouchedFor { organisation }.into());
            }
        }
        let roles = roles_of(&held);
        let mut not_after =
            held.iter().fold(request.until, |end, held| end.min(held.credential.period.until));
        let mut effects = Effects::default();
        let basis = match request.basis {
            SessionBasis::Consent { consent, version } => {
                self.check_approvals(overlay, &[], &[])?;
                let state: Option<ConsentState> = read(overlay, &Address::Consent(consent))?;
                let state = state.filter(|state| state.subject == request.subject);
                let state = state.ok_or(Refusal::from(AccessError::ConsentOfAnother { consent }))?;
                if state.current != version {
                    return Err(AccessError::ConsentSuperseded { current: state.current }.into());
                }
                if state.has_ended(now) || state.is_spent() {
                    return Err(AccessError::ConsentEnded.into());
                }
                not_after = not_after.min(state.terms.open().period.until);
                if state.terms.open().uses.is_some() {
                    let used = state.used.saturating_add(1);
                    effects.put(&Address::Consent(consent), &ConsentState { used, ..state })?;
                }
                Basis::Consent(consent)
            }
            SessionBasis::LegalGround { ground } => {
                let registered: Option<LegalGround> = read(overlay, &Address::LegalGround(ground))?;
                let unregistered = Refusal::from(AccessError::UnregisteredGround { ground });
                let registered = registered.ok_or(unregistered)?;
                // What another organisation calls her gives no role in this one.
                let own = held.iter().filter(|held| held.issuer == registered.organisation);
                registered.fits(request, &roles_of(own), now)?;
                let others: Vec<Did> =
                    request.custodians.iter().copied().filter(|custodian| *custodian != signer.did).collect();
                self.check_approvals(overlay, &[], &others)?;
                Basis::LegalGround { overrides_deny: registered.overrides_deny }
            }
        };
        let consents = active_consents(overlay, request.subject)?;
        let asked = as_request(signer.did, roles.clone(), request);
        refuse_unless_permitted(&combine(basis, &answers(&consents, &asked, now)))?;
        let session = session_id(&self.transaction.id);
        let state =
            SessionState { requester: signer.did, roles, opened: now, not_after, request: request.clone() };
        effects.put(&Address::Session(session), &state)?;
        let entry = AccessEntry::Opened { session, state };
        effects.entries.push((request.subject, LogEntry::Access { entry }));
        Ok(effects)
    }

    pub(super) fn anchor_logs<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        anchor: &LogAnchor,
    ) -> Result<Effects, Stop<S::Error>> {
        self.require(signer, Via::Device)?;
        anchor.check()?;
        self.check_approvals(overlay, &[], &[])?;
        let mut effects = Effects::default();
        for report in &anchor.heads {
            let session = report.session;
            let state: Option<SessionState> = read(overlay, &Address::Session(session))?;
            let state = state.ok_or(Refusal::from(AccessError::UnknownSession { session }))?;
            let place = state.request.custodian(&signer.did).ok_or(AccessError::NotNamed { session })?;
            let at = Address::SessionLog(session, place);
            let before: Option<HeadState> = read(overlay, &at)?;
            effects.put(&at, &HeadState::advance(before.as_ref(), report, self.cx.time)?)?;
            if report.closes {
                let (custodian, head, count) = (signer.did, report.head, report.count);
                let entry = AccessEntry::Closed { session, custodian, head, count };
                effects.entries.push((state.request.subject, LogEntry::Access { entry }));
            }
        }
        Ok(effects)
    }
}

/// The request that a session's clear scope makes: a set, of which only types, categories and period are bounded.
#[must_use]
fn as_request(requester: Did, roles: Vec<Coding>, session: &SessionRequest) -> Request {
    let scope = &session.scope;
    let names = |values: &Vec<_>| match values.is_empty() {
        true => NameReach::Unknown,
        false => NameReach::Within { values: values.clone() },
    };
    let codes = |values: &Vec<_>| match values.is_empty() {
        true => CodeReach::Unknown,
        false => CodeReach::Within { values: values.clone() },
    };
    Request {
        requester,
        organisation: session.organisation,
        roles,
        action: session.action.clone(),
        purpose: session.purpose.clone(),
        reach: Reach {
            types: names(&scope.types),
            categories: codes(&scope.categories),
            period: scope.period.map_or(PeriodReach::Unknown, |interval| PeriodReach::Within { interval }),
            ..Reach::default()
        },
    }
}

fn refuse_unless_permitted(combined: &Combined) -> Result<(), AccessError> {
    match (combined.reason, combined.consent) {
        (CombinedReason::Denied(_), Some(consent)) => Err(AccessError::Denied { consent }),
        _ if combined.permitted => Ok(()),
        _ => Err(AccessError::NotPermitted),
    }
}
