//! Pushed messages: the first byte chooses what is done to the signature, the rest is the body.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use xportcn_core::alibaba::push::OrderMessage;
use xportcn_core::{Secret, push};

const ACCESS_KEY: &str = "sandbox-key";
const ACCESS_SECRET: &str = "sandbox-secret";

/// Only the right signature is accepted, and a message is the same message however it is spaced.
pub fn check(input: &[u8]) {
    let Some((choice, body)) = input.split_first() else { return };
    check_signature(*choice, body);
    check_text(body);
    let Ok(message) = push::parse(body) else { return };
    serde_json::from_str::<serde_json::Value>(&message.body).expect("canonical content is JSON that hosts can hold");
    assert!(message.id.len() == 32 && message.id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{}", message.id);
    // What does not fit the type's fields becomes a warning, so only content that is no object is an error.
    let is_object = message.body.starts_with('{');
    assert_eq!(message.read::<OrderMessage>().is_ok(), is_object, "{}", message.body);

    let spaced = [b" \n".as_slice(), body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body), b"\t "].concat();
    let again = push::parse(&spaced).expect("white space around a message says nothing");
    assert_eq!(again.id, message.id);
    assert_eq!(again.body, message.body);
}

fn check_signature(choice: u8, body: &[u8]) {
    let secret = Secret::new(ACCESS_SECRET);
    let mut mac = Hmac::<Sha256>::new_from_slice(ACCESS_SECRET.as_bytes()).expect("a key of any length");
    mac.update(ACCESS_KEY.as_bytes());
    mac.update(body);
    let mut digits: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    push::verify(ACCESS_KEY, &secret, &digits, body).expect("the right signature is accepted");

    let at = usize::from(choice) % digits.len();
    let wrong = if digits.as_bytes()[at] == b'0' { "1" } else { "0" };
    digits.replace_range(at..=at, wrong);
    push::verify(ACCESS_KEY, &secret, &digits, body).expect_err("a wrong signature is refused");
}

/// No text but the signature is accepted in its place.
fn check_text(body: &[u8]) {
    let Ok(text) = std::str::from_utf8(body) else { return };
    push::verify(ACCESS_KEY, &Secret::new(ACCESS_SECRET), text, b"{}").expect_err("this text is not the signature");
}
