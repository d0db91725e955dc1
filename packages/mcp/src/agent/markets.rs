//! The markets: by which calls products are found and shown, and orders followed. Facts only, as the tables have them.

use crate::guard::Refusal;

/// A market.
#[derive(Debug)]
pub struct Market {
    /// Its name.
    pub name: &'static str,
    /// How products are found by words.
    pub search: Search,
    /// The call that shows a product, and its field that takes the product's id.
    pub product: (&'static str, &'static str),
    /// The call that shows an order, and further fields of it; it takes `orderId`. None where no call shows one order.
    pub order: Option<(&'static str, &'static [(&'static str, &'static str)])>,
}

/// A search by words.
#[derive(Debug)]
pub struct Search {
    /// The call. Its fields are `keyword` and `pageSize`.
    pub row: &'static str,
    /// The field that takes the number of the page.
    pub page: &'static str,
    /// Where the products stand.
    pub items: &'static str,
    /// Where a product has its id, title, price and seller: the first of these that is there.
    pub fields: [(&'static str, &'static [&'static str]); 4],
    /// Where the number of all products stands; empty where it is not told.
    pub total: &'static str,
}

const OFFERS: Search = Search {
    row: "alibaba.product.keyword_search",
    page: "beginPage",
    items: "data",
    fields: [
        ("id", &["offerId"]),
        ("title", &["subject", "subjectTrans"]),
        ("price", &["priceInfo.price"]),
        ("seller", &["companyName"]),
    ],
    total: "totalRecords",
};

/// All markets of which products can be found by words.
pub const MARKETS: &[Market] = &[
    Market {
        name: "taobao",
        search: Search {
            row: "taobao.product.search",
            page: "pageNo",
            items: "data",
            fields: [("id", &["itemId"]), ("title", &["title"]), ("price", &["price"]), ("seller", &["shopName"])],
            total: "",
        },
        product: ("taobao.product.get", "itemId"),
        order: Some(("taobao.order.get", &[])),
    },
    Market {
        name: "1688",
        search: OFFERS,
        product: ("alibaba.product.detail", "offerId"),
        order: Some(("alibaba.order.get", &[("webSite", "1688")])),
    },
    Market {
        name: "big_major",
        search: Search { row: "big_major.product.keyword_search", ..OFFERS },
        product: ("big_major.product.detail", "offerId"),
        order: Some(("big_major.order.get", &[("webSite", "1688")])),
    },
    Market {
        name: "poizon",
        search: Search {
            row: "poizon.product.keyword_search",
            page: "beginPage",
            items: "spuList",
            fields: [
                ("id", &["dwSpuId"]),
                ("title", &["distSpuTitle", "dwSpuTitle"]),
                ("price", &["authPrice"]),
                ("seller", &["distBrandName"]),
            ],
            total: "total",
        },
        product: ("poizon.product.detail", "dwSpuId"),
        order: None,
    },
];

/// The market of this name.
///
/// # Errors
/// Names those that there are.
pub fn market(name: &str) -> Result<&'static Market, Refusal> {
    MARKETS.iter().find(|market| market.name == name).ok_or_else(|| {
        let names: Vec<_> = MARKETS.iter().map(|market| market.name).collect();
        Refusal::invalid(format!("`{name}` is no market: there are {}", names.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use xportcn_core::catalogue;
    use xportcn_core::endpoint::Safety;
    use xportcn_core::schema::Kind;

    #[test]
    fn every_field_is_one_of_its_row() {
        for market in MARKETS {
            let Search { row, page, items, fields, total } = &market.search;
            let row = catalogue::find(row).unwrap();
            assert_eq!(row.safety, Safety::Read);
            for field in ["keyword", "pageSize", page] {
                assert!(row.request.field(field).is_some(), "{}: {field}", row.id);
            }
            let Kind::Object(reply) = row.reply else { panic!("{}", row.id) };
            assert!(total.is_empty() || reply.field(total).is_some());
            let Kind::List(Kind::Object(item)) = reply.field(items).unwrap().kind else { panic!("{}", row.id) };
            for place in fields.iter().flat_map(|(_, places)| *places) {
                assert!(item.field(place.split('.').next().unwrap()).is_some(), "{}: {place}", row.id);
            }
            let asked = market.order.iter().map(|(row, _)| (*row, "orderId")).chain([market.product]);
            for (row, field) in asked {
                let row = catalogue::find(row).unwrap();
                assert!(row.safety == Safety::Read && row.request.field(field).is_some(), "{}: {field}", row.id);
            }
        }
    }
}
