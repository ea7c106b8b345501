//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{Time, value};

value! {
    /// A record as it stands.
    Record = medledger_sdk::api::record::Record {
        /// Its id.
        record: String,
        /// How many versions there are.
        version: u64,
        /// Who keeps it.
        custodian: String,
        /// The height at which its newest version was recorded.
        height: u64,
        /// When that was.
        recorded: Time,
        /// Whether it was marked as entered in error.
        entered_in_error: bool,
        /// When it happened; null where that is not known, or the record can't be opened.
        #[uniffi(default = None)]
        when: Option<String>,
        /// The FHIR resource type; null where the record can't be opened.
        #[uniffi(default = None)]
        resource_type: Option<String>,
        /// What it is called where it came from.
        #[uniffi(default = None)]
        reference: Option<String>,
        /// A short title.
        #[uniffi(default = None)]
        title: Option<String>,
    }
}
