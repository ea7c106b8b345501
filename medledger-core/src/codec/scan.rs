//! One pass over the bytes, without recursion and without allocation, before anything is decoded.

use super::{CodecError, DEPTH, Limits};

/// Checks that the bytes are exactly one item of deterministic CBOR within the limits.
///
/// # Errors
/// The first rule that the bytes break, with its offset.
pub fn scan(bytes: &[u8], limits: &Limits) -> Result<(), CodecError> {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > limits.bytes {
        return Err(CodecError::TooLarge { actual: length, limit: limits.bytes });
    }
    let mut cursor = Cursor { bytes, at: 0 };
    // Items still to come at each level; `open` says how many levels there are.
    let mut pending = [0_u64; DEPTH as usize];
    let mut open: usize = 0;
    let depth = usize::from(limits.depth.min(DEPTH));
    loop {
        if let Some(items) = cursor.item(limits)? {
            let Some(level) = pending.get_mut(open).filter(|_| open < depth) else {
                return Err(CodecError::TooDeep { offset: cursor.at, limit: limits.depth });
            };
            *level = items;
            open = open.saturating_add(1);
        }
        // Close what is complete; at the outermost level the value ends.
        loop {
            let Some(level) = open.checked_sub(1).and_then(|innermost| pending.get_mut(innermost)) else {
                return if cursor.at == length {
                    Ok(())
                } else {
                    Err(CodecError::Trailing { offset: cursor.at })
                };
            };
            match level.checked_sub(1) {
                Some(rest) => {
                    *level = rest;
                    break;
                }
                None => open = open.saturating_sub(1),
            }
        }
    }
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: u64,
}

impl Cursor<'_> {
    fn take(&mut self, n: u64, item: u64) -> Result<&[u8], CodecError> {
        let truncated = CodecError::Truncated { offset: item };
        let end = self.at.checked_add(n).ok_or(truncated.clone())?;
        let range = usize::try_from(self.at).ok().zip(usize::try_from(end).ok());
        let taken = range.and_then(|(from, to)| self.bytes.get(from..to)).ok_or(truncated)?;
        self.at = end;
        Ok(taken)
    }

    /// Reads one item's head and, of a string, its content. An array's items are left to the caller.
    fn item(&mut self, limits: &Limits) -> Result<Option<u64>, CodecError> {
        let offset = self.at;
        let head = self.take(1, offset)?.first().copied().unwrap_or_default();
        let (major, info) = (head >> 5, head & 0x1f);
        if major == 7 {
            return match info {
                20..=22 => Ok(None),
                25..=27 => Err(CodecError::Forbidden { offset, found: "a float" }),
                31 => Err(CodecError::Indefinite { offset }),
                _ => Err(CodecError::Forbidden { offset, found: "a simple value" }),
            };
        }
        let argument = self.argument(info, offset)?;
        match major {
            0 | 1 => Ok(None),
            2 => self.take(argument, offset).map(|_| None),
            3 => {
                if argument > limits.text {
                    return Err(CodecError::TextTooLong { offset, actual: argument, limit: limits.text });
                }
                let text = self.take(argument, offset)?;
                core::str::from_utf8(text).map_err(|_| CodecError::NotUtf8 { offset })?;
                Ok(None)
            }
            4 => {
                if argument > limits.items {
                    return Err(CodecError::TooManyItems { offset, actual: argument, limit: limits.items });
                }
                // Each item is at least one byte: more items than bytes left can't be whole.
                let left = u64::try_from(self.bytes.len()).unwrap_or(u64::MAX).saturating_sub(self.at);
                if argument > left {
                    return Err(CodecError::Truncated { offset });
                }
                Ok(Some(argument))
            }
            5 => Err(CodecError::Forbidden { offset, found: "a map" }),
            _ => Err(CodecError::Forbidden { offset, found: "a tag" }),
        }
    }

    fn argument(&mut self, info: u8, offset: u64) -> Result<u64, CodecError> {
        let (width, least) = match info {
            0..=23 => return Ok(u64::from(info)),
            24 => (1, 24),
            25 => (2, 1 << 8),
            26 => (4, 1 << 16),
            27 => (8, 1 << 32),
            31 => return Err(CodecError::Indefinite { offset }),
            _ => return Err(CodecError::Forbidden { offset, found: "a reserved head" }),
        };
        let value = self.take(width, offset)?.iter().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        if value < least { Err(CodecError::NotShortest { offset }) } else { Ok(value) }
    }
}
