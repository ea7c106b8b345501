//! A code with the system that defines it.

use alloc::string::String;

wire! {
    /// A code with the system that defines it (FHIR Coding, without version and display).
    ///
    /// Ordered by system, then code, each by its bytes; a code without a system comes first.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct Coding {
        /// The code system's URI; absent where the source names none.
        pub system: Option<String>,
        /// The code, case-sensitive, as written.
        pub code: String,
    }
}

impl Coding {
    /// A code of a system.
    #[must_use]
    pub fn new(system: impl Into<String>, code: impl Into<String>) -> Self {
        Self { system: Some(system.into()), code: code.into() }
    }
}
