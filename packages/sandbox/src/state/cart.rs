//! The lines of shopping carts.

use super::example;
use super::line::LineRequest;
use super::market::Market;
use super::{Record, State, product::Product};
use crate::call::Caller;
use crate::refusal::{Reason, Refusal};
use serde::{Deserialize, Serialize};
use xportcn_core::Amount;

/// A line of a cart.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CartLine {
    pub(crate) id: String,
    pub(crate) owner: Caller,
    pub(crate) market: Market,
    pub(crate) item: String,
    pub(crate) sku_id: String,
    pub(crate) spec_id: String,
    pub(crate) quantity: i64,
}

impl Record for CartLine {
    fn owner(&self) -> Option<&Caller> {
        Some(&self.owner)
    }
}

impl CartLine {
    pub(crate) fn line_request(&self) -> LineRequest {
        let (item, variant) = (self.item.clone(), Some(self.sku_id.clone()));
        LineRequest { item, variant, quantity: Amount::from(self.quantity) }
    }

    /// The line that an example names: it is in every cart, though lists do not show it, and stays as it is.
    fn of_example(owner: &Caller, market: Market, id: &str) -> Option<Self> {
        let names = if market == Market::Taobao { ["id", "id"] } else { ["id", "cartId"] };
        if !names.iter().any(|name| example::is_example(name, id)) {
            return None;
        }
        let item = format!("6729911{id:0>5}");
        let variant = Product::of(market, &item).variants.into_iter().next()?;
        let (sku_id, spec_id) = (variant.sku_id, variant.spec_id);
        Some(Self { id: id.into(), owner: owner.clone(), market, item, sku_id, spec_id, quantity: 1 })
    }
}

impl State {
    /// The lines of the user's cart.
    pub(crate) fn cart_lines(&self, owner: &Caller, market: Market) -> impl Iterator<Item = &CartLine> {
        self.cart.of(owner).filter(move |line| line.market == market)
    }

    /// The lines of these ids in the user's cart, each of them.
    pub(crate) fn selected_lines(
        &self,
        owner: &Caller,
        market: Market,
        ids: &[String],
    ) -> Result<Vec<CartLine>, Refusal> {
        let find = |id: &String| {
            let own = self.cart_lines(owner, market).find(|line| line.id == *id).cloned();
            own.or_else(|| CartLine::of_example(owner, market, id)).ok_or_else(|| unknown_line(id))
        };
        ids.iter().map(find).collect()
    }

    /// Takes lines out of the user's cart.
    pub(crate) fn remove_cart_lines(&mut self, owner: &Caller, ids: &[String]) {
        for id in ids {
            if self.cart.get(id).is_some_and(|line| line.owner == *owner) {
                self.cart.remove(id);
            }
        }
    }
}

fn unknown_line(id: &str) -> Refusal {
    Refusal::new(Reason::UnknownCartLine, format!("the cart has no line {id}"))
}
