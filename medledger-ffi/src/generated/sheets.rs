//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{Give, Held, MedledgerError, answer, argument, entropy, together};

/// A sheet of 24 words (BIP-39, English), which a patient writes down. Overwritten when it is closed; never shown.
#[derive(uniffi::Object)]
pub struct Sheet {
    pub(super) held: Held<medledger_sdk::api::sheets::Sheet>,
}

impl Give<Arc<Sheet>> for medledger_sdk::api::sheets::Sheet {
    fn give(self) -> Arc<Sheet> {
        Arc::new(Sheet { held: Held::new(self, "sheet") })
    }
}

#[uniffi::export]
impl Sheet {
    /// A fresh sheet.
    ///
    /// Errors: WAL-012, which a fresh one never gives.
    #[uniffi::constructor]
    pub fn draw() -> Result<Arc<crate::Sheet>, MedledgerError> {
        let mut rng = entropy();
        answer(medledger_sdk::api::sheets::Sheet::draw(&mut rng))
    }

    /// The sheet with these words; white space parts them, capitals do not count.
    ///
    /// Errors: WAL-010 to WAL-012 for words that are no sheet.
    #[uniffi::constructor]
    pub fn from_words(words: String) -> Result<Arc<crate::Sheet>, MedledgerError> {
        answer(medledger_sdk::api::sheets::Sheet::from_words(&words))
    }

    /// The words, to be written down: a secret.
    pub fn words(&self) -> Result<String, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.words().give())
    }

    /// The keys of the sheet. The passphrase is not needed and usually empty; another one gives other keys.
    pub fn keys(&self, passphrase: String) -> Result<Arc<crate::SheetKeys>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.keys(&passphrase).give())
    }

    /// Confirms that a sheet that was just drawn is written down, by its words typed in again: it may become the next second
    /// sheet.
    ///
    /// Errors: WAL-010 to WAL-013 for words that are no sheet, or another one's.
    pub fn confirm(
        &self,
        words: String,
        passphrase: String,
    ) -> Result<Arc<crate::NextSheet>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.confirm(&words, &passphrase))
    }
}

/// The keys of a sheet. Overwritten when they are closed; never shown.
#[derive(uniffi::Object)]
pub struct SheetKeys {
    pub(super) held: Held<medledger_sdk::api::sheets::SheetKeys>,
}

impl Give<Arc<SheetKeys>> for medledger_sdk::api::sheets::SheetKeys {
    fn give(self) -> Arc<SheetKeys> {
        Arc::new(SheetKeys { held: Held::new(self, "sheet keys") })
    }
}

#[uniffi::export]
impl SheetKeys {
    /// What a device of an identity signs with; both are counted from 0.
    ///
    /// Errors: API-004 for numbers above 65,535.
    pub fn device(&self, identity: u64, device: u64) -> Result<Arc<crate::Key>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.device(identity, device))
    }

    /// What others encrypt to, for a device of an identity.
    ///
    /// Errors: API-004 for numbers above 65,535.
    pub fn agreement(&self, identity: u64, device: u64) -> Result<Arc<crate::AgreementKey>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.agreement(identity, device))
    }

    /// The controller of an identity; while the sheet is the second one, the controller's successor.
    ///
    /// Errors: API-004 for numbers above 65,535.
    pub fn controller(&self, identity: u64) -> Result<Arc<crate::Key>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.controller(identity))
    }

    /// What the ledger is told of an identity's successor while this is the second sheet. It is no secret.
    ///
    /// Errors: API-004 for numbers above 65,535.
    pub fn successor_digest(&self, identity: u64) -> Result<String, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.successor_digest(identity))
    }

    /// The same of the first 64 identities: what a keystore keeps, so that the second sheet can stay on paper.
    pub fn successor_digests(&self) -> Result<Vec<String>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.successor_digests().give())
    }

    /// One more identity of this (first) sheet, for one more relationship; `successor` is the digest that the second sheet
    /// gives for its number.
    ///
    /// Errors: API-002 and API-004 for what is none.
    pub fn relationship(
        &self,
        identity: u64,
        successor: String,
        kind: crate::IdentityKind,
    ) -> Result<Arc<crate::NewRelationship>, MedledgerError> {
        let kind: medledger_sdk::api::identity::IdentityKind = argument(kind, "kind")?;
        let mut rng = entropy();
        let held = together(|| self.held.shared())?;
        answer(held.relationship(identity, &successor, kind, &mut rng))
    }
}

/// An identity of a sheet that no ledger knows yet.
#[derive(uniffi::Object)]
pub struct NewRelationship {
    pub(super) held: Held<medledger_sdk::api::sheets::NewRelationship>,
}

impl Give<Arc<NewRelationship>> for medledger_sdk::api::sheets::NewRelationship {
    fn give(self) -> Arc<NewRelationship> {
        Arc::new(NewRelationship { held: Held::new(self, "new relationship") })
    }
}

#[uniffi::export]
impl NewRelationship {
    /// What it will be called.
    pub fn did(&self) -> Result<String, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.did().give())
    }

    /// What the ledger is told.
    ///
    /// Errors: COD-013, which an inception never gives.
    pub fn inception(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.inception())
    }

    /// The inception, for its sponsor to sign: each new key has proven its possession.
    ///
    /// Errors: API-002 for a sender that is none.
    pub fn incept(&self, sponsor: crate::Sender) -> Result<Arc<crate::Draft>, MedledgerError> {
        let sponsor: medledger_sdk::api::draft::Sender = argument(sponsor, "sponsor")?;
        let held = together(|| self.held.shared())?;
        answer(held.incept(&sponsor))
    }
}

/// The sheet that becomes the second one with a rotation; somebody has it on paper.
#[derive(uniffi::Object)]
pub struct NextSheet {
    pub(super) held: Held<medledger_sdk::api::sheets::NextSheet>,
}

impl Give<Arc<NextSheet>> for medledger_sdk::api::sheets::NextSheet {
    fn give(self) -> Arc<NextSheet> {
        Arc::new(NextSheet { held: Held::new(self, "next sheet") })
    }
}

#[uniffi::export]
impl NextSheet {
    /// A sheet that was drawn before, from its words.
    ///
    /// Errors: WAL-010 to WAL-012 for words that are no sheet.
    #[uniffi::constructor]
    pub fn from_words(words: String, passphrase: String) -> Result<Arc<crate::NextSheet>, MedledgerError> {
        answer(medledger_sdk::api::sheets::NextSheet::from_words(&words, &passphrase))
    }
}
