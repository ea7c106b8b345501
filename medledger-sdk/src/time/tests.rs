use super::*;

#[test]
fn times_are_rfc_3339_with_milliseconds() {
    for (millis, text) in [
        (0, "1970-01-01T00:00:00.000Z"),
        (951_827_696_789, "2000-02-29T12:34:56.789Z"),
        (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ] {
        assert_eq!(rfc3339(Timestamp(millis)), text);
    }
    assert!(rfc3339(Timestamp(u64::MAX)).ends_with('Z'));
}

#[cfg(feature = "fhir")]
#[test]
fn an_interval_is_shown_to_the_precision_that_was_stated() {
    use crate::fhir::date::{FhirDate, Kind};
    for (stated, shown) in [
        ("1963", "1963"),
        ("1998-04", "1998-04"),
        ("2024-02", "2024-02"),
        ("2023-12", "2023-12"),
        ("1957-11-30", "1957-11-30"),
        ("2019-03-04T10:15:00Z", "2019-03-04 10:15"),
        ("2019-03-04T10:15:00+02:00", "2019-03-04 08:15"),
        ("2019-03-04T00:00:00Z", "2019-03-04 00:00"),
    ] {
        assert_eq!(interval(&FhirDate::parse(stated, Kind::DateTime).unwrap().widest()), shown);
    }
}

#[test]
fn open_and_long_intervals_say_so() {
    let day = |n: i64| n * DAY;
    let of = |start, end| interval(&Interval { start, end });
    assert_eq!(of(None, None), "");
    assert_eq!(of(Some(day(1) - FIRST_ZONE), None), "since 1970-01-02");
    assert_eq!(of(None, Some(day(1) + LAST_ZONE)), "until 1970-01-01");
    assert_eq!(of(Some(day(1) - FIRST_ZONE), Some(day(3) + LAST_ZONE)), "1970-01-02 to 1970-01-03");
    assert_eq!(of(Some(HOUR), Some(3 * HOUR)), "1970-01-01 01:00 to 1970-01-01 02:59");
    assert!(!of(Some(i64::MIN), Some(i64::MAX)).is_empty());
}
