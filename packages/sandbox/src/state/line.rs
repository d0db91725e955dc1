//! The lines of an order, and what they cost together.

use super::market::Market;
use super::product::Product;
use crate::refusal::{Reason, Refusal};
use serde::{Deserialize, Serialize};
use xportcn_core::Amount;

/// What a caller wants to order.
#[derive(Clone, Debug)]
pub(crate) struct LineRequest {
    pub(crate) item: String,
    /// SKU id or spec id; absent for a product's first variant.
    pub(crate) variant: Option<String>,
    pub(crate) quantity: Amount,
}

/// What an order costs: its lines and freight. Amounts are in fen.
#[derive(Clone, Debug)]
pub(crate) struct Quote {
    pub(crate) lines: Vec<Line>,
    pub(crate) freight: i64,
}

/// A line of an order. Amounts are in fen.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    /// Absent as long as nothing is ordered.
    pub(crate) id: String,
    pub(crate) item: String,
    pub(crate) sku_id: String,
    pub(crate) spec_id: String,
    pub(crate) title: String,
    pub(crate) image: String,
    pub(crate) colour: String,
    pub(crate) seller: String,
    pub(crate) price: i64,
    #[serde(with = "digits")]
    pub(crate) quantity: Amount,
    /// Price of all pieces; the seller may have changed it.
    pub(crate) amount: i64,
    /// The last refund that was asked for of it.
    pub(crate) refund: Option<String>,
    /// When the seller shipped it, where that was not with the whole order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) shipped: Option<i64>,
}

/// Lines that one order may have.
const MAX_LINES: usize = 200;

impl Quote {
    /// What these lines cost by the catalogue.
    ///
    /// # Errors
    /// Refuses variants that the product does not have, quantities that cannot be sold, and orders without lines.
    pub(crate) fn of(market: Market, line_requests: &[LineRequest]) -> Result<Self, Refusal> {
        if line_requests.is_empty() || line_requests.len() > MAX_LINES {
            let message = format!("an order has 1 to {MAX_LINES} lines, not {}", line_requests.len());
            return Err(Refusal::new(Reason::UnfitQuantity, message));
        }
        let mut lines = Vec::new();
        let mut freight = 0;
        for line_request in line_requests {
            let product = Product::of(market, &line_request.item);
            lines.push(Line::of(&product, line_request)?);
            freight = freight.max(product.freight);
        }
        Ok(Self { lines, freight })
    }

    /// All lines without freight.
    pub(crate) fn goods(&self) -> i64 {
        self.lines.iter().map(|line| line.amount).sum()
    }

    pub(crate) fn total(&self) -> i64 {
        self.goods() + self.freight
    }
}

impl Line {
    fn of(product: &Product, line_request: &LineRequest) -> Result<Self, Refusal> {
        let variant = product.variant(line_request.variant.as_deref()).ok_or_else(|| {
            let id = line_request.variant.as_deref().unwrap_or_default();
            let message = format!("the product {} has no variant {id}", product.id);
            Refusal::new(Reason::UnknownVariant, message)
        })?;
        if line_request.quantity <= Amount::ZERO || line_request.quantity > Amount::from(variant.stock) {
            let message = format!(
                "the product {} is sold in quantities above 0 and up to its stock of {}, not {}",
                product.id, variant.stock, line_request.quantity
            );
            return Err(Refusal::new(Reason::UnfitQuantity, message));
        }
        Ok(Self {
            id: String::new(),
            item: product.id.clone(),
            sku_id: variant.sku_id.clone(),
            spec_id: variant.spec_id.clone(),
            title: product.title.clone(),
            image: product.image.clone(),
            colour: variant.colour.to_string(),
            seller: product.seller.open_id.clone(),
            price: variant.price,
            quantity: line_request.quantity,
            amount: whole(Amount::from(variant.price) * line_request.quantity),
            refund: None,
            shipped: None,
        })
    }
}

/// Whole fen; halves go to the even neighbour. Prices and quantities are bounded, so the digits always fit.
fn whole(fen: Amount) -> i64 {
    fen.round().normalize().to_string().parse().unwrap_or(i64::MAX)
}

/// Fen as yuan with two decimals.
pub(crate) fn yuan(fen: i64) -> String {
    Amount::new(fen, 2).to_string()
}

/// Exact decimals in the state file, as text.
mod digits {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};
    use xportcn_core::Amount;

    pub(super) fn serialize<S: Serializer>(amount: &Amount, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(amount)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Amount, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
