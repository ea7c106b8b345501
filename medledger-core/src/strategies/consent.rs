//! Consents and access sessions.

use alloc::string::String;
use alloc::vec::Vec;
use proptest::collection::vec as list_of;
use proptest::option;
use proptest::prelude::{Arbitrary, BoxedStrategy, Strategy, any};

use super::{arbitrary, ascending, list, text, word};
use crate::access::{
    AccessEntry, HeadState, LegalGround, LogAnchor, Scope, SessionBasis, SessionEvent, SessionHead,
    SessionLogEntry, SessionRefusal, SessionRequest, SessionState,
};
use crate::consent::{
    Actor, CodeReach, ConsentEntry, ConsentState, ConsentStatus, ConsentTerms, ConsentVersionOf, Criteria,
    Decision, Effect, Grant, NameReach, PeriodReach, Reach, Reason, Replacement, Request, Rule, RuleEffect,
    Terms,
};
use crate::crypto::AgreementKey;
use crate::hash::{
    AppRootHash, ConsentId, ConsentVersion, CredentialId, Did, GroundId, LogRoot, RecordId, RequestHash,
    SessionId,
};
use crate::merkle::ConsistencyProof;
use crate::units::{Height, Interval, Millis, Period, Timestamp};
use crate::vocabulary::{ACTIONS, Coding, OBLIGATIONS, purpose};

/// Texts from a list, ascending.
fn some_of(from: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    sorted(list_of(proptest::sample::select(from).prop_map(String::from), 0..3))
}

fn one_of(from: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(from).prop_map(String::from)
}

fn one_purpose() -> impl Strategy<Value = String> {
    proptest::sample::select(purpose::tree()).prop_map(|(code, _)| code.into())
}

fn purposes() -> impl Strategy<Value = Vec<String>> {
    sorted(list_of(one_purpose(), 0..3))
}

/// Names that may be those of resource types, ascending.
fn types() -> impl Strategy<Value = Vec<String>> {
    some_of(&["AllergyIntolerance", "Condition", "Immunization", "MedicationRequest", "Observation"])
}

fn names() -> impl Strategy<Value = Vec<String>> {
    sorted(list_of(word(), 0..3))
}

fn codings() -> impl Strategy<Value = Vec<Coding>> {
    ascending(Coding::clone)
}

fn sorted<T: Ord + core::fmt::Debug>(list: impl Strategy<Value = Vec<T>>) -> impl Strategy<Value = Vec<T>> {
    list.prop_map(|mut list| {
        list.sort_unstable();
        list.dedup();
        list
    })
}

/// Rules whose depths make a tree.
fn rules() -> impl Strategy<Value = Vec<Rule>> {
    list::<Rule>().prop_map(|mut rules| {
        let mut deepest = 1;
        for rule in &mut rules {
            rule.depth = rule.depth.clamp(1, deepest);
            deepest = rule.depth.saturating_add(1).min(4);
        }
        rules
    })
}

arbitrary! {
    enum RuleEffect { Permit, Deny }
    enum Actor {
        Identity { did: any::<Did>() },
        Organisation { did: any::<Did>() },
        Role { role: any::<Coding>() },
    }
    enum CodeReach { Unknown, Has { values: codings() }, Within { values: codings() } }
    enum NameReach { Unknown, Has { values: names() }, Within { values: names() } }
    enum PeriodReach { Unknown, Within { interval: any::<Interval>() } }
    enum Effect { Permit, Deny, NotApplicable }
    enum Reason {
        PermitRule,
        PermitBase,
        DenyRule,
        DenyDirective,
        NotYet,
        Expired,
        NoMatch,
        OnlyTheBase,
    }
    enum ConsentTerms { Open { terms: any::<Terms>() } }
    enum ConsentStatus { Active, Revoked }
    enum ConsentEntry {
        Granted { consent: any::<ConsentId>(), slot: slot(), version: any::<ConsentVersion>() },
        Amended {
            consent: any::<ConsentId>(),
            replaces: any::<ConsentVersion>(),
            version: any::<ConsentVersion>(),
        },
        Revoked { consent: any::<ConsentId>(), version: any::<ConsentVersion>() },
    }
    enum SessionBasis {
        Consent { consent: any::<ConsentId>(), version: any::<ConsentVersion>() },
        LegalGround { ground: any::<GroundId>() },
    }
    enum AccessEntry {
        Opened { session: any::<SessionId>(), state: any::<SessionState>() },
        Denied { requester: any::<Did>(), request: any::<SessionRequest>() },
        Closed {
            session: any::<SessionId>(),
            custodian: any::<Did>(),
            head: any::<LogRoot>(),
            count: any::<u64>(),
        },
    }
    enum SessionRefusal { SessionEnded, OutOfScope, NotPermitted, HeaderTooOld, NotHeld }
    enum SessionEvent {
        Released { record: any::<RecordId>() },
        Refused { record: any::<RecordId>(), why: any::<SessionRefusal>() },
    }
}

fn slot() -> impl Strategy<Value = u64> {
    0..256_u64
}

arbitrary! {
    struct Criteria {
        actors: ascending(Actor::clone),
        actions: some_of(ACTIONS),
        purposes: purposes(),
        types: types(),
        categories: codings(),
        codes: codings(),
        labels: codings(),
        records: names(),
        authors: names(),
        related: names(),
        data_period: any::<Option<Interval>>(),
    }
    struct Rule { depth: 1..=4_u64, effect: any::<RuleEffect>(), criteria: any::<Criteria>() }
    struct Terms {
        period: any::<Period>(),
        directive: any::<bool>(),
        effect: any::<RuleEffect>(),
        criteria: any::<Criteria>(),
        rules: rules(),
        obligations: some_of(OBLIGATIONS),
        uses: option::of(1..u64::MAX),
    }
    struct Reach {
        types: any::<NameReach>(),
        categories: any::<CodeReach>(),
        codes: any::<CodeReach>(),
        labels: option::of(codings()),
        records: any::<NameReach>(),
        authors: any::<NameReach>(),
        related: any::<NameReach>(),
        period: any::<PeriodReach>(),
    }
    struct Request {
        requester: any::<Did>(),
        organisation: any::<Option<Did>>(),
        roles: codings(),
        action: one_of(ACTIONS),
        purpose: one_purpose(),
        reach: any::<Reach>(),
    }
    struct Decision {
        effect: any::<Effect>(),
        reason: any::<Reason>(),
        path: list(),
        obligations: some_of(OBLIGATIONS),
    }
    struct Grant { slot: slot(), terms: any::<ConsentTerms>() }
    struct Replacement {
        consent: any::<ConsentId>(),
        replaces: any::<ConsentVersion>(),
        terms: any::<ConsentTerms>(),
    }
    struct ConsentState {
        subject: any::<Did>(),
        slot: slot(),
        version: 1..u64::MAX,
        current: any::<ConsentVersion>(),
        status: any::<ConsentStatus>(),
        used: any::<u64>(),
        terms: any::<ConsentTerms>(),
    }
    struct ConsentVersionOf {
        consent: any::<ConsentId>(),
        version: 1..u64::MAX,
        terms: any::<ConsentTerms>(),
    }
    struct LegalGround {
        name: text().prop_map(|name| if name.is_empty() { "a law".into() } else { name }),
        organisation: any::<Did>(),
        role: any::<Option<Coding>>(),
        purpose: one_purpose(),
        types: types(),
        longest: (1..u64::MAX).prop_map(Millis),
        overrides_deny: any::<bool>(),
    }
    struct Scope { types: types(), categories: codings(), period: any::<Option<Interval>>() }
    struct SessionRequest {
        subject: any::<Did>(),
        organisation: any::<Option<Did>>(),
        credentials: ascending(|id: &CredentialId| *id),
        custodians: ascending(|did: &Did| *did),
        basis: any::<SessionBasis>(),
        action: one_of(ACTIONS),
        purpose: one_purpose(),
        scope: any::<Scope>(),
        key: any::<AgreementKey>(),
        until: any::<Timestamp>(),
    }
    struct SessionState {
        requester: any::<Did>(),
        roles: codings(),
        opened: any::<Timestamp>(),
        not_after: any::<Timestamp>(),
        request: any::<SessionRequest>(),
    }
    struct SessionLogEntry {
        session: any::<SessionId>(),
        custodian: any::<Did>(),
        number: any::<u64>(),
        time: any::<Timestamp>(),
        height: any::<Height>(),
        header: any::<AppRootHash>(),
        request: any::<RequestHash>(),
        event: any::<SessionEvent>(),
    }
    struct SessionHead {
        session: any::<SessionId>(),
        head: any::<LogRoot>(),
        count: any::<u64>(),
        continues: any::<ConsistencyProof>(),
        closes: any::<bool>(),
    }
    struct LogAnchor { heads: ascending(|head: &SessionHead| head.session) }
    struct HeadState {
        head: any::<LogRoot>(),
        count: any::<u64>(),
        closed: any::<bool>(),
        anchored: any::<Timestamp>(),
    }
}

impl Arbitrary for Period {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;
    fn arbitrary_with((): ()) -> Self::Strategy {
        (0..u64::MAX, 1..u64::MAX)
            .prop_map(|(from, span)| Self {
                from: Timestamp(from),
                until: Timestamp(from.saturating_add(span)),
            })
            .boxed()
    }
}
