//! Calls by words.

use super::words::WORDS;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use xportcn::Endpoint;
use xportcn_core::catalogue::ENDPOINTS;

/// What a word is worth where it stands in an id, a title, the rest of a documentation, or a field's name.
const WORTH: [f64; 4] = [6.0, 4.0, 1.0, 1.0];

/// What a whole word is worth beside its beginning.
const WHOLE: f64 = 1.5;

struct Indexed {
    row: &'static Endpoint,
    /// The words of an id, a title, the rest of a documentation, and of fields' names.
    words: [BTreeSet<String>; 4],
}

static INDEX: LazyLock<Vec<Indexed>> = LazyLock::new(|| ENDPOINTS.iter().map(|row| Indexed::new(row)).collect());

/// The calls that fit these words, in English or Chinese, best first. All of them where there are no words.
pub fn search(query: &str) -> Vec<&'static Endpoint> {
    let wanted = wanted(query);
    if wanted.is_empty() {
        return if query.trim().is_empty() { ENDPOINTS.to_vec() } else { Vec::new() };
    }
    let worth: Vec<f64> = wanted.iter().map(|word| rarity(word)).collect();
    let mut found: Vec<(f64, &'static Endpoint)> = INDEX
        .iter()
        .filter_map(|indexed| {
            let score: f64 = wanted.iter().zip(&worth).map(|(word, worth)| worth * indexed.score(word)).sum();
            (score > 0.0).then_some((score, indexed.row))
        })
        .collect();
    // Equal ones stay in the order of the reference.
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    found.into_iter().map(|(_, row)| row).collect()
}

impl Indexed {
    fn new(row: &'static Endpoint) -> Self {
        let rest = row.doc.lines().skip(1).collect::<Vec<_>>().join(" ");
        let fields = row.request.fields.iter().map(|field| spaced(field.name())).collect::<Vec<_>>().join(" ");
        let mut id = words(row.id);
        // `after_sale` is one word, and two.
        id.extend(row.id.split('.').map(str::to_string));
        Self { row, words: [id, words(row.title()), words(&rest), words(&fields)] }
    }

    fn score(&self, word: &str) -> f64 {
        let of = |(worth, words): (f64, &BTreeSet<String>)| {
            if words.contains(word) {
                return worth * WHOLE;
            }
            let begins = |known: &String| {
                let [short, long] = if known.len() < word.len() { [known, word] } else { [word, known.as_str()] };
                short.len() >= 4 && long.starts_with(short)
            };
            if words.iter().any(begins) { worth } else { 0.0 }
        };
        WORTH.into_iter().zip(&self.words).map(of).sum()
    }
}

/// Words that many calls have tell less.
fn rarity(word: &str) -> f64 {
    let having = INDEX.iter().filter(|indexed| indexed.score(word) > 0.0).count();
    (1.0 + INDEX.len() as f64 / (1.0 + having as f64)).ln()
}

/// The words that a question stands for.
fn wanted(query: &str) -> BTreeSet<String> {
    let query = query.to_lowercase();
    let mut wanted = words(&query);
    let mut rest = query.clone();
    for (spellings, meaning) in WORDS {
        for spelling in *spellings {
            let is_there = match spelling.is_ascii() {
                true => spelling.split(' ').all(|part| wanted.contains(part)),
                false => rest.contains(spelling),
            };
            if is_there {
                wanted.extend(words(meaning));
                wanted.extend(meaning.split(' ').map(str::to_string));
                if !spelling.is_ascii() {
                    rest = rest.replace(spelling, " ");
                }
            }
        }
    }
    wanted.retain(|word| word.is_ascii());
    wanted
}

/// The words of a text, in lower case; of plurals the singular too.
fn words(text: &str) -> BTreeSet<String> {
    let text = text.to_lowercase();
    let plain = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 1);
    let mut words: BTreeSet<String> = plain.map(str::to_string).collect();
    let singular = words.iter().filter(|word| word.len() > 3).filter_map(|word| word.strip_suffix('s'));
    let singular: Vec<String> = singular.map(str::to_string).collect();
    words.extend(singular);
    words
}

/// `orderLineList` as `order Line List`.
fn spaced(name: &str) -> String {
    name.chars().flat_map(|letter| letter.is_uppercase().then_some(' ').into_iter().chain([letter])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_found_by_words_in_two_languages() {
        for (query, expected) in [
            ("pay a taobao order", "taobao.order.pay"),
            ("淘宝订单付款", "taobao.order.pay"),
            ("search 1688 by image", "alibaba.product.image_search"),
            ("1688 图片搜索", "alibaba.product.image_search"),
            ("购物车列表", "taobao.cart.list"),
            ("refund reasons", "alibaba.after_sale.reasons"),
            ("退款原因", "alibaba.after_sale.reasons"),
            ("track parcel of taobao order", "taobao.order.logistics"),
            ("物流", "taobao.order.logistics"),
            ("得物 商品详情", "poizon.product.detail"),
            ("taobao.order.get", "taobao.order.get"),
            ("save address", "address.save"),
            ("海外运费 预览", "warehouse.preview_freight"),
        ] {
            let found: Vec<_> = search(query).into_iter().take(3).map(|row| row.id).collect();
            assert!(found.contains(&expected), "{query}: {found:?}");
        }
        assert!(search("xyzzy").is_empty());
        assert_eq!(search("").len(), ENDPOINTS.len());
    }
}
