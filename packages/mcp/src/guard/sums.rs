//! What each call that writes costs, and which calls that read tell it. Facts only, as the tables of the core have them;
//! [`quote`](super::quote) asks.

use super::money::Unit;
use super::money::Unit::{Fen, Yuan};

/// What is known of the cost of a call that writes.
#[derive(Clone, Copy, Debug)]
pub enum Cost {
    /// It moves no money towards a seller.
    Nothing,
    /// A preview tells it.
    Previewed(&'static Preview),
    /// The orders that it pays tell it.
    OfOrders(&'static Orders),
    /// Nothing tells it, for this reason.
    Unknown(&'static str),
}

/// A call that previews another one: it takes of its fields those that it knows.
#[derive(Debug)]
pub struct Preview {
    /// The call.
    pub row: &'static str,
    /// Where the reply has the sum: all of these are added.
    pub total: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// Where the reply names the currency; empty where it is always the yuan.
    pub currency: &'static str,
    /// Flags of the reply of which none may be false.
    pub flags: &'static [&'static str],
    /// A field of the write that holds the most that it may cost, and its unit.
    pub most: Option<(&'static str, Unit)>,
    /// Where the write names its items, or else where the preview does.
    pub items: [&'static str; 2],
    /// Which call shows an item.
    pub product: &'static Product,
}

/// A call that shows an item, and who sells it.
#[derive(Debug)]
pub struct Product {
    /// The call.
    pub row: &'static str,
    /// The field that takes the item.
    pub ask: &'static str,
    /// Where the reply repeats the item: one of these must be what was asked for.
    pub same: &'static [&'static str],
    /// Where it names the seller.
    pub sellers: &'static [&'static str],
    /// Where it names categories.
    pub categories: &'static [&'static str],
}

/// A call that shows an order.
#[derive(Debug)]
pub struct Orders {
    /// The fields of the write that name orders.
    pub ids: &'static [&'static str],
    /// The call.
    pub row: &'static str,
    /// Further fields of the call, with their values.
    pub with: &'static [(&'static str, &'static str)],
    /// Where the reply repeats the order.
    pub same: &'static str,
    /// Where it has the sum.
    pub total: &'static str,
    /// The sum's unit.
    pub unit: Unit,
    /// Where it names the currency; empty where it is always the yuan.
    pub currency: &'static str,
}

/// What a call that writes costs.
pub fn cost(row: &str) -> Cost {
    COSTS.iter().find(|(known, _)| *known == row).map_or(Cost::Unknown("nothing is known of it"), |(_, cost)| *cost)
}

/// Where the reply of a call that creates orders names them; empty for others.
pub fn made(row: &str) -> &'static [&'static str] {
    MADE.iter().find(|(known, _)| *known == row).map_or(&[], |(_, places)| *places)
}

const MADE: &[(&str, &[&str])] = &[
    ("alibaba.cart.create_order", &["orderId", "orderList[].orderId"]),
    ("alibaba.order.batch_create", &["[].baseInfo.id"]),
    ("alibaba.order.create", &["orderId", "orderList[].orderId"]),
    ("taobao.cart.create_order", &["orderList[].purchaseId"]),
    ("taobao.order.purchase_create", &["orderList[].purchaseId"]),
    ("taobao.order.purchase_create_v2", &["orderList[].purchaseId"]),
];

const TAOBAO_ITEM: Product = Product {
    row: "taobao.product.get",
    ask: "itemId",
    same: &["itemId", "mpId"],
    sellers: &["userNick", "shopId", "shopName"],
    categories: &["categoryId", "categoryName"],
};

const ALIBABA_OFFER: Product = Product {
    row: "alibaba.product.detail",
    ask: "offerId",
    same: &["offerId"],
    sellers: &["sellerOpenId", "companyName"],
    categories: &["categoryId", "categoryName", "topCategoryId", "secondCategoryId", "thirdCategoryId"],
};

const TAOBAO: Preview = Preview {
    row: "taobao.order.purchase_render",
    total: "totalRealPayPrice.amount",
    unit: Fen,
    currency: "totalRealPayPrice.currency",
    flags: &[],
    most: Some(("purchaseAmount", Fen)),
    items: ["orderLineList[].itemId", "renderItemList[].itemPriceInfos[].itemId"],
    product: &TAOBAO_ITEM,
};

const ALIBABA: Preview = Preview {
    row: "alibaba.order.preview",
    total: "orderPreviewResult[].sumPayment",
    unit: Fen,
    currency: "",
    flags: &["success", "orderPreviewResult[].status"],
    most: None,
    items: ["cargoParamList[].offerId", "orderPreviewResult[].cargoList[].offerId"],
    product: &ALIBABA_OFFER,
};

const TAOBAO_ORDERS: Orders = Orders {
    ids: &["orderId", "purchaseOrderIdList"],
    row: "taobao.order.get",
    with: &[],
    same: "orderId",
    total: "purchaseAmount",
    unit: Fen,
    currency: "purchaseCurrency",
};

const ALIBABA_ORDERS: Orders = Orders {
    ids: &["orderId", "orderIds"],
    row: "alibaba.order.get",
    with: &[("webSite", "1688")],
    same: "baseInfo.id",
    total: "baseInfo.totalAmount",
    unit: Yuan,
    currency: "",
};

const COSTS: &[(&str, Cost)] = &[
    ("address.save", Cost::Nothing),
    ("alibaba.after_sale.create", Cost::Nothing),
    ("alibaba.after_sale.return_goods", Cost::Nothing),
    ("alibaba.after_sale.upload_voucher", Cost::Nothing),
    ("alibaba.cart.add", Cost::Nothing),
    ("alibaba.cart.create_order", Cost::Previewed(&Preview { row: "alibaba.cart.preview_order", ..ALIBABA })),
    ("alibaba.cart.delete", Cost::Nothing),
    ("alibaba.cart.edit_quantity", Cost::Nothing),
    ("alibaba.order.batch_create", Cost::Previewed(&Preview { row: "alibaba.order.batch_preview", ..ALIBABA })),
    ("alibaba.order.batch_submit_payment", Cost::OfOrders(&ALIBABA_ORDERS)),
    ("alibaba.order.cancel", Cost::Nothing),
    ("alibaba.order.confirm_receipt", Cost::Unknown("it releases the money of an order to the seller")),
    ("alibaba.order.create", Cost::Previewed(&ALIBABA)),
    ("alibaba.order.pay_url", Cost::OfOrders(&ALIBABA_ORDERS)),
    ("big_major.order.create", Cost::Unknown("the unit of the preview's sums is not published")),
    (
        "big_major.order.pay",
        Cost::OfOrders(&Orders { row: "big_major.order.get", ids: &["orderId"], ..ALIBABA_ORDERS }),
    ),
    ("international.order.create", Cost::Unknown("there is no preview")),
    ("poizon.order.create", Cost::Unknown("the preview's reply is not published")),
    ("poizon.order.pay", Cost::Unknown("no call shows the sum of an order")),
    ("taobao.after_sale.cancel", Cost::Nothing),
    ("taobao.after_sale.modify", Cost::Nothing),
    ("taobao.after_sale.return_logistics_submit", Cost::Nothing),
    ("taobao.after_sale.submit", Cost::Nothing),
    ("taobao.after_sale.submit_message", Cost::Nothing),
    ("taobao.cart.add", Cost::Nothing),
    (
        "taobao.cart.create_order",
        Cost::Previewed(&Preview {
            row: "taobao.cart.preview_order",
            most: None,
            items: ["", TAOBAO.items[1]],
            ..TAOBAO
        }),
    ),
    ("taobao.cart.delete", Cost::Nothing),
    ("taobao.cart.edit_quantity", Cost::Nothing),
    ("taobao.order.cancel", Cost::Nothing),
    ("taobao.order.pay", Cost::OfOrders(&TAOBAO_ORDERS)),
    ("taobao.order.purchase_cancel", Cost::Nothing),
    ("taobao.order.purchase_create", Cost::Previewed(&TAOBAO)),
    ("taobao.order.purchase_create_v2", Cost::Previewed(&Preview { row: "taobao.order.purchase_render_v2", ..TAOBAO })),
    ("taobao.order.purchase_pay", Cost::OfOrders(&TAOBAO_ORDERS)),
    ("taobao.order.update_warehouse", Cost::Unknown("whether it costs freight is not published")),
    ("taobao.order.upload_voucher", Cost::Nothing),
    ("warehouse.book_freight", Cost::Unknown("the currency of the freight is not published")),
    ("warehouse.update_domestic_logistics", Cost::Nothing),
];

#[cfg(test)]
mod tests {
    use super::*;
    use xportcn_core::catalogue::{self, ENDPOINTS};
    use xportcn_core::endpoint::Safety;
    use xportcn_core::schema::{Field, Kind};

    #[test]
    fn each_call_that_writes_has_one_line_and_no_other_has() {
        let mut writes: Vec<_> = ENDPOINTS.iter().filter(|row| row.safety == Safety::Write).map(|row| row.id).collect();
        writes.sort_unstable();
        assert_eq!(COSTS.iter().map(|(row, _)| *row).collect::<Vec<_>>(), writes);
    }

    fn field(kind: &'static Kind, path: &str) -> Option<&'static Field> {
        let mut kind = kind;
        let mut found = None;
        for part in path.split(['.', '[']).filter(|part| !part.is_empty()) {
            match (part, kind) {
                ("]", Kind::List(element)) => kind = element,
                (name, Kind::Object(schema)) => {
                    let field = schema.fields.iter().find(|field| field.name() == name)?;
                    (found, kind) = (Some(field), &field.kind);
                }
                _ => return None,
            }
        }
        found
    }

    #[test]
    fn each_creation_that_is_previewed_names_its_orders() {
        let previewed = COSTS.iter().filter(|(_, cost)| matches!(cost, Cost::Previewed(_))).map(|(row, _)| *row);
        assert_eq!(MADE.iter().map(|(row, _)| *row).collect::<Vec<_>>(), previewed.collect::<Vec<_>>());
        for (id, places) in MADE {
            let row = catalogue::find(id).unwrap();
            for place in *places {
                assert!(field(&row.reply, place).is_some(), "{id}: {place}");
            }
        }
    }

    #[test]
    fn every_field_is_one_of_its_row_and_says_its_unit() {
        let reads = |row: &str| {
            let row = catalogue::find(row).unwrap();
            assert_eq!(row.safety, Safety::Read, "{}", row.id);
            row
        };
        for (id, cost) in COSTS {
            let write = catalogue::find(id).unwrap();
            let request =
                |path: &str| write.request.fields.iter().any(|field| path.split('[').next() == Some(field.name()));
            match cost {
                Cost::Previewed(preview) => {
                    let row = reads(preview.row);
                    let total = field(&row.reply, preview.total).unwrap();
                    assert!(total.doc.contains("in fen") && preview.unit == Fen, "{id}: {}", total.doc);
                    for path in preview.flags.iter().chain([&preview.items[1]]) {
                        assert!(field(&row.reply, path).is_some(), "{id}: {path}");
                    }
                    assert!(preview.items[0].is_empty() || request(preview.items[0]) || id.contains("cart"), "{id}");
                    assert!(preview.most.is_none_or(|(most, _)| request(most)), "{id}");
                    let shown = reads(preview.product.row);
                    for path in [preview.product.same, preview.product.sellers, preview.product.categories].concat() {
                        assert!(field(&shown.reply, path).is_some(), "{}: {path}", shown.id);
                    }
                }
                Cost::OfOrders(orders) => {
                    let row = reads(orders.row);
                    let total = field(&row.reply, orders.total).unwrap();
                    let unit = if orders.unit == Fen { "in fen" } else { "in yuan" };
                    assert!(total.doc.contains(unit), "{id}: {}", total.doc);
                    assert!(field(&row.reply, orders.same).is_some(), "{id}");
                    assert!(orders.ids.iter().any(|id| request(id)), "{id}");
                    assert!(row.request.field("orderId").is_some(), "{id}");
                }
                Cost::Nothing | Cost::Unknown(_) => {}
            }
        }
    }
}
