//! A sheet of 24 words (BIP-39, English): 256 bits, which somebody writes down.

use alloc::string::String;
use bip39::{Language, Mnemonic};
use core::fmt;
use rand_core::CryptoRng;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use medledger_core::rules;

/// How many words a sheet has.
pub const WORDS: u64 = 24;

rules! {
    /// Why words are no sheet. Words are secrets: an error says where, and never what.
    pub enum SheetFault: WAL {
        /// More or fewer words.
        10 WordCount { found: u64 }:
            "a sheet has 24 words",
            "there are {found} words, and a sheet has 24";
        /// A word that no sheet has.
        11 UnknownWord { position: u64 }:
            "each word of a sheet is in BIP-39's English list",
            "word {position} is not in the list: see that it is spelt as on the sheet";
        /// Words that do not belong together.
        12 Checksum:
            "a sheet's last word fits the others",
            "each word is in the list, but together they are no sheet: one is wrong, or two have changed places";
        /// Another sheet than the one that was shown.
        13 AnotherSheet:
            "a new sheet is used once its words have been typed in as they were shown",
            "these are not the words of the sheet that was shown";
        /// One sheet in both roles.
        14 SameSheet:
            "the first sheet, the second and the next one are drawn apart",
            "this is the same sheet again: with one sheet in both roles a thief of the first could rotate";
    }
}

/// A sheet. Wiped when dropped, never shown by `Debug`.
pub struct Sheet(Mnemonic);

impl Sheet {
    /// A fresh one.
    ///
    /// # Errors
    /// [`SheetFault::Checksum`], which 256 bits never give.
    pub fn draw(rng: &mut impl CryptoRng) -> Result<Self, SheetFault> {
        let mut entropy = Zeroizing::new([0; 32]);
        rng.fill_bytes(entropy.as_mut_slice());
        Self::from_entropy(&entropy)
    }

    fn from_entropy(entropy: &[u8; 32]) -> Result<Self, SheetFault> {
        Mnemonic::from_entropy_in(Language::English, entropy).map(Self).map_err(|_| SheetFault::Checksum)
    }

    /// The sheet with these words, which white space parts; capitals do not count.
    ///
    /// # Errors
    /// [`SheetFault`].
    pub fn from_words(text: &str) -> Result<Self, SheetFault> {
        let found = u64::try_from(text.split_whitespace().count()).unwrap_or(u64::MAX);
        if found != WORDS {
            return Err(SheetFault::WordCount { found });
        }
        // The longest word has 8 letters: the buffer never moves and leaves no copy behind.
        let mut normal = Zeroizing::new(String::with_capacity(24 * 9));
        for (position, word) in (1_u64..).zip(text.split_whitespace()) {
            let words = Language::English.word_list();
            let known = words.iter().find(|known| known.eq_ignore_ascii_case(word));
            normal.push_str(known.ok_or(SheetFault::UnknownWord { position })?);
            if position < WORDS {
                normal.push(' ');
            }
        }
        let parsed = Mnemonic::parse_in_normalized(Language::English, &normal);
        parsed.map(Self).map_err(|_| SheetFault::Checksum)
    }

    /// The words, to be written down.
    pub fn words(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.words()
    }

    /// The seed that keys are derived from (BIP-39: PBKDF2 with HMAC-SHA-512, 2,048 rounds). The passphrase is not needed
    /// and usually empty; it is normalised (NFKD).
    #[must_use]
    pub fn seed(&self, passphrase: &str) -> Zeroizing<[u8; 64]> {
        Zeroizing::new(self.0.to_seed_normalized(&normalized(passphrase)))
    }
}

impl PartialEq for Sheet {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl fmt::Debug for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sheet")
    }
}

/// A passphrase in the form NFKD: what looks the same on two keyboards is the same.
pub(super) fn normalized(text: &str) -> Zeroizing<String> {
    let length = text.nfkd().map(char::len_utf8).sum();
    let mut normal = Zeroizing::new(String::with_capacity(length));
    normal.extend(text.nfkd());
    normal
}

#[cfg(test)]
mod tests;
