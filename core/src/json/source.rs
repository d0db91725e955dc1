//! JSON text, read token by token. It checks all of it, looks at each byte once, and copies in long pieces what stays as
//! it is.
//!
//! Why the core reads JSON by itself: a table that rewrites a document needs the spans of its values, to keep digits
//! verbatim and to copy what is right as it stands. serde_json gives values, or spans by an allocation each; through its
//! `Value` the same takes two to five times as long, and its numbers pull the printing of floating point into WebAssembly.
//! What it takes for JSON, and what strings mean, are held equal to serde_json by tests and fuzzers.

use super::Token;
use super::ascii::push_ascii;
use super::escapes::unescape;
use ::core::fmt;
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// A document, and how far it has been read.
pub struct Source<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    kept: (usize, usize),
    /// Whether what is kept is written in ASCII.
    pub(crate) in_ascii: bool,
    /// Whether the string that was read last holds an escape. Hardly any does, and looking again costs as much as reading.
    escaped: bool,
}

/// A range of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Why a document cannot be read on. It is a pointer, so that what every step answers fits into two registers.
#[derive(Debug)]
pub struct Broken(Box<(Reason, usize)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    /// The document ends too early.
    Cut,
    /// It leads through more levels than a table may.
    Deep,
    /// Another reader or rule has refused it.
    Refused,
    /// It is no JSON.
    Syntax(&'static str),
}

/// What one byte after another says in an object or list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// There is a member or an element.
    More,
    /// It has ended.
    End,
}

/// What becomes of the parts of a value of any shape.
pub(crate) trait Parts {
    /// Takes a bracket, a comma or a colon.
    fn mark(&mut self, byte: u8);

    /// Takes a key, text, a number, true, false or null, as it is written.
    fn scalar(&mut self, text: &str);
}

/// A value that nobody looks into.
struct Skipped;

impl Parts for Skipped {
    #[inline(always)]
    fn mark(&mut self, _: u8) {}

    #[inline(always)]
    fn scalar(&mut self, _: &str) {}
}

/// Levels that tables may lead into a document; a table that holds itself must not exhaust the stack.
const MAX_DEPTH: usize = 128;

impl<'a> Source<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0, kept: (0, 0), in_ascii: false, escaped: false }
    }

    /// Another document that stands at this place.
    pub(crate) fn within<'b>(&self, text: &'b str) -> Source<'b> {
        Source { depth: self.depth, in_ascii: self.in_ascii, ..Source::new(text) }
    }

    /// The text of a range.
    #[inline(always)]
    pub(crate) fn get(&self, span: Span) -> &'a str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// How far it has been read.
    #[inline(always)]
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// The first byte of the next token.
    #[inline(always)]
    pub(crate) fn peek(&mut self) -> Result<u8, Broken> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return Ok(byte);
            }
            self.at += 1;
        }
        Err(self.broken(Reason::Cut))
    }

    /// Refuses what follows the document.
    pub(crate) fn end(&mut self) -> Result<(), Broken> {
        match self.peek() {
            Err(_) => Ok(()),
            Ok(_) => Err(self.syntax("trailing characters")),
        }
    }

    /// Enters an object or a list.
    #[inline(always)]
    pub(crate) fn open(&mut self) -> Result<(), Broken> {
        if self.depth == MAX_DEPTH {
            return Err(Broken::too_deep());
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Goes to the next member or element, or behind the end. `first` tells whether none has been read.
    #[inline(always)]
    pub(crate) fn next(&mut self, first: bool, close: u8) -> Result<Next, Broken> {
        let byte = self.peek()?;
        if byte == close {
            self.depth -= 1;
            self.at += 1;
            return Ok(Next::End);
        }
        if first {
            return Ok(Next::More);
        }
        if byte != b',' {
            return Err(self.syntax(if close == b'}' { "expected `,` or `}`" } else { "expected `,` or `]`" }));
        }
        self.at += 1;
        if self.peek()? == close {
            return Err(self.syntax("trailing comma"));
        }
        Ok(Next::More)
    }

    /// Whether the key that comes next is this one, without an escape; then it is read.
    #[inline(always)]
    pub(crate) fn takes_key(&mut self, name: &str) -> bool {
        let bytes = self.text.as_bytes();
        let (start, end) = (self.at + 1, self.at + 1 + name.len());
        let is_it = bytes.get(self.at) == Some(&b'"')
            && bytes.get(end) == Some(&b'"')
            && bytes.get(start..end).is_some_and(|found| same(found, name.as_bytes()));
        if is_it {
            self.at = end + 1;
        }
        is_it
    }

    /// Reads a key: what stands between its quotes.
    pub(crate) fn key(&mut self) -> Result<Cow<'a, str>, Broken> {
        if self.peek()? != b'"' {
            return Err(self.syntax("key must be a string"));
        }
        let content = self.string()?;
        Ok(self.unescape(self.get(content)))
    }

    /// What the content of the string that was read last stands for.
    #[inline(always)]
    pub(crate) fn unescape(&self, content: &'a str) -> Cow<'a, str> {
        if self.escaped { unescape(content) } else { Cow::Borrowed(content) }
    }

    /// Reads the colon behind a key.
    #[inline(always)]
    pub(crate) fn colon(&mut self) -> Result<(), Broken> {
        if self.peek()? != b':' {
            return Err(self.syntax("expected `:`"));
        }
        self.at += 1;
        Ok(())
    }

    /// Reads a value of any kind, whole.
    pub(crate) fn token(&mut self) -> Result<(Token<'a>, Span), Broken> {
        let first = self.peek()?;
        let start = self.at;
        match first {
            b'"' => {
                let content = self.string()?;
                Ok((Token::Text(self.get(content)), Span { start, end: self.at }))
            }
            b'{' | b'[' => {
                self.pass(&mut Skipped)?;
                let span = Span { start, end: self.at };
                Ok((if first == b'{' { Token::Object(self.get(span)) } else { Token::List(self.get(span)) }, span))
            }
            _ => {
                let token = self.plain(first)?;
                Ok((token, Span { start, end: self.at }))
            }
        }
    }

    /// The place of the comma directly before `at`.
    #[inline(always)]
    pub(crate) fn comma_before(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        (self.text.as_bytes().get(before) == Some(&b',')).then_some(before)
    }

    /// Takes part of the document over into the output as it stands; what was taken over just before goes along.
    #[inline(always)]
    pub(crate) fn keep(&mut self, span: Span, out: &mut String) {
        if self.kept.1 != span.start {
            self.flush(out);
            self.kept.0 = span.start;
        }
        self.kept.1 = span.end;
    }

    /// Writes what was taken over.
    #[inline(always)]
    pub(crate) fn flush(&mut self, out: &mut String) {
        let (start, end) = ::core::mem::take(&mut self.kept);
        if start < end {
            self.write(Span { start, end }, out);
        }
    }

    #[inline(never)]
    fn write(&self, kept: Span, out: &mut String) {
        let kept = self.get(kept);
        if self.in_ascii { push_ascii(out, kept) } else { out.push_str(kept) }
    }

    pub(crate) fn syntax(&self, what: &'static str) -> Broken {
        self.broken(Reason::Syntax(what))
    }

    fn broken(&self, reason: Reason) -> Broken {
        Broken::new(reason, self.at)
    }

    /// Reads a string that begins here, and gives what stands between its quotes.
    pub(crate) fn string(&mut self) -> Result<Span, Broken> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let mut at = start;
        self.escaped = false;
        loop {
            at = special(bytes, at);
            match bytes.get(at) {
                Some(b'"') => {
                    self.at = at + 1;
                    return Ok(Span { start, end: at });
                }
                Some(b'\\') => {
                    self.escaped = true;
                    match bytes.get(at + 1) {
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => at += 2,
                        Some(b'u') => match bytes.get(at + 2..at + 6) {
                            Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => at += 6,
                            Some(_) => break,
                            None => at = bytes.len(),
                        },
                        Some(_) => break,
                        None => at = bytes.len(),
                    }
                }
                Some(_) => {
                    self.at = at;
                    return Err(self.syntax("control character (\\u0000-\\u001F) found while parsing a string"));
                }
                None => {
                    self.at = bytes.len();
                    return Err(self.broken(Reason::Cut));
                }
            }
        }
        self.at = at;
        Err(self.syntax("invalid escape"))
    }

    /// Reads a number, true, false or null.
    fn plain(&mut self, first: u8) -> Result<Token<'a>, Broken> {
        match first {
            b't' => self.word("true").map(|()| Token::Bool(true)),
            b'f' => self.word("false").map(|()| Token::Bool(false)),
            b'n' => self.word("null").map(|()| Token::Null),
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err(self.syntax("expected value")),
        }
    }

    fn word(&mut self, word: &'static str) -> Result<(), Broken> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(());
        }
        Err(if word.as_bytes().starts_with(rest) { self.broken(Reason::Cut) } else { self.syntax("expected ident") })
    }

    fn number(&mut self) -> Result<Token<'a>, Broken> {
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        let zero = self.byte() == Some(b'0');
        let whole = self.digits()?;
        if zero && whole > 1 {
            return Err(self.syntax("invalid number"));
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Token::Number(self.get(Span { start, end: self.at })))
    }

    /// Reads one digit or more.
    fn digits(&mut self) -> Result<usize, Broken> {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        match (self.at - start, self.byte()) {
            (0, None) => Err(self.broken(Reason::Cut)),
            (0, Some(_)) => Err(self.syntax("invalid number")),
            (count, _) => Ok(count),
        }
    }

    #[inline(always)]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Reads the value that begins here, of whatever shape and however deep, and gives its parts one by one. It needs no
    /// stack: hosts send, and platforms answer, what no table leads through.
    pub(crate) fn pass(&mut self, parts: &mut dyn Parts) -> Result<(), Broken> {
        let mut closes = Vec::new();
        let depth = self.depth;
        loop {
            // Here begins a value, or the end of what was just opened.
            let byte = self.peek()?;
            match byte {
                b'{' | b'[' => {
                    parts.mark(byte);
                    self.at += 1;
                    closes.push(if byte == b'{' { b'}' } else { b']' });
                    if self.peek()? != closes.last().copied().unwrap_or_default() {
                        self.pass_key(&closes, parts)?;
                        continue;
                    }
                }
                b'"' => {
                    let start = self.at;
                    self.string()?;
                    parts.scalar(self.get(Span { start, end: self.at }));
                }
                _ => {
                    let start = self.at;
                    self.plain(byte)?;
                    parts.scalar(self.get(Span { start, end: self.at }));
                }
            }
            // Behind a value, or behind the opening bracket of an empty one.
            while let Some(&close) = closes.last() {
                self.depth = 1;
                let is_empty = self.text.as_bytes().get(self.at) == Some(&close);
                if self.next(is_empty, close)? == Next::More {
                    parts.mark(b',');
                    self.pass_key(&closes, parts)?;
                    break;
                }
                parts.mark(close);
                closes.pop();
            }
            if closes.is_empty() {
                self.depth = depth;
                return Ok(());
            }
        }
    }

    /// Reads the key and the colon that come next, if what was opened last is an object.
    #[inline(always)]
    fn pass_key(&mut self, closes: &[u8], parts: &mut dyn Parts) -> Result<(), Broken> {
        if closes.last() == Some(&b'}') {
            if self.peek()? != b'"' {
                return Err(self.syntax("key must be a string"));
            }
            let start = self.at;
            self.string()?;
            parts.scalar(self.get(Span { start, end: self.at }));
            self.colon()?;
            parts.mark(b':');
        }
        Ok(())
    }
}

impl Broken {
    #[cold]
    fn new(reason: Reason, at: usize) -> Self {
        Self(Box::new((reason, at)))
    }

    /// The document with another reader's or rule's objection, at `at`.
    pub(crate) fn refused() -> Self {
        Self::new(Reason::Refused, 0)
    }

    /// A document that leads through more levels than a table may.
    pub(crate) fn too_deep() -> Self {
        Self::new(Reason::Deep, 0)
    }

    /// Whether it may become JSON if some bytes are read in another way.
    pub(crate) fn may_be_mended(&self) -> bool {
        matches!(self.0.0, Reason::Syntax(_))
    }

    /// Whether the document ends too early.
    pub(crate) fn is_cut(&self) -> bool {
        self.0.0 == Reason::Cut
    }

    /// Whether it is JSON as far as it was read.
    pub(crate) fn is_refused(&self) -> bool {
        self.0.0 == Reason::Refused
    }

    /// What is wrong, and where in the document.
    pub(crate) fn explain(&self, text: &str) -> String {
        if self.0.0 == Reason::Deep {
            return alloc::format!("{self}");
        }
        let read = text.as_bytes().get(..self.0.1).unwrap_or_default();
        let line = read.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = read.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
        alloc::format!("{self} at line {line} column {column}")
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.0 {
            Reason::Cut => "unexpected end",
            Reason::Deep => "it is nested too deeply",
            Reason::Refused => "refused",
            Reason::Syntax(what) => what,
        })
    }
}

impl ::core::error::Error for Broken {}

/// What takes the name of a member, and reads its value.
type MemberReader<'r, 'a> = dyn FnMut(&mut Source<'a>, Cow<'a, str>) -> Result<(), Broken> + 'r;

/// Reads the members of the object that begins here: `read` takes the name of each, and reads its value. It is compiled
/// once: no hot place takes this way.
pub(crate) fn each_member<'a>(source: &mut Source<'a>, read: &mut MemberReader<'_, 'a>) -> Result<(), Broken> {
    source.open()?;
    let mut first = true;
    while source.next(first, b'}')? == Next::More {
        first = false;
        let name = source.key()?;
        source.colon()?;
        read(source, name)?;
    }
    Ok(())
}

/// Whether the text is one JSON number.
pub(crate) fn is_number(text: &str) -> bool {
    let mut source = Source::new(text);
    matches!(text.as_bytes().first(), Some(b'-' | b'0'..=b'9')) && source.number().is_ok() && source.at == text.len()
}

/// Whether the text is one JSON value.
pub(crate) fn is_json(text: &str) -> bool {
    let mut source = Source::new(text);
    source.token().is_ok() && source.end().is_ok()
}

/// The next quote, backslash or control character, or the end.
#[inline(always)]
pub(super) fn special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(word) = word(bytes, at) {
        let found = zeros(word ^ repeat(b'"')) | zeros(word ^ repeat(b'\\')) | below_space(word);
        if found != 0 {
            // Bits above the first that is right may be wrong.
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while let Some(&byte) = bytes.get(at) {
        if byte < b' ' || byte == b'"' || byte == b'\\' {
            break;
        }
        at += 1;
    }
    at.min(bytes.len())
}

/// Whether two texts are the same, eight bytes at a time.
#[inline(always)]
fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    // What is left behind whole words is compared with the end of the last one again.
    let Some(last) = one.len().checked_sub(8) else { return one.iter().zip(other).all(|(a, b)| a == b) };
    let mut at = 0;
    while at < last {
        if word(one, at) != word(other, at) {
            return false;
        }
        at += 8;
    }
    word(one, last) == word(other, last)
}

/// The eight bytes from a place on.
#[inline(always)]
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.get(at..at + 8)?;
    Some(u64::from_le_bytes(eight.try_into().ok()?))
}

#[inline(always)]
const fn repeat(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The high bit of each byte that is zero.
#[inline(always)]
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(repeat(1)) & !word & repeat(0x80)
}

/// The high bit of each byte that is a control character.
#[inline(always)]
fn below_space(word: u64) -> u64 {
    word.wrapping_sub(repeat(b' ')) & !word & repeat(0x80)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::de::IgnoredAny;

    const PIECES: &[&str] = &[
        "{",
        "}",
        "[",
        "]",
        "\"",
        "\"",
        ":",
        ",",
        "\\",
        "\\u",
        "d83d",
        "\\ud83d\\ude00",
        "0",
        "1",
        "17",
        "-",
        ".",
        "e",
        "E+",
        "true",
        "false",
        "null",
        "nul",
        " ",
        "\n",
        "\t",
        "\u{1}",
        "\u{7f}",
        "鞋",
        "aaaaaaaa",
        "\"a\":",
        "[1,",
        "{\"k\":1,",
        "\"\"",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn it_takes_what_serde_json_takes(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12)) {
            let text: String = pieces.concat();
            prop_assert_eq!(is_json(&text), serde_json::from_str::<IgnoredAny>(&text).is_ok(), "{}", text);
        }

        #[test]
        fn text_means_what_it_means_to_serde_json(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12)) {
            let quoted = alloc::format!("\"{}\"", pieces.concat());
            if let Ok(expected) = serde_json::from_str::<String>(&quoted) {
                prop_assert_eq!(unescape(&quoted[1..quoted.len() - 1]), expected);
            }
        }

        #[test]
        fn a_quote_is_found_wherever_it_stands(text in "[a-z\u{80}\u{7f}!#鞋]{0,40}", end in "[\"\\\\\u{1f}\u{0}]") {
            let whole = alloc::format!("{text}{end}{text}");
            prop_assert_eq!(special(whole.as_bytes(), 0), text.len());
            prop_assert!(same(text.as_bytes(), text.clone().as_bytes()));
            let other = alloc::format!("{text}-{text}");
            prop_assert!(!same(whole.as_bytes(), other.as_bytes()));
        }
    }

    #[test]
    fn depth_costs_no_stack_where_no_table_leads() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        assert!(is_json(&deep));
        assert!(!is_json(&deep[..deep.len() - 1]));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (text, expected) in [
            ("{\n \"a\" 1}", "expected `:` at line 2 column 6"),
            ("[1,]", "trailing comma at line 1 column 4"),
            ("[1 2]", "expected `,` or `]` at line 1 column 4"),
            ("[01]", "invalid number at line 1 column 4"),
            ("[1] x", "trailing characters at line 1 column 5"),
            ("[\"\\x\"]", "invalid escape at line 1 column 3"),
        ] {
            let mut source = Source::new(text);
            let error = source.token().and_then(|_| source.end()).unwrap_err();
            assert_eq!(error.explain(text), expected);
            assert!(!error.is_cut());
        }
        for cut in ["", "{", "[1", "\"a", "tru", "-", "{\"a\":", "[1,"] {
            assert!(Source::new(cut).token().unwrap_err().is_cut(), "{cut}");
        }
    }
}
