//! What the carts of Taobao and 1688 have in common.

use super::RowContext;
use crate::refusal::{Reason, Refusal};
use crate::state::{CartLine, LineRequest, Market, Quote};
use xportcn_core::Amount;

impl RowContext<'_> {
    /// Puts a variant into the cart.
    pub(super) fn add_to_cart(
        &mut self,
        market: Market,
        item: &str,
        variant: Option<&str>,
    ) -> Result<CartLine, Refusal> {
        let quantity = self.int("quantity").unwrap_or(1);
        let line_request = |quantity: i64| {
            let variant = variant.map(String::from);
            [LineRequest { item: item.to_string(), variant, quantity: Amount::from(quantity) }]
        };
        let quote = Quote::of(market, &line_request(quantity))?;
        let Some(line) = quote.lines.into_iter().next() else {
            return Err(Refusal::new(Reason::UnknownVariant, "there is no such product"));
        };
        let (caller, now) = (self.caller(), self.now());
        let same = |known: &CartLine| known.market == market && known.item == line.item && known.sku_id == line.sku_id;
        if let Some(known) = self.state.cart.find_mut(caller, same) {
            let sum = known.quantity.saturating_add(quantity);
            Quote::of(market, &line_request(sum))?;
            known.quantity = sum;
            return Ok(known.clone());
        }
        let line = CartLine {
            id: self.state.next_id(now),
            owner: caller.clone(),
            market,
            item: line.item,
            sku_id: line.sku_id,
            spec_id: line.spec_id,
            quantity,
        };
        self.state.cart.insert(line.id.clone(), line.clone());
        Ok(line)
    }

    /// Sets the quantity of the line that `id` names.
    pub(super) fn edit_quantity(&mut self, market: Market) -> Result<(), Refusal> {
        let id = self.text("id").unwrap_or_default();
        let quantity = self.int("quantity").unwrap_or_default();
        let selected_lines = self.state.selected_lines(self.caller(), market, std::slice::from_ref(&id))?;
        let line_requests: Vec<LineRequest> = selected_lines
            .iter()
            .map(|line| LineRequest { quantity: Amount::from(quantity), ..line.line_request() })
            .collect();
        Quote::of(market, &line_requests)?;
        let caller = self.caller();
        if let Some(line) = self.state.cart.get_mut_if(&id, |line| line.owner == *caller) {
            line.quantity = quantity;
        }
        Ok(())
    }

    /// What the lines that this field names cost.
    pub(super) fn checkout(&self, market: Market, name: &str) -> Result<(Vec<String>, Quote), Refusal> {
        let ids = self.texts(name);
        let selected_lines = self.state.selected_lines(self.caller(), market, &ids)?;
        let line_requests: Vec<LineRequest> = selected_lines.iter().map(CartLine::line_request).collect();
        Ok((ids, Quote::of(market, &line_requests)?))
    }
}
