//! Wallets.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What to do with wallets.
#[derive(Debug, Subcommand)]
pub enum WalletCommand {
    /// Make a patient's wallet: two sheets of words, a keystore, and the first identity
    #[command(after_help = "\
Examples:
  medledger wallet new --dir ledger --name maren
  medledger wallet new --dir ledger --name maren --relationship 'Norwick hospital' --passphrase-file secret \\
    --first-sheet first.txt --second-sheet second.txt

Without files the sheets are shown once, on the terminal. The first restores everything; the second is for the day
on which the first is stolen, and belongs in another place.")]
    New(NewWalletArgs),
    /// Restore a wallet from its first sheet and the ledger alone
    #[command(after_help = "\
Examples:
  medledger wallet restore --dir ledger --name maren
  medledger wallet restore --dir ledger --name maren --first-sheet first.txt --new-device --json")]
    Restore(RestoreArgs),
    /// Show a wallet's identities; takes no passphrase
    #[command(after_help = "\
Example:
  medledger wallet show --dir ledger --name maren --json")]
    Show(WalletArgs),
    /// Change a wallet's passphrase
    #[command(after_help = "\
Example:
  medledger wallet passphrase --dir ledger --name maren --passphrase-file old --new-passphrase-file new

Copies of the old file still open with the old passphrase.")]
    Passphrase(PassphraseArgs),
    /// Make one more identity, for one more relationship
    #[command(after_help = "\
Example:
  medledger wallet identity --dir ledger --name maren --relationship 'Harbour clinic' --first-sheet first.txt

A wallet that was restored asks for the second sheet too.")]
    Identity(RelationshipArgs),
    /// Draw the sheet that a rotation will make the second one
    #[command(after_help = "\
Example:
  medledger wallet sheet --to third.txt")]
    Sheet(SheetArgs),
    /// Let the second sheet take over: every identity gets new keys, and the old first sheet signs nothing
    #[command(after_help = "\
Examples:
  medledger wallet rotate --dir ledger --name maren
  medledger wallet sheet --to third.txt
  medledger wallet rotate --dir ledger --name maren --second-sheet second.txt --next-sheet third.txt

At a terminal the next sheet is drawn, shown, and typed in before anything is signed. A rotation that stopped half-way
is finished by the same command with the same sheets.")]
    Rotate(RotateArgs),
}

/// A wallet.
#[derive(Debug, Args)]
pub struct WalletArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// The wallet's name
    #[arg(long, value_name = "NAME")]
    pub name: String,
}

/// Where a passphrase comes from.
#[derive(Debug, Args)]
pub struct UnlockArgs {
    /// A file whose first line is the wallet's passphrase; else MEDLEDGER_PASSPHRASE, else it is asked for
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// Which of a wallet's identities.
#[derive(Debug, Args)]
pub struct PickArgs {
    /// The identity of a wallet that has several: its number, or the name of the relationship
    #[arg(long, value_name = "N|NAME")]
    pub identity: Option<String>,
}

impl PickArgs {
    /// A wallet's name with the identity that is meant; any other name as it is.
    #[must_use]
    pub fn of(&self, who: &str) -> String {
        self.identity.as_ref().map_or_else(|| who.to_owned(), |identity| format!("{who}/{identity}"))
    }
}

/// Arguments of `wallet new`.
#[derive(Debug, Args)]
pub struct NewWalletArgs {
    /// Which.
    #[command(flatten)]
    pub of: WalletArgs,
    /// Whom the first identity is for, in the patient's words
    #[arg(long, value_name = "NAME", default_value = "first")]
    pub relationship: String,
    /// The member that sponsors it; needed where more than one organisation has keys here
    #[arg(long = "as", value_name = "NAME")]
    pub signer: Option<String>,
    /// Write the first sheet to this file instead of showing it
    #[arg(long, value_name = "FILE", requires = "second_sheet")]
    pub first_sheet: Option<PathBuf>,
    /// Write the second sheet to this file instead of showing it
    #[arg(long, value_name = "FILE", requires = "first_sheet")]
    pub second_sheet: Option<PathBuf>,
    /// How it is locked.
    #[command(flatten)]
    pub unlock: UnlockArgs,
}

/// Arguments of `wallet restore`.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// Which.
    #[command(flatten)]
    pub of: WalletArgs,
    /// A file with the words of the first sheet; else they are asked for
    #[arg(long, value_name = "FILE")]
    pub first_sheet: Option<PathBuf>,
    /// Add a device of its own to each identity instead of using one that the sheet has already
    #[arg(long)]
    pub new_device: bool,
    /// How it is locked.
    #[command(flatten)]
    pub unlock: UnlockArgs,
}

/// Arguments of `wallet passphrase`.
#[derive(Debug, Args)]
pub struct PassphraseArgs {
    /// Which.
    #[command(flatten)]
    pub of: WalletArgs,
    /// How it is locked.
    #[command(flatten)]
    pub unlock: UnlockArgs,
    /// A file whose first line is the new passphrase; else MEDLEDGER_NEW_PASSPHRASE, else it is asked for
    #[arg(long, value_name = "FILE")]
    pub new_passphrase_file: Option<PathBuf>,
}

/// Arguments of `wallet identity`.
#[derive(Debug, Args)]
pub struct RelationshipArgs {
    /// Which.
    #[command(flatten)]
    pub of: WalletArgs,
    /// Whom the identity is for, in the patient's words
    #[arg(long, value_name = "NAME")]
    pub relationship: String,
    /// The member that sponsors it; needed where more than one organisation has keys here
    #[arg(long = "as", value_name = "NAME")]
    pub signer: Option<String>,
    /// A file with the words of the first sheet; else they are asked for
    #[arg(long, value_name = "FILE")]
    pub first_sheet: Option<PathBuf>,
    /// A file with the words of the second sheet; needed where the wallet keeps no digest of the successor
    #[arg(long, value_name = "FILE")]
    pub second_sheet: Option<PathBuf>,
    /// How it is locked.
    #[command(flatten)]
    pub unlock: UnlockArgs,
}

/// Arguments of `wallet sheet`.
#[derive(Debug, Args)]
pub struct SheetArgs {
    /// Write the sheet to this file instead of showing it
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
}

/// Arguments of `wallet rotate`.
#[derive(Debug, Args)]
pub struct RotateArgs {
    /// Which.
    #[command(flatten)]
    pub of: WalletArgs,
    /// A file with the words of the second sheet; else they are asked for
    #[arg(long, value_name = "FILE")]
    pub second_sheet: Option<PathBuf>,
    /// A file with the words of the next sheet, written down; else one is drawn and shown
    #[arg(long, value_name = "FILE")]
    pub next_sheet: Option<PathBuf>,
    /// A file with the words of the first sheet, to find identities that this wallet does not keep
    #[arg(long, value_name = "FILE")]
    pub first_sheet: Option<PathBuf>,
    /// A device key that stays: its id, or its first 8 digits or more; may be repeated
    #[arg(long, value_name = "KEY")]
    pub keep: Vec<String>,
    /// How it is locked.
    #[command(flatten)]
    pub unlock: UnlockArgs,
}
