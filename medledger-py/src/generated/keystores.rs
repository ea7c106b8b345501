//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{
    At, Class, FromPython, Held, IntoPython, LARGE, answer, argument, distinct, entropy, given, optional,
    run, together, value,
};

value!(medledger_sdk::api::keystores::PassphraseCost, "PassphraseCost", { memory: "memory", passes: "passes", lanes: "lanes",  });

value!(medledger_sdk::api::keystores::KeptIdentity, "KeptIdentity", { identity: "identity", did: "did", relationship: "relationship", device: "device", key: "key",  });

value!(medledger_sdk::api::keystores::KeystoreSummary, "KeystoreSummary", { chain: "chain", cost: "cost", successors: "successors", identities: "identities",  });

/// The keys of one device, for some identities on one ledger; as a file, encrypted under a passphrase. Overwritten when it is
/// closed; never shown.
///
/// >>> first, second = Sheet.draw().keys(""), Sheet.draw().keys("")
/// >>> keystore = Keystore(ledger.status().chain, second.successor_digests())
/// >>> new = first.relationship(0, keystore.successor_digest(0), IdentityKind.PATIENT)
/// >>> recorded = record(new.incept(sender(hospital)), hospital)
/// >>> keystore.keep(new, "Riverside")
/// >>> [kept.relationship for kept in keystore.identities()]
/// ['Riverside']
/// >>> keystore.signing_key(new.did()).id() == first.device(0, 0).id()
/// True
/// >>> len(keystore.agreement_key(new.did()).public_key())
/// 32
/// >>> sealed = keystore.seal("a passphrase", PassphraseCost(memory=19456, passes=2, lanes=1))
/// >>> opened = Keystore.open(sealed, "a passphrase")
/// >>> opened.identities() == keystore.identities()
/// True
#[pyclass(frozen, module = "medledger")]
pub(super) struct Keystore {
    pub(super) held: Held<medledger_sdk::api::keystores::Keystore>,
}

impl IntoPython for medledger_sdk::api::keystores::Keystore {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, Keystore { held: Held::new(self, "keystore") })?.into_any())
    }
}

#[pymethods]
impl Keystore {
    /// An empty keystore for a ledger, with the digests of successors that the second sheet gives, possibly none.
    ///
    /// Errors: API-002 for what is none.
    #[new]
    #[pyo3(signature = (chain, successors))]
    fn new<'py>(
        py: Python<'py>,
        chain: &Bound<'py, PyAny>,
        successors: &Bound<'py, PyAny>,
    ) -> PyResult<Self> {
        let chain = argument::<String>(chain, "chain")?;
        let successors = argument::<Vec<String>>(successors, "successors")?;
        Ok(Self {
            held: Held::new(
                answer(py, medledger_sdk::api::keystores::Keystore::new(&chain, &successors))?,
                "keystore",
            ),
        })
    }

    /// A keystore from its file.
    ///
    /// Errors: WAL-030 for a file that is damaged, WAL-031 for a wrong passphrase, WAL-032 for a newer version, WAL-033 for a cost out
    /// of bounds.
    #[classmethod]
    #[pyo3(signature = (bytes, passphrase))]
    fn open<'py>(
        class: &Bound<'py, pyo3::types::PyType>,
        bytes: &Bound<'py, PyAny>,
        passphrase: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let bytes = argument::<Vec<u8>>(bytes, "bytes")?;
        let passphrase = argument::<String>(passphrase, "passphrase")?;
        answer(py, run(py, true, || medledger_sdk::api::keystores::Keystore::open(&bytes, &passphrase)))?
            .into_python(py)
    }

    /// The keystore as a file, encrypted under a passphrase; without a cost at RFC 9106's second recommendation with one lane
    /// (64 MiB, 3 passes).
    ///
    /// Errors: WAL-033 for a cost out of bounds, WAL-034 for a passphrase that is empty or a book, WAL-035 where there is not enough
    /// memory.
    #[pyo3(signature = (passphrase, cost=None))]
    fn seal<'py>(
        slf: &Bound<'py, Self>,
        passphrase: &Bound<'py, PyAny>,
        cost: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let passphrase = argument::<String>(passphrase, "passphrase")?;
        let cost = optional::<medledger_sdk::api::keystores::PassphraseCost>(cost, "cost")?;
        let mut rng = entropy()?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, run(py, true, || this.seal(&passphrase, cost.as_ref(), &mut rng)))?.into_python(py)
    }

    /// The identities that it keeps, ascending by number.
    #[pyo3(signature = ())]
    fn identities<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.identities().into_python(py)
    }

    /// The digest of an identity's successor, where it is kept.
    #[pyo3(signature = (identity))]
    fn successor_digest<'py>(
        slf: &Bound<'py, Self>,
        identity: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let identity = argument::<u64>(identity, "identity")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.successor_digest(identity).into_python(py)
    }

    /// Keeps a new identity, under a name for its relationship.
    ///
    /// Errors: WAL-037 for a number or a name that is taken, or a name that is none; WAL-038 when it is full.
    #[pyo3(signature = (new, relationship))]
    fn keep<'py>(
        slf: &Bound<'py, Self>,
        new: &Bound<'py, PyAny>,
        relationship: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let new = given::<super::sheets::NewRelationship>(new, "new")?;
        let relationship = argument::<String>(relationship, "relationship")?;
        distinct(slf, new, "keystore")?;
        let (mut held, new_held) =
            together(py, || Ok((slf.get().held.exclusive()?, new.get().held.shared()?)))?;
        let this = held.get_mut(py)?;
        let new = new_held.get(py)?;
        answer(py, this.keep(new, &relationship))?.into_python(py)
    }

    /// Keeps a device of an identity that was found on the ledger, under a name for its relationship; `first` is the sheet that
    /// it was found with.
    ///
    /// Errors: API-002 and API-004 for what is none; WAL-037 for a number or a name that is taken, or a name that is none; WAL-038 when
    /// it is full.
    ///
    /// >>> first, second = Sheet.draw().keys(""), Sheet.draw().keys("")
    /// >>> new = first.relationship(0, second.successor_digest(0), IdentityKind.PATIENT)
    /// >>> recorded = record(new.incept(sender(hospital)), hospital)
    /// >>> client = LightClient(ledger.genesis(), now)
    /// >>> asks, state = [], None
    /// >>> while more := restore_asks(first, state):
    /// ...     asks.extend(more)
    /// ...     state = client.read_state(ledger.prove_state(asks))
    /// >>> keystore = Keystore(ledger.status().chain, second.successor_digests())
    /// >>> keystore.keep_found(first, restore(first, state)[0], 0, "Riverside")
    /// >>> keystore.identities()[0].did == new.did()
    /// True
    #[pyo3(signature = (first, identity, device, relationship))]
    fn keep_found<'py>(
        slf: &Bound<'py, Self>,
        first: &Bound<'py, PyAny>,
        identity: &Bound<'py, PyAny>,
        device: &Bound<'py, PyAny>,
        relationship: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let first = given::<super::sheets::SheetKeys>(first, "first")?;
        let identity = argument::<medledger_sdk::api::restoring::FoundIdentity>(identity, "identity")?;
        let device = argument::<u64>(device, "device")?;
        let relationship = argument::<String>(relationship, "relationship")?;
        distinct(slf, first, "keystore")?;
        let (mut held, first_held) =
            together(py, || Ok((slf.get().held.exclusive()?, first.get().held.shared()?)))?;
        let this = held.get_mut(py)?;
        let first = first_held.get(py)?;
        answer(py, this.keep_found(first, &identity, device, &relationship))?.into_python(py)
    }

    /// The key that its device signs with for an identity.
    ///
    /// Errors: API-002 for what is no DID, API-007 for an identity that is not kept.
    #[pyo3(signature = (did))]
    fn signing_key<'py>(slf: &Bound<'py, Self>, did: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let did = argument::<String>(did, "did")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.signing_key(&did))?.into_python(py)
    }

    /// The key that others encrypt to, for an identity.
    ///
    /// Errors: API-002 for what is no DID, API-007 for an identity that is not kept.
    #[pyo3(signature = (did))]
    fn agreement_key<'py>(slf: &Bound<'py, Self>, did: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let did = argument::<String>(did, "did")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.agreement_key(&did))?.into_python(py)
    }

    /// Rotates one identity: the second sheet's successor signs and becomes the controller, a device of that sheet comes, the
    /// devices with the ids in `keep` stay, and the next sheet's digest is named. What comes back is to be recorded; the keystore has the new
    /// device in place of the old one. `state` is what the plan was made with.
    ///
    /// Errors: API-007 where no rotation is due, API-008 where the state does not cover the identity, WAL rules for wrong sheets.
    ///
    /// >>> first, second, third = Sheet.draw().keys(""), Sheet.draw(), Sheet.draw()
    /// >>> keystore = Keystore(ledger.status().chain, second.keys("").successor_digests())
    /// >>> new = first.relationship(0, keystore.successor_digest(0), IdentityKind.PATIENT)
    /// >>> recorded = record(new.incept(sender(hospital)), hospital)
    /// >>> keystore.keep(new, "Riverside")
    /// >>> state = LightClient(ledger.genesis(), now).read_state(ledger.prove_identity(new.did()))
    /// >>> plan = plan_rotation(second.keys(""), [new.did()], state)[0]
    /// >>> by = ledger.sender(new.did(), plan.successor, now, 3_600_000)
    /// >>> next = third.confirm(third.words(), "")
    /// >>> transaction = keystore.rotate(by, second.keys(""), next, state, keep=[])
    /// >>> id = ledger.submit(transaction.bytes, now)
    /// >>> ledger.produce(validator, now).results[0].rule is None
    /// True
    /// >>> keystore.set_successors(third.keys("").successor_digests())
    #[pyo3(signature = (sender, second, next, state, keep))]
    fn rotate<'py>(
        slf: &Bound<'py, Self>,
        sender: &Bound<'py, PyAny>,
        second: &Bound<'py, PyAny>,
        next: &Bound<'py, PyAny>,
        state: &Bound<'py, PyAny>,
        keep: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let sender = argument::<medledger_sdk::api::draft::Sender>(sender, "sender")?;
        let second = given::<super::sheets::SheetKeys>(second, "second")?;
        let next = given::<super::sheets::NextSheet>(next, "next")?;
        let state = given::<super::light::ProvenState>(state, "state")?;
        let keep = argument::<Vec<String>>(keep, "keep")?;
        distinct(slf, second, "keystore")?;
        distinct(slf, next, "keystore")?;
        distinct(slf, state, "keystore")?;
        let (mut held, second_held, next_held, state_held) = together(py, || {
            Ok((
                slf.get().held.exclusive()?,
                second.get().held.shared()?,
                next.get().held.shared()?,
                state.get().held.shared()?,
            ))
        })?;
        let this = held.get_mut(py)?;
        let second = second_held.get(py)?;
        let next = next_held.get(py)?;
        let state = state_held.get(py)?;
        answer(py, this.rotate(&sender, second, next, state, &keep))?.into_python(py)
    }

    /// Replaces the digests of successors, once all identities were rotated: `second` is then the next sheet's.
    ///
    /// Errors: API-002 for what is none.
    ///
    /// >>> keystore = Keystore(ledger.status().chain, [])
    /// >>> keystore.successor_digest(0)
    /// >>> second = Sheet.draw().keys("")
    /// >>> keystore.set_successors(second.successor_digests())
    /// >>> keystore.successor_digest(0) == second.successor_digest(0)
    /// True
    #[pyo3(signature = (successors))]
    fn set_successors<'py>(
        slf: &Bound<'py, Self>,
        successors: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let successors = argument::<Vec<String>>(successors, "successors")?;
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        answer(py, this.set_successors(&successors))?.into_python(py)
    }

    /// Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        self.held.close(py)
    }

    fn __enter__<'py>(slf: Bound<'py, Self>) -> Bound<'py, Self> {
        slf
    }

    #[pyo3(signature = (_exc_type, _exc, _traceback, /))]
    fn __exit__(
        &self,
        py: Python<'_>,
        _exc_type: &Bound<'_, PyAny>,
        _exc: &Bound<'_, PyAny>,
        _traceback: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        self.held.close(py)
    }
}

/// What a keystore's file says without its passphrase.
///
/// Errors: WAL-030 for a file that is damaged, WAL-032 for a newer version, WAL-033 for a cost out of bounds.
///
/// >>> keystore = Keystore(ledger.status().chain, Sheet.draw().keys("").successor_digests())
/// >>> read_keystore(keystore.seal("a passphrase", PassphraseCost(memory=19456, passes=2, lanes=1))).identities
/// ()
#[pyfunction]
#[pyo3(signature = (bytes))]
fn read_keystore<'py>(py: Python<'py>, bytes: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let bytes = argument::<Vec<u8>>(bytes, "bytes")?;
    answer(py, run(py, bytes.len() >= LARGE, || medledger_sdk::api::keystores::read_keystore(&bytes)))?
        .into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Keystore>()?;
    module.add_function(wrap_pyfunction!(read_keystore, module)?)?;
    Ok(())
}
