use super::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

fn step(name: &str, outcome: impl FnOnce() -> Outcome + Send + 'static) -> Step {
    Step::new(name, outcome)
}

fn passed() -> Outcome {
    Outcome::Passed(String::new())
}

fn run(stages: Vec<Stage>) -> (bool, String) {
    let mut out = Vec::new();
    let passed = super::run(stages, &mut out, false);
    (passed, String::from_utf8(out).unwrap())
}

#[test]
fn a_failed_step_fails_the_run_and_stops_no_other() {
    let after = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&after);
    let lane = vec![
        step("broken", || Outcome::Failed("why".into())),
        step("after", move || {
            seen.fetch_add(1, Ordering::SeqCst);
            passed()
        }),
    ];
    let (whole, said) = run(vec![vec![lane]]);
    assert!(!whole);
    assert!(said.contains("\nwhy\n") && said.ends_with("1 passed, 1 failed\n"), "{said}");
    assert_eq!(after.load(Ordering::SeqCst), 1);
}

#[test]
fn a_run_passes_when_all_passed_or_were_skipped() {
    let stages = vec![vec![vec![step("a", passed)], vec![step("b", || Outcome::Skipped("no tool".into()))]]];
    let (whole, said) = run(stages);
    assert!(whole);
    assert!(
        said.contains(
            "skip   b  no tool
"
        ) && said.ends_with(
            "1 passed, 0 failed, 1 skipped
"
        ),
        "{said}"
    );
}

#[test]
fn stages_wait_for_each_other() {
    let done = Arc::new(AtomicUsize::new(0));
    let (first, second) = (Arc::clone(&done), Arc::clone(&done));
    let stages = vec![
        vec![vec![step("one", move || {
            std::thread::sleep(Duration::from_millis(20));
            first.fetch_add(1, Ordering::SeqCst);
            passed()
        })]],
        vec![vec![step("two", move || match second.load(Ordering::SeqCst) {
            1 => passed(),
            _ => Outcome::Failed("began before the first stage ended".into()),
        })]],
    ];
    assert!(run(stages).0);
}

#[test]
fn a_step_whose_thread_dies_has_failed() {
    assert!(!run(vec![vec![vec![step("dies", || panic!("on purpose"))]]]).0);
}

#[test]
fn words_choose_steps_and_set_up_stays() {
    let stages =
        || vec![vec![vec![Step::set_up("toolchain", passed), step("fmt", passed), step("clippy", passed)]]];
    let chosen = select(stages(), &["clip"]).unwrap();
    assert_eq!(names(&chosen).collect::<Vec<_>>(), ["toolchain", "clippy"]);
    let all = select(stages(), &[]).unwrap();
    assert_eq!(names(&all).count(), 3);
    assert!(select(stages(), &["fmt", "nonsense"]).is_err());
}

#[test]
fn summary_counts_steps() {
    assert_eq!(summary(3, 0, 0), "3 passed, 0 failed");
    assert_eq!(summary(3, 1, 2), "3 passed, 1 failed, 2 skipped");
}
