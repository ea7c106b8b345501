//! `cargo xtask bench crossing`: what one decision, one receipt and a thousand signatures cost when they are called from another
//! language, against Rust in the same run. Rust is measured anew before each language, since machines change their pace.

use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode};

use serde_json::{Map, Value, json};

use crate::shell::{ask, cargo, program};
use crate::{javascript, kotlin, python, setup};

/// Where the calls' arguments come from.
const VECTORS: &str = "spec/vectors/v1";
/// What is called: one, one, a thousand at once.
const CALLS: [&str; 3] = ["decide", "receipt", "signatures"];

/// A language.
struct Language {
    name: &'static str,
    /// Builds what its users get.
    build: fn(&Path) -> Result<(), String>,
    /// Measures it: ends with one object, a name to nanoseconds.
    measure: fn(&Path) -> Command,
}

const LANGUAGES: [Language; 3] = [
    Language {
        name: "python",
        build: |root| setup::python(root).and_then(|_| python::build(root)).map(drop),
        measure: |root| {
            program(root, root.join(python::INSIDE), &["medledger-py/benches/crossing.py", VECTORS])
        },
    },
    Language {
        name: "node",
        build: |root| javascript::built(root).map(drop),
        measure: |root| program(root, "node", &["target/npm/empty/test/vectors/crossing.js", VECTORS]),
    },
    Language {
        name: "kotlin",
        build: |root| ask(&mut xtask(root, &["kotlin", "jar"])).map(drop),
        measure: |root| xtask(root, &["kotlin", "crossing", VECTORS]),
    },
];

fn rust(root: &Path) -> Command {
    let arguments = [
        "run",
        "--release",
        "--locked",
        "--quiet",
        "-p",
        "medledger-conformance",
        "--bin",
        "vectors",
        "crossing",
    ];
    cargo(root, &arguments)
}

fn xtask(root: &Path, arguments: &[&str]) -> Command {
    let mut command = cargo(root, &["run", "--quiet", "--locked", "-p", "xtask", "--"]);
    command.args(arguments);
    command
}

/// Measures all languages that are there.
///
/// # Errors
/// For arguments that are none, and what building or measuring says.
pub fn run(root: &Path, arguments: &[String]) -> Result<ExitCode, String> {
    let as_json = match arguments {
        [] => false,
        [option] if option == "--json" => true,
        _ => return Err(format!("`bench crossing` takes `--json`, not {arguments:?}")),
    };
    let mut table: Map<String, Value> =
        CALLS.iter().map(|call| ((*call).to_owned(), Value::Object(Map::new()))).collect();
    for language in LANGUAGES.iter().filter(|one| one.name != "kotlin" || kotlin::is_there(root)) {
        (language.build)(root)?;
        let own = costs(&mut rust(root))?;
        let other = costs(&mut (language.measure)(root))?;
        for ((call, own), other) in CALLS.iter().zip(own).zip(other) {
            let said = format!(
                "{call} from {}: {other:.0} ns, {:.2} times Rust's {own:.0}",
                language.name,
                other / own
            );
            let _ = writeln!(io::stderr(), "{said}");
            let entry = json!({"nanoseconds": other, "rust": own, "ratio": other / own});
            if let Some(of) = table.get_mut(*call).and_then(Value::as_object_mut) {
                of.insert(language.name.to_owned(), entry);
            }
        }
    }
    if as_json {
        let _ = writeln!(io::stdout(), "{}", Value::Object(table));
    }
    Ok(ExitCode::SUCCESS)
}

/// What a program measured, in the order of [`CALLS`].
fn costs(command: &mut Command) -> Result<[f64; 3], String> {
    let name = command.get_program().to_owned();
    let said = ask(command)?;
    read(&String::from_utf8_lossy(&said), &name)
}

fn read(said: &str, name: &OsStr) -> Result<[f64; 3], String> {
    let failed = |what: &str| format!("`{}` {what}: {said}", name.to_string_lossy());
    let last =
        said.lines().rev().find(|line| line.starts_with('{')).ok_or_else(|| failed("tells no costs"))?;
    let told: Value = serde_json::from_str(last).map_err(|_| failed("ends with no object"))?;
    let mut costs = [0.0; 3];
    for (cost, call) in costs.iter_mut().zip(CALLS) {
        *cost = told
            .get(call)
            .and_then(Value::as_f64)
            .filter(|cost| *cost > 0.0)
            .ok_or_else(|| failed("lacks a cost"))?;
    }
    Ok(costs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_the_last_object() {
        let told = "warming up\n{\"decide\": 900.5, \"receipt\": 7e4, \"signatures\": 1, \"calls\": {}}\n";
        assert_eq!(read(told, OsStr::new("x")).unwrap(), [900.5, 7e4, 1.0]);
        for wrong in ["", "{}", "{\"decide\": 1, \"receipt\": 0, \"signatures\": 1}", "{\"decide\": 1"] {
            assert!(read(wrong, OsStr::new("x")).is_err(), "{wrong}");
        }
    }
}
