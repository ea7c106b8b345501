//! `js/full.d.ts`, `js/light.d.ts`: the types of an artifact.

use super::{HEAD, name, told};
use crate::bindings::model::{Api, Docs, Function, Handle, Type, Value, Word};
use crate::bindings::rust;

/// What is the same in each artifact.
const FIXED: &str = include_str!("fixed.d.ts");

/// The file of an artifact.
pub fn file(api: &Api) -> String {
    let mut out = format!("/// <reference lib=\"esnext.disposable\" />\n{HEAD}\n{FIXED}");
    api.words().for_each(|(_, one)| out.push_str(&word(one)));
    api.values().for_each(|(_, one)| out.push_str(&value(one)));
    api.handles().for_each(|(_, one)| out.push_str(&class(one)));
    for (_, one) in api.operations() {
        let docs = comment(&one.docs, "");
        out.push_str(&format!("\n{docs}export function {};\n", signature(&rust::camel(&one.name), one)));
    }
    out
}

/// A TSDoc comment.
fn comment(docs: &Docs, indent: &str) -> String {
    let text = told(docs);
    let mut lines = text.trim().lines();
    let first = lines.next().unwrap_or_default();
    let rest: String = lines.map(|line| format!("{indent} * {line}").trim_end().to_owned() + "\n").collect();
    match rest.as_str() {
        "" => format!("{indent}/** {first} */\n"),
        rest => format!("{indent}/**\n{indent} * {first}\n{rest}{indent} */\n"),
    }
}

/// A union of texts; what each says stands in the comment, since the members of a union have none.
fn word(word: &Word) -> String {
    let mut docs = word.docs.clone();
    docs.text.push('\n');
    for member in &word.members {
        let said = member.docs.text.lines().collect::<Vec<_>>().join(" ");
        docs.text.push_str(&format!("\n- \"{}\": {said}", member.text));
    }
    let texts: Vec<String> = word.members.iter().map(|member| format!("\"{}\"", member.text)).collect();
    format!("\n{}export type {} =\n  | {};\n", comment(&docs, ""), word.name, texts.join("\n  | "))
}

fn value(value: &Value) -> String {
    let mut out = format!("\n{}export interface {} {{\n", comment(&value.docs, ""), value.name);
    for field in &value.fields {
        let docs = comment(&field.docs, "  ");
        out.push_str(&format!("{docs}  readonly {}: {};\n", rust::camel(&field.name), held(&field.of)));
    }
    out + "}\n"
}

fn class(handle: &Handle) -> String {
    let of = &handle.name;
    // The private member keeps classes apart that would otherwise look alike.
    let mut out = format!(
        "\n{}export class {of} {{\n  private readonly handle: \"{of}\";\n",
        comment(&handle.docs, "")
    );
    match handle.constructors.iter().find(|one| one.name == "new") {
        Some(new) => {
            let head = format!("constructor({})", parameters(new));
            out.push_str(&format!("\n{}  {head};\n", comment(&new.docs, "  ")));
        }
        None => out.push_str("  private constructor();\n"),
    }
    let named = handle.constructors.iter().filter(|one| one.name != "new");
    for one in named.chain(&handle.methods) {
        let mark = if one.receiver.is_none() { "static " } else { "" };
        let head = signature(&rust::camel(&one.name), one);
        out.push_str(&format!("\n{}  {mark}{head};\n", comment(&one.docs, "  ")));
    }
    out + "\n  /** Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005. */\n  \
           free(): void;\n\n  /** As `free`, for `using`. */\n  [Symbol.dispose](): void;\n}\n"
}

fn signature(called: &str, function: &Function) -> String {
    format!("{called}({}): {}", parameters(function), given(&function.returns))
}

fn parameters(function: &Function) -> String {
    let optional_from = function.first_optional();
    let mut parts: Vec<String> = Vec::new();
    for (index, one) in function.arguments.iter().enumerate() {
        let mark = if index >= optional_from { "?" } else { "" };
        parts.push(format!("{}{mark}: {}", name(&one.name), taken(&one.of)));
    }
    if function.progress {
        // What follows an argument that may be left out may be left out as well.
        parts.push("progress?: Progress | null | undefined".into());
    }
    parts.join(", ")
}

fn plain(of: &Type) -> Option<&str> {
    Some(match of {
        Type::Unit => "void",
        Type::Bool => "boolean",
        Type::Number => "bigint",
        Type::Text => "string",
        Type::Bytes => "Uint8Array",
        Type::Time | Type::Moment => "Date",
        Type::Signer => "Signer",
        Type::Word(name) | Type::Handle(name) => name,
        Type::Value(_) | Type::Option(_) | Type::List(_) => return None,
    })
}

/// The type of a field.
fn held(of: &Type) -> String {
    match of {
        Type::Option(inner) => format!("{} | undefined", held(inner)),
        Type::List(inner) => list("readonly ", &held(inner)),
        Type::Value(name) => name.clone(),
        of => plain(of).unwrap_or_default().to_owned(),
    }
}

/// The type of a return.
fn given(of: &Type) -> String {
    match of {
        Type::Option(inner) => format!("{} | undefined", given(inner)),
        Type::List(inner) => list("", &held(inner)),
        of => held(of),
    }
}

/// The type of an argument: what is taken is wider than what is given.
fn taken(of: &Type) -> String {
    match of {
        Type::Option(inner) => format!("{} | null | undefined", taken(inner)),
        Type::List(inner) => list("readonly ", &taken(inner)),
        Type::Value(name) => format!("Given<{name}>"),
        of => held(of),
    }
}

fn list(mark: &str, item: &str) -> String {
    if item.contains(' ') { format!("{mark}({item})[]") } else { format!("{mark}{item}[]") }
}
