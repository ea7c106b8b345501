//! Every wire type. Values follow from the schema alone, and so does the text that they are shown as: of each type (each
//! variant of an enum) one with the least in it and one with much.

use medledger_core::codec::{DEPTH, Field, Schema, Shape};
use medledger_core::hash::{Tag, hash};
use medledger_core::schema as core;
use medledger_sdk::schema as sdk;

use super::Vector;
use super::cbor::{self, array, head, items, spliced};
use super::json::{bytes, quoted};

macro_rules! names {
    ($( $name:ident: $type:ty ),* $(,)?) => { &[ $( stringify!($name) ),* ] };
}

/// The types of the sdk that every build of it has.
const SDK_LIGHT: &[&str] = medledger_sdk::__wire_types_and! { names, };

/// The kind of a type's vectors.
fn kind(name: &str) -> &'static str {
    let light = core::WIRE_TYPES.iter().any(|schema| schema.name == name) || SDK_LIGHT.contains(&name);
    if light { "wire" } else { "wire-full" }
}

fn schemas() -> impl Iterator<Item = &'static Schema> {
    core::WIRE_TYPES.iter().chain(sdk::WIRE_TYPES)
}

/// Numbers about which encoders err.
const NUMBERS: &[u64] = &[
    1,
    23,
    24,
    255,
    256,
    65_535,
    65_536,
    0xffff_ffff,
    0x1_0000_0000,
    (1 << 53) - 1,
    1 << 53,
    (1 << 53) + 1,
    i64::MAX as u64,
    1 << 63,
    u64::MAX,
];
/// And signed ones.
const SIGNED: &[i64] = &[
    -1,
    24,
    -24,
    -25,
    -256,
    -257,
    -65_537,
    i64::MAX,
    i64::MIN,
    -(1 << 53),
    -(1 << 53) - 1,
    (1 << 53) + 1,
    -(1 << 32) - 1,
];
/// And texts.
const TEXTS: &[&str] =
    &["a", "\u{1f}\"\\/\n\t", "żółć", "\u{0}", "\u{1f9ec}\u{200d}", "http://loinc.org", "\u{7f}\u{2028}"];

/// Values are shorter than this.
const LONGEST: usize = 1_500;

/// Makes values, and the text that they are shown as.
struct Maker {
    much: bool,
    turn: usize,
}

impl Maker {
    fn next<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        self.turn += 1;
        &of[self.turn % of.len()]
    }

    fn shape(&mut self, schema: &Schema, variant: Option<usize>, depth: usize) -> (Vec<u8>, String) {
        match schema.shape {
            Shape::Struct(fields) => {
                let (items, text) = self.fields(fields, depth);
                (array(&items), text)
            }
            Shape::Enum(variants) => {
                let turn = if self.much { self.turn } else { 0 };
                let (code, name, fields) = variants[variant.unwrap_or(turn) % variants.len()];
                self.turn += 1;
                let (mut items, text) = self.fields(fields, depth);
                items.insert(0, head(0, code));
                let text =
                    if fields.is_empty() { quoted(name) } else { format!("{{{}:{text}}}", quoted(name)) };
                (array(&items), text)
            }
        }
    }

    fn fields(&mut self, fields: &[Field], depth: usize) -> (Vec<Vec<u8>>, String) {
        let made = fields.iter().map(|(name, of)| {
            let (bytes, text) = self.value(of, depth + 1);
            (bytes, format!("{}:{text}", quoted(name)))
        });
        let (items, texts): (Vec<_>, Vec<_>) = made.unzip();
        (items, format!("{{{}}}", texts.join(",")))
    }

    fn value(&mut self, of: &str, depth: usize) -> (Vec<u8>, String) {
        let of: String = of.split_whitespace().collect();
        let inside = |outer: &str| of.strip_prefix(outer)?.strip_suffix('>');
        if let Some(inner) = inside("Option<") {
            return if self.much { self.value(inner, depth) } else { (vec![0xf6], "null".into()) };
        }
        if let Some(inner) = inside("Vec<") {
            let count = match (self.much, depth) {
                (false, _) => 0,
                (true, ..3) => 2,
                (true, _) => 1,
            };
            let made = (0..count).map(|_| self.value(inner, depth + 1));
            let (items, texts): (Vec<_>, Vec<_>) = made.unzip();
            return (array(&items), format!("[{}]", texts.join(",")));
        }
        let name = of.rsplit("::").next().unwrap();
        if let Some(schema) = schemas().find(|schema| schema.name == name) {
            return self.shape(schema, None, depth);
        }
        let lengths = core::BYTE_STRINGS.iter().chain(sdk::BYTE_STRINGS);
        if let Some((_, length)) = lengths.clone().find(|(known, _)| *known == name) {
            return self.string(*length);
        }
        let (_, plain) = core::PLAIN_TYPES.iter().find(|(known, _)| *known == name).unwrap();
        let number = |text: String, far: bool| if far { format!("\"{text}\"") } else { text };
        match (*plain, self.much) {
            ("uint" | "int", false) => (head(0, 0), "0".into()),
            ("uint", true) => {
                let n = *self.next(NUMBERS);
                (head(0, n), number(n.to_string(), n > 1 << 53))
            }
            ("int", true) => {
                let n = *self.next(SIGNED);
                let bytes =
                    if n < 0 { head(1, (-1 - n).cast_unsigned()) } else { head(0, n.cast_unsigned()) };
                (bytes, number(n.to_string(), n.unsigned_abs() > 1 << 53))
            }
            ("bool", much) => (vec![if much { 0xf5 } else { 0xf4 }], much.to_string()),
            ("tstr", false) => (head(3, 0), "\"\"".into()),
            ("tstr", true) => {
                let text = *self.next(TEXTS);
                ([&head(3, text.len() as u64), text.as_bytes()].concat(), quoted(text))
            }
            ("bstr", much) => {
                let length = if much { *self.next(&[1, 24, 3]) } else { 0 };
                self.string(length)
            }
            (other, _) => panic!("{other} is no plain type"),
        }
    }

    /// A byte string of this length.
    fn string(&mut self, length: usize) -> (Vec<u8>, String) {
        self.turn += 1;
        let seed = if self.much { self.turn as u64 } else { 0 };
        let content: Vec<u8> = (0_u64..)
            .flat_map(|n| hash(Tag::Batch, &[&seed.to_be_bytes(), &n.to_be_bytes()]))
            .take(length)
            .collect();
        (cbor::bytes(&content), format!("\"{}\"", medledger_core::hash::Hex(&content)))
    }
}

/// A value of a type: its variant's name, its bytes and the text that it is shown as.
struct Value {
    name: String,
    bytes: Vec<u8>,
    text: String,
}

fn values(schema: &Schema) -> Vec<Value> {
    let variants: Vec<(Option<usize>, &str)> = match schema.shape {
        Shape::Struct(_) => vec![(None, "")],
        Shape::Enum(variants) => (0..).map(Some).zip(variants.iter().map(|(_, name, _)| *name)).collect(),
    };
    let mut made: Vec<Value> = Vec::new();
    for (index, variant) in variants {
        for (much, how) in [(false, "least"), (true, "much")] {
            let (bytes, text) = Maker { much, turn: schema.name.len() }.shape(schema, index, 0);
            let name = [schema.name, variant, how].into_iter().filter(|part| !part.is_empty());
            // What is long is made of types that stand here by themselves.
            if made.last().is_none_or(|last| last.bytes != bytes) && bytes.len() < LONGEST {
                made.push(Value { name: name.collect::<Vec<_>>().join(" "), bytes, text });
            }
        }
    }
    made
}

pub(super) fn vectors() -> Vec<Vector> {
    let mut made = Vec::new();
    for schema in schemas() {
        let values = values(schema);
        for value in &values {
            let input = vec![("type", schema.name.into()), ("bytes", bytes(&value.bytes))];
            let vector = Vector::valid(kind(schema.name), &value.name, "its schema", input);
            made.push(vector.gives(vec![("json", value.text.as_str().into())]));
        }
        // The shorter one keeps the files small; the last variant's has the fields that the first may lack.
        let least = values.iter().min_by_key(|value| value.bytes.len()).unwrap();
        let most = values.iter().max_by_key(|value| value.bytes.len()).unwrap();
        let rich = if most.bytes.len() < 200 { most } else { least };
        made.extend(broken(schema, least, rich));
    }
    made.extend(limits());
    made
}

/// One vector for each way in which bytes are no value of a type.
fn broken(schema: &Schema, least: &Value, rich: &Value) -> Vec<Vector> {
    let mut made: Vec<Vector> = Vec::new();
    let mut push = |cause: &'static str, rule: &str, what: &str, of: &Value, changed: Vec<u8>| {
        let name = format!("{}: {what}", schema.name);
        let twice = made.iter().any(|known| known.name == name && known.cause == Some(cause));
        let name = if twice { format!("{name} ({})", made.len()) } else { name };
        let input = vec![("type", schema.name.into()), ("bytes", bytes(&changed))];
        made.push(Vector::invalid(
            kind(schema.name),
            cause,
            rule,
            name,
            of.name.rsplit(' ').next().unwrap(),
            input,
        ));
    };
    let whole = &least.bytes;
    let all = items(whole);
    let outer = all[0];
    push("truncated", "COD-002", "cut by a byte", rich, rich.bytes[..rich.bytes.len() - 1].to_vec());
    push("truncated", "COD-002", "no bytes", least, Vec::new());
    push("trailing", "COD-003", "one byte more", least, [whole.as_slice(), &[0x00]].concat());

    let longer = |item: &cbor::Item, of: &[u8]| {
        spliced(of, item.start, item.content, &cbor::heads(item.major, item.argument)[1])
    };
    push("not-shortest", "COD-004", "the outermost head", least, longer(&outer, whole));
    let rich_items = items(&rich.bytes);
    let has_longer = |item: &&cbor::Item| item.major < 7 && cbor::heads(item.major, item.argument).len() > 1;
    if let Some(last) = rich_items.iter().skip(1).rfind(has_longer) {
        push("not-shortest", "COD-004", "the last head", rich, longer(last, &rich.bytes));
    }

    push(
        "indefinite",
        "COD-005",
        "the outermost array",
        least,
        [&[0x9f], &whole[outer.content..], &[0xff]].concat(),
    );
    if let Some(string) = rich_items.iter().find(|item| item.major == 2 || item.major == 3) {
        let part = [&[string.major << 5 | 31], &rich.bytes[string.start..string.end], &[0xff]].concat();
        push(
            "indefinite",
            "COD-005",
            "a string",
            rich,
            spliced(&rich.bytes, string.start, string.end, &part),
        );
    }

    let tagged = |tag: &[u8]| [tag, whole].concat();
    push("forbidden", "COD-006", "in a tag", least, tagged(&[0xd9, 0xd9, 0xf7]));
    if let Some(first) = all.get(1) {
        let replaced = |part: &[u8]| spliced(whole, first.start, first.end, part);
        push("forbidden", "COD-006", "its first item a float", least, replaced(&[0xf9, 0x3c, 0x00]));
    }
    let deep = vec![0x81; usize::from(DEPTH) + 1];
    push("too-deep", "COD-007", "in arrays in arrays", least, [deep.as_slice(), whole].concat());

    if let Some(text) = rich_items.iter().find(|item| item.major == 3 && item.end > item.content) {
        let mut changed = rich.bytes.clone();
        changed[text.content] = 0xff;
        push("not-utf8", "COD-010", "a text", rich, changed);
    }

    push("wrong-shape", "COD-011", "a number", least, vec![0x00]);
    push("wrong-shape", "COD-011", "null", least, vec![0xf6]);
    let more = [&head(4, outer.argument + 1), &whole[outer.content..], &[0xf4]].concat();
    push("surplus-item", "COD-011", "an item more", least, more);
    let inner: Vec<_> = all.iter().filter(|item| item.depth == 1).collect();
    if let Some(last) = inner.last() {
        let fewer = [&head(4, outer.argument - 1), &whole[outer.content..last.start]].concat();
        push("missing-item", "COD-011", "its last item left out", least, fewer);
    }
    // Each field of the outermost array as something that it is not.
    for (place, item) in rich_items.iter().filter(|item| item.depth == 1).enumerate() {
        let other: &[u8] = if matches!(rich.bytes[item.start], 0xf4 | 0xf5) { &[0x00] } else { &[0xf4] };
        let changed = spliced(&rich.bytes, item.start, item.end, other);
        push("wrong-shape", "COD-011", &format!("item {place} of another kind"), rich, changed);
        if item.major == 2 && rich.bytes[item.content..item.end].len() > 16 {
            let short = cbor::bytes(&rich.bytes[item.content..item.end - 1]);
            let is_fixed = fixed_length(schema, place);
            if is_fixed {
                let changed = spliced(&rich.bytes, item.start, item.end, &short);
                push("wrong-length", "COD-011", &format!("item {place} short by a byte"), rich, changed);
                let long = cbor::bytes(&[&rich.bytes[item.content..item.end], &[0]].concat());
                let changed = spliced(&rich.bytes, item.start, item.end, &long);
                push("wrong-length", "COD-011", &format!("item {place} long by a byte"), rich, changed);
            }
        }
    }
    if let Shape::Enum(variants) = schema.shape {
        let known = |code: u64| variants.iter().any(|(known, ..)| *known == code);
        let beside = variants.iter().flat_map(|(code, ..)| [code.wrapping_sub(1), code + 1]);
        let mut others: Vec<u64> = beside.chain([u64::MAX]).filter(|code| !known(*code)).collect();
        others.sort_unstable();
        others.dedup();
        for code in others {
            let changed = spliced(whole, all[1].start, all[1].end, &head(0, code));
            push("unknown-code", "COD-011", &format!("code {code}"), least, changed);
        }
    }
    let string = rich_items.iter().find(|item| item.major == 2 && item.end > item.content);
    if let Some(string) = string {
        let numbers: Vec<Vec<u8>> =
            rich.bytes[string.content..string.end].iter().map(|byte| head(0, u64::from(*byte))).collect();
        let changed = spliced(&rich.bytes, string.start, string.end, &array(&numbers));
        push("not-canonical", "COD-012", "bytes as an array of numbers", rich, changed);
    }
    made
}

/// Whether an item of a struct, or of an enum's only variant, is a byte string of one length.
fn fixed_length(schema: &Schema, place: usize) -> bool {
    let fields = match schema.shape {
        Shape::Struct(fields) => fields,
        Shape::Enum(_) => return false,
    };
    let Some((_, of)) = fields.get(place) else { return false };
    let name = of.trim_end_matches('>').rsplit(['<', ':']).next().unwrap().trim();
    core::BYTE_STRINGS.iter().chain(sdk::BYTE_STRINGS).any(|(known, _)| *known == name)
}

/// Values at the very limits of decoding, and just beyond.
fn limits() -> Vec<Vector> {
    use medledger_core::limits::{BLOCK_TRANSACTIONS, LIST_ITEMS, TEXT_BYTES, TRANSACTION_BYTES};
    let mut made = Vec::new();
    let mut push = |of: &str, what: String, value: Vec<u8>, answer: Result<String, (&'static str, &str)>| {
        let input = vec![("type", of.into()), ("bytes", bytes(&value))];
        let name = format!("{of}: {what}");
        made.push(match answer {
            Ok(text) => Vector::valid("wire", name, "a limit", input).gives(vec![("json", text.into())]),
            Err((cause, rule)) => Vector::invalid("wire", cause, rule, name, "a limit", input),
        });
    };
    // [height, time, previous, transactions]
    for count in [BLOCK_TRANSACTIONS, BLOCK_TRANSACTIONS + 1] {
        let list = [head(4, count), vec![0x40; count as usize]].concat();
        let value = array(&[head(0, 1), head(0, 0), cbor::bytes(&[0; 32]), list]);
        let answer = if count == BLOCK_TRANSACTIONS {
            let list = vec!["\"\""; count as usize].join(",");
            let previous = "00".repeat(32);
            Ok(format!("{{\"height\":1,\"time\":0,\"previous\":\"{previous}\",\"transactions\":[{list}]}}"))
        } else {
            Err(("too-many-items", "COD-008"))
        };
        // Shown whole it would be half of all vectors: the longest block is one of the refused ones alone.
        if answer.is_err() {
            push("BlockBody", format!("{count} transactions"), value, answer);
        }
    }
    // Operation 302: [302, consent].
    let operation = array(&[head(0, 302), cbor::bytes(&[7; 32])]);
    let shown = format!("{{\"RevokeConsent\":{{\"consent\":\"{}\"}}}}", "07".repeat(32));
    let id = cbor::bytes(&[0; 32]);
    let zeros = "00".repeat(32);
    let body =
        array(&[head(0, 1), id.clone(), id.clone(), id, head(0, 0), head(0, 0), head(0, 1), operation]);
    let body_text = format!(
        "{{\"version\":1,\"chain\":\"{zeros}\",\"signer\":\"{zeros}\",\"key\":\"{zeros}\",\"counter\":0,\"signed_at\":0,\
         \"valid_until\":1,\"operation\":{shown}}}"
    );
    let payload = |approvals: Vec<u8>| [vec![0x82], body.clone(), approvals].concat();
    for count in [LIST_ITEMS, LIST_ITEMS + 1] {
        let value = payload([head(4, count), vec![0x40; count as usize]].concat());
        let list = vec!["\"\""; count as usize].join(",");
        let answer = if count == LIST_ITEMS {
            Ok(format!("{{\"body\":{body_text},\"approvals\":[{list}]}}"))
        } else {
            Err(("too-many-items", "COD-008"))
        };
        push("Payload", format!("{count} approvals"), value, answer);
    }
    let empty = payload([head(4, 1), head(2, 65_000)].concat()).len() as u64;
    for length in [TRANSACTION_BYTES, TRANSACTION_BYTES + 1] {
        let content = vec![0; (length - empty) as usize];
        let value = payload(array(&[cbor::bytes(&content)]));
        assert_eq!(value.len() as u64, length);
        // What fits is too long to be shown here; a transaction of just that size is among the transactions.
        if length > TRANSACTION_BYTES {
            push("Payload", format!("{length} bytes"), value, Err(("too-large", "COD-001")));
        }
    }
    // A genesis's name is text: [version, hash, name, …].
    let genesis = schemas().find(|schema| schema.name == "Genesis").unwrap();
    let least = &values(genesis)[0];
    let name = items(&least.bytes).into_iter().find(|item| item.major == 3).unwrap();
    for length in [TEXT_BYTES, TEXT_BYTES + 1] {
        let text = [head(3, length), vec![b'a'; length as usize]].concat();
        let value = spliced(&least.bytes, name.start, name.end, &text);
        let answer = if length == TEXT_BYTES {
            Ok(least.text.replace("\"name\":\"\"", &format!("\"name\":\"{}\"", "a".repeat(length as usize))))
        } else {
            Err(("text-too-long", "COD-009"))
        };
        push("Genesis", format!("a name of {length} bytes"), value, answer);
    }
    made
}
