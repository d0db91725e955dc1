//! The catalogue: every id is a product, and always the same one.

use super::example;
use super::market::Market;
use crate::sample::{Seed, title};

/// A product with its variants. Amounts are in fen.
#[derive(Clone, Debug)]
pub(crate) struct Product {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) image: String,
    /// Freight of an order of this product alone.
    pub(crate) freight: i64,
    pub(crate) seller: Seller,
    pub(crate) variants: Vec<Variant>,
}

/// What can be ordered of a product: one size in one colour.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub(crate) sku_id: String,
    /// The same variant, as lines of 1688 orders name it.
    pub(crate) spec_id: String,
    /// Price of one piece, in fen.
    pub(crate) price: i64,
    pub(crate) stock: i64,
    /// What makes it differ from the others.
    pub(crate) colour: &'static str,
}

/// Who sells a product.
#[derive(Clone, Debug)]
pub(crate) struct Seller {
    pub(crate) id: String,
    pub(crate) open_id: String,
    pub(crate) name: &'static str,
}

/// Sellers that there are.
const SELLERS: usize = 40;
const COLOURS: [&str; 4] = ["黑色", "红色", "蓝色", "白色"];
const SHOPS: [&str; 4] = ["山海鞋业旗舰店", "晴川服饰", "云帆箱包", "南风百货"];

impl Product {
    pub(crate) fn of(market: Market, id: &str) -> Self {
        let seed = Seed::new(market.catalogue()).of(id);
        let price = 990 + amount(seed.of("price"), 90_000);
        let count = 1 + index(seed.of("variants"), 3);
        let mut variants: Vec<Variant> = (0..count).map(|at| Variant::of(seed, at, price)).collect();
        let examples = example::variants(id).map(|variant| Variant::of_example(seed, variant));
        variants.extend(examples);
        Self {
            id: id.to_string(),
            title: title(seed.of("title")),
            image: format!("https://img.example.com/{}.jpg", seed.of("image").hex_id()),
            freight: if example::variants(id).next().is_some() { 0 } else { 200 * amount(seed.of("freight"), 6) },
            seller: Seller::of(market, seller_number(market, id)),
            variants,
        }
    }

    /// The lowest price of its variants, which lists show.
    pub(crate) fn price(&self) -> i64 {
        self.variants.iter().map(|variant| variant.price).min().unwrap_or_default()
    }

    pub(crate) fn stock(&self) -> i64 {
        self.variants.iter().map(|variant| variant.stock).sum()
    }

    /// The variant of this SKU id or spec id; without one, the first.
    pub(crate) fn variant(&self, id: Option<&str>) -> Option<&Variant> {
        match id {
            Some(id) => self.variants.iter().find(|variant| variant.sku_id == id || variant.spec_id == id),
            None => self.variants.first(),
        }
    }
}

impl Variant {
    fn of(product: Seed, at: usize, price: i64) -> Self {
        let seed = product.of("variant").at(at);
        Self {
            // Thirteen digits, as on Taobao; the last one keeps a product's variants apart.
            sku_id: format!("{}{at}", 400_000_000_000 + seed.of("sku").below(500_000_000_000)),
            spec_id: seed.of("spec").hex_id(),
            price: price + 150 * i64::try_from(at).unwrap_or_default(),
            stock: 1000 + amount(seed.of("stock"), 9000),
            colour: COLOURS[at % COLOURS.len()],
        }
    }

    /// A variant that an example names. It costs one fen, as in the example that creates an order.
    fn of_example(product: Seed, id: &str) -> Self {
        let seed = product.of(id);
        let is_sku = id.bytes().all(|byte| byte.is_ascii_digit());
        let (sku_id, spec_id) = if is_sku { (id.into(), seed.hex_id()) } else { (seed.long_id(), id.into()) };
        Self { sku_id, spec_id, price: 1, stock: 10_000, colour: COLOURS[0] }
    }
}

impl Seller {
    fn of(market: Market, number: usize) -> Self {
        let seed = Seed::new("seller").of(market.catalogue()).at(number);
        Self {
            id: seed.long_id(),
            open_id: format!("BBB{}", &seed.hex_id()[..22]),
            name: SHOPS.get(number % SHOPS.len()).copied().unwrap_or_default(),
        }
    }
}

/// The products of a list: as many as asked for, those of one seller only if one of that open id is known.
pub(crate) fn pick_items(market: Market, seed: Seed, seller: Option<&str>, count: usize) -> Vec<String> {
    let seller = seller.and_then(|id| (0..SELLERS).find(|number| Seller::of(market, *number).open_id == id));
    let ids = (0..).map(|at| (600_000_000_000 + seed.at(at).below(390_000_000_000)).to_string());
    let fits = |id: &String| seller.is_none_or(|seller| seller_number(market, id) == seller);
    ids.filter(fits).take(count).collect()
}

fn seller_number(market: Market, item: &str) -> usize {
    index(Seed::new(market.catalogue()).of(item).of("seller"), SELLERS)
}

fn amount(seed: Seed, end: u32) -> i64 {
    i64::try_from(seed.below(u64::from(end))).unwrap_or_default()
}

fn index(seed: Seed, end: usize) -> usize {
    usize::try_from(seed.below(end as u64)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_always_the_same() {
        let product = Product::of(Market::Taobao, "672991141190");
        let again = Product::of(Market::Taobao, "672991141190");
        assert_eq!(format!("{product:?}"), format!("{again:?}"));
        assert_ne!(product.variants[0].sku_id, Product::of(Market::Taobao, "672991141191").variants[0].sku_id);
    }

    #[test]
    fn a_sellers_products_are_the_sellers() {
        let seller = Product::of(Market::Alibaba, "600000000001").seller;
        let items = pick_items(Market::Alibaba, Seed::new("list"), Some(&seller.open_id), 30);
        assert_eq!(items.len(), 30);
        for item in items {
            assert_eq!(Product::of(Market::Alibaba, &item).seller.id, seller.id);
        }
    }
}
