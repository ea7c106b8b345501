//! Files for the length of a run: beside the program, since a directory for temporary files may be no disk at all.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::report::Outcome;

/// A directory that goes when the run ends.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Outcome<Self> {
        let program = std::env::current_exe()?;
        let beside = program.parent().ok_or("the program lies nowhere")?;
        let path = beside.join(format!("bench-{name}-{}", std::process::id()));
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Copies the files of a directory, and waits until they are on the disk: or the first to be timed would pay for it.
pub fn copy(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let copied = to.join(entry.file_name());
        fs::copy(entry.path(), &copied)?;
        File::open(copied)?.sync_all()?;
    }
    Ok(())
}
