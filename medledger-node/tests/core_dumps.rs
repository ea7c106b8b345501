//! A process that holds secrets leaves no image of its memory behind.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test may stop")]

mod common;

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use common::{done, folder};

#[test]
fn the_command_can_not_be_dumped() {
    let home = folder();
    done(home.path(), &["init", "--dir", "l"]);
    // It waits for a sheet that never comes.
    let sheet = home.path().join("sheet");
    assert!(Command::new("mkfifo").arg(&sheet).status().unwrap().success());
    let mut waiting = Command::new("sh")
        .args(["-c", "ulimit -c unlimited 2>/dev/null; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_medledger")])
        .args(["wallet", "restore", "--dir", "l", "--name", "ann", "--first-sheet", "sheet"])
        .current_dir(home.path())
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let limits = format!("/proc/{}/limits", waiting.id());
    let zero = |text: &str| {
        let line = text.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        line.split_whitespace().skip(4).take(2).all(|limit| limit == "0")
    };
    // It is the shell for a moment.
    let patience = Instant::now();
    while !zero(&fs::read_to_string(&limits).unwrap()) && patience.elapsed() < Duration::from_secs(60) {
        sleep(Duration::from_millis(20));
    }
    let found = fs::read_to_string(&limits).unwrap();
    // Of a process that must not be dumped, what says anything of its memory is root's.
    let environ = format!("/proc/{}/environ", waiting.id());
    let patience = Instant::now();
    while fs::metadata(&environ).unwrap().uid() != 0 && patience.elapsed() < Duration::from_secs(60) {
        sleep(Duration::from_millis(20));
    }
    let owner = fs::metadata(&environ).unwrap().uid();
    assert!(Command::new("kill").args(["-ABRT", &waiting.id().to_string()]).status().unwrap().success());
    let ended = waiting.wait().unwrap();
    assert!(ended.signal() == Some(6) && !ended.core_dumped(), "{ended:?}");
    assert!(zero(&found) && owner == 0, "{owner} {found}");
}
