//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;

use crate::support::{Held, IntoPython, LARGE, answer, argument, entropy, given, run, together};

/// A file on its first way through, before it is sealed: what it commits to stands in the container's header. Give it the
/// file piece by piece, then `seal`, and give the `Sealer` the same file again.
///
/// What does not fit into memory is sealed in pieces, read twice:
///
/// >>> facts = Facts(reference="DocumentReference/1", resource_type="DocumentReference")
/// >>> measure = ContentMeasure(ContentForm.AS_IT_STANDS, 6, facts)
/// >>> for piece in (b"a ", b"scan"):
/// ...     measure.feed(piece)
/// >>> sealer = measure.seal()
/// >>> container = sealer.feed(b"a scan") + sealer.finish()
/// >>> SealedRecord.from_container(container).commitments() == sealer.commitments()
/// True
#[pyclass(frozen, module = "medledger")]
pub(super) struct ContentMeasure {
    pub(super) held: Held<medledger_sdk::api::container::ContentMeasure>,
}

impl IntoPython for medledger_sdk::api::container::ContentMeasure {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, ContentMeasure { held: Held::new(self, "content measure") })?.into_any())
    }
}

#[pymethods]
impl ContentMeasure {
    /// Begins with a file of so many bytes, and draws its key.
    ///
    /// Errors: SEA-005 for a file that is too long, SEA-011 for facts that can't be committed to.
    #[new]
    #[pyo3(signature = (form, length, facts))]
    fn new<'py>(
        py: Python<'py>,
        form: &Bound<'py, PyAny>,
        length: &Bound<'py, PyAny>,
        facts: &Bound<'py, PyAny>,
    ) -> PyResult<Self> {
        let form = argument::<medledger_sdk::api::sealing::ContentForm>(form, "form")?;
        let length = argument::<u64>(length, "length")?;
        let facts = argument::<medledger_sdk::api::facts::Facts>(facts, "facts")?;
        let mut rng = entropy()?;
        Ok(Self {
            held: Held::new(
                answer(
                    py,
                    medledger_sdk::api::container::ContentMeasure::new(form, length, &facts, &mut rng),
                )?,
                "content measure",
            ),
        })
    }

    /// Takes the next bytes of the file.
    ///
    /// Errors: SEA-014 for more than were announced, API-005 once it is being sealed.
    #[pyo3(signature = (piece))]
    fn feed<'py>(slf: &Bound<'py, Self>, piece: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let piece = argument::<Vec<u8>>(piece, "piece")?;
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        answer(py, run(py, piece.len() >= LARGE, || this.feed(&piece)))?.into_python(py)
    }

    /// Ends, and begins to seal.
    ///
    /// Errors: SEA-014 for less than was announced, SEA-013 for a file that is not in its form, API-005 once it is being sealed. It is
    /// used up in each case.
    #[pyo3(signature = ())]
    fn seal<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let mut rng = entropy()?;
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        answer(py, this.seal(&mut rng))?.into_python(py)
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

/// Seals a file piece by piece. What it gives, put together, is a container only if `finish` succeeds.
///
/// >>> facts = Facts(reference="DocumentReference/1", resource_type="DocumentReference")
/// >>> measure = ContentMeasure(ContentForm.AS_IT_STANDS, 6, facts)
/// >>> measure.feed(b"a scan")
/// >>> sealer = measure.seal()
/// >>> key, commitments = sealer.key(), sealer.commitments()
/// >>> container = sealer.feed(b"a scan") + sealer.finish()
/// >>> SealedRecord.from_container(container).open(key, commitments).original()
/// b'a scan'
#[pyclass(frozen, module = "medledger")]
pub(super) struct Sealer {
    pub(super) held: Held<medledger_sdk::api::container::Sealer>,
}

impl IntoPython for medledger_sdk::api::container::Sealer {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, Sealer { held: Held::new(self, "sealer") })?.into_any())
    }
}

#[pymethods]
impl Sealer {
    /// Takes the next bytes of the file; gives the next bytes of the container.
    ///
    /// Errors: SEA-014 for more than was measured, API-005 after the end.
    #[pyo3(signature = (piece))]
    fn feed<'py>(slf: &Bound<'py, Self>, piece: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let piece = argument::<Vec<u8>>(piece, "piece")?;
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        answer(py, run(py, piece.len() >= LARGE, || this.feed(&piece)))?.into_python(py)
    }

    /// Ends: gives the last bytes of the container, and checks that the file is the one that was measured.
    ///
    /// Errors: SEA-014 or SEA-011 for another file, API-005 after the end.
    #[pyo3(signature = ())]
    fn finish<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        answer(py, this.finish())?.into_python(py)
    }

    /// The record's key: to be wrapped, since it is kept nowhere else.
    #[pyo3(signature = ())]
    fn key<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.key().into_python(py)
    }

    /// What the record commits to.
    #[pyo3(signature = ())]
    fn commitments<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.commitments().into_python(py)
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

/// Opens a container piece by piece. Each piece that it gives was sealed with this key at this place; that they are the whole
/// record, and the one committed to, is known only when `finish` succeeds. Until then nothing may be done with them that
/// can't be undone.
///
/// >>> facts = Facts(reference="DocumentReference/1", resource_type="DocumentReference")
/// >>> sealed = seal_record(b"a scan", ContentForm.AS_IT_STANDS, facts)
/// >>> opener = Opener(sealed.key(), sealed.commitments())
/// >>> opener.feed(sealed.container())
/// b'a scan'
/// >>> opener.facts() == opener.finish() == facts
/// True
#[pyclass(frozen, module = "medledger")]
pub(super) struct Opener {
    pub(super) held: Held<medledger_sdk::api::container::Opener>,
}

impl IntoPython for medledger_sdk::api::container::Opener {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, Opener { held: Held::new(self, "opener") })?.into_any())
    }
}

#[pymethods]
impl Opener {
    /// Begins to open the record with these commitments, which the ledger holds of it.
    ///
    /// Errors: API-002 for what are no commitments.
    #[new]
    #[pyo3(signature = (key, commitments))]
    fn new<'py>(py: Python<'py>, key: &Bound<'py, PyAny>, commitments: &Bound<'py, PyAny>) -> PyResult<Self> {
        let key = given::<super::sealing::RecordKey>(key, "key")?;
        let commitments = argument::<medledger_sdk::api::facts::Commitments>(commitments, "commitments")?;
        let key_held = together(py, || key.get().held.shared())?;
        let key = key_held.get(py)?;
        Ok(Self {
            held: Held::new(
                answer(py, medledger_sdk::api::container::Opener::new(key, &commitments))?,
                "opener",
            ),
        })
    }

    /// Takes the next bytes of the container; gives the next bytes of the file.
    ///
    /// Errors: SEA-001 to SEA-012 for a container that is not the record's, and then at every further call; API-005 after the end.
    #[pyo3(signature = (piece))]
    fn feed<'py>(slf: &Bound<'py, Self>, piece: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let piece = argument::<Vec<u8>>(piece, "piece")?;
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        answer(py, run(py, piece.len() >= LARGE, || this.feed(&piece)))?.into_python(py)
    }

    /// The record's facts, once its header was opened; None before.
    #[pyo3(signature = ())]
    fn facts<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.facts().into_python(py)
    }

    /// Ends: checks that nothing is missing and that the file is what was committed to. Gives the record's facts.
    ///
    /// Errors: SEA-009 where the end is missing, SEA-011 and SEA-013 for another file than was committed to, API-005 after the end.
    #[pyo3(signature = ())]
    fn finish<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        answer(py, this.finish())?.into_python(py)
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
    module.add_class::<ContentMeasure>()?;
    module.add_class::<Sealer>()?;
    module.add_class::<Opener>()?;
    Ok(())
}
