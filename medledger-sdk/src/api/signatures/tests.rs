use super::super::key::Quiet;
use super::*;
use alloc::vec;
use medledger_core::crypto::SecretKey;

fn claims(n: u8) -> Vec<SignatureClaim> {
    let signed = |i: u8| {
        let key = SecretKey::from_seed([i; 32]);
        SignatureClaim {
            public_key: Bytes(parse::public_key_bytes(&key.public())),
            message: Bytes(vec![i; 5]),
            signature: Bytes(key.sign(&[i; 5]).as_ref().to_vec()),
        }
    };
    (0..n).map(signed).collect()
}

#[test]
fn a_batch_says_of_each_what_a_single_check_says() {
    let mut claims = claims(12);
    claims[1].message.0.push(0);
    claims[3].signature.0.pop();
    claims[4].public_key = Bytes(vec![0; 32]);
    claims[7].signature.0[40] ^= 1;
    claims[11].signature.0[63] = 0xff;
    let bad = verify_signatures(&claims, &mut Quiet).unwrap();
    let mut rest = bad.iter().peekable();
    for (index, claim) in (0_u64..).zip(&claims) {
        let single = verify_signature(&claim.public_key.0, &claim.message.0, &claim.signature.0);
        let found = rest.next_if(|bad| bad.index.0 == index).map(|bad| bad.fault.code.clone());
        assert_eq!(found, single.err().map(|error| error.code.clone()), "{index}");
    }
    let codes: Vec<_> = bad.iter().map(|bad| bad.fault.code.as_str()).collect();
    assert_eq!(codes, ["CRY-008", "API-003", "CRY-002", "CRY-008", "CRY-004"]);
    assert_eq!(verify_signatures(&[], &mut Quiet).unwrap(), []);
}

#[test]
fn a_long_list_is_checked_in_parts_and_can_be_stopped() {
    let one = claims(1).remove(0);
    let mut many = vec![one; 2050];
    many[2049].message.0.clear();
    let mut steps = Vec::new();
    let bad = verify_signatures(&many, &mut |done, total| {
        steps.push((done, total));
        true
    })
    .unwrap();
    assert_eq!(steps, [(1024, 2050), (2048, 2050), (2050, 2050)]);
    assert_eq!(bad.iter().map(|bad| bad.index.0).collect::<Vec<_>>(), [2049]);
    let stopped = verify_signatures(&many, &mut |done, _| done < 2048).unwrap_err();
    assert_eq!(stopped.code, "API-009");
}
