//! A disk for the tests: it keeps apart what is not synced, it can lose power, and it can fail.

use std::io::{self, ErrorKind};
use std::sync::{Arc, Mutex};

use redb::StorageBackend;

use crate::testing::Dice;

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

/// A disk that remembers in which order it was asked to do what. Clones are the same disk.
#[derive(Clone, Debug)]
pub struct Disk(Arc<Mutex<Inner>>);

#[derive(Debug)]
struct Inner {
    /// What it held when the log began.
    base: Vec<u8>,
    /// What a process sees.
    image: Vec<u8>,
    log: Vec<Op>,
    fault: Option<Fault>,
    /// Bytes written, syncs and reads until now.
    done: [u64; 3],
}

#[derive(Clone, Debug)]
enum Op {
    Write { at: usize, data: Vec<u8> },
    Length { length: usize },
    Sync,
}

/// How a disk fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is full after that many more bytes: the write that does not fit is done in part (ENOSPC).
    Full { after: u64 },
    /// The file does not grow past that many bytes (ENOSPC).
    NoGrowth { to: u64 },
    /// Every sync fails after that many more (EIO).
    Sync { after: u64 },
    /// One sync fails after that many more, and what waited for it may never come to the disk (EIO).
    SyncOnce { after: u64 },
    /// Every read fails after that many more (EIO).
    Read { after: u64 },
    /// One read fails after that many more (EIO).
    ReadOnce { after: u64 },
}

impl Disk {
    pub fn new(base: Vec<u8>) -> Self {
        let image = base.clone();
        let inner = Inner { base, image, log: Vec::new(), fault: None, done: [0; 3] };
        Self(Arc::new(Mutex::new(inner)))
    }

    fn with<R>(&self, run: impl FnOnce(&mut Inner) -> R) -> R {
        run(&mut self.0.lock().unwrap())
    }

    /// What a process sees: what is left when that process is killed.
    pub fn image(&self) -> Vec<u8> {
        self.with(|inner| inner.image.clone())
    }

    /// How many things it was asked to do.
    pub fn ops(&self) -> usize {
        self.with(|inner| inner.log.len())
    }

    /// Bytes written, syncs and reads.
    pub fn done(&self) -> [u64; 3] {
        self.with(|inner| inner.done)
    }

    /// The moments just before it synced: most hangs then on what came through.
    pub fn syncs(&self) -> Vec<usize> {
        let sync = |(at, op): (usize, &Op)| matches!(op, Op::Sync).then_some(at);
        self.with(|inner| inner.log.iter().enumerate().filter_map(sync).collect())
    }

    /// Whether everything is synced.
    pub fn is_synced(&self) -> bool {
        self.with(|inner| matches!(inner.log.last(), None | Some(Op::Sync)))
    }

    /// From now on it fails like this.
    pub fn fail(&self, fault: Option<Fault>) {
        self.with(|inner| (inner.fault, inner.done) = (fault, [0; 3]));
    }

    /// A disk that says it synced and did not.
    pub fn lie(&self) {
        self.with(|inner| inner.log.retain(|op| !matches!(op, Op::Sync)));
    }

    /// What is on the disk if the power goes after so many operations: all up to the last sync before; of the rest each
    /// sector as it was after any of the writes, or before all of them; and any of the lengths.
    pub fn cut(&self, ops: usize, dice: &mut Dice) -> Vec<u8> {
        self.with(|inner| {
            let log = &inner.log[..ops];
            let synced = log.iter().rposition(|op| matches!(op, Op::Sync)).unwrap_or(0);
            let (durable, rest) = log.split_at(synced);
            let mut disk = inner.base.clone();
            durable.iter().for_each(|op| apply(&mut disk, op));
            torn(disk, rest, dice)
        })
    }
}

fn apply(disk: &mut Vec<u8>, op: &Op) {
    match op {
        Op::Write { at, data } => disk[*at..*at + data.len()].copy_from_slice(data),
        Op::Length { length } => disk.resize(*length, 0),
        Op::Sync => {}
    }
}

fn torn(mut disk: Vec<u8>, rest: &[Op], dice: &mut Dice) -> Vec<u8> {
    let lengths: Vec<usize> = std::iter::once(disk.len())
        .chain(rest.iter().filter_map(|op| if let Op::Length { length } = op { Some(*length) } else { None }))
        .collect();
    let length = lengths[usize::try_from(dice.below(u64::try_from(lengths.len()).unwrap())).unwrap()];
    disk.resize(length.max(lengths.iter().copied().max().unwrap()), 0);
    let mut sectors: Vec<(usize, &[u8])> = Vec::new();
    // How much of it came through: little, half, or nearly all.
    let odds = [1, 4, 8, 15][usize::try_from(dice.below(4)).unwrap()];
    for op in rest {
        if let Op::Write { at, data } = op {
            // A write is torn where the sectors of the disk end, wherever it begins.
            let mut from = 0;
            while from < data.len() {
                let part = (SECTOR - (at + from) % SECTOR).min(data.len() - from);
                if dice.below(16) < odds {
                    sectors.push((at + from, &data[from..from + part]));
                }
                from += part;
            }
        }
    }
    for last in (1..sectors.len()).rev() {
        sectors.swap(last, usize::try_from(dice.below(u64::try_from(last + 1).unwrap())).unwrap());
    }
    for (at, data) in sectors {
        disk[at..at + data.len()].copy_from_slice(data);
    }
    disk.truncate(length);
    disk
}

fn full() -> io::Error {
    io::Error::from(ErrorKind::StorageFull)
}

fn broken() -> io::Error {
    // EIO has no kind of its own.
    io::Error::other("Input/output error")
}

impl Inner {
    /// Counts, and says whether it fails now.
    fn step(&mut self, what: usize) -> io::Result<()> {
        let before = self.done[what];
        self.done[what] += 1;
        let fails = match (what, self.fault) {
            (1, Some(Fault::Sync { after })) | (2, Some(Fault::Read { after })) => before >= after,
            (1, Some(Fault::SyncOnce { after })) | (2, Some(Fault::ReadOnce { after })) => before == after,
            _ => false,
        };
        if fails { Err(broken()) } else { Ok(()) }
    }

    fn end(&self, offset: u64, length: usize) -> io::Result<(usize, usize)> {
        let at = usize::try_from(offset).unwrap();
        let end = at.checked_add(length).filter(|end| *end <= self.image.len());
        Ok((at, end.ok_or(ErrorKind::UnexpectedEof)?))
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        self.with(|inner| Ok(u64::try_from(inner.image.len()).unwrap()))
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.with(|inner| {
            inner.step(2)?;
            let (at, end) = inner.end(offset, out.len())?;
            out.copy_from_slice(&inner.image[at..end]);
            Ok(())
        })
    }

    fn set_len(&self, length: u64) -> io::Result<()> {
        self.with(|inner| {
            let grows = length > u64::try_from(inner.image.len()).unwrap();
            match inner.fault {
                Some(Fault::NoGrowth { to }) if grows && length > to => return Err(full()),
                _ => {}
            }
            let op = Op::Length { length: usize::try_from(length).unwrap() };
            apply(&mut inner.image, &op);
            inner.log.push(op);
            Ok(())
        })
    }

    fn sync_data(&self) -> io::Result<()> {
        self.with(|inner| {
            inner.step(1)?;
            inner.log.push(Op::Sync);
            Ok(())
        })
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.with(|inner| {
            let (at, _) = inner.end(offset, data.len())?;
            let mut fits = data.len();
            if let Some(Fault::Full { after }) = inner.fault {
                let left = usize::try_from(after.saturating_sub(inner.done[0])).unwrap();
                fits = fits.min(left);
            }
            inner.done[0] += u64::try_from(fits).unwrap();
            let op = Op::Write { at, data: data[..fits].to_vec() };
            apply(&mut inner.image, &op);
            inner.log.push(op);
            if fits < data.len() { Err(full()) } else { Ok(()) }
        })
    }
}

#[test]
fn a_cut_keeps_what_was_synced_and_tears_the_rest() {
    let disk = Disk::new(vec![0; 4096]);
    disk.write(0, &[1; 2048]).unwrap();
    disk.sync_data().unwrap();
    disk.write(1000, &[2; 3000]).unwrap();
    disk.set_len(8192).unwrap();
    disk.write(4096, &[3; 4096]).unwrap();
    assert_eq!((disk.ops(), disk.is_synced()), (5, false));
    let mut dice = Dice(1);
    let cuts: Vec<Vec<u8>> = (0..200).map(|_| disk.cut(5, &mut dice)).collect();
    assert!(cuts.iter().all(|cut| cut[..1000] == [1; 1000]));
    assert!(cuts.iter().all(|cut| [4096, 8192].contains(&cut.len())));
    let mixed = |cut: &Vec<u8>| cut[1000..4000].contains(&2) && cut[1000..4000].contains(&0);
    assert!(cuts.iter().filter(|cut| mixed(cut)).count() > 50);
    // No sector is torn in itself.
    assert!(cuts.iter().all(|cut| cut[1024..1536].windows(2).all(|two| two[0] == two[1])));
    assert_eq!(disk.cut(1, &mut dice).len(), 4096);
    let lost = (0..50).map(|_| disk.cut(1, &mut dice)).filter(|cut| cut.contains(&0)).count();
    assert!(lost > 40);
    disk.sync_data().unwrap();
    assert!(disk.is_synced() && disk.cut(6, &mut dice) == disk.image());
}
