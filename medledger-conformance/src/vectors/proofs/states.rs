//! Parts of the state.

use super::super::Vector;
use super::super::json::{Json, bytes, list};
use super::{party, reader};
use crate::fuzz::world::WORLD;
use medledger_core::codec::encode;
use medledger_core::error::Coded;
use medledger_core::hash::Did;
use medledger_core::hash::StateKey;
use medledger_core::identity::did_to_text;
use medledger_core::state::Address;
use medledger_core::state::Recorder;
use medledger_core::state::StateRead;
use medledger_core::state::read;
use medledger_core::units::Height;
use medledger_core::validate::active_consents;
use medledger_sdk::certified::CertifiedState;
use std::collections::BTreeSet;

/// A part of the state that covers an identity and its active consents.
fn covering(did: Did, consents: bool) -> BTreeSet<StateKey> {
    let state = WORLD.ledger.state();
    let recorder = Recorder::new(state);
    let control: medledger_core::identity::Control =
        read(&recorder, &Address::Identity(did)).unwrap().unwrap();
    for key in control.devices.iter().chain([&control.controller]) {
        let _ = recorder.get(&Address::Key(*key).key());
    }
    if consents {
        active_consents(&recorder, did).unwrap();
    }
    recorder.keys()
}

pub(super) fn vectors() -> Vec<Vector> {
    let world = &*WORLD;
    let ledger = &world.ledger;
    let input = |proof: &CertifiedState, did: &str, asks: &str| {
        let mut fields = reader();
        fields.push(("proof", bytes(&encode(proof).unwrap())));
        fields.push(("did", did.into()));
        fields.push(("asks", asks.into()));
        fields
    };
    let mut made = Vec::new();
    for name in ["ann", "bob", "north"] {
        let did = party(name).did;
        let control: medledger_core::identity::Control =
            read(ledger.state(), &Address::Identity(did)).unwrap().unwrap();
        let mut keys: Vec<String> = control.devices.iter().map(ToString::to_string).collect();
        keys.push(control.controller.to_string());
        let text = did_to_text(&did);
        let proof = ledger.certified(&covering(did, false)).unwrap();
        let vector = Vector::valid(
            "proven-state",
            format!("the identity of {name}"),
            "a small ledger",
            input(&proof, &text, "identity"),
        );
        made.push(vector.gives(vec![
            ("height", ledger.tip().height.0.into()),
            ("keys", list(keys)),
            ("consents", Json::Null),
        ]));
        let whole = ledger.certified(&covering(did, true)).unwrap();
        let consents = active_consents(ledger.state(), did).unwrap();
        let vector = Vector::valid(
            "proven-state",
            format!("the consents of {name}"),
            "a small ledger",
            input(&whole, &text, "consents"),
        );
        made.push(vector.gives(vec![
            ("height", ledger.tip().height.0.into()),
            ("keys", Json::Null),
            ("consents", list(consents.iter().map(|consent| consent.id.to_string()))),
        ]));
        let vector = Vector::invalid(
            "proven-state",
            "unproven",
            "API-008",
            format!("the consents of {name}, which are not covered"),
            "a proof of the identity alone",
            input(&proof, &text, "consents"),
        );
        made.push(vector);
    }
    // A slot of an active consent left out: nothing may be said, and least of all that there is none.
    let ann = party("ann").did;
    let text = did_to_text(&ann);
    for (name, address) in [
        ("the map of slots left out", Address::ActiveConsents(ann)),
        ("a slot left out", Address::ConsentSlot(ann, 0)),
        ("a consent left out", Address::Consent(world.consents[0])),
    ] {
        let mut keys = covering(ann, true);
        assert!(keys.remove(&address.key()), "{name}");
        let proof = ledger.certified(&keys).unwrap();
        made.push(Vector::invalid(
            "proven-state",
            "unproven",
            "API-008",
            name,
            "a proof of ann's consents",
            input(&proof, &text, "consents"),
        ));
    }
    let nobody = party("carol").did;
    let absent = ledger.certified(&BTreeSet::from([Address::Identity(nobody).key()])).unwrap();
    let vector = Vector::valid(
        "proven-state",
        "nobody, provably",
        "an identity that was never incepted",
        input(&absent, &did_to_text(&nobody), "identity"),
    );
    made.push(vector.gives(vec![
        ("height", ledger.tip().height.0.into()),
        ("keys", Json::Null),
        ("consents", Json::Null),
    ]));
    let good = ledger.certified(&covering(ann, true)).unwrap();
    let verifier = world.verifier();
    let mut bad = |cause: &'static str, name: &str, change: &dyn Fn(&mut CertifiedState)| {
        let mut proof = good.clone();
        change(&mut proof);
        let rule = proof.check(&verifier).expect_err(name).rule().to_string();
        made.push(Vector::invalid(
            "proven-state",
            cause,
            rule,
            name,
            "a proof of ann's consents, changed",
            input(&proof, &text, "consents"),
        ));
    };
    bad("proof", "a value changed", &|proof| proof.values.values[0][0] ^= 1);
    bad("proof", "a value left out", &|proof| drop(proof.values.values.pop()));
    bad("proof", "a sibling changed", &|proof| proof.values.proof.siblings[0].0[0] ^= 1);
    bad("proof", "under an older header", &|proof| proof.header = ledger.header(Height(2)).unwrap().clone());
    bad("header", "another state root", &|proof| proof.header.header.state_root.0[0] ^= 1);
    made
}
