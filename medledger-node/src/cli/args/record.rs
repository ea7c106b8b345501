//! What can be asked for about sealed records and exports.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::wallet::{PickArgs, UnlockArgs};

/// What to do with the sealed records of this host.
#[derive(Debug, Subcommand)]
pub enum RecordCommand {
    /// Destroy the key, both salts, every wrap and the sealed content of a record; the ledger stays as it is
    #[command(after_help = "\
Example:
  medledger record destroy --dir ledger --record 3f0c… --for-good

Backups, snapshots of the file system and flash disks may still remember the wraps: destroy those too. Who has received the
record keeps what they have.")]
    Destroy(DestroyArgs),
    /// Wrap the keys of a patient's records to the devices that are live now
    #[command(after_help = "\
Example:
  medledger identity add-device --dir ledger maren
  medledger record rewrap --dir ledger --subject maren")]
    Rewrap(RewrapArgs),
}

/// Arguments of `record destroy`.
#[derive(Debug, Args)]
pub struct DestroyArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// The record's id, 64 hexadecimal digits
    #[arg(long, value_name = "ID")]
    pub record: String,
    /// That it is meant: what is destroyed comes back for nobody, and no key is asked for
    #[arg(long, required = true)]
    pub for_good: bool,
}

/// Arguments of `record rewrap`.
#[derive(Debug, Args)]
pub struct RewrapArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// The patient: a DID, or the name of a key file
    #[arg(long, value_name = "DID")]
    pub subject: String,
    /// Which one.
    #[command(flatten)]
    pub pick: PickArgs,
    /// The custodian that opens them; needed where more than one organisation has keys here
    #[arg(long = "as", value_name = "NAME")]
    pub signer: Option<String>,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ExportArgs {
    /// What else than writing one.
    #[command(subcommand)]
    pub command: Option<ExportCommand>,
    /// The ledger's folder
    #[arg(long, value_name = "D", required = true)]
    pub dir: Option<PathBuf>,
    /// The patient: a DID, or the name of a key file
    #[arg(long, value_name = "DID", required = true)]
    pub subject: Option<String>,
    /// Which one.
    #[command(flatten)]
    pub pick: PickArgs,
    /// The file to write; it must not be there yet
    #[arg(long, value_name = "FILE", required = true)]
    pub to: Option<PathBuf>,
}

/// What to do with an export.
#[derive(Debug, Subcommand)]
pub enum ExportCommand {
    /// Open the sealed records of an export with the patient's keys, into one FHIR bundle
    #[command(after_help = "\
Example:
  medledger export open maren.cbor --genesis genesis.cbor --key maren.key --to bundle.json
  medledger export open maren.cbor --genesis genesis.cbor --dir ledger --as maren --to bundle.json")]
    Open(ExportOpenArgs),
}

/// Arguments of `export open`.
#[derive(Debug, Args)]
pub struct ExportOpenArgs {
    /// The export
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The genesis of the ledger
    #[arg(long, value_name = "FILE")]
    pub genesis: PathBuf,
    /// The patient's key file or wallet
    #[arg(long, value_name = "FILE", required_unless_present = "opener", conflicts_with = "opener")]
    pub key: Option<PathBuf>,
    /// The patient whose keys or wallet are in a ledger's folder
    #[arg(long = "as", value_name = "NAME", requires = "dir")]
    pub opener: Option<String>,
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: Option<PathBuf>,
    /// How a wallet is unlocked.
    #[command(flatten)]
    pub unlock: UnlockArgs,
    /// The bundle to write; it must not be there yet
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}
