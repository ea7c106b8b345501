use super::*;
use crate::bindings::python::tests::api;

