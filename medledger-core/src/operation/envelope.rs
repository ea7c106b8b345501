//! The envelope: an untagged COSE_Sign1 (RFC 9052 §4.2), compared with a template and never parsed as CBOR.
//!
//! ```text
//! 84                         array of 4
//!    58 26                   protected header, 38 bytes:
//!       a2 01 27 04 58 20 K     {1 (alg): -8 (EdDSA), 4 (kid): K}, K the 32 bytes of the key id
//!    a0                      unprotected header: empty
//!    4…/58…/59…/5a… P        payload: a byte string (f6 in an approval, whose payload is detached)
//!    58 40 S                 signature, 64 bytes
//! ```
//!
//! The signature covers the Sig_structure (RFC 9052 §4.4) `["Signature1", protected, external_aad, payload]` in
//! deterministic CBOR; `external_aad` is the CBOR of `[protocol version, chain id]`.

use alloc::vec::Vec;

use super::body::{Body, PROTOCOL_VERSION, Payload};
use super::{OperationError, TransactionError};
use crate::codec::{CodecError, decode};
use crate::crypto::Signature;
use crate::hash::{BodyHash, ChainId, KeyId, RequestHash, Tag, TxHash, TxId, hash, hash_each};
use crate::limits::{TRANSACTION, TRANSACTION_BYTES};

/// Array of 4, then the protected header up to the key id.
const HEAD: [u8; 9] = [0x84, 0x58, 0x26, 0xa2, 0x01, 0x27, 0x04, 0x58, 0x20];
/// The protected header's own bytes up to the key id.
const PROTECTED: [u8; 6] = [0xa2, 0x01, 0x27, 0x04, 0x58, 0x20];
const UNPROTECTED: u8 = 0xa0;
const DETACHED: u8 = 0xf6;
const SIGNATURE: [u8; 2] = [0x58, 0x40];

/// What every signature on a ledger covers beside its payload: the CBOR of `[protocol version, chain id]`.
#[must_use]
pub fn external_aad(chain: &ChainId) -> Vec<u8> {
    let mut aad = Vec::with_capacity(36);
    aad.push(0x82);
    push_head(&mut aad, 0, PROTOCOL_VERSION);
    push_bytes(&mut aad, chain.as_ref());
    aad
}

/// The Sig_structure of RFC 9052 §4.4: what is signed.
pub(crate) fn sig_structure(key: &KeyId, aad: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(payload.len().saturating_add(96));
    bytes.extend_from_slice(b"\x84\x6aSignature1");
    push_head(&mut bytes, 2, 38);
    bytes.extend_from_slice(&PROTECTED);
    bytes.extend_from_slice(key.as_ref());
    push_bytes(&mut bytes, aad);
    push_bytes(&mut bytes, payload);
    bytes
}

/// Writes the envelope; `payload` is `None` where it is detached.
pub(crate) fn write(key: &KeyId, payload: Option<&[u8]>, signature: &Signature) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend_from_slice(&HEAD);
    bytes.extend_from_slice(key.as_ref());
    bytes.push(UNPROTECTED);
    match payload {
        Some(payload) => push_bytes(&mut bytes, payload),
        None => bytes.push(DETACHED),
    }
    bytes.extend_from_slice(&SIGNATURE);
    bytes.extend_from_slice(signature.as_ref());
    bytes
}

fn push_bytes(bytes: &mut Vec<u8>, content: &[u8]) {
    push_head(bytes, 2, u64::try_from(content.len()).unwrap_or(u64::MAX));
    bytes.extend_from_slice(content);
}

/// A head of deterministic CBOR: major type and argument in the shortest form.
fn push_head(bytes: &mut Vec<u8>, major: u8, argument: u64) {
    let major = major << 5;
    if let Ok(small) = u8::try_from(argument) {
        if small < 24 {
            bytes.push(major | small);
        } else {
            bytes.extend_from_slice(&[major | 24, small]);
        }
    } else if let Ok(medium) = u16::try_from(argument) {
        bytes.push(major | 25);
        bytes.extend_from_slice(&medium.to_be_bytes());
    } else if let Ok(large) = u32::try_from(argument) {
        bytes.push(major | 26);
        bytes.extend_from_slice(&large.to_be_bytes());
    } else {
        bytes.push(major | 27);
        bytes.extend_from_slice(&argument.to_be_bytes());
    }
}

/// Reads along the template.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn fail(&self) -> OperationError {
        OperationError::NotAnEnvelope { offset: u64::try_from(self.at).unwrap_or(u64::MAX) }
    }

    fn take(&mut self, n: usize) -> Result<&'a [u8], OperationError> {
        let end = self.at.checked_add(n).ok_or_else(|| self.fail())?;
        let taken = self.bytes.get(self.at..end).ok_or_else(|| self.fail())?;
        self.at = end;
        Ok(taken)
    }

    fn expect(&mut self, template: &[u8]) -> Result<(), OperationError> {
        for byte in template {
            if self.bytes.get(self.at) != Some(byte) {
                return Err(self.fail());
            }
            self.at = self.at.saturating_add(1);
        }
        Ok(())
    }

    /// A byte string with its length in the shortest form.
    fn byte_string(&mut self) -> Result<&'a [u8], OperationError> {
        let start = Self { bytes: self.bytes, at: self.at };
        let head = self.take(1)?.first().copied().unwrap_or_default();
        let (width, least) = match head {
            0x40..=0x57 => (0, 0),
            0x58 => (1, 24),
            0x59 => (2, 1 << 8),
            0x5a => (4, 1 << 16),
            _ => return Err(start.fail()),
        };
        let length = if width == 0 {
            u64::from(head & 0x1f)
        } else {
            self.take(width)?.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
        };
        if length < least {
            return Err(start.fail());
        }
        self.take(usize::try_from(length).map_err(|_| start.fail())?)
    }

    fn rest_is_signature(&mut self) -> Result<Signature, OperationError> {
        self.expect(&SIGNATURE)?;
        let signature = Signature::from_slice(self.take(Signature::LEN)?).ok_or_else(|| self.fail())?;
        if self.at == self.bytes.len() { Ok(signature) } else { Err(self.fail()) }
    }

    fn key(&mut self) -> Result<KeyId, OperationError> {
        self.expect(&HEAD)?;
        let key = KeyId::from_slice(self.take(KeyId::LEN)?).ok_or_else(|| self.fail())?;
        self.expect(&[UNPROTECTED])?;
        Ok(key)
    }
}

/// An approval: a COSE_Sign1 with detached payload over the hash of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The key that approves.
    pub key: KeyId,
    /// Its signature.
    pub signature: Signature,
}

impl Approval {
    /// Reads an approval; `index` is its place in the list, for the error.
    ///
    /// # Errors
    /// [`OperationError::NotAnApproval`].
    pub fn decode(bytes: &[u8], index: u64) -> Result<Self, OperationError> {
        let mut reader = Reader { bytes, at: 0 };
        let read = |reader: &mut Reader<'_>| {
            let key = reader.key()?;
            reader.expect(&[DETACHED])?;
            Ok(Self { key, signature: reader.rest_is_signature()? })
        };
        read(&mut reader).map_err(|_: OperationError| OperationError::NotAnApproval { index })
    }

    /// The approval's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        write(&self.key, None, &self.signature)
    }

    /// What the approving key signs.
    #[must_use]
    pub fn to_be_signed(key: &KeyId, chain: &ChainId, body: &BodyHash) -> Vec<u8> {
        sig_structure(key, &external_aad(chain), body.as_ref())
    }

    /// What a requester's key signs to ask a custodian for a record, in the same form. The hashes' tags keep the two apart.
    #[must_use]
    pub fn request_to_be_signed(key: &KeyId, chain: &ChainId, request: &RequestHash) -> Vec<u8> {
        sig_structure(key, &external_aad(chain), request.as_ref())
    }
}

/// A transaction, decoded from untrusted bytes: well-formed, and nothing more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// The body.
    pub body: Body,
    /// The approvals, in the order given.
    pub approvals: Vec<Approval>,
    /// The envelope's signature.
    pub signature: Signature,
    /// What the signature covers, under the ledger that the body names.
    pub signed: Vec<u8>,
    /// The transaction's id.
    pub id: TxId,
}

impl Transaction {
    /// Decodes a transaction for a ledger.
    ///
    /// # Errors
    /// In this order: size, envelope, payload, approvals' form, key ids, version, ledger.
    pub fn decode(bytes: &[u8], chain: &ChainId) -> Result<Self, TransactionError> {
        Self::without_id(bytes, chain).map(|decoded| {
            let id = TxId(hash(Tag::TxId, &[&decoded.signed]));
            Self { id, ..decoded }
        })
    }

    /// Decodes many transactions, each as [`Self::decode`]; their ids are hashed together.
    pub(crate) fn decode_each<B: AsRef<[u8]>>(
        transactions: &[B],
        chain: &ChainId,
    ) -> Vec<Result<Self, TransactionError>> {
        let mut decoded: Vec<_> =
            transactions.iter().map(|bytes| Self::without_id(bytes.as_ref(), chain)).collect();
        let signed: Vec<&[u8]> = decoded.iter().flatten().map(|of| of.signed.as_slice()).collect();
        let ids = hash_each(Tag::TxId, &signed);
        for (transaction, id) in decoded.iter_mut().flatten().zip(ids) {
            transaction.id = TxId(id);
        }
        decoded
    }

    /// Decodes all of a transaction; in the place of its id stand zeros.
    fn without_id(bytes: &[u8], chain: &ChainId) -> Result<Self, TransactionError> {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if length > TRANSACTION_BYTES {
            return Err(CodecError::TooLarge { actual: length, limit: TRANSACTION_BYTES }.into());
        }
        let mut reader = Reader { bytes, at: 0 };
        let key = reader.key()?;
        let payload_bytes = reader.byte_string()?;
        let signature = reader.rest_is_signature()?;
        let Payload { body, approvals } = decode::<Payload>(payload_bytes, &TRANSACTION)?;
        let approvals = (0_u64..)
            .zip(&approvals)
            .map(|(index, bytes)| Approval::decode(bytes, index))
            .collect::<Result<Vec<_>, _>>()?;
        if !approvals.windows(2).all(|pair| matches!(pair, [a, b] if a.key < b.key)) {
            return Err(OperationError::ApprovalsNotAscending.into());
        }
        if body.key != key {
            return Err(OperationError::KeyMismatch { header: key, body: body.key }.into());
        }
        if body.version != PROTOCOL_VERSION {
            return Err(OperationError::UnknownVersion { version: body.version }.into());
        }
        if body.chain != *chain {
            return Err(OperationError::WrongChain { named: body.chain }.into());
        }
        let signed = sig_structure(&key, &external_aad(chain), payload_bytes);
        Ok(Self { body, approvals, signature, signed, id: TxId([0; TxId::LEN]) })
    }
}

/// The hash of a transaction's bytes, signatures included: a leaf of the block's transactions.
#[must_use]
pub fn tx_hash(bytes: &[u8]) -> TxHash {
    TxHash(hash(Tag::TxBytes, &[bytes]))
}

/// The hashes of many transactions' bytes, as [`tx_hash`].
pub fn tx_hashes<B: AsRef<[u8]>>(transactions: &[B]) -> impl Iterator<Item = TxHash> {
    hash_each(Tag::TxBytes, transactions).into_iter().map(TxHash)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both ends of each width that a head can have.
    const WIDTHS: [u64; 10] =
        [0, 23, 24, 0xff, 0x100, 0xffff, 0x1_0000, 0xffff_ffff, 0x1_0000_0000, u64::MAX];

    fn by_ciborium(value: &impl serde::Serialize) -> Vec<u8> {
        let mut bytes = Vec::new();
        ciborium::into_writer(value, &mut bytes).unwrap();
        bytes
    }

    /// RFC 9052 §4.2 and §4.4, as any COSE library writes them.
    #[test]
    fn envelope_and_what_is_signed_are_those_of_cose() {
        let (key, chain, signature) = (KeyId([1; 32]), ChainId([2; 32]), Signature([3; 64]));
        let bytes = |bytes: &[u8]| serde_bytes::ByteBuf::from(bytes);
        let aad = external_aad(&chain);
        assert_eq!(aad, by_ciborium(&(PROTOCOL_VERSION, bytes(&chain.0))));
        // {1 (alg): -8 (EdDSA), 4 (kid): the key's id}
        let protected = [&[0xa2, 0x01, 0x27, 0x04, 0x58, 0x20], &key.0[..]].concat();
        let unprotected: alloc::collections::BTreeMap<u8, u8> = [].into();
        for length in [0, 23, 24, 300, 60_000] {
            let payload = alloc::vec![4; length];
            let signed = ("Signature1", bytes(&protected), bytes(&aad), bytes(&payload));
            assert_eq!(sig_structure(&key, &aad, &payload), by_ciborium(&signed));
            let envelope = (bytes(&protected), &unprotected, Some(bytes(&payload)), bytes(&signature.0));
            assert_eq!(write(&key, Some(&payload), &signature), by_ciborium(&envelope));
        }
        let detached = (bytes(&protected), &unprotected, (), bytes(&signature.0));
        assert_eq!(Approval { key, signature }.encode(), by_ciborium(&detached));
        let body = BodyHash([5; 32]);
        assert_eq!(Approval::to_be_signed(&key, &chain, &body), sig_structure(&key, &aad, &body.0));
    }

    #[test]
    fn heads_are_the_shortest() {
        for argument in WIDTHS {
            let mut head = Vec::new();
            push_head(&mut head, 0, argument);
            assert_eq!(head, by_ciborium(&argument));
        }
    }

    #[test]
    fn a_byte_string_is_read_in_its_shortest_form_alone() {
        for length in WIDTHS.into_iter().take_while(|length| *length <= 0x1_0000) {
            let content = alloc::vec![7; usize::try_from(length).unwrap()];
            let bytes = by_ciborium(&serde_bytes::Bytes::new(&content));
            let mut pushed = Vec::new();
            push_bytes(&mut pushed, &content);
            assert_eq!(pushed, bytes);
            // After a byte that is another's, so that an offset is not by chance 0.
            let read = |form: &[u8]| {
                let form = [&[0], form].concat();
                let mut reader = Reader { bytes: &form, at: 1 };
                reader.byte_string().map(|read| (read.to_vec(), reader.at == form.len()))
            };
            assert_eq!(read(&bytes), Ok((content.clone(), true)));
            let longer: [&[u8]; 3] = [
                &[&[0x58], &length.to_be_bytes()[7..]].concat(),
                &[&[0x59], &length.to_be_bytes()[6..]].concat(),
                &[&[0x5a], &length.to_be_bytes()[4..]].concat(),
            ];
            let head = bytes.len() - content.len();
            for longer in longer.into_iter().filter(|longer| longer.len() > head) {
                let refused = read(&[longer, &content].concat());
                assert_eq!(refused, Err(OperationError::NotAnEnvelope { offset: 1 }), "{longer:x?}");
            }
        }
    }
}
