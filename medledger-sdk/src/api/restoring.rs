//! A sheet's identities, found on a ledger; what the second sheet does with each of them.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::convert::Infallible;
use serde::Serialize;

use medledger_core::error::ReadError;
use medledger_core::identity::{KeyStatus, did_to_text};

use super::error::{ArgumentError, Error, unread};
use super::light::ProvenState;
use super::parse;
use super::sheets::SheetKeys;
use super::units::{Count, words};
use crate::wallet::restore::{self as found, NothingProven, Standing};
use crate::wallet::rotation::{self, Turn};

words! {
    /// Whether a sheet still gives an identity's controller.
    pub enum SheetStanding {
        /// It does.
        Current = "current",
        /// Another sheet has taken over.
        Superseded = "superseded",
    }
}

words! {
    /// Whether a second sheet takes over an identity.
    pub enum RotationTurn {
        /// It is to be rotated.
        Due = "due",
        /// It was, with this sheet.
        Done = "done",
        /// It was deactivated.
        Ended = "ended",
        /// It is none of this sheet's.
        Foreign = "foreign",
    }
}

/// A device of a sheet that the ledger knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FoundDevice {
    /// Its number in the sheet.
    pub device: Count,
    /// Its key's id.
    pub key: String,
    /// Whether it can sign.
    pub live: bool,
}

/// An identity of a sheet that the ledger knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FoundIdentity {
    /// Its number in the sheet.
    pub identity: Count,
    /// Its name on the ledger.
    pub did: String,
    /// Whether the sheet still gives its controller.
    pub standing: SheetStanding,
    /// Its devices.
    pub devices: Vec<FoundDevice>,
}

/// What a rotation does with an identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedRotation {
    /// Which.
    pub did: String,
    /// Whether it is due.
    pub turn: RotationTurn,
    /// Its number in the second sheet, where that is known.
    pub identity: Option<Count>,
    /// The id of the key that signs the rotation, where one is due.
    pub successor: Option<String>,
}

impl From<&found::FoundIdentity> for FoundIdentity {
    fn from(of: &found::FoundIdentity) -> Self {
        let device = |device: &found::FoundDevice| FoundDevice {
            device: Count(u64::from(device.device)),
            key: device.key.to_string(),
            live: device.status == KeyStatus::Live,
        };
        Self {
            identity: Count(u64::from(of.identity)),
            did: did_to_text(&of.did),
            standing: match of.standing {
                Standing::Current => SheetStanding::Current,
                Standing::Superseded => SheetStanding::Superseded,
            },
            devices: of.devices.iter().map(device).collect(),
        }
    }
}

/// The keys of the state that finding a sheet's identities takes beside those that are proven: ask for these and for all before,
/// until there are none.
///
/// # Errors
/// API-007 for a state that is damaged.
pub fn restore_asks(first: &SheetKeys, state: Option<&ProvenState>) -> Result<Vec<String>, Error> {
    let asks = match state {
        None => found::asks(&first.0, &NothingProven),
        Some(state) => found::asks(&first.0, state.read()),
    };
    Ok(asks.map_err(lost)?.iter().map(ToString::to_string).collect())
}

/// All identities of a first sheet that the ledger knows.
///
/// # Errors
/// WAL-020 where there is none, API-008 where the proof does not cover all that is asked.
pub fn restore(first: &SheetKeys, state: &ProvenState) -> Result<Vec<FoundIdentity>, Error> {
    let restored = found::restore(&first.0, state.read()).map_err(lost)??;
    Ok(restored.identities.iter().map(FoundIdentity::from).collect())
}

fn lost(error: ReadError<Infallible>) -> Error {
    match error {
        ReadError::Unproven => ArgumentError::Unproven { what: "sheet" }.into(),
        other => unread("identity", &other),
    }
}

/// What the second sheet does with each of these identities.
///
/// # Errors
/// API-002 for what is no DID, API-008 where the state does not cover them, WAL-040 and WAL-041 for a sheet that is not the second
/// one.
pub fn plan_rotation(
    second: &SheetKeys,
    dids: &[String],
    state: &ProvenState,
) -> Result<Vec<PlannedRotation>, Error> {
    let dids = dids.iter().map(|did| parse::did("dids", did)).collect::<Result<Vec<_>, _>>()?;
    let planned = rotation::plan(&second.0, &dids, state.read());
    let planned = planned.map_err(|error| unread("identity", &error))??;
    let told = |of: &rotation::Planned| {
        let (turn, identity) = match of.turn {
            Turn::Due { identity } => (RotationTurn::Due, Some(identity)),
            Turn::Done { identity } => (RotationTurn::Done, Some(identity)),
            Turn::Ended => (RotationTurn::Ended, None),
            Turn::Foreign => (RotationTurn::Foreign, None),
        };
        let due = identity.filter(|_| turn == RotationTurn::Due);
        PlannedRotation {
            did: did_to_text(&of.did),
            turn,
            identity: identity.map(|identity| Count(u64::from(identity))),
            successor: due.map(|identity| second.0.controller(identity).public().id().to_string()),
        }
    };
    Ok(planned.iter().map(told).collect())
}
