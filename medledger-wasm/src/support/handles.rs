//! Handles: what has state lies in a table; a JavaScript object holds its key.
//!
//! A call locks what it works on, for reading or for writing. There is one thread, so whatever is locked already is so by the
//! call that called back: it is refused, never waited for.

use core::any::Any;
use core::cell::{Ref, RefCell, RefMut};
use std::collections::BTreeMap;
use std::rc::Rc;

use medledger_sdk::api::ArgumentError;
use wasm_bindgen::prelude::*;

use super::errors::{At, raise, wrong};

/// How people call a handle.
pub trait Named: 'static {
    /// Its class.
    const NAME: &'static str;
    /// What it is, in a word or two.
    const WHAT: &'static str;
}

struct Held {
    what: &'static str,
    /// A `RefCell` of it.
    of: Rc<dyn Any>,
    is_free: fn(&dyn Any) -> bool,
}

#[derive(Default)]
struct Table {
    last: u32,
    held: BTreeMap<u32, Held>,
}

thread_local! {
    static TABLE: RefCell<Table> = RefCell::default();
}

/// Keeps a handle, and gives its key: never 0.
pub fn keep<T: Named>(of: T) -> u32 {
    let is_free = |of: &dyn Any| of.downcast_ref::<RefCell<T>>().is_none_or(|of| of.try_borrow_mut().is_ok());
    let held = Held { what: T::WHAT, of: Rc::new(RefCell::new(of)), is_free };
    TABLE.with_borrow_mut(|table| {
        let mut key = table.last.wrapping_add(1);
        while key == 0 || table.held.contains_key(&key) {
            key = key.wrapping_add(1);
        }
        table.last = key;
        table.held.insert(key, held);
        key
    })
}

/// The handle with a key.
///
/// # Errors
/// A `MedledgerError` for an object of another class, and for one that was disposed of.
pub fn held<T: Named>(key: u32, name: &'static str) -> Result<Rc<RefCell<T>>, JsValue> {
    let found = TABLE.with_borrow(|table| table.held.get(&key).map(|held| Rc::clone(&held.of)));
    match found.map(Rc::downcast::<RefCell<T>>) {
        Some(Ok(of)) => Ok(of),
        None if key != 0 => Err(raise(ArgumentError::UsedUp { what: T::WHAT })),
        _ => Err(wrong(At::Argument(name), T::NAME)),
    }
}

/// Locks a handle for reading.
///
/// # Errors
/// A `MedledgerError` where a call that called back writes to it.
pub fn shared<T: Named>(of: &Rc<RefCell<T>>) -> Result<Ref<'_, T>, JsValue> {
    of.try_borrow().map_err(|_| raise(ArgumentError::InUse { what: T::WHAT }))
}

/// Locks a handle for writing.
///
/// # Errors
/// A `MedledgerError` where a call that called back uses it.
pub fn exclusive<T: Named>(of: &Rc<RefCell<T>>) -> Result<RefMut<'_, T>, JsValue> {
    of.try_borrow_mut().map_err(|_| raise(ArgumentError::InUse { what: T::WHAT }))
}

/// Drops a handle; does nothing where that was done.
///
/// # Errors
/// A `MedledgerError` where a call that called back uses it.
#[wasm_bindgen]
pub fn release(key: u32) -> Result<(), JsValue> {
    let removed = TABLE.with_borrow_mut(|table| match table.held.get(&key) {
        Some(held) if !(held.is_free)(held.of.as_ref()) => Err(held.what),
        _ => Ok(table.held.remove(&key)),
    });
    removed.map(drop).map_err(|what| raise(ArgumentError::InUse { what }))
}
