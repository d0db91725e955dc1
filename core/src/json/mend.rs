//! JSON that a wrong byte has broken, made JSON again. It is for replies that the strict reader has refused: one byte costs
//! at most the value in which it stands.
//!
//! What is mended is what is certain: control characters within text, escapes that JSON has not, words and numbers that are
//! no values, and zeros and white space around the document. What would be a guess, as a comma too many, stays broken.

use super::source::{Next, Source, each_member, is_json, special};
use super::{Broken, Context, Path};
use crate::error::Warning;
use crate::schema::Kind;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// A document that was mended.
pub(crate) struct Mended {
    /// The document as JSON.
    pub(crate) text: String,
    flaws: Vec<Flaw>,
}

/// Where something was mended, and what.
struct Flaw {
    /// The place in the mended text.
    at: usize,
    expected: &'static str,
    found: &'static str,
}

/// The document on its way.
struct Mender<'a> {
    text: &'a str,
    /// How far it is in `out`.
    copied: usize,
    out: String,
    flaws: Vec<Flaw>,
}

/// Bytes that a document of any length may grow by.
const MOST_GROWTH: usize = 64 << 10;

/// Levels in which a flaw is looked for; one further down is of the value there.
const DEEPEST: usize = 100;

/// Mends the document; absent where that is not possible.
#[cold]
pub(crate) fn mend(text: &str) -> Option<Mended> {
    let content = text.trim_matches(is_noise);
    // A word alone is no document with a flaw.
    content.strip_prefix(['{', '['])?;
    let mut mender =
        Mender { text: content, copied: 0, out: String::with_capacity(text.len() + 64), flaws: Vec::new() };
    let mut at = 0;
    while let Some(byte) = content.as_bytes().get(at) {
        at = match byte {
            b'"' => mender.string(at)?,
            b'{' | b'}' | b'[' | b']' | b':' | b',' | b' ' | b'\n' | b'\t' | b'\r' => at + 1,
            _ => mender.word(at)?,
        };
    }
    mender.replace(content.len(), content.len(), "");
    if odd(text) != odd(content) {
        mender.flaw(usize::MAX, "nothing around the document", "zeros or white space");
    }
    (!mender.flaws.is_empty()).then_some(Mended { text: mender.out, flaws: mender.flaws })
}

/// How many bytes there are beside the white space of JSON.
fn odd(text: &str) -> usize {
    text.bytes().filter(|byte| !matches!(byte, b' ' | b'\n' | b'\t' | b'\r')).count()
}

/// What may stand around a document without being part of it.
fn is_noise(c: char) -> bool {
    c.is_control() || c.is_whitespace() || c == '\u{feff}'
}

impl Mender<'_> {
    /// Mends the string that begins here, and gives its end.
    fn string(&mut self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let begin = self.out.len() + start - self.copied;
        let mut at = start + 1;
        loop {
            at = special(bytes, at);
            at = match (*bytes.get(at)?, bytes.get(at + 1)) {
                (b'"', _) => return Some(at + 1),
                (b'\\', Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't')) => at + 2,
                (b'\\', Some(b'u')) if is_unit(bytes.get(at + 2..at + 6)) => at + 6,
                (b'\\', next) => {
                    self.flaw(begin, "an escape of JSON", "another one");
                    // Scripts write an apostrophe so. Of any other, nothing is lost.
                    self.replace(at, at + 1, if next == Some(&b'\'') { "" } else { "\\\\" });
                    at + 1
                }
                (control, _) => {
                    self.flaw(begin, "text without control characters", "text with one");
                    self.replace(at, at + 1, "\\u00");
                    let digit = |four: u8| char::from_digit(four.into(), 16).unwrap_or('0');
                    self.out.extend([digit(control >> 4), digit(control & 15)]);
                    at + 1
                }
            };
            if self.out.len() > self.text.len().saturating_mul(2).saturating_add(MOST_GROWTH) {
                return None;
            }
        }
    }

    /// Mends the word or number that begins here, and gives its end.
    fn word(&mut self, start: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(start..)?;
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-' | b'.');
        let end = start + rest.iter().take_while(|byte| is_part(byte)).count();
        let word = self.text.get(start..end).filter(|word| !word.is_empty())?;
        if !is_json(word) {
            self.flaw(self.out.len() + start - self.copied, "a value of JSON", "another word, which became null");
            self.replace(start, end, "null");
        }
        Some(end)
    }

    /// Takes the document over up to `start`, and writes something in the place of what stands there up to `end`.
    fn replace(&mut self, start: usize, end: usize, by: &str) {
        self.out.push_str(self.text.get(self.copied..start).unwrap_or_default());
        self.out.push_str(by);
        self.copied = end;
    }

    /// Takes note of a flaw of the value that begins at `at`, once.
    fn flaw(&mut self, at: usize, expected: &'static str, found: &'static str) {
        if self.flaws.last().is_none_or(|last| last.at != at) {
            self.flaws.push(Flaw { at, expected, found });
        }
    }
}

fn is_unit(digits: Option<&[u8]>) -> bool {
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

impl Mended {
    /// Warns of everything that was mended. The outermost object's member `name` is of the kind `content`, or the document
    /// is where there is no name.
    pub(crate) fn warn(&self, name: &str, content: &Kind, context: &mut Context) {
        let mut places = Places { name, content, left: self.flaws.iter().peekable(), context };
        let kind = if name.is_empty() { content } else { &Kind::Any };
        // What is no JSON yet has no places.
        let _ = places.value(&mut Source::new(&self.text), kind, &Path::Root, 0);
        places.until(None, &Path::Root);
    }
}

/// The way through a mended document that finds the places of flaws.
struct Places<'a, 'c> {
    name: &'a str,
    content: &'a Kind,
    left: ::core::iter::Peekable<::core::slice::Iter<'a, Flaw>>,
    context: &'c mut Context,
}

impl Places<'_, '_> {
    fn value(&mut self, source: &mut Source<'_>, kind: &Kind, path: &Path<'_>, depth: usize) -> Result<(), Broken> {
        match (source.peek()?, kind) {
            _ if depth == DEEPEST => source.token().map(drop)?,
            (b'{', _) => each_member(source, &mut |source, name| {
                let field = match kind {
                    Kind::Object(schema) => schema
                        .position(&name, None)
                        .or_else(|| schema.in_snake_case(&name))
                        .map(|at| &schema.fields[at]),
                    _ => None,
                };
                let inner = match field {
                    Some(field) => &field.kind,
                    None if depth == 0 && name == self.name => self.content,
                    None => &Kind::Any,
                };
                let name = field.map_or(name.as_ref(), |field| field.name());
                self.value(source, inner, &Path::Field(path, name), depth + 1)
            })?,
            (b'[', _) => {
                let inner = if let Kind::List(inner) = kind { inner } else { &Kind::Any };
                source.open()?;
                let mut index = 0;
                while source.next(index == 0, b']')? == Next::More {
                    self.value(source, inner, &Path::Index(path, index), depth + 1)?;
                    index += 1;
                }
            }
            _ => source.token().map(drop)?,
        }
        self.until(Some(source.position()), path);
        Ok(())
    }

    /// Warns of the flaws up to here.
    fn until(&mut self, end: Option<usize>, path: &Path<'_>) {
        while let Some(flaw) = self.left.next_if(|flaw| end.is_none_or(|end| flaw.at < end)) {
            let path = path.to_string();
            self.context.warn(Warning { path, expected: flaw.expected, found: flaw.found });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Policy;

    fn mended(text: &str) -> Option<(String, Vec<String>)> {
        let mended = mend(text)?;
        let mut context = Context::new(Policy::Reply, text.len());
        mended.warn("", &Kind::Any, &mut context);
        Some((mended.text, context.into_warnings().into_iter().map(|warning| warning.path).collect()))
    }

    #[test]
    fn a_wrong_byte_costs_the_value_in_which_it_stands() {
        for (text, expected, path) in [
            ("{\"a\":\"x\ty\"}", r#"{"a":"x\u0009y"}"#, "a"),
            ("{\"a\":[1,\"x\n\r\n\u{0}y\"]}", r#"{"a":[1,"x\u000a\u000d\u000a\u0000y"]}"#, "a[1]"),
            (r#"{"a":{"b":"Men\'s"}}"#, r#"{"a":{"b":"Men's"}}"#, "a.b"),
            (r#"{"a":"C:\dir\u12"}"#, r#"{"a":"C:\\dir\\u12"}"#, "a"),
            (r#"{"a":NaN}"#, r#"{"a":null}"#, "a"),
            (r#"{"a":[-Infinity]}"#, r#"{"a":[null]}"#, "a[0]"),
            (r#"{"a":+1}"#, r#"{"a":null}"#, "a"),
            (r#"{"a":.5}"#, r#"{"a":null}"#, "a"),
            (r#"{"a":undefined}"#, r#"{"a":null}"#, "a"),
            ("{\"a\":1}\0\0", r#"{"a":1}"#, ""),
            ("{\"a\":1}\u{a0}\u{c}", r#"{"a":1}"#, ""),
            ("\0{\"a\":1}", r#"{"a":1}"#, ""),
            ("{\"a\tb\":1}", r#"{"a\u0009b":1}"#, "a\tb"),
        ] {
            let (found, paths) = mended(text).unwrap();
            assert_eq!((found.as_str(), paths), (expected, alloc::vec![path.to_string()]), "{text}");
            assert!(is_json(&found), "{found}");
        }
        let (_, paths) = mended(r#"{"a":NaN,"b":"\'\'","c":[1,NaN]}"#).unwrap();
        assert_eq!(paths, ["a", "b", "c[1]"]);
    }

    #[test]
    fn what_would_be_a_guess_stays_broken() {
        for text in [r#"{"a":1,}"#, "{'a':1}", r#"{"a":1/*b*/}"#, r#"{"a":1} {"a":2}"#, r#"{a:1}"#, r#"{"a" 1}"#] {
            assert!(mend(text).is_none_or(|mended| !is_json(&mended.text)), "{text}");
        }
        for text in [r#"{"a":"x"#, "{\"a\":\"x\ty", "", "\0\0"] {
            assert!(mend(text).is_none_or(|mended| !is_json(&mended.text)), "{text}");
        }
        assert!(mend(&alloc::format!("\"{}\"", "\u{1}".repeat(1 << 20))).is_none(), "it would grow sixfold");
    }
}
