use super::*;
use crate::source::{File, sources};

fn check(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<File> = files
        .iter()
        .map(|(path, text)| File {
            path: format!("medledger-core/src/{path}"),
            bytes: text.as_bytes().to_vec(),
        })
        .collect();
    violations(&sources(&files).unwrap())
}

fn one(path: &str, text: &str) -> Vec<String> {
    check(&[(path, text)])
}

#[test]
fn the_order_is_as_documented() {
    let order: Vec<&str> = GROUND.iter().chain(DOMAIN).chain(ABOVE).copied().collect();
    let distinct: BTreeSet<&str> = order.iter().copied().collect();
    assert_eq!(order.len(), distinct.len());
    for (low, high) in
        [("error", "codec"), ("merkle", "consent"), ("access", "operation"), ("state", "validate")]
    {
        assert!(place(low) < place(high), "{low} < {high}");
    }
    assert_eq!(place("identity"), place("governance"));
}

#[test]
fn downward_imports_pass() {
    assert!(one("validate/mod.rs", "use crate::{codec::decode, state::State, consent};").is_empty());
    assert!(one("consent.rs", "fn f() { crate::hash::hash(a, b) }").is_empty());
    assert!(
        one("consent/terms.rs", "use super::Decision; use super::super::hash; use crate::consent::x;")
            .is_empty()
    );
}

#[test]
fn an_upward_import_is_caught() {
    let found = one("codec/mod.rs", "\nuse crate::merkle::Log;");
    assert_eq!(found, ["medledger-core/src/codec/mod.rs:2: `codec` imports `merkle`, which stands above it"]);
}

#[test]
fn every_form_of_an_upward_import_is_caught() {
    for text in [
        "use crate::state::State;",
        "use crate::{hash, state::{State, Key}};",
        "use crate::{state};",
        "pub use crate::state as s;",
        "fn f() -> crate::state::State { g() }",
        "fn f() { if x { crate::state::read(y) } }",
        "fn f() { println!(\"{}\", crate::state::read(y)) }",
        "use super::state::State;",
        "use super::{hash, state};",
        "mod inner { use super::super::state::State; }",
        "impl crate::state::Read for X {}",
    ] {
        assert_eq!(one("operation.rs", text).len(), 1, "{text}");
    }
    assert_eq!(one("operation/envelope.rs", "use super::super::state::State;").len(), 1);
    assert_eq!(one("operation/deep/er.rs", "use super::super::super::{state, hash};").len(), 1);
}

#[test]
fn neighbours_in_the_domain_are_caught() {
    let found = one("access/session.rs", "use crate::consent::Decision;");
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("neighbour"), "{found:?}");
}

#[test]
fn a_glob_of_the_root_is_caught() {
    assert_eq!(one("consent.rs", "use crate::*;").len(), 1);
    assert_eq!(one("consent.rs", "use super::*;").len(), 1);
    assert!(one("consent/terms.rs", "use super::*;").is_empty());
}

#[test]
fn a_way_round_by_the_root_is_caught() {
    assert_eq!(one("consent.rs", "use crate::State;").len(), 1);
}

#[test]
fn what_is_no_import_passes() {
    for text in [
        "// use crate::state::State;\n",
        "/// See [`State`](crate::state::State).\nfn f() {}",
        "const T: &str = \"crate::state\";",
        "pub(crate) fn f() {}",
        "macro_rules! m { () => { $crate::state::read() } }",
        "#[cfg(test)] mod tests { use crate::state::State; }",
    ] {
        assert!(one("operation.rs", text).is_empty(), "{text}");
    }
    assert!(one("operation/tests.rs", "use crate::state::State;").is_empty());
}

#[test]
fn exported_macros_are_no_modules() {
    let found = check(&[
        ("codec/macros.rs", "#[macro_export] macro_rules! wire { () => {} }"),
        ("consent.rs", "use crate::wire; crate::wire! {}"),
    ]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_module_without_a_place_is_caught() {
    let found = check(&[("lib.rs", "pub mod codec; pub mod helpers;"), ("helpers.rs", "use crate::codec;")]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|line| line.contains("`helpers` has no place")));
}

#[test]
fn other_crates_are_not_ordered() {
    let files = [File { path: "medledger-sdk/src/codec.rs".into(), bytes: b"use crate::state;".to_vec() }];
    assert!(violations(&sources(&files).unwrap()).is_empty());
}
