//! The generated parts of `docs/fhir-consent.md`.

use std::fmt::Write as _;

use medledger_sdk::fhir::consent::REASONS;
use medledger_sdk::fhir::consent::elements::{CODE_SYSTEMS, ELEMENTS, Treatment};

/// The page with its tables as the sources say.
pub fn render(page: &str) -> String {
    let mut elements = String::from("| element | meaning | |\n| --- | --- | --- |\n");
    for element in ELEMENTS {
        let treatment = match element.treatment {
            Treatment::Supported => "supported".to_owned(),
            Treatment::Carried => "carried".to_owned(),
            Treatment::Ignored => "ignored".to_owned(),
            Treatment::Refused(rule) => format!("refused ({rule})"),
        };
        writeln!(elements, "| `{}` | {} | {treatment} |", element.path, element.meaning.replace('|', "\\|"))
            .unwrap();
    }
    let mut reasons = String::from("| reason | effect | why |\n| --- | --- | --- |\n");
    for (reason, effect, why) in REASONS {
        writeln!(reasons, "| `{reason}` | {effect} | {why} |").unwrap();
    }
    let mut systems = String::from("| system | |\n| --- | --- |\n");
    for (system, name) in CODE_SYSTEMS {
        writeln!(systems, "| `{system}` | {name} |").unwrap();
    }
    [("reasons", reasons), ("elements", elements), ("systems", systems)]
        .into_iter()
        .fold(page.to_owned(), |page, (name, table)| fill(&page, name, &table))
}

/// Puts a table between its marks.
fn fill(page: &str, name: &str, table: &str) -> String {
    let mark = format!("<!-- {name}: generated");
    let (before, rest) = page.split_once(&mark).unwrap_or_else(|| panic!("there is no place for {name}"));
    let (renewal, rest) = rest.split_once("-->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end -->").unwrap();
    format!("{before}{mark}{renewal}-->\n{table}<!-- end -->{after}")
}
