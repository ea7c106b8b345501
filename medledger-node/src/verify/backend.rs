//! Where verification reads from and writes to: never the file that it verifies.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use redb::StorageBackend;

use crate::store::files::private;

const CHUNK: u64 = 4096;

/// A file that is only read, with everything that is written kept in memory on top of it: so the database can open,
/// repair and check a file that stays as it is.
#[derive(Debug)]
pub(super) struct Overlay {
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    file: File,
    /// Bytes of the file that still show through.
    shown: u64,
    length: u64,
    /// By number of the chunk.
    written: BTreeMap<u64, Vec<u8>>,
}

impl Overlay {
    pub(super) fn new(file: File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        Ok(Self { inner: Mutex::new(Inner { file, shown: length, length, written: BTreeMap::new() }) })
    }

    fn with<R>(&self, run: impl FnOnce(&mut Inner) -> R) -> R {
        run(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn outside() -> io::Error {
    io::Error::new(ErrorKind::UnexpectedEof, "past the end of the file")
}

fn size(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// The parts of `[offset, offset + length)` by chunk: the chunk, where the part begins in it, and how long it is.
fn parts(offset: u64, length: u64) -> impl Iterator<Item = (u64, u64, u64)> {
    let end = offset.saturating_add(length);
    let mut at = offset;
    std::iter::from_fn(move || {
        let start = at.checked_rem(CHUNK)?;
        let part = CHUNK.checked_sub(start)?.min(end.checked_sub(at)?);
        let chunk = at.checked_div(CHUNK)?;
        at = at.checked_add(part)?;
        (part > 0).then_some((chunk, start, part))
    })
}

impl Inner {
    fn check(&self, offset: u64, length: usize) -> io::Result<()> {
        let end = offset.checked_add(size(length)).filter(|end| *end <= self.length);
        end.map(drop).ok_or_else(outside)
    }

    /// What the file has there; zeros where it does not show through.
    fn base(&mut self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let shown = self.shown.saturating_sub(offset).min(size(out.len()));
        let (from_file, rest) = out.split_at_mut(usize::try_from(shown).unwrap_or(usize::MAX).min(out.len()));
        rest.fill(0);
        if !from_file.is_empty() {
            self.file.seek(SeekFrom::Start(offset))?;
            self.file.read_exact(from_file)?;
        }
        Ok(())
    }

    fn read(&mut self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.check(offset, out.len())?;
        self.base(offset, out)?;
        let end = offset.saturating_add(size(out.len()));
        let (first, last) = (offset.checked_div(CHUNK).unwrap_or(0), end.div_ceil(CHUNK));
        for (chunk, bytes) in self.written.range(first..last) {
            let from = chunk.saturating_mul(CHUNK);
            // Where the chunk and what is asked for meet.
            let (start, stop) = (from.max(offset), from.saturating_add(CHUNK).min(end));
            let source = within(from, start, stop).and_then(|range| bytes.get(range));
            let target = within(offset, start, stop).and_then(|range| out.get_mut(range));
            if let (Some(source), Some(target)) = (source, target) {
                target.copy_from_slice(source);
            }
        }
        Ok(())
    }

    fn write(&mut self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.check(offset, data.len())?;
        let mut left = data;
        for (chunk, start, part) in parts(offset, size(data.len())) {
            if !self.written.contains_key(&chunk) {
                let mut bytes = vec![0; usize::try_from(CHUNK).unwrap_or_default()];
                self.base(chunk.saturating_mul(CHUNK), &mut bytes)?;
                self.written.insert(chunk, bytes);
            }
            let Some((now, rest)) = left.split_at_checked(usize::try_from(part).unwrap_or(usize::MAX)) else {
                return Err(outside());
            };
            left = rest;
            let bytes = self.written.get_mut(&chunk);
            let range = within(0, start, start.saturating_add(part));
            if let Some(target) = bytes.zip(range).and_then(|(bytes, range)| bytes.get_mut(range)) {
                target.copy_from_slice(now);
            }
        }
        Ok(())
    }

    /// What lies past a cut reads as zeros when the file grows again.
    fn set_len(&mut self, length: u64) {
        if length < self.length {
            self.shown = self.shown.min(length);
            self.written.split_off(&length.div_ceil(CHUNK));
            let last = length.checked_div(CHUNK).unwrap_or(0);
            let kept = length.checked_rem(CHUNK).and_then(|kept| usize::try_from(kept).ok()).unwrap_or(0);
            if let Some(tail) = self.written.get_mut(&last).and_then(|bytes| bytes.get_mut(kept..)) {
                tail.fill(0);
            }
        }
        self.length = length;
    }
}

/// `[start, stop)` counted from `from`.
fn within(from: u64, start: u64, stop: u64) -> Option<std::ops::Range<usize>> {
    let start = usize::try_from(start.checked_sub(from)?).ok()?;
    let stop = usize::try_from(stop.checked_sub(from)?).ok()?;
    (start <= stop).then_some(start..stop)
}

impl StorageBackend for Overlay {
    fn len(&self) -> io::Result<u64> {
        Ok(self.with(|inner| inner.length))
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.with(|inner| inner.read(offset, out))
    }

    fn set_len(&self, length: u64) -> io::Result<()> {
        self.with(|inner| inner.set_len(length));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.with(|inner| inner.write(offset, data))
    }
}

/// A file for a while, in the system's directory for such: what it holds may be lost, so nothing waits for the disk.
#[derive(Debug)]
pub(super) struct Scratch {
    file: Mutex<File>,
    /// Where the file could not be unlinked while it is open.
    left: Option<PathBuf>,
}

impl Scratch {
    pub(super) fn new() -> io::Result<Self> {
        let mut tries = 0_u32;
        loop {
            let name = format!("medledger-verify-{}-{tries}.redb", std::process::id());
            let path = std::env::temp_dir().join(name);
            match private(&path) {
                Ok(file) => {
                    // Where that works, nothing is left behind however this process ends.
                    let left = std::fs::remove_file(&path).err().map(|_| path);
                    return Ok(Self { file: Mutex::new(file), left });
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists && tries < 10_000 => {
                    tries = tries.saturating_add(1);
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn with<R>(&self, run: impl FnOnce(&mut File) -> io::Result<R>) -> io::Result<R> {
        run(&mut self.file.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(path) = &self.left {
            let _ = std::fs::remove_file(path);
        }
    }
}

impl StorageBackend for Scratch {
    fn len(&self) -> io::Result<u64> {
        self.with(|file| Ok(file.metadata()?.len()))
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.with(|file| {
            file.seek(SeekFrom::Start(offset))?;
            file.read_exact(out)
        })
    }

    fn set_len(&self, length: u64) -> io::Result<()> {
        self.with(|file| file.set_len(length))
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.with(|file| {
            file.seek(SeekFrom::Start(offset))?;
            file.write_all(data)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::testing::{Dice, TempDir};

    /// Overlay and a plain vector, driven by the same dice.
    #[test]
    fn an_overlay_is_a_file_that_leaves_the_file_alone() {
        let dir = TempDir::new();
        let path = dir.join("base");
        let base: Vec<u8> = (0..20_000_u32).map(|n| u8::try_from(n % 251).unwrap()).collect();
        fs::write(&path, &base).unwrap();
        let overlay = Overlay::new(File::open(&path).unwrap()).unwrap();
        let mut model = base.clone();
        let mut dice = Dice(5);
        for _ in 0..3_000 {
            let at = dice.below(24_000);
            let length = dice.below(9_000);
            let (from, to) = (usize::try_from(at).unwrap(), usize::try_from(at + length).unwrap());
            match dice.below(8) {
                0 => {
                    overlay.set_len(at).unwrap();
                    model.resize(from, 0);
                }
                1..=3 => {
                    let data = vec![u8::try_from(dice.below(256)).unwrap(); to - from];
                    let fits = to <= model.len();
                    assert_eq!(overlay.write(at, &data).is_ok(), fits);
                    if fits {
                        model[from..to].copy_from_slice(&data);
                    }
                }
                _ => {
                    let mut out = vec![7; to - from];
                    assert_eq!(overlay.read(at, &mut out).is_ok(), to <= model.len());
                    if to <= model.len() {
                        assert_eq!(out, model[from..to]);
                    }
                }
            }
            assert_eq!(overlay.len().unwrap(), u64::try_from(model.len()).unwrap());
        }
        assert_eq!(fs::read(&path).unwrap(), base);
    }

    #[test]
    fn scratch_leaves_nothing_behind() {
        let scratch = Scratch::new().unwrap();
        scratch.set_len(10).unwrap();
        scratch.write(4, b"abc").unwrap();
        let mut out = [9; 5];
        scratch.read(3, &mut out).unwrap();
        assert_eq!(&out, b"\0abc\0");
        assert!(scratch.read(8, &mut out).is_err());
        assert_eq!(scratch.len().unwrap(), 10);
        let left = scratch.left.clone();
        drop(scratch);
        assert!(left.is_none_or(|path| !path.exists()));
    }
}
