//! Identities, their keys, credentials.

use medledger_core::crypto::SecretKey;
use medledger_core::hash::CredentialId;
use medledger_core::identity::{Control, Credential, Inception, Kind, Rotation, credential_id};
use medledger_core::operation::Operation;
use medledger_core::state::{Address, Params, read};
use medledger_core::units::{Millis, Period, Timestamp};
use medledger_core::vocabulary::Coding;

use super::super::Vector;
use super::super::scene::{Scene, at, genesis, hospitals, id};
use super::whole;
use crate::fuzz::world::{Party, device, key};

pub(super) fn vectors() -> Vec<Vector> {
    vec![inceptions(), devices(), rotations(), credentials()]
}

fn three(party: &Party) -> [SecretKey; 3] {
    ["controller", "device 0", "device 1"].map(|which| party.key(which))
}

fn inceptions() -> Vector {
    let [north, south] = hospitals();
    let [ann, bob, carol] = ["ann", "bob", "carol"].map(|name| Party::new(name, Kind::Patient));
    let mut scene = Scene::new("inceptions", genesis(Params::default(), Vec::new(), 1));
    let incept = |inception: &Inception| Operation::Incept { inception: inception.clone() };
    let keys = three(&ann);
    scene.agreed(&north, "device 0", incept(&ann.inception), &keys.each_ref(), "");
    scene.agreed(&south, "device 0", incept(&ann.inception), &keys.each_ref(), "IDN-003");
    let keys = three(&bob);
    scene.agreed(&north, "device 0", incept(&bob.inception), &[&keys[0], &keys[1]], "OPR-018");
    scene.agreed(
        &north,
        "device 0",
        incept(&bob.inception),
        &[&keys[0], &keys[1], &keys[2], &key("stranger")],
        "OPR-019",
    );
    scene.agreed(&north, "controller", incept(&bob.inception), &keys.each_ref(), "IDN-009");
    scene.agreed(&ann, "device 0", incept(&bob.inception), &keys.each_ref(), "IDN-004");
    scene.block();
    // Inceptions that are unsound by themselves.
    let mut none = bob.inception.clone();
    none.devices.clear();
    scene.agreed(&north, "device 0", incept(&none), &[&keys[0]], "IDN-005");
    let mut reversed = bob.inception.clone();
    reversed.devices.reverse();
    scene.agreed(&north, "device 0", incept(&reversed), &keys.each_ref(), "IDN-007");
    let mut twice = bob.inception.clone();
    twice.devices[1] = twice.devices[0].clone();
    scene.agreed(&north, "device 0", incept(&twice), &[&keys[0]], "IDN-007");
    let mut same = bob.inception.clone();
    same.controller = same.devices[0].signing;
    scene.agreed(&north, "device 0", incept(&same), &[&keys[1], &keys[2]], "IDN-006");
    let mut successor = bob.inception.clone();
    successor.successor = successor.controller.successor_digest();
    scene.agreed(&north, "device 0", incept(&successor), &keys.each_ref(), "IDN-014");
    // A key of somebody else.
    let mut taken = carol.inception.clone();
    taken.controller = ann.key("controller").public();
    let [_, one, two] = three(&carol);
    scene.agreed(&north, "device 0", incept(&taken), &[&ann.key("controller"), &one, &two], "IDN-006");
    // A spoilt approval: the bytes are changed, so the signature around them is made anew.
    scene.agreed(&north, "device 0", incept(&bob.inception), &keys.each_ref(), "");
    scene.block();
    whole("inceptions", "every way to begin an identity, and not to", &scene)
}

fn devices() -> Vector {
    let [north, _] = hospitals();
    let ann = Party::new("ann", Kind::Patient);
    let mut scene = Scene::new("devices", genesis(Params::default(), Vec::new(), 1));
    scene.incept(&[&ann]);
    let add = |key: &SecretKey| Operation::AddDevice { device: device(key) };
    let phone = ann.key("phone");
    scene.agreed(&ann, "controller", add(&phone), &[], "OPR-018");
    scene.agreed(&ann, "device 0", add(&phone), &[&phone], "IDN-008");
    scene.agreed(&ann, "controller", add(&phone), &[&phone], "");
    scene.agreed(&ann, "controller", add(&phone), &[&phone], "IDN-006");
    let theirs = north.key("device 0");
    scene.agreed(&ann, "controller", add(&theirs), &[&theirs], "IDN-006");
    scene.block();
    // Up to the limit of 16, and one more.
    let more: Vec<SecretKey> = (3..=16).map(|n| ann.key(&format!("device {n}"))).collect();
    for (n, key) in more.iter().enumerate() {
        scene.agreed(&ann, "controller", add(key), &[key], if n < 13 { "" } else { "IDN-005" });
    }
    scene.block();
    let revoke = |key: &SecretKey| Operation::RevokeDevice { key: key.public().id() };
    scene.does(&ann, "device 0", revoke(&phone), "IDN-010");
    scene.does(&ann, "controller", revoke(&key("stranger")), "IDN-011");
    scene.does(&ann, "controller", revoke(&ann.key("controller")), "IDN-011");
    scene.does(&ann, "controller", revoke(&phone), "");
    scene.does(&ann, "controller", revoke(&phone), "IDN-011");
    // In the same block the key is dead already, and it never comes back.
    let add_again = add(&phone);
    scene.does(&ann, "phone", revoke(&ann.key("device 1")), "OPR-007");
    scene.agreed(&ann, "controller", add_again, &[&phone], "IDN-006");
    scene.block();
    scene.does(&ann, "device 1", revoke(&ann.key("device 1")), "");
    scene.does(&ann, "device 1", revoke(&ann.key("device 0")), "OPR-007");
    scene.does(&ann, "device 0", Operation::Deactivate, "IDN-008");
    scene.block();
    scene.does(&ann, "controller", Operation::Deactivate, "");
    scene.does(&ann, "controller", revoke(&ann.key("device 0")), "OPR-009");
    scene.does(&ann, "device 0", revoke(&ann.key("device 0")), "OPR-009");
    scene.block();
    whole("devices", "devices added and revoked, a deactivation", &scene)
}

fn rotations() -> Vector {
    let ann = Party::new("ann", Kind::Patient);
    let mut scene = Scene::new("rotations", genesis(Params::default(), Vec::new(), 1));
    scene.incept(&[&ann]);
    let control: Control = read(scene.ledger.state(), &Address::Identity(ann.did)).unwrap().unwrap();
    let good = Rotation {
        replaces: control.succession(ann.did).unwrap(),
        controller: ann.key("successor").public(),
        successor: ann.key("successor 2").public().successor_digest(),
        keep: vec![id(&ann, "device 0")],
        add: vec![device(&ann.key("phone"))],
    };
    let phone = ann.key("phone");
    let rotate = |rotation: &Rotation| Operation::Rotate { rotation: rotation.clone() };
    scene.agreed(&ann, "controller", rotate(&good), &[&phone], "IDN-012");
    scene.agreed(&ann, "device 0", rotate(&good), &[&phone], "IDN-012");
    scene.block();
    let mut stale = good.clone();
    stale.replaces.0[0] ^= 1;
    scene.agreed(&ann, "successor", rotate(&stale), &[&phone], "IDN-013");
    let mut reused = good.clone();
    reused.successor = ann.key("successor").public().successor_digest();
    scene.agreed(&ann, "successor", rotate(&reused), &[&phone], "IDN-014");
    scene.agreed(&ann, "successor", rotate(&good), &[], "OPR-018");
    // Those that stay are named as far as they are there, so a stranger among them is no fault.
    let mut many = good.clone();
    many.keep = (0..17_u8).map(|n| medledger_core::hash::KeyId([n; 32])).collect();
    scene.agreed(&ann, "successor", rotate(&many), &[&phone], "IDN-005");
    let mut descending = good.clone();
    descending.keep = vec![medledger_core::hash::KeyId([2; 32]), medledger_core::hash::KeyId([1; 32])];
    scene.agreed(&ann, "successor", rotate(&descending), &[&phone], "IDN-007");
    scene.agreed(&ann, "successor", rotate(&good), &[&phone], "");
    // The old controller and the device that was not kept are out, in this very block; the rotation can't be had twice.
    scene.does(&ann, "controller", Operation::Deactivate, "OPR-008");
    scene.does(&ann, "device 1", Operation::RevokeDevice { key: id(&ann, "device 0") }, "OPR-007");
    scene.block();
    scene.agreed(&ann, "successor", rotate(&good), &[&phone], "IDN-012");
    scene.does(&ann, "successor", Operation::RevokeDevice { key: id(&ann, "phone") }, "");
    scene.block();
    whole("rotations", "a controller replaced by its successor", &scene)
}

fn credentials() -> Vector {
    let [north, south] = hospitals();
    let ann = Party::new("ann", Kind::Patient);
    let doctor = Party::new("doctor", Kind::Practitioner);
    let mut scene = Scene::new("credentials", genesis(Params::default(), Vec::new(), 1));
    scene.incept(&[&ann, &doctor]);
    let good = Credential {
        holder: doctor.did,
        role: Coding::new("urn:roles", "physician"),
        period: Period { from: at(0), until: at(86_400_000) },
    };
    let issue = |credential: &Credential| Operation::IssueCredential { credential: credential.clone() };
    let issued = scene.does(&north, "device 0", issue(&good), "");
    scene.does(&ann, "device 0", issue(&good), "IDN-016");
    scene.does(&north, "device 0", issue(&Credential { holder: ann.did, ..good.clone() }), "IDN-017");
    scene.does(
        &north,
        "device 0",
        issue(&Credential { holder: Party::new("nobody", Kind::Practitioner).did, ..good.clone() }),
        "IDN-001",
    );
    scene.does(
        &north,
        "device 0",
        issue(&Credential { role: Coding::new("urn:roles", ""), ..good.clone() }),
        "IDN-020",
    );
    let empty = Period { from: Timestamp(5), until: Timestamp(5) };
    scene.does(&north, "device 0", issue(&Credential { period: empty, ..good.clone() }), "IDN-020");
    let least = Period { from: Timestamp(5), until: Timestamp(6) };
    scene.does(&north, "device 0", issue(&Credential { period: least, ..good.clone() }), "");
    scene.block();
    let credential = credential_id(&issued);
    let revoke = |credential| Operation::RevokeCredential { credential };
    scene.does(&south, "device 0", revoke(credential), "IDN-018");
    scene.does(&north, "device 0", revoke(CredentialId([1; 32])), "IDN-015");
    scene.does(&north, "device 0", revoke(credential), "");
    scene.does(&north, "device 0", revoke(credential), "IDN-019");
    scene.does(&doctor, "controller", Operation::Deactivate, "");
    scene.does(&north, "device 0", issue(&good), "IDN-002");
    scene.now = scene.now.plus(Millis(1)).unwrap();
    scene.block();
    whole("credentials", "credentials issued and revoked", &scene)
}
