//! What a thief of the second sheet can do, who has a copy of the ledger and nothing else.

use medledger_core::block::Block;
use medledger_core::operation::Transaction;
use medledger_core::units::Height;

use super::*;

/// The identities whose successor a sheet holds: the digests of successors stand in every copy of the ledger.
fn searched(patient: &Patient, sheet: &SheetKeys) -> Vec<(u16, Did)> {
    let ledger = &patient.world.ledger;
    let digests = successors(sheet);
    let mut found = Vec::new();
    for height in 1..=ledger.tip().height.0 {
        let block = Block::decode(ledger.block(Height(height)).unwrap()).unwrap();
        for bytes in block.transactions() {
            let transaction = Transaction::decode(bytes, &ledger.tip().chain).unwrap();
            if let Operation::Incept { inception } = &transaction.body.operation
                && let Some(at) = digests.iter().position(|digest| *digest == inception.successor)
            {
                found.push((u16::try_from(at).unwrap(), inception.did().unwrap()));
            }
        }
    }
    found
}

#[test]
fn a_thief_of_the_second_sheet_finds_the_identities_and_takes_them_over() {
    let mut patient = Patient::new(&[0, 3]);
    let stolen = SheetKeys::new(&Sheet::from_words(&words(&patient.sheets[1])).unwrap(), "");
    // What the first sheet would show, the second does not; a search through the ledger does.
    assert_eq!(id(patient.restore(&stolen).err().as_ref()), "WAL-020");
    let own: Vec<(u16, Did)> = patient.keystore.kept().iter().map(|kept| (kept.identity, kept.did)).collect();
    assert_eq!(searched(&patient, &stolen), own);
    assert!(searched(&patient, &patient.first).is_empty());
    let did = own[0].1;
    let (_, next) = patient.next_sheet();
    let planned = plan(&stolen, &[did], patient.world.ledger.state()).unwrap().unwrap();
    let sender = patient.sender(did, &stolen.controller(0));
    let rotated = planned[0].rotate(&sender, &stolen, &next, Vec::new(), "mine now").unwrap().unwrap();
    patient.world.record(&rotated.draft, &stolen.controller(0));
    // Of that identity everything of the patient's is dead, both sheets included.
    let control = patient.control(did);
    assert_eq!(control.controller, stolen.controller(0).public().id());
    assert_eq!(patient.grants(did, &patient.first.device(0, 0)), "OPR-007");
    let controller = patient.first.controller(0);
    let sender = patient.sender(did, &controller);
    assert_eq!(patient.refusal(&sender.draft(Operation::Deactivate), &controller), "OPR-008");
    assert_eq!(control.successor, next.keys().successor(0), "and the thief has the next one");
    // The other one is hers until he comes for it: she rotates it first, with the same sheet and a new one.
    let (_, hers) = patient.next_sheet();
    let other = own[1].1;
    let planned = plan(&patient.second, &[other], patient.world.ledger.state()).unwrap().unwrap();
    let sender = patient.sender(other, &patient.second.controller(3));
    let rotated = planned[0].rotate(&sender, &patient.second, &hers, Vec::new(), "hers").unwrap().unwrap();
    patient.world.record(&rotated.draft, &patient.second.controller(3));
    assert_eq!(patient.control(other).successor, hers.keys().successor(3));
}
