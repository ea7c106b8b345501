//! Who asks, and what is released.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::oracle::{Ask, Basis, PURPOSES, Session, TYPES};
use super::{ANN, Dice, History, NAMES, Seen, count, names, registration};
use crate::access::{Scope, SessionBasis, SessionRequest, ground_id, session_id};
use crate::consent::{NameReach, Reach, Request, combine};
use crate::crypto::{AgreementKey, AgreementKeyBytes, SecretKey};
use crate::operation::Operation;
use crate::units::Timestamp;
use crate::validate::{answers, standing};

impl History {
    /// Somebody asks, more often than not for what might be permitted.
    fn question(&self, dice: &mut Dice) -> Ask {
        let requester = [3, 3, 3, 4, 4, dice.roll(NAMES.len())][dice.roll(6)];
        let now = self.now();
        let (stale, late) = (dice.one_in(6), dice.one_in(6));
        let own: Vec<usize> = (0..self.credentials.len())
            .filter(|n| self.oracle.vouchers[*n].holder == requester)
            .filter(|n| stale || self.oracle.is_live(*n, requester, now))
            .rev()
            .take(3)
            .collect();
        let credentials: BTreeSet<usize> = match dice.roll(8) {
            0 => dice.some(self.credentials.len(), 4),
            _ => own.into_iter().filter(|_| !dice.one_in(3)).collect(),
        };
        let issuers: Vec<usize> = credentials.iter().map(|n| self.oracle.vouchers[*n].issuer).collect();
        let organisation = match dice.roll(8) {
            0 => Some(dice.roll(NAMES.len())),
            1 => None,
            _ if requester < 3 => Some(requester),
            _ => dice.pick(&issuers),
        };
        let mut custodians = dice.some(3, 2);
        custodians.insert(dice.roll(3));
        let ground = dice.one_in(4).then(|| dice.roll(3));
        let newest: Vec<usize> = (0..self.consents.len())
            .rev()
            .filter(|n| late || !self.oracle.has_ended(*n, now))
            .take(12)
            .collect();
        let (basis, subject) = match (ground, dice.pick(&newest)) {
            (None, Some(n)) => {
                let current = self.oracle.consents[n].version;
                let version = if dice.one_in(10) { dice.roll(current + 1) } else { current };
                let subject = self.oracle.consents[n].subject;
                (Basis::Consent(n, version), if dice.one_in(15) { 11 - subject } else { subject })
            }
            (ground, _) => (Basis::Ground(ground.unwrap_or(0)), ANN + dice.roll(2)),
        };
        let mut countersigned: BTreeSet<usize> = match basis {
            Basis::Ground(_) => custodians.iter().copied().filter(|n| *n != requester).collect(),
            Basis::Consent(..) => BTreeSet::new(),
        };
        if dice.one_in(15) {
            countersigned = dice.some(3, 2);
        }
        Ask {
            requester,
            subject,
            organisation,
            credentials,
            custodians,
            countersigned,
            basis,
            purpose: [0, 0, 0, 1, 1, 2, 3][dice.roll(7)],
            types: if dice.one_in(2) { dice.some(3, 2) } else { BTreeSet::from([dice.roll(3)]) },
            until: self.now() + [1, 600_000, 3_600_000, 7_200_000, 43_200_000][dice.roll(5)],
        }
    }

    fn request(&self, ask: &Ask) -> SessionRequest {
        let mut credentials: Vec<_> = ask.credentials.iter().map(|n| self.credentials[*n]).collect();
        credentials.sort();
        let mut custodians: Vec<_> = ask.custodians.iter().map(|n| self.parties[*n].did).collect();
        custodians.sort();
        let basis = match ask.basis {
            Basis::Consent(n, version) => {
                SessionBasis::Consent { consent: self.consents[n].0, version: self.consents[n].1[version] }
            }
            Basis::Ground(n) => {
                let ground = registration(&self.oracle.grounds[n], n);
                SessionBasis::LegalGround { ground: ground_id(&ground).unwrap() }
            }
        };
        SessionRequest {
            subject: self.parties[ask.subject].did,
            organisation: ask.organisation.map(|n| self.parties[n].did),
            credentials,
            custodians,
            basis,
            action: "access".into(),
            purpose: PURPOSES[ask.purpose].into(),
            scope: Scope { types: names(&ask.types), ..Scope::default() },
            key: AgreementKey::X25519 { bytes: AgreementKeyBytes([9; 32]) },
            until: Timestamp(ask.until),
        }
    }

    pub(super) fn ask(&mut self, dice: &mut Dice, seen: &Seen) {
        let ask = self.question(dice);
        let operation = Operation::OpenSession { request: self.request(&ask) };
        let party = self.parties[ask.requester].clone();
        let device = dice.roll(2);
        // Whoever countersigns does so with a device that it still has.
        let live = |n: &usize| self.oracle.people[*n].devices.iter().position(|live| *live);
        if ask.countersigned.iter().any(|n| live(n).is_none()) {
            return;
        }
        let keys: Vec<SecretKey> =
            ask.countersigned.iter().map(|n| self.parties[*n].device(live(n).unwrap())).collect();
        let transaction =
            self.world.sign(&party, &party.device(device), operation, &keys.iter().collect::<Vec<_>>());
        let outcome = self.run(&transaction);
        let person = &self.oracle.people[ask.requester];
        if !(person.active && person.devices[device]) {
            assert_eq!((outcome.id, outcome.events.len()), (None, 0));
            return;
        }
        self.entries[ask.subject] += 1;
        self.notice(seen);
        let expected = self.oracle.opens(&ask, self.now());
        assert_eq!(outcome.refusal.is_none(), expected.is_some(), "{:?} {ask:?}", outcome.refusal);
        assert_eq!(outcome.events.len(), 1, "on record, whatever the answer");
        let Some(not_after) = expected else { return count(&seen.denied) };
        count(&seen.opened);
        let session = session_id(&outcome.id.unwrap());
        assert_eq!(self.world.session(session).not_after, Timestamp(not_after));
        if let Basis::Consent(n, _) = ask.basis {
            let consent = &mut self.oracle.consents[n];
            consent.used += u64::from(consent.terms.uses.is_some());
        }
        self.sessions.push(session);
        self.oracle.sessions.push(Session { ask, not_after, closed: BTreeSet::new() });
    }

    /// A custodian decides on a record: first whether the session stands, then anew over all active consents.
    pub(super) fn release(&mut self, dice: &mut Dice, seen: &Seen) {
        let newest: Vec<usize> = (0..self.sessions.len()).rev().take(8).collect();
        let Some(n) = dice.pick(&newest) else { return };
        // Four times in five somebody asks for what might be released.
        let ask = &self.oracle.sessions[n].ask;
        let (named, asked): (Vec<_>, Vec<_>) =
            (ask.custodians.iter().copied().collect(), ask.types.iter().copied().collect());
        let custodian = dice.pick(&named).filter(|_| !dice.one_in(5)).unwrap_or(dice.roll(3));
        let of_type = dice.pick(&asked).filter(|_| !dice.one_in(5)).unwrap_or(dice.roll(3));
        self.notice(seen);
        let expected = self.oracle.releases(n, custodian, of_type, self.now());
        let stands =
            standing(&self.world.state, self.sessions[n], self.parties[custodian].did, self.world.now)
                .unwrap();
        let released = stands.as_ref().is_ok_and(|standing| {
            let asked = &standing.session.request;
            let one = String::from(TYPES[of_type]);
            let in_scope = asked.scope.types.is_empty() || asked.scope.types.contains(&one);
            let request = Request {
                requester: standing.session.requester,
                organisation: asked.organisation,
                roles: standing.session.roles.clone(),
                action: asked.action.clone(),
                purpose: asked.purpose.clone(),
                reach: Reach { types: NameReach::Has { values: Vec::from([one]) }, ..Reach::default() },
            };
            in_scope
                && combine(standing.basis, &answers(&standing.consents, &request, self.world.now)).permitted
        });
        assert_eq!(released, expected, "{:?} {:?}", stands.err(), self.oracle.sessions[n]);
        count(if released { &seen.released } else { &seen.refused });
    }
}
