//! What a client without a chain accepts, and what it refuses.

mod alterations;
mod logs;
mod receipts;
mod records;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::*;
use crate::error::Coded;
use crate::fixture::*;
use crate::record::commitment::Content;
use crate::record::{Commitments, Facts, Opening, Salt};

fn rule<T>(result: Result<T, LightError>) -> String {
    result.map_or_else(|error| error.rule().to_string(), |_| "ok".into())
}

/// What opens the record of a name.
fn opening(name: &str) -> Opening {
    Opening {
        content: Content::new(name.as_bytes().to_vec()),
        content_salt: Salt::new(bytes(&alloc::format!("{name} content salt"))),
        facts: Facts::new(alloc::format!("Observation/{}", name.replace(' ', "-")), "Observation"),
        facts_salt: Salt::new(bytes(&alloc::format!("{name} facts salt"))),
    }
}

fn opened(name: &str) -> Commitments {
    opening(name).commitments().unwrap()
}

/// Empty blocks, so that logs of headers have some depth.
fn pass(world: &mut World, blocks: usize) {
    (0..blocks).for_each(|_| drop(world.run::<Vec<u8>>(&[])));
}
