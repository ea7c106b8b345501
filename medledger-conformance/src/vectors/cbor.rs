//! Deterministic CBOR, written item by item, and changed so that it is none any more.

/// A head: major type and argument in the shortest form.
pub fn head(major: u8, argument: u64) -> Vec<u8> {
    heads(major, argument).remove(0)
}

/// A head in its shortest form, then in each of the longer ones.
pub fn heads(major: u8, argument: u64) -> Vec<Vec<u8>> {
    let major = major << 5;
    let mut heads = Vec::new();
    if argument < 24 {
        heads.push(vec![major | argument as u8]);
    }
    for (info, width) in [(24, 1), (25, 2), (26, 4), (27, 8)] {
        if width == 8 || argument >> (8 * width) == 0 {
            heads.push([&[major | info], &argument.to_be_bytes()[8 - width..]].concat());
        }
    }
    heads
}

/// A byte string.
pub fn bytes(content: &[u8]) -> Vec<u8> {
    [&head(2, content.len() as u64), content].concat()
}

/// An array of encoded items.
pub fn array(items: &[Vec<u8>]) -> Vec<u8> {
    [head(4, items.len() as u64), items.concat()].concat()
}

/// One item of an encoding.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// Where its head begins.
    pub start: usize,
    /// Where its content begins.
    pub content: usize,
    /// Where it ends, with all that it holds.
    pub end: usize,
    /// Its major type.
    pub major: u8,
    /// Its argument.
    pub argument: u64,
    /// In how many arrays it stands.
    pub depth: usize,
}

/// The items of deterministic CBOR, the outer before those inside.
pub fn items(bytes: &[u8]) -> Vec<Item> {
    fn walk(bytes: &[u8], start: usize, depth: usize, found: &mut Vec<Item>) -> usize {
        let (major, info) = (bytes[start] >> 5, bytes[start] & 0x1f);
        let width = if (24..28).contains(&info) { 1_usize << (info - 24) } else { 0 };
        let content = start + 1 + width;
        let number = bytes[start + 1..content].iter().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        let argument = if width == 0 { u64::from(info) } else { number };
        let index = found.len();
        found.push(Item { start, content, end: content, major, argument, depth });
        let end = match major {
            2 | 3 => content + argument as usize,
            4 => (0..argument).fold(content, |at, _| walk(bytes, at, depth + 1, found)),
            _ => content,
        };
        found[index].end = end;
        end
    }
    let mut found = Vec::new();
    walk(bytes, 0, 0, &mut found);
    found
}

/// The encoding with a part of it replaced.
pub fn spliced(bytes: &[u8], start: usize, end: usize, part: &[u8]) -> Vec<u8> {
    [&bytes[..start], part, &bytes[end..]].concat()
}
