//! What the page must not see: the secret, and signatures, with which others could call.

use xportcn::{Config, Request};

/// What stands in the place of a signature.
pub(crate) const MASK: &str = "••••";

/// The headers of a request, with the signature masked.
pub(crate) fn headers(request: &Request) -> Vec<[String; 2]> {
    let shown = request.headers.iter().map(|(name, value)| {
        let is_signature = name.eq_ignore_ascii_case("signature");
        [name.to_string(), if is_signature { MASK.to_string() } else { value.clone() }]
    });
    shown.collect()
}

/// The URL of a request, without the signature that some rows have in it.
pub(crate) fn url(request: &Request) -> String {
    let shown = request.shown_url();
    if shown.len() < request.url.len() { format!("{shown}&sign={MASK}") } else { shown.to_string() }
}

/// Text that goes to the page: whoever answers may have written the secret into it.
pub(crate) fn text(config: &Config, text: String) -> String {
    let secret = config.access_secret.expose();
    if secret.is_empty() || !text.contains(secret) { text } else { text.replace(secret, MASK) }
}
