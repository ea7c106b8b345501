//! `values.py`: enums of words, dataclasses of values.

use super::{HEAD, docstring, given_type, name, told};
use crate::bindings::model::{Api, Field, Type, Value, Word};
use crate::bindings::rust::snake;

/// What all words have: a word is its text, also where it is printed.
const WORD: &str = "\
]


class _Word(str, Enum):
    def __new__(cls, value: str) -> Self:
        word = str.__new__(cls, value)
        word._value_ = value
        return word

    def __str__(self) -> str:
        return str(self.value)
";

/// The file.
pub fn file(api: &Api) -> String {
    let mut names: Vec<&str> = api.words().map(|(_, word)| word.name.as_str()).collect();
    names.extend(api.values().map(|(_, value)| value.name.as_str()));
    names.sort_unstable();
    let mut out = format!(
        "{HEAD}\"\"\"What goes into calls and comes out of them: words and plain values.\"\"\"\n\n\
         from __future__ import annotations\n\nfrom dataclasses import dataclass\nfrom datetime import datetime\n\
         from enum import Enum\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from typing_extensions import Self\n\n__all__ = [\n"
    );
    let body: String =
        api.words().map(|(_, one)| word(one)).chain(api.values().map(|(_, one)| value(one))).collect();
    if body.contains("builtins.") {
        out = out.replacen("from dataclasses", "import builtins\nfrom dataclasses", 1);
    }
    names.iter().for_each(|name| out.push_str(&format!("    \"{name}\",\n")));
    out.push_str(WORD);
    out + &body
}

fn word(word: &Word) -> String {
    let mut out = format!("\n\nclass {}(_Word):\n{}\n", word.name, docstring(&told(&word.docs), "    "));
    for member in &word.members {
        let name = snake(&member.name).to_uppercase();
        out.push_str(&format!(
            "    {name} = \"{}\"\n{}",
            member.text,
            docstring(&told(&member.docs), "    ")
        ));
    }
    out
}

/// A value's fields in Python's order: what may be left out comes last.
pub fn ordered(value: &Value) -> Vec<&Field> {
    let optional = |field: &&Field| default(&field.of).is_some();
    let (mut last, mut fields): (Vec<_>, Vec<_>) = value.fields.iter().partition(optional);
    fields.append(&mut last);
    fields
}

fn default(of: &Type) -> Option<&'static str> {
    match of {
        Type::Option(_) => Some("None"),
        Type::List(_) => Some("()"),
        _ => None,
    }
}

/// A field's type. A field called `bytes` would hide the type of this name from those after it.
fn annotation(value: &Value, of: &Type) -> String {
    let builtin = given_type(of.innermost());
    let hidden = value.fields.iter().any(|field| field.name == builtin);
    let whole = given_type(of);
    if hidden { whole.replace(&builtin, &format!("builtins.{builtin}")) } else { whole }
}

fn value(value: &Value) -> String {
    let docs = docstring(&told(&value.docs), "    ");
    let mut out = format!("\n\n@dataclass(frozen=True)\nclass {}:\n{docs}\n", value.name);
    for field in ordered(value) {
        let default = default(&field.of).map(|default| format!(" = {default}")).unwrap_or_default();
        let of = annotation(value, &field.of);
        out.push_str(&format!("    {}: {of}{default}\n", name(&field.name)));
        out.push_str(&docstring(&told(&field.docs), "    "));
    }
    out
}
