//! An identity as a W3C DID document (DID Core §5), as a view: what to show, not what is signed.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::control::{Control, KeyEntry, Status};
use super::did::{did_to_text, multibase};
use crate::crypto::AgreementKey;
use crate::hash::{Did, KeyId};

/// A key in a DID document, of type `Multikey`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerificationMethod {
    /// `did#key id in hexadecimal digits`.
    pub id: String,
    /// The DID that it belongs to.
    pub controller: String,
    /// The key: multicodec prefix and bytes, in multibase base58btc.
    pub public_key_multibase: String,
}

/// A DID document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DidDocument {
    /// The DID.
    pub id: String,
    /// Whether the identity was deactivated (DID resolution's metadata).
    pub deactivated: bool,
    /// All live keys.
    pub verification_method: Vec<VerificationMethod>,
    /// Ids of the device keys: they sign what the identity says.
    pub assertion_method: Vec<String>,
    /// Ids of the device keys: they sign in.
    pub authentication: Vec<String>,
    /// The controller key: it changes the document.
    pub capability_invocation: Vec<String>,
    /// Keys that others encrypt to.
    pub key_agreement: Vec<VerificationMethod>,
}

impl DidDocument {
    /// The document of an identity, given the entries of its live keys (any others are left out).
    #[must_use]
    pub fn new(did: &Did, control: &Control, keys: &[(KeyId, KeyEntry)]) -> Self {
        let id = did_to_text(did);
        let deactivated = control.status == Status::Deactivated;
        let mut document = Self {
            id: id.clone(),
            deactivated,
            verification_method: Vec::new(),
            assertion_method: Vec::new(),
            authentication: Vec::new(),
            capability_invocation: Vec::new(),
            key_agreement: Vec::new(),
        };
        if deactivated {
            return document;
        }
        for (key, entry) in keys {
            let device = control.devices.binary_search(key).is_ok();
            if !device && control.controller != *key {
                continue;
            }
            let method = format!("{id}#{key}");
            document.verification_method.push(VerificationMethod {
                id: method.clone(),
                controller: id.clone(),
                public_key_multibase: multibase(&entry.keys.signing),
            });
            if device {
                document.assertion_method.push(method.clone());
                document.authentication.push(method);
            } else {
                document.capability_invocation.push(method);
            }
            if let Some(AgreementKey::X25519 { bytes }) = &entry.keys.agreement {
                let mut multikey = Vec::from([0xec, 0x01]);
                multikey.extend_from_slice(bytes.as_ref());
                document.key_agreement.push(VerificationMethod {
                    id: format!("{id}#{key}-agreement"),
                    controller: id.clone(),
                    public_key_multibase: format!("z{}", bs58::encode(multikey).into_string()),
                });
            }
        }
        document
    }
}
