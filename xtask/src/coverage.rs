//! `cargo xtask coverage`: which lines of the crates the tests run, test code itself left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode};

use proc_macro2::TokenStream;

use crate::shell::{ask, cargo, say};
use crate::source;

/// What runs after what, and whose own tests have run once it is done: each crate's tests reach the crates below it, and
/// no test of a crate below reaches it.
const STAGES: &[(&[&str], &[&str])] = &[
    (&["medledger-core"], &["medledger-core"]),
    (&["medledger-sdk"], &["medledger-sdk"]),
    (
        &["medledger-keccak", "medledger-node", "medledger-conformance"],
        &["medledger-keccak", "medledger-node", "medledger-conformance"],
    ),
];
/// Compiled for tests alone, although no `cfg(test)` says so.
const FOR_TESTS: &[&str] = &["medledger-core/src/strategies/"];
/// How many files are named at the end.
const NAMED: usize = 20;
const INSTALL: &str =
    "`cargo install cargo-llvm-cov --locked` and `rustup component add llvm-tools` install what is needed";

/// How often each line ran: of each file, by its path from the root.
type Hits = BTreeMap<String, BTreeMap<usize, u64>>;

/// One file: its lines, and those that nothing ran.
#[derive(Debug, Default, PartialEq, Eq)]
struct Covered {
    lines: usize,
    /// Missed by the tests of its own crate.
    own: Vec<usize>,
    /// Missed by all tests.
    all: Vec<usize>,
}

/// Runs the tests, instrumented, and tells what they reach.
///
/// # Errors
/// When something is not installed, a test fails, or the report is not understood.
pub fn run(root: &Path, arguments: &[String]) -> Result<ExitCode, String> {
    let json = match arguments {
        [] => false,
        [option] if option == "--json" => true,
        _ => return Err(format!("`coverage` takes `--json` or nothing, not {arguments:?}")),
    };
    if !say(&mut cargo(root, &["llvm-cov", "--version"])).is_ok_and(|said| said.success) {
        return Err(format!("cargo-llvm-cov is not here; {INSTALL}"));
    }
    let tests = test_lines(root)?;
    quietly(&mut cargo(root, &["llvm-cov", "clean", "--workspace"]))?;
    let mut own = Hits::new();
    let mut all = Hits::new();
    for (packages, theirs) in STAGES {
        let _ = writeln!(io::stderr(), "tests of {}", packages.join(", "));
        let mut command = cargo(root, &["llvm-cov", "test", "--no-report", "--locked"]);
        command.env("CARGO_PROFILE_DEV_DEBUG", "0").args(packages.iter().flat_map(|name| ["-p", name]));
        quietly(&mut command)?;
        let report = ask(&mut cargo(root, &["llvm-cov", "report", "--lcov"]))?;
        all = read(&String::from_utf8_lossy(&report), root);
        let of = |path: &String| path.split('/').next().is_some_and(|name| theirs.contains(&name));
        own.extend(
            all.iter().filter(|(path, _)| of(path)).map(|(path, lines)| (path.clone(), lines.clone())),
        );
    }
    let files = compare(&own, &all, &tests);
    if files.is_empty() {
        return Err("the report names no line of this repository".into());
    }
    let text = if json { as_json(&files) } else { as_table(&files) };
    io::stdout().write_all(text.as_bytes()).map_err(|error| error.to_string())?;
    Ok(ExitCode::SUCCESS)
}

fn quietly(command: &mut Command) -> Result<(), String> {
    let said = say(command)?;
    if said.success { Ok(()) } else { Err(format!("{}\n({INSTALL})", said.output)) }
}

/// The lines of test code, of each source.
fn test_lines(root: &Path) -> Result<BTreeMap<String, BTreeSet<usize>>, String> {
    let files = source::files(root)?;
    Ok(source::sources(&files)?.into_iter().map(|source| (source.path, spanned(source.tests))).collect())
}

fn spanned(tokens: TokenStream) -> BTreeSet<usize> {
    tokens.into_iter().flat_map(|token| token.span().start().line..=token.span().end().line).collect()
}

/// Reads LCOV: `SF:` names a file, `DA:line,count` one of its lines.
fn read(report: &str, root: &Path) -> Hits {
    let mut hits = Hits::new();
    let mut current = None;
    for line in report.lines() {
        if let Some(path) = line.strip_prefix("SF:") {
            current = Path::new(path).strip_prefix(root).ok().map(|path| {
                path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
            });
        } else if let (Some(path), Some(line)) = (&current, line.strip_prefix("DA:")) {
            let mut numbers = line.split(',').map_while(|number| number.parse::<u64>().ok());
            if let (Some(number), Some(count)) = (numbers.next(), numbers.next()) {
                let number = usize::try_from(number).unwrap_or(usize::MAX);
                let found = hits.entry(path.clone()).or_default().entry(number).or_default();
                *found = found.saturating_add(count);
            }
        }
    }
    hits
}

/// The files that are no test code, and what of them is missed.
fn compare(own: &Hits, all: &Hits, tests: &BTreeMap<String, BTreeSet<usize>>) -> BTreeMap<String, Covered> {
    let none = BTreeMap::new();
    let mut files = BTreeMap::new();
    for (path, lines) in all {
        let inside = path.split('/').nth(1) == Some("src");
        let (true, Some(tests)) = (inside, tests.get(path)) else { continue };
        if FOR_TESTS.iter().any(|folder| path.starts_with(folder)) {
            continue;
        }
        let mine = own.get(path).unwrap_or(&none);
        let mut covered = Covered::default();
        for (line, count) in lines.iter().filter(|(line, _)| !tests.contains(line)) {
            covered.lines = covered.lines.saturating_add(1);
            if *count == 0 {
                covered.all.push(*line);
            }
            if mine.get(line).is_none_or(|count| *count == 0) {
                covered.own.push(*line);
            }
        }
        if covered.lines > 0 {
            files.insert(path.clone(), covered);
        }
    }
    files
}

/// The sums of a crate, or of a module's folder: lines, missed by the crate's own tests, missed by all.
fn sums(files: &BTreeMap<String, Covered>, name: impl Fn(&str) -> String) -> BTreeMap<String, [usize; 3]> {
    let mut sums = BTreeMap::<String, [usize; 3]>::new();
    for (path, covered) in files {
        let sum = sums.entry(name(path)).or_default();
        for (sum, more) in sum.iter_mut().zip([covered.lines, covered.own.len(), covered.all.len()]) {
            *sum = sum.saturating_add(more);
        }
    }
    sums
}

fn crate_of(path: &str) -> String {
    path.split('/').next().unwrap_or_default().to_owned()
}

/// `medledger-core/codec` of both `medledger-core/src/codec/mod.rs` and `medledger-core/src/codec.rs`.
fn module_of(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        [name, _, module, ..] => format!("{name}/{}", module.trim_end_matches(".rs")),
        _ => path.to_owned(),
    }
}

/// Per ten thousand, as a percentage with two digits.
fn percent(lines: usize, missed: usize) -> String {
    let hit = lines.saturating_sub(missed).saturating_mul(10_000).checked_div(lines).unwrap_or(10_000);
    format!("{}.{:02} %", hit / 100, hit % 100)
}

fn as_table(files: &BTreeMap<String, Covered>) -> String {
    let mut text = String::new();
    let mut row = |name: &str, [lines, own, all]: [usize; 3]| {
        let _ = writeln!(text, "{name:<42} {lines:>6} {:>9} {:>9}", percent(lines, own), percent(lines, all));
    };
    let modules = sums(files, module_of);
    for (name, sum) in sums(files, crate_of) {
        row(&name, sum);
        let inside = |(module, _): &(&String, &[usize; 3])| crate_of(module) == name;
        modules.iter().filter(inside).for_each(|(module, sum)| row(&format!("  {module}"), *sum));
    }
    let mut least: Vec<(&String, &Covered)> =
        files.iter().filter(|(_, covered)| !covered.all.is_empty()).collect();
    least.sort_by_key(|(_, covered)| std::cmp::Reverse(covered.all.len()));
    let _ = writeln!(text, "\nthe most lines that no test runs:");
    for (path, covered) in least.into_iter().take(NAMED) {
        let _ =
            writeln!(text, "{path} {}: {}", percent(covered.lines, covered.all.len()), ranges(&covered.all));
    }
    format!("{:<42} {:>6} {:>9} {:>9}\n{text}", "", "lines", "own tests", "all tests")
}

fn as_json(files: &BTreeMap<String, Covered>) -> String {
    let counts = |[lines, own, all]: [usize; 3]| serde_json::json!({ "lines": lines, "missed_by_own": own, "missed_by_all": all });
    let table = |sums: BTreeMap<String, [usize; 3]>| -> serde_json::Map<String, serde_json::Value> {
        sums.into_iter().map(|(name, sum)| (name, counts(sum))).collect()
    };
    let each: serde_json::Map<String, serde_json::Value> = files
        .iter()
        .map(|(path, Covered { lines, own, all })| {
            let missed = serde_json::json!({ "lines": lines, "missed_by_own": ranges(own), "missed_by_all": ranges(all) });
            (path.clone(), missed)
        })
        .collect();
    let whole = serde_json::json!({
        "crates": table(sums(files, crate_of)),
        "modules": table(sums(files, module_of)),
        "files": each,
    });
    format!("{whole:#}\n")
}

/// `3-5, 9` of ascending numbers.
fn ranges(lines: &[usize]) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for line in lines {
        match ranges.last_mut() {
            Some((_, end)) if end.saturating_add(1) == *line => *end = *line,
            _ => ranges.push((*line, *line)),
        }
    }
    let written = |(start, end): &(usize, usize)| {
        if start == end { start.to_string() } else { format!("{start}-{end}") }
    };
    ranges.iter().map(written).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "SF:/r/a/src/b/mod.rs\nFN:3,x\nDA:3,0\nDA:4,2\nDA:9,0\nend_of_record\n\
                          SF:/r/a/src/c.rs\nDA:1,5\nend_of_record\nSF:/elsewhere/d.rs\nDA:1,0\nend_of_record\n";

    fn files() -> BTreeMap<String, Covered> {
        let all = read(REPORT, Path::new("/r"));
        assert_eq!(all.len(), 2, "what lies elsewhere is left out");
        let own = read("SF:/r/a/src/b/mod.rs\nDA:3,0\nDA:4,0\nDA:9,0\n", Path::new("/r"));
        let tests =
            [("a/src/b/mod.rs".to_owned(), BTreeSet::from([9])), ("a/src/c.rs".to_owned(), BTreeSet::new())];
        compare(&own, &all, &tests.into())
    }

    #[test]
    fn lines_are_missed_by_own_tests_or_by_all() {
        let files = files();
        assert_eq!(files["a/src/b/mod.rs"], Covered { lines: 2, own: vec![3, 4], all: vec![3] });
        assert_eq!(files["a/src/c.rs"], Covered { lines: 1, own: vec![1], all: vec![] });
        assert_eq!(sums(&files, crate_of)["a"], [3, 3, 1]);
        assert_eq!(sums(&files, module_of)["a/b"], [2, 2, 1]);
        let table = as_table(&files);
        assert!(table.contains("a/src/b/mod.rs 50.00 %: 3\n"), "{table}");
        let json: serde_json::Value = serde_json::from_str(&as_json(&files)).unwrap();
        assert_eq!(json["files"]["a/src/b/mod.rs"]["missed_by_own"], "3-4");
    }

    #[test]
    fn test_code_is_known_by_its_lines() {
        let parsed = source::sources(&[source::File {
            path: "a/src/b.rs".into(),
            bytes: b"fn f() {}\n#[cfg(test)]\nmod tests {\n    fn g() {}\n}\nfn h() {}\n".to_vec(),
        }]);
        assert_eq!(spanned(parsed.unwrap().remove(0).tests), (2..=5).collect());
    }

    #[test]
    fn ranges_are_joined() {
        assert_eq!(ranges(&[1, 2, 3, 7, 9, 10]), "1-3, 7, 9-10");
        assert_eq!((percent(3, 1), percent(0, 0)), ("66.66 %".into(), "100.00 %".into()));
    }
}
