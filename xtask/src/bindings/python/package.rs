//! `_medledger.pyi`, the types of what is native, and `__init__.py`, the public names.

use super::examples::Examples;
use super::examples::STORY;
use super::{HEAD, docstring, given_type, name, taken_type, told};
use crate::bindings::model::{Api, Function, Handle};

/// Names of `errors.py`, which is written by hand.
const ERRORS: &[&str] = &[
    "FhirError",
    "Invalid",
    "InvalidArgument",
    "Malformed",
    "MedledgerError",
    "Refused",
    "SignerCancelled",
    "SignerError",
    "WalletError",
];
/// Names of `signer.py`, likewise.
const SIGNER: &[&str] = &["Progress", "Signer"];

/// `_medledger.pyi`.
pub fn stubs(api: &Api) -> String {
    let mut body = String::new();
    for (_, one) in api.handles() {
        body.push_str(&handle(one));
    }
    for (_, operation) in api.operations() {
        let docs = docstring(&told(&operation.docs), "    ");
        body.push_str(&format!(
            "\ndef {}{}:\n{docs}    ...\n",
            name(&operation.name),
            signature(operation, None)
        ));
    }
    let mut head = HEAD.to_owned();
    // Only what is used: a linter would complain of the rest.
    let uses = |word: &str| body.split(|c: char| !c.is_alphanumeric() && c != '_').any(|part| part == word);
    if uses("Sequence") {
        head.push_str("from collections.abc import Sequence\n");
    }
    if uses("datetime") {
        head.push_str("from datetime import datetime\n");
    }
    head.push_str("from types import TracebackType\nfrom typing import final\n\n");
    let from = |module: &str, names: Vec<&str>| {
        let names: Vec<&str> = names.into_iter().filter(|name| uses(name)).collect();
        if names.is_empty() { String::new() } else { format!("from .{module} import {}\n", names.join(", ")) }
    };
    head.push_str(&from("signer", SIGNER.to_vec()));
    head.push_str(&from("values", types(api)));
    head.push_str("\n__all__ = [\n");
    native(api).iter().for_each(|name| head.push_str(&format!("    \"{name}\",\n")));
    head.push_str("]\n");
    format!("{head}{body}")
}

/// The names of handles and operations.
fn native(api: &Api) -> Vec<String> {
    let mut native: Vec<String> = api.handles().map(|(_, handle)| handle.name.clone()).collect();
    native.extend(api.operations().map(|(_, operation)| name(&operation.name)));
    native.sort_unstable();
    native
}

/// The names of words and values.
fn types(api: &Api) -> Vec<&str> {
    let mut names: Vec<&str> = api.words().map(|(_, word)| word.name.as_str()).collect();
    names.extend(api.values().map(|(_, value)| value.name.as_str()));
    names.sort_unstable();
    names
}

fn handle(handle: &Handle) -> String {
    let name_of = &handle.name;
    let mut out = format!("\n@final\nclass {name_of}:\n{}\n", docstring(&told(&handle.docs), "    "));
    for constructor in &handle.constructors {
        let docs = docstring(&told(&constructor.docs), "        ");
        let (mark, called, first) = match constructor.name.as_str() {
            "new" => ("", "__new__".to_owned(), "cls"),
            other => ("    @classmethod\n", name(other), "cls"),
        };
        out.push_str(&format!(
            "{mark}    def {called}{}:\n{docs}        ...\n",
            signature(constructor, Some(first))
        ));
    }
    for method in &handle.methods {
        let docs = docstring(&told(&method.docs), "        ");
        let called = name(&method.name);
        out.push_str(&format!("    def {called}{}:\n{docs}        ...\n", signature(method, Some("self"))));
    }
    let exit =
        "exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None, /";
    out.push_str(&format!(
        "    def close(self) -> None:\n        \"\"\"Ends it: what it holds is dropped, keys are overwritten. Whoever \
         uses it afterwards gets API-005.\"\"\"\n        ...\n    def __enter__(self) -> {name_of}: ...\n    \
         def __exit__(self, {exit}) -> None: ...\n"
    ));
    out
}

fn signature(function: &Function, first: Option<&str>) -> String {
    let mut parts: Vec<String> = first.map(str::to_owned).into_iter().collect();
    let optional_from = function.first_optional();
    for (index, argument) in function.arguments.iter().enumerate() {
        let default = if index >= optional_from { " = None" } else { "" };
        parts.push(format!("{}: {}{default}", name(&argument.name), taken_type(&argument.of)));
    }
    if function.progress {
        parts.push("progress: Progress | None = None".into());
    }
    format!("({}) -> {}", parts.join(", "), given_type(&function.returns))
}

/// What a reader of the package's documentation sees first; its example is the story that the others go on from.
const ABOUT: &str = "\
Medical records that the patient controls: consents, access logs and proofs, checked on your own machine.

Hashes and ids are lower-case hex, identities DIDs. A time has a zone; what a `datetime` can't hold is shown as the first or last
millisecond of its years. What fails raises `MedledgerError` with a `code`. Objects with state are shared between threads
safely, and end with `close()` or a `with` block.

Every example of this package goes on from here:
";

/// `__init__.py`.
pub fn names(api: &Api, examples: &Examples) -> String {
    let native = native(api);
    let story = examples.get(STORY).map_or("", String::as_str);
    let mut out = format!("{HEAD}{}\n", docstring(&format!("{ABOUT}\n{story}"), ""));
    let mut all: Vec<&str> = Vec::new();
    let native: Vec<&str> = native.iter().map(String::as_str).collect();
    for (module, names) in [
        ("_medledger", native),
        ("errors", ERRORS.to_vec()),
        ("signer", SIGNER.to_vec()),
        ("values", types(api)),
    ] {
        if !names.is_empty() {
            let list: String = names.iter().map(|name| format!("    {name},\n")).collect();
            out.push_str(&format!("from .{module} import (\n{list})\n"));
        }
        all.extend(names);
    }
    all.sort_unstable();
    out.push_str("\n__all__ = [\n");
    all.iter().for_each(|name| out.push_str(&format!("    \"{name}\",\n")));
    out.push_str("]\n");
    out
}
