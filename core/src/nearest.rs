//! The name that was probably meant: for fields, settings, options and ids that nobody knows.

use alloc::vec;
use alloc::vec::Vec;

/// The candidate that is nearest to a name that is none of them; absent where none is near. Case, `_` and `-` say
/// nothing; beyond them, one change in three characters is near: a character left out, put in, replaced, or two swapped.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    among(name, &mut candidates.into_iter())
}

/// Apart from its caller, which each kind of candidates has of its own.
fn among<'a>(name: &str, candidates: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    // Long names are not compared: the work grows with the product of their lengths.
    const LONGEST: usize = 64;
    let wanted = plain(name);
    if wanted.is_empty() || wanted.len() > LONGEST {
        return None;
    }
    let measured = candidates.map(|candidate| (distance(&wanted, &plain(candidate)), candidate));
    let (changes, candidate) = measured.min_by_key(|(changes, _)| *changes)?;
    (changes * 3 <= wanted.len()).then_some(candidate)
}

/// A name's characters without what spellings differ in.
fn plain(name: &str) -> Vec<char> {
    // All names are ASCII, and the tables for the case of other letters would weigh 10 KB.
    name.chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_lowercase()).collect()
}

/// How many characters to change to make one name of the other.
fn distance(one: &[char], other: &[char]) -> usize {
    // Rows of the table of distances between the names' beginnings: the one before the last, the last, and the next.
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut next = vec![i + 1; other.len() + 1];
        for (j, b) in other.iter().enumerate() {
            let replaced = last[j] + usize::from(a != b);
            let mut least = replaced.min(last[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            next[j + 1] = least;
        }
        before = ::core::mem::replace(&mut last, next);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_finds_the_one_that_was_meant() {
        let names = ["subOrderId", "goodsStatus", "refundType", "id"];
        for (name, expected) in [
            ("suborderid", Some("subOrderId")),
            ("sub_order_id", Some("subOrderId")),
            ("subOrderIds", Some("subOrderId")),
            ("goodStatus", Some("goodsStatus")),
            ("refnudType", Some("refundType")),
            ("refoundTyp", Some("refundType")),
            ("colour", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, names), expected, "{name}");
        }
        assert_eq!(nearest(&"x".repeat(100_000), names), None);
    }

    #[test]
    fn distances_are_those_of_restricted_damerau_and_levenshtein() {
        // Worked out by hand.
        for (one, other, expected) in
            [("", "abc", 3), ("kitten", "sitting", 3), ("ab", "ba", 1), ("ca", "abc", 3), ("abcd", "acbd", 1)]
        {
            assert_eq!(distance(&plain(one), &plain(other)), expected, "{one} {other}");
            assert_eq!(distance(&plain(other), &plain(one)), expected, "{other} {one}");
        }
    }
}
