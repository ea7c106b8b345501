//! Credentials, sessions and logs.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use medledger_core::units::Timestamp;

use super::time;
use super::wallet::{PickArgs, UnlockArgs};

/// Arguments of `submit`.
#[derive(Debug, Args)]
pub struct SubmitArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// The file with a signed transaction
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// A patient of a ledger.
#[derive(Debug, Args)]
pub struct SubjectArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// The patient: a DID, or the name of a key file
    #[arg(long, value_name = "DID")]
    pub subject: String,
    /// Which one.
    #[command(flatten)]
    pub pick: PickArgs,
    /// How a wallet is unlocked.
    #[command(flatten)]
    pub unlock: UnlockArgs,
}

impl SubjectArgs {
    /// The patient, with the identity that is meant.
    #[must_use]
    pub fn who(&self) -> String {
        self.pick.of(&self.subject)
    }
}

/// Arguments of `log`.
#[derive(Debug, Args)]
pub struct LogArgs {
    /// Whose.
    #[command(flatten)]
    pub of: SubjectArgs,
    /// Also write it as FHIR R4 AuditEvents to this file, which must not be there yet
    #[arg(long, value_name = "FILE")]
    pub fhir: Option<PathBuf>,
}

/// What to do with credentials.
#[derive(Debug, Subcommand)]
pub enum CredentialCommand {
    /// Vouch for a practitioner's role
    #[command(after_help = "\
Example:
  medledger identity credential issue --dir ledger --to dr-chen --role 'urn:oid:2.16.840.1.113883.6.101|207Q00000X' \\
    --until 2027-01-01T00:00:00Z")]
    Issue(IssueArgs),
    /// Vouch no longer
    #[command(after_help = "\
Example:
  medledger identity credential revoke --dir ledger --credential 3f0c…")]
    Revoke(RevokeCredentialArgs),
}

/// Arguments of `identity credential issue`.
#[derive(Debug, Args)]
pub struct IssueArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// The practitioner: a DID, or the name of a key file
    #[arg(long, value_name = "DID")]
    pub to: String,
    /// The role
    #[arg(long, value_name = "SYSTEM|CODE")]
    pub role: String,
    /// From when on; by default now
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub from: Option<Timestamp>,
    /// The first moment at which it is over
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub until: Timestamp,
    /// The organisation that vouches; needed where more than one has keys here
    #[arg(long = "as", value_name = "NAME")]
    pub signer: Option<String>,
}

/// Arguments of `identity credential revoke`.
#[derive(Debug, Args)]
pub struct RevokeCredentialArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// The credential's id, 64 hexadecimal digits
    #[arg(long, value_name = "ID")]
    pub credential: String,
    /// The organisation that vouched; needed where more than one has keys here
    #[arg(long = "as", value_name = "NAME")]
    pub signer: Option<String>,
}

/// What to do with access sessions.
#[derive(Debug, Subcommand)]
pub enum AccessCommand {
    /// Ask the ledger for a session; its answer is on record either way
    #[command(after_help = "\
Example:
  medledger access open --dir ledger --as dr-chen --subject maren --consent 3f0c… --credential 77ab… --purpose TREAT")]
    Open(OpenArgs),
    /// Read one record under a session: ask, be released, decrypt
    #[command(after_help = "\
Example:
  medledger access read --dir ledger --session 9d21… --record 3f0c… --to record.json")]
    Read(ReadArgs),
    /// Report and close sessions as a custodian; the requester's secret is removed
    #[command(after_help = "\
Example:
  medledger access close --dir ledger --session 9d21…")]
    Close(CloseArgs),
    /// Requester: sign the request for one record, and write it to a file
    #[command(after_help = "\
Example:
  medledger access request --dir ledger --session 9d21… --record 3f0c… --to request.cbor")]
    Request(ReadToArgs),
    /// Node: write the proof that the session of a request stands, as of the newest header
    #[command(after_help = "\
Example:
  medledger access prove --dir ledger --request request.cbor --to proof.cbor")]
    Prove(ProveSessionArgs),
    /// Node: write a sealed record with its proof, for its custodian's gateway
    #[command(after_help = "\
Example:
  medledger access hold --dir ledger --record 3f0c… --to held.cbor")]
    Hold(HoldArgs),
    /// Gateway: judge a request with nothing but its key, the genesis, a proof, the held record and its own logs
    #[command(after_help = "\
Example:
  medledger access hold --dir ledger --record 3f0c… --to held.cbor
  medledger access release --request request.cbor --proof proof.cbor --held held.cbor --genesis genesis.cbor \\
    --key founder.key --logs logs.cbor --to answer.cbor")]
    Release(ReleaseArgs),
    /// Requester: open an answer with nothing but the genesis and the session's secret
    #[command(after_help = "\
Example:
  medledger access receive --request request.cbor --answer answer.cbor --genesis genesis.cbor \\
    --secret ledger/keys/sessions/51c4….session --to record.json")]
    Receive(ReceiveArgs),
}

/// Arguments of `access open`.
#[derive(Debug, Args)]
pub struct OpenArgs {
    /// Whose records.
    #[command(flatten)]
    pub of: SubjectArgs,
    /// Who asks: a DID, or the name of a key file
    #[arg(long = "as", value_name = "NAME")]
    pub requester: String,
    /// The consent that the session stands on
    #[arg(long, value_name = "ID", required_unless_present = "ground", conflicts_with = "ground")]
    pub consent: Option<String>,
    /// The legal ground that the session stands on
    #[arg(long, value_name = "ID")]
    pub ground: Option<String>,
    /// The organisation that the requester acts for
    #[arg(long, value_name = "DID")]
    pub organisation: Option<String>,
    /// A credential that gives the requester's role; may be repeated
    #[arg(long, value_name = "ID")]
    pub credential: Vec<String>,
    /// Who is to release; by default the only organisation with keys here
    #[arg(long, value_name = "DID")]
    pub custodian: Vec<String>,
    /// What for (HL7 v3 PurposeOfUse)
    #[arg(long, value_name = "CODE")]
    pub purpose: String,
    /// What is to be done (FHIR consentaction)
    #[arg(long, value_name = "CODE", default_value = "access")]
    pub action: String,
    /// Only this FHIR resource type; may be repeated
    #[arg(long = "type", value_name = "TYPE")]
    pub types: Vec<String>,
    /// Only this category; may be repeated
    #[arg(long, value_name = "SYSTEM|CODE")]
    pub category: Vec<String>,
    /// Until when; by default an hour from now, at most 12
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub until: Option<Timestamp>,
}

/// A record under a session.
#[derive(Debug, Args)]
pub struct RecordArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// The session's id, 64 hexadecimal digits
    #[arg(long, value_name = "ID")]
    pub session: String,
    /// The record's id, 64 hexadecimal digits
    #[arg(long, value_name = "ID")]
    pub record: String,
    /// How the requester's wallet is unlocked.
    #[command(flatten)]
    pub unlock: UnlockArgs,
}

/// Arguments of `access read`.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// What.
    #[command(flatten)]
    pub of: RecordArgs,
    /// Write the record to this file instead of showing it
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
    /// The custodian that releases; needed where more than one has keys here
    #[arg(long, value_name = "NAME")]
    pub custodian: Option<String>,
}

/// Arguments of `access request`.
#[derive(Debug, Args)]
pub struct ReadToArgs {
    /// What.
    #[command(flatten)]
    pub of: RecordArgs,
    /// Who is to release; needed where the session names more than one
    #[arg(long, value_name = "DID")]
    pub custodian: Option<String>,
    /// The file to write; it must not be there yet
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}

/// Arguments of `access close`.
#[derive(Debug, Args)]
pub struct CloseArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// A session's id, 64 hexadecimal digits; may be repeated
    #[arg(long, value_name = "ID", required = true)]
    pub session: Vec<String>,
    /// The custodian that closes; needed where more than one has keys here
    #[arg(long = "as", value_name = "NAME")]
    pub signer: Option<String>,
}

/// Arguments of `access prove`.
#[derive(Debug, Args)]
pub struct ProveSessionArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// The file with the request
    #[arg(long, value_name = "FILE")]
    pub request: PathBuf,
    /// The file to write; it must not be there yet
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}

/// Arguments of `access hold`.
#[derive(Debug, Args)]
pub struct HoldArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// The record's id, 64 hexadecimal digits
    #[arg(long, value_name = "ID")]
    pub record: String,
    /// The file to write; it must not be there yet
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}

/// Arguments of `access release`.
#[derive(Debug, Args)]
pub struct ReleaseArgs {
    /// The file with the request
    #[arg(long, value_name = "FILE")]
    pub request: PathBuf,
    /// The proof that the session stands
    #[arg(long, value_name = "FILE")]
    pub proof: PathBuf,
    /// The record that is asked for, as `access hold` writes it; without it nothing is held
    #[arg(long, value_name = "FILE")]
    pub held: Option<PathBuf>,
    /// The genesis of the ledger
    #[arg(long, value_name = "FILE")]
    pub genesis: PathBuf,
    /// The custodian's key file
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,
    /// The custodian's session logs; made where they are not there yet
    #[arg(long, value_name = "FILE")]
    pub logs: PathBuf,
    /// The clock was ahead before, and is right now: forget the later time that the logs remember
    #[arg(long)]
    pub clock_was_ahead: bool,
    /// The file to write the answer to; it must not be there yet
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}

/// Arguments of `access receive`.
#[derive(Debug, Args)]
pub struct ReceiveArgs {
    /// The file with the request
    #[arg(long, value_name = "FILE")]
    pub request: PathBuf,
    /// The file with the answer
    #[arg(long, value_name = "FILE")]
    pub answer: PathBuf,
    /// The genesis of the ledger
    #[arg(long, value_name = "FILE")]
    pub genesis: PathBuf,
    /// The file with the session's secret
    #[arg(long, value_name = "FILE")]
    pub secret: PathBuf,
    /// Write the record to this file instead of showing it
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
}
