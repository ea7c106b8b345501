//! What each operation does, and each rule that refuses it.

mod identity;
