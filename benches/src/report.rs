//! Timing two things in turn, and what is said of it.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// What goes wrong in a bench is told and ends the run.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Ratios by name.
pub struct Report {
    ratios: BTreeMap<String, f64>,
}

/// How often two things are timed in turn.
const ROUNDS: usize = 5;

impl Report {
    pub fn new() -> Self {
        Self { ratios: BTreeMap::new() }
    }

    /// Times `ours` and `peer` in turn and records `peer / ours`: above 1, ours is faster. `items` is what one run of
    /// each does, for the time a piece.
    pub fn compare(
        &mut self,
        name: &str,
        items: u32,
        mut ours: impl FnMut() -> Outcome<Duration>,
        mut peer: impl FnMut() -> Outcome<Duration>,
    ) -> Outcome<()> {
        let mut ratios = Vec::new();
        let (mut own, mut other) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let (a, b) = (ours()?, peer()?);
            ratios.push(b.as_secs_f64() / a.as_secs_f64());
            own.push(a.as_secs_f64());
            other.push(b.as_secs_f64());
        }
        let (least, most) = (
            ratios.iter().copied().fold(f64::INFINITY, f64::min),
            ratios.iter().copied().fold(0.0, f64::max),
        );
        let piece = |times: &mut Vec<f64>| median(times) * 1e6 / f64::from(items);
        let ratio = median(&mut ratios);
        eprintln!(
            "{name:<28} {ratio:>6.2} ({least:.2} to {most:.2})   ours {:>9.3} µs a piece, peer {:>9.3} µs",
            piece(&mut own),
            piece(&mut other)
        );
        self.ratios.insert(name.to_owned(), (ratio * 1000.0).round() / 1000.0);
        Ok(())
    }

    /// The ratios as one JSON object on one line.
    pub fn json(&self) -> String {
        serde_json::to_string(&self.ratios).unwrap_or_default()
    }
}

/// The processor's time that a closure takes on this thread, which other programs don't lengthen by running; what the
/// closure gives is kept from being optimised away.
pub fn time<T>(run: impl FnOnce() -> T) -> Duration {
    let start = now();
    std::hint::black_box(run());
    now().saturating_sub(start)
}

/// The time that passes meanwhile, for what waits for a disk.
pub fn wall<T>(run: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(run());
    start.elapsed()
}

#[cfg(unix)]
fn now() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    clock_gettime(ClockId::ThreadCPUTime).try_into().unwrap_or_default()
}

/// Since the first call.
#[cfg(not(unix))]
fn now() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

pub fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}
