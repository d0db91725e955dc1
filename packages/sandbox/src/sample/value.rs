//! The walk through a reply's table, which writes a value for every field.

use super::facts::Facts;
use super::number::is_number;
use super::page::Page;
use super::seed::Seed;
use super::words::Words;
use serde_json::Value;
use serde_json::value::RawValue;
use xportcn_core::Endpoint;
use xportcn_core::Time;
use xportcn_core::schema::{Codes, Field, Form, Kind, Schema};

/// How often an object may stand within itself.
const MAX_NESTED: usize = 2;
/// Values in one reply; beyond that lists are empty.
const MAX_VALUES: usize = 50_000;
/// What a known object calls the seed of the sample data around it: no field has such a name.
pub(crate) const SEED: &str = "~";
/// Elements of a list that follows the request's own.
const MAX_REPEATED: usize = 50;

/// Writes one reply.
pub(super) struct SampleWriter<'a> {
    endpoint: &'static Endpoint,
    facts: &'a Facts,
    page: Option<Page>,
    out: String,
    /// The names of the fields that lead to the value.
    names: Vec<&'static str>,
    /// The objects in which it stands.
    within: Vec<&'static Schema>,
    written: usize,
}

/// Where a value stands, and what it is made from.
#[derive(Clone, Copy)]
struct Place<'a> {
    name: &'static str,
    doc: &'static str,
    form: Form,
    /// Whether a value that the wire writes either way is text.
    as_text: bool,
    seed: Seed,
    /// The place in the nearest list.
    index: Option<usize>,
    /// What is known of the value; where this is absent, a sample is made.
    known: Option<&'a Value>,
}

impl<'a> SampleWriter<'a> {
    pub(super) fn new(endpoint: &'static Endpoint, facts: &'a Facts) -> Self {
        let page = endpoint.paging.map(|paging| Page::new(paging, facts));
        Self { endpoint, facts, page, out: String::new(), names: Vec::new(), within: Vec::new(), written: 0 }
    }

    /// Data of this kind, around what is known of it.
    pub(super) fn data(mut self, kind: &'static Kind, known: Option<&'a Value>) -> Box<RawValue> {
        let name = self.endpoint.id.rsplit('.').next().unwrap_or_default();
        let seed = self.facts.seed.of(name);
        let place = Place { name, doc: self.endpoint.doc, form: Form::Plain, as_text: true, seed, index: None, known };
        self.value(kind, place);
        // Everything is written by `text`, `number` and punctuation, so it is JSON.
        RawValue::from_string(self.out).unwrap_or_default()
    }

    fn value(&mut self, kind: &'static Kind, place: Place<'a>) {
        self.written += 1;
        if place.form == Form::Embedded {
            let outer = std::mem::take(&mut self.out);
            self.value(kind, Place { form: Form::Plain, ..place });
            let inner = std::mem::replace(&mut self.out, outer);
            return self.text(&inner);
        }
        match kind {
            _ if place.known.is_some_and(Value::is_null) => self.out.push_str("null"),
            Kind::List(element) => self.list(element, place),
            Kind::Object(schema) if place.known.is_some() => self.object(schema, place),
            Kind::Object(schema) if self.is_nested_too_deeply(schema) => self.out.push_str("null"),
            Kind::Object(schema) => self.object(schema, place),
            _ => self.scalar(kind, place),
        }
    }

    fn object(&mut self, schema: &'static Schema, place: Place<'a>) {
        let place = place.by_its_own_seed();
        self.within.push(schema);
        self.out.push('{');
        for (index, field) in schema.fields.iter().enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            self.text(field.wire());
            self.out.push(':');
            self.names.push(field.name());
            self.value(&field.kind, Place::of(field, schema, place));
            self.names.pop();
        }
        self.out.push('}');
        self.within.pop();
    }

    fn list(&mut self, element: &'static Kind, place: Place<'a>) {
        if let Some(Value::Array(known)) = place.known {
            return self.known_list(element, known, place);
        }
        let range = match self.page.filter(|page| page.is_items(&self.names)) {
            _ if self.has_no_elements(element) => 0..0,
            Some(page) => page.range(),
            None => 0..self.length(element, place),
        };
        self.out.push('[');
        for index in range.clone() {
            if index > range.start {
                self.out.push(',');
            }
            self.value(element, Place { seed: place.seed.at(index), index: Some(index), ..place });
        }
        self.out.push(']');
    }

    fn known_list(&mut self, element: &'static Kind, known: &'a [Value], place: Place<'a>) {
        self.out.push('[');
        for (index, known) in known.iter().enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            let seed = place.seed.at(index);
            self.value(element, Place { seed, index: Some(index), known: Some(known), ..place });
        }
        self.out.push(']');
    }

    /// As many elements as the request named, or a few.
    fn length(&self, element: &'static Kind, place: Place<'a>) -> usize {
        let named = match element {
            Kind::Object(schema) => schema.fields.iter().find_map(|field| self.facts.several(field.name())),
            _ => self.facts.several(place.name),
        };
        let few = 1 + usize::try_from(place.seed.below(3)).unwrap_or_default();
        named.map_or(few, |named| named.min(MAX_REPEATED))
    }

    /// Whether a list of these must be empty: a null in a list would be wrong.
    fn has_no_elements(&self, element: &'static Kind) -> bool {
        self.written > MAX_VALUES
            || match element {
                Kind::Any => true,
                Kind::Object(schema) => self.is_nested_too_deeply(schema),
                _ => false,
            }
    }

    fn is_nested_too_deeply(&self, schema: &'static Schema) -> bool {
        self.within.iter().filter(|outer| std::ptr::eq(**outer, schema)).count() >= MAX_NESTED
    }

    fn scalar(&mut self, kind: &'static Kind, place: Place<'a>) {
        let Place { name, seed, form, .. } = place;
        // Most values are known, and need none.
        let words = || Words::new(name);
        let known = match (place.known.and_then(plain), self.beside_items(name, place)) {
            (Some(known), _) => Some(known),
            (None, Some(number)) if matches!(kind, Kind::Int | Kind::Text) => Some(number),
            _ => self.facts.find(name, kind, place.index).map(String::from),
        };
        match kind {
            Kind::Amount => {
                let digits = known.unwrap_or_else(|| words().amount(place.doc, seed));
                self.number(&digits, place.is_text());
            }
            Kind::Bool => {
                let truth = known.map(|known| known == "true").or_else(|| self.page?.truth_of(name));
                self.truth(truth.unwrap_or_else(|| words().truth(seed)), form);
            }
            Kind::Code(codes) => {
                let value = known.unwrap_or_else(|| code(codes, &words(), seed));
                self.number(&value, form == Form::Text || !(codes.numeric || form == Form::Number));
            }
            Kind::Float => {
                let digits = known.unwrap_or_else(|| words().measure(seed));
                self.number(&digits, form == Form::Text);
            }
            Kind::Id => {
                let id = known.unwrap_or_else(|| words().id(seed));
                self.number(&id, place.is_text());
            }
            Kind::Int => {
                let digits = known.unwrap_or_else(|| words().integer(seed).to_string());
                self.number(&digits, form == Form::Text);
            }
            Kind::Text => self.text(&known.unwrap_or_else(|| words().text(seed))),
            Kind::Time => {
                let known = known.and_then(|known| known.parse().ok());
                let time = known.or_else(|| Time::from_millis(words().moment(seed) * 1000));
                self.time(time, form);
            }
            _ => match place.known {
                Some(known) => self.out.push_str(&known.to_string()),
                None => self.out.push_str("null"),
            },
        }
    }

    /// What a field beside a page's items says of the pages.
    fn beside_items(&self, name: &str, place: Place<'a>) -> Option<String> {
        self.page.filter(|_| place.index.is_none())?.number_of(name).map(|number| number.to_string())
    }

    fn time(&mut self, time: Option<Time>, form: Form) {
        match (time, form) {
            (None, _) => self.out.push_str("null"),
            (Some(time), Form::Number) => self.out.push_str(&time.as_millis().to_string()),
            (Some(time), _) => self.text(&beijing_time(time)),
        }
    }

    fn truth(&mut self, truth: bool, form: Form) {
        match form {
            Form::Number => self.out.push_str(if truth { "1" } else { "0" }),
            Form::Text => self.text(if truth { "true" } else { "false" }),
            _ => self.out.push_str(if truth { "true" } else { "false" }),
        }
    }

    /// Writes what is no number as text, whatever was asked for.
    fn number(&mut self, digits: &str, as_text: bool) {
        if as_text || !is_number(digits) { self.text(digits) } else { self.out.push_str(digits) }
    }

    fn text(&mut self, text: &str) {
        if text.bytes().any(|byte| byte < b' ' || matches!(byte, b'"' | b'\\')) {
            self.out.push_str(&serde_json::Value::from(text).to_string());
        } else {
            self.out.extend(["\"", text, "\""]);
        }
    }
}

impl<'a> Place<'a> {
    fn of(field: &'static Field, owner: &'static Schema, outer: Place<'a>) -> Self {
        Self {
            known: outer.known.and_then(|known| known.get(field.name())),
            name: field.name(),
            doc: field.doc,
            form: field.form,
            as_text: Seed::new(owner.name).of(field.wire()).is_even(),
            // Moments of one object are made from its own seed, so that they follow each other.
            seed: if matches!(field.kind, Kind::Time) { outer.seed } else { outer.seed.of(field.name()) },
            index: outer.index,
        }
    }

    /// The sample data around something known is the same in every reply, if that has a seed of its own.
    fn by_its_own_seed(self) -> Self {
        let seed = self.known.and_then(|known| known.get(SEED)?.as_str()).map(Seed::new);
        Self { seed: seed.unwrap_or(self.seed), ..self }
    }

    /// Whether an id or amount is text; the platform writes both either way.
    fn is_text(&self) -> bool {
        match self.form {
            Form::Text => true,
            Form::Number => false,
            _ => self.as_text,
        }
    }
}

/// The text of a known scalar.
fn plain(known: &Value) -> Option<String> {
    match known {
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

fn code(codes: &Codes, words: &Words, seed: Seed) -> String {
    let value = seed.pick(codes.values).map(|value| value.wire.to_string());
    value.unwrap_or_else(|| if codes.numeric { "1".to_string() } else { words.text(seed) })
}

/// A moment as the platform writes it: `yyyy-MM-dd HH:mm:ss` in Beijing.
pub(crate) fn beijing_time(time: Time) -> String {
    // A time that is made from milliseconds is shown in Beijing's.
    let shown = Time::from_millis(time.as_millis()).map(|time| time.to_string()).unwrap_or_default();
    shown.get(..19).unwrap_or_default().replace('T', " ")
}
