//! What the rows of the reference answer from the state. Rows that are not listed are answered with sample data.

mod address;
mod alibaba;
mod big_major;
mod cart;
mod context;
mod international;
mod poizon;
mod refund;
mod taobao;
mod warehouse;

pub(crate) use self::context::{RowContext, RowResult, text};

/// A row's id, and what answers it.
pub(crate) type Row = (&'static str, fn(&mut RowContext<'_>) -> RowResult);

/// All rows that are answered from the state.
pub(crate) fn all() -> impl Iterator<Item = &'static Row> {
    let groups: [&[Row]; 14] = [
        taobao::PRODUCTS,
        taobao::CART,
        taobao::ORDERS,
        taobao::AFTER_SALE,
        alibaba::PRODUCTS,
        alibaba::CART,
        alibaba::PURCHASE,
        alibaba::ORDERS,
        alibaba::AFTER_SALE,
        address::ROWS,
        warehouse::ROWS,
        big_major::ROWS,
        international::ROWS,
        poizon::ROWS,
    ];
    groups.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use xportcn_core::catalogue;

    #[test]
    fn every_row_is_in_the_catalogue_once() {
        let mut seen = HashSet::new();
        for (id, _) in super::all() {
            assert!(catalogue::find(id).is_some(), "{id}");
            assert!(seen.insert(id), "{id} stands twice");
        }
    }
}
