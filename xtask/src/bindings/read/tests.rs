use super::*;
use crate::bindings::model::{Function, Receiver, Type};

const LIST: &str = "
//! Docs.
pub mod units;
#[cfg(feature = \"seal\")]
pub mod things;
mod parse;
#[cfg(test)]
pub mod tests;
pub use things::Thing;
";

const UNITS: &str = "
/// A count.
pub struct Count(pub u64);
words! {
    /// A colour
    /// of a thing.
    pub enum Colour {
        /// Like [`Thing`]s, [blood](super) and [the sea](https://example.org).
        DarkRed = \"dark-red\",
    }
}
rules! { pub enum ArgumentError: API { 1 A: \"a\", \"b\"; } }
";

const THINGS: &str = "
use super::units::Count;
/// A thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Thing {
    /// How many.
    pub count: Count,
    /// Which.
    pub colours: Vec<Colour>,
    /// When.
    pub when: Option<Time>,
    /// In it.
    pub inner: Option<Inner>,
}
/// Inside.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Inner {
    /// What.
    pub bytes: Bytes,
}
impl Thing { pub fn new() -> Self { todo!() } }
/// A box.
#[derive(Debug)]
pub struct Case(pub(super) Vec<Thing>);
impl Case {
    /// Makes one.
    pub fn new(rng: &mut impl CryptoRng) -> Self { todo!() }
    /// How it looks.
    ///
    /// # Errors
    /// API-003 when
    /// it does not.
    pub fn look(&self, at: Option<&str>, of: &[Vec<u8>], progress: &mut dyn Progress, rng: &mut impl CryptoRng)
        -> Result<Vec<u8>, Error> { todo!() }
    /// Puts one in.
    pub fn put(&mut self, thing: &Thing, other: &Case, more: &[Thing]) { }
    pub(super) fn inner(&self) -> &[Thing] { &self.0 }
    #[doc(hidden)]
    pub fn hidden(&self) -> usize { 0 }
}
/// Asks.
///
/// # Errors
/// Always.
pub fn ask(signer: &dyn Signer, at: Time, colour: Colour, names: &[String], until: Option<Moment>) -> Result<Option<Thing>, Error> {
    todo!()
}
#[cfg(test)]
mod tests;
";

fn read(things: &str) -> Result<Api, String> {
    let source = |path: &str, text: &str| Source { path: path.into(), text: text.into() };
    api(&source("mod.rs", LIST), |name| match name {
        "units" => Ok(source("units.rs", UNITS)),
        "things" => Ok(source("things.rs", things)),
        other => Err(format!("{other} was asked for")),
    })
}

fn option(of: Type) -> Type {
    Type::Option(Box::new(of))
}

fn list(of: Type) -> Type {
    Type::List(Box::new(of))
}

#[test]
fn words_and_values_are_read() {
    let api = read(THINGS).unwrap();
    assert_eq!(api.modules.len(), 2, "private and test modules are left out");
    assert_eq!(api.modules[1].feature.as_deref(), Some("seal"));
    let (_, colour) = api.words().next().unwrap();
    assert_eq!((colour.name.as_str(), colour.docs.text.as_str()), ("Colour", "A colour\nof a thing."));
    assert_eq!((colour.members[0].name.as_str(), colour.members[0].text.as_str()), ("DarkRed", "dark-red"));
    assert_eq!(colour.members[0].docs.text, "Like `Thing`s, blood and [the sea](https://example.org).");
    let values: Vec<_> = api.values().map(|(_, value)| value).collect();
    assert_eq!(values.iter().map(|value| value.name.as_str()).collect::<Vec<_>>(), ["Thing", "Inner"]);
    let types: Vec<Type> = values[0].fields.iter().map(|field| field.of.clone()).collect();
    let expected = [
        Type::Number,
        list(Type::Word("Colour".into())),
        option(Type::Time),
        option(Type::Value("Inner".into())),
    ];
    assert_eq!(types, expected);
    assert_eq!(values[1].fields[0].of, Type::Bytes);
}

fn arguments(function: &Function) -> Vec<Type> {
    function.arguments.iter().map(|argument| argument.of.clone()).collect()
}

#[test]
fn handles_and_operations_are_read() {
    let api = read(THINGS).unwrap();
    let (_, case) = api.handles().next().unwrap();
    assert_eq!((case.constructors.len(), case.methods.len()), (1, 2));
    let new = &case.constructors[0];
    assert_eq!((new.returns.clone(), new.rng, new.fallible), (Type::Handle("Case".into()), true, false));
    let look = &case.methods[0];
    assert_eq!(look.receiver, Some(Receiver::Shared));
    assert_eq!(arguments(look), [option(Type::Text), list(Type::Bytes)]);
    assert!(look.progress && look.rng && look.fallible && look.returns == Type::Bytes);
    assert_eq!(look.docs.errors.as_deref(), Some("API-003 when\nit does not."));
    let put = &case.methods[1];
    assert_eq!((put.receiver, put.returns.clone()), (Some(Receiver::Exclusive), Type::Unit));
    let (thing, handle) = (Type::Value("Thing".into()), Type::Handle("Case".into()));
    assert_eq!(arguments(put), [thing.clone(), handle, list(thing.clone())]);
    let (_, ask) = api.operations().next().unwrap();
    assert!(ask.arguments.iter().any(|argument| argument.of == Type::Signer) && ask.returns == option(thing));
    let rest = [Type::Time, Type::Word("Colour".into()), list(Type::Text), option(Type::Moment)];
    assert_eq!(arguments(ask)[1..], rest);
    assert_eq!(ask.first_optional(), 4);
    assert_eq!(ask.feature.as_deref(), Some("seal"));
}

#[test]
fn what_needs_a_feature_can_be_left_out() {
    let api = read(THINGS).unwrap().with_features(&["fhir"]);
    assert_eq!(api.modules.len(), 1);
    let api = read(THINGS).unwrap().with_features(&["seal"]);
    assert_eq!(api.modules.len(), 2);
}

/// What is not in the dialect, each with what its refusal says.
#[test]
fn what_is_not_in_the_dialect_is_refused_with_its_line() {
    let value = "/// D\n#[derive(Clone, Debug, PartialEq, Eq, Serialize)]\npub struct V { /// D\npub f: ";
    let function = "/// D\npub fn f(";
    let cases: &[(String, &str, usize)] = &[
        (format!("{value}u32 }}"), "`u32` is no type of a value's field", 4),
        (format!("{value}u64 }}"), "`u64` is no type of a value's field", 4),
        (format!("{value}Vec<u8> }}"), "`u8` is no type of a value's field", 4),
        (format!("{value}(bool, bool) }}"), "is no type of a value's field", 4),
        (format!("{value}Option<Option<bool>> }}"), "option of an option", 4),
        (format!("{value}bool, g: bool }}"), "all fields of a value are public", 4),
        (format!("{value}bool, pub g: bool }}"), "has a doc comment", 4),
        ("/// D\npub struct V { /// D\npub f: bool }".into(), "derives `Clone`", 2),
        ("/// D\npub struct H(pub bool);".into(), "the fields of a handle are not public", 2),
        ("/// D\npub struct H<T>(T);".into(), "no generics", 1),
        (format!("{function}a: u32) {{}}"), "`u32` is no type of an argument", 2),
        (format!("{function}a: String) {{}}"), "`String` is no type of an argument", 2),
        (format!("{function}a: &[Option<bool>]) {{}}"), "no type of an argument", 2),
        (format!("{function}a: Option<&dyn Signer>) {{}}"), "no type of an argument", 2),
        (format!("{function}a: &mut Vec<u8>) {{}}"), "no type of an argument", 2),
        (format!("{function}a: &Unknown) {{}}"), "no type of an argument", 2),
        (format!("{function}(a, b): bool) {{}}"), "an argument has a name", 2),
        (format!("{function}p: &mut dyn Progress, a: bool) {{}}"), "comes last", 2),
        (format!("{function}r: &mut impl CryptoRng, a: bool) {{}}"), "comes last", 2),
        (format!("{function}progress: bool) {{}}"), "a type of its own", 2),
        (format!("{function}) -> usize {{ 0 }}"), "`usize` is not returned", 2),
        (format!("{function}) -> &str {{ 0 }}"), "is not returned", 2),
        (format!("{function}) -> Result<bool, String> {{ 0 }}"), "is not returned", 2),
        (format!("{function}) -> Result<bool, Error> {{ 0 }}"), "under `# Errors`", 2),
        (format!("{function}) -> Vec<Option<bool>> {{ 0 }}"), "a list holds no options", 2),
        ("/// D\npub fn close() {}".into(), "bindings call their own", 2),
        ("/// D\npub async fn f() {}".into(), "asynchronous", 2),
        ("/// D\npub fn f<T>(a: bool) {}".into(), "no generics", 2),
        ("pub fn f() {}".into(), "has a doc comment", 1),
        ("/// D\npub enum E { A { b: bool } }".into(), "made by `words!`", 1),
        ("/// D\npub const C: u64 = 1;".into(), "constants", 1),
        ("/// D\npub type T = bool;".into(), "aliases", 1),
        ("/// D\npub trait T {}".into(), "only `Signer` and `Progress`", 1),
        ("/// D\npub mod m {}".into(), "no public modules", 1),
        ("other! {}".into(), "only `words!` and `rules!`", 1),
        ("/// D\n#[cfg(unix)]\npub fn f() {}".into(), "stands at the module's line", 2),
        ("/// D\npub struct H(u8);\nimpl H { /// D\npub fn f(self) {} }".into(), "takes `&self`", 4),
        ("/// D\npub struct H(u8);\nimpl H { /// D\npub fn f(a: bool) {} }".into(), "gives `Self`", 4),
        ("/// D\npub fn f() {}\n/// D\npub fn f() {}".into(), "`f` is also in", 0),
        ("/// D\npub struct A(u8);\n/// D\npub struct A(u8);".into(), "two types `A`", 4),
        ("fn f() {} fn 5".into(), "expected", 1),
    ];
    for (source, what, line) in cases {
        let refusal = read(source).map(drop).expect_err(source);
        assert!(refusal.contains(what), "{source}\ngave {refusal}");
        if *line > 0 {
            assert!(refusal.starts_with(&format!("things.rs:{line}: ")), "{source}\ngave {refusal}");
        }
    }
}

#[test]
fn all_that_is_refused_is_told_at_once() {
    let refusal = read("/// D\npub fn f(a: u32) {}\n/// D\npub fn g() -> usize { 0 }").map(drop).unwrap_err();
    assert_eq!(refusal.lines().count(), 2);
}

#[test]
fn the_interface_itself_is_in_the_dialect() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let api = repository(root).unwrap_or_else(|refusals| panic!("{refusals}"));
    assert!(api.values().any(|(_, value)| value.name == "Consent"));
    assert!(api.words().any(|(_, word)| word.name == "ErrorKind"));
}
