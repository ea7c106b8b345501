//! `cargo xtask bench`.

use std::path::Path;
use std::process::ExitCode;

use crate::shell;

/// Runs the benches in release with the terminal handed through; their exit code is ours.
///
/// # Errors
/// When cargo can't be started.
pub fn run(root: &Path, arguments: &[String]) -> Result<ExitCode, String> {
    let mut command =
        shell::cargo(root, &["run", "--release", "--locked", "--quiet", "-p", "medledger-benches", "--"]);
    let status =
        command.args(arguments).status().map_err(|error| format!("`cargo` could not be run: {error}"))?;
    Ok(match status.code().and_then(|code| u8::try_from(code).ok()) {
        Some(code) => ExitCode::from(code),
        None => ExitCode::FAILURE,
    })
}
