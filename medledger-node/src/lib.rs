//! The MedLedger host.
