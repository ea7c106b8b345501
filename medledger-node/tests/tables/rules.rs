//! The table of rules.

use std::fmt::Write as _;

use medledger_core::error::{Prefix, Rule};

const HEAD: &str = "\
# Rules

<!-- Generated from the `rules!` tables of the sources. Renew: MEDLEDGER_RENEW=1 cargo test -p medledger-node --test tables -->

Every rule has one id, the same here, in the error that a breach gives, in the test and in the vector that breaks it. Its
code is `prefix × 100 + number`: the result code of a transaction that the rule refuses, and the error code in every
language. 0 is success. Numbers are never given twice.

The text says what is demanded. Which of several broken rules is reported is stated where the checks are:
[encoding.md](encoding.md), [envelope.md](envelope.md), [state.md](state.md), [blocks.md](blocks.md),
[proofs.md](proofs.md).
";

/// The table, grouped by prefix.
pub fn render(rules: &[&Rule]) -> String {
    let mut out = HEAD.to_owned();
    let mut reserved = Vec::new();
    for prefix in Prefix::ALL {
        let mut own: Vec<&&Rule> = rules.iter().filter(|rule| rule.prefix == *prefix).collect();
        own.sort_by_key(|rule| rule.number);
        if own.is_empty() {
            reserved.push(*prefix);
            continue;
        }
        write!(out, "\n## {}\n\n{}\n\n", prefix.as_str(), prefix.about()).unwrap();
        out.push_str("| id | code | name | what is demanded |\n| --- | --- | --- | --- |\n");
        for rule in own {
            writeln!(out, "| {rule} | code {} | {} | {} |", rule.code(), rule.name, rule.text).unwrap();
        }
    }
    out.push_str("\n## Reserved prefixes\n\nNo rule here yet; the numbers are taken.\n\n");
    out.push_str("| prefix | codes | what for |\n| --- | --- | --- |\n");
    for prefix in reserved {
        let number = prefix as u16;
        writeln!(out, "| {} | {number}01–{number}99 | {} |", prefix.as_str(), prefix.about()).unwrap();
    }
    out
}
