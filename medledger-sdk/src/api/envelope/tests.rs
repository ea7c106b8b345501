use super::*;
use medledger_core::crypto::{SecretKey, VerifyingKey, verify};
use medledger_core::hash::{ConsentId, Did};
use medledger_core::operation::{Body, Draft, Operation};
use medledger_core::units::Timestamp;

const CHAIN: ChainId = ChainId([7; 32]);

fn signed() -> (SecretKey, SecretKey, Vec<u8>) {
    let (key, other) = (SecretKey::from_seed([1; 32]), SecretKey::from_seed([2; 32]));
    let body = Body {
        version: 1,
        chain: CHAIN,
        signer: Did([3; 32]),
        key: key.public().id(),
        counter: 9,
        signed_at: Timestamp(1_000),
        valid_until: Timestamp(2_000),
        operation: Operation::RevokeConsent { consent: ConsentId([4; 32]) },
    };
    let mut draft = Draft::new(body);
    let approval = draft.approval(other.public().id()).unwrap();
    let approval = approval.finish(&other.public(), other.sign(approval.to_sign())).unwrap();
    draft.approve(approval).unwrap();
    let signature = key.sign(&draft.to_sign().unwrap());
    let bytes = draft.finish(&key.public(), signature).unwrap().bytes;
    (key, other, bytes)
}

#[test]
fn a_transaction_shows_what_its_signatures_cover() {
    let (key, other, bytes) = signed();
    let view = read_transaction(&bytes, &CHAIN.to_string()).unwrap();
    assert_eq!((view.operation.as_str(), view.operation_code.0), ("consent revocation", 302));
    assert_eq!((view.counter.0, view.signed_at.0, view.valid_until.0), (9, 1_000, 2_000));
    let holds = |key: &SecretKey, message: &Bytes, signature: &Bytes| {
        let key = VerifyingKey::from_public(&key.public()).unwrap();
        verify(&key, &message.0, &parse::signature(&signature.0).unwrap()).unwrap();
    };
    holds(&key, &view.signed, &view.signature);
    holds(&other, &view.approvals[0].signed, &view.approvals[0].signature);
}

#[test]
fn a_transaction_is_one_for_its_ledger() {
    let (.., bytes) = signed();
    let code = |bytes: &[u8], chain: &str| read_transaction(bytes, chain).unwrap_err().code.clone();
    assert_eq!(code(&bytes, &ChainId([8; 32]).to_string()), "OPR-004");
    assert_eq!(code(&bytes, "07"), "API-002");
    assert_eq!(code(&bytes[1..], &CHAIN.to_string()), "OPR-001");
    assert_eq!(code(&[0; 65_537], &CHAIN.to_string()), "COD-001");
}

#[test]
fn a_counter_is_used_once_and_moves_the_window() {
    let window = check_counter(&ReplayWindow::default(), 63).unwrap();
    assert_eq!(window, ReplayWindow { base: Count(0), used: Count(1 << 63) });
    let code = |counter| check_counter(&window, counter).unwrap_err().code.clone();
    assert_eq!(code(63), "OPR-010");
    assert_eq!(code(128), "OPR-012");
    let moved = check_counter(&window, 127).unwrap();
    assert_eq!(moved, ReplayWindow { base: Count(64), used: Count(1 << 63) });
    assert_eq!(check_counter(&moved, 63).unwrap_err().code, "OPR-011");
}
