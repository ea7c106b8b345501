use super::*;
use crate::fhir::date::{FhirDate, Kind};

fn of(start: Option<i64>, end: Option<i64>) -> String {
    let (date, period) = occurred(&Interval { start, end });
    match (date, period) {
        (Some(date), None) => date,
        (None, Some(Period { start, end })) => {
            format!("{} – {}", start.unwrap_or_default(), end.unwrap_or_default())
        }
        (None, None) => "nothing".to_string(),
        both => panic!("{both:?}"),
    }
}

fn stated(text: &str) -> String {
    let interval = FhirDate::parse(text, Kind::DateTime).unwrap().widest();
    of(interval.start, interval.end)
}

#[test]
fn when_it_happened_is_told_no_finer_than_it_was_stated() {
    for text in ["1963", "0001", "1998-04", "2019-03-04", "1899-12-31"] {
        assert_eq!(stated(text), text);
    }
    assert_eq!(stated("2019-03-04T10:15:00+01:00"), "2019-03-04T09:15:00.000Z");
    assert_eq!(stated("1963-03-04T10:15:00.5Z"), "1963-03-04T10:15:00.500Z");
}

#[test]
fn an_interval_counts_its_last_moment_in() {
    assert_eq!(of(Some(0), Some(5_000)), "1970-01-01T00:00:00.000Z – 1970-01-01T00:00:04.999Z");
    assert_eq!(of(Some(-5_001), None), "1969-12-31T23:59:54.999Z – ");
    assert_eq!(of(None, Some(1)), " – 1970-01-01T00:00:00.000Z");
    let days = |text: &str| FhirDate::parse(text, Kind::Date).unwrap().widest();
    assert_eq!(of(days("2014-02").start, days("2015").end), "2014-02-01 – 2015-12-31");
    assert_eq!(of(days("2014-02").start, None), "2014-02-01 – ");
}

#[test]
fn what_fhir_can_not_write_is_left_out_and_not_made_open() {
    for (start, end) in
        [(None, None), (Some(i64::MIN), Some(0)), (Some(0), Some(i64::MAX)), (Some(i64::MIN), None)]
    {
        assert_eq!(of(start, end), "nothing");
    }
}
