//! The beginning of a ledger: its hash is the ledger's id.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::convert::Infallible;

use super::ChainError;
use super::app_root::{AppRoot, transactions_log};
use crate::access::{LegalGround, ground_id};
use crate::codec::{CodecError, decode, encode, scan};
use crate::crypto::HashAlgorithm;
use crate::error::ReadError;
use crate::hash::{AppRootHash, ChainId, ResultsRoot, Tag, TransactionsRoot, hash_wire};
use crate::identity::{Control, DeviceKeys, IdentityError, Inception, KeyEntry, KeyRole, KeyStatus, Kind};
use crate::limits::{GENESIS, GENESIS_IDENTITIES, STATE_VALUE};
use crate::merkle::tree::{MemoryTree, TreeDelta, update};
use crate::operation::PROTOCOL_VERSION;
use crate::state::{Address, Delta, MemoryState, Params, Schedule, ValidatorSet};
use crate::units::{Height, Timestamp};
use crate::validate::Overlay;

wire! {
    /// An identity that a genesis names: a bare body, without signatures, since whoever accepts the genesis accepts it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Founder {
        /// The identity.
        pub inception: Inception,
        /// Whether it is a member of the consortium, which sponsors identities. Members are organisations.
        pub member: bool,
    }
}

wire! {
    /// The beginning of a ledger.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Genesis {
        /// The protocol's version.
        pub version: u64,
        /// The algorithm of every hash.
        pub hash: HashAlgorithm,
        /// What people call the ledger.
        pub name: String,
        /// Its time, that of height 0.
        pub time: Timestamp,
        /// The rule of finality that certifies its headers, by the rule's id.
        pub finality: u64,
        /// Who certifies height 1.
        pub validators: ValidatorSet,
        /// The parameters.
        pub params: Params,
        /// The first identities.
        pub founders: Vec<Founder>,
        /// The legal grounds.
        pub grounds: Vec<LegalGround>,
    }
}

/// Why bytes are not a genesis to begin with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GenesisError {
    /// Its encoding.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// What it says.
    #[error(transparent)]
    Chain(#[from] ChainError),
}

crate::coded!(GenesisError { Codec, Chain });

/// A genesis that was checked, and what it makes of an empty state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The ledger's id.
    pub chain: ChainId,
    /// The state at height 0.
    pub delta: Delta,
    /// Its tree.
    pub tree: TreeDelta,
    /// The header of height 0, which needs no evidence: it follows from the genesis.
    pub app_root: AppRoot,
    /// Its hash.
    pub hash: AppRootHash,
}

impl Genesis {
    /// Decodes a genesis; [`Self::open`] checks what it says.
    ///
    /// # Errors
    /// [`CodecError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, CodecError> {
        decode(bytes, &GENESIS)
    }

    /// The ledger's id.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn chain_id(&self) -> Result<ChainId, CodecError> {
        hash_wire(Tag::Genesis, self).map(ChainId)
    }

    /// Checks the genesis and gives the state and header of height 0.
    ///
    /// # Errors
    /// [`ChainError`], [`CodecError::Unencodable`].
    pub fn open(&self) -> Result<Opened, GenesisError> {
        self.check()?;
        let chain = self.chain_id()?;
        let empty = MemoryState::new();
        let mut state = Overlay::new(&empty);
        self.write(&mut state)?;
        let delta = state.into_delta();
        let (state_root, tree) = match update(&MemoryTree::default(), &delta.value_hashes()) {
            Ok(updated) => updated,
            Err(ReadError::Store(never)) => match never {},
            Err(ReadError::Unproven | ReadError::Damaged { .. }) => {
                return Err(CodecError::Unencodable { of: "Genesis", why: "no state".into() }.into());
            }
        };
        let none: [&[u8]; 0] = [];
        let nothing = transactions_log(&none).root().0;
        let app_root = AppRoot {
            version: PROTOCOL_VERSION,
            hash: self.hash,
            chain,
            height: Height(0),
            time: self.time,
            previous: AppRootHash([0; 32]),
            count: 0,
            transactions_root: TransactionsRoot(nothing),
            results_root: ResultsRoot(nothing),
            state_root,
            next_validators: self.validators.hash()?,
        };
        let hash = app_root.hash()?;
        Ok(Opened { chain, delta, tree, app_root, hash })
    }

    fn check(&self) -> Result<(), ChainError> {
        if self.version != PROTOCOL_VERSION {
            return Err(ChainError::UnknownVersion { version: self.version });
        }
        if !self.params.are_sound() {
            return Err(ChainError::BadParams);
        }
        if !self.validators.is_sound() {
            return Err(ChainError::BadValidators);
        }
        let mut keys = BTreeSet::new();
        let mut dids = BTreeSet::new();
        for (index, founder) in (0_u64..).zip(&self.founders) {
            let bad = |why| ChainError::BadFounder { index, why };
            if index >= GENESIS_IDENTITIES {
                return Err(bad(IdentityError::DeviceCount { actual: index, limit: GENESIS_IDENTITIES }));
            }
            let own = founder.inception.check().map_err(bad)?;
            let unencodable = |_| bad(IdentityError::KeysNotAscending);
            let did = founder.inception.did().map_err(unencodable)?;
            if founder.member && founder.inception.kind != Kind::Organisation {
                return Err(bad(IdentityError::NotMember { did }));
            }
            dids.insert(did);
            for key in own.devices.into_iter().chain([own.controller]) {
                if !keys.insert(key) {
                    return Err(bad(IdentityError::KeyInUse { key }));
                }
            }
        }
        if !self.founders.iter().any(|founder| founder.member) {
            return Err(ChainError::NoMember);
        }
        for (index, ground) in (0_u64..).zip(&self.grounds) {
            let fits = encode(ground).is_ok_and(|bytes| scan(&bytes, &STATE_VALUE).is_ok());
            if !fits || !ground.is_sound() || !dids.contains(&ground.organisation) {
                return Err(ChainError::BadGround { index });
            }
        }
        Ok(())
    }

    fn write(&self, state: &mut Overlay<'_, MemoryState>) -> Result<(), CodecError> {
        let unencodable =
            |_: ReadError<Infallible>| CodecError::Unencodable { of: "Genesis", why: "no value".into() };
        state.put(&Address::Params, &self.params).map_err(unencodable)?;
        let schedule = Schedule { current: self.validators.clone(), next: Vec::new() };
        state.put(&Address::Validators, &schedule).map_err(unencodable)?;
        for ground in &self.grounds {
            state.put(&Address::LegalGround(ground_id(ground)?), ground).map_err(unencodable)?;
        }
        for Founder { inception, member } in &self.founders {
            let did = inception.did()?;
            let Ok(control) = Control::incept(inception, None, *member) else { continue };
            state.put(&Address::Identity(did), &control).map_err(unencodable)?;
            let controller = DeviceKeys { signing: inception.controller, agreement: None };
            let devices = inception.devices.iter().map(|device| (KeyRole::Device, device));
            for (role, keys) in devices.chain([(KeyRole::Controller, &controller)]) {
                let entry = KeyEntry { did, role, status: KeyStatus::Live, keys: keys.clone() };
                state.put(&Address::Key(keys.signing.id()), &entry).map_err(unencodable)?;
            }
        }
        Ok(())
    }
}
