//! The `medledger` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    no_core_dump();
    medledger_node::cli::run(std::env::args_os())
}

/// A process that holds keys leaves no image of its memory behind, however it ends.
#[cfg(unix)]
fn no_core_dump() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    // Lowering a limit needs no right; where it fails all the same, nothing is lost but this.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    // The limit is for files: where the kernel pipes images to a program (core(5)), it takes this.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

#[cfg(not(unix))]
const fn no_core_dump() {}
