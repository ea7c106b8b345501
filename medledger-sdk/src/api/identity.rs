//! An identity and its DID document.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::hash::{Did, KeyId};
use medledger_core::identity::{
    Control, DidDocument as CoreDidDocument, KeyEntry, Kind, Status as CoreStatus,
    VerificationMethod as CoreVerificationMethod, did_key, did_to_text,
};

use super::parse::agreement_key_bytes;
use super::units::{Bytes, Count, words};

/// The contexts of a DID document (W3C DID Core §4.1, Multikey).
const CONTEXT: [&str; 2] = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"];

words! {
    /// What an identity is.
    pub enum IdentityKind {
        /// Whose records they are.
        Patient = "patient",
        /// A person who treats.
        Practitioner = "practitioner",
        /// A hospital, a laboratory, an authority.
        Organisation = "organisation",
        /// A thing.
        Device = "device",
    }
}

words! {
    /// How an identity stands.
    pub enum IdentityStatus {
        /// It can sign.
        Active = "active",
        /// It has ended.
        Deactivated = "deactivated",
    }
}

words! {
    /// What a key may do.
    pub enum KeyRole {
        /// Adds and revokes devices, deactivates.
        Controller = "controller",
        /// Signs consents, access and records.
        Device = "device",
    }
}

/// An identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// Its DID.
    pub did: String,
    /// What it is.
    pub kind: IdentityKind,
    /// How it stands.
    pub status: IdentityStatus,
    /// Whether it is a member of the consortium.
    pub member: bool,
    /// Who sponsored it; null for those that the genesis names.
    pub sponsor: Option<String>,
    /// How often its controller has been rotated.
    pub rotations: Count,
    /// Its live keys.
    pub keys: Vec<IdentityKey>,
    /// Its DID document.
    pub document: DidDocument,
}

/// A key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IdentityKey {
    /// Its id.
    pub id: String,
    /// What it may do.
    pub role: KeyRole,
    /// The key as did:key.
    pub did_key: String,
    /// What records are wrapped to for it: 32 bytes; null for a key that has none.
    pub agreement_key: Option<Bytes>,
}

/// A DID document (W3C DID Core §6.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DidDocument {
    /// The contexts.
    #[serde(rename = "@context")]
    pub context: Vec<String>,
    /// The DID.
    pub id: String,
    /// All live keys.
    pub verification_method: Vec<VerificationMethod>,
    /// Keys that sign what the identity says.
    pub assertion_method: Vec<String>,
    /// Keys that sign in.
    pub authentication: Vec<String>,
    /// The controller key.
    pub capability_invocation: Vec<String>,
    /// Keys that others encrypt to.
    pub key_agreement: Vec<VerificationMethod>,
}

/// A key in a DID document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VerificationMethod {
    /// Its name.
    pub id: String,
    /// `Multikey`.
    #[serde(rename = "type")]
    pub of_type: String,
    /// Whose it is.
    pub controller: String,
    /// The key.
    pub public_key_multibase: String,
}

impl From<&CoreVerificationMethod> for VerificationMethod {
    fn from(method: &CoreVerificationMethod) -> Self {
        let CoreVerificationMethod { id, controller, public_key_multibase } = method.clone();
        Self { id, of_type: "Multikey".to_string(), controller, public_key_multibase }
    }
}

impl From<&CoreDidDocument> for DidDocument {
    fn from(document: &CoreDidDocument) -> Self {
        let methods = |list: &[CoreVerificationMethod]| list.iter().map(VerificationMethod::from).collect();
        Self {
            context: CONTEXT.map(ToString::to_string).to_vec(),
            id: document.id.clone(),
            verification_method: methods(&document.verification_method),
            assertion_method: document.assertion_method.clone(),
            authentication: document.authentication.clone(),
            capability_invocation: document.capability_invocation.clone(),
            key_agreement: methods(&document.key_agreement),
        }
    }
}

impl Identity {
    /// The view of an identity with the entries of its live keys.
    #[must_use]
    pub fn new(did: &Did, control: &Control, keys: &[(KeyId, KeyEntry)]) -> Self {
        let key = |(id, entry): &(KeyId, KeyEntry)| IdentityKey {
            id: id.to_string(),
            role: if control.controller == *id { KeyRole::Controller } else { KeyRole::Device },
            did_key: did_key(&entry.keys.signing),
            agreement_key: entry.keys.agreement.as_ref().map(agreement_key_bytes).map(Bytes),
        };
        Self {
            did: did_to_text(did),
            kind: control.kind.into(),
            status: control.status.into(),
            member: control.member,
            sponsor: control.sponsor.as_ref().map(did_to_text),
            rotations: Count(control.rotations),
            keys: keys.iter().map(key).collect(),
            document: DidDocument::from(&CoreDidDocument::new(did, control, keys)),
        }
    }
}

impl From<CoreStatus> for IdentityStatus {
    fn from(status: CoreStatus) -> Self {
        match status {
            CoreStatus::Active => Self::Active,
            CoreStatus::Deactivated => Self::Deactivated,
        }
    }
}

impl From<Kind> for IdentityKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Patient => Self::Patient,
            Kind::Practitioner => Self::Practitioner,
            Kind::Organisation => Self::Organisation,
            Kind::Device => Self::Device,
        }
    }
}
