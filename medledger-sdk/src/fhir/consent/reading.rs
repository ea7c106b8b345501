//! What a Consent means: its base and rules with all that they inherit, each with its place.
//!
//! It knows more than terms on a ledger can say: rules may hold at times of their own, and may depend on who releases.
//! So terms are made of it for a custodian and a time, or for the ledger, where neither may matter.

use alloc::string::String;
use alloc::vec::Vec;

use medledger_core::consent::{Actor, Criteria, Rule, RuleEffect, Terms};
use medledger_core::units::{Interval, Period, Timestamp};

use super::document::Status;
use super::error::{ConsentError, Unfaithful};
use super::period::holds;
use crate::fhir::date::LAST;

/// What a Consent means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its status.
    pub status: Status,
    /// The base, with the rules below it.
    pub(super) base: ReadRule,
    /// Whether the base's deny is one for every consent.
    pub(super) directive: bool,
    pub(super) obligations: Vec<String>,
    pub(super) uses: Option<u64>,
    /// The elements of permits that name what is not known here, as FHIRPaths: they match nothing.
    pub unmatched: Vec<String>,
}

/// The base or a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReadRule {
    pub(super) effect: RuleEffect,
    pub(super) path: String,
    /// When it holds.
    pub(super) validity: Interval,
    /// Where that is said.
    pub(super) period: Option<String>,
    pub(super) who: Who,
    /// Without actors and single records.
    pub(super) criteria: Criteria,
    /// Any of these is enough. A permit of which no element could ever match has none.
    pub(super) data: Vec<DataPart>,
    /// The rules below.
    pub(super) rules: Vec<ReadRule>,
}

/// Who asks and who releases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Who {
    pub(super) requesters: Option<Vec<Actor>>,
    pub(super) custodians: Option<Vec<String>>,
    /// Where the first custodian is named.
    pub(super) custodian_at: Option<String>,
}

/// Single records, by what they are, who wrote them, what they refer to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct DataPart {
    pub(super) records: Vec<String>,
    pub(super) authors: Vec<String>,
    pub(super) related: Vec<String>,
}

/// Which rules count.
#[derive(Clone, Copy)]
enum Which<'a> {
    /// All of them, whoever releases.
    All,
    /// Those that hold at a time, with this custodian, or with one who is not known.
    At(i64, Option<&'a str>),
}

/// Terms, and where each rule of them comes from.
pub(super) struct Traced {
    pub(super) terms: Terms,
    /// For each rule the provisions down to it, and whether it stands for the base.
    pub(super) origins: Vec<(Vec<String>, bool)>,
}

impl ReadRule {
    /// The criteria where it counts, any of which is enough; none where it does not.
    fn criteria(&self, which: Which<'_>) -> Vec<Criteria> {
        let mut actors = self.who.requesters.clone().unwrap_or_default();
        if let Which::At(at, custodian) = which {
            if !holds(&self.validity, at) {
                return Vec::new();
            }
            if let Some(named) = &self.who.custodians {
                let is_named = |custodian: &str| named.iter().any(|name| name == custodian);
                match self.effect {
                    // Who asks *and* who releases.
                    RuleEffect::Permit if custodian.is_some_and(is_named) => {}
                    // Who asks *or* who releases, and who releases may be anybody.
                    RuleEffect::Deny if custodian.is_none_or(is_named) => actors.clear(),
                    RuleEffect::Deny if self.who.requesters.is_some() => {}
                    RuleEffect::Permit | RuleEffect::Deny => return Vec::new(),
                }
            }
        }
        let with = |part: &DataPart| {
            let DataPart { records, authors, related } = part.clone();
            Criteria { actors: actors.clone(), records, authors, related, ..self.criteria.clone() }
        };
        self.data.iter().map(with).collect()
    }

    /// Every rule of the tree, itself first. Recursion is bounded by the depth of provisions.
    pub(super) fn each<'r>(&'r self, act: &mut dyn FnMut(&'r Self)) {
        act(self);
        self.rules.iter().for_each(|rule| rule.each(act));
    }

    /// Puts the rule and those below it at a depth. One that does not count leaves its place to those below it; one that
    /// any of several criteria fulfil stands there once for each, and so do those below it, which set all of them aside.
    fn put(&self, depth: u64, above: &[String], which: Which<'_>, traced: &mut Traced) {
        let mut path = above.to_vec();
        path.push(self.path.clone());
        let criteria = self.criteria(which);
        if criteria.is_empty() {
            self.rules.iter().for_each(|rule| rule.put(depth, &path, which, traced));
        }
        for criteria in criteria {
            traced.terms.rules.push(Rule { depth, effect: self.effect, criteria });
            traced.origins.push((path.clone(), false));
            self.rules.iter().for_each(|rule| rule.put(depth.saturating_add(1), &path, which, traced));
        }
    }
}

impl Reading {
    fn trace(&self, which: Which<'_>, period: Period) -> Traced {
        let terms = Terms {
            period,
            directive: false,
            effect: RuleEffect::Deny,
            criteria: Criteria::default(),
            rules: Vec::new(),
            obligations: self.obligations.clone(),
            uses: self.uses,
        };
        let mut traced = Traced { terms, origins: Vec::new() };
        let ground = self.is_ground();
        let mut criteria = self.base.criteria(which);
        if ground {
            // Where a ground applies or not, it has nothing to say.
            criteria.truncate(1);
        }
        let path = [self.base.path.clone()];
        let below = |depth, traced: &mut Traced| {
            self.base.rules.iter().for_each(|rule| rule.put(depth, &path, which, traced));
        };
        match (criteria.pop(), criteria.is_empty()) {
            // A base that does not count is a ground that says nothing.
            (None, _) => below(1, &mut traced),
            (Some(one), true) => {
                traced.terms.criteria = one;
                traced.terms.effect = self.base.effect;
                traced.terms.directive = self.directive;
                below(1, &mut traced);
            }
            (Some(last), false) => {
                for criteria in criteria.into_iter().chain([last]) {
                    traced.terms.rules.push(Rule { depth: 1, effect: self.base.effect, criteria });
                    traced.origins.push((path.to_vec(), true));
                    below(2, &mut traced);
                }
            }
        }
        traced
    }

    /// The terms at a time, where this custodian releases, or one who is not known; and where each rule comes from. Their
    /// period is the time around it over which no rule begins or ends.
    pub(super) fn traced_at(&self, custodian: Option<&str>, now: i64) -> Result<Traced, ConsentError> {
        let (mut from, mut until) = (0, LAST);
        self.base.each(&mut |rule| {
            for bound in rule.validity.start.into_iter().chain(rule.validity.end) {
                let time = u64::try_from(bound).unwrap_or(0).min(LAST);
                if bound <= now {
                    from = time.max(from);
                } else {
                    until = time.min(until).max(1);
                }
            }
        });
        sound(
            self.trace(Which::At(now, custodian), Period { from: Timestamp(from), until: Timestamp(until) }),
        )
    }

    /// The terms at a time, where this custodian releases, or one who is not known. Their period is the time around it
    /// over which no rule begins or ends: before and after it they say nothing, and others are to be made.
    ///
    /// # Errors
    /// [`Unfaithful::NotActive`]; [`Unfaithful::Terms`] where what different meanings of data come to is more than terms can hold.
    pub fn terms_at(&self, custodian: Option<&str>, at: Timestamp) -> Result<Terms, ConsentError> {
        self.agreed()?;
        let now = i64::try_from(at.0).unwrap_or(i64::MAX);
        self.traced_at(custodian, now).map(|traced| traced.terms)
    }

    /// The terms as they stand on a ledger: for every time of their period, and whoever releases. What has no end ends with
    /// the year 9999, where FHIR's own dates do.
    ///
    /// # Errors
    /// [`Unfaithful::NotActive`], [`Unfaithful::NamesCustodian`], [`Unfaithful::PeriodOfItsOwn`], [`Unfaithful::NoLedgerTime`],
    /// [`Unfaithful::Terms`].
    pub fn terms(&self) -> Result<Terms, ConsentError> {
        self.agreed()?;
        let mut fault = None;
        let mut period: Option<(Interval, &str)> = None;
        let ground = self.is_ground();
        let mut first = true;
        self.base.each(&mut |rule| {
            let is_ground = core::mem::take(&mut first) && ground;
            if rule.data.is_empty() || is_ground || fault.is_some() {
                return;
            }
            if let Some(element) = &rule.who.custodian_at {
                fault = Some(Unfaithful::NamesCustodian { element: element.clone() });
                return;
            }
            let here = rule.period.as_deref();
            match period {
                None => period = Some((rule.validity, here.unwrap_or("Consent.provision.period"))),
                Some((validity, _)) if validity == rule.validity => {}
                Some((_, there)) => {
                    let element = String::from(here.unwrap_or(there));
                    fault = Some(Unfaithful::PeriodOfItsOwn { element });
                }
            }
        });
        if let Some(fault) = fault {
            return Err(fault.into());
        }
        let (validity, element) = period.unwrap_or((self.base.validity, "Consent.provision.period"));
        let time = |bound: i64| u64::try_from(bound).unwrap_or(0).min(LAST);
        let from = Timestamp(validity.start.map_or(0, time));
        let until = Timestamp(validity.end.map_or(LAST, time));
        if until == Timestamp(0) {
            return Err(Unfaithful::NoLedgerTime { element: element.into() }.into());
        }
        sound(self.trace(Which::All, Period { from, until })).map(|traced| traced.terms)
    }

    fn agreed(&self) -> Result<(), ConsentError> {
        match self.status {
            Status::Active => Ok(()),
            status => {
                Err(Unfaithful::NotActive { element: "Consent.status".into(), found: status.code().into() }
                    .into())
            }
        }
    }

    /// Whether the base is only the ground that permits stand on.
    pub(super) fn is_ground(&self) -> bool {
        self.base.effect == RuleEffect::Deny && !self.directive
    }

    /// Whether any rule, the base included, holds at a time; else whether all of that lies ahead.
    pub(super) fn in_force(&self, now: i64) -> Result<(), Silent> {
        let (mut now_held, mut ahead) = (false, true);
        self.base.each(&mut |rule| {
            now_held |= holds(&rule.validity, now);
            ahead &= rule.validity.start.is_some_and(|start| now < start);
        });
        match (now_held, ahead) {
            (true, _) => Ok(()),
            (false, true) => Err(Silent::NotYet),
            (false, false) => Err(Silent::Expired),
        }
    }
}

/// Why nothing holds at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Silent {
    NotYet,
    Expired,
}

fn sound(traced: Traced) -> Result<Traced, ConsentError> {
    match traced.terms.check() {
        Ok(()) => Ok(traced),
        Err(error) => Err(Unfaithful::Terms { element: "Consent.provision".into(), error }.into()),
    }
}
