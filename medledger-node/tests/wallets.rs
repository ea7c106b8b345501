//! `wallet`: sheets, keystores, and what they restore.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may stop")]

mod common;

use std::fs;
use std::path::Path;

use common::{done, folder, ledger, medledger, refused, write};
use serde_json::{Value, json};

const PASSPHRASE: &str = "a horse of course";

/// A ledger with the wallet `ann`, whose sheets and passphrase lie beside it in files.
struct Ann {
    home: tempfile::TempDir,
    made: Value,
}

impl Ann {
    fn new() -> Self {
        let home = folder();
        ledger(home.path());
        write(home.path(), "pass", PASSPHRASE.as_bytes());
        let made = done(
            home.path(),
            &[
                &["wallet", "new", "--dir", "l", "--name", "ann", "--relationship", "hospital"][..],
                &["--first-sheet", "one.txt", "--second-sheet", "two.txt", "--passphrase-file", "pass"],
            ]
            .concat(),
        );
        Self { home, made }
    }

    fn path(&self) -> &Path {
        self.home.path()
    }

    fn done(&self, args: &[&str]) -> Value {
        done(self.path(), args)
    }

    fn refused(&self, exit: i32, args: &[&str]) -> (String, Option<String>) {
        refused(self.path(), exit, args)
    }

    fn relate(&self, relationship: &str) -> Value {
        self.done(
            &[
                &["wallet", "identity", "--dir", "l", "--name", "ann", "--relationship", relationship][..],
                &["--first-sheet", "one.txt", "--passphrase-file", "pass"],
            ]
            .concat(),
        )
    }

    fn grant(&self, who: &str, extra: &[&str]) -> Vec<String> {
        let args = ["consent", "grant", "--dir", "l", "--subject", who, "--to", "founder"];
        let args = [&args[..], &["--until", "2099-01-01T00:00:00Z", "--purpose", "TREAT"], extra].concat();
        args.into_iter().map(str::to_owned).collect()
    }

    fn file(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    fn anchor(&self, who: &str) {
        write(self.path(), "sample.json", medledger_sdk::fhir::SAMPLE_BUNDLE);
        self.done(&["anchor", "--dir", "l", "--subject", who, "--bundle", "sample.json"]);
    }

    /// The ledger on another machine: everything but the keys of people.
    fn elsewhere(&self) {
        let (from, to) = (self.path().join("l"), self.path().join("m"));
        fs::create_dir(&to).unwrap();
        for entry in fs::read_dir(&from).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
            }
        }
    }
}

fn words(args: &[String]) -> Vec<&str> {
    args.iter().map(String::as_str).collect()
}

fn dids(shown: &Value) -> Vec<String> {
    let identities = shown["identities"].as_array().unwrap();
    identities.iter().map(|identity| identity["did"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_wallet_grants_and_its_files_are_its_owners_alone() {
    let ann = Ann::new();
    assert_eq!((&ann.made["identity"], &ann.made["relationship"]), (&json!(0), &json!("hospital")));
    #[cfg(unix)]
    for (path, mode) in
        [("l/keys/ann.wallet", 0o600), ("l/keys", 0o700), ("one.txt", 0o600), ("two.txt", 0o600)]
    {
        use std::os::unix::fs::PermissionsExt;
        let found = fs::metadata(ann.path().join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!(found, mode, "{path}");
    }
    let (one, two) = (ann.file("one.txt"), ann.file("two.txt"));
    assert_eq!((one.lines().count(), two.lines().count()), (24, 24));
    assert_ne!(one, two);
    let granted = ann.done(&words(&ann.grant("ann", &["--passphrase-file", "pass"])));
    assert_eq!(granted["subject"], ann.made["did"]);
    let listed = ann.done(&["consent", "list", "--dir", "l", "--subject", "ann"]);
    assert_eq!(listed["consents"].as_array().unwrap().len(), 1);
    let consent = granted["consent"].as_str().unwrap();
    let args = ["consent", "revoke", "--dir", "l", "--subject", "ann", "--consent", consent];
    ann.done(&[&args[..], &["--passphrase-file", "pass"]].concat());
    // What only the controller may do is on paper.
    for who in ["ann", "ann/0", ann.made["did"].as_str().unwrap()] {
        let (code, element) = ann.refused(2, &["identity", "rotate", "--dir", "l", who]);
        assert_eq!((&*code, element), ("CLI-046", Some(who.to_owned())));
    }
    assert_eq!(ann.done(&["verify", "--dir", "l"])["verified"], json!(true));
}

#[test]
fn passphrases_are_needed_tried_and_changed() {
    let ann = Ann::new();
    let grant = ann.grant("ann", &[]);
    assert_eq!(ann.refused(2, &words(&grant)).0, "CLI-041");
    write(ann.path(), "wrong", b"a horse");
    let with = |file| words(&grant).into_iter().chain(["--passphrase-file", file]).collect::<Vec<_>>();
    assert_eq!(ann.refused(2, &with("wrong")).0, "WAL-031");
    write(ann.path(), "empty", b"");
    assert_eq!(ann.refused(2, &with("empty")).0, "WAL-034");
    write(ann.path(), "new", b"another\n");
    let change = ["wallet", "passphrase", "--dir", "l", "--name", "ann", "--passphrase-file"];
    assert_eq!(
        ann.refused(2, &[&change[..], &["wrong", "--new-passphrase-file", "new"]].concat()).0,
        "WAL-031"
    );
    assert_eq!(ann.refused(2, &[&change[..], &["pass"]].concat()).0, "CLI-041");
    let before = fs::read(ann.path().join("l/keys/ann.wallet")).unwrap();
    ann.done(&[&change[..], &["pass", "--new-passphrase-file", "new"]].concat());
    assert_ne!(fs::read(ann.path().join("l/keys/ann.wallet")).unwrap(), before);
    assert_eq!(ann.refused(2, &with("pass")).0, "WAL-031");
    ann.done(&with("new"));
    // From the environment.
    let run = |passphrase: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_medledger"));
        command.args(&grant).current_dir(ann.path()).env("MEDLEDGER_PASSPHRASE", passphrase);
        command.stdin(std::process::Stdio::null()).output().unwrap().status.code()
    };
    assert_eq!((run("another"), run("wrong")), (Some(0), Some(2)));
}

#[test]
fn a_damaged_an_exposed_and_a_missing_wallet_are_told_apart() {
    let ann = Ann::new();
    let path = ann.path().join("l/keys/ann.wallet");
    let good = fs::read(&path).unwrap();
    let show = ["wallet", "show", "--dir", "l", "--name", "ann"];
    let mut bad = good.clone();
    bad[good.len() / 2] ^= 1;
    fs::write(&path, &bad).unwrap();
    assert_eq!(ann.refused(2, &show).0, "WAL-030");
    fs::write(&path, &good[..good.len() - 1]).unwrap();
    assert_eq!(ann.refused(2, &words(&ann.grant("ann", &["--passphrase-file", "pass"]))).0, "WAL-030");
    fs::write(&path, vec![0; 1 << 20]).unwrap();
    assert_eq!(ann.refused(2, &show).0, "WAL-030");
    fs::write(&path, &good).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for mode in [0o640, 0o604, 0o620, 0o660] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(ann.refused(2, &show).0, "CLI-040");
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    // Also where it is only opened to read with it, wherever it lies.
    ann.anchor("ann");
    ann.done(&["export", "--dir", "l", "--subject", "ann", "--to", "all.cbor"]);
    for to in ["l/keys/ann.wallet", "carried"] {
        fs::copy(&path, ann.path().join("carried")).unwrap();
        let open = ["export", "open", "all.cbor", "--genesis", "l/genesis.cbor", "--key", to];
        let open = [&open[..], &["--passphrase-file", "pass", "--to", "all.json"]].concat();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |mode| fs::set_permissions(ann.path().join(to), fs::Permissions::from_mode(mode));
            for exposed in [0o640, 0o604, 0o620] {
                mode(exposed).unwrap();
                assert_eq!(ann.refused(2, &open).0, "CLI-040");
                assert!(!ann.path().join("all.json").exists());
            }
            mode(0o600).unwrap();
        }
        assert!(ann.done(&open)["opened"].as_u64().unwrap() > 0);
        fs::remove_file(ann.path().join("all.json")).unwrap();
    }
    assert_eq!(dids(&ann.done(&show)).len(), 1);
    for name in ["bob", "maren", "../ann", "ann/0"] {
        assert_eq!(ann.refused(2, &["wallet", "show", "--dir", "l", "--name", name]).0, "CLI-048");
    }
    // The keystore of another ledger.
    let other = folder();
    ledger(other.path());
    fs::copy(&path, other.path().join("l/keys/ann.wallet")).unwrap();
    write(other.path(), "pass", PASSPHRASE.as_bytes());
    let args = ann.grant("ann", &["--passphrase-file", "pass"]);
    assert_eq!(refused(other.path(), 2, &words(&args)).0, "WAL-036");
    // Nobody else is kept from anything by it.
    done(other.path(), &["log", "--dir", "l", "--subject", "maren"]);
    let listed = done(other.path(), &["identity", "list", "--dir", "l"]);
    let listed = listed["identities"].as_array().unwrap();
    assert!(listed.iter().any(|of| of["name"] == "ann" && of["status"] == "WAL-036"));
}

#[test]
fn names_sheets_and_relationships_that_are_taken_or_wrong() {
    let ann = Ann::new();
    let new = |name: &str, extra: &[&str]| {
        let args = ["wallet", "new", "--dir", "l", "--name", name, "--passphrase-file", "pass"];
        [&args[..], extra].concat().into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let sheets = ["--first-sheet", "a.txt", "--second-sheet", "b.txt"];
    assert_eq!(ann.refused(2, &words(&new("ann", &sheets))).0, "CLI-007");
    assert_eq!(ann.refused(2, &words(&new("maren", &sheets))).0, "CLI-007");
    assert_eq!(ann.refused(2, &words(&new("Bob", &sheets))).0, "CLI-008");
    assert_eq!(ann.refused(2, &words(&new("bob", &[]))).0, "CLI-044");
    assert_eq!(ann.refused(2, &words(&new("bob", &["--first-sheet", "a.txt"]))).0, "CLI-001");
    let taken = ["--first-sheet", "a.txt", "--second-sheet", "two.txt"];
    assert_eq!(ann.refused(2, &words(&new("bob", &taken))).0, "CLI-003");
    assert!(!ann.path().join("a.txt").exists() && !ann.path().join("l/keys/bob.wallet").exists());
    let identity = ["identity", "new", "--dir", "l", "--kind", "patient", "--name", "ann"];
    assert_eq!(ann.refused(2, &identity).0, "CLI-007");
    for bad in ["", "12", "two\nlines", &"x".repeat(129)] {
        let args = ["wallet", "identity", "--dir", "l", "--name", "ann", "--passphrase-file", "pass"];
        let args = [&args[..], &["--first-sheet", "one.txt", "--relationship", bad]].concat();
        assert_eq!(ann.refused(2, &args).0, "CLI-047", "{bad}");
    }
    let args = ["wallet", "identity", "--dir", "l", "--name", "ann", "--passphrase-file", "pass"];
    let args = [&args[..], &["--relationship", "clinic"]].concat();
    assert_eq!(ann.refused(2, &args).0, "CLI-043");
    // The same name twice, the wrong sheet, another wallet's sheet.
    let with = |sheet, name| [&args[..7], &["pass", "--relationship", name, "--first-sheet", sheet]].concat();
    assert_eq!(ann.refused(2, &with("one.txt", "hospital")).0, "WAL-037");
    assert_eq!(ann.refused(2, &with("two.txt", "clinic")).0, "WAL-020");
    ann.done(&words(&new("bob", &sheets)));
    assert_eq!(ann.refused(2, &with("a.txt", "clinic")).0, "WAL-024");
    assert_eq!(dids(&ann.done(&["wallet", "show", "--dir", "l", "--name", "ann"])).len(), 1);
}

#[test]
fn bad_words_are_told_by_their_place() {
    let ann = Ann::new();
    let good = ann.file("one.txt");
    let all: Vec<&str> = good.lines().collect();
    let restore = ["wallet", "restore", "--dir", "l", "--name", "eve", "--passphrase-file", "pass"];
    let refused = |text: &str| {
        write(ann.path(), "words.txt", text.as_bytes());
        let args = [&restore[..], &["--first-sheet", "words.txt", "--json"]].concat();
        let ran = medledger(ann.path(), &args);
        assert_eq!(ran.code, Some(2));
        let error: Value = serde_json::from_str(&ran.out).unwrap();
        (error["error"]["code"].as_str().unwrap().to_owned(), ran.out + &ran.err)
    };
    assert_eq!(refused(&all[..23].join(" ")).0, "WAL-010");
    assert_eq!(refused("").0, "WAL-010");
    let mut typo = all.clone();
    typo[16] = "absolutly";
    let (code, told) = refused(&typo.join(" "));
    assert_eq!(code, "WAL-011");
    assert!(told.contains("word 17") && !told.contains("absolutly"), "{told}");
    let mut turned = all.clone();
    turned.reverse();
    let (code, _) = refused(&turned.join(" "));
    assert!(
        ["WAL-012", "WAL-020"].contains(&&*code),
        "a reversed sheet has a good checksum once in 256: {code}"
    );
    assert_eq!(ann.refused(2, &restore).0, "CLI-043");
    assert!(!ann.path().join("l/keys/eve.wallet").exists());
}

#[test]
fn an_empty_machine_restores_everything_from_the_first_sheet_and_the_ledger() {
    let ann = Ann::new();
    ann.relate("clinic");
    ann.relate("general practice");
    for who in ["ann/hospital", "ann/1", "ann/general practice"] {
        ann.anchor(who);
    }
    let before = ann.done(&["timeline", "--dir", "l", "--subject", "ann"]);
    ann.elsewhere();
    assert!(!ann.path().join("m/keys").exists());
    let restore = ["wallet", "restore", "--dir", "m", "--name", "ann", "--first-sheet", "one.txt"];
    let restored = ann.done(&[&restore[..], &["--passphrase-file", "pass"]].concat());
    let shown = ann.done(&["wallet", "show", "--dir", "l", "--name", "ann"]);
    assert_eq!(dids(&restored), dids(&shown));
    assert_eq!(dids(&restored).len(), 3);
    assert!(restored["identities"].as_array().unwrap().iter().all(|of| of["device"] == "live"));
    assert_eq!(restored["superseded"], json!(false));
    let after = ann.done(&["timeline", "--dir", "m", "--subject", "ann"]);
    let ids = |timeline: &Value| {
        let records = timeline["records"].as_array().unwrap().clone();
        let mut ids: Vec<String> =
            records.iter().map(|record| format!("{} {}", record["record"], record["subject"])).collect();
        ids.sort_unstable();
        ids
    };
    assert!(ids(&after).len() > 3 && ids(&after).len().is_multiple_of(3));
    assert_eq!(ids(&after), ids(&before));
    assert!(after["binding"].as_str().unwrap().contains("binds only that one"));
    assert_eq!((&after["complete"], &after["height"]), (&json!(true), &before["height"]));
    // One identity alone.
    let args = ["timeline", "--dir", "m", "--subject", "ann", "--identity", "1"];
    let one = ann.done(&args);
    assert_eq!(one["records"].as_array().unwrap().len() * 3, ids(&after).len());
    assert_eq!(ann.refused(2, &["log", "--dir", "m", "--subject", "ann"]).0, "CLI-045");
    assert_eq!(ann.refused(2, &["log", "--dir", "m", "--subject", "ann", "--identity", "9"]).0, "CLI-045");
    ann.done(&["log", "--dir", "m", "--subject", "ann", "--identity", "2"]);
    ann.done(&["export", "--dir", "m", "--subject", "ann", "--identity", "0", "--to", "ann.cbor"]);
    // The restored keys sign; one more relationship takes the second sheet.
    fs::copy(ann.path().join("l/keys/validator.key"), ann.path().join("m/keys/validator.key")).unwrap();
    fs::copy(ann.path().join("l/keys/founder.key"), ann.path().join("m/keys/founder.key")).unwrap();
    let grant = ["consent", "grant", "--dir", "m", "--subject", "ann", "--identity", "clinic"];
    let rest = ["--to", "founder", "--until", "2099-01-01T00:00:00Z", "--passphrase-file", "pass"];
    assert_eq!(ann.refused(2, &[&grant[..], &rest].concat()).0, "CLI-045");
    let grant = ["consent", "grant", "--dir", "m", "--subject", "ann", "--identity", "1"];
    ann.done(&[&grant[..], &rest].concat());
    let more = ["wallet", "identity", "--dir", "m", "--name", "ann", "--relationship", "dentist"];
    let more = [&more[..], &["--first-sheet", "one.txt", "--passphrase-file", "pass"]].concat();
    assert_eq!(ann.refused(2, &more).0, "WAL-021");
    let second = |file| [&more[..], &["--second-sheet", file]].concat();
    assert_eq!(ann.refused(2, &second("one.txt")).0, "WAL-014");
    assert_eq!(ann.done(&second("two.txt"))["identity"], json!(3));
    // And once the digests are kept it takes the first alone.
    let last: Vec<&str> = more.iter().map(|arg| if *arg == "dentist" { "optician" } else { arg }).collect();
    assert_eq!(ann.done(&last)["identity"], json!(4));
}

#[test]
fn a_device_of_its_own_joins_each_identity() {
    let ann = Ann::new();
    ann.relate("clinic");
    let restore = ["wallet", "restore", "--dir", "l", "--name", "tablet", "--first-sheet", "one.txt"];
    let restored = ann.done(&[&restore[..], &["--new-device", "--passphrase-file", "pass"]].concat());
    for of in restored["identities"].as_array().unwrap() {
        assert_eq!(of["device"], "live");
        let shown = ann.done(&["identity", "show", "--dir", "l", of["did"].as_str().unwrap()]);
        let devices = shown["keys"].as_array().unwrap().iter().filter(|key| key["role"] == "device");
        assert_eq!(devices.count(), 2);
    }
    let phone = ann.done(&["wallet", "show", "--dir", "l", "--name", "ann"]);
    assert_ne!(phone["identities"][0]["key"], restored["identities"][0]["key"]);
    ann.done(&words(&ann.grant("tablet/0", &["--passphrase-file", "pass"])));
}

#[test]
fn the_second_sheet_takes_over_from_a_stolen_first() {
    let ann = Ann::new();
    ann.relate("clinic");
    ann.done(&["wallet", "sheet", "--to", "three.txt"]);
    assert_eq!(ann.refused(2, &["wallet", "sheet", "--to", "three.txt"]).0, "CLI-003");
    let rotate = |second, next| {
        let args = ["wallet", "rotate", "--dir", "l", "--name", "ann", "--passphrase-file", "pass"];
        [&args[..], &["--second-sheet", second, "--next-sheet", next]].concat()
    };
    // The thief has the first sheet, and restores.
    write(ann.path(), "thief", b"thief");
    let restore = |name, sheet| {
        let args = ["wallet", "restore", "--dir", "l", "--name", name, "--passphrase-file", "thief"];
        [&args[..], &["--first-sheet", sheet]].concat()
    };
    ann.done(&restore("thief", "one.txt"));
    assert_eq!(ann.refused(2, &rotate("one.txt", "three.txt")).0, "WAL-041");
    assert_eq!(ann.refused(2, &rotate("three.txt", "two.txt")).0, "WAL-040");
    assert_eq!(ann.refused(2, &rotate("two.txt", "two.txt")).0, "WAL-014");
    let args = rotate("two.txt", "three.txt");
    assert_eq!(ann.refused(2, &args[..args.len() - 2]).0, "CLI-043");
    let rotated = ann.done(&args);
    assert_eq!(rotated["rotated"].as_array().unwrap().len(), 2);
    // His keys are dead, hers sign.
    assert_eq!(ann.refused(2, &words(&ann.grant("thief/0", &["--passphrase-file", "thief"]))).0, "CLI-006");
    let thiefs = ann.done(&["wallet", "show", "--dir", "l", "--name", "thief"]);
    assert!(thiefs["identities"].as_array().unwrap().iter().all(|of| of["device"] == "ended"));
    for who in ["ann/0", "ann/clinic"] {
        ann.done(&words(&ann.grant(who, &["--passphrase-file", "pass"])));
    }
    let again = ann.done(&restore("again", "one.txt"));
    assert_eq!(again["superseded"], json!(true));
    let more = ["wallet", "identity", "--dir", "l", "--name", "again", "--relationship", "x"];
    let more = [&more[..], &["--first-sheet", "one.txt", "--passphrase-file", "thief"]].concat();
    assert_eq!(ann.refused(2, &more).0, "WAL-022");
    // The second sheet restores everything now, the same command again changes nothing, and the third is the second.
    assert_eq!(dids(&ann.done(&restore("new", "two.txt"))).len(), 2);
    assert_eq!(ann.done(&rotate("two.txt", "three.txt"))["rotated"], json!([]));
    ann.done(&["wallet", "sheet", "--to", "four.txt"]);
    assert_eq!(ann.refused(2, &rotate("two.txt", "four.txt")).0, "WAL-042");
    let shown = ann.done(&["wallet", "show", "--dir", "l", "--name", "ann"]);
    assert!(shown["identities"].as_array().unwrap().iter().all(|of| of["rotations"] == 1));
    let third = ann.done(&rotate("three.txt", "four.txt"));
    assert_eq!(third["rotated"].as_array().unwrap().len(), 2);
    assert_eq!(ann.done(&["verify", "--dir", "l"])["verified"], json!(true));
}

#[test]
fn a_wallet_signs_as_a_process_of_its_own() {
    let ann = Ann::new();
    ann.done(&["consent", "state", "--dir", "l", "--subject", "ann", "--to", "state.cbor"]);
    let sign = ["consent", "sign", "--key", "l/keys/ann.wallet", "--genesis", "l/genesis.cbor"];
    let rest = ["--state", "state.cbor", "--to-file", "grant.cbor", "--to", "FOUNDER"];
    let founder =
        ann.done(&["identity", "show", "--dir", "l", "founder"])["did"].as_str().unwrap().to_owned();
    let rest = rest.map(|arg| if arg == "FOUNDER" { &*founder } else { arg });
    let args = [&sign[..], &rest, &["--until", "2099-01-01T00:00:00Z"]].concat();
    assert_eq!(ann.refused(2, &args).0, "CLI-041");
    ann.done(&[&args[..], &["--passphrase-file", "pass"]].concat());
    ann.done(&["submit", "--dir", "l", "grant.cbor"]);
    assert_eq!(
        ann.done(&["consent", "list", "--dir", "l", "--subject", "ann"])["consents"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn no_secret_is_in_any_output() {
    let ann = Ann::new();
    ann.done(&["wallet", "sheet", "--to", "three.txt"]);
    let runs: &[&[&str]] = &[
        &["wallet", "show", "--dir", "l", "--name", "ann"],
        &[
            "wallet",
            "identity",
            "--dir",
            "l",
            "--name",
            "ann",
            "--relationship",
            "x",
            "--first-sheet",
            "one.txt",
            "--passphrase-file",
            "pass",
        ],
        &[
            "wallet",
            "restore",
            "--dir",
            "l",
            "--name",
            "b",
            "--first-sheet",
            "one.txt",
            "--passphrase-file",
            "pass",
        ],
        &[
            "wallet",
            "passphrase",
            "--dir",
            "l",
            "--name",
            "ann",
            "--passphrase-file",
            "pass",
            "--new-passphrase-file",
            "pass",
        ],
        &[
            "wallet",
            "rotate",
            "--dir",
            "l",
            "--name",
            "ann",
            "--passphrase-file",
            "pass",
            "--second-sheet",
            "two.txt",
            "--next-sheet",
            "three.txt",
        ],
        &[
            "wallet",
            "restore",
            "--dir",
            "l",
            "--name",
            "c",
            "--first-sheet",
            "pass",
            "--passphrase-file",
            "pass",
        ],
        &[
            "wallet",
            "rotate",
            "--dir",
            "l",
            "--name",
            "ann",
            "--passphrase-file",
            "one.txt",
            "--second-sheet",
            "pass",
            "--next-sheet",
            "three.txt",
        ],
        &["wallet", "new", "--dir", "l", "--name", "d", "--passphrase-file", "pass"],
        &["identity", "list", "--dir", "l"],
    ];
    let sheets = ["one.txt", "two.txt", "three.txt"].map(|name| ann.file(name));
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let keystore = fs::read(ann.path().join("l/keys/ann.wallet")).unwrap();
    let keystore = medledger_sdk::wallet::keystore::Keystore::open(&keystore, PASSPHRASE).unwrap();
    let kept = &keystore.kept()[0];
    let mut keys = vec![hex(kept.signing.seed().as_slice()), hex(kept.agreement.expose())];
    let founder = ann.file("l/keys/founder.key");
    let lines = founder.lines().filter_map(|line| line.split_once(' '));
    keys.extend(lines.filter(|(_, value)| value.len() == 64).map(|(_, seed)| seed.to_owned()));
    assert!(keys.len() >= 6);
    for run in runs {
        for json in [&["--json"][..], &[]] {
            let ran = medledger(ann.path(), &[*run, json].concat());
            let told = format!("{} {}", ran.out, ran.err);
            assert!(!told.contains("panicked") && !told.contains(PASSPHRASE), "{told}");
            assert!(!keys.iter().any(|key| told.contains(key.as_str())), "{told}");
            for sheet in &sheets {
                let words: Vec<&str> = sheet.lines().collect();
                // Words of the list are English, and two in a row may be the command's own by chance ("choose another").
                for three in words.windows(3) {
                    assert!(!told.contains(&three.join(" ")), "{told}");
                    assert!(!told.contains(&three.join("\n")), "{told}");
                }
            }
        }
    }
    // Nor in the ledger's folder, but for the sheets themselves, which are not in it.
    let words: Vec<String> = sheets[0].lines().map(str::to_owned).collect();
    let stored = fs::read(ann.path().join("l/keys/ann.wallet")).unwrap();
    let text = String::from_utf8_lossy(&stored).into_owned();
    assert!(!words.windows(2).any(|pair| text.contains(&pair.join(" "))));
}
