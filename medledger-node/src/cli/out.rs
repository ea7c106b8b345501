//! What the command writes: prose for people, or one JSON object.

use std::cell::RefCell;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use serde_json::{Value, json};

use super::error::{CliError, Failure};

/// A heading.
pub const HEAD: Style = Style::new().bold();
/// What is fine.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// What is not.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// What is beside the point.
pub const DIM: Style = Style::new().dimmed();

/// Text in a style; the style is dropped where no terminal shows it.
#[must_use]
pub fn styled(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Whether a terminal does something with a character instead of showing it, or shows others in another order for it. Names
/// and titles come from wallets, ledgers and records that somebody else may have made.
fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// What is told, without what steers a terminal but ends of lines, tabs and the styles above.
fn harmless(text: &str) -> String {
    const STYLES: [&str; 5] = ["\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m"];
    let mut told = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let style = STYLES.iter().copied().chain(["\r\n"]).find(|style| rest.starts_with(style));
        let taken = match (style, c) {
            (Some(style), _) => {
                told.push_str(style);
                style.len()
            }
            (None, c) => {
                let shown = matches!(c, '\n' | '\t') || !steers(c);
                told.push(if shown { c } else { char::REPLACEMENT_CHARACTER });
                c.len_utf8()
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    told
}

/// JSON on one line, with escapes for what steers a terminal: all such characters stand inside texts.
fn one_line(value: &Value) -> String {
    let mut line = String::new();
    for c in value.to_string().chars() {
        if steers(c) {
            line.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            line.push(c);
        }
    }
    line.push('\n');
    line
}

/// A view as JSON, with what else there is to say.
#[must_use]
pub fn with(view: &impl Serialize, more: Value) -> Value {
    let mut answer = json!(view);
    if let (Value::Object(fields), Value::Object(more)) = (&mut answer, more) {
        fields.extend(more);
    }
    answer
}

/// Where the command writes to. A pipe that was closed at its other end is no fault: what remains is not shown.
pub struct Out {
    json: bool,
    fault: RefCell<Option<io::Error>>,
}

impl Out {
    /// Writes prose to standard output; under `--json` prose goes to standard error.
    #[must_use]
    pub const fn new(json: bool) -> Self {
        Self { json, fault: RefCell::new(None) }
    }

    /// Whether one JSON object is asked for.
    #[must_use]
    pub const fn is_json(&self) -> bool {
        self.json
    }

    /// A line of a story.
    pub fn say(&self, line: impl Display) {
        if self.json {
            // Nobody may be listening there, and that is no fault.
            let _ = writeln!(anstream::stderr(), "{}", harmless(&line.to_string()));
        } else {
            self.print(line);
        }
    }

    /// A line of an answer: nothing under `--json`, where [`Self::answer`] gives it.
    pub fn show(&self, line: impl Display) {
        if !self.json {
            self.print(line);
        }
    }

    /// A name and a value, aligned.
    pub fn row(&self, name: &str, value: impl Display) {
        self.show(format_args!("{} {value}", styled(DIM, format_args!("{name:<13}"))));
    }

    /// The answer as one JSON object on one line.
    pub fn answer(&self, value: &Value) {
        if self.json {
            self.raw(one_line(value).as_bytes());
        }
    }

    /// Text as it is, such as a script.
    pub fn raw(&self, bytes: &[u8]) {
        let mut out = io::stdout().lock();
        self.keep(out.write_all(bytes).and_then(|()| out.flush()));
    }

    fn print(&self, line: impl Display) {
        if self.fault.borrow().is_none() {
            // Put together first: a `Display` need not bear a writer that fails.
            let line = harmless(&format!("{line}\n"));
            let mut out = anstream::stdout().lock();
            self.keep(out.write_all(line.as_bytes()).and_then(|()| out.flush()));
        }
    }

    fn keep(&self, written: io::Result<()>) {
        if let Err(error) = written {
            *self.fault.borrow_mut() = Some(error);
        }
    }

    /// Whether all that was written has arrived.
    ///
    /// # Errors
    /// [`CliError::NoOutput`], not for a pipe that was closed at its other end.
    pub fn finish(&self) -> Result<(), Failure> {
        match self.fault.borrow().as_ref() {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(CliError::NoOutput { why: error.to_string() }.into())
            }
            _ => Ok(()),
        }
    }
}

/// Tells a failure.
pub fn tell(failure: &Failure, json: bool) {
    if json {
        let Failure { code, what, element, .. } = failure;
        let value = json!({"error": {"code": code, "what": what, "element": element}});
        let mut out = io::stdout().lock();
        let _ = out.write_all(one_line(&value).as_bytes()).and_then(|()| out.flush());
    } else {
        let mut err = anstream::stderr().lock();
        let what = harmless(&failure.what);
        let _ = writeln!(err, "{} {what} [{}]", styled(BAD, "error:"), failure.code);
    }
}

/// Progress of long work, on standard error: a bar on a terminal, else a line for each stage.
pub struct Progress {
    bar: Option<ProgressBar>,
    stage: String,
}

impl Progress {
    /// Progress that has not begun.
    #[must_use]
    pub fn new() -> Self {
        let bar = io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("   {msg:<34} {bar:28} {pos}/{len}") {
                bar.set_style(style.progress_chars("━╸─"));
            }
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        });
        Self { bar, stage: String::new() }
    }

    /// How far a stage is.
    pub fn at(&mut self, stage: &str, done: u64, of: u64) {
        match &self.bar {
            Some(bar) => {
                if self.stage != stage {
                    bar.set_message(stage.to_owned());
                }
                bar.set_length(of);
                bar.set_position(done);
            }
            None if self.stage != stage => {
                let _ = writeln!(io::stderr().lock(), "{stage} …");
            }
            None => {}
        }
        if self.stage != stage {
            self.stage = stage.to_owned();
        }
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_wrote_can_not_steer_a_terminal() {
        // Sets the title, clears the screen, hides, runs back over the line, as two bytes, turns the order around.
        for bad in
            ["\x1b]0;x\x07", "\x1b[2J", "\x1b[8m", "\rpermit", "\u{9b}2J", "a\u{202e}b", "\x08", "\x7f"]
        {
            let told = harmless(bad);
            assert!(told.contains('\u{fffd}') && !told.chars().any(steers), "{bad:?}: {told:?}");
            let value = json!({ "name": bad });
            let line = one_line(&value);
            assert!(!line.trim_end().chars().any(steers), "{line:?}");
            assert_eq!(serde_json::from_str::<Value>(&line).ok(), Some(value));
        }
        let own = format!("{}\n\t{}\r\n", styled(GOOD, "fine ✓"), styled(DIM, "é"));
        assert_eq!(harmless(&own), own);
        assert_eq!(harmless(&styled(BAD, "error:")), styled(BAD, "error:"));
        assert_eq!(harmless(&styled(HEAD, "head")), styled(HEAD, "head"));
    }
}
