//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{value, word};

word! {
    /// How a consent stands at a time.
    ConsentStanding = medledger_sdk::api::consent::ConsentStanding {
        /// In force.
        Active,
        /// Not yet in force.
        Pending,
        /// Its period is over.
        Ended,
        /// Its uses are used up.
        Spent,
        /// Taken back.
        Revoked,
    }
}

word! {
    /// Why something is permitted or denied.
    AnswerReason = medledger_sdk::api::consent::AnswerReason {
        /// A permit rule covers the request.
        PermitRule,
        /// The base covers it.
        PermitBase,
        /// A deny rule touches it.
        DenyRule,
        /// The base of a directive touches it.
        DenyDirective,
        /// Before the period.
        NotYet,
        /// After it.
        Expired,
        /// Nothing applies.
        NoMatch,
        /// Only a grant's base deny was reached, which does not deny.
        OnlyTheBase,
        /// A registered ground.
        LegalGround,
        /// A registered ground, over a deny.
        LegalGroundOverrides,
        /// The consent that was named is not among the active ones.
        NotActive,
    }
}

value! {
    /// A consent.
    Consent = medledger_sdk::api::consent::Consent {
        /// Its id.
        consent: String,
        /// Whose.
        subject: String,
        /// Its slot.
        slot: u64,
        /// Which version, from 1.
        version: u64,
        /// That version's hash.
        version_hash: String,
        /// How it stands at the time that was asked about.
        status: crate::ConsentStanding,
        /// When it is in force.
        period: crate::Period,
        /// Whether its base's deny is a deny for every consent.
        directive: bool,
        /// What the base says.
        effect: crate::Effect,
        /// Where the base applies.
        criteria: crate::Criteria,
        /// The exceptions, in pre-order.
        #[uniffi(default = [])]
        rules: Vec<crate::Rule>,
        /// What a permit obliges to.
        #[uniffi(default = [])]
        obligations: Vec<String>,
        /// How many sessions it permits; null for any number.
        #[uniffi(default = None)]
        uses: Option<u64>,
        /// How many were permitted on it.
        used: u64,
    }
}

value! {
    /// A rule of a consent.
    Rule = medledger_sdk::api::consent::Rule {
        /// 1 below the base.
        depth: u64,
        /// What it says.
        effect: crate::Effect,
        /// Where.
        criteria: crate::Criteria,
    }
}

value! {
    /// Where a base or a rule applies; an empty list is no criterion.
    Criteria = medledger_sdk::api::consent::Criteria {
        /// Who.
        #[uniffi(default = [])]
        actors: Vec<crate::Actor>,
        /// What is done.
        #[uniffi(default = [])]
        actions: Vec<String>,
        /// What for.
        #[uniffi(default = [])]
        purposes: Vec<String>,
        /// Resource types.
        #[uniffi(default = [])]
        types: Vec<String>,
        /// Categories.
        #[uniffi(default = [])]
        categories: Vec<crate::Coding>,
        /// Codes.
        #[uniffi(default = [])]
        codes: Vec<crate::Coding>,
        /// Security labels.
        #[uniffi(default = [])]
        labels: Vec<crate::Coding>,
        /// Single records.
        #[uniffi(default = [])]
        records: Vec<String>,
        /// Authors.
        #[uniffi(default = [])]
        authors: Vec<String>,
        /// What is referred to.
        #[uniffi(default = [])]
        related: Vec<String>,
        /// When it happened.
        #[uniffi(default = None)]
        data_period: Option<crate::Interval>,
    }
}

value! {
    /// Who is meant: just one of these is not null.
    Actor = medledger_sdk::api::consent::Actor {
        /// One identity.
        #[uniffi(default = None)]
        identity: Option<String>,
        /// Everybody who acts for an organisation.
        #[uniffi(default = None)]
        organisation: Option<String>,
        /// Everybody with a role.
        #[uniffi(default = None)]
        role: Option<crate::Coding>,
    }
}

value! {
    /// What all active consents answered.
    Answer = medledger_sdk::api::consent::Answer {
        /// What it is.
        effect: crate::Effect,
        /// Why.
        reason: crate::AnswerReason,
        /// The consent that decided.
        #[uniffi(default = None)]
        consent: Option<String>,
        /// The rule path in it, as indexes.
        #[uniffi(default = [])]
        path: Vec<u64>,
        /// What a permit obliges to.
        #[uniffi(default = [])]
        obligations: Vec<String>,
    }
}
