//! Tools that only read: calls by words, one call, and what it answers.

use super::Agent;
use super::arguments::Arguments;
use crate::answer::Answer;
use crate::asking::ask;
use crate::catalogue::{describe, evidence, named, search};
use crate::guard::Refusal;
use crate::path;
use serde_json::{Value, json};
use xportcn_core::endpoint::Safety;

/// How many calls a search shows.
const SHOWN: usize = 20;

pub fn search_calls(arguments: &mut Arguments) -> Result<Answer, Refusal> {
    let query = arguments.text_if_any("query")?.unwrap_or_default();
    let writes = arguments.flag("writes")?;
    let from = arguments.number("from", 0, 1000, 0)?;
    arguments.end()?;
    let is_wanted = |is_write: bool| writes.is_none_or(|writes| writes == is_write);
    let found = search(&query).into_iter().filter(|row| is_wanted(row.safety == Safety::Write));
    let found: Vec<_> = found.collect();
    let shown = found.iter().skip(usize::try_from(from).unwrap_or(usize::MAX)).take(SHOWN);
    let calls = shown.map(|row| {
        json!({"call": row.id, "title": row.title(), "writes": row.safety == Safety::Write, "evidence": evidence(row)["path"]})
    });
    Ok(Answer::own(json!({"calls": calls.collect::<Vec<_>>(), "total": found.len()})))
}

pub fn describe_call(arguments: &mut Arguments) -> Result<Answer, Refusal> {
    let row = named(&arguments.text("call")?)?;
    let with_reply = arguments.flag("reply")?.unwrap_or(false);
    arguments.end()?;
    Ok(Answer::own(describe(row, with_reply)))
}

impl Agent {
    pub(super) async fn read(&self, arguments: &mut Arguments) -> Result<Answer, Refusal> {
        let row = named(&arguments.text("call")?)?;
        let params = arguments.params()?;
        let part = Part::of(arguments)?;
        arguments.end()?;
        let data = ask(&self.client, row.id, &params).await?;
        Ok(Answer::foreign(json!({"call": row.id}), part.take(data)?))
    }
}

/// A part of data that is asked for.
pub struct Part {
    select: String,
    from: usize,
}

impl Part {
    pub fn of(arguments: &mut Arguments) -> Result<Self, Refusal> {
        let select = arguments.text_if_any("select")?.unwrap_or_default();
        let from = usize::try_from(arguments.number("from", 0, 1_000_000, 0)?).unwrap_or(usize::MAX);
        Ok(Self { select, from })
    }

    /// The part, from an element of a list or a letter of a text on.
    pub fn take(&self, data: Value) -> Result<Value, Refusal> {
        let nowhere = || Refusal::invalid(format!("there is nothing at `{}` in the data", self.select));
        let part = match self.select.contains("[]") {
            true => path::all(&data, &self.select).into_iter().cloned().collect(),
            false => path::at(&data, &self.select).cloned().ok_or_else(nowhere)?,
        };
        Ok(match part {
            Value::Array(list) => list.into_iter().skip(self.from).collect(),
            Value::String(text) if self.from > 0 => text.chars().skip(self.from).collect::<String>().into(),
            other => other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_taken_by_its_path() {
        let data = json!({"list": [{"a": 1}, {"a": 2}, {"a": 3}], "text": "abc"});
        for (select, from, expected) in [
            ("", 0, data.clone()),
            ("list", 2, json!([{"a": 3}])),
            ("list[].a", 1, json!([2, 3])),
            ("list[1].a", 0, json!(2)),
            ("text", 1, json!("bc")),
        ] {
            assert_eq!(Part { select: select.into(), from }.take(data.clone()).unwrap(), expected, "{select}");
        }
        assert!(Part { select: "other".into(), from: 0 }.take(data).is_err());
    }
}
