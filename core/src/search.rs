//! A text within a text.

/// Where a part of the text begins. It walks through the text step by step, as the standard library's search would weigh
/// 1 KB in WebAssembly: for texts that are short.
pub(crate) fn position(text: &str, part: &str) -> Option<usize> {
    (0..=text.len().checked_sub(part.len())?).find(|start| text.as_bytes()[*start..].starts_with(part.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_all_places_is_found() {
        for (text, part) in
            [("", ""), ("a", ""), ("", "a"), ("aab", "ab"), ("abab", "ab"), ("重复使用", "使用"), ("ab", "abc")]
        {
            assert_eq!(position(text, part), text.find(part), "{text} {part}");
        }
    }
}
