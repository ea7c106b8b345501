//! Signatures of every class that verifiers are known to differ on (after Chalkias, Garillot and Nikolaenko, "Taming the many
//! EdDSAs", 2020), one by one and in company: the answer must not depend on it.

use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;
use medledger_core::crypto::{PublicKey, SecretKey};
use sha2::{Digest, Sha512};

use super::Vector;
use super::json::{Fields, Json, bytes, list};

/// A signature under any A and R, also ones that no honest signer makes.
#[derive(Clone, Debug)]
struct Crafted {
    key: [u8; 32],
    message: Vec<u8>,
    r: [u8; 32],
    s: [u8; 32],
}

/// k = SHA-512(R ‖ A ‖ M) mod L.
fn challenge(r: &[u8; 32], key: &[u8; 32], message: &[u8]) -> Scalar {
    let digest = Sha512::new_with_prefix(r).chain_update(key).chain_update(message).finalize();
    Scalar::from_bytes_mod_order_wide(&digest.into())
}

/// Signs with the secret scalar `a` and the nonce `r`, whose points get these torsion components. The cofactored equation
/// holds, whatever the torsion.
fn craft(a: u64, torsion_a: &EdwardsPoint, r: u64, torsion_r: &EdwardsPoint, message: &[u8]) -> Crafted {
    let (a, r) = (Scalar::from(a), Scalar::from(r));
    let key = (ED25519_BASEPOINT_POINT * a + torsion_a).compress().to_bytes();
    let nonce = (ED25519_BASEPOINT_POINT * r + torsion_r).compress().to_bytes();
    craft_bytes(a, key, r, nonce, message)
}

fn craft_bytes(a: Scalar, key: [u8; 32], r: Scalar, nonce: [u8; 32], message: &[u8]) -> Crafted {
    let s = (r + challenge(&nonce, &key, message) * a).to_bytes();
    Crafted { key, message: message.to_vec(), r: nonce, s }
}

fn honest(seed: u8, message: &[u8]) -> Crafted {
    let secret = SecretKey::from_seed([seed; 32]);
    let PublicKey::Ed25519 { bytes } = secret.public();
    let signature = secret.sign(message).0;
    let (r, s) = (signature[..32].try_into().unwrap(), signature[32..].try_into().unwrap());
    Crafted { key: bytes.0, message: message.to_vec(), r, s }
}

impl Crafted {
    fn fields(&self) -> Fields {
        vec![
            ("public_key", bytes(&self.key)),
            ("message", bytes(&self.message)),
            ("signature", bytes(&[self.r, self.s].concat())),
        ]
    }
}

/// L, the order of the base point, little-endian.
fn order() -> [u8; 32] {
    let mut bytes = (-Scalar::ONE).to_bytes();
    bytes[0] += 1;
    bytes
}

fn plus(a: [u8; 32], b: [u8; 32]) -> [u8; 32] {
    let mut carry = 0_u16;
    std::array::from_fn(|at| {
        let sum = u16::from(a[at]) + u16::from(b[at]) + carry;
        carry = sum >> 8;
        (sum & 0xff) as u8
    })
}

/// Encodings that are not the one of a point: y = p … 2²⁵⁵ − 1 with both signs (some of them), x = 0 with a sign.
fn not_canonical() -> Vec<[u8; 32]> {
    let mut all = Vec::new();
    for (low, high) in
        [(0xed, 0x7f), (0xed, 0xff), (0xee, 0x7f), (0xee, 0xff), (0xf0, 0x7f), (0xff, 0x7f), (0xff, 0xff)]
    {
        let mut bytes = [0xff; 32];
        (bytes[0], bytes[31]) = (low, high);
        all.push(bytes);
    }
    let mut one = [0; 32];
    (one[0], one[31]) = (1, 0x80);
    let mut minus_one = [0xff; 32];
    minus_one[0] = 0xec;
    all.extend([one, minus_one]);
    all
}

/// Canonical encodings that no point has.
fn not_points() -> Vec<[u8; 32]> {
    let encoding = |low: u8| {
        let mut bytes = [0; 32];
        bytes[0] = low;
        bytes
    };
    (2..40).map(encoding).filter(|bytes| CompressedEdwardsY(*bytes).decompress().is_none()).take(3).collect()
}

type Class = (&'static str, Option<(&'static str, &'static str)>, Vec<(String, Crafted)>);

/// Every class: what it is, its cause and rule where it is refused, and signatures of it.
fn classes() -> Vec<Class> {
    let identity = &EIGHT_TORSION[0];
    let base = ED25519_BASEPOINT_POINT.compress().0;
    let seven = Scalar::from(7_u8);
    let good = honest(1, b"m");
    let torsion = |n: usize| &EIGHT_TORSION[n];
    let numbered = |name: &str, all: Vec<Crafted>| -> Vec<(String, Crafted)> {
        all.into_iter().enumerate().map(|(n, crafted)| (format!("{name} {n}"), crafted)).collect()
    };
    let mut unreduced = Vec::new();
    let mut more = good.s;
    for n in 1..=14 {
        more = plus(more, order());
        if [1, 2, 14].contains(&n) {
            unreduced.push(Crafted { s: more, ..good.clone() });
        }
    }
    unreduced.extend([order(), [0xff; 32]].map(|s| Crafted { s, ..good.clone() }));
    let bad = |cause, rule| Some((cause, rule));
    vec![
        (
            "honest",
            None,
            numbered("seed", (0..4).map(|seed| honest(seed, &vec![seed; usize::from(seed) * 40])).collect()),
        ),
        (
            "mixed order: torsion in A or R, which the cofactored equation allows",
            None,
            (0..8)
                .flat_map(|i| [(i, 0), (0, i), (i, i), (i, (i + 3) % 8)])
                .collect::<std::collections::BTreeSet<_>>()
                .into_iter()
                .map(|(i, j)| {
                    (
                        format!("torsion {i} in A, {j} in R"),
                        craft(5, torsion(i), 7, torsion(j), &[i as u8, j as u8]),
                    )
                })
                .collect(),
        ),
        (
            "a key that is not canonical",
            bad("key-not-canonical", "CRY-001"),
            numbered(
                "encoding",
                not_canonical()
                    .into_iter()
                    .map(|key| craft_bytes(Scalar::ZERO, key, seven, base, b"m"))
                    .collect(),
            ),
        ),
        (
            "a key of small order: with it anybody could sign anything",
            bad("key-small-order", "CRY-002"),
            numbered("point", (0..8).map(|n| craft(0, torsion(n), 7, identity, b"m")).collect()),
        ),
        (
            "a key that is no point",
            bad("key-not-a-point", "CRY-003"),
            numbered(
                "encoding",
                not_points()
                    .into_iter()
                    .map(|key| craft_bytes(Scalar::ONE, key, Scalar::ONE, base, b"m"))
                    .collect(),
            ),
        ),
        ("an S that is not below L", bad("scalar-not-reduced", "CRY-004"), numbered("S", unreduced)),
        (
            "an R that is not canonical",
            bad("nonce-not-canonical", "CRY-005"),
            numbered(
                "encoding",
                not_canonical()
                    .into_iter()
                    .map(|nonce| {
                        let a = Scalar::from(5_u8);
                        craft_bytes(a, (ED25519_BASEPOINT_POINT * a).compress().0, Scalar::ZERO, nonce, b"m")
                    })
                    .collect(),
            ),
        ),
        (
            "an R of small order",
            bad("nonce-small-order", "CRY-006"),
            numbered("point", (0..8).map(|n| craft(5, identity, 0, torsion(n), b"m")).collect()),
        ),
        (
            "an R that is no point",
            bad("nonce-not-a-point", "CRY-007"),
            numbered(
                "encoding",
                not_points().into_iter().map(|r| Crafted { r, ..honest(1, b"m") }).collect(),
            ),
        ),
        (
            "not what was signed",
            bad("equation-fails", "CRY-008"),
            vec![
                ("another message".into(), Crafted { message: b"n".to_vec(), ..good.clone() }),
                ("no message".into(), Crafted { message: Vec::new(), ..good.clone() }),
                ("another key".into(), Crafted { key: honest(2, b"m").key, ..good.clone() }),
                ("another R".into(), Crafted { r: honest(2, b"m").r, ..good.clone() }),
                ("S is 0".into(), Crafted { s: [0; 32], ..good.clone() }),
                ("S is L - 1".into(), Crafted { s: (-Scalar::ONE).to_bytes(), ..good.clone() }),
                (
                    "the message hashed before".into(),
                    Crafted { message: Sha512::digest(b"m").to_vec(), ..good.clone() },
                ),
            ],
        ),
        (
            "several things wrong: the first check in the stated order gives the rule",
            bad("order-of-checks", ""),
            {
                let wrong = Crafted { r: not_canonical()[0], s: [0xff; 32], ..good.clone() };
                let small = EIGHT_TORSION[1].compress().0;
                vec![
                    ("CRY-004".into(), wrong.clone()),
                    ("CRY-002".into(), Crafted { key: small, ..wrong.clone() }),
                    ("CRY-005".into(), Crafted { s: [0; 32], ..wrong.clone() }),
                    ("CRY-007".into(), Crafted { s: [0; 32], r: not_points()[0], ..wrong }),
                ]
            },
        ),
    ]
}

fn rule_of(class: Option<(&'static str, &'static str)>, name: &str) -> Option<String> {
    // Where several things are wrong the name is the rule.
    class.map(|(_, rule)| if rule.is_empty() { name.to_string() } else { rule.to_string() })
}

pub(super) fn vectors() -> Vec<Vector> {
    let mut made = Vec::new();
    let classes = classes();
    for (of, class, all) in &classes {
        for (name, crafted) in all {
            let k = challenge(&crafted.r, &crafted.key, &crafted.message);
            let vector = match (class, rule_of(*class, name)) {
                (Some((cause, _)), Some(rule)) => {
                    Vector::invalid("signature", cause, rule, name, *of, crafted.fields())
                }
                _ => Vector::valid("signature", name, *of, crafted.fields()),
            };
            made.push(vector.by(vec![
                ("hashed", bytes(&[crafted.r.as_slice(), &crafted.key, &crafted.message].concat())),
                ("k", bytes(&k.to_bytes())),
            ]));
        }
    }
    for (what, key, signature) in [
        ("a key of 31 bytes", 31, 64),
        ("a key of 33 bytes", 33, 64),
        ("a signature of 63 bytes", 32, 63),
        ("a signature of 65 bytes", 32, 65),
    ] {
        let good = honest(1, b"m");
        let sized =
            |bytes: &[u8], length: usize| bytes.iter().copied().chain([0]).take(length).collect::<Vec<u8>>();
        let input = vec![
            ("public_key", bytes(&sized(&good.key, key))),
            ("message", bytes(&good.message)),
            ("signature", bytes(&sized(&[good.r, good.s].concat(), signature))),
        ];
        made.push(Vector::invalid(
            "signature",
            "wrong-length",
            "API-003",
            what,
            "an honest signature",
            input,
        ));
    }
    made.extend(batches(&classes));
    made
}

/// Lists of signatures: which of them do not hold.
fn batches(classes: &[Class]) -> Vec<Vector> {
    let list_of = |name: &str, of: &str, claims: &[(Crafted, Option<String>)]| {
        let bad = claims.iter().enumerate().filter_map(|(index, (_, rule))| {
            Some(Json::Object(vec![("index", (index as u64).into()), ("rule", rule.as_deref()?.into())]))
        });
        let input = vec![("claims", list(claims.iter().map(|(crafted, _)| Json::Object(crafted.fields()))))];
        Vector::valid("signatures", name, of, input).gives(vec![("bad", Json::List(bad.collect()))])
    };
    let fine = |n: u8| (honest(n, &[n; 40]), None);
    let mut made = vec![
        list_of("none", "an empty list", &[]),
        list_of("one", "an honest signature", &[fine(1)]),
        list_of("many", "honest signatures", &(1..20).map(fine).collect::<Vec<_>>()),
    ];
    // One of each class, in the company of honest ones.
    for (of, class, all) in classes {
        let (name, crafted) = all.last().unwrap();
        let claims = [fine(1), fine(2), (crafted.clone(), rule_of(*class, name)), fine(3)];
        made.push(list_of(&format!("among honest ones: {of}, {name}"), "one of the class", &claims));
    }
    // The first of each class together: 11 in a list.
    let together: Vec<_> =
        classes.iter().map(|(_, class, all)| (all[0].1.clone(), rule_of(*class, &all[0].0))).collect();
    made.push(list_of("one of every class", "all classes", &together));
    // Errors that cancel in a plain sum.
    let mut pair = [honest(1, b"m"), honest(2, b"n")];
    for (crafted, off) in pair.iter_mut().zip([Scalar::ONE, -Scalar::ONE]) {
        let s: Option<Scalar> = Scalar::from_canonical_bytes(crafted.s).into();
        crafted.s = (s.unwrap() + off).to_bytes();
    }
    let pair = pair.map(|crafted| (crafted, Some("CRY-008".to_string())));
    made.push(list_of("errors that cancel", "two S, off by one in opposite directions", &pair));
    // Torsion that cancels, or not, without the cofactor.
    for order in [1, 2, 4] {
        let n = order;
        let claims: Vec<_> = [n, 8 - n]
            .map(|t| (craft(5, &EIGHT_TORSION[0], 7 + t as u64, &EIGHT_TORSION[t], b"t"), None))
            .into();
        made.push(list_of(
            &format!("torsion {n} and {} in R", 8 - n),
            "the cofactored equation holds for each",
            &claims,
        ));
        made.push(list_of(&format!("torsion {n} alone in R"), "the cofactored equation holds", &claims[..1]));
    }
    made
}
