//! What is wrong with a bundle, and where.

use alloc::string::String;

use medledger_core::record::commitment::CommitmentError;

medledger_core::rules! {
    /// Why a bundle can't be imported. Every rule names the element, as a FHIRPath such as
    /// `Bundle.entry[3].resource.effectiveDateTime`, and nothing of a broken bundle is imported.
    pub enum FhirError: FHR {
        /// More bytes than the limits allow.
        1 TooLarge { element: String, actual: u64, limit: u64 }:
            "a bundle is at most as many bytes long as its limit says",
            "{element}: {actual} bytes, at most {limit} are read: split the bundle";
        /// Not JSON.
        2 Syntax { element: String, offset: u64, wrong: String }:
            "a bundle is one JSON text (RFC 8259) without a byte order mark",
            "{element}: not JSON, {wrong} at byte {offset}: export the bundle again";
        /// A string that is not Unicode text.
        3 NotUnicode { element: String, offset: u64 }:
            "strings are Unicode: well-formed UTF-8, surrogates in pairs",
            "{element}: the string that ends before byte {offset} is not Unicode: write it as UTF-8";
        /// A key that occurs twice in one object.
        4 DuplicateKey { element: String }:
            "an object has each key once",
            "{element} occurs twice in one object: keep the one that is meant";
        /// Objects and arrays nested too deeply.
        5 TooDeep { element: String, limit: u8 }:
            "objects and arrays nest at most as deep as the limit says",
            "{element} is nested deeper than {limit}: no FHIR resource needs that, export the bundle again";
        /// A string, key or number too long.
        6 StringTooLong { element: String, actual: u64, limit: u64 }:
            "strings, keys and numbers are at most as long as the limit says; an element `data` has a limit of its own",
            "{element} has {actual} bytes, at most {limit} are taken: put large content into an Attachment or a Binary";
        /// Too many values in all.
        7 TooManyValues { element: String, limit: u64 }:
            "a bundle has at most as many JSON values as the limit says",
            "{element} is beyond the first {limit} values of the bundle: split the bundle";
        /// Something other than a bundle.
        8 NotABundle { element: String, found: String }:
            "the resource type is Bundle",
            "{element} is {found}, not \"Bundle\": wrap single resources in a Bundle";
        /// No Patient, or several.
        9 PatientCount { element: String, found: u64 }:
            "a bundle has exactly one Patient",
            "{element} holds {found} Patient resources, exactly 1 is needed: export one patient at a time";
        /// An entry without a resource.
        10 NoResource { element: String }:
            "every entry has a resource",
            "{element} is missing: remove entries that carry none, such as deletions";
        /// A resource type that can't be one.
        11 BadType { element: String, found: String }:
            "a resource type is an upper-case letter and 1 to 63 more letters",
            "{element} is {found}, which is no resource type: write its FHIR name, such as \"Observation\"";
        /// An id that can't be one.
        12 BadId { element: String, found: String }:
            "an id is 1 to 64 letters, digits, hyphens and full stops",
            "{element} is {found}: an id has 1 to 64 of A-Z, a-z, 0-9, \"-\" and \".\"";
        /// Two resources of the same type and id.
        13 DuplicateId { element: String, found: String }:
            "no two resources have the same type and id",
            "{element}: {found} is in the bundle already: keep one version of it";
        /// Two entries with the same fullUrl.
        14 DuplicateFullUrl { element: String, found: String }:
            "no two entries have the same fullUrl",
            "{element}: {found} names an earlier entry already: give each entry its own";
        /// A resource too large.
        15 ResourceTooLarge { element: String, actual: u64, limit: u64 }:
            "a resource in canonical form is at most as many bytes long as the limit says",
            "{element} has {actual} bytes, at most {limit} are taken: move attachments into Binary resources";
        /// A date that is none.
        16 BadDate { element: String, found: String, wrong: super::date::DateFault }:
            "dates are FHIR dates, dateTimes or instants that exist in the calendar",
            "{element} is {found}: {wrong}";
        /// An interval that ends before it starts.
        17 BadPeriod { element: String }:
            "a clinical period does not end before it starts",
            "{element} lies before the start: correct one of the two";
        /// A value of the wrong JSON type.
        18 WrongShape { element: String, expected: &'static str }:
            "the elements that facts come from have the JSON type that FHIR gives them",
            "{element} is not {expected}: correct its JSON type";
        /// A resource that can't be named.
        19 NoReference { element: String }:
            "a resource has an id, or its entry a fullUrl",
            "{element} has no id and its entry no fullUrl: give it one, or nothing can refer to it";
        /// Facts that can't be committed to.
        20 Facts { element: String, error: CommitmentError }:
            "a resource's facts can be committed to",
            "{element}: {error}";
        /// More records than one export tells singly.
        70 TooManyRecords { found: u64, limit: u64 }:
            "an export of Provenances names at most as many records as its limit says",
            "the timeline has {found} records or more, at most {limit} are told one by one: export a proof instead";
    }
}

impl FhirError {
    /// The element at fault, as a FHIRPath.
    #[must_use]
    pub fn element(&self) -> Option<&str> {
        match self {
            Self::TooLarge { element, .. }
            | Self::Syntax { element, .. }
            | Self::NotUnicode { element, .. }
            | Self::DuplicateKey { element }
            | Self::TooDeep { element, .. }
            | Self::StringTooLong { element, .. }
            | Self::TooManyValues { element, .. }
            | Self::NotABundle { element, .. }
            | Self::PatientCount { element, .. }
            | Self::NoResource { element }
            | Self::BadType { element, .. }
            | Self::BadId { element, .. }
            | Self::DuplicateId { element, .. }
            | Self::DuplicateFullUrl { element, .. }
            | Self::ResourceTooLarge { element, .. }
            | Self::BadDate { element, .. }
            | Self::BadPeriod { element }
            | Self::WrongShape { element, .. }
            | Self::NoReference { element }
            | Self::Facts { element, .. } => Some(element),
            Self::TooManyRecords { .. } => None,
        }
    }
}
