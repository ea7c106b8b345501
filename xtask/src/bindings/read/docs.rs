//! Doc comments: markdown with the links into Rust turned into plain text.

use syn::{Attribute, Expr, Lit, Meta};

use crate::bindings::model::Docs;

/// An item's doc comment; `None` without one.
pub fn read(attributes: &[Attribute]) -> Option<Docs> {
    let lines: Vec<String> = attributes.iter().filter_map(line).collect();
    let whole = lines.join("\n");
    let (text, errors) = match whole.split_once("# Errors") {
        Some((text, errors)) => (text, Some(plain(errors.trim()))),
        None => (whole.as_str(), None),
    };
    let text = plain(text.trim());
    (!text.is_empty()).then_some(Docs { text, errors })
}

fn line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    let Expr::Lit(literal) = &pair.value else { return None };
    match &literal.lit {
        Lit::Str(text) if pair.path.is_ident("doc") => {
            let text = text.value();
            Some(text.strip_prefix(' ').unwrap_or(&text).trim_end().to_owned())
        }
        _ => None,
    }
}

/// `` [`X`] `` and `` [`X`](path) `` become `` `X` ``, `[word](path)` becomes `word`; what leads to the web stays.
fn plain(markdown: &str) -> String {
    let mut out = String::new();
    let mut rest = markdown;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        let Some((inside, behind)) = after.split_once(']') else {
            out.push('[');
            rest = after;
            continue;
        };
        let target = behind.strip_prefix('(').and_then(|behind| behind.split_once(')'));
        match target {
            Some((target, behind)) if !target.contains("//") => {
                out.push_str(inside);
                rest = behind;
            }
            None if inside.starts_with('`') => {
                out.push_str(inside);
                rest = behind;
            }
            _ => {
                out.push('[');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}
