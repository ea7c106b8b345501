use super::*;
use crate::hash::from_hex;
mod rfc8032;
