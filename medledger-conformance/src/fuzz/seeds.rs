//! What fuzzing begins with: honest inputs of each target. Values of core's wire types come from proptest's strategies
//! instead, in the test that writes the seeds.

use medledger_core::access::{SessionEvent, SessionLogEntry};
use medledger_core::codec::{Wire, encode};
use medledger_core::crypto::AgreementKeyBytes;
use medledger_core::hash::{Did, Nonce};
use medledger_core::light::{BatchMember, RecordProof};
use medledger_core::state::{Address, LogKind};
use medledger_core::units::Height;
use medledger_sdk::anchor::record_proof;
use medledger_sdk::certified::CertifiedState;
use medledger_sdk::export::Export;
use medledger_sdk::fhir::SAMPLE_BUNDLE;
use medledger_sdk::fhir::bundle::Bundle;
use medledger_sdk::gateway::session_log::{KeptEntry, KeptLogs, KeptSessionLog};
use medledger_sdk::local::ledger::SavedLedger;
use medledger_sdk::proof::ProofFile;
use medledger_sdk::release::{Release, ReleaseAnswer, ReleaseAsk, ReleaseRequest};
use serde_bytes::ByteBuf;
use std::collections::BTreeSet;
use std::str;

use super::light::{self, Sort};
use super::world::{WORLD, World};
use super::{keystore, proof, sealed};

/// A wire type's name, and the encoding of a value.
pub type Value = (&'static str, Vec<u8>);

pub(super) fn value<T: Wire>(value: &T) -> Value {
    (T::SCHEMA.name, encode(value).unwrap())
}

impl World {
    /// Everything of a party, as of the newest header.
    #[must_use]
    pub fn export(&self, subject: Did) -> Export {
        let commitments = self.batches.get(&subject).map(|batch| batch.commitments.clone());
        self.ledger.export(subject, |_| commitments.clone()).unwrap().unwrap()
    }

    /// Proofs of every record: as made and refreshed, closed and opened.
    #[must_use]
    pub fn record_proofs(&self) -> Vec<RecordProof> {
        let mut proofs = Vec::new();
        for (subject, batch) in &self.batches {
            for (place, leaf) in self.ledger.log(subject, LogKind::Timeline) {
                for receipt in [self.ledger.receipt(place), self.ledger.refreshed(place)] {
                    let receipt = receipt.unwrap();
                    let single = self.openings.iter().find(|opening| {
                        let commitments = opening.commitments().unwrap();
                        format!("{:?}", leaf.entry).contains(&format!("{commitments:?}"))
                    });
                    proofs.push(RecordProof { receipt: receipt.clone(), member: None, opening: None });
                    if let Some(opening) = single {
                        let opening = Some(opening.clone());
                        proofs.push(RecordProof { receipt: receipt.clone(), member: None, opening });
                    }
                    for (index, opening) in (0..).zip(&batch.openings) {
                        for opening in [None, Some(opening.clone())] {
                            let proof = record_proof(receipt.clone(), &batch.commitments, index, opening);
                            proofs.push(proof.unwrap());
                        }
                    }
                }
            }
        }
        let verifier = self.verifier();
        proofs.retain(|proof| proof.check(&verifier).is_ok());
        proofs
    }
}

/// Values of the sdk's wire types.
#[must_use]
pub fn sdk_values() -> Vec<Value> {
    let world = &*WORLD;
    let ledger = &world.ledger;
    let [north, _, ann, ..] = world.parties.as_slice() else { panic!("six parties") };
    let proofs = world.record_proofs();
    let proof = proofs[0].clone();
    let (session, record) = (world.session, world.record);
    let release = Release {
        session,
        record,
        custodian: north.did,
        proof: proof.clone(),
        encapsulated: AgreementKeyBytes([9; 32]),
        ciphertext: ByteBuf::from([1, 2, 3]),
        container: None,
    };
    let export = world.export(ann.did);
    let tip = ledger.tip();
    let doctor = world.parties.iter().find(|party| party.name == "doctor").unwrap().key("device 0");
    let ask = ReleaseAsk {
        session,
        custodian: north.did,
        record,
        key: doctor.public().id(),
        nonce: Nonce([7; 32]),
    };
    let asked = ask.sign(&tip.chain, &doctor).unwrap();
    let entry = KeptEntry {
        entry: SessionLogEntry {
            session,
            custodian: north.did,
            number: 0,
            time: world.now,
            height: tip.height,
            header: tip.hash,
            request: asked.ask.hash().unwrap(),
            event: SessionEvent::Released { record },
        },
        asked: asked.clone(),
    };
    let kept = KeptSessionLog {
        session,
        entries: vec![entry.clone()],
        anchored: 0,
        closed: Some(world.now),
        settled: false,
    };
    let keys = BTreeSet::from([Address::Params.key(), Address::Session(session).key()]);
    let state: CertifiedState = ledger.certified(&keys).unwrap();
    let mut saved: SavedLedger =
        medledger_core::codec::decode(&ledger.to_bytes().unwrap(), &medledger_core::limits::PROOF).unwrap();
    saved.blocks.truncate(2);
    vec![
        value(&asked.ask),
        value(&asked),
        value(&ReleaseRequest { signed: asked, receipt: proof.receipt.clone() }),
        value(&release),
        value(&ReleaseAnswer::Permit { release }),
        value(&ReleaseAnswer::Deny { session, record }),
        value(&entry),
        value(&kept),
        value(&KeptLogs {
            custodian: north.did,
            height: tip.height,
            header: tip.hash,
            time: world.now,
            sessions: vec![kept.clone()],
        }),
        value(&state),
        value(&export.batches[0]),
        value(&export.logs),
        value(&export),
        value(&ProofFile::Receipt { proof }),
        value(&ProofFile::Export { export: world.export(world.parties[4].did) }),
        value(&saved.blocks[0]),
        value(&saved),
    ]
    .into_iter()
    .chain(sealed::values(&world.record_proofs()[0]))
    .chain(keystore::values())
    .collect()
}

/// A target's name, and an input.
pub type Seed = (&'static str, Vec<u8>);

/// Inputs of the targets that choose among honest things.
#[must_use]
pub fn programs() -> Vec<Seed> {
    let sealed = sealed::honest().into_iter().map(|input| ("sealed", input)).collect();
    let keystores = keystore::honest().into_iter().map(|input| ("keystore", input)).collect();
    [proofs(), files(), blocks(), bundles(), sealed, keystores].concat()
}

/// Honest claims, told by the choices that make them.
fn proofs() -> Vec<Seed> {
    let honest: [&[u8]; 12] = [
        &[0, 20, 5, 5, 0, 0, 5],
        &[0, 6, 0, 0, 0, 0, 0],
        &[0, 4, 4, 4, 0, 0, 4],
        &[1, 21, 8, 0, 0, 0],
        &[1, 21, 13, 0, 0, 0],
        &[1, 7, 7, 0, 0, 0],
        &[2, 3, 7, 0, 3, 4, 5, 9, 11, 20, 21, 0, 0],
        &[2, 2, 2, 1, 2, 5, 0, 0],
        &[2, 0, 0, 3, 0, 0],
        &[3, 3, 5, 0, 2, 3, 6, 9, 10, 0, 0],
        &[4, 0, 5, 0, 7, 0, 1, 0, 7],
        &[5, 13, 0, 0],
    ];
    let chosen = honest.into_iter().map(<[u8]>::to_vec);
    chosen.chain(proof::spelled_out()).map(|input| ("proof", input)).collect()
}

/// Each honest file by its number, and the shortest of each sort as the input's own; and receipts whose record is said to
/// stand elsewhere in its batch.
fn files() -> Vec<Seed> {
    let files = light::files();
    let mut made: Vec<Seed> =
        (0..files.len()).map(|number| ("light", vec![4 + (number % 2) as u8, number as u8, 0])).collect();
    for (first, sort) in [Sort::File, Sort::Log, Sort::State, Sort::Header].into_iter().enumerate() {
        let of = files.iter().filter(|(other, _)| *other == sort).map(|(_, bytes)| bytes);
        let shortest = of.min_by_key(|bytes| bytes.len()).expect("each sort has a file");
        made.push(("light", [&[first as u8], shortest.as_slice()].concat()));
    }
    made.extend(misplaced().iter().map(|proof| {
        let file = encode(&ProofFile::Receipt { proof: proof.clone() }).unwrap();
        ("light", [&[0], file.as_slice()].concat())
    }));
    made
}

/// A record of a batch with the index of its neighbour, with that neighbour's path too, with the index after the last, and
/// with the greatest of all.
#[must_use]
pub fn misplaced() -> Vec<RecordProof> {
    let proofs = WORLD.record_proofs();
    let of_a_batch = |proof: &&RecordProof| proof.member.is_some() && proof.opening.is_none();
    let mut members = proofs.iter().filter(of_a_batch);
    let (first, last) = (members.next().unwrap(), members.next_back().unwrap());
    let neighbour = members.find(|proof| proof.receipt == first.receipt).unwrap();
    let forge = |honest: &RecordProof, change: &dyn Fn(&mut BatchMember)| {
        let mut proof = honest.clone();
        proof.member.iter_mut().for_each(change);
        proof
    };
    let other = neighbour.member.clone().unwrap();
    vec![
        forge(first, &|member| member.index = other.index),
        forge(first, &|member| (member.index, member.path) = (other.index, other.path.clone())),
        forge(last, &|member| member.index += 1),
        forge(last, &|member| member.index = u64::MAX),
    ]
}

/// Each operation by itself, all after each other, what was recorded, and bytes of blocks.
fn blocks() -> Vec<Seed> {
    let world = &*WORLD;
    let count = world.next.len() as u8;
    let mut made: Vec<Seed> = (0..count).map(|number| ("block", vec![0, 5, number, 0, 0])).collect();
    for from in [0, 8] {
        let all = (from..from + 8).flat_map(|number| [5, number, 0, 0]);
        made.push(("block", [0].into_iter().chain(all).collect()));
    }
    made.extend((0..world.transactions.len()).map(|number| ("block", vec![1, 1, number as u8, 5, 3, 0, 0])));
    let own = [world.ledger.block(Height(1)).unwrap(), world.transactions[4].as_slice()];
    made.extend(own.map(|bytes| ("block", [&[255], bytes].concat())));
    made
}

/// The sample, and each of its resources beside the patient.
fn bundles() -> Vec<Seed> {
    let sample = Bundle::parse(SAMPLE_BUNDLE).unwrap();
    let patient = str::from_utf8(&sample.patient().canonical).unwrap();
    let mut made = vec![("fhir_bundle", SAMPLE_BUNDLE.to_vec())];
    for entry in sample.entries().filter(|entry| entry.resource_type != "Patient") {
        let other = str::from_utf8(&entry.canonical).unwrap();
        let text = format!(
            r#"{{"resourceType":"Bundle","entry":[{{"fullUrl":"urn:a","resource":{patient}}},{{"resource":{other}}}]}}"#
        );
        made.push(("fhir_bundle", text.into_bytes()));
    }
    made
}
