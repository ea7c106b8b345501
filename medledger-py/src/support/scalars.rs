//! Truth values, numbers, text, nothing, options and lists.

use medledger_sdk::api::{ArgumentError, Count};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyInt, PySequence, PyString, PyTuple};

use super::errors::{At, raise, wrong};
use super::{FromPython, IntoPython};

impl IntoPython for () {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(py.None().into_bound(py))
    }
}

impl FromPython for bool {
    fn from_python(value: &Bound<'_, PyAny>, at: At<'_>) -> PyResult<Self> {
        value.cast::<PyBool>().map(|value| value.is_true()).map_err(|_| wrong(value.py(), at, "a bool"))
    }
}

impl IntoPython for bool {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(PyBool::new(py, self).to_owned().into_any())
    }
}

impl FromPython for u64 {
    fn from_python(value: &Bound<'_, PyAny>, at: At<'_>) -> PyResult<Self> {
        let py = value.py();
        // A bool is an int in Python, and a mistake here.
        if value.is_instance_of::<PyBool>() || !value.is_instance_of::<PyInt>() {
            return Err(wrong(py, at, "an int"));
        }
        value.extract().map_err(|_| {
            let wanted = "a whole number from 0 to 2**64 - 1".to_owned();
            raise(py, ArgumentError::OutOfRange { argument: at.to_string(), wanted })
        })
    }
}

impl IntoPython for u64 {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(self.into_pyobject(py)?.into_any())
    }
}

impl FromPython for Count {
    fn from_python(value: &Bound<'_, PyAny>, at: At<'_>) -> PyResult<Self> {
        u64::from_python(value, at).map(Self)
    }
}

impl IntoPython for Count {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        self.0.into_python(py)
    }
}

impl FromPython for String {
    fn from_python(value: &Bound<'_, PyAny>, at: At<'_>) -> PyResult<Self> {
        let py = value.py();
        let text = value.cast::<PyString>().map_err(|_| wrong(py, at, "a str"))?;
        // A str may hold halves of characters, which no UTF-8 has.
        text.to_cow()
            .map(|text| text.into_owned())
            .map_err(|_| wrong(py, at, "a str without lone surrogates"))
    }
}

impl IntoPython for String {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(PyString::new(py, &self).into_any())
    }
}

impl<T: FromPython> FromPython for Option<T> {
    fn from_python(value: &Bound<'_, PyAny>, at: At<'_>) -> PyResult<Self> {
        if value.is_none() { Ok(None) } else { T::from_python(value, at).map(Some) }
    }
}

impl<T: IntoPython> IntoPython for Option<T> {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        self.map_or_else(|| ().into_python(py), |value| value.into_python(py))
    }
}

impl<T: FromPython> FromPython for Vec<T> {
    fn from_python(value: &Bound<'_, PyAny>, at: At<'_>) -> PyResult<Self> {
        let is_one = value.is_instance_of::<PyString>()
            || value.is_instance_of::<PyBytes>()
            || value.is_instance_of::<PyByteArray>();
        let list = value.cast::<PySequence>().ok().filter(|_| !is_one);
        let list = list.ok_or_else(|| wrong(value.py(), at, "a list or another sequence"))?;
        list.try_iter()?
            .enumerate()
            .map(|(index, item)| T::from_python(&item?, At::Item(&at, index)))
            .collect()
    }
}

impl<T: IntoPython> IntoPython for Vec<T> {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        let items: Vec<_> = self.into_iter().map(|item| item.into_python(py)).collect::<PyResult<_>>()?;
        Ok(PyTuple::new(py, items)?.into_any())
    }
}
