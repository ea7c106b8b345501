//! Consents: granted, amended, revoked.

use medledger_core::consent::{
    ConsentState, ConsentTerms, Criteria, Grant, Replacement, Rule, RuleEffect, Terms, consent_id,
};
use medledger_core::hash::{ConsentId, ConsentVersion};
use medledger_core::identity::Kind;
use medledger_core::operation::Operation;
use medledger_core::state::{Address, Params, read};
use medledger_core::units::{Period, Timestamp};
use medledger_core::vocabulary::Coding;

use super::super::Vector;
use super::super::scene::{Scene, at, genesis};
use super::whole;
use crate::fuzz::world::Party;

/// Terms that are in force for a while.
pub(super) fn terms(from: Timestamp, until: Timestamp) -> Terms {
    Terms {
        period: Period { from, until },
        directive: false,
        effect: RuleEffect::Permit,
        criteria: Criteria::default(),
        rules: Vec::new(),
        obligations: Vec::new(),
        uses: None,
    }
}

pub(super) fn grant(slot: u64, terms: Terms) -> Operation {
    Operation::GrantConsent { grant: Grant { slot, terms: ConsentTerms::Open { terms } } }
}

pub(super) fn version(scene: &Scene, consent: ConsentId) -> ConsentVersion {
    read::<ConsentState, _>(scene.ledger.state(), &Address::Consent(consent)).unwrap().unwrap().current
}

pub(super) fn vectors() -> Vec<Vector> {
    vec![slots(), versions()]
}

fn slots() -> Vector {
    let ann = Party::new("ann", Kind::Patient);
    let doctor = Party::new("doctor", Kind::Practitioner);
    let mut scene = Scene::new("slots", genesis(Params::default(), Vec::new(), 1));
    scene.incept(&[&ann, &doctor]);
    let long = terms(at(0), at(900 * 3_600_000));
    let time = scene.now;
    let after = |millis: u64| Timestamp(time.0 + millis);
    scene.does(&doctor, "device 0", grant(0, long.clone()), "CON-036");
    scene.does(&ann, "controller", grant(0, long.clone()), "IDN-009");
    scene.does(&ann, "device 0", grant(256, long.clone()), "CON-035");
    scene.does(&ann, "device 0", grant(u64::MAX, long.clone()), "CON-035");
    scene.does(&ann, "device 0", grant(255, long.clone()), "");
    scene.does(&ann, "device 0", grant(255, long.clone()), "CON-034");
    // Over at the block's own time, and a millisecond later.
    scene.does(&ann, "device 0", grant(0, terms(at(0), time)), "CON-037");
    scene.does(&ann, "device 0", grant(0, terms(at(0), after(1))), "");
    scene.does(&ann, "device 0", grant(1, terms(at(0), after(1_001))), "");
    scene.does(&ann, "device 0", grant(2, terms(at(1), at(1))), "CON-001");
    let rule = Rule { depth: 1, effect: RuleEffect::Deny, criteria: Criteria::default() };
    scene.does(&ann, "device 0", grant(2, Terms { rules: vec![rule.clone(); 64], ..long.clone() }), "");
    scene.does(
        &ann,
        "device 0",
        grant(3, Terms { rules: vec![rule.clone(); 65], ..long.clone() }),
        "CON-002",
    );
    scene.does(
        &ann,
        "device 0",
        grant(3, Terms { rules: vec![Rule { depth: 2, ..rule.clone() }], ..long.clone() }),
        "CON-003",
    );
    scene.does(&ann, "device 0", grant(3, Terms { uses: Some(0), ..long.clone() }), "CON-010");
    let labels = vec![Coding::new("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R")];
    let named = Criteria { labels, ..Criteria::default() };
    scene.does(&ann, "device 0", grant(3, Terms { criteria: named, ..long.clone() }), "CON-007");
    scene.block();
    // The slot of a consent is free at the very millisecond at which it ends.
    scene.does(&ann, "device 0", grant(0, long.clone()), "");
    scene.does(&ann, "device 0", grant(1, long.clone()), "CON-034");
    scene.block_at(after(1_000));
    scene.does(&ann, "device 0", grant(1, long.clone()), "");
    scene.block_at(after(1_001));
    whole("slots", "consents in their slots, at the edges of their periods", &scene)
}

fn versions() -> Vector {
    let [ann, bob] = ["ann", "bob"].map(|name| Party::new(name, Kind::Patient));
    let mut scene = Scene::new("versions", genesis(Params::default(), Vec::new(), 1));
    scene.incept(&[&ann, &bob]);
    let long = terms(at(0), at(900 * 3_600_000));
    let time = scene.now;
    let first = consent_id(&scene.does(&ann, "device 0", grant(0, long.clone()), ""));
    let second =
        consent_id(&scene.does(&ann, "device 0", grant(1, terms(at(0), Timestamp(time.0 + 2_000))), ""));
    scene.block();
    let old = version(&scene, first);
    let amend = |consent, replaces, terms: &Terms| Operation::AmendConsent {
        replacement: Replacement { consent, replaces, terms: ConsentTerms::Open { terms: terms.clone() } },
    };
    let revoke = |consent| Operation::RevokeConsent { consent };
    let other = terms(at(0), at(800 * 3_600_000));
    scene.does(&bob, "device 0", amend(first, old, &other), "CON-031");
    scene.does(&bob, "device 0", revoke(first), "CON-031");
    scene.does(&ann, "device 0", amend(ConsentId([1; 32]), old, &other), "CON-030");
    scene.does(&ann, "device 0", amend(first, ConsentVersion([1; 32]), &other), "CON-032");
    scene.does(&ann, "device 0", amend(first, old, &terms(at(0), Timestamp(time.0 + 1_000))), "CON-037");
    scene.does(&ann, "device 0", amend(first, old, &other), "");
    scene.does(&ann, "device 0", amend(first, old, &long), "CON-032");
    scene.block();
    // The second is over at this very time, and is not amended any more; revoked it can be.
    let ended = version(&scene, second);
    scene.does(&ann, "device 0", amend(second, ended, &long), "CON-037");
    scene.does(&ann, "device 0", revoke(second), "");
    // Whatever version is current is hit.
    scene.does(&ann, "device 0", revoke(first), "");
    scene.does(&ann, "device 0", revoke(first), "CON-033");
    scene.does(&ann, "device 0", amend(first, old, &long), "CON-033");
    scene.does(&ann, "device 0", revoke(ConsentId([1; 32])), "CON-030");
    scene.does(&ann, "device 0", grant(0, long), "");
    scene.block_at(Timestamp(time.0 + 2_000));
    whole("versions", "consents amended and revoked", &scene)
}
