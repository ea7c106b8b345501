//! The Python package: its wheel, and its tests in an environment that holds nothing else.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::setup;
use crate::shell::{program, say};

/// The package's crate.
const CRATE: &str = "medledger-py";
/// Its tests.
pub const TESTS: &str = "medledger-py/tests";
/// Where the wheel is built, apart from all else: PyO3 is told there that an interpreter loads it.
const DIRECTORY: &str = "target/wheel";

/// Whether the package is there.
pub fn is_there(root: &Path) -> bool {
    root.join(CRATE).is_dir()
}

/// Builds the wheel and installs it into a fresh environment, where nothing else is.
///
/// # Errors
/// What maturin, pip or the files say.
pub fn build(root: &Path) -> Result<String, String> {
    let folder = root.join(DIRECTORY).join("dist");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)
            .map_err(|error| format!("{} can't be removed: {error}", folder.display()))?;
    }
    let python = setup::venv_python(root);
    let manifest = format!("{CRATE}/Cargo.toml");
    let mut maturin = program(root, &python, &["-m", "maturin", "build", "--release", "--quiet"]);
    maturin.args(["--manifest-path", &manifest, "--target-dir", DIRECTORY, "--out"]).arg(&folder);
    maturin.env("PYO3_BUILD_EXTENSION_MODULE", "1").env("PYO3_PYTHON", root.join(&python));
    quiet(&mut maturin)?;
    let wheel = wheel(&folder)?;
    let environment = root.join(DIRECTORY).join("venv");
    quiet(program(root, &python, &["-m", "venv", "--clear"]).arg(&environment))?;
    let install =
        ["-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--no-index", "--no-deps"];
    quiet(program(root, inside(root), &install).arg(&wheel))?;
    let size = std::fs::metadata(&wheel).map(|data| data.len() / 1024);
    let size = size.map_err(|error| format!("{} can't be read: {error}", wheel.display()))?;
    Ok(format!("{}, {size} KiB", wheel.file_name().unwrap_or_default().to_string_lossy()))
}

fn wheel(folder: &Path) -> Result<PathBuf, String> {
    let failed = |error: std::io::Error| format!("{} can't be read: {error}", folder.display());
    let found: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(failed)?
        .map(|entry| entry.map(|entry| entry.path()).map_err(failed))
        .collect::<Result<_, _>>()?;
    match found.as_slice() {
        [wheel] => Ok(wheel.clone()),
        _ => Err(format!("one wheel was expected in {}, there are {}", folder.display(), found.len())),
    }
}

/// The interpreter of the fresh environment, below the root.
pub const INSIDE: &str =
    if cfg!(windows) { "target/wheel/venv/Scripts/python.exe" } else { "target/wheel/venv/bin/python" };

fn inside(root: &Path) -> PathBuf {
    root.join(INSIDE)
}

/// That interpreter with a program; pytest and mypy, which the environment lacks, it takes from the repository's own.
///
/// # Errors
/// When the repository's environment can't be asked.
fn beside(root: &Path, arguments: &[&str]) -> Result<Command, String> {
    let ask = ["-c", "import sysconfig; print(sysconfig.get_path('purelib'))"];
    let said = quiet(&mut program(root, setup::venv_python(root), &ask))?;
    let mut command = program(root, inside(root), arguments);
    command.env("PYTHONPATH", said.trim());
    Ok(command)
}

/// Compares the committed stubs with what is in the wheel.
///
/// # Errors
/// Where they differ.
pub fn stubs(root: &Path) -> Result<String, String> {
    let said = quiet(&mut beside(root, &["-m", "mypy.stubtest", "medledger"])?)?;
    Ok(said.lines().last().unwrap_or_default().to_owned())
}

/// Checks the types of the package, as installed, and of its tests.
///
/// # Errors
/// What mypy finds.
pub fn types(root: &Path) -> Result<String, String> {
    quiet(&mut beside(root, &["-m", "mypy", "--strict", "--no-incremental", "-p", "medledger"])?)?;
    let said = quiet(&mut beside(root, &["-m", "mypy", "--strict", "--no-incremental", TESTS])?)?;
    Ok(said.lines().last().unwrap_or_default().to_owned())
}

/// The command that runs the package's tests.
///
/// # Errors
/// As [`beside`].
pub fn tests(root: &Path) -> Result<Command, String> {
    beside(root, &["-m", "pytest", "-q", "-p", "no:cacheprovider", TESTS])
}

fn quiet(command: &mut Command) -> Result<String, String> {
    let said = say(command)?;
    if said.success { Ok(said.output) } else { Err(said.output) }
}
