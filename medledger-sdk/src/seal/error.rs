//! Why a record can't be sealed, opened, wrapped or unwrapped.

use medledger_core::codec::CodecError;
use medledger_core::record::CommitmentError;
use medledger_core::rules;
use medledger_core::units::Timestamp;

use crate::fhir::error::FhirError;

rules! {
    /// Why a record can't be sealed, opened, wrapped or unwrapped. None of these carries a secret.
    pub enum SealError: SEA {
        /// Other bytes altogether.
        1 NotSealed:
            "a sealed record begins with \"MLSEAL\" and its version",
            "this is not a sealed record: it does not begin like one";
        /// A later version.
        2 Newer { found: u64, known: u64 }:
            "a sealed record is of a version that this software knows",
            "this record was sealed by newer software (version {found}, known is {known}): update first";
        /// A header that is none.
        3 BadHeader { error: CodecError }:
            "a sealed record's header is one value of its type, within its limit",
            "the sealed record's header is not one: {error}";
        /// Chunks of another size.
        4 ChunkSize { found: u64, known: u64 }:
            "the chunks of a sealed record hold 65,536 bytes each, the last one what is left",
            "the header names chunks of {found} bytes, known are {known}";
        /// More than a counter counts.
        5 TooLong { length: u64, limit: u64 }:
            "a sealed record is at most as long as its form allows",
            "{length} bytes are too many to be sealed in this form, at most {limit} are allowed";
        /// The key of something else.
        6 WrongKey:
            "a sealed record is opened with the key that it commits to",
            "this key is not the one that the sealed record commits to";
        /// The right key, and a header that it did not seal.
        7 HeaderAltered:
            "a sealed record's header and facts are as they were sealed",
            "the key is the right one, but header or facts of the sealed record were altered";
        /// The right key, and a chunk that it did not seal at this place.
        8 ChunkAltered { chunk: u64 }:
            "each chunk of a sealed record is as it was sealed, and at its place",
            "chunk {chunk} of the sealed record was altered, moved, or is of another record";
        /// An end that is missing.
        9 Truncated { actual: u64, expected: u64 }:
            "a sealed record is there to its end",
            "the sealed record ends after {actual} bytes, it has {expected}";
        /// Bytes after the end.
        10 Surplus { expected: u64 }:
            "nothing follows the last chunk of a sealed record",
            "bytes follow the end of the sealed record at byte {expected}";
        /// Content or facts that the header does not commit to.
        11 CommitsToAnother { error: CommitmentError }:
            "what a sealed record holds is what its header's commitments commit to, with the salts of its key",
            "the key commits to another record than the header says: {error}";
        /// The record of other commitments.
        12 AnotherRecord:
            "a sealed record is opened as the record whose commitments it names",
            "the sealed record is of other commitments than the record that is wanted";
        /// Content that is not in the form that the header says.
        13 NotInForm { error: FhirError }:
            "sealed content is in the form that its header says",
            "the sealed content is not FHIR JSON: {error}";
        /// More or less than was announced.
        14 OtherLength { actual: u64, expected: u64 }:
            "as many bytes are sealed as were announced",
            "{actual} bytes were given to be sealed, {expected} were announced: the file has changed meanwhile";
        /// A text without its resources.
        15 NotThisBundle { found: u64, expected: u64 }:
            "the originals of a bundle's resources are those that were imported from it",
            "the text has {found} resources that are those of the bundle, which has {expected}";
        /// Nobody's key.
        20 BadRecipient:
            "a recipient's key is a point that keys can be encrypted to",
            "nothing can be encrypted to this key";
        /// Somebody else's wrap.
        21 AnotherRecipient:
            "a wrap is opened by the recipient that it names",
            "the wrapped key is for another recipient";
        /// A wrap of another record's key.
        22 AnotherRecordsWrap:
            "a wrap is opened for the record that it names",
            "the wrapped key is that of another record";
        /// A wrap of another ledger.
        23 AnotherLedgersWrap:
            "a wrap is opened on the ledger that it names",
            "the wrapped key is of a record on another ledger";
        /// A wrap that is not what was made.
        24 WrapAltered:
            "a wrap is as it was made",
            "the wrapped key does not open: it was altered";
        /// No wrap for the keys at hand.
        25 NoWrap:
            "a record is opened by those to whom its key is wrapped",
            "the record's key is not wrapped to any key at hand";
        /// A record that is no more.
        26 Destroyed { at: Timestamp }:
            "a record whose key was destroyed is not opened",
            "the record's key, salts and wraps were destroyed at {at}: nobody can open it here any more";
        /// A container elsewhere.
        27 Apart:
            "a sealed record is opened from where its chunks are",
            "the sealed record lies as a file of its own: open that";
    }
}
