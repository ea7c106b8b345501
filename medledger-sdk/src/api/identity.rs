//! An identity and its DID document.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::hash::{Did, KeyId};
use medledger_core::identity::{
    Control, DidDocument, KeyEntry, Kind, Status, VerificationMethod, did_key, did_to_text,
};

use super::text::Count;

/// An identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IdentityView {
    /// Its DID.
    pub did: String,
    /// `patient`, `practitioner`, `organisation` or `device`.
    pub kind: &'static str,
    /// `active` or `deactivated`.
    pub status: &'static str,
    /// Whether it is a member of the consortium.
    pub member: bool,
    /// Who sponsored it; null for those that the genesis names.
    pub sponsor: Option<String>,
    /// How often its controller has been rotated.
    pub rotations: Count,
    /// Its live keys.
    pub keys: Vec<KeyView>,
    /// Its DID document.
    pub document: DidDocumentView,
}

/// A key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyView {
    /// Its id.
    pub id: String,
    /// `controller` or `device`.
    pub role: &'static str,
    /// The key as did:key.
    pub did_key: String,
}

/// A DID document (W3C DID Core §6.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DidDocumentView {
    /// The contexts.
    #[serde(rename = "@context")]
    pub context: [&'static str; 2],
    /// The DID.
    pub id: String,
    /// All live keys.
    pub verification_method: Vec<MethodView>,
    /// Keys that sign what the identity says.
    pub assertion_method: Vec<String>,
    /// Keys that sign in.
    pub authentication: Vec<String>,
    /// The controller key.
    pub capability_invocation: Vec<String>,
    /// Keys that others encrypt to.
    pub key_agreement: Vec<MethodView>,
}

/// A key in a DID document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MethodView {
    /// Its name.
    pub id: String,
    /// `Multikey`.
    #[serde(rename = "type")]
    pub of_type: &'static str,
    /// Whose it is.
    pub controller: String,
    /// The key.
    pub public_key_multibase: String,
}

impl From<&VerificationMethod> for MethodView {
    fn from(method: &VerificationMethod) -> Self {
        let VerificationMethod { id, controller, public_key_multibase } = method.clone();
        Self { id, of_type: "Multikey", controller, public_key_multibase }
    }
}

impl From<&DidDocument> for DidDocumentView {
    fn from(document: &DidDocument) -> Self {
        let methods = |list: &[VerificationMethod]| list.iter().map(MethodView::from).collect();
        Self {
            context: ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
            id: document.id.clone(),
            verification_method: methods(&document.verification_method),
            assertion_method: document.assertion_method.clone(),
            authentication: document.authentication.clone(),
            capability_invocation: document.capability_invocation.clone(),
            key_agreement: methods(&document.key_agreement),
        }
    }
}

impl IdentityView {
    /// The view of an identity with the entries of its live keys.
    #[must_use]
    pub fn new(did: &Did, control: &Control, keys: &[(KeyId, KeyEntry)]) -> Self {
        let key = |(id, entry): &(KeyId, KeyEntry)| KeyView {
            id: id.to_string(),
            role: if control.controller == *id { "controller" } else { "device" },
            did_key: did_key(&entry.keys.signing),
        };
        Self {
            did: did_to_text(did),
            kind: kind(control.kind),
            status: status(control.status),
            member: control.member,
            sponsor: control.sponsor.as_ref().map(did_to_text),
            rotations: Count(control.rotations),
            keys: keys.iter().map(key).collect(),
            document: DidDocumentView::from(&DidDocument::new(did, control, keys)),
        }
    }
}

/// How an identity stands, in a word.
#[must_use]
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Active => "active",
        Status::Deactivated => "deactivated",
    }
}

/// What an identity is, in a word.
#[must_use]
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Patient => "patient",
        Kind::Practitioner => "practitioner",
        Kind::Organisation => "organisation",
        Kind::Device => "device",
    }
}
