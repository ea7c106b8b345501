//! What the command refuses by itself, and how every failure is told.

use medledger_core::error::Coded;
use medledger_core::operation::TransactionError;
use medledger_core::rules;
use medledger_core::validate::Refusal;
use medledger_sdk::anchor::AnchorError;
use medledger_sdk::fhir::consent::error::ConsentError;
use medledger_sdk::fhir::error::FhirError;
use medledger_sdk::seal::SealError;
use medledger_sdk::signer::SigningError;
use medledger_sdk::wallet::keystore::KeystoreFault;
use medledger_sdk::wallet::restore::RestoreFault;
use medledger_sdk::wallet::rotation::RotationFault;
use medledger_sdk::wallet::sheet::SheetFault;

use crate::NodeError;
use crate::keys::KeyFault;

rules! {
    /// Why the command does not do what it was asked to.
    pub enum CliError: CLI {
        /// Arguments that can't be understood.
        1 Usage { wrong: String, argument: String }:
            "the arguments are those that `--help` lists",
            "{wrong}";
        /// A file that can't be read.
        2 Unreadable { path: String, why: String }:
            "a file that is named can be read",
            "{path} can't be read ({why}): check the path and the permissions";
        /// A file that can't be written.
        3 Unwritable { path: String, why: String }:
            "a file that is named can be written, and is not there yet",
            "{path} can't be written ({why}): name another file, or check the folder and its permissions";
        /// A file that is too long.
        4 FileTooLarge { path: String, limit: u64 }:
            "a file is at most as long as its kind may be",
            "{path} is longer than {limit} bytes, which is the most that is read";
        /// Not a DID.
        5 NotADid { text: String }:
            "an identity is named by its DID or by the name of its key file",
            "{text:?} is neither a DID (did:medledger:z…) nor the name of a key file: `medledger identity list` shows both";
        /// No keys of that name.
        6 NoKeys { name: String }:
            "an identity that signs has its key file in the ledger's folder `keys`",
            "there are no keys for {name:?} here: `medledger identity list` shows those that there are";
        /// A name that is taken.
        7 NameTaken { name: String }:
            "each identity has a name of its own",
            "there are keys for {name:?} already: choose another name";
        /// Not a name.
        8 BadName { name: String }:
            "the name of a key file is 1 to 64 of a-z, 0-9 and hyphens",
            "{name:?} can't be the name of a key file: use 1 to 64 of a-z, 0-9 and hyphens, and not \"validator\"";
        /// A key file that can't be used.
        9 BadKeyFile { path: String, why: String }:
            "a key file is as the command wrote it",
            "{path} can't be used ({why}): restore it from a backup";
        /// Nobody to sign.
        10 NoSigner { role: &'static str }:
            "who signs is named where more than one could",
            "it is not clear which {role} signs: name one with --as";
        /// No random numbers.
        11 NoEntropy { why: String }:
            "the operating system gives random numbers",
            "the operating system gives no random numbers ({why}): no keys can be made";
        /// Not a record's id.
        12 NotARecordId { text: String }:
            "a record is named by the 64 digits that `timeline --json` shows",
            "{text:?} is not the id of a record: copy the 64 hexadecimal digits from `medledger timeline`";
        /// A record that is not held here.
        13 NotHeld { record: String }:
            "a record is proven by a host that holds it",
            "this host does not hold record {record}: ask its custodian, or check the id";
        /// No block yet.
        14 NoBlockYet:
            "a header with evidence is that of a block",
            "the ledger has no block yet, and the genesis needs no evidence: anchor something first";
        /// Not a genesis.
        15 NotAGenesis { path: String, why: String }:
            "the genesis is that of a ledger",
            "{path} is not a genesis ({why}): take genesis.cbor from the folder of a ledger you trust";
        /// Not a certified header.
        16 NotAHeader { path: String, why: String }:
            "the header is certified, and of the ledger of the genesis",
            "{path} is not a certified header of this ledger ({why}): make one with `medledger status --header-to`";
        /// A subject that the ledger does not know.
        17 UnknownSubject { did: String }:
            "a subject has been incepted on the ledger",
            "{did} is not known on this ledger: `medledger identity list` shows the identities with keys here";
        /// The output can't be written.
        18 NoOutput { why: String }:
            "standard output takes what is written",
            "the output can't be written ({why}): check the disk and the command after the pipe";
        /// A device that the file has no key for.
        19 NoSuchKey { key: String }:
            "a key is named by its id, or by the first 8 digits or more",
            "{key:?} names no live device of this identity: `medledger identity show` lists them";
        /// The block was made without the transaction.
        20 NotTaken:
            "a transaction that counts is taken into the next block",
            "the block was made without the transaction: try again, and see that the right key signs it";
        /// The custodian refused.
        21 Denied { record: String }:
            "a record is opened once its custodian has released it",
            "the custodian has refused record {record}: it tells its reasons to the patient and to auditors";
        /// Terms that can't be understood.
        22 BadTerms { element: String, why: String }:
            "the terms of a consent are written as `consent grant --help` shows",
            "{element} can't stand in the terms of a consent: {why}";
        /// Not an id.
        23 NotAnId { what: &'static str, text: String }:
            "consents, sessions, credentials and grounds are named by the 64 digits that the command has shown",
            "{text:?} is not the id of a {what}: copy the 64 hexadecimal digits";
        /// A file of another kind.
        24 NotAFileOf { path: String, what: &'static str, why: String }:
            "a file is of the kind that is asked for, and as the command wrote it",
            "{path} is not {what} ({why})";
        /// Secrets that others can read.
        40 Exposed { path: String }:
            "a file of keys can be read and written by its owner alone",
            "{path} can be read by others: `chmod 600` it, and change keys or passphrase if somebody may have copied it";
        /// No passphrase.
        41 NoPassphrase { variable: &'static str }:
            "a wallet is opened with its passphrase",
            "there is no passphrase: name a file with --passphrase-file, or set {variable}, or run this at a terminal";
        /// Two passphrases.
        42 PassphrasesDiffer:
            "a new passphrase is typed the same twice",
            "the passphrases differ: nothing was changed";
        /// No sheet.
        43 NoSheet { option: &'static str }:
            "the words of a sheet come from a file or from whoever sits at the terminal",
            "there are no words: name a file with {option}, or run this at a terminal";
        /// Nowhere to show words.
        44 NoTerminal:
            "words of a sheet are shown on a terminal, or written to a file that is named",
            "there is no terminal to show the words on: name files for the sheets";
        /// A wallet with several identities.
        45 WhichIdentity { name: String }:
            "of a wallet with several identities the one that is meant is named",
            "{name:?} is no one identity of the wallet: name one by its number or relationship with --identity, as `medledger wallet show` lists them";
        /// A wallet where a key file is needed.
        46 OnPaper { name: String }:
            "a wallet's controller is on its sheets, and not on this machine",
            "the controller of {name:?} is on the wallet's sheets: use `medledger wallet` to change its devices and keys";
        /// A relationship that could be taken for a number.
        47 BadRelationship { name: String }:
            "the name of a relationship is a line of 1 to 128 bytes, and no number",
            "{name:?} can't be the name of a relationship: use a line of 1 to 128 bytes that is not a number";
        /// No wallet.
        48 NoWallet { name: String }:
            "a wallet is named by its name",
            "there is no wallet {name:?} here";
    }
}

/// A failure as it is told: on a terminal as a sentence, under `--json` as an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The code of the rule.
    pub code: String,
    /// What happened, and what to do next.
    pub what: String,
    /// The element, file or argument that it is about.
    pub element: Option<String>,
    /// The exit code: 2 for bad usage or input, 3 when a rule of the ledger refused.
    pub exit: u8,
    /// Whether the ledger may have recorded what was sent all the same: a disk that failed tells neither.
    pub in_doubt: bool,
}

/// Bad usage or input.
pub const BAD_INPUT: u8 = 2;
/// Refused by a rule.
pub const REFUSED: u8 = 3;

impl Failure {
    fn new(error: &impl Coded, element: Option<String>, exit: u8) -> Self {
        Self { code: error.rule().to_string(), what: error.to_string(), element, exit, in_doubt: false }
    }

    /// A refusal by a rule of the ledger.
    pub fn refused(error: &impl Coded) -> Self {
        Self::new(error, None, REFUSED)
    }

    /// Input that breaks a rule.
    pub fn bad_input(error: &impl Coded, element: Option<String>) -> Self {
        Self::new(error, element, BAD_INPUT)
    }
}

impl Failure {
    /// The same where the ledger may have recorded what was sent.
    #[must_use]
    pub fn in_doubt(self) -> Self {
        Self { in_doubt: true, ..self }
    }

    /// The same, telling that fresh keys were not thrown away.
    #[must_use]
    pub fn keeping(self, path: &std::path::Path) -> Self {
        let what = format!("{}; the new keys stay in {}", self.what, path.display());
        Self { what, ..self }
    }
}

impl From<CliError> for Failure {
    fn from(error: CliError) -> Self {
        let element = match &error {
            CliError::Usage { argument, .. } => Some(argument.clone()).filter(|named| !named.is_empty()),
            CliError::Unreadable { path, .. }
            | CliError::Unwritable { path, .. }
            | CliError::FileTooLarge { path, .. }
            | CliError::BadKeyFile { path, .. }
            | CliError::NotAGenesis { path, .. }
            | CliError::NotAHeader { path, .. } => Some(path.clone()),
            CliError::NotADid { text } | CliError::NotARecordId { text } => Some(text.clone()),
            CliError::NoKeys { name } | CliError::NameTaken { name } | CliError::BadName { name } => {
                Some(name.clone())
            }
            CliError::BadTerms { element, .. } => Some(element.clone()),
            CliError::NotAnId { text, .. } => Some(text.clone()),
            CliError::NotAFileOf { path, .. } => Some(path.clone()),
            CliError::NotHeld { record } | CliError::Denied { record } => Some(record.clone()),
            CliError::UnknownSubject { did } => Some(did.clone()),
            CliError::NoSuchKey { key } => Some(key.clone()),
            CliError::Exposed { path } => Some(path.clone()),
            CliError::WhichIdentity { name }
            | CliError::OnPaper { name }
            | CliError::BadRelationship { name }
            | CliError::NoWallet { name } => Some(name.clone()),
            CliError::NoSheet { option } => Some((*option).to_owned()),
            CliError::NoPassphrase { .. } => Some("--passphrase-file".to_owned()),
            CliError::PassphrasesDiffer | CliError::NoTerminal => None,
            CliError::NoSigner { .. } => Some("--as".to_owned()),
            CliError::NoEntropy { .. }
            | CliError::NoBlockYet
            | CliError::NoOutput { .. }
            | CliError::NotTaken => None,
        };
        let exit = if matches!(error, CliError::Denied { .. }) { REFUSED } else { BAD_INPUT };
        Self::new(&error, element, exit)
    }
}

impl From<FhirError> for Failure {
    fn from(error: FhirError) -> Self {
        let element = error.element().map(str::to_owned);
        Self::bad_input(&error, element)
    }
}

impl From<ConsentError> for Failure {
    fn from(error: ConsentError) -> Self {
        let element = error.element().map(str::to_owned);
        Self::bad_input(&error, element)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::refused(&refusal)
    }
}

impl From<TransactionError> for Failure {
    fn from(error: TransactionError) -> Self {
        Self::refused(&error)
    }
}

impl From<SigningError> for Failure {
    fn from(error: SigningError) -> Self {
        Self::refused(&error)
    }
}

macro_rules! bad_input {
    ($($fault:ty),*) => { $(
        impl From<$fault> for Failure {
            fn from(fault: $fault) -> Self {
                Self::bad_input(&fault, None)
            }
        }
    )* };
}

bad_input!(SheetFault, RestoreFault, KeystoreFault, RotationFault);

impl From<AnchorError> for Failure {
    fn from(error: AnchorError) -> Self {
        Self::bad_input(&error, None)
    }
}

impl From<SealError> for Failure {
    fn from(error: SealError) -> Self {
        NodeError::Seal(error).into()
    }
}

impl From<medledger_core::codec::CodecError> for Failure {
    fn from(error: medledger_core::codec::CodecError) -> Self {
        Self::bad_input(&error, None)
    }
}

impl From<NodeError> for Failure {
    fn from(error: NodeError) -> Self {
        let exit = match &error {
            NodeError::Transaction(_) | NodeError::Engine(_) | NodeError::Block(_) => REFUSED,
            // A rule of sealed records that keeps one shut, not damage.
            NodeError::Seal(SealError::NoWrap | SealError::Destroyed { .. }) => REFUSED,
            _ => BAD_INPUT,
        };
        Self { code: error.code(), what: error.what(), element: error.element(), exit, in_doubt: false }
    }
}

impl From<KeyFault> for Failure {
    fn from(fault: KeyFault) -> Self {
        let name =
            |path: &std::path::Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match fault {
            KeyFault::Missing(path) => CliError::NoKeys { name: name(&path) },
            KeyFault::Taken(path) => CliError::NameTaken { name: name(&path) },
            KeyFault::Damaged(path, why) => {
                CliError::BadKeyFile { path: path.display().to_string(), why: why.to_owned() }
            }
            KeyFault::Exposed(path) => CliError::Exposed { path: path.display().to_string() },
            KeyFault::Io(path, why) => {
                CliError::Unwritable { path: path.display().to_string(), why: why.to_string() }
            }
        }
        .into()
    }
}
