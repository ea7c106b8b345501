//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{Give, Held, MedledgerError, answer, argument, entropy, together};

/// A file on its first way through, before it is sealed: what it commits to stands in the container's header. Give it the
/// file piece by piece, then `seal`, and give the `Sealer` the same file again.
#[derive(uniffi::Object)]
pub struct ContentMeasure {
    pub(super) held: Held<medledger_sdk::api::container::ContentMeasure>,
}

impl Give<Arc<ContentMeasure>> for medledger_sdk::api::container::ContentMeasure {
    fn give(self) -> Arc<ContentMeasure> {
        Arc::new(ContentMeasure { held: Held::new(self, "content measure") })
    }
}

#[uniffi::export]
impl ContentMeasure {
    /// Begins with a file of so many bytes, and draws its key.
    ///
    /// Errors: SEA-005 for a file that is too long, SEA-011 for facts that can't be committed to.
    #[uniffi::constructor]
    pub fn new(
        form: crate::ContentForm,
        length: u64,
        facts: crate::Facts,
    ) -> Result<Arc<crate::ContentMeasure>, MedledgerError> {
        let form: medledger_sdk::api::sealing::ContentForm = argument(form, "form")?;
        let facts: medledger_sdk::api::facts::Facts = argument(facts, "facts")?;
        let mut rng = entropy();
        answer(medledger_sdk::api::container::ContentMeasure::new(form, length, &facts, &mut rng))
    }

    /// Takes the next bytes of the file.
    ///
    /// Errors: SEA-014 for more than were announced, API-005 once it is being sealed.
    pub fn feed(&self, piece: Vec<u8>) -> Result<(), MedledgerError> {
        let mut held = together(|| self.held.exclusive())?;
        answer(held.feed(&piece))
    }

    /// Ends, and begins to seal.
    ///
    /// Errors: SEA-014 for less than was announced, SEA-013 for a file that is not in its form, API-005 once it is being sealed. It is
    /// used up in each case.
    pub fn seal(&self) -> Result<Arc<crate::Sealer>, MedledgerError> {
        let mut rng = entropy();
        let mut held = together(|| self.held.exclusive())?;
        answer(held.seal(&mut rng))
    }
}

/// Seals a file piece by piece. What it gives, put together, is a container only if `finish` succeeds.
#[derive(uniffi::Object)]
pub struct Sealer {
    pub(super) held: Held<medledger_sdk::api::container::Sealer>,
}

impl Give<Arc<Sealer>> for medledger_sdk::api::container::Sealer {
    fn give(self) -> Arc<Sealer> {
        Arc::new(Sealer { held: Held::new(self, "sealer") })
    }
}

#[uniffi::export]
impl Sealer {
    /// Takes the next bytes of the file; gives the next bytes of the container.
    ///
    /// Errors: SEA-014 for more than was measured, API-005 after the end.
    pub fn feed(&self, piece: Vec<u8>) -> Result<Vec<u8>, MedledgerError> {
        let mut held = together(|| self.held.exclusive())?;
        answer(held.feed(&piece))
    }

    /// Ends: gives the last bytes of the container, and checks that the file is the one that was measured.
    ///
    /// Errors: SEA-014 or SEA-011 for another file, API-005 after the end.
    pub fn finish(&self) -> Result<Vec<u8>, MedledgerError> {
        let mut held = together(|| self.held.exclusive())?;
        answer(held.finish())
    }

    /// The record's key: to be wrapped, since it is kept nowhere else.
    pub fn key(&self) -> Result<Arc<crate::RecordKey>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.key().give())
    }

    /// What the record commits to.
    pub fn commitments(&self) -> Result<crate::Commitments, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.commitments().give())
    }
}

/// Opens a container piece by piece. Each piece that it gives was sealed with this key at this place; that they are the whole
/// record, and the one committed to, is known only when `finish` succeeds. Until then nothing may be done with them that
/// can't be undone.
#[derive(uniffi::Object)]
pub struct Opener {
    pub(super) held: Held<medledger_sdk::api::container::Opener>,
}

impl Give<Arc<Opener>> for medledger_sdk::api::container::Opener {
    fn give(self) -> Arc<Opener> {
        Arc::new(Opener { held: Held::new(self, "opener") })
    }
}

#[uniffi::export]
impl Opener {
    /// Begins to open the record with these commitments, which the ledger holds of it.
    ///
    /// Errors: API-002 for what are no commitments.
    #[uniffi::constructor]
    pub fn new(
        key: Arc<crate::RecordKey>,
        commitments: crate::Commitments,
    ) -> Result<Arc<crate::Opener>, MedledgerError> {
        let commitments: medledger_sdk::api::facts::Commitments = argument(commitments, "commitments")?;
        let key_held = together(|| key.held.shared())?;
        answer(medledger_sdk::api::container::Opener::new(&key_held, &commitments))
    }

    /// Takes the next bytes of the container; gives the next bytes of the file.
    ///
    /// Errors: SEA-001 to SEA-012 for a container that is not the record's, and then at every further call; API-005 after the end.
    pub fn feed(&self, piece: Vec<u8>) -> Result<Vec<u8>, MedledgerError> {
        let mut held = together(|| self.held.exclusive())?;
        answer(held.feed(&piece))
    }

    /// The record's facts, once its header was opened; null before.
    pub fn facts(&self) -> Result<Option<crate::Facts>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.facts().give())
    }

    /// Ends: checks that nothing is missing and that the file is what was committed to. Gives the record's facts.
    ///
    /// Errors: SEA-009 where the end is missing, SEA-011 and SEA-013 for another file than was committed to, API-005 after the end.
    pub fn finish(&self) -> Result<crate::Facts, MedledgerError> {
        let mut held = together(|| self.held.exclusive())?;
        answer(held.finish())
    }
}
