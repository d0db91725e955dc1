//! Replies: the envelope, and the data inside it for either driver.

use super::transcode::{Run, To};
use crate::error::{ReplyPart, Warning};
use crate::json::{
    Broken, Context, Fault, Path, Policy, Source, Token, ascii, beyond_ascii, each_member, mend,
    replace_lone_surrogates, unescape, unmarked,
};
use crate::schema::{Form, Kind};
use crate::values::{Id, Read, Value, code, text};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// What stands around the data of every reply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Envelope {
    /// The platform's result: `200` or `0` is success.
    pub code: Option<Id>,
    /// The platform's words for it.
    pub message: Option<String>,
    /// Whether it says that it did what was asked, beside the result.
    pub success: Option<bool>,
    /// The platform's name for this call.
    pub request_id: Option<String>,
    /// The developer's account.
    pub develop_id: Option<Id>,
}

/// A reply that could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded<T> {
    /// What stands around the data.
    pub envelope: Envelope,
    /// The data.
    pub data: T,
    /// What did not fit and became null.
    pub warnings: Vec<Warning>,
}

/// Why a reply could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What of it cannot be read.
    pub part: ReplyPart,
    /// What is wrong.
    pub reason: String,
}

impl Unreadable {
    fn body(reason: impl Into<String>) -> Self {
        Self { part: ReplyPart::Body, reason: reason.into() }
    }
}

impl Envelope {
    /// Whether the platform did what was asked.
    pub fn is_success(&self) -> bool {
        self.has_good_code() && self.success != Some(false)
    }

    /// Whether anything in it says that the platform did what was asked.
    pub fn says_success(&self) -> bool {
        self.has_good_code() || self.success == Some(true)
    }

    /// Whether the result is one of success, whatever stands beside it.
    pub fn has_good_code(&self) -> bool {
        self.code.as_ref().is_some_and(|code| matches!(code.as_str(), "200" | "0"))
    }
}

/// Reads a reply whose data is of `kind`; the data is canonical JSON.
pub fn decode(kind: &'static Kind, body: &[u8]) -> Result<Decoded<String>, Unreadable> {
    decode_to(kind, body, false)
}

/// As [`decode`]; in ASCII, it has an escape for each other character.
pub(crate) fn decode_to(kind: &'static Kind, body: &[u8], in_ascii: bool) -> Result<Decoded<String>, Unreadable> {
    read_envelope(body, Table { kind, out: String::new(), in_ascii }).map(|decoded| Decoded {
        // What was not kept as it stood is rare, and was written as it is meant.
        data: if in_ascii { ascii(decoded.data.out) } else { decoded.data.out },
        envelope: decoded.envelope,
        warnings: decoded.warnings,
    })
}

/// Reads a reply into a typed value.
pub fn decode_as<T: Value + Default>(body: &[u8]) -> Result<Decoded<T>, Unreadable> {
    read_envelope(body, Typed { value: T::default() }).map(|decoded| Decoded {
        data: decoded.data.value,
        envelope: decoded.envelope,
        warnings: decoded.warnings,
    })
}

/// Rewrites one value, which may stand in a string that holds JSON, to canonical JSON.
pub fn decode_value(
    kind: &'static Kind,
    form: Form,
    json: &str,
    path: &Path<'_>,
) -> Result<(String, Vec<Warning>), Fault> {
    let context = Context::new(Policy::Reply, json.len());
    let out = String::with_capacity(json.len());
    let mut run = Run { to: To::Canonical, out, context, router: None, in_ascii: false };
    match run.document(json, kind, form, path) {
        Ok(_) => Ok((run.out, run.context.into_warnings())),
        Err(error) => Err(run
            .context
            .take_fault()
            .unwrap_or_else(|| Fault::at(path, format!("is not JSON: {}", error.explain(json))))),
    }
}

/// Where the data goes.
trait Target: Sized {
    /// The kind of the data.
    fn kind(&self) -> Kind;

    /// Gets ready for a body of this length.
    fn prepare(&mut self, text: &str);

    /// Forgets what was read.
    fn forget(&mut self);

    /// Reads the data.
    fn read(&mut self, source: &mut Source<'_>, context: &mut Context, path: &Path<'_>) -> Result<(), Broken>;
}

/// The table-driven driver's target.
struct Table {
    kind: &'static Kind,
    out: String,
    in_ascii: bool,
}

/// The typed driver's target.
struct Typed<T> {
    value: T,
}

impl Target for Table {
    fn kind(&self) -> Kind {
        *self.kind
    }

    fn prepare(&mut self, text: &str) {
        let length = text.len();
        let escapes = if self.in_ascii { beyond_ascii(text) } else { 0 };
        self.out = String::with_capacity(length + length / 8 + escapes + 16);
        self.out.push_str("null");
    }

    fn forget(&mut self) {}

    fn read(&mut self, source: &mut Source<'_>, context: &mut Context, path: &Path<'_>) -> Result<(), Broken> {
        let mut out = ::core::mem::take(&mut self.out);
        out.clear();
        let lent = ::core::mem::replace(context, Context::new(Policy::Reply, 0));
        let mut run = Run { to: To::Canonical, out, context: lent, router: None, in_ascii: self.in_ascii };
        source.in_ascii = self.in_ascii;
        let result = run.value(source, self.kind, Form::Plain, path);
        source.flush(&mut run.out);
        *context = run.context;
        self.out = run.out;
        result.map(|_| ())
    }
}

impl<T: Value + Default> Target for Typed<T> {
    fn kind(&self) -> Kind {
        T::KIND
    }

    fn prepare(&mut self, _: &str) {}

    fn forget(&mut self) {
        self.value = T::default();
    }

    fn read(&mut self, source: &mut Source<'_>, context: &mut Context, path: &Path<'_>) -> Result<(), Broken> {
        self.value.decode_into(source, context, path).map(drop)
    }
}

fn read_envelope<T: Target>(body: &[u8], mut target: T) -> Result<Decoded<T>, Unreadable> {
    let text = body_text(body)?;
    let is_utf8 = matches!(text, Cow::Borrowed(_));
    let text = replace_lone_surrogates(&text);
    let mut context = context(&text, is_utf8);
    let mut envelope = Envelope::default();
    let mut read = envelope.document(&text, &mut target, &mut context);
    if read.as_ref().is_err_and(Broken::may_be_mended)
        && let Some(anew) = read_mended(&text, is_utf8, &mut target)
    {
        (read, envelope, context) = anew;
    }
    match read {
        Err(error) => Err(match context.take_fault() {
            Some(fault) => Unreadable { part: ReplyPart::Value(fault.path), reason: fault.reason },
            None => Unreadable::body(explain(&error, &text)),
        }),
        Ok(()) if envelope.code.is_none() => {
            Err(Unreadable { part: ReplyPart::Code, ..Unreadable::body("the reply has no result code") })
        }
        Ok(()) => Ok(Decoded { envelope, data: target, warnings: context.into_warnings() }),
    }
}

/// Reads a body that a wrong byte has broken; absent where it cannot be mended.
#[cold]
#[inline(never)]
fn read_mended<T: Target>(
    text: &str,
    is_utf8: bool,
    target: &mut T,
) -> Option<(Result<(), Broken>, Envelope, Context)> {
    let mended = mend(text)?;
    let mut context = context(text, is_utf8);
    mended.warn("data", &target.kind(), &mut context);
    target.forget();
    let mut envelope = Envelope::default();
    let read = envelope.document(&mended.text, target, &mut context);
    (read.is_ok() || context.has_fault()).then_some((read, envelope, context))
}

/// The warning that a body is not in UTF-8.
pub(crate) fn not_utf8() -> Warning {
    Warning { path: String::new(), expected: "UTF-8", found: "other bytes, which became U+FFFD" }
}

/// What accompanies the reading of a body.
fn context(text: &str, is_utf8: bool) -> Context {
    let mut context = Context::new(Policy::Reply, text.len());
    if !is_utf8 {
        context.warn(not_utf8());
    }
    context
}

/// The body as text. Bytes that are no UTF-8 do not lose the rest.
pub(super) fn body_text(body: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    let body = unmarked(body);
    let unreadable = Unreadable::body;
    if body.starts_with(b"\x1F\x8B") {
        return Err(unreadable("the body is still compressed with gzip; the transport must decompress it"));
    }
    match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => Err(unreadable("the body is empty")),
        Some(b'<') => Err(unreadable("the body is HTML or XML, not JSON; something between may have answered")),
        Some(_) => match ::core::str::from_utf8(body) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(_) => Ok(String::from_utf8_lossy(body)),
        },
    }
}

/// What is wrong with text that is not a JSON object.
fn explain(error: &Broken, text: &str) -> String {
    if error.is_cut() {
        return format!("the body is cut off after {} bytes", text.len());
    }
    if error.is_refused() {
        return "the body is JSON, but no object with code, msg and data".to_string();
    }
    format!("the body is not JSON: {}", error.explain(text))
}

impl Envelope {
    fn document<T: Target>(&mut self, text: &str, target: &mut T, context: &mut Context) -> Result<(), Broken> {
        target.prepare(text);
        let mut source = Source::new(text);
        self.read(&mut source, target, context)?;
        source.end()
    }

    fn read<T: Target>(
        &mut self,
        source: &mut Source<'_>,
        target: &mut T,
        context: &mut Context,
    ) -> Result<(), Broken> {
        if source.peek()? != b'{' {
            return source.token().and_then(|_| Err(Broken::refused()));
        }
        let mut has_data = false;
        each_member(source, &mut |source, name| {
            match name.as_ref() {
                "code" if self.code.is_none() => self.code = result_code(source)?,
                "developId" if self.develop_id.is_none() => self.develop_id = id(source)?,
                "msg" | "message" if self.message.is_none() => self.message = words(source)?,
                "success" | "isSuccess" if self.success.is_none() => self.success = truth(source)?,
                "requestId" if self.request_id.is_none() => self.request_id = words(source)?,
                "data" if !has_data => {
                    has_data = true;
                    target.read(source, context, &Path::Field(&Path::Root, "data"))?;
                }
                "data" => {
                    source.token()?;
                    let path = Path::Field(&Path::Root, "data");
                    context.notice("one value", "a second one, which is left out", &path)?;
                }
                _ => drop(source.token()?),
            }
            Ok(())
        })
    }
}

/// The result code. A number may be written as a double, and text may have spaces around it.
fn result_code(source: &mut Source<'_>) -> Result<Option<Id>, Broken> {
    let (token, _) = source.token()?;
    Ok(match code::read(&token, true, Policy::Reply) {
        Read::Value(content) => Some(Id::new(unescape(&content))),
        Read::Null if token == Token::Text("") => Some(Id::default()),
        _ => None,
    })
}

/// An id of the envelope; what is none is left out, for it must not cost the data.
fn id(source: &mut Source<'_>) -> Result<Option<Id>, Broken> {
    let (token, _) = source.token()?;
    Ok(match crate::values::id::read(&token, Policy::Reply) {
        Read::Value(content) => Some(Id::new(unescape(&content))),
        _ => None,
    })
}

/// Whether the envelope says yes or no.
fn truth(source: &mut Source<'_>) -> Result<Option<bool>, Broken> {
    let (token, _) = source.token()?;
    Ok(match token {
        Token::Bool(value) => Some(value),
        Token::Text(content) | Token::Number(content) => match content.trim() {
            "0" => Some(false),
            "1" => Some(true),
            word if word.eq_ignore_ascii_case("false") => Some(false),
            word if word.eq_ignore_ascii_case("true") => Some(true),
            _ => None,
        },
        _ => None,
    })
}

/// Text of the envelope.
fn words(source: &mut Source<'_>) -> Result<Option<String>, Broken> {
    let (token, _) = source.token()?;
    Ok(match text::read(&token, Policy::Reply) {
        Read::Value(content) if !content.is_empty() => Some(unescape(content).into_owned()),
        _ => None,
    })
}
