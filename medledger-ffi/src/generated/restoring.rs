//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{MedledgerError, answer, together, value, word};

word! {
    /// Whether a sheet still gives an identity's controller.
    SheetStanding = medledger_sdk::api::restoring::SheetStanding {
        /// It does.
        Current,
        /// Another sheet has taken over.
        Superseded,
    }
}

word! {
    /// Whether a second sheet takes over an identity.
    RotationTurn = medledger_sdk::api::restoring::RotationTurn {
        /// It is to be rotated.
        Due,
        /// It was, with this sheet.
        Done,
        /// It was deactivated.
        Ended,
        /// It is none of this sheet's.
        Foreign,
    }
}

value! {
    /// A device of a sheet that the ledger knows.
    FoundDevice = medledger_sdk::api::restoring::FoundDevice {
        /// Its number in the sheet.
        device: u64,
        /// Its key's id.
        key: String,
        /// Whether it can sign.
        live: bool,
    }
}

value! {
    /// An identity of a sheet that the ledger knows.
    FoundIdentity = medledger_sdk::api::restoring::FoundIdentity {
        /// Its number in the sheet.
        identity: u64,
        /// Its name on the ledger.
        did: String,
        /// Whether the sheet still gives its controller.
        standing: crate::SheetStanding,
        /// Its devices.
        #[uniffi(default = [])]
        devices: Vec<crate::FoundDevice>,
    }
}

value! {
    /// What a rotation does with an identity.
    PlannedRotation = medledger_sdk::api::restoring::PlannedRotation {
        /// Which.
        did: String,
        /// Whether it is due.
        turn: crate::RotationTurn,
        /// Its number in the second sheet, where that is known.
        #[uniffi(default = None)]
        identity: Option<u64>,
        /// The id of the key that signs the rotation, where one is due.
        #[uniffi(default = None)]
        successor: Option<String>,
    }
}

/// The keys of the state that finding a sheet's identities takes beside those that are proven: ask for these and for all before,
/// until there are none.
///
/// Errors: API-007 for a state that is damaged.
#[uniffi::export(default(state = None))]
pub fn restore_asks(
    first: Arc<crate::SheetKeys>,
    state: Option<Arc<crate::ProvenState>>,
) -> Result<Vec<String>, MedledgerError> {
    let (first_held, state_held) =
        together(|| Ok((first.held.shared()?, state.as_ref().map(|one| one.held.shared()).transpose()?)))?;
    answer(medledger_sdk::api::restoring::restore_asks(&first_held, state_held.as_deref()))
}

/// All identities of a first sheet that the ledger knows.
///
/// Errors: WAL-020 where there is none, API-008 where the proof does not cover all that is asked.
#[uniffi::export]
pub fn restore(
    first: Arc<crate::SheetKeys>,
    state: Arc<crate::ProvenState>,
) -> Result<Vec<crate::FoundIdentity>, MedledgerError> {
    let (first_held, state_held) = together(|| Ok((first.held.shared()?, state.held.shared()?)))?;
    answer(medledger_sdk::api::restoring::restore(&first_held, &state_held))
}

/// What the second sheet does with each of these identities.
///
/// Errors: API-002 for what is no DID, API-008 where the state does not cover them, WAL-040 and WAL-041 for a sheet that is not the second
/// one.
#[uniffi::export]
pub fn plan_rotation(
    second: Arc<crate::SheetKeys>,
    dids: Vec<String>,
    state: Arc<crate::ProvenState>,
) -> Result<Vec<crate::PlannedRotation>, MedledgerError> {
    let (second_held, state_held) = together(|| Ok((second.held.shared()?, state.held.shared()?)))?;
    answer(medledger_sdk::api::restoring::plan_rotation(&second_held, &dids, &state_held))
}
