//! The name that was probably meant: for fields, settings, options and ids that nobody knows.

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
    let mut least = wanted.len() / 3;
    let mut nearest = None;
    for candidate in candidates {
        let changes = distance(&wanted, &plain(candidate));
        if changes < least || changes == least && nearest.is_none() {
            (least, nearest) = (changes, Some(candidate));
        }
    }
    nearest
}

/// A name's letters without what spellings differ in. All names are ASCII; of what is not, each byte is a letter.
fn plain(name: &str) -> Vec<u8> {
    let mut plain = name.as_bytes().to_ascii_lowercase();
    plain.retain(|byte| !matches!(byte, b'_' | b'-'));
    plain
}

/// How many letters to change to make one name of the other.
fn distance(one: &[u8], other: &[u8]) -> usize {
    // The distances between the names' beginnings, row by row.
    let width = other.len() + 1;
    let mut table: Vec<usize> = (0..width).collect();
    for (i, a) in one.iter().enumerate() {
        table.push(i + 1);
        for (j, b) in other.iter().enumerate() {
            let above = i * width + j;
            let replaced = table[above] + usize::from(a != b);
            let mut least = replaced.min(table[above + 1] + 1).min(table[above + width] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(table[above - width - 1] + 1);
            }
            table.push(least);
        }
    }
    table[one.len() * width + other.len()]
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
