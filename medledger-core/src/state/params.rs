//! The parameters of a network: set by its genesis, later by governance.

use crate::operation::Quotas;
use crate::units::Millis;

wire! {
    /// The parameters in force.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Params {
        /// Quotas and budgets.
        pub quotas: Quotas,
        /// A gateway releases only under a header younger than this.
        pub freshness: Millis,
        /// The longest time between two blocks, empty or not.
        pub block_interval: Millis,
        /// How far a block's time may be ahead of a host's clock.
        pub clock_ahead: Millis,
        /// A custodian anchors the heads of its session logs at least this often.
        pub log_anchor_interval: Millis,
        /// A break-glass is to be reviewed within this time.
        pub review_due: Millis,
        /// The shortest delay of a recovery.
        pub recovery_delay: Millis,
        /// The most guardians of an identity.
        pub guardians: u64,
        /// One part in this many of each block is kept for the budgets that nothing else can close.
        pub reserved_share: u64,
    }
}

impl Default for Params {
    fn default() -> Self {
        Self {
            quotas: Quotas {
                epoch: Millis::hours(24),
                ordinary: 1_000,
                controller: 16,
                device_reserve: 32,
                log_anchors: 600,
                sponsored: 10_000,
            },
            freshness: Millis::minutes(10),
            block_interval: Millis::minutes(1),
            clock_ahead: Millis::seconds(5),
            log_anchor_interval: Millis::minutes(5),
            review_due: Millis::hours(72),
            recovery_delay: Millis::hours(72),
            guardians: 15,
            reserved_share: 8,
        }
    }
}

impl Params {
    /// The smallest reserved share is one part in this many: two transactions of the greatest size.
    pub const LEAST_RESERVED: u64 = 32;

    /// What remains of a block's bytes or transactions for ordinary ones.
    #[must_use]
    pub const fn ordinary_share(&self, whole: u64) -> u64 {
        match whole.checked_div(self.reserved_share) {
            Some(reserved) => whole.saturating_sub(reserved),
            None => whole,
        }
    }

    /// Whether a network can run with these: none but the leave of clocks is zero, and the reserved share is a part
    /// that holds something.
    #[must_use]
    pub const fn are_sound(&self) -> bool {
        let Quotas { epoch, ordinary, controller, device_reserve, log_anchors, sponsored } = self.quotas;
        epoch.0 > 0
            && ordinary > 0
            && controller > 0
            && device_reserve > 0
            && log_anchors > 0
            && sponsored > 0
            && self.freshness.0 > 0
            && self.block_interval.0 > 0
            && self.log_anchor_interval.0 > 0
            && self.review_due.0 > 0
            && self.recovery_delay.0 > 0
            && self.guardians > 0
            && self.reserved_share > 1
            && self.reserved_share <= Self::LEAST_RESERVED
    }
}
