//! The keys that the command holds: one file an identity, readable by its owner alone.
//!
//! ```text
//! medledger-key 2
//! kind organisation
//! did did:medledger:z…
//! device 64 hexadecimal digits         one line a device
//! agreement 64 hexadecimal digits      what others encrypt to, of the device in the line before
//! controller 64 hexadecimal digits
//! successor 64 hexadecimal digits
//! next 64 hexadecimal digits           only while a rotation is under way
//! ```
//!
//! The seeds stand in the clear. This is for a machine that is guarded as a whole; a wallet seals its keys.
//!
//! A file of version 1 has no agreement keys. It is read as it is: its devices sign as before, and nothing can be encrypted
//! to them until one is added that has an agreement key (`identity add-device`), which writes the file in version 2.

pub mod sessions;
pub mod wallets;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use medledger_core::crypto::{AgreementKey, SecretKey};
use medledger_core::hash::{Did, KeyId};
use medledger_core::identity::{Control, Kind, did_from_text, did_to_text};
use medledger_sdk::agreement::AgreementSecret;
use medledger_sdk::api::IdentityKind;
use medledger_sdk::identity::IdentityKeys;
use zeroize::Zeroizing;

/// The first line of a key file.
const HEAD: &str = "medledger-key 2";
/// That of a file from before agreement keys; a validator's, which has none, still begins so.
const HEAD_1: &str = "medledger-key 1";
/// No key file is longer.
const LONGEST: u64 = 16 * 1024;
/// The name of the validator's file.
const VALIDATOR: &str = "validator";

/// Why a key file can't be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    /// There is none of that name.
    #[error("there is no key file {0}")]
    Missing(PathBuf),
    /// There is one already.
    #[error("there is a key file {0} already")]
    Taken(PathBuf),
    /// It is not one.
    #[error("{0} is not a key file of this version ({1})")]
    Damaged(PathBuf, &'static str),
    /// Others can read it.
    #[error("{0} can be read by others")]
    Exposed(PathBuf),
    /// The file system failed.
    #[error("{0} can't be read or written ({1})")]
    Io(PathBuf, io::Error),
}

/// The secret keys of one device.
#[derive(Debug)]
pub struct Device {
    /// What it signs with.
    pub signing: SecretKey,
    /// What opens that which was encrypted to it; `None` where its keys are from before there were any.
    pub agreement: Option<AgreementSecret>,
}

/// The keys above the devices, which a wallet keeps on paper.
#[derive(Debug)]
pub struct Upper {
    /// The controller.
    pub controller: SecretKey,
    /// The controller's successor.
    pub successor: SecretKey,
    /// The successor's successor, while a rotation is under way.
    pub next: Option<SecretKey>,
}

/// The secret keys of one identity. `Debug` shows none of them.
#[derive(Debug)]
pub struct KeyFile {
    /// What the identity is.
    pub kind: Kind,
    /// Which one.
    pub did: Did,
    /// Its devices' keys, those included that have been revoked since.
    pub devices: Vec<Device>,
    /// Its controller and the controller's successor; `None` where a wallet keeps the devices alone.
    pub upper: Option<Upper>,
}

impl KeyFile {
    /// The keys of a new identity.
    #[must_use]
    pub fn new(kind: Kind, did: Did, keys: IdentityKeys) -> Self {
        let IdentityKeys { device, agreement, controller, successor } = keys;
        let device = Device { signing: device, agreement: Some(agreement) };
        Self { kind, did, devices: vec![device], upper: Some(Upper { controller, successor, next: None }) }
    }

    /// A device key that the ledger takes.
    #[must_use]
    pub fn live_device(&self, control: &Control) -> Option<&SecretKey> {
        let mut signing = self.devices.iter().map(|device| &device.signing);
        signing.find(|key| control.devices.contains(&key.public().id()))
    }

    /// The key of this id among the devices.
    #[must_use]
    pub fn device(&self, id: &KeyId) -> Option<&SecretKey> {
        self.devices.iter().map(|device| &device.signing).find(|key| key.public().id() == *id)
    }

    /// The agreement secrets of all its devices.
    pub fn secrets(&self) -> impl Iterator<Item = AgreementSecret> {
        self.devices.iter().filter_map(|device| device.agreement.clone())
    }

    /// The agreement secret with this public half, of whichever device.
    #[must_use]
    pub fn agreement(&self, key: &AgreementKey) -> Option<&AgreementSecret> {
        let mut secrets = self.devices.iter().filter_map(|device| device.agreement.as_ref());
        secrets.find(|secret| secret.public() == *key)
    }

    /// Ends a rotation that the ledger has recorded: the successor is the controller, the next one the successor. Says
    /// whether there was one.
    pub fn settle(&mut self, control: &Control) -> bool {
        if let Some(upper) = &mut self.upper
            && control.controller == upper.successor.public().id()
            && let Some(next) = upper.next.take()
        {
            upper.controller = std::mem::replace(&mut upper.successor, next);
            return true;
        }
        false
    }

    fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(4096));
        text.push_str(&format!(
            "{HEAD}\nkind {}\ndid {}\n",
            IdentityKind::from(self.kind),
            did_to_text(&self.did)
        ));
        for Device { signing, agreement } in &self.devices {
            push_seed(&mut text, "device", signing);
            if let Some(secret) = agreement {
                push_digits(&mut text, "agreement", secret.expose());
            }
        }
        if let Some(Upper { controller, successor, next }) = &self.upper {
            let lines = [("controller", controller), ("successor", successor)];
            for (name, key) in lines.into_iter().chain(next.as_ref().map(|key| ("next", key))) {
                push_seed(&mut text, name, key);
            }
        }
        text
    }

    fn from_text(text: &str) -> Result<Self, &'static str> {
        let mut lines = text.lines();
        let version_1 = match lines.next() {
            Some(HEAD) => false,
            Some(HEAD_1) => true,
            _ => return Err("another first line"),
        };
        let mut kind = None;
        let mut did = None;
        let mut devices: Vec<Device> = Vec::new();
        let (mut controller, mut successor, mut next) = (None, None, None);
        for line in lines {
            let (name, value) = line.split_once(' ').ok_or("a line without a value")?;
            match name {
                "kind" if kind.is_none() => kind = Some(kind_from(value).ok_or("an unknown kind")?),
                "did" if did.is_none() => did = Some(did_from_text(value).map_err(|_| "no DID")?),
                "device" => devices.push(Device { signing: seed(value)?, agreement: None }),
                "agreement" if !version_1 => match devices.last_mut() {
                    Some(Device { agreement: agreement @ None, .. }) => {
                        *agreement = Some(AgreementSecret::new(*digits(value)?));
                    }
                    _ => return Err("an agreement key without a device"),
                },
                "controller" if controller.is_none() => controller = Some(seed(value)?),
                "successor" if successor.is_none() => successor = Some(seed(value)?),
                "next" if next.is_none() => next = Some(seed(value)?),
                _ => return Err("a line that is unknown or given twice"),
            }
        }
        Ok(Self {
            kind: kind.ok_or("no kind")?,
            did: did.ok_or("no DID")?,
            devices,
            upper: Some(Upper {
                controller: controller.ok_or("no controller")?,
                successor: successor.ok_or("no successor")?,
                next,
            }),
        })
    }
}

fn kind_from(name: &str) -> Option<Kind> {
    [Kind::Patient, Kind::Practitioner, Kind::Organisation, Kind::Device]
        .into_iter()
        .find(|of| IdentityKind::from(*of).as_str() == name)
}

fn push_seed(text: &mut Zeroizing<String>, name: &str, key: &SecretKey) {
    push_digits(text, name, &key.seed()[..]);
}

fn push_digits(text: &mut Zeroizing<String>, name: &str, secret: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    text.push_str(name);
    text.push(' ');
    for byte in secret {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from(DIGITS.get(usize::from(digit)).copied().unwrap_or(b'0')));
        }
    }
    text.push('\n');
}

/// A key from its seed's 64 digits.
fn seed(text: &str) -> Result<SecretKey, &'static str> {
    Ok(SecretKey::from_seed(*digits(text)?))
}

/// 64 digits as bytes, without a copy of them being left behind.
fn digits(text: &str) -> Result<Zeroizing<[u8; 32]>, &'static str> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => byte.checked_sub(b'0'),
        b'a'..=b'f' => byte.checked_sub(b'a' - 10),
        _ => None,
    };
    let mut seed = Zeroizing::new([0; 32]);
    if text.len() != 64 {
        return Err("a seed that has not 64 digits");
    }
    for (byte, pair) in seed.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let digits = match pair {
            [high, low] => digit(*high).zip(digit(*low)),
            _ => None,
        };
        let (high, low) = digits.ok_or("a seed with other digits than 0-9 and a-f")?;
        *byte = high << 4 | low;
    }
    Ok(seed)
}

/// The folder with the key files of a ledger.
#[derive(Clone, Debug)]
pub struct Keyring {
    folder: PathBuf,
}

impl Keyring {
    /// The key files that lie beside a ledger, in its folder `keys`.
    #[must_use]
    pub fn of(dir: &Path) -> Self {
        Self { folder: dir.join("keys") }
    }

    /// Whether this can be the name of a key file: 1 to 64 of a-z, 0-9 and hyphens.
    #[must_use]
    pub fn is_name(name: &str) -> bool {
        (1..=64).contains(&name.len())
            && name != VALIDATOR
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    }

    /// Where the keys of this name are kept.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.key"))
    }

    /// The names of all identities with a key file, in order.
    ///
    /// # Errors
    /// [`KeyFault::Io`].
    pub fn names(&self) -> Result<Vec<String>, KeyFault> {
        self.named(".key")
    }

    /// The names of all files with this ending, in order.
    fn named(&self, ending: &str) -> Result<Vec<String>, KeyFault> {
        let failed = |error| KeyFault::Io(self.folder.clone(), error);
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(failed)?.file_name();
            let name = name.to_str().and_then(|name| name.strip_suffix(ending));
            names.extend(name.filter(|name| Self::is_name(name)).map(str::to_owned));
        }
        names.sort_unstable();
        Ok(names)
    }

    /// The keys of one identity.
    ///
    /// # Errors
    /// [`KeyFault`].
    pub fn load(&self, name: &str) -> Result<KeyFile, KeyFault> {
        let path = self.path(name);
        let text = read_text(&path)?;
        KeyFile::from_text(&text).map_err(|why| KeyFault::Damaged(path, why))
    }

    /// Keeps the keys of a new identity.
    ///
    /// # Errors
    /// [`KeyFault::Taken`], [`KeyFault::Io`].
    pub fn add(&self, name: &str, keys: &KeyFile) -> Result<(), KeyFault> {
        self.untaken(&self.wallet_path(name))?;
        self.write_new(&self.path(name), keys.to_text().as_bytes())
    }

    /// Keeps the keys of an identity in place of those before.
    ///
    /// # Errors
    /// [`KeyFault::Io`]; the file is then as it was.
    pub fn replace(&self, name: &str, keys: &KeyFile) -> Result<(), KeyFault> {
        let (path, new) = (self.path(name), self.folder.join(format!("{name}.new")));
        let failed = |error| KeyFault::Io(path.clone(), error);
        match fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
        self.write_new(&new, keys.to_text().as_bytes())?;
        fs::rename(&new, &path).map_err(failed)
    }

    /// Forgets the keys of an identity that no ledger has recorded.
    ///
    /// # Errors
    /// [`KeyFault::Io`].
    pub fn forget(&self, name: &str) -> Result<(), KeyFault> {
        let path = self.path(name);
        fs::remove_file(&path).map_err(|error| KeyFault::Io(path, error))
    }

    /// The validator's key.
    ///
    /// # Errors
    /// [`KeyFault`].
    pub fn validator(&self) -> Result<SecretKey, KeyFault> {
        let path = self.path(VALIDATOR);
        let text = read_text(&path)?;
        let found = match text.lines().collect::<Vec<_>>().as_slice() {
            [HEAD_1, "kind validator", line] => {
                line.strip_prefix("validator ").ok_or("no key").and_then(seed)
            }
            _ => Err("not the file of a validator"),
        };
        found.map_err(|why| KeyFault::Damaged(path, why))
    }

    /// Keeps the validator's key.
    ///
    /// # Errors
    /// [`KeyFault::Taken`], [`KeyFault::Io`].
    pub fn add_validator(&self, key: &SecretKey) -> Result<(), KeyFault> {
        let mut text = Zeroizing::new(String::with_capacity(256));
        text.push_str(HEAD_1);
        text.push_str("\nkind validator\n");
        push_seed(&mut text, VALIDATOR, key);
        self.write_new(&self.path(VALIDATOR), text.as_bytes())
    }

    /// That a file of another kind has not taken a name.
    fn untaken(&self, path: &Path) -> Result<(), KeyFault> {
        if path.exists() { Err(KeyFault::Taken(path.to_owned())) } else { Ok(()) }
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> Result<(), KeyFault> {
        let failed = |error| KeyFault::Io(path.to_owned(), error);
        let folder = path.parent().unwrap_or(&self.folder);
        private_folder(folder).map_err(|error| KeyFault::Io(folder.to_owned(), error))?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = match options.open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(KeyFault::Taken(path.to_owned()));
            }
            Err(error) => return Err(failed(error)),
        };
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)
    }
}

/// A file of secrets, which nobody but its owner may read.
fn open_own(path: &Path) -> Result<File, KeyFault> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => KeyFault::Missing(path.to_owned()),
        _ => KeyFault::Io(path.to_owned(), error),
    };
    let file = File::open(path).map_err(failed)?;
    if wallets::exposed(&file).map_err(failed)? { Err(KeyFault::Exposed(path.to_owned())) } else { Ok(file) }
}

/// A file of keys as text.
fn read_text(path: &Path) -> Result<Zeroizing<String>, KeyFault> {
    let file = open_own(path)?;
    let failed = |error| KeyFault::Io(path.to_owned(), error);
    let mut text = Zeroizing::new(String::with_capacity(4096));
    match file.take(LONGEST).read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            Err(KeyFault::Damaged(path.to_owned(), "not text"))
        }
        Err(error) => Err(failed(error)),
    }
}

/// Makes a folder that only its owner can enter.
fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests;
