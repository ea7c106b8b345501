//! `src/generated/*.rs`: functions, classes and conversions, a file for each module of the interface.

use std::path::Path;

use super::examples::Examples;
use super::{GENERATED, name, told, values};
use crate::bindings::Output;
use crate::bindings::model::{Api, Function, Handle, Module, Receiver, Type};
use crate::bindings::rust;

const HEAD: &str = "//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.\n\n";

/// All files.
///
/// # Errors
/// What rustfmt can't read.
pub fn files(root: &Path, api: &Api, examples: &Examples) -> Result<Vec<Output>, String> {
    let mut outputs = Vec::new();
    let mut modules = String::new();
    let mut registers = String::new();
    for module in api.modules.iter().filter(|module| !is_empty(module)) {
        let text = rust::format(root, &file(module, api, examples))?;
        outputs.push(Output { path: format!("{GENERATED}/{}.rs", module.name), text });
        modules.push_str(&format!("mod {};\n", module.name));
        if !module.handles.is_empty() || !module.operations.is_empty() {
            registers.push_str(&format!("{}::register(module)?;\n", module.name));
        }
    }
    let text = format!(
        "{HEAD}use pyo3::prelude::*;\n\n{modules}\n/// Puts every function and class into the module.\n\
         pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {{\n{registers}Ok(())\n}}\n"
    );
    outputs.push(Output { path: format!("{GENERATED}/mod.rs"), text: rust::format(root, &text)? });
    Ok(outputs)
}

fn is_empty(module: &Module) -> bool {
    module.words.is_empty()
        && module.values.is_empty()
        && module.handles.is_empty()
        && module.operations.is_empty()
}

fn file(module: &Module, api: &Api, examples: &Examples) -> String {
    let mut out = String::new();
    for word in &module.words {
        out.push_str(&format!("word!({}, \"{}\");\n\n", rust::path(module, &word.name), word.name));
    }
    for value in &module.values {
        let fields: String = values::ordered(value)
            .iter()
            .map(|field| format!("{}: \"{}\", ", field.name, name(&field.name)))
            .collect();
        out.push_str(&format!(
            "value!({}, \"{}\", {{ {fields} }});\n\n",
            rust::path(module, &value.name),
            value.name
        ));
    }
    for handle in &module.handles {
        out.push_str(&class(module, handle, api, examples));
    }
    for operation in &module.operations {
        out.push_str(&self::operation(module, operation, api, examples));
    }
    let mut names: Vec<String> =
        module.handles.iter().map(|handle| format!("module.add_class::<{}>()?;\n", handle.name)).collect();
    names.extend(
        module
            .operations
            .iter()
            .map(|one| format!("module.add_function(wrap_pyfunction!({}, module)?)?;\n", one.name)),
    );
    if !names.is_empty() {
        out.push_str(&format!(
            "pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {{\n{}Ok(())\n}}\n",
            names.concat()
        ));
    }
    format!("{HEAD}{}\n{out}", imports(&out))
}

/// What a file uses.
fn imports(code: &str) -> String {
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("///")).collect();
    let is_used = |name: &&str| {
        code.match_indices(*name).any(|(at, _)| {
            let edge = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_');
            let before = code.get(..at).and_then(|text| text.chars().next_back());
            let after = code.get(at.saturating_add(name.len())..).and_then(|text| text.chars().next());
            edge(before) && edge(after)
        })
    };
    // What the macros `word!` and `value!` use.
    let (word, value) = (code.contains("word!("), code.contains("value!("));
    let mut support = Vec::new();
    if word || value {
        support.extend(["At", "Class", "FromPython", "IntoPython"]);
    } else if is_used(&"IntoPython") {
        support.push("IntoPython");
    }
    let rest = [
        "Caller", "Held", "LARGE", "answer", "argument", "distinct", "entropy", "given", "optional", "run",
        "together",
    ];
    support.extend(rest.iter().filter(|name| is_used(name)));
    support
        .extend(["value", "word"].iter().zip([value, word]).filter(|(_, used)| *used).map(|(name, _)| name));
    let tuple = if value { "use pyo3::types::PyTuple;\n" } else { "" };
    format!("use pyo3::prelude::*;\n{tuple}\nuse crate::support::{{{}}};\n", support.join(", "))
}

/// A doc comment with the example.
fn docs(function: &Function, example: Option<&String>) -> String {
    comment(&told(&function.docs), example)
}

fn comment(text: &str, example: Option<&String>) -> String {
    let example = example.map(|example| format!("\n\n{example}")).unwrap_or_default();
    format!("{text}{example}")
        .lines()
        .map(|line| format!("/// {line}").trim_end().to_owned() + "\n")
        .collect()
}

/// What a handle is, in a sentence: `AgreementKey` is an agreement key.
fn what(handle: &str) -> String {
    rust::snake(handle).replace('_', " ")
}

fn class(module: &Module, handle: &Handle, api: &Api, examples: &Examples) -> String {
    let (called, path, what) = (&handle.name, rust::path(module, &handle.name), what(&handle.name));
    let docs = comment(&told(&handle.docs), examples.get(called));
    let mut out = format!(
        "{docs}#[pyclass(frozen, module = \"medledger\")]\npub(super) struct {called} {{ pub(super) held: Held<{path}> }}\n\n\
         impl IntoPython for {path} {{\n\
         fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {{\n\
         Ok(Bound::new(py, {called} {{ held: Held::new(self, \"{what}\") }})?.into_any())\n}}\n}}\n\n\
         #[pymethods]\nimpl {called} {{\n"
    );
    for one in handle.constructors.iter().chain(&handle.methods) {
        out.push_str(&member(&path, handle, one, api, examples));
    }
    out.push_str(
        "/// Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005.\n\
         fn close(&self, py: Python<'_>) -> PyResult<()> { self.held.close(py) }\n\n\
         fn __enter__<'py>(slf: Bound<'py, Self>) -> Bound<'py, Self> { slf }\n\n\
         #[pyo3(signature = (_exc_type, _exc, _traceback, /))]\n\
         fn __exit__(&self, py: Python<'_>, _exc_type: &Bound<'_, PyAny>, _exc: &Bound<'_, PyAny>, \
         _traceback: &Bound<'_, PyAny>) -> PyResult<()> { self.held.close(py) }\n}\n\n",
    );
    out
}

fn member(path: &str, handle: &Handle, function: &Function, api: &Api, examples: &Examples) -> String {
    let docs = docs(function, examples.get(&format!("{}.{}", handle.name, name(&function.name))));
    let call = Call::new(function, Some(&handle.name), api);
    let signature = call.signature();
    let (mark, receiver, target) = match function.receiver {
        Some(_) => (String::new(), "slf: &Bound<'py, Self>, ", "this.".to_owned()),
        None if function.name == "new" => ("#[new]\n".to_owned(), "py: Python<'py>, ", format!("{path}::")),
        None => {
            let mark = "#[classmethod]\n".to_owned();
            (mark, "class: &Bound<'py, pyo3::types::PyType>, ", format!("{path}::"))
        }
    };
    if function.receiver.is_none() && function.name == "new" {
        return constructor(&docs, &mark, &signature, handle, &call, &target);
    }
    let rename = renamed(&function.name);
    let py = if function.receiver.is_some() { "let py = slf.py();\n" } else { "let py = class.py();\n" };
    format!(
        "{docs}{mark}#[pyo3({rename}signature = ({signature}))]\nfn {}<'py>({receiver}{}) -> PyResult<Bound<'py, PyAny>> \
         {{\n{py}{}{}.into_python(py)\n}}\n\n",
        function.name,
        call.parameters(),
        call.before(),
        call.run(&target),
    )
}

/// `#[new]` gives the class itself.
fn constructor(
    docs: &str,
    mark: &str,
    signature: &str,
    handle: &Handle,
    call: &Call<'_>,
    target: &str,
) -> String {
    let (before, made) = (call.before(), call.run(target));
    let py = if before.contains("(py") || made.contains("(py") { "py: Python<'py>, " } else { "" };
    let lifetime = if py.is_empty() && call.parameters().is_empty() { "" } else { "<'py>" };
    format!(
        "{docs}{mark}#[pyo3(signature = ({signature}))]\nfn new{lifetime}({py}{}) -> PyResult<Self> {{\n{before}\
         Ok(Self {{ held: Held::new({made}, \"{}\") }})\n}}\n\n",
        call.parameters(),
        what(&handle.name),
    )
}

/// The `name = …, ` that makes a name Python's.
fn renamed(of: &str) -> String {
    let python = name(of);
    if python == of { String::new() } else { format!("name = \"{python}\", ") }
}

fn operation(module: &Module, function: &Function, api: &Api, examples: &Examples) -> String {
    let docs = docs(function, examples.get(&name(&function.name)));
    let call = Call::new(function, None, api);
    let target = format!("medledger_sdk::api::{}::", module.name);
    format!(
        "{docs}#[pyfunction]\n#[pyo3({}signature = ({}))]\nfn {}<'py>(py: Python<'py>, {}) -> PyResult<Bound<'py, \
         PyAny>> {{\n{}{}.into_python(py)\n}}\n\n",
        renamed(&function.name),
        call.signature(),
        function.name,
        call.parameters(),
        call.before(),
        call.run(&target),
    )
}

/// One call of the sdk.
struct Call<'a> {
    function: &'a Function,
    handle: Option<&'a str>,
    api: &'a Api,
}

impl<'a> Call<'a> {
    fn new(function: &'a Function, handle: Option<&'a str>, api: &'a Api) -> Self {
        Self { function, handle, api }
    }

    /// The signature as Python reads it.
    fn signature(&self) -> String {
        let from = self.function.first_optional();
        let default = |index: usize| if index >= from { "=None" } else { "" };
        let all = self.function.arguments.iter().enumerate();
        let mut parts: Vec<String> =
            all.map(|(index, one)| format!("{}{}", name(&one.name), default(index))).collect();
        if self.function.progress {
            parts.push("progress=None".into());
        }
        parts.join(", ")
    }

    /// The parameters: whatever Python gives.
    fn parameters(&self) -> String {
        let any = "&Bound<'py, PyAny>";
        let of = |of: &Type| match of {
            Type::Option(_) => format!("Option<{any}>"),
            _ => any.to_owned(),
        };
        let mut parts: Vec<String> = self
            .function
            .arguments
            .iter()
            .map(|one| format!("{}: {}", name(&one.name), of(&one.of)))
            .collect();
        if self.function.progress {
            parts.push(format!("progress: Option<{any}>"));
        }
        parts.join(", ")
    }

    /// Converts the arguments, and locks what is to be locked.
    fn before(&self) -> String {
        let mut out = String::new();
        for one in &self.function.arguments {
            let variable = name(&one.name);
            let line = match &one.of {
                Type::Handle(of) => format!("given::<{}>({variable}, \"{variable}\")?", self.class(of)),
                Type::Signer => format!("Caller::signer({variable}, \"{variable}\")?"),
                Type::Option(inner) => match &**inner {
                    Type::Handle(of) => {
                        let of = self.class(of);
                        format!("{variable}.map(|one| given::<{of}>(one, \"{variable}\")).transpose()?")
                    }
                    inner => format!("optional::<{}>({variable}, \"{variable}\")?", self.rust_type(inner)),
                },
                of => format!("argument::<{}>({variable}, \"{variable}\")?", self.rust_type(of)),
            };
            out.push_str(&format!("let {variable} = {line};\n"));
        }
        if self.function.progress {
            out.push_str("let progress = Caller::progress(progress)?;\n");
        }
        if self.function.rng {
            out.push_str("let mut rng = entropy()?;\n");
        }
        out + &self.locks()
    }

    /// A handle's class among the generated ones.
    fn class(&self, name: &str) -> String {
        let module =
            self.api.handles().find(|(_, handle)| handle.name == name).map(|(module, _)| &module.name);
        module.map_or_else(|| name.to_owned(), |module| format!("super::{module}::{name}"))
    }

    /// The handles among the arguments: name, and whether it may be missing.
    fn handles(&self) -> Vec<(String, bool)> {
        let handle = |of: &Type| match of {
            Type::Handle(_) => Some(false),
            Type::Option(inner) if matches!(**inner, Type::Handle(_)) => Some(true),
            _ => None,
        };
        let all = self.function.arguments.iter();
        all.filter_map(|one| handle(&one.of).map(|optional| (name(&one.name), optional))).collect()
    }

    fn locks(&self) -> String {
        let mut out = String::new();
        let (mut guards, mut attempts, mut opened) = (Vec::new(), Vec::new(), String::new());
        match self.function.receiver {
            Some(Receiver::Shared) => {
                guards.push("held".to_owned());
                attempts.push("slf.get().held.shared()?".to_owned());
                opened.push_str("let this = held.get(py)?;\n");
            }
            Some(Receiver::Exclusive) => {
                guards.push("mut held".to_owned());
                attempts.push("slf.get().held.exclusive()?".to_owned());
                opened.push_str("let this = held.get_mut(py)?;\n");
                for (variable, _) in self.handles().iter().filter(|(_, optional)| !optional) {
                    let what = self.handle.map(what).unwrap_or_default();
                    out.push_str(&format!("distinct(slf, {variable}, \"{what}\")?;\n"));
                }
                for (variable, _) in self.handles().iter().filter(|(_, optional)| *optional) {
                    let what = self.handle.map(what).unwrap_or_default();
                    out.push_str(&format!(
                        "{variable}.map(|one| distinct(slf, one, \"{what}\")).transpose()?;\n"
                    ));
                }
            }
            None => {}
        }
        for (variable, optional) in self.handles() {
            let guard = format!("{variable}_held");
            if optional {
                attempts.push(format!("{variable}.map(|one| one.get().held.shared()).transpose()?"));
                opened.push_str(&format!(
                    "let {variable} = {guard}.as_ref().map(|one| one.get(py)).transpose()?;\n"
                ));
            } else {
                attempts.push(format!("{variable}.get().held.shared()?"));
                opened.push_str(&format!("let {variable} = {guard}.get(py)?;\n"));
            }
            guards.push(guard);
        }
        match (guards.as_slice(), attempts.as_slice()) {
            ([], _) => {}
            ([guard], [attempt]) => {
                let attempt =
                    attempt.strip_suffix('?').map_or_else(|| format!("Ok({attempt})"), str::to_owned);
                out.push_str(&format!("let {guard} = together(py, || {attempt})?;\n"));
            }
            (guards, attempts) => out.push_str(&format!(
                "let ({}) = together(py, || Ok(({})))?;\n",
                guards.join(", "),
                attempts.join(", ")
            )),
        }
        out + &opened
    }

    /// The call with its answer.
    fn run(&self, target: &str) -> String {
        let mut lent: Vec<String> =
            self.function.arguments.iter().map(|one| lent(&name(&one.name), &one.of)).collect();
        if self.function.progress {
            lent.push("&mut &progress".into());
        }
        if self.function.rng {
            lent.push("&mut rng".into());
        }
        let call = format!("{target}{}({})", self.function.name, lent.join(", "));
        let call = match self.long() {
            long if long == "false" => call,
            long => format!("run(py, {long}, || {call})"),
        };
        let asked =
            self.function.arguments.iter().find(|one| one.of == Type::Signer).map(|one| name(&one.name));
        let asked = asked.or(self.function.progress.then(|| "progress".to_owned()));
        match (asked, self.function.fallible) {
            (Some(caller), true) => format!("{caller}.answer(py, {call})?"),
            (Some(caller), false) => format!("{caller}.answer(py, Ok({call}))?"),
            (None, true) => format!("answer(py, {call})?"),
            (None, false) => call,
        }
    }

    /// Whether the call takes long: one that tells its progress, that is about lists of bytes, or that stretches a
    /// passphrase does; one about bytes does when they are many.
    fn long(&self) -> String {
        let list = Type::List(Box::new(Type::Bytes));
        let always = self.function.progress
            || self.function.arguments.iter().any(|one| one.of == list || one.name == "passphrase");
        let large = self.function.arguments.iter().filter(|one| one.of == Type::Bytes);
        let large: Vec<String> = large.map(|one| format!("{}.len() >= LARGE", name(&one.name))).collect();
        if always {
            "true".into()
        } else if large.is_empty() {
            "false".into()
        } else {
            large.join(" || ")
        }
    }

    /// The type that an argument is converted to.
    fn rust_type(&self, of: &Type) -> String {
        let found = |name: &str| {
            let words = self.api.words().map(|(module, word)| (module, &word.name));
            let values = self.api.values().map(|(module, value)| (module, &value.name));
            let module = words.chain(values).find(|(_, other)| *other == name).map(|(module, _)| module);
            module.map_or_else(|| name.to_owned(), |module| rust::path(module, name))
        };
        match of {
            Type::Bool => "bool".into(),
            Type::Number => "u64".into(),
            Type::Text => "String".into(),
            Type::Bytes => "Vec<u8>".into(),
            Type::Time => "medledger_sdk::api::Time".into(),
            Type::Moment => "medledger_sdk::api::Moment".into(),
            Type::Word(name) | Type::Value(name) | Type::Handle(name) => found(name),
            Type::Option(inner) => format!("Option<{}>", self.rust_type(inner)),
            Type::List(inner) => format!("Vec<{}>", self.rust_type(inner)),
            Type::Unit | Type::Signer => "()".into(),
        }
    }
}

/// How an argument is lent to the sdk.
fn lent(variable: &str, of: &Type) -> String {
    match of {
        Type::Text | Type::Bytes | Type::Value(_) | Type::List(_) | Type::Signer => format!("&{variable}"),
        Type::Option(inner) => match **inner {
            Type::Text | Type::Bytes => format!("{variable}.as_deref()"),
            Type::Value(_) => format!("{variable}.as_ref()"),
            _ => variable.to_owned(),
        },
        _ => variable.to_owned(),
    }
}
