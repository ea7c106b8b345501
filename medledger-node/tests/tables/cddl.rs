//! The shapes of all wire types, as CDDL (RFC 8610).

use std::fmt::Write as _;

use medledger_core::codec::{Field, Schema, Shape};
use medledger_core::schema as core;
use medledger_sdk::schema as sdk;

const HEAD: &str = "\
; The shape of every wire type (CDDL, RFC 8610).
; Generated from the sources. Renew: MEDLEDGER_RENEW=1 cargo test -p medledger-node --test tables
;
; A struct is the array of its fields, an enum [code, fields...]. The encoding is deterministic: see encoding.md.
; What holds beyond the shape (order, counts, signatures) is in rules.md.
";

/// All wire types, core's first.
pub fn render() -> String {
    let mut out = HEAD.to_owned();
    out.push('\n');
    for (name, length) in core::BYTE_STRINGS.iter().chain(sdk::BYTE_STRINGS) {
        writeln!(out, "{name} = bstr .size {length}").unwrap();
    }
    for (name, written) in core::PLAIN_TYPES {
        if name.starts_with(char::is_uppercase) && !["String", "ByteBuf"].contains(name) {
            writeln!(out, "{name} = {}", prelude(written)).unwrap();
        }
    }
    for schema in core::WIRE_TYPES.iter().chain(sdk::WIRE_TYPES) {
        out.push('\n');
        define(&mut out, schema);
    }
    out
}

fn define(out: &mut String, Schema { name, shape }: &Schema) {
    match shape {
        Shape::Struct(fields) => write!(out, "{name} = [\n{}]\n", lines(fields)).unwrap(),
        Shape::Enum(variants) => {
            let names: Vec<String> =
                variants.iter().map(|(_, variant, _)| format!("{name}-{variant}")).collect();
            writeln!(out, "{name} = {}", names.join(" / ")).unwrap();
            for (code, variant, fields) in *variants {
                match fields {
                    [] => writeln!(out, "{name}-{variant} = [{code}]").unwrap(),
                    fields => write!(out, "{name}-{variant} = [\n  {code},\n{}]\n", lines(fields)).unwrap(),
                }
            }
        }
    }
}

fn lines(fields: &[Field]) -> String {
    fields.iter().map(|(name, written)| format!("  {name}: {},\n", type_of(written))).collect()
}

/// A field's type, as the source writes it, in CDDL.
fn type_of(written: &str) -> String {
    let written: String = written.split_whitespace().collect();
    let inner = |outer: &str| written.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inner("Option<") {
        return format!("{} / nil", type_of(inner));
    }
    if let Some(inner) = inner("Vec<") {
        return format!("[* {}]", type_of(inner));
    }
    let name = written.rsplit("::").next().unwrap_or_default();
    match name {
        "u64" | "i64" | "bool" | "String" | "ByteBuf" => {
            let plain = core::PLAIN_TYPES.iter().find(|(plain, _)| *plain == name).unwrap();
            prelude(plain.1).to_owned()
        }
        _ => name.to_owned(),
    }
}

/// CDDL's `int` reaches from −2⁶⁴ to 2⁶⁴ − 1; a signed number here is of 64 bits.
fn prelude(name: &str) -> &str {
    if name == "int" { "-9223372036854775808..9223372036854775807" } else { name }
}
