//! What comes and goes: consents, credentials, devices, identities, closes.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::oracle::{Consent, Kind as Is, Terms as Said, Voucher, Who, Words};
use super::{ANN, Dice, History, NAMES, ROLES, names};
use crate::consent::{Actor, Criteria, Grant, Replacement, Rule, RuleEffect, Terms, consent_id};
use crate::fixture::*;
use crate::identity::{Credential, credential_id};
use crate::operation::Operation;
use crate::units::{Period, Timestamp};

use super::oracle::PURPOSES;

impl History {
    pub(super) fn period(&self, dice: &mut Dice) -> Period {
        let now = self.now();
        let hour = 3_600_000;
        let from = now - hour + [0, 0, hour, hour + 1, 2 * hour][dice.roll(5)];
        let until = now + [1, 600_000, hour, 6 * hour, 13 * hour, 40 * hour, 0][dice.roll(7)];
        Period { from: Timestamp(from), until: Timestamp(until) }
    }

    fn who(&self, dice: &mut Dice) -> Who {
        match dice.roll(5) {
            0 => Who::Person(dice.roll(NAMES.len())),
            1 => Who::Organisation(dice.roll(3)),
            2 => Who::Role(dice.roll(2)),
            _ => Who::Everybody,
        }
    }

    pub(super) fn said(&self, dice: &mut Dice) -> Said {
        let Period { from, until } = self.period(dice);
        let who = self.who(dice);
        let purpose = [None, Some(0), Some(0), Some(1), Some(2), Some(3)][dice.roll(6)];
        let types = if dice.one_in(2) { BTreeSet::new() } else { dice.some(3, 2) };
        let words = match dice.roll(8) {
            0 => Words::Directive { who, purpose, but: dice.one_in(2).then(|| self.who(dice)) },
            1..=3 => Words::Narrow { who, purpose, types },
            _ => Words::Grant { who, purpose, types, but: dice.one_in(8).then(|| dice.roll(3)) },
        };
        let uses = dice.one_in(4).then(|| 1 + u64::try_from(dice.roll(2)).unwrap());
        Said { from: from.0, until: until.0, uses, words }
    }

    fn actors(&self, who: Who) -> Vec<Actor> {
        match who {
            Who::Everybody => Vec::new(),
            Who::Person(n) => Vec::from([Actor::Identity { did: self.parties[n].did }]),
            Who::Organisation(n) => Vec::from([Actor::Organisation { did: self.parties[n].did }]),
            Who::Role(n) => Vec::from([Actor::Role { role: role(ROLES[n]) }]),
        }
    }

    fn terms(&self, said: &Said) -> Terms {
        let criteria = |who, purpose: Option<usize>, types: &BTreeSet<usize>| Criteria {
            actors: self.actors(who),
            purposes: purpose.iter().map(|n| PURPOSES[*n].into()).collect(),
            types: names(types),
            ..Criteria::default()
        };
        let rule = |effect, criteria| Rule { depth: 1, effect, criteria };
        let none = BTreeSet::new();
        let (permit, deny) = (RuleEffect::Permit, RuleEffect::Deny);
        let (effect, base, rules) = match &said.words {
            Words::Grant { who, purpose, types, but } => {
                let but = but.map(|of| rule(deny, criteria(Who::Everybody, None, &BTreeSet::from([of]))));
                (permit, criteria(*who, *purpose, types), but.into_iter().collect())
            }
            Words::Narrow { who, purpose, types } => {
                (deny, Criteria::default(), Vec::from([rule(permit, criteria(*who, *purpose, types))]))
            }
            Words::Directive { who, purpose, but } => {
                let but = but.map(|who| rule(permit, criteria(who, None, &none)));
                (deny, criteria(*who, *purpose, &none), but.into_iter().collect())
            }
        };
        Terms {
            period: Period { from: Timestamp(said.from), until: Timestamp(said.until) },
            directive: matches!(said.words, Words::Directive { .. }),
            effect,
            criteria: base,
            rules,
            obligations: Vec::new(),
            uses: said.uses,
        }
    }

    pub(super) fn grant(&mut self, dice: &mut Dice) {
        let subject = ANN + dice.roll(2);
        let slot = u64::try_from(dice.roll(5)).unwrap();
        let terms = self.said(dice);
        self.grant_these(dice, subject, slot, terms);
    }

    pub(super) fn grant_these(&mut self, dice: &mut Dice, subject: usize, slot: u64, terms: Said) {
        let now = self.now();
        let sound =
            terms.from < terms.until && terms.until > now && self.oracle.slot_is_free(subject, slot, now);
        let grant = Grant { slot, terms: open(&self.terms(&terms)) };
        if let Some(outcome) = self.act(dice, subject, Operation::GrantConsent { grant }, sound) {
            let id = consent_id(&outcome.id.unwrap());
            self.consents.push((id, Vec::from([self.world.consent(id).current])));
            self.oracle.consents.push(Consent { subject, slot, version: 0, revoked: false, used: 0, terms });
        }
    }

    pub(super) fn amend(&mut self, dice: &mut Dice) {
        if self.consents.is_empty() {
            return;
        }
        let n = dice.roll(self.consents.len());
        let by = ANN + dice.roll(2);
        let (consent, versions) = self.consents[n].clone();
        let named = if dice.one_in(3) { dice.roll(versions.len()) } else { versions.len() - 1 };
        let terms = self.said(dice);
        let held = &self.oracle.consents[n];
        let now = self.now();
        let sound = held.subject == by
            && named == held.version
            && !self.oracle.has_ended(n, now)
            && terms.from < terms.until
            && terms.until > now;
        let replacement =
            Replacement { consent, replaces: versions[named], terms: open(&self.terms(&terms)) };
        if self.act(dice, by, Operation::AmendConsent { replacement }, sound).is_some() {
            self.consents[n].1.push(self.world.consent(consent).current);
            let held = &mut self.oracle.consents[n];
            held.version += 1;
            held.terms = terms;
        }
    }

    pub(super) fn revoke(&mut self, dice: &mut Dice) {
        if self.consents.is_empty() {
            return;
        }
        let n = dice.roll(self.consents.len());
        let by = if dice.one_in(5) { ANN + dice.roll(2) } else { self.oracle.consents[n].subject };
        let sound = self.oracle.consents[n].subject == by && !self.oracle.consents[n].revoked;
        let consent = self.consents[n].0;
        if self.act(dice, by, Operation::RevokeConsent { consent }, sound).is_some() {
            self.oracle.consents[n].revoked = true;
        }
    }

    pub(super) fn vouch(&mut self, dice: &mut Dice) {
        let (issuer, holder, given) = (dice.roll(4), 2 + dice.roll(3), dice.roll(2));
        let period = self.period(dice);
        self.vouch_for(dice, issuer, holder, given, period);
    }

    pub(super) fn vouch_for(
        &mut self,
        dice: &mut Dice,
        issuer: usize,
        holder: usize,
        given: usize,
        period: Period,
    ) {
        let sound = issuer < 3
            && self.oracle.people[holder].kind == Is::Practitioner
            && self.oracle.is_active(holder)
            && period.from < period.until;
        let credential = Credential { holder: self.parties[holder].did, role: role(ROLES[given]), period };
        if let Some(outcome) = self.act(dice, issuer, Operation::IssueCredential { credential }, sound) {
            self.credentials.push(credential_id(&outcome.id.unwrap()));
            let Period { from: Timestamp(from), until: Timestamp(until) } = period;
            self.oracle.vouchers.push(Voucher { issuer, holder, role: given, from, until, revoked: false });
        }
    }

    pub(super) fn take_back(&mut self, dice: &mut Dice) {
        if self.credentials.is_empty() {
            return;
        }
        let n = dice.roll(self.credentials.len());
        let voucher = &self.oracle.vouchers[n];
        let by = if dice.one_in(5) { dice.roll(3) } else { voucher.issuer };
        let sound = voucher.issuer == by && !voucher.revoked;
        let credential = self.credentials[n];
        if self.act(dice, by, Operation::RevokeCredential { credential }, sound).is_some() {
            self.oracle.vouchers[n].revoked = true;
        }
    }

    pub(super) fn lose_a_device(&mut self, dice: &mut Dice) {
        let (by, device) = (dice.roll(NAMES.len()), dice.roll(2));
        let party = self.parties[by].clone();
        let transaction = self.world.sign(&party, &party.controller(), revoke(&party.device(device)), &[]);
        let done = self.run(&transaction).refusal.is_none();
        let person = &mut self.oracle.people[by];
        assert_eq!(done, person.active && person.devices[device]);
        person.devices[device] &= !done;
    }

    pub(super) fn deactivate(&mut self, dice: &mut Dice) {
        let by = dice.roll(NAMES.len());
        let party = self.parties[by].clone();
        let transaction = self.world.sign(&party, &party.controller(), Operation::Deactivate, &[]);
        assert_eq!(self.run(&transaction).refusal.is_none(), self.oracle.is_active(by));
        self.oracle.people[by].active = false;
    }

    pub(super) fn close(&mut self, dice: &mut Dice) {
        if self.sessions.is_empty() {
            return;
        }
        let (n, by) = (dice.roll(self.sessions.len()), dice.roll(3));
        let session = &self.oracle.sessions[n];
        let sound = session.ask.custodians.contains(&by) && !session.closed.contains(&by);
        let operation = heads(Vec::from([head(self.sessions[n], 0, 2, true)]));
        if self.act(dice, by, operation, sound).is_some() {
            let session = &mut self.oracle.sessions[n];
            session.closed.insert(by);
            self.entries[session.ask.subject] += 1;
        }
    }
}
