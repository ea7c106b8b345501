//! What a state says of somebody: a ledger's own state, or the proven part of a remote one.

use alloc::vec::Vec;

use medledger_core::codec::encode;
use medledger_core::consent::ConsentState;
use medledger_core::error::ReadError;
use medledger_core::hash::{ChainId, ConsentId, Did, KeyId};
use medledger_core::identity::{Control, KeyEntry};
use medledger_core::operation::{IdentityUsage, KeyUsage};
use medledger_core::state::{Address, StateRead, read};
use medledger_core::units::{Millis, Timestamp};
use medledger_core::validate::active_consents;

use super::consent::Consent;
use super::draft::Draft;
use super::error::{ArgumentError, Error};
use super::identity::Identity;
use super::terms::Terms;
use crate::draft::Sender;
use crate::wallet::consents;

type Read<T, S> = Result<T, ReadError<<S as StateRead>::Error>>;

pub(super) fn control<S: StateRead>(state: &S, did: Did) -> Read<Option<Control>, S> {
    read(state, &Address::Identity(did))
}

pub(super) fn identity<S: StateRead>(state: &S, did: Did) -> Read<Option<Identity>, S> {
    let Some(control) = control(state, did)? else { return Ok(None) };
    let mut keys = Vec::new();
    for key in control.devices.iter().chain([&control.controller]) {
        let entry: Option<KeyEntry> = read(state, &Address::Key(*key))?;
        keys.push((*key, entry.ok_or(ReadError::Damaged { what: "KeyEntry" })?));
    }
    Ok(Some(Identity::new(&did, &control, &keys)))
}

/// The active consents, in the order of their slots.
pub(super) fn consents<S: StateRead>(state: &S, did: Did, now: Timestamp) -> Read<Vec<Consent>, S> {
    let active = active_consents(state, did)?;
    Ok(active.iter().map(|of| Consent::new(&of.id, &of.state, now)).collect())
}

pub(super) fn consent<S: StateRead>(state: &S, id: ConsentId, now: Timestamp) -> Read<Option<Consent>, S> {
    let held: Option<ConsentState> = read(state, &Address::Consent(id))?;
    Ok(held.map(|held| Consent::new(&id, &held, now)))
}

/// A sender with the next counter of its key; that of a successor, which is no key yet, stands with its identity.
pub(super) fn sender<S: StateRead>(
    state: &S,
    chain: ChainId,
    (did, key): (Did, KeyId),
    (signed_at, valid): (Timestamp, Millis),
) -> Read<Option<Sender>, S> {
    let known: Option<KeyEntry> = read(state, &Address::Key(key))?;
    let window = if known.is_some() {
        let used: Option<KeyUsage> = read(state, &Address::KeyUsage(key))?;
        used.unwrap_or_default().window
    } else {
        let used: Option<IdentityUsage> = read(state, &Address::IdentityUsage(did))?;
        used.unwrap_or_default().successor_window
    };
    let until = signed_at.plus(valid);
    Ok(until.map(|valid_until| Sender {
        chain,
        did,
        key,
        counter: window.next_counter(),
        signed_at,
        valid_until,
    }))
}

pub(super) fn grant<S: StateRead>(
    state: &S,
    patient: &super::draft::Sender,
    terms: &Terms,
    now: Timestamp,
) -> Result<Read<Draft, S>, Error> {
    let sender = Sender::try_from(patient)?;
    Ok(match consents::grant((sender.did, &sender), state, terms.try_into()?, now) {
        Ok(draft) => Ok(Draft(draft?)),
        Err(error) => Err(error),
    })
}

pub(super) fn amend<S: StateRead>(
    state: &S,
    patient: &super::draft::Sender,
    (consent, terms): (ConsentId, &Terms),
    now: Timestamp,
) -> Result<Read<Draft, S>, Error> {
    let sender = Sender::try_from(patient)?;
    Ok(match consents::amend((sender.did, &sender), state, consent, terms.try_into()?, now) {
        Ok(draft) => Ok(Draft(draft?)),
        Err(error) => Err(error),
    })
}

/// The identity as the ledger holds it, for a rotation to name.
pub(super) fn control_bytes(control: Option<Control>, did: &str) -> Result<Vec<u8>, Error> {
    let missing = || ArgumentError::NotThere { what: "identity", name: did.into() };
    Ok(encode(&control.ok_or_else(missing)?)?)
}

pub(super) fn there<T>(what: &'static str, name: &str, found: Option<T>) -> Result<T, Error> {
    found.ok_or_else(|| ArgumentError::NotThere { what, name: name.into() }.into())
}
