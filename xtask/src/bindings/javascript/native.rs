//! `src/generated/*.rs`: functions and conversions, a file for each module of the interface.

use std::path::Path;

use super::{GENERATED, export, handle_of, name};
use crate::bindings::Output;
use crate::bindings::model::{Api, Function, Handle, Module, Receiver, Type, Value};
use crate::bindings::rust;

const HEAD: &str = "//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.\n\n";
/// Where the sdk has every name.
const SDK: &str = "medledger_sdk::api";

/// All files.
///
/// # Errors
/// What rustfmt can't read.
pub fn files(root: &Path, api: &Api, names: &[String]) -> Result<Vec<Output>, String> {
    let mut outputs = Vec::new();
    let mut modules = String::new();
    for module in &api.modules {
        let body = file(module, names);
        if body.is_empty() {
            continue;
        }
        let text = rust::format(root, &format!("{HEAD}{}\n{body}", imports(&body)))?;
        outputs.push(Output { path: format!("{GENERATED}/{}.rs", module.name), text });
        modules.push_str(&format!("{}mod {};\n", rust::cfg(module.feature.as_deref()), module.name));
    }
    let text = rust::format(root, &format!("{HEAD}{modules}"))?;
    outputs.push(Output { path: format!("{GENERATED}/mod.rs"), text });
    Ok(outputs)
}

fn file(module: &Module, names: &[String]) -> String {
    let mut out = String::new();
    for word in &module.words {
        out.push_str(&format!("word!({SDK}::{0}, \"{0}\");\n", word.name));
    }
    for value in &module.values {
        out.push_str(&format!(
            "value!({SDK}::{0}, \"{0}\", {{ {1} }});\n",
            value.name,
            numbered(value, names)
        ));
    }
    for handle in &module.handles {
        let what = rust::snake(&handle.name).replace('_', " ");
        out.push_str(&format!("handle!({SDK}::{0}, \"{0}\", \"{what}\");\n", handle.name));
    }
    for handle in &module.handles {
        for one in handle.constructors.iter().chain(&handle.methods) {
            out.push_str(&function(module, Some(handle), one));
        }
    }
    for operation in &module.operations {
        out.push_str(&function(module, None, operation));
    }
    out
}

/// A value's fields with the numbers of their names.
fn numbered(value: &Value, names: &[String]) -> String {
    let number = |field: &str| {
        let name = rust::camel(field);
        names.iter().position(|other| *other == name).unwrap_or_default()
    };
    value.fields.iter().map(|field| format!("{}: {}, ", field.name, number(&field.name))).collect()
}

/// What a file uses.
fn imports(code: &str) -> String {
    // Functions are called by their path: an argument may have the name of one.
    const SUPPORT: &[(&str, &str)] = &[
        ("IntoJs", ".into_js()"),
        ("handle", "handle!("),
        ("self", "support::"),
        ("value", "value!("),
        ("word", "word!("),
    ];
    let used = SUPPORT.iter().filter(|(_, use_)| code.contains(use_)).map(|(name, _)| *name);
    let support = format!("use crate::support::{{{}}};\n", used.collect::<Vec<_>>().join(", "));
    let prelude = if code.contains("#[wasm_bindgen]") { "use wasm_bindgen::prelude::*;\n\n" } else { "" };
    format!("{prelude}{support}")
}

fn function(module: &Module, handle: Option<&Handle>, function: &Function) -> String {
    let handle = handle.map(|handle| handle.name.as_str());
    // The file has the module's own feature.
    let own = function.feature.as_deref().filter(|_| function.feature != module.feature);
    let this = handle.filter(|_| function.receiver.is_some());
    let mut parameters: Vec<String> = this.map(|_| "this: u32".to_owned()).into_iter().collect();
    for one in &function.arguments {
        let of = match &one.of {
            Type::Handle(_) => "u32",
            Type::Option(inner) if matches!(**inner, Type::Handle(_)) => "Option<u32>",
            _ => "&JsValue",
        };
        parameters.push(format!("{}: {of}", one.name));
    }
    if function.progress {
        parameters.push("progress: &JsValue".into());
    }
    format!(
        "\n{}#[wasm_bindgen]\npub fn {}({}) -> Result<JsValue, JsValue> {{\n{}{}}}\n",
        rust::cfg(own),
        export(handle, function),
        parameters.join(", "),
        before(function, this),
        call(function, handle),
    )
}

/// Converts the arguments, and locks what is to be locked.
fn before(function: &Function, this: Option<&str>) -> String {
    let (mut out, mut locks) = (String::new(), String::new());
    for one in &function.arguments {
        let (variable, told) = (&one.name, name(&one.name));
        let line = match &one.of {
            Type::Signer => format!("support::Caller::signer({variable}, \"{told}\")?"),
            Type::Handle(of) => {
                locks.push_str(&format!("let {variable} = support::shared(&{variable})?;\n"));
                format!("support::held::<{SDK}::{of}>({variable}, \"{told}\")?")
            }
            of @ Type::Option(_) if handle_of(of).is_some() => {
                locks.push_str(&format!(
                    "let {variable} = {variable}.as_ref().map(support::shared).transpose()?;\n"
                ));
                let of = handle_of(of).unwrap_or_default();
                format!("{variable}.map(|key| support::held::<{SDK}::{of}>(key, \"{told}\")).transpose()?")
            }
            of => format!("support::argument::<{}>({variable}, \"{told}\")?", rust_type(of)),
        };
        out.push_str(&format!("let {variable} = {line};\n"));
    }
    if function.progress {
        out.push_str("let progress = support::Caller::progress(progress)?;\n");
    }
    if function.rng {
        out.push_str("let mut rng = support::entropy()?;\n");
    }
    if let Some(this) = this {
        out.push_str(&format!("let this = support::held::<{SDK}::{this}>(this, \"this\")?;\n"));
        out.push_str(match function.receiver {
            Some(Receiver::Exclusive) => "let mut this = support::exclusive(&this)?;\n",
            _ => "let this = support::shared(&this)?;\n",
        });
    }
    out + &locks
}

/// Calls the sdk.
fn call(function: &Function, handle: Option<&str>) -> String {
    let mut arguments: Vec<String> = function.arguments.iter().map(|one| lent(&one.name, &one.of)).collect();
    if function.progress {
        arguments.push("&mut &progress".into());
    }
    if function.rng {
        arguments.push("&mut rng".into());
    }
    let target = match (function.receiver, handle) {
        (Some(_), _) => "this.".to_owned(),
        (None, Some(handle)) => format!("{SDK}::{handle}::"),
        (None, None) => format!("{SDK}::"),
    };
    let call = format!("{target}{}({})", function.name, arguments.join(", "));
    let caller = function.arguments.iter().find(|one| one.of == Type::Signer).map(|one| one.name.as_str());
    let caller = caller.or(function.progress.then_some("progress"));
    let given = match (function.fallible, caller) {
        (true, Some(caller)) => format!("{caller}.answer({call})?"),
        (true, None) => format!("support::answer({call})?"),
        (false, _) => call,
    };
    match function.returns {
        Type::Unit => format!("{given};\nOk(JsValue::UNDEFINED)\n"),
        _ => format!("let given = {given};\nOk(given.into_js())\n"),
    }
}

/// A type in Rust.
fn rust_type(of: &Type) -> String {
    match of {
        Type::Bool => "bool".into(),
        Type::Number => "u64".into(),
        Type::Text => "String".into(),
        Type::Bytes => "Vec<u8>".into(),
        Type::Time => format!("{SDK}::Time"),
        Type::Moment => format!("{SDK}::Moment"),
        Type::Word(name) | Type::Value(name) | Type::Handle(name) => format!("{SDK}::{name}"),
        Type::Option(inner) => format!("Option<{}>", rust_type(inner)),
        Type::List(inner) => format!("Vec<{}>", rust_type(inner)),
        Type::Unit | Type::Signer => "()".into(),
    }
}

/// How an argument is lent to the sdk.
fn lent(variable: &str, of: &Type) -> String {
    match of {
        Type::Text | Type::Bytes | Type::Value(_) | Type::Handle(_) | Type::List(_) | Type::Signer => {
            format!("&{variable}")
        }
        Type::Option(inner) => match **inner {
            Type::Text | Type::Bytes | Type::Handle(_) | Type::List(_) => format!("{variable}.as_deref()"),
            Type::Value(_) => format!("{variable}.as_ref()"),
            _ => variable.to_owned(),
        },
        _ => variable.to_owned(),
    }
}
