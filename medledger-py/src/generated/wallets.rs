//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{
    At, Class, FromPython, Held, IntoPython, LARGE, answer, argument, distinct, entropy, given, optional,
    run, together, value, word,
};

word!(medledger_sdk::api::wallets::SheetStanding, "SheetStanding");

word!(medledger_sdk::api::wallets::RotationTurn, "RotationTurn");

value!(medledger_sdk::api::wallets::PassphraseCost, "PassphraseCost", { memory: "memory", passes: "passes", lanes: "lanes",  });

value!(medledger_sdk::api::wallets::KeptIdentity, "KeptIdentity", { identity: "identity", did: "did", relationship: "relationship", device: "device", key: "key",  });

value!(medledger_sdk::api::wallets::KeystoreSummary, "KeystoreSummary", { chain: "chain", cost: "cost", successors: "successors", identities: "identities",  });

value!(medledger_sdk::api::wallets::FoundDevice, "FoundDevice", { device: "device", key: "key", live: "live",  });

value!(medledger_sdk::api::wallets::FoundIdentity, "FoundIdentity", { identity: "identity", did: "did", standing: "standing", devices: "devices",  });

value!(medledger_sdk::api::wallets::PlannedRotation, "PlannedRotation", { did: "did", turn: "turn", identity: "identity", successor: "successor",  });

/// A sheet of 24 words (BIP-39, English), which a patient writes down. Overwritten when it is closed; never shown.
///
/// Two sheets of 24 words: the first is for every day, the second takes over when it is lost.
///
/// >>> first, second = Sheet.draw(), Sheet.draw()
/// >>> len(first.words().split())
/// 24
/// >>> Sheet.from_words(first.words()).words() == first.words()
/// True
/// >>> next = second.confirm(second.words(), "")
/// >>> keys = first.keys("")
/// >>> len(second.keys("").successor_digests()) > 0
/// True
#[pyclass(frozen, module = "medledger")]
pub(super) struct Sheet {
    pub(super) held: Held<medledger_sdk::api::wallets::Sheet>,
}

impl IntoPython for medledger_sdk::api::wallets::Sheet {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, Sheet { held: Held::new(self, "sheet") })?.into_any())
    }
}

#[pymethods]
impl Sheet {
    /// A fresh sheet.
    ///
    /// Errors: WAL-012, which a fresh one never gives.
    #[classmethod]
    #[pyo3(signature = ())]
    fn draw<'py>(class: &Bound<'py, pyo3::types::PyType>) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let mut rng = entropy()?;
        answer(py, medledger_sdk::api::wallets::Sheet::draw(&mut rng))?.into_python(py)
    }

    /// The sheet with these words; white space parts them, capitals do not count.
    ///
    /// Errors: WAL-010 to WAL-012 for words that are no sheet.
    #[classmethod]
    #[pyo3(signature = (words))]
    fn from_words<'py>(
        class: &Bound<'py, pyo3::types::PyType>,
        words: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let words = argument::<String>(words, "words")?;
        answer(py, medledger_sdk::api::wallets::Sheet::from_words(&words))?.into_python(py)
    }

    /// The words, to be written down: a secret.
    #[pyo3(signature = ())]
    fn words<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.words().into_python(py)
    }

    /// The keys of the sheet. The passphrase is not needed and usually empty; another one gives other keys.
    #[pyo3(signature = (passphrase))]
    fn keys<'py>(slf: &Bound<'py, Self>, passphrase: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let passphrase = argument::<String>(passphrase, "passphrase")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        run(py, true, || this.keys(&passphrase)).into_python(py)
    }

    /// Confirms that a sheet that was just drawn is written down, by its words typed in again: it may become the next second
    /// sheet.
    ///
    /// Errors: WAL-010 to WAL-013 for words that are no sheet, or another one's.
    #[pyo3(signature = (words, passphrase))]
    fn confirm<'py>(
        slf: &Bound<'py, Self>,
        words: &Bound<'py, PyAny>,
        passphrase: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let words = argument::<String>(words, "words")?;
        let passphrase = argument::<String>(passphrase, "passphrase")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, run(py, true, || this.confirm(&words, &passphrase)))?.into_python(py)
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

/// The keys of a sheet. Overwritten when they are closed; never shown.
///
/// >>> first, second = Sheet.draw().keys(""), Sheet.draw().keys("")
/// >>> new = first.relationship(0, second.successor_digest(0), IdentityKind.PATIENT)
/// >>> len({first.device(0, 0).id(), first.device(0, 1).id(), first.controller(0).id()})
/// 3
/// >>> len(first.agreement(0, 0).public_key())
/// 32
/// >>> second.successor_digests()[0] == second.successor_digest(0)
/// True
#[pyclass(frozen, module = "medledger")]
pub(super) struct SheetKeys {
    pub(super) held: Held<medledger_sdk::api::wallets::SheetKeys>,
}

impl IntoPython for medledger_sdk::api::wallets::SheetKeys {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, SheetKeys { held: Held::new(self, "sheet keys") })?.into_any())
    }
}

#[pymethods]
impl SheetKeys {
    /// What a device of an identity signs with; both are counted from 0.
    ///
    /// Errors: API-004 for numbers above 65,535.
    #[pyo3(signature = (identity, device))]
    fn device<'py>(
        slf: &Bound<'py, Self>,
        identity: &Bound<'py, PyAny>,
        device: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let identity = argument::<u64>(identity, "identity")?;
        let device = argument::<u64>(device, "device")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.device(identity, device))?.into_python(py)
    }

    /// What others encrypt to, for a device of an identity.
    ///
    /// Errors: API-004 for numbers above 65,535.
    #[pyo3(signature = (identity, device))]
    fn agreement<'py>(
        slf: &Bound<'py, Self>,
        identity: &Bound<'py, PyAny>,
        device: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let identity = argument::<u64>(identity, "identity")?;
        let device = argument::<u64>(device, "device")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.agreement(identity, device))?.into_python(py)
    }

    /// The controller of an identity; while the sheet is the second one, the controller's successor.
    ///
    /// Errors: API-004 for numbers above 65,535.
    #[pyo3(signature = (identity))]
    fn controller<'py>(slf: &Bound<'py, Self>, identity: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let identity = argument::<u64>(identity, "identity")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.controller(identity))?.into_python(py)
    }

    /// What the ledger is told of an identity's successor while this is the second sheet. It is no secret.
    ///
    /// Errors: API-004 for numbers above 65,535.
    #[pyo3(signature = (identity))]
    fn successor_digest<'py>(
        slf: &Bound<'py, Self>,
        identity: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let identity = argument::<u64>(identity, "identity")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.successor_digest(identity))?.into_python(py)
    }

    /// The same of the first 64 identities: what a keystore keeps, so that the second sheet can stay on paper.
    #[pyo3(signature = ())]
    fn successor_digests<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.successor_digests().into_python(py)
    }

    /// One more identity of this (first) sheet, for one more relationship; `successor` is the digest that the second sheet
    /// gives for its number.
    ///
    /// Errors: API-002 and API-004 for what is none.
    #[pyo3(signature = (identity, successor, kind))]
    fn relationship<'py>(
        slf: &Bound<'py, Self>,
        identity: &Bound<'py, PyAny>,
        successor: &Bound<'py, PyAny>,
        kind: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let identity = argument::<u64>(identity, "identity")?;
        let successor = argument::<String>(successor, "successor")?;
        let kind = argument::<medledger_sdk::api::identity::IdentityKind>(kind, "kind")?;
        let mut rng = entropy()?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.relationship(identity, &successor, kind, &mut rng))?.into_python(py)
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

/// An identity of a sheet that no ledger knows yet.
///
/// >>> first, second = Sheet.draw().keys(""), Sheet.draw().keys("")
/// >>> new = first.relationship(0, second.successor_digest(0), IdentityKind.PATIENT)
/// >>> inception_did(new.inception()) == new.did()
/// True
/// >>> record(new.incept(sender(hospital)), hospital).rule is None
/// True
#[pyclass(frozen, module = "medledger")]
pub(super) struct NewRelationship {
    pub(super) held: Held<medledger_sdk::api::wallets::NewRelationship>,
}

impl IntoPython for medledger_sdk::api::wallets::NewRelationship {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, NewRelationship { held: Held::new(self, "new relationship") })?.into_any())
    }
}

#[pymethods]
impl NewRelationship {
    /// What it will be called.
    #[pyo3(signature = ())]
    fn did<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.did().into_python(py)
    }

    /// What the ledger is told.
    ///
    /// Errors: COD-013, which an inception never gives.
    #[pyo3(signature = ())]
    fn inception<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.inception())?.into_python(py)
    }

    /// The inception, for its sponsor to sign: each new key has proven its possession.
    ///
    /// Errors: API-002 for a sender that is none.
    #[pyo3(signature = (sponsor))]
    fn incept<'py>(slf: &Bound<'py, Self>, sponsor: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let sponsor = argument::<medledger_sdk::api::draft::Sender>(sponsor, "sponsor")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.incept(&sponsor))?.into_python(py)
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

/// The sheet that becomes the second one with a rotation; somebody has it on paper.
///
/// >>> next = NextSheet.from_words(Sheet.draw().words(), "")
#[pyclass(frozen, module = "medledger")]
pub(super) struct NextSheet {
    pub(super) held: Held<medledger_sdk::api::wallets::NextSheet>,
}

impl IntoPython for medledger_sdk::api::wallets::NextSheet {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, NextSheet { held: Held::new(self, "next sheet") })?.into_any())
    }
}

#[pymethods]
impl NextSheet {
    /// A sheet that was drawn before, from its words.
    ///
    /// Errors: WAL-010 to WAL-012 for words that are no sheet.
    #[classmethod]
    #[pyo3(signature = (words, passphrase))]
    fn from_words<'py>(
        class: &Bound<'py, pyo3::types::PyType>,
        words: &Bound<'py, PyAny>,
        passphrase: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let words = argument::<String>(words, "words")?;
        let passphrase = argument::<String>(passphrase, "passphrase")?;
        answer(py, run(py, true, || medledger_sdk::api::wallets::NextSheet::from_words(&words, &passphrase)))?
            .into_python(py)
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
    pub(super) held: Held<medledger_sdk::api::wallets::Keystore>,
}

impl IntoPython for medledger_sdk::api::wallets::Keystore {
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
                answer(py, medledger_sdk::api::wallets::Keystore::new(&chain, &successors))?,
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
        answer(py, run(py, true, || medledger_sdk::api::wallets::Keystore::open(&bytes, &passphrase)))?
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
        let cost = optional::<medledger_sdk::api::wallets::PassphraseCost>(cost, "cost")?;
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
        let new = given::<super::wallets::NewRelationship>(new, "new")?;
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
        let first = given::<super::wallets::SheetKeys>(first, "first")?;
        let identity = argument::<medledger_sdk::api::wallets::FoundIdentity>(identity, "identity")?;
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
        let second = given::<super::wallets::SheetKeys>(second, "second")?;
        let next = given::<super::wallets::NextSheet>(next, "next")?;
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
    answer(py, run(py, bytes.len() >= LARGE, || medledger_sdk::api::wallets::read_keystore(&bytes)))?
        .into_python(py)
}

/// The keys of the state that finding a sheet's identities takes beside those that are proven: ask for these and for all before,
/// until there are none.
///
/// Errors: API-007 for a state that is damaged.
///
/// >>> first, second = Sheet.draw().keys(""), Sheet.draw().keys("")
/// >>> len(restore_asks(first)) > 0
/// True
#[pyfunction]
#[pyo3(signature = (first, state=None))]
fn restore_asks<'py>(
    py: Python<'py>,
    first: &Bound<'py, PyAny>,
    state: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let first = given::<super::wallets::SheetKeys>(first, "first")?;
    let state = state.map(|one| given::<super::light::ProvenState>(one, "state")).transpose()?;
    let (first_held, state_held) = together(py, || {
        Ok((first.get().held.shared()?, state.map(|one| one.get().held.shared()).transpose()?))
    })?;
    let first = first_held.get(py)?;
    let state = state_held.as_ref().map(|one| one.get(py)).transpose()?;
    answer(py, medledger_sdk::api::wallets::restore_asks(first, state))?.into_python(py)
}

/// All identities of a first sheet that the ledger knows.
///
/// Errors: WAL-020 where there is none, API-008 where the proof does not cover all that is asked.
///
/// >>> first, second = Sheet.draw().keys(""), Sheet.draw().keys("")
/// >>> new = first.relationship(0, second.successor_digest(0), IdentityKind.PATIENT)
/// >>> recorded = record(new.incept(sender(hospital)), hospital)
/// >>> client = LightClient(ledger.genesis(), now)
/// >>> asks, state = [], None
/// >>> while more := restore_asks(first, state):
/// ...     asks.extend(more)
/// ...     state = client.read_state(ledger.prove_state(asks))
/// >>> [found.did == new.did() for found in restore(first, state)]
/// [True]
#[pyfunction]
#[pyo3(signature = (first, state))]
fn restore<'py>(
    py: Python<'py>,
    first: &Bound<'py, PyAny>,
    state: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let first = given::<super::wallets::SheetKeys>(first, "first")?;
    let state = given::<super::light::ProvenState>(state, "state")?;
    let (first_held, state_held) =
        together(py, || Ok((first.get().held.shared()?, state.get().held.shared()?)))?;
    let first = first_held.get(py)?;
    let state = state_held.get(py)?;
    answer(py, medledger_sdk::api::wallets::restore(first, state))?.into_python(py)
}

/// What the second sheet does with each of these identities.
///
/// Errors: API-002 for what is no DID, API-008 where the state does not cover them, WAL-040 and WAL-041 for a sheet that is not the second
/// one.
///
/// >>> first, second = Sheet.draw().keys(""), Sheet.draw().keys("")
/// >>> new = first.relationship(0, second.successor_digest(0), IdentityKind.PATIENT)
/// >>> recorded = record(new.incept(sender(hospital)), hospital)
/// >>> state = LightClient(ledger.genesis(), now).read_state(ledger.prove_identity(new.did()))
/// >>> [plan.turn for plan in plan_rotation(second, [new.did()], state)]
/// [<RotationTurn.DUE: 'due'>]
#[pyfunction]
#[pyo3(signature = (second, dids, state))]
fn plan_rotation<'py>(
    py: Python<'py>,
    second: &Bound<'py, PyAny>,
    dids: &Bound<'py, PyAny>,
    state: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let second = given::<super::wallets::SheetKeys>(second, "second")?;
    let dids = argument::<Vec<String>>(dids, "dids")?;
    let state = given::<super::light::ProvenState>(state, "state")?;
    let (second_held, state_held) =
        together(py, || Ok((second.get().held.shared()?, state.get().held.shared()?)))?;
    let second = second_held.get(py)?;
    let state = state_held.get(py)?;
    answer(py, medledger_sdk::api::wallets::plan_rotation(second, &dids, state))?.into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Sheet>()?;
    module.add_class::<SheetKeys>()?;
    module.add_class::<NewRelationship>()?;
    module.add_class::<NextSheet>()?;
    module.add_class::<Keystore>()?;
    module.add_function(wrap_pyfunction!(read_keystore, module)?)?;
    module.add_function(wrap_pyfunction!(restore_asks, module)?)?;
    module.add_function(wrap_pyfunction!(restore, module)?)?;
    module.add_function(wrap_pyfunction!(plan_rotation, module)?)?;
    Ok(())
}
