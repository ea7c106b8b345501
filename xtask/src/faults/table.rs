//! The faults: each what somebody who writes an implementation of their own could get wrong.

/// A fault, and who must notice it.
pub struct Fault {
    /// Its name.
    pub name: &'static str,
    /// What is then wrong.
    pub what: &'static str,
    /// Whose vectors must notice it.
    pub runners: &'static [&'static str],
    /// The file.
    pub file: &'static str,
    /// What stands there, once.
    pub from: &'static str,
    /// What is put in its place.
    pub to: &'static str,
}

impl Fault {
    /// The file with the fault.
    ///
    /// # Errors
    /// When what is to be changed does not stand in it just once.
    pub fn planted(&self, whole: &str) -> Result<String, String> {
        match whole.matches(self.from).count() {
            1 => Ok(whole.replacen(self.from, self.to, 1)),
            n => Err(format!("{}: `{}` stands {n} times in {}", self.name, self.from, self.file)),
        }
    }
}

const fn rust(
    name: &'static str,
    what: &'static str,
    file: &'static str,
    [from, to]: [&'static str; 2],
) -> Fault {
    Fault { name, what, runners: &["rust"], file, from, to }
}

/// A fault of one package, where values cross over from its language.
const fn crossing(
    runners: &'static [&'static str],
    name: &'static str,
    what: &'static str,
    file: &'static str,
    [from, to]: [&'static str; 2],
) -> Fault {
    Fault { name, what, runners, file, from, to }
}

const PYTHON: &[&str] = &["python"];
const JAVASCRIPT: &[&str] = &["node", "chromium"];
const KOTLIN: &[&str] = &["kotlin"];

/// Every fault.
pub const FAULTS: &[Fault] = &[
    rust(
        "nonce-order-2",
        "a signature whose R has small order is taken",
        "medledger-core/src/crypto/ed25519.rs",
        [
            "Encoding::SmallOrder => return Err(CryptoError::NonceSmallOrder { signature }),",
            "Encoding::SmallOrder => {}",
        ],
    ),
    rust(
        "key-order-8",
        "a public key of small order is taken",
        "medledger-core/src/crypto/ed25519.rs",
        [
            "Encoding::SmallOrder => return Err(CryptoError::KeySmallOrder { key: bytes }),",
            "Encoding::SmallOrder => {}",
        ],
    ),
    rust(
        "field-element-p",
        "p itself passes as the y of a point",
        "medledger-core/src/crypto/ed25519.rs",
        ["*low >= 0xed", "*low > 0xed"],
    ),
    rust(
        "scalar-reduced",
        "S at or above L is reduced, not refused",
        "medledger-core/src/crypto/ed25519.rs",
        ["Option::<Scalar>::from(Scalar::from_canonical_bytes(s))", "Some(Scalar::from_bytes_mod_order(s))"],
    ),
    rust(
        "no-cofactor",
        "the equation is checked without the cofactor",
        "medledger-core/src/crypto/ed25519.rs",
        ["point.mul_by_cofactor().is_identity()", "point.is_identity()"],
    ),
    rust(
        "chain-not-bound",
        "a signature does not cover which ledger it is for",
        "medledger-core/src/operation/envelope.rs",
        ["push_bytes(&mut aad, chain.as_ref());", "push_bytes(&mut aad, &[chain.as_ref().len() as u8; 32]);"],
    ),
    rust(
        "window-off-by-one",
        "a key's counter may lie one further ahead than its window",
        "medledger-core/src/operation/replay.rs",
        [
            "self.base.saturating_add(reach).saturating_add(REPLAY_WINDOW).saturating_sub(1)",
            "self.base.saturating_add(reach).saturating_add(REPLAY_WINDOW)",
        ],
    ),
    rust(
        "integer-not-shortest",
        "an integer that is longer than it need be is read",
        "medledger-core/src/codec/scan.rs",
        [
            "if value < least { Err(CodecError::NotShortest { offset }) } else { Ok(value) }",
            "Ok(value.max(least.min(0)))",
        ],
    ),
    rust(
        "surplus-in-a-path",
        "surplus hashes of a log's path are ignored",
        "medledger-core/src/merkle/proof.rs",
        [
            "let (actual, expected) = (count(self.path.len()), way.length());\n        if actual != expected {",
            "let (actual, expected) = (count(self.path.len()), way.length());\n        if actual < expected {",
        ],
    ),
    rust(
        "surplus-in-the-state",
        "surplus siblings of a state proof are ignored",
        "medledger-core/src/merkle/tree/proof.rs",
        [
            "let exact = self.hashes.next().is_none()\n            && ",
            "let exact = self.hashes.len() < usize::MAX\n            && ",
        ],
    ),
    rust(
        "absent-by-any-leaf",
        "any other leaf shows that a key is absent",
        "medledger-core/src/merkle/tree/proof.rs",
        ["leaf == key || !at.covers(leaf)", "leaf == key"],
    ),
    rust(
        "log-size",
        "how many entries a log has is not compared with its head",
        "medledger-core/src/light/log.rs",
        ["if actual != head.size {", "if actual > u64::from(u32::MAX) {"],
    ),
    rust(
        "evidence-for-another",
        "evidence for one header vouches for another",
        "medledger-core/src/light/header.rs",
        ["certified.root != hash || certified.root_of != height", "certified.root_of != height"],
    ),
    rust(
        "out-of-turn",
        "a validator certifies when it is another's turn",
        "medledger-core/src/consensus/authority.rs",
        ["Some(validator) if validator.key == key =>", "Some(_) =>"],
    ),
    rust(
        "expiry-too-late",
        "a consent holds at the very millisecond at which it ends",
        "medledger-core/src/consent/decide.rs",
        ["if time >= terms.period.until {", "if time > terms.period.until {"],
    ),
    rust(
        "btg-is-treatment",
        "a permit for treatment covers breaking the glass",
        "medledger-core/src/consent/matching.rs",
        [
            "RuleEffect::Permit if asked == BREAK_THE_GLASS => named.iter().any(|code| code == BREAK_THE_GLASS),",
            "RuleEffect::Permit if asked.len() > usize::from(u8::MAX) => named.iter().any(|code| code == BREAK_THE_GLASS),",
        ],
    ),
    rust(
        "base-deny-cancels",
        "the deny at the base of a grant cancels other grants",
        "medledger-core/src/consent/decide.rs",
        [
            "(RuleEffect::Deny, false) => silent(Reason::OnlyTheBase),",
            "(RuleEffect::Deny, false) => answer(Effect::Deny, Reason::DenyDirective, Vec::new(), terms),",
        ],
    ),
    rust(
        "parent-beside-child",
        "a rule stands beside the exception below it",
        "medledger-core/src/consent/decide.rs",
        ["if applies && !below {", "if applies {"],
    ),
    rust(
        "any-of-a-set",
        "a permit covers a set of which it covers a part",
        "medledger-core/src/consent/matching.rs",
        [
            "!values.is_empty() && values.iter().all(contains)",
            "!values.is_empty() && values.iter().any(contains)",
        ],
    ),
    rust(
        "only-the-named-deny",
        "a deny of another consent than the named one is not heard",
        "medledger-core/src/consent/combine.rs",
        [
            "let deny = answers.iter().find(|answer| answer.decision.effect == Effect::Deny);",
            "let named = |answer: &&Answer| basis == Basis::Consent(answer.consent);\n    let deny = answers.iter().filter(named).find(|answer| answer.decision.effect == Effect::Deny);",
        ],
    ),
    rust(
        "revoked-still-opens",
        "a session opens on a consent that was taken back",
        "medledger-core/src/consent/operations.rs",
        ["self.status == ConsentStatus::Revoked || time", "time"],
    ),
    rust(
        "any-refill",
        "a session opens on a consent whose uses are spent",
        "medledger-core/src/consent/operations.rs",
        ["is_some_and(|uses| self.used >= uses)", "is_some_and(|uses| self.used > uses)"],
    ),
    rust(
        "last-chunk",
        "that a chunk is the last is not bound to it",
        "medledger-sdk/src/seal/stream.rs",
        ["[u8::from(self.is_last())]", "[u8::from(self.count == 0)]"],
    ),
    rust(
        "another-key",
        "a record is opened without the comparison of its key's hash",
        "medledger-sdk/src/seal/key.rs",
        [
            "if bool::from(self.commitment().0.ct_eq(&committed.0)) { Ok(()) } else { Err(SealError::WrongKey) }",
            "if committed.0.len() == 32 { Ok(()) } else { Err(SealError::WrongKey) }",
        ],
    ),
    rust(
        "derivation-order",
        "role and index change places in the derivation of keys",
        "medledger-sdk/src/wallet/derive.rs",
        ["const CONTROLLER: u32 = 1;", "const CONTROLLER: u32 = 3;"],
    ),
    rust(
        "no-eastern-zones",
        "there are no zones east of UTC",
        "medledger-sdk/src/fhir/date.rs",
        ["const FIRST_ZONE: i64 = 14 * HOUR;", "const FIRST_ZONE: i64 = 0;"],
    ),
    crossing(
        PYTHON,
        "python-bytes",
        "bytes end at the first 0",
        "medledger-py/src/support/bytes.rs",
        [
            "return Ok(bytes.as_bytes().to_vec());",
            "return Ok(bytes.as_bytes().split(|byte| *byte == 0).next().unwrap_or_default().to_vec());",
        ],
    ),
    crossing(
        PYTHON,
        "python-integer",
        "an integer loses what a double does not hold",
        "medledger-py/src/support/scalars.rs",
        [
            "value.extract().map_err(",
            "value.extract().map(|count: u64| count & 0x1f_ffff_ffff_ffff).map_err(",
        ],
    ),
    crossing(
        PYTHON,
        "python-time",
        "a time loses its milliseconds",
        "medledger-py/src/support/time.rs",
        [
            "days * DAY + seconds * 1_000 + i64::from(since.get_microseconds() / 1_000)",
            "days * DAY + seconds * 1_000",
        ],
    ),
    crossing(
        PYTHON,
        "python-error",
        "an error's code is that of its kind",
        "medledger-py/src/support/errors.rs",
        [
            "of.call1((kind.as_str(), code, message, named))",
            "of.call1((kind.as_str(), kind.as_str(), format!(\"{code}: {message}\"), named))",
        ],
    ),
    crossing(
        PYTHON,
        "python-handle",
        "a handle's change is made to a copy",
        "medledger-py/src/generated/merkle.rs",
        ["|| this.append(&leaf)", "|| medledger_sdk::api::merkle::MerkleLog::new().append(&leaf)"],
    ),
    crossing(
        JAVASCRIPT,
        "javascript-bytes",
        "bytes end at the first 0",
        "medledger-wasm/src/support/scalars.rs",
        [
            "glue::bytes(value).ok_or_else(",
            "glue::bytes(value).map(|bytes: Vec<u8>| bytes.split(|byte| *byte == 0).next().unwrap_or_default().to_vec()).ok_or_else(",
        ],
    ),
    crossing(
        JAVASCRIPT,
        "javascript-integer",
        "an integer loses what a double does not hold",
        "medledger-wasm/src/support/scalars.rs",
        [
            "Self::try_from(value.clone()).map_err(",
            "Self::try_from(value.clone()).map(|count| count & 0x1f_ffff_ffff_ffff).map_err(",
        ],
    ),
    crossing(
        JAVASCRIPT,
        "javascript-time",
        "a time loses its milliseconds",
        "medledger-wasm/src/support/scalars.rs",
        [
            "glue::milliseconds(value).ok_or_else(",
            "glue::milliseconds(value).map(|since: i64| since / 1_000 * 1_000).ok_or_else(",
        ],
    ),
    crossing(
        JAVASCRIPT,
        "javascript-error",
        "an error's code is that of its kind",
        "medledger-wasm/src/support/errors.rs",
        [
            "glue::fail(kind.as_str(), &code, &message, named)",
            "glue::fail(&code, kind.as_str(), &message, named)",
        ],
    ),
    crossing(
        JAVASCRIPT,
        "javascript-handle",
        "a handle's change is made to a copy",
        "medledger-wasm/src/generated/merkle.rs",
        [
            "support::answer(this.append(&leaf))?;",
            "support::answer(medledger_sdk::api::MerkleLog::new().append(&leaf))?;",
        ],
    ),
    crossing(
        KOTLIN,
        "kotlin-bytes",
        "bytes end at the first 0",
        "medledger-ffi/src/support/values.rs",
        [
            "same!((), bool, u64, String, Vec<u8>);",
            "same!((), bool, u64, String);\n\nimpl Take<Vec<u8>> for Vec<u8> {\n    fn take(self, _: At<'_>) -> Result<Vec<u8>, MedledgerError> {\n        Ok(self.split(|byte| *byte == 0).next().unwrap_or_default().to_vec())\n    }\n}\n\nimpl Give<Vec<u8>> for Vec<u8> {\n    fn give(self) -> Vec<u8> {\n        self\n    }\n}",
        ],
    ),
    crossing(
        KOTLIN,
        "kotlin-integer",
        "an integer loses what a double does not hold",
        "medledger-ffi/src/support/values.rs",
        [
            "same!((), bool, u64, String, Vec<u8>);",
            "same!((), bool, String, Vec<u8>);\n\nimpl Take<u64> for u64 {\n    fn take(self, _: At<'_>) -> Result<u64, MedledgerError> {\n        Ok(self & 0x1f_ffff_ffff_ffff)\n    }\n}\n\nimpl Give<u64> for u64 {\n    fn give(self) -> u64 {\n        self\n    }\n}",
        ],
    ),
    crossing(
        KOTLIN,
        "kotlin-time",
        "a time loses its milliseconds",
        "medledger-ffi/src/support/times.rs",
        [
            "i128::from(self.seconds) * 1_000 + i128::from(self.nanos / 1_000_000)",
            "i128::from(self.seconds) * 1_000",
        ],
    ),
    crossing(
        KOTLIN,
        "kotlin-error",
        "an error's code is that of its kind",
        "medledger-ffi/src/support/errors.rs",
        [
            "ErrorKind::$kind => Self::$variant { code, text, fields }",
            "ErrorKind::$kind => Self::$variant { code: stringify!($kind).into(), text: code + &text, fields }",
        ],
    ),
    crossing(
        KOTLIN,
        "kotlin-handle",
        "a handle's change is made to a copy",
        "medledger-ffi/src/generated/merkle.rs",
        ["answer(held.append(&leaf))", "answer(medledger_sdk::api::merkle::MerkleLog::new().append(&leaf))"],
    ),
];
