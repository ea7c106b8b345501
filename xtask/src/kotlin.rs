//! Kotlin's package: the library and its Kotlin, the jar, its tests over that jar, and the programs beside them.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::shell::{cargo, program, say};

/// The package's crate.
const CRATE: &str = "medledger-ffi";
/// Where all is made, for each profile.
const DIRECTORY: &str = "target/kotlin";
/// The public signatures, as committed.
const LISTING: &str = "medledger-ffi/kotlin/api.txt";
/// The variable under which the listing is written anew.
const RENEW: &str = "MEDLEDGER_RENEW";
/// Where the example is.
const README: &str = "medledger-ffi/README.md";
/// What is needed, and where from.
const HELP: &str = "Kotlin's package needs Java 17 and Maven, and for the first run Maven Central (Debian: apt-get install \
                    openjdk-17-jdk-headless maven).";

/// How the library is built: tests run over the one that is built soon.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Profile {
    Debug,
    Release,
}

impl Profile {
    /// Its folder, in cargo's directory and in ours.
    const fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }

    fn folder(self, root: &Path) -> PathBuf {
        root.join(DIRECTORY).join(self.name())
    }
}

/// Whether the package is there.
pub fn is_there(root: &Path) -> bool {
    root.join(CRATE).is_dir()
}

/// `cargo xtask kotlin`: the parts, one at a time.
///
/// # Errors
/// For another part, and what building says.
pub fn run(root: &Path, arguments: &[String]) -> Result<ExitCode, String> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let say = |said: String| {
        println!("{said}");
        ExitCode::SUCCESS
    };
    match words.as_slice() {
        ["build"] => build(root).map(say),
        ["jar"] => built(root, Profile::Release).map(say),
        ["vectors"] => {
            let arguments = ["spec/vectors/v1", LISTING, "target/vectors/kotlin.json"];
            spoken(java(root, Profile::Debug, "org.medledger.vectors.MainKt", true)?.args(arguments))
        }
        ["crossing", rest @ ..] => {
            spoken(java(root, Profile::Release, "org.medledger.crossing.MainKt", false)?.args(rest))
        }
        _ => Err("`kotlin` takes one of: build, jar, vectors, crossing".into()),
    }
}

/// The library and the jar as tests take them, and the tests compiled.
///
/// # Errors
/// As [`library`] and [`tests()`].
pub fn build(root: &Path) -> Result<String, String> {
    built(root, Profile::Debug)
}

fn built(root: &Path, profile: Profile) -> Result<String, String> {
    let library = made(root, profile)?;
    maven(root, profile, &["package", "-DskipTests"])?;
    Ok(format!("{library}; the jar has {} KiB", size(&jar(root, profile))? / 1024))
}

/// A program beside the tests: Java with their classes. With the agent, the virtual machine marks what is executed.
fn java(root: &Path, profile: Profile, main: &str, agent: bool) -> Result<Command, String> {
    let tests = profile.folder(root).join("tests");
    let libraries = read(&tests.join("classpath"))
        .map_err(|error| format!("{error}; `cargo xtask kotlin build` or `jar` makes it"))?;
    let mut paths: Vec<PathBuf> = std::env::split_paths(libraries.trim()).collect();
    let found = paths.iter().find(|path| path.to_string_lossy().contains("org.jacoco.agent")).cloned();
    paths.insert(0, tests.join("test-classes"));
    let paths = std::env::join_paths(paths).map_err(|error| error.to_string())?;
    let mut command = program(root, "java", &[]);
    if agent {
        let found = found.ok_or("JaCoCo's agent is not among the tests' libraries")?;
        command.arg(format!("-javaagent:{}=output=none,includes=org.medledger.*", found.display()));
    }
    command.arg("-cp").arg(paths).arg(main);
    Ok(command)
}

/// Runs a program to its end, with our input and output.
fn spoken(command: &mut Command) -> Result<ExitCode, String> {
    let status = command.status().map_err(|error| format!("`java` could not be run: {error}\n{HELP}"))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The step that builds the library and writes its Kotlin and Swift.
///
/// # Errors
/// What cargo, the generator or the files say, and another public interface than the committed one.
pub fn library(root: &Path) -> Result<String, String> {
    made(root, Profile::Debug)
}

/// Builds the library, writes its Kotlin and Swift, and then strips it into the place where JNA looks.
fn made(root: &Path, profile: Profile) -> Result<String, String> {
    let folder = profile.folder(root);
    let mut build = cargo(root, &["build", "--quiet", "--locked", "-p", CRATE, "--lib"]);
    quiet(build.args((profile == Profile::Release).then_some("--release")))?;
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let name = format!("{prefix}medledger_ffi{suffix}");
    let built = root.join("target").join(profile.name()).join(&name);
    // In the debug profile: it runs for a second.
    let mut generate = cargo(root, &["run", "--quiet", "--locked", "-p", "medledger-bindgen", "--"]);
    quiet(generate.arg(&built).arg(format!("{CRATE}/uniffi.toml")).arg(&folder))?;
    let stripped = folder.join("native").join(platform()).join(&name);
    copy(&built, &stripped)?;
    // What stays in it would be a third of the jar; where there is no such program it is only larger.
    let _ = say(program(root, "strip", &["--strip-unneeded"]).arg(&stripped));
    example(root, &folder)?;
    listing(root, &folder)?;
    Ok(format!("{name}, {} KiB", size(&stripped)? / 1024))
}

fn jar(root: &Path, profile: Profile) -> PathBuf {
    profile.folder(root).join("library").join("medledger-0.1.0.jar")
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
fn example(root: &Path, folder: &Path) -> Result<(), String> {
    let text = read(&root.join(README))?;
    let code = fenced(&text).ok_or_else(|| format!("{README} has no example in Kotlin"))?;
    write(&folder.join("example").join("Example.kt"), code)
}

/// The first block of Kotlin.
fn fenced(markdown: &str) -> Option<&str> {
    let (_, rest) = markdown.split_once("```kotlin\n")?;
    rest.split_once("```").map(|(code, _)| code)
}

/// Compares the public signatures with the committed ones.
fn listing(root: &Path, folder: &Path) -> Result<(), String> {
    let made = read(&folder.join("api.txt"))?;
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
    Err(format!("{LISTING} is out of date; `{RENEW}=1 cargo xtask kotlin build` writes it anew\n{gone}{new}"))
}

/// Makes the jar and runs the tests over it.
///
/// # Errors
/// What Maven says.
pub fn tests(root: &Path) -> Result<String, String> {
    let output = maven(root, Profile::Debug, &["package"])?;
    let size = size(&jar(root, Profile::Debug))? / 1024;
    match passed(&output) {
        Some(count @ 1..) => Ok(format!("{count} tests; the jar has {size} KiB, unoptimised")),
        _ => Err(format!("{output}\nno test ran")),
    }
}

/// Runs Maven: first with what it has, then with what it can fetch.
fn maven(root: &Path, profile: Profile, goals: &[&str]) -> Result<String, String> {
    let name = if cfg!(windows) { "mvn.cmd" } else { "mvn" };
    let made = format!("-Dmade={}", profile.folder(root).display());
    let pom = format!("{CRATE}/kotlin/pom.xml");
    let options = ["--batch-mode", "--strict-checksums", "--no-transfer-progress", "-f", &pom, &made];
    let run = |offline: bool| {
        let mut command = program(root, name, &options);
        command.args(goals).args(offline.then_some("--offline"));
        say(&mut command).map_err(|error| format!("{error}\n{HELP}"))
    };
    let mut said = run(true)?;
    if !said.success && said.output.contains("offline mode") {
        said = run(false)?;
    }
    if said.success { Ok(said.output) } else { Err(format!("{}\n{HELP}", said.output)) }
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

fn quiet(command: &mut Command) -> Result<(), String> {
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
    fn the_package_has_the_workspaces_version() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let version = format!("<version>{}</version>", env!("CARGO_PKG_VERSION"));
        for pom in ["pom.xml", "library/pom.xml", "tests/pom.xml"] {
            let text = read(&root.join(CRATE).join("kotlin").join(pom)).unwrap();
            assert!(text.contains(&version), "{pom}");
        }
        assert!(jar(root, Profile::Debug).ends_with(format!("medledger-{}.jar", env!("CARGO_PKG_VERSION"))));
    }

    #[test]
    fn the_platform_is_called_as_jna_does() {
        if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
            assert_eq!(platform(), "linux-x86-64");
        }
    }
}
