//! Kotlin's package: the library and its Kotlin, the jar, and its tests over that jar.

use std::path::Path;

use crate::shell::{cargo, program, say};

/// The package's crate.
const CRATE: &str = "medledger-ffi";
/// Where all is built, apart from all else: its dependencies must not gain features from other crates.
const DIRECTORY: &str = "target/ffi";
/// The public signatures, as committed.
const LISTING: &str = "medledger-ffi/kotlin/api.txt";
/// The variable under which the listing is written anew.
const RENEW: &str = "MEDLEDGER_RENEW";
/// Where the example is.
const README: &str = "medledger-ffi/README.md";

/// Whether the package is there.
pub fn is_there(root: &Path) -> bool {
    root.join(CRATE).is_dir()
}

/// Builds the library, writes its Kotlin and Swift, and then strips it into the place where JNA looks.
///
/// # Errors
/// What cargo, the generator or the files say, and another public interface than the committed one.
pub fn library(root: &Path) -> Result<String, String> {
    let folder = root.join(DIRECTORY);
    let build =
        ["build", "--quiet", "--locked", "--release", "-p", CRATE, "--target-dir", DIRECTORY, "--lib"];
    quiet(&mut cargo(root, &build))?;
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let name = format!("{prefix}medledger_ffi{suffix}");
    let built = folder.join("release").join(&name);
    // In the debug profile: it runs for a second.
    let generate =
        ["run", "--quiet", "--locked", "-p", "medledger-bindgen", "--target-dir", DIRECTORY, "--"];
    let mut generate = cargo(root, &generate);
    quiet(generate.arg(&built).arg(format!("{CRATE}/uniffi.toml")).arg(DIRECTORY))?;
    let stripped = folder.join("native").join(platform()).join(&name);
    copy(&built, &stripped)?;
    // What stays in it would be a third of the jar; where there is no such program it is only larger.
    let _ = say(program(root, "strip", &["--strip-unneeded"]).arg(&stripped));
    example(root)?;
    listing(root)?;
    Ok(format!("{name}, {} KiB", size(&stripped)? / 1024))
}

/// What JNA calls this platform.
fn platform() -> String {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let processor = match std::env::consts::ARCH {
        "x86_64" => "x86-64",
        other => other,
    };
    format!("{system}-{processor}")
}

/// Puts the README's example where the tests compile it.
fn example(root: &Path) -> Result<(), String> {
    let text = read(&root.join(README))?;
    let code = fenced(&text).ok_or_else(|| format!("{README} has no example in Kotlin"))?;
    write(&root.join(DIRECTORY).join("example").join("Example.kt"), code)
}

/// The first block of Kotlin.
fn fenced(markdown: &str) -> Option<&str> {
    let (_, rest) = markdown.split_once("```kotlin\n")?;
    rest.split_once("```").map(|(code, _)| code)
}

/// Compares the public signatures with the committed ones.
fn listing(root: &Path) -> Result<(), String> {
    let made = read(&root.join(DIRECTORY).join("api.txt"))?;
    let committed = root.join(LISTING);
    if std::env::var_os(RENEW).is_some() {
        return write(&committed, &made);
    }
    let known = std::fs::read_to_string(&committed).unwrap_or_default();
    if known == made {
        return Ok(());
    }
    let missing = |of: &str, from: &str, mark: &str| -> String {
        let lines = of.lines().filter(|line| !from.lines().any(|other| other == *line));
        lines.take(20).map(|line| format!("{mark} {line}\n")).collect()
    };
    let (gone, new) = (missing(&known, &made, "-"), missing(&made, &known, "+"));
    Err(format!("{LISTING} is out of date; `{RENEW}=1 cargo xtask test kotlin` writes it anew\n{gone}{new}"))
}

/// Makes the jar and runs the tests over it: first with what Maven has, then with what it can fetch.
///
/// # Errors
/// What Maven says.
pub fn tests(root: &Path) -> Result<String, String> {
    let maven = if cfg!(windows) { "mvn.cmd" } else { "mvn" };
    let pom = format!("{CRATE}/kotlin/pom.xml");
    let arguments = ["--batch-mode", "--strict-checksums", "--no-transfer-progress", "-f", &pom, "package"];
    let help = "Kotlin's package needs Java 17 and Maven, and for the first run Maven Central (Debian: apt-get install \
                openjdk-17-jdk-headless maven).";
    let run = |offline: bool| {
        let mut command = program(root, maven, &arguments);
        say(command.args(offline.then_some("--offline"))).map_err(|error| format!("{error}\n{help}"))
    };
    let mut said = run(true)?;
    if !said.success && passed(&said.output).is_none() {
        said = run(false)?;
    }
    let jar = root.join(DIRECTORY).join("library").join("medledger-0.1.0.jar");
    match (said.success, passed(&said.output)) {
        (true, Some(count @ 1..)) => Ok(format!("{count} tests; the jar has {} KiB", size(&jar)? / 1024)),
        (true, _) => Err(format!("{}\nno test ran", said.output)),
        (false, _) => Err(format!("{}\n{help}", said.output)),
    }
}

/// How many tests ran, by Surefire's last line about them.
fn passed(output: &str) -> Option<u64> {
    let line = output.lines().rfind(|line| line.contains("Tests run: ") && !line.contains("Time elapsed"))?;
    let (_, rest) = line.split_once("Tests run: ")?;
    rest.split(',').next()?.trim().parse().ok()
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{} can't be read: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{} can't be written: {error}", path.display());
    path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(failed)?;
    std::fs::write(path, text).map_err(failed)
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{} can't be copied: {error}", from.display());
    to.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(failed)?;
    std::fs::copy(from, to).map(|_| ()).map_err(failed)
}

fn size(path: &Path) -> Result<u64, String> {
    std::fs::metadata(path)
        .map(|data| data.len())
        .map_err(|error| format!("{} can't be read: {error}", path.display()))
}

fn quiet(command: &mut std::process::Command) -> Result<(), String> {
    let said = say(command)?;
    if said.success { Ok(()) } else { Err(said.output) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_counted_by_surefires_summary() {
        let output = "[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s -- in A\n\
                      [INFO] Results:\n[INFO] Tests run: 24, Failures: 0, Errors: 0, Skipped: 0\n[INFO] BUILD SUCCESS\n";
        assert_eq!(passed(output), Some(24));
        assert_eq!(passed("[ERROR] offline"), None);
    }

    #[test]
    fn the_example_is_the_first_block_of_kotlin() {
        assert_eq!(fenced("# A\n```sh\nls\n```\n```kotlin\nfun main() {}\n```\n"), Some("fun main() {}\n"));
        assert_eq!(fenced("nothing"), None);
    }

    #[test]
    fn the_platform_is_called_as_jna_does() {
        if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
            assert_eq!(platform(), "linux-x86-64");
        }
    }
}
