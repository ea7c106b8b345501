//! The keys of one device, encrypted under a passphrase.
//!
//! A keystore holds signing and agreement secrets of this device and nothing else: no controller, no word of a sheet. Who
//! steals it with its passphrase can sign as the device until the controller revokes it, and can neither add a device nor
//! rotate.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand_core::CryptoRng;
use serde_bytes::ByteBuf;
use zeroize::{Zeroize, Zeroizing};

use medledger_core::codec::{CodecError, decode, encode};
use medledger_core::crypto::SecretKey;
use medledger_core::hash::{ChainId, Did, SuccessorDigest, Tag, hash, hash_secret};
use medledger_core::rules;

use super::format::{
    FileCheck, IDENTITIES, KEYSTORE, KeptIdentity, KeystoreBody, KeystoreFile, KeystoreHeader, LANES,
    MEMORY_KIB, PASSES, PASSPHRASE_BYTES, PassphraseCommitment, PassphraseCost, PassphraseSalt,
    RELATIONSHIP_BYTES, SealNonce, VERSION,
};
use super::sheet::normalized;
use crate::agreement::AgreementSecret;

rules! {
    /// Why a keystore does not open, or is not written.
    pub enum KeystoreFault: WAL {
        /// Not as it was written.
        30 Damaged { what: String }:
            "a keystore is as it was written",
            "this is not a keystore, or it is damaged: {what}";
        /// Another passphrase.
        31 WrongPassphrase:
            "a keystore opens with its passphrase",
            "the passphrase is wrong";
        /// A version that this software does not know.
        32 NewerVersion { version: u64, known: u64 }:
            "a keystore is of a version that the software knows",
            "the keystore is of version {version}, and this software knows up to {known}: use a newer one";
        /// Parameters that are too cheap, or that ask for too much.
        33 CostOutOfBounds { what: &'static str, actual: u64, least: u64, most: u64 }:
            "the cost of a passphrase is within bounds: cheap ones can be tried out, dear ones are an attack",
            "{actual} {what} of Argon2id, from {least} to {most} are allowed";
        /// No passphrase, or a book.
        34 PassphraseLength { limit: u64 }:
            "a passphrase is not empty, and no book",
            "a passphrase has from 1 to {limit} bytes";
        /// The memory that a passphrase costs is not there.
        35 NotEnoughMemory { kib: u64 }:
            "a passphrase is tried with the memory that the keystore names",
            "trying the passphrase takes {kib} KiB of memory, which this machine does not give";
        /// A keystore of another ledger.
        36 AnotherLedger { chain: ChainId }:
            "a keystore is used on the ledger that it is for",
            "the keystore is for the ledger {chain}";
        /// An identity that can't be kept beside the others.
        37 KeptTwice { relationship: String }:
            "an identity, and the name of a relationship, are kept once",
            "{relationship:?} can't be kept: its number or its name is taken, or the name is empty, too long or not one line";
        /// A keystore that is full.
        38 TooMany { limit: u64 }:
            "a keystore keeps at most 1,024 identities",
            "the keystore is full: it keeps {limit} identities";
    }
}

impl From<CodecError> for KeystoreFault {
    fn from(error: CodecError) -> Self {
        Self::Damaged { what: error.to_string() }
    }
}

fn damaged(what: &str) -> KeystoreFault {
    KeystoreFault::Damaged { what: what.into() }
}

/// One identity with this device's secrets. `Debug` shows none of them.
#[derive(Debug)]
pub struct Kept {
    /// Its number in the sheet.
    pub identity: u16,
    /// Its name on the ledger.
    pub did: Did,
    /// Whom it is for, in the patient's words.
    pub relationship: String,
    /// The device's number in the sheet.
    pub device: u16,
    /// What the device signs with.
    pub signing: SecretKey,
    /// What others encrypt to.
    pub agreement: AgreementSecret,
}

impl Kept {
    /// What its file says of it without the passphrase.
    #[must_use]
    pub fn public(&self) -> KeptIdentity {
        KeptIdentity {
            identity: u64::from(self.identity),
            did: self.did,
            relationship: self.relationship.clone(),
            device: u64::from(self.device),
            key: self.signing.public().id(),
        }
    }
}

/// The keys of one device, opened. `Debug` shows none of them.
#[derive(Debug)]
pub struct Keystore {
    chain: ChainId,
    successors: Vec<SuccessorDigest>,
    kept: Vec<Kept>,
}

impl Keystore {
    /// An empty one, for a ledger. `successors` are what [`successors`](super::create::successors) gives, or none.
    #[must_use]
    pub const fn new(chain: ChainId, successors: Vec<SuccessorDigest>) -> Self {
        Self { chain, successors, kept: Vec::new() }
    }

    /// The identities, ascending by number.
    #[must_use]
    pub fn kept(&self) -> &[Kept] {
        &self.kept
    }

    /// The identity with this DID.
    #[must_use]
    pub fn find(&self, did: &Did) -> Option<&Kept> {
        self.kept.iter().find(|kept| kept.did == *did)
    }

    /// The digests of the successors, from identity 0 on.
    #[must_use]
    pub fn successors(&self) -> &[SuccessorDigest] {
        &self.successors
    }

    /// Keeps digests in place of those before: after a rotation those of the new second sheet.
    pub fn succeed(&mut self, successors: Vec<SuccessorDigest>) {
        self.successors = successors;
    }

    /// That it is for this ledger.
    ///
    /// # Errors
    /// [`KeystoreFault::AnotherLedger`].
    pub fn check_ledger(&self, chain: &ChainId) -> Result<(), KeystoreFault> {
        if self.chain == *chain { Ok(()) } else { Err(KeystoreFault::AnotherLedger { chain: self.chain }) }
    }

    /// Keeps one more identity.
    ///
    /// # Errors
    /// [`KeystoreFault::KeptTwice`], [`KeystoreFault::TooMany`].
    pub fn keep(&mut self, kept: Kept) -> Result<(), KeystoreFault> {
        if count(self.kept.len()) >= IDENTITIES {
            return Err(KeystoreFault::TooMany { limit: IDENTITIES });
        }
        let named = is_relationship(&kept.relationship);
        let twice = |of: &Kept| of.did == kept.did || of.relationship == kept.relationship;
        match self.kept.binary_search_by_key(&kept.identity, |of| of.identity) {
            Err(at) if named && !self.kept.iter().any(twice) => {
                self.kept.insert(at, kept);
                Ok(())
            }
            _ => Err(KeystoreFault::KeptTwice { relationship: kept.relationship }),
        }
    }

    /// Keeps other keys of an identity that is kept: of another device, or after a rotation.
    ///
    /// # Errors
    /// As [`Self::keep`].
    pub fn replace(&mut self, kept: Kept) -> Result<(), KeystoreFault> {
        self.kept.retain(|of| of.did != kept.did);
        self.keep(kept)
    }

    /// The file's bytes under a passphrase, with a salt and a nonce of their own.
    ///
    /// # Errors
    /// [`KeystoreFault`].
    pub fn seal(
        &self,
        passphrase: &str,
        cost: PassphraseCost,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, KeystoreFault> {
        let (mut salt, mut nonce) = (PassphraseSalt([0; 32]), SealNonce([0; 24]));
        rng.fill_bytes(&mut salt.0);
        rng.fill_bytes(&mut nonce.0);
        let identities = self.kept.iter().map(Kept::public).collect();
        let successors = self.successors.clone();
        let header = KeystoreHeader { chain: self.chain, cost, salt, nonce, identities, successors };
        let Unlocked { cipher, commitment } = unlock(passphrase, &header)?;
        let mut plain = Zeroizing::new(Vec::with_capacity(self.kept.len().saturating_mul(SECRETS)));
        for kept in &self.kept {
            plain.extend_from_slice(kept.signing.seed().as_slice());
            plain.extend_from_slice(kept.agreement.expose());
        }
        let payload = Payload { msg: &plain, aad: &additional(&header)? };
        let sealed = cipher.encrypt(&XNonce::from(nonce.0), payload).map_err(|_| damaged("its length"))?;
        let body = KeystoreBody { header, commitment, sealed: ByteBuf::from(sealed) };
        let body = encode(&body)?;
        let check = check(VERSION, &body);
        Ok(encode(&KeystoreFile { version: VERSION, body: ByteBuf::from(body), check })?)
    }

    /// Opens a file.
    ///
    /// # Errors
    /// [`KeystoreFault`]. Damage by accident is found before the passphrase is tried; so is a file that would ask for too
    /// much memory.
    pub fn open(bytes: &[u8], passphrase: &str) -> Result<Self, KeystoreFault> {
        let KeystoreBody { header, commitment, sealed } = body(bytes)?;
        let unlocked = unlock(passphrase, &header)?;
        if unlocked.commitment != commitment {
            return Err(KeystoreFault::WrongPassphrase);
        }
        let payload = Payload { msg: &sealed, aad: &additional(&header)? };
        let plain = unlocked.cipher.decrypt(&XNonce::from(header.nonce.0), payload);
        let plain = Zeroizing::new(plain.map_err(|_| damaged("its contents were altered"))?);
        let mut keystore = Self::new(header.chain, header.successors);
        let (secrets, rest) = plain.as_chunks::<SECRETS>();
        if !rest.is_empty() || secrets.len() != header.identities.len() {
            return Err(damaged("it has not the keys that it lists"));
        }
        for (public, secrets) in header.identities.into_iter().zip(secrets) {
            let (seed, agreement) = halves(secrets);
            let number = |number: u64| u16::try_from(number).map_err(|_| damaged("a number is too large"));
            let kept = Kept {
                identity: number(public.identity)?,
                did: public.did,
                relationship: public.relationship,
                device: number(public.device)?,
                signing: SecretKey::from_seed(*seed),
                agreement: AgreementSecret::new(*agreement),
            };
            if kept.signing.public().id() != public.key {
                return Err(damaged("a key is not the one that it lists"));
            }
            keystore.keep(kept).map_err(|_| damaged("it lists an identity twice"))?;
        }
        Ok(keystore)
    }
}

/// What a keystore says without its passphrase. It is not authenticated before the passphrase has opened it: good for showing
/// and for finding out what to ask for, never for deciding what to sign.
///
/// # Errors
/// [`KeystoreFault`].
pub fn peek(bytes: &[u8]) -> Result<KeystoreHeader, KeystoreFault> {
    body(bytes).map(|body| body.header)
}

/// The same keystore under another passphrase, with a fresh salt and nonce. Copies of the old file still open with the old
/// one.
///
/// # Errors
/// [`KeystoreFault`].
pub fn change_passphrase(
    bytes: &[u8],
    old: &str,
    new: &str,
    cost: PassphraseCost,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, KeystoreFault> {
    Keystore::open(bytes, old)?.seal(new, cost, rng)
}

/// Secret bytes that an identity has in a keystore.
const SECRETS: usize = 64;

fn halves(secrets: &[u8; SECRETS]) -> (Zeroizing<[u8; 32]>, Zeroizing<[u8; 32]>) {
    let (mut one, mut two) = (Zeroizing::new([0; 32]), Zeroizing::new([0; 32]));
    for (to, from) in one.iter_mut().chain(two.iter_mut()).zip(secrets) {
        *to = *from;
    }
    (one, two)
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// The body of a file that is as it was written, with a cost within bounds.
fn body(bytes: &[u8]) -> Result<KeystoreBody, KeystoreFault> {
    let KeystoreFile { version, body, check: found } = decode(bytes, &KEYSTORE)?;
    if check(version, &body) != found {
        return Err(damaged("its check does not hold"));
    }
    if version != VERSION {
        let newer = version > VERSION;
        let error = KeystoreFault::NewerVersion { version, known: VERSION };
        return Err(if newer { error } else { damaged("it has no version") });
    }
    let body: KeystoreBody = decode(&body, &KEYSTORE)?;
    check_cost(&body.header.cost)?;
    // Names are shown before the passphrase has opened the file.
    if !body.header.identities.iter().all(|kept| is_relationship(&kept.relationship)) {
        return Err(damaged("the name of a relationship is none"));
    }
    Ok(body)
}

/// Whether a relationship can be called this: 1 to 256 bytes on one line.
#[must_use]
pub fn is_relationship(name: &str) -> bool {
    (1..=RELATIONSHIP_BYTES).contains(&count(name.len())) && !name.chars().any(char::is_control)
}

fn check(version: u64, body: &[u8]) -> FileCheck {
    FileCheck(hash(Tag::KeystoreFile, &[&version.to_be_bytes(), body]))
}

/// The additional data of the encryption.
fn additional(header: &KeystoreHeader) -> Result<Vec<u8>, KeystoreFault> {
    Ok([VERSION.to_be_bytes().as_slice(), &encode(header)?].concat())
}

fn check_cost(cost: &PassphraseCost) -> Result<(), KeystoreFault> {
    let PassphraseCost { memory, passes, lanes } = *cost;
    let all = [("KiB of memory", memory, MEMORY_KIB), ("passes", passes, PASSES), ("lanes", lanes, LANES)];
    for (what, actual, (least, most)) in all {
        if !(least..=most).contains(&actual) {
            return Err(KeystoreFault::CostOutOfBounds { what, actual, least, most });
        }
    }
    Ok(())
}

/// What comes of a passphrase.
struct Unlocked {
    cipher: XChaCha20Poly1305,
    commitment: PassphraseCommitment,
}

fn unlock(passphrase: &str, header: &KeystoreHeader) -> Result<Unlocked, KeystoreFault> {
    check_cost(&header.cost)?;
    // Normal forms may be longer, and what is much too long is not worth the work.
    let too_long = KeystoreFault::PassphraseLength { limit: PASSPHRASE_BYTES };
    if passphrase.is_empty() || count(passphrase.len()) > PASSPHRASE_BYTES {
        return Err(too_long);
    }
    let passphrase = normalized(passphrase);
    if count(passphrase.len()) > PASSPHRASE_BYTES {
        return Err(too_long);
    }
    let master = stretched(passphrase.as_bytes(), &header.salt.0, &header.cost)?;
    let key = Zeroizing::new(hash_secret(Tag::KeystoreKey, &[master.as_slice()]));
    let commitment = PassphraseCommitment(hash_secret(Tag::KeystoreCommitment, &[master.as_slice()]));
    // From a slice: an array by value would leave a copy behind.
    let cipher = XChaCha20Poly1305::new_from_slice(key.as_slice()).map_err(|_| damaged("its key"))?;
    Ok(Unlocked { cipher, commitment })
}

/// Argon2id, version 0x13, 32 bytes. The memory is overwritten afterwards: its last block gives the key.
fn stretched(
    passphrase: &[u8],
    salt: &[u8],
    cost: &PassphraseCost,
) -> Result<Zeroizing<[u8; 32]>, KeystoreFault> {
    let too_much = || KeystoreFault::NotEnoughMemory { kib: cost.memory };
    let part = |number: u64| u32::try_from(number).map_err(|_| too_much());
    let params = Params::new(part(cost.memory)?, part(cost.passes)?, part(cost.lanes)?, Some(32));
    let params = params.map_err(|_| too_much())?;
    let mut memory = Vec::new();
    memory.try_reserve_exact(params.block_count()).map_err(|_| too_much())?;
    memory.resize(params.block_count(), Block::default());
    let mut master = Zeroizing::new([0; 32]);
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let done = argon2.hash_password_into_with_memory(passphrase, salt, master.as_mut_slice(), &mut memory);
    memory.iter_mut().for_each(Zeroize::zeroize);
    done.map_err(|_| too_much())?;
    Ok(master)
}

#[cfg(test)]
mod tests;
