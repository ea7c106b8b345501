//! Python: `medledger-py`.
//!
//! | written | from |
//! | --- | --- |
//! | `src/generated/*.rs` | functions, classes and conversions, a file for each module of the interface |
//! | `python/medledger/values.py` | enums of words, dataclasses of values |
//! | `python/medledger/_medledger.pyi` | the types of what is native |
//! | `python/medledger/__init__.py` | the public names |

use std::path::Path;

use super::Output;
use super::model::{Api, Docs, Type};

mod examples;
mod native;
mod package;
mod values;

pub use examples::missing;

/// The crate's folder.
pub const FOLDER: &str = "medledger-py";
/// Where all Rust is generated.
pub const GENERATED: &str = "medledger-py/src/generated";
/// The Python package.
const PACKAGE: &str = "medledger-py/python/medledger";

/// Writes everything.
///
/// # Errors
/// Examples that can't be read, and sources that rustfmt can't.
pub fn emit(root: &Path, api: &Api) -> Result<Vec<Output>, String> {
    let examples = examples::read(root)?;
    let mut outputs = native::files(root, api, &examples)?;
    let python = |name: &str, text: String| Output { path: format!("{PACKAGE}/{name}"), text };
    outputs.push(python("values.py", values::file(api)));
    outputs.push(python("_medledger.pyi", package::stubs(api)));
    outputs.push(python("__init__.py", package::names(api, &examples)));
    Ok(outputs)
}

/// Python's keywords that the interface's names may be.
const KEYWORDS: &[&str] = &[
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not",
    "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// A name as Python allows it: a keyword gets an underscore (PEP 8).
fn name(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("{name}_") } else { name.to_owned() }
}

/// What is said first in a generated Python file.
const HEAD: &str = "# Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.\n";

/// A docstring at this depth.
fn docstring(docs: &str, indent: &str) -> String {
    let text = docs.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    let text = text.trim();
    // A quote at the end would end the docstring early.
    let end = if text.ends_with('"') { " " } else { "" };
    let mut lines = text.lines();
    let mut out = format!("{indent}\"\"\"{}", lines.next().unwrap_or_default());
    let mut many = false;
    for line in lines {
        many = true;
        out.push('\n');
        if !line.is_empty() {
            out.push_str(indent);
            out.push_str(line);
        }
    }
    if many { format!("{out}\n{indent}\"\"\"\n") } else { format!("{out}{end}\"\"\"\n") }
}

/// A doc comment as Python says it: paths of Rust are names with dots, and null is `None`.
fn told(docs: &Docs) -> String {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = String::new();
    let text = docs.whole().replace("::", ".");
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("null") {
        let whole = !before.ends_with(is_word) && !after.starts_with(is_word);
        out.push_str(before);
        out.push_str(if whole { "None" } else { "null" });
        rest = after;
    }
    out + rest
}

/// The type of a field or a return, as an annotation.
fn given_type(of: &Type) -> String {
    match of {
        Type::Unit => "None".into(),
        Type::Bool => "bool".into(),
        Type::Number => "int".into(),
        Type::Text => "str".into(),
        Type::Bytes => "bytes".into(),
        Type::Time | Type::Moment => "datetime".into(),
        Type::Word(name) | Type::Value(name) | Type::Handle(name) => name.clone(),
        Type::Signer => "Signer".into(),
        Type::Option(inner) => format!("{} | None", given_type(inner)),
        Type::List(inner) => format!("tuple[{}, ...]", given_type(inner)),
    }
}

/// The type of an argument: what is taken is wider than what is given.
fn taken_type(of: &Type) -> String {
    match of {
        Type::Bytes => "bytes | bytearray".into(),
        Type::Option(inner) => format!("{} | None", taken_type(inner)),
        Type::List(inner) => format!("Sequence[{}]", taken_type(inner)),
        other => given_type(other),
    }
}

#[cfg(test)]
pub(super) mod tests;
