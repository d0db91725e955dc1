//! The sentence of an ambiguous write: which call shows it, how that call is known, and what it is worth to find nothing.

use super::request::Written;
use crate::call::config::Config;
use crate::effect::{Effect, FoundBy, Sign, Test, Worth};
use crate::endpoint::Endpoint;
use alloc::string::String;

/// What to do before calling again.
pub(crate) fn advice(endpoint: &Endpoint, written: &Written<'_>, config: &Config) -> String {
    let mut out = String::from("before calling again, ");
    let Some(effect) = endpoint.effect.map(|effect| effect.of(|field| written.field(field).is_some())) else {
        return out;
    };
    let Some(shown) = effect.shown_by.first() else {
        return push(out, &["ask the platform itself: ", effect.why]);
    };
    out = push(out, &["look with `", shown.row, "`", how_known(shown.row, config), " for "]);
    out = target(out, effect, written);
    if let Some(sign) = shown.done.first() {
        out = seen(push(out, &["; it was done if "]), sign);
    }
    let nothing = match (effect.absent, effect.unchanged) {
        (Worth::Done, _) => return out,
        (_, Worth::NotDone) => "; an old state soon after the call proves nothing: ",
        _ => "; to find nothing, or the old state, proves nothing: ",
    };
    push(out, &[nothing, effect.why])
}

/// Whose word the path of a row is.
fn how_known(row: &str, config: &Config) -> &'static str {
    match crate::catalogue::find(row) {
        Some(_) if config.paths.contains_key(row) => ", whose path is set in `paths`,",
        Some(row) if row.evidence.path.is_seen() => "",
        Some(row) => row.evidence.path.as_guess(),
        None => "",
    }
}

/// What to look for.
fn target(out: String, effect: &Effect, written: &Written<'_>) -> String {
    let fields = match effect.found_by {
        FoundBy::Id(fields) => fields,
        FoundBy::Reference { field, .. } => &[field],
        FoundBy::Contents | FoundBy::Nothing => return push(out, &["what it would have changed"]),
    };
    for field in fields {
        let values = written.values(field);
        if !values.is_empty() {
            return push(out, &[field, " ", &values.join(", ")]);
        }
    }
    push(out, &["what it would have changed, because the call carried no ", fields[0]])
}

fn seen(out: String, sign: &Sign) -> String {
    let whole = if sign.field.is_empty() { "it" } else { sign.field };
    match sign.test {
        Test::OneOf(values) => push(out, &[whole, " is ", &values.join(" or ")]),
        Test::Present => push(out, &[whole, " is there"]),
        Test::Absent => push(out, &[whole, " is not there"]),
        Test::Changed => push(out, &[whole, " is not what it was before"]),
        Test::Same(_) => push(out, &[whole, " says what the call said"]),
        Test::Says(field) => push(out, &["it says what `", field, "` said"]),
    }
}

fn push(mut out: String, parts: &[&str]) -> String {
    parts.iter().for_each(|part| out.push_str(part));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::find;
    use alloc::string::ToString;

    fn of(id: &str, params: &str, set: &[&str]) -> String {
        let row = find(id).unwrap();
        let mut config = Config::new("key", "secret", "user");
        config.paths.extend(set.iter().map(|id| (id.to_string(), "/open/x".to_string())));
        advice(row, &Written::new(row, params), &config)
    }

    #[test]
    fn it_names_the_call_that_shows_the_write_how_that_is_known_and_what_it_is_worth() {
        for (id, params, expected) in [
            (
                "taobao.order.purchase_pay",
                r#"{"orderId":"77"}"#,
                "before calling again, look with `taobao.order.purchase_page`, whose path is published for key accounts \
                 only, for orderId 77; it was done if orderStatus is 10 or 11; to find nothing, or the old state, proves \
                 nothing: the order exists whatever became of the call, and how long the platform takes is not published",
            ),
            (
                "taobao.order.purchase_pay",
                r#"{"purchaseOrderIdList":["77",78]}"#,
                "before calling again, look with `taobao.order.purchase_page`, whose path is published for key accounts \
                 only, for purchaseOrderIdList 77, 78; it was done if orderStatus is 10 or 11; to find nothing, or the old \
                 state, proves nothing: the order exists whatever became of the call, and how long the platform takes is \
                 not published",
            ),
            (
                "taobao.order.purchase_create",
                r#"{"sellerOrderNumber":"shop-1"}"#,
                "before calling again, look with `taobao.order.purchase_page`, whose path is published for key accounts \
                 only, for sellerOrderNumber shop-1; it was done if orderId is there; to find nothing, or the old state, \
                 proves nothing: which list shows all orders, and how late, is not published",
            ),
            (
                "taobao.order.purchase_create",
                "{}",
                "before calling again, look with `taobao.order.purchase_page`, whose path is published for key accounts \
                 only, for what it would have changed, because the call carried no sellerOrderNumber; it was done if \
                 orderId is there; to find nothing, or the old state, proves nothing: which list shows all orders, and how \
                 late, is not published",
            ),
            (
                "alibaba.order.cancel",
                r#"{"orderId":77}"#,
                "before calling again, look with `alibaba.order.get`, whose path only a sister brand publishes, for \
                 orderId 77; it was done if baseInfo.status is cancel or terminated; an old state soon after the call \
                 proves nothing: the order exists whatever became of the call",
            ),
            (
                "taobao.after_sale.submit",
                r#"{"subOrderId":"5"}"#,
                "before calling again, look with `taobao.after_sale.render` for subOrderId 5; it was done if refundId is \
                 not what it was before; to find nothing, or the old state, proves nothing: a line may have had an \
                 after-sale order before, and how late a new one shows is not published",
            ),
            (
                "alibaba.cart.delete",
                r#"{"cartIds":[1,2]}"#,
                "before calling again, look with `alibaba.cart.list`, whose path is derived from its second version, for \
                 cartIds 1, 2; it was done if it is not there",
            ),
            (
                "warehouse.book_freight",
                r#"{"renderId":"5"}"#,
                "before calling again, ask the platform itself: no call shows what was booked",
            ),
        ] {
            assert_eq!(of(id, params, &[]), expected, "{id}");
        }
    }

    #[test]
    fn a_path_of_the_settings_is_no_guess() {
        let said = of("poizon.order.pay", r#"{"orderId":"1"}"#, &[]);
        assert!(said.contains("`poizon.order.page`, whose path is a guess, for orderId 1"), "{said}");
        let said = of("poizon.order.pay", r#"{"orderId":"1"}"#, &["poizon.order.page"]);
        assert!(said.contains("`poizon.order.page`, whose path is set in `paths`, for orderId 1"), "{said}");
    }

    #[test]
    fn every_call_that_writes_has_a_sentence() {
        for row in crate::catalogue::ENDPOINTS.iter().filter(|row| row.effect.is_some()) {
            let said = of(row.id, "{}", &[]);
            assert!(said.starts_with("before calling again, ") && said.len() > 60, "{}: {said}", row.id);
        }
    }
}
