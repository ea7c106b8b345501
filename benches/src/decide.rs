//! `decide` over the consents of a subject: how the price of one grows with their number.

use medledger_core::consent::{
    Actor, Answer, Basis, Criteria, NameReach, Reach, Request, Rule, RuleEffect, Terms, combine, decide,
};
use medledger_core::hash::{ConsentId, Did, Tag, hash};
use medledger_core::units::{Period, Timestamp};
use medledger_core::vocabulary::Coding;

use crate::report::{Outcome, Report, time};

/// Requests in one run.
const REQUESTS: u32 = 2_000;

fn did(n: u32) -> Did {
    Did(hash(Tag::Did, &[&n.to_be_bytes()]))
}

fn id(n: u32) -> ConsentId {
    ConsentId(hash(Tag::ConsentId, &[&n.to_be_bytes()]))
}

/// A consent such as a patient's: treatment by an organisation, but not its psychiatric notes, nor by one person.
fn consent(n: u32) -> Terms {
    let who = |did| Criteria { actors: vec![Actor::Identity { did }], ..Criteria::default() };
    let notes = Coding::new("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PSY");
    Terms {
        period: Period { from: Timestamp(0), until: Timestamp(u64::MAX) },
        directive: false,
        effect: RuleEffect::Permit,
        criteria: Criteria {
            actors: vec![Actor::Organisation { did: did(n) }],
            purposes: vec!["TREAT".into()],
            ..Criteria::default()
        },
        rules: vec![
            Rule {
                depth: 1,
                effect: RuleEffect::Deny,
                criteria: Criteria { labels: vec![notes], ..Criteria::default() },
            },
            Rule { depth: 2, effect: RuleEffect::Permit, criteria: who(did(n.wrapping_add(1_000))) },
            Rule { depth: 1, effect: RuleEffect::Deny, criteria: who(did(n.wrapping_add(2_000))) },
        ],
        obligations: Vec::new(),
        uses: None,
    }
}

/// Requests by somebody of the last organisation that has a consent.
fn look(consents: &[Terms]) -> Outcome<std::time::Duration> {
    let last = u32::try_from(consents.len())?.saturating_sub(1);
    let request = Request {
        requester: did(9_999),
        organisation: Some(did(last)),
        roles: Vec::new(),
        action: "access".into(),
        purpose: "ETREAT".into(),
        reach: Reach {
            types: NameReach::Has { values: vec!["Observation".into()] },
            labels: Some(Vec::new()),
            ..Reach::default()
        },
    };
    let ids: Vec<ConsentId> = (0..=last).map(id).collect();
    let mut permitted = 0_u32;
    let took = time(|| {
        for at in 0..REQUESTS {
            let answers: Vec<Answer> = consents
                .iter()
                .zip(&ids)
                .map(|(terms, consent)| Answer {
                    consent: *consent,
                    decision: decide(terms, &request, Timestamp(u64::from(at))),
                })
                .collect();
            permitted =
                permitted.saturating_add(u32::from(combine(Basis::Consent(id(last)), &answers).permitted));
        }
    });
    if permitted == REQUESTS { Ok(took) } else { Err("a request of the bench was denied".into()) }
}

/// The price of one consent among 16 and among 256, to that of one alone: below 1 it would grow with their number.
pub fn run(report: &mut Report) -> Outcome<()> {
    let consents: Vec<Terms> = (0..256).map(consent).collect();
    let of = |n: usize| consents.get(..n).unwrap_or_default();
    for (name, many) in [("decide_each_of_16_vs_1", 16_u32), ("decide_each_of_256_vs_1", 256)] {
        let all = of(usize::try_from(many)?);
        report.compare(name, REQUESTS, || Ok(look(all)? / many), || look(of(1)))?;
    }
    Ok(())
}
