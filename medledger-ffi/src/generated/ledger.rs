//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{
    Give, Held, MedledgerError, Progress, Time, Told, answer, argument, distinct, together, value,
};

value! {
    /// What came of a transaction in a block.
    TransactionResult = medledger_sdk::api::ledger::TransactionResult {
        /// Its id; null where it did not authenticate, since then its bytes prove nothing about an id.
        #[uniffi(default = None)]
        transaction: Option<String>,
        /// The rule that refused it; null where it was done.
        #[uniffi(default = None)]
        rule: Option<String>,
        /// Whose logs it stands in.
        #[uniffi(default = [])]
        subjects: Vec<String>,
    }
}

value! {
    /// A block that was made.
    BlockSummary = medledger_sdk::api::ledger::BlockSummary {
        /// Its height.
        height: u64,
        /// Its time.
        time: Time,
        /// The hash of its header.
        app_root: String,
        /// What came of its transactions, in their order.
        #[uniffi(default = [])]
        results: Vec<crate::TransactionResult>,
    }
}

value! {
    /// A block as it travels: its bytes, and the evidence that it is final.
    #[uniffi::export(Eq, Hash)]
    CertifiedBlock = medledger_sdk::api::ledger::CertifiedBlock {
        /// The block.
        block: Vec<u8>,
        /// The evidence.
        evidence: Vec<u8>,
    }
}

/// A whole ledger in memory, with one validator or several that take turns.
#[derive(uniffi::Object)]
pub struct Ledger {
    pub(super) held: Held<medledger_sdk::api::ledger::Ledger>,
}

impl Give<Arc<Ledger>> for medledger_sdk::api::ledger::Ledger {
    fn give(self) -> Arc<Ledger> {
        Arc::new(Ledger { held: Held::new(self, "ledger") })
    }
}

#[uniffi::export]
impl Ledger {
    /// A ledger at its genesis.
    ///
    /// Errors: COD, IDN and CHN rules for bytes that are no sound genesis, LOC-001 for one with another rule of finality.
    #[uniffi::constructor]
    pub fn new(genesis: Vec<u8>) -> Result<Arc<crate::Ledger>, MedledgerError> {
        answer(medledger_sdk::api::ledger::Ledger::new(&genesis))
    }

    /// A ledger from its bytes. Everything is verified from the genesis: each block is judged and executed, and its evidence
    /// checked against what the execution gives.
    ///
    /// Errors: The rule that is broken first; API-009 when `progress` stops it.
    #[uniffi::constructor(default(progress = None))]
    pub fn open(
        bytes: Vec<u8>,
        now: Time,
        progress: Option<Arc<dyn Progress>>,
    ) -> Result<Arc<crate::Ledger>, MedledgerError> {
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        let mut progress = Told::new(progress);
        let result = medledger_sdk::api::ledger::Ledger::open(&bytes, now, &mut progress);
        progress.answer(result)
    }

    /// The ledger as bytes: its genesis, and its blocks with their evidence. What waits is not part of it.
    ///
    /// Errors: COD-013, which a ledger never gives.
    pub fn to_bytes(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.to_bytes())
    }

    /// The genesis.
    ///
    /// Errors: COD-013, which a genesis never gives.
    pub fn genesis(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.genesis())
    }

    /// The newest block.
    pub fn status(&self) -> Result<crate::Status, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.status().give())
    }

    /// Takes a transaction to stand in a coming block, if it would count now; its id.
    ///
    /// Errors: The rule by which it would not count. Nothing has changed then.
    pub fn submit(&self, transaction: Vec<u8>, now: Time) -> Result<String, MedledgerError> {
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        let mut held = together(|| self.held.exclusive())?;
        answer(held.submit(&transaction, now))
    }

    /// Makes and commits the next block with a validator's key, from what waits.
    ///
    /// Errors: LOC-002 when it is not the key's turn, BLK rules for a time before the newest block's.
    pub fn produce(
        &self,
        validator: Arc<crate::Key>,
        now: Time,
    ) -> Result<crate::BlockSummary, MedledgerError> {
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        distinct(&self.held, &validator.held)?;
        let (mut held, validator_held) = together(|| Ok((self.held.exclusive()?, validator.held.shared()?)))?;
        answer(held.produce(&validator_held, now))
    }

    /// The next block, put together from what waits, for a validator whose key lies elsewhere to certify. Nothing changes
    /// until it is.
    ///
    /// Errors: As `produce`.
    pub fn propose(&self, validator: Vec<u8>, now: Time) -> Result<Arc<crate::Proposal>, MedledgerError> {
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        let held = together(|| self.held.shared())?;
        answer(held.propose(&validator, now))
    }

    /// Certifies a proposal with a signature that was made elsewhere, and commits it.
    ///
    /// Errors: CRY rules for a signature that does not verify, LOC-003 for a proposal that does not stand on the newest block.
    pub fn certify(
        &self,
        proposal: Arc<crate::Proposal>,
        validator: Vec<u8>,
        signature: Vec<u8>,
    ) -> Result<crate::BlockSummary, MedledgerError> {
        distinct(&self.held, &proposal.held)?;
        let (mut held, proposal_held) = together(|| Ok((self.held.exclusive()?, proposal.held.shared()?)))?;
        answer(held.certify(&proposal_held, &validator, &signature))
    }

    /// Follows another ledger: accepts a block that its validator certified.
    ///
    /// Errors: The rule that the block or its evidence breaks. Nothing has changed then.
    pub fn accept(
        &self,
        block: crate::CertifiedBlock,
        now: Time,
    ) -> Result<crate::BlockSummary, MedledgerError> {
        let block: medledger_sdk::api::ledger::CertifiedBlock = argument(block, "block")?;
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        let mut held = together(|| self.held.exclusive())?;
        answer(held.accept(&block, now))
    }

    /// The block of a height, with its evidence, for others to accept.
    ///
    /// Errors: API-007 for the genesis and heights to come.
    pub fn block(&self, height: u64) -> Result<crate::CertifiedBlock, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.block(height))
    }

    /// What came of the block of a height.
    ///
    /// Errors: API-007 for the genesis and heights to come.
    pub fn block_summary(&self, height: u64) -> Result<crate::BlockSummary, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.block_summary(height))
    }

    /// The header of a height with its evidence, for readers without a ledger.
    ///
    /// Errors: API-007 for the genesis and heights to come.
    pub fn header(&self, height: u64) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.header(height))
    }

    /// The bytes of a transaction that was recorded.
    ///
    /// Errors: API-002 for an id that is none, API-007 for one that was not recorded.
    pub fn transaction(&self, id: String) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.transaction(&id))
    }

    /// Whoever is to sign with a key, with the key's next counter, valid for some milliseconds.
    ///
    /// Errors: API-002 for what is none.
    pub fn sender(
        &self,
        did: String,
        key: String,
        now: Time,
        valid_for: u64,
    ) -> Result<crate::Sender, MedledgerError> {
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        let held = together(|| self.held.shared())?;
        answer(held.sender(&did, &key, now, valid_for))
    }

    /// An identity with its live keys; null where there is none.
    ///
    /// Errors: API-002 for what is no DID.
    pub fn identity(&self, did: String) -> Result<Option<crate::Identity>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.identity(&did))
    }

    /// An identity as the ledger holds it: what a rotation names.
    ///
    /// Errors: API-002 for what is no DID, API-007 where there is none.
    pub fn control(&self, did: String) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.control(&did))
    }

    /// A consent as it stands at a time.
    ///
    /// Errors: API-002 for what is no id, API-007 where there is none.
    pub fn consent(&self, consent: String, now: Time) -> Result<crate::Consent, MedledgerError> {
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        let held = together(|| self.held.shared())?;
        answer(held.consent(&consent, now))
    }

    /// All active consents of a subject, in the order of their slots, as they stand at a time.
    ///
    /// Errors: API-002 for what is no DID.
    pub fn consents(&self, subject: String, now: Time) -> Result<Vec<crate::Consent>, MedledgerError> {
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        let held = together(|| self.held.shared())?;
        answer(held.consents(&subject, now))
    }

    /// A new consent in the lowest slot that is free or whose consent has ended, for the patient to sign.
    ///
    /// Errors: CON and WAL rules for terms that can't stand, WAL-001 where all slots are taken.
    pub fn grant(
        &self,
        patient: crate::Sender,
        terms: crate::Terms,
        now: Time,
    ) -> Result<Arc<crate::Draft>, MedledgerError> {
        let patient: medledger_sdk::api::draft::Sender = argument(patient, "patient")?;
        let terms: medledger_sdk::api::terms::Terms = argument(terms, "terms")?;
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        let held = together(|| self.held.shared())?;
        answer(held.grant(&patient, &terms, now))
    }

    /// New terms for a consent in its current version, for its patient to sign.
    ///
    /// Errors: CON and WAL rules for terms that can't stand and consents that are over.
    pub fn amend(
        &self,
        patient: crate::Sender,
        consent: String,
        terms: crate::Terms,
        now: Time,
    ) -> Result<Arc<crate::Draft>, MedledgerError> {
        let patient: medledger_sdk::api::draft::Sender = argument(patient, "patient")?;
        let terms: medledger_sdk::api::terms::Terms = argument(terms, "terms")?;
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        let held = together(|| self.held.shared())?;
        answer(held.amend(&patient, &consent, &terms, now))
    }

    /// A subject's timeline.
    ///
    /// Errors: API-002 for what is no DID.
    pub fn timeline(&self, subject: String) -> Result<crate::Timeline, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.timeline(&subject))
    }

    /// A subject's access log; sessions stand as of a time.
    ///
    /// Errors: API-002 for what is no DID.
    pub fn access_log(&self, subject: String, now: Time) -> Result<crate::AccessLog, MedledgerError> {
        let now: medledger_sdk::api::Time = argument(now, "now")?;
        let held = together(|| self.held.shared())?;
        answer(held.access_log(&subject, now))
    }

    /// A subject's authority log.
    ///
    /// Errors: API-002 for what is no DID.
    pub fn authority_log(&self, subject: String) -> Result<crate::AuthorityLog, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.authority_log(&subject))
    }

    /// The sessions of a subject that a custodian has not closed.
    ///
    /// Errors: API-002 for what is no DID.
    pub fn unclosed_sessions(&self, subject: String) -> Result<Vec<crate::Session>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.unclosed_sessions(&subject))
    }

    /// One of a subject's logs with the proof that it is all, for readers without a ledger.
    ///
    /// Errors: API-002 for what is no DID, API-007 at the genesis.
    pub fn prove_log(&self, subject: String, log: crate::LogKind) -> Result<Vec<u8>, MedledgerError> {
        let log: medledger_sdk::api::logs::LogKind = argument(log, "log")?;
        let held = together(|| self.held.shared())?;
        answer(held.prove_log(&subject, log))
    }

    /// The receipt of what a transaction says in a subject's log, with the evidence for its own header.
    ///
    /// Errors: API-002 for what is none, API-007 where the transaction says nothing about the subject.
    pub fn receipt(&self, transaction: String, subject: String) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.receipt(&transaction, &subject))
    }

    /// The same receipt, refreshed to stand on the newest header; it outlives every rotation of the validators.
    ///
    /// Errors: API-002 for what is none, API-007 where the transaction says nothing about the subject.
    pub fn refreshed_receipt(&self, transaction: String, subject: String) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.refreshed_receipt(&transaction, &subject))
    }

    /// What stands under these keys of the state, proven under the newest header.
    ///
    /// Errors: API-002 for what is no key, API-007 at the genesis.
    pub fn prove_state(&self, keys: Vec<String>) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.prove_state(&keys))
    }

    /// An identity with its keys and their use, proven under the newest header: what a sender is made from.
    ///
    /// Errors: API-002 for what is no DID, API-007 at the genesis.
    pub fn prove_identity(&self, did: String) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.prove_identity(&did))
    }

    /// All active consents of a subject, proven under the newest header, the free slots included.
    ///
    /// Errors: API-002 for what is no DID, API-007 at the genesis.
    pub fn prove_consents(&self, subject: String) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.prove_consents(&subject))
    }

    /// What a custodian's gateway asks, proven under the newest header.
    ///
    /// Errors: API-002 for what is none, API-007 at the genesis.
    pub fn prove_access(&self, question: crate::AccessQuestion) -> Result<Vec<u8>, MedledgerError> {
        let question: medledger_sdk::api::access::AccessQuestion = argument(question, "question")?;
        let held = together(|| self.held.shared())?;
        answer(held.prove_access(&question))
    }
}

/// A block that waits for its certificate.
#[derive(uniffi::Object)]
pub struct Proposal {
    pub(super) held: Held<medledger_sdk::api::ledger::Proposal>,
}

impl Give<Arc<Proposal>> for medledger_sdk::api::ledger::Proposal {
    fn give(self) -> Arc<Proposal> {
        Arc::new(Proposal { held: Held::new(self, "proposal") })
    }
}

#[uniffi::export]
impl Proposal {
    /// The bytes that the validator's key signs.
    pub fn to_sign(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.to_sign().give())
    }
}
