//! The vectors as files: `valid/KIND.json`, `invalid/KIND/CAUSE.json`, a manifest with counts and sums, and the README with
//! the checking algorithm.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::Vector;
use super::json::{Fields, Json, quoted};
use super::kinds::{KINDS, find};

/// The format of the files.
pub const VERSION: u64 = 1;
/// All of them together.
pub const MOST_BYTES: usize = 4_000_000;
/// What stands before the list of kinds.
const HEAD: &str = include_str!("readme.md");

/// Where the vectors are kept.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/vectors/v1")
}

/// Writes what a runner tells, where `cargo xtask vectors` looks for it.
///
/// # Errors
/// What the disk says.
pub fn write_report(runner: &str, told: &serde_json::Value) -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/vectors");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(format!("{runner}.json")), format!("{told:#}\n"))
}

/// Every file by its path inside the folder.
pub type Files = BTreeMap<String, String>;

/// The files of these vectors.
#[must_use]
pub fn files(vectors: &[Vector]) -> Files {
    let mut groups: BTreeMap<String, Vec<&Vector>> = BTreeMap::new();
    for vector in vectors {
        assert!(find(vector.kind).is_some(), "{} is no kind", vector.kind);
        let path = match vector.cause {
            None => format!("valid/{}.json", vector.kind),
            Some(cause) => format!("invalid/{}/{cause}.json", vector.kind),
        };
        groups.entry(path).or_default().push(vector);
    }
    let mut files = Files::new();
    for (path, group) in &groups {
        let names: BTreeSet<&str> = group.iter().map(|vector| vector.name.as_str()).collect();
        assert_eq!(names.len(), group.len(), "{path}: a name twice");
        let first = group[0];
        let cause = first.cause.map_or(String::new(), |cause| format!(",\"cause\":{}", quoted(cause)));
        let shared = shared(group);
        let given = match shared.as_slice() {
            [] => String::new(),
            shared => format!(",\"in\":{}", Json::Object(shared.to_vec())),
        };
        let lines: Vec<String> = group.iter().map(|vector| vector.line(&shared)).collect();
        let text = format!(
            "{{\"kind\":{}{cause}{given},\"vectors\":[\n{}\n]}}\n",
            quoted(first.kind),
            lines.join(",\n")
        );
        files.insert(path.clone(), text);
    }
    let manifest = manifest(vectors, &groups, &files);
    files.insert("manifest.json".into(), manifest);
    files.insert("README.md".into(), readme());
    files
}

/// What is long and given to every vector of a file: it stands there once.
fn shared(group: &[&Vector]) -> Fields {
    let [first, rest @ ..] = group else { return Fields::new() };
    let long = first.input.iter().filter(|(_, value)| value.to_string().len() > 100);
    long.filter(|field| !rest.is_empty() && rest.iter().all(|vector| vector.input.contains(field)))
        .cloned()
        .collect()
}

fn manifest(vectors: &[Vector], groups: &BTreeMap<String, Vec<&Vector>>, files: &Files) -> String {
    let light = vectors.iter().filter(|vector| find(vector.kind).is_some_and(|kind| kind.light)).count();
    let kinds = KINDS.iter().map(|kind| {
        let of = |valid: bool| {
            vectors.iter().filter(|vector| vector.kind == kind.name && vector.answer.is_ok() == valid).count()
        };
        let artifact = if kind.light { "light" } else { "full" };
        format!(
            "    {}: {{\"artifact\": \"{artifact}\", \"valid\": {}, \"invalid\": {}}}",
            quoted(kind.name),
            of(true),
            of(false)
        )
    });
    let sums = files.iter().map(|(path, text)| {
        let digest = Sha256::digest(text);
        let sum = medledger_core::hash::Hex(&digest);
        format!("    {}: {{\"vectors\": {}, \"sha256\": \"{sum}\"}}", quoted(path), groups[path].len())
    });
    format!(
        "{{\n  \"version\": {VERSION},\n  \"vectors\": {},\n  \"artifacts\": {{\"light\": {light}, \"full\": {}}},\n  \
         \"kinds\": {{\n{}\n  }},\n  \"files\": {{\n{}\n  }}\n}}\n",
        vectors.len(),
        vectors.len(),
        kinds.collect::<Vec<_>>().join(",\n"),
        sums.collect::<Vec<_>>().join(",\n")
    )
}

fn readme() -> String {
    let mut text = String::from(HEAD);
    for kind in KINDS {
        let artifact = if kind.light { "light, full" } else { "full" };
        text.push_str(&format!(
            "\n### {}\n\nArtifacts: {artifact}. In the library: {}.\n\n{}\n",
            kind.name, kind.operations, kind.checking
        ));
    }
    text
}

/// Every file in a folder, by its path inside it.
///
/// # Errors
/// What the disk says.
pub fn read(folder: &Path) -> io::Result<Files> {
    let mut files = Files::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(inside) = open.pop() {
        for entry in fs::read_dir(&inside)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read_to_string(&path)?);
            }
        }
    }
    Ok(files)
}

/// Writes the files anew: what is no more is removed.
///
/// # Errors
/// What the disk says.
pub fn write(folder: &Path, files: &Files) -> io::Result<()> {
    if folder.is_dir() {
        for name in read(folder)?.keys().filter(|name| !files.contains_key(*name)) {
            fs::remove_file(folder.join(name))?;
        }
    }
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap())?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// Where the files that are kept differ from those that the generator makes: one line a file.
#[must_use]
pub fn differences(made: &Files, kept: &Files) -> Vec<String> {
    let mut found = Vec::new();
    for (name, text) in made {
        match kept.get(name) {
            None => found.push(format!("{name} is missing")),
            Some(kept) if kept != text => {
                let line = made_line(text, kept);
                found.push(format!("{name} differs from line {line} on"));
            }
            Some(_) => {}
        }
    }
    found.extend(
        kept.keys().filter(|name| !made.contains_key(*name)).map(|name| format!("{name} is surplus")),
    );
    found
}

fn made_line(a: &str, b: &str) -> usize {
    a.lines().zip(b.lines()).take_while(|(a, b)| a == b).count() + 1
}
