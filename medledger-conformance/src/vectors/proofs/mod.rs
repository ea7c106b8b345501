//! What a reader checks with nothing but a genesis: headers, receipts, files with proofs, logs that are provably all, parts of
//! the state. Each spoilt in the ways that would show another fact.

mod files;
mod logs;
mod receipts;
mod states;

use super::Vector;
use super::json::{Fields, bytes, list};
use crate::fuzz::world::{Party, WORLD, World, key, validator};
use medledger_core::codec::encode;
use medledger_core::consensus::Authority;
use medledger_core::consensus::Certified;
use medledger_core::consensus::Evidence;
use medledger_core::crypto::PublicKey;
use medledger_core::crypto::SecretKey;
use medledger_core::hash::AppRootHash;
use medledger_core::hash::ChainId;
use medledger_core::light::CertifiedHeader;
use medledger_core::state::LogKind;
use medledger_core::units::Height;
use medledger_core::units::Timestamp;

/// The genesis and the time that a reader has.
fn reader() -> Fields {
    let world = &*WORLD;
    vec![("genesis", bytes(&encode(world.ledger.genesis()).unwrap())), ("now", world.now.0.into())]
}

fn party(name: &str) -> &'static Party {
    WORLD.parties.iter().find(|party| party.name == name).unwrap()
}

fn evidence(
    world: &World,
    header: AppRootHash,
    height: Height,
    time: Timestamp,
    signer: &SecretKey,
) -> Evidence {
    let genesis = world.ledger.genesis();
    let authority = Authority { chain: world.ledger.tip().chain, clock_ahead: genesis.params.clock_ahead };
    let certified = Certified { root: header, root_of: height, time };
    let signature = signer.sign(&authority.to_be_signed(&certified, 0).unwrap());
    let key: PublicKey = signer.public();
    Authority::evidence(&certified, 0, key, signature).unwrap()
}

pub(super) fn vectors() -> Vec<Vector> {
    [headers(), receipts::vectors(), logs::vectors(), states::vectors(), files::vectors()].concat()
}

const fn log_name(kind: LogKind) -> &'static str {
    match kind {
        LogKind::Timeline => "timeline",
        LogKind::Access => "access",
        LogKind::Authority => "authority",
    }
}

fn headers() -> Vec<Vector> {
    let world = &*WORLD;
    let tip = world.ledger.tip().height.0;
    let header = |height: u64| world.ledger.header(Height(height)).unwrap().clone();
    let input = |shown: &[CertifiedHeader], now: Timestamp| {
        let mut fields = reader();
        fields[1].1 = now.0.into();
        fields.push(("headers", list(shown.iter().map(|header| bytes(&encode(header).unwrap())))));
        fields
    };
    let fine = |name: &str, shown: &[CertifiedHeader], now: Timestamp| {
        let last = &shown.last().unwrap().header;
        Vector::valid("header", name, "the headers of a small ledger", input(shown, now)).gives(vec![
            ("height", last.height.0.into()),
            ("time", last.time.0.into()),
            ("app_root", last.hash().unwrap().to_string().into()),
            ("state_root", last.state_root.to_string().into()),
        ])
    };
    let ahead = world.ledger.genesis().params.clock_ahead.0;
    let first = header(1);
    let mut made = vec![
        fine("the first", &[header(1)], world.now),
        fine("the newest", &[header(tip)], world.now),
        fine("one after another", &[header(1), header(2), header(tip)], world.now),
        fine("one twice", &[header(2), header(2)], world.now),
        fine("as far ahead of the clock as may be", &[header(1)], Timestamp(first.header.time.0 - ahead)),
    ];
    let mut bad = |cause, rule: &str, name: &str, shown: &[CertifiedHeader], now: Timestamp| {
        made.push(Vector::invalid("header", cause, rule, name, "a header, changed", input(shown, now)));
    };
    bad(
        "evidence",
        "LGT-002",
        "a millisecond further ahead",
        &[header(1)],
        Timestamp(first.header.time.0 - ahead - 1),
    );
    bad("behind", "LGT-050", "an older one after a newer one", &[header(3), header(2)], world.now);
    let with = |change: &dyn Fn(&mut CertifiedHeader)| {
        let mut header = header(2);
        change(&mut header);
        [header]
    };
    let resigned = |change: &dyn Fn(&mut CertifiedHeader)| {
        let mut header = header(2);
        change(&mut header);
        let of = &header.header;
        header.evidence = evidence(world, of.hash().unwrap(), of.height, of.time, &validator());
        [header]
    };
    let fork = resigned(&|header| header.header.count += 1);
    bad("forked", "LGT-051", "another one of the same height", &[header(2), fork[0].clone()], world.now);
    bad(
        "evidence",
        "LGT-001",
        "another rule of finality",
        &with(&|header| header.evidence.rule = 2),
        world.now,
    );
    bad("evidence", "LGT-001", "finality rule 0", &with(&|header| header.evidence.rule = 0), world.now);
    bad(
        "evidence",
        "LGT-002",
        "a bit of the signature",
        &with(&|header| {
            let last = header.evidence.bytes.len() - 1;
            header.evidence.bytes[last] ^= 1;
        }),
        world.now,
    );
    let read = header(2).header;
    let (hash, time) = (read.hash().unwrap(), read.time);
    for (rule, name, evidence) in [
        ("LGT-003", "signed by a stranger", evidence(world, hash, Height(2), time, &key("stranger"))),
        (
            "LGT-004",
            "evidence for another header",
            evidence(world, AppRootHash([1; 32]), Height(2), time, &validator()),
        ),
        ("LGT-004", "evidence for another height", evidence(world, hash, Height(3), time, &validator())),
        (
            "LGT-004",
            "evidence for another time",
            evidence(world, hash, Height(2), Timestamp(time.0 - 1), &validator()),
        ),
        ("LGT-004", "the evidence of the header before", header(1).evidence),
    ] {
        bad("evidence", rule, name, &with(&|header| header.evidence = evidence.clone()), world.now);
    }
    bad("evidence", "LGT-004", "a count changed", &with(&|header| header.header.count += 1), world.now);
    bad(
        "other-ledger",
        "CHN-007",
        "of another ledger",
        &resigned(&|header| header.header.chain = ChainId([1; 32])),
        world.now,
    );
    bad("version", "CHN-005", "version 2", &resigned(&|header| header.header.version = 2), world.now);
    made
}
