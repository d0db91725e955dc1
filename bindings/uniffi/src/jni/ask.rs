//! What not every call needs, by the second door: the functions that uniffi exports, by their names. An answer is a frame as those
//! of `xportcn_core::host`: a line of numbers, then texts whose lengths are among them.

use super::{give_back, of};
use crate::{Answer, Core, CoreError, Pager, Recovery, RecoveryStep, failed, journal_key, read_push, sign_push};
use jni_sys::jlong;
use std::sync::Arc;
use xportcn_core::Error;

/// Does what a function of the core does. Objects are handles, of the kinds that their functions say.
pub(super) fn ask(name: &str, object: jlong, texts: &[&str], body: Vec<u8>) -> Result<Vec<u8>, CoreError> {
    match (name, texts) {
        ("checkOptions", [options]) => core(object).check_options(options).map(|()| frame(&[], &[])),
        ("read", [id, status]) => core(object).read(id, number(status)?, body).map(answered),
        ("shapes", []) => Ok(frame(&[], &[core(object).shapes().as_bytes()])),
        ("pager", [id, params]) => core(object).pager(id, params).map(handle),
        ("recover", [ticket, options]) => core(object).recover(ticket, options).map(handle),
        ("settle", [id, params, options]) => core(object).settle(id, params, options).map(handle),
        ("settleKept", [key, id, params, options, entry]) => {
            core(object).settle_kept(key, id, params, options, entry).map(handle)
        }
        ("recoverKept", [entry, options]) => core(object).recover_kept(entry, options).map(handle),
        ("wait", [of, state, id, options]) => core(object).wait(of, state, id, options).map(handle),

        ("params", []) => Ok(maybe(pager(object).params())),
        ("advance", [data, about]) => pager(object).advance(data, about).map(flag),
        ("closePager", []) => Ok(given_back::<Pager>(object)),

        ("step", [now_ms]) => Ok(stepped(recovery(object).step(number(now_ms)?))),
        ("onReply", [data, about]) => {
            recovery(object).on_reply(data, about);
            Ok(frame(&[], &[]))
        }
        ("onFailure", [error, is_retryable, ticket]) => {
            recovery(object).on_failure(error, number::<u8>(is_retryable)? != 0, ticket);
            Ok(frame(&[], &[]))
        }
        ("onPush", [message]) => Ok(flag(recovery(object).on_push(message))),
        ("onKept", []) => {
            recovery(object).on_kept();
            Ok(frame(&[], &[]))
        }
        ("ticket", []) => Ok(maybe(recovery(object).ticket())),
        ("closeRecovery", []) => Ok(given_back::<Recovery>(object)),

        ("readPush", [access_key, access_secret, authorization]) => {
            let message = read_push(access_key, access_secret, authorization, body)?;
            Ok(frame(&[], &[message.as_bytes()]))
        }
        ("signPush", [access_key, access_secret, message, content, platform, time_ms, now_ms]) => {
            let (platform, time_ms) = (present(platform)?, present(time_ms)?);
            let now_ms = number(now_ms)?;
            let signed = sign_push(access_key, access_secret, message, content, platform, time_ms, now_ms)?;
            Ok(frame(&[], &[signed.authorization.as_bytes(), &signed.body]))
        }
        ("journalKey", [id, params]) => Ok(frame(&[], &[journal_key(id, params)?.as_bytes()])),
        _ => Err(failed(Error::Misuse { reason: "the native library is of another version than the classes" })),
    }
}

fn core<'o>(object: jlong) -> &'o Core {
    of(object)
}

fn pager<'o>(object: jlong) -> &'o Pager {
    of(object)
}

fn recovery<'o>(object: jlong) -> &'o Recovery {
    of(object)
}

fn handle<T>(object: Arc<T>) -> Vec<u8> {
    frame(&[Arc::into_raw(object) as i64], &[])
}

fn given_back<T>(object: jlong) -> Vec<u8> {
    give_back::<T>(object);
    frame(&[], &[])
}

fn stepped(step: RecoveryStep) -> Vec<u8> {
    match step {
        RecoveryStep::Call { id, params } => frame(&[0], &[id.as_bytes(), params.as_bytes()]),
        RecoveryStep::Wait { millis } => frame(&[1, i64::try_from(millis).unwrap_or(i64::MAX)], &[]),
        RecoveryStep::Done { outcome } => frame(&[2], &[outcome.as_bytes()]),
        RecoveryStep::Keep { entry, state } => frame(&[3], &[entry.as_bytes(), state.as_bytes()]),
        RecoveryStep::Kept { answer } => frame(&[4], &[answer.data.as_bytes(), answer.reply.as_bytes()]),
        RecoveryStep::Last => frame(&[5], &[]),
    }
}

fn answered(answer: Answer) -> Vec<u8> {
    frame(&[], &[answer.data.as_bytes(), answer.reply.as_bytes()])
}

fn flag(is_set: bool) -> Vec<u8> {
    frame(&[i64::from(is_set)], &[])
}

fn maybe(text: Option<String>) -> Vec<u8> {
    match text {
        Some(text) => frame(&[], &[text.as_bytes()]),
        None => frame(&[-1], &[]),
    }
}

/// Numbers, the lengths of texts behind them, and the texts.
fn frame(numbers: &[i64], texts: &[&[u8]]) -> Vec<u8> {
    let lengths = texts.iter().map(|text| text.len().to_string());
    let line: String = numbers.iter().map(i64::to_string).chain(lengths).map(|number| number + " ").collect();
    [line.as_bytes(), b"\n", &texts.concat()].concat()
}

fn number<N: std::str::FromStr>(text: &str) -> Result<N, CoreError> {
    text.parse().map_err(|_| failed(Error::Misuse { reason: "a number is none, or too large" }))
}

/// A number, unless the text is empty.
fn present<N: std::str::FromStr>(text: &str) -> Result<Option<N>, CoreError> {
    if text.is_empty() { Ok(None) } else { number(text).map(Some) }
}
