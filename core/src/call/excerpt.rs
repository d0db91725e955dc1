//! What an error may show of text that came from elsewhere: its beginning, without the secret and without signatures.

use crate::Secret;
use crate::search::position;
use alloc::string::String;

/// What stands in the place of a secret or a signature.
const REDACTED: &str = "***";

/// Bytes that are searched for each byte that may be shown: redacted text is shorter.
const WINDOW: usize = 8;

/// Digits of the shortest signature in upper case.
const UPPER_SIGNATURE: usize = 32;

/// Digits of a signature in either case. Request ids have 32 in lower case, and are shown.
const ANY_SIGNATURE: usize = 64;

/// The beginning of some text, at most `limit` bytes. What is cut off leaves no part of a secret or a signature behind.
pub(crate) fn excerpt(bytes: &[u8], limit: usize, secret: &Secret) -> String {
    let secret = secret.expose();
    let mut window = &bytes[..bytes.len().min(limit * WINDOW)];
    if window.len() < bytes.len() {
        window = without_beginning_of(secret.as_bytes(), window);
        window = without_digits_at_the_end(window);
    }
    let mut shown = without_signatures(&without_secret(&String::from_utf8_lossy(window), secret));
    let end = (0..=limit.min(shown.len())).rev().find(|end| shown.is_char_boundary(*end));
    shown.truncate(end.unwrap_or_default());
    shown
}

/// Whether text can be shown as it is, for neither a signature nor the secret is in it. Request ids are: most replies have one.
#[inline(never)]
pub(crate) fn is_harmless(text: &str, secret: &Secret) -> bool {
    let mut run = 0;
    let has_signature = text.bytes().any(|byte| {
        run = if matches!(byte, b'0'..=b'9' | b'A'..=b'F') { run + 1 } else { 0 };
        run == UPPER_SIGNATURE
    });
    text.len() < ANY_SIGNATURE && !has_signature && position(text, secret.expose()).is_none()
}

fn without_secret(text: &str, secret: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = position(rest, secret).and_then(|start| rest.split_at_checked(start)) {
        shown.push_str(before);
        shown.push_str(REDACTED);
        rest = after.get(secret.len()..).unwrap_or_default();
    }
    shown.push_str(rest);
    shown
}

/// The text without whatever looks like a signature.
pub(crate) fn without_signatures(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (run, rest) in runs(text, |c| c.is_ascii_hexdigit()) {
        if run.len() >= ANY_SIGNATURE {
            shown.push_str(REDACTED);
        } else {
            for (run, rest) in runs(run, |c| matches!(c, '0'..='9' | 'A'..='F')) {
                shown.push_str(if run.len() >= UPPER_SIGNATURE { REDACTED } else { run });
                shown.push_str(rest);
            }
        }
        shown.push_str(rest);
    }
    shown
}

/// The text as runs of characters of a kind, each with the one that ends it.
fn runs(text: &str, kind: fn(char) -> bool) -> impl Iterator<Item = (&str, &str)> {
    text.split_inclusive(move |c| !kind(c))
        .map(move |part| part.split_at_checked(part.trim_end_matches(|c| !kind(c)).len()).unwrap_or((part, "")))
}

/// The bytes without the beginning of the secret at their end, where the rest of it was cut off.
fn without_beginning_of<'a>(secret: &[u8], bytes: &'a [u8]) -> &'a [u8] {
    let longest = secret.len().min(bytes.len());
    let cut = (1..=longest).rev().find(|length| bytes.ends_with(&secret[..*length])).unwrap_or_default();
    &bytes[..bytes.len() - cut]
}

/// The bytes without the digits of a signature at their end, where the rest of it was cut off.
fn without_digits_at_the_end(bytes: &[u8]) -> &[u8] {
    let digits = bytes.iter().rev().take_while(|byte| byte.is_ascii_hexdigit()).count();
    &bytes[..bytes.len() - digits]
}
