//! Wallet, gateway and requester as processes that exchange only files.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

mod common;

use std::path::Path;

use common::care::{Care, MINUTE, at, text};
use common::{done, folder, refused};
use medledger_core::crypto::SecretKey;
use medledger_sdk::release::{ReleaseAsk, ReleaseRequest};
use serde_json::{Value, json};

/// A machine with these files and nothing else.
fn machine(from: &Path, files: &[(&str, &str)]) -> tempfile::TempDir {
    let machine = folder();
    for (file, name) in files {
        std::fs::copy(from.join(file), machine.path().join(name)).unwrap();
    }
    machine
}

fn carry(from: &Path, to: &Path, file: &str) {
    std::fs::copy(from.join(file), to.join(file)).unwrap();
}

/// What the gateway is asked to do.
fn release<'a>(proof: &'a str, to: &'a str) -> Vec<&'a str> {
    let args = ["access", "release", "--request", "request", "--genesis", "genesis.cbor", "--key", "key"];
    [&args[..], &["--held", "held", "--logs", "logs", "--proof", proof, "--to", to]].concat()
}

const RECEIVE: [&str; 8] =
    ["access", "receive", "--request", "request", "--genesis", "genesis.cbor", "--secret", "secret"];

/// The wallet signs with its key, the genesis and what the node proved to it; the node records it.
fn signs(care: &Care, wallet: &Path, millis: u64, what: &[&str]) -> Value {
    let (state, signed) = (format!("state-{millis}"), format!("signed-{millis}"));
    care.done(millis, &["consent", "state", "--dir", "l", "--subject", "maren", "--to", &state]);
    carry(care.path(), wallet, &state);
    let now = at(millis);
    let args = ["consent", "sign", "--key", "key", "--genesis", "genesis.cbor", "--state", &state];
    let answer = done(wallet, &[&args[..], &["--to-file", &signed, "--at", &now], what].concat());
    carry(wallet, care.path(), &signed);
    care.done(millis, &["submit", "--dir", "l", &signed]);
    // What is on the ledger is not taken twice.
    assert_eq!(care.refused(3, millis, &["submit", "--dir", "l", &signed]), "OPR-010");
    answer
}

/// A session with a request, and the machines of wallet, gateway and requester.
struct Three {
    care: Care,
    wallet: tempfile::TempDir,
    consent: String,
    gateway: tempfile::TempDir,
    requester: tempfile::TempDir,
}

impl Three {
    fn new() -> Self {
        let care = Care::new();
        let genesis = ("l/genesis.cbor", "genesis.cbor");
        let wallet = machine(care.path(), &[genesis, ("l/keys/maren.key", "key")]);
        let doctor = text(&care.done(0, &["identity", "show", "--dir", "l", "dr-chen"]), "did");
        let until = at(120 * MINUTE);
        let grant = ["--to", &doctor, "--purpose", "TREAT", "--until", &until];
        let consent = text(&signs(&care, wallet.path(), MINUTE, &grant), "consent");
        let opened = care.done(MINUTE, &care.asks(&consent));
        let (session, record) = (text(&opened, "session"), care.records[0].clone());
        let request = ["access", "request", "--dir", "l", "--session", &session, "--record", &record];
        for to in ["request", "again"] {
            care.done(MINUTE, &[&request[..], &["--to", to]].concat());
        }
        let held = ["access", "hold", "--dir", "l", "--record", &record, "--to", "held"];
        care.done(MINUTE, &held);
        let secret = text(&opened, "secret");
        let of_gateway = [
            genesis,
            ("request", "request"),
            ("again", "again"),
            ("held", "held"),
            ("l/keys/founder.key", "key"),
        ];
        let gateway = machine(care.path(), &of_gateway);
        let requester = machine(care.path(), &[genesis, ("request", "request"), (&secret, "secret")]);
        Self { care, wallet, consent, gateway, requester }
    }

    /// The node proves that the session stands.
    fn prove(&self, millis: u64, to: &str) {
        self.care.done(millis, &["access", "prove", "--dir", "l", "--request", "request", "--to", to]);
        carry(self.care.path(), self.gateway.path(), to);
    }

    /// The next request in the place of the first, which is answered.
    fn asks_again(&self) {
        std::fs::rename(self.gateway.path().join("again"), self.gateway.path().join("request")).unwrap();
    }

    fn refuses(&self, exit: i32, millis: u64, proof: &str, to: &str) -> String {
        refused(self.gateway.path(), exit, &[&release(proof, to)[..], &["--at", &at(millis)]].concat()).0
    }
}

#[test]
fn a_release_travels_in_files_and_a_genuine_receipt_is_not_enough() {
    let three = Three::new();
    three.prove(MINUTE, "proof");
    let now = at(2 * MINUTE);
    let answer = done(three.gateway.path(), &[&release("proof", "answer")[..], &["--at", &now]].concat());
    assert_eq!(answer["number"], json!(0));
    carry(three.gateway.path(), three.requester.path(), "answer");
    let receive = [&RECEIVE[..], &["--answer", "answer", "--at", &now]].concat();
    let shown = done(three.requester.path(), &receive);
    assert_eq!(shown["content"]["resourceType"], shown["type"]);
    assert_eq!(text(&shown, "record"), three.care.records[0]);
    // What was released says nothing without the secret, and what is held nothing without the custodian's.
    for (machine, file) in [(&three.requester, "answer"), (&three.gateway, "held")] {
        let bytes = std::fs::read(machine.path().join(file)).unwrap();
        assert!(!bytes.windows(12).any(|part| part == b"resourceType"));
    }

    // The wallet takes the consent back; the receipt in the request is as genuine as before.
    signs(&three.care, three.wallet.path(), 3 * MINUTE, &["--revoke", &three.consent]);
    three.prove(3 * MINUTE, "later");
    // A request that was answered is not answered again, whoever brings it.
    assert_eq!(three.refuses(3, 3 * MINUTE, "later", "denied"), "GTW-010");
    three.asks_again();
    assert_eq!(three.refuses(3, 3 * MINUTE, "later", "denied"), "ACC-012");
    carry(three.gateway.path(), three.requester.path(), "denied");
    let receive = [&RECEIVE[..], &["--answer", "denied", "--at", &now]].concat();
    assert_eq!(refused(three.requester.path(), 3, &receive).0, "CLI-021");
    // The older header, under which it still stood, is of no use any more.
    assert_eq!(three.refuses(3, 3 * MINUTE, "proof", "again"), "GTW-003");
    assert!(!three.gateway.path().join("again").exists());
}

#[test]
fn what_can_not_be_kept_on_record_is_not_handed_out() {
    let three = Three::new();
    three.prove(MINUTE, "proof");
    let gateway = three.gateway.path();
    // Something lies where the log is to be written, and can't be moved away.
    std::fs::create_dir_all(gateway.join("logs.new/in/the/way")).unwrap();
    assert_eq!(three.refuses(2, 2 * MINUTE, "proof", "answer"), "CLI-003");
    assert!(!gateway.join("answer").exists() && !gateway.join("logs").exists());
    std::fs::remove_dir_all(gateway.join("logs.new")).unwrap();
    // What was not handed out was not answered: the same request is.
    let now = at(2 * MINUTE);
    let done = done(gateway, &[&release("proof", "answer")[..], &["--at", &now]].concat());
    assert_eq!((&done["number"], gateway.join("logs").exists()), (&json!(0), true));
}

#[test]
fn a_header_of_just_ten_minutes_is_too_old() {
    let three = Three::new();
    three.prove(MINUTE, "proof");
    let now = at(11 * MINUTE - 1);
    let fresh = [&release("proof", "answer")[..], &["--at", &now]].concat();
    done(three.gateway.path(), &fresh);
    three.asks_again();
    assert_eq!(three.refuses(3, 11 * MINUTE, "proof", "late"), "GTW-020");
}

#[test]
fn a_request_is_the_requesters_and_a_clock_does_not_run_back() {
    let three = Three::new();
    three.prove(MINUTE, "proof");
    let gateway = three.gateway.path();
    // Somebody who has seen the request, and with it the receipt, asks for another record.
    let honest = std::fs::read(gateway.join("request")).unwrap();
    let mut forged = ReleaseRequest::decode(&honest).unwrap();
    forged.signed.ask.nonce.0[0] ^= 1;
    std::fs::write(gateway.join("request"), forged.encode().unwrap()).unwrap();
    assert_eq!(three.refuses(3, 2 * MINUTE, "proof", "answer"), "GTW-007");
    let stranger = SecretKey::from_seed([5; 32]);
    let ask = ReleaseAsk { key: stranger.public().id(), ..forged.signed.ask.clone() };
    let chain = forged.receipt.header.chain;
    let own = ReleaseRequest { signed: ask.sign(&chain, &stranger).unwrap(), ..forged };
    std::fs::write(gateway.join("request"), own.encode().unwrap()).unwrap();
    // The node's proof is about the key that signed the first one.
    assert_eq!(three.refuses(2, 2 * MINUTE, "proof", "answer"), "GTW-001");
    std::fs::copy(gateway.join("request"), three.care.path().join("own")).unwrap();
    let prove = ["access", "prove", "--dir", "l", "--request", "own", "--to", "theirs"];
    three.care.done(MINUTE, &prove);
    carry(three.care.path(), gateway, "theirs");
    assert_eq!(three.refuses(3, 2 * MINUTE, "theirs", "answer"), "GTW-008");
    assert!(!gateway.join("logs").exists() && !gateway.join("answer").exists());
    // The network is cut, the header grows old; then somebody sets the clock back.
    std::fs::write(gateway.join("request"), &honest).unwrap();
    assert_eq!(three.refuses(3, 30 * MINUTE, "proof", "late"), "GTW-020");
    three.asks_again();
    assert_eq!(three.refuses(3, 2 * MINUTE, "proof", "answer"), "GTW-011");
    let now = at(2 * MINUTE);
    let right = [&release("proof", "answer")[..], &["--clock-was-ahead", "--at", &now]].concat();
    assert_eq!(done(gateway, &right)["number"], json!(1));
}

#[test]
fn files_of_another_kind_are_bad_input() {
    let three = Three::new();
    three.prove(MINUTE, "proof");
    let gateway = three.gateway.path();
    let wrong = |name: &str, instead: &str| {
        let mut args = release("proof", "answer");
        let place = args.iter().position(|arg| *arg == name).unwrap() + 1;
        args[place] = instead;
        let now = at(2 * MINUTE);
        refused(gateway, 2, &[&args[..], &["--at", &now]].concat())
    };
    for name in ["--request", "--proof", "--held", "--logs"] {
        assert_eq!(wrong(name, "key"), ("CLI-024".to_owned(), Some("key".to_owned())), "{name}");
        if name != "--logs" {
            assert_eq!(wrong(name, "nowhere").0, "CLI-002");
        }
    }
    assert_eq!(wrong("--key", "held").0, "CLI-009");
    assert_eq!(wrong("--genesis", "key").0, "CLI-015");
    // A proof that is not as the node wrote it shows nothing.
    let mut bytes = std::fs::read(gateway.join("proof")).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(gateway.join("bent"), bytes).unwrap();
    let code = wrong("--proof", "bent").0;
    assert!(!code.starts_with("CLI") || code == "CLI-024", "{code}");
    assert!(!gateway.join("answer").exists() && !gateway.join("logs").exists());
    // Another custodian's logs are none of this one's.
    done(gateway, &[&release("proof", "answer")[..], &["--at", &at(2 * MINUTE)]].concat());
    std::fs::copy(three.care.path().join("l/keys/dr-chen.key"), gateway.join("other")).unwrap();
    assert_eq!(wrong("--key", "other").0, "CLI-024");
}

#[test]
fn a_wallet_signs_nothing_on_what_was_not_proven_to_it() {
    let three = Three::new();
    let wallet = three.wallet.path();
    let now = at(2 * MINUTE);
    let signs = |exit, key: &str, state: &str, what: &[&str]| {
        let args = ["consent", "sign", "--genesis", "genesis.cbor", "--to-file", "signed", "--at", &now];
        let args = [&args[..], &["--key", key, "--state", state], what].concat();
        refused(wallet, exit, &args).0
    };
    let until = at(60 * MINUTE);
    let state = "state-60000";
    // The consent was not among what was proven.
    let amend = ["--amend", &three.consent, "--until", &until];
    assert_eq!(signs(2, "key", state, &amend), "GTW-001");
    assert_eq!(signs(2, "key", "key", &["--until", &until]), "CLI-024");
    assert_eq!(signs(2, "key", state, &["--until", &until, "--to", "dr-chen"]), "CLI-005");
    assert_eq!(signs(3, "key", state, &["--until", &at(0), "--from", &at(MINUTE)]), "CON-001");
    std::fs::copy(three.care.path().join("l/keys/dr-chen.key"), wallet.join("other")).unwrap();
    assert_eq!(signs(2, "other", state, &["--until", &until]), "GTW-001");
    assert!(!wallet.join("signed").exists());
    let submit = ["submit", "--dir", "l", "sample.json"];
    assert_eq!(three.care.refused(2, 2 * MINUTE, &submit), "CLI-024");
}
