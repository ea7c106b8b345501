//! The npm package: built, measured, packed, and tested from the tarball in a folder where nothing else is.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Lane, Step};
use crate::setup;
use crate::shell::{ask, cargo, program, say};
use crate::vectors;

/// The crate, and the npm package around it.
const FOLDER: &str = "medledger-wasm";
/// Where the module is compiled.
const WASM_DIRECTORY: &str = "target/wasm";
/// The program that writes the JavaScript around it.
const BINDGEN_MANIFEST: &str = "ci/wasm-bindgen/Cargo.toml";
/// Where that program is built.
const BINDGEN_DIRECTORY: &str = "target/wasm-bindgen";
/// Where the tarball is tried.
const EMPTY: &str = "target/npm/empty";

/// One of the two artifacts.
struct Artifact {
    name: &'static str,
    /// What cargo is told beside the package's name.
    features: &'static [&'static str],
    /// Thousands of bytes, gzipped, that it may have.
    most: u64,
}

const ARTIFACTS: [Artifact; 2] = [
    Artifact { name: "full", features: &[], most: 730 },
    Artifact { name: "light", features: &["--no-default-features"], most: 285 },
];

/// What wasm-opt is told. Inlining makes the module shorter and what is loaded longer: gzip has fewer repetitions left.
const OPTIMISE: &[&str] = &[
    "-Oz",
    "--skip-pass=inlining-optimizing",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What is installed before: npm's packages, wasm's target, a browser.
pub fn set_up(root: &Path) -> Lane {
    let at = |what: fn(&Path) -> Result<String, String>| {
        let root = root.to_path_buf();
        move || what(&root).into()
    };
    vec![Step::set_up("javascript set-up", at(packages)), Step::set_up("chromium set-up", at(browser))]
}

/// The steps, each upon the one before.
pub fn steps(root: &Path) -> Lane {
    let at = |what: fn(&Path) -> Result<String, String>| {
        let root = root.to_path_buf();
        move || what(&root).into()
    };
    vec![
        Step::set_up("javascript package", at(package)),
        Step::new("javascript sizes", at(sizes)),
        Step::new("javascript tests", at(tests)),
        Step::new("javascript types", at(types)),
        Step::new("javascript layout", at(layout)),
        Step::new("chromium tests", at(chromium)),
        vectors::step(root, "node"),
        vectors::step(root, "chromium"),
    ]
}

/// Installs npm's packages as they are locked, and the wasm target; does nothing when that was done for the same lock.
fn packages(root: &Path) -> Result<String, String> {
    setup::target(root, setup::WASM_TARGET)?;
    let folder = root.join(FOLDER);
    let lock = folder.join("package-lock.json");
    let wanted = std::fs::read_to_string(&lock)
        .map_err(|error| format!("{} can't be read: {error}", lock.display()))?;
    let stamp = folder.join("node_modules").join("lock.installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok("up to date".into());
    }
    let help = "Node 20 or newer with npm is needed (Debian: apt-get install nodejs npm).";
    quiet(npm(root, &folder, &["ci", "--ignore-scripts"])).map_err(|error| format!("{error}\n{help}"))?;
    std::fs::write(&stamp, wanted)
        .map_err(|error| format!("{} can't be written: {error}", stamp.display()))?;
    Ok("installed".into())
}

const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

fn browser(root: &Path) -> Result<String, String> {
    if let Some(path) = found_browser(root) {
        return Ok(path);
    }
    for arguments in [&["update"][..], &["install", "--yes", "--no-install-recommends", "chromium"]] {
        let mut command = program(root, "apt-get", arguments);
        let said = say(command.env("DEBIAN_FRONTEND", "noninteractive"));
        if !said.is_ok_and(|said| said.success) {
            break;
        }
    }
    found_browser(root).ok_or_else(|| {
        "Chromium is needed, as `chromium` on the PATH (Debian, as root: apt-get install chromium)".into()
    })
}

/// A browser that runs.
fn found_browser(root: &Path) -> Option<String> {
    let which = |name: &&str| {
        let said = say(&mut program(root, "which", &[name])).ok().filter(|said| said.success)?;
        Some(said.output.trim().to_owned())
    };
    BROWSERS.iter().find_map(which)
}

/// As [`package`], with all that it needs and a browser.
///
/// # Errors
/// What is missing, and as there.
pub fn built(root: &Path) -> Result<String, String> {
    packages(root)?;
    browser(root)?;
    package(root)
}

/// Builds both artifacts, packs them, and installs the tarball in an empty folder.
///
/// # Errors
/// What cargo, wasm-bindgen, wasm-opt or npm say.
pub fn package(root: &Path) -> Result<String, String> {
    quiet(cargo(
        root,
        &[
            "build",
            "--quiet",
            "--locked",
            "--manifest-path",
            BINDGEN_MANIFEST,
            "--target-dir",
            BINDGEN_DIRECTORY,
        ],
    ))?;
    ARTIFACTS.iter().try_for_each(|artifact| build(root, artifact))?;
    install(root)?;
    Ok(String::new())
}

fn build(root: &Path, artifact: &Artifact) -> Result<(), String> {
    let mut command = cargo(
        root,
        &["build", "--quiet", "--locked", "-p", FOLDER, "--profile", "wasm", "--target", setup::WASM_TARGET],
    );
    // SHA-2 in loops instead of unrolled.
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "--cfg sha2_backend_soft=\"compact\"");
    quiet(command.args(["--target-dir", WASM_DIRECTORY]).args(artifact.features))?;
    let module = root.join(WASM_DIRECTORY).join(setup::WASM_TARGET).join("wasm").join("medledger_wasm.wasm");
    let out = root.join(FOLDER).join("dist").join(artifact.name);
    let bindgen = root.join(BINDGEN_DIRECTORY).join("debug").join("medledger-wasm-bindgen");
    quiet(program(root, bindgen, &[]).arg(&module).arg(&out).arg("medledger"))?;
    let wasm = out.join("medledger_bg.wasm");
    quiet(tool(root, "wasm-opt").args(OPTIMISE).arg(&wasm).arg("-o").arg(&wasm))
}

/// Holds the artifacts, gzipped, to what they may have.
fn sizes(root: &Path) -> Result<String, String> {
    let script = "console.log(require('zlib').gzipSync(require('fs').readFileSync(process.argv[1]), {level: 9}).length)";
    let (mut told, mut too_large) = (Vec::new(), false);
    for artifact in &ARTIFACTS {
        let wasm = root.join(FOLDER).join("dist").join(artifact.name).join("medledger_bg.wasm");
        let said = ask(program(root, "node", &["-e", script]).arg(&wasm))?;
        let bytes: u64 = String::from_utf8_lossy(&said)
            .trim()
            .parse()
            .map_err(|error| format!("a size is no number: {error}"))?;
        let most = artifact.most.saturating_mul(1_000);
        too_large |= bytes > most;
        told.push(format!("{} {bytes} of {most} bytes, gzipped", artifact.name));
    }
    let told = told.join(", ");
    if too_large { Err(told) } else { Ok(told) }
}

/// The tarball in an empty folder, with copies of the tests.
fn install(root: &Path) -> Result<(), String> {
    let folder = root.join(FOLDER);
    let failed = |error: std::io::Error| format!("{EMPTY} can't be made: {error}");
    let empty = root.join(EMPTY);
    if empty.exists() {
        std::fs::remove_dir_all(&empty).map_err(failed)?;
    }
    let test = empty.join("test");
    std::fs::create_dir_all(&empty).map_err(failed)?;
    std::fs::write(empty.join("package.json"), "{ \"private\": true, \"type\": \"module\" }\n")
        .map_err(failed)?;
    for part in ["", "vectors"] {
        copy(&folder.join("test").join(part), &test.join(part)).map_err(failed)?;
    }
    let packed = ask(&mut npm(root, &folder, &["pack", "--silent", "--pack-destination", "../target/npm"]))?;
    let tarball = format!("../{}", String::from_utf8_lossy(&packed).trim());
    quiet(npm(root, &empty, &["install", "--offline", "--ignore-scripts", &tarball]))
}

/// The files of a folder, without those of folders inside.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        if let Some(name) = path.file_name().filter(|_| path.is_file()) {
            std::fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

/// Node's own runner over `test/*.test.js`, of the installed package.
fn tests(root: &Path) -> Result<String, String> {
    let empty = root.join(EMPTY);
    let failed = |error: std::io::Error| format!("{EMPTY}/test can't be read: {error}");
    let mut command = program(&empty, "node", &["--test", "--test-reporter=tap"]);
    for entry in std::fs::read_dir(empty.join("test")).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.to_string_lossy().ends_with(".test.js") {
            command.arg(path);
        }
    }
    let said = say(&mut command)?;
    let passed = said.output.lines().find_map(|line| line.strip_prefix("# pass "));
    match passed.and_then(|number| number.trim().parse::<u64>().ok()) {
        Some(passed @ 1..) if said.success => Ok(format!("{passed} tests")),
        _ => Err(said.output),
    }
}

/// Compiles what a user of TypeScript writes, and runs it.
fn types(root: &Path) -> Result<String, String> {
    let empty = root.join(EMPTY);
    quiet(tool(root, "tsc").arg("--project").arg(empty.join("test")))?;
    quiet(program(&empty, "node", &["test/built/types.js"]))?;
    Ok(String::new())
}

/// What others check of packages before they publish them.
fn layout(root: &Path) -> Result<String, String> {
    let folder = root.join(FOLDER);
    quiet(tool(root, "publint").arg("--strict").arg(&folder))?;
    let package = root.join(EMPTY).join("node_modules").join("medledger");
    // The modules themselves are for tools that want an address.
    let excluded = ["--exclude-entrypoints", "full.wasm", "light.wasm"];
    quiet(tool(root, "attw").arg("--pack").arg(package).args(["--profile", "esm-only"]).args(excluded))?;
    Ok(String::new())
}

fn chromium(root: &Path) -> Result<String, String> {
    let script = format!("{FOLDER}/test/browser.js");
    let said = say(&mut program(root, "node", &[&script, EMPTY]))?;
    match said.output.lines().last() {
        Some(last) if said.success => Ok(last.to_owned()),
        _ => Err(said.output),
    }
}

fn npm(root: &Path, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = program(root, if cfg!(windows) { "npm.cmd" } else { "npm" }, arguments);
    command.current_dir(folder).env("npm_config_fund", "false").env("npm_config_audit", "false");
    command
}

/// A program of npm's packages.
fn tool(root: &Path, name: &str) -> Command {
    let path: PathBuf = root.join(FOLDER).join("node_modules").join(".bin").join(name);
    program(root, path, &[])
}

fn quiet(mut command: impl std::borrow::BorrowMut<Command>) -> Result<(), String> {
    let said = say(command.borrow_mut())?;
    if said.success { Ok(()) } else { Err(said.output) }
}
