//! Quotas, and the three budgets that nothing else can close.
//!
//! What an operation draws on follows from what it is alone, so a thief who spends one budget leaves the others.

use super::OperationError;
use super::replay::ReplayWindow;
use crate::units::{Millis, Timestamp};

/// What an operation draws on, in the order in which those of one identity use the reserved share: a device key's
/// reserve never comes before what ends that key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Budget {
    /// The successor's: rotation. Its limit is the controller's, its count its own, or a thief who holds the controller
    /// key could use it up in the first block of every epoch and never be rotated out.
    Succession,
    /// The controller's: device revocation, deactivation, recovery, veto. No device key draws on it.
    Controller,
    /// Each device key's own: revocation, break-glass.
    DeviceReserve,
    /// A custodian's log anchors.
    LogAnchors,
    /// The identity's quota of ordinary transactions.
    Ordinary,
    /// A member's new identities: inceptions, which don't draw on its ordinary quota.
    Sponsorship,
}

impl Budget {
    /// Whether a share of each block is kept for it.
    #[must_use]
    pub const fn is_reserved(self) -> bool {
        !matches!(self, Self::Ordinary | Self::Sponsorship)
    }

    /// What it is called where it is used up.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ordinary => "quota of transactions",
            Self::Succession => "successor's budget",
            Self::Controller => "controller's budget",
            Self::DeviceReserve => "device key's reserve",
            Self::LogAnchors => "budget of log anchors",
            Self::Sponsorship => "sponsor's quota of new identities",
        }
    }
}

wire! {
    /// How much of each budget an identity may use in an epoch.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Quotas {
        /// How long an epoch is.
        pub epoch: Millis,
        /// Ordinary transactions of an identity.
        pub ordinary: u64,
        /// The controller's budget, and as much again for its successor.
        pub controller: u64,
        /// Each device key's reserve.
        pub device_reserve: u64,
        /// A custodian's log anchors.
        pub log_anchors: u64,
        /// New identities of a sponsor.
        pub sponsored: u64,
    }
}

impl Quotas {
    /// The number of the epoch that a time lies in. An epoch of no length, which no genesis may have, counts as one
    /// that never ends.
    #[must_use]
    pub const fn epoch_at(&self, time: Timestamp) -> u64 {
        match time.0.checked_div(self.epoch.0) {
            Some(epoch) => epoch,
            None => 0,
        }
    }

    /// How much of a budget may be used in an epoch.
    #[must_use]
    pub const fn limit(&self, budget: Budget) -> u64 {
        match budget {
            Budget::Ordinary => self.ordinary,
            Budget::Succession | Budget::Controller => self.controller,
            Budget::DeviceReserve => self.device_reserve,
            Budget::LogAnchors => self.log_anchors,
            Budget::Sponsorship => self.sponsored,
        }
    }
}

wire! {
    /// What a key has used; it outlives the key.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct KeyUsage {
        /// The counters.
        pub window: ReplayWindow,
        /// The epoch that the reserve was last used in.
        pub epoch: u64,
        /// How much of the reserve was used in it.
        pub reserve: u64,
    }
}

wire! {
    /// What an identity has used in the epoch it last acted in, and the counters of the successor that is not yet a key.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct IdentityUsage {
        /// The epoch.
        pub epoch: u64,
        /// Ordinary transactions.
        pub ordinary: u64,
        /// The successor's.
        pub succession: u64,
        /// The controller's.
        pub controller: u64,
        /// Log anchors.
        pub log_anchors: u64,
        /// New identities that it sponsored.
        pub sponsored: u64,
        /// Counters of the current successor: a rotation that was refused can't be played again to use up the
        /// successor's budget.
        pub successor_window: ReplayWindow,
    }
}

/// What a key and its identity have used: the two values that every authenticated transaction touches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// The key's.
    pub key: KeyUsage,
    /// The identity's.
    pub identity: IdentityUsage,
}

impl Usage {
    /// How much of a budget has been used in an epoch.
    #[must_use]
    pub const fn used(&self, budget: Budget, epoch: u64) -> u64 {
        let (at, used) = match budget {
            Budget::Ordinary => (self.identity.epoch, self.identity.ordinary),
            Budget::Succession => (self.identity.epoch, self.identity.succession),
            Budget::Controller => (self.identity.epoch, self.identity.controller),
            Budget::LogAnchors => (self.identity.epoch, self.identity.log_anchors),
            Budget::Sponsorship => (self.identity.epoch, self.identity.sponsored),
            Budget::DeviceReserve => (self.key.epoch, self.key.reserve),
        };
        if at == epoch { used } else { 0 }
    }

    /// After one more use of a budget.
    ///
    /// # Errors
    /// [`OperationError::QuotaUsedUp`].
    pub fn draw(&self, budget: Budget, epoch: u64, quotas: &Quotas) -> Result<Self, OperationError> {
        let limit = quotas.limit(budget);
        let used = self.used(budget, epoch);
        if used >= limit {
            return Err(OperationError::QuotaUsedUp { budget: budget.name(), limit });
        }
        let used = used.saturating_add(1);
        let mut next = *self;
        if budget == Budget::DeviceReserve {
            next.key.epoch = epoch;
            next.key.reserve = used;
            return Ok(next);
        }
        if next.identity.epoch != epoch {
            let successor_window = next.identity.successor_window;
            next.identity = IdentityUsage { epoch, successor_window, ..IdentityUsage::default() };
        }
        match budget {
            Budget::Succession => next.identity.succession = used,
            Budget::Controller => next.identity.controller = used,
            Budget::LogAnchors => next.identity.log_anchors = used,
            Budget::Sponsorship => next.identity.sponsored = used,
            Budget::Ordinary | Budget::DeviceReserve => next.identity.ordinary = used,
        }
        Ok(next)
    }
}
