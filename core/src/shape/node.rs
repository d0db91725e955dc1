//! One place of a reply, and the walk through a reply that finds them.

use super::fits::fits;
use super::name;
use crate::codec::embedded_text;
use crate::json::{Broken, Next, Source, Token, each_member};
use crate::schema::{Form, Kind, Schema};
use alloc::string::String;
use alloc::vec::Vec;

/// What stood at one place of all replies of a row.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// The name as the platform writes it; [`ITEMS`] for those of a list, [`HIDDEN`] for members whose names may be data.
    pub(super) name: String,
    /// The place among the fields of the table, if it has one.
    pub(super) known: Option<usize>,
    /// What the table says of objects here.
    pub(super) schema: Option<&'static Schema>,
    /// How often each of [`TYPES`] was there.
    pub(super) types: [u32; TYPES.len()],
    /// The fewest and the most digits of whole numbers and of text of digits.
    pub(super) digits: Option<(usize, usize)>,
    /// How often it was of another type than the table's.
    pub(super) misfits: u32,
    /// What was in it.
    pub(super) members: Vec<Node>,
    /// Whether the names of its members, beside the known ones, are not shown.
    is_map: bool,
}

/// The types that are told apart. A whole number is a `number`, and text of nothing but digits is `digits`.
pub(super) const TYPES: [&str; 8] = ["null", "bool", "number", "fraction", "digits", "text", "list", "object"];

const NULL: usize = 0;
const BOOL: usize = 1;
const NUMBER: usize = 2;
const FRACTION: usize = 3;
const DIGITS: usize = 4;
const TEXT: usize = 5;
const LIST: usize = 6;
const OBJECT: usize = 7;

/// The name of the elements of a list.
const ITEMS: &str = "[]";
/// The name of members whose names are not shown.
const HIDDEN: &str = "?";

/// Levels that are looked into.
const DEEPEST: usize = 20;

/// Members of one type in an object without a table: from here on they are taken for entries of a map.
const ALIKE: usize = 17;

/// Members that no table has, of one object.
const MOST_MEMBERS: usize = 200;

/// The longest digits that are counted one by one: there is no number, id or time that needs more.
const MOST_DIGITS: usize = 40;

/// The way through one reply.
pub(super) struct Walk<'a> {
    /// The reply.
    pub(super) text: &'a str,
    /// What no name may hold.
    pub(super) private: &'a [&'a str],
    /// What stands around the content, if anything does. The last of its fields is the content.
    pub(super) envelope: Option<&'static Kind>,
    /// What the table says of the content.
    pub(super) content: &'static Kind,
    /// Places that may still be added.
    pub(super) left: usize,
}

impl Walk<'_> {
    /// Looks at the whole reply.
    pub(super) fn document(&mut self, node: &mut Node) -> Result<(), Broken> {
        let kind = self.envelope.unwrap_or(self.content);
        self.value(&mut Source::new(self.text), node, kind, Form::Plain, 0)
    }

    fn value(
        &mut self,
        source: &mut Source<'_>,
        node: &mut Node,
        kind: &'static Kind,
        form: Form,
        depth: usize,
    ) -> Result<(), Broken> {
        match source.peek()? {
            b'{' if depth < DEEPEST => self.object(source, node, kind, depth),
            b'[' if depth < DEEPEST => self.list(source, node, kind, form, depth),
            _ => {
                let (token, span) = source.token()?;
                if let (Token::Text(_), Form::Embedded) = (token, form)
                    && let Some(json) = embedded_text(source.get(span))
                {
                    node.see(TEXT);
                    // Text that is no JSON is another type, and costs no more than itself.
                    let embedded = self.value(&mut Source::new(&json), node, kind, Form::Plain, depth);
                    node.misfits += u32::from(embedded.is_err());
                    return Ok(());
                }
                node.note(&token);
                node.misfits += u32::from(!fits(kind, &token));
                Ok(())
            }
        }
    }

    fn object(
        &mut self,
        source: &mut Source<'_>,
        node: &mut Node,
        kind: &'static Kind,
        depth: usize,
    ) -> Result<(), Broken> {
        node.see(OBJECT);
        let any = matches!(kind, Kind::Any);
        match kind {
            Kind::Object(schema) => node.schema = Some(schema),
            _ => node.misfits += u32::from(!any),
        }
        each_member(source, &mut |source, name| {
            let known = node.schema.and_then(|schema| schema.position(&name, None).map(|at| (at, &schema.fields[at])));
            let (kind, form) = match known {
                Some((at, field)) if depth == 0 && self.is_content(node, at) => (self.content, field.form),
                Some((_, field)) => (&field.kind, field.form),
                None => (&Kind::Any, Form::Plain),
            };
            let member = self.member(node, &name, known.map(|(at, _)| at));
            self.value(source, member, kind, form, depth + 1)
        })
    }

    /// Whether this field of the outermost object is the content.
    fn is_content(&self, node: &Node, at: usize) -> bool {
        self.envelope.is_some() && node.schema.is_some_and(|schema| at + 1 == schema.fields.len())
    }

    fn list(
        &mut self,
        source: &mut Source<'_>,
        node: &mut Node,
        kind: &'static Kind,
        form: Form,
        depth: usize,
    ) -> Result<(), Broken> {
        node.see(LIST);
        let kind = match kind {
            Kind::List(element) => element,
            _ => {
                node.misfits += u32::from(!matches!(kind, Kind::Any));
                &Kind::Any
            }
        };
        source.open()?;
        let mut first = true;
        while source.next(first, b']')? == Next::More {
            first = false;
            let item = self.place(node, ITEMS, Some(0));
            self.value(source, item, kind, form, depth + 1)?;
        }
        Ok(())
    }

    /// The place of a member.
    fn member<'n>(&mut self, node: &'n mut Node, name: &str, known: Option<usize>) -> &'n mut Node {
        let is_there = node.members.iter().any(|member| member.name == name);
        if known.is_some() || is_there {
            return self.place(node, name, known);
        }
        let others = node.members.iter().filter(|member| member.known.is_none()).count();
        node.is_map |= self.left == 0
            || others >= MOST_MEMBERS
            || !name::is_shown(name, self.private, self.text)
            || (others + 1 >= ALIKE && others == node.members.len() && node.are_alike());
        if !node.is_map {
            return self.place(node, name, None);
        }
        // One name that may be data makes all of them so. One of their shapes stands for all.
        let mut is_first = true;
        node.members.retain_mut(|member| {
            let keep = member.known.is_some() || ::core::mem::take(&mut is_first);
            if member.known.is_none() {
                member.name = HIDDEN.into();
            }
            keep
        });
        self.place(node, HIDDEN, None)
    }

    fn place<'n>(&mut self, node: &'n mut Node, name: &str, known: Option<usize>) -> &'n mut Node {
        let at = node.members.iter().position(|member| member.name == name).unwrap_or_else(|| {
            self.left = self.left.saturating_sub(1);
            node.members.push(Node { name: name.into(), known, ..Node::default() });
            node.members.len() - 1
        });
        &mut node.members[at]
    }
}

impl Node {
    /// Whether each of its members was of one and the same type.
    fn are_alike(&self) -> bool {
        let types = |node: &Node| node.types.map(|times| times > 0);
        self.members.windows(2).all(|pair| types(&pair[0]) == types(&pair[1]))
    }

    fn see(&mut self, index: usize) {
        self.types[index] = self.types[index].saturating_add(1);
    }

    fn note(&mut self, token: &Token<'_>) {
        let (index, digits) = match token {
            Token::Null => (NULL, None),
            Token::Bool(_) => (BOOL, None),
            Token::Number(digits) => {
                let digits = digits.trim_start_matches('-');
                if is_digits(digits) { (NUMBER, Some(digits)) } else { (FRACTION, None) }
            }
            Token::Text(text) if is_digits(text) => (DIGITS, Some(*text)),
            Token::Text(_) => (TEXT, None),
            Token::List(_) => (LIST, None),
            Token::Object(_) => (OBJECT, None),
        };
        self.see(index);
        if let Some(digits) = digits {
            let count = digits.len().min(MOST_DIGITS);
            let (fewest, most) = self.digits.unwrap_or((count, count));
            self.digits = Some((fewest.min(count), most.max(count)));
        }
    }
}

/// Whether the text is made of digits.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
