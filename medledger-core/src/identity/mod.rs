//! Identities: who signs, with which keys, and how keys come and go.
//!
//! An identity is named by the hash of its own inception (a self-certifying DID). Its *device keys* sign what it does
//! from day to day. Its *controller key*, kept off devices, adds and revokes them and deactivates. Its *successor*, of
//! which only a digest is known, signs the rotation that makes it the controller; so stolen words that hold the
//! devices and the controller can neither rotate nor keep the owner from rotating.

mod control;
mod credential;
mod did;
mod document;
mod inception;

pub use control::{AuthorityEntry, Control, KeyEntry, KeyRole, KeyStatus, Rotation, Status, Succession};
pub use credential::{Credential, CredentialState, credential_id};
pub use did::{DidError, did_from_text, did_key, did_to_text};
pub use document::{DidDocument, VerificationMethod};
pub use inception::{DeviceKeys, Inception, InceptionKeys, Kind, device_ids};

rules! {
    /// Why an operation on an identity is refused.
    pub enum IdentityError: IDN {
        /// An identity that the ledger does not know.
        1 UnknownIdentity { did: crate::hash::Did }:
            "an identity that an operation names has been incepted",
            "identity {did} is not known on this ledger";
        /// An identity that is no longer active.
        2 Deactivated { did: crate::hash::Did }:
            "an identity that an operation names is active",
            "identity {did} has been deactivated";
        /// An identity that exists already.
        3 AlreadyIncepted { did: crate::hash::Did }:
            "an identity is incepted once",
            "identity {did} has been incepted already";
        /// A sponsor that is no member of the consortium.
        4 NotMember { did: crate::hash::Did }:
            "a new identity is sponsored by a member of the consortium",
            "{did} is not a member of the consortium and can't sponsor an identity";
        /// No device key, or too many.
        5 DeviceCount { actual: u64, limit: u64 }:
            "an identity has at least one device key at inception and never more than the limit",
            "{actual} device keys, from 1 to {limit} are allowed";
        /// A key that is or was in use.
        6 KeyInUse { key: crate::hash::KeyId }:
            "a key belongs to one identity in one role, for ever",
            "key {key} is or was in use and can't be added";
        /// Keys given twice, or not in order.
        7 KeysNotAscending:
            "lists of keys ascend by key id, without doubles",
            "the keys are not in ascending order of their ids, or one is given twice";
        /// An operation that only the controller key may sign.
        8 NotController { key: crate::hash::KeyId }:
            "device keys are added, and an identity is deactivated, by its controller key",
            "key {key} is not the controller key, which alone may sign this";
        /// An operation that a device key must sign.
        9 NotDevice { key: crate::hash::KeyId }:
            "consents, access and records are signed by a device key",
            "key {key} is not a device key, which must sign this";
        /// A revocation of a device by another device.
        10 MayNotRevoke { key: crate::hash::KeyId, by: crate::hash::KeyId }:
            "a device key is revoked by the controller key, or revokes itself",
            "key {by} may not revoke key {key}: only the controller key, or that key itself, may";
        /// A key that is not one of the identity's live device keys.
        11 NoSuchDevice { key: crate::hash::KeyId }:
            "a key that is revoked is a live device key of the identity",
            "key {key} is not a live device key of this identity";
        /// A rotation that the successor did not sign.
        12 NotSuccessor { key: crate::hash::KeyId }:
            "a rotation is signed by the successor key, which it discloses, and never by the current key",
            "key {key} is not the identity's successor: a rotation is signed by the successor key";
        /// A rotation of keys that are no longer the current ones.
        13 StaleRotation { current: crate::hash::ControlHash }:
            "a rotation names the hash of the keys that it replaces",
            "the rotation replaces other keys than the current ones, whose hash is {current}";
        /// A successor that is the controller itself, or the same again.
        14 SuccessorReused:
            "the successor is another key than the controller, and a new one after each rotation",
            "the next successor is the digest of a key that has been disclosed";
        /// A credential that the ledger does not know.
        15 UnknownCredential { credential: crate::hash::CredentialId }:
            "a credential that an operation names has been issued",
            "credential {credential} is not known on this ledger";
        /// A credential by somebody who is no organisation.
        16 IssuerNotOrganisation { did: crate::hash::Did }:
            "credentials are issued by organisations",
            "identity {did} is not an organisation and can't issue a credential";
        /// A credential for somebody who is no practitioner.
        17 HolderNotPractitioner { did: crate::hash::Did }:
            "credentials are issued to practitioners",
            "identity {did} is not a practitioner and can't hold a credential";
        /// A credential of another issuer.
        18 NotIssuer { issuer: crate::hash::Did }:
            "a credential is revoked by the organisation that issued it",
            "the credential was issued by {issuer}, which alone may revoke it";
        /// A credential that was revoked.
        19 CredentialRevoked { credential: crate::hash::CredentialId }:
            "a credential is revoked once",
            "credential {credential} has been revoked";
        /// A credential without a period or a role.
        20 EmptyCredential:
            "a credential names a role, and a period that ends after it begins",
            "the credential's role is empty, or its period is empty or reversed";
    }
}

#[cfg(test)]
#[allow(
    clippy::arithmetic_side_effects,
    clippy::string_slice,
    reason = "numbers and texts of the tests' own making"
)]
mod tests;
