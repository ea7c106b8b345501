use super::*;
use medledger_core::crypto::SecretKey;

fn keys() -> KeyFile {
    let key = |n| SecretKey::from_seed([n; 32]);
    let keys = IdentityKeys { device: key(0xa1), controller: key(0x0b), successor: key(3) };
    KeyFile::new(Kind::Patient, Did([7; 32]), keys)
}

#[test]
fn keys_are_kept_for_their_owner_alone_and_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let ring = Keyring::of(dir.path());
    assert!(matches!(ring.load("maren"), Err(KeyFault::Missing(_))));
    ring.add("maren", &keys()).unwrap();
    assert!(matches!(ring.add("maren", &keys()), Err(KeyFault::Taken(_))));
    ring.add_validator(&SecretKey::from_seed([9; 32])).unwrap();
    assert_eq!(ring.names().unwrap(), ["maren"]);
    let back = ring.load("maren").unwrap();
    assert_eq!((back.kind, back.did), (Kind::Patient, Did([7; 32])));
    for (own, kept) in [
        (&back.devices[0], 0xa1),
        (&back.controller, 0x0b),
        (&back.successor, 3),
        (&ring.validator().unwrap(), 9),
    ] {
        assert_eq!(own.public(), SecretKey::from_seed([kept; 32]).public());
    }
    #[cfg(unix)]
    for (path, mode) in [(ring.path("maren"), 0o600), (dir.path().join("keys"), 0o700)] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode);
    }
}

#[test]
fn no_secret_is_shown() {
    let shown = format!("{:?}", keys());
    for seed in ["a1a1", "161, 161", "0b0b"] {
        assert!(!shown.contains(seed), "{shown}");
    }
}

#[test]
fn damaged_key_files_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let ring = Keyring::of(dir.path());
    ring.add("maren", &keys()).unwrap();
    let good = fs::read_to_string(ring.path("maren")).unwrap();
    for bad in [
        String::new(),
        good.replace("key 1", "key 2"),
        good.replace("a1a1", "A1a1"),
        good.replacen("a1", "", 1),
        good.replace("successor", "follower"),
        good.lines().take(3).collect::<Vec<_>>().join("\n"),
    ] {
        fs::write(ring.path("maren"), bad).unwrap();
        assert!(matches!(ring.load("maren"), Err(KeyFault::Damaged(..))));
    }
    fs::write(ring.path("maren"), [0xff, 0xfe]).unwrap();
    assert!(matches!(ring.load("maren"), Err(KeyFault::Damaged(..))));
}

#[test]
fn names_of_files_cannot_lead_out_of_the_folder() {
    for bad in ["", "..", "a/b", "Maren", "validator", "a b", &"x".repeat(65)] {
        assert!(!Keyring::is_name(bad), "{bad}");
    }
    assert!(Keyring::is_name("maren-2"));
}
