//! From the interface's source to the model. What is not in the dialect is refused, with its line: what can't be said in
//! all languages is not in the interface.

use std::collections::BTreeMap;
use std::path::Path;

use syn::spanned::Spanned;
use syn::{Attribute, ImplItem, Item, ItemFn, ItemImpl, ItemMacro, ItemStruct, Visibility};

use super::model::{Api, Field, Handle, Member, Module, Value, Word};

mod docs;
mod functions;
mod types;

/// Where the interface is defined.
pub const FOLDER: &str = "medledger-sdk/src/api";

/// What stands for a language's own types or for the one error, and is therefore no value.
const BUILT_IN: &[&str] = &["Count", "Time", "Moment", "Bytes", "Error", "Field"];

/// A source of the interface: its path and its text.
pub struct Source {
    /// The path, as it is shown.
    pub path: String,
    /// The text.
    pub text: String,
}

/// What is not in the dialect, and where.
type Refusal = String;

fn refuse<T>(path: &str, at: &impl Spanned, what: impl std::fmt::Display) -> Result<T, Refusal> {
    Err(format!("{path}:{}: {what}", at.span().start().line))
}

/// Reads the interface from the repository.
///
/// # Errors
/// A file that can't be read, or everything that is not in the dialect, a line each.
pub fn repository(root: &Path) -> Result<Api, String> {
    let open = |name: &str| {
        let path = format!("{FOLDER}/{name}.rs");
        let text = std::fs::read_to_string(root.join(&path));
        text.map(|text| Source { path: path.clone(), text })
            .map_err(|error| format!("{path} can't be read: {error}"))
    };
    api(&open("mod")?, open)
}

/// Reads the interface from its `mod.rs` and, by name, its other files.
///
/// # Errors
/// As [`repository`].
pub fn api(list: &Source, open: impl Fn(&str) -> Result<Source, String>) -> Result<Api, String> {
    let mut files = Vec::new();
    for item in parse(list)?.items {
        if let Item::Mod(module) = item
            && is_public(&module.vis)
            && !is_test(&module.attrs)
        {
            let name = module.ident.to_string();
            let feature = feature(&list.path, &module.attrs)?;
            let source = open(&name)?;
            let file = parse(&source)?;
            files.push(File { path: source.path, name, feature, items: file.items });
        }
    }
    let names = Names::of(&files)?;
    let mut refusals = Vec::new();
    let mut modules: Vec<Module> = files.iter().map(|file| file.read(&names, &mut refusals)).collect();
    for file in &files {
        refusals.extend(file.read_impls(&names, &mut modules));
    }
    let api = Api { modules };
    refusals.extend(unique(&api));
    if refusals.is_empty() { Ok(api) } else { Err(refusals.join("\n")) }
}

fn parse(source: &Source) -> Result<syn::File, String> {
    syn::parse_file(&source.text)
        .map_err(|error| format!("{}:{}: {error}", source.path, error.span().start().line))
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|one| {
        one.path().is_ident("cfg") && one.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}

/// Whether an item is for Rust alone: `#[doc(hidden)]` or of tests.
fn is_hidden(attributes: &[Attribute]) -> bool {
    let hidden = |one: &Attribute| {
        one.path().is_ident("doc") && one.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("hidden"))
    };
    attributes.iter().any(hidden) || is_test(attributes)
}

/// The feature in `#[cfg(feature = "…")]`.
fn feature(path: &str, attributes: &[Attribute]) -> Result<Option<String>, Refusal> {
    let mut found = None;
    for one in attributes.iter().filter(|one| one.path().is_ident("cfg")) {
        let text = match one.parse_args::<syn::MetaNameValue>() {
            Ok(syn::MetaNameValue { path, value: syn::Expr::Lit(literal), .. })
                if path.is_ident("feature") =>
            {
                match &literal.lit {
                    syn::Lit::Str(text) => Some(text.value()),
                    _ => None,
                }
            }
            _ => None,
        };
        match text {
            Some(text) if found.is_none() => found = Some(text),
            _ => return refuse(path, one, "only one `cfg(feature = \"…\")` is understood"),
        }
    }
    Ok(found)
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Word,
    Value,
    Handle,
}

/// What each exported type is.
struct Names(BTreeMap<String, Kind>);

impl Names {
    fn of(files: &[File]) -> Result<Self, Refusal> {
        let mut names = BTreeMap::new();
        for file in files {
            for item in &file.items {
                let (name, kind, at) = match item {
                    Item::Struct(one) if file.exports(&one.vis, &one.attrs) && !is_built_in(one) => {
                        let kind = if is_value(one) { Kind::Value } else { Kind::Handle };
                        (one.ident.to_string(), kind, one.ident.span())
                    }
                    Item::Macro(one) if one.mac.path.is_ident("words") => {
                        let parsed = words(&file.path, one)?;
                        (parsed.ident.to_string(), Kind::Word, parsed.ident.span())
                    }
                    _ => continue,
                };
                if names.insert(name.clone(), kind).is_some() {
                    return refuse(&file.path, &at, format!("there are two types `{name}`"));
                }
            }
        }
        Ok(Self(names))
    }

    fn kind(&self, name: &str) -> Option<Kind> {
        self.0.get(name).copied()
    }
}

fn is_built_in(item: &ItemStruct) -> bool {
    BUILT_IN.iter().any(|name| item.ident == name)
}

/// A struct of public fields with names is a value, any other a handle.
fn is_value(item: &ItemStruct) -> bool {
    match &item.fields {
        syn::Fields::Named(fields) => {
            !fields.named.is_empty() && fields.named.iter().any(|field| is_public(&field.vis))
        }
        _ => false,
    }
}

/// One file of the interface.
struct File {
    path: String,
    name: String,
    feature: Option<String>,
    items: Vec<Item>,
}

impl File {
    fn exports(&self, visibility: &Visibility, attributes: &[Attribute]) -> bool {
        is_public(visibility) && !is_hidden(attributes)
    }

    /// Everything but `impl` blocks.
    fn read(&self, names: &Names, refusals: &mut Vec<Refusal>) -> Module {
        let mut module = Module {
            name: self.name.clone(),
            feature: self.feature.clone(),
            words: Vec::new(),
            values: Vec::new(),
            handles: Vec::new(),
            operations: Vec::new(),
        };
        for item in &self.items {
            if let Err(refusal) = self.item(item, names, &mut module) {
                refusals.push(refusal);
            }
        }
        module
    }

    fn item(&self, item: &Item, names: &Names, module: &mut Module) -> Result<(), Refusal> {
        match item {
            Item::Struct(one) if self.exports(&one.vis, &one.attrs) && !is_built_in(one) => {
                self.no_cfg(&one.attrs)?;
                if !one.generics.params.is_empty() {
                    return refuse(&self.path, one, "what is exported has no generics and no lifetimes");
                }
                match is_value(one) {
                    true => module.values.push(self.value(one, names)?),
                    false => module.handles.push(self.handle(one)?),
                }
            }
            Item::Fn(one) if self.exports(&one.vis, &one.attrs) => {
                self.no_cfg(&one.attrs)?;
                module.operations.push(self.operation(one, names)?);
            }
            Item::Macro(one) if one.mac.path.is_ident("words") => module.words.push(self.word(one)?),
            Item::Macro(one) if one.mac.path.is_ident("macro_rules") || one.mac.path.is_ident("rules") => {}
            Item::Macro(one) => return refuse(&self.path, one, "only `words!` and `rules!` are understood"),
            Item::Enum(one) if self.exports(&one.vis, &one.attrs) => {
                let what = "an exported enum is made by `words!`; others are `#[doc(hidden)]` or not public";
                return refuse(&self.path, one, what);
            }
            Item::Const(one) if self.exports(&one.vis, &one.attrs) => {
                return refuse(&self.path, one, "constants are not exported: hide it");
            }
            Item::Type(one) if self.exports(&one.vis, &one.attrs) => {
                return refuse(&self.path, one, "aliases are not exported: hide it");
            }
            Item::Trait(one)
                if self.exports(&one.vis, &one.attrs) && one.ident != "Signer" && one.ident != "Progress" =>
            {
                return refuse(&self.path, one, "only `Signer` and `Progress` are traits of the interface");
            }
            Item::Mod(one) if self.exports(&one.vis, &one.attrs) => {
                return refuse(&self.path, one, "a file of the interface has no public modules");
            }
            _ => {}
        }
        Ok(())
    }

    /// A feature stands at the module, so that all of it is there or nothing.
    fn no_cfg(&self, attributes: &[Attribute]) -> Result<(), Refusal> {
        match attributes.iter().find(|one| one.path().is_ident("cfg")) {
            Some(one) => refuse(&self.path, one, "a `cfg` stands at the module's line in mod.rs"),
            None => Ok(()),
        }
    }

    fn value(&self, item: &ItemStruct, names: &Names) -> Result<Value, Refusal> {
        for wanted in ["Clone", "Debug", "PartialEq", "Eq", "Serialize"] {
            if !derives(item, wanted) {
                return refuse(&self.path, &item.ident, format!("a value derives `{wanted}`"));
            }
        }
        let mut fields = Vec::new();
        for field in &item.fields {
            let Some(ident) = &field.ident else { continue };
            if !is_public(&field.vis) {
                return refuse(&self.path, field, "all fields of a value are public, those of a handle none");
            }
            fields.push(Field {
                name: ident.to_string(),
                docs: self.docs(&field.attrs, ident)?,
                of: types::field(&self.path, &field.ty, names)?,
            });
        }
        Ok(Value { name: item.ident.to_string(), docs: self.docs(&item.attrs, &item.ident)?, fields })
    }

    fn handle(&self, item: &ItemStruct) -> Result<Handle, Refusal> {
        if let Some(field) = item.fields.iter().find(|field| is_public(&field.vis)) {
            return refuse(&self.path, field, "the fields of a handle are not public");
        }
        Ok(Handle {
            name: item.ident.to_string(),
            docs: self.docs(&item.attrs, &item.ident)?,
            constructors: Vec::new(),
            methods: Vec::new(),
        })
    }

    fn word(&self, item: &ItemMacro) -> Result<Word, Refusal> {
        let parsed = words(&self.path, item)?;
        let mut members = Vec::new();
        for variant in &parsed.variants {
            let text = match &variant.discriminant {
                Some((_, syn::Expr::Lit(literal))) => match &literal.lit {
                    syn::Lit::Str(text) => text.value(),
                    _ => return refuse(&self.path, variant, "a word is a text"),
                },
                _ => return refuse(&self.path, variant, "each word has its text"),
            };
            members.push(Member {
                name: variant.ident.to_string(),
                text,
                docs: self.docs(&variant.attrs, &variant.ident)?,
            });
        }
        Ok(Word { name: parsed.ident.to_string(), docs: self.docs(&parsed.attrs, &parsed.ident)?, members })
    }

    fn operation(&self, item: &ItemFn, names: &Names) -> Result<super::model::Function, Refusal> {
        let docs = self.docs(&item.attrs, &item.sig.ident)?;
        let function = functions::read(self, &item.sig, docs, None, names)?;
        if function.receiver.is_some() {
            return refuse(&self.path, item, "an operation has no `self`");
        }
        Ok(function)
    }

    /// The `impl` blocks of handles, wherever the handle is.
    fn read_impls(&self, names: &Names, modules: &mut [Module]) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        for item in &self.items {
            if let Item::Impl(block) = item
                && block.trait_.is_none()
                && !is_hidden(&block.attrs)
                && let Some(name) = handle_name(block, names)
                && let Some(handle) =
                    modules.iter_mut().flat_map(|module| &mut module.handles).find(|one| one.name == name)
            {
                refusals.extend(block.items.iter().filter_map(|item| self.member(item, names, handle).err()));
            }
        }
        refusals
    }

    fn member(&self, item: &ImplItem, names: &Names, handle: &mut Handle) -> Result<(), Refusal> {
        match item {
            ImplItem::Fn(one) if self.exports(&one.vis, &one.attrs) => {
                self.no_cfg(&one.attrs)?;
                let docs = self.docs(&one.attrs, &one.sig.ident)?;
                let function = functions::read(self, &one.sig, docs, Some(&handle.name), names)?;
                match function.receiver {
                    Some(_) => handle.methods.push(function),
                    None => handle.constructors.push(function),
                }
                Ok(())
            }
            ImplItem::Const(one) if self.exports(&one.vis, &one.attrs) => {
                refuse(&self.path, one, "constants are not exported: hide it")
            }
            _ => Ok(()),
        }
    }

    fn docs(&self, attributes: &[Attribute], at: &impl Spanned) -> Result<super::model::Docs, Refusal> {
        match docs::read(attributes) {
            Some(docs) => Ok(docs),
            None => refuse(&self.path, at, "what is exported has a doc comment"),
        }
    }
}

fn derives(item: &ItemStruct, wanted: &str) -> bool {
    let mut found = false;
    for one in item.attrs.iter().filter(|one| one.path().is_ident("derive")) {
        let parsed = one.parse_nested_meta(|meta| {
            found |= meta.path.segments.last().is_some_and(|last| last.ident == wanted);
            Ok(())
        });
        // What does not parse, rustc refuses.
        drop(parsed);
    }
    found
}

/// `words! { … }` holds an enum whose discriminants are texts, which is how the syntax of Rust reads it.
fn words(path: &str, item: &ItemMacro) -> Result<syn::ItemEnum, Refusal> {
    syn::parse2(item.mac.tokens.clone())
        .map_err(|error| format!("{path}:{}: {error}", error.span().start().line))
}

fn handle_name(block: &ItemImpl, names: &Names) -> Option<String> {
    let syn::Type::Path(path) = &*block.self_ty else { return None };
    let name = path.path.get_ident()?.to_string();
    (names.kind(&name) == Some(Kind::Handle)).then_some(name)
}

/// Names that two operations, or two members of a handle, share.
fn unique(api: &Api) -> Vec<Refusal> {
    let mut seen = BTreeMap::new();
    let mut refusals = Vec::new();
    let operations = api.operations().map(|(module, one)| (String::new(), one, module));
    let members = api.handles().flat_map(|(module, handle)| {
        let all = handle.constructors.iter().chain(&handle.methods);
        all.map(move |one| (format!("{}::", handle.name), one, module))
    });
    for (owner, function, module) in operations.chain(members) {
        let name = format!("{owner}{}", function.name);
        if let Some(other) = seen.insert(name.clone(), function.module.clone()) {
            refusals.push(format!("{FOLDER}/{}.rs: `{name}` is also in {other}.rs", module.name));
        }
    }
    refusals
}

#[cfg(test)]
mod tests;
