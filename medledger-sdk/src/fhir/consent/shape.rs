//! Elements in their places: each known by the table, none empty, none hidden behind an extension.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::super::canonical::{Json, Object};
use super::super::error::FhirError;
use super::super::path::{Path, shown};
use super::elements::{Treatment, element};
use super::error::{ConsentError, Unfaithful};

type Checked<T> = Result<T, ConsentError>;

pub(super) fn wrong(path: &Path<'_>, expected: &'static str) -> ConsentError {
    FhirError::WrongShape { element: path.to_string(), expected }.into()
}

/// Where modifier extensions are read by themselves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The resource.
    Root,
    /// A provision.
    Provision,
    /// Anywhere else: none is understood.
    Inside,
    /// Somewhere that is not read: only modifiers count.
    Unread,
}

/// Refuses what may change meanings, and what FHIR JSON never has: null and things that are empty. An empty list of
/// actors would else be no criterion, and permit everybody.
///
/// Recursion is bounded by the depth of the JSON.
pub(super) fn sound(json: &Json<'_>, path: &Path<'_>, place: Place) -> Checked<()> {
    match json {
        _ if place == Place::Unread && !matches!(json, Json::Array(_) | Json::Object(_)) => Ok(()),
        Json::Null => Err(wrong(path, "a value: FHIR has no null here")),
        Json::String(text) if text.trim().is_empty() => Err(wrong(path, "a string with something in it")),
        Json::Array(items) => {
            if items.is_empty() && place != Place::Unread {
                return Err(wrong(path, "an array with something in it"));
            }
            items.iter().enumerate().try_for_each(|(index, item)| sound(item, &path.item(index), place))
        }
        Json::Object(object) => {
            if object.iter().next().is_none() && place != Place::Unread {
                return Err(wrong(path, "an object with something in it"));
            }
            object.iter().try_for_each(|(key, value)| {
                let path = path.key(key);
                let plain = key.trim_start_matches('_');
                let own = matches!(place, Place::Root | Place::Provision) && key == "modifierExtension";
                if plain == "implicitRules" || (plain == "modifierExtension" && !own) {
                    let first = path.item(0);
                    let element = if value.as_array().is_some() { first } else { path };
                    return Err(Unfaithful::NotUnderstood { element: element.to_string() }.into());
                }
                let below = match (place, key) {
                    (Place::Root | Place::Provision, "provision") => Place::Provision,
                    (Place::Root, "contained" | "text" | "meta") | (Place::Unread, _) => Place::Unread,
                    _ => Place::Inside,
                };
                sound(value, &path, below)
            })
        }
        Json::Bool(_) | Json::Number(_) | Json::String(_) => Ok(()),
    }
}

/// An object of which every element is in the table.
pub(super) fn fields<'j, 'a>(
    json: &'j Json<'a>,
    path: &Path<'_>,
    of: &str,
    expected: &'static str,
) -> Checked<&'j Object<'a>> {
    let object = json.as_object().ok_or_else(|| wrong(path, expected))?;
    for (key, _) in object.iter() {
        let plain = key.strip_prefix('_').unwrap_or(key);
        let at = path.key(key);
        match element(of, plain).map(|element| element.treatment) {
            None => return Err(Unfaithful::UnknownElement { element: at.to_string() }.into()),
            Some(Treatment::Refused("FHR-043")) => {
                return Err(Unfaithful::NotR4 { element: at.to_string() }.into());
            }
            // A value that is only hinted at, such as an end that is unknown, is not one that is absent.
            Some(Treatment::Supported) if plain != key && object.get(plain).is_none() => {
                return Err(Unfaithful::Missing { element: path.key(plain).to_string() }.into());
            }
            Some(_) => {}
        }
    }
    Ok(object)
}

/// A string.
pub(super) fn text(object: &Object<'_>, path: &Path<'_>, key: &str) -> Checked<Option<String>> {
    match object.get(key) {
        None => Ok(None),
        Some(Json::String(text)) => Ok(Some(text.to_string())),
        Some(_) => Err(wrong(&path.key(key), "a string")),
    }
}

/// A list, each item read at its own path; `None` where there is none.
pub(super) fn list<T>(
    object: &Object<'_>,
    path: &Path<'_>,
    key: &str,
    read: impl Fn(&Json<'_>, &Path<'_>) -> Checked<T>,
) -> Checked<Option<Vec<T>>> {
    let path = path.key(key);
    let Some(json) = object.get(key) else { return Ok(None) };
    let items = json.as_array().ok_or_else(|| wrong(&path, "an array"))?;
    items
        .iter()
        .enumerate()
        .map(|(index, item)| read(item, &path.item(index)))
        .collect::<Checked<_>>()
        .map(Some)
}

/// An object of its own, such as a Period; `None` where there is none.
pub(super) fn one<T>(
    object: &Object<'_>,
    path: &Path<'_>,
    key: &str,
    read: impl Fn(&Json<'_>, &Path<'_>) -> Checked<T>,
) -> Checked<Option<T>> {
    object.get(key).map(|json| read(json, &path.key(key))).transpose()
}

/// What stands there, for a message.
pub(super) fn found(object: &Object<'_>, key: &str) -> String {
    shown(object.get(key))
}
