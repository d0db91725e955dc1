/// JSON without the byte order mark that some programs write before it, and that is no part of it.
pub fn unmarked(json: &[u8]) -> &[u8] {
    json.strip_prefix(MARK).unwrap_or(json)
}

/// Whether a byte order mark says that this is UTF-8.
#[cfg(feature = "charsets")]
pub(crate) fn is_marked(text: &[u8]) -> bool {
    text.starts_with(MARK)
}

const MARK: &[u8] = b"\xEF\xBB\xBF";
