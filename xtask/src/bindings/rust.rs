//! What the emitters of Rust share: names in other conventions, how an argument is lent to the sdk, rustfmt.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use super::model::{Docs, Module};

/// Formats a Rust source as the repository's own are.
///
/// # Errors
/// What rustfmt says of a source that it can't read.
pub fn format(root: &Path, source: &str) -> Result<String, String> {
    let failed = |error: std::io::Error| format!("rustfmt could not be run: {error}");
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(root.join("rustfmt.toml"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    // rustfmt reads all before it writes any, so this can't block; and what it does not read, its exit code tells.
    if let Some(mut input) = child.stdin.take() {
        input.write_all(source.as_bytes()).map_err(failed)?;
    }
    let done = child.wait_with_output().map_err(failed)?;
    if done.status.success() {
        String::from_utf8(done.stdout).map_err(|error| format!("rustfmt's answer is no UTF-8: {error}"))
    } else {
        Err(format!("rustfmt refuses what was generated: {}", String::from_utf8_lossy(&done.stderr)))
    }
}

/// `#[cfg(feature = "…")]` where a module has one.
pub fn cfg(feature: Option<&str>) -> String {
    feature.map(|feature| format!("#[cfg(feature = \"{feature}\")]\n")).unwrap_or_default()
}

/// A type's path in the sdk.
pub fn path(module: &Module, name: &str) -> String {
    format!("medledger_sdk::api::{}::{name}", module.name)
}

/// A doc comment, each line with this before it.
pub fn docs(docs: &Docs, before: &str) -> String {
    let line = |line: &str| format!("{before} {line}").trim_end().to_owned();
    docs.whole().lines().map(|text| line(text) + "\n").collect()
}

/// `snake_case` as `camelCase`.
pub fn camel(snake: &str) -> String {
    let mut out = String::new();
    let mut raise = false;
    for letter in snake.chars() {
        match letter {
            '_' => raise = !out.is_empty(),
            letter if raise => {
                out.extend(letter.to_uppercase());
                raise = false;
            }
            letter => out.push(letter),
        }
    }
    out
}

/// `UpperCamel` as `lower_snake`.
pub fn snake(camel: &str) -> String {
    let mut out = String::new();
    for letter in camel.chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_change_their_convention() {
        assert_eq!(camel("not_after"), "notAfter");
        assert_eq!(camel("of"), "of");
        assert_eq!(snake("LegalGround"), "legal_ground");
        assert_eq!(snake("Did"), "did");
    }

    #[test]
    fn sources_are_formatted_or_refused() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        assert_eq!(format(root, "fn  a( ){}").unwrap(), "fn a() {}\n");
        assert!(format(root, "fn a(").unwrap_err().contains("rustfmt refuses"));
    }
}
