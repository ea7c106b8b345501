//! The report.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::{Fate, Group, Mutant, Results};

/// Figures of each group and who survived, for people or as one JSON object.
pub fn print(report: &[(&Group, Vec<Mutant>)], results: &Results, as_json: bool) {
    let mut out = io::stdout();
    let mut groups = Map::new();
    let mut survivors = Vec::new();
    let _ = if as_json { Ok(()) } else { writeln!(out, "{}", HEAD) };
    for (group, sample) in report {
        let count = |fates: fn(Fate) -> bool| {
            sample.iter().filter(|mutant| results.of(mutant).is_some_and(fates)).count()
        };
        let killed = count(|fate| fate == Fate::Killed);
        let timeout = count(|fate| fate == Fate::Timeout);
        let unviable = count(|fate| fate == Fate::Unviable);
        let survived = count(|fate| matches!(fate, Fate::Passed(1..)));
        let mutants = killed + timeout + survived;
        let percent = ((killed + timeout) * 100).checked_div(mutants).unwrap_or(100);
        if as_json {
            groups.insert(
                group.name.into(),
                json!({ "mutants": mutants, "killed": killed, "timeout": timeout, "survived": survived,
                        "percent": percent, "unviable": unviable }),
            );
        } else {
            let _ = writeln!(
                out,
                "| {:8} | {mutants:7} | {killed:6} | {timeout:7} | {survived:8} | {percent:5} % | {unviable:8} |",
                group.name
            );
        }
        survivors.extend(
            sample
                .iter()
                .filter(|mutant| matches!(results.of(mutant), Some(Fate::Passed(1..))))
                .map(|m| m.name.clone()),
        );
    }
    let _ = if as_json {
        writeln!(
            out,
            "{}",
            Value::from_iter([("groups", Value::from(groups)), ("survivors", survivors.into())])
        )
    } else {
        writeln!(out, "\nsurvivors:\n{}", survivors.join("\n"))
    };
}

const HEAD: &str = "| group    | mutants | killed | timeout | survived | killed % | unviable |\n\
                    | -------- | ------: | -----: | ------: | -------: | ------: | -------: |";
