//! What no file may carry, and how long a source may be.

use std::collections::BTreeSet;

use crate::source::File;

/// From here on a source is named in the report.
const LONG: usize = 500;
/// Beyond this a source is to be split.
const TOO_LONG: usize = 800;

/// Folders in which only one machine's files lie. In parts, or this file would break its own rule.
const MACHINE_FOLDERS: &[&str] =
    &[concat!("/", "home/"), concat!("/", "root/"), concat!("/", "work/"), concat!("/", "Users/")];
/// A folder beside the repository, which a clone does not have.
const BESIDE: &str = concat!("..", "/shared");
/// The one file that may use it where it exists.
const BESIDE_ALLOWED: &str = ".ci/run";

/// Paths that mean something on one machine only, as `path:line: what`.
pub fn foreign_paths(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let Some(text) = file.text() else { continue };
        for (line, number) in text.lines().zip(1_usize..) {
            if file.path != BESIDE_ALLOWED && line.contains(BESIDE) {
                found.push(format!("{}:{number}: `{BESIDE}` is not in a clone", file.path));
            }
            if let Some(folder) = MACHINE_FOLDERS.iter().find(|folder| names_folder(line, folder)) {
                found
                    .push(format!("{}:{number}: a path in `{folder}` exists on one machine only", file.path));
            }
        }
    }
    found
}

/// Whether an absolute path into the folder stands in the line: not the end of a longer path or of an address, and
/// with something in it.
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after =
            line.get(at..).and_then(|text| text.strip_prefix(folder)).and_then(|text| text.chars().next());
        let continues = before.is_some_and(|c| c.is_alphanumeric() || "._-~/}>)".contains(c));
        !continues && after.is_some_and(|c| c.is_alphanumeric() || "._-".contains(c))
    })
}

/// The languages of the examples that the first page shows, and where the page stands whose example is run as written.
const EXAMPLES: &[(&str, &str)] = &[
    ("python", "medledger-py/README.md"),
    ("js", "medledger-wasm/README.md"),
    ("kotlin", "medledger-ffi/README.md"),
];

/// The first page's examples that are not, word for word, the first of their package's own page, which that package's
/// tests run.
pub fn examples_that_nobody_runs(files: &[File]) -> (usize, Vec<String>) {
    let page =
        |path: &str| files.iter().find(|file| file.path == path).and_then(File::text).unwrap_or_default();
    let mut found = Vec::new();
    for (language, path) in EXAMPLES {
        match (example(page("README.md"), language), example(page(path), language)) {
            (None, _) => found.push(format!("README.md has no example in {language}")),
            (_, None) => found.push(format!("{path} has no example in {language}")),
            (Some(shown), Some(run)) if shown != run => {
                found.push(format!(
                    "README.md: the example in {language} is not that of {path}, which is run"
                ));
            }
            _ => {}
        }
    }
    (EXAMPLES.len(), found)
}

/// The first block of code in a language.
fn example<'a>(page: &'a str, language: &str) -> Option<&'a str> {
    let (_, after) = page.split_once(&format!("\n```{language}\n"))?;
    after.split_once("\n```").map(|(code, _)| code.trim_end())
}

/// The document whose claims name tests.
const CLAIMS: &str = "docs/threat-model.md";

/// The tests that the threat model names and no source has: names in backticks, inside brackets.
pub fn claims_without_test(files: &[File]) -> (usize, Vec<String>) {
    let text = files.iter().find(|file| file.path == CLAIMS).and_then(File::text);
    let Some(text) = text else { return (0, vec![format!("{CLAIMS} is missing")]) };
    let is_name = |name: &&str| {
        name.contains('_')
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    // Every other part stands between backticks.
    let names: BTreeSet<&str> = text.split('`').skip(1).step_by(2).filter(is_name).collect();
    let sources: Vec<&str> =
        files.iter().filter(|file| file.path.ends_with(".rs")).filter_map(File::text).collect();
    let missing = |name: &&&str| {
        let head = format!("fn {name}(");
        !sources.iter().any(|source| source.contains(&head))
    };
    let faults =
        names.iter().filter(missing).map(|name| format!("{CLAIMS} names `{name}`, which is no test"));
    (names.len(), faults.collect())
}

/// What is said of lengths: a note for the report, and the sources that are too long.
pub struct Lengths {
    /// The long ones, longest first, and the rest in a word.
    pub note: String,
    /// The ones to split.
    pub too_long: Vec<String>,
}

/// How long the Rust sources are.
pub fn lengths(files: &[File]) -> Lengths {
    let mut lengths: Vec<(usize, &str)> = files
        .iter()
        .filter(|file| file.path.ends_with(".rs"))
        .filter_map(|file| Some((file.text()?.lines().count(), file.path.as_str())))
        .collect();
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    let over = |limit: usize| {
        lengths
            .iter()
            .filter(move |(lines, _)| *lines > limit)
            .map(|(lines, path)| format!("{path} has {lines} lines"))
    };
    let long: Vec<String> = over(LONG).collect();
    let note = match (long.as_slice(), lengths.first()) {
        ([], Some((lines, path))) => format!("the longest, {path}, has {lines} lines"),
        ([], None) => String::new(),
        (long, _) => format!("over {LONG} lines: {}", long.join(", ")),
    };
    let too_long =
        over(TOO_LONG).map(|what| format!("{what}, at most {TOO_LONG} are allowed: split it")).collect();
    Lengths { note, too_long }
}

#[cfg(test)]
mod tests;
