//! Handles: shared by reference, locked here.
//!
//! A call locks what it works on: for reading, so that several threads can sign with one key, or for writing. It waits for
//! other threads without holding anything, so that no two calls wait for each other; and a call that comes out of a signer or
//! a progress function, whose caller holds locks, never waits.

use std::cell::Cell;
use std::ops::{Deref, DerefMut};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError};

use medledger_sdk::api::{ArgumentError, Error};

use super::MedledgerError;

thread_local! {
    /// How many locks this thread holds.
    static HOLDING: Cell<u64> = const { Cell::new(0) };
}

/// What a handle holds, as long as anybody has the handle.
pub struct Held<T> {
    what: &'static str,
    inner: RwLock<T>,
}

/// A lock that another call has.
pub struct Locked<'a> {
    what: &'static str,
    wait: Box<dyn Fn() + 'a>,
}

/// A lock.
pub struct Guard<G>(G);

impl<T> Held<T> {
    /// A handle; `what` it is in a word.
    pub const fn new(of: T, what: &'static str) -> Self {
        Self { what, inner: RwLock::new(of) }
    }

    /// Its inside, to be read.
    ///
    /// # Errors
    /// [`Locked`].
    pub fn shared(&self) -> Result<Guard<RwLockReadGuard<'_, T>>, Locked<'_>> {
        match self.inner.try_read() {
            Ok(inner) => Ok(Guard::new(inner)),
            Err(TryLockError::Poisoned(inner)) => Ok(Guard::new(inner.into_inner())),
            Err(TryLockError::WouldBlock) => Err(self.locked()),
        }
    }

    /// Its inside, to be changed.
    ///
    /// # Errors
    /// [`Locked`].
    pub fn exclusive(&self) -> Result<Guard<RwLockWriteGuard<'_, T>>, Locked<'_>> {
        match self.inner.try_write() {
            Ok(inner) => Ok(Guard::new(inner)),
            Err(TryLockError::Poisoned(inner)) => Ok(Guard::new(inner.into_inner())),
            Err(TryLockError::WouldBlock) => Err(self.locked()),
        }
    }

    fn locked(&self) -> Locked<'_> {
        let wait = || drop(self.inner.write().unwrap_or_else(PoisonError::into_inner));
        Locked { what: self.what, wait: Box::new(wait) }
    }
}

impl<G> Guard<G> {
    fn new(inner: G) -> Self {
        HOLDING.set(HOLDING.get().saturating_add(1));
        Self(inner)
    }
}

impl<G> Drop for Guard<G> {
    fn drop(&mut self) {
        HOLDING.set(HOLDING.get().saturating_sub(1));
    }
}

impl<G: Deref> Deref for Guard<G> {
    type Target = G::Target;

    fn deref(&self) -> &G::Target {
        &self.0
    }
}

impl<G: DerefMut> DerefMut for Guard<G> {
    fn deref_mut(&mut self) -> &mut G::Target {
        &mut self.0
    }
}

/// All the locks that a call needs, or none of them: whatever is in use is waited for with nothing held.
///
/// # Errors
/// API-006 when this thread is inside a call that holds locks.
pub fn together<'a, T>(attempt: impl Fn() -> Result<T, Locked<'a>>) -> Result<T, MedledgerError> {
    loop {
        match attempt() {
            Ok(locks) => return Ok(locks),
            Err(locked) if HOLDING.get() > 0 => return Err(in_use(locked.what)),
            Err(locked) => (locked.wait)(),
        }
    }
}

/// Refuses a handle that is given to a change of itself.
///
/// # Errors
/// API-006.
pub fn distinct<A, B>(of: &Held<A>, other: &Held<B>) -> Result<(), MedledgerError> {
    let same = std::ptr::addr_eq(of, other);
    if same { Err(in_use(of.what)) } else { Ok(()) }
}

fn in_use(what: &'static str) -> MedledgerError {
    Error::from(ArgumentError::InUse { what }).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_inside_a_call_never_waits() {
        let held = Held::new(7_u8, "box");
        let outer = together(|| held.exclusive()).unwrap();
        let error = together(|| held.shared()).map(|inner| *inner).unwrap_err();
        assert!(error.to_string().starts_with("API-006: this box is in use"), "{error}");
        drop(outer);
        assert_eq!(together(|| held.shared()).map(|inner| *inner), Ok(7));
    }

    #[test]
    fn threads_wait_for_each_other_and_readers_for_none() {
        let held = Held::new(0_u64, "box");
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..1000).for_each(|_| *together(|| held.exclusive()).unwrap() += 1));
            }
        });
        let first = together(|| held.shared()).unwrap();
        let second = together(|| held.shared()).unwrap();
        assert_eq!((*first, *second), (4000, 4000));
    }

    #[test]
    fn a_handle_is_not_given_to_a_change_of_itself() {
        let (one, other) = (Held::new(1_u8, "box"), Held::new(1_u8, "box"));
        assert!(distinct(&one, &other).is_ok());
        assert!(distinct(&one, &one).unwrap_err().to_string().starts_with("API-006"));
    }
}
