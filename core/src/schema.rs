//! The shape of requests and replies as constant tables: no code per endpoint.

/// An object: its fields, and whether it takes extra ones.
#[derive(Debug)]
pub struct Schema {
    /// The struct's name, in UpperCamelCase.
    #[cfg(feature = "docs")]
    pub name: &'static str,
    /// The fields, in the order in which they are written.
    pub fields: &'static [Field],
    /// Whether a request may hold fields that the table does not list.
    pub extra: bool,
    /// The Rust module in which it is declared: its name in other languages follows from there.
    #[cfg(feature = "docs")]
    pub module: &'static str,
    /// What the object is.
    #[cfg(feature = "docs")]
    pub doc: &'static str,
}

/// One field of an object.
#[derive(Debug)]
pub struct Field {
    /// Our name, the platform's and any other spellings, with spaces between; only ours where they are all the same.
    /// One text in the place of three keeps the tables small.
    pub spellings: &'static str,
    /// The length of our name; 0 where there is no other, which tables of a module are smaller for.
    pub name_length: u8,
    /// The kind of value.
    pub kind: Kind,
    /// How the value is written on the wire.
    pub form: Form,
    /// The index of the field that follows in the order of the wire names; the last one's is the first's. Platforms
    /// write fields in the order of declaration or of names, and the reader looks there first.
    pub next: u8,
    /// Whether a request is refused without it. Says nothing about replies, where any field may be absent.
    pub required: bool,
    /// Whether only the platform behind the vendor shows the field, or what is said of it.
    #[cfg(feature = "docs")]
    pub upstream: bool,
    /// Meaning, units and known values.
    #[cfg(feature = "docs")]
    pub doc: &'static str,
}

/// What a value is, independent of how the wire writes it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// Any JSON.
    Any,
    /// An exact decimal number.
    Amount,
    /// True or false.
    Bool,
    /// One of a set of values that may grow.
    Code(&'static Codes),
    /// A binary floating-point number: measures, never money.
    Float,
    /// An identifier, of digits or opaque text.
    Id,
    /// A whole number.
    Int,
    /// Values of one kind.
    List(&'static Kind),
    /// An object.
    Object(&'static Schema),
    /// Text.
    Text,
    /// A moment, with its offset from UTC.
    Time,
}

/// How a value is written on the wire, where its kind leaves a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// The kind's usual form: text for ids and times, a number for amounts and whole numbers.
    Plain,
    /// As text, where a number is usual.
    Text,
    /// As a number, where text is usual; for times, milliseconds since 1970.
    Number,
    /// As a string that holds the value's JSON text.
    Embedded,
}

/// The known values of a [`Kind::Code`].
#[derive(Debug)]
pub struct Codes {
    /// The enumeration's name, in UpperCamelCase.
    #[cfg(feature = "docs")]
    pub name: &'static str,
    /// Whether the wire writes whole numbers.
    pub numeric: bool,
    /// The Rust module in which it is declared: its name in other languages follows from there.
    #[cfg(feature = "docs")]
    pub module: &'static str,
    /// What the set is.
    #[cfg(feature = "docs")]
    pub doc: &'static str,
    /// The values that are published; others occur.
    #[cfg(feature = "docs")]
    pub values: &'static [CodeValue],
}

/// One published value of a set of codes.
#[cfg(feature = "docs")]
#[derive(Debug)]
pub struct CodeValue {
    /// The value on the wire.
    pub wire: &'static str,
    /// Its name in hosts, in UpperCamelCase.
    pub name: &'static str,
    /// What it says.
    pub doc: &'static str,
}

/// The most fields that one object may have: the decoder marks those it has seen in one word.
pub const MAX_FIELDS: usize = 128;

impl Schema {
    /// The field that `key` names, in any of its spellings. Those that follow the `previous` one are tried first.
    pub(crate) fn position(&self, key: &str, previous: Option<usize>) -> Option<usize> {
        let after = previous.map_or(0, |previous| previous + 1);
        if self.fields.get(after).is_some_and(|field| field.is_written(key)) {
            return Some(after);
        }
        let next = previous.and_then(|previous| self.fields.get(previous)).map(|field| usize::from(field.next));
        if let Some(next) = next.filter(|next| self.fields.get(*next).is_some_and(|field| field.is_written(key))) {
            return Some(next);
        }
        // What is left out of requests is many fields, in their order.
        let called = |(_, field): &(usize, &Field)| field.is_called(key);
        let mut fields = self.fields.iter().enumerate();
        let behind = fields.by_ref().skip(after).find(called);
        behind.or_else(|| self.fields.iter().enumerate().take(after).find(called)).map(|(index, _)| index)
    }

    /// The field that `key` names in snake_case. The platform behind the vendor writes names so, and the vendor some of
    /// them: replies are read under both. Of a request it would be a guess.
    #[cold]
    pub(crate) fn in_snake_case(&self, key: &str) -> Option<usize> {
        key.bytes().any(|byte| byte == b'_').then(|| self.fields.iter().position(|field| field.is_snake(key)))?
    }

    /// The field with this name, in any of its spellings.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.position(key, None).map(|index| &self.fields[index])
    }
}

impl Field {
    /// Our name, in camelCase: the key in canonical JSON.
    #[inline(always)]
    pub fn name(&self) -> &'static str {
        if self.has_one_name() {
            return self.spellings;
        }
        self.spellings.get(..usize::from(self.name_length)).unwrap_or(self.spellings)
    }

    /// The platform's name, misspellings included: the key on the wire.
    #[inline(always)]
    pub fn wire(&self) -> &'static str {
        if self.has_one_name() { self.spellings } else { self.others().next().unwrap_or(self.spellings) }
    }

    /// Other spellings that replies have been seen with.
    pub fn aliases(&self) -> impl Iterator<Item = &'static str> {
        self.others().skip(1)
    }

    fn others(&self) -> impl Iterator<Item = &'static str> {
        self.spellings.get(usize::from(self.name_length) + 1..).into_iter().flat_map(|rest| rest.split(' '))
    }

    /// Whether ours is the only name.
    #[inline(always)]
    pub(crate) fn has_one_name(&self) -> bool {
        self.name_length == 0
    }

    fn is_written(&self, key: &str) -> bool {
        if self.has_one_name() { self.spellings == key } else { self.wire() == key }
    }

    fn is_snake(&self, key: &str) -> bool {
        self.spellings.split(' ').any(|spelling| is_snake_of(key, spelling))
    }

    fn is_called(&self, key: &str) -> bool {
        if self.has_one_name() {
            self.spellings == key
        } else {
            self.spellings.split(' ').any(|spelling| spelling == key)
        }
    }
}

/// Whether `key` is `name` once each letter after an underscore is a capital.
fn is_snake_of(key: &str, name: &str) -> bool {
    let mut name = name.bytes();
    let mut after = false;
    for byte in key.bytes() {
        if byte == b'_' && !after {
            after = true;
            continue;
        }
        let expected = if after { byte.to_ascii_uppercase() } else { byte };
        if name.next() != Some(expected) {
            return false;
        }
        after = false;
    }
    name.next().is_none()
}

impl Kind {
    /// The kind in plain words, for messages.
    pub fn describe(&self) -> &'static str {
        match self {
            Kind::Any => "a value",
            Kind::Amount => "an amount",
            Kind::Bool => "true or false",
            Kind::Code(_) => "a code",
            Kind::Float => "a number",
            Kind::Id => "an id",
            Kind::Int => "a whole number",
            Kind::List(_) => "a list",
            Kind::Object(_) => "an object",
            Kind::Text => "text",
            Kind::Time => "a time",
        }
    }
}
