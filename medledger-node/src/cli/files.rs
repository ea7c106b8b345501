//! Files read and written.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

use medledger_core::chain::Genesis;
use medledger_core::error::Coded;
use medledger_core::light::Verifier;
use medledger_core::limits::GENESIS;
use medledger_core::units::Timestamp;
use medledger_sdk::fhir::bundle::Bundle;
use medledger_sdk::fhir::canonical::Limits;

use super::error::{CliError, Failure};

/// A file's name as it is told.
pub fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The bytes of a file of at most `limit` bytes.
///
/// # Errors
/// [`CliError::Unreadable`], [`CliError::FileTooLarge`].
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, CliError> {
    let failed = |why: std::io::Error| CliError::Unreadable { path: shown(path), why: why.to_string() };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
        return Err(CliError::FileTooLarge { path: shown(path), limit });
    }
    Ok(bytes)
}

/// Writes a file that is not there yet; `private` ones can be read by their owner alone.
///
/// # Errors
/// [`CliError::Unwritable`].
pub fn write_new(path: &Path, bytes: &[u8], private: bool) -> Result<(), CliError> {
    let failed = |why: std::io::Error| CliError::Unwritable { path: shown(path), why: why.to_string() };
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    options.open(path).and_then(|mut file| file.write_all(bytes)).map_err(failed)
}

/// Writes a file in place of the one before, whole or not at all; its folder is made where it is absent.
///
/// # Errors
/// [`CliError::Unwritable`].
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let failed = |why: std::io::Error| CliError::Unwritable { path: shown(path), why: why.to_string() };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let new = path.with_extension("new");
    let mut file = File::create(&new).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    std::fs::rename(&new, path).map_err(failed)
}

/// What is said of a file of another kind.
pub fn not_a(path: &Path, what: &'static str, error: &impl Coded) -> CliError {
    CliError::NotAFileOf { path: shown(path), what, why: format!("{}: {error}", error.rule()) }
}

/// A bundle from a file.
///
/// # Errors
/// [`CliError::Unreadable`], [`CliError::FileTooLarge`], and what is wrong with the bundle.
pub fn bundle(path: &Path) -> Result<Bundle, Failure> {
    Ok(Bundle::parse(&read(path, Limits::BUNDLE.bytes)?)?)
}

/// A client that trusts the genesis in a file.
///
/// # Errors
/// [`CliError::NotAGenesis`], [`CliError::Unreadable`].
pub fn verifier(path: &Path, now: Timestamp) -> Result<(Genesis, Verifier), CliError> {
    let refused = |error: &dyn Coded| CliError::NotAGenesis {
        path: shown(path),
        why: format!("{}: {error}", error.rule()),
    };
    let genesis = Genesis::decode(&read(path, GENESIS.bytes)?).map_err(|error| refused(&error))?;
    let verifier = Verifier::new(&genesis, now).map_err(|error| refused(&error))?;
    Ok((genesis, verifier))
}
