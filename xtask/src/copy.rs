//! A copy of the workspace to try things in.

use std::fs;
use std::path::Path;

use crate::shell::{ask, program};

/// The workspace as it stands, committed or not, in a folder of its own with its own `target`: who works in the first is not
/// disturbed, and only what changed is compiled anew. `change` may alter a file on its way; what it alters stays as it is
/// from copy to copy.
///
/// # Errors
/// When git can't list the files, or a file can't be written.
pub fn workspace(root: &Path, tree: &Path, change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Result<(), String> {
    let files = ask(&mut program(root, "git", &["ls-files", "-coz", "--exclude-standard"]))?;
    for file in String::from_utf8_lossy(&files).split('\0').filter(|file| !file.is_empty()) {
        let (from, to) = (root.join(file), tree.join(file));
        let Ok(text) = fs::read(&from) else { continue };
        let text = change(file, text);
        if fs::read(&to).is_ok_and(|old| old == text) {
            continue;
        }
        let made = to.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&to, text));
        made.map_err(|error| format!("{} can't be written: {error}", to.display()))?;
    }
    Ok(())
}
