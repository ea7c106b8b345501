//! What the operations on consents do.

use super::authenticate::{Signer, Via};
use super::outcome::Effects;
use super::{Overlay, Refusal, Run, Stop};
use crate::consent::{
    ConsentEntry, ConsentError, ConsentState, ConsentTerms, Grant, Replacement, consent_id,
};
use crate::error::ReadError;
use crate::hash::ConsentId;
use crate::identity::Kind;
use crate::state::{ActiveConsents, Address, ConsentSlot, LogEntry, StateRead, read};

impl Run<'_> {
    pub(super) fn grant_consent<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        grant: &Grant,
    ) -> Result<Effects, Stop<S::Error>> {
        self.require(signer, Via::Device)?;
        if signer.control.kind != Kind::Patient {
            return Err(ConsentError::GrantorNotPatient { did: signer.did }.into());
        }
        self.check_terms(&grant.terms)?;
        let slot = u8::try_from(grant.slot).map_err(|_| ConsentError::NoSuchSlot { slot: grant.slot })?;
        let active: ActiveConsents = read(overlay, &Address::ActiveConsents(signer.did))?.unwrap_or_default();
        if active.is_occupied(slot) {
            let held: Option<ConsentSlot> = read(overlay, &Address::ConsentSlot(signer.did, slot))?;
            let held = held.ok_or(ReadError::Damaged { what: "ConsentSlot" })?;
            let held: Option<ConsentState> = read(overlay, &Address::Consent(held.consent))?;
            let held = held.ok_or(ReadError::Damaged { what: "ConsentState" })?;
            if !held.has_ended(self.cx.time) {
                return Err(ConsentError::SlotTaken { slot: grant.slot }.into());
            }
        }
        self.check_approvals(overlay, &[], &[])?;
        let consent = consent_id(&self.transaction.id);
        let state = ConsentState::granted(consent, signer.did, grant)?;
        let version = state.current;
        let mut effects = Effects::default();
        effects.put(&Address::ActiveConsents(signer.did), &active.with(slot, true))?;
        effects.put(&Address::ConsentSlot(signer.did, slot), &ConsentSlot { consent, version })?;
        effects.put(&Address::Consent(consent), &state)?;
        let entry = ConsentEntry::Granted { consent, slot: grant.slot, version };
        effects.entries.push((signer.did, LogEntry::Consent { entry }));
        Ok(effects)
    }

    pub(super) fn amend_consent<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        replacement: &Replacement,
    ) -> Result<Effects, Stop<S::Error>> {
        self.require(signer, Via::Device)?;
        let consent = replacement.consent;
        let state = own_consent(overlay, signer, consent)?;
        let next = state.amended(replacement)?;
        // A consent that has ended may have lost its slot to another: it is granted anew, not amended.
        if state.has_ended(self.cx.time) {
            return Err(ConsentError::AlreadyEnded { until: state.terms.open().period.until }.into());
        }
        self.check_terms(&replacement.terms)?;
        self.check_approvals(overlay, &[], &[])?;
        let (replaces, version) = (state.current, next.current);
        let slot = slot_of(&state)?;
        let mut effects = Effects::default();
        effects.put(&Address::ConsentSlot(signer.did, slot), &ConsentSlot { consent, version })?;
        effects.put(&Address::Consent(consent), &next)?;
        let entry = ConsentEntry::Amended { consent, replaces, version };
        effects.entries.push((signer.did, LogEntry::Consent { entry }));
        Ok(effects)
    }

    pub(super) fn revoke_consent<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        consent: ConsentId,
    ) -> Result<Effects, Stop<S::Error>> {
        self.require(signer, Via::Device)?;
        let state = own_consent(overlay, signer, consent)?;
        let next = state.revoked(consent)?;
        self.check_approvals(overlay, &[], &[])?;
        let mut effects = Effects::default();
        effects.put(&Address::Consent(consent), &next)?;
        // Its slot is free, unless it had ended and another consent has taken it.
        let slot = slot_of(&state)?;
        let at = Address::ConsentSlot(signer.did, slot);
        let held: Option<ConsentSlot> = read(overlay, &at)?;
        if held.is_some_and(|held| held.consent == consent) {
            let active: ActiveConsents =
                read(overlay, &Address::ActiveConsents(signer.did))?.unwrap_or_default();
            effects.put(&Address::ActiveConsents(signer.did), &active.with(slot, false))?;
            effects.remove(&at);
        }
        let entry = ConsentEntry::Revoked { consent, version: state.current };
        effects.entries.push((signer.did, LogEntry::Consent { entry }));
        Ok(effects)
    }

    fn check_terms(&self, terms: &ConsentTerms) -> Result<(), Refusal> {
        terms.check()?;
        let until = terms.open().period.until;
        if until <= self.cx.time { Err(ConsentError::AlreadyEnded { until }.into()) } else { Ok(()) }
    }
}

fn own_consent<S: StateRead>(
    overlay: &Overlay<'_, S>,
    signer: &Signer,
    consent: ConsentId,
) -> Result<ConsentState, Stop<S::Error>> {
    let state: Option<ConsentState> = read(overlay, &Address::Consent(consent))?;
    let state = state.ok_or(Refusal::from(ConsentError::UnknownConsent { consent }))?;
    if state.subject == signer.did { Ok(state) } else { Err(ConsentError::NotTheSubjects { consent }.into()) }
}

/// A consent's slot was checked when it was granted.
fn slot_of<E>(state: &ConsentState) -> Result<u8, ReadError<E>> {
    u8::try_from(state.slot).map_err(|_| ReadError::Damaged { what: "ConsentState" })
}
