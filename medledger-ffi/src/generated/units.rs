//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{Moment, Time, value};

value! {
    /// A code with its system.
    Coding = medledger_sdk::api::units::Coding {
        /// The code system's URI.
        #[uniffi(default = None)]
        system: Option<String>,
        /// The code.
        code: String,
    }
}

value! {
    /// A half-open period in ledger time.
    Period = medledger_sdk::api::units::Period {
        /// The first millisecond.
        from: Time,
        /// The first one after it.
        until: Time,
    }
}

value! {
    /// When something happened clinically, half-open; an end that is not known is null.
    Interval = medledger_sdk::api::units::Interval {
        /// The first millisecond.
        #[uniffi(default = None)]
        start: Option<Moment>,
        /// The first one after it.
        #[uniffi(default = None)]
        end: Option<Moment>,
    }
}
