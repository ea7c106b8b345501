//! Replay windows: what a counter does to one, at each of its edges.

use medledger_core::error::Coded;
use medledger_core::operation::{OperationError, ReplayWindow};

use super::Vector;

/// Windows, and counters at whose edges they are asked.
const WINDOWS: &[(&str, u64, u64)] = &[
    ("new", 0, 0),
    ("one used", 0, 1),
    ("a hole at 0", 0, 0b10),
    ("full", 0, u64::MAX),
    ("the highest used", 0, 1 << 63),
    ("all but the lowest", 0, u64::MAX - 1),
    ("moved", 100, 1 << 63 | 0b101),
    ("moved, nothing above", 1_000, 1),
    ("beyond 2^53", (1 << 53) + 7, 0x8000_0000_0000_0003),
    ("near the end", u64::MAX - 64, 1 << 63),
    ("at the end", u64::MAX - 63, 1 << 63),
];

pub(super) fn vectors() -> Vec<Vector> {
    let mut made: Vec<Vector> = Vec::new();
    for (what, base, used) in WINDOWS {
        let window = ReplayWindow { base: *base, used: *used };
        let highest = base.saturating_add(63_u64.saturating_sub(u64::from(used.leading_zeros())));
        let around = [
            Some(0),
            base.checked_sub(1),
            Some(*base),
            base.checked_add(1),
            base.checked_add(2),
            base.checked_add(62),
            base.checked_add(63),
            base.checked_add(64),
            base.checked_add(65),
            base.checked_add(126),
            base.checked_add(127),
            base.checked_add(128),
            highest.checked_add(63),
            highest.checked_add(64),
            highest.checked_add(65),
            Some(u64::MAX - 1),
            Some(u64::MAX),
        ];
        for counter in around.into_iter().flatten() {
            let name = format!("{what}, counter {counter}");
            if made.iter().any(|known| known.name == name) {
                continue;
            }
            let input = vec![("base", (*base).into()), ("used", (*used).into()), ("counter", counter.into())];
            let of = "a window and a counter at one of its edges";
            made.push(match window.with(counter) {
                Ok(next) => Vector::valid("counter", name, of, input)
                    .gives(vec![("base", next.base.into()), ("used", next.used.into())]),
                Err(error) => {
                    let cause = match error {
                        OperationError::Replayed { .. } => "used",
                        OperationError::CounterTooOld { .. } => "too-old",
                        _ => "too-far",
                    };
                    Vector::invalid("counter", cause, error.rule().to_string(), name, of, input)
                }
            });
        }
    }
    made
}
