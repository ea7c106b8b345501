//! Bytes: `bytes` and `bytearray` come in, `bytes` go out.

use medledger_sdk::api::Bytes;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyByteArrayMethods, PyBytes};

use super::errors::{At, wrong};
use super::{FromPython, IntoPython};

/// From so many bytes on, work takes long enough to let other threads run.
pub const LARGE: usize = 16 * 1024;

impl FromPython for Vec<u8> {
    fn from_python(value: &Bound<'_, PyAny>, at: At<'_>) -> PyResult<Self> {
        if let Ok(bytes) = value.cast::<PyBytes>() {
            return Ok(bytes.as_bytes().to_vec());
        }
        match value.cast::<PyByteArray>() {
            Ok(bytes) => Ok(bytes.to_vec()),
            Err(_) => Err(wrong(value.py(), at, "bytes or bytearray")),
        }
    }
}

impl IntoPython for Vec<u8> {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(PyBytes::new(py, &self).into_any())
    }
}

impl FromPython for Bytes {
    fn from_python(value: &Bound<'_, PyAny>, at: At<'_>) -> PyResult<Self> {
        Vec::from_python(value, at).map(Self)
    }
}

impl IntoPython for Bytes {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        self.0.into_python(py)
    }
}
