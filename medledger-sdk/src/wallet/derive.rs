//! From a sheet to keys: SLIP-0010, all steps hardened.
//!
//! ```text
//! m / 19788' / 1' / identity' / role' / index'
//! ```
//!
//! 19788 is 0x4D4C, "ML": of no registered purpose, and a wallet for coins that is given the same words by mistake arrives at
//! other keys. 1 is the version. Roles: 0 device (Ed25519, by device), 1 controller (Ed25519, index 0), 2 agreement (X25519,
//! by device). Signing keys come from the tree whose root is keyed by "ed25519 seed", agreement keys from that of
//! "curve25519 seed".

use core::fmt;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use zeroize::Zeroizing;

use medledger_core::crypto::SecretKey;
use medledger_core::hash::SuccessorDigest;

use super::sheet::Sheet;
use crate::agreement::AgreementSecret;

/// "ML" in ASCII.
const PURPOSE: u32 = 0x4d4c;
/// The version of the derivation.
const VERSION: u32 = 1;
/// The role of a device's signing keys.
const DEVICE: u32 = 0;
/// The role of controller keys.
const CONTROLLER: u32 = 1;
/// The role of a device's agreement keys.
const AGREEMENT: u32 = 2;

/// The key of HMAC at the root of the tree for Ed25519.
const ED25519: &[u8] = b"ed25519 seed";
/// The same for X25519.
const CURVE25519: &[u8] = b"curve25519 seed";

/// A node of SLIP-0010's tree. Wiped when dropped.
struct Node {
    secret: Zeroizing<[u8; 32]>,
    chain: Zeroizing<[u8; 32]>,
}

impl Node {
    /// The root of the tree of a curve.
    fn root(curve: &[u8], seed: &[u8]) -> Self {
        Self::of(curve, &[seed])
    }

    /// A hardened child.
    fn child(&self, index: u32) -> Self {
        let hardened = index | 0x8000_0000;
        Self::of(self.chain.as_slice(), &[&[0], self.secret.as_slice(), &hardened.to_be_bytes()])
    }

    fn under(&self, path: &[u32]) -> Self {
        let this = Self { secret: self.secret.clone(), chain: self.chain.clone() };
        path.iter().fold(this, |node, index| node.child(*index))
    }

    fn of(key: &[u8], parts: &[&[u8]]) -> Self {
        let (mut secret, mut chain) = (Zeroizing::new([0; 32]), Zeroizing::new([0; 32]));
        // HMAC takes keys of any length.
        if let Ok(mut mac) = Hmac::<Sha512>::new_from_slice(key) {
            parts.iter().for_each(|part| mac.update(part));
            let whole = Zeroizing::new(<[u8; 64]>::from(mac.finalize().into_bytes()));
            for (to, from) in secret.iter_mut().chain(chain.iter_mut()).zip(whole.iter()) {
                *to = *from;
            }
        }
        Self { secret, chain }
    }
}

/// The keys of one sheet. Wiped when dropped, never shown by `Debug`. Which of them are in use the ledger says.
pub struct SheetKeys {
    signing: Node,
    agreement: Node,
}

impl SheetKeys {
    /// The keys of a sheet, whose passphrase is usually empty. Costs 2,048 rounds of HMAC-SHA-512: do it once.
    #[must_use]
    pub fn new(sheet: &Sheet, passphrase: &str) -> Self {
        let seed = sheet.seed(passphrase);
        let node = |curve| Node::root(curve, seed.as_slice()).under(&[PURPOSE, VERSION]);
        Self { signing: node(ED25519), agreement: node(CURVE25519) }
    }

    /// What a device of an identity signs with.
    #[must_use]
    pub fn device(&self, identity: u16, device: u16) -> SecretKey {
        self.signing_key(identity, DEVICE, device)
    }

    /// What others encrypt to, for a device of an identity.
    #[must_use]
    pub fn agreement(&self, identity: u16, device: u16) -> AgreementSecret {
        let node = self.agreement.under(&[u32::from(identity), AGREEMENT, u32::from(device)]);
        AgreementSecret::new(*node.secret)
    }

    /// The controller of an identity; while the sheet is the second one, the controller's successor.
    #[must_use]
    pub fn controller(&self, identity: u16) -> SecretKey {
        self.signing_key(identity, CONTROLLER, 0)
    }

    /// What the ledger is told of an identity's successor while this is the second sheet. It is no secret.
    #[must_use]
    pub fn successor(&self, identity: u16) -> SuccessorDigest {
        self.controller(identity).public().successor_digest()
    }

    fn signing_key(&self, identity: u16, role: u32, index: u16) -> SecretKey {
        let node = self.signing.under(&[u32::from(identity), role, u32::from(index)]);
        SecretKey::from_seed(*node.secret)
    }
}

impl fmt::Debug for SheetKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SheetKeys")
    }
}

#[cfg(test)]
mod tests;
