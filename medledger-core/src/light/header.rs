//! A header with its evidence.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::{LightError, LightFault};
use crate::chain::{AppRoot, Genesis, GenesisError};
use crate::codec::CodecError;
use crate::consensus::{Authority, AuthorityTrust, Evidence, Finality, Verdict, rule};
use crate::hash::{AppRootHash, ChainId};
use crate::units::Timestamp;

wire! {
    /// A header with the evidence that it is final.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct CertifiedHeader {
        /// The header.
        pub header: AppRoot,
        /// The evidence.
        pub evidence: Evidence,
    }
}

/// A header that a client has satisfied itself of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchored {
    /// The header.
    pub header: AppRoot,
    /// Its hash.
    pub hash: AppRootHash,
}

/// A client that holds no chain: the genesis, and headers that it has satisfied itself of before.
#[derive(Clone, Debug)]
pub struct Verifier {
    chain: ChainId,
    finality: u64,
    authority: Authority,
    trust: AuthorityTrust,
    known: BTreeSet<AppRootHash>,
    now: Timestamp,
}

impl Verifier {
    /// A client that trusts a genesis, at a time.
    ///
    /// # Errors
    /// [`GenesisError`] when the genesis is not sound.
    pub fn new(genesis: &Genesis, now: Timestamp) -> Result<Self, GenesisError> {
        let opened = genesis.open()?;
        Ok(Self {
            chain: opened.chain,
            finality: genesis.finality,
            authority: Authority { chain: opened.chain, clock_ahead: genesis.params.clock_ahead },
            trust: AuthorityTrust { validators: genesis.validators.clone() },
            known: BTreeSet::from([opened.hash]),
            now,
        })
    }

    /// The ledger.
    #[must_use]
    pub const fn chain(&self) -> &ChainId {
        &self.chain
    }

    /// When this client checks.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// The same client at another time.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Self {
        Self { now, ..self.clone() }
    }

    /// Remembers a header, so that receipts whose log path ends at it need no evidence.
    pub fn remember(&mut self, header: &Anchored) {
        self.known.insert(header.hash);
    }

    /// Satisfies itself that a header is final.
    ///
    /// # Errors
    /// [`LightError`].
    pub fn header(&self, header: &AppRoot, evidence: &Evidence) -> Result<Anchored, LightError> {
        header.check(&self.chain)?;
        let height = header.height;
        if evidence.rule != self.finality || evidence.rule != rule::AUTHORITY {
            return Err(LightFault::UnknownFinality { rule: evidence.rule }.into());
        }
        let evidence = Authority::read(evidence)?;
        let certified = match self.authority.verify(&self.trust, &evidence, self.now) {
            Verdict::Verified(_, certified) => certified,
            Verdict::NotEnough => return Err(LightFault::NotEnough { height }.into()),
            Verdict::Invalid => return Err(LightFault::InvalidEvidence { height }.into()),
        };
        let hash = header.hash()?;
        if certified.root != hash || certified.root_of != height || certified.time != header.time {
            return Err(LightFault::EvidenceForAnother { height }.into());
        }
        Ok(Anchored { header: header.clone(), hash })
    }

    /// Accepts a header that it knows, or that comes with evidence.
    ///
    /// # Errors
    /// [`LightError`].
    pub fn known_or_certified(
        &self,
        header: &AppRoot,
        evidence: Option<&Evidence>,
    ) -> Result<Anchored, LightError> {
        if let Some(evidence) = evidence {
            return self.header(header, evidence);
        }
        header.check(&self.chain)?;
        let hash = header.hash()?;
        if self.known.contains(&hash) {
            Ok(Anchored { header: header.clone(), hash })
        } else {
            Err(LightFault::UntrustedHeader { hash }.into())
        }
    }

    /// The hashes of the headers that it knows.
    #[must_use]
    pub fn known(&self) -> Vec<AppRootHash> {
        self.known.iter().copied().collect()
    }
}

impl CertifiedHeader {
    /// Decodes a header with its evidence.
    ///
    /// # Errors
    /// [`CodecError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, CodecError> {
        crate::codec::decode(bytes, &crate::limits::PROOF)
    }
}
