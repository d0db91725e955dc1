//! The shape of replies and messages, without their values: what a user can hand on who may not hand on data.
//!
//! Of a reply it keeps names, JSON types, how many digits whole numbers and text of digits have, and what of our tables
//! was absent, unknown or of another type. A name that no table has can be data itself, as where objects are keyed by
//! telephone numbers: the module `name` tells which are shown. What is kept is bounded in number and in depth.

mod envelope;
mod fits;
mod name;
mod node;
mod write;

use self::node::{Node, Walk};
use crate::endpoint::Endpoint;
use crate::json::{Source, Token};
use crate::push::Message;
use crate::schema::Kind;
use alloc::string::String;
use alloc::vec::Vec;

/// The shapes of all replies and messages so far, merged by row.
#[derive(Debug, Default)]
pub struct Shapes {
    rows: Vec<Row>,
    /// Places that are kept.
    places: usize,
    /// Whether something was left out because there are too many.
    cut: bool,
}

/// What the replies or messages of one row were like.
#[derive(Debug)]
struct Row {
    id: &'static str,
    seen: u32,
    statuses: Vec<Count>,
    contents: Vec<Count>,
    codes: Vec<Count>,
    body: Node,
}

/// How often something was there.
#[derive(Debug)]
struct Count {
    what: String,
    times: u32,
}

/// The row of messages that are none of the reference's.
const UNKNOWN_MESSAGE: &str = "push";

/// Places of all shapes together: some megabytes.
const MOST_PLACES: usize = 20_000;

/// Statuses or codes of a row.
const MOST_COUNTS: usize = 20;

/// Bytes of a body that is looked into. Other calls wait meanwhile.
const LARGEST: usize = 4 << 20;

/// Digits of a result code. Longer ones may be something else.
const CODE_DIGITS: usize = 6;

impl Shapes {
    /// Takes note of a reply. `private` is text that no name may hold, as the account's.
    pub fn record(&mut self, endpoint: &'static Endpoint, status: u16, body: &[u8], private: &[&str]) {
        let text = self.take(endpoint.id, Some(&envelope::REPLY), &endpoint.reply, body, private);
        let row = self.row(endpoint.id);
        count(&mut row.statuses, write::digits(status.into()));
        if let Some(code) = text.and_then(code) {
            count(&mut row.codes, code);
        }
    }

    /// Takes note of a message that the platform pushed, and of which this is the body.
    pub fn record_message(&mut self, message: &Message, body: &[u8], private: &[&str]) {
        let (id, kind, envelope) = match message.push {
            Some(push) => (push.id, &push.body, push.platform.map(|_| &envelope::MESSAGE)),
            None => (UNKNOWN_MESSAGE, &Kind::Any, Some(&envelope::MESSAGE)),
        };
        self.take(id, envelope, kind, body, private);
    }

    /// Looks at a body, and gives its text if it is JSON.
    fn take<'a>(
        &mut self,
        id: &'static str,
        envelope: Option<&'static Kind>,
        content: &'static Kind,
        body: &'a [u8],
        private: &[&str],
    ) -> Option<&'a str> {
        let mut left = MOST_PLACES.saturating_sub(self.places);
        let row = self.row(id);
        row.seen = row.seen.saturating_add(1);
        let text = ::core::str::from_utf8(body).unwrap_or_default().trim_ascii_start();
        let kind = match text.as_bytes().first() {
            _ if body.is_empty() => "empty",
            _ if body.len() > LARGEST => "large",
            Some(b'{' | b'[') => "json",
            Some(b'<') => "markup",
            _ => "other",
        };
        count(&mut row.contents, kind.into());
        if kind != "json" {
            return None;
        }
        let before = left;
        let mut walk = Walk { text, private, envelope, content, left };
        // What is cut off has a shape up to there.
        let _ = walk.document(&mut row.body);
        left = walk.left;
        self.places += before - left;
        self.cut |= left == 0;
        Some(text)
    }

    fn row(&mut self, id: &'static str) -> &mut Row {
        let index = self.rows.iter().position(|row| row.id == id).unwrap_or_else(|| {
            self.rows.push(Row::new(id));
            self.rows.len() - 1
        });
        &mut self.rows[index]
    }
}

impl Row {
    fn new(id: &'static str) -> Self {
        let (statuses, contents, codes) = (Vec::new(), Vec::new(), Vec::new());
        Self { id, seen: 0, statuses, contents, codes, body: Node::default() }
    }
}

fn count(counts: &mut Vec<Count>, what: String) {
    if let Some(count) = counts.iter_mut().find(|count| count.what == what) {
        count.times = count.times.saturating_add(1);
    } else if counts.len() < MOST_COUNTS {
        counts.push(Count { what, times: 1 });
    }
}

/// The result code of a reply, if it is a short number; `other` stands for what may be anything.
fn code(text: &str) -> Option<String> {
    let mut found = None;
    let mut source = Source::new(text);
    if source.peek().ok()? != b'{' {
        return None;
    }
    // What follows a broken member says nothing.
    let _ = crate::json::each_member(&mut source, &mut |source, name| {
        let (token, _) = source.token()?;
        if name == "code" && found.is_none() {
            let (Token::Number(shown) | Token::Text(shown)) = token else { return Ok(()) };
            let is_code = shown.len() <= CODE_DIGITS && node::is_digits(shown);
            found = Some(String::from(if is_code { shown } else { "other" }));
        }
        Ok(())
    });
    found
}
