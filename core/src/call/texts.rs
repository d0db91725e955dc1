//! Texts by name, as settings have them.

use ::core::ops::Index;
use alloc::string::String;
use alloc::vec::Vec;

/// Texts by name, in the order in which they were given. There are few of them, so they are a list: a tree of the standard
/// library would weigh more than all that is done with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(Vec<(String, String)>);

impl Texts {
    /// No texts.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Gives the name another text; the one before it comes back.
    pub fn insert(&mut self, name: String, text: String) -> Option<String> {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, kept)) => Some(::core::mem::replace(kept, text)),
            None => {
                self.0.push((name, text));
                None
            }
        }
    }

    /// The text of a name.
    pub fn get(&self, name: &str) -> Option<&String> {
        self.iter().find(|(known, _)| *known == name).map(|(_, text)| text)
    }

    /// Whether there is a text of this name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Names and texts.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &String)> {
        self.0.iter().map(|(name, text)| (name, text))
    }

    /// Names.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.iter().map(|(name, _)| name)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Extend<(String, String)> for Texts {
    fn extend<I: IntoIterator<Item = (String, String)>>(&mut self, texts: I) {
        texts.into_iter().for_each(|(name, text)| drop(self.insert(name, text)));
    }
}

impl FromIterator<(String, String)> for Texts {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(texts: I) -> Self {
        let mut all = Self::new();
        all.extend(texts);
        all
    }
}

impl<const N: usize> From<[(String, String); N]> for Texts {
    fn from(texts: [(String, String); N]) -> Self {
        texts.into_iter().collect()
    }
}

impl Index<&str> for Texts {
    type Output = String;

    /// Panics if there is no text of this name.
    fn index(&self, name: &str) -> &String {
        self.get(name).expect("there is a text of this name")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn a_name_has_one_text_in_the_place_where_it_was_first_given() {
        let pair = |name: &str, text: &str| (name.to_string(), text.to_string());
        let mut texts = Texts::from([pair("b", "1"), pair("a", "2")]);
        assert_eq!(texts.insert("b".into(), "3".into()), Some("1".to_string()));
        texts.extend([pair("c", "4")]);
        assert_eq!(texts.keys().collect::<Vec<_>>(), ["b", "a", "c"]);
        assert_eq!((texts["b"].as_str(), texts.get("d"), texts.contains_key("c")), ("3", None, true));
    }
}
