//! What a call costs in Rust: what the same call from another language is held against (`cargo xtask bench crossing`).

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use medledger_sdk::api::{self, Bytes, Key, LightClient, SignatureClaim};
use serde_json::{Value, json};

use super::consents::request;
use super::read::{bytes, time};

const WARM_UP: Duration = Duration::from_secs(1);
const ROUNDS: usize = 15;
const ROUND: Duration = Duration::from_millis(100);

/// Nanoseconds a call, and how many there were.
fn calls(call: &mut impl FnMut(), span: Duration) -> (f64, u32) {
    let start = Instant::now();
    let mut count = 0_u32;
    loop {
        call();
        count += 1;
        let spent = start.elapsed();
        if spent >= span {
            return (spent.as_secs_f64() * 1e9 / f64::from(count), count);
        }
    }
}

/// The median of some rounds, after warming up; and the calls in all of them.
fn cost(mut call: impl FnMut()) -> (f64, u64) {
    calls(&mut call, WARM_UP);
    let mut rounds: Vec<(f64, u32)> = (0..ROUNDS).map(|_| calls(&mut call, ROUND)).collect();
    rounds.sort_by(|one, other| one.0.total_cmp(&other.0));
    (rounds[ROUNDS / 2].0, rounds.iter().map(|(_, count)| u64::from(*count)).sum())
}

/// What the first valid vector of a kind gives.
fn vector(folder: &Path, kind: &str) -> Result<Value, String> {
    let path = folder.join("valid").join(format!("{kind}.json"));
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let file: Value = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut given = file["in"].as_object().cloned().unwrap_or_default();
    given.extend(file["vectors"][0]["in"].as_object().cloned().unwrap_or_default());
    Ok(Value::Object(given))
}

/// Nanoseconds of one decision, one receipt, and a thousand signatures, as one object.
///
/// # Errors
/// When the vectors can't be read.
///
/// # Panics
/// When they are none.
pub fn costs(folder: &Path) -> Result<String, String> {
    let given = vector(folder, "decide")?;
    let terms = api::terms_from_bytes(&bytes(&given["terms"])).expect("terms");
    let (asked, at) = (request(&given["request"]), time(&given["at"]));
    let given = vector(folder, "receipt")?;
    let client = LightClient::new(&bytes(&given["genesis"]), time(&given["now"])).expect("a genesis");
    let receipt = bytes(&given["receipt"]);
    let key = Key::from_seed(&[7; 32]).expect("a seed");
    let claim = |number: usize| {
        let message: Vec<u8> = (0..300).map(|byte| ((byte + number) & 255) as u8).collect();
        let signature = Bytes(key.sign(&message));
        SignatureClaim { public_key: Bytes(key.public_key()), message: Bytes(message), signature }
    };
    let claims: Vec<SignatureClaim> = (0..1_000).map(claim).collect();
    let costs = [
        ("decide", cost(|| drop(black_box(api::decide(black_box(&terms), &asked, at))))),
        ("receipt", cost(|| drop(black_box(client.read_receipt(black_box(&receipt)))))),
        (
            "signatures",
            cost(|| {
                let bad = api::verify_signatures(black_box(&claims), &mut |_, _| true).expect("claims");
                assert!(bad.is_empty());
            }),
        ),
    ];
    assert!(api::decide(&terms, &asked, at).is_ok() && client.read_receipt(&receipt).is_ok());
    let counts: serde_json::Map<String, Value> =
        costs.iter().map(|(name, (_, count))| ((*name).into(), json!(count))).collect();
    let mut told: serde_json::Map<String, Value> =
        costs.iter().map(|(name, (cost, _))| ((*name).into(), json!(cost))).collect();
    told.insert("calls".into(), counts.into());
    Ok(Value::Object(told).to_string())
}
