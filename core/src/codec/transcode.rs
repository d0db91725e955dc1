//! The table-driven driver: rewrites JSON text from one form into the other, value by value, without a tree.
//!
//! It is the way of every host but Rust, so it is the hottest place of all. Most of a reply is canonical as it stands: such
//! parts are not written but kept (`Source::keep`), and neighbours that were kept are copied together when something else
//! has to be written (`Source::flush`). Whoever writes to `out` flushes first, or what was kept would come too late.

use super::model::embedded_text;
use super::route::Router;
use crate::json::{
    self, Broken, CONTAINER, Context, ELEMENT, Fields, Key, Outcome, Path, Policy, Source, Span, Token, embed,
    write_key, write_plain_key, write_quoted,
};
use crate::schema::{Form, Kind, Schema};
use crate::values::{self, Amount, Read, Scalar, Time, amount, any, code, float, id, int, text};
use alloc::string::String;

/// Which form is written. Both are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum To {
    /// What the platform takes.
    Wire,
    /// What hosts take.
    Canonical,
}

/// What a run writes to and keeps.
pub(crate) struct Run<'r> {
    pub(crate) to: To,
    pub(crate) out: String,
    pub(crate) context: Context,
    pub(crate) router: Option<Router<'r>>,
    /// Whether what stays as it stands is written in ASCII.
    pub(crate) in_ascii: bool,
}

impl Run<'_> {
    /// Rewrites a whole document.
    pub(crate) fn document(
        &mut self,
        json: &str,
        kind: &'static Kind,
        form: Form,
        path: &Path<'_>,
    ) -> Result<Outcome, Broken> {
        let mut source = Source::new(json);
        source.in_ascii = self.in_ascii;
        let outcome = self.value(&mut source, kind, form, path)?;
        source.end()?;
        source.flush(&mut self.out);
        Ok(outcome)
    }

    /// Rewrites a request, whose fields may go into the path or the query string.
    pub(crate) fn request(&mut self, json: &str, schema: &'static Schema) -> Result<(), Broken> {
        let mut source = Source::new(json);
        source.peek()?;
        self.object(&mut source, schema, &Path::Root, true)?;
        source.end()?;
        source.flush(&mut self.out);
        Ok(())
    }

    /// Rewrites the value that comes next. Where there is none, it writes null.
    pub(crate) fn value(
        &mut self,
        source: &mut Source<'_>,
        kind: &'static Kind,
        form: Form,
        path: &Path<'_>,
    ) -> Result<Outcome, Broken> {
        if form == Form::Embedded {
            let (_, span) = source.token()?;
            source.flush(&mut self.out);
            return self.embedded(source.get(span), kind, path);
        }
        let first = source.peek()?;
        // Text in its place is three values in four of a reply: it is looked at once, and needs no token.
        if first == b'"' && self.is_textual(kind, form) {
            let start = source.position();
            let content = source.string()?;
            let span = Span { start, end: content.end + 1 };
            if content.start < content.end {
                source.keep(span, &mut self.out);
                return Ok(Outcome::Full);
            }
            source.flush(&mut self.out);
            return self.content(&Token::Text(""), kind, form, path);
        }
        match (kind, first) {
            (Kind::Object(schema), b'{') => self.object(source, schema, path, false),
            (Kind::List(element), b'[') => self.list(source, element, form, path),
            (Kind::Object(_) | Kind::List(_), _) => self.other(source, kind, form, path),
            (Kind::Any, _) => self.any(source, path),
            _ => self.single(source, kind, form, path),
        }
    }

    /// Rewrites a value that is one token.
    fn single(
        &mut self,
        source: &mut Source<'_>,
        kind: &'static Kind,
        form: Form,
        path: &Path<'_>,
    ) -> Result<Outcome, Broken> {
        let (token, span) = source.token()?;
        if let Some(span) = self.stands(kind, form, &token, span) {
            source.keep(span, &mut self.out);
            return Ok(if matches!(token, Token::Null) { Outcome::Null } else { Outcome::Full });
        }
        source.flush(&mut self.out);
        match kind {
            Kind::Amount => self.scalar::<Amount>(&token, kind, form, path),
            Kind::Bool => self.scalar::<bool>(&token, kind, form, path),
            Kind::Int => self.scalar::<i64>(&token, kind, form, path),
            Kind::Time => self.scalar::<Time>(&token, kind, form, path),
            _ => self.content(&token, kind, form, path),
        }
    }

    /// Rewrites the object that begins here. Only the outermost one of a request is routed.
    fn object(
        &mut self,
        source: &mut Source<'_>,
        schema: &'static Schema,
        path: &Path<'_>,
        is_routed: bool,
    ) -> Result<Outcome, Broken> {
        let start = source.position();
        self.context.charge(CONTAINER, path)?;
        source.keep(Span { start, end: start + 1 }, &mut self.out);
        json::fields(source, schema, path, &mut Object { run: self, schema, is_routed, first: true })?;
        let end = source.position();
        source.keep(Span { start: end - 1, end }, &mut self.out);
        Ok(Outcome::Full)
    }

    /// Whether text is right as it stands, if it is not empty.
    #[inline(always)]
    fn is_textual(&self, kind: &Kind, form: Form) -> bool {
        let quoted = self.to == To::Canonical || form != Form::Number;
        match kind {
            Kind::Text => true,
            Kind::Id => quoted,
            Kind::Code(codes) => quoted && !codes.numeric,
            _ => false,
        }
    }

    /// Writes the comma before the element that comes next, as it stands where it can.
    #[inline(always)]
    fn comma(&mut self, source: &mut Source<'_>) {
        let at = source.position();
        match source.comma_before(at) {
            Some(start) => source.keep(Span { start, end: at }, &mut self.out),
            None => {
                source.flush(&mut self.out);
                self.out.push(',');
            }
        }
    }

    /// The part of a token that is right as it stands, if there is one.
    fn stands(&self, kind: &Kind, form: Form, token: &Token<'_>, span: Span) -> Option<Span> {
        let whole = match (kind, token, self.to) {
            (_, Token::Null, To::Canonical) => true,
            (Kind::Bool, Token::Bool(_), to) => to == To::Canonical || form == Form::Plain,
            (Kind::Int, Token::Number(digits), to) => {
                (to == To::Canonical || form != Form::Text) && int::stands(digits)
            }
            (Kind::Amount, Token::Text(digits), To::Canonical) => amount::stands(digits),
            (Kind::Amount, Token::Number(digits), To::Wire) => form != Form::Text && amount::stands(digits),
            _ => false,
        };
        let content = match (kind, token, self.to) {
            (Kind::Amount, Token::Text(digits), To::Wire) => form != Form::Text && amount::stands(digits),
            (Kind::Id, Token::Text(digits), To::Wire) => form == Form::Number && id::is_integer(digits),
            _ => false,
        };
        match (whole, content) {
            (true, _) => Some(span),
            (_, true) => Some(Span { start: span.start + 1, end: span.end - 1 }),
            _ => None,
        }
    }

    /// Writes the key of a field, as it stands where it can.
    #[inline(always)]
    fn key(&mut self, source: &mut Source<'_>, quoted: Span, name: &'static str, stands: bool, first: bool) {
        // The comma and the colon are part of what is kept, so that a field and the next one are one piece.
        let stands = stands || source.get(Span { start: quoted.start + 1, end: quoted.end - 1 }) == name;
        let start = if first { Some(quoted.start) } else { source.comma_before(quoted.start) };
        if let Some(start) = start.filter(|_| stands && source.position() == quoted.end + 1) {
            source.keep(Span { start, end: source.position() }, &mut self.out);
        } else {
            source.flush(&mut self.out);
            write_plain_key(name, first, &mut self.out);
        }
    }

    /// Takes back a field, or an element without a name, that was written as null: the wire has no nulls.
    #[cold]
    #[inline(never)]
    fn unwrite(&mut self, source: &mut Source<'_>, name: Option<&str>, first: bool) {
        source.flush(&mut self.out);
        let key = name.map_or(0, |name| name.len() + "\"\":".len());
        let written = usize::from(!first) + key + "null".len();
        self.out.truncate(self.out.len().saturating_sub(written));
    }

    /// Puts the value of a field into the path or the query string. What is null goes nowhere.
    fn routed<'a>(
        &mut self,
        source: &mut Source<'a>,
        name: &str,
        path: &Path<'_>,
        write: impl FnOnce(&mut Self, &mut Source<'a>) -> Result<Outcome, Broken>,
    ) -> Result<Outcome, Broken> {
        source.flush(&mut self.out);
        let start = self.out.len();
        let outcome = write(self, source)?;
        source.flush(&mut self.out);
        if let Some(router) = self.router.as_mut().filter(|_| outcome != Outcome::Null)
            && let Err(fault) = router.take(name, self.out.get(start..).unwrap_or_default(), path)
        {
            return Err(self.context.refuse(path, fault.reason));
        }
        self.out.truncate(start);
        Ok(outcome)
    }

    fn list(
        &mut self,
        source: &mut Source<'_>,
        kind: &'static Kind,
        form: Form,
        path: &Path<'_>,
    ) -> Result<Outcome, Broken> {
        let start = source.position();
        source.keep(Span { start, end: start + 1 }, &mut self.out);
        let mut first = true;
        json::list(
            source,
            kind,
            path,
            self,
            |run| &mut run.context,
            |run, source, path| {
                if !first {
                    run.comma(source);
                }
                let outcome = run.value(source, kind, form, path)?;
                run.context.charge(ELEMENT, path)?;
                if outcome == Outcome::Null {
                    run.unwrite(source, None, first);
                } else {
                    first = false;
                }
                Ok(outcome)
            },
        )?;
        let end = source.position();
        source.keep(Span { start: end - 1, end }, &mut self.out);
        Ok(if first { Outcome::Empty } else { Outcome::Full })
    }

    /// Reads what stands where an object or a list should.
    #[cold]
    fn other(
        &mut self,
        source: &mut Source<'_>,
        kind: &'static Kind,
        form: Form,
        path: &Path<'_>,
    ) -> Result<Outcome, Broken> {
        let json = json::rewrapped(source, kind, &mut self.context, path)?;
        source.flush(&mut self.out);
        let Some(json) = json else { return Ok(self.null()) };
        let mut inner = source.within(&json);
        let outcome = self.value(&mut inner, kind, form, path)?;
        inner.flush(&mut self.out);
        Ok(outcome)
    }

    /// How strictly to read a value: where the wire writes a number as text, text is the right type for it.
    fn policy(&self, form: Form) -> Policy {
        match (self.to, form) {
            (To::Canonical, Form::Text | Form::Number) => Policy::Reply,
            _ => self.context.policy(),
        }
    }

    fn null(&mut self) -> Outcome {
        self.out.push_str("null");
        Outcome::Null
    }

    fn misfit(&mut self, kind: &Kind, token: &Token<'_>, path: &Path<'_>) -> Result<Outcome, Broken> {
        values::misfit(kind, token, &mut self.context, path)?;
        Ok(self.null())
    }

    fn scalar<T: Scalar>(
        &mut self,
        token: &Token<'_>,
        kind: &Kind,
        form: Form,
        path: &Path<'_>,
    ) -> Result<Outcome, Broken> {
        match T::read(token, self.policy(form)) {
            Read::Value(value) => {
                match self.to {
                    To::Wire => value.write_wire(form, &mut self.out),
                    To::Canonical => value.write_canonical(&mut self.out),
                }
                if let Some((expected, found)) = value.caution().filter(|_| self.context.policy() == Policy::Reply) {
                    self.context.notice(expected, found, path)?;
                }
                Ok(Outcome::Full)
            }
            Read::Null => Ok(self.null()),
            Read::Misfit => self.misfit(kind, token, path),
        }
    }

    fn content(&mut self, token: &Token<'_>, kind: &Kind, form: Form, path: &Path<'_>) -> Result<Outcome, Broken> {
        let policy = self.policy(form);
        let read = match kind {
            Kind::Id => id::read(token, policy),
            Kind::Code(codes) => code::read(token, codes.numeric, policy),
            Kind::Float => float::read(token, policy),
            _ => text::read(token, policy).into_cow(),
        };
        let content = match &read {
            Read::Value(content) => content.as_ref(),
            Read::Null => return Ok(self.null()),
            Read::Misfit => return self.misfit(kind, token, path),
        };
        match (kind, self.to) {
            (Kind::Float, To::Wire) => float::write_wire(content, form, &mut self.out),
            (Kind::Float, To::Canonical) => self.out.push_str(content),
            (Kind::Code(codes), To::Wire) => code::write_wire(content, codes.numeric, form, &mut self.out),
            (Kind::Code(codes), To::Canonical) => code::write_canonical(content, codes.numeric, &mut self.out),
            (Kind::Id, To::Wire) if content.is_empty() => write_quoted(content, &mut self.out),
            (Kind::Id, To::Wire) if !id::write_wire(content, form, &mut self.out) => {
                return Err(self.context.refuse(path, id::NOT_DIGITS));
            }
            (Kind::Id, To::Wire) => {}
            _ => write_quoted(content, &mut self.out),
        }
        let says_nothing = content.is_empty() && matches!(kind, Kind::Id | Kind::Code(_));
        Ok(if says_nothing { Outcome::Empty } else { Outcome::Full })
    }

    fn any(&mut self, source: &mut Source<'_>, path: &Path<'_>) -> Result<Outcome, Broken> {
        if !matches!(source.peek()?, b'{' | b'[' | b'-' | b'0'..=b'9') {
            let (token, span) = source.token()?;
            source.keep(span, &mut self.out);
            return Ok(if matches!(token, Token::Null) { Outcome::Null } else { Outcome::Full });
        }
        source.flush(&mut self.out);
        match self.to {
            To::Wire => any::write_compact(source, &mut self.out)?,
            To::Canonical => {
                any::write_canonical(source, &mut self.out, &mut self.context, path)?;
            }
        }
        Ok(Outcome::Full)
    }

    /// Rewrites a value that the wire holds as a string with JSON text.
    fn embedded(&mut self, raw: &str, kind: &'static Kind, path: &Path<'_>) -> Result<Outcome, Broken> {
        let Some(json) = embedded_text(raw) else { return Ok(self.null()) };
        let (start, noticed) = (self.out.len(), self.context.noticed());
        let read = match self.document(&json, kind, Form::Plain, path) {
            Err(error) if error.may_be_mended() && self.context.policy() == Policy::Reply => {
                self.out.truncate(start);
                self.context.forget(noticed);
                json::mend(&json).map_or(Err(error), |mended| {
                    self.context.notice("JSON in a string", "text that had to be mended", path)?;
                    self.document(&mended.text, kind, Form::Plain, path)
                })
            }
            read => read,
        };
        match read {
            Ok(outcome) => {
                if self.to == To::Wire && outcome != Outcome::Null {
                    embed(&mut self.out, start);
                }
                Ok(outcome)
            }
            Err(error) => {
                self.out.truncate(start);
                if self.context.has_fault() {
                    return Err(error);
                }
                self.context.forget(noticed);
                self.context.notice("JSON in a string", "text that is not JSON", path)?;
                Ok(self.null())
            }
        }
    }
}

/// One object on its way into the other form.
struct Object<'a, 'r> {
    run: &'a mut Run<'r>,
    schema: &'static Schema,
    /// Whether its fields may go into the path or the query string.
    is_routed: bool,
    /// Whether no field has been written.
    first: bool,
}

impl Object<'_, '_> {
    /// Whether a field goes elsewhere than into this object.
    #[inline(always)]
    fn routes(&self, wire: &str) -> bool {
        self.is_routed && self.run.router.as_ref().is_some_and(|router| router.takes(wire))
    }

    /// Takes note of a field that has been written, or takes it back.
    #[inline(always)]
    fn wrote(&mut self, source: &mut Source<'_>, wire: &str, outcome: Outcome) {
        if outcome == Outcome::Null && self.run.to == To::Wire {
            self.run.unwrite(source, Some(wire), self.first);
        } else {
            self.first = false;
        }
    }
}

impl Fields for Object<'_, '_> {
    #[inline(always)]
    fn context(&mut self) -> &mut Context {
        &mut self.run.context
    }

    #[inline(always)]
    fn field(&mut self, source: &mut Source<'_>, index: usize, key: Key, path: &Path<'_>) -> Result<Outcome, Broken> {
        let field = &self.schema.fields[index];
        let (name, is_same) = match self.run.to {
            To::Canonical => (field.name(), field.has_one_name()),
            To::Wire => (field.wire(), true),
        };
        if self.routes(name) {
            return self.run.routed(source, name, path, |run, source| run.value(source, &field.kind, field.form, path));
        }
        self.run.key(source, key.quoted, name, key.predicted && is_same, self.first);
        let outcome = self.run.value(source, &field.kind, field.form, path)?;
        self.wrote(source, name, outcome);
        Ok(outcome)
    }

    fn extra(&mut self, source: &mut Source<'_>, name: &str, path: &Path<'_>) -> Result<(), Broken> {
        self.run.context.charge(ELEMENT, path)?;
        if self.routes(name) {
            return self.run.routed(source, name, path, |run, source| run.any(source, path)).map(drop);
        }
        source.flush(&mut self.run.out);
        let begin = self.run.out.len();
        write_key(name, self.first, &mut self.run.out);
        let outcome = self.run.any(source, path)?;
        if outcome == Outcome::Null && self.run.to == To::Wire {
            // Its name may hold escapes: how long it is written is not known from it.
            source.flush(&mut self.run.out);
            self.run.out.truncate(begin);
        } else {
            self.first = false;
        }
        Ok(())
    }
}
