//! Two registers that nothing may be missing from: wire types in the schema, rules in tests.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::source::{File, Source, texts};

/// The lists of wire types, of core, of the sdk and of the host.
pub const SCHEMAS: &[&str] =
    &["medledger-core/src/schema.rs", "medledger-sdk/src/schema.rs", "medledger-node/src/schema.rs"];
/// The generated table of rules.
const RULES: &str = "spec/rules.md";

/// Wire types that no schema lists, as `path:line: what`; and how many there are in all.
pub fn unlisted_wire_types(sources: &[Source]) -> (usize, Vec<String>) {
    let mut listed = BTreeSet::new();
    let schemas: Vec<&Source> =
        sources.iter().filter(|source| SCHEMAS.contains(&source.path.as_str())).collect();
    schemas.iter().for_each(|source| idents(source.code.clone(), &mut listed));
    let mut faults = Vec::new();
    if schemas.is_empty() {
        faults.push(format!("there is no list of wire types: none of {SCHEMAS:?} exists"));
    }
    let mut count = 0_usize;
    for source in sources.iter().filter(|s| s.path.starts_with("medledger-") && s.path.contains("/src/")) {
        let mut types = Vec::new();
        wire_types(source.code.clone(), &mut types);
        count = count.saturating_add(types.len());
        for (line, name) in types {
            match name {
                Some(name) if listed.contains(&name) => {}
                Some(name) => faults.push(format!(
                    "{}:{line}: the wire type `{name}` is in none of {SCHEMAS:?}",
                    source.path
                )),
                None => faults.push(format!("{}:{line}: this `wire!` names no struct or enum", source.path)),
            }
        }
    }
    (count, faults)
}

fn idents(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                found.insert(ident.to_string());
            }
            TokenTree::Group(group) => idents(group.stream(), found),
            _ => {}
        }
    }
}

/// The lines and names of the types that `wire! { … }` defines.
fn wire_types(tokens: TokenStream, found: &mut Vec<(usize, Option<String>)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for window in tokens.windows(3) {
        if let [TokenTree::Ident(word), TokenTree::Punct(bang), TokenTree::Group(body)] = window
            && *word == "wire"
            && bang.as_char() == '!'
        {
            found.push((word.span().start().line, type_name(body.stream())));
        }
    }
    for token in tokens {
        if let TokenTree::Group(group) = token
            && group.delimiter() != Delimiter::None
        {
            wire_types(group.stream(), found);
        }
    }
}

fn type_name(body: TokenStream) -> Option<String> {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    tokens.windows(2).find_map(|pair| match pair {
        [TokenTree::Ident(word), TokenTree::Ident(name)] if *word == "struct" || *word == "enum" => {
            Some(name.to_string())
        }
        _ => None,
    })
}

/// Rules that no test names, and how many there are in all. A test names a rule in a text literal of Rust's test
/// code, or anywhere in a Python file.
///
/// # Errors
/// When the table is missing or holds no rule.
pub fn untested_rules(files: &[File], sources: &[Source]) -> Result<(usize, Vec<String>), String> {
    let table = files.iter().find(|file| file.path == RULES).and_then(File::text);
    let table = table.ok_or_else(|| {
        format!("{RULES} is missing: `cargo test -p medledger-node --test tables` says how to renew it")
    })?;
    let rules: BTreeSet<&str> = table.lines().filter_map(row_rule).collect();
    if rules.is_empty() {
        return Err(format!("{RULES} holds no row that begins with a rule's id"));
    }
    let mut tested = Vec::new();
    sources.iter().for_each(|source| texts(source.tests.clone(), &mut tested));
    let python = files.iter().filter(|file| file.path.ends_with(".py")).filter_map(File::text);
    tested.extend(python.map(str::to_owned));
    // Every id that is named anywhere, once: far fewer comparisons than each rule with each text.
    let named: BTreeSet<&str> = tested.iter().flat_map(|text| ids(text)).collect();
    let untested = rules.iter().filter(|rule| !named.contains(*rule));
    Ok((rules.len(), untested.map(|rule| format!("{rule}: no test names this rule")).collect()))
}

/// The id that a table's row begins with.
fn row_rule(line: &str) -> Option<&str> {
    let cell = line.trim_start().strip_prefix('|')?.split('|').next()?;
    ids(cell).into_iter().next()
}

/// What has the form of a rule's id: three capitals, a hyphen, three digits, and nothing of a word around.
fn ids(text: &str) -> Vec<&str> {
    const LENGTH: usize = 7;
    let bytes = text.as_bytes();
    bytes
        .windows(LENGTH)
        .enumerate()
        .filter(|(_, window)| is_id(window))
        .filter_map(|(at, _)| {
            let end = at.checked_add(LENGTH)?;
            let touches = |index: Option<usize>| {
                index.and_then(|i| bytes.get(i)).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'-')
            };
            if touches(at.checked_sub(1)) || touches(Some(end)) { None } else { text.get(at..end) }
        })
        .collect()
}

fn is_id(window: &[u8]) -> bool {
    match window {
        [prefix @ .., b'-', a, b, c] => {
            prefix.iter().all(u8::is_ascii_uppercase) && [a, b, c].iter().all(|digit| digit.is_ascii_digit())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
