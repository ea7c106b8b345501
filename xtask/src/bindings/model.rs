//! The interface as the emitters see it: what `medledger-sdk/src/api` says, with nothing of Rust left in it.
//!
//! | part | in the source |
//! | --- | --- |
//! | [`Word`] | `words! { pub enum … }` |
//! | [`Value`] | a struct whose fields are all public |
//! | [`Handle`] | a struct with no public field, and its `impl` blocks |
//! | [`Function`] | an operation, a constructor (no `self`), or a method |

/// The whole interface: its modules in the order of `mod.rs`.
#[derive(Debug, Default)]
pub struct Api {
    /// The public modules.
    pub modules: Vec<Module>,
}

/// One file.
#[derive(Debug)]
pub struct Module {
    /// Its name.
    pub name: String,
    /// The feature without which it is not there.
    pub feature: Option<String>,
    /// Enums of plain words.
    pub words: Vec<Word>,
    /// Plain values.
    pub values: Vec<Value>,
    /// What has state.
    pub handles: Vec<Handle>,
    /// Functions that stand for themselves.
    pub operations: Vec<Function>,
}

/// A doc comment: markdown without links into Rust.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// Its text, in the lines of the source.
    pub text: String,
    /// What stood under `# Errors`, likewise.
    pub errors: Option<String>,
}

/// An enum of plain words.
#[derive(Debug)]
pub struct Word {
    /// Its name.
    pub name: String,
    /// What it is.
    pub docs: Docs,
    /// The words.
    pub members: Vec<Member>,
}

/// One word.
#[derive(Debug)]
pub struct Member {
    /// The variant's name.
    pub name: String,
    /// The word.
    pub text: String,
    /// What it says.
    pub docs: Docs,
}

/// A plain value.
#[derive(Debug)]
pub struct Value {
    /// Its name.
    pub name: String,
    /// What it is.
    pub docs: Docs,
    /// Its fields, in order.
    pub fields: Vec<Field>,
}

/// A field of a value. In Rust a number is a `Count` and bytes are `Bytes`.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it is.
    pub docs: Docs,
    /// Its type.
    pub of: Type,
}

/// What has state.
#[derive(Debug)]
pub struct Handle {
    /// Its name.
    pub name: String,
    /// What it is.
    pub docs: Docs,
    /// Functions without `self`; each gives the handle.
    pub constructors: Vec<Function>,
    /// Functions with it.
    pub methods: Vec<Function>,
}

/// An operation, a constructor or a method.
#[derive(Debug)]
pub struct Function {
    /// The module that it is written in: a method may stand in another one than its handle.
    pub module: String,
    /// The feature without which it is not there.
    pub feature: Option<String>,
    /// Its name.
    pub name: String,
    /// What it does.
    pub docs: Docs,
    /// How a method takes its handle.
    pub receiver: Option<Receiver>,
    /// The arguments that its user gives, in order.
    pub arguments: Vec<Argument>,
    /// Whether `&mut dyn Progress` follows them.
    pub progress: bool,
    /// Whether `&mut impl CryptoRng` comes last: the binding gives it.
    pub rng: bool,
    /// What it gives; for a constructor its handle. In Rust a number is a `u64` and bytes are a `Vec<u8>`.
    pub returns: Type,
    /// Whether that is in a `Result<…, Error>`.
    pub fallible: bool,
}

/// How a method takes its handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// `&self`.
    Shared,
    /// `&mut self`.
    Exclusive,
}

/// An argument.
#[derive(Debug)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Its type. In Rust what is not `Copy` is borrowed: `&str`, `&[u8]`, `&V`, `&H`, `&[V]`, `Option<&V>`.
    pub of: Type,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Nothing; only returned.
    Unit,
    /// Yes or no.
    Bool,
    /// A whole number of 64 bits.
    Number,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// A ledger's time: milliseconds since 1970, not negative.
    Time,
    /// A clinical time: milliseconds since 1970 of 64 bits with a sign.
    Moment,
    /// A word, by its enum's name.
    Word(String),
    /// A value, by its name.
    Value(String),
    /// A handle, by its name; an argument is borrowed, a return is new.
    Handle(String),
    /// A signer of the user's own; only an argument.
    Signer,
    /// What may be missing.
    Option(Box<Type>),
    /// Any number of them.
    List(Box<Type>),
}

impl Type {
    /// The type under an option and lists.
    pub fn innermost(&self) -> &Self {
        match self {
            Self::Option(inner) | Self::List(inner) => inner.innermost(),
            other => other,
        }
    }
}

impl Api {
    /// All words, with their modules.
    pub fn words(&self) -> impl Iterator<Item = (&Module, &Word)> {
        self.modules.iter().flat_map(|module| module.words.iter().map(move |word| (module, word)))
    }

    /// All values, with their modules.
    pub fn values(&self) -> impl Iterator<Item = (&Module, &Value)> {
        self.modules.iter().flat_map(|module| module.values.iter().map(move |value| (module, value)))
    }

    /// All handles, with their modules.
    pub fn handles(&self) -> impl Iterator<Item = (&Module, &Handle)> {
        self.modules.iter().flat_map(|module| module.handles.iter().map(move |handle| (module, handle)))
    }

    /// All operations, with their modules.
    pub fn operations(&self) -> impl Iterator<Item = (&Module, &Function)> {
        self.modules.iter().flat_map(|module| module.operations.iter().map(move |one| (module, one)))
    }

    /// What is there with these features on: what needs another one is left out.
    pub fn with_features(mut self, on: &[&str]) -> Self {
        let is_on = |feature: &Option<String>| feature.as_deref().is_none_or(|name| on.contains(&name));
        self.modules.retain(|module| is_on(&module.feature));
        for handle in self.modules.iter_mut().flat_map(|module| &mut module.handles) {
            handle.constructors.retain(|one| is_on(&one.feature));
            handle.methods.retain(|one| is_on(&one.feature));
        }
        self
    }
}

impl Function {
    /// From which argument on all may be left out: each has a type that may be missing.
    pub fn first_optional(&self) -> usize {
        let trailing = self.arguments.iter().rev().take_while(|one| matches!(one.of, Type::Option(_)));
        self.arguments.len().saturating_sub(trailing.count())
    }
}

impl Docs {
    /// Everything, the errors in a paragraph of their own.
    pub fn whole(&self) -> String {
        match &self.errors {
            Some(errors) => format!("{}\n\nErrors: {errors}", self.text),
            None => self.text.clone(),
        }
    }
}
