//! A patient's sheets of words, and what is derived from them.
//!
//! The first sheet gives the keys of devices and the current controllers; the second, which stays on paper until it is needed,
//! their successors.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use rand_core::CryptoRng;

use medledger_core::codec::encode;
use medledger_core::hash::SuccessorDigest;
use medledger_core::identity::did_to_text;

use super::draft::{Draft, Sender};
use super::error::Error;
use super::identity::IdentityKind;
use super::key::{AgreementKey, Key};
use super::parse;
use crate::draft;
use crate::wallet::rotation::WrittenDown;
use crate::wallet::{create, derive, sheet};

/// A sheet of 24 words (BIP-39, English), which a patient writes down. Overwritten when it is closed; never shown.
#[derive(Debug)]
pub struct Sheet(sheet::Sheet);

impl Sheet {
    /// A fresh sheet.
    ///
    /// # Errors
    /// WAL-012, which a fresh one never gives.
    pub fn draw(rng: &mut impl CryptoRng) -> Result<Self, Error> {
        Ok(Self(sheet::Sheet::draw(rng)?))
    }

    /// The sheet with these words; white space parts them, capitals do not count.
    ///
    /// # Errors
    /// WAL-010 to WAL-012 for words that are no sheet.
    pub fn from_words(words: &str) -> Result<Self, Error> {
        Ok(Self(sheet::Sheet::from_words(words)?))
    }

    /// The words, to be written down: a secret.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = String::new();
        for word in self.0.words() {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
        }
        words
    }

    /// The keys of the sheet. The passphrase is not needed and usually empty; another one gives other keys.
    #[must_use]
    pub fn keys(&self, passphrase: &str) -> SheetKeys {
        SheetKeys(derive::SheetKeys::new(&self.0, passphrase))
    }

    /// Confirms that a sheet that was just drawn is written down, by its words typed in again: it may become the next second
    /// sheet.
    ///
    /// # Errors
    /// WAL-010 to WAL-013 for words that are no sheet, or another one's.
    pub fn confirm(&self, words: &str, passphrase: &str) -> Result<NextSheet, Error> {
        Ok(NextSheet(WrittenDown::confirm(&self.0, words, passphrase)?))
    }
}

/// The keys of a sheet. Overwritten when they are closed; never shown.
#[derive(Debug)]
pub struct SheetKeys(pub(super) derive::SheetKeys);

impl SheetKeys {
    /// What a device of an identity signs with; both are counted from 0.
    ///
    /// # Errors
    /// API-004 for numbers above 65,535.
    pub fn device(&self, identity: u64, device: u64) -> Result<Key, Error> {
        Ok(Key(self.0.device(of("identity", identity)?, of("device", device)?)))
    }

    /// What others encrypt to, for a device of an identity.
    ///
    /// # Errors
    /// API-004 for numbers above 65,535.
    pub fn agreement(&self, identity: u64, device: u64) -> Result<AgreementKey, Error> {
        Ok(AgreementKey(self.0.agreement(of("identity", identity)?, of("device", device)?)))
    }

    /// The controller of an identity; while the sheet is the second one, the controller's successor.
    ///
    /// # Errors
    /// API-004 for numbers above 65,535.
    pub fn controller(&self, identity: u64) -> Result<Key, Error> {
        Ok(Key(self.0.controller(of("identity", identity)?)))
    }

    /// What the ledger is told of an identity's successor while this is the second sheet. It is no secret.
    ///
    /// # Errors
    /// API-004 for numbers above 65,535.
    pub fn successor_digest(&self, identity: u64) -> Result<String, Error> {
        Ok(self.0.successor(of("identity", identity)?).to_string())
    }

    /// The same of the first 64 identities: what a keystore keeps, so that the second sheet can stay on paper.
    #[must_use]
    pub fn successor_digests(&self) -> Vec<String> {
        create::successors(&self.0).iter().map(ToString::to_string).collect()
    }

    /// One more identity of this (first) sheet, for one more relationship; `successor` is the digest that the second sheet
    /// gives for its number.
    ///
    /// # Errors
    /// API-002 and API-004 for what is none.
    pub fn relationship(
        &self,
        identity: u64,
        successor: &str,
        kind: IdentityKind,
        rng: &mut impl CryptoRng,
    ) -> Result<NewRelationship, Error> {
        let successor = digest("successor", successor)?;
        let new =
            create::NewRelationship::new(&self.0, of("identity", identity)?, successor, kind.into(), rng)?;
        Ok(NewRelationship(new))
    }
}

/// An identity of a sheet that no ledger knows yet.
#[derive(Debug)]
pub struct NewRelationship(pub(super) create::NewRelationship);

impl NewRelationship {
    /// What it will be called.
    #[must_use]
    pub fn did(&self) -> String {
        did_to_text(&self.0.did)
    }

    /// What the ledger is told.
    ///
    /// # Errors
    /// COD-013, which an inception never gives.
    pub fn inception(&self) -> Result<Vec<u8>, Error> {
        Ok(encode(&self.0.inception)?)
    }

    /// The inception, for its sponsor to sign: each new key has proven its possession.
    ///
    /// # Errors
    /// API-002 for a sender that is none.
    pub fn incept(&self, sponsor: &Sender) -> Result<Draft, Error> {
        Ok(Draft(self.0.incept(&draft::Sender::try_from(sponsor)?)?))
    }
}

/// The sheet that becomes the second one with a rotation; somebody has it on paper.
#[derive(Debug)]
pub struct NextSheet(pub(super) WrittenDown);

impl NextSheet {
    /// A sheet that was drawn before, from its words.
    ///
    /// # Errors
    /// WAL-010 to WAL-012 for words that are no sheet.
    pub fn from_words(words: &str, passphrase: &str) -> Result<Self, Error> {
        Ok(Self(WrittenDown::typed(words, passphrase)?))
    }
}

pub(super) fn of(argument: &'static str, number: u64) -> Result<u16, Error> {
    parse::number(argument, number, u64::from(u16::MAX))
}

pub(super) fn digest(argument: &'static str, text: &str) -> Result<SuccessorDigest, Error> {
    parse::hex(argument, "a digest: 64 digits of hex", text, SuccessorDigest::from_hex)
}
