//! Running steps: lanes side by side, steps of one lane one after the other, stages one after the other.

use std::io::Write;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// How a step ended.
#[derive(Debug)]
pub enum Outcome {
    /// It passed; what is worth a word, or nothing.
    Passed(String),
    /// It failed; everything that explains why.
    Failed(String),
    /// It did not run; why, and what to do about it.
    Skipped(String),
}

impl From<Result<String, String>> for Outcome {
    fn from(result: Result<String, String>) -> Self {
        match result {
            Ok(note) => Self::Passed(note),
            Err(output) => Self::Failed(output),
        }
    }
}

/// One step.
pub struct Step {
    name: String,
    needed: bool,
    action: Box<dyn FnOnce() -> Outcome + Send>,
}

impl Step {
    /// A step that stands for itself.
    pub fn new(name: impl Into<String>, action: impl FnOnce() -> Outcome + Send + 'static) -> Self {
        Self { name: name.into(), needed: false, action: Box::new(action) }
    }

    /// A step that others need, and that therefore runs whichever of them were chosen.
    pub fn set_up(name: impl Into<String>, action: impl FnOnce() -> Outcome + Send + 'static) -> Self {
        Self { name: name.into(), needed: true, action: Box::new(action) }
    }
}

/// Steps that run one after the other, because they share a build directory or build on each other.
pub type Lane = Vec<Step>;
/// Lanes that run side by side.
pub type Stage = Vec<Lane>;

/// The steps whose name contains one of the words, with the set-up they need; all of them for no words.
///
/// # Errors
/// A word that no step's name contains.
pub fn select(stages: Vec<Stage>, words: &[&str]) -> Result<Vec<Stage>, String> {
    for word in words {
        if !names(&stages).any(|name| name.contains(word)) {
            return Err(format!("no step's name contains `{word}`; --list names them all"));
        }
    }
    let chosen = |step: &Step| words.is_empty() || step.needed || words.iter().any(|w| step.name.contains(w));
    Ok(stages
        .into_iter()
        .map(|stage| stage.into_iter().map(|lane| lane.into_iter().filter(chosen).collect()).collect())
        .collect())
}

/// The names of all steps.
pub fn names(stages: &[Stage]) -> impl Iterator<Item = &str> {
    stages.iter().flatten().flatten().map(|step| step.name.as_str())
}

enum Event {
    Started(String),
    Ended { name: String, outcome: Outcome, took: Duration },
}

/// How long the log may be silent while steps run.
const SILENCE: Duration = Duration::from_secs(60);

/// Runs everything and reports as it goes. A failed step does not keep others from running: one run shows all
/// that is wrong. True when nothing failed.
pub fn run(stages: Vec<Stage>, out: &mut impl Write, colour: bool) -> bool {
    let begun = Instant::now();
    let mut report = Report { out, colour, running: vec![], passed: 0, failed: vec![], skipped: 0 };
    for stage in stages {
        let (send, events) = mpsc::channel();
        std::thread::scope(|scope| {
            let lanes: Vec<_> = stage
                .into_iter()
                .map(|lane| {
                    let send = send.clone();
                    scope.spawn(move || run_lane(lane, &send))
                })
                .collect();
            drop(send);
            report.follow(&events);
            // A lane that panicked is reported by `follow`; joining it here keeps its panic from ending the run.
            lanes.into_iter().for_each(|lane| drop(lane.join()));
        });
    }
    report.close(begun.elapsed())
}

fn run_lane(lane: Lane, events: &mpsc::Sender<Event>) {
    for step in lane {
        let begun = Instant::now();
        // The receiver outlives every lane, so these can't fail.
        let _ = events.send(Event::Started(step.name.clone()));
        let outcome = (step.action)();
        let _ = events.send(Event::Ended { name: step.name, outcome, took: begun.elapsed() });
    }
}

struct Report<'a, W: Write> {
    out: &'a mut W,
    colour: bool,
    running: Vec<(String, Instant)>,
    passed: usize,
    failed: Vec<String>,
    skipped: usize,
}

impl<W: Write> Report<'_, W> {
    fn follow(&mut self, events: &mpsc::Receiver<Event>) {
        loop {
            match events.recv_timeout(SILENCE) {
                Ok(Event::Started(name)) => {
                    self.line("2", "start", &name, "");
                    self.running.push((name, Instant::now()));
                }
                Ok(Event::Ended { name, outcome, took }) => {
                    self.running.retain(|(other, _)| *other != name);
                    self.ended(name, outcome, took);
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    let still: Vec<_> = self.running.iter().map(|(n, s)| (n.clone(), s.elapsed())).collect();
                    for (name, took) in still {
                        self.line("2", "still", &name, &format!("running for {}", seconds(took)));
                    }
                }
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
            }
        }
        // A lane whose thread died sends no end; what it was running did not pass.
        for (name, _) in std::mem::take(&mut self.running) {
            self.ended(name, Outcome::Failed("the step's thread ended early".into()), Duration::ZERO);
        }
    }

    fn ended(&mut self, name: String, outcome: Outcome, took: Duration) {
        let took = seconds(took);
        match outcome {
            Outcome::Passed(note) if note.is_empty() => {
                self.line("32", "ok", &name, &took);
                self.passed = self.passed.saturating_add(1);
            }
            Outcome::Passed(note) => {
                self.line("32", "ok", &name, &format!("{took}, {note}"));
                self.passed = self.passed.saturating_add(1);
            }
            Outcome::Skipped(why) => {
                self.line("33", "skip", &name, &why);
                self.skipped = self.skipped.saturating_add(1);
            }
            Outcome::Failed(output) => {
                self.line("1;31", "FAILED", &name, &took);
                let _ = writeln!(self.out, "{}\n", output.trim_end());
                self.failed.push(name);
            }
        }
    }

    fn close(&mut self, took: Duration) -> bool {
        let failed = std::mem::take(&mut self.failed);
        for name in &failed {
            self.line("1;31", "FAILED", name, "see above");
        }
        let _ = writeln!(self.out, "steps in {}:", seconds(took));
        let _ = writeln!(self.out, "{}", summary(self.passed, failed.len(), self.skipped));
        failed.is_empty()
    }

    fn line(&mut self, colour: &str, word: &str, name: &str, note: &str) {
        let (on, off) =
            if self.colour { (format!("\x1b[{colour}m"), "\x1b[0m") } else { (String::new(), "") };
        let gap = if note.is_empty() { "" } else { "  " };
        // Where nobody listens any more there is nobody to tell; the exit code still says it.
        let _ = writeln!(self.out, "{on}{word:<7}{off}{name}{gap}{note}");
        let _ = self.out.flush();
    }
}

fn summary(passed: usize, failed: usize, skipped: usize) -> String {
    match skipped {
        0 => format!("{passed} passed, {failed} failed"),
        _ => format!("{passed} passed, {failed} failed, {skipped} skipped"),
    }
}

fn seconds(took: Duration) -> String {
    format!("{}.{} s", took.as_secs(), took.subsec_millis() / 100)
}

#[cfg(test)]
mod tests;
