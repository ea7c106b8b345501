//! Random histories, each step of the ledger against the oracle's word: consents and credentials come and go, time jumps
//! to where something begins or ends, and at every step somebody asks for a session or a record.

mod looks;
mod moves;
mod oracle;

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, TestRunner};

use oracle::{Ground, Kind as Is, Oracle, PURPOSES, Person, TYPES, Terms, Who, Words};

use crate::access::LegalGround;
use crate::fixture::*;
use crate::hash::{ConsentId, ConsentVersion, CredentialId, SessionId};
use crate::identity::Kind;
use crate::operation::{Operation, Quotas};
use crate::state::{LogKind, Params};
use crate::units::{Height, Millis, Period, Timestamp};
use crate::validate::{Outcome, active_consents, execute};

const NAMES: [(&str, Is, Kind); 7] = [
    ("north", Is::Organisation, Kind::Organisation),
    ("south", Is::Organisation, Kind::Organisation),
    ("clinic", Is::Organisation, Kind::Organisation),
    ("doc", Is::Practitioner, Kind::Practitioner),
    ("eve", Is::Practitioner, Kind::Practitioner),
    ("ann", Is::Patient, Kind::Patient),
    ("bob", Is::Patient, Kind::Patient),
];
const ROLES: [&str; 2] = ["nurse", "physician"];
const ANN: usize = 5;

/// Steps of one die (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(sides).unwrap()).unwrap()
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.roll(n) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        if from.is_empty() { None } else { Some(from[self.roll(from.len())]) }
    }

    fn some(&mut self, of: usize, one_in: usize) -> BTreeSet<usize> {
        (0..of).filter(|_| self.one_in(one_in)).collect()
    }
}

/// What all histories saw.
#[derive(Default)]
struct Seen {
    steps: Cell<u64>,
    opened: Cell<u64>,
    denied: Cell<u64>,
    released: Cell<u64>,
    refused: Cell<u64>,
    /// Requests and releases that were answered at the very millisecond at which something begins or ends.
    at_boundary: Cell<u64>,
}

fn count(cell: &Cell<u64>) {
    cell.set(cell.get() + 1);
}

#[derive(Clone)]
struct History {
    world: World,
    oracle: Oracle,
    parties: Vec<Party>,
    credentials: Vec<CredentialId>,
    consents: Vec<(ConsentId, Vec<ConsentVersion>)>,
    sessions: Vec<SessionId>,
    /// Entries that each party's access log must have.
    entries: Vec<u64>,
}

fn legal_grounds() -> Vec<Ground> {
    let types = |types: &[usize]| types.iter().copied().collect();
    Vec::from([
        Ground {
            organisation: 0,
            role: Some(1),
            purpose: 3,
            types: types(&[0, 2]),
            longest: 7_200_000,
            overrides: false,
        },
        Ground {
            organisation: 1,
            role: None,
            purpose: 0,
            types: types(&[]),
            longest: 43_200_000,
            overrides: true,
        },
        Ground {
            organisation: 0,
            role: None,
            purpose: 2,
            types: types(&[]),
            longest: 3_600_000,
            overrides: false,
        },
    ])
}

fn names(types: &BTreeSet<usize>) -> Vec<String> {
    types.iter().map(|n| TYPES[*n].into()).collect()
}

impl History {
    fn new() -> Self {
        let quotas = Quotas { device_reserve: 10_000, ordinary: 10_000, ..Params::default().quotas };
        let mut genesis = genesis(Params { quotas, ..Params::default() });
        let registered = legal_grounds();
        genesis.grounds = registered.iter().zip(0..).map(|(ground, n)| registration(ground, n)).collect();
        let mut world = World::from_genesis(genesis);
        let party = |(name, _, kind)| match name {
            "north" | "south" => hospital(name),
            _ => world.incept(name, kind),
        };
        let parties = NAMES.map(party).into();
        let people = NAMES.map(|(_, kind, _)| Person { kind, active: true, devices: [true; 2] }).into();
        let oracle = Oracle { people, grounds: registered, ..Oracle::default() };
        Self {
            world,
            oracle,
            parties,
            credentials: Vec::new(),
            consents: Vec::new(),
            sessions: Vec::new(),
            entries: [0; NAMES.len()].into(),
        }
    }

    /// Two practitioners with credentials, and two patients who let themselves be treated.
    fn peaceful() -> Self {
        let mut history = Self::new();
        let dice = &mut Dice(0);
        let (from, until) = (history.now(), history.now() + 400_000_000);
        let period = Period { from: Timestamp(from), until: Timestamp(until) };
        history.vouch_for(dice, 0, 3, 1, period);
        history.vouch_for(dice, 1, 4, 0, period);
        for subject in [ANN, ANN + 1] {
            let words =
                Words::Grant { who: Who::Everybody, purpose: Some(0), types: BTreeSet::new(), but: None };
            history.grant_these(dice, subject, 0, Terms { from, until, uses: None, words });
        }
        history
    }

    fn now(&self) -> u64 {
        self.world.now.0
    }

    /// One block of one transaction, without its tree.
    fn run(&mut self, transaction: &[u8]) -> Outcome {
        let cx = self.world.context();
        let (executed, delta) = execute(&self.world.state, &cx, &[transaction]).unwrap();
        self.world.state.apply(&delta);
        self.world.tip.height = Height(cx.height.0);
        executed.outcomes.into_iter().next().unwrap()
    }

    /// Signs with one of the party's devices, and checks that the ledger accepts it just when the oracle would.
    fn act(&mut self, dice: &mut Dice, by: usize, operation: Operation, sound: bool) -> Option<Outcome> {
        let device = dice.roll(2);
        let party = self.parties[by].clone();
        let transaction = self.world.sign(&party, &party.device(device), operation, &[]);
        let outcome = self.run(&transaction);
        let person = &self.oracle.people[by];
        let authentic = person.active && person.devices[device];
        assert_eq!(outcome.id.is_some(), authentic);
        assert_eq!(outcome.refusal.is_none(), authentic && sound, "{:?}", outcome.refusal);
        if authentic && sound { Some(outcome) } else { None }
    }

    fn step(&mut self, dice: &mut Dice, seen: &Seen) {
        count(&seen.steps);
        match dice.roll(24) {
            0..=4 => self.pass(dice),
            5..=7 => self.grant(dice),
            8 => self.amend(dice),
            9 => self.revoke(dice),
            10 | 11 => self.vouch(dice),
            12 => self.take_back(dice),
            13 if dice.one_in(4) => self.lose_a_device(dice),
            14 if dice.one_in(12) => self.deactivate(dice),
            15 => self.close(dice),
            13 | 14 | 16..=19 => self.ask(dice, seen),
            _ => self.release(dice, seen),
        }
    }

    /// Time goes on: half the time to where something begins or ends, or a millisecond beside it.
    fn pass(&mut self, dice: &mut Dice) {
        let now = self.now();
        let mut ahead = self.oracle.boundaries();
        ahead.retain(|time| *time > now && *time - now < 100_000_000);
        let next = match dice.pick(&ahead) {
            Some(time) if dice.one_in(2) => (time + [0, 0, 0, 1].map(|more: u64| more)[dice.roll(4)])
                .saturating_sub(u64::from(dice.one_in(4))),
            _ => now + u64::try_from(dice.roll(1_800_000)).unwrap(),
        };
        self.world.now = Timestamp(next.max(now));
    }

    fn notice(&self, seen: &Seen) {
        if self.oracle.boundaries().contains(&self.now()) {
            count(&seen.at_boundary);
        }
    }

    /// Nothing was lost: every consent that has not ended stands in its slot, and each log has all its entries.
    fn check(&self) {
        for subject in [ANN, ANN + 1] {
            let active = active_consents(&self.world.state, self.parties[subject].did).unwrap();
            let held: BTreeSet<ConsentId> = active.iter().map(|consent| consent.id).collect();
            assert!(active.iter().all(|consent| consent.state.subject == self.parties[subject].did));
            for (n, (id, versions)) in self.consents.iter().enumerate() {
                if self.oracle.consents[n].subject == subject && !self.oracle.has_ended(n, self.now()) {
                    assert!(held.contains(id));
                }
                assert_eq!(self.world.consent(*id).current, versions[self.oracle.consents[n].version]);
            }
            assert_eq!(
                self.world.log_size(self.parties[subject].did, LogKind::Access),
                self.entries[subject]
            );
        }
    }
}

fn registration(ground: &Ground, n: usize) -> LegalGround {
    LegalGround {
        name: alloc::format!("ground {n}"),
        organisation: hospital(NAMES[ground.organisation].0).did,
        role: ground.role.map(|n| role(ROLES[n])),
        purpose: PURPOSES[ground.purpose].into(),
        types: names(&ground.types),
        longest: Millis(ground.longest),
        overrides_deny: ground.overrides,
    }
}

/// 200 histories of up to 60 steps; with `MEDLEDGER_LONG=1` 10,000 of 200, or as many as `MEDLEDGER_HISTORIES` says.
#[test]
fn the_ledger_and_the_words_of_the_design_agree() {
    extern crate std;
    let long = std::env::var_os("MEDLEDGER_LONG").is_some();
    let number = std::env::var("MEDLEDGER_HISTORIES").ok().and_then(|number| number.parse().ok());
    let (histories, steps) = if long { (number.unwrap_or(10_000), 200..=200) } else { (200, 30..=60) };
    let beginning = History::peaceful();
    let seen = Seen::default();
    let config = Config { cases: histories, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&vec(any::<u64>(), steps), |dice| {
            let mut history = beginning.clone();
            for die in dice {
                history.step(&mut Dice(die), &seen);
            }
            history.check();
            Ok(())
        })
        .unwrap();
    let Seen { steps, opened, denied, released, refused, at_boundary } = &seen;
    std::println!(
        "{histories} histories, {} steps: {} sessions opened, {} denied; {} records released, {} refused; {} at a boundary",
        steps.get(),
        opened.get(),
        denied.get(),
        released.get(),
        refused.get(),
        at_boundary.get()
    );
    // All four answers come about, often, and at boundaries.
    for cell in [opened, denied, released, refused, at_boundary] {
        assert!(cell.get() > u64::from(histories) / 4, "{}", cell.get());
    }
}
