//! What fuzzing found worth keeping: of each target one file in `fuzz/kept`, the CBOR array of its inputs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use ciborium::Value;

use super::cbor::written;

/// The most bytes of inputs that are kept of one target; the longest are left out first.
pub const MOST_BYTES: usize = 300_000;

/// The folder `fuzz` of the repository.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("fuzz")
}

fn file(target: &str) -> PathBuf {
    folder().join("kept").join(format!("{target}.cbor"))
}

/// The kept inputs of a target, shortest first; none where nothing was kept yet.
///
/// # Errors
/// When the file can't be read, or is not what [`keep`] writes.
pub fn inputs(target: &str) -> io::Result<Vec<Vec<u8>>> {
    let bytes = match fs::read(file(target)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        read => read?,
    };
    let wrong = || io::Error::new(io::ErrorKind::InvalidData, format!("{target}.cbor holds no inputs"));
    let value: Value = ciborium::from_reader(bytes.as_slice()).map_err(|_| wrong())?;
    let items = value.into_array().map_err(|_| wrong())?;
    items.into_iter().map(|item| item.into_bytes().map_err(|_| wrong())).collect()
}

/// Keeps these inputs of a target, each once, and no others.
///
/// # Errors
/// When the file can't be written.
pub fn keep(target: &str, inputs: Vec<Vec<u8>>) -> io::Result<usize> {
    let ordered: BTreeSet<(usize, Vec<u8>)> = inputs.into_iter().map(|input| (input.len(), input)).collect();
    let mut total = 0;
    let within = |(length, _): &(usize, Vec<u8>)| {
        total += length + 3;
        total <= MOST_BYTES
    };
    let kept: Vec<Value> =
        ordered.into_iter().take_while(within).map(|(_, input)| Value::Bytes(input)).collect();
    let count = kept.len();
    fs::create_dir_all(folder().join("kept"))?;
    fs::write(file(target), written(&Value::Array(kept)))?;
    Ok(count)
}
