//! Files sealed and opened piece by piece: neither way holds more than a piece of them.

use alloc::vec::Vec;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use medledger_core::record;

use super::error::{ArgumentError, Error};
use super::facts::{Commitments, Facts};
use super::sealing::{ContentForm, RecordKey};
use crate::seal;

const fn used_up(what: &'static str) -> ArgumentError {
    ArgumentError::UsedUp { what }
}

/// A file on its first way through, before it is sealed: what it commits to stands in the container's header. Give it the
/// file piece by piece, then `seal`, and give the `Sealer` the same file again.
#[derive(Debug)]
pub struct ContentMeasure(Option<seal::Measure>);

impl ContentMeasure {
    /// Begins with a file of so many bytes, and draws its key.
    ///
    /// # Errors
    /// SEA-005 for a file that is too long, SEA-011 for facts that can't be committed to.
    pub fn new(
        form: ContentForm,
        length: u64,
        facts: &Facts,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, Error> {
        Ok(Self(Some(seal::Measure::new(form.into(), length, facts.into(), rng)?)))
    }

    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// SEA-014 for more than were announced, API-005 once it is being sealed.
    pub fn feed(&mut self, piece: &[u8]) -> Result<(), Error> {
        let measure = self.0.as_mut().ok_or(used_up("measure"))?;
        Ok(measure.feed(piece)?)
    }

    /// Ends, and begins to seal.
    ///
    /// # Errors
    /// SEA-014 for less than was announced, SEA-013 for a file that is not in its form, API-005 once it is being sealed. It is
    /// used up in each case.
    pub fn seal(&mut self, rng: &mut impl CryptoRng) -> Result<Sealer, Error> {
        let measure = self.0.take().ok_or(used_up("measure"))?;
        let mut start = Vec::new();
        let sealer = measure.seal(rng, &mut start)?;
        let (key, commitments) = (sealer.key().clone(), *sealer.commitments());
        Ok(Sealer { sealer: Some(sealer), start, key, commitments })
    }
}

/// Seals a file piece by piece. What it gives, put together, is a container only if `finish` succeeds.
#[derive(Debug)]
pub struct Sealer {
    sealer: Option<seal::Sealer>,
    /// Preamble and header, until they were given out.
    start: Vec<u8>,
    key: seal::RecordKey,
    commitments: record::Commitments,
}

impl Sealer {
    /// Takes the next bytes of the file; gives the next bytes of the container.
    ///
    /// # Errors
    /// SEA-014 for more than was measured, API-005 after the end.
    pub fn feed(&mut self, piece: &[u8]) -> Result<Vec<u8>, Error> {
        let sealer = self.sealer.as_mut().ok_or(used_up("sealer"))?;
        let mut out = core::mem::take(&mut self.start);
        sealer.feed(piece, &mut out)?;
        Ok(out)
    }

    /// Ends: gives the last bytes of the container, and checks that the file is the one that was measured.
    ///
    /// # Errors
    /// SEA-014 or SEA-011 for another file, API-005 after the end.
    pub fn finish(&mut self) -> Result<Vec<u8>, Error> {
        let sealer = self.sealer.take().ok_or(used_up("sealer"))?;
        let mut out = core::mem::take(&mut self.start);
        sealer.finish(&mut out)?;
        Ok(out)
    }

    /// The record's key: to be wrapped, since it is kept nowhere else.
    #[must_use]
    pub fn key(&self) -> RecordKey {
        RecordKey(self.key.clone())
    }

    /// What the record commits to.
    #[must_use]
    pub fn commitments(&self) -> Commitments {
        (&self.commitments).into()
    }
}

/// Opens a container piece by piece. Each piece that it gives was sealed with this key at this place; that they are the whole
/// record, and the one committed to, is known only when `finish` succeeds. Until then nothing may be done with them that
/// can't be undone.
#[derive(Debug)]
pub struct Opener(Option<seal::Opener>);

impl Opener {
    /// Begins to open the record with these commitments, which the ledger holds of it.
    ///
    /// # Errors
    /// API-002 for what are no commitments.
    pub fn new(key: &RecordKey, commitments: &Commitments) -> Result<Self, Error> {
        Ok(Self(Some(seal::Opener::new(&key.0, &commitments.try_into()?))))
    }

    /// Takes the next bytes of the container; gives the next bytes of the file.
    ///
    /// # Errors
    /// SEA-001 to SEA-012 for a container that is not the record's, and then at every further call; API-005 after the end.
    pub fn feed(&mut self, piece: &[u8]) -> Result<Vec<u8>, Error> {
        let opener = self.0.as_mut().ok_or(used_up("opener"))?;
        let mut out = Zeroizing::new(Vec::new());
        opener.feed(piece, &mut out)?;
        Ok(core::mem::take(&mut *out))
    }

    /// The record's facts, once its header was opened; null before.
    #[must_use]
    pub fn facts(&self) -> Option<Facts> {
        self.0.as_ref().and_then(seal::Opener::facts).map(Facts::from)
    }

    /// Ends: checks that nothing is missing and that the file is what was committed to. Gives the record's facts.
    ///
    /// # Errors
    /// SEA-009 where the end is missing, SEA-011 and SEA-013 for another file than was committed to, API-005 after the end.
    pub fn finish(&mut self) -> Result<Facts, Error> {
        let opener = self.0.take().ok_or(used_up("opener"))?;
        Ok((&opener.finish()?.facts).into())
    }
}

#[cfg(test)]
mod tests;
