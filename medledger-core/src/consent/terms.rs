//! The terms of a consent.

use alloc::string::String;
use alloc::vec::Vec;

use crate::hash::Did;
use crate::limits::{CONSENT_DEPTH, CONSENT_RULES};
use crate::units::{Interval, Period, Timestamp};
use crate::vocabulary::{ACTIONS, Coding, OBLIGATIONS, is_resource_type, labels, purpose};

rules! {
    /// Why terms can't stand on a ledger.
    pub enum TermsError: CON {
        /// A period without a millisecond in it.
        1 EmptyPeriod { from: Timestamp, until: Timestamp }:
            "a validity period ends after it begins",
            "the validity period [{from}, {until}) is empty or reversed";
        /// Too many rules.
        2 TooManyRules { actual: u64, limit: u64 }:
            "a consent has at most 64 rules",
            "{actual} rules, at most {limit} are allowed";
        /// Depths that are no tree.
        3 BadDepth { rule: u64, depth: u64 }:
            "the first rule is at depth 1, each further one at most one level deeper than the one before, and none deeper than 4",
            "rule {rule} is at depth {depth}, where it has no parent or is too deep";
        /// A purpose that is not in the tree.
        4 UnknownPurpose { code: String }:
            "purposes are codes of HL7 v3 PurposeOfUse",
            "{code} is not a purpose of use that is known here";
        /// An action that is not FHIR's.
        5 UnknownAction { code: String }:
            "actions are codes of FHIR's consentaction",
            "{code} is not a consent action";
        /// A type that can't be one.
        6 BadResourceType { name: String }:
            "resource types are names of FHIR resource types",
            "{name} can't be the name of a FHIR resource type";
        /// Terms that would disclose.
        7 MustBeSealed { criterion: &'static str }:
            "open terms never name labels, codes, single records, authors or related ones",
            "open terms can't name {criterion}, which everybody could read: such terms are sealed";
        /// A data period without a millisecond in it.
        8 EmptyDataPeriod:
            "the data's own period ends after it begins",
            "a criterion's data period is empty or reversed";
        /// An obligation that is not known.
        9 UnknownObligation { code: String }:
            "obligations are codes of HL7 v3 ObligationPolicy",
            "{code} is not an obligation that is known here";
        /// No use at all.
        10 NoUses:
            "a consent that counts its uses has at least one",
            "a consent of 0 uses permits nothing: leave the number out, or say how many";
        /// A list that is not a set.
        11 NotASet { criterion: &'static str }:
            "the lists of a criterion ascend, without doubles",
            "the list of {criterion} does not ascend, or names one twice";
    }
}

wire! {
    /// What a rule says where it applies.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum RuleEffect {
        /// It may be done.
        1 => Permit,
        /// It may not.
        2 => Deny,
    }
}

wire! {
    /// Who is meant.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Actor {
        /// One identity.
        1 => Identity {
            /// The requester's.
            did: Did,
        },
        /// Everybody who acts for an organisation.
        2 => Organisation {
            /// The organisation.
            did: Did,
        },
        /// Everybody with a role that a live credential gives.
        3 => Role {
            /// The role.
            role: Coding,
        },
    }
}

wire! {
    /// Where a base or a rule applies. The criteria are joined by *and*, the entries of a list by *or*; an empty list is
    /// no criterion. Each list ascends.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Criteria {
        /// Who.
        pub actors: Vec<Actor>,
        /// What is done (FHIR `consentaction`).
        pub actions: Vec<String>,
        /// What for (HL7 v3 PurposeOfUse), with all that it subsumes.
        pub purposes: Vec<String>,
        /// Resource types.
        pub types: Vec<String>,
        /// Categories.
        pub categories: Vec<Coding>,
        /// Codes found in a record.
        pub codes: Vec<Coding>,
        /// Security labels.
        pub labels: Vec<Coding>,
        /// Single records, by reference.
        pub records: Vec<String>,
        /// Who wrote it, by reference.
        pub authors: Vec<String>,
        /// What it refers to, by reference.
        pub related: Vec<String>,
        /// When it happened clinically.
        pub data_period: Option<Interval>,
    }
}

wire! {
    /// A rule: an exception to its ancestors.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Rule {
        /// 1 below the base; the parent is the nearest earlier rule one level up.
        pub depth: u64,
        /// What it says.
        pub effect: RuleEffect,
        /// Where.
        pub criteria: Criteria,
    }
}

wire! {
    /// The terms of a consent.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Terms {
        /// When they are in force.
        pub period: Period,
        /// Whether the base's deny is a deny for every consent (a directive), or only the ground that this one's permits
        /// stand on.
        pub directive: bool,
        /// What the base says.
        pub effect: RuleEffect,
        /// Where the base applies.
        pub criteria: Criteria,
        /// The exceptions, in pre-order.
        pub rules: Vec<Rule>,
        /// What a permit obliges to (HL7 v3 ObligationPolicy), ascending.
        pub obligations: Vec<String>,
        /// How many sessions it permits; `None` for any number.
        pub uses: Option<u64>,
    }
}

impl Terms {
    /// Checks terms that are to stand open on a ledger.
    ///
    /// # Errors
    /// [`TermsError`] with the first fault: period, base, rules in their order, obligations, uses.
    pub fn check_open(&self) -> Result<(), TermsError> {
        self.check()?;
        self.criteria.check_open()?;
        self.rules.iter().try_for_each(|rule| rule.criteria.check_open())
    }

    /// Checks terms wherever they are kept.
    ///
    /// # Errors
    /// [`TermsError`].
    pub fn check(&self) -> Result<(), TermsError> {
        let Period { from, until } = self.period;
        if from >= until {
            return Err(TermsError::EmptyPeriod { from, until });
        }
        let actual = u64::try_from(self.rules.len()).unwrap_or(u64::MAX);
        if actual > CONSENT_RULES {
            return Err(TermsError::TooManyRules { actual, limit: CONSENT_RULES });
        }
        self.criteria.check()?;
        let mut deepest = 1;
        for (index, rule) in (0_u64..).zip(&self.rules) {
            if rule.depth == 0 || rule.depth > deepest || rule.depth > u64::from(CONSENT_DEPTH) {
                return Err(TermsError::BadDepth { rule: index, depth: rule.depth });
            }
            deepest = rule.depth.saturating_add(1);
            rule.criteria.check()?;
        }
        if let Some(code) = self.obligations.iter().find(|code| !OBLIGATIONS.contains(&code.as_str())) {
            return Err(TermsError::UnknownObligation { code: code.clone() });
        }
        set("obligations", &self.obligations)?;
        if self.uses == Some(0) { Err(TermsError::NoUses) } else { Ok(()) }
    }
}

impl Criteria {
    fn check(&self) -> Result<(), TermsError> {
        if let Some(code) = self.purposes.iter().find(|code| !purpose::is_known(code)) {
            return Err(TermsError::UnknownPurpose { code: code.clone() });
        }
        if let Some(code) = self.actions.iter().find(|code| !ACTIONS.contains(&code.as_str())) {
            return Err(TermsError::UnknownAction { code: code.clone() });
        }
        if let Some(name) = self.types.iter().find(|name| !is_resource_type(name)) {
            return Err(TermsError::BadResourceType { name: name.clone() });
        }
        if self.data_period.is_some_and(|period| !period.is_proper()) {
            return Err(TermsError::EmptyDataPeriod);
        }
        set("actors", &self.actors)?;
        set("actions", &self.actions)?;
        set("purposes", &self.purposes)?;
        set("types", &self.types)?;
        set("categories", &self.categories)?;
        set("codes", &self.codes)?;
        set("labels", &self.labels)?;
        set("records", &self.records)?;
        set("authors", &self.authors)?;
        set("related", &self.related)
    }

    fn check_open(&self) -> Result<(), TermsError> {
        let named = [
            ("labels", !self.labels.is_empty() || self.categories.iter().any(labels::is_label)),
            ("codes", !self.codes.is_empty()),
            ("records", !self.records.is_empty()),
            ("authors", !self.authors.is_empty()),
            ("related ones", !self.related.is_empty()),
        ];
        match named.into_iter().find(|(_, is_named)| *is_named) {
            Some((criterion, _)) => Err(TermsError::MustBeSealed { criterion }),
            None => Ok(()),
        }
    }
}

fn set<T: Ord>(criterion: &'static str, list: &[T]) -> Result<(), TermsError> {
    if list.is_sorted_by(|a, b| a < b) { Ok(()) } else { Err(TermsError::NotASet { criterion }) }
}
