//! One Consent's answer to one request, literally: what `medledger consent check` shows.

use alloc::string::String;
use alloc::vec::Vec;

use medledger_core::consent::{CodeReach, Effect, NameReach, PeriodReach, Reach, Reason, Request, decide};
use medledger_core::units::Interval;
use medledger_core::vocabulary::Coding;

use super::document::Status;
use super::error::ConsentError;
use super::reading::{Reading, Silent};
use super::references::Literally;
use crate::api::AnswerReason;

/// What is asked, and what is known. A fact that is not given is unknown.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The references of the requester, its organisation, its groups.
    pub actors: &'a [String],
    /// Its roles, of those that a Consent written from terms may name.
    pub roles: &'a [Coding],
    /// What for (HL7 v3 PurposeOfUse).
    pub purpose: &'a str,
    /// What is to be done (FHIR `consentaction`).
    pub action: &'a str,
    /// The record's resource type.
    pub class: &'a str,
    /// Its codes.
    pub codes: Option<&'a [Coding]>,
    /// Its labels; an empty list is one that was assessed and has none.
    pub labels: Option<&'a [Coding]>,
    /// Its reference.
    pub record: Option<&'a str>,
    /// Who wrote it.
    pub authors: Option<&'a [String]>,
    /// What it refers to.
    pub related: Option<&'a [String]>,
    /// When it happened.
    pub data_date: Option<Interval>,
    /// Who releases it.
    pub custodian: Option<&'a str>,
    /// When it is asked: milliseconds since 1970, either way.
    pub at: i64,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Whether it may be done: NotApplicable is no permit.
    pub permitted: bool,
    /// Why: one of [`REASONS`].
    pub reason: AnswerReason,
    /// The base and the provisions down to the one that decided, as FHIRPaths; empty where none applied.
    pub path: Vec<String>,
}

/// Every reason that [`check`](Reading::check) gives, with the effect and what it says.
pub const REASONS: &[(AnswerReason, &str, &str)] = &[
    (AnswerReason::PermitRule, "permit", "a provision permits, and none that stands beside it denies"),
    (AnswerReason::PermitBase, "permit", "the base permits, and no provision applies that says otherwise"),
    (AnswerReason::DenyRule, "deny", "a provision denies"),
    (AnswerReason::DenyDirective, "deny", "the root provision denies, and no provision applies that permits"),
    (AnswerReason::OnlyTheBase, "deny", "only OPTOUT applies, the ground that permits stand on"),
    (AnswerReason::NoMatch, "deny", "neither the base nor a provision applies to the request"),
    (AnswerReason::NotYet, "deny", "no provision is in force yet"),
    (AnswerReason::Expired, "deny", "no provision is in force any more"),
    (AnswerReason::NotActive, "deny", "the Consent's status is not active"),
];

impl Question<'_> {
    fn request(&self) -> Request {
        let names = |list: Option<&[String]>| match list {
            None => NameReach::Unknown,
            Some(values) => NameReach::Has { values: values.to_vec() },
        };
        let mut roles: Vec<Coding> = self.actors.iter().map(|actor| Literally::role(actor)).collect();
        roles.extend(self.roles.iter().cloned());
        Request {
            requester: Literally::NOBODY,
            organisation: None,
            roles,
            action: self.action.into(),
            purpose: self.purpose.into(),
            reach: Reach {
                types: NameReach::Has { values: [self.class.into()].into() },
                categories: CodeReach::Unknown,
                codes: match self.codes {
                    None => CodeReach::Unknown,
                    Some(values) => CodeReach::Has { values: values.to_vec() },
                },
                labels: self.labels.map(<[_]>::to_vec),
                records: match self.record {
                    None => NameReach::Unknown,
                    Some(record) => NameReach::Has { values: [record.into()].into() },
                },
                authors: names(self.authors),
                related: names(self.related),
                period: match self.data_date {
                    None => PeriodReach::Unknown,
                    Some(interval) => PeriodReach::Within { interval },
                },
            },
        }
    }
}

impl Reading {
    /// Decides. The Consent was read with [`Literally`].
    ///
    /// # Errors
    /// As [`Reading::terms_at`].
    pub fn check(&self, question: &Question<'_>) -> Result<Checked, ConsentError> {
        let base = || [self.base.path.clone()].to_vec();
        let no = |reason, path| Ok(Checked { permitted: false, reason, path });
        if self.status != Status::Active {
            return no(AnswerReason::NotActive, ["Consent.status".into()].to_vec());
        }
        match self.in_force(question.at) {
            Err(Silent::NotYet) => return no(Reason::NotYet.into(), base()),
            Err(Silent::Expired) => return no(Reason::Expired.into(), base()),
            Ok(()) => {}
        }
        let traced = self.traced_at(question.custodian, question.at)?;
        let decision = decide(&traced.terms, &question.request(), traced.terms.period.from);
        let origin = decision.path.last().and_then(|index| usize::try_from(*index).ok());
        let origin = origin.and_then(|index| traced.origins.get(index));
        let reason = match (decision.reason, origin) {
            (Reason::PermitRule, Some((_, true))) => Reason::PermitBase,
            (Reason::DenyRule, Some((_, true))) => Reason::DenyDirective,
            // A base that is out of force, or could never match, was no ground.
            (Reason::OnlyTheBase, _) if !self.is_ground() => Reason::NoMatch,
            (reason, _) => reason,
        };
        let path = match (reason, origin) {
            (Reason::NoMatch, _) => Vec::new(),
            (_, Some((path, _))) => path.clone(),
            (_, None) => base(),
        };
        let permitted = decision.effect == Effect::Permit;
        Ok(Checked { permitted, reason: reason.into(), path })
    }
}
