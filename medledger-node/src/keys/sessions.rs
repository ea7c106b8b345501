//! The secrets of a requester's sessions, one file each in the folder `keys/sessions`, until the session is closed.
//!
//! ```text
//! medledger-session 1
//! secret 64 hexadecimal digits
//! ```

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use medledger_core::crypto::AgreementKey;
use medledger_sdk::agreement::AgreementSecret;
use zeroize::Zeroizing;

use super::{KeyFault, Keyring, digits, push_digits};

const HEAD: &str = "medledger-session 1";

impl Keyring {
    /// Where the secret of a session with this key is kept.
    #[must_use]
    pub fn session_path(&self, key: &AgreementKey) -> PathBuf {
        let AgreementKey::X25519 { bytes } = key;
        self.folder.join("sessions").join(format!("{bytes}.session"))
    }

    /// Keeps the secret of a session.
    ///
    /// # Errors
    /// [`KeyFault`].
    pub fn add_session(&self, key: &AgreementKey, secret: &AgreementSecret) -> Result<(), KeyFault> {
        let mut text = Zeroizing::new(String::with_capacity(256));
        text.push_str(HEAD);
        text.push('\n');
        push_digits(&mut text, "secret", secret.expose());
        self.write_new(&self.session_path(key), text.as_bytes())
    }

    /// Forgets the secret of a session, if it is here: what was released under it can't be opened again.
    ///
    /// # Errors
    /// [`KeyFault::Io`].
    pub fn forget_session(&self, key: &AgreementKey) -> Result<(), KeyFault> {
        let path = self.session_path(key);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(KeyFault::Io(path, error)),
            _ => Ok(()),
        }
    }
}

/// The secret of a session from its file.
///
/// # Errors
/// [`KeyFault`].
pub fn secret(path: &Path) -> Result<AgreementSecret, KeyFault> {
    let text = super::read_text(path)?;
    let found = match text.lines().collect::<Vec<_>>().as_slice() {
        [HEAD, line] => line.strip_prefix("secret ").ok_or("no secret").and_then(digits),
        _ => Err("not the file of a session"),
    };
    let bytes = found.map_err(|why| KeyFault::Damaged(path.to_owned(), why))?;
    Ok(AgreementSecret::new(*bytes))
}

/// The keys in a file that lies anywhere.
///
/// # Errors
/// [`KeyFault`].
pub fn key_file(path: &Path) -> Result<super::KeyFile, KeyFault> {
    let text = super::read_text(path)?;
    super::KeyFile::from_text(&text).map_err(|why| KeyFault::Damaged(path.to_owned(), why))
}
