//! Output that survives a reader who stops reading, and shows nothing that would move a terminal's cursor.

use std::borrow::Cow;
use std::io::{self, Write};
use xportcn::Warning;

/// Writes text to stdout at once.
pub fn print(text: &str) -> io::Result<()> {
    bytes(text.as_bytes())
}

/// Writes a line to stdout at once.
pub fn line(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.write_all(b"\n")?;
    stdout.flush()
}

/// Writes bytes to stdout at once.
pub fn bytes(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// Writes a line to stderr. Where stderr is closed, nobody wants to know.
pub fn note(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Tells what did not fit its field in a reply.
pub fn warn(warnings: &[Warning]) {
    for warning in warnings {
        note(&format!("warning: {}", printable(&warning.to_string())));
    }
}

/// Text from elsewhere, with control characters escaped and on one line.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(char::is_control) {
        return text.into();
    }
    text.chars()
        .map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() })
        .collect::<String>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown_and_not_obeyed() {
        assert_eq!(printable("a\u{1b}[31mb\r\nc\u{9b}"), "a\\u{1b}[31mb\\r\\nc\\u{9b}");
        assert_eq!(printable("余额不足 🧧"), "余额不足 🧧");
    }
}
