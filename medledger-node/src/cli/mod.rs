//! The `medledger` command: one file a subcommand.
//!
//! | file | what it holds |
//! | --- | --- |
//! | [`args`] | what can be asked for |
//! | [`session`] | a ledger with its keys and the time: who signs, and what is recorded |
//! | [`files`] | files read and written |
//! | [`out`], [`error`] | what is told, to people and to programs |
//! | `care` | wallet, gateway and requester over a ledger whose keys are here |
//! | `terms` | terms of a consent from options and files |
//! | [`secrets`] | passphrases and sheets of words: read, written, shown |
//! | `wallets` | `wallet`: patients' wallets |
//! | `consent_check` | FHIR R4 Consents checked and written |
//! | `wallet` | a wallet as a process of its own, and `submit` |
//! | `handover` | requester, node and gateway as processes that exchange only files |
//! | `init`, `demo`, `identity`, `credential`, `anchor`, `timeline`, `consent`, `access`, `log`, `export`, `record`, `prove`, `check_proof`, `verify`, `status` | the subcommands |

pub mod args;
pub mod error;
pub mod files;
pub mod out;
pub mod secrets;
pub mod session;

mod access;
mod anchor;
mod audit;
mod care;
mod check_proof;
mod consent;
mod consent_check;
mod credential;
mod demo;
mod export;
mod handover;
mod identity;
mod init;
mod log;
mod prove;
mod record;
mod status;
mod terms;
mod timeline;
mod verify;
mod wallet;
mod wallets;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser};
use medledger_core::units::Timestamp;

use crate::clock::{Clock, FixedClock, SystemClock};
use args::consent::ConsentCommand;
use args::{Cli, Command};
use error::{CliError, Failure};
use out::Out;

/// What a subcommand ends with: the exit code, where it did what it was asked to.
pub type Outcome = Result<u8, Failure>;

/// Done.
const DONE: u8 = 0;
/// Verification failed.
const NOT_VERIFIED: u8 = 1;

/// Runs the command with these arguments, the first of them its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => return usage(&error, &arguments),
    };
    let out = Out::new(cli.json);
    let done = dispatch(&cli, &out).and_then(|code| out.finish().map(|()| code));
    match done {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            out::tell(&failure, cli.json);
            ExitCode::from(failure.exit)
        }
    }
}

fn dispatch(cli: &Cli, out: &Out) -> Outcome {
    if let Command::Consent(ConsentCommand::Check(args)) = &cli.command {
        return consent_check::check(args, cli.at, out);
    }
    let too_early = |wrong| CliError::Usage { wrong, argument: "--at".to_owned() };
    let at = cli.at.map(args::ledger_time).transpose().map_err(too_early)?;
    let now = match at {
        Some(at) => FixedClock(at).now(),
        None => SystemClock.now(),
    };
    match &cli.command {
        Command::Init(args) => init::run(args, now, out),
        Command::Demo(args) => demo::run(args, now, out),
        Command::Identity(command) => identity::run(command, now, out),
        Command::Wallet(command) => wallets::run(command, now, out),
        Command::Anchor(args) => anchor::run(args, now, out),
        Command::Timeline(args) => timeline::run(args, now, out),
        Command::Consent(command) => consent::run(command, now, out),
        Command::Access(command) => access::run(command, now, out),
        Command::Submit(args) => wallet::submit(args, now, out),
        Command::Log(args) => log::run(args, now, out),
        Command::Export(args) => export::run(args, now, out),
        Command::Record(command) => record::run(command, now, out),
        Command::Prove(args) => prove::run(args, now, out),
        Command::CheckProof(args) => check_proof::run(args, now, out),
        // Without a stated time a ledger is not judged by this machine's clock, which may be slow.
        Command::Verify(args) => verify::run(args, at.unwrap_or(Timestamp(u64::MAX)), out),
        Command::Status(args) => status::run(args, now, out),
        Command::Completions(args) => {
            let mut script = Vec::new();
            clap_complete::generate(args.shell, &mut Cli::command(), "medledger", &mut script);
            if out.is_json() {
                let script = String::from_utf8_lossy(&script);
                out.answer(&serde_json::json!({"shell": args.shell.to_string(), "script": script}));
            } else {
                out.raw(&script);
            }
            Ok(DONE)
        }
    }
}

/// Help, the version, or arguments that can't be understood.
fn usage(error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    let json = arguments.iter().take_while(|argument| *argument != "--").any(|argument| argument == "--json");
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // A closed pipe is no fault.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if !json {
        let _ = error.print();
        return ExitCode::from(error::BAD_INPUT);
    }
    let about = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand].into_iter().find_map(|kind| {
        match error.get(kind)? {
            ContextValue::String(text) => Some(text.clone()),
            ContextValue::Strings(texts) => texts.first().cloned(),
            _ => None,
        }
    });
    let no_subcommand = matches!(
        error.kind(),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand
    );
    let text = error.render().to_string();
    let told = text.split("\n\n").next().unwrap_or_default();
    let told = told.strip_prefix("error: ").unwrap_or(told);
    let wrong = if no_subcommand {
        "a subcommand is missing: see `medledger --help`".to_owned()
    } else {
        format!("{}: see --help", told.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let argument = about.filter(|_| !no_subcommand);
    let failure = Failure::from(CliError::Usage { wrong, argument: argument.unwrap_or_default() });
    out::tell(&failure, true);
    ExitCode::from(failure.exit)
}
