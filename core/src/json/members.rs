//! The members of an object or the elements of a list as JSON texts, for those who look at one or two of them.

use super::source::{Next, Source, each_member};
use alloc::string::String;
use alloc::vec::Vec;

/// The members of an object, in their order; absent if the text is no JSON object.
pub fn members(json: &str) -> Option<Vec<(String, &str)>> {
    let mut source = Source::new(json);
    if source.peek().ok()? != b'{' {
        return None;
    }
    let mut found = Vec::new();
    each_member(&mut source, &mut |source, name| {
        let (_, value) = source.token()?;
        found.push((name.into_owned(), source.get(value)));
        Ok(())
    })
    .ok()?;
    source.end().ok()?;
    Some(found)
}

/// Three members of an object by their names; null where there is none. It needs no memory for the others.
pub(crate) fn three<'a>(json: &'a str, names: [&str; 3]) -> [&'a str; 3] {
    let mut found = ["null"; 3];
    let mut source = Source::new(json);
    if json.starts_with('{') {
        // What is no JSON has no members from there on.
        let _ = each_member(&mut source, &mut |source, name| {
            let (_, value) = source.token()?;
            for (at, wanted) in names.iter().enumerate() {
                if *wanted == name {
                    found[at] = source.get(value);
                }
            }
            Ok(())
        });
    }
    found
}

/// The elements of a list; absent if the text is no JSON list.
pub fn elements(json: &str) -> Option<Vec<&str>> {
    let mut source = Source::new(json);
    if source.peek().ok()? != b'[' {
        return None;
    }
    source.open().ok()?;
    let mut found = Vec::new();
    while source.next(found.is_empty(), b']').ok()? == Next::More {
        let (_, element) = source.token().ok()?;
        found.push(source.get(element));
    }
    source.end().ok()?;
    Some(found)
}
