//! A node's side of an export.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use serde_bytes::ByteBuf;

use medledger_core::error::ReadError;
use medledger_core::hash::{Did, RecordId, TxId};
use medledger_core::light::CertifiedHeader;
use medledger_core::merkle::tree::TreeRead;
use medledger_core::operation::Transaction;
use medledger_core::record::{Commitments, TimelineEntry};
use medledger_core::state::{LogEntry, Recorder, StateRead, ValueProof};

use super::{Export, ExportFault, ExportedBatch, SubjectLogs, behind, concerns_alone, gather};

/// Puts an export together, without sealed records. State and tree are those of the header's height, and the logs are whole as of it.
///
/// `transaction` gives the bytes of a recorded transaction, `commitments` what a batch's records commit to: only its
/// custodian and the patient have that, and where it was not handed over the export says so.
///
/// # Errors
/// What reading gives; the inner error names what is missing.
pub fn make<E, S, T>(
    header: CertifiedHeader,
    (state, tree): (&S, &T),
    subject: Did,
    logs: SubjectLogs,
    mut transaction: impl FnMut(&TxId) -> Result<Option<Vec<u8>>, ReadError<E>>,
    mut commitments: impl FnMut(&RecordId) -> Result<Option<Vec<Commitments>>, ReadError<E>>,
) -> Result<Result<Export, ExportFault>, ReadError<E>>
where
    S: StateRead<Error = E>,
    T: TreeRead<Error = E>,
{
    let opened = logs.opened();
    let (mut transactions, mut signers) = (Vec::new(), BTreeSet::new());
    for (tx, _) in behind(&logs) {
        let Some(bytes) = transaction(&tx)? else {
            return Ok(Err(ExportFault::TransactionMissing { tx }));
        };
        let decoded = Transaction::decode(&bytes, &header.header.chain);
        let decoded = decoded.map_err(|_| ReadError::Damaged { what: "transaction" })?;
        if concerns_alone(&decoded.body.operation, subject, &opened) {
            signers.insert(decoded.body.key);
            transactions.push(ByteBuf::from(bytes));
        }
    }
    let mut batches = Vec::new();
    for event in &logs.timeline {
        let LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { batch, .. } } = event.leaf.entry
        else {
            continue;
        };
        batches.push(ExportedBatch { batch, commitments: commitments(&batch)? });
    }
    let recorder = Recorder::new(state);
    gather(&recorder, subject, &logs, &signers)?;
    let state = ValueProof::new(state, tree, &recorder.keys())?;
    Ok(Ok(Export { subject, header, state, logs, batches, transactions, records: Vec::new() }))
}
