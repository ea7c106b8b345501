//! How many bytes proofs, receipts and exports have.

use std::collections::BTreeSet;

use medledger_core::access::{Scope, SessionBasis, SessionRequest};
use medledger_core::codec::encode;
use medledger_core::consent::{
    Actor, ConsentState, ConsentTerms, Criteria, Grant, RuleEffect, Terms, consent_id,
};
use medledger_core::crypto::{AgreementKey, AgreementKeyBytes};
use medledger_core::hash::{StateKey, Tag, hash};
use medledger_core::merkle::Log;
use medledger_core::merkle::tree::prove;
use medledger_core::operation::{Operation, Transaction};
use medledger_core::state::{Address, LogKind, read};
use medledger_core::units::{Millis, Period};
use medledger_sdk::local::Ledger;
use medledger_sdk::local::ledger::EventPlace;

use crate::report::Outcome;
use crate::state::{key, tree_of};
use crate::world::World;

/// Patients of the ledger that receipts and an export are of.
const PATIENTS: usize = 1_000;

/// How many keys of a tree are asked for to give the usual size of a proof.
const ASKED: u32 = 256;

type Rows = Vec<(String, usize)>;

pub fn run(world: &World, scale: u32) -> Outcome<()> {
    let mut rows = Rows::new();
    for leaves in [10_000_u32, 1_000_000] {
        let leaves = leaves / scale;
        let data: Vec<_> = (0..leaves).map(|n| hash(Tag::Timeline, &[&n.to_be_bytes()])).collect();
        let path = Log::from_data(&data).inclusion(u64::from(leaves / 3))?;
        rows.push((format!("inclusion in a log of {leaves}"), encode(&path)?.len()));
    }
    for keys in [10_000_u32, 1_000_000] {
        in_tree(&mut rows, keys / scale)?;
    }
    of_ledger(&mut rows, world)?;
    println!("| what | bytes |\n| --- | ---: |");
    for (what, bytes) in rows {
        println!("| {what} | {bytes} |");
    }
    Ok(())
}

fn in_tree(rows: &mut Rows, keys: u32) -> Outcome<()> {
    let tree = tree_of(keys)?;
    let proof = |keys: BTreeSet<StateKey>| -> Outcome<usize> {
        Ok(encode(&prove(&tree, &keys).map_err(|error| error.to_string())?)?.len())
    };
    // Paths differ in length: the mean of many.
    let mean = |from: u32| -> Outcome<usize> {
        let each = (from..from.saturating_add(ASKED)).map(|n| proof(BTreeSet::from([key(n)])));
        Ok(each.sum::<Outcome<usize>>()? / usize::try_from(ASKED)?)
    };
    rows.push((format!("membership in a state of {keys} keys"), mean(0)?));
    rows.push((format!("absence from a state of {keys} keys"), mean(keys)?));
    for many in [16, ASKED] {
        let bytes = proof((0..many).map(key).collect())?;
        rows.push((format!("multiproof of {many} keys in a state of {keys} keys"), bytes));
    }
    Ok(())
}

/// A ledger of 1,000 patients, of which the first one has a consent, two records and a session of the hospital's.
fn of_ledger(rows: &mut Rows, world: &World) -> Outcome<()> {
    let (validator, now) = (&world.validator, world.cx.time);
    let mut ledger = Ledger::new(world.genesis.clone())?;
    let block = |ledger: &mut Ledger, transactions: &[Vec<u8>]| -> Outcome<()> {
        for transaction in transactions {
            ledger.submit(transaction.clone(), now)?;
        }
        let header = ledger.produce(validator, now)?.header.height;
        let kept = ledger.results(header).ok_or("a block without results")?;
        let good = kept.results.iter().all(|kept| kept.result.code == 0);
        if good && kept.results.len() == transactions.len() {
            Ok(())
        } else {
            Err("a transaction of the bench was refused".into())
        }
    };
    let some = |transactions: &[Vec<u8>]| transactions.iter().take(PATIENTS).cloned().collect::<Vec<_>>();
    // No more at a time than the window of the hospital's key takes.
    for some in some(&world.inceptions).chunks(60) {
        block(&mut ledger, some)?;
    }
    let (patient, hospital) = (world.people.first().ok_or("nobody")?, &world.hospital);
    let until = now.plus(Millis::hours(10)).ok_or("no such time")?;
    let terms = Terms {
        period: Period { from: now, until },
        directive: false,
        effect: RuleEffect::Permit,
        criteria: Criteria {
            actors: vec![Actor::Organisation { did: hospital.did }],
            purposes: vec!["TREAT".into()],
            ..Criteria::default()
        },
        rules: Vec::new(),
        obligations: Vec::new(),
        uses: None,
    };
    let grant = Grant { slot: 0, terms: ConsentTerms::Open { terms } };
    let granted = world.by(patient, 0, Operation::GrantConsent { grant })?;
    let consent = consent_id(&Transaction::decode(&granted, &world.cx.chain)?.id);
    let mut first = some(&world.anchors(1)?);
    first.push(granted);
    block(&mut ledger, &first)?;
    let state: ConsentState =
        read(ledger.state(), &Address::Consent(consent)).ok().flatten().ok_or("the consent is not there")?;
    let request = SessionRequest {
        subject: patient.did,
        organisation: Some(hospital.did),
        credentials: Vec::new(),
        custodians: vec![hospital.did],
        basis: SessionBasis::Consent { consent, version: state.current },
        action: "access".into(),
        purpose: "TREAT".into(),
        scope: Scope::default(),
        key: AgreementKey::X25519 { bytes: AgreementKeyBytes([7; 32]) },
        until,
    };
    let counter = u64::try_from(PATIENTS)?.saturating_add(1);
    let asked = world.by(hospital, counter, Operation::OpenSession { request })?;
    let mut second = some(&world.anchors(2)?);
    second.push(asked);
    block(&mut ledger, &second)?;

    let at = ledger.log(&patient.did, LogKind::Access).first().map(|(at, _)| *at);
    let at: EventPlace = at.ok_or("no session is in the access log")?;
    let receipt = ledger.receipt(at).ok_or("the session has no receipt")?;
    rows.push((format!("receipt of a permit in a block of {}", second.len()), encode(&receipt)?.len()));
    for _ in 0..100 {
        block(&mut ledger, &[])?;
    }
    let later = ledger.refreshed(at).ok_or("the receipt can't be refreshed")?;
    rows.push(("the same, refreshed 100 blocks later".into(), encode(&later)?.len()));
    let log = ledger.log_proof(&patient.did, LogKind::Timeline).ok_or("no log")?;
    rows.push(("timeline of 2 records, provably complete".into(), encode(&log)?.len()));
    let export = ledger.export(patient.did, |_| None).ok_or("no export")??;
    rows.push(("export of a patient with 1 consent, 2 records, 1 session".into(), encode(&export)?.len()));
    let anchor = first.first().map_or(0, Vec::len);
    rows.push(("transaction that anchors a record".into(), anchor));
    Ok(())
}
