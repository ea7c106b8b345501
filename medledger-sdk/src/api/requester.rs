//! Asking to look: sessions, requests for records, what is released.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use rand_core::CryptoRng;
use serde::Serialize;

use medledger_core::access::{Scope, SessionBasis};
use medledger_core::codec::encode;
use medledger_core::hash::{ConsentVersion, CredentialId, GroundId, RecordId};
use medledger_core::identity::did_to_text;
use medledger_core::light::Receipt;
use medledger_core::limits::PROOF;
use medledger_core::vocabulary;

use super::access::Effect;
use super::draft::{Draft, Sender};
use super::error::{ArgumentError, Error};
use super::facts::Facts;
use super::key::Key;
use super::light::LightClient;
use super::parse;
use super::proof::ProvenRecord;
use super::terms::consent_of;
use super::units::{Coding, Interval, Time};
use crate::identity::copy;
use crate::release::ReleaseAnswer;
use crate::requester;

/// What somebody asks to look at. Lists need no order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionAsk {
    /// Whose records.
    pub subject: String,
    /// For which organisation.
    pub organisation: Option<String>,
    /// The credentials that give the requester's roles.
    pub credentials: Vec<String>,
    /// Who is to release.
    pub custodians: Vec<String>,
    /// The consent that it stands on; null for a legal ground.
    pub consent: Option<String>,
    /// That consent's version.
    pub consent_version: Option<String>,
    /// The registered legal ground that it stands on; null for a consent.
    pub legal_ground: Option<String>,
    /// What is to be done (FHIR `consentaction`).
    pub action: String,
    /// What for (HL7 v3 PurposeOfUse).
    pub purpose: String,
    /// Resource types; an empty list is all.
    pub types: Vec<String>,
    /// Categories; an empty list is all.
    pub categories: Vec<Coding>,
    /// When it happened; null for whenever.
    pub period: Option<Interval>,
    /// Until when; at most 12 hours.
    pub until: Time,
}

/// What a custodian answered to a request for a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReleaseSummary {
    /// What it is. Why something is denied is for the patient and the auditor.
    pub effect: Effect,
    /// Under which session.
    pub session: String,
    /// Which record.
    pub record: String,
    /// Who released it; null for a denial.
    pub custodian: Option<String>,
}

impl TryFrom<&SessionAsk> for requester::Ask {
    type Error = Error;

    fn try_from(ask: &SessionAsk) -> Result<Self, Error> {
        let basis = match (&ask.consent, &ask.consent_version, &ask.legal_ground) {
            (Some(consent), Some(version), None) => SessionBasis::Consent {
                consent: consent_of("consent", consent)?,
                version: parse::hex(
                    "consent_version",
                    "the hash of a version: 64 digits of hex",
                    version,
                    ConsentVersion::from_hex,
                )?,
            },
            (None, None, Some(ground)) => {
                let wanted = "a ground's id: 64 digits of hex";
                SessionBasis::LegalGround {
                    ground: parse::hex("legal_ground", wanted, ground, GroundId::from_hex)?,
                }
            }
            _ => {
                let wanted = "a consent with its version, or a legal ground".to_string();
                return Err(ArgumentError::WrongType { argument: "ask".into(), wanted }.into());
            }
        };
        let credential = |id: &String| {
            parse::hex("credentials", "a credential's id: 64 digits of hex", id, CredentialId::from_hex)
        };
        let organisation = ask.organisation.as_deref();
        Ok(Self {
            subject: parse::did("subject", &ask.subject)?,
            organisation: organisation.map(|did| parse::did("organisation", did)).transpose()?,
            credentials: ask.credentials.iter().map(credential).collect::<Result<_, _>>()?,
            custodians: ask
                .custodians
                .iter()
                .map(|did| parse::did("custodians", did))
                .collect::<Result<_, _>>()?,
            basis,
            action: ask.action.clone(),
            purpose: ask.purpose.clone(),
            scope: Scope {
                types: ask.types.clone(),
                categories: ask.categories.iter().map(vocabulary::Coding::from).collect(),
                period: ask.period.as_ref().map(Into::into),
            },
            until: ask.until.into(),
        })
    }
}

/// A practitioner, or whoever else asks to look: a device key, and for each session a fresh secret that releases are
/// encrypted to. Its secrets are overwritten when it is closed.
#[derive(Debug)]
pub struct Requester(requester::Requester);

impl Requester {
    /// A requester that has asked for nothing yet.
    ///
    /// # Errors
    /// API-002 for what is no DID.
    pub fn new(did: &str, device: &Key) -> Result<Self, Error> {
        Ok(Self(requester::Requester::new(parse::did("did", did)?, copy(&device.0))))
    }

    /// Asks for a session, under a fresh key whose secret it keeps. On a legal ground each custodian approves the draft.
    ///
    /// # Errors
    /// API-001 and API-002 for what is none.
    pub fn ask(
        &mut self,
        sender: &Sender,
        ask: &SessionAsk,
        rng: &mut impl CryptoRng,
    ) -> Result<Draft, Error> {
        let sender = crate::draft::Sender::try_from(sender)?;
        Ok(Draft(self.0.ask(&sender, ask.try_into()?, rng)))
    }

    /// Asks one of a session's custodians for a record: what is sent to its gateway, signed, and answered once.
    ///
    /// # Errors
    /// API-002 for what is none.
    pub fn request(
        &self,
        session: &OpenedSession,
        custodian: &str,
        record: &str,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        let what = (parse::did("custodian", custodian)?, record_of(record)?);
        Ok(encode(&self.0.request(&session.0, what, rng)?)?)
    }

    /// Opens what a custodian released: it is the record that the ledger knows, and the session's subject's.
    ///
    /// # Errors
    /// GTW-041 to GTW-046 for what does not open, API-007 for a denial.
    pub fn open(
        &self,
        client: &LightClient,
        session: &OpenedSession,
        release: &[u8],
    ) -> Result<ReleasedRecord, Error> {
        match parse::wire(release, &PROOF)? {
            ReleaseAnswer::Permit { release } => {
                Ok(ReleasedRecord(self.0.open(client.verifier(), &session.0, &release)?))
            }
            ReleaseAnswer::Deny { record, .. } => {
                Err(ArgumentError::NotThere { what: "release of record", name: record.to_string() }.into())
            }
        }
    }
}

/// A session that was opened, as its receipt shows.
#[derive(Debug)]
pub struct OpenedSession(requester::OpenedSession);

impl OpenedSession {
    /// A session from its receipt.
    ///
    /// # Errors
    /// LGT rules for a receipt that does not hold, GTW-044 for one of something else.
    pub fn from_receipt(receipt: &[u8], client: &LightClient) -> Result<Self, Error> {
        let receipt: Receipt = parse::wire(receipt, &PROOF)?;
        Ok(Self(requester::OpenedSession::from_receipt(receipt, client.verifier())?))
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> String {
        self.0.session.to_string()
    }

    /// The first millisecond after it, at the latest.
    #[must_use]
    pub fn not_after(&self) -> Time {
        self.0.state.not_after.into()
    }
}

/// A record that was released and opened. Overwritten when it is closed.
#[derive(Debug)]
pub struct ReleasedRecord(requester::Released);

impl ReleasedRecord {
    /// What the ledger says of it.
    #[must_use]
    pub fn proven(&self) -> ProvenRecord {
        (&self.0.record).into()
    }

    /// Its facts.
    #[must_use]
    pub fn facts(&self) -> Facts {
        (&self.0.opening.facts).into()
    }

    /// What was committed to.
    #[must_use]
    pub fn content(&self) -> Vec<u8> {
        self.0.opening.content.expose().to_vec()
    }

    /// The bytes as the custodian received them.
    #[must_use]
    pub fn original(&self) -> Vec<u8> {
        self.0.original.expose().to_vec()
    }
}

/// What a custodian's answer says to whoever can't open it.
///
/// # Errors
/// COD rules for bytes that are no answer.
pub fn read_release(release: &[u8]) -> Result<ReleaseSummary, Error> {
    Ok(match parse::wire(release, &PROOF)? {
        ReleaseAnswer::Permit { release } => ReleaseSummary {
            effect: Effect::Permit,
            session: release.session.to_string(),
            record: release.record.to_string(),
            custodian: Some(did_to_text(&release.custodian)),
        },
        ReleaseAnswer::Deny { session, record } => ReleaseSummary {
            effect: Effect::Deny,
            session: session.to_string(),
            record: record.to_string(),
            custodian: None,
        },
    })
}

pub(super) fn record_of(text: &str) -> Result<RecordId, Error> {
    parse::hex("record", "a record's id: 64 digits of hex", text, RecordId::from_hex)
}
