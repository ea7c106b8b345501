//! Roots, peaks and ranges.

use alloc::format;

use super::*;
use crate::codec::{decode, encode};
use crate::limits::PROOF;
use crate::merkle::peaks::Peaks;
use crate::merkle::range::CompactRange;
use proptest::prelude::*;
use sha3::{Digest, Sha3_256};

fn range(start: u64, end: u64) -> CompactRange {
    let mut range = CompactRange::new(start);
    (start..end).for_each(|n| range.append(&datum(n)).unwrap());
    range
}

#[test]
fn the_empty_root_is_the_hash_of_nothing() {
    assert_eq!(EMPTY_ROOT.0, <[u8; 32]>::from(Sha3_256::digest([])));
    assert_eq!(Log::new().root(), EMPTY_ROOT);
    assert_eq!(Peaks::new().root(), EMPTY_ROOT);
    assert_eq!(CompactRange::new(0).root(), Ok(EMPTY_ROOT));
}

#[test]
fn leaf_and_node_have_their_prefixes() {
    let (a, b) = (datum(0), datum(1));
    assert_eq!(leaf(&a).0, <[u8; 32]>::from(Sha3_256::digest([&[0][..], &a].concat())));
    assert_eq!(
        node(&NodeHash(a), &NodeHash(b)).0,
        <[u8; 32]>::from(Sha3_256::digest([&[1][..], &a, &b].concat()))
    );
}

#[test]
fn log_and_peaks_have_the_root_of_the_definition() {
    let all = data(300);
    let whole = log(300);
    let (mut growing, mut peaks) = (Log::new(), Peaks::EMPTY);
    for size in 0..=300 {
        let expected = mth(&all[..size as usize]);
        assert_eq!(growing.root(), expected, "{size}");
        assert_eq!(whole.root_at(size), Ok(expected));
        // Built level by level, and leaf by leaf.
        assert_eq!(format!("{:?}", log(size)), format!("{growing:?}"));
        assert_eq!(peaks.root(), expected);
        assert_eq!(peaks, growing.peaks());
        assert_eq!(peaks.check(), Ok(()));
        assert_eq!(peaks.peaks.len() as u32, size.count_ones());
        growing.append(&datum(size));
        peaks.append(&datum(size)).unwrap();
    }
    assert_eq!(rule(whole.root_at(301)), "MRK-004");
}

#[test]
fn every_cut_of_a_range_merges_to_the_same() {
    for (start, end) in (0..24).flat_map(|start| (start..24).map(move |end| (start, end))) {
        let whole = range(start, end);
        assert_eq!(whole.check(), Ok(()));
        for cut in start..=end {
            let mut left = range(start, cut);
            left.merge(&range(cut, end)).unwrap();
            assert_eq!(left, whole, "[{start}, {cut}) and [{cut}, {end})");
        }
    }
}

proptest! {
    /// Parts built apart and merged in any order, or appended to peaks, make the log.
    #[test]
    fn parts_make_the_log(cuts in prop::collection::vec(0_u64..700, 1..8), picks in prop::collection::vec(any::<prop::sample::Index>(), 8)) {
        let mut ends = cuts;
        ends.push(0);
        ends.sort_unstable();
        let size = ends[ends.len() - 1];
        let mut parts: Vec<_> = ends.windows(2).map(|pair| range(pair[0], pair[1])).collect();
        let mut peaks = Peaks::new();
        for part in &parts {
            peaks.extend(part).unwrap();
        }
        for pick in picks {
            if parts.len() > 1 {
                let at = pick.index(parts.len() - 1);
                let right = parts.remove(at + 1);
                parts[at].merge(&right).unwrap();
            }
        }
        prop_assert_eq!(parts.len(), 1);
        let root = log(size).root();
        prop_assert_eq!(parts[0].root(), Ok(root));
        prop_assert_eq!(peaks.root(), root);
        prop_assert_eq!(&parts[0].hashes, &peaks.peaks);
        prop_assert_eq!(decode::<CompactRange>(&encode(&parts[0]).unwrap(), &PROOF).unwrap(), parts[0].clone());
        prop_assert_eq!(decode::<Peaks>(&encode(&peaks).unwrap(), &PROOF).unwrap(), peaks);
    }

    /// Whatever its fields, a range or peaks end in an answer, and what is malformed is refused and left as it was.
    #[test]
    fn any_value_ends_in_an_answer(start: u64, end: u64, hashes in 0_usize..130, near in 0_u64..3) {
        let hashes: Vec<_> = (0..hashes).map(|n| NodeHash([n as u8; 32])).collect();
        for end in [end, u64::MAX - near, start.saturating_add(near)] {
            let mut range = CompactRange { start, end, hashes: hashes.clone() };
            let mut peaks = Peaks { size: end, peaks: hashes.clone() };
            let (was_range, was_peaks) = (range.clone(), peaks.clone());
            let checked = range.check();
            prop_assert_eq!(range.append(&datum(0)).is_ok(), checked.is_ok() && end != u64::MAX);
            prop_assert_eq!(checked.is_ok() && end != u64::MAX, range != was_range);
            let checked = peaks.check();
            prop_assert_eq!(peaks.append(&datum(0)).is_ok(), checked.is_ok() && end != u64::MAX);
            prop_assert_eq!(checked.is_ok() && end != u64::MAX, peaks != was_peaks);
            let _ = (range.root(), peaks.root(), peaks.extend(&range), range.merge(&was_range));
        }
    }
}

#[test]
fn malformed_peaks_and_ranges_are_refused() {
    for size in 1..40 {
        let good = log(size).peaks();
        let mut short = good.clone();
        short.peaks.pop();
        assert_eq!(rule(short.check()), "MRK-008");
        assert_eq!(rule(short.append(&datum(0))), "MRK-008");
        let mut long = good.clone();
        long.peaks.push(NodeHash([0; 32]));
        assert_eq!(rule(long.check()), "MRK-008");
        assert_eq!(rule(long.extend(&range(size, size + 1))), "MRK-008");
    }
    let descending = CompactRange { start: 2, end: 1, hashes: Vec::new() };
    assert_eq!(rule(descending.check()), "MRK-009");
    assert_eq!(rule(range(0, 2).merge(&descending)), "MRK-009");
}

#[test]
fn a_gap_or_an_overlap_is_refused() {
    let mut left = range(0, 3);
    for start in [0, 2, 4] {
        assert_eq!(rule(left.merge(&range(start, 6))), "MRK-010");
        assert_eq!(rule(log(3).peaks().extend(&range(start, 6))), "MRK-010");
    }
    assert_eq!(left, range(0, 3));
}

#[test]
fn a_range_from_the_middle_has_no_root() {
    assert_eq!(rule(range(1, 4).root()), "MRK-011");
}

#[test]
fn the_last_index_is_never_given() {
    let hashes = (0..64).map(|n| NodeHash([n; 32])).collect::<Vec<_>>();
    let mut full = Peaks { size: u64::MAX, peaks: hashes.clone() };
    assert_eq!(full.check(), Ok(()));
    assert_eq!(rule(full.append(&datum(0))), "MRK-012");
    assert_eq!(rule(CompactRange { start: 0, end: u64::MAX, hashes }.append(&datum(0))), "MRK-012");
}
