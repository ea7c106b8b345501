//! Files for light clients: a changed file is refused, or shows just what the ledger holds.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use medledger_core::chain::AppRoot;
use medledger_core::codec::{decode, encode};
use medledger_core::hash::{AppRootHash, Did, RecordCommitment, RecordId};
use medledger_core::light::{Anchored, LogProof, ProvenRecord, Verifier};
use medledger_core::limits::PROOF;
use medledger_core::record::{Commitments, TimelineEntry};
use medledger_core::state::{Address, LogEntry, LogKind, LogLeaf, MemoryState, StateRead};
use medledger_core::units::{Height, Timestamp};
use medledger_sdk::access_proof::{self, Question};
use medledger_sdk::certified::CertifiedState;
use medledger_sdk::export::{NotHandedOver, ProvenExport};
use medledger_sdk::local::Ledger;
use medledger_sdk::local::ledger::SavedLedger;
use medledger_sdk::proof::{self, ProofFile, ProofReport, reaches};

use super::edit::edited;
use super::input::Choices;
use super::world::{WORLD, World};

const KINDS: [LogKind; 3] = [LogKind::Timeline, LogKind::Access, LogKind::Authority];

/// What a file is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A receipt or an export.
    File,
    /// A log.
    Log,
    /// Some values of the state.
    State,
    /// A header with its evidence.
    Header,
}

const SORTS: [Sort; 4] = [Sort::File, Sort::Log, Sort::State, Sort::Header];

/// What a receipt says of a record.
type Fact = (Did, RecordId, u64, Commitments, Height, Timestamp);

fn fact(record: &ProvenRecord) -> Fact {
    let ProvenRecord { subject, record, version, commitments, height, time, .. } = record;
    (*subject, *record, *version, *commitments, *height, *time)
}

/// What the ledger holds, and files that show it.
struct Held {
    verifier: Verifier,
    headers: Vec<AppRoot>,
    states: BTreeMap<AppRootHash, MemoryState>,
    facts: Vec<Fact>,
    contents: BTreeMap<RecordCommitment, Vec<u8>>,
    exports: BTreeMap<(AppRootHash, Did), ProvenExport>,
    logs: BTreeMap<(AppRootHash, Did, LogKind), Vec<LogLeaf>>,
    question: Question,
    files: Vec<(Sort, Vec<u8>)>,
    donors: Vec<Vec<u8>>,
    seen: Anchored,
}

static HELD: LazyLock<Held> = LazyLock::new(|| Held::of(&WORLD));

impl Held {
    fn of(world: &World) -> Self {
        let north = &world.parties[0];
        let tip = world.ledger.tip();
        let doctor = world.parties.iter().find(|party| party.name == "doctor").unwrap();
        let question = Question {
            session: world.session,
            custodian: north.did,
            record: world.record,
            key: doctor.key("device 0").public().id(),
            batch: None,
        };
        let headers: Vec<AppRoot> =
            (1..=tip.height.0).map(|at| world.ledger.header(Height(at)).unwrap().header.clone()).collect();
        let seen = Anchored {
            header: headers[headers.len() / 2].clone(),
            hash: headers[headers.len() / 2].hash().unwrap(),
        };
        let mut held = Self {
            verifier: world.verifier(),
            headers,
            states: BTreeMap::new(),
            facts: Vec::new(),
            contents: BTreeMap::new(),
            exports: BTreeMap::new(),
            logs: BTreeMap::new(),
            question,
            files: Vec::new(),
            donors: Vec::new(),
            seen,
        };
        for (at, proof) in world.record_proofs().into_iter().enumerate() {
            held.facts.push(fact(&proof.check(&held.verifier).unwrap()));
            // Of so many a part is enough to begin with.
            if at % 3 == 0 {
                held.files.push((Sort::File, encode(&ProofFile::Receipt { proof }).unwrap()));
            }
        }
        let batches = world.batches.values().flat_map(|batch| &batch.openings);
        for opening in world.openings.iter().chain(batches) {
            let commitments = opening.commitments().unwrap();
            held.contents.insert(commitments.content, opening.content.expose().to_vec());
        }
        // The ledger as it grew.
        let saved: SavedLedger = decode(&world.ledger.to_bytes().unwrap(), &PROOF).unwrap();
        let mut ledger = Ledger::new(saved.genesis).unwrap();
        for block in saved.blocks {
            ledger.accept(&block.block, &block.evidence, world.now).unwrap();
            held.take(world, &ledger);
        }
        held.donors = held.files.iter().map(|(_, bytes)| bytes.clone()).collect();
        held
    }

    fn take(&mut self, world: &World, ledger: &Ledger) {
        let tip = ledger.tip();
        self.states.insert(tip.hash, ledger.state().clone());
        let kept = tip.height.0.is_multiple_of(5) || tip.height == world.ledger.tip().height;
        for party in &world.parties {
            let batch = world.batches.get(&party.did).map(|batch| batch.commitments.clone());
            let export = ledger.export(party.did, |_| batch.clone()).unwrap().unwrap();
            self.exports.insert((tip.hash, party.did), export.check(&self.verifier).unwrap());
            if kept && party.name != "south" {
                self.files.push((Sort::File, encode(&ProofFile::Export { export }).unwrap()));
            }
            for kind in KINDS {
                let proof = ledger.log_proof(&party.did, kind).unwrap();
                self.logs.insert((tip.hash, party.did, kind), proof.leaves.clone());
                if kept && party.name == "ann" {
                    self.files.push((Sort::Log, encode(&proof).unwrap()));
                }
            }
        }
        if kept {
            let header = ledger.header(tip.height).unwrap();
            self.files.push((Sort::Header, encode(header).unwrap()));
            let keys = [Address::Params.key(), Address::Headers.key()].into();
            self.files.push((Sort::State, encode(&ledger.certified(&keys).unwrap()).unwrap()));
            self.files.push((Sort::State, encode(&ledger.access_proof(&self.question).unwrap()).unwrap()));
        }
    }

    fn header(&self, anchored: &Anchored) {
        assert!(self.headers.contains(&anchored.header), "a header that was never certified");
        assert_eq!(anchored.header.hash().unwrap(), anchored.hash);
    }

    fn file(&self, bytes: &[u8], at_least: Option<&Anchored>) {
        let report = proof::check(bytes, &self.verifier, at_least);
        let ProofReport { record, export, height, fault, .. } = &report;
        assert!(fault.is_some() || record.is_some() != export.is_some());
        if let Some(record) = record {
            self.header(&record.anchored);
            assert!(self.facts.contains(&fact(record)), "a fact that is not the ledger's: {record:?}");
            let Ok(ProofFile::Receipt { proof }) = ProofFile::decode(bytes) else { panic!("not a receipt") };
            if let Some(opening) = &proof.opening {
                let content = self.contents.get(&record.commitments.content).map(Vec::as_slice);
                assert_eq!(content, Some(opening.content.expose()), "a content that was never committed to");
            }
        }
        if let Some(export) = export {
            // What was not handed over is said to be missing, and is nothing else than the ledger has.
            let honest = self.exports.get(&(export.anchored.hash, export.subject));
            let handed = ProvenExport { not_handed_over: Vec::new(), ..export.clone() };
            assert_eq!(honest, Some(&handed), "an export that is not everything, or more");
            let known = |missing: &NotHandedOver| {
                export.timeline.iter().any(|leaf| {
                    matches!(&leaf.entry, LogEntry::Timeline {
                        entry: TimelineEntry::BatchAnchored { batch, custodian, root, count },
                    } if (batch, custodian, root, count)
                        == (&missing.batch, &missing.custodian, &missing.root, &missing.count))
                })
            };
            assert!(export.not_handed_over.iter().all(known), "a batch that is not the ledger's");
            assert!(export.not_handed_over.is_empty() || report.complete == Some(false));
        }
        if let (Some(seen), None) = (at_least, fault) {
            assert!(height.is_some_and(|height| height >= seen.header.height));
        }
    }

    fn log(&self, bytes: &[u8]) {
        let Ok(proof) = decode::<LogProof>(bytes, &PROOF) else { return };
        for kind in KINDS {
            if let Ok(anchored) = proof.check(&self.verifier, kind) {
                self.header(&anchored);
                let honest = self.logs.get(&(anchored.hash, proof.subject, kind));
                // An identity that the ledger does not know has empty logs.
                assert_eq!(honest.map_or(&[][..], Vec::as_slice), proof.leaves, "a log that is not whole");
            }
        }
    }

    fn state(&self, bytes: &[u8]) {
        let Ok(proof) = decode::<CertifiedState>(bytes, &PROOF) else { return };
        if let Ok((anchored, proven)) = proof.check(&self.verifier) {
            self.header(&anchored);
            let state = &self.states[&anchored.hash];
            for claim in &proof.values.proof.claims {
                assert_eq!(proven.get(claim.key()).ok(), state.get(claim.key()).ok(), "a value of no state");
            }
        }
        if let Ok(proven) = access_proof::check(&proof, &self.verifier, &self.question) {
            let state = &self.states[&proven.anchored.hash];
            let session = medledger_core::state::read(state, &Address::Session(self.question.session));
            assert_eq!(Ok(proven.session.clone()), session);
            assert_eq!(
                Ok(proven.standing(WORLD.now)),
                medledger_core::validate::standing(
                    state,
                    self.question.session,
                    self.question.custodian,
                    WORLD.now
                )
                .map(Ok),
                "a session that stands otherwise"
            );
        }
    }

    fn read(&self, sort: Sort, bytes: &[u8], at_least: Option<&Anchored>) {
        match sort {
            Sort::File => self.file(bytes, at_least),
            Sort::Log => self.log(bytes),
            Sort::State => self.state(bytes),
            Sort::Header => {
                if let Ok(anchored) = proof::header(bytes, &self.verifier) {
                    self.header(&anchored);
                    let above = reaches(&anchored, &self.seen).is_ok();
                    assert_eq!(above, anchored.header.height >= self.seen.header.height);
                }
            }
        }
    }
}

/// The target. An honest file is chosen by number and changed item by item, or the input brings its own.
pub fn light(input: &[u8]) {
    let held = &*HELD;
    let mut choices = Choices::new(input);
    let number = choices.byte();
    let at_least = Some(&held.seen).filter(|_| number & 1 == 1);
    let (sort, bytes) = if number < 4 {
        (SORTS[usize::from(number)], choices.rest().to_vec())
    } else {
        let (sort, honest) = choices.of(&held.files);
        (*sort, edited(honest, &held.donors, &mut choices))
    };
    held.read(sort, &bytes, at_least);
}

/// How many honest files there are, and what each is.
#[must_use]
pub fn files() -> &'static [(Sort, Vec<u8>)] {
    &HELD.files
}
