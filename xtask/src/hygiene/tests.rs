use super::*;

fn file(path: &str, text: &str) -> File {
    File { path: path.into(), bytes: text.as_bytes().to_vec() }
}

#[test]
fn a_path_of_one_machine_is_caught() {
    for folder in MACHINE_FOLDERS {
        for line in
            [format!("{folder}someone/x"), format!("see \"{folder}a\"."), format!("cd={folder}.cache")]
        {
            let found = foreign_paths(&[file("docs/a.md", &format!("first\n{line}\n"))]);
            assert_eq!(found.len(), 1, "{line}");
            assert!(found[0].starts_with("docs/a.md:2: "), "{found:?}");
        }
    }
}

#[test]
fn other_paths_pass() {
    for folder in MACHINE_FOLDERS {
        for line in [
            format!("https://example.org{folder}x"),
            format!("tree{folder}leaf"),
            format!("in {folder} alone"),
        ] {
            assert!(foreign_paths(&[file("docs/a.md", &line)]).is_empty(), "{line}");
        }
    }
}

#[test]
fn a_folder_beside_the_repository_is_named_in_one_file_only() {
    let text = format!("ls {BESIDE}/data");
    assert_eq!(foreign_paths(&[file("README.md", &text)]).len(), 1);
    assert!(foreign_paths(&[file(BESIDE_ALLOWED, &text)]).is_empty());
}

#[test]
fn bytes_that_are_no_text_are_passed_over() {
    assert!(foreign_paths(&[File { path: "a.bin".into(), bytes: vec![0xff, 0xfe] }]).is_empty());
}

#[test]
fn long_sources_are_named_and_too_long_ones_refused() {
    let of = |path: &str, lines: usize| file(path, &"x\n".repeat(lines));
    let lengths_of = |files: &[File]| lengths(files);
    let fine = lengths_of(&[of("a.rs", 500), of("b.rs", 3), of("table.md", 9_000)]);
    assert_eq!((fine.note.as_str(), fine.too_long.len()), ("the longest, a.rs, has 500 lines", 0));
    let long = lengths_of(&[of("a.rs", 501), of("b.rs", 800)]);
    assert_eq!(long.note, "over 500 lines: b.rs has 800 lines, a.rs has 501 lines");
    assert!(long.too_long.is_empty());
    assert_eq!(lengths_of(&[of("a.rs", 801)]).too_long.len(), 1);
}

#[test]
fn a_claim_without_its_test_is_caught() {
    let claims = file(CLAIMS, "It holds [`it_holds`,\n`it_is_so`]. See `cargo xtask check`.");
    let source = file("a.rs", "#[test]\nfn it_holds() {}\nfn it_is_so_too() {}");
    let (count, faults) = claims_without_test(&[claims, source]);
    assert_eq!((count, faults.len()), (2, 1));
    assert!(faults[0].contains("`it_is_so`"));
    assert_eq!(claims_without_test(&[]).1.len(), 1);
}

#[test]
fn the_first_pages_examples_are_those_that_are_run() {
    let shown = "# A\n\n```python\n>>> 1\n```\n\n```js\nlet a;\n```\n\n```kotlin\nfun main() {}\n```\n";
    let pages = |kotlin: &str| {
        vec![
            file("README.md", shown),
            file("medledger-py/README.md", "# P\n\n```python\n>>> 1\n\n```\n"),
            file("medledger-wasm/README.md", "# J\n\n```js\nlet a;\n```\n"),
            file("medledger-ffi/README.md", &format!("# K\n\n```kotlin\n{kotlin}\n```\n")),
        ]
    };
    assert_eq!(examples_that_nobody_runs(&pages("fun main() {}")), (3, Vec::new()));
    let (_, found) = examples_that_nobody_runs(&pages("fun main() { println() }"));
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("kotlin"));
    assert_eq!(examples_that_nobody_runs(&[]).1.len(), 3);
}
