#![cfg(all(feature = "fhir", feature = "local"))]

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::*;
use crate::testing::id;
use crate::testing::{Dice, unhex};

const VECTORS: &str = include_str!("../vectors/bip-0039.txt");

fn lines() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    VECTORS.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut parts = line.splitn(3, ' ');
        (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap())
    })
}

fn words(sheet: &Sheet) -> String {
    sheet.words().collect::<Vec<_>>().join(" ")
}

#[test]
fn published_vectors_hold_both_ways() {
    for (entropy, seed, text) in lines() {
        let drawn = Sheet::from_entropy(&unhex(entropy).try_into().unwrap()).unwrap();
        assert_eq!(words(&drawn), text);
        let typed = Sheet::from_words(text).unwrap();
        assert!(typed == drawn);
        assert_eq!(typed.0.to_entropy(), unhex(entropy));
        assert_eq!(&typed.seed("TREZOR")[..], unhex(seed));
    }
    assert_eq!(lines().count(), 8);
}

#[test]
fn words_may_be_typed_in_any_case_and_spacing() {
    let (_, _, text) = lines().last().unwrap();
    let loose = format!("  {}\n", text.to_uppercase().replace(' ', "\n\t "));
    assert!(Sheet::from_words(&loose).unwrap() == Sheet::from_words(text).unwrap());
}

#[test]
fn wrong_words_have_codes_and_are_never_repeated() {
    let (_, _, text) = lines().nth(4).unwrap();
    let all: Vec<&str> = text.split(' ').collect();
    let code = |words: &[&str]| {
        let error = Sheet::from_words(&words.join(" ")).unwrap_err();
        for word in ["hamster", "xyzzy", "zoo"] {
            assert!(!error.to_string().contains(word) && !format!("{error:?}").contains(word));
        }
        id(Some(&error))
    };
    assert_eq!(code(&all[..23]), "WAL-010");
    assert_eq!(code(&[&all[..], &["zoo"]].concat()), "WAL-010");
    assert_eq!(code(&[]), "WAL-010");
    assert_eq!(code(&["zoo"; 100]), "WAL-010");
    let with = |at: usize, word: &'static str| {
        let mut changed = all.clone();
        changed[at] = word;
        changed
    };
    assert_eq!(code(&with(6, "xyzzy")), "WAL-011");
    assert_eq!(Sheet::from_words(&with(6, "xyzzy").join(" ")), Err(SheetFault::UnknownWord { position: 7 }));
    assert_eq!(code(&with(6, "ｍｅａｔ")), "WAL-011");
    assert_eq!(code(&with(23, "zoo")), "WAL-012");
    let mut swapped = all.clone();
    swapped.swap(0, 1);
    assert_eq!(code(&swapped), "WAL-012");
}

#[test]
fn draws_differ_and_show_nothing() {
    let mut rng = Dice(0);
    let (one, two) = (Sheet::draw(&mut rng).unwrap(), Sheet::draw(&mut rng).unwrap());
    assert!(one != two);
    assert_eq!(one.words().count(), 24);
    assert_eq!(format!("{one:?}"), "Sheet");
}

#[test]
fn passphrases_that_look_the_same_are_the_same() {
    let sheet = Sheet::draw(&mut Dice(0)).unwrap();
    assert_eq!(sheet.seed("caf\u{e9} ﬁ"), sheet.seed("cafe\u{301} fi"));
    assert_ne!(sheet.seed(""), sheet.seed("cafe"));
}
