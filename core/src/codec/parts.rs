//! The parts of an object or a list as JSON texts, for those who look at one or two of them.

use super::json::{Broken, Next, Source};
use alloc::string::String;
use alloc::vec::Vec;

/// The fields of an object, in their order; absent if the text is no JSON object.
pub fn members(json: &str) -> Option<Vec<(String, &str)>> {
    parts(json, b'{', b'}', |source, members| {
        let name = source.key()?.into_owned();
        source.colon()?;
        let (_, value) = source.token()?;
        members.push((name, source.get(value)));
        Ok(())
    })
}

/// The elements of a list; absent if the text is no JSON list.
pub fn elements(json: &str) -> Option<Vec<&str>> {
    parts(json, b'[', b']', |source, elements| {
        let (_, element) = source.token()?;
        elements.push(source.get(element));
        Ok(())
    })
}

fn parts<'a, T>(
    json: &'a str,
    open: u8,
    close: u8,
    read: impl Fn(&mut Source<'a>, &mut Vec<T>) -> Result<(), Broken>,
) -> Option<Vec<T>> {
    let mut source = Source::new(json);
    if source.peek().ok()? != open {
        return None;
    }
    source.open().ok()?;
    let mut found = Vec::new();
    while source.next(found.is_empty(), close).ok()? == Next::More {
        read(&mut source, &mut found).ok()?;
    }
    source.end().ok()?;
    Some(found)
}
