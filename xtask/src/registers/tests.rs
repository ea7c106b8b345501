use super::*;
use crate::source::sources;

fn files(files: &[(&str, &str)]) -> Vec<File> {
    files.iter().map(|(path, text)| File { path: (*path).into(), bytes: text.as_bytes().to_vec() }).collect()
}

const SCHEMA: (&str, &str) = ("medledger-core/src/schema.rs", "list! { Listed, Other }");

fn wire(text: &str) -> (usize, Vec<String>) {
    unlisted_wire_types(&sources(&files(&[SCHEMA, ("medledger-core/src/consent.rs", text)])).unwrap())
}

#[test]
fn listed_wire_types_pass() {
    let found = wire(
        "wire! { /// A thing.\n #[derive(Clone)] pub struct Listed { pub a: u64 } } crate::wire! { enum Other { 0 => A } }",
    );
    assert_eq!(found, (2, vec![]));
}

#[test]
fn an_unlisted_wire_type_is_caught() {
    for text in [
        "\nwire! { pub struct Forgotten { pub a: u64 } }",
        "\nwire! { pub(crate) enum Forgotten { 0 => A } }",
        "\nmod inner { medledger_core::wire! { pub struct Forgotten { pub a: u64 } } }",
    ] {
        let (count, faults) = wire(text);
        assert_eq!((count, faults.len()), (1, 1), "{text}");
        assert!(
            faults[0].starts_with("medledger-core/src/consent.rs:2: ") && faults[0].contains("`Forgotten`")
        );
    }
}

#[test]
fn a_wire_without_a_name_is_caught() {
    assert_eq!(
        wire("macro_rules! m { ($n:ident) => { wire! { pub struct $n { pub a: u64 } } } }").1.len(),
        1
    );
}

#[test]
fn a_name_in_a_comment_of_the_schema_lists_nothing() {
    let schema = ("medledger-core/src/schema.rs", "// Forgotten\n/// Forgotten\nlist! { Other }");
    let source = ("medledger-core/src/a.rs", "wire! { struct Forgotten { a: u64 } }");
    assert_eq!(unlisted_wire_types(&sources(&files(&[schema, source])).unwrap()).1.len(), 1);
}

#[test]
fn wire_types_of_tests_and_documentation_need_no_listing() {
    let found = wire(
        "/// wire! { struct Shown { a: u64 } }\nfn f() {} #[cfg(test)] mod tests { wire! { struct T { a: u64 } } }",
    );
    assert_eq!(found, (0, vec![]));
}

#[test]
fn a_missing_schema_is_caught() {
    assert_eq!(unlisted_wire_types(&[]).1.len(), 1);
}

const TABLE: (&str, &str) = (
    "spec/rules.md",
    "# Rules\nSee CON-999.\n| id | rule |\n| --- | --- |\n| COD-001 | x, unlike COD-777 |\n| `MRK-002` | y |\n",
);

fn rules(others: &[(&str, &str)]) -> Result<(usize, Vec<String>), String> {
    let mut all = files(others);
    all.extend(files(&[TABLE]));
    let sources = sources(&all).unwrap();
    untested_rules(&all, &sources)
}

#[test]
fn rules_named_in_tests_pass() {
    let rust = ("a/src/x.rs", "#[test] fn t() { assert_eq!(rule(), \"COD-001\"); }");
    assert_eq!(rules(&[rust, ("tests/t.py", "assert rule == 'MRK-002'")]), Ok((2, vec![])));
}

#[test]
fn a_rule_that_no_test_names_is_caught() {
    for text in [
        "fn f() { \"COD-001\" }",
        "#[test] fn t() { /* COD-001 */ }",
        "#[test] fn t() { \"XCOD-001\"; \"COD-0011\" }",
        "#[cfg(any(test, unix))] fn f() { \"COD-001\" }",
    ] {
        let (_, untested) = rules(&[("a/src/x.rs", text), ("tests/t.py", "'MRK-002'")]).unwrap();
        assert_eq!(untested, ["COD-001: no test names this rule"], "{text}");
    }
}

#[test]
fn a_missing_or_empty_table_is_caught() {
    assert!(untested_rules(&[], &[]).is_err());
    assert!(untested_rules(&files(&[("spec/rules.md", "COD-001 in prose")]), &[]).is_err());
}
