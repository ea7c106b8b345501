//! What a custodian reports of a session. What sessions and anchors do, and each rule that refuses them, is tested where they
//! are judged, in `validate`.

use super::*;
use crate::codec::encode;
use crate::hash::{AppRootHash, Did, RecordId, RequestHash, SessionId, Tag, hash};
use crate::units::{Height, Timestamp};

#[test]
fn an_entry_of_a_session_log_is_a_leaf_of_its_own() {
    let entry = SessionLogEntry {
        session: SessionId([1; 32]),
        custodian: Did([2; 32]),
        number: 3,
        time: Timestamp(4),
        height: Height(5),
        header: AppRootHash([6; 32]),
        request: RequestHash([8; 32]),
        event: SessionEvent::Released { record: RecordId([7; 32]) },
    };
    let data = entry.data().unwrap();
    assert_eq!(data, hash(Tag::SessionEntry, &[&encode(&entry).unwrap()]));
    let next = SessionLogEntry { number: 4, ..entry };
    assert_ne!(data, next.data().unwrap());
}
