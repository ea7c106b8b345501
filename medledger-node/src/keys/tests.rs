use super::*;
use medledger_core::crypto::SecretKey;

fn keys() -> KeyFile {
    let key = |n| SecretKey::from_seed([n; 32]);
    let agreement = AgreementSecret::new([0xc5; 32]);
    let keys = IdentityKeys { device: key(0xa1), agreement, controller: key(0x0b), successor: key(3) };
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
        (&back.devices[0].signing, 0xa1),
        (&back.upper.as_ref().unwrap().controller, 0x0b),
        (&back.upper.as_ref().unwrap().successor, 3),
        (&ring.validator().unwrap(), 9),
    ] {
        assert_eq!(own.public(), SecretKey::from_seed([kept; 32]).public());
    }
    let public = AgreementSecret::new([0xc5; 32]).public();
    assert_eq!(back.agreement(&public).map(AgreementSecret::public), Some(public));
    #[cfg(unix)]
    for (path, mode) in [(ring.path("maren"), 0o600), (dir.path().join("keys"), 0o700)] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode);
    }
}

#[test]
fn no_secret_is_shown() {
    let shown = format!("{:?}", keys());
    for seed in ["a1a1", "161, 161", "0b0b", "c5c5", "197, 197"] {
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
        good.replace("key 2", "key 3"),
        good.replace("key 2", "key 1"),
        good.replace("agreement", "controller"),
        good.replace("device", "controller"),
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

#[test]
fn a_file_of_version_1_is_read_and_its_device_opens_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let ring = Keyring::of(dir.path());
    ring.add("maren", &keys()).unwrap();
    let text = fs::read_to_string(ring.path("maren")).unwrap();
    let old: Vec<_> = text.lines().filter(|line| !line.starts_with("agreement")).collect();
    fs::write(ring.path("maren"), old.join("\n").replace("key 2", "key 1")).unwrap();
    let mut back = ring.load("maren").unwrap();
    assert!(back.devices[0].agreement.is_none());
    let Device { signing, agreement } = keys().devices.remove(0);
    assert_eq!(back.devices[0].signing.public(), signing.public());
    back.devices.push(Device { signing: SecretKey::from_seed([8; 32]), agreement });
    ring.replace("maren", &back).unwrap();
    let again = ring.load("maren").unwrap();
    assert_eq!(
        again.devices.iter().map(|device| device.agreement.is_some()).collect::<Vec<_>>(),
        [false, true]
    );
}

#[cfg(unix)]
#[test]
fn keys_that_others_can_read_are_not_used() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let ring = Keyring::of(dir.path());
    let secret = AgreementSecret::new([5; 32]);
    ring.add("maren", &keys()).unwrap();
    ring.add_validator(&SecretKey::from_seed([9; 32])).unwrap();
    ring.add_session(&secret.public(), &secret).unwrap();
    let session = ring.session_path(&secret.public());
    for path in [ring.path("maren"), ring.path(VALIDATOR), session.clone()] {
        for mode in [0o644, 0o640, 0o602] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let fault = match &path {
                path if *path == session => sessions::secret(path).map(drop),
                path if *path == ring.path("maren") => ring.load("maren").map(drop),
                _ => ring.validator().map(drop),
            };
            assert!(matches!(fault, Err(KeyFault::Exposed(_))), "{mode:o} {}", path.display());
        }
    }
}
