use std::io;

use medledger_core::operation::Operation;
use rand_core::{TryCryptoRng, TryRng};

use super::*;

/// A machine without random numbers.
struct Dry;

impl TryRng for Dry {
    type Error = io::Error;

    fn try_next_u32(&mut self) -> io::Result<u32> {
        Err(io::Error::other("dry"))
    }

    fn try_next_u64(&mut self) -> io::Result<u64> {
        Err(io::Error::other("dry"))
    }

    fn try_fill_bytes(&mut self, _: &mut [u8]) -> io::Result<()> {
        Err(io::Error::other("dry"))
    }
}

impl TryCryptoRng for Dry {}

fn founded(dir: &Path) -> Session {
    Session::found(dir, "test", "founder", Timestamp(1_772_438_400_000)).unwrap().0
}

#[test]
fn without_random_numbers_there_are_no_keys() {
    let failure = Failure::from(tried(Dry).map(drop).unwrap_err());
    assert_eq!((failure.code.as_str(), failure.exit), ("CLI-011", 2));
}

#[test]
fn a_transaction_that_the_block_did_not_take_is_no_success() {
    let failure = Failure::from(taken(Vec::<()>::new()).unwrap_err());
    assert_eq!((failure.code.as_str(), failure.exit), ("CLI-020", 2));
}

#[test]
fn a_refusal_by_the_ledger_has_its_own_exit_code() {
    let dir = tempfile::tempdir().unwrap();
    let session = founded(&dir.path().join("l"));
    let founder = session.actor("founder").unwrap();
    let device = founder.device().unwrap();
    let draft = session.signer(founder.keys.did, &device.public()).unwrap().draft(Operation::Deactivate);
    let failure = session.record(&draft, device, Vec::new()).map(drop).unwrap_err();
    assert_eq!((failure.code.as_str(), failure.exit), ("IDN-008", 3));
}

#[test]
fn a_rotation_that_was_cut_short_is_settled_by_the_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let session = founded(&dir.path().join("l"));
    let mut founder = session.actor("founder").unwrap();
    let next = draw_key(&mut entropy().unwrap());
    let disclosed = founder.upper().unwrap().successor.public();
    let signer = session.successor(founder.keys.did, &disclosed).unwrap();
    let keep = founder.control.devices.clone();
    let draft =
        medledger_sdk::identity::rotate(&signer, &founder.control, disclosed, &next.public(), keep, vec![])
            .unwrap();
    let expected = next.public();
    // The file is written before the ledger; then the command dies.
    founder.keys.upper.as_mut().unwrap().next = Some(next);
    session.keys.replace("founder", &founder.keys).unwrap();
    assert!(session.actor("founder").unwrap().upper().unwrap().next.is_some());
    session.record(&draft, &founder.upper().unwrap().successor, Vec::new()).unwrap();
    let after = session.actor("founder").unwrap().keys.upper.unwrap();
    assert_eq!((after.controller.public(), after.successor.public()), (disclosed, expected));
    assert!(session.keys.load("founder").unwrap().upper.unwrap().next.is_none());
}

#[test]
fn an_inception_that_is_refused_leaves_no_keys() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = founded(&dir.path().join("l"));
    let sponsor = session.actor("founder").unwrap();
    // A clock at the end of time signs what no block accepts.
    session.now = Timestamp(u64::MAX);
    session.incept("maren", Kind::Patient, &sponsor).map(drop).unwrap_err();
    assert!(!session.keys.path("maren").exists());
}

#[test]
fn keys_that_the_ledger_may_know_are_never_thrown_away() {
    let dir = tempfile::tempdir().unwrap();
    let session = founded(&dir.path().join("l"));
    let sponsor = session.actor("founder").unwrap();
    // A disk that failed while the block was written.
    let failed = || Failure::from(taken(Vec::<()>::new()).unwrap_err());
    let (unknown, known) = (Did([9; 32]), sponsor.keys.did);
    assert!(session.never_was(unknown, &failed()));
    assert!(!session.never_was(unknown, &failed().in_doubt()));
    assert!(!session.never_was(known, &failed()));
    let path = session.keys.path("maren");
    assert!(failed().in_doubt().keeping(&path).what.contains(&path.display().to_string()));
    // What failed before anything was sent is no doubt, and the name is free again.
    let validator = session.keys.path("validator");
    std::fs::rename(&validator, dir.path().join("away")).unwrap();
    let failure = session.incept("maren", Kind::Patient, &sponsor).map(drop).unwrap_err();
    assert_eq!((failure.code.as_str(), failure.in_doubt), ("CLI-006", false));
    assert!(!path.exists());
    // Another validator's key: the engine refuses when the block is made.
    std::fs::rename(dir.path().join("away"), &validator).unwrap();
    std::fs::remove_file(&validator).unwrap();
    session.keys.add_validator(&SecretKey::from_seed([7; 32])).unwrap();
    let failure = session.incept("maren", Kind::Patient, &sponsor).map(drop).unwrap_err();
    assert!(failure.in_doubt && failure.what.contains(&path.display().to_string()), "{failure:?}");
    assert!(session.keys.load("maren").is_ok());
}
