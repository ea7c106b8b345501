//! Handles: shared by reference in Python, locked here.
//!
//! A call locks what it works on: for reading, so that several threads can sign with one key, or for writing. It waits for
//! other threads without holding anything, so that no two calls wait for each other; and a call that comes out of a signer or
//! a progress function, whose caller holds locks, never waits.

use std::cell::Cell;
use std::ops::{Deref, DerefMut};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError};

use medledger_sdk::api::ArgumentError;
use pyo3::prelude::*;
use pyo3::{PyClass, PyTypeInfo};

use super::errors::{At, raise, wrong};

thread_local! {
    /// How many locks this thread holds.
    static HOLDING: Cell<u64> = const { Cell::new(0) };
}

/// What a handle holds until it is closed.
pub struct Held<T> {
    what: &'static str,
    inner: RwLock<Option<T>>,
}

/// A lock that another call has.
pub struct Locked<'a> {
    what: &'static str,
    wait: Box<dyn Fn() + Send + Sync + 'a>,
}

/// A lock.
pub struct Guard<G> {
    what: &'static str,
    inner: G,
}

impl<T: Send + Sync> Held<T> {
    /// A handle; `what` it is in a word.
    pub const fn new(of: T, what: &'static str) -> Self {
        Self { what, inner: RwLock::new(Some(of)) }
    }

    /// Its inside, to be read.
    ///
    /// # Errors
    /// [`Locked`].
    pub fn shared(&self) -> Result<Guard<RwLockReadGuard<'_, Option<T>>>, Locked<'_>> {
        match self.inner.try_read() {
            Ok(inner) => Ok(Guard::new(self.what, inner)),
            Err(TryLockError::Poisoned(inner)) => Ok(Guard::new(self.what, inner.into_inner())),
            Err(TryLockError::WouldBlock) => Err(self.locked()),
        }
    }

    /// Its inside, to be changed.
    ///
    /// # Errors
    /// [`Locked`].
    pub fn exclusive(&self) -> Result<Guard<RwLockWriteGuard<'_, Option<T>>>, Locked<'_>> {
        match self.inner.try_write() {
            Ok(inner) => Ok(Guard::new(self.what, inner)),
            Err(TryLockError::Poisoned(inner)) => Ok(Guard::new(self.what, inner.into_inner())),
            Err(TryLockError::WouldBlock) => Err(self.locked()),
        }
    }

    fn locked(&self) -> Locked<'_> {
        let wait = || drop(self.inner.write().unwrap_or_else(PoisonError::into_inner));
        Locked { what: self.what, wait: Box::new(wait) }
    }

    /// Drops what it holds. Closing twice is closing once.
    ///
    /// # Errors
    /// API-006 for a signer or a progress function that closes what called it.
    pub fn close(&self, py: Python<'_>) -> PyResult<()> {
        together(py, || self.exclusive()).map(|mut held| drop(held.inner.take()))
    }
}

impl<G> Guard<G> {
    fn new(what: &'static str, inner: G) -> Self {
        HOLDING.set(HOLDING.get().saturating_add(1));
        Self { what, inner }
    }
}

impl<G> Drop for Guard<G> {
    fn drop(&mut self) {
        HOLDING.set(HOLDING.get().saturating_sub(1));
    }
}

impl<T, G: Deref<Target = Option<T>>> Guard<G> {
    /// What is locked.
    ///
    /// # Errors
    /// API-005 once it is closed.
    pub fn get(&self, py: Python<'_>) -> PyResult<&T> {
        self.inner.as_ref().ok_or_else(|| raise(py, ArgumentError::UsedUp { what: self.what }))
    }
}

impl<T, G: DerefMut<Target = Option<T>>> Guard<G> {
    /// What is locked, to be changed.
    ///
    /// # Errors
    /// API-005 once it is closed.
    pub fn get_mut(&mut self, py: Python<'_>) -> PyResult<&mut T> {
        let what = self.what;
        self.inner.as_mut().ok_or_else(|| raise(py, ArgumentError::UsedUp { what }))
    }
}

/// All the locks that a call needs, or none of them: whatever is in use is waited for with nothing held.
///
/// # Errors
/// API-006 when this thread is inside a call that holds locks.
pub fn together<'a, T>(py: Python<'_>, attempt: impl Fn() -> Result<T, Locked<'a>>) -> PyResult<T> {
    loop {
        match attempt() {
            Ok(locks) => return Ok(locks),
            Err(locked) if HOLDING.get() > 0 => {
                return Err(raise(py, ArgumentError::InUse { what: locked.what }));
            }
            Err(locked) => py.detach(|| (locked.wait)()),
        }
    }
}

/// A handle among the arguments.
///
/// # Errors
/// `InvalidArgument` for anything else.
pub fn given<'a, 'py, H: PyClass + PyTypeInfo>(
    value: &'a Bound<'py, PyAny>,
    name: &'static str,
) -> PyResult<&'a Bound<'py, H>> {
    value.cast::<H>().map_err(|_| wrong(value.py(), At::Argument(name), H::NAME))
}

/// Refuses a handle that is given to a change of itself.
///
/// # Errors
/// API-006.
pub fn distinct<A, B>(of: &Bound<'_, A>, other: &Bound<'_, B>, what: &'static str) -> PyResult<()> {
    if of.as_any().is(other.as_any()) { Err(raise(of.py(), ArgumentError::InUse { what })) } else { Ok(()) }
}
