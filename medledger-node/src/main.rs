//! The `medledger` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    medledger_node::cli::run(std::env::args_os())
}
