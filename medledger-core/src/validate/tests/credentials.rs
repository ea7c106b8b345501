//! Operations on credentials: 109 and 110.

use crate::fixture::*;
use crate::hash::CredentialId;
use crate::identity::{AuthorityEntry, Credential, CredentialState, Kind, credential_id};
use crate::operation::Operation;
use crate::state::{Address, LogEntry, LogKind};
use crate::units::{Millis, Period};

fn credential(holder: &Party, code: &str, period: Period) -> Operation {
    Operation::IssueCredential { credential: Credential { holder: holder.did, role: role(code), period } }
}

fn scene() -> (World, Party, Party) {
    let mut world = World::new();
    let doc = world.incept("doc", Kind::Practitioner);
    (world, hospital("north"), doc)
}

#[test]
fn an_organisation_vouches_for_a_practitioner_and_takes_it_back() {
    let (mut world, north, doc) = scene();
    let transaction = world.by(&north, credential(&doc, "physician", hours(0, 50)));
    let outcome = world.accept(&transaction);
    let id = credential_id(&outcome.id.unwrap());
    let issued = Credential { holder: doc.did, role: role("physician"), period: hours(0, 50) };
    let mut state = CredentialState { issuer: north.did, credential: issued.clone(), revoked: false };
    assert_eq!(world.read(&Address::Credential(id)), Some(state.clone()));
    let log = Address::Log(doc.did, LogKind::Authority).key();
    let both = [Address::Credential(id).key(), log].into();
    assert_eq!(world.written(&north, &north.device(0)), both);
    assert_eq!(outcome.events.len(), 1);
    assert_eq!((outcome.events[0].subject, outcome.events[0].position), (doc.did, 1), "after the inception");
    let entry = AuthorityEntry::CredentialIssued { id, issuer: north.did, credential: issued };
    assert_eq!(outcome.events[0].leaf.entry, LogEntry::Authority { entry });
    assert_eq!(outcome.events[0].leaf.code, 0);

    let transaction = world.by(&north, Operation::RevokeCredential { credential: id });
    let outcome = world.accept(&transaction);
    state.revoked = true;
    assert_eq!(world.read(&Address::Credential(id)), Some(state));
    assert_eq!(world.written(&north, &north.device(0)), both);
    let entry = AuthorityEntry::CredentialRevoked { id };
    assert_eq!(outcome.events[0].leaf.entry, LogEntry::Authority { entry });
    assert_eq!((outcome.events[0].subject, outcome.events[0].position), (doc.did, 2));
}

#[test]
fn who_may_vouch_for_whom() {
    let (mut world, north, doc) = scene();
    let (ann, gone) = (world.incept("ann", Kind::Patient), world.incept("gone", Kind::Practitioner));
    world.deactivate(&gone);
    let unknown = Party::new("nobody", Kind::Practitioner, 1);
    let whole = hours(0, 50);
    for (issuer, holder, rule) in [
        (&doc, &doc, "IDN-016"),
        (&ann, &doc, "IDN-016"),
        (&north, &ann, "IDN-017"),
        (&north, &north, "IDN-017"),
        (&north, &unknown, "IDN-001"),
        (&north, &gone, "IDN-002"),
    ] {
        let transaction = world.by(issuer, credential(holder, "physician", whole));
        world.refuse(&transaction, rule);
    }
    let empty = Period { from: at(HOUR), until: at(HOUR) };
    let reversed = hours(2, 1);
    for (code, period) in [("", whole), ("physician", empty), ("physician", reversed)] {
        let transaction = world.by(&north, credential(&doc, code, period));
        world.refuse(&transaction, "IDN-020");
    }
    let transaction = world.sign(&north, &north.controller(), credential(&doc, "physician", whole), &[]);
    world.refuse(&transaction, "IDN-009");
    let transaction =
        world.sign(&north, &north.device(0), credential(&doc, "physician", whole), &[&doc.device(0)]);
    world.refuse(&transaction, "OPR-019");
}

#[test]
fn only_the_issuer_takes_a_credential_back_and_only_once() {
    let (mut world, north, doc) = scene();
    let id = world.credential(&north, &doc, "physician", hours(0, 50));
    let revoke = |credential| Operation::RevokeCredential { credential };
    let transaction = world.by(&north, revoke(CredentialId([7; 32])));
    world.refuse(&transaction, "IDN-015");
    for other in [&hospital("south"), &doc] {
        let transaction = world.by(other, revoke(id));
        world.refuse(&transaction, "IDN-018");
    }
    let transaction = world.sign(&north, &north.controller(), revoke(id), &[]);
    world.refuse(&transaction, "IDN-009");
    let transaction = world.by(&north, revoke(id));
    world.accept(&transaction);
    let transaction = world.by(&north, revoke(id));
    world.refuse(&transaction, "IDN-019");
}

#[test]
fn a_credential_is_taken_back_also_when_its_holder_or_its_period_has_ended() {
    let (mut world, north, doc) = scene();
    let id = world.credential(&north, &doc, "physician", hours(0, 2));
    world.now = at(Millis::hours(3));
    world.deactivate(&doc);
    let transaction = world.by(&north, Operation::RevokeCredential { credential: id });
    world.accept(&transaction);
    assert!(world.read::<CredentialState>(&Address::Credential(id)).unwrap().revoked);
}
