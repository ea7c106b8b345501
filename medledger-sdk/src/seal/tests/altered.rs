//! Whatever is changed in a sealed record, it does not open.

use super::*;

/// The container's chunks, each with its tag.
fn chunks(container: &[u8]) -> (Vec<u8>, Vec<Vec<u8>>) {
    let (_, start) = SealedHeader::read(container).unwrap();
    let (start, chunks) = container.split_at(start);
    (start.to_vec(), chunks.chunks(C + 16).map(<[u8]>::to_vec).collect())
}

fn whole(start: &[u8], chunks: &[Vec<u8>]) -> Vec<u8> {
    [start, &chunks.concat()].concat()
}

#[test]
fn a_thousand_changes_of_one_byte_are_refused() {
    let (container, key, commitments) = sealed(C + 700, 1);
    let (_, start) = SealedHeader::read(&container).unwrap();
    let mut codes = Vec::new();
    for n in 0..1_000_usize {
        // Half of them in what stands before the chunks, which is the shorter part by far.
        let at = if n % 2 == 0 {
            (n / 2) % start
        } else {
            start + n.wrapping_mul(7_919) % (container.len() - start)
        };
        let flip = 1_u8 << (n % 8);
        let mut changed = container.clone();
        changed[at] ^= flip;
        let code = id(open(&changed, &key, &commitments));
        assert!(code.starts_with("SEA-"), "byte {at} ^ {flip}: {code:?}");
        if at >= start {
            assert_eq!(code, "SEA-008", "byte {at}");
        }
        codes.push(code);
    }
    codes.sort();
    codes.dedup();
    let seen = ["SEA-001", "SEA-002", "SEA-003", "SEA-004", "SEA-006", "SEA-007", "SEA-008", "SEA-012"];
    assert!(seen.iter().all(|code| codes.contains(&code.to_string())), "{codes:?}");
}

#[test]
fn each_change_of_the_structure_is_refused() {
    let (container, key, commitments) = sealed(3 * C + 9, 1);
    let (start, own) = chunks(&container);
    assert_eq!(own.len(), 4);
    let (other, ..) = sealed(3 * C + 9, 60);
    let (other_start, others) = chunks(&other);
    let check = |what: &str, bytes: Vec<u8>, code: &str| {
        assert_eq!(id(open(&bytes, &key, &commitments)), code, "{what}");
        // In pieces it is the same.
        assert_eq!(id(open_pieces(&bytes, (&key, &commitments), &[1_000])), code, "{what}");
    };
    let with = |change: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut list = own.clone();
        change(&mut list);
        whole(&start, &list)
    };
    check("swapped", with(&|list| list.swap(0, 1)), "SEA-008");
    check("the last one before", with(&|list| list.swap(2, 3)), "SEA-008");
    // Given at once it is seen to be too long, given in pieces the repeated one does not open.
    let repeated = with(&|list| list.insert(1, list[0].clone()));
    assert_eq!(id(open(&repeated, &key, &commitments)), "SEA-010");
    assert_eq!(id(open_pieces(&repeated, (&key, &commitments), &[1_000])), "SEA-008");
    check("repeated in another's place", with(&|list| list[1] = list[0].clone()), "SEA-008");
    check("left out", with(&|list| drop(list.remove(1))), "SEA-008");
    check("the last one left out", with(&|list| drop(list.pop())), "SEA-009");
    check("the two last ones left out", with(&|list| list.truncate(2)), "SEA-009");
    check("of another record", with(&|list| list[1] = others[1].clone()), "SEA-008");
    check("cut", with(&|list| list[1].truncate(C)), "SEA-008");
    check("surplus", with(&|list| list.push(vec![0])), "SEA-010");
    check("surplus chunk", with(&|list| list.push(list[3].clone())), "SEA-010");
    check("another's header", whole(&other_start, &own), "SEA-012");
    for cut in [1, 100, C, C + 16] {
        check("cut short", container[..container.len() - cut].to_vec(), "SEA-009");
    }
    check("no chunk at all", start.clone(), "SEA-009");
    check("half a header", start[..start.len() / 2].to_vec(), "SEA-009");
    check("half a preamble", start[..6].to_vec(), "SEA-009");
    check("nothing", Vec::new(), "SEA-001");
    check("another file", b"%PDF-1.7 and more".to_vec(), "SEA-001");
    check("a short one", b"%PDF".to_vec(), "SEA-001");
    // As much as can be seen without a key.
    assert_eq!(id(SealedHeader::check_sizes(&container[..container.len() - 1])), "SEA-009");
    assert_eq!(id(SealedHeader::check_sizes(&[&container[..], &[0]].concat())), "SEA-010");
}

/// The header of a container, changed by someone without the key.
fn reheaded(container: &[u8], change: impl FnOnce(&mut SealedHeader)) -> Vec<u8> {
    let (mut header, start) = SealedHeader::read(container).unwrap();
    change(&mut header);
    [&header.to_bytes().unwrap(), &container[start..]].concat()
}

#[test]
fn a_header_is_bound_in_every_field() {
    let (container, key, commitments) = sealed(10, 1);
    let check = |change: &dyn Fn(&mut SealedHeader), code: &str| {
        assert_eq!(id(open(&reheaded(&container, change), &key, &commitments)), code);
    };
    check(&|header| header.head.form = ContentForm::FhirJson, "SEA-007");
    check(&|header| header.head.length += 1, "SEA-007");
    check(&|header| header.head.chunk /= 2, "SEA-004");
    check(&|header| header.head.length = u64::MAX, "SEA-005");
    check(&|header| header.head.prefix.0[0] ^= 1, "SEA-007");
    check(&|header| header.head.key.0[0] ^= 1, "SEA-006");
    check(&|header| header.head.commitments.content.0[0] ^= 1, "SEA-012");
    check(&|header| assert!(header.facts.pop().is_some()), "SEA-007");
    check(&|header| header.facts.clear(), "SEA-007");
    let mut newer = container.clone();
    newer[7] = 2;
    assert_eq!(SealedHeader::read(&newer).unwrap_err(), SealError::Newer { found: 2, known: 1 });
    newer[7] = 0;
    assert_eq!(id(SealedHeader::read(&newer)), "SEA-001");
    let mut huge = container;
    huge[8] = 0xff;
    assert_eq!(id(SealedHeader::read(&huge)), "SEA-003");
    let mut opener = Opener::new(&key, &commitments);
    let mut out = Vec::new();
    // Refused before anything is waited for, and for good.
    assert_eq!(id(opener.feed(&huge[..12], &mut out)), "SEA-003");
    assert_eq!(id(opener.feed(&huge[12..], &mut out)), "SEA-003");
    assert_eq!(id(opener.finish()), "SEA-003");
}

#[test]
fn wrong_keys_and_damage_are_told_apart() {
    let (container, key, commitments) = sealed(10, 1);
    let (_, other, others) = sealed(10, 60);
    assert_eq!(id(open(&container, &other, &commitments)), "SEA-006");
    assert_eq!(id(open(&container, &key, &others)), "SEA-012");
    // A key with other salts is another key.
    for at in [0, 31, 32, 64, 95] {
        let mut bytes = key.expose();
        bytes[at] ^= 1;
        assert_eq!(id(open(&container, &RecordKey::new(&bytes), &commitments)), "SEA-006");
    }
}

/// What a custodian could make who has a key, and says that its record is another one.
fn forged(change: impl FnOnce(&mut Commitments)) -> (Vec<u8>, RecordKey, Commitments) {
    let key = RecordKey::draw(&mut Dice(5));
    let mut claimed = commitments(&key, ContentForm::AsItStands, b"mine", &facts()).unwrap();
    change(&mut claimed);
    let head = SealedHead {
        suite: SealSuite::XChaCha20Poly1305Stream,
        chunk: CHUNK,
        form: ContentForm::AsItStands,
        length: 4,
        commitments: claimed,
        key: key.commitment(),
        prefix: medledger_core::hash::StreamPrefix([3; 19]),
    };
    let header = head.with_facts(&key, &facts()).unwrap();
    let mut chunk = b"mine".to_vec();
    super::super::stream::seal_last(&header, &key, &mut chunk);
    ([header.to_bytes().unwrap(), chunk].concat(), key, claimed)
}

#[test]
fn a_key_that_commits_to_another_record_opens_nothing() {
    let (container, key, commitments) = forged(|_| ());
    assert_eq!(open(&container, &key, &commitments).unwrap().original(), b"mine");
    let (container, key, claimed) = forged(|commitments| commitments.content.0[0] ^= 1);
    assert_eq!(id(open(&container, &key, &claimed)), "SEA-011");
    let (container, key, claimed) = forged(|commitments| commitments.facts.0[0] ^= 1);
    assert_eq!(id(open(&container, &key, &claimed)), "SEA-011");
    // One salt for both is refused even where it opens.
    let mut bytes = key.expose();
    let (first, second) = bytes.split_at_mut(64);
    first[32..].copy_from_slice(second);
    let shared = RecordKey::new(&bytes);
    let form = ContentForm::AsItStands;
    assert_eq!(id(SealedRecord::seal_under(&shared, b"x", form, &facts(), &mut Dice(1))), "SEA-011");
}
