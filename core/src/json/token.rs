//! One JSON value as the text that the wire holds, so that no number is rounded on its way.

/// A JSON value, not yet interpreted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// The digits of a number.
    Number(&'a str),
    /// What stands between the quotes, escapes untouched.
    Text(&'a str),
    /// A list, whole.
    List(&'a str),
    /// An object, whole.
    Object(&'a str),
}

impl<'a> Token<'a> {
    /// The value whose JSON text is `text`; the parser has checked it.
    pub fn of(text: &'a str) -> Self {
        match text.as_bytes().first() {
            Some(b'"') => Token::Text(text.get(1..text.len().saturating_sub(1)).unwrap_or_default()),
            Some(b'{') => Token::Object(text),
            Some(b'[') => Token::List(text),
            Some(b't') => Token::Bool(true),
            Some(b'f') => Token::Bool(false),
            Some(b'n') | None => Token::Null,
            Some(_) => Token::Number(text),
        }
    }

    /// What it is, for messages. Never the content, which may be private.
    pub fn describe(&self) -> &'static str {
        match self {
            Token::Null => "null",
            Token::Bool(_) => "true or false",
            Token::Number(digits) if digits.bytes().all(|b| b.is_ascii_digit() || b == b'-') => "a whole number",
            Token::Number(_) => "a number with a fraction or exponent",
            Token::Text("") => "empty text",
            Token::Text(_) => "text",
            Token::List(_) => "a list",
            Token::Object(_) => "an object",
        }
    }
}
