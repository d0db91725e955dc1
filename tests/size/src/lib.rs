//! The core behind two functions, with every table reachable: what a browser would load, without its glue.
//!
//! Texts are passed as a pointer and a length; an answer is a pointer to a text, and its length comes by [`length`].

use xportcn_core::{Config, Core, Exchange, Nonce, Response, RetryPolicy, Step, catalogue};

/// Room for a text of `length` bytes.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    Box::leak(vec![0; length].into_boxed_slice()).as_mut_ptr()
}

/// The length of an answer.
///
/// # Safety
/// `answer` comes from [`call`] or [`decode`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn length(answer: *const String) -> usize {
    unsafe { &*answer }.len()
}

/// The signed request of the endpoint at `index`, from JSON parameters.
///
/// # Safety
/// `text` points to `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn call(text: *const u8, length: usize, index: usize, now_ms: u64) -> *mut String {
    let params = unsafe { std::slice::from_raw_parts(text, length) };
    answer(|core| {
        let endpoint = catalogue::ENDPOINTS[index];
        let mut exchange = Exchange::begin_json(core, endpoint, params, RetryPolicy::default())?;
        Ok(match exchange.step(now_ms, [7; Nonce::LENGTH]) {
            Step::Send { request, .. } => {
                let headers = request.headers.iter().map(|(name, value)| format!("{name}: {value}\n"));
                let body = String::from_utf8(request.body.clone().unwrap_or_default()).unwrap_or_default();
                format!("{} {}\n{}\n{body}", request.method, request.url, headers.collect::<String>())
            }
            Step::Wait(millis) => millis.to_string(),
            Step::Done(result) => result?.data,
        })
    })
}

/// The data of a reply of the endpoint at `index`, as canonical JSON.
///
/// # Safety
/// `text` points to `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn decode(text: *const u8, length: usize, index: usize, status: u16) -> *mut String {
    let body = unsafe { std::slice::from_raw_parts(text, length) }.to_vec();
    answer(|core| {
        let reply = core.read_json(catalogue::ENDPOINTS[index], Response { status, headers: Vec::new(), body })?;
        let warnings = reply.warnings.iter().map(|warning| format!("\n{warning}"));
        Ok(reply.data.clone() + &warnings.collect::<String>())
    })
}

fn answer(make: impl FnOnce(&Core) -> Result<String, xportcn_core::Error>) -> *mut String {
    let core = Core::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user"));
    let text = core.and_then(|core| make(&core)).unwrap_or_else(|error| error.to_string());
    Box::leak(Box::new(text))
}
