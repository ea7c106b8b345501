//! What can't be read faithfully, and where.

use alloc::string::String;

use medledger_core::consent::TermsError;

use super::super::error::FhirError;

medledger_core::rules! {
    /// Why a Consent has no faithful reading, or terms no faithful writing. Every rule names the element as a FHIRPath.
    /// Nothing of such a Consent counts: neither what it permits nor what it denies.
    pub enum Unfaithful: FHR {
        /// Another resource.
        40 NotAConsent { element: String, found: String }:
            "the resource type is Consent",
            "{element} is {found}, not \"Consent\": give the Consent by itself";
        /// What may turn the meaning round.
        41 NotUnderstood { element: String }:
            "there is no modifierExtension and no implicitRules but those that are understood here",
            "{element} may change what the Consent means, and is not understood: nothing of it can be relied on";
        /// An element that is none of R4's Consent.
        42 UnknownElement { element: String }:
            "every element is one that FHIR R4 (4.0.1) gives its place",
            "{element} is no element of a FHIR R4 Consent: correct its name, or move it into an extension";
        /// An element of FHIR R5.
        43 NotR4 { element: String }:
            "the Consent is one of FHIR R4, not of R5",
            "{element} is an element of FHIR R5: convert the Consent to R4 first";
        /// Nothing to start from.
        44 NoBase { element: String }:
            "the root provision has a type, or policyRule is OPTIN or OPTOUT",
            "{element} does not say what holds where no rule does: give the root provision a type";
        /// Criteria that would mean the opposite of what they say.
        45 UntypedCriteria { element: String, all: String }:
            "a root provision without a type, under OPTIN, has no criterion but its period",
            "{all} would permit only what published examples mean to deny: give the root provision a type";
        /// A rule without its effect.
        46 NoType { element: String, found: String }:
            "a provision below the root has the type permit or deny, and the root one of them or none",
            "{element} is {found}: write permit or deny";
        /// Two things that can't both be true.
        47 Contradiction { element: String, why: &'static str }:
            "codes of one concept, and a reference and its type, do not contradict each other",
            "{element} contradicts itself: {why}";
        /// A part in the matter that is not known.
        48 UnknownRole { element: String, found: String }:
            "an actor's role is PRCP, IRCP or CST of v3-ParticipationType",
            "{element} is {found}: only PRCP, IRCP (who asks) and CST (who releases) are read";
        /// A deny that might not be noticed.
        49 UnknownCode { element: String, found: String }:
            "the codes of a provision that denies are of known systems, and known where the system is HL7's own",
            "{element} is {found}, which is not known here: the deny could not be kept";
        /// A deny of somebody or something that nobody knows.
        50 Unresolved { element: String, found: String }:
            "the references of a provision that denies can be resolved",
            "{element} ({found}) names nobody and nothing that is known: the deny could not be kept";
        /// A permit that never holds.
        51 EmptyPeriod { element: String }:
            "a period ends after it begins, and a permit's still does once zones and the periods around it are reckoned with",
            "{element} leaves no time in which the rule holds: correct it, or state the zone";
        /// Too many provisions.
        52 TooManyProvisions { element: String, limit: u64 }:
            "a Consent has at most 64 provisions below its base",
            "{element} is one provision too many, at most {limit} are read: split the Consent";
        /// Provisions in provisions.
        53 NestedTooDeeply { element: String, limit: u8 }:
            "provisions nest at most 4 deep below the base",
            "{element} is nested deeper than {limit} below the base: flatten the Consent";
        /// A meaning that is none.
        55 BadMeaning { element: String, found: String }:
            "the meaning of data is instance, related, dependents or authoredby",
            "{element} is {found}: write instance, related, dependents or authoredby";
        /// An element that must be there.
        56 Missing { element: String }:
            "what FHIR R4 demands of a provision is there, with its value",
            "{element} has no value";
        /// A period that terms have no place for.
        57 PeriodOfItsOwn { element: String }:
            "on a ledger all of a consent has one period",
            "{element} holds in another period than the rest, and a consent on the ledger has one: grant it in parts, or state the zone if only that is missing";
        /// A custodian that terms have no place for.
        58 NamesCustodian { element: String }:
            "on a ledger a consent holds for every custodian",
            "{element} depends on who releases, and a consent on the ledger holds for every custodian: leave the actor out";
        /// A time that no ledger has.
        59 NoLedgerTime { element: String }:
            "a consent on a ledger holds some time after 1970",
            "{element} ends before any ledger begins";
        /// Terms that don't read back.
        60 Unwritable { element: String, why: &'static str }:
            "terms that are written as a Consent read back as the same terms",
            "{element} can't be written as a FHIR R4 Consent: {why}";
        /// Terms that can't stand.
        61 Terms { element: String, error: TermsError }:
            "what a Consent reads as are sound terms",
            "{element}: {error}";
        /// Nothing that was agreed to, or no longer.
        62 NotActive { element: String, found: String }:
            "terms are made of a Consent whose status is active",
            "{element} is {found}: only what is active was agreed to and still is";
    }
}

impl Unfaithful {
    /// The element at fault, as a FHIRPath.
    #[must_use]
    pub fn element(&self) -> &str {
        match self {
            Self::NotAConsent { element, .. }
            | Self::NotUnderstood { element }
            | Self::UnknownElement { element }
            | Self::NotR4 { element }
            | Self::NoBase { element }
            | Self::UntypedCriteria { element, .. }
            | Self::NoType { element, .. }
            | Self::Contradiction { element, .. }
            | Self::UnknownRole { element, .. }
            | Self::UnknownCode { element, .. }
            | Self::Unresolved { element, .. }
            | Self::EmptyPeriod { element }
            | Self::TooManyProvisions { element, .. }
            | Self::NestedTooDeeply { element, .. }
            | Self::BadMeaning { element, .. }
            | Self::Missing { element }
            | Self::PeriodOfItsOwn { element }
            | Self::NamesCustodian { element }
            | Self::NoLedgerTime { element }
            | Self::Unwritable { element, .. }
            | Self::Terms { element, .. }
            | Self::NotActive { element, .. } => element,
        }
    }
}

/// Why a Consent can't be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConsentError {
    /// It is no sound FHIR JSON.
    #[error(transparent)]
    Json(#[from] FhirError),
    /// It has no faithful reading.
    #[error(transparent)]
    Unfaithful(#[from] Unfaithful),
}

impl ConsentError {
    /// The element at fault, as a FHIRPath.
    #[must_use]
    pub fn element(&self) -> Option<&str> {
        match self {
            Self::Json(error) => error.element(),
            Self::Unfaithful(error) => Some(error.element()),
        }
    }
}

medledger_core::coded!(ConsentError { Json, Unfaithful });
