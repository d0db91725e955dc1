//! Names in the cases that languages write them in.

/// A name in camelCase in snake_case; capitals that stand together stay together.
pub fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut before_is_lower = false;
    for c in name.chars() {
        if c.is_ascii_uppercase() && before_is_lower {
            out.push('_');
        }
        before_is_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// A name or id of words with underscores or dots, in UpperCamelCase.
pub fn upper_camel(name: &str) -> String {
    let words = name.split(['.', '_']).filter_map(|word| word.split_at_checked(1));
    words.map(|(first, rest)| first.to_uppercase() + rest).collect()
}

/// A name or id of words with underscores or dots, in lowerCamelCase.
pub fn lower_camel(name: &str) -> String {
    lower_first(&upper_camel(name))
}

/// A name whose first letter is small.
pub fn lower_first(name: &str) -> String {
    let (first, rest) = name.split_at_checked(1).unwrap_or((name, ""));
    first.to_lowercase() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_before_capitals_and_capitals_together_stay_together() {
        for (camel, expected) in
            [("subOrderId", "sub_order_id"), ("orderIDs", "order_ids"), ("sku2Id", "sku2_id"), ("URL", "url")]
        {
            assert_eq!(snake(camel), expected);
        }
    }

    #[test]
    fn words_are_joined_in_camel_case() {
        assert_eq!(upper_camel("taobao.after_sale"), "TaobaoAfterSale");
        assert_eq!(lower_camel("keyword_search"), "keywordSearch");
        assert_eq!(lower_camel("order"), "order");
        assert_eq!(lower_first(""), "");
    }
}
