//! Who asks for what.

use alloc::string::String;
use alloc::vec::Vec;

use crate::hash::Did;
use crate::units::Interval;
use crate::vocabulary::Coding;

wire! {
    /// How far a request reaches in one respect that is named by codes.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub enum CodeReach {
        /// Not known of the record, or not bounded by a request over a set.
        #[default]
        0 => Unknown,
        /// The record has just these.
        1 => Has {
            /// Possibly none.
            values: Vec<Coding>,
        },
        /// Each record asked for has one of these and no other.
        2 => Within {
            /// At least one.
            values: Vec<Coding>,
        },
    }
}

wire! {
    /// How far a request reaches in one respect that is named by texts.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub enum NameReach {
        /// Not known of the record, or not bounded by a request over a set.
        #[default]
        0 => Unknown,
        /// The record has just these.
        1 => Has {
            /// Possibly none.
            values: Vec<String>,
        },
        /// Each record asked for has one of these and no other.
        2 => Within {
            /// At least one.
            values: Vec<String>,
        },
    }
}

wire! {
    /// When what is asked for happened clinically.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum PeriodReach {
        /// Not known, or not bounded.
        #[default]
        0 => Unknown,
        /// All of it in this interval.
        1 => Within {
            /// The interval.
            interval: Interval,
        },
    }
}

wire! {
    /// What is asked for: one record with what is known of it, or a set.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Reach {
        /// Resource types.
        pub types: NameReach,
        /// Categories.
        pub categories: CodeReach,
        /// Codes.
        pub codes: CodeReach,
        /// Security labels of the record: `None` when nobody assessed it, or for a set.
        pub labels: Option<Vec<Coding>>,
        /// The record itself.
        pub records: NameReach,
        /// Its authors.
        pub authors: NameReach,
        /// What it refers to.
        pub related: NameReach,
        /// When it happened.
        pub period: PeriodReach,
    }
}

wire! {
    /// A request to do something with somebody's records.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Request {
        /// Who asks.
        pub requester: Did,
        /// For which organisation.
        pub organisation: Option<Did>,
        /// In which roles, of those that live credentials give.
        pub roles: Vec<Coding>,
        /// What is to be done (FHIR `consentaction`).
        pub action: String,
        /// What for (HL7 v3 PurposeOfUse).
        pub purpose: String,
        /// With what.
        pub reach: Reach,
    }
}
