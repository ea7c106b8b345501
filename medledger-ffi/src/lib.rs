//! MedLedger for Kotlin and Swift.
//!
//! | module | what it holds |
//! | --- | --- |
//! | `generated` | a function for each operation, an object for each handle, values and words: `cargo xtask bindings` |
//! | `support` | conversions of scalars and times, errors, handles and their locks, an app's own signer and progress |
//!
//! `medledger-bindgen` reads the built library and writes Kotlin and Swift.

mod generated;
mod support;

pub use generated::*;
pub use support::{MedledgerError, Moment, Progress, ProgressError, Signer, SignerError, Stamp, Time};

uniffi::setup_scaffolding!("medledger");

#[cfg(test)]
mod tests {
    use std::path::Path;

    fn sources(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries
            .flat_map(|path| {
                if path.is_dir() { sources(&path) } else { vec![std::fs::read_to_string(path).unwrap()] }
            })
            .collect()
    }

    /// The lint is off, for what UniFFI's macros write.
    #[test]
    fn no_unsafe_code_is_written_here() {
        let word = concat!("un", "safe");
        let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        assert!(sources.len() > 30);
        for source in sources {
            let is_word = |part: &str| part == word;
            let found = source.split(|c: char| !c.is_alphanumeric() && c != '_').any(is_word);
            assert!(!found, "{source}");
        }
    }
}
