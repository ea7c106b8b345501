//! Consents as FHIR resources: checked, written.

use std::path::PathBuf;

use clap::Args;
use medledger_core::vocabulary::{ACTIONS, Coding, is_resource_type};
use medledger_sdk::fhir::date::{FhirDate, Kind};

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
