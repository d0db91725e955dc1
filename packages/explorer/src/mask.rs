//! What the page must not see: the secret, and signatures, with which others could call.

use crate::record::Attempt;
use serde_json::Value;
use xportcn::{Config, Request};

/// What stands in the place of a secret or a signature.
pub(crate) const MASK: &str = "••••";

/// Letters of the beginning of a secret that are masked where a text ends with them.
const SHORTEST: usize = 3;

/// The texts that are masked wherever they stand: whoever answers may have written them into its answer.
pub(crate) struct Mask(Vec<String>);

impl Mask {
    /// Masks the secret of an account, also within JSON.
    pub(crate) fn of(config: &Config) -> Self {
        let mut mask = Self(Vec::new());
        mask.add(config.access_secret.expose());
        mask
    }

    /// Masks the signatures of these attempts, too.
    pub(crate) fn and_signatures(mut self, attempts: &[Attempt]) -> Self {
        for attempt in attempts {
            let headers = attempt.request.headers.iter().filter(|(name, _)| is_signature(name));
            headers.for_each(|(_, value)| self.add(value));
            if let Some((_, signature)) = attempt.request.url.split_once(SIGN) {
                self.add(signature);
            }
        }
        self
    }

    fn add(&mut self, text: &str) {
        let within_json = Value::from(text).to_string();
        for text in [text, within_json.trim_matches('"')] {
            if !text.is_empty() && !self.0.iter().any(|known| known == text) {
                self.0.push(text.to_string());
            }
        }
    }

    /// Text without what is masked.
    pub(crate) fn text(&self, text: String) -> String {
        self.0.iter().fold(text, |text, secret| {
            let text = if text.contains(secret) { text.replace(secret, MASK) } else { text };
            // Errors show the beginning of an answer. The core leaves no part of the secret at its end, but for one that JSON
            // writes otherwise.
            let begun = secret.char_indices().skip(SHORTEST).map(|(end, _)| secret.split_at(end).0);
            let begun = begun.filter(|begun| secret.contains('\\') && text.ends_with(begun)).last();
            match begun.and_then(|begun| text.strip_suffix(begun)) {
                Some(rest) => format!("{rest}{MASK}"),
                None => text,
            }
        })
    }

    /// A value whose texts and names are without what is masked.
    pub(crate) fn value(&self, value: Value) -> Value {
        match value {
            Value::String(text) => self.text(text).into(),
            Value::Array(values) => values.into_iter().map(|value| self.value(value)).collect(),
            Value::Object(members) => {
                members.into_iter().map(|(name, value)| (self.text(name), self.value(value))).collect()
            }
            other => other,
        }
    }
}

/// Where the signature begins that some rows have in their URL.
const SIGN: &str = "&sign=";

/// The headers of a request, with the signature masked.
pub(crate) fn headers(request: &Request) -> Vec<[String; 2]> {
    let shown = |value: &String, name: &str| if is_signature(name) { MASK.to_string() } else { value.clone() };
    request.headers.iter().map(|(name, value)| [name.to_string(), shown(value, name)]).collect()
}

/// The URL of a request, with the signature masked.
pub(crate) fn url(request: &Request) -> String {
    let shown = request.shown_url();
    if shown.len() < request.url.len() { format!("{shown}{SIGN}{MASK}") } else { shown.to_string() }
}

fn is_signature(name: &str) -> bool {
    name.eq_ignore_ascii_case("signature")
}
