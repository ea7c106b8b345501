//! The example of each operation and each handle: doctests in `medledger-py/examples`, which become part of the docstrings.
//!
//! `NAME.txt` is an operation's, `Handle.txt` a handle's with its constructors and methods, `Handle.method.txt` one
//! method's alone.

use std::collections::BTreeMap;
use std::path::Path;

use crate::bindings::model::{Api, Function, Handle};
use crate::bindings::{python, read};

/// Where they lie.
const FOLDER: &str = "medledger-py/examples";

/// The package's own example, from which all others go on.
pub const STORY: &str = "medledger";

/// All examples, by name.
pub type Examples = BTreeMap<String, String>;

/// Reads them.
///
/// # Errors
/// A folder or file that can't be read.
pub fn read(root: &Path) -> Result<Examples, String> {
    let failed = |error: std::io::Error| format!("{FOLDER} can't be read: {error}");
    let mut found = Examples::new();
    for entry in std::fs::read_dir(root.join(FOLDER)).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let text = std::fs::read_to_string(&path).map_err(failed)?;
        if let Some(name) = path.file_stem().filter(|_| path.extension().is_some_and(|end| end == "txt")) {
            found.insert(name.to_string_lossy().into_owned(), text.trim_end().to_owned());
        }
    }
    Ok(found)
}

/// Lists what has no example, and examples of what there is none of.
///
/// # Errors
/// What can't be read.
pub fn missing(root: &Path) -> Result<(usize, Vec<String>), String> {
    if !root.join(python::FOLDER).is_dir() {
        return Ok((0, Vec::new()));
    }
    Ok(compare(&read::repository(root)?, &read(root)?))
}

fn compare(api: &Api, examples: &Examples) -> (usize, Vec<String>) {
    let mut faults = Vec::new();
    let mut known = vec![STORY.to_owned()];
    if !examples.contains_key(STORY) {
        faults.push(format!("{FOLDER}/{STORY}.txt is missing: what the others go on from"));
    }
    let is_one = |text: &str| text.lines().any(|line| line.starts_with(">>> "));
    for (_, operation) in api.operations() {
        let name = python::name(&operation.name);
        let call = format!("{name}(");
        match examples.get(&name) {
            Some(text) if is_one(text) && text.contains(&call) => {}
            Some(_) => faults.push(format!("{FOLDER}/{name}.txt has no line with `>>> ` that calls {name}")),
            None => faults.push(format!("{FOLDER}/{name}.txt is missing: an example of {name}")),
        }
        known.push(name);
    }
    for (_, handle) in api.handles() {
        faults.extend(of_handle(handle, examples, &mut known));
    }
    let strangers = examples.keys().filter(|name| !known.contains(name));
    faults.extend(strangers.map(|name| format!("{FOLDER}/{name}.txt is an example of nothing")));
    (examples.len(), faults)
}

/// Each constructor and method is called in its handle's example or in its own.
fn of_handle(handle: &Handle, examples: &Examples, known: &mut Vec<String>) -> Vec<String> {
    let mut faults = Vec::new();
    let all = examples.get(&handle.name);
    if all.is_none() {
        faults.push(format!("{FOLDER}/{0}.txt is missing: an example of {0}", handle.name));
    }
    known.push(handle.name.clone());
    for member in handle.constructors.iter().chain(&handle.methods) {
        let own = format!("{}.{}", handle.name, python::name(&member.name));
        let calls = |text: &String| text.contains(&call(handle, member));
        if !examples.get(&own).or(all).is_some_and(calls) && !all.is_some_and(calls) {
            faults.push(format!("neither {FOLDER}/{own}.txt nor {}.txt calls it", handle.name));
        }
        known.push(own);
    }
    faults
}

fn call(handle: &Handle, member: &Function) -> String {
    match (member.receiver, member.name.as_str()) {
        (None, "new") => format!("{}(", handle.name),
        _ => format!(".{}(", python::name(&member.name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bindings::python::tests::api;

    fn examples(list: &[(&str, &str)]) -> Examples {
        list.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn each_operation_and_each_method_has_an_example() {
        let story = (STORY, ">>> 1");
        let (ask, case, put) =
            (("ask", ">>> ask()"), ("Case", ">>> Case()\n>>> case.look()"), ("Case.put", ">>> case.put()"));
        assert_eq!(compare(&api(), &examples(&[story, ask, case, put])), (4, vec![]));
        let (_, faults) = compare(&api(), &examples(&[story, ask, case]));
        assert_eq!(faults, ["neither medledger-py/examples/Case.put.txt nor Case.txt calls it"]);
        let (_, faults) = compare(&api(), &examples(&[story, case, put]));
        assert_eq!(faults, ["medledger-py/examples/ask.txt is missing: an example of ask"]);
        let (_, faults) = compare(&api(), &examples(&[("ask", ">>> other()"), case, put, ("x", "")]));
        assert_eq!(faults.len(), 3);
        assert!(faults[0].contains("medledger.txt is missing") && faults[1].contains("that calls ask"));
        assert!(faults[2].contains("x.txt is an example of nothing"));
    }
}
