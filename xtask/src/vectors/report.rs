//! What a runner ends with: `target/vectors/NAME.json`.
//!
//! ```json
//! {
//!   "runner": "node",
//!   "executed": 5172, "manifest": 5172, "failed": 0,
//!   "seconds": 12.3,
//!   "kinds": {"wire": {"executed": 2746, "failed": 0}},
//!   "light": {"executed": 4247, "manifest": 4247, "failed": 0},
//!   "operations": {"vectors": ["checkCounter", "Ledger.open"], "story": ["Key.draw", "Ledger.new"]},
//!   "failures": ["invalid/counter/used.json: one used, counter 0: it is not refused"]
//! }
//! ```
//!
//! | field | what it is |
//! | --- | --- |
//! | `executed` | vectors that were handed to what checks their kind, passed or not; `kinds` has the same by kind, of every kind |
//! | `manifest` | what the runner takes from the manifest as the count of the whole library's |
//! | `failed` | of these, and one more for each other fault: a file that is missing, surplus or changed, a kind's count |
//! | `seconds` | for reading and checking the vectors, without what is executed besides |
//! | `light` | the same counts of the light artifact, where the package has one |
//! | `operations` | which operations were called and returned (a refusal alone does not count), by name as in the committed listing, a plain constructor as `Handle.new`: while `vectors` were checked, and in a `story` that is told besides for operations that no vector reaches. They are recorded as they are called, never listed by hand |
//! | `failures` | at most 20 lines, which begin with the vector's file |

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::Runner;

/// What `manifest.json` counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Vectors of the whole library.
    pub full: u64,
    /// Vectors of the light artifact.
    pub light: u64,
    /// Vectors by kind.
    pub kinds: BTreeMap<String, u64>,
}

impl Manifest {
    /// Reads it.
    ///
    /// # Errors
    /// When it is not there, or no manifest.
    pub fn read(root: &Path) -> Result<Self, String> {
        Self::of(&json(&root.join("spec/vectors/v1/manifest.json"))?)
    }

    fn of(manifest: &Value) -> Result<Self, String> {
        let number = |of: &Value| of.as_u64().ok_or("the manifest of the vectors lacks a count");
        let mut kinds = BTreeMap::new();
        for (kind, of) in manifest["kinds"].as_object().ok_or("the manifest of the vectors has no kinds")? {
            kinds.insert(kind.clone(), number(&of["valid"])?.saturating_add(number(&of["invalid"])?));
        }
        let artifacts = &manifest["artifacts"];
        let found = Self { full: number(&artifacts["full"])?, light: number(&artifacts["light"])?, kinds };
        match found.kinds.values().sum::<u64>() {
            sum if sum == found.full && sum > 0 => Ok(found),
            sum => {
                Err(format!("the manifest counts {} vectors in all, and {sum} by their kinds", found.full))
            }
        }
    }
}

/// Counts of a runner: executed, manifest, failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    executed: u64,
    manifest: u64,
    failed: u64,
}

impl Counts {
    fn of(told: &Value) -> Result<Self, String> {
        let number = |name: &str| told[name].as_u64().ok_or_else(|| format!("it tells no number {name:?}"));
        Ok(Self { executed: number("executed")?, manifest: number("manifest")?, failed: number("failed")? })
    }

    /// What is wrong with them.
    fn check(self, what: &str, manifest: u64) -> Vec<String> {
        let mut faults = Vec::new();
        if self.failed > 0 {
            faults.push(format!("{what}: {} failed", self.failed));
        }
        if self.executed != manifest || self.manifest != manifest {
            let Self { executed, manifest: told, .. } = self;
            faults.push(format!("{what}: {executed} executed of {manifest}, which it takes for {told}"));
        }
        faults
    }
}

/// Names of operations, by what they were executed for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operations {
    /// While vectors were checked.
    pub vectors: BTreeSet<String>,
    /// Besides.
    pub story: BTreeSet<String>,
}

impl Operations {
    /// With those of another runner of the language.
    pub fn join(&mut self, other: Self) {
        self.vectors.extend(other.vectors);
        self.story.extend(other.story);
    }
}

/// What a runner has told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Vectors that were checked.
    pub executed: u64,
    /// What the runner counts as failed.
    pub failed: u64,
    /// Lines about failures.
    pub failures: Vec<String>,
    /// What was executed.
    pub operations: Operations,
    /// What is wrong beside failures.
    pub faults: Vec<String>,
    /// What the runner takes for the manifest's count.
    pub manifest: u64,
    /// How long it took.
    pub seconds: f64,
    /// Vectors that were checked, by kind.
    pub kinds: BTreeMap<String, u64>,
    /// What was executed of the light artifact.
    pub light: Option<Counts>,
}

impl Report {
    /// Reads what a runner wrote.
    ///
    /// # Errors
    /// When there is nothing, or no report.
    pub fn read(file: &Path, name: &str) -> Result<Self, String> {
        let told =
            json(file).map_err(|error| format!("{name} ended without telling what it executed: {error}"))?;
        Self::of(&told, name).map_err(|error| format!("{name}: {error}"))
    }

    fn of(told: &Value, name: &str) -> Result<Self, String> {
        if told["runner"] != name {
            return Err(format!("it calls itself {}", told["runner"]));
        }
        let Counts { executed, manifest, failed } = Counts::of(told)?;
        let mut kinds = BTreeMap::new();
        for (kind, of) in told["kinds"].as_object().ok_or("it tells no kinds")? {
            let executed = of["executed"].as_u64().ok_or("it tells no number of a kind")?;
            kinds.insert(kind.clone(), executed);
        }
        let operations = |doing: &str| {
            let names = told["operations"].get(doing).and_then(Value::as_array);
            let names = names.ok_or_else(|| format!("it tells no operations of {doing:?}"))?;
            Ok::<_, String>(names.iter().filter_map(Value::as_str).map(String::from).collect())
        };
        let failures = told["failures"].as_array().ok_or("it tells no failures")?;
        Ok(Self {
            executed,
            manifest,
            failed,
            seconds: told["seconds"].as_f64().ok_or("it tells no number \"seconds\"")?,
            kinds,
            light: told.get("light").map(Counts::of).transpose()?,
            operations: Operations { vectors: operations("vectors")?, story: operations("story")? },
            failures: failures.iter().filter_map(Value::as_str).map(String::from).collect(),
            faults: Vec::new(),
        })
    }

    /// What is wrong with it: failures, and every count that is not the manifest's.
    pub fn check(&self, runner: &Runner, manifest: &Manifest) -> Vec<String> {
        let mut faults = self.failures.clone();
        faults.extend(self.faults.iter().cloned());
        let whole = Counts { executed: self.executed, manifest: self.manifest, failed: self.failed };
        faults.extend(whole.check("all kinds", manifest.full));
        for (kind, count) in &manifest.kinds {
            match self.kinds.get(kind) {
                Some(executed) if executed == count => {}
                executed => {
                    faults.push(format!("{kind}: {} executed of {count}", executed.copied().unwrap_or(0)));
                }
            }
        }
        match self.light {
            Some(light) => faults.extend(light.check("the light artifact", manifest.light)),
            None if runner.light => {
                faults.push("it does not tell what it executed of the light artifact".into());
            }
            None => {}
        }
        faults
    }

    /// How many of those that it knows of it did not execute.
    pub const fn missing(&self) -> u64 {
        self.manifest.saturating_sub(self.executed)
    }

    /// In a line.
    pub fn words(&self) -> String {
        let light = self.light.map_or(String::new(), |light| format!(", light {}", light.executed));
        format!("{} vectors{light}, {} failed, in {:.1} s", self.executed, self.failed, self.seconds)
    }
}

fn json(path: &Path) -> Result<Value, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("{} can't be read: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{} is no JSON: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PLAIN: Runner =
        Runner { name: "a", language: "A", light: false, build: |_| Ok(String::new()), command: &[] };

    fn manifest() -> Manifest {
        let kinds = json!({"b": {"valid": 3, "invalid": 1}, "c": {"valid": 2, "invalid": 1}});
        Manifest::of(&json!({"artifacts": {"full": 7, "light": 4}, "kinds": kinds})).unwrap()
    }

    fn told() -> Value {
        json!({
            "runner": "a", "executed": 7, "manifest": 7, "failed": 0, "seconds": 1.5, "failures": [],
            "kinds": {"b": {"executed": 4, "failed": 0}, "c": {"executed": 3, "failed": 0}},
            "operations": {"vectors": ["one"], "story": ["two"]},
        })
    }

    fn faults(runner: &Runner, change: impl Fn(&mut Value)) -> Vec<String> {
        let mut told = told();
        change(&mut told);
        Report::of(&told, "a").unwrap().check(runner, &manifest())
    }

    #[test]
    fn one_that_executed_all_and_failed_at_none_passes() {
        assert_eq!(faults(&PLAIN, |_| {}), Vec::<String>::new());
        let report = Report::of(&told(), "a").unwrap();
        assert_eq!(report.words(), "7 vectors, 0 failed, in 1.5 s");
        assert!(report.operations.vectors.contains("one") && report.operations.story.contains("two"));
    }

    #[test]
    fn fewer_others_and_failed_ones_are_faults() {
        assert_eq!(faults(&PLAIN, |told| told["executed"] = json!(6)).len(), 1);
        assert_eq!(faults(&PLAIN, |told| told["executed"] = json!(8)).len(), 1);
        assert_eq!(faults(&PLAIN, |told| told["failed"] = json!(1)).len(), 1);
        // What it believes to be all is not asked.
        assert_eq!(
            faults(&PLAIN, |told| (told["executed"], told["manifest"]) = (json!(6), json!(6))).len(),
            1
        );
        assert_eq!(faults(&PLAIN, |told| told["kinds"]["b"]["executed"] = json!(3)).len(), 1);
        assert_eq!(faults(&PLAIN, |told| drop(told["kinds"].as_object_mut().unwrap().remove("c"))).len(), 1);
        assert_eq!(faults(&PLAIN, |told| told["failures"] = json!(["b.json: x"])), ["b.json: x"]);
    }

    #[test]
    fn the_light_artifact_is_counted_by_its_own() {
        let light = Runner { light: true, ..PLAIN };
        assert_eq!(faults(&light, |_| {}).len(), 1);
        let with = |executed: u64, failed: u64| {
            faults(&light, |told| {
                told["light"] = json!({"executed": executed, "manifest": 4, "failed": failed})
            })
        };
        assert_eq!(with(4, 0), Vec::<String>::new());
        assert_eq!((with(3, 0).len(), with(4, 1).len(), with(7, 0).len()), (1, 1, 1));
    }

    #[test]
    fn one_that_says_too_little_of_itself_is_none() {
        assert!(Report::of(&told(), "b").is_err());
        for field in
            ["runner", "executed", "manifest", "failed", "seconds", "kinds", "operations", "failures"]
        {
            let mut told = told();
            told.as_object_mut().unwrap().remove(field);
            assert!(Report::of(&told, "a").is_err(), "{field}");
        }
        let counts = json!({"b": {"valid": 3, "invalid": 1}});
        let manifest = |kinds: &Value| {
            Manifest::of(&json!({"artifacts": {"full": 7, "light": 4}, "kinds": kinds.clone()}))
        };
        assert!(manifest(&counts).is_err() && manifest(&json!({})).is_err());
    }
}
