//! The files of a ledger's directory. They hold secrets, so only their owner reads them.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::StoreError;

/// The database.
pub(crate) const LEDGER: &str = "ledger.redb";
/// The genesis, to be handed to clients.
pub(crate) const GENESIS: &str = "genesis.cbor";
/// The database while it is made: once it bears its own name it is whole.
const UNFINISHED: &str = "ledger.redb.new";

/// A directory with a ledger in it, or one to be.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    dir: PathBuf,
}

impl Files {
    pub(crate) fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(crate) fn ledger(&self) -> PathBuf {
        self.dir.join(LEDGER)
    }

    pub(crate) fn genesis(&self) -> PathBuf {
        self.dir.join(GENESIS)
    }

    pub(crate) fn unfinished(&self) -> PathBuf {
        self.dir.join(UNFINISHED)
    }

    /// Makes the directory, unless it is there and empty.
    pub(crate) fn make(&self) -> Result<(), StoreError> {
        match fs::read_dir(&self.dir) {
            Ok(mut entries) => match entries.next() {
                None => Ok(()),
                Some(_) => Err(StoreError::NotEmpty { path: shown(&self.dir) }),
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let mut builder = DirBuilder::new();
                builder.recursive(true);
                #[cfg(unix)]
                std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
                let absent = |dir: &&Path| !dir.as_os_str().is_empty() && !dir.exists();
                let made: Vec<&Path> = self.dir.ancestors().take_while(absent).collect();
                builder.create(&self.dir).map_err(|error| of(&self.dir, &error))?;
                // Or the names of the new directories may be gone after a power cut, with all that is in them.
                made.into_iter().filter_map(Path::parent).try_for_each(sync_directory)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {
                Err(StoreError::NotEmpty { path: shown(&self.dir) })
            }
            Err(error) => Err(of(&self.dir, &error)),
        }
    }

    pub(crate) fn write_genesis(&self, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.genesis();
        let write = || {
            let mut file = private(&path)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().map_err(|error| of(&path, &error))
    }

    pub(crate) fn read_genesis(&self) -> Result<Vec<u8>, StoreError> {
        let path = self.genesis();
        fs::read(&path).map_err(|error| of(&path, &error))
    }

    /// Gives the finished database its name, for good.
    pub(crate) fn finish(&self) -> Result<(), StoreError> {
        let (from, to) = (self.unfinished(), self.ledger());
        fs::rename(&from, &to).map_err(|error| of(&to, &error))?;
        sync_directory(&self.dir)
    }

    /// Whether an open file is the one that now bears the database's name.
    #[cfg(unix)]
    pub(crate) fn is_ledger(&self, file: &File) -> Result<bool, StoreError> {
        use std::os::unix::fs::MetadataExt;
        let path = self.ledger();
        let pair = file.metadata().and_then(|open| Ok((open, fs::metadata(&path)?)));
        let (open, named) = pair.map_err(|error| of(&path, &error))?;
        Ok((open.dev(), open.ino()) == (named.dev(), named.ino()))
    }

    /// Whether an open file is the one that now bears the database's name: a file that is open keeps its name.
    #[cfg(not(unix))]
    pub(crate) fn is_ledger(&self, _: &File) -> Result<bool, StoreError> {
        Ok(true)
    }

    /// Bytes of the files.
    pub(crate) fn size(&self) -> Result<u64, StoreError> {
        [self.ledger(), self.genesis()].iter().try_fold(0_u64, |sum, path| {
            Ok(sum.saturating_add(fs::metadata(path).map_err(|error| of(path, &error))?.len()))
        })
    }
}

/// Makes the names in a directory durable.
fn sync_directory(dir: &Path) -> Result<(), StoreError> {
    let dir = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
    // On other systems a name is as durable as it gets.
    if cfg!(unix) {
        File::open(dir).and_then(|dir| dir.sync_all()).map_err(|error| of(dir, &error))?;
    }
    Ok(())
}

/// A new file that only its owner reads.
pub(crate) fn private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string()
}

pub(crate) fn of(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::of_file(&shown(path), error)
}
