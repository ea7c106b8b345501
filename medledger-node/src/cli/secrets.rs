//! Passphrases and sheets of words: where they are read from and shown. None of them is ever part of an answer.

use std::env;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

use medledger_sdk::wallet::sheet::Sheet;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::error::{CliError, Failure};
use super::files::{shown, write_new};

/// The variable that a passphrase is taken from where no file is named.
pub const PASSPHRASE: &str = "MEDLEDGER_PASSPHRASE";
/// The same for a new one.
pub const NEW_PASSPHRASE: &str = "MEDLEDGER_NEW_PASSPHRASE";

/// No passphrase and no sheet is longer.
const LONGEST: u64 = 8 * 1024;
/// Words beside each other where a sheet is shown.
const COLUMNS: usize = 4;

/// A passphrase: from a file, else from a variable, else from whoever sits at the terminal, who types a new one twice.
///
/// # Errors
/// [`CliError::NoPassphrase`], [`CliError::PassphrasesDiffer`], [`CliError::Unreadable`].
pub fn passphrase(
    file: Option<&Path>,
    variable: &'static str,
    new: bool,
) -> Result<Zeroizing<String>, CliError> {
    if let Some(path) = file {
        let text = secret_file(path)?;
        let line = text.lines().next().unwrap_or_default();
        return Ok(Zeroizing::new(line.to_owned()));
    }
    if let Ok(text) = env::var(variable) {
        return Ok(Zeroizing::new(text));
    }
    let asked = if new { "New passphrase: " } else { "Passphrase: " };
    let no = || CliError::NoPassphrase { variable };
    let first = ask(asked).ok_or_else(no)?;
    if new { agreed(first, &ask("Once more: ").ok_or_else(no)?) } else { Ok(first) }
}

fn agreed(first: Zeroizing<String>, again: &str) -> Result<Zeroizing<String>, CliError> {
    if *first == again { Ok(first) } else { Err(CliError::PassphrasesDiffer) }
}

/// The words of a sheet: from a file, else from whoever sits at the terminal.
///
/// # Errors
/// [`CliError::NoSheet`], [`CliError::Unreadable`].
pub fn words(file: Option<&Path>, option: &'static str, asked: &str) -> Result<Zeroizing<String>, CliError> {
    match file {
        Some(path) => secret_file(path),
        None => ask(asked).ok_or(CliError::NoSheet { option }),
    }
}

/// A sheet, read as [`words`] are.
///
/// # Errors
/// As [`words`], and what is wrong with the words.
pub fn sheet(file: Option<&Path>, option: &'static str, asked: &str) -> Result<Sheet, Failure> {
    Ok(Sheet::from_words(&words(file, option, asked)?)?)
}

/// A line that is typed without being seen; `None` where nobody sits at a terminal.
fn ask(what: &str) -> Option<Zeroizing<String>> {
    if !io::stdin().is_terminal() {
        return None;
    }
    rpassword::prompt_password(what).ok().map(Zeroizing::new)
}

fn secret_file(path: &Path) -> Result<Zeroizing<String>, CliError> {
    let failed = |why: io::Error| CliError::Unreadable { path: shown(path), why: why.to_string() };
    let mut text = Zeroizing::new(String::with_capacity(8 * 1024 + 1));
    let file = File::open(path).map_err(failed)?;
    file.take(LONGEST.saturating_add(1)).read_to_string(&mut text).map_err(failed)?;
    if u64::try_from(text.len()).unwrap_or(u64::MAX) > LONGEST {
        return Err(CliError::FileTooLarge { path: shown(path), limit: LONGEST });
    }
    Ok(text)
}

/// Writes a sheet to a new file that its owner alone can read, a word a line.
///
/// # Errors
/// [`CliError::Unwritable`].
pub fn write_sheet(path: &Path, sheet: &Sheet) -> Result<(), CliError> {
    let mut text = Zeroizing::new(String::with_capacity(24 * 9));
    for word in sheet.words() {
        text.push_str(word);
        text.push('\n');
    }
    write_new(path, text.as_bytes(), true)
}

/// Draws a passphrase of six words of BIP-39's list, which is 66 bits, and writes it to a new file that its owner alone
/// can read.
///
/// # Errors
/// [`Failure`].
pub fn draw_passphrase(path: &Path, rng: &mut impl CryptoRng) -> Result<Zeroizing<String>, Failure> {
    let sheet = Sheet::draw(rng)?;
    let mut text = Zeroizing::new(String::with_capacity(6 * 9));
    for word in sheet.words().take(6) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    write_new(path, text.as_bytes(), true)?;
    Ok(text)
}

/// Shows a sheet on the terminal, once.
///
/// # Errors
/// [`CliError::NoTerminal`] where standard error is none: words do not belong into a log.
pub fn show_sheet(title: &str, sheet: &Sheet) -> Result<(), CliError> {
    let mut to = io::stderr().lock();
    if !to.is_terminal() {
        return Err(CliError::NoTerminal);
    }
    let mut text = Zeroizing::new(String::with_capacity(2 * 1024));
    text.push_str(&format!("\n{title}\n\n"));
    let words: Vec<&str> = sheet.words().collect();
    let rows = words.len().div_ceil(COLUMNS);
    for row in 0..rows {
        for (number, word) in (1..).zip(&words).skip(row).step_by(rows) {
            text.push_str(&format!("  {number:>2} {word:<10}"));
        }
        text.push('\n');
    }
    to.write_all(text.as_bytes()).map_err(|_| CliError::NoTerminal)
}

/// Waits until somebody at the terminal has written down what was shown.
pub fn wait() {
    let _ = ask("Press Enter once you have written it down. ");
}

/// Whether a sheet can be shown.
#[must_use]
pub fn can_show() -> bool {
    io::stderr().is_terminal() && io::stdin().is_terminal()
}

#[cfg(test)]
mod tests {
    use super::*;
    use medledger_core::error::Coded;

    #[test]
    fn a_new_passphrase_is_typed_the_same_twice() {
        let first = || Zeroizing::new("a horse".to_owned());
        assert_eq!(agreed(first(), "a horse"), Ok(first()));
        let differ = agreed(first(), "a house").unwrap_err();
        assert_eq!(differ.rule().to_string(), "CLI-042");
        assert!(!differ.to_string().contains("a ho"));
    }
}
