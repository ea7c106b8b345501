//! The resources of a bundle as they were received: each one's own text, byte for byte.

use alloc::vec::Vec;

use super::SealError;
use crate::fhir::bundle::Bundle;
use crate::fhir::canonical::{Json, Limits};

/// The texts of a bundle's resources, in its order: slices of the text that it was parsed from. That each is the text of
/// its entry shows when it is sealed.
///
/// # Errors
/// [`SealError::NotThisBundle`] for another text.
pub fn originals<'t>(text: &'t [u8], bundle: &Bundle) -> Result<Vec<&'t [u8]>, SealError> {
    let texts = resources(text).unwrap_or_default();
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let (found, expected) = (number(texts.len()), number(bundle.entries().len()));
    if found == expected { Ok(texts) } else { Err(SealError::NotThisBundle { found, expected }) }
}

fn resources(text: &[u8]) -> Option<Vec<&[u8]>> {
    let Some(list) = member(text, "entry")? else { return Some(Vec::new()) };
    let mut items = Items::new(list, b'[')?;
    let mut resources = Vec::new();
    while let Some(entry) = items.next()? {
        resources.push(member(entry, "resource")??);
    }
    Some(resources)
}

/// The value under a key of an object: `None` where this is no object, `Some(None)` where it has no such key.
#[allow(clippy::option_option, reason = "not there, and no object, are told apart")]
fn member<'t>(object: &'t [u8], wanted: &str) -> Option<Option<&'t [u8]>> {
    let mut items = Items::new(object, b'{')?;
    while let Some(key) = items.next()? {
        items.past(b':')?;
        let value = items.value()?;
        // A key may be written with escapes.
        let key = Json::parse(key, "key", &Limits::BUNDLE).ok()?;
        if key.as_str() == Some(wanted) {
            return Some(Some(value));
        }
    }
    Some(None)
}

/// Walks over an array's items, or an object's keys.
struct Items<'t> {
    rest: &'t [u8],
    first: bool,
}

impl<'t> Items<'t> {
    fn new(text: &'t [u8], bracket: u8) -> Option<Self> {
        let mut items = Self { rest: text, first: true };
        items.past(bracket)?;
        Some(items)
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_ascii_start();
    }

    fn past(&mut self, byte: u8) -> Option<()> {
        self.space();
        self.rest = self.rest.strip_prefix(&[byte])?;
        Some(())
    }

    /// The next one; `Some(None)` at the end.
    #[allow(clippy::option_option, reason = "the end, and no JSON, are told apart")]
    fn next(&mut self) -> Option<Option<&'t [u8]>> {
        self.space();
        if matches!(self.rest.first()?, b']' | b'}') {
            return Some(None);
        }
        if !self.first {
            self.past(b',')?;
        }
        self.first = false;
        self.value().map(Some)
    }

    /// One whole value. The text has been parsed before: what stands inside is only skipped.
    fn value(&mut self) -> Option<&'t [u8]> {
        self.space();
        let (mut depth, mut string, mut escaped) = (0_u32, false, false);
        for (at, byte) in self.rest.iter().enumerate() {
            let mut after = at.checked_add(1)?;
            match (string, byte) {
                (true, _) if escaped => escaped = false,
                (true, b'\\') => escaped = true,
                (_, b'"') => string = !string,
                (true, _) => {}
                (false, b'[' | b'{') => depth = depth.checked_add(1)?,
                (false, b']' | b'}') if depth > 0 => depth = depth.checked_sub(1)?,
                // The end of a number or word inside an array or object.
                (false, b',' | b']' | b'}' | b':' | b' ' | b'\t' | b'\n' | b'\r') if depth == 0 => after = at,
                _ => continue,
            }
            let ends = !string && depth == 0;
            if ends {
                let (value, rest) = self.rest.split_at_checked(after)?;
                self.rest = rest;
                return (!value.is_empty()).then_some(value);
            }
        }
        None
    }
}
