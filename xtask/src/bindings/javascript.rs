//! JavaScript: `medledger-wasm`.
//!
//! | written | from |
//! | --- | --- |
//! | `src/generated/*.rs` | a function for each operation, constructor and method; conversions, a file for each module |
//! | `js/names.js` | the names of all fields, each with its number |
//! | `js/full.js`, `js/light.js` | classes and functions around them, of each artifact |
//! | `js/full.d.ts`, `js/light.d.ts` | their types |

use std::path::Path;

use super::Output;
use super::model::{Api, Docs, Function, Type};
use super::{read, rust};

mod classes;
mod native;
mod types;

/// The crate's folder.
pub const FOLDER: &str = "medledger-wasm";
/// Where all Rust is generated.
pub const GENERATED: &str = "medledger-wasm/src/generated";
/// The artifacts, and the features of each.
const ARTIFACTS: &[(&str, &[&str])] = &[("full", &["fhir", "local", "seal", "wallet"]), ("light", &[])];
/// What is said first in a generated file of JavaScript.
const HEAD: &str = "// Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.\n";

/// Writes everything.
///
/// # Errors
/// Names that JavaScript keeps for itself, and sources that rustfmt can't read.
pub fn emit(root: &Path, api: &Api) -> Result<Vec<Output>, String> {
    if let Some((_, one)) = api.operations().find(|(_, one)| is_reserved(&one.name)) {
        return Err(format!("{}: JavaScript keeps this name for itself", one.name));
    }
    let names = names(api);
    let mut outputs = native::files(root, api, &names)?;
    let script = |name: String, text: String| Output { path: format!("{FOLDER}/js/{name}"), text };
    let list: String = names.iter().map(|name| format!("  \"{name}\",\n")).collect();
    outputs.push(script("names.js".into(), format!("{HEAD}export const NAMES = [\n{list}];\n")));
    for (artifact, features) in ARTIFACTS {
        let part = read::repository(root)?.with_features(features);
        outputs.push(script(format!("{artifact}.js"), classes::file(artifact, &part)));
        outputs.push(script(format!("{artifact}.d.ts"), types::file(&part)));
    }
    Ok(outputs)
}

/// The names of all fields, in order: a field's number is its name's place.
fn names(api: &Api) -> Vec<String> {
    let fields = api.values().flat_map(|(_, value)| &value.fields);
    let mut names: Vec<String> = fields.map(|field| rust::camel(&field.name)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The words that can't name a function or an argument (ECMA-262, 12.7.2, in modules).
const RESERVED: &[&str] = &[
    "arguments",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "init",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "raw",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// An argument's name: a reserved word gets an underscore.
fn name(of: &str) -> String {
    let name = rust::camel(of);
    if is_reserved(&name) { name + "_" } else { name }
}

/// The name that the module exports a function under: `on_` keeps `Key.id` apart from `key_id`.
fn export(handle: Option<&str>, function: &Function) -> String {
    handle.map_or_else(
        || function.name.clone(),
        |handle| format!("on_{}_{}", rust::snake(handle), function.name),
    )
}

/// The handle that a type is, or may be.
fn handle_of(of: &Type) -> Option<&str> {
    match of {
        Type::Handle(name) => Some(name),
        Type::Option(inner) => handle_of(inner),
        _ => None,
    }
}

/// A doc comment as JavaScript says it: names in its own convention.
fn told(docs: &Docs) -> String {
    let text = docs.errors.as_ref().map_or_else(
        || docs.text.clone(),
        |errors| format!("{}\n\n@throws {{@link MedledgerError}} {errors}", docs.text),
    );
    let code = |(place, part): (usize, &str)| {
        if place % 2 == 1 { rust::camel(&part.replace("::", ".")) } else { part.to_owned() }
    };
    text.split('`').enumerate().map(code).collect::<Vec<_>>().join("`").replace("*/", "*\\/")
}

#[cfg(test)]
mod tests;
