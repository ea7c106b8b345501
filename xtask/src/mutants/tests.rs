use super::*;

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(String::from).collect()
}

fn mutant(name: &str) -> Mutant {
    Mutant { name: name.into(), key: name.into(), digest: 1 }
}

#[test]
fn the_command_line_is_read() {
    let asked = read(&words("merkle --shard 2/4 --seed 9 --near --again --json")).unwrap();
    let groups = words("merkle");
    assert_eq!(asked, Asked { groups, seed: 9, shard: (2, 4), again: true, near: true, json: true });
    let all = read(&[]).unwrap();
    assert_eq!((all.groups.len(), all.seed, all.shard), (GROUPS.len(), SEED, (1, 1)));
    for wrong in ["merkel", "--shard 0/4", "--shard 5/4", "--shard 3", "--seed many", "--seed"] {
        assert!(read(&words(wrong)).is_err(), "{wrong}");
    }
}

#[test]
fn a_seed_is_one_order_everywhere() {
    assert_eq!(mixed(6, "a"), mixed(6, "a"));
    assert_ne!(mixed(6, "a"), mixed(7, "a"));
    assert_ne!(mixed(6, "a"), mixed(6, "b"));
}

#[test]
fn lines_tell_the_fate_of_what_was_asked_for() {
    let (short, long) =
        (mutant("a.rs:1:2: replace f -> u8 with 1"), mutant("a.rs:1:2: replace f -> u8 with 10"));
    let pending = [&short, &long];
    let fate = |line| outcome(line, &pending, 0).map(|(mutant, fate)| (mutant.name.as_str(), fate));
    assert_eq!(
        fate("caught   a.rs:1:2: replace f -> u8 with 10 in 3s build + 4s test"),
        Some((long.name.as_str(), Fate::Killed))
    );
    assert_eq!(
        fate("MISSED   a.rs:1:2: replace f -> u8 with 1"),
        Some((short.name.as_str(), Fate::Passed(1)))
    );
    assert_eq!(fate("caught   b.rs:1:2: delete field b in f in 3s build"), None);
    assert_eq!(fate("ok       Unmutated baseline in 3s build + 4s test"), None);
}

#[test]
fn results_outlive_the_run_and_hold_for_one_text() {
    let folder = std::env::temp_dir().join(format!("medledger-mutants-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("results.jsonl");
    let mut results = Results::open(&path).unwrap();
    let fates = [Fate::Killed, Fate::Timeout, Fate::Unviable, Fate::Passed(2)];
    for (name, fate) in ["a", "b", "c", "d"].into_iter().zip(fates) {
        results.note(&mutant(name), Fate::Passed(0)).unwrap();
        results.note(&mutant(name), fate).unwrap();
    }
    let again = Results::open(&path).unwrap();
    let read: Vec<_> = ["a", "b", "c", "d"].into_iter().filter_map(|name| again.of(&mutant(name))).collect();
    assert_eq!(read, fates);
    assert_eq!(again.of(&Mutant { digest: 2, ..mutant("a") }), None);
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_sample_has_its_number_of_those_that_compile() {
    let path = std::env::temp_dir().join(format!("medledger-sample-{}", std::process::id()));
    let mut results = Results::open(&path).unwrap();
    let [part, ..] = GROUPS[0].parts else { panic!("a group without parts") };
    let order: Vec<_> = ["a", "b", "c", "d"].map(|name| (part, mutant(name))).into();
    results.note(&mutant("b"), Fate::Unviable).unwrap();
    let names: Vec<_> =
        sample(&order, 2, &results).into_iter().map(|(_, mutant)| mutant.name.clone()).collect();
    assert_eq!(names, ["a", "b", "c"]);
    assert_eq!(sample(&order, 60, &results).len(), 4);
    fs::remove_file(&path).unwrap();
}
