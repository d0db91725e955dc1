//! Parameters of a write in one form: names as the tables have them, JSON within text read. Limits, tokens and the sending see
//! this form only, so that no other spelling gets past them.

use super::refusal::Refusal;
use super::sums::{Cost, cost};
use serde_json::{Map, Value};
use xportcn_core::Endpoint;
use xportcn_core::effect::FoundBy;
use xportcn_core::schema::{Form, Kind, Schema};

/// The parameters of a write in one form.
///
/// # Errors
/// Names the member that is wrong: that is there in two spellings, that binary floating point would round, or that no limit
/// could see.
pub fn normal(row: &'static Endpoint, params: &Map<String, Value>) -> Result<Map<String, Value>, Refusal> {
    let normal = object(row.request, params, "")?;
    if matches!(cost(row.id), Cost::Previewed(_) | Cost::OfOrders(_)) {
        let extra = normal.keys().find(|name| row.request.field(name).is_none() && !is_reference(row, name));
        if let Some(name) = extra {
            let words = format!(
                "`{name}` is no field of the tables: what it would do to the cost of `{}` is not known",
                row.id
            );
            return Err(Refusal::invalid(words));
        }
    }
    Ok(normal)
}

/// The members of parameters that another call takes, too, for a preview.
pub fn shared(schema: &'static Schema, params: &Map<String, Value>) -> Map<String, Value> {
    let known = params.iter().filter_map(|(name, value)| Some((schema.field(name)?, value)));
    known.map(|(field, value)| (field.name().to_string(), shared_value(&field.kind, value))).collect()
}

fn shared_value(kind: &'static Kind, value: &Value) -> Value {
    match (kind, value) {
        (Kind::Object(schema), Value::Object(members)) => Value::Object(shared(schema, members)),
        (Kind::List(element), Value::Array(elements)) => {
            elements.iter().map(|value| shared_value(element, value)).collect()
        }
        (_, value) => value.clone(),
    }
}

/// Whether a field holds the caller's own reference, which the tables may name beside a row's fields.
fn is_reference(row: &Endpoint, name: &str) -> bool {
    let better = row.effect.and_then(|effect| effect.better);
    let found_by = row.effect.into_iter().chain(better).map(|effect| effect.found_by);
    found_by.into_iter().any(|found_by| matches!(found_by, FoundBy::Reference { field, .. } if field == name))
}

fn object(schema: &'static Schema, members: &Map<String, Value>, path: &str) -> Result<Map<String, Value>, Refusal> {
    let mut normal = Map::new();
    for (name, value) in members {
        let field = schema.field(name);
        let known = field.map_or(name.as_str(), |field| field.name());
        let path = if path.is_empty() { known.to_string() } else { format!("{path}.{known}") };
        let value = match field {
            Some(field) => {
                let read = match (field.form, value) {
                    // A string that holds no JSON is for the core to refuse.
                    (Form::Embedded, Value::String(text)) => serde_json::from_str(text).ok(),
                    _ => None,
                };
                self::value(&field.kind, read.as_ref().unwrap_or(value), &path)?
            }
            None => self::value(&Kind::Any, value, &path)?,
        };
        if normal.insert(known.to_string(), value).is_some() {
            return Err(Refusal::invalid(format!("`{path}` is there in two spellings")));
        }
    }
    Ok(normal)
}

fn value(kind: &'static Kind, value: &Value, path: &str) -> Result<Value, Refusal> {
    Ok(match (kind, value) {
        (Kind::Object(schema), Value::Object(members)) => Value::Object(object(schema, members, path)?),
        (Kind::List(element), Value::Array(elements)) => {
            let elements = elements.iter().enumerate();
            let elements = elements.map(|(index, value)| self::value(element, value, &format!("{path}[{index}]")));
            Value::Array(elements.collect::<Result<_, _>>()?)
        }
        (Kind::Any, Value::Object(members)) => {
            let members = members.iter();
            let members =
                members.map(|(name, value)| Ok((name.clone(), self::value(kind, value, &format!("{path}.{name}"))?)));
            Value::Object(members.collect::<Result<_, Refusal>>()?)
        }
        (Kind::Any, Value::Array(elements)) => {
            let elements = elements.iter().enumerate();
            let elements = elements.map(|(index, value)| self::value(kind, value, &format!("{path}[{index}]")));
            Value::Array(elements.collect::<Result<_, _>>()?)
        }
        (Kind::Float, value) => value.clone(),
        (_, Value::Number(number)) if number.as_i64().is_none() && number.as_u64().is_none() => {
            let words = format!("`{path}` is a number that may have been rounded: write it as text, as \"12.50\"");
            return Err(Refusal::invalid(words));
        }
        (_, value) => value.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use xportcn::endpoint;

    fn of(row: &str, params: Value) -> Result<Value, String> {
        normal(endpoint(row).unwrap(), params.as_object().unwrap()).map(Value::Object).map_err(|refusal| refusal.words)
    }

    #[test]
    fn other_spellings_come_into_one_form() {
        let given = json!({"receiver": {"name": "x", "mobile_phone": "1"}, "orderLineList": "[{\"itemId\": 1}]"});
        let expected = json!({"receiver": {"name": "x", "mobilePhone": "1"}, "orderLineList": [{"itemId": 1}]});
        assert_eq!(of("taobao.order.purchase_create", given).unwrap(), expected);
        let twice = json!({"receiver": {"name": "x", "mobile_phone": "1", "mobilePhone": "2"}});
        assert!(of("taobao.order.purchase_create", twice).unwrap_err().contains("two spellings"));
    }

    #[test]
    fn numbers_that_were_rounded_are_refused() {
        for (row, params) in [
            ("alibaba.order.create", json!({"cargoParamList": [{"offerId": "1", "quantity": 1.5}]})),
            ("taobao.order.pay", json!({"orderId": 1034499579120189839123.0})),
            ("poizon.order.create", json!({"product": {"price": 0.1}})),
        ] {
            assert!(of(row, params.clone()).unwrap_err().contains("rounded"), "{params}");
        }
        assert!(of("taobao.order.pay", json!({"orderId": 1034499579120189839_u64})).is_ok());
    }

    #[test]
    fn what_no_limit_could_see_is_refused() {
        assert!(
            of("taobao.order.pay", json!({"orderId": "1", "purchase_ids": ["2"]}))
                .unwrap_err()
                .contains("purchase_ids")
        );
        assert!(of("alibaba.order.create", json!({"outOrderId": "mine"})).is_ok());
        assert!(of("taobao.cart.edit_quantity", json!({"unknown": "1"})).is_ok());
    }

    #[test]
    fn a_preview_gets_what_it_knows() {
        let create = json!({"orderLineList": [{"itemId": "1", "quantity": 2, "skuId": "3", "price": "4"}], "purchaseAmount": "9", "receiver": {"name": "x", "address": "y"}});
        let shared = shared(endpoint("taobao.order.purchase_render").unwrap().request, create.as_object().unwrap());
        let expected = json!({"orderLineList": [{"itemId": "1", "quantity": 2, "skuId": "3"}], "receiver": {"name": "x", "address": "y"}});
        assert_eq!(Value::Object(shared), expected);
    }
}
