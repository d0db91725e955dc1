//! Reads a JSON list into a vector of typed values.

use super::expect::Expect;
use super::{Context, Path};
use crate::values::Value;
use ::core::marker::PhantomData;
use alloc::vec::Vec;
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, SeqAccess};

/// Reads a list. Elements that are null or do not fit are left out, with a warning, so that hosts need no holes.
pub(crate) fn decode_list<'de, T: Value, D: Deserializer<'de>>(
    deserializer: D,
    context: &mut Context,
    path: &Path<'_>,
) -> Result<Option<Vec<T>>, D::Error> {
    ListOf { context, path, element: PhantomData }.read(deserializer)
}

struct ListOf<'a, T> {
    context: &'a mut Context,
    path: &'a Path<'a>,
    element: PhantomData<T>,
}

struct ElementSeed<'a, T> {
    context: &'a mut Context,
    path: &'a Path<'a>,
    element: PhantomData<T>,
}

impl<'de, T: Value> Expect<'de> for ListOf<'_, T> {
    type Value = Option<Vec<T>>;

    fn list<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        for index in 0.. {
            let path = Path::Index(self.path, index);
            let seed = ElementSeed { context: &mut *self.context, path: &path, element: PhantomData };
            match seq.next_element_seed(seed)? {
                Some(Some(element)) => {
                    self.context.charge(size_of::<T>(), &path)?;
                    list.push(element);
                }
                Some(None) => {}
                None => break,
            }
        }
        Ok(Some(list))
    }

    fn null<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn text<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        self.context.no_text("a list", text, self.path).map(|()| None)
    }

    fn other<E: Error>(self, found: &'static str) -> Result<Self::Value, E> {
        self.context.notice("a list", found, self.path).map(|()| None)
    }
}

impl<'de, T: Value> DeserializeSeed<'de> for ElementSeed<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        // A misfit has noted itself; a null is noted here.
        let before = self.context.noticed();
        let element = T::decode(deserializer, self.context, self.path)?;
        if element.is_none() && self.context.noticed() == before {
            self.context.misfit(&T::KIND, "null", self.path)?;
        }
        Ok(element)
    }
}
