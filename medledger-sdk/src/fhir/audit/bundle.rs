//! A collection of resources, each under a URN that is the same in every export.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::codec::CodecError;
use medledger_core::units::Timestamp;

use super::element::instant;
use super::uuid::{urn, uuid};

/// A FHIR R4 Bundle of type `collection`. As JSON it is what `serde` makes of it, in the order of FHIR's elements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Collection<R> {
    #[serde(rename = "resourceType")]
    resource_type: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamp: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entry: Vec<Entry<R>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Entry<R> {
    #[serde(rename = "fullUrl")]
    full_url: String,
    resource: R,
}

/// A resource with the hash that it is named after.
pub(super) struct Named<R> {
    pub(super) hash: [u8; 32],
    pub(super) resource: R,
}

impl<R> Named<R> {
    /// A resource that is made with its own id.
    pub(super) fn new(hash: [u8; 32], make: impl FnOnce(String) -> R) -> Self {
        Self { hash, resource: make(uuid(&hash)) }
    }
}

impl<R> Collection<R> {
    /// As of a time of the ledger.
    pub(super) fn of(named: Vec<Named<R>>, as_of: Timestamp) -> Self {
        let entry = |named: Named<R>| Entry { full_url: urn(&named.hash), resource: named.resource };
        Self {
            resource_type: "Bundle",
            kind: "collection",
            timestamp: instant(as_of),
            entry: named.into_iter().map(entry).collect(),
        }
    }

    /// The Bundle in JSON.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`], which these resources never give.
    pub fn to_json(&self) -> Result<Vec<u8>, CodecError>
    where
        R: Serialize,
    {
        let why = |error: serde_json::Error| CodecError::Unencodable { of: "Bundle", why: error.to_string() };
        serde_json::to_vec(self).map_err(why)
    }

    /// How many resources there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entry.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entry.is_empty()
    }
}
