//! Kotlin and Swift: `medledger-ffi`.
//!
//! Written is `src/generated/*.rs`: functions, objects, values and words, a file for each module of the interface. From these
//! UniFFI makes Kotlin and Swift; the names change their convention there.

use std::collections::BTreeSet;
use std::path::Path;

use super::Output;
use super::model::{Api, Docs, Field, Function, Handle, Module, Receiver, Type, Value, Word};
use super::rust;

/// The crate's folder.
pub const FOLDER: &str = "medledger-ffi";
/// Where all Rust is generated.
pub const GENERATED: &str = "medledger-ffi/src/generated";

const HEAD: &str = "//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.\n\n";

/// A word that is none in Kotlin: errors of each kind are classes.
const KIND: &str = "ErrorKind";

/// Writes everything.
///
/// # Errors
/// Sources that rustfmt can't read.
pub fn emit(root: &Path, api: &Api) -> Result<Vec<Output>, String> {
    let writer = Writer { api, names: names(api) };
    let (mut outputs, mut modules) = (Vec::new(), String::new());
    for module in &api.modules {
        let body = writer.file(module);
        if body.is_empty() {
            continue;
        }
        let text = rust::format(root, &format!("{HEAD}{}{body}", imports(&body)))?;
        outputs.push(Output { path: format!("{GENERATED}/{}.rs", module.name), text });
        modules.push_str(&format!("mod {};\n", module.name));
    }
    let uses: String =
        modules.lines().map(|line| line.replace("mod ", "pub use ").replace(';', "::*;\n")).collect();
    let text = rust::format(root, &format!("{HEAD}{modules}\n{uses}"))?;
    outputs.push(Output { path: format!("{GENERATED}/mod.rs"), text });
    Ok(outputs)
}

/// The names that change: of functions, arguments and fields.
fn names(api: &Api) -> BTreeSet<&str> {
    let handles = api.handles().flat_map(|(_, handle)| handle.constructors.iter().chain(&handle.methods));
    let functions = api.operations().map(|(_, one)| one).chain(handles);
    let mut names: BTreeSet<&str> =
        api.values().flat_map(|(_, value)| &value.fields).map(|field| field.name.as_str()).collect();
    for function in functions {
        names.insert(&function.name);
        names.extend(function.arguments.iter().map(|argument| argument.name.as_str()));
    }
    names.retain(|name| name.contains('_'));
    names
}

/// What a file uses.
fn imports(code: &str) -> String {
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("///")).collect();
    let words: BTreeSet<&str> = code.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    // The trait is there for its method.
    let used = |names: &[&str]| -> Vec<String> {
        let is_used = |name: &&&str| words.contains(**name) || (**name == "Give" && words.contains("give"));
        names.iter().filter(is_used).map(|name| (*name).to_owned()).collect()
    };
    let mut support = used(&[
        "Asked",
        "Give",
        "Held",
        "MedledgerError",
        "Moment",
        "Progress",
        "Signer",
        "Time",
        "Told",
        "answer",
        "argument",
        "distinct",
        "entropy",
        "together",
        "value",
        "word",
    ]);
    support.sort_unstable();
    let mut out = String::new();
    if words.contains("Arc") {
        out.push_str("use std::sync::Arc;\n\n");
    }
    out + &format!("use crate::support::{{{}}};\n\n", support.join(", "))
}

struct Writer<'a> {
    api: &'a Api,
    names: BTreeSet<&'a str>,
}

impl Writer<'_> {
    fn file(&self, module: &Module) -> String {
        let mut out = String::new();
        for word in module.words.iter().filter(|word| word.name != KIND) {
            out.push_str(&self.word(module, word));
        }
        for value in &module.values {
            out.push_str(&self.value(module, value));
        }
        for handle in &module.handles {
            out.push_str(&self.handle(module, handle));
        }
        for operation in &module.operations {
            out.push_str(&self.operation(module, operation));
        }
        out
    }

    /// A doc comment as Kotlin says it: paths with dots, names in its convention.
    fn docs(&self, docs: &Docs) -> String {
        let mut text = String::new();
        for (index, part) in docs.whole().split('`').enumerate() {
            if index > 0 {
                text.push('`');
            }
            if index % 2 == 1 { text.push_str(&self.renamed(part)) } else { text.push_str(part) }
        }
        // What would end a comment there.
        let text = text.replace("*/", "* /");
        rust::docs(&Docs { text, errors: None }, "///")
    }

    fn renamed(&self, code: &str) -> String {
        let parts = code.split("::").map(|part| match part.strip_suffix("()") {
            Some(name) if self.names.contains(name) => format!("{}()", rust::camel(name)),
            _ if self.names.contains(part) => rust::camel(part),
            _ => part.to_owned(),
        });
        parts.collect::<Vec<_>>().join(".")
    }

    fn word(&self, module: &Module, word: &Word) -> String {
        let members: String = word
            .members
            .iter()
            .map(|member| format!("{}{},\n", self.docs(&member.docs), member.name))
            .collect();
        let docs = self.docs(&word.docs);
        within(
            &format!(
                "{docs}{} = {} {{\n{}}}\n",
                word.name,
                rust::path(module, &word.name),
                indented(&members)
            ),
            "word",
        )
    }

    fn value(&self, module: &Module, value: &Value) -> String {
        let field = |field: &Field| {
            let default = match field.of {
                Type::Option(_) => "#[uniffi(default = None)]\n",
                Type::List(_) => "#[uniffi(default = [])]\n",
                _ => "",
            };
            format!("{}{default}{}: {},\n", self.docs(&field.docs), field.name, self.given(&field.of))
        };
        let fields: String = value.fields.iter().map(field).collect();
        // Kotlin compares arrays by reference: a value that holds some is compared here.
        let equality = if value.fields.iter().any(|field| *field.of.innermost() == Type::Bytes) {
            "#[uniffi::export(Eq, Hash)]\n"
        } else {
            ""
        };
        let docs = self.docs(&value.docs);
        let path = rust::path(module, &value.name);
        within(&format!("{docs}{equality}{} = {path} {{\n{}}}\n", value.name, indented(&fields)), "value")
    }

    fn handle(&self, module: &Module, handle: &Handle) -> String {
        let (name, path) = (&handle.name, rust::path(module, &handle.name));
        let docs = self.docs(&handle.docs);
        let what = what(name);
        let members: String = handle
            .constructors
            .iter()
            .chain(&handle.methods)
            .map(|function| self.member(&path, function))
            .collect();
        let members = if members.is_empty() {
            String::new()
        } else {
            format!("#[uniffi::export]\nimpl {name} {{\n{members}}}\n\n")
        };
        format!(
            "{docs}#[derive(uniffi::Object)]\npub struct {name} {{ pub(super) held: Held<{path}> }}\n\n\
             impl Give<Arc<{name}>> for {path} {{\nfn give(self) -> Arc<{name}> {{\n\
             Arc::new({name} {{ held: Held::new(self, \"{what}\") }})\n}}\n}}\n\n{members}"
        )
    }

    fn member(&self, path: &str, function: &Function) -> String {
        let defaults = defaults(function);
        let (mark, receiver, target) = match function.receiver {
            None => ("constructor", "", format!("{path}::")),
            Some(_) => ("method", "&self, ", "held.".to_owned()),
        };
        let mark = match (mark, defaults.is_empty()) {
            ("method", true) => String::new(),
            (mark, true) => format!("#[uniffi::{mark}]\n"),
            (mark, false) => format!("#[uniffi::{mark}(default({defaults}))]\n"),
        };
        self.function(function, &mark, receiver, &target)
    }

    fn operation(&self, module: &Module, function: &Function) -> String {
        let defaults = defaults(function);
        let mark = if defaults.is_empty() {
            "#[uniffi::export]\n".to_owned()
        } else {
            format!("#[uniffi::export(default({defaults}))]\n")
        };
        self.function(function, &mark, "", &format!("medledger_sdk::api::{}::", module.name))
    }

    fn function(&self, function: &Function, mark: &str, receiver: &str, target: &str) -> String {
        let mut parameters: Vec<String> =
            function.arguments.iter().map(|one| format!("{}: {}", one.name, self.given(&one.of))).collect();
        if function.progress {
            parameters.push("progress: Option<Arc<dyn Progress>>".into());
        }
        format!(
            "{}{mark}pub fn {}({receiver}{}) -> Result<{}, MedledgerError> {{\n{}{}{}\n}}\n\n",
            self.docs(&function.docs),
            function.name,
            parameters.join(", "),
            self.given(&function.returns),
            self.conversions(function),
            locks(function),
            call(function, target),
        )
    }

    /// Converts the arguments that are not the sdk's own types.
    fn conversions(&self, function: &Function) -> String {
        let mut out = String::new();
        for one in &function.arguments {
            let name = &one.name;
            match one.of.innermost() {
                Type::Time | Type::Moment | Type::Word(_) | Type::Value(_) => {
                    let of = self.taken(&one.of);
                    out.push_str(&format!("let {name}: {of} = argument({name}, \"{name}\")?;\n"));
                }
                Type::Signer => out.push_str(&format!("let {name} = Asked({name});\n")),
                _ => {}
            }
        }
        if function.progress {
            out.push_str("let mut progress = Told::new(progress);\n");
        }
        if function.rng {
            out.push_str("let mut rng = entropy();\n");
        }
        out
    }

    /// A type as it crosses over.
    fn given(&self, of: &Type) -> String {
        match of {
            Type::Unit => "()".into(),
            Type::Bool => "bool".into(),
            Type::Number => "u64".into(),
            Type::Text => "String".into(),
            Type::Bytes => "Vec<u8>".into(),
            Type::Time => "Time".into(),
            Type::Moment => "Moment".into(),
            Type::Word(name) | Type::Value(name) => format!("crate::{name}"),
            Type::Handle(name) => format!("Arc<crate::{name}>"),
            Type::Signer => "Arc<dyn Signer>".into(),
            Type::Option(inner) => format!("Option<{}>", self.given(inner)),
            Type::List(inner) => format!("Vec<{}>", self.given(inner)),
        }
    }

    /// A type as the sdk has it.
    fn taken(&self, of: &Type) -> String {
        match of {
            Type::Time => "medledger_sdk::api::Time".into(),
            Type::Moment => "medledger_sdk::api::Moment".into(),
            Type::Word(name) | Type::Value(name) => {
                let words = self.api.words().map(|(module, word)| (module, &word.name));
                let values = self.api.values().map(|(module, value)| (module, &value.name));
                let module = words.chain(values).find(|(_, other)| *other == name).map(|(module, _)| module);
                module.map_or_else(|| name.clone(), |module| rust::path(module, name))
            }
            Type::Option(inner) => format!("Option<{}>", self.taken(inner)),
            Type::List(inner) => format!("Vec<{}>", self.taken(inner)),
            other => self.given(other),
        }
    }
}

/// What one of the macros makes something of. rustfmt leaves it as it is.
fn within(text: &str, called: &str) -> String {
    format!("{called}! {{\n{}}}\n\n", indented(text))
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n").collect()
}

/// What a handle is, in words: `AgreementKey` is an agreement key.
fn what(handle: &str) -> String {
    rust::snake(handle).replace('_', " ")
}

/// `name = None` for each argument that may be left out.
fn defaults(function: &Function) -> String {
    let optional = function.arguments.iter().skip(function.first_optional());
    let mut names: Vec<String> = optional.map(|one| format!("{} = None", one.name)).collect();
    if function.progress {
        names.push("progress = None".into());
    }
    names.join(", ")
}

/// The handles among the arguments: name, and whether it may be missing.
fn handles(function: &Function) -> Vec<(&str, bool)> {
    let handle = |of: &Type| match of {
        Type::Handle(_) => Some(false),
        Type::Option(inner) if matches!(**inner, Type::Handle(_)) => Some(true),
        _ => None,
    };
    let all = function.arguments.iter();
    all.filter_map(|one| handle(&one.of).map(|optional| (one.name.as_str(), optional))).collect()
}

/// Locks what the call works on, all at once.
fn locks(function: &Function) -> String {
    let (mut out, mut guards, mut attempts) = (String::new(), Vec::new(), Vec::new());
    match function.receiver {
        Some(Receiver::Shared) => {
            guards.push("held".to_owned());
            attempts.push("self.held.shared()?".to_owned());
        }
        Some(Receiver::Exclusive) => {
            guards.push("mut held".to_owned());
            attempts.push("self.held.exclusive()?".to_owned());
            for (name, optional) in handles(function) {
                out.push_str(&if optional {
                    format!("{name}.as_ref().map(|one| distinct(&self.held, &one.held)).transpose()?;\n")
                } else {
                    format!("distinct(&self.held, &{name}.held)?;\n")
                });
            }
        }
        None => {}
    }
    for (name, optional) in handles(function) {
        guards.push(format!("{name}_held"));
        attempts.push(if optional {
            format!("{name}.as_ref().map(|one| one.held.shared()).transpose()?")
        } else {
            format!("{name}.held.shared()?")
        });
    }
    match (guards.as_slice(), attempts.as_slice()) {
        ([], _) => {}
        ([guard], [attempt]) => {
            let attempt = attempt.strip_suffix('?').unwrap_or(attempt);
            out.push_str(&format!("let {guard} = together(|| {attempt})?;\n"));
        }
        (guards, attempts) => out.push_str(&format!(
            "let ({}) = together(|| Ok(({})))?;\n",
            guards.join(", "),
            attempts.join(", ")
        )),
    }
    out
}

/// The call with its answer.
fn call(function: &Function, target: &str) -> String {
    let mut lent: Vec<String> = function.arguments.iter().map(|one| lent(&one.name, &one.of)).collect();
    if function.progress {
        lent.push("&mut progress".into());
    }
    if function.rng {
        lent.push("&mut rng".into());
    }
    let call = format!("{target}{}({})", function.name, lent.join(", "));
    let result = if function.fallible { call.clone() } else { format!("Ok({call})") };
    match (function.progress, function.fallible) {
        (true, _) => format!("let result = {result};\nprogress.answer(result)"),
        (false, true) => format!("answer({result})"),
        (false, false) if function.returns == Type::Unit => format!("{call};\nOk(())"),
        (false, false) => format!("Ok({call}.give())"),
    }
}

/// How an argument is lent to the sdk.
fn lent(name: &str, of: &Type) -> String {
    match of {
        Type::Text | Type::Bytes | Type::Value(_) | Type::List(_) | Type::Signer => format!("&{name}"),
        Type::Handle(_) => format!("&{name}_held"),
        Type::Option(inner) => match **inner {
            Type::Text | Type::Bytes => format!("{name}.as_deref()"),
            Type::Value(_) => format!("{name}.as_ref()"),
            Type::Handle(_) => format!("{name}_held.as_deref()"),
            _ => name.to_owned(),
        },
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests;
