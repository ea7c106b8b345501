//! The tables row by row: what is stored, beside what should be.

use std::cmp::Ordering;

use super::fault::{Found, How};
use super::given::Given;
use super::replay::Replay;
use super::{Checked, Counter, Stop};
use crate::store::reader::Row;
use crate::store::table::{Table, meta};

/// Compares one table that follows from the blocks, and adds what differs to what was found.
pub(super) fn table(
    given: &Given,
    replay: &Replay,
    table: Table,
    counter: &mut Counter<'_>,
    checked: &mut Checked,
) -> Result<(), Stop> {
    // With the blocks known to a height only, nothing can be said of what later ones drop or write over.
    let drops = matches!(table, Table::StateUndo | Table::TreeUndo | Table::UndoIndex | Table::Meta);
    if drops && replay.stopped.is_some() {
        return Ok(());
    }
    let (is, should) = (given.rows(table)?, replay.reader()?.table(table).map_err(Stop::Own)?);
    let mut is_rows = is.all().map_err(Stop::given)?;
    let mut should_rows = should.all().map_err(Stop::Own)?;
    let mut next_is = || is_rows.next().transpose().map_err(Stop::given);
    let mut next_should = || should_rows.next().transpose().map_err(Stop::Own);
    let (mut left, mut right) = (next_is()?, next_should()?);
    loop {
        let order = match (&left, &right) {
            (None, None) => return Ok(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((is, _)), Some((should, _))) => is.cmp(should),
        };
        if let Some(found) = difference(replay, table, order, left.as_ref(), right.as_ref()) {
            checked.add(found);
        }
        if order != Ordering::Greater {
            left = next_is()?;
            counter.step();
        }
        if order != Ordering::Less {
            right = next_should()?;
        }
    }
}

fn difference(
    replay: &Replay,
    table: Table,
    order: Ordering,
    is: Option<&Row>,
    should: Option<&Row>,
) -> Option<Found> {
    let written = |row: Option<&Row>| row.and_then(|(key, value)| table.height(key, value));
    // What later blocks write over is dated by them.
    let overwritten = matches!(table, Table::State | Table::Tree);
    match order {
        Ordering::Less => {
            let (key, _) = is?;
            if table == Table::Meta && key == meta::HELD {
                return None;
            }
            let height = written(is).filter(|height| *height <= replay.newest);
            let height = height.unwrap_or(replay.newest);
            replay.reaches(height).then(|| Found::row(table, height, key, How::Added))
        }
        Ordering::Greater => {
            let (key, _) = should?;
            if table == Table::Meta && key == meta::HELD {
                return None;
            }
            let gone = table == Table::Tree && replay.stopped.is_some();
            let height = written(should).unwrap_or(replay.newest);
            (!gone).then(|| Found::row(table, height, key, How::Missing))
        }
        Ordering::Equal => {
            let ((key, is_value), (_, should_value)) = (is?, should?);
            if is_value == should_value || (table == Table::Meta && key == meta::HELD) {
                return None;
            }
            let later = overwritten && written(is).is_some_and(|height| !replay.reaches(height));
            let height = written(should).unwrap_or(replay.newest);
            (!later).then(|| Found::row(table, height, key, How::Altered))
        }
    }
}
