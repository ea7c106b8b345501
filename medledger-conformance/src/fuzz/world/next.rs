//! What the ledger accepts next.

use medledger_core::access::{LogAnchor, Scope, SessionRequest};
use medledger_core::consent::{ConsentState, ConsentTerms, Grant, Replacement};
use medledger_core::crypto::{AgreementKey, AgreementKeyBytes, PublicKey};
use medledger_core::hash::KeyId;
use medledger_core::identity::{Control, Rotation};
use medledger_core::operation::{Body, Operation};
use medledger_core::record::{Amendment, Anchor, RecordRef, Retraction};
use medledger_core::state::{Address, read};
use medledger_core::units::Millis;
use medledger_sdk::anchor::batch_anchor;

use super::{Party, World, device, head, opening, terms};

impl World {
    /// One body of each operation, which the ledger accepts next.
    pub(super) fn possible(&self) -> Vec<(Body, Vec<KeyId>)> {
        let [north, _, ann, bob, doctor, carol] = self.parties.as_slice() else { panic!("six parties") };
        let id = |party: &Party, which: &str| party.key(which).public().id();
        let commitments = opening("next").commitments().unwrap();
        let batch = &self.batches[&ann.did];
        let control = read(self.ledger.state(), &Address::Identity(bob.did)).unwrap().unwrap();
        let successor: PublicKey = bob.key("successor").public();
        let rotation = Rotation {
            replaces: Control::succession(&control, bob.did).unwrap(),
            controller: successor,
            successor: bob.key("successor 2").public().successor_digest(),
            keep: vec![id(bob, "device 0")],
            add: vec![device(&bob.key("phone"))],
        };
        let consent: ConsentState =
            read(self.ledger.state(), &Address::Consent(self.consents[0])).unwrap().unwrap();
        let credential = self.credentials();
        let request = SessionRequest {
            subject: ann.did,
            organisation: Some(north.did),
            credentials: credential.clone(),
            custodians: vec![north.did],
            basis: self.basis(0),
            action: "access".into(),
            purpose: "TREAT".into(),
            scope: Scope::default(),
            key: AgreementKey::X25519 { bytes: AgreementKeyBytes([7; 32]) },
            until: self.now.plus(Millis::hours(1)).unwrap(),
        };
        let replacement = Replacement {
            consent: self.consents[0],
            replaces: consent.current,
            terms: ConsentTerms::Open { terms: terms(north.did) },
        };
        let entries = vec![batch.entry(bob.did)];
        let incept = Operation::Incept { inception: carol.inception.clone() };
        let keys = ["controller", "device 0", "device 1"].map(|which| id(carol, which));
        let heads = vec![head(self.session, 3, 5, true)];
        let by = |party: &Party, which: &str, operation: Operation, approvals: &[KeyId]| {
            (self.body(party, which, operation), approvals.to_vec())
        };
        vec![
            by(north, "device 0", incept, &keys),
            by(
                ann,
                "controller",
                Operation::AddDevice { device: device(&ann.key("phone")) },
                &[id(ann, "phone")],
            ),
            by(ann, "controller", Operation::RevokeDevice { key: id(ann, "device 1") }, &[]),
            by(bob, "successor", Operation::Rotate { rotation }, &[id(bob, "phone")]),
            by(doctor, "controller", Operation::Deactivate, &[]),
            by(north, "device 0", Operation::IssueCredential { credential: self.credential(doctor) }, &[]),
            by(north, "device 1", Operation::RevokeCredential { credential: credential[0] }, &[]),
            by(
                doctor,
                "device 1",
                Operation::Anchor { anchor: Anchor { subject: bob.did, custodian: north.did, commitments } },
                &[id(north, "device 1")],
            ),
            by(north, "device 0", Operation::AnchorBatch { batch: batch_anchor(north.did, entries) }, &[]),
            by(
                north,
                "device 1",
                Operation::Amend {
                    amendment: Amendment {
                        record: RecordRef::Known { record: self.record },
                        replaces: self.version(self.record),
                        commitments,
                    },
                },
                &[],
            ),
            by(
                north,
                "device 0",
                Operation::EnterInError {
                    retraction: Retraction { record: RecordRef::Known { record: self.record } },
                },
                &[],
            ),
            by(
                bob,
                "device 0",
                Operation::GrantConsent {
                    grant: Grant { slot: 0, terms: ConsentTerms::Open { terms: terms(doctor.did) } },
                },
                &[],
            ),
            by(ann, "device 0", Operation::AmendConsent { replacement }, &[]),
            by(ann, "device 1", Operation::RevokeConsent { consent: self.consents[0] }, &[]),
            by(doctor, "device 0", Operation::OpenSession { request }, &[]),
            by(north, "device 0", Operation::AnchorLogs { anchor: LogAnchor { heads } }, &[]),
        ]
    }
}
