//! The log against rs_merkle with the same hash.

use medledger_core::merkle::Log;
use rs_merkle::{Hasher, MerkleTree};
use sha3::{Digest, Sha3_256};

use crate::report::{Outcome, Report, time};

#[derive(Clone)]
struct Sha3;

impl Hasher for Sha3 {
    type Hash = [u8; 32];

    fn hash(data: &[u8]) -> [u8; 32] {
        Sha3_256::digest(data).into()
    }

    fn concat_and_hash(left: &[u8; 32], right: Option<&[u8; 32]>) -> [u8; 32] {
        match right {
            Some(right) => {
                Sha3_256::new_with_prefix([1]).chain_update(left).chain_update(right).finalize().into()
            }
            None => *left,
        }
    }
}

pub fn run(report: &mut Report, scale: u32) -> Outcome<()> {
    let leaves = 100_000 / scale;
    let data: Vec<[u8; 32]> = (0..leaves).map(|n| Sha3_256::digest(n.to_be_bytes()).into()).collect();
    report.compare(
        "merkle_vs_rs_merkle",
        leaves,
        || Ok(time(|| Log::from_data(&data).root())),
        || {
            Ok(time(|| {
                let hashed: Vec<_> = data
                    .iter()
                    .map(|data| Sha3_256::new_with_prefix([0]).chain_update(data).finalize().into())
                    .collect();
                MerkleTree::<Sha3>::from_leaves(&hashed).root()
            }))
        },
    )
}
