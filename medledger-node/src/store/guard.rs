//! Damage that makes the database panic becomes an error here.
//!
//! redb checks its pages only on request, and a damaged page that is read first can break an assertion inside it. All
//! calls into it pass through [`guarded`], which turns such a panic into [`StoreError::Damaged`] and keeps its message off
//! standard error: the caller gets it in the error.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;
use std::thread::panicking;

use super::StoreError;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}
static HOOK: Once = Once::new();

/// Runs calls into the database.
///
/// What a panic leaves behind is never used again: the caller drops the transaction, and a store that was being written
/// to is closed.
pub(crate) fn guarded<T>(run: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    // The hook that was there before still reports every other panic.
    if !panicking() {
        HOOK.call_once(|| {
            let before = take_hook();
            set_hook(Box::new(move |info| {
                if DEPTH.get() == 0 {
                    before(info);
                }
            }));
        });
    }
    DEPTH.set(DEPTH.get().saturating_add(1));
    let result = catch_unwind(AssertUnwindSafe(run));
    DEPTH.set(DEPTH.get().saturating_sub(1));
    match result {
        Ok(result) => result,
        Err(payload) => Err(StoreError::damaged("the file", message(payload.as_ref()))),
    }
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("the database stopped").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_inside_is_an_error() {
        let error = guarded::<()>(|| panic!("page {}", 7)).unwrap_err();
        assert_eq!(error, StoreError::damaged("the file", "page 7"));
        assert_eq!(guarded(|| Ok(1)), Ok(1));
    }
}
