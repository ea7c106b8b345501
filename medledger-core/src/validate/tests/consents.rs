//! Operations on consents: 300 to 302.

use alloc::vec::Vec;

use crate::consent::{
    ConsentEntry, ConsentState, ConsentStatus, ConsentVersionOf, Grant, Replacement, Terms, consent_id,
};
use crate::fixture::*;
use crate::hash::{ConsentId, ConsentVersion};
use crate::identity::Kind;
use crate::operation::Operation;
use crate::state::{ActiveConsents, Address, ConsentSlot, LogEntry, LogKind};
use crate::units::{Millis, Period, Timestamp};
use crate::validate::{Outcome, active_consents};

fn grants(slot: u64, terms: &Terms) -> Operation {
    Operation::GrantConsent { grant: Grant { slot, terms: open(terms) } }
}

fn amends(consent: ConsentId, replaces: ConsentVersion, terms: &Terms) -> Operation {
    Operation::AmendConsent { replacement: Replacement { consent, replaces, terms: open(terms) } }
}

fn says(outcome: &Outcome, of: &Party, position: u64, entry: ConsentEntry) {
    assert_eq!(outcome.events.len(), 1);
    assert_eq!((outcome.events[0].subject, outcome.events[0].position), (of.did, position));
    assert_eq!(outcome.events[0].leaf.entry, LogEntry::Consent { entry });
    assert_eq!(outcome.events[0].leaf.entry.kind(), LogKind::Authority);
}

fn occupied(world: &World, of: &Party) -> Vec<u8> {
    let map: ActiveConsents = world.read(&Address::ActiveConsents(of.did)).unwrap_or_default();
    map.occupied().collect()
}

fn slot(world: &World, of: &Party, slot: u8) -> Option<ConsentSlot> {
    world.read(&Address::ConsentSlot(of.did, slot))
}

#[test]
fn a_consent_is_granted_amended_and_revoked() {
    let (mut world, ann) = World::with_ann();
    let terms = permit(hours(0, 100));
    let transaction = world.by(&ann, grants(255, &terms));
    let outcome = world.accept(&transaction);
    let consent = consent_id(&outcome.id.unwrap());
    let hash = |version, terms| ConsentVersionOf { consent, version, terms }.hash().unwrap();
    let first = hash(1, open(&terms));
    let mut state = ConsentState {
        subject: ann.did,
        slot: 255,
        version: 1,
        current: first,
        status: ConsentStatus::Active,
        used: 0,
        terms: open(&terms),
    };
    let (own, place) = (Address::Consent(consent), Address::ConsentSlot(ann.did, 255));
    let log = Address::Log(ann.did, LogKind::Authority).key();
    let map = Address::ActiveConsents(ann.did).key();
    assert_eq!(world.read(&own), Some(state.clone()));
    assert_eq!(slot(&world, &ann, 255), Some(ConsentSlot { consent, version: first }));
    assert_eq!(occupied(&world, &ann), [255]);
    assert_eq!(world.written(&ann, &ann.device(0)), [own.key(), place.key(), log, map].into());
    says(&outcome, &ann, 1, ConsentEntry::Granted { consent, slot: 255, version: first });

    let narrower = Terms { uses: Some(3), ..permit(hours(0, 90)) };
    let transaction = world.by(&ann, amends(consent, first, &narrower));
    let outcome = world.accept(&transaction);
    let second = hash(2, open(&narrower));
    state = ConsentState { version: 2, current: second, terms: open(&narrower), ..state };
    assert_eq!(world.read(&own), Some(state.clone()));
    assert_eq!(slot(&world, &ann, 255), Some(ConsentSlot { consent, version: second }));
    assert_eq!(world.written(&ann, &ann.device(0)), [own.key(), place.key(), log].into());
    says(&outcome, &ann, 2, ConsentEntry::Amended { consent, replaces: first, version: second });

    let transaction = world.by(&ann, Operation::RevokeConsent { consent });
    let outcome = world.accept(&transaction);
    state.status = ConsentStatus::Revoked;
    assert_eq!(world.read(&own), Some(state));
    assert_eq!((slot(&world, &ann, 255), occupied(&world, &ann)), (None, Vec::new()));
    assert_eq!(world.written(&ann, &ann.device(0)), [own.key(), place.key(), log, map].into());
    says(&outcome, &ann, 3, ConsentEntry::Revoked { consent, version: second });
    assert_eq!(world.log_size(ann.did, LogKind::Access), 0);
}

#[test]
fn terms_that_cannot_stand_are_refused_at_grant_and_at_amendment() {
    let (mut world, ann) = World::with_ann();
    let consent = world.grant(&ann, 0, &permit(hours(0, 100)));
    let reversed = permit(hours(9, 8));
    let mut labelled = permit(hours(0, 100));
    labelled.criteria.labels.push(role("HIV"));
    for (terms, rule) in [(reversed, "CON-001"), (labelled, "CON-007")] {
        let replaces = world.consent(consent).current;
        for operation in [grants(1, &terms), amends(consent, replaces, &terms)] {
            let transaction = world.by(&ann, operation);
            world.refuse(&transaction, rule);
        }
    }
}

#[test]
fn only_patients_grant_and_only_by_a_device_key() {
    let (mut world, ann) = World::with_ann();
    let doc = world.incept("doc", Kind::Practitioner);
    let terms = permit(hours(0, 100));
    for other in [&doc, &hospital("north")] {
        let transaction = world.by(other, grants(0, &terms));
        world.refuse(&transaction, "CON-036");
    }
    let consent = world.grant(&ann, 0, &terms);
    let replaces = world.consent(consent).current;
    for operation in
        [grants(1, &terms), amends(consent, replaces, &terms), Operation::RevokeConsent { consent }]
    {
        let transaction = world.sign(&ann, &ann.controller(), operation.clone(), &[]);
        world.refuse(&transaction, "IDN-009");
        let transaction = world.sign(&ann, &ann.device(0), operation, &[&doc.device(0)]);
        world.refuse(&transaction, "OPR-019");
    }
}

#[test]
fn somebody_elses_consent_and_one_that_nobody_granted() {
    let (mut world, ann) = World::with_ann();
    let bob = world.incept("bob", Kind::Patient);
    let terms = permit(hours(0, 100));
    let consent = world.grant(&ann, 0, &terms);
    let replaces = world.consent(consent).current;
    for (named, rule) in [(consent, "CON-031"), (ConsentId([7; 32]), "CON-030")] {
        for operation in [amends(named, replaces, &terms), Operation::RevokeConsent { consent: named }] {
            let transaction = world.by(&bob, operation);
            world.refuse(&transaction, rule);
        }
    }
    // The same slot of another subject is another slot.
    world.grant(&bob, 0, &terms);
    assert_eq!(slot(&world, &ann, 0).unwrap().consent, consent);
}

#[test]
fn an_amendment_names_the_version_that_it_replaces() {
    let (mut world, ann) = World::with_ann();
    let terms = permit(hours(0, 100));
    let consent = world.grant(&ann, 0, &terms);
    let first = world.consent(consent).current;
    // Even to the same terms: the version's number tells them apart.
    let second = world.amend(&ann, consent, &terms);
    assert_ne!(first, second);
    for replaces in [first, ConsentVersion([7; 32])] {
        let transaction = world.by(&ann, amends(consent, replaces, &terms));
        world.refuse(&transaction, "CON-032");
    }
    world.revoke_consent(&ann, consent);
    for operation in [amends(consent, second, &terms), Operation::RevokeConsent { consent }] {
        let transaction = world.by(&ann, operation);
        world.refuse(&transaction, "CON-033");
    }
}

#[test]
fn a_consent_is_not_granted_amended_or_kept_past_its_end() {
    let (mut world, ann) = World::with_ann();
    let from = at(Millis(0));
    let until = |until: Timestamp| permit(Period { from, until });
    let transaction = world.by(&ann, grants(0, &until(world.now)));
    world.refuse(&transaction, "CON-037");
    let transaction = world.by(&ann, grants(0, &until(world.now.plus(Millis(1)).unwrap())));
    world.accept(&transaction);
    let end = at(Millis::hours(20));
    let consent = world.grant(&ann, 1, &until(end));
    let replaces = world.consent(consent).current;
    let transaction = world.by(&ann, amends(consent, replaces, &until(world.now)));
    world.refuse(&transaction, "CON-037");
    // At its last millisecond it can be prolonged, at its end no more: its slot may be another's by then.
    let mut early = world.clone();
    early.now = Timestamp(end.0 - 1);
    let transaction = early.by(&ann, amends(consent, replaces, &permit(hours(0, 40))));
    early.accept(&transaction);
    world.now = end;
    let transaction = world.by(&ann, amends(consent, replaces, &permit(hours(0, 40))));
    world.refuse(&transaction, "CON-037");
}

#[test]
fn slots_0_to_255_and_no_257th_active_consent() {
    let (mut world, ann) = World::with_ann();
    let terms = permit(hours(0, 100));
    for slot in [256, u64::MAX] {
        let transaction = world.by(&ann, grants(slot, &terms));
        world.refuse(&transaction, "CON-035");
    }
    let all: Vec<_> = (0..256).map(|slot| world.by(&ann, grants(slot, &terms))).collect();
    assert!(world.codes(&all).iter().all(|code| code == "ok"));
    assert_eq!(occupied(&world, &ann).len(), 256);
    let consents = active_consents(&world.state, ann.did).unwrap();
    assert_eq!(consents.len(), 256);
    assert!(consents.iter().zip(0..).all(|(consent, slot)| consent.state.slot == slot));
    for slot in [0, 130, 255] {
        let transaction = world.by(&ann, grants(slot, &terms));
        world.refuse(&transaction, "CON-034");
    }
    world.revoke_consent(&ann, consents[130].id);
    assert_eq!(active_consents(&world.state, ann.did).unwrap().len(), 255);
    world.grant(&ann, 130, &terms);
}

#[test]
fn a_slot_is_free_from_the_millisecond_of_the_end_or_of_the_revocation() {
    let (mut world, ann) = World::with_ann();
    let end = at(Millis::hours(20));
    let first = world.grant(&ann, 3, &permit(hours(0, 20)));
    world.now = Timestamp(end.0 - 1);
    let transaction = world.by(&ann, grants(3, &permit(hours(0, 100))));
    world.refuse(&transaction, "CON-034");
    world.now = end;
    let second = world.grant(&ann, 3, &permit(hours(0, 100)));
    let held = slot(&world, &ann, 3);
    assert_eq!(held.as_ref().unwrap().consent, second);
    // The first has ended and its slot is taken: to revoke it marks it, and leaves the second where it is.
    let transaction = world.by(&ann, Operation::RevokeConsent { consent: first });
    let outcome = world.accept(&transaction);
    let log = Address::Log(ann.did, LogKind::Authority).key();
    assert_eq!(world.written(&ann, &ann.device(0)), [Address::Consent(first).key(), log].into());
    says(&outcome, &ann, 3, ConsentEntry::Revoked { consent: first, version: world.consent(first).current });
    assert_eq!(world.consent(first).status, ConsentStatus::Revoked);
    assert_eq!((slot(&world, &ann, 3), occupied(&world, &ann)), (held, Vec::from([3])));
    let active = active_consents(&world.state, ann.did).unwrap();
    assert_eq!(active.iter().map(|consent| consent.id).collect::<Vec<_>>(), [second]);
    // Revocation and new grant in one block; a consent that ended and kept its slot frees it when it is revoked.
    let both = [
        world.by(&ann, Operation::RevokeConsent { consent: second }),
        world.by(&ann, grants(3, &permit(hours(0, 21)))),
    ];
    assert_eq!(world.codes(&both), ["ok", "ok"]);
    let third = slot(&world, &ann, 3).unwrap().consent;
    world.now = at(Millis::hours(30));
    world.revoke_consent(&ann, third);
    assert_eq!((slot(&world, &ann, 3), occupied(&world, &ann)), (None, Vec::new()));
}

#[test]
fn a_revocation_hits_whatever_version_is_current() {
    let (mut world, ann) = World::with_ann();
    let terms = permit(hours(0, 100));
    let consent = world.grant(&ann, 0, &terms);
    // Signed now; a thief who holds the other device amends before it in every block.
    let revocation = world.sign(&ann, &ann.device(1), Operation::RevokeConsent { consent }, &[]);
    for _ in 0..3 {
        let replaces = world.consent(consent).current;
        let transaction = world.by(&ann, amends(consent, replaces, &terms));
        world.accept(&transaction);
    }
    let before = world.consent(consent);
    let theft = world.by(&ann, amends(consent, before.current, &terms));
    let last = ConsentVersionOf { consent, version: 5, terms: open(&terms) }.hash().unwrap();
    let late = world.by(&ann, amends(consent, last, &terms));
    assert_eq!(world.codes(&[theft, revocation, late]), ["ok", "ok", "CON-033"]);
    let state = world.consent(consent);
    assert_eq!((state.version, state.current, state.status), (5, last, ConsentStatus::Revoked));
    says(&world.last.0.outcomes[1].clone(), &ann, 6, ConsentEntry::Revoked { consent, version: last });
}
