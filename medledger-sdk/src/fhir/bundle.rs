//! A FHIR bundle, checked whole before anything of it is used.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use rand_core::CryptoRng;

use medledger_core::record::commitment::{CommitmentError, Commitments, Content, Opening, Salt};
use medledger_core::record::facts::Facts;

use super::canonical::{Json, Limits, Object};
use super::clinical::check_dates;
use super::error::FhirError;
use super::facts::{Context, Resource};
use super::path::{Path, cut, shown};

/// One resource of a bundle, ready to be committed to. `Debug` shows its type and size, and no health data.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// The entry's fullUrl, where it has one.
    pub full_url: Option<String>,
    /// The resource type.
    pub resource_type: String,
    /// The resource's id, where it has one.
    pub id: Option<String>,
    /// The resource in canonical form ([`canonical`](super::canonical)): the content that is committed to.
    pub canonical: Vec<u8>,
    /// The facts; `facts.reference` is `Type/id`, or the fullUrl of a resource without an id.
    pub facts: Facts,
    /// A short title for a person to read, such as "Body weight".
    pub display: String,
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Entry({}, {} bytes)", self.resource_type, self.canonical.len())
    }
}

impl Entry {
    /// Draws two salts and commits: what goes onto the ledger, and the secret that opens it.
    ///
    /// # Errors
    /// [`CommitmentError::SharedSalt`] where the random source gives the same 32 bytes twice. The facts of an entry
    /// that [`Bundle::parse`] made pass every other check.
    pub fn seal_commitments(
        &self,
        rng: &mut impl CryptoRng,
    ) -> Result<(Commitments, Opening), CommitmentError> {
        let mut salt = || {
            let mut bytes = zeroize::Zeroizing::new([0; Salt::LEN]);
            rng.fill_bytes(bytes.as_mut_slice());
            Salt::new(*bytes)
        };
        let opening = Opening {
            content: Content::new(self.canonical.clone()),
            content_salt: salt(),
            facts: self.facts.clone(),
            facts_salt: salt(),
        };
        Ok((opening.commitments()?, opening))
    }
}

/// A bundle of one patient, each resource checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    entries: Vec<Entry>,
    patient: Entry,
}

impl Bundle {
    /// Reads a bundle within [`Limits::BUNDLE`].
    ///
    /// # Errors
    /// The first [`FhirError`]; it names the element at fault.
    pub fn parse(bytes: &[u8]) -> Result<Self, FhirError> {
        Self::parse_within(bytes, &Limits::BUNDLE)
    }

    /// Reads a bundle within the caller's limits.
    ///
    /// # Errors
    /// As [`Bundle::parse`].
    pub fn parse_within(bytes: &[u8], limits: &Limits) -> Result<Self, FhirError> {
        let root = Path::root("Bundle");
        let mut json = Json::parse(bytes, "Bundle", limits)?;
        let found = json.get("resourceType");
        if found.and_then(Json::as_str) != Some("Bundle") {
            let element = root.key("resourceType").to_string();
            return Err(FhirError::NotABundle { element, found: shown(found) });
        }
        let path = root.key("entry");
        let list = match &mut json {
            Json::Object(object) => {
                id(object, &root)?;
                object.take("entry")
            }
            _ => None,
        };
        let list = match list {
            None | Some(Json::Null) => Vec::new(),
            Some(Json::Array(list)) => list,
            Some(_) => return Err(wrong(&path, "an array")),
        };
        check_dates(&json, &root)?;

        let mut index = Index::default();
        for (at, entry) in list.iter().enumerate() {
            index.add(entry, &path.item(at))?;
        }
        let patients = list.iter().filter(|entry| type_of(entry) == Some("Patient")).count();
        if patients != 1 {
            let found = u64::try_from(patients).unwrap_or(u64::MAX);
            return Err(FhirError::PatientCount { element: path.to_string(), found });
        }

        let mut entries = Vec::with_capacity(list.len());
        let mut patient = None;
        // Each tree is dropped as soon as its entry is made.
        for (at, (json, reference)) in list.into_iter().zip(index.references).enumerate() {
            let entry = import(&json, &reference, &mut index.context, &path.item(at), limits)?;
            if entry.resource_type == "Patient" {
                patient = Some(entry.clone());
            }
            entries.push(entry);
        }
        let patient =
            patient.ok_or_else(|| FhirError::PatientCount { element: path.to_string(), found: 0 })?;
        Ok(Self { entries, patient })
    }

    /// The entries, in the order of the bundle; the Patient is one of them.
    pub fn entries(&self) -> core::slice::Iter<'_, Entry> {
        self.entries.iter()
    }

    /// The one Patient.
    #[must_use]
    pub const fn patient(&self) -> &Entry {
        &self.patient
    }
}

impl<'b> IntoIterator for &'b Bundle {
    type Item = &'b Entry;
    type IntoIter = core::slice::Iter<'b, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries()
    }
}

impl IntoIterator for Bundle {
    type Item = Entry;
    type IntoIter = alloc::vec::IntoIter<Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

/// The title of one resource, such as "Body weight", from its canonical form: what [`Entry::display`] was.
///
/// # Errors
/// [`FhirError`] when this is no resource.
pub fn title(canonical: &[u8]) -> Result<String, FhirError> {
    let root = Path::root("Resource");
    let json = Json::parse(canonical, "Resource", &Limits::BUNDLE)?;
    let object = json.as_object().ok_or_else(|| wrong(&root, "an object"))?;
    let resource_type = resource_type(object, &root)?;
    Ok(Resource { object, path: &root, resource_type }.title())
}

/// What the first walk over the entries gathers: every resource's name, and what others need of it.
#[derive(Default)]
struct Index {
    references: Vec<String>,
    taken: BTreeSet<String>,
    context: Context,
}

impl Index {
    fn add(&mut self, entry: &Json<'_>, path: &Path<'_>) -> Result<(), FhirError> {
        let entry = entry.as_object().ok_or_else(|| wrong(path, "an object"))?;
        let resource_path = path.key("resource");
        let object = match entry.get("resource") {
            None | Some(Json::Null) => {
                return Err(FhirError::NoResource { element: resource_path.to_string() });
            }
            Some(resource) => resource.as_object().ok_or_else(|| wrong(&resource_path, "an object"))?,
        };
        let resource_type = resource_type(object, &resource_path)?;
        let named = id(object, &resource_path)?.map(|id| format!("{resource_type}/{id}"));
        let full_url = full_url(entry, path)?;
        let reference = match (named, full_url) {
            (Some(named), _) => named,
            (None, Some(url)) => url.to_string(),
            (None, None) => return Err(FhirError::NoReference { element: resource_path.to_string() }),
        };
        if !self.taken.insert(reference.clone()) {
            let element = resource_path.key("id").to_string();
            return Err(FhirError::DuplicateId { element, found: cut(&reference) });
        }
        if let Some(url) = full_url
            && self.context.names.insert(url.to_string(), reference.clone()).is_some()
        {
            let element = path.key("fullUrl").to_string();
            return Err(FhirError::DuplicateFullUrl { element, found: cut(url) });
        }
        if resource_type == "Medication" {
            let mut codes = Vec::new();
            Resource { object, path: &resource_path, resource_type }.collect("code", &mut codes)?;
            self.context.medications.insert(reference.clone(), codes);
        }
        self.references.push(reference);
        Ok(())
    }
}

/// One entry whose names are known to be good.
fn import(
    json: &Json<'_>,
    reference: &str,
    context: &mut Context,
    path: &Path<'_>,
    limits: &Limits,
) -> Result<Entry, FhirError> {
    let resource_path = path.key("resource");
    let missing = || FhirError::NoResource { element: resource_path.to_string() };
    let entry = json.as_object().ok_or_else(missing)?;
    let resource = entry.get("resource").ok_or_else(missing)?;
    let object = resource.as_object().ok_or_else(missing)?;

    let canonical = resource.canonical();
    let actual = u64::try_from(canonical.len()).unwrap_or(u64::MAX);
    if actual > limits.resource {
        let element = resource_path.to_string();
        return Err(FhirError::ResourceTooLarge { element, actual, limit: limits.resource });
    }
    check_dates(json, path)?;
    let resource_type = resource_type(object, &resource_path)?;
    let resource = Resource { object, path: &resource_path, resource_type };
    Ok(Entry {
        full_url: full_url(entry, path)?.map(ToString::to_string),
        resource_type: resource_type.to_string(),
        id: id(object, &resource_path)?.map(ToString::to_string),
        facts: resource.facts(reference, context)?,
        display: resource.title(),
        canonical,
    })
}

fn wrong(path: &Path<'_>, expected: &'static str) -> FhirError {
    FhirError::WrongShape { element: path.to_string(), expected }
}

fn type_of<'j>(entry: &'j Json<'_>) -> Option<&'j str> {
    entry.get("resource")?.get("resourceType")?.as_str()
}

/// `^[A-Z][A-Za-z]{1,63}$`
fn resource_type<'j>(object: &'j Object<'_>, path: &Path<'_>) -> Result<&'j str, FhirError> {
    let found = object.get("resourceType");
    found
        .and_then(Json::as_str)
        .filter(|name| {
            name.starts_with(|c: char| c.is_ascii_uppercase())
                && (2..=64).contains(&name.len())
                && name.bytes().all(|byte| byte.is_ascii_alphabetic())
        })
        .ok_or_else(|| FhirError::BadType {
            element: path.key("resourceType").to_string(),
            found: shown(found),
        })
}

/// `[A-Za-z0-9\-\.]{1,64}`
fn id<'j>(object: &'j Object<'_>, path: &Path<'_>) -> Result<Option<&'j str>, FhirError> {
    let found = object.get("id");
    match found {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(id))
            if (1..=64).contains(&id.len())
                && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.') =>
        {
            Ok(Some(id))
        }
        _ => Err(FhirError::BadId { element: path.key("id").to_string(), found: shown(found) }),
    }
}

fn full_url<'j>(entry: &'j Object<'_>, path: &Path<'_>) -> Result<Option<&'j str>, FhirError> {
    match entry.get("fullUrl") {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(url)) if !url.is_empty() => Ok(Some(url)),
        Some(_) => Err(wrong(&path.key("fullUrl"), "a string that is not empty")),
    }
}

#[cfg(test)]
mod tests;
