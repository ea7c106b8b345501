//! Words and values: enums and dataclasses of `medledger.values`.

use medledger_sdk::api::ArgumentError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

use super::FromPython;
use super::errors::{At, raise, wrong};

/// A class of `medledger.values`, which is looked up once.
pub struct Class {
    name: &'static str,
    class: PyOnceLock<Py<PyAny>>,
}

impl Class {
    /// The class with this name.
    pub const fn new(name: &'static str) -> Self {
        Self { name, class: PyOnceLock::new() }
    }

    /// The class itself.
    ///
    /// # Errors
    /// What importing it raises.
    pub fn get<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyAny>> {
        self.class.import(py, "medledger.values", self.name)
    }

    /// The fields of one of its objects.
    ///
    /// # Errors
    /// `InvalidArgument` for an object of another class.
    pub fn fields<'a, 'py>(&self, value: &'a Bound<'py, PyAny>, at: At<'a>) -> PyResult<Fields<'a, 'py>> {
        if value.is_instance(self.get(value.py())?)? {
            Ok(Fields { value, at, of: self.name })
        } else {
            Err(wrong(value.py(), at, self.name))
        }
    }

    /// The word with a text.
    ///
    /// # Errors
    /// `InvalidArgument` for another text.
    pub fn word<T: Copy>(
        &self,
        value: &Bound<'_, PyAny>,
        at: At<'_>,
        all: &[T],
        text_of: fn(T) -> &'static str,
    ) -> PyResult<T> {
        let text = String::from_python(value, at)?;
        all.iter().copied().find(|word| text_of(*word) == text).ok_or_else(|| {
            let (argument, text) = (at.argument(), text.chars().take(80).collect());
            raise(value.py(), ArgumentError::NotA { argument, wanted: self.name, text })
        })
    }
}

/// An object's fields.
pub struct Fields<'a, 'py> {
    value: &'a Bound<'py, PyAny>,
    at: At<'a>,
    of: &'static str,
}

impl Fields<'_, '_> {
    /// One of them.
    ///
    /// # Errors
    /// `InvalidArgument` where it is not of its type.
    pub fn get<T: FromPython>(&self, name: &'static str) -> PyResult<T> {
        let lacks = |_| wrong(self.value.py(), self.at, format!("{} with `{name}`", self.of));
        T::from_python(&self.value.getattr(name).map_err(lacks)?, At::Field(&self.at, name))
    }
}

/// Converts an enum of words. A word's text stands for it too: its members are texts themselves.
macro_rules! word {
    ($of:path, $name:literal) => {
        const _: () = {
            static CLASS: Class = Class::new($name);

            impl IntoPython for $of {
                fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
                    CLASS.get(py)?.call1((self.as_str(),))
                }
            }

            impl FromPython for $of {
                fn from_python(value: &Bound<'_, PyAny>, at: At<'_>) -> PyResult<Self> {
                    CLASS.word(value, at, Self::ALL, Self::as_str)
                }
            }
        };
    };
}
pub(crate) use word;

/// Converts a value, field by field in the order of its dataclass: each with its name there.
macro_rules! value {
    ($of:path, $name:literal, { $( $field:ident: $python:literal ),* $(,)? }) => {
        const _: () = {
            static CLASS: Class = Class::new($name);

            impl IntoPython for $of {
                fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
                    CLASS.get(py)?.call1(PyTuple::new(py, [ $( self.$field.into_python(py)? ),* ])?)
                }
            }

            impl FromPython for $of {
                fn from_python(value: &Bound<'_, PyAny>, at: At<'_>) -> PyResult<Self> {
                    let fields = CLASS.fields(value, at)?;
                    Ok(Self { $( $field: fields.get($python)? ),* })
                }
            }
        };
    };
}
pub(crate) use value;
