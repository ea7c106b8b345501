//! Files read and written.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use medledger_core::chain::Genesis;
use medledger_core::error::Coded;
use medledger_core::light::Verifier;
use medledger_core::limits::GENESIS;
use medledger_core::units::Timestamp;

use super::error::CliError;

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
    options
        .open(path)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .map_err(failed)
}

/// Writes a file in place of the one before, whole or not at all, for its owner alone; its folder is made where it is
/// absent. What it returns from is on the disk.
///
/// # Errors
/// [`CliError::Unwritable`].
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let failed = |why: std::io::Error| CliError::Unwritable { path: shown(path), why: why.to_string() };
    let folder = folder(path).map_err(failed)?;
    let new = beside(path, ".new");
    match std::fs::remove_file(&new) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    // A new file, so that nothing is written through a link that lies in its place.
    let mut file = private().create_new(true).open(&new).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    std::fs::rename(&new, path).map_err(failed)?;
    #[cfg(unix)]
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Keeps other processes from a file until what this gives is dropped; waits for one that does the same. The lock lies
/// beside the file, which is replaced as a whole.
///
/// # Errors
/// [`CliError::Unwritable`].
pub fn lock(path: &Path) -> Result<File, CliError> {
    let failed = |why: std::io::Error| CliError::Unwritable { path: shown(path), why: why.to_string() };
    folder(path).map_err(failed)?;
    let file = private().create(true).truncate(false).open(beside(path, ".lock")).map_err(failed)?;
    file.lock().map_err(failed)?;
    Ok(file)
}

/// A file's folder, which is made where it is absent.
fn folder(path: &Path) -> std::io::Result<&Path> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::create_dir_all(folder).map(|()| folder),
        _ => Ok(Path::new(".")),
    }
}

/// A path with something after its name.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// To write a file that its owner alone can read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// What is said of a file of another kind.
pub fn not_a(path: &Path, what: &'static str, error: &impl Coded) -> CliError {
    CliError::NotAFileOf { path: shown(path), what, why: format!("{}: {error}", error.rule()) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_replaced_is_its_owners_alone_and_goes_through_no_link() {
        let dir = tempfile::tempdir().unwrap();
        let (path, other) = (dir.path().join("logs.new"), dir.path().join("other"));
        std::fs::write(&other, b"mine").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(&other, dir.path().join("logs.new.new")).unwrap();
        replace(&path, b"one").unwrap();
        replace(&path, b"two").unwrap();
        assert_eq!(
            (std::fs::read(&path).unwrap(), std::fs::read(&other).unwrap()),
            (b"two".into(), b"mine".into())
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
