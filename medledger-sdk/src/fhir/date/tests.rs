use alloc::format;
use jiff::Timestamp;
use proptest::prelude::*;

use super::*;

fn at(time: &str) -> i64 {
    time.parse::<Timestamp>().unwrap().as_millisecond()
}

fn widest(text: &str) -> Interval {
    FhirDate::parse(text, Kind::DateTime).unwrap().widest()
}

#[test]
fn a_date_spans_its_stated_precision() {
    for (text, start, end) in [
        ("2019", "2018-12-31T10:00:00Z", "2020-01-01T12:00:00Z"),
        ("1963", "1962-12-31T10:00:00Z", "1964-01-01T12:00:00Z"),
        ("2020-02", "2020-01-31T10:00:00Z", "2020-03-01T12:00:00Z"),
        ("2019-12", "2019-11-30T10:00:00Z", "2020-01-01T12:00:00Z"),
        ("2020-02-29", "2020-02-28T10:00:00Z", "2020-03-01T12:00:00Z"),
        ("1969-12-31", "1969-12-30T10:00:00Z", "1970-01-01T12:00:00Z"),
        ("2019-03-04T10:15:00Z", "2019-03-04T10:15:00Z", "2019-03-04T10:15:01Z"),
        ("2019-03-04T10:15:00+05:30", "2019-03-04T04:45:00Z", "2019-03-04T04:45:01Z"),
        ("2019-03-04T10:15:00-08:00", "2019-03-04T18:15:00Z", "2019-03-04T18:15:01Z"),
        ("2019-03-04T10:15:00", "2019-03-03T20:15:00Z", "2019-03-04T22:15:01Z"),
        ("2019-03-04T10:15:00.5Z", "2019-03-04T10:15:00.500Z", "2019-03-04T10:15:00.600Z"),
        ("2019-03-04T10:15:00.50Z", "2019-03-04T10:15:00.500Z", "2019-03-04T10:15:00.510Z"),
        ("2019-03-04T10:15:00.357Z", "2019-03-04T10:15:00.357Z", "2019-03-04T10:15:00.358Z"),
        ("2019-03-04T10:15:00.3579999Z", "2019-03-04T10:15:00.357Z", "2019-03-04T10:15:00.358Z"),
        ("1950-01-01T00:00:00.25Z", "1950-01-01T00:00:00.250Z", "1950-01-01T00:00:00.260Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", "2017-01-01T00:00:01Z"),
        ("0001-01-01T00:00:00+14:00", "0000-12-31T10:00:00Z", "0000-12-31T10:00:01Z"),
        ("9999-12-29T23:59:59Z", "9999-12-29T23:59:59Z", "9999-12-30T00:00:00Z"),
    ] {
        assert_eq!(widest(text), Interval { start: Some(at(start)), end: Some(at(end)) }, "{text}");
    }
    // Past the end of the calendar that jiff knows.
    assert_eq!(widest("9999").end, Some(253_402_300_800_000 + 12 * HOUR));
}

#[test]
fn a_date_that_is_none_says_why() {
    use DateFault::{Day, Form, Time, TooCoarse, TooFine, Zone};
    for (text, fault) in [
        ("2021-02-30", Day),
        ("2021-02-29", Day),
        ("1900-02-29", Day),
        ("2021-13", Day),
        ("2021-00", Day),
        ("2021-04-31", Day),
        ("2021-01-00", Day),
        ("0000", Day),
        ("", Form),
        ("21", Form),
        ("02021", Form),
        ("2021-1", Form),
        ("2021-01-1", Form),
        ("2021-01-01-01", Form),
        ("2021/01/01", Form),
        ("20210101", Form),
        (" 2021", Form),
        ("2021 ", Form),
        ("２０２１", Form),
        ("-2021", Form),
        ("2021-01-01T", Form),
        ("2021-01-01 10:00:00Z", Form),
        ("2021-01-01T10:00Z", Form),
        ("2021-01-01T10Z", Form),
        ("2021-01-01T10:00:00.Z", Form),
        ("2021-01-01T10:00:00,5Z", Form),
        ("2021-01-01T10:00:00z", Form),
        ("2021-01-01t10:00:00Z", Form),
        ("2021-01-01T10:00:00Z+", Form),
        ("2021-01-01T10:00:00+0100", Form),
        ("2021-01-01T10:00:00+01", Form),
        ("2021-01-01T10:00:00.5.5Z", Form),
        ("2021-01-01T10:00:00:00Z", Form),
        ("2021-01T10:00:00Z", Form),
        ("2021T10:00:00Z", Form),
        ("yesterday", Form),
        ("2021-01-01T24:00:00Z", Time),
        ("2021-01-01T10:60:00Z", Time),
        ("2021-01-01T10:00:61Z", Time),
        ("2021-01-01T10:00:00+14:01", Zone),
        ("2021-01-01T10:00:00-15:00", Zone),
        ("2021-01-01T10:00:00+01:60", Zone),
    ] {
        assert_eq!(FhirDate::parse(text, Kind::DateTime), Err(fault), "{text}");
    }
    assert_eq!(FhirDate::parse("2021-01-01T10:00:00Z", Kind::Date), Err(TooFine));
    assert_eq!(FhirDate::parse("2021-01-01", Kind::Instant), Err(TooCoarse));
    assert_eq!(FhirDate::parse("2021-01-01T10:00:00", Kind::Instant), Err(TooCoarse));
    assert_eq!(FhirDate::parse("2021-13-01", Kind::Instant), Err(Day));
    assert!(FhirDate::parse("2021-01-01T10:00:00Z", Kind::Instant).is_ok());
}

#[test]
fn without_a_zone_there_are_a_widest_a_narrowest_and_a_stated_reading() {
    let month = FhirDate::parse("2021-03", Kind::Date).unwrap();
    let narrow = month.narrowest().unwrap();
    assert_eq!(narrow.start, Some(at("2021-03-01T12:00:00Z")));
    assert_eq!(narrow.end, Some(at("2021-03-31T10:00:00Z")));
    assert_eq!(month.at_offset(HOUR).start, Some(at("2021-02-28T23:00:00Z")));
    assert_eq!(FhirDate::parse("2021-03-05", Kind::Date).unwrap().narrowest(), None);
    let zoned = FhirDate::parse("2021-03-05T00:00:00+01:00", Kind::DateTime).unwrap();
    assert_eq!(zoned.narrowest(), Some(zoned.widest()));
    assert_eq!((zoned.offset(), zoned.at_offset(5 * HOUR)), (Some(HOUR), zoned.widest()));
}

proptest! {
    #[test]
    fn a_second_is_where_jiff_puts_it(second in -62_135_510_400_i64..253_402_207_200) {
        let text = format!("{}", Timestamp::from_second(second).unwrap());
        let start = second * 1000;
        prop_assert_eq!(widest(&text), Interval { start: Some(start), end: Some(start + 1000) });
    }

    #[test]
    fn finer_lies_within_coarser(y in 1_i16..=9999, m in 1_i8..=12, d in 1_i8..=28, h in 0..24, z in -14..=14) {
        let day = format!("{y:04}-{m:02}-{d:02}");
        let texts = [format!("{y:04}"), format!("{y:04}-{m:02}"), day.clone(), format!("{day}T{h:02}:00:00")];
        for pair in texts.windows(2) {
            prop_assert!(widest(&pair[0]).covers(&widest(&pair[1])));
        }
        let zoned = format!("{day}T{h:02}:00:00{}{:02}:00", if z < 0 { '-' } else { '+' }, i32::abs(z));
        prop_assert_eq!(widest(&texts[3]).covers(&widest(&zoned)), z >= -12);
    }

    #[test]
    fn no_text_panics(text in "[0-9T:.Z+-]{0,32}") {
        if let Ok(date) = FhirDate::parse(&text, Kind::DateTime) {
            prop_assert!(date.widest().is_proper());
        }
    }
}
