//! `cargo xtask bindings`: from the sdk's interface to the conversions of each language.
//!
//! | part | does |
//! | --- | --- |
//! | [`read`] | reads `medledger-sdk/src/api` and refuses what is not in its dialect |
//! | [`model`] | what was read |
//! | [`rust`] | texts that several emitters need, and rustfmt |
//!
//! Each language is one emitter: a function from the model to files. What they write is committed, and `cargo xtask check`
//! compares it.

use std::path::{Path, PathBuf};

use model::Api;

mod javascript;
mod kotlin;
mod model;
mod python;
mod read;
mod rust;

/// A file that is generated.
#[derive(Debug)]
pub struct Output {
    /// Its path from the repository's root.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// One language.
struct Emitter {
    /// The crate's folder; without it there is nothing to write.
    folder: &'static str,
    /// A folder in which every file is generated: one that no emitter writes any more is removed.
    generated: &'static str,
    /// Writes the files.
    emit: fn(&Path, &Api) -> Result<Vec<Output>, String>,
}

/// All languages.
const EMITTERS: &[Emitter] = &[
    Emitter { folder: python::FOLDER, generated: python::GENERATED, emit: python::emit },
    Emitter { folder: javascript::FOLDER, generated: javascript::GENERATED, emit: javascript::emit },
    Emitter { folder: kotlin::FOLDER, generated: kotlin::GENERATED, emit: kotlin::emit },
];

/// Everything that is generated, and the paths of what stands where only generated files do and is none.
fn generate(root: &Path) -> Result<(Vec<Output>, Vec<PathBuf>), String> {
    let mut outputs = Vec::new();
    let mut stale = Vec::new();
    for emitter in EMITTERS.iter().filter(|emitter| root.join(emitter.folder).is_dir()) {
        // Each has its own: an emitter may leave out what its language has no use for.
        let api = read::repository(root)?;
        outputs.extend((emitter.emit)(root, &api)?);
        stale.extend(files(&root.join(emitter.generated))?);
    }
    stale.retain(|path| !outputs.iter().any(|output| root.join(&output.path) == *path));
    Ok((outputs, stale))
}

/// Writes everything that is generated. Says how many files changed.
///
/// # Errors
/// What is not in the dialect, what has no example, and files that can't be read or written.
pub fn write(root: &Path) -> Result<String, String> {
    let (outputs, stale) = generate(root)?;
    let mut changed = 0_usize;
    for output in &outputs {
        let path = root.join(&output.path);
        if std::fs::read_to_string(&path).is_ok_and(|text| text == output.text) {
            continue;
        }
        let failed = |error: std::io::Error| format!("{} can't be written: {error}", output.path);
        path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(failed)?;
        std::fs::write(&path, &output.text).map_err(failed)?;
        changed = changed.saturating_add(1);
    }
    for path in &stale {
        std::fs::remove_file(path)
            .map_err(|error| format!("{} can't be removed: {error}", path.display()))?;
    }
    Ok(format!("{} files, {changed} changed, {} removed", outputs.len(), stale.len()))
}

/// Compares what is committed with what would be generated.
///
/// # Errors
/// As [`write()`], and every file that differs.
pub fn check(root: &Path) -> Result<String, String> {
    let (outputs, stale) = generate(root)?;
    let differs = |output: &&Output| {
        !std::fs::read_to_string(root.join(&output.path)).is_ok_and(|text| text == output.text)
    };
    let mut faults: Vec<String> =
        outputs.iter().filter(differs).map(|output| format!("{} is out of date", output.path)).collect();
    faults.extend(stale.iter().map(|path| format!("{} is generated no more", path.display())));
    if faults.is_empty() {
        Ok(format!("{} files", outputs.len()))
    } else {
        faults.push("`cargo xtask bindings` writes them anew".into());
        Err(faults.join("\n"))
    }
}

/// The examples in Python's docstrings: how many there are, and which are missing.
///
/// # Errors
/// What can't be read, and what is missing.
pub fn examples(root: &Path) -> Result<String, String> {
    match python::missing(root)? {
        (count, faults) if faults.is_empty() => Ok(format!("{count} examples")),
        (_, faults) => Err(faults.join("\n")),
    }
}

/// An operation, a handle's constructor or method, as the sdk has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The handle that it belongs to.
    pub handle: Option<String>,
    /// Its name; a plain constructor's is `new`.
    pub name: String,
    /// Whether the light artifact has it.
    pub light: bool,
}

/// All that the interface has, in the order of its files.
///
/// # Errors
/// What is not in the dialect.
pub fn operations(root: &Path) -> Result<Vec<Operation>, String> {
    let api = read::repository(root)?;
    let one = |handle: Option<&str>, function: &model::Function| Operation {
        handle: handle.map(String::from),
        name: function.name.clone(),
        light: function.feature.is_none(),
    };
    let mut found: Vec<Operation> = api.operations().map(|(_, function)| one(None, function)).collect();
    for (_, handle) in api.handles() {
        let all = handle.constructors.iter().chain(&handle.methods);
        found.extend(all.map(|function| one(Some(&handle.name), function)));
    }
    Ok(found)
}

/// A name in Rust as JavaScript and Kotlin have it.
pub fn camel(name: &str) -> String {
    rust::camel(name)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(Vec::new()) };
    let failed = |error: std::io::Error| format!("{} can't be read: {error}", folder.display());
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    Ok(found)
}
