//! What a release is judged on: the record as it stands, its facts, and all active consents.

use alloc::vec::Vec;

use medledger_core::access::{AccessError, Scope};
use medledger_core::consent::{
    CodeReach, Combined, CombinedReason, NameReach, PeriodReach, Reach, Request, combine,
};
use medledger_core::light::ProvenRecord;
use medledger_core::record::{BatchState, Commitments, Facts, RecordState, RecordStatus, Version};
use medledger_core::units::Timestamp;
use medledger_core::validate::{Standing, answers};

use super::HeldRecord;
use super::error::{Refusal, Refused};
use crate::access_proof::Proven;

/// The record that is held, as the ledger's state knows it: the session's subject's, and current.
pub(super) fn record<'a>(
    held: Option<&'a HeldRecord>,
    shown: Option<&ProvenRecord>,
    proven: &Proven,
    standing: &Standing,
) -> Result<(&'a HeldRecord, Commitments), Refusal> {
    let record = proven.question.record;
    let missing = Refused::NotHeld { record };
    // Whose it is comes first, whoever holds it.
    let owner = match (&proven.record, &proven.batch) {
        (Some(state), _) => state.subject,
        (None, Some(batch)) => batch.subject,
        (None, None) => return Err(missing.into()),
    };
    if owner != standing.session.request.subject {
        return Err(Refused::AnotherSubject { record }.into());
    }
    let (Some(held), Some(shown)) = (held, shown) else { return Err(missing.into()) };
    if shown.record != record || shown.subject != owner {
        return Err(missing.into());
    }
    let first;
    let state = match (&proven.record, &proven.batch) {
        (Some(state), _) => state,
        (None, Some(batch)) => {
            first = in_batch(held, batch).ok_or(missing.clone())?;
            &first
        }
        (None, None) => return Err(missing.into()),
    };
    if state.status == RecordStatus::EnteredInError {
        return Err(Refused::EnteredInError { record }.into());
    }
    let version = Version { record, version: shown.version, commitments: shown.commitments };
    if version.hash().ok() != Some(state.current) {
        return Err(missing.into());
    }
    Ok((held, shown.commitments))
}

fn in_batch(held: &HeldRecord, batch: &BatchState) -> Option<RecordState> {
    let member = held.proof.member.as_ref()?;
    let first = batch.first_version(held.batch()?, member.index, &member.commitments, &member.path);
    first.ok().map(|(_, state)| state)
}

/// That a record is inside a session's scope, and known to be.
pub(super) fn inside(scope: &Scope, facts: &Facts) -> Result<(), Refused> {
    let within = |what, within| if within { Ok(()) } else { Err(Refused::OutOfScope { what }) };
    within("types", scope.types.is_empty() || scope.types.contains(&facts.resource_type))?;
    let category = &facts.category;
    let all = !category.is_empty() && category.iter().all(|one| scope.categories.contains(one));
    within("categories", scope.categories.is_empty() || all)?;
    let covers = scope.period.is_none_or(|period| facts.clinical.is_some_and(|when| period.covers(&when)));
    within("clinical dates", covers)
}

/// How far a request for one record reaches: what its facts say is known, what they leave out is not.
///
/// Lists that the record itself bounds (type, categories, codes, related) are known also where they are empty. Authors are
/// unknown where none is named: every record has one. Labels are unknown where nobody assessed the record.
#[must_use]
pub fn reach(facts: &Facts) -> Reach {
    Reach {
        types: NameReach::Has { values: Vec::from([facts.resource_type.clone()]) },
        categories: CodeReach::Has { values: facts.category.clone() },
        codes: CodeReach::Has { values: facts.codes.clone() },
        labels: facts.labels.clone(),
        records: NameReach::Has { values: Vec::from([facts.reference.clone()]) },
        authors: match facts.authors.is_empty() {
            true => NameReach::Unknown,
            false => NameReach::Has { values: facts.authors.clone() },
        },
        related: NameReach::Has { values: facts.related.clone() },
        period: facts.clinical.map_or(PeriodReach::Unknown, |interval| PeriodReach::Within { interval }),
    }
}

/// What all active consents say to the release of a record with these facts, by the session's basis.
pub(super) fn decide(standing: &Standing, facts: &Facts, now: Timestamp) -> Combined {
    let session = &standing.session;
    let request = Request {
        requester: session.requester,
        organisation: session.request.organisation,
        roles: session.roles.clone(),
        action: session.request.action.clone(),
        purpose: session.request.purpose.clone(),
        reach: reach(facts),
    };
    combine(standing.basis, &answers(&standing.consents, &request, now))
}

/// The refusal that a combined answer stands for.
pub(super) const fn refusal(combined: &Combined) -> Option<AccessError> {
    match (combined.permitted, combined.reason, combined.consent) {
        (true, ..) => None,
        (false, CombinedReason::Denied(_), Some(consent)) => Some(AccessError::Denied { consent }),
        (false, ..) => Some(AccessError::NotPermitted),
    }
}
