//! The module `xportcn._core`: the core's few functions for Python. It converts, and decides nothing.
//!
//! Errors cross as `CoreError`, whose one argument is the error as JSON. PyO3's macros write unsafe code, so it cannot be
//! forbidden here; there is none of our own.
#![deny(missing_docs)]

use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyStopIteration};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyInt, PyList, PyString, PyTuple, PyType};
use std::sync::{Mutex, MutexGuard, PoisonError};
use xportcn_core::host::{self, Case, HostCore, HostExchange, HostRecovery, HostRecoveryStep};
use xportcn_core::push::Signed;
use xportcn_core::{Error, Pager as CorePager, Step};

/// Levels of values within values, far more than any request has.
const DEEPEST: usize = 100;

create_exception!(_core, CoreError, PyException, "An error of the core, as JSON.");

/// Bytes from which the interpreter's lock is given back while a reply is read.
const LONG: usize = 64 << 10;

/// Checked settings of a client.
#[pyclass(frozen, module = "xportcn._core")]
struct Core(HostCore);

/// One call.
#[pyclass(frozen, module = "xportcn._core")]
struct Exchange(Mutex<HostExchange>);

/// A walk over the pages of a call.
#[pyclass(frozen, module = "xportcn._core")]
struct Pager(Mutex<CorePager>);

/// A search for a lost write, or a write with such a search.
#[pyclass(frozen, module = "xportcn._core")]
struct Recovery(Mutex<HostRecovery>);

#[pymethods]
impl Core {
    #[new]
    fn new(settings: &str) -> PyResult<Self> {
        HostCore::new(settings).map(Self).map_err(raised)
    }

    /// Begins a call; `params` is JSON, `options` JSON or empty.
    fn call(&self, id: &str, params: &[u8], options: &str) -> PyResult<Exchange> {
        let exchange = self.0.call(id, text(params)?, options).map_err(raised)?;
        Ok(Exchange(Mutex::new(exchange)))
    }

    /// Checks the options of later calls.
    fn check_options(&self, options: &str) -> PyResult<()> {
        self.0.check_options(options).map_err(raised)
    }

    /// Begins a walk over pages.
    fn pager(&self, id: &str, params: &[u8]) -> PyResult<Pager> {
        Ok(Pager(Mutex::new(self.0.pager(id, text(params)?).map_err(raised)?)))
    }

    /// Begins to look for the write of a ticket, which is JSON; `options` is JSON or empty.
    fn recover(&self, ticket: &str, options: &str) -> PyResult<Recovery> {
        Ok(Recovery(Mutex::new(self.0.recover(ticket, options).map_err(raised)?)))
    }

    /// Begins a write that ends in certainty; `params` is JSON, `options` JSON or empty.
    fn settle(&self, id: &str, params: &[u8], options: &str) -> PyResult<Recovery> {
        Ok(Recovery(Mutex::new(self.0.settle(id, text(params)?, options).map_err(raised)?)))
    }

    /// Begins to wait for a state; `id` is JSON, `options` JSON or empty.
    fn wait(&self, of: &str, state: &str, id: &str, options: &str) -> PyResult<Recovery> {
        Ok(Recovery(Mutex::new(self.0.wait(of, state, id, options).map_err(raised)?)))
    }

    /// Begins a write that has a journal, or goes on with it; `entry` is what the journal has under its key, or empty.
    fn settle_kept(&self, key: &str, id: &str, params: &[u8], options: &str, entry: &str) -> PyResult<Recovery> {
        Ok(Recovery(Mutex::new(self.0.settle_kept(key, id, text(params)?, options, entry).map_err(raised)?)))
    }

    /// Finds out about a write of which the journal has this entry.
    fn recover_kept(&self, entry: &str, options: &str) -> PyResult<Recovery> {
        Ok(Recovery(Mutex::new(self.0.recover_kept(entry, options).map_err(raised)?)))
    }

    /// The five headers that sign a request, as a JSON object.
    fn sign(&self, timestamp: &str, nonce: &str) -> PyResult<String> {
        self.0.sign(timestamp, nonce).map_err(raised)
    }

    /// Reads an answer that was kept: its data and what came with it, both JSON.
    fn read<'py>(&self, py: Python<'py>, id: &str, status: u16, body: &[u8]) -> PyResult<Bound<'py, PyTuple>> {
        let reply = self.0.read(id, status, body.to_vec()).map_err(raised)?;
        (PyBytes::new(py, reply.data.as_bytes()), host::reply_json(&reply)).into_pyobject(py)
    }

    /// Checks that a pushed message comes from the platform, and gives it as JSON.
    fn read_push(&self, authorization: &str, body: &[u8]) -> PyResult<String> {
        let message = self.0.read_push(authorization, body).map_err(raised)?;
        Ok(host::message_json(&message))
    }

    /// A signed message for tests: the header Authorization, and the body. `content` is JSON, or empty for the documented
    /// example.
    #[pyo3(signature = (message, content, platform, time_ms, now_ms))]
    fn sign_push<'py>(
        &self,
        py: Python<'py>,
        message: &str,
        content: &[u8],
        platform: Option<i64>,
        time_ms: Option<u64>,
        now_ms: u64,
    ) -> PyResult<Bound<'py, PyTuple>> {
        signed(py, self.0.sign_push(message, text(content)?, platform, time_ms, now_ms))
    }

    /// The shapes of all replies and messages so far, as JSON.
    fn shapes(&self) -> String {
        self.0.shapes()
    }

    /// The host whose proxy of the environment carries the requests; absent where they go through none.
    #[getter]
    fn proxied_host(&self) -> Option<&str> {
        self.0.proxied_host()
    }

    /// The largest reply that is read, in bytes.
    #[getter]
    fn max_reply_bytes(&self) -> usize {
        self.0.max_reply_bytes()
    }
}

#[pymethods]
impl Exchange {
    /// What to do next: `(0, method, url, headers, body, timeout_ms)` to send, `(1, milliseconds)` to wait, or
    /// `(2, data, reply)` at the end.
    fn step<'py>(&self, py: Python<'py>, now_ms: u64, random: &[u8]) -> PyResult<Bound<'py, PyTuple>> {
        match locked(&self.0).step(now_ms, random) {
            Step::Send { request, timeout_ms } => {
                let body = request.body.as_deref().map(|body| PyBytes::new(py, body));
                (0, request.method.as_str(), request.url, request.headers, body, timeout_ms).into_pyobject(py)
            }
            Step::Wait(millis) => (1, millis).into_pyobject(py),
            Step::Done(result) => {
                let reply = result.map_err(raised)?;
                (2, PyBytes::new(py, reply.data.as_bytes()), host::reply_json(&reply)).into_pyobject(py)
            }
        }
    }

    /// Reports the answer; of the headers, those of `HEADERS` matter.
    fn on_response(&self, py: Python<'_>, status: u16, headers: Vec<(String, String)>, body: &[u8]) {
        let body = body.to_vec();
        if body.len() < LONG {
            locked(&self.0).on_response(status, headers, body);
        } else {
            py.detach(|| locked(&self.0).on_response(status, headers, body));
        }
    }

    /// Reports that there is no answer.
    fn on_failure(&self, kind: &str, maybe_sent: bool, detail: &str) {
        locked(&self.0).on_failure(kind, maybe_sent, detail);
    }

    /// Ends the call because the caller does not want it any more.
    fn cancel(&self) {
        locked(&self.0).cancel();
    }

    /// Keeps what happens from now on.
    fn listen(&self) {
        locked(&self.0).listen();
    }

    /// What has happened since this was last asked, as a JSON list; empty if nothing has.
    fn events(&self) -> String {
        locked(&self.0).events()
    }

    /// How long the call has taken so far, in milliseconds.
    #[getter]
    fn duration_ms(&self) -> u64 {
        locked(&self.0).duration_ms()
    }

    /// Attempts that have been sent.
    #[getter]
    fn attempts(&self) -> u32 {
        locked(&self.0).attempts()
    }
}

#[pymethods]
impl Pager {
    /// The parameters of the next page's call, as JSON; `None` at the end.
    fn params(&self) -> Option<String> {
        locked(&self.0).params()
    }

    /// Takes the data of a page and what came with it; false if it is the end, and not to be shown.
    fn advance(&self, data: &[u8], about: &str) -> PyResult<bool> {
        locked(&self.0).advance(text(data)?, about).map_err(raised)
    }

    /// The number of the next page.
    #[getter]
    fn page(&self) -> u64 {
        locked(&self.0).page()
    }
}

#[pymethods]
impl Recovery {
    /// What to do next: `(0, id, params)` to make a call, `(1, milliseconds)` to wait, `(2, outcome)` at the end, `(3,)`
    /// where the result of the last call is that of the write, `(4, entry, state)` to keep that, or `(5, data, reply)`
    /// where the journal had the reply.
    fn step<'py>(&self, py: Python<'py>, now_ms: u64) -> PyResult<Bound<'py, PyTuple>> {
        match locked(&self.0).step(now_ms) {
            HostRecoveryStep::Call { id, params } => (0, id, PyBytes::new(py, params.as_bytes())).into_pyobject(py),
            HostRecoveryStep::Wait(millis) => (1, millis).into_pyobject(py),
            HostRecoveryStep::Done(outcome) => (2, outcome).into_pyobject(py),
            HostRecoveryStep::Answered | HostRecoveryStep::Failed => (3,).into_pyobject(py),
            HostRecoveryStep::Keep { entry, state } => (4, entry, state).into_pyobject(py),
            HostRecoveryStep::Kept { data, about } => (5, PyBytes::new(py, data.as_bytes()), about).into_pyobject(py),
        }
    }

    /// Reports the data of a reply and what came with it.
    fn on_reply(&self, data: &[u8], about: &str) -> PyResult<()> {
        locked(&self.0).on_reply(text(data)?, about);
        Ok(())
    }

    /// Reports that there is no reply: the error's words, whether it may help to try again, and its ticket or nothing.
    fn on_failure(&self, error: &str, is_retryable: bool, ticket: &str) {
        locked(&self.0).on_failure(error, is_retryable, ticket);
    }

    /// Takes a pushed message, as JSON. True if it is on what is waited for: then step at once.
    fn on_push(&self, message: &str) -> bool {
        locked(&self.0).on_push(message)
    }

    /// Reports that the journal has the entry.
    fn on_kept(&self) {
        locked(&self.0).on_kept();
    }

    /// The write that is being looked for, with what was seen before it, as JSON; `None` where none is.
    fn ticket(&self) -> Option<String> {
        locked(&self.0).ticket()
    }
}

/// Checks that a pushed message comes from the platform, and gives it as JSON.
#[pyfunction]
fn read_push(access_key: &str, access_secret: &str, authorization: &str, body: &[u8]) -> PyResult<String> {
    let message = host::read_push(access_key, access_secret, authorization, body).map_err(raised)?;
    Ok(host::message_json(&message))
}

/// A signed message for tests: the header Authorization, and the body. `content` is JSON, or empty for the documented example.
#[pyfunction]
#[pyo3(signature = (access_key, access_secret, message, content, platform, time_ms, now_ms))]
#[allow(clippy::too_many_arguments)]
fn sign_push<'py>(
    py: Python<'py>,
    access_key: &str,
    access_secret: &str,
    message: &str,
    content: &[u8],
    platform: Option<i64>,
    time_ms: Option<u64>,
    now_ms: u64,
) -> PyResult<Bound<'py, PyTuple>> {
    signed(py, host::sign_push(access_key, access_secret, message, text(content)?, platform, time_ms, now_ms))
}

fn signed(py: Python<'_>, signed: Result<Signed, Error>) -> PyResult<Bound<'_, PyTuple>> {
    let Signed { authorization, body, .. } = signed.map_err(raised)?;
    (authorization, PyBytes::new(py, &body)).into_pyobject(py)
}

/// The key under which a journal keeps a write whose caller names none.
#[pyfunction]
fn journal_key(id: &str, params: &[u8]) -> PyResult<String> {
    host::journal_key(id, text(params)?).map_err(raised)
}

/// Text for a log, without whatever looks like a signature.
#[pyfunction]
fn redact(text: &str) -> String {
    host::redact(text)
}

/// The paths of the amounts in a call's request, as JSON.
#[pyfunction]
fn amounts(id: &str) -> String {
    host::amounts_json(id)
}

/// Whether there are only the most usual values within, of which JSON loses nothing. Records are of the class `record`, and
/// `fields` gives their values.
#[pyfunction]
fn is_plain(value: &Bound<'_, PyAny>, record: &Bound<'_, PyType>, fields: &Bound<'_, PyAny>) -> bool {
    plain(value, record, fields, 0)
}

fn plain(value: &Bound<'_, PyAny>, record: &Bound<'_, PyType>, fields: &Bound<'_, PyAny>, depth: usize) -> bool {
    if value.is_exact_instance_of::<PyString>()
        || value.is_none()
        || value.is_exact_instance_of::<PyInt>()
        || value.is_exact_instance_of::<PyBool>()
    {
        return true;
    }
    if depth > DEEPEST {
        return false;
    }
    let inner = |value: &Bound<'_, PyAny>| plain(value, record, fields, depth + 1);
    if let Ok(dict) = value.cast_exact::<PyDict>() {
        // An iterator panics where another thread changes the dictionary.
        let each = |name: Bound<'_, PyAny>, value: Bound<'_, PyAny>| {
            if name.is_instance_of::<PyString>() && inner(&value) { Ok(()) } else { Err(PyStopIteration::new_err(())) }
        };
        return dict.locked_for_each(each).is_ok();
    }
    if let Ok(list) = value.cast_exact::<PyList>() {
        return list.iter().all(|value| inner(&value));
    }
    if let Ok(tuple) = value.cast_exact::<PyTuple>() {
        return tuple.iter().all(|value| inner(&value));
    }
    value.is_instance(record).unwrap_or(false) && fields.call1((value,)).is_ok_and(|values| inner(&values))
}

/// Every endpoint, as JSON.
#[pyfunction]
fn endpoints() -> String {
    host::endpoints_json()
}

#[pymodule(gil_used = false)]
fn _core(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("CoreError", module.py().get_type::<CoreError>())?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("HEADERS", host::HEADERS)?;
    module.add_class::<Core>()?;
    module.add_class::<Exchange>()?;
    module.add_class::<Pager>()?;
    module.add_class::<Recovery>()?;
    module.add_function(wrap_pyfunction!(amounts, module)?)?;
    module.add_function(wrap_pyfunction!(is_plain, module)?)?;
    module.add_function(wrap_pyfunction!(journal_key, module)?)?;
    module.add_function(wrap_pyfunction!(read_push, module)?)?;
    module.add_function(wrap_pyfunction!(redact, module)?)?;
    module.add_function(wrap_pyfunction!(sign_push, module)?)?;
    module.add_function(wrap_pyfunction!(endpoints, module)?)
}

fn raised(error: Error) -> PyErr {
    CoreError::new_err(host::error_json(error, Case::Snake))
}

fn text(json: &[u8]) -> PyResult<&str> {
    Ok(std::str::from_utf8(json)?)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
