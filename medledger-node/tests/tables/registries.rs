//! The registries: every number and name that is taken.

use std::fmt::{Display, Write as _};

use medledger_core::access::AccessEntry;
use medledger_core::codec::{Shape, Wire};
use medledger_core::consensus::rule;
use medledger_core::consent::ConsentEntry;
use medledger_core::crypto::{HashAlgorithm, RESERVED_SIGNATURE_ALGORITHMS, SignatureAlgorithm};
use medledger_core::error::Prefix;
use medledger_core::hash::{Hex, Tag};
use medledger_core::identity::AuthorityEntry;
use medledger_core::limits;
use medledger_core::operation::{Operation, PROTOCOL_VERSION, RESERVED_OPERATIONS};
use medledger_core::record::TimelineEntry;
use medledger_core::record::commitment::CommitmentAlgorithm;
use medledger_core::state::address::{KINDS, RESERVED_KINDS};
use medledger_core::state::{LogEntry, Params};

const HEAD: &str = "\
# Registries

<!-- Generated from the sources. Renew: MEDLEDGER_RENEW=1 cargo test -p medledger-node --test tables -->

Every number and name that is taken. None is ever given to something else.
";

struct Page(String);

impl Page {
    fn table(&mut self, title: &str, text: &str, columns: &[&str]) {
        write!(self.0, "\n## {title}\n\n").unwrap();
        if !text.is_empty() {
            write!(self.0, "{text}\n\n").unwrap();
        }
        self.row(columns);
        self.row(&vec!["---"; columns.len()]);
    }

    fn row<T: Display>(&mut self, cells: &[T]) {
        self.0.push('|');
        for cell in cells {
            write!(self.0, " {cell} |").unwrap();
        }
        self.0.push('\n');
    }
}

/// An enum's codes with the variants' names.
fn variants<T: Wire>() -> Vec<(u64, &'static str)> {
    match T::SCHEMA.shape {
        Shape::Enum(variants) => variants.iter().map(|(code, name, _)| (*code, *name)).collect(),
        Shape::Struct(_) => panic!("{} is not an enum", T::SCHEMA.name),
    }
}

/// Codes in force and reserved, in one order.
fn with_reserved(in_force: Vec<(u64, &str)>, reserved: &[(u64, &str)]) -> Vec<[String; 3]> {
    let mut rows: Vec<(u64, String, &str)> =
        in_force.into_iter().map(|(code, name)| (code, format!("`{name}`"), "in force")).collect();
    rows.extend(reserved.iter().map(|(code, name)| (*code, (*name).to_owned(), "reserved")));
    rows.sort();
    rows.into_iter().map(|(code, name, status)| [code.to_string(), name, status.to_owned()]).collect()
}

/// All registries.
pub fn render() -> String {
    let mut page = Page(HEAD.to_owned());
    numbers(&mut page);
    tags(&mut page);
    operations(&mut page);
    state(&mut page);
    bounds(&mut page);
    page.0
}

fn numbers(page: &mut Page) {
    page.table("Versions", "", &["what", "version"]);
    page.row(&["protocol".to_owned(), PROTOCOL_VERSION.to_string()]);

    let signatures = with_reserved(variants::<SignatureAlgorithm>(), RESERVED_SIGNATURE_ALGORITHMS);
    page.table("Signature algorithms", "Also the codes of `PublicKey`.", &["id", "algorithm", "status"]);
    signatures.iter().for_each(|row| page.row(row));

    page.table("Hash algorithms", "", &["id", "algorithm", "of a header", "of a commitment"]);
    let commitments = variants::<CommitmentAlgorithm>();
    for (id, name) in variants::<HashAlgorithm>() {
        let also = if commitments.contains(&(id, name)) { "in force" } else { "—" };
        page.row(&[id.to_string(), format!("`{name}`"), "in force".into(), also.into()]);
    }

    page.table(
        "Finality rules",
        "What `Evidence.rule` and `Genesis.finality` name.",
        &["id", "rule", "status"],
    );
    for (id, name, in_force) in rule::ALL {
        let status = if *in_force { "in force" } else { "reserved" };
        page.row(&[id.to_string(), (*name).into(), status.into()]);
    }

    let text = "A result's code is 0 for success, else `prefix × 100 + number` of the rule that refused: see \
                [rules.md](rules.md).\nPrefixes 1–19 are the protocol's own and can stand in a result; 20–29 are of client \
                libraries, 30–39 of hosts.";
    page.table("Result codes", text, &["prefix", "number", "codes", "what for"]);
    for prefix in Prefix::ALL {
        let number = *prefix as u16;
        page.row(&[
            prefix.as_str().to_owned(),
            number.to_string(),
            format!("{number}01–{number}99"),
            prefix.about().to_owned(),
        ]);
    }
}

fn tags(page: &mut Page) {
    let text = "The first 16 bytes of every hash but those of trees' nodes: the text in ASCII, then zeros. First bytes 00 to \
                0f are kept\nfor nodes: 00 and 01 leaf and node of a log, 02 and 03 leaf and branch of the state tree. Tags of things that no\noperation makes yet are \
                reserved.";
    page.table("Hash tags", text, &["tag", "bytes", "what is hashed"]);
    for tag in Tag::ALL {
        page.row(&[format!("`{}`", tag.text()), format!("`{}`", Hex(tag.bytes())), tag.about().to_owned()]);
    }
}

fn operations(page: &mut Page) {
    page.table("Operations", "The code that `Operation` begins with.", &["code", "operation", "status"]);
    let rows = with_reserved(variants::<Operation>(), RESERVED_OPERATIONS);
    rows.iter().for_each(|row| page.row(row));

    let text = "`LogEntry` is `[kind, entry]`; the entry's own code is that of the operation that caused it, but for \
                denials.\nEntries of consents stand in the authority log.";
    page.table("Log entries", text, &["kind", "code", "entry"]);
    let entries = [
        (1, "timeline", variants::<TimelineEntry>()),
        (2, "access", variants::<AccessEntry>()),
        (3, "authority", variants::<AuthorityEntry>()),
        (4, "consent", variants::<ConsentEntry>()),
    ];
    assert_eq!(
        variants::<LogEntry>().iter().map(|(code, _)| *code).collect::<Vec<_>>(),
        entries.iter().map(|(kind, ..)| *kind).collect::<Vec<_>>()
    );
    for (kind, name, entries) in entries {
        for (code, entry) in &entries {
            page.row(&[format!("{kind} {name}"), code.to_string(), format!("`{entry}`")]);
        }
    }
}

fn state(page: &mut Page) {
    let text = "A key of the state is `SHA3-256(\"ml1 state key\" padded to 16 bytes ‖ kind (1 byte) ‖ id (32 bytes) ‖ part (1 \
                byte))`. Id and\npart are zeros where none is given.";
    page.table("Kinds of objects in the state", text, &["kind", "object", "id", "part", "value", "status"]);
    let mut rows: Vec<(u8, [String; 6])> = Vec::new();
    let or_none = |text: &str| if text.is_empty() { "—".to_owned() } else { text.to_owned() };
    for (kind, name, id, part, value) in KINDS {
        let status = if *value == "reserved" { "reserved" } else { "in force" };
        let value = if *value == "reserved" { "—".to_owned() } else { format!("`{value}`") };
        let cells = [kind.to_string(), (*name).into(), or_none(id), or_none(part), value, status.into()];
        rows.push((*kind, cells));
    }
    for (kind, name) in RESERVED_KINDS {
        let none = || "—".to_owned();
        rows.push((*kind, [kind.to_string(), (*name).into(), none(), none(), none(), "reserved".into()]));
    }
    rows.sort();
    rows.iter().for_each(|(_, cells)| page.row(cells));
}

fn bounds(page: &mut Page) {
    page.table("Limits", "Of the protocol; no genesis changes them.", &["name", "value", "what it bounds"]);
    for (name, value, unit, about) in limits::ALL {
        page.row(&[format!("`{name}`"), format!("{value}{unit}"), about.trim().to_owned()]);
    }

    let text = "Under which each thing is decoded: bytes in all, nesting of arrays, items of one array, bytes of one text string.\n\
                2⁶⁴ − 1 is no limit but that of the bytes.";
    page.table("Limits of decoding", text, &["name", "bytes", "depth", "items", "text", "what is decoded"]);
    let number = |n: u64| if n == u64::MAX { "2⁶⁴ − 1".to_owned() } else { n.to_string() };
    for (name, of, about) in limits::DECODINGS {
        page.row(&[
            format!("`{name}`"),
            number(of.bytes),
            of.depth.to_string(),
            number(of.items),
            number(of.text),
            about.trim().to_owned(),
        ]);
    }

    let params = Params::default();
    let quotas = params.quotas;
    let text = format!(
        "Of a genesis; these are the defaults. A genesis is refused unless all but `clock_ahead` are above 0 and the \
         reserved\nshare is from 2 to {}.",
        Params::LEAST_RESERVED
    );
    page.table("Parameters", &text, &["field", "default"]);
    for (name, value) in [
        ("quotas.epoch", quotas.epoch.to_string()),
        ("quotas.ordinary", quotas.ordinary.to_string()),
        ("quotas.controller", quotas.controller.to_string()),
        ("quotas.device_reserve", quotas.device_reserve.to_string()),
        ("quotas.log_anchors", quotas.log_anchors.to_string()),
        ("quotas.sponsored", quotas.sponsored.to_string()),
        ("freshness", params.freshness.to_string()),
        ("block_interval", params.block_interval.to_string()),
        ("clock_ahead", params.clock_ahead.to_string()),
        ("log_anchor_interval", params.log_anchor_interval.to_string()),
        ("review_due", params.review_due.to_string()),
        ("recovery_delay", params.recovery_delay.to_string()),
        ("guardians", params.guardians.to_string()),
        ("reserved_share", format!("{}: one part in so many", params.reserved_share)),
    ] {
        page.row(&[name.to_owned(), value]);
    }
}
