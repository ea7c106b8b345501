//! No module of core imports one that stands above it.
//!
//! The order is that of `medledger-core/src/lib.rs`. Read are the paths that begin with `crate` or lead up by
//! `super`, in everything that is compiled outside tests. What a macro expands to elsewhere (`$crate::…`) is not
//! an import of the module that defines it.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::source::Source;

/// Each knows those before it.
const GROUND: &[&str] = &["error", "codec", "hash", "units", "limits", "crypto", "merkle", "vocabulary"];
/// Each knows the ground floor and none of its neighbours.
const DOMAIN: &[&str] =
    &["identity", "record", "consent", "access", "custody", "trial", "stream", "governance"];
/// Each knows the ground floor, the domain, and those before it.
const ABOVE: &[&str] =
    &["operation", "state", "validate", "block", "chain", "consensus", "light", "schema", "strategies"];

/// Where core's sources lie.
const CORE: &str = "medledger-core/src/";

/// A module's place: its height, and its own name.
fn place(module: &str) -> Option<usize> {
    let at = |floor: &[&str]| floor.iter().position(|name| *name == module);
    let domain = GROUND.len();
    at(GROUND)
        .or_else(|| at(DOMAIN).map(|_| domain))
        .or_else(|| at(ABOVE).map(|index| domain.saturating_add(1).saturating_add(index)))
}

/// Every import that leads upwards, as `path:line: what`.
pub fn violations(sources: &[Source]) -> Vec<String> {
    let core: Vec<&Source> = sources.iter().filter(|source| source.path.starts_with(CORE)).collect();
    let mut macros = BTreeSet::new();
    core.iter().for_each(|source| macro_names(source.code.clone(), &mut macros));
    let mut found = Vec::new();
    for source in core {
        let inside = source.path.trim_start_matches(CORE);
        let modules: Vec<&str> = inside
            .trim_end_matches(".rs")
            .split('/')
            .filter(|part| !matches!(*part, "mod" | "lib"))
            .collect();
        let mut imports = Vec::new();
        collect(source.code.clone(), modules.len(), &mut imports);
        match modules.first() {
            None => found.extend(unplaced(source)),
            Some(from) => found.extend(
                imports
                    .into_iter()
                    .filter(|import| !macros.contains(&import.name))
                    .filter_map(|import| fault(from, &import.name).map(|what| (import.line, what)))
                    .map(|(line, what)| format!("{}:{line}: {what}", source.path)),
            ),
        }
    }
    found
}

fn fault(from: &str, to: &str) -> Option<String> {
    if from == to {
        return None;
    }
    match (place(from), place(to)) {
        (Some(low), Some(high)) if low > high => None,
        (Some(low), Some(high)) if low == high => {
            Some(format!("`{from}` imports its neighbour `{to}`; domain modules name each other only by id"))
        }
        (Some(_), Some(_)) => Some(format!("`{from}` imports `{to}`, which stands above it")),
        (None, _) => {
            Some(format!("`{from}` has no place in the order of modules: give it one in xtask/src/layers.rs"))
        }
        (_, None) => {
            Some(format!("`crate::{to}` is no module of the order: import from the module it is in"))
        }
    }
}

/// The modules that lib.rs declares and the order lacks.
fn unplaced(lib: &Source) -> Vec<String> {
    let tokens: Vec<TokenTree> = lib.code.clone().into_iter().collect();
    tokens
        .windows(2)
        .filter_map(|pair| match pair {
            [TokenTree::Ident(word), TokenTree::Ident(name)] if *word == "mod" => Some(name.to_string()),
            _ => None,
        })
        .filter(|name| place(name).is_none())
        .map(|name| {
            format!(
                "{}: `{name}` has no place in the order of modules: give it one in xtask/src/layers.rs",
                lib.path
            )
        })
        .collect()
}

/// The macros that are exported to the crate's root.
fn macro_names(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for window in tokens.windows(3) {
        if let [TokenTree::Ident(word), TokenTree::Punct(_), TokenTree::Ident(name)] = window
            && *word == "macro_rules"
        {
            found.insert(name.to_string());
        }
    }
}

struct Import {
    name: String,
    line: usize,
}

/// The names right below the crate's root that paths lead to. `depth` is the number of modules around the tokens.
fn collect(tokens: TokenStream, depth: usize, found: &mut Vec<Import>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut rest = tokens.as_slice();
    let mut before: Option<&TokenTree> = None;
    while let Some((token, after)) = rest.split_first() {
        match token {
            TokenTree::Ident(word) if *word == "crate" && !is_punct(before, '$') => {
                if let Some(after) = path_separator(after) {
                    roots(after, found);
                }
            }
            TokenTree::Ident(word) if *word == "super" && !is_super_path(before, &tokens, after) => {
                let (levels, after) = supers(after);
                if levels == depth
                    && let Some(after) = after
                {
                    roots(after, found);
                }
            }
            TokenTree::Group(group) => {
                let named = matches!(tokens_before(&tokens, rest.len()), Some(word) if word == "mod");
                let inner = if named { depth.saturating_add(1) } else { depth };
                collect(group.stream(), inner, found);
            }
            _ => {}
        }
        before = Some(token);
        rest = after;
    }
}

/// The word two tokens before the one that `left` tokens, itself included, end with: `mod` in `mod name {`.
fn tokens_before(tokens: &[TokenTree], left: usize) -> Option<String> {
    let at = tokens.len().checked_sub(left)?;
    match tokens.get(at.checked_sub(2)?..at)? {
        [TokenTree::Ident(word), TokenTree::Ident(_)] => Some(word.to_string()),
        _ => None,
    }
}

/// Whether this `super` continues a path, whose first `super` has been read with all that follow it.
fn is_super_path(before: Option<&TokenTree>, tokens: &[TokenTree], after: &[TokenTree]) -> bool {
    let at = tokens.len().saturating_sub(after.len()).saturating_sub(1);
    let two_before = at.checked_sub(3).and_then(|index| tokens.get(index));
    is_punct(before, ':') && matches!(two_before, Some(TokenTree::Ident(word)) if *word == "super")
}

/// After a first `super`: how many there are in all, and what follows the last `::`.
fn supers(mut rest: &[TokenTree]) -> (usize, Option<&[TokenTree]>) {
    let mut levels = 1_usize;
    loop {
        let Some(after) = path_separator(rest) else { return (levels, None) };
        match after.split_first() {
            Some((TokenTree::Ident(word), further)) if *word == "super" => {
                levels = levels.saturating_add(1);
                rest = further;
            }
            _ => return (levels, Some(after)),
        }
    }
}

/// The first names of what a path's next part is: a name, `*`, or a group of either.
fn roots(rest: &[TokenTree], found: &mut Vec<Import>) {
    match rest.first() {
        Some(TokenTree::Ident(name)) => {
            found.push(Import { name: name.to_string(), line: name.span().start().line });
        }
        Some(TokenTree::Punct(star)) if star.as_char() == '*' => {
            found.push(Import { name: "*".into(), line: star.span().start().line });
        }
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            inner.split(|token| is_punct(Some(token), ',')).for_each(|part| roots(part, found));
        }
        _ => {}
    }
}

fn path_separator(rest: &[TokenTree]) -> Option<&[TokenTree]> {
    match rest {
        [first, second, after @ ..] if is_punct(Some(first), ':') && is_punct(Some(second), ':') => {
            Some(after)
        }
        _ => None,
    }
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

#[cfg(test)]
mod tests;
