//! Running other programs and keeping what they say.

use std::io::Read;
use std::path::Path;
use std::process::Command;

/// What a program said and whether it succeeded.
pub struct Said {
    /// Whether its exit code was 0.
    pub success: bool,
    /// Standard output and standard error, in the order in which they came.
    pub output: String,
}

/// Runs a program to its end.
///
/// # Errors
/// When it can't be started.
pub fn say(command: &mut Command) -> Result<Said, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let failed = |error: std::io::Error| format!("`{name}` could not be run: {error}");
    let (mut reader, writer) = std::io::pipe().map_err(failed)?;
    command.stdin(std::process::Stdio::null()).stdout(writer.try_clone().map_err(failed)?).stderr(writer);
    let mut child = command.spawn().map_err(failed)?;
    // The command still holds the writing ends: without this, the reader would never see the end.
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(failed)?;
    let status = child.wait().map_err(failed)?;
    Ok(Said { success: status.success(), output: String::from_utf8_lossy(&bytes).into_owned() })
}

/// Standard output alone, for programs whose answer is parsed.
///
/// # Errors
/// When it can't be started or its exit code is not 0.
pub fn ask(command: &mut Command) -> Result<Vec<u8>, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let answer = command.output().map_err(|error| format!("`{name}` could not be run: {error}"))?;
    if answer.status.success() {
        Ok(answer.stdout)
    } else {
        Err(format!("`{name}` failed: {}", String::from_utf8_lossy(&answer.stderr).trim_end()))
    }
}

/// `cargo` in the workspace's folder.
pub fn cargo(root: &Path, arguments: &[&str]) -> Command {
    program(root, "cargo", arguments)
}

/// A program in the workspace's folder.
pub fn program(root: &Path, name: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root).args(arguments);
    command
}
