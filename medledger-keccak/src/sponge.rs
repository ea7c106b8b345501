//! The sponge over several messages side by side. Each lane absorbs its own message; a lane that is done goes on with
//! the permutation, and nothing looks at it any more.

use alloc::vec::Vec;

use crate::Digest;

/// Bytes that a block of SHA3-256 absorbs.
const RATE: usize = 136;
/// The same in words.
const WORDS: usize = RATE / 8;

/// The state of `N` permutations, word by word: `state[word][lane]`.
pub type State<const N: usize> = [[u64; N]; 25];

/// Hashes the messages, `N` at a time. `permute` is Keccak-f\[1600\] on each lane.
#[inline(always)]
pub fn hash<const N: usize, M: AsRef<[u8]>>(
    messages: &[M],
    mut permute: impl FnMut(&mut State<N>),
) -> Vec<Digest> {
    let mut digests = Vec::with_capacity(messages.len());
    for group in messages.chunks(N) {
        let mut state: State<N> = [[0; N]; 25];
        let mut done = [[0; 32]; N];
        let last = group.iter().map(|message| message.as_ref().len() / RATE).max().unwrap_or(0);
        for block in 0..=last {
            for (lane, message) in group.iter().enumerate() {
                absorb(&mut state, lane, message.as_ref(), block);
            }
            permute(&mut state);
            for ((lane, message), digest) in group.iter().enumerate().zip(&mut done) {
                if message.as_ref().len() / RATE == block {
                    *digest = squeeze(&state, lane);
                }
            }
        }
        digests.extend(done.iter().take(group.len()));
    }
    digests
}

/// Absorbs one block of a message; nothing past its last one, which is padded (FIPS 202 §5.1 and §6.1: `01`, then
/// `10*1`).
#[inline(always)]
fn absorb<const N: usize>(state: &mut State<N>, lane: usize, message: &[u8], block: usize) {
    let rest = message.get(block.saturating_mul(RATE)..).unwrap_or(&[]);
    if let Some(whole) = rest.first_chunk::<RATE>() {
        add(state, lane, whole);
    } else if message.len() / RATE == block {
        let mut padded = [0; RATE];
        for (to, from) in padded.iter_mut().zip(rest) {
            *to = *from;
        }
        if let Some(next) = padded.get_mut(rest.len()) {
            *next = 0x06;
        }
        if let Some(end) = padded.last_mut() {
            *end |= 0x80;
        }
        add(state, lane, &padded);
    }
}

#[inline(always)]
fn add<const N: usize>(state: &mut State<N>, lane: usize, block: &[u8; RATE]) {
    let (words, _) = block.as_chunks::<8>();
    for (row, word) in state.iter_mut().zip(words).take(WORDS) {
        if let Some(at) = row.get_mut(lane) {
            *at ^= u64::from_le_bytes(*word);
        }
    }
}

#[inline(always)]
fn squeeze<const N: usize>(state: &State<N>, lane: usize) -> Digest {
    let mut digest = [0; 32];
    for (to, row) in digest.chunks_exact_mut(8).zip(state) {
        let word = row.get(lane).copied().unwrap_or_default();
        to.copy_from_slice(&word.to_le_bytes());
    }
    digest
}
