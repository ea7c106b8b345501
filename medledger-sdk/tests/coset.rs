//! A third COSE library beside the two of `tests/interop`: Google's coset, over another CBOR library than theirs.
#![allow(clippy::panic, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may stop")]

use coset::{CborSerializable, CoseSign1, CoseSign1Builder, HeaderBuilder, iana};
use medledger_core::codec::{decode, encode};
use medledger_core::crypto::{SecretKey, Signature, VerifyingKey, verify};
use medledger_core::hash::{ChainId, Did, KeyId};
use medledger_core::limits::TRANSACTION;
use medledger_core::operation::{
    Approval, Body, Draft, Operation, PROTOCOL_VERSION, Payload, Transaction, external_aad,
};
use medledger_core::units::Timestamp;
use serde_bytes::ByteBuf;

const CHAIN: ChainId = ChainId([7; 32]);

fn body(key: &SecretKey) -> Body {
    Body {
        version: PROTOCOL_VERSION,
        chain: CHAIN,
        signer: Did([1; 32]),
        key: key.public().id(),
        counter: 300,
        signed_at: Timestamp(1),
        valid_until: Timestamp(2),
        operation: Operation::RevokeDevice { key: KeyId([2; 32]) },
    }
}

/// A message that coset makes, with its payload inside or detached.
fn made(key: &SecretKey, payload: &[u8], detached: bool) -> Vec<u8> {
    let header =
        HeaderBuilder::new().algorithm(iana::Algorithm::EdDSA).key_id(key.public().id().0.to_vec()).build();
    let builder = CoseSign1Builder::new().protected(header);
    let aad = external_aad(&CHAIN);
    let sign = |message: &[u8]| key.sign(message).0.to_vec();
    let message = if detached {
        builder.create_detached_signature(payload, &aad, sign)
    } else {
        builder.payload(payload.to_vec()).create_signature(&aad, sign)
    };
    message.build().to_vec().unwrap()
}

fn check(key: &SecretKey, message: &[u8], signature: &[u8]) -> Result<(), String> {
    let key = VerifyingKey::from_public(&key.public()).unwrap();
    let signature = Signature::from_slice(signature).ok_or("not 64 bytes")?;
    verify(&key, message, &signature).map_err(|error| error.to_string())
}

#[test]
fn what_coset_makes_is_a_transaction() {
    let (signer, approver) = (SecretKey::from_seed([3; 32]), SecretKey::from_seed([4; 32]));
    let body = body(&signer);
    let approval = made(&approver, &body.hash().unwrap().0, true);
    let payload = encode(&Payload { body: body.clone(), approvals: vec![ByteBuf::from(approval)] }).unwrap();
    let bytes = made(&signer, &payload, false);

    let transaction = Transaction::decode(&bytes, &CHAIN).unwrap();
    assert_eq!(transaction.body, body);
    check(&signer, &transaction.signed, transaction.signature.as_ref()).unwrap();
    let [approval] = transaction.approvals.as_slice() else { panic!("one approval was given") };
    let said = Approval::to_be_signed(&approver.public().id(), &CHAIN, &body.hash().unwrap());
    check(&approver, &said, approval.signature.as_ref()).unwrap();
}

#[test]
fn coset_checks_ours() {
    let (signer, approver) = (SecretKey::from_seed([3; 32]), SecretKey::from_seed([4; 32]));
    let mut draft = Draft::new(body(&signer));
    let waiting = draft.approval(approver.public().id()).unwrap();
    draft.approve(waiting.finish(&approver.public(), approver.sign(waiting.to_sign())).unwrap()).unwrap();
    let signed = draft.finish(&signer.public(), signer.sign(&draft.to_sign().unwrap())).unwrap();

    let aad = external_aad(&CHAIN);
    let message = CoseSign1::from_slice(&signed.bytes).unwrap();
    assert_eq!(message.protected.header.key_id, signer.public().id().0);
    message.verify_signature(&aad, |signature, data| check(&signer, data, signature)).unwrap();
    message.verify_signature(b"elsewhere", |signature, data| check(&signer, data, signature)).unwrap_err();

    let payload: Payload = decode(&message.payload.unwrap(), &TRANSACTION).unwrap();
    let approval = CoseSign1::from_slice(&payload.approvals[0]).unwrap();
    assert_eq!(approval.payload, None);
    let said = draft.body().hash().unwrap();
    let verdict = |said: &[u8]| {
        approval.verify_detached_signature(said, &aad, |signature, data| check(&approver, data, signature))
    };
    verdict(&said.0).unwrap();
    verdict(&[0; 32]).unwrap_err();
}
