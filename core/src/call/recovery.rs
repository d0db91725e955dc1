//! How to find out whether a call that writes was carried out.

use crate::catalogue::ENDPOINTS;
use crate::codec::Routed;
use crate::endpoint::{Endpoint, Safety};
use crate::json::{Policy, Token, elements, members, unescape};
use crate::values::{Read, id};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use percent_encoding::percent_decode_str;

/// Fields of a request by which the platform or the caller knows it again, in the order in which they help.
const REFERENCES: [&str; 7] =
    ["orderId", "refundId", "subOrderId", "sellerOrderNumber", "outOrderId", "renderId", "orderIds"];

/// What to do: the query that shows it, and what to look for.
pub(crate) fn advice(endpoint: &Endpoint, request: &Routed) -> String {
    let reference = reference(endpoint, request);
    let look_for = match &reference {
        Some((name, value)) => format!("look for {name} {value}"),
        None => "look for what the call would have changed".to_string(),
    };
    match shown_by(endpoint, reference.as_ref().map(|(name, _)| *name)) {
        Some(id) => format!("before calling again, ask with `{id}` and {look_for}"),
        None => format!("before calling again, ask the platform and {look_for}"),
    }
}

/// The row that shows the one object that the call names, in its own section or among the orders, or else the row that
/// lists such objects.
fn shown_by(endpoint: &Endpoint, reference: Option<&str>) -> Option<&'static str> {
    let (section, action) = endpoint.id.rsplit_once('.')?;
    let orders = section.rsplit_once('.').map_or_else(|| section.to_string(), |(group, _)| format!("{group}.order"));
    let section = if action == "create_order" { orders.as_str() } else { section };
    let one = if action == "submit_message" { "messages" } else { "get" };
    let reads = |section: &str, action: &str| {
        let id = format!("{section}.{action}");
        ENDPOINTS.iter().find(|row| row.id == id && row.safety == Safety::Read)
    };
    let names_it = |row: &&&Endpoint| reference.is_some_and(|name| row.request.field(name).is_some());
    let shows = [section, &orders].into_iter().find_map(|section| reads(section, one).filter(names_it));
    let row = shows.or_else(|| ["page", "list"].into_iter().find_map(|action| reads(section, action)))?;
    Some(row.id)
}

/// The first field that names the object, and its value.
fn reference(endpoint: &Endpoint, request: &Routed) -> Option<(&'static str, String)> {
    let body = request.body.as_deref().and_then(|body| ::core::str::from_utf8(body).ok());
    let body = body.and_then(members).unwrap_or_default();
    REFERENCES.into_iter().find_map(|name| {
        let value = match body.iter().find(|(known, _)| known == name) {
            Some((_, json)) => one_or_more(json)?,
            None => in_query(&request.query, name).or_else(|| in_path(endpoint.path, &request.path, name))?,
        };
        (!value.is_empty()).then_some((name, value))
    })
}

/// An id, or several.
fn one_or_more(json: &str) -> Option<String> {
    match elements(json) {
        Some(list) => Some(list.into_iter().filter_map(id_text).collect::<Vec<_>>().join(", ")),
        None => id_text(json),
    }
}

fn id_text(json: &str) -> Option<String> {
    match id::read(&Token::of(json), Policy::Reply) {
        Read::Value(content) => Some(unescape(&content).into_owned()),
        Read::Null | Read::Misfit => None,
    }
}

fn in_query(query: &str, name: &str) -> Option<String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.into_iter().find(|(known, _)| *known == name)?;
    Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
}

/// The part of the path that stands for the field, unless the path is one of the settings.
fn in_path(template: &str, path: &str, name: &str) -> Option<String> {
    let mut found = None;
    for (known, part) in template.split('/').zip(path.split('/')) {
        match known.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(field) if field == name => found = Some(part.to_string()),
            Some(_) => {}
            None if known == part => {}
            None => return None,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::Method;

    /// Every call that writes, with all the references that it can carry: where it shows, and what by.
    const ADVICE: [(&str, &str, &str); 38] = [
        ("taobao.order.purchase_cancel", "taobao.order.get", "orderId 77"),
        ("taobao.order.purchase_pay", "taobao.order.get", "orderId 77"),
        ("taobao.order.purchase_create_v2", "taobao.order.page", "sellerOrderNumber 77"),
        ("taobao.order.purchase_create", "taobao.order.page", "sellerOrderNumber 77"),
        ("taobao.order.upload_voucher", "taobao.order.get", "orderId 77"),
        ("taobao.order.cancel", "taobao.order.get", "orderId 77"),
        ("taobao.order.update_warehouse", "taobao.order.get", "orderId 77"),
        ("taobao.order.pay", "taobao.order.get", "orderId 77"),
        ("taobao.after_sale.return_logistics_submit", "taobao.after_sale.get", "refundId 77"),
        ("taobao.after_sale.cancel", "taobao.after_sale.get", "refundId 77"),
        ("taobao.after_sale.submit_message", "taobao.after_sale.messages", "refundId 77"),
        ("taobao.after_sale.submit", "taobao.after_sale.list", "subOrderId 77"),
        ("taobao.after_sale.modify", "taobao.after_sale.get", "refundId 77"),
        ("taobao.cart.add", "taobao.cart.list", ""),
        ("taobao.cart.delete", "taobao.cart.list", ""),
        ("taobao.cart.edit_quantity", "taobao.cart.list", ""),
        ("taobao.cart.create_order", "taobao.order.page", ""),
        ("alibaba.order.create", "alibaba.order.page", ""),
        ("alibaba.order.batch_create", "alibaba.order.page", ""),
        ("alibaba.order.cancel", "alibaba.order.get", "orderId 77"),
        ("alibaba.order.pay_url", "alibaba.order.get", "orderId 77"),
        ("alibaba.order.confirm_receipt", "alibaba.order.get", "orderId 77"),
        ("alibaba.order.batch_submit_payment", "alibaba.order.page", "orderIds 77, 78"),
        // A picture that was uploaded shows nowhere until it is used.
        ("alibaba.after_sale.upload_voucher", "", ""),
        // The number of the new after-sale order is lost, but its order is known.
        ("alibaba.after_sale.create", "alibaba.order.get", "orderId 77"),
        ("alibaba.after_sale.return_goods", "alibaba.after_sale.get", "refundId 77"),
        ("alibaba.cart.add", "alibaba.cart.list", ""),
        ("alibaba.cart.delete", "alibaba.cart.list", ""),
        ("alibaba.cart.edit_quantity", "alibaba.cart.list", ""),
        ("alibaba.cart.create_order", "alibaba.order.page", ""),
        ("address.save", "address.list", ""),
        // No row shows what was booked with a warehouse.
        ("warehouse.book_freight", "", "renderId 77"),
        ("warehouse.update_domestic_logistics", "", "orderId 77"),
        ("international.order.create", "international.order.list", ""),
        ("big_major.order.create", "big_major.order.page", ""),
        ("big_major.order.pay", "big_major.order.get", "orderId 77"),
        ("poizon.order.pay", "poizon.order.page", "orderId 77"),
        ("poizon.order.create", "poizon.order.page", ""),
    ];

    #[test]
    fn every_call_that_writes_tells_where_to_look_and_for_what() {
        let writes = ENDPOINTS.iter().filter(|row| row.safety == Safety::Write);
        let found: Vec<(&str, String)> = writes.map(|row| (row.id, advice(row, &request(row)))).collect();
        let expected: Vec<(&str, String)> = ADVICE
            .into_iter()
            .map(|(id, shown_by, look_for)| {
                let ask = if shown_by.is_empty() { "the platform".into() } else { format!("with `{shown_by}`") };
                let look_for = if look_for.is_empty() { "what the call would have changed" } else { look_for };
                (id, format!("before calling again, ask {ask} and look for {look_for}"))
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_reference_is_read_wherever_it_stands() {
        let row = crate::catalogue::find("taobao.after_sale.cancel").unwrap();
        let routed = |path: &str, query: &str, body: Option<&str>| Routed {
            path: path.into(),
            query: query.into(),
            body: body.map(|body| body.as_bytes().to_vec()),
        };
        for (request, expected) in [
            (routed("/open/order/refund/cancel/9007199254740993", "", None), Some("9007199254740993")),
            (routed("/open/refunds/9007199254740993", "", None), None),
            (routed("/open/refunds", "a=1&refundId=a%2Fb", None), Some("a/b")),
            (routed("/open/refunds", "", Some(r#"{"refundId":9007199254740993}"#)), Some("9007199254740993")),
            (routed("/open/refunds", "", Some(r#"{"refundId":""}"#)), None),
            (routed("/open/refunds", "", Some(r#"{"refundId":null}"#)), None),
            (routed("/open/refunds", "", Some("{}")), None),
        ] {
            let found = reference(row, &request);
            assert_eq!(found, expected.map(|value| ("refundId", value.to_string())), "{request:?}");
        }
    }

    /// A request that carries every reference for which the row has a field.
    fn request(row: &Endpoint) -> Routed {
        let fields = REFERENCES.into_iter().filter_map(|name| row.request.field(name)).map(|field| field.wire());
        let pairs = fields.map(|name| (name, if name == "orderIds" { r#"["77",78]"# } else { r#""77""# }));
        match row.method {
            Method::Post => {
                let pairs: Vec<_> = pairs.map(|(name, value)| format!("\"{name}\":{value}")).collect();
                Routed {
                    path: row.path.into(),
                    query: String::new(),
                    body: Some(format!("{{{}}}", pairs.join(",")).into()),
                }
            }
            Method::Get => {
                let (in_path, query): (Vec<_>, Vec<_>) =
                    pairs.map(|(name, _)| name).partition(|name| row.path.contains(&format!("{{{name}}}")));
                let path =
                    in_path.iter().fold(row.path.to_string(), |path, name| path.replace(&format!("{{{name}}}"), "77"));
                let query: Vec<_> = query.iter().map(|name| format!("{name}=77")).collect();
                Routed { path, query: query.join("&"), body: None }
            }
        }
    }
}
