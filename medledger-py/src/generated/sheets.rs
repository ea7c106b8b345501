//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;

use crate::support::{Held, IntoPython, answer, argument, entropy, run, together};

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
    pub(super) held: Held<medledger_sdk::api::sheets::Sheet>,
}

impl IntoPython for medledger_sdk::api::sheets::Sheet {
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
        answer(py, medledger_sdk::api::sheets::Sheet::draw(&mut rng))?.into_python(py)
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
        answer(py, medledger_sdk::api::sheets::Sheet::from_words(&words))?.into_python(py)
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
    pub(super) held: Held<medledger_sdk::api::sheets::SheetKeys>,
}

impl IntoPython for medledger_sdk::api::sheets::SheetKeys {
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
    pub(super) held: Held<medledger_sdk::api::sheets::NewRelationship>,
}

impl IntoPython for medledger_sdk::api::sheets::NewRelationship {
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
    pub(super) held: Held<medledger_sdk::api::sheets::NextSheet>,
}

impl IntoPython for medledger_sdk::api::sheets::NextSheet {
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
        answer(py, run(py, true, || medledger_sdk::api::sheets::NextSheet::from_words(&words, &passphrase)))?
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

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Sheet>()?;
    module.add_class::<SheetKeys>()?;
    module.add_class::<NewRelationship>()?;
    module.add_class::<NextSheet>()?;
    Ok(())
}
