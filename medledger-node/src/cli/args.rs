//! What can be asked for.

pub mod access;
pub mod consent;
pub mod record;
pub mod wallet;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use medledger_core::identity::Kind;
use medledger_core::units::Timestamp;
use medledger_sdk::fhir::date::{FhirDate, Kind as DateKind};

use access::{AccessCommand, CredentialCommand, LogArgs, SubmitArgs};
use consent::ConsentCommand;
use record::{ExportArgs, RecordCommand};
use wallet::{PickArgs, WalletCommand};

/// Medical records that the patient controls: a ledger of facts about them, verifiable by anyone.
#[derive(Debug, Parser)]
#[command(
    name = "medledger",
    version,
    propagate_version = true,
    after_help = "\
Examples:
  medledger demo --dir demo-ledger
  medledger demo --dir demo-ledger --bundle patient.json --json
  medledger verify --dir demo-ledger

Exit codes: 0 done, 1 verification failed, 2 bad usage or input, 3 refused by a rule."
)]
pub struct Cli {
    /// Answer with one JSON object on standard output; prose goes to standard error
    #[arg(long, global = true)]
    pub json: bool,
    /// Rehearse as of this time (RFC 3339 with an offset) instead of now
    #[arg(long, global = true, value_name = "TIME", value_parser = moment)]
    pub at: Option<i64>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Found a ledger: a consortium of one, its genesis and keys
    #[command(after_help = "\
Example:
  medledger init --dir ledger --name \"Norwick trust\"")]
    Init(InitArgs),
    /// Show the whole of it on one patient: anchor a bundle, prove a record, refuse forgeries, verify
    #[command(after_help = "\
Examples:
  medledger demo --dir demo-ledger
  medledger demo --dir demo-ledger --bundle maren.json --bundle tomas.json
  medledger demo --dir demo-ledger --json | jq .records")]
    Demo(DemoArgs),
    /// Make, show and change identities
    #[command(
        subcommand,
        after_help = "\
Examples:
  medledger identity new --dir ledger --kind patient --name maren
  medledger identity list --dir ledger
  medledger identity show --dir ledger maren --json
  medledger identity rotate --dir ledger maren"
    )]
    Identity(IdentityCommand),
    /// Patients' wallets: made, restored, shown, rotated
    #[command(
        subcommand,
        after_help = "\
Examples:
  medledger wallet new --dir ledger --name maren
  medledger wallet identity --dir ledger --name maren --relationship 'Harbour clinic'
  medledger wallet restore --dir other-machine --name maren

Where a command takes the name of a key file it takes a wallet's too: maren, or maren/1, or maren/'Harbour clinic'."
    )]
    Wallet(WalletCommand),
    /// Anchor every resource of a FHIR bundle for a patient
    #[command(after_help = "\
Examples:
  medledger anchor --dir ledger --subject maren --bundle maren.json
  medledger anchor --dir ledger --subject did:medledger:z… --bundle maren.json --as founder --json")]
    Anchor(AnchorArgs),
    /// Show a patient's records, provably all that this ledger has
    #[command(after_help = "\
Examples:
  medledger timeline --dir ledger --subject maren
  medledger timeline --dir ledger --subject did:medledger:z… --json | jq '.records[].record'
  medledger timeline --dir ledger --subject maren --fhir provenance.json")]
    Timeline(TimelineArgs),
    /// Grant, amend, revoke and list consents; check and write FHIR R4 Consents
    #[command(
        subcommand,
        after_help = "\
Examples:
  medledger consent grant --dir ledger --subject maren --to dr-chen --purpose TREAT --until 2027-01-01T00:00:00Z
  medledger consent list --dir ledger --subject maren
  medledger consent check --fhir consent.json --actor Practitioner/chen --purpose TREAT --class Observation \\
    --label none --at 2026-03-02T08:00:00+01:00"
    )]
    Consent(ConsentCommand),
    /// Open sessions, read records under them, close them
    #[command(
        subcommand,
        after_help = "\
Examples:
  medledger access open --dir ledger --as dr-chen --subject maren --consent 3f0c… --purpose TREAT
  medledger access read --dir ledger --session 9d21… --record 3f0c…
  medledger access close --dir ledger --session 9d21…

Between machines only files travel: request, prove, release, receive."
    )]
    Access(AccessCommand),
    /// Record a transaction that was signed elsewhere
    #[command(after_help = "\
Example:
  medledger submit --dir ledger grant.cbor")]
    Submit(SubmitArgs),
    /// Show who has looked at a patient's records, provably all
    #[command(after_help = "\
Examples:
  medledger log --dir ledger --subject maren
  medledger log --dir ledger --subject maren --json | jq '.entries[].effect'
  medledger log --dir ledger --subject maren --fhir audit.json")]
    Log(LogArgs),
    /// Write everything that the ledger holds of a patient to one file
    #[command(after_help = "\
Examples:
  medledger export --dir ledger --subject maren --to maren.cbor
  medledger check-proof maren.cbor --genesis ledger/genesis.cbor
  medledger export open maren.cbor --genesis genesis.cbor --key maren.key --to bundle.json

The records in it are sealed: only the patient's keys open them.")]
    Export(ExportArgs),
    /// Destroy sealed records, or wrap their keys anew
    #[command(
        subcommand,
        after_help = "\
Examples:
  medledger record destroy --dir ledger --record 3f0c… --for-good
  medledger record rewrap --dir ledger --subject maren"
    )]
    Record(RecordCommand),
    /// Write the offline receipt of one record to a file
    #[command(after_help = "\
Examples:
  medledger prove --dir ledger --record 3f0c… --to receipt.cbor
  medledger prove --dir ledger --record 3f0c… --to receipt.cbor --with-content --refresh

With --with-content the file holds the record and its salts: give it only to those who may read it.")]
    Prove(ProveArgs),
    /// Check a file with a proof, with nothing but the genesis
    #[command(after_help = "\
Examples:
  medledger check-proof receipt.cbor --genesis genesis.cbor
  medledger check-proof receipt.cbor --genesis genesis.cbor --at-least header.cbor --json

The genesis must come from somewhere you trust, not from whoever hands you the proof.
A proof claims nothing past its own height: --at-least demands that it reaches a header you have seen.")]
    CheckProof(CheckProofArgs),
    /// Verify a whole ledger from its genesis, without writing to it
    #[command(after_help = "\
Examples:
  medledger verify --dir ledger
  medledger verify --dir ledger --as founder --json

Without --as no secret is needed: sealed records are whole and of what was anchored, and nothing is opened.")]
    Verify(VerifyArgs),
    /// Show a ledger in figures
    #[command(after_help = "\
Examples:
  medledger status --dir ledger
  medledger status --dir ledger --header-to header.cbor")]
    Status(StatusArgs),
    /// Write a completion script for a shell
    #[command(after_help = "\
Example:
  medledger completions bash > ~/.local/share/bash-completion/completions/medledger")]
    Completions(CompletionsArgs),
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The ledger's folder: absent or empty
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// What people call the ledger
    #[arg(long, value_name = "N", default_value = "MedLedger consortium")]
    pub name: String,
}

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// The ledger's folder: absent or empty
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// A FHIR R4 bundle of one patient; may be repeated. By default a sample that ships with the command
    #[arg(long, value_name = "FILE")]
    pub bundle: Vec<PathBuf>,
}

/// What to do with identities.
#[derive(Debug, Subcommand)]
pub enum IdentityCommand {
    /// Make an identity, sponsored by a member of the consortium
    #[command(after_help = "\
Example:
  medledger identity new --dir ledger --kind patient --name maren")]
    New(NewArgs),
    /// List the identities that have keys here
    #[command(after_help = "\
Example:
  medledger identity list --dir ledger")]
    List(DirArgs),
    /// Show an identity: DID, keys, and the DID document with --json
    #[command(after_help = "\
Examples:
  medledger identity show --dir ledger maren
  medledger identity show --dir ledger did:medledger:z… --json")]
    Show(WhoArgs),
    /// Add a device key
    #[command(after_help = "\
Example:
  medledger identity add-device --dir ledger maren")]
    AddDevice(WhoArgs),
    /// Revoke a device key, with the controller key
    #[command(after_help = "\
Example:
  medledger identity revoke-device --dir ledger maren --key 3f0c9a11")]
    RevokeDevice(RevokeArgs),
    /// Replace the controller key by its successor; the devices stay
    #[command(after_help = "\
Example:
  medledger identity rotate --dir ledger maren")]
    Rotate(WhoArgs),
    /// End an identity for ever
    #[command(after_help = "\
Example:
  medledger identity deactivate --dir ledger maren")]
    Deactivate(WhoArgs),
    /// Issue and revoke credentials, by which an organisation vouches for a practitioner
    #[command(
        subcommand,
        after_help = "\
Example:
  medledger identity credential issue --dir ledger --to dr-chen --role 'urn:oid:2.16.840.1.113883.6.101|207Q00000X' \\
    --until 2027-01-01T00:00:00Z"
    )]
    Credential(CredentialCommand),
}

/// A ledger.
#[derive(Debug, Args)]
pub struct DirArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
}

/// Arguments of `identity new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// What the identity is
    #[arg(long, value_enum)]
    pub kind: KindArg,
    /// The name of its key file
    #[arg(long, value_name = "NAME")]
    pub name: String,
    /// The member that sponsors it; needed where more than one organisation has keys here
    #[arg(long = "as", value_name = "NAME")]
    pub signer: Option<String>,
}

/// An identity of a ledger.
#[derive(Debug, Args)]
pub struct WhoArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// A DID, or the name of a key file
    #[arg(value_name = "WHO")]
    pub who: String,
}

/// Arguments of `identity revoke-device`.
#[derive(Debug, Args)]
pub struct RevokeArgs {
    /// Whose device.
    #[command(flatten)]
    pub of: WhoArgs,
    /// The device key's id, or its first 8 digits or more
    #[arg(long, value_name = "KEY")]
    pub key: String,
}

/// The kinds of identity.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum KindArg {
    /// The subject of records
    Patient,
    /// Somebody who treats patients
    Practitioner,
    /// Such as a hospital
    Organisation,
    /// Something that produces streams
    Device,
}

impl From<KindArg> for Kind {
    fn from(kind: KindArg) -> Self {
        match kind {
            KindArg::Patient => Self::Patient,
            KindArg::Practitioner => Self::Practitioner,
            KindArg::Organisation => Self::Organisation,
            KindArg::Device => Self::Device,
        }
    }
}

/// Arguments of `anchor`.
#[derive(Debug, Args)]
pub struct AnchorArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// The patient: a DID, or the name of a key file
    #[arg(long, value_name = "DID")]
    pub subject: String,
    /// Which one.
    #[command(flatten)]
    pub pick: PickArgs,
    /// The FHIR R4 bundle
    #[arg(long, value_name = "FILE")]
    pub bundle: PathBuf,
    /// The custodian that signs; needed where more than one organisation has keys here
    #[arg(long = "as", value_name = "NAME")]
    pub signer: Option<String>,
}

/// Arguments of `timeline`.
#[derive(Debug, Args)]
pub struct TimelineArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// The patient: a DID, or the name of a key file
    #[arg(long, value_name = "DID")]
    pub subject: String,
    /// Which one.
    #[command(flatten)]
    pub pick: PickArgs,
    /// Show the records' ids too
    #[arg(long)]
    pub ids: bool,
    /// Also write it as FHIR R4 Provenances to this file, which must not be there yet
    #[arg(long, value_name = "FILE")]
    pub fhir: Option<PathBuf>,
}

/// Arguments of `prove`.
#[derive(Debug, Args)]
pub struct ProveArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// The record's id, 64 hexadecimal digits
    #[arg(long, value_name = "ID")]
    pub record: String,
    /// The file to write; it must not be there yet
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    /// Let the proof stand on the newest header instead of the record's own
    #[arg(long)]
    pub refresh: bool,
    /// Put the record and its salts into the file
    #[arg(long)]
    pub with_content: bool,
}

/// Arguments of `check-proof`.
#[derive(Debug, Args)]
pub struct CheckProofArgs {
    /// The file with the proof
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The genesis of the ledger
    #[arg(long, value_name = "FILE")]
    pub genesis: PathBuf,
    /// A certified header that the proof must reach
    #[arg(long, value_name = "HEADER")]
    pub at_least: Option<PathBuf>,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// Then open every sealed record with this identity's keys, to see that it is what was anchored
    #[arg(long = "as", value_name = "NAME")]
    pub opener: Option<String>,
}

/// Arguments of `status`.
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// Also write the newest header with its evidence to this file
    #[arg(long, value_name = "FILE")]
    pub header_to: Option<PathBuf>,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// A time with its offset, such as `2026-03-02T08:00:00+01:00`: milliseconds since 1970, either way.
fn moment(text: &str) -> Result<i64, String> {
    let advice = || "write it with its offset, such as 2026-03-02T08:00:00+01:00".to_owned();
    FhirDate::parse(text, DateKind::Instant).ok().and_then(|date| date.at_offset(0).start).ok_or_else(advice)
}

/// The same, as a ledger tells times.
pub(super) fn time(text: &str) -> Result<Timestamp, String> {
    moment(text).and_then(ledger_time)
}

/// A moment as a time of a ledger.
pub(super) fn ledger_time(moment: i64) -> Result<Timestamp, String> {
    let millis = u64::try_from(moment).map_err(|_| "no ledger has blocks from before 1970".to_owned());
    millis.map(Timestamp)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound_and_every_subcommand_has_examples() {
        Cli::command().debug_assert();
        fn walk(command: &clap::Command) {
            assert!(command.get_after_help().is_some(), "{} has no example", command.get_name());
            command.get_subcommands().for_each(walk);
        }
        walk(&Cli::command());
    }

    #[test]
    fn a_time_needs_its_offset() {
        assert_eq!(time("1970-01-01T01:00:00.5+01:00"), Ok(Timestamp(500)));
        for bad in ["2026-03-02T08:00:00", "2026-03-02", "1969-12-31T23:59:59Z", "now", ""] {
            assert!(time(bad).is_err(), "{bad}");
        }
    }
}
