//! Reads a JSON list into a vector of typed values.

use super::json::{Broken, Next, Source};
use super::model::unfit;
use super::{Context, Path};
use crate::values::Value;
use alloc::vec::Vec;

/// Reads a list. Elements that are null or do not fit are left out, with a warning, so that hosts need no holes.
pub(crate) fn decode_list<T: Value>(
    source: &mut Source<'_>,
    context: &mut Context,
    path: &Path<'_>,
) -> Result<Option<Vec<T>>, Broken> {
    if source.peek()? != b'[' {
        return unfit(source, "a list", context, path).map(|()| None);
    }
    source.open()?;
    let mut list = Vec::new();
    let mut index = 0;
    while source.next(index == 0, b']')? == Next::More {
        let path = Path::Index(path, index);
        index += 1;
        // A misfit has noted itself; a null is noted here.
        let before = context.noticed();
        match T::decode(source, context, &path)? {
            Some(element) => {
                context.charge::<Broken>(size_of::<T>(), &path)?;
                list.push(element);
            }
            None if context.noticed() == before => context.misfit::<Broken>(&T::KIND, "null", &path)?,
            None => {}
        }
    }
    Ok(Some(list))
}
