//! Sheets, what they restore, and what a thief of one can do: on a ledger.

#![cfg(all(feature = "wallet", feature = "seal", feature = "local"))]

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use medledger_core::codec::encode;
use medledger_core::crypto::SecretKey;
use medledger_core::error::ReadError;
use medledger_core::hash::{Did, KeyId};
use medledger_core::identity::{Control, KeyEntry, KeyRole, KeyStatus, Kind};
use medledger_core::operation::{Draft, IdentityUsage, KeyUsage, Operation};
use medledger_core::state::{Address, Delta, LogKind, MemoryState, read};
use medledger_core::units::Millis;

use super::create::{NewRelationship, SUCCESSORS, successor, successors};
use super::derive::SheetKeys;
use super::keystore::Keystore;
use super::restore::{
    DEVICE_GAP, IDENTITY_GAP, NothingProven, RestoreFault, Restored, Standing, asks, restore,
};
use super::rotation::{Planned, RotationFault, Turn, WrittenDown, check_next, plan};
use super::sheet::{Sheet, SheetFault};
use crate::agreement::AgreementSecret;
use crate::anchor::{SealedBatch, batch_anchor};
use crate::draft::{Sender, approve, sign};
use crate::identity::{add_device, device_keys, rotate};
use crate::testing::id;
use crate::testing::{World, copy};
use crate::timeline::{Relationship, timeline, together};

mod stolen_second;

/// A patient with two sheets, and identities on the ledger.
struct Patient {
    world: World,
    sheets: [Sheet; 2],
    first: SheetKeys,
    second: SheetKeys,
    keystore: Keystore,
}

impl Patient {
    /// One with identities of these numbers.
    fn new(identities: &[u16]) -> Self {
        let mut world = World::anchored();
        let sheets = [(); 2].map(|()| Sheet::draw(&mut world.rng).unwrap());
        let [first, second] = [&sheets[0], &sheets[1]].map(|sheet| SheetKeys::new(sheet, ""));
        let keystore = Keystore::new(world.ledger.tip().chain, successors(&second));
        let mut patient = Self { world, sheets, first, second, keystore };
        for identity in identities {
            patient.relate(*identity);
        }
        patient
    }

    fn relate(&mut self, identity: u16) -> Did {
        let successor = successor(identity, self.keystore.successors(), None).unwrap();
        let rng = &mut self.world.rng;
        let new = NewRelationship::new(&self.first, identity, successor, Kind::Patient, rng).unwrap();
        let draft = new.incept(&self.world.hospital_signs()).unwrap();
        let hospital = copy(&self.world.hospital.keys.device);
        self.world.record(&draft, &hospital);
        let did = new.did;
        self.keystore.keep(new.kept(alloc::format!("relationship {identity}"))).unwrap();
        did
    }

    fn restore(&self, keys: &SheetKeys) -> Result<Restored, RestoreFault> {
        restore(keys, self.world.ledger.state()).unwrap()
    }

    fn control(&self, did: Did) -> Control {
        read(self.world.ledger.state(), &Address::Identity(did)).unwrap().unwrap()
    }

    /// Who signs with a key that the ledger knows, or with a successor.
    fn sender(&self, did: Did, key: &SecretKey) -> Sender {
        let (state, id) = (self.world.ledger.state(), key.public().id());
        let known: Option<KeyEntry> = read(state, &Address::Key(id)).unwrap();
        let window = if known.is_some() {
            let usage: Option<KeyUsage> = read(state, &Address::KeyUsage(id)).unwrap();
            usage.unwrap_or_default().window
        } else {
            let usage: Option<IdentityUsage> = read(state, &Address::IdentityUsage(did)).unwrap();
            usage.unwrap_or_default().successor_window
        };
        let at = self.world.clock;
        Sender {
            chain: self.world.ledger.tip().chain,
            did,
            key: id,
            counter: window.next_counter(),
            signed_at: at,
            valid_until: at.plus(Millis::hours(1)).unwrap(),
        }
    }

    /// The result code of a draft signed with a key.
    fn submits(&mut self, draft: &Draft, key: &SecretKey) -> u64 {
        self.world.submit(draft, key).1
    }

    /// The rule by which the ledger refuses a draft, at its door or in a block.
    fn refusal(&mut self, draft: &Draft, key: &SecretKey) -> String {
        let signed = sign(draft, key).unwrap();
        match self.world.ledger.submit(signed.bytes, self.world.clock) {
            Err(error) => error.rule().unwrap().to_string(),
            Ok(_) => {
                self.world.pass();
                let height = self.world.ledger.tip().height;
                let result = &self.world.ledger.results(height).unwrap().results[0].result;
                alloc::format!("{}", result.code)
            }
        }
    }

    fn plan(&self, second: &SheetKeys) -> Result<Vec<Planned>, RotationFault> {
        let dids: Vec<Did> = self.keystore.kept().iter().map(|kept| kept.did).collect();
        plan(second, &dids, self.world.ledger.state()).unwrap()
    }

    /// Rotates as many due identities as that.
    fn rotate(&mut self, next: &WrittenDown, at_most: usize, keep: &[KeyId]) {
        let planned = self.plan(&self.second).unwrap();
        check_next(&planned, &self.second, next).unwrap().unwrap();
        let due = planned.iter().filter(|of| matches!(of.turn, Turn::Due { .. }));
        for of in due.take(at_most) {
            let Turn::Due { identity } = of.turn else { panic!("it is due") };
            let sender = self.sender(of.did, &self.second.controller(identity));
            let name = self.keystore.find(&of.did).unwrap().relationship.clone();
            let rotated = of.rotate(&sender, &self.second, next, keep.to_vec(), &name).unwrap().unwrap();
            self.world.record(&rotated.draft, &self.second.controller(identity));
            self.keystore.replace(rotated.kept).unwrap();
        }
    }

    fn next_sheet(&mut self) -> (Sheet, WrittenDown) {
        let sheet = Sheet::draw(&mut self.world.rng).unwrap();
        let words = words(&sheet);
        let written = WrittenDown::confirm(&sheet, &words, "").unwrap();
        (sheet, written)
    }

    fn grants(&mut self, did: Did, key: &SecretKey) -> String {
        let wallet = super::Wallet::new(did, copy(key));
        let until = self.world.clock.plus(Millis::hours(5)).unwrap();
        let period = medledger_core::units::Period { from: medledger_core::units::Timestamp(0), until };
        let terms = crate::story::permit(self.world.hospital.did, period);
        let sender = self.sender(did, key);
        let draft = wallet.grant(&sender, self.world.ledger.state(), terms, self.world.clock);
        self.refusal(&draft.unwrap().unwrap(), key)
    }
}

fn words(sheet: &Sheet) -> String {
    sheet.words().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_first_sheet_alone_finds_everything() {
    let mut patient = Patient::new(&[0, 1, 2]);
    // Typed in on an empty machine.
    let typed = SheetKeys::new(&Sheet::from_words(&words(&patient.sheets[0])).unwrap(), "");
    let found = patient.restore(&typed).unwrap();
    let kept: Vec<(u16, Did)> =
        patient.keystore.kept().iter().map(|kept| (kept.identity, kept.did)).collect();
    assert_eq!(found.identities.iter().map(|of| (of.identity, of.did)).collect::<Vec<_>>(), kept);
    for (of, kept) in found.identities.iter().zip(patient.keystore.kept()) {
        assert_eq!((of.standing, of.devices.len()), (Standing::Current, 1));
        let device = of.live_device().unwrap();
        assert_eq!(typed.device(of.identity, device.device).public(), kept.signing.public());
        let entry: KeyEntry = read(patient.world.ledger.state(), &Address::Key(device.key)).unwrap().unwrap();
        assert_eq!(entry.keys.agreement, Some(typed.agreement(of.identity, 0).public()));
        assert_eq!(entry.keys.agreement, Some(kept.agreement.public()));
    }
    let first = found.identities[0].did;
    assert_eq!(patient.grants(first, &typed.device(0, 0)), "0");
    assert_eq!(found.check_own(kept.iter().map(|(_, did)| *did)), Ok(()));
    let other = found.check_own([patient.world.patient.did]);
    assert_eq!(id(other.err().as_ref()), "WAL-024");
    // A second sheet that was never used, and somebody else's, find nothing.
    assert_eq!(id(patient.restore(&patient.second).err().as_ref()), "WAL-020");
    // One more relationship takes the second sheet, since no digests were kept.
    let next = found.next_identity().unwrap();
    assert_eq!(next, 3);
    assert_eq!(id(successor(next, &[], None).err().as_ref()), "WAL-021");
    let digest = successor(next, &[], Some(&patient.second)).unwrap();
    assert_eq!(digest, patient.keystore.successors()[3]);
    let past = successor(SUCCESSORS, patient.keystore.successors(), None);
    assert_eq!(id(past.err().as_ref()), "WAL-021");
}

#[test]
fn gaps_are_searched_as_far_as_is_written() {
    let far = IDENTITY_GAP - 1;
    let mut patient = Patient::new(&[0, far]);
    let did = patient.keystore.kept()[0].did;
    let controller = patient.first.controller(0);
    for device in [DEVICE_GAP, DEVICE_GAP + 1] {
        let (key, opens) = (patient.first.device(0, device), patient.first.agreement(0, device));
        let draft = add_device(&patient.sender(did, &controller), &key, &opens).unwrap();
        patient.world.record(&draft, &controller);
    }
    let key = patient.first.device(0, 0).public().id();
    let draft = patient.sender(did, &controller).draft(Operation::RevokeDevice { key });
    patient.world.record(&draft, &controller);
    let found = patient.restore(&patient.first).unwrap();
    assert_eq!(found.dids().len(), 2);
    let devices: Vec<_> = found.identities[0].devices.iter().map(|of| (of.device, of.status)).collect();
    let (live, revoked) = (KeyStatus::Live, KeyStatus::Revoked);
    assert_eq!(devices, [(0, revoked), (DEVICE_GAP, live), (DEVICE_GAP + 1, live)]);
    assert_eq!(found.identities[0].live_device().unwrap().device, DEVICE_GAP);
    assert_eq!(found.identities[0].next_device(), Ok(DEVICE_GAP + 2));
    assert_eq!(found.next_identity(), Ok(IDENTITY_GAP));
    // An identity behind a longer gap is not found: numbers are used in order.
    patient.relate(far + 1 + IDENTITY_GAP);
    assert_eq!(patient.restore(&patient.first).unwrap().dids().len(), 2);
}

#[test]
fn the_last_number_is_the_last() {
    let patient = Patient::new(&[0]);
    let mut found = patient.restore(&patient.first).unwrap();
    found.last = u16::MAX;
    assert_eq!(id(found.next_identity().err().as_ref()), "WAL-023");
    found.identities[0].devices[0].device = u16::MAX;
    assert_eq!(found.identities[0].next_device(), Err(RestoreFault::NoNumberLeft));
}

#[test]
fn a_proven_part_restores_and_what_is_withheld_is_an_error() {
    let patient = Patient::new(&[0, 1, 3]);
    let whole = patient.restore(&patient.first).unwrap();
    let verifier = patient.world.verifier();
    let mut asked = asks(&patient.first, &NothingProven).unwrap();
    assert_eq!(asked.len(), usize::from(IDENTITY_GAP));
    let mut rounds = 1;
    let proven = loop {
        let proof = patient.world.ledger.certified(&asked).unwrap();
        let (_, proven) = proof.check(&verifier).unwrap();
        let missing = asks(&patient.first, &proven).unwrap();
        if missing.is_empty() {
            break proven;
        }
        assert_eq!(restore(&patient.first, &proven).unwrap_err(), ReadError::Unproven);
        asked.extend(missing);
        rounds += 1;
    };
    assert_eq!(restore(&patient.first, &proven).unwrap().unwrap(), whole);
    assert!(rounds <= 3, "{rounds}");
    // Each single key that is withheld is noticed.
    for withheld in asked.clone() {
        let mut rest = asked.clone();
        rest.remove(&withheld);
        let (_, part) = patient.world.ledger.certified(&rest).unwrap().check(&verifier).unwrap();
        assert_eq!(restore(&patient.first, &part).unwrap_err(), ReadError::Unproven);
        assert!(asks(&patient.first, &part).unwrap().contains(&withheld));
    }
    // An empty ledger is asked for one window of numbers, and no more.
    let nothing = MemoryState::new();
    assert_eq!(id(restore(&patient.first, &nothing).unwrap().err().as_ref()), "WAL-020");
}

#[test]
fn a_damaged_state_is_an_error() {
    let patient = Patient::new(&[0]);
    let mut state = patient.world.ledger.state().clone();
    let did = patient.keystore.kept()[0].did;
    let mut delta = Delta::default();
    delta.writes.insert(Address::Identity(did).key(), None);
    state.apply(&delta);
    assert_eq!(restore(&patient.first, &state).unwrap_err(), ReadError::Damaged { what: "Control" });
}

#[test]
fn a_thief_of_the_first_sheet_cannot_rotate_and_the_patient_does() {
    let mut patient = Patient::new(&[0, 1]);
    let dids: Vec<Did> = patient.keystore.kept().iter().map(|kept| kept.did).collect();
    let did = dids[0];
    // The thief restores everything, grants, and adds a device of his own.
    let thief = SheetKeys::new(&Sheet::from_words(&words(&patient.sheets[0])).unwrap(), "");
    assert_eq!(patient.restore(&thief).unwrap().dids(), dids);
    assert_eq!(patient.grants(did, &thief.device(0, 0)), "0");
    let mut rng = crate::testing::Dice(9_000);
    let (own, opens) = (crate::identity::draw_key(&mut rng), AgreementSecret::draw(&mut rng));
    let controller = thief.controller(0);
    let draft = add_device(&patient.sender(did, &controller), &own, &opens).unwrap();
    assert_eq!(patient.submits(&draft, &controller), 0);
    // He can't rotate: not with the controller, not with a key that he discloses as the successor.
    let his = Sheet::draw(&mut rng).unwrap();
    let next = SheetKeys::new(&his, "");
    for (signs, discloses) in
        [(thief.controller(0), thief.controller(0)), (next.controller(0), next.controller(0))]
    {
        let control = patient.control(did);
        let after = next.controller(7).public();
        let sender = patient.sender(did, &signs);
        let draft = rotate(&sender, &control, discloses.public(), &after, Vec::new(), Vec::new()).unwrap();
        let refused = patient.refusal(&draft, &signs);
        assert!(["IDN-012", "512", "OPR-005"].contains(&&*refused), "{refused}");
    }
    assert_eq!(id(patient.plan(&thief).err().as_ref()), "WAL-041");
    assert_eq!(id(patient.plan(&next).err().as_ref()), "WAL-040");
    assert_eq!(patient.control(did).rotations, 0);

    // The patient takes the second sheet from its drawer.
    let second = SheetKeys::new(&Sheet::from_words(&words(&patient.sheets[1])).unwrap(), "");
    let (third, written) = patient.next_sheet();
    patient.rotate(&written, usize::MAX, &[]);
    let own_device = own.public().id();
    for (identity, did) in (0..).zip(&dids) {
        let control = patient.control(*did);
        assert_eq!(control.controller, second.controller(identity).public().id());
        assert_eq!(control.successor, SheetKeys::new(&third, "").successor(identity));
        assert_eq!(control.devices, [second.device(identity, 0).public().id()]);
        assert!(!control.devices.contains(&own_device));
    }
    // Every key that the thief has is dead.
    for key in [thief.device(0, 0), own] {
        assert_eq!(patient.grants(did, &key), "OPR-007");
    }
    let sender = patient.sender(did, &controller);
    assert_eq!(patient.refusal(&sender.draft(Operation::Deactivate), &controller), "OPR-008");
    let found = patient.restore(&thief).unwrap();
    assert!(
        found.identities.iter().all(|of| of.standing == Standing::Superseded && of.live_device().is_none())
    );
    assert_eq!(id(found.next_identity().err().as_ref()), "WAL-022");
    // The second sheet is the first one now, and finds everything; its device signs.
    let found = patient.restore(&second).unwrap();
    assert_eq!(found.dids(), dids);
    assert!(found.identities.iter().all(|of| of.standing == Standing::Current));
    assert_eq!(patient.grants(did, &second.device(0, 0)), "0");
    assert_eq!(found.next_identity(), Ok(2));
}

#[test]
fn a_rotation_that_stopped_half_way_is_finished_with_the_same_sheets() {
    let mut patient = Patient::new(&[0, 1, 2]);
    let phone = patient.keystore.kept()[2].signing.public().id();
    let (third, written) = patient.next_sheet();
    patient.rotate(&written, 1, &[]);
    let turns = |patient: &Patient| {
        let planned = patient.plan(&patient.second).unwrap();
        planned.iter().map(|of| matches!(of.turn, Turn::Done { .. })).collect::<Vec<_>>()
    };
    assert_eq!(turns(&patient), [true, false, false]);
    // The first sheet still finds all three, so nothing depends on the keystore.
    assert_eq!(patient.restore(&patient.first).unwrap().dids().len(), 3);
    // Another next sheet would leave the identities with different second sheets.
    let (_, other) = patient.next_sheet();
    let planned = patient.plan(&patient.second).unwrap();
    let refused = check_next(&planned, &patient.second, &other).unwrap();
    assert_eq!(id(refused.err().as_ref()), "WAL-042");
    // Typed in again, days later.
    let again = WrittenDown::typed(&words(&third), "").unwrap();
    patient.rotate(&again, usize::MAX, &[phone]);
    assert_eq!(turns(&patient), [true; 3]);
    let last = patient.keystore.kept()[2].did;
    let mut devices = [phone, patient.second.device(2, 0).public().id()];
    devices.sort_unstable();
    assert_eq!(patient.control(last).devices, devices);
    assert_eq!(patient.restore(&patient.second).unwrap().dids().len(), 3);
    // And the next rotation takes the third sheet.
    let fourth = patient.next_sheet().1;
    let third = SheetKeys::new(&third, "");
    patient.second = third;
    patient.rotate(&fourth, usize::MAX, &[]);
    assert_eq!(patient.control(last).rotations, 2);
}

#[test]
fn one_foreign_or_ended_identity_does_not_keep_the_others_from_it() {
    let mut patient = Patient::new(&[0, 1, 2]);
    // The thief of the first sheet makes an identity of his own under the next number, and ends one.
    let his = Sheet::draw(&mut patient.world.rng).unwrap();
    let successor = SheetKeys::new(&his, "").successor(3);
    let rng = &mut patient.world.rng;
    let planted = NewRelationship::new(&patient.first, 3, successor, Kind::Patient, rng).unwrap();
    let draft = planted.incept(&patient.world.hospital_signs()).unwrap();
    let hospital = copy(&patient.world.hospital.keys.device);
    patient.world.record(&draft, &hospital);
    let ended = patient.keystore.kept()[1].did;
    let controller = patient.first.controller(1);
    let draft = patient.sender(ended, &controller).draft(Operation::Deactivate);
    patient.world.record(&draft, &controller);
    let dids = patient.restore(&patient.first).unwrap().dids();
    assert_eq!(dids.len(), 4);
    let planned = plan(&patient.second, &dids, patient.world.ledger.state()).unwrap().unwrap();
    let turns: Vec<Turn> = planned.iter().map(|of| of.turn).collect();
    assert_eq!(turns, [Turn::Due { identity: 0 }, Turn::Ended, Turn::Due { identity: 2 }, Turn::Foreign]);
}

#[test]
fn a_key_in_another_role_is_no_identity_of_the_sheet() {
    let mut patient = Patient::new(&[0]);
    // A thief with the first sheet registers the controller of number 1 as a device, in an identity that is not hers.
    let (stolen, opens) = (patient.first.controller(1), patient.first.agreement(1, 0));
    let other = copy(&patient.world.patient.keys.controller);
    let sender = patient.sender(patient.world.patient.did, &other);
    let mut draft = sender.draft(Operation::AddDevice { device: device_keys(stolen.public(), &opens) });
    approve(&mut draft, &stolen).unwrap();
    patient.world.record(&draft, &other);
    let entry: KeyEntry =
        read(patient.world.ledger.state(), &Address::Key(stolen.public().id())).unwrap().unwrap();
    assert_eq!(entry.role, KeyRole::Device);
    let found = patient.restore(&patient.first).unwrap();
    assert_eq!((found.dids().len(), found.next_identity()), (1, Ok(2)));
}

#[test]
fn a_next_sheet_is_typed_in_before_anything_is_signed() {
    let mut patient = Patient::new(&[0]);
    let [first, second] = [0, 1].map(|n| words(&patient.sheets[n]));
    let (third, written) = patient.next_sheet();
    let confirm = |words: &str| id(WrittenDown::confirm(&third, words, "").err().as_ref());
    assert_eq!(confirm(&words(&third)), "");
    assert_eq!(confirm(&first), "WAL-013");
    assert_eq!(confirm("zoo"), "WAL-010");
    // The second sheet is not its own successor.
    let same = WrittenDown::typed(&second, "").unwrap();
    let planned = patient.plan(&patient.second).unwrap();
    assert_eq!(id(check_next(&planned, &patient.second, &same).err().as_ref()), "WAL-014");
    assert_eq!(check_next(&planned, &patient.second, &written), Ok(Ok(())));
    assert_eq!(id::<SheetFault>(None), "");
    assert_eq!(alloc::format!("{written:?}"), "WrittenDown");
}

#[test]
fn nothing_of_a_sheet_is_in_what_is_recorded() {
    let mut patient = Patient::new(&[0, 1]);
    let (_, written) = patient.next_sheet();
    patient.rotate(&written, usize::MAX, &[]);
    let saved = patient.world.ledger.to_bytes().unwrap();
    for keys in [&patient.first, &patient.second, written.keys()] {
        for identity in 0..2 {
            for secret in [keys.device(identity, 0), keys.controller(identity)] {
                assert!(!saved.windows(16).any(|part| part == &secret.seed()[..16]));
            }
            let agreement = keys.agreement(identity, 0);
            assert!(!saved.windows(16).any(|part| part == &agreement.expose()[..16]));
        }
    }
    assert!(encode(patient.world.ledger.genesis()).unwrap().len() < saved.len());
}

#[test]
fn the_timeline_is_put_together_over_all_identities() {
    let mut patient = Patient::new(&[0, 1]);
    let bundle = crate::fhir::bundle::Bundle::parse(crate::fhir::SAMPLE_BUNDLE).unwrap();
    let hospital = copy(&patient.world.hospital.keys.device);
    let dids: Vec<Did> = patient.keystore.kept().iter().map(|kept| kept.did).collect();
    let mut batches = Vec::new();
    for did in &dids {
        let batch = SealedBatch::from_bundle(&bundle, &mut patient.world.rng).unwrap();
        let anchor = batch_anchor(patient.world.hospital.did, Vec::from([batch.entry(*did)]));
        let draft = patient.world.hospital_signs().draft(Operation::AnchorBatch { batch: anchor });
        patient.world.record(&draft, &hospital);
        batches.push(batch);
    }
    // On an empty machine: the sheet, the ledger, and what the custodian releases.
    let found = patient.restore(&patient.first).unwrap();
    let parts: Vec<_> = found
        .identities
        .iter()
        .map(|of| {
            let proof = patient.world.ledger.log_proof(&of.did, LogKind::Timeline).unwrap();
            let wallet = super::Wallet::new(of.did, patient.first.device(of.identity, 0));
            let (_, log) =
                wallet.read_log(&proof, LogKind::Timeline, &patient.world.verifier(), None).unwrap();
            let mut openings = batches[usize::from(of.identity)].openings.clone().into_iter();
            let lines = timeline(&log.leaves, |_| Ok::<_, ()>(openings.next())).unwrap().lines;
            (Relationship { did: of.did, name: alloc::format!("relationship {}", of.identity) }, lines)
        })
        .collect();
    let whole: usize = parts.iter().map(|(_, lines)| lines.len()).sum();
    let lines = together(parts);
    assert_eq!(lines.len(), whole);
    assert_eq!(whole, 2 * batches[0].openings.len());
    for did in &dids {
        assert_eq!(lines.iter().filter(|line| line.relationship.did == *did).count(), whole / 2);
    }
    let start = |line: &crate::timeline::RelatedLine| {
        line.line.shown.as_ref().and_then(|shown| shown.clinical).and_then(|clinical| clinical.start)
    };
    let dated: Vec<i64> = lines.iter().filter_map(start).collect();
    assert!(dated.len() > 2 && dated.windows(2).all(|pair| pair[0] >= pair[1]));
    // The same records stand side by side, each with its own identity.
    assert_ne!(lines[0].relationship, lines[1].relationship);
    assert_eq!(start(&lines[0]), start(&lines[1]));
}
