//! What access needs of a ledger: proofs that sessions stand, and everything of one patient.

use medledger_core::block::Block;
use medledger_core::error::ReadError;
use medledger_core::hash::{Did, RecordId, TxId};
use medledger_core::light::Receipt;
use medledger_core::state::{Event, LogKind};
use medledger_sdk::access_proof::{self, Question};
use medledger_sdk::certified::CertifiedState;
use medledger_sdk::export::{self, Export, ExportFault, SubjectLogs};

use super::Host;
use super::vault::exported;
use crate::NodeError;
use crate::store::{Snapshot, StoreError};

impl Host {
    /// The proof that a session stands, at the newest height; `None` at the genesis.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn access_proof(&self, question: &Question) -> Result<Option<CertifiedState>, NodeError> {
        let snapshot = self.store.snapshot()?;
        let Some(header) = snapshot.header(snapshot.tip().height)? else { return Ok(None) };
        Ok(Some(access_proof::make(header, &snapshot, &snapshot, question)?))
    }

    /// The receipt of the first entry of a subject's log that is the one that is sought.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn receipt_of(
        &self,
        subject: &Did,
        kind: LogKind,
        is_sought: impl Fn(&medledger_core::state::LogEntry) -> bool,
    ) -> Result<Option<Receipt>, NodeError> {
        let snapshot = self.store.snapshot()?;
        let log = snapshot.log(subject, kind)?;
        let found = log.iter().find(|(_, leaf)| is_sought(&leaf.entry));
        Ok(found.map(|(at, _)| snapshot.receipt(*at)).transpose()?.flatten())
    }

    /// Everything of one patient, as of the newest height; `None` at the genesis. The inner error names what this host
    /// does not hold.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn export(&self, subject: Did) -> Result<Option<Result<Export, ExportFault>>, NodeError> {
        let snapshot = self.store.snapshot()?;
        let Some(header) = snapshot.header(snapshot.tip().height)? else { return Ok(None) };
        let logs = SubjectLogs {
            timeline: events(&snapshot, subject, LogKind::Timeline)?,
            access: events(&snapshot, subject, LogKind::Access)?,
            authority: events(&snapshot, subject, LogKind::Authority)?,
        };
        let members = |batch: &RecordId| {
            let members = snapshot.members(batch).map_err(ReadError::Store)?;
            Ok(Some(members).filter(|members| !members.is_empty()))
        };
        let bytes = |id: &TxId| transaction(&snapshot, id).map_err(ReadError::Store);
        let made = export::make(header, (&snapshot, &snapshot), subject, logs, bytes, members)?;
        let records = exported(&snapshot, &subject)?;
        Ok(Some(made.map(|export| Export { records, ..export })))
    }
}

fn events(snapshot: &Snapshot, subject: Did, kind: LogKind) -> Result<Vec<Event>, StoreError> {
    let leaves = snapshot.log(&subject, kind)?.into_iter().map(|(_, leaf)| leaf);
    Ok((0_u64..).zip(leaves).map(|(position, leaf)| Event { subject, position, leaf }).collect())
}

/// The bytes of the authenticated transaction with this id.
fn transaction(snapshot: &Snapshot, id: &TxId) -> Result<Option<Vec<u8>>, StoreError> {
    let Some((height, index)) = snapshot.find(id)? else { return Ok(None) };
    let Some(bytes) = snapshot.block(height)? else { return Ok(None) };
    let block = Block::decode(&bytes).map_err(|error| StoreError::damaged("a block", error))?;
    let index = usize::try_from(index).ok();
    Ok(index.and_then(|index| block.transactions().get(index).map(|bytes| bytes.to_vec())))
}
