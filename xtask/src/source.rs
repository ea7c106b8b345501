//! The repository's files, and Rust sources as tokens with the test code set apart.

use std::collections::BTreeSet;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::shell;

/// A file that belongs to the repository.
pub struct File {
    /// Its path from the root, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl File {
    /// Its text; `None` for bytes that are not UTF-8.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}

/// A Rust source.
pub struct Source {
    /// Its path from the root, with `/`.
    pub path: String,
    /// What is compiled outside tests.
    pub code: TokenStream,
    /// What is compiled for tests alone.
    pub tests: TokenStream,
}

/// All files that git tracks or would track.
///
/// # Errors
/// When git can't be asked or a file can't be read.
pub fn files(root: &Path) -> Result<Vec<File>, String> {
    let list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let answer = shell::ask(&mut shell::program(root, "git", &list))?;
    let paths: BTreeSet<String> = answer
        .split(|byte| *byte == 0)
        .filter(|path| !path.is_empty())
        .map(|path| String::from_utf8_lossy(path).into_owned())
        .collect();
    paths
        .into_iter()
        // Deleted, and not yet said so to git.
        .filter(|path| root.join(path).is_file())
        .map(|path| match std::fs::read(root.join(&path)) {
            Ok(bytes) => Ok(File { path, bytes }),
            Err(error) => Err(format!("{path} can't be read: {error}")),
        })
        .collect()
}

/// All Rust sources among the files. A file whose module is declared under `#[cfg(test)]` is test code whole, as
/// are `tests.rs` and what lies in a folder `tests`.
///
/// # Errors
/// A file that is not Rust's tokens.
pub fn sources(files: &[File]) -> Result<Vec<Source>, String> {
    let mut sources = Vec::new();
    let mut test_modules = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
        let text = file.text().ok_or_else(|| format!("{} is not UTF-8", file.path))?;
        let tokens: TokenStream = text.parse().map_err(|error| format!("{}: {error}", file.path))?;
        let mut parts = Parts::default();
        parts.split(tokens);
        let folder = module_folder(&file.path);
        test_modules.extend(parts.modules.iter().map(|module| format!("{folder}/{module}")));
        sources.push(Source { path: file.path.clone(), code: parts.code, tests: parts.tests });
    }
    for source in &mut sources {
        let stem = source.path.trim_end_matches(".rs");
        let declared = test_modules.iter().any(|module| {
            stem.strip_prefix(module.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        if declared || stem.split('/').any(|part| part == "tests") {
            let code = std::mem::take(&mut source.code);
            source.tests.extend(code);
        }
    }
    Ok(sources)
}

/// The folder in which a source's child modules lie.
fn module_folder(path: &str) -> String {
    let stem = path.trim_end_matches(".rs");
    match stem.rsplit_once('/') {
        Some((folder, "lib" | "main" | "mod")) => folder.to_owned(),
        _ => stem.to_owned(),
    }
}

/// A source's items, those for tests apart.
#[derive(Default)]
struct Parts {
    code: TokenStream,
    tests: TokenStream,
    /// Modules in files of their own, declared under `#[cfg(test)]`.
    modules: Vec<String>,
}

impl Parts {
    fn split(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            let attribute = match (&token, tokens.peek()) {
                (TokenTree::Punct(hash), Some(TokenTree::Group(group)))
                    if hash.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
                {
                    is_test(&group.stream())
                }
                _ => false,
            };
            if attribute {
                let item = item(&mut tokens);
                self.modules.extend(declared_module(&item));
                self.tests.extend(item);
                continue;
            }
            match token {
                // Modules and blocks may hold test items of their own.
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    let mut inner = Parts::default();
                    inner.split(group.stream());
                    let mut code = proc_macro2::Group::new(Delimiter::Brace, inner.code);
                    code.set_span(group.span());
                    self.code.extend([TokenTree::Group(code)]);
                    self.tests.extend(inner.tests);
                    self.modules.extend(inner.modules);
                }
                other => self.code.extend([other]),
            }
        }
    }
}

/// The rest of an item after its `#`: up to its braces or its semicolon.
fn item(tokens: &mut impl Iterator<Item = TokenTree>) -> Vec<TokenTree> {
    let mut item = Vec::new();
    for token in tokens {
        let ends = match &token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(punct) => punct.as_char() == ';',
            _ => false,
        };
        item.push(token);
        if ends {
            break;
        }
    }
    item
}

fn declared_module(item: &[TokenTree]) -> Option<String> {
    match item {
        [.., TokenTree::Ident(word), TokenTree::Ident(name), TokenTree::Punct(end)]
            if *word == "mod" && end.as_char() == ';' =>
        {
            Some(name.to_string())
        }
        _ => None,
    }
}

/// Whether an attribute's inside is `test`, `cfg(test)` or `cfg(all(test, …))`. With `any`, the item is code too.
fn is_test(attribute: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = attribute.clone().into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(name)] => *name == "test",
        [TokenTree::Ident(name), TokenTree::Group(group)] if *name == "cfg" => is_test(&group.stream()),
        [TokenTree::Ident(name), TokenTree::Group(group)] if *name == "all" => group
            .stream()
            .into_iter()
            .any(|token| matches!(&token, TokenTree::Ident(name) if *name == "test")),
        _ => false,
    }
}

/// All text literals, those in nested groups included.
pub fn texts(tokens: TokenStream, found: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => texts(group.stream(), found),
            TokenTree::Literal(literal) => found.push(literal.to_string()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
