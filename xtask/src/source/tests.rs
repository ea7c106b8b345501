use super::*;

fn source(files: &[(&str, &str)]) -> Vec<Source> {
    let files: Vec<File> = files
        .iter()
        .map(|(path, text)| File { path: (*path).into(), bytes: text.as_bytes().to_vec() })
        .collect();
    sources(&files).unwrap()
}

fn code_and_tests(text: &str) -> (String, String) {
    let parsed = source(&[("a/src/thing.rs", text)]);
    (parsed[0].code.to_string(), parsed[0].tests.to_string())
}

#[test]
fn test_items_are_set_apart() {
    let (code, tests) = code_and_tests(
        "fn real() {} #[cfg(test)] mod tests { fn hidden() {} } fn after() {} #[cfg(test)] use x::y; fn last() {}",
    );
    for name in ["real", "after", "last"] {
        assert!(code.contains(name) && !tests.contains(name), "{name}");
    }
    assert!(tests.contains("hidden") && !code.contains("hidden"));
    assert!(tests.contains("use x"));
}

#[test]
fn what_is_compiled_outside_tests_too_is_code() {
    let (code, _) = code_and_tests(r#"#[cfg(any(test, feature = "strategies"))] fn both() {}"#);
    assert!(code.contains("both"));
    let (code, _) = code_and_tests("#[cfg(not(test))] fn only_outside() {}");
    assert!(code.contains("only_outside"));
    let (code, _) = code_and_tests("#[cfg(all(test, unix))] fn inside() {}");
    assert!(!code.contains("inside"));
}

#[test]
fn test_items_inside_modules_are_found() {
    let (code, tests) = code_and_tests("mod inner { fn real() {} #[test] fn hidden() {} }");
    assert!(code.contains("real") && tests.contains("hidden") && !code.contains("hidden"));
}

#[test]
fn files_of_test_modules_are_tests() {
    let all = source(&[
        ("a/src/lib.rs", "mod real; #[cfg(test)] mod oracle;"),
        ("a/src/real.rs", "fn real() {} #[cfg(test)] mod slow;"),
        ("a/src/oracle.rs", "fn hidden() {}"),
        ("a/src/oracle/deep.rs", "fn hidden() {}"),
        ("a/src/oracles.rs", "fn seen() {}"),
        ("a/src/real/slow.rs", "fn hidden() {}"),
        ("a/src/slow.rs", "fn seen() {}"),
        ("a/src/real/tests.rs", "fn hidden() {}"),
        ("a/tests/outside.rs", "fn hidden() {}"),
    ]);
    for source in &all {
        assert!(!source.code.to_string().contains("hidden"), "{}", source.path);
        assert!(!source.tests.to_string().contains("seen"), "{}", source.path);
    }
}

#[test]
fn texts_are_found_in_macros_and_not_in_comments() {
    let mut found = Vec::new();
    let tokens = r##"proptest! { fn a() { check(r#"MRK-003"#) } } // "MRK-004""##;
    texts(tokens.parse().unwrap(), &mut found);
    assert!(found.iter().any(|text| text.contains("MRK-003")));
    assert!(!found.iter().any(|text| text.contains("MRK-004")));
}
