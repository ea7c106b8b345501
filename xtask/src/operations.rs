//! The table operation × language: from each package's committed public listing, and from what the runners of its vectors
//! executed. An operation that a language does not list, or lists and never executes, is a hole, and fails.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use crate::bindings::{self, Operation};
use crate::vectors::report::Operations;
use crate::vectors::{self, RUNNERS};

/// The table, as committed.
const TABLE: &str = "docs/api-table.md";
/// The variable under which it is written anew.
const RENEW: &str = "MEDLEDGER_RENEW";
/// The listing of the light artifact, which has what needs no feature of the sdk.
const LIGHT: &str = "medledger-wasm/js/light.d.ts";
/// What every handle has, and no operation.
const ENDINGS: &[&str] = &["close", "free", "destroy"];

/// A language.
pub struct Language {
    /// Its name.
    pub name: &'static str,
    /// The committed listing of what its package shows; `None` for Rust, whose sources are the definition.
    listing: Option<(&'static str, Reader)>,
    /// An operation's name there.
    named: fn(&str) -> String,
}

/// What reads the names in a listing.
type Reader = fn(&str) -> BTreeSet<String>;

/// Every language, in the order of the table.
pub const LANGUAGES: &[Language] = &[
    Language { name: "Rust", listing: None, named: same },
    Language {
        name: "Python",
        listing: Some(("medledger-py/python/medledger/_medledger.pyi", python)),
        named: same,
    },
    Language {
        name: "JavaScript",
        listing: Some(("medledger-wasm/js/full.d.ts", javascript)),
        named: bindings::camel,
    },
    Language {
        name: "Kotlin",
        listing: Some(("medledger-ffi/kotlin/api.txt", kotlin)),
        named: bindings::camel,
    },
];

/// What a language lists and has executed.
struct Column {
    language: &'static Language,
    listed: BTreeSet<String>,
    executed: Operations,
}

/// Compares the committed table with what the runners last executed.
///
/// # Errors
/// Holes, names that nobody lists, and a table that is out of date.
pub fn check(root: &Path) -> Result<String, String> {
    let operations = bindings::operations(root)?;
    let columns = columns(root, &operations)?;
    let mut faults = faults(&operations, &columns);
    let light = std::fs::read_to_string(root.join(LIGHT));
    let light = light.map_err(|error| format!("{LIGHT} can't be read: {error}"))?;
    faults.extend(light_faults(&operations, &javascript(&light)));
    if !faults.is_empty() {
        return Err(format!("the table of operations has holes:\n{}", faults.join("\n")));
    }
    let table = table(&operations, &columns);
    let path = root.join(TABLE);
    if std::env::var_os(RENEW).is_some() {
        std::fs::write(&path, &table).map_err(|error| format!("{TABLE} can't be written: {error}"))?;
    } else if !std::fs::read_to_string(&path).is_ok_and(|known| known == table) {
        return Err(format!("{TABLE} is out of date; `{RENEW}=1 cargo xtask vectors` writes it anew"));
    }
    Ok(format!("{} operations, {} languages, no hole", operations.len(), columns.len()))
}

fn columns(root: &Path, operations: &[Operation]) -> Result<Vec<Column>, String> {
    let mut executed = vectors::executed(root)?;
    let mut columns = Vec::new();
    for language in LANGUAGES.iter().filter(|one| RUNNERS.iter().any(|runner| runner.language == one.name)) {
        let listed = match language.listing {
            None => operations.iter().map(|operation| name(operation, language)).collect(),
            Some((path, read)) => {
                let text = std::fs::read_to_string(root.join(path));
                read(&text.map_err(|error| format!("{path} can't be read: {error}"))?)
            }
        };
        columns.push(Column {
            language,
            listed,
            executed: executed.remove(language.name).unwrap_or_default(),
        });
    }
    Ok(columns)
}

fn same(name: &str) -> String {
    name.to_owned()
}

/// How an operation is called in a listing, and by a runner.
fn name(operation: &Operation, language: &Language) -> String {
    let own = (language.named)(&operation.name);
    operation.handle.as_ref().map_or(own.clone(), |handle| format!("{handle}.{own}"))
}

/// A name without the underscore that keeps it apart from a keyword.
fn plain(name: &str) -> String {
    name.trim_end_matches('_').to_owned()
}

fn faults(operations: &[Operation], columns: &[Column]) -> Vec<String> {
    let mut faults = Vec::new();
    for column in columns {
        let Column { language, listed, executed } = column;
        let known: BTreeSet<String> = operations.iter().map(|operation| name(operation, language)).collect();
        let surplus = |names: &BTreeSet<String>, from: &BTreeSet<String>| -> Vec<String> {
            names.iter().filter(|name| !from.contains(&plain(name))).cloned().collect()
        };
        let own = |names: &BTreeSet<String>| names.iter().map(|name| plain(name)).collect::<BTreeSet<_>>();
        let mut say = |names: Vec<String>, what: &str| {
            faults.extend(names.into_iter().map(|name| format!("{}: {name} {what}", language.name)));
        };
        say(surplus(&known, &own(listed)), "is not in its listing");
        say(surplus(listed, &known), "is in its listing, and no operation of the interface");
        let all: BTreeSet<String> = executed.vectors.union(&executed.story).cloned().collect();
        say(surplus(&all, &own(listed)), "was executed, and is not in its listing");
        if language.listing.is_some() {
            say(surplus(&own(listed), &own(&all)), "was never executed");
        }
    }
    faults
}

/// Where the light artifact's listing has other operations than those that need no feature.
fn light_faults(operations: &[Operation], listed: &BTreeSet<String>) -> Vec<String> {
    let named = |operation: &Operation| {
        let own = bindings::camel(&operation.name);
        operation.handle.as_ref().map_or(own.clone(), |handle| format!("{handle}.{own}"))
    };
    let wanted: BTreeSet<String> = operations.iter().filter(|one| one.light).map(named).collect();
    let listed: BTreeSet<String> = listed.iter().map(|name| plain(name)).collect();
    let differing = wanted.symmetric_difference(&listed);
    differing
        .map(|name| format!("{name} is either in {LIGHT} or in the light part of the interface"))
        .collect()
}

/// The table.
fn table(operations: &[Operation], columns: &[Column]) -> String {
    let mut out = String::from(HEAD);
    let names: Vec<&str> = columns.iter().map(|column| column.language.name).collect();
    let _ = writeln!(out, "| operation | artifact | {} |", names.join(" | "));
    let _ = writeln!(out, "| --- | --- |{}", " --- |".repeat(columns.len()));
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut rows: Vec<&Operation> = operations.iter().collect();
    rows.sort_by_key(|operation| (operation.handle.clone(), operation.name.clone()));
    for operation in rows {
        let own = operation
            .handle
            .as_ref()
            .map_or(operation.name.clone(), |handle| format!("{handle}.{}", operation.name));
        let artifact = if operation.light { "light" } else { "full" };
        let cells: Vec<&str> = columns
            .iter()
            .map(|column| {
                let count = counts.entry(column.language.name).or_default();
                let cell = cell(operation, column, columns);
                match cell {
                    VECTORS => count.0 = count.0.saturating_add(1),
                    _ => count.1 = count.1.saturating_add(1),
                }
                cell
            })
            .collect();
        let _ = writeln!(out, "| `{own}` | {artifact} | {} |", cells.join(" | "));
    }
    let _ = writeln!(out, "\n{} operations:\n", operations.len());
    for name in names {
        let (by_vectors, by_story) = counts.get(name).copied().unwrap_or_default();
        let _ = writeln!(out, "- {name}: {by_vectors} by vectors, {by_story} by a story alone");
    }
    out
}

const VECTORS: &str = "vectors";

/// What executed an operation in a language. In Rust, whichever language's call it was that came there.
fn cell(operation: &Operation, column: &Column, columns: &[Column]) -> &'static str {
    let by_vectors = |column: &Column| {
        let name = name(operation, column.language);
        column.executed.vectors.iter().any(|executed| plain(executed) == name)
    };
    let reached = match column.language.listing {
        Some(_) => by_vectors(column),
        None => columns.iter().any(by_vectors),
    };
    if reached { VECTORS } else { "story" }
}

const HEAD: &str = "\
# Operations by language

<!-- Written by `MEDLEDGER_RENEW=1 cargo xtask vectors`: from the packages' public listings and what their runners executed. -->

Every operation of `medledger-sdk::api`, which is Rust's own interface and the definition of the others, with what executed it through
each package's public interface when its vectors last ran: the `vectors` of `spec/vectors`, or else a `story`, the calls of an
application that no vector can reach, since they draw entropy, sign, or write what was read. In Rust it is whatever came there
through any of the languages. `cargo xtask test` fails where a language lacks an operation, or never executed one.

A plain constructor is called `new` here; names are `snake_case` in Rust and Python, `camelCase` in JavaScript and Kotlin. The verifying
light client is a smaller artifact in JavaScript alone: `light` says what it has.

";

/// The name that begins a text: up to its parenthesis.
fn called(text: &str) -> Option<&str> {
    let (name, _) = text.split_once(['(', '<'])?;
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    (!name.is_empty() && name.chars().all(is_name) && !ENDINGS.contains(&name)).then_some(name)
}

/// The functions, and the classes' public methods, of a stub.
fn python(text: &str) -> BTreeSet<String> {
    let (mut class, mut found) = (String::new(), BTreeSet::new());
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("class ") {
            class = rest.split([':', '(']).next().unwrap_or_default().to_owned();
        } else if let Some(name) = line.strip_prefix("def ").and_then(called) {
            found.insert(name.to_owned());
        } else if let Some(name) = line.strip_prefix("    def ").and_then(called) {
            let name = if name == "__new__" { "new" } else { name };
            found.extend((!name.starts_with('_')).then(|| format!("{class}.{name}")));
        }
    }
    found
}

/// What the module exports on its own account, and no operation: how it is loaded, and its errors.
const OWN: &[&str] = &["init", "MedledgerError"];

/// The functions, and the classes' public methods, of a declaration.
fn javascript(text: &str) -> BTreeSet<String> {
    let (mut class, mut found) = (None, BTreeSet::new());
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("export class ") {
            let name = rest.split([' ', '{']).next().unwrap_or_default();
            class = (!OWN.contains(&name)).then(|| name.to_owned());
        } else if line.starts_with('}') {
            class = None;
        } else if let Some(name) = line.strip_prefix("export function ").and_then(called) {
            found.extend((!OWN.contains(&name)).then(|| name.to_owned()));
        } else if let (Some(class), Some(rest)) = (&class, line.strip_prefix("  ")) {
            let name = called(rest.strip_prefix("static ").unwrap_or(rest));
            let name = name.map(|name| if name == "constructor" { "new" } else { name });
            found.extend(name.map(|name| format!("{class}.{name}")));
        }
    }
    found
}

/// The functions, and the handles' public methods, of Kotlin's listing: a handle is a class that is nothing else.
fn kotlin(text: &str) -> BTreeSet<String> {
    let (mut class, mut found) = (None, BTreeSet::new());
    for line in text.lines() {
        if let Some(inner) = line.strip_prefix("    ") {
            let Some(class) = &class else { continue };
            let inner = inner.strip_prefix("companion ").unwrap_or(inner);
            if inner.starts_with("constructor(") {
                found.insert(format!("{class}.new"));
            } else if let Some(name) = inner.strip_prefix("fun ").and_then(called) {
                found.insert(format!("{class}.{name}"));
            }
        } else if let Some(name) = line.strip_prefix("fun ").and_then(called) {
            found.insert(name.to_owned());
        } else {
            class = line.strip_prefix("class ").map(String::from);
        }
    }
    found
}

#[cfg(test)]
mod tests;
