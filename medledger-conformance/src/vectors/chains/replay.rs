//! What authenticates a transaction: counters, times, keys, signatures; quotas.

use medledger_core::hash::{ChainId, ConsentId};
use medledger_core::identity::{Credential, Kind};
use medledger_core::limits::VALID_AHEAD;
use medledger_core::operation::{Body, Operation, Quotas};
use medledger_core::state::Params;
use medledger_core::units::{Millis, Period, Timestamp};
use medledger_core::vocabulary::Coding;

use super::super::Vector;
use super::super::scene::{Scene, at, genesis, hospitals, id};
use super::whole;
use crate::fuzz::world::{Party, key};

pub(super) fn vectors() -> Vec<Vector> {
    vec![windows(), validity(), signers(), quotas()]
}

/// The cheapest operation; of no consent, so that it is refused and yet uses its counter.
fn nothing() -> Operation {
    Operation::RevokeConsent { consent: ConsentId([9; 32]) }
}

/// A patient whose key signs with the counters given, one block each.
fn windows() -> Vector {
    let ann = Party::new("ann", Kind::Patient);
    let mut scene = Scene::new("windows", genesis(Params::default(), Vec::new(), 1));
    scene.incept(&[&ann]);
    let steps = [
        (128, "OPR-012"),
        (64, "OPR-012"),
        (63, "CON-030"),
        (63, "OPR-010"),
        (0, "CON-030"),
        (0, "OPR-010"),
        (128, "OPR-012"),
        (127, "CON-030"),
        (63, "OPR-011"),
        (64, "CON-030"),
        (64, "OPR-010"),
        (126, "CON-030"),
        (191, "CON-030"),
        (127, "OPR-011"),
        (128, "CON-030"),
        (256, "OPR-012"),
        (255, "CON-030"),
        (191, "OPR-011"),
        (192, "CON-030"),
        (u64::MAX, "OPR-012"),
    ];
    for (counter, rule) in steps {
        let body = Body { counter, ..scene.body(&ann, "device 0", nothing()) };
        scene.signed(body, &ann.key("device 0"), &[], rule);
        scene.block();
    }
    // The other device has a window of its own. In one block counters ascend, with holes.
    for counter in [0, 2, 63] {
        let body = Body { counter, ..scene.body(&ann, "device 1", nothing()) };
        scene.signed(body, &ann.key("device 1"), &[], "CON-030");
    }
    scene.block();
    whole("replay windows", "counters at the edges of their window", &scene)
}

fn validity() -> Vector {
    let ann = Party::new("ann", Kind::Patient);
    let mut scene = Scene::new("validity", genesis(Params::default(), Vec::new(), 1));
    scene.incept(&[&ann]);
    let time = at(3 * 3_600_000);
    let ahead = |millis: i64| Timestamp(time.0.checked_add_signed(millis).unwrap());
    let day = i64::try_from(VALID_AHEAD.0).unwrap();
    let cases = [
        (ahead(-10), ahead(-1), "OPR-013"),
        (ahead(-10), ahead(0), "OPR-013"),
        (ahead(-10), ahead(1), "CON-030"),
        (ahead(-10), ahead(day - 1), "CON-030"),
        (ahead(-10), ahead(day), "CON-030"),
        (ahead(-10), ahead(day + 1), "OPR-014"),
        (ahead(-10), Timestamp(u64::MAX), "OPR-014"),
        (ahead(5), ahead(5), "OPR-022"),
        (ahead(6), ahead(5), "OPR-022"),
        (ahead(4), ahead(5), "CON-030"),
        (Timestamp(0), ahead(5), "CON-030"),
    ];
    for (signed_at, valid_until, rule) in cases {
        let body = Body { signed_at, valid_until, ..scene.body(&ann, "device 0", nothing()) };
        scene.signed(body, &ann.key("device 0"), &[], rule);
    }
    scene.block_at(time);
    whole("validity", "transactions that are too late, too early, just in time", &scene)
}

fn signers() -> Vector {
    let [north, _] = hospitals();
    let [ann, bob] = ["ann", "bob"].map(|name| Party::new(name, Kind::Patient));
    let mut scene = Scene::new("signers", genesis(Params::default(), Vec::new(), 1));
    scene.incept(&[&ann, &bob]);
    let stranger = key("stranger");
    let body = Body { key: stranger.public().id(), ..scene.body(&ann, "device 0", nothing()) };
    scene.signed(body, &stranger, &[], "OPR-005");
    let body = Body { key: id(&bob, "device 0"), ..scene.body(&ann, "device 0", nothing()) };
    scene.signed(body, &bob.key("device 0"), &[], "OPR-006");
    let elsewhere = Body { chain: ChainId([1; 32]), ..scene.body(&ann, "device 0", nothing()) };
    scene.signed(elsewhere, &ann.key("device 0"), &[], "OPR-004");
    let later = Body { version: 2, ..scene.body(&ann, "device 0", nothing()) };
    scene.signed(later, &ann.key("device 0"), &[], "OPR-003");
    scene.block();
    // Bytes that are no transaction.
    scene.raw(Vec::new(), "OPR-001");
    scene.raw(vec![0; 65_537], "COD-001");
    scene.does(&ann, "device 0", nothing(), "CON-030");
    let good = scene.last();
    let mut spoilt = good.clone();
    let at = spoilt.len() - 32;
    spoilt[at] ^= 1;
    scene.raw(good[..good.len() - 1].to_vec(), "OPR-001");
    scene.block();
    // Again, and with its signature spoilt, in later blocks: neither is the first one's.
    scene.raw(good, "OPR-010");
    scene.block();
    scene.raw(spoilt, "CRY-008");
    scene.block();
    // A controller signs no consent, a device adds no device; the hospital's own keys likewise.
    scene.does(&ann, "controller", nothing(), "IDN-009");
    scene.does(&north, "controller", nothing(), "IDN-009");
    scene.block();
    whole("signers", "keys that may not sign, signatures that fail, bytes that are nothing", &scene)
}

fn quotas() -> Vector {
    let [north, _] = hospitals();
    let [ann, bob, carol, dave] = ["ann", "bob", "carol", "dave"].map(|name| Party::new(name, Kind::Patient));
    let doctor = Party::new("doctor", Kind::Practitioner);
    let quotas = Quotas {
        epoch: Millis::hours(24),
        ordinary: 2,
        controller: 1,
        device_reserve: 2,
        log_anchors: 1,
        sponsored: 4,
    };
    let mut scene = Scene::new("quotas", genesis(Params { quotas, ..Params::default() }, Vec::new(), 1));
    scene.incept(&[&ann, &bob, &doctor]);
    let incept = |party: &Party| Operation::Incept { inception: party.inception.clone() };
    let keys = |party: &Party| ["controller", "device 0", "device 1"].map(|which| party.key(which));
    scene.agreed(&north, "device 0", incept(&carol), &keys(&carol).each_ref(), "");
    scene.agreed(&north, "device 0", incept(&dave), &keys(&dave).each_ref(), "OPR-015");
    let credential = Credential {
        holder: doctor.did,
        role: Coding::new("urn:roles", "physician"),
        period: Period { from: at(0), until: at(1) },
    };
    // The identity's quota is one for all its keys.
    let issue = || Operation::IssueCredential { credential: credential.clone() };
    for (which, rule) in
        [("device 0", ""), ("device 1", ""), ("device 0", "OPR-015"), ("device 1", "OPR-015")]
    {
        scene.does(&north, which, issue(), rule);
    }
    // A reserve is each key's own.
    for (which, rule) in
        [("device 0", "CON-030"), ("device 0", "CON-030"), ("device 0", "OPR-015"), ("device 1", "CON-030")]
    {
        scene.does(&ann, which, nothing(), rule);
    }
    let revoke = |which: &str| Operation::RevokeDevice { key: id(&ann, which) };
    scene.does(&ann, "controller", revoke("phone"), "IDN-011");
    scene.does(&ann, "controller", revoke("device 1"), "OPR-015");
    scene.block();
    // The last millisecond of the epoch, and the first of the next one.
    scene.now = at(24 * 3_600_000 - 1);
    scene.does(&north, "device 0", issue(), "OPR-015");
    scene.does(&ann, "device 0", nothing(), "OPR-015");
    let now = scene.now;
    scene.block_at(now);
    scene.now = at(24 * 3_600_000);
    scene.does(&north, "device 0", issue(), "");
    scene.agreed(&north, "device 0", incept(&dave), &keys(&dave).each_ref(), "");
    scene.does(&ann, "device 0", nothing(), "CON-030");
    scene.does(&ann, "controller", revoke("device 1"), "");
    scene.block();
    whole("quotas", "quotas and budgets to their last, and a new epoch", &scene)
}
