//! A part of the state under one certified header: what a node hands to whoever holds no state.

use alloc::collections::BTreeSet;

use medledger_core::error::ReadError;
use medledger_core::hash::StateKey;
use medledger_core::light::{Anchored, CertifiedHeader, LightError, Verifier};
use medledger_core::merkle::tree::TreeRead;
use medledger_core::state::{ProvenState, StateRead, ValueProof};
use medledger_core::wire;

wire! {
    /// What stands under some keys, as of a header.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct CertifiedState {
        /// The header, with evidence.
        pub header: CertifiedHeader,
        /// The values, with their proof under the header's state root.
        pub values: ValueProof,
    }
}

impl CertifiedState {
    /// Proves what stands under these keys. State and tree are those of the header's height.
    ///
    /// # Errors
    /// What reading the state or its tree gives.
    pub fn new<E, S, T>(
        header: CertifiedHeader,
        state: &S,
        tree: &T,
        keys: &BTreeSet<StateKey>,
    ) -> Result<Self, ReadError<E>>
    where
        S: StateRead<Error = E>,
        T: TreeRead<Error = E>,
    {
        Ok(Self { header, values: ValueProof::new(state, tree, keys)? })
    }

    /// The header, once its evidence holds, and the part of its state that is proven.
    ///
    /// # Errors
    /// [`LightError`].
    pub fn check(&self, verifier: &Verifier) -> Result<(Anchored, ProvenState), LightError> {
        let anchored = verifier.header(&self.header.header, &self.header.evidence)?;
        let state = self.values.verify(&anchored.header.state_root)?;
        Ok((anchored, state))
    }
}
