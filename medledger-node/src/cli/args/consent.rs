//! Consents: granted, amended, revoked; as FHIR resources checked and written.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use medledger_core::units::Timestamp;
use medledger_core::vocabulary::{ACTIONS, Coding, is_resource_type};
use medledger_sdk::fhir::date::{FhirDate, Kind};

use super::access::SubjectArgs;
use super::time;
use super::wallet::{PickArgs, UnlockArgs};

/// What to do with consents.
#[derive(Debug, Subcommand)]
pub enum ConsentCommand {
    /// Grant a consent
    #[command(after_help = "\
Examples:
  medledger consent grant --dir ledger --subject maren --to dr-chen --purpose TREAT --until 2027-01-01T00:00:00Z
  medledger consent grant --dir ledger --subject maren --role 'urn:oid:2.16.840.1.113883.6.101|207P00000X' \\
    --purpose ERTREAT --type AllergyIntolerance --type MedicationRequest --until 2026-03-03T08:00:00Z
  medledger consent grant --dir ledger --subject maren --terms terms.json
  medledger consent grant --dir ledger --subject maren --fhir consent.json --zone +01:00 --map Organization/f001=founder

A file of terms nests exceptions:
  {\"until\": \"2027-01-01T00:00:00Z\", \"effect\": \"permit\", \"actors\": [{\"did\": \"dr-chen\"}], \"purposes\": [\"TREAT\"],
   \"rules\": [{\"effect\": \"deny\", \"types\": [\"Observation\"], \"rules\": [{\"effect\": \"permit\", \"purposes\": [\"ERTREAT\"]}]}]}")]
    Grant(GrantArgs),
    /// Give a consent new terms
    #[command(after_help = "\
Example:
  medledger consent amend --dir ledger --subject maren --consent 3f0c… --to dr-chen --until 2027-06-01T00:00:00Z")]
    Amend(AmendArgs),
    /// Take a consent back; sessions on it end
    #[command(after_help = "\
Example:
  medledger consent revoke --dir ledger --subject maren --consent 3f0c…")]
    Revoke(ConsentArgs),
    /// List a patient's consents, provably all
    #[command(after_help = "\
Example:
  medledger consent list --dir ledger --subject maren")]
    List(SubjectArgs),
    /// Ask what a FHIR R4 Consent says to one request; no ledger is needed
    #[command(after_help = "\
Examples:
  medledger consent check --fhir consent.json --actor Practitioner/chen --actor Organization/norwick --purpose TREAT \\
    --class Observation --code 'http://loinc.org|8867-4' --label none --at 2026-03-02T08:00:00+01:00
  medledger consent check --fhir consent.json --actor Group/research --purpose HRESCH --class Condition \\
    --label 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality|R' --at 2026-03-02T08:00:00Z --json

What is not given is not known: it never helps a permit, and always a deny. --label none says: assessed, and none.
A Consent that can't be read faithfully is refused by the element that it is about; docs/fhir-consent.md lists them.")]
    Check(CheckArgs),
    /// Write a consent as a FHIR R4 Consent that reads back as the same terms
    #[command(after_help = "\
Example:
  medledger consent export --dir ledger --consent 3f0c… --to consent.json")]
    Export(ExportConsentArgs),
    /// Node: write what a wallet must know of the ledger to sign, proven as of the newest header
    #[command(after_help = "\
Example:
  medledger consent state --dir ledger --subject maren --to state.cbor")]
    State(StateArgs),
    /// Wallet: sign a grant, an amendment or a revocation with nothing but its key, the genesis and that proof
    #[command(after_help = "\
Examples:
  medledger consent sign --key maren.key --genesis genesis.cbor --state state.cbor --to-file grant.cbor \\
    --to did:medledger:z… --purpose TREAT --until 2027-01-01T00:00:00Z
  medledger consent sign --key maren.key --genesis genesis.cbor --state state.cbor --to-file revoke.cbor --revoke 3f0c…
  medledger submit --dir ledger grant.cbor")]
    Sign(SignArgs),
}

/// Arguments of `consent state`.
#[derive(Debug, Args)]
pub struct StateArgs {
    /// Whose.
    #[command(flatten)]
    pub of: SubjectArgs,
    /// A consent that is to be amended; may be repeated
    #[arg(long, value_name = "ID")]
    pub consent: Vec<String>,
    /// The file to write; it must not be there yet
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}

/// Arguments of `consent sign`.
#[derive(Debug, Args)]
pub struct SignArgs {
    /// The patient's key file, or wallet
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,
    /// Which one.
    #[command(flatten)]
    pub pick: PickArgs,
    /// How a wallet is unlocked.
    #[command(flatten)]
    pub unlock: UnlockArgs,
    /// The genesis of the ledger
    #[arg(long, value_name = "FILE")]
    pub genesis: PathBuf,
    /// What `consent state` wrote
    #[arg(long, value_name = "FILE")]
    pub state: PathBuf,
    /// The file to write; it must not be there yet
    #[arg(long, value_name = "FILE")]
    pub to_file: PathBuf,
    /// Give this consent the terms instead of granting a new one
    #[arg(long, value_name = "ID")]
    pub amend: Option<String>,
    /// Take this consent back
    #[arg(long, value_name = "ID", conflicts_with_all = ["amend", "terms", "fhir", "until"])]
    pub revoke: Option<String>,
    /// What.
    #[command(flatten)]
    pub terms: TermsArgs,
}

/// Arguments of `consent grant`.
#[derive(Debug, Args)]
pub struct GrantArgs {
    /// Whose.
    #[command(flatten)]
    pub of: SubjectArgs,
    /// What.
    #[command(flatten)]
    pub terms: TermsArgs,
}

/// Arguments of `consent amend`.
#[derive(Debug, Args)]
pub struct AmendArgs {
    /// Which.
    #[command(flatten)]
    pub of: ConsentArgs,
    /// What.
    #[command(flatten)]
    pub terms: TermsArgs,
}

/// A consent.
#[derive(Debug, Args)]
pub struct ConsentArgs {
    /// Whose.
    #[command(flatten)]
    pub of: SubjectArgs,
    /// The consent's id, 64 hexadecimal digits
    #[arg(long, value_name = "ID")]
    pub consent: String,
}

/// The terms of a consent.
#[derive(Debug, Args)]
pub struct TermsArgs {
    /// A JSON file of terms, in place of all options below
    #[arg(long, value_name = "FILE")]
    pub terms: Option<PathBuf>,
    /// A FHIR R4 Consent, in place of all options below but --zone and --map
    #[arg(long, value_name = "FILE", conflicts_with = "terms")]
    pub fhir: Option<PathBuf>,
    /// The zone of the Consent's dates that state none, where its dateTime has no offset
    #[arg(long, value_name = "±HH:MM", value_parser = zone, allow_hyphen_values = true, requires = "fhir")]
    pub zone: Option<i64>,
    /// Whom a reference of the Consent means: a DID, or the name of a key file; may be repeated
    #[arg(long, value_name = "REF=DID", requires = "fhir")]
    pub map: Vec<String>,
    /// To whom: a DID, or the name of a key file; may be repeated
    #[arg(long, value_name = "DID", conflicts_with_all = ["terms", "fhir"])]
    pub to: Vec<String>,
    /// To everybody who acts for this organisation
    #[arg(long, value_name = "DID", conflicts_with_all = ["terms", "fhir"])]
    pub organisation: Vec<String>,
    /// To everybody with this role
    #[arg(long, value_name = "SYSTEM|CODE", conflicts_with_all = ["terms", "fhir"])]
    pub role: Vec<String>,
    /// What for (HL7 v3 PurposeOfUse), with all that it subsumes
    #[arg(long, value_name = "CODE", conflicts_with_all = ["terms", "fhir"])]
    pub purpose: Vec<String>,
    /// What is done (FHIR consentaction)
    #[arg(long, value_name = "CODE", conflicts_with_all = ["terms", "fhir"])]
    pub action: Vec<String>,
    /// A FHIR resource type
    #[arg(long = "type", value_name = "TYPE", conflicts_with_all = ["terms", "fhir"])]
    pub types: Vec<String>,
    /// A category
    #[arg(long, value_name = "SYSTEM|CODE", conflicts_with_all = ["terms", "fhir"])]
    pub category: Vec<String>,
    /// From when on; by default now
    #[arg(long, value_name = "TIME", value_parser = time, conflicts_with_all = ["terms", "fhir"])]
    pub from: Option<Timestamp>,
    /// The first moment at which it is over
    #[arg(long, value_name = "TIME", value_parser = time, conflicts_with_all = ["terms", "fhir"])]
    pub until: Option<Timestamp>,
    /// Let these terms deny instead of permit
    #[arg(long, conflicts_with_all = ["terms", "fhir"])]
    pub deny: bool,
    /// Let the deny count against every other consent too
    #[arg(long, requires = "deny", conflicts_with_all = ["terms", "fhir"])]
    pub directive: bool,
    /// How many sessions it permits
    #[arg(long, value_name = "N", conflicts_with_all = ["terms", "fhir"])]
    pub uses: Option<u64>,
    /// What a permit obliges to (HL7 v3 ObligationPolicy)
    #[arg(long, value_name = "CODE", conflicts_with_all = ["terms", "fhir"])]
    pub obligation: Vec<String>,
}

/// Arguments of `consent check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The FHIR R4 Consent
    #[arg(long, value_name = "FILE")]
    pub fhir: PathBuf,
    /// Who asks: a reference of the requester, its organisation or a group of it; may be repeated
    #[arg(long, value_name = "REF", required = true, num_args = 1..)]
    pub actor: Vec<String>,
    /// A role of the requester; PRCP and IRCP are no criteria. May be repeated
    #[arg(long, value_name = "CODE", value_parser = role)]
    pub role: Vec<Coding>,
    /// What for (HL7 v3 PurposeOfUse)
    #[arg(long, value_name = "CODE")]
    pub purpose: String,
    /// What is done (FHIR consentaction)
    #[arg(long, value_name = "CODE", default_value = "access", value_parser = clap::builder::PossibleValuesParser::new(ACTIONS))]
    pub action: String,
    /// The record's resource type
    #[arg(long, value_name = "TYPE", value_parser = class)]
    pub class: String,
    /// A code of the record; may be repeated
    #[arg(long, value_name = "SYSTEM|CODE", value_parser = code)]
    pub code: Vec<Coding>,
    /// A security label of the record, or "none" for one that was assessed and has none; may be repeated
    #[arg(long, value_name = "SYSTEM|CODE", value_parser = label)]
    pub label: Vec<Label>,
    /// The record's reference
    #[arg(long, value_name = "REF")]
    pub record: Option<String>,
    /// Who wrote the record; may be repeated
    #[arg(long, value_name = "REF")]
    pub author: Vec<String>,
    /// What the record refers to, or what refers to it; may be repeated
    #[arg(long, value_name = "REF")]
    pub related: Vec<String>,
    /// When it happened
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub data_date: Option<FhirDate>,
    /// Who releases it
    #[arg(long, value_name = "REF")]
    pub custodian: Option<String>,
    /// The zone of dates that state none, where the Consent's dateTime has no offset
    #[arg(long, value_name = "±HH:MM", value_parser = zone, allow_hyphen_values = true)]
    pub zone: Option<i64>,
}

/// A security label, or that there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// Assessed, and none.
    None,
    /// One.
    Of(Coding),
}

/// Arguments of `consent export`.
#[derive(Debug, Args)]
pub struct ExportConsentArgs {
    /// The ledger's folder
    #[arg(long, value_name = "D")]
    pub dir: PathBuf,
    /// The consent's id, 64 hexadecimal digits
    #[arg(long, value_name = "ID")]
    pub consent: String,
    /// The file to write; it must not be there yet
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}

/// An offset from UTC in milliseconds.
pub(super) fn zone(text: &str) -> Result<i64, String> {
    let date = FhirDate::parse(&format!("2000-01-01T00:00:00{text}"), Kind::Instant);
    let offset = date.ok().and_then(|date| date.offset());
    offset.ok_or_else(|| "write it as an offset from UTC, such as +01:00".to_owned())
}

fn date(text: &str) -> Result<FhirDate, String> {
    FhirDate::parse(text, Kind::DateTime).map_err(|wrong| wrong.to_string())
}

fn code(text: &str) -> Result<Coding, String> {
    match text.split_once('|') {
        Some((system, code)) if !code.is_empty() => {
            let system = Some(system.to_owned()).filter(|system| !system.is_empty());
            Ok(Coding { system, code: code.to_owned() })
        }
        _ => Err("write it as SYSTEM|CODE".to_owned()),
    }
}

fn role(text: &str) -> Result<Coding, String> {
    if text.contains('|') { code(text) } else { Ok(Coding { system: None, code: text.to_owned() }) }
}

fn label(text: &str) -> Result<Label, String> {
    if text == "none" { Ok(Label::None) } else { code(text).map(Label::Of) }
}

fn class(text: &str) -> Result<String, String> {
    if is_resource_type(text) {
        Ok(text.to_owned())
    } else {
        Err("write the name of a FHIR resource type".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_an_offset() {
        assert_eq!((zone("+01:30"), zone("-05:00"), zone("Z")), (Ok(5_400_000), Ok(-18_000_000), Ok(0)));
        for bad in ["", "1", "+1", "CET", "+15:00", "Z+01:00"] {
            assert!(zone(bad).is_err(), "{bad}");
        }
    }
}
