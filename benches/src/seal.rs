//! Sealing and opening records, against the bare AEAD over the same bytes.

use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use medledger_core::record::Facts;
use medledger_sdk::seal::{ContentForm, RecordKey, SealedRecord};

use crate::report::{Outcome, Report, time};
use crate::rng::Counter;

/// Names and MiB. The first pair is what the ratio is named for, the second shows what does not grow with the size.
const SIZES: [(&str, &str, u32); 2] =
    [("seal_vs_aead", "open_vs_aead", 64), ("seal_vs_aead_1_mib", "open_vs_aead_1_mib", 1)];

/// A record as it stands (an image, say), sealed under a fresh key and opened again: its two commitments, chunks, header.
/// The AEAD does the same bytes in one piece, in place.
pub fn run(report: &mut Report, scale: u32) -> Outcome<()> {
    for (sealing, opening, mib) in SIZES {
        let bytes = usize::try_from((mib << 20) / scale)?;
        let original: Vec<u8> = (0..=u8::MAX).cycle().take(bytes).collect();
        let facts = Facts::new("ImagingStudy/7", "ImagingStudy");
        let key = RecordKey::draw(&mut Counter(0));
        let seal =
            || SealedRecord::seal_under(&key, &original, ContentForm::AsItStands, &facts, &mut Counter(0));
        let sealed = seal()?;
        let commitments = sealed.header()?.head.commitments;
        if sealed.open(&key, &commitments)?.original() != original {
            return Err("a record of the bench opens as another".into());
        }
        let aead = XChaCha20Poly1305::new(&[7; 32].into());
        let nonce = [7; 24].into();
        let (mut plain, mut encrypted) = (original.clone(), original.clone());
        aead.encrypt_in_place(&nonce, b"", &mut encrypted).map_err(|error| error.to_string())?;
        let kib = mib << 10;
        report.compare(
            sealing,
            kib,
            || Ok(time(seal)),
            || {
                plain.truncate(bytes);
                Ok(time(|| aead.encrypt_in_place(&nonce, b"", &mut plain)))
            },
        )?;
        report.compare(
            opening,
            kib,
            || Ok(time(|| sealed.open(&key, &commitments))),
            || {
                let mut bytes = encrypted.clone();
                Ok(time(|| aead.decrypt_in_place(&nonce, b"", &mut bytes)))
            },
        )?;
    }
    Ok(())
}
