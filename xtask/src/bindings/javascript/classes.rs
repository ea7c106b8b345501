//! `js/full.js`, `js/light.js`: classes and functions around what the module exports.

use super::{HEAD, export, handle_of, name};
use crate::bindings::model::{Api, Function, Handle, Type};
use crate::bindings::rust;

/// The file of an artifact.
pub fn file(artifact: &str, api: &Api) -> String {
    let mut out = format!(
        "{HEAD}import * as raw from \"../dist/{artifact}/medledger.js\";\nimport {{ handles }} from \"./handles.js\";\n\n\
         export {{ MedledgerError }} from \"./errors.js\";\n\n// No argument of the interface is called so.
const $ = handles(raw);\n"
    );
    for (_, handle) in api.handles() {
        out.push_str(&class(handle));
    }
    for (_, one) in api.operations() {
        let head = format!("{}({})", rust::camel(&one.name), parameters(one).join(", "));
        out.push_str(&format!("\nexport function {head} {{\n  return {};\n}}\n", call(None, one)));
    }
    out
}

fn class(handle: &Handle) -> String {
    let of = &handle.name;
    let mut out = format!("\nexport class {of} extends $.Handle {{\n");
    let new = handle.constructors.iter().find(|one| one.name == "new");
    out.push_str(&match new {
        Some(new) => format!(
            "  constructor({}) {{\n    super();\n    $.adopt(this, {});\n  }}\n",
            parameters(new).join(", "),
            raw(Some(of), new)
        ),
        None => format!("  constructor() {{\n    super();\n    throw $.notNew(\"{of}\");\n  }}\n"),
    });
    let named = handle.constructors.iter().filter(|one| one.name != "new");
    for one in named.chain(&handle.methods) {
        let mark = if one.receiver.is_none() { "static " } else { "" };
        let head = format!("{mark}{}({})", rust::camel(&one.name), parameters(one).join(", "));
        out.push_str(&format!("  {head} {{\n    return {};\n  }}\n", call(Some(of), one)));
    }
    out + "}\n"
}

fn parameters(function: &Function) -> Vec<String> {
    let mut names: Vec<String> = function.arguments.iter().map(|one| name(&one.name)).collect();
    names.extend(function.progress.then(|| "progress".to_owned()));
    names
}

/// A call; a handle that it gives becomes an object.
fn call(handle: Option<&str>, function: &Function) -> String {
    let raw = raw(handle, function);
    handle_of(&function.returns).map_or(raw.clone(), |of| format!("$.made({of}, {raw})"))
}

/// The call of the module itself: keys stand for handles.
fn raw(handle: Option<&str>, function: &Function) -> String {
    let mut arguments: Vec<String> =
        function.receiver.map(|_| "$.key(this)".to_owned()).into_iter().collect();
    for one in &function.arguments {
        let name = name(&one.name);
        arguments.push(match &one.of {
            Type::Handle(_) => format!("$.key({name})"),
            of if handle_of(of).is_some() => format!("{name} == null ? undefined : $.key({name})"),
            _ => name,
        });
    }
    arguments.extend(function.progress.then(|| "progress".to_owned()));
    format!("raw.{}({})", export(handle, function), arguments.join(", "))
}
