//! The encrypted keystores of wallets, beside the key files. What is in one is the sdk's matter; here it is that nobody else
//! reads it, and that it is never half written.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use medledger_sdk::wallet::format::{KEYSTORE, KeystoreHeader};
use medledger_sdk::wallet::keystore::{KeystoreFault, peek};
use zeroize::Zeroizing;

use super::{KeyFault, Keyring, open_own};

impl Keyring {
    /// Where the wallet of this name is kept.
    #[must_use]
    pub fn wallet_path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.wallet"))
    }

    /// The names of all wallets, in order.
    ///
    /// # Errors
    /// [`KeyFault::Io`].
    pub fn wallets(&self) -> Result<Vec<String>, KeyFault> {
        self.named(".wallet")
    }

    /// Whether there is a wallet of this name.
    #[must_use]
    pub fn has_wallet(&self, name: &str) -> bool {
        Self::is_name(name) && self.wallet_path(name).exists()
    }

    /// That a name is neither a wallet's nor a key file's.
    ///
    /// # Errors
    /// [`KeyFault::Taken`].
    pub fn is_free(&self, name: &str) -> Result<(), KeyFault> {
        self.untaken(&self.path(name))?;
        self.untaken(&self.wallet_path(name))
    }

    /// The bytes of a wallet.
    ///
    /// # Errors
    /// [`KeyFault`]; [`KeyFault::Exposed`] where others could read it.
    pub fn wallet(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeyFault> {
        wallet_file(&self.wallet_path(name))
    }

    /// What a wallet says without its passphrase.
    ///
    /// # Errors
    /// [`KeyFault`]; the inner error is [`KeystoreFault`].
    pub fn peek(&self, name: &str) -> Result<Result<KeystoreHeader, KeystoreFault>, KeyFault> {
        Ok(peek(&self.wallet(name)?))
    }

    /// Keeps a new wallet.
    ///
    /// # Errors
    /// [`KeyFault::Taken`], [`KeyFault::Io`].
    pub fn add_wallet(&self, name: &str, bytes: &[u8]) -> Result<(), KeyFault> {
        self.is_free(name)?;
        self.write_new(&self.wallet_path(name), bytes)?;
        self.settled()
    }

    /// Keeps a wallet in place of the one before.
    ///
    /// # Errors
    /// [`KeyFault::Io`]; the file is then as it was.
    pub fn replace_wallet(&self, name: &str, bytes: &[u8]) -> Result<(), KeyFault> {
        let (path, new) = (self.wallet_path(name), self.folder.join(format!("{name}.wallet-new")));
        let failed = |error| KeyFault::Io(path.clone(), error);
        match fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
        self.write_new(&new, bytes)?;
        fs::rename(&new, &path).map_err(failed)?;
        self.settled()
    }

    /// Forgets a wallet that no ledger has recorded.
    ///
    /// # Errors
    /// [`KeyFault::Io`].
    pub fn forget_wallet(&self, name: &str) -> Result<(), KeyFault> {
        let path = self.wallet_path(name);
        fs::remove_file(&path).map_err(|error| KeyFault::Io(path, error))
    }

    /// Lets the folder's own entries reach the disk.
    fn settled(&self) -> Result<(), KeyFault> {
        #[cfg(unix)]
        File::open(&self.folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|error| KeyFault::Io(self.folder.clone(), error))?;
        Ok(())
    }
}

/// The bytes of a wallet that lies anywhere.
///
/// # Errors
/// As [`Keyring::wallet`].
pub fn wallet_file(path: &Path) -> Result<Zeroizing<Vec<u8>>, KeyFault> {
    let file = open_own(path)?;
    let failed = |error| KeyFault::Io(path.to_owned(), error);
    // It may be a key file, which is in the clear: a vector that grows would leave copies behind.
    let length = file.metadata().map_err(failed)?.len().min(KEYSTORE.bytes).saturating_add(1);
    let room = usize::try_from(length).unwrap_or(usize::MAX);
    let mut bytes = Zeroizing::new(Vec::with_capacity(room.saturating_add(1)));
    file.take(length).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Whether somebody other than its owner may read a file or write to it.
///
/// # Errors
/// The file system's.
pub fn exposed(file: &File) -> io::Result<bool> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        Ok(false)
    }
}
