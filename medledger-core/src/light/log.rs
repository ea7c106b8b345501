//! A subject's log, provably complete as recorded by a height.

use alloc::vec::Vec;

use super::header::{Anchored, CertifiedHeader, Verifier};
use super::{LightError, LightFault};
use crate::hash::Did;
use crate::merkle::Peaks;
use crate::state::{Address, LogKind, LogLeaf, ValueProof, read};

wire! {
    /// All entries of one of a subject's logs, as recorded by a header's height.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct LogProof {
        /// Whose log.
        pub subject: Did,
        /// The header, with evidence.
        pub header: CertifiedHeader,
        /// The log's head in that header's state.
        pub head: ValueProof,
        /// The entries, in their order.
        pub leaves: Vec<LogLeaf>,
    }
}

impl LogProof {
    /// Checks that these are all entries of the subject's log, for this identity, as recorded by the header's height.
    ///
    /// An honest older header verifies too: who must notice a rollback compares with a header seen before.
    ///
    /// # Errors
    /// [`LightError`] with the first thing that does not hold.
    pub fn check(&self, verifier: &Verifier, kind: LogKind) -> Result<Anchored, LightError> {
        let anchored = verifier.header(&self.header.header, &self.header.evidence)?;
        let state = self.head.verify(&anchored.header.state_root)?;
        if state.len() != 1 {
            return Err(LightFault::WrongKeys.into());
        }
        let head: Peaks = match read(&state, &Address::Log(self.subject, kind)) {
            Ok(head) => head.unwrap_or_default(),
            Err(_) => return Err(LightFault::WrongKeys.into()),
        };
        let actual = u64::try_from(self.leaves.len()).unwrap_or(u64::MAX);
        if actual != head.size {
            return Err(LightFault::WrongCount { actual, expected: head.size }.into());
        }
        let altered = LightFault::LogAltered { subject: self.subject };
        let mut peaks = Peaks::default();
        for (position, leaf) in (0_u64..).zip(&self.leaves) {
            if leaf.entry.kind() != kind {
                return Err(LightFault::WrongLog { position }.into());
            }
            peaks.append(&leaf.data()?).map_err(|_| altered.clone())?;
        }
        if peaks.root() != head.root() { Err(altered.into()) } else { Ok(anchored) }
    }
}
