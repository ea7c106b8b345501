//! The timeline as Provenances.

use medledger_core::block::Block;
use medledger_core::operation::Transaction;
use medledger_core::record::{Amendment, Version};

use super::*;

fn provenance(of: &Of, leaves: &[LogLeaf], known: &Known) -> Vec<Value> {
    let bundle = serde_json::to_value(provenances(of, leaves, known).unwrap()).unwrap();
    let entries = bundle["entry"].as_array().unwrap();
    let ids: BTreeSet<&str> = entries.iter().map(|entry| entry["fullUrl"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), entries.len());
    entries.iter().map(|entry| entry["resource"].clone()).collect()
}

fn with_transactions(story: &Story, mut known: Known) -> Known {
    for leaf in story.leaves(LogKind::Timeline) {
        let bytes = story.world.ledger.block(leaf.height).unwrap();
        let block = Block::decode(bytes).unwrap();
        let bytes = block.transactions()[usize::try_from(leaf.index).unwrap()].to_vec();
        known.transactions.insert(leaf.tx, bytes);
    }
    known
}

fn code(provenance: &Value) -> &str {
    provenance["activity"]["coding"][0]["code"].as_str().unwrap()
}

#[test]
fn each_record_amendment_and_mark_has_its_provenance() {
    let mut story = Story::new();
    let (record, held) = story.held(0, LAB);
    let known = story.known();
    let anchored = story.leaves(LogKind::Timeline);
    let proof = held.proof.clone();
    let member = proof.member.clone().unwrap();
    let LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { batch, .. } } =
        anchored.last().unwrap().entry
    else {
        panic!("a batch")
    };
    let first = Version { record, version: 1, commitments: member.commitments };
    let amendment = Amendment {
        record: RecordRef::InBatch {
            batch,
            index: member.index,
            commitments: member.commitments,
            path: member.path,
        },
        replaces: first.hash().unwrap(),
        commitments: story.batches[0].commitments[usize::try_from(ALLERGY).unwrap()],
    };
    let device = copy(&story.world.hospital.keys.device);
    for operation in [
        Operation::Amend { amendment: amendment.clone() },
        Operation::EnterInError { retraction: Retraction { record: RecordRef::Known { record } } },
    ] {
        let draft = story.world.hospital_signs().draft(operation);
        story.world.record(&draft, &device);
    }
    let known = with_transactions(&story, known);
    let leaves = story.leaves(LogKind::Timeline);
    let all = provenance(&story.of(), &leaves, &known);
    let anchors: u64 = leaves
        .iter()
        .map(|leaf| match leaf.entry {
            LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { count, .. } } => count,
            _ => 1,
        })
        .sum();
    assert_eq!(u64::try_from(all.len()).unwrap(), anchors);
    let codes: Vec<&str> = all.iter().rev().take(3).map(code).collect();
    assert_eq!(codes, ["NULLIFY", "UPDATE", "CREATE"]);

    let id = |provenance: &Value| provenance["target"][0]["identifier"]["value"].clone();
    let of_lab: Vec<&Value> = all.iter().filter(|one| id(one) == record.to_string()).collect();
    let [created, updated, nullified] = of_lab.as_slice() else { panic!("three: {of_lab:?}") };
    assert_eq!(created["target"][0]["reference"], "Observation/b");
    assert!(created["occurredDateTime"].is_string());
    // The facts at hand are of the first version.
    assert!(updated.get("occurredDateTime").is_none() && nullified.get("occurredDateTime").is_none());
    let revision = updated["entity"].as_array().unwrap().iter().find(|entity| entity["role"] == "revision");
    assert_eq!(revision.unwrap()["what"]["identifier"]["value"], amendment.replaces.to_string());
    let leaf = leaves.last().unwrap();
    assert_eq!(nullified["recorded"], leaf.time.to_string());
    let sources: Vec<&Value> = nullified["entity"].as_array().unwrap().iter().collect();
    assert_eq!(sources[0]["what"]["identifier"]["value"], leaf.tx.to_string());
    assert_eq!(sources[1]["what"]["identifier"]["value"], leaf.height.to_string());
    let hospital = did_to_text(&story.world.hospital.did);
    for one in &all {
        let custodian = agent(one, "custodian");
        assert_eq!(custodian["who"]["identifier"]["value"], hospital);
        assert_eq!(one["signature"][0]["who"]["identifier"]["value"], hospital);
        assert_eq!(one["signature"][0]["sigFormat"], "application/cose");
    }
}

#[test]
fn a_signature_is_the_envelope_and_tells_of_nobody_else() {
    let story = Story::new();
    let known = with_transactions(&story, story.known());
    let leaves = story.leaves(LogKind::Timeline);
    let all = provenance(&story.of(), &leaves, &known);
    let data = |tx: &TxId| {
        let of = |one: &&Value| one["entity"][0]["what"]["identifier"]["value"] == tx.to_string();
        unbase64(all.iter().find(of).unwrap()["signature"][0]["data"].as_str().unwrap())
    };
    // The sample is this patient's alone: the whole envelope, which is what the ledger took.
    let (own, shared) = (&leaves[0], &leaves[1]);
    assert_eq!(data(&own.tx), known.transactions[&own.tx]);
    assert_eq!(Transaction::decode(&data(&own.tx), &story.of().chain).unwrap().id, own.tx);
    // The other batch names another patient: the same signature, detached.
    let detached = data(&shared.tx);
    let whole = &known.transactions[&shared.tx];
    let contains = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    assert!(contains(whole, story.other.did.as_ref()) && !contains(&detached, story.other.did.as_ref()));
    assert_eq!(detached[detached.len() - 64..], whole[whole.len() - 64..]);

    // Bytes that are another transaction's, or none, are not told as its signature.
    for bytes in [known.transactions[&shared.tx].clone(), Vec::from([0x84])] {
        let mut wrong = known.clone();
        wrong.transactions.insert(own.tx, bytes);
        let all = provenance(&story.of(), &leaves[..1], &wrong);
        assert!(all.iter().all(|one| one.get("signature").is_none()));
    }
}

fn unbase64(text: &str) -> Vec<u8> {
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for digit in text.bytes().filter(|byte| *byte != b'=') {
        bits = (bits << 6) | u32::try_from(digits.bytes().position(|own| own == digit).unwrap()).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).unwrap());
        }
    }
    bytes
}

#[test]
fn a_timeline_of_too_many_records_is_refused() {
    let story = Story::new();
    let mut leaves = story.leaves(LogKind::Timeline);
    if let LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { count, .. } } = &mut leaves[0].entry {
        *count = SINGLE_RECORDS + 1;
    }
    let refused = provenances(&story.of(), &leaves, &Known::default()).unwrap_err();
    assert_eq!(refused.rule().to_string(), "FHR-070");
    assert_eq!(refused.element(), None);
}

#[test]
fn who_signs_for_a_custodian_is_told_apart() {
    let story = Story::new();
    let known = with_transactions(&story, story.known());
    let mut leaves = story.leaves(LogKind::Timeline);
    leaves.truncate(1);
    if let LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { custodian, .. } } = &mut leaves[0].entry
    {
        *custodian = story.clinic.did;
    }
    let one = provenance(&story.of(), &leaves, &known).remove(0);
    let last = one["agent"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["who"]["identifier"]["value"], did_to_text(&story.world.hospital.did));
    assert_eq!(last["onBehalfOf"]["identifier"]["value"], did_to_text(&story.clinic.did));
    assert!(last.get("type").is_none());
}
