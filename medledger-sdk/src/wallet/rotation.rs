//! The second sheet takes over: each identity's successor becomes its controller, and a sheet that was drawn and written
//! down before becomes the second one.
//!
//! 1. The second sheet is typed in, a next one is drawn and shown, and its words are typed in: [`WrittenDown`]. Nothing
//!    is signed before, or the identities would have a successor that nobody has.
//! 2. [`plan`] says of each identity whether it is due. Each due one is drafted, signed and recorded by itself; a wallet
//!    that stops half-way makes the plan anew, and goes on with the same two sheets.
//!
//! The old sheet's devices go, unless they are named, and a device of the new first sheet comes with the same transaction.

use alloc::vec::Vec;
use core::fmt;

use medledger_core::error::ReadError;
use medledger_core::hash::{Did, KeyId};
use medledger_core::identity::{Control, Status};
use medledger_core::operation::{Draft, Signed};
use medledger_core::rules;
use medledger_core::state::{Address, StateRead, read};

use super::derive::SheetKeys;
use super::keystore::Kept;
use super::sheet::{Sheet, SheetFault};
use crate::draft::{Sender, approve, sign};
use crate::identity::{device_keys, rotate};
use crate::signer::SigningError;

/// How many numbers of a second sheet are tried for an identity.
pub const NUMBERS_TRIED: u16 = 1_024;

rules! {
    /// Why a sheet can't take over.
    pub enum RotationFault: WAL {
        /// A sheet that succeeds nothing.
        40 NotTheSecondSheet:
            "a rotation is signed with the second sheet",
            "this sheet is not the second one of any of these identities";
        /// The first sheet in the second one's place.
        41 FirstSheet { did: Did }:
            "the first sheet can't rotate",
            "this is the first sheet of {did}: a rotation takes the second one";
        /// A rotation that was begun with another sheet.
        42 AnotherNextSheet { did: Did }:
            "a rotation of several identities is finished with the next sheet that it was begun with",
            "{did} was rotated with another next sheet: type in the words of that one";
    }
}

/// The keys of the next second sheet, whose words somebody has typed in. `Debug` shows none of them.
pub struct WrittenDown(SheetKeys);

impl WrittenDown {
    /// The sheet that was drawn and shown, once its words have been typed in.
    ///
    /// # Errors
    /// [`SheetFault::AnotherSheet`] for other words, and what is wrong with them.
    pub fn confirm(drawn: &Sheet, words: &str, passphrase: &str) -> Result<Self, SheetFault> {
        match Sheet::from_words(words)? {
            typed if typed == *drawn => Ok(Self(SheetKeys::new(drawn, passphrase))),
            _ => Err(SheetFault::AnotherSheet),
        }
    }

    /// A sheet that was drawn earlier, when a rotation is finished that was begun then.
    ///
    /// # Errors
    /// [`SheetFault`].
    pub fn typed(words: &str, passphrase: &str) -> Result<Self, SheetFault> {
        Sheet::from_words(words).map(|sheet| Self(SheetKeys::new(&sheet, passphrase)))
    }

    /// Its keys, of which a keystore keeps the digests.
    #[must_use]
    pub const fn keys(&self) -> &SheetKeys {
        &self.0
    }
}

impl fmt::Debug for WrittenDown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WrittenDown")
    }
}

/// What is to be done with an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is to be rotated.
    Due {
        /// Its number in the sheets.
        identity: u16,
    },
    /// It has been.
    Done {
        /// Its number in the sheets.
        identity: u16,
    },
    /// Nothing: it has ended.
    Ended,
    /// Nothing can be: its successor is another sheet's.
    Foreign,
}

/// An identity in a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its name.
    pub did: Did,
    /// The identity as it stands.
    pub control: Control,
    /// What is to be done.
    pub turn: Turn,
}

/// Says of each of these identities whether the second sheet is to take it over. One that is not the sheet's does not keep
/// the others from it.
///
/// # Errors
/// [`ReadError`]; the inner error is [`RotationFault`], where nothing can be done for any.
pub fn plan<S: StateRead>(
    second: &SheetKeys,
    dids: &[Did],
    state: &S,
) -> Result<Result<Vec<Planned>, RotationFault>, ReadError<S::Error>> {
    let mut planned = Vec::new();
    let mut open = Vec::new();
    for did in dids {
        let control: Option<Control> = read(state, &Address::Identity(*did))?;
        let Some(control) = control else { continue };
        open.push(planned.len());
        planned.push(Planned { did: *did, control, turn: Turn::Foreign });
    }
    for identity in 0..NUMBERS_TRIED {
        if open.is_empty() {
            break;
        }
        let key = second.controller(identity).public();
        let (id, digest) = (key.id(), key.successor_digest());
        open.retain(|at| match planned.get_mut(*at) {
            Some(of) if of.control.successor == digest => {
                let ended = of.control.status == Status::Deactivated;
                of.turn = if ended { Turn::Ended } else { Turn::Due { identity } };
                false
            }
            Some(of) if of.control.controller == id => {
                of.turn = Turn::Done { identity };
                false
            }
            _ => true,
        });
    }
    let due = planned.iter().any(|of| matches!(of.turn, Turn::Due { .. }));
    let foreign = planned.iter().all(|of| of.turn == Turn::Foreign);
    // A sheet that has taken over before, and has nothing to do, may as well be a first sheet in the wrong place.
    let first = planned.iter().find(|of| matches!(of.turn, Turn::Done { .. }) && of.control.rotations == 0);
    Ok(match first {
        _ if foreign => Err(RotationFault::NotTheSecondSheet),
        Some(of) if !due => Err(RotationFault::FirstSheet { did: of.did }),
        _ => Ok(planned),
    })
}

/// That the next sheet is another than the second, and the one that those identities were rotated with that have been.
///
/// # Errors
/// [`SheetFault::SameSheet`]; the inner error is [`RotationFault::AnotherNextSheet`].
pub fn check_next(
    planned: &[Planned],
    second: &SheetKeys,
    next: &WrittenDown,
) -> Result<Result<(), RotationFault>, SheetFault> {
    if next.0.successor(0) == second.successor(0) {
        return Err(SheetFault::SameSheet);
    }
    let other = planned.iter().find(|of| match of.turn {
        Turn::Done { identity } => of.control.successor != next.0.successor(identity),
        Turn::Due { .. } | Turn::Ended | Turn::Foreign => false,
    });
    Ok(other.map_or(Ok(()), |of| Err(RotationFault::AnotherNextSheet { did: of.did })))
}

/// A rotation that is ready to be recorded.
#[derive(Debug)]
pub struct Rotated {
    /// What is sent to the ledger.
    pub signed: Signed,
    /// What it says.
    pub draft: Draft,
    /// What the device's keystore keeps of the identity, once it is recorded.
    pub kept: Kept,
}

impl Planned {
    /// Rotates a due identity: `sender.key` is the id of the second sheet's controller key. The devices named in `keep`
    /// stay. `None` for one that is not due.
    ///
    /// # Errors
    /// [`SigningError`].
    pub fn rotate(
        &self,
        sender: &Sender,
        second: &SheetKeys,
        next: &WrittenDown,
        keep: Vec<KeyId>,
        relationship: &str,
    ) -> Result<Option<Rotated>, SigningError> {
        let Turn::Due { identity } = self.turn else { return Ok(None) };
        let successor = second.controller(identity);
        let (signing, agreement) = (second.device(identity, 0), second.agreement(identity, 0));
        let add = Vec::from([device_keys(signing.public(), &agreement)]);
        let after = next.0.controller(identity).public();
        let mut draft = rotate(sender, &self.control, successor.public(), &after, keep, add)?;
        approve(&mut draft, &signing)?;
        let signed = sign(&draft, &successor)?;
        let kept = Kept {
            identity,
            did: self.did,
            relationship: relationship.into(),
            device: 0,
            signing,
            agreement,
        };
        Ok(Some(Rotated { signed, draft, kept }))
    }
}
