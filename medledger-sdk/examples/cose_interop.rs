//! A small ledger for other COSE libraries to talk to: one JSON object a line in, one out.
//!
//! | asked | answer |
//! | --- | --- |
//! | `{"do": "prepare", "patient": n}` | everything that a library needs to make the inception of a patient by itself |
//! | `{"do": "finished", "patient": n}` | the same transaction, made here |
//! | `{"do": "submit", "transaction": hex}` | what a fresh ledger makes of a transaction: its id and code, or the rule that refuses it |
//!
//! The ledger has one member, a hospital; all keys follow from fixed seeds, which are part of the answers: nothing here is
//! secret. `tests/interop` asks the questions.

use std::io::{BufRead, Write};

use medledger_core::chain::{Founder, Genesis};
use medledger_core::codec::encode;
use medledger_core::consensus::rule;
use medledger_core::crypto::{HashAlgorithm, PublicKey, SecretKey};
use medledger_core::hash::{Hex, Nonce, from_hex};
use medledger_core::identity::{DeviceKeys, Inception, Kind};
use medledger_core::operation::{Body, Draft, Operation, PROTOCOL_VERSION, external_aad};
use medledger_core::schema::rule_of;
use medledger_core::state::{Params, Validator, ValidatorSet};
use medledger_core::units::{Height, Millis, Timestamp};
use medledger_sdk::local::Ledger;
use serde_json::{Value, json};

type Failure = Box<dyn std::error::Error>;

/// When everything here happens.
const NOW: Timestamp = Timestamp(1_790_000_000_000);

/// Whose keys are made, as the first byte of their seeds.
const VALIDATOR: u8 = 1;
const HOSPITAL: u8 = 2;
const PATIENT: u8 = 3;

fn seed(of: u8, which: u8, role: u8) -> [u8; 32] {
    let mut seed = [0x5a; 32];
    let [first, second, third, ..] = &mut seed;
    (*first, *second, *third) = (of, which, role);
    seed
}

/// The keys of one identity.
struct Keys {
    seeds: [[u8; 32]; 2],
    controller: SecretKey,
    device: SecretKey,
    successor: PublicKey,
}

impl Keys {
    fn new(of: u8, which: u8) -> Self {
        let [controller, device] = [seed(of, which, 0), seed(of, which, 1)];
        Self {
            seeds: [controller, device],
            controller: SecretKey::from_seed(controller),
            device: SecretKey::from_seed(device),
            successor: SecretKey::from_seed(seed(of, which, 2)).public(),
        }
    }

    fn inception(&self, kind: Kind, nonce: u8) -> Inception {
        Inception {
            kind,
            controller: self.controller.public(),
            successor: self.successor.successor_digest(),
            devices: vec![DeviceKeys { signing: self.device.public(), agreement: None }],
            nonce: Nonce([nonce; 32]),
        }
    }
}

fn genesis() -> Genesis {
    let inception = Keys::new(HOSPITAL, 0).inception(Kind::Organisation, 0);
    let key = SecretKey::from_seed(seed(VALIDATOR, 0, 0)).public();
    Genesis {
        version: PROTOCOL_VERSION,
        hash: HashAlgorithm::Sha3_256,
        name: "interoperability".into(),
        time: NOW,
        finality: rule::AUTHORITY,
        validators: ValidatorSet { validators: vec![Validator { key, power: 1 }] },
        params: Params::default(),
        founders: vec![Founder { inception, member: true }],
        grounds: Vec::new(),
    }
}

/// The inception of a patient by the hospital, without signatures.
fn draft(patient: u8) -> Result<Draft, Failure> {
    let hospital = Keys::new(HOSPITAL, 0);
    Ok(Draft::new(Body {
        version: PROTOCOL_VERSION,
        chain: genesis().chain_id()?,
        signer: hospital.inception(Kind::Organisation, 0).did()?,
        key: hospital.device.public().id(),
        counter: 0,
        signed_at: NOW,
        valid_until: NOW.plus(Millis::hours(1)).ok_or("the clock is at its end")?,
        operation: Operation::Incept {
            inception: Keys::new(PATIENT, patient).inception(Kind::Patient, patient),
        },
    }))
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    Hex(bytes.as_ref()).to_string()
}

/// A key as another library takes it: Ed25519's secret seed, its public point, and the id that the header names.
fn signer(secret: &SecretKey, seed: &[u8; 32]) -> Value {
    let public = secret.public();
    let PublicKey::Ed25519 { bytes } = public;
    json!({ "seed": hex(seed), "public": hex(bytes), "kid": hex(public.id()) })
}

fn prepare(patient: u8) -> Result<Value, Failure> {
    let draft = draft(patient)?;
    let body = draft.body();
    let hospital = Keys::new(HOSPITAL, 0);
    let own = Keys::new(PATIENT, patient);
    let [controller_seed, device_seed] = &own.seeds;
    let mut approving = vec![(own.controller.public().id(), signer(&own.controller, controller_seed))];
    approving.push((own.device.public().id(), signer(&own.device, device_seed)));
    approving.sort_by_key(|(id, _)| *id);
    let [_, hospital_seed] = &hospital.seeds;
    Ok(json!({
        "external_aad": hex(external_aad(&body.chain)),
        "body": hex(encode(body)?),
        "body_hash": hex(body.hash()?),
        "signer": signer(&hospital.device, hospital_seed),
        "approving": approving.into_iter().map(|(_, key)| key).collect::<Vec<_>>(),
    }))
}

fn finished(patient: u8) -> Result<Value, Failure> {
    let mut draft = draft(patient)?;
    let own = Keys::new(PATIENT, patient);
    let mut approvals = Vec::new();
    for key in [&own.controller, &own.device] {
        let waiting = draft.approval(key.public().id())?;
        let approval = waiting.finish(&key.public(), key.sign(waiting.to_sign()))?;
        approvals.push(json!({ "kid": hex(approval.key), "bytes": hex(approval.encode()) }));
        draft.approve(approval)?;
    }
    let device = Keys::new(HOSPITAL, 0).device;
    let signed = draft.finish(&device.public(), device.sign(&draft.to_sign()?))?;
    Ok(json!({ "transaction": hex(&signed.bytes), "id": hex(signed.id), "approvals": approvals }))
}

/// What a fresh ledger makes of a transaction.
fn submit(transaction: Vec<u8>) -> Result<Value, Failure> {
    let mut ledger = Ledger::new(genesis())?;
    if let Err(error) = ledger.submit(transaction, NOW) {
        let rule = error.rule().ok_or("a ledger in memory can be read")?;
        return Ok(json!({ "accepted": false, "rule": rule.to_string(), "message": error.to_string() }));
    }
    ledger.produce(&SecretKey::from_seed(seed(VALIDATOR, 0, 0)), NOW)?;
    let kept = ledger.results(Height(1)).and_then(|kept| kept.results.first()).ok_or("no result")?;
    let id = kept.result.id.map(hex);
    Ok(match rule_of(kept.result.code) {
        None => json!({ "accepted": true, "id": id }),
        Some(rule) => json!({ "accepted": false, "id": id, "rule": rule.to_string(), "message": rule.text }),
    })
}

fn answer(line: &str) -> Result<Value, Failure> {
    let asked: Value = serde_json::from_str(line)?;
    let text = |name: &str| asked.get(name).and_then(Value::as_str).ok_or(format!("`{name}` is no text"));
    let patient = || asked.get("patient").and_then(Value::as_u64).ok_or("`patient` is no number");
    match text("do")? {
        "prepare" => prepare(u8::try_from(patient()?)?),
        "finished" => finished(u8::try_from(patient()?)?),
        "submit" => submit(from_hex(text("transaction")?).ok_or("`transaction` is not hexadecimal")?),
        other => Err(format!("there is nothing to do called `{other}`").into()),
    }
}

fn main() -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let answer = answer(&line?).unwrap_or_else(|error| json!({ "error": error.to_string() }));
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}
