//! Seals a file and opens it again, piece by piece: neither holds more than a few chunks of it.
//!
//! ```text
//! cargo run --release -p medledger-sdk --example seal_file -- scan.dcm scan.sealed scan.opened
//! ```
//!
//! `/usr/bin/time -v` shows what memory it takes.

use std::fs::File;
use std::io::{Read, Write};
use std::time::Instant;

use medledger_core::record::Facts;
use medledger_core::record::commitment::{CommitmentAlgorithm, Commitments, ContentHasher, facts_commitment};
use medledger_sdk::seal::{ContentForm, Opener, Plan, RecordKey, Sealer};
use rand_core::UnwrapErr;

const PIECE: usize = 1 << 20;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Gives a file piece by piece.
fn pieces(path: &str, mut take: impl FnMut(&[u8]) -> Outcome<()>) -> Outcome<u64> {
    let (mut file, mut buffer, mut read) = (File::open(path)?, vec![0; PIECE], 0_u64);
    loop {
        let bytes = file.read(&mut buffer)?;
        if bytes == 0 {
            return Ok(read);
        }
        read += u64::try_from(bytes)?;
        take(buffer.get(..bytes).unwrap_or_default())?;
    }
}

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [plain, sealed, opened] = args.as_slice() else {
        return Err("usage: seal_file PLAIN SEALED OPENED".into());
    };
    let mut rng = UnwrapErr(getrandom::SysRng);
    let facts = Facts::new("ImagingStudy/1", "ImagingStudy");
    let key = RecordKey::draw(&mut rng);

    // Read once for what goes onto the ledger, and once more to be sealed.
    let start = Instant::now();
    let mut hasher = ContentHasher::new(key.content_salt());
    let length = pieces(plain, |piece| {
        hasher.update(piece);
        Ok(())
    })?;
    let commitments = Commitments {
        hash: CommitmentAlgorithm::Sha3_256,
        content: hasher.finish(),
        facts: facts_commitment(key.facts_salt(), &facts)?,
    };
    println!("committed to {length} bytes in {:.1?}", start.elapsed());

    let start = Instant::now();
    let (mut file, mut out) = (File::create(sealed)?, Vec::with_capacity(2 * PIECE));
    let plan = Plan { form: ContentForm::AsItStands, length, commitments, facts: &facts };
    let mut sealer = Sealer::new(&key, &plan, &mut rng, &mut out)?;
    pieces(plain, |piece| {
        sealer.feed(piece, &mut out)?;
        file.write_all(&out)?;
        out.clear();
        Ok(())
    })?;
    sealer.finish(&mut out)?;
    file.write_all(&out)?;
    out.clear();
    println!("sealed in {:.1?}", start.elapsed());

    let start = Instant::now();
    let mut file = File::create(opened)?;
    let mut opener = Opener::new(&key, &commitments);
    pieces(sealed, |piece| {
        opener.feed(piece, &mut out)?;
        file.write_all(&out)?;
        out.clear();
        Ok(())
    })?;
    // Only now is what was written known to be the record, and all of it.
    let record = opener.finish()?;
    println!("opened {} in {:.1?}: as anchored", record.facts.reference, start.elapsed());
    Ok(())
}
