//! Output that survives a reader who stops reading, and shows nothing that would move a terminal's cursor.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
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

/// Writes a body as it was received; to a terminal, without what would move it.
pub fn raw(body: &[u8]) -> io::Result<()> {
    if io::stdout().is_terminal() { line(&lines(&String::from_utf8_lossy(body))) } else { bytes(body) }
}

/// Text from elsewhere, with control characters escaped and on one line.
pub fn printable(text: &str) -> Cow<'_, str> {
    escaped(text, is_unshown, |c| c.escape_default().to_string())
}

/// Text from elsewhere, with control characters escaped but for the ends of its lines.
pub fn lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| c != '\n' && is_unshown(c), |c| c.escape_default().to_string())
}

/// JSON text with control characters escaped: it means the same.
pub fn json(text: &str) -> Cow<'_, str> {
    escaped(
        text,
        |c| c != '\n' && is_unshown(c),
        |c| {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
        },
    )
}

/// Whether a character moves a terminal's cursor, turns the order of what is written, or hides: text that is read by
/// people would say something else than it holds. What joins or parts letters of a script is text.
fn is_unshown(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn escaped(text: &str, is_unshown: impl Fn(char) -> bool, escape: impl Fn(char) -> String) -> Cow<'_, str> {
    if !text.chars().any(&is_unshown) {
        return text.into();
    }
    text.chars().map(|c| if is_unshown(c) { escape(c) } else { c.to_string() }).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown_and_not_obeyed() {
        assert_eq!(printable("a\u{1b}[31mb\r\nc\u{9b}"), "a\\u{1b}[31mb\\r\\nc\\u{9b}");
        assert_eq!(printable("余额不足 🧧"), "余额不足 🧧");
        assert_eq!(lines("a\r\nb\u{7}"), "a\\r\nb\\u{7}");
    }

    #[test]
    fn what_turns_or_hides_text_is_shown_and_not_obeyed() {
        let signs = [
            '\u{202a}',
            '\u{202b}',
            '\u{202c}',
            '\u{202d}',
            '\u{202e}',
            '\u{2066}',
            '\u{2067}',
            '\u{2068}',
            '\u{2069}',
            '\u{200e}',
            '\u{200f}',
            '\u{61c}',
            '\u{2028}',
            '\u{2029}',
            '\u{feff}',
            '\u{200b}',
            '\u{e0041}',
        ];
        for c in signs {
            let text = format!("付{c}款");
            assert_eq!(printable(&text), format!("付\\u{{{:x}}}款", u32::from(c)));
            let written = json(&serde_json::to_string(&text).unwrap()).into_owned();
            assert!(!written.contains(c), "{written}");
            assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
        // A family, which is joined, and a flag.
        assert_eq!(printable("👨\u{200d}👩\u{200d}👧 🇨🇳"), "👨\u{200d}👩\u{200d}👧 🇨🇳");
    }
}
