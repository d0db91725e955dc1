//! The second door for Kotlin, by JNI, to the same objects. A crossing takes nanoseconds in the place of JNA's microseconds, and
//! a program needs no JNA. What every call needs has functions of its own; all else is asked for by name, in `jni/ask.rs`.
//!
//! Every function takes and gives arrays of bytes. A result begins with 1 if the rest is an error of the core, as JSON, and
//! with 0 otherwise. Objects are handles, those of uniffi, and are given back once: see `Door.kt`.
#![allow(non_snake_case)]

mod apart;
mod ask;

use crate::{Core, CoreError, Exchange, failed, locked};
use jni_sys::{JNIEnv, jbyteArray, jclass, jlong, jobjectArray, jsize};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::null_mut;
use std::sync::{Arc, Mutex};
use xportcn_core::Error;
use xportcn_core::host::{self, HostCore};

/// Checks the settings: the handle of a core, the largest reply that it reads, whether requests go through no proxy, and the
/// headers that matter, with spaces between them.
#[unsafe(no_mangle)]
pub extern "system" fn Java_io_github_xportcn_core_Door_open(
    env: *mut JNIEnv,
    _: jclass,
    settings: jbyteArray,
) -> jbyteArray {
    answered(env, || {
        let settings = taken(env, settings);
        let core = HostCore::new(text(&settings)?).map_err(failed)?;
        let (most, is_direct) = (core.max_reply_bytes(), core.proxied_host().is_none());
        let handle = Arc::into_raw(Arc::new(Core(core))) as jlong;
        Ok(format!("{handle} {most} {} {}", u8::from(is_direct), host::HEADERS.join(" ")).into_bytes())
    })
}

/// Gives a core back.
#[unsafe(no_mangle)]
pub extern "system" fn Java_io_github_xportcn_core_Door_close(_: *mut JNIEnv, _: jclass, core: jlong) {
    give_back::<Core>(core);
}

/// Begins a call: its handle, eight bytes from the least significant on, and a frame.
#[unsafe(no_mangle)]
pub extern "system" fn Java_io_github_xportcn_core_Door_begin(
    env: *mut JNIEnv,
    _: jclass,
    core: jlong,
    frame: jbyteArray,
) -> jbyteArray {
    answered(env, || {
        let (exchange, told) = of::<Core>(core).0.begin(&taken(env, frame)).map_err(failed)?;
        let handle = Arc::into_raw(Arc::new(Exchange(Mutex::new(exchange)))) as u64;
        Ok([&handle.to_le_bytes(), told.as_bytes()].concat())
    })
}

/// Goes on after a wait.
#[unsafe(no_mangle)]
pub extern "system" fn Java_io_github_xportcn_core_Door_resume(
    env: *mut JNIEnv,
    _: jclass,
    exchange: jlong,
    frame: jbyteArray,
) -> jbyteArray {
    answered(env, || Ok(locked(&of::<Exchange>(exchange).0).resume(&taken(env, frame)).into_bytes()))
}

/// Reports the answer and goes on. What Java reads slowly as UTF-8 is put into `data` as text, and not into the frame.
#[unsafe(no_mangle)]
pub extern "system" fn Java_io_github_xportcn_core_Door_receive(
    env: *mut JNIEnv,
    _: jclass,
    exchange: jlong,
    frame: jbyteArray,
    body: jbyteArray,
    data: jobjectArray,
) -> jbyteArray {
    answered(env, || {
        let mut told = locked(&of::<Exchange>(exchange).0).receive(&taken(env, frame), taken(env, body));
        if let Some(place) = apart::data(&told) {
            put(env, data, &told[place.clone()]);
            told.replace_range(place, "");
        }
        Ok(told.into_bytes())
    })
}

/// Reports that there is no answer, or that the caller has gone, and goes on.
#[unsafe(no_mangle)]
pub extern "system" fn Java_io_github_xportcn_core_Door_fail(
    env: *mut JNIEnv,
    _: jclass,
    exchange: jlong,
    frame: jbyteArray,
) -> jbyteArray {
    answered(env, || Ok(locked(&of::<Exchange>(exchange).0).fail(&taken(env, frame)).into_bytes()))
}

/// Gives a call back.
#[unsafe(no_mangle)]
pub extern "system" fn Java_io_github_xportcn_core_Door_free(_: *mut JNIEnv, _: jclass, exchange: jlong) {
    give_back::<Exchange>(exchange);
}

/// All else: a function by its name, the object that it is of, texts, and where it takes one a body.
#[unsafe(no_mangle)]
pub extern "system" fn Java_io_github_xportcn_core_Door_ask(
    env: *mut JNIEnv,
    _: jclass,
    name: jbyteArray,
    object: jlong,
    texts: jobjectArray,
    body: jbyteArray,
) -> jbyteArray {
    answered(env, || {
        let texts = all(env, texts);
        let texts = texts.iter().map(|utf8| text(utf8)).collect::<Result<Vec<_>, _>>()?;
        ask::ask(text(&taken(env, name))?, object, &texts, taken(env, body))
    })
}

fn text(utf8: &[u8]) -> Result<&str, CoreError> {
    std::str::from_utf8(utf8).map_err(|_| failed(Error::Misuse { reason: "a text is not UTF-8" }))
}

/// The object of a handle.
fn of<'o, T>(handle: jlong) -> &'o T {
    // SAFETY: Java has the handle of such an object, and does not give it back while a function of it runs.
    unsafe { &*(handle as *const T) }
}

/// Gives an object back.
fn give_back<T>(handle: jlong) {
    // SAFETY: Java has the handle of such an object, and gives it back once.
    drop(unsafe { Arc::from_raw(handle as *const T) });
}

/// Runs what a function does. No panic goes through Java.
fn answered(env: *mut JNIEnv, work: impl FnOnce() -> Result<Vec<u8>, CoreError>) -> jbyteArray {
    const PANICKED: Error = Error::Misuse { reason: "the core panicked: please report it" };
    match catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(failed(PANICKED))) {
        Ok(told) => given(env, 0, &told),
        Err(CoreError::Failed { json }) => given(env, 1, json.as_bytes()),
    }
}

/// Puts a text at the beginning of an array.
fn put(env: *mut JNIEnv, array: jobjectArray, text: &str) {
    let mut units = vec![0; text.len()];
    let length = encoding_rs::mem::convert_str_to_utf16(text, &mut units);
    // SAFETY: Java calls with its own environment and an array with room for one; the text has the length that is said, which
    // is that of a part of an answer. Where there is no memory for it, Java has an error, and what is put is null.
    unsafe {
        let text = ((**env).v1_1.NewString)(env, units.as_ptr(), length as jsize);
        ((**env).v1_1.SetObjectArrayElement)(env, array, 0, text);
    }
}

/// The bytes of an array.
fn taken(env: *mut JNIEnv, array: jbyteArray) -> Vec<u8> {
    // SAFETY: Java calls with its own environment and an array that lives as long as the call; the copy has its length.
    unsafe {
        let length = ((**env).v1_1.GetArrayLength)(env, array);
        let mut bytes = Vec::<u8>::with_capacity(length as usize);
        ((**env).v1_1.GetByteArrayRegion)(env, array, 0, length, bytes.as_mut_ptr().cast());
        bytes.set_len(length as usize);
        bytes
    }
}

/// The bytes of each array of an array.
fn all(env: *mut JNIEnv, arrays: jobjectArray) -> Vec<Vec<u8>> {
    // SAFETY: Java calls with its own environment and an array of arrays of bytes; no text here has so many that the room for
    // references of a call, which is that of 16, is not enough.
    unsafe {
        let count = ((**env).v1_1.GetArrayLength)(env, arrays);
        (0..count).map(|at| taken(env, ((**env).v1_1.GetObjectArrayElement)(env, arrays, at))).collect()
    }
}

/// An array of a number and bytes; null, and an error of Java, where there is no memory for it.
fn given(env: *mut JNIEnv, first: u8, bytes: &[u8]) -> jbyteArray {
    let Ok(length) = jsize::try_from(bytes.len() + 1) else { return null_mut() };
    // SAFETY: as above; the array has the length that is written.
    unsafe {
        let array = ((**env).v1_1.NewByteArray)(env, length);
        if !array.is_null() {
            ((**env).v1_1.SetByteArrayRegion)(env, array, 0, 1, [first].as_ptr().cast());
            ((**env).v1_1.SetByteArrayRegion)(env, array, 1, length - 1, bytes.as_ptr().cast());
        }
        array
    }
}
