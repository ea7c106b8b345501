//! What a fresh machine lacks: parts of the Rust toolchain, Python packages, the FHIR validator.

use std::path::{Path, PathBuf};

use crate::shell::{ask, cargo, program, say};

/// The machine without an operating system for which core and sdk are built.
pub const BARE_TARGET: &str = "thumbv7em-none-eabihf";
/// What a browser runs.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Where the pinned Python packages are listed.
const REQUIREMENTS: &str = "ci/requirements.txt";

/// Makes sure of rustfmt, clippy and the bare target's libraries; asks rustup for what is missing.
///
/// # Errors
/// What is missing and how to get it.
pub fn rust(root: &Path) -> Result<String, String> {
    let mut added = Vec::new();
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !say(&mut cargo(root, &[subcommand, "--version"]))?.success {
            rustup(root, &["component", "add", component])?;
            added.push(component);
        }
    }
    if target(root, BARE_TARGET)? {
        added.push(BARE_TARGET);
    }
    Ok(if added.is_empty() { String::new() } else { format!("added {}", added.join(", ")) })
}

/// Makes sure of a target's libraries; says whether they had to be added.
///
/// # Errors
/// What is missing and how to get it.
pub fn target(root: &Path, target: &str) -> Result<bool, String> {
    if has_target(root, target)? {
        return Ok(false);
    }
    rustup(root, &["target", "add", target])?;
    Ok(true)
}

fn has_target(root: &Path, target: &str) -> Result<bool, String> {
    let folder = ask(&mut program(root, "rustc", &["--print", "target-libdir", "--target", target]))?;
    let folder = PathBuf::from(String::from_utf8_lossy(&folder).trim());
    Ok(std::fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some()))
}

fn rustup(root: &Path, arguments: &[&str]) -> Result<(), String> {
    let wanted = arguments.join(" ");
    let help = format!(
        "`rustup {wanted}` is needed and did not work. Where rustup can't reach its server, install that part by \
         other means into the toolchain that `rustc --print sysroot` names."
    );
    let said = say(&mut program(root, "rustup", arguments)).map_err(|error| format!("{error}\n{help}"))?;
    if said.success { Ok(()) } else { Err(format!("{}\n{help}", said.output)) }
}

/// The interpreter of the repository's own environment.
pub fn venv_python(root: &Path) -> PathBuf {
    let inside = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    root.join(".venv").join(inside)
}

/// Makes `.venv` and installs the pinned packages; does nothing when that was done for the same list.
///
/// # Errors
/// What is missing and how to get it.
pub fn python(root: &Path) -> Result<String, String> {
    let wanted = std::fs::read_to_string(root.join(REQUIREMENTS))
        .map_err(|error| format!("{REQUIREMENTS} can't be read: {error}"))?;
    let stamp = root.join(".venv").join("requirements.installed");
    let python = venv_python(root);
    if python.exists() && std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok("up to date".into());
    }
    let host = host_python(root)?;
    let said = say(&mut program(root, host, &["-m", "venv", "--clear", ".venv"]))?;
    if !said.success {
        return Err(format!(
            "{}\nPython's `venv` is needed (Debian: apt-get install python3-venv).",
            said.output
        ));
    }
    let install =
        ["-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--requirement", REQUIREMENTS];
    let said = say(&mut program(root, &python, &install))?;
    if !said.success {
        return Err(format!("{}\nThe packages of {REQUIREMENTS} could not be installed.", said.output));
    }
    std::fs::write(&stamp, wanted)
        .map_err(|error| format!("{} can't be written: {error}", stamp.display()))?;
    Ok("installed".into())
}

/// HAPI FHIR's validator, with its own folder for what is built of it.
const VALIDATOR: &str = "tests/fhir-validator";
/// Every file that the validator is built from.
const VALIDATOR_SOURCES: [&str; 2] = ["pom.xml", "src/main/java/medledger/Validate.java"];

/// Builds the FHIR validator, whose libraries Maven fetches; does nothing when that was done for the same sources.
///
/// # Errors
/// What is missing and how to get it.
pub fn fhir_validator(root: &Path) -> Result<String, String> {
    let mut wanted = String::new();
    for name in VALIDATOR_SOURCES {
        let path = root.join(VALIDATOR).join(name);
        let text = std::fs::read_to_string(&path);
        wanted.push_str(&text.map_err(|error| format!("{} can't be read: {error}", path.display()))?);
    }
    let built = root.join("target").join("fhir-validator");
    let stamp = built.join("sources.built");
    let libraries = std::fs::read_to_string(built.join("classpath")).unwrap_or_default();
    let is_there = std::env::split_paths(libraries.trim()).all(|library| library.exists());
    if is_there && std::fs::read_to_string(&stamp).is_ok_and(|built| built == wanted) {
        return Ok("up to date".into());
    }
    let pom = format!("{VALIDATOR}/pom.xml");
    let arguments = [
        "--quiet",
        "--batch-mode",
        "--strict-checksums",
        "-f",
        &pom,
        "compile",
        "dependency:build-classpath",
    ];
    let help = "The FHIR validator needs Java 17 and Maven, and for the first run Maven Central \
                (Debian: apt-get install openjdk-17-jdk-headless maven).";
    let maven = if cfg!(windows) { "mvn.cmd" } else { "mvn" };
    let said = say(&mut program(root, maven, &arguments)).map_err(|error| format!("{error}\n{help}"))?;
    if !said.success {
        return Err(format!("{}\n{help}", said.output));
    }
    std::fs::write(&stamp, wanted)
        .map_err(|error| format!("{} can't be written: {error}", stamp.display()))?;
    Ok("built".into())
}

fn host_python(root: &Path) -> Result<&'static str, String> {
    let recent = "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 1)";
    ["python3", "python"]
        .into_iter()
        .find(|name| say(&mut program(root, name, &["-c", recent])).is_ok_and(|said| said.success))
        .ok_or_else(|| "Python 3.11 or newer is needed, as `python3` or `python` on the PATH".into())
}
