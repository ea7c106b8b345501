//! Security labels: confidentiality, which is ordered, and sensitivity, which is not.

use alloc::vec::Vec;

use super::Coding;

/// The system of confidentiality codes.
pub const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
/// The system of sensitivity codes, among others.
pub const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
/// The sensitivity codes that the protocol's texts name; others of [`ACT_CODE`] are compared all the same.
pub const SENSITIVITY: &[&str] =
    &["PSY", "ETH", "SUD", "SDV", "HIV", "SEX", "STD", "SICKLE", "GDIS", "MH", "PSYTHPN"];

/// The classes of encounters (HL7 v3 ActEncounterCode), which are of [`ACT_CODE`] too.
const ENCOUNTER_CLASSES: &[&str] =
    &["ACUTE", "AMB", "EMER", "FLD", "HH", "IMP", "NONAC", "OBSENC", "PRENC", "SS", "VR"];

/// The levels of confidentiality, ascending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidentiality {
    /// U.
    Unrestricted,
    /// L.
    Low,
    /// M.
    Moderate,
    /// N, also of a record that was assessed and has no confidentiality code.
    Normal,
    /// R.
    Restricted,
    /// V.
    VeryRestricted,
}

impl Confidentiality {
    /// The level that a label stands for; `None` when it is not of that system or not a level.
    #[must_use]
    pub fn of(label: &Coding) -> Option<Self> {
        if label.system.as_deref() != Some(CONFIDENTIALITY) {
            return None;
        }
        match label.code.as_str() {
            "U" => Some(Self::Unrestricted),
            "L" => Some(Self::Low),
            "M" => Some(Self::Moderate),
            "N" => Some(Self::Normal),
            "R" => Some(Self::Restricted),
            "V" => Some(Self::VeryRestricted),
            _ => None,
        }
    }

    /// The level of a record that was assessed with these labels: the highest one, N when none is given, and `None`, not
    /// known, when there is a code of the system that is no level.
    #[must_use]
    pub fn of_record(labels: &[Coding]) -> Option<Self> {
        let levels = labels.iter().filter(|label| !is_sensitivity(label)).map(Self::of);
        levels.collect::<Option<Vec<_>>>().map(|levels| levels.into_iter().max().unwrap_or(Self::Normal))
    }
}

/// Whether a label is of any other system than that of confidentiality.
#[must_use]
pub fn is_sensitivity(label: &Coding) -> bool {
    label.system.as_deref() != Some(CONFIDENTIALITY)
}

/// Whether a code may be a security label, and so would disclose if it stood as a category in the clear. Of
/// [`ACT_CODE`], which holds both, only the classes of encounters are known to be none.
#[must_use]
pub fn is_label(code: &Coding) -> bool {
    match code.system.as_deref() {
        Some(CONFIDENTIALITY) => true,
        Some(ACT_CODE) => !ENCOUNTER_CLASSES.contains(&code.code.as_str()),
        _ => false,
    }
}
