//! The `medledger` command.

fn main() {}
