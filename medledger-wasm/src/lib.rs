//! probe
extern crate alloc;
use wasm_bindgen::prelude::*;
use medledger_core::light::Verifier;
use medledger_core::units::Timestamp;
use medledger_core::chain::Genesis;
use medledger_sdk::api;

#[wasm_bindgen]
pub fn light(genesis: &[u8], file: &[u8], now: u64) -> String {
    let g = match Genesis::decode(genesis) { Ok(g) => g, Err(e) => return e.to_string() };
    let Ok(v) = Verifier::new(&g, Timestamp(now)) else { return "no".into() };
    let r = medledger_sdk::proof::check(file, &v, None);
    let p = api::ProofReport::from(&r);
    let rec = r.record.as_ref().map(api::ProvenRecord::from);
    let ex = r.export.as_ref().map(api::ProvenExport::from);
    format!("{:?}{:?}{:?}", p, rec, ex)
}

#[cfg(feature = "p_inspect")]
mod inspect {
    use super::*;
    macro_rules! table {
        ($( $name:ident: $type:ty ),* $(,)?) => {
            fn table(kind: &str, bytes: &[u8]) -> Option<String> {
                match kind {
                    $( stringify!($name) => medledger_core::codec::decode::<$type>(bytes, &medledger_core::codec::PROOF).map(|v| medledger_core::codec::encode(&v).map(|b| b.len().to_string()).unwrap_or_default()).map_err(|e| e.to_string()).ok(), )*
                    _ => None,
                }
            }
        };
    }
    medledger_sdk::wire_types!(table);
    #[wasm_bindgen]
    pub fn inspect(kind: &str, bytes: &[u8]) -> String { table(kind, bytes).unwrap_or_default() }
}

#[cfg(feature = "p_local")]
#[wasm_bindgen]
pub fn local(bytes: &[u8], now: u64) -> String {
    use medledger_sdk::local::Ledger;
    let mut l = match Ledger::from_bytes(bytes, Timestamp(now)) { Ok(l) => l, Err(e) => return e.to_string() };
    let mut rng = rand_core::UnwrapErr(getrandom::SysRng);
    let key = medledger_sdk::identity::draw_key(&mut rng);
    let a = l.submit(bytes.to_vec(), Timestamp(now)).map_err(|e| e.to_string()).err();
    if let Err(e) = l.produce(&key, Timestamp(now)) { return e.to_string(); }
    let did = medledger_core::hash::Did([1; 32]);
    let e = l.export(did, |_| None).map(|e| e.map_err(|e| e.to_string()).map(|x| medledger_core::codec::encode(&x).map(|b| b.len()).ok()));
    format!("{:?}{:?}{:?}", l.to_bytes().map(|b| b.len()).ok(), a, e)
}

#[cfg(feature = "p_wallet")]
#[wasm_bindgen]
pub fn wallet(bytes: &[u8], pass: &str) -> String {
    use medledger_sdk::wallet::{*, keystore::Keystore, sheet::Sheet, derive::SheetKeys};
    let mut rng = rand_core::UnwrapErr(getrandom::SysRng);
    let s = match Sheet::draw(&mut rng) { Ok(s) => s, Err(e) => return e.to_string() };
    let s2 = match Sheet::from_words(pass) { Ok(s) => s, Err(e) => return e.to_string() };
    let k = SheetKeys::new(&s, pass);
    let k2 = SheetKeys::new(&s2, pass);
    let ks = match Keystore::open(bytes, pass) { Ok(k) => k, Err(e) => return e.to_string() };
    let out = ks.seal(pass, medledger_sdk::wallet::keystore::PassphraseCost { memory_kib: 1, passes: 1, lanes: 1 }, &mut rng).map(|b| b.len()).ok();
    format!("{:?} {:?} {:?}", k.device(1, 2).public().id(), k2.controller(0).public().id(), out)
}

#[cfg(feature = "p_fhir")]
#[wasm_bindgen]
pub fn fhir(bytes: &[u8]) -> String {
    use medledger_sdk::fhir::{bundle::Bundle, consent};
    let mut rng = rand_core::UnwrapErr(getrandom::SysRng);
    let b = match Bundle::parse(bytes) { Ok(b) => b, Err(e) => return e.to_string() };
    let batch = medledger_sdk::anchor::SealedBatch::from_bundle(&b, &mut rng).map(|b| b.count()).map_err(|e| e.to_string());
    let r = match consent::read(bytes, &consent::Options { zone: None, resolver: &consent::OnLedger, both_ways: false }) { Ok(r) => r, Err(e) => return e.to_string() };
    let t = match r.terms() { Ok(t) => t, Err(e) => return e.to_string() };
    format!("{batch:?}{:?}", consent::export(&t, &consent::About { id: None, patient: None, status: r.status, date_time: None }).map_err(|e| e.to_string()))
}

#[cfg(feature = "p_seal")]
#[wasm_bindgen]
pub fn seal(bytes: &[u8]) -> String {
    use medledger_sdk::seal::*;
    use medledger_core::codec::decode;
    let mut rng = rand_core::UnwrapErr(getrandom::SysRng);
    let facts: medledger_core::record::Facts = match decode(bytes, &medledger_core::codec::PROOF) { Ok(f) => f, Err(e) => return e.to_string() };
    let (mut r, key) = match SealedRecord::seal(bytes, ContentForm::Octets, &facts, &mut rng) { Ok(r) => r, Err(e) => return e.to_string() };
    let a = medledger_sdk::agreement::AgreementSecret::draw(&mut rng);
    let chain = medledger_core::hash::ChainId([0;32]);
    let w = r.wrap_to(&key, &chain, &[a.public()], &mut rng).map_err(|e| e.to_string());
    let k = match r.key(&[a], &chain) { Ok(k) => k, Err(e) => return e.to_string() };
    let c = match r.commitments() { Ok(k) => k, Err(e) => return e.to_string() };
    let o = r.open(&k, &c).map(|o| o.original().len()).map_err(|e| e.to_string());
    format!("{w:?}{o:?}")
}

#[cfg(feature = "p_gate")]
#[wasm_bindgen]
pub fn gate(bytes: &[u8], genesis: &[u8], now: u64) -> String {
    use medledger_sdk::gateway::*;
    use medledger_core::codec::{PROOF, decode};
    let mut rng = rand_core::UnwrapErr(getrandom::SysRng);
    let g = match Genesis::decode(genesis) { Ok(g) => g, Err(e) => return e.to_string() };
    let Ok(v) = Verifier::new(&g, Timestamp(now)) else { return "no".into() };
    let kept: KeptLogs = match decode(bytes, &PROOF) { Ok(g) => g, Err(e) => return e.to_string() };
    let mut gw = match Gateway::restore(medledger_sdk::identity::draw_key(&mut rng), kept) { Ok(g) => g, Err(e) => return e.to_string() };
    let held = match HeldRecord::decode(bytes) { Ok(g) => g, Err(e) => return e.to_string() };
    let req = match medledger_sdk::release::ReleaseRequest::decode(bytes) { Ok(g) => g, Err(e) => return e.to_string() };
    let proof: medledger_sdk::certified::CertifiedState = match decode(bytes, &PROOF) { Ok(g) => g, Err(e) => return e.to_string() };
    let a = match gw.release(&req, Some(&held), &proof, (&v, Timestamp(now)), &mut rng) { Ok(g) => g, Err(e) => return e.to_string() };
    let rel = match medledger_sdk::release::Release::decode(bytes) { Ok(g) => g, Err(e) => return e.to_string() };
    let sess = match medledger_sdk::requester::OpenedSession::from_receipt(req.receipt.clone(), &v) { Ok(g) => g, Err(e) => return e.to_string() };
    let s = medledger_sdk::agreement::AgreementSecret::draw(&mut rng);
    let o = sess.open(&s, &v, &rel).map(|r| r.original.len()).map_err(|e| e.to_string());
    format!("{:?}{:?}", a.answer.encode().is_ok(), o)
}
