//! Terms, requests and times at random, from alphabets so small that rules match often.

use medledger_core::consent::{
    Actor, CodeReach, Criteria, NameReach, PeriodReach, Reach, Request, Rule, RuleEffect, Terms,
};
use medledger_core::hash::Did;
use medledger_core::units::{Interval, Period, Timestamp};
use medledger_core::vocabulary::Coding;

const TYPES: &[&str] = &["Condition", "Immunization", "Observation"];
const ACTIONS: &[&str] = &["access", "disclose"];
const NAMES: &[&str] = &["a", "b", "c"];
const PURPOSES: &[&str] =
    &["BTG", "CLINTRCH", "CLINTRCHPC", "CLINTRL", "ERTREAT", "ETREAT", "HRESCH", "TREAT"];
const OBLIGATIONS: &[&str] = &["AUDIT", "DEID", "MASK"];
const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

/// SplitMix64 (Steele, Lea and Flood, 2014).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }

    /// A subset in order, possibly empty.
    fn some<T: Clone + Ord>(&mut self, of: &[T]) -> Vec<T> {
        let mut values: Vec<T> = of.iter().filter(|_| self.one_in(2)).cloned().collect();
        values.sort();
        values
    }

    /// A subset in order, not empty.
    fn at_least_one<T: Clone + Ord>(&mut self, of: &[T]) -> Vec<T> {
        let values = self.some(of);
        if values.is_empty() { vec![self.pick(of).clone()] } else { values }
    }

    /// Mostly no criterion.
    fn criterion<T: Clone + Ord>(&mut self, of: &[T]) -> Vec<T> {
        if self.one_in(6) { self.at_least_one(of) } else { Vec::new() }
    }

    fn effect(&mut self) -> RuleEffect {
        if self.one_in(2) { RuleEffect::Permit } else { RuleEffect::Deny }
    }

    fn interval(&mut self) -> Interval {
        let start = self.below(9) as i64 - 5;
        let end = start + 1 + self.below(4) as i64;
        Interval { start: (!self.one_in(6)).then_some(start), end: (!self.one_in(6)).then_some(end) }
    }

    fn names(&mut self, of: &[&str]) -> NameReach {
        match self.below(3) {
            0 => NameReach::Unknown,
            1 => NameReach::Has { values: self.some(&texts(of)) },
            _ => NameReach::Within { values: self.at_least_one(&texts(of)) },
        }
    }

    fn codes(&mut self) -> CodeReach {
        match self.below(3) {
            0 => CodeReach::Unknown,
            1 => CodeReach::Has { values: self.some(&codings()) },
            _ => CodeReach::Within { values: self.at_least_one(&codings()) },
        }
    }

    fn labels(&mut self) -> Vec<Coding> {
        let sensitivity = ["HIV", "PSY", "SUD"].map(|code| Coding::new(ACT_CODE, code));
        let confidentiality = ["U", "L", "M", "N", "R", "V"].map(|code| Coding::new(CONFIDENTIALITY, code));
        let mut labels = if self.one_in(2) { self.some(&sensitivity) } else { Vec::new() };
        for _ in 0..self.below(3) {
            labels.push(self.pick(&confidentiality).clone());
        }
        labels.sort();
        labels.dedup();
        labels
    }

    pub fn criteria(&mut self) -> Criteria {
        Criteria {
            actors: self.criterion(&actors()),
            actions: self.criterion(&texts(ACTIONS)),
            purposes: if self.one_in(3) { self.at_least_one(&texts(PURPOSES)) } else { Vec::new() },
            types: self.criterion(&texts(TYPES)),
            categories: self.criterion(&codings()),
            codes: self.criterion(&codings()),
            labels: if self.one_in(4) { self.labels() } else { Vec::new() },
            records: self.criterion(&texts(NAMES)),
            authors: self.criterion(&texts(NAMES)),
            related: self.criterion(&texts(NAMES)),
            data_period: self.one_in(6).then(|| self.interval()),
        }
    }

    /// Terms that pass their check.
    pub fn terms(&mut self) -> Terms {
        let mut rules: Vec<Rule> = Vec::new();
        let mut deepest = 1;
        for _ in 0..self.below(9) {
            let depth = 1 + self.below(deepest);
            deepest = (depth + 1).min(4);
            rules.push(Rule { depth, effect: self.effect(), criteria: self.criteria() });
        }
        let from = self.below(6);
        let until = from + 1 + self.below(12);
        Terms {
            period: Period { from: Timestamp(from), until: Timestamp(until) },
            directive: self.one_in(3),
            effect: self.effect(),
            criteria: self.criteria(),
            rules,
            obligations: self.some(&texts(OBLIGATIONS)),
            uses: None,
        }
    }

    pub fn request(&mut self) -> Request {
        let organisation = [None, Some(did(1)), Some(did(2))];
        let purpose = if self.one_in(12) { "NONSENSE" } else { self.pick(PURPOSES) };
        Request {
            requester: did(1 + self.below(3) as u8),
            organisation: *self.pick(&organisation),
            roles: self.some(&roles()),
            action: (*self.pick(ACTIONS)).to_owned(),
            purpose: purpose.to_owned(),
            reach: Reach {
                types: self.names(TYPES),
                categories: self.codes(),
                codes: self.codes(),
                labels: (!self.one_in(3)).then(|| self.labels()),
                records: self.names(NAMES),
                authors: self.names(NAMES),
                related: self.names(NAMES),
                period: if self.one_in(3) {
                    PeriodReach::Unknown
                } else {
                    PeriodReach::Within { interval: self.interval() }
                },
            },
        }
    }

    /// Inside the terms' period, at its edges or outside of it.
    pub fn time(&mut self, terms: &Terms) -> Timestamp {
        let Period { from, until } = terms.period;
        match self.below(12) {
            0 => Timestamp(from.0.saturating_sub(1)),
            1 => from,
            2 => Timestamp(until.0 - 1),
            3 => until,
            _ => Timestamp(from.0 + self.below(until.0 - from.0)),
        }
    }
}

fn did(n: u8) -> Did {
    Did([n; 32])
}

fn roles() -> Vec<Coding> {
    vec![Coding { system: None, code: "doctor".to_owned() }, Coding::new("urn:roles", "doctor")]
}

fn actors() -> Vec<Actor> {
    let mut actors: Vec<Actor> = roles().into_iter().map(|role| Actor::Role { role }).collect();
    for n in 1..=2 {
        actors.push(Actor::Identity { did: did(n) });
        actors.push(Actor::Organisation { did: did(n) });
    }
    actors
}

fn codings() -> Vec<Coding> {
    vec![Coding::new("urn:a", "1"), Coding::new("urn:a", "2"), Coding::new("urn:b", "1")]
}

fn texts(of: &[&str]) -> Vec<String> {
    of.iter().map(|text| (*text).to_owned()).collect()
}
