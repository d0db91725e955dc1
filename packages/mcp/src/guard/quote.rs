//! What a write would cost and is about, asked of the platform by calls that only read.

use super::address::Address;
use super::facts::{Facts, Item};
use super::limits::Limits;
use super::money::{Money, USUAL, Unit};
use super::normal;
use super::refusal::Refusal;
use super::sums::{Cost, Orders, Preview, Product, cost};
use crate::asking::ask;
use crate::path;
use serde_json::{Map, Value, json};
use xportcn::{Client, Endpoint};

/// What a write would cost, and is about.
pub struct Quote {
    /// The sum, none for what costs nothing; or why it is not known.
    pub sum: Result<Option<Money>, String>,
    /// What the platform's preview says it comes to, where the write itself names the most that it may cost.
    pub previewed: Option<Money>,
    /// What it is about.
    pub facts: Facts,
    /// The orders that it pays.
    pub paid: Vec<String>,
    /// The reply of the preview, or of the order that is paid.
    pub shown: Value,
}

/// Asks what a write would cost. Sellers and categories are looked up only where there are limits on them.
///
/// # Errors
/// Where the address is none. What cannot be asked for is not known, and that is no error.
pub async fn quote(
    client: &Client,
    row: &'static Endpoint,
    params: &Map<String, Value>,
    limits: &Limits,
) -> Result<Quote, Refusal> {
    let address = Address::within(row.id, params);
    let address = match address {
        // What cannot be compared is not allowed.
        Err(words) if !limits.addresses.is_empty() => return Err(Refusal::limit("addresses", words)),
        Err(_) => None,
        Ok(address) => address,
    };
    let facts = Facts { items: Vec::new(), address };
    let nothing = Quote { sum: Ok(None), previewed: None, facts, paid: Vec::new(), shown: Value::Null };
    match cost(row.id) {
        Cost::Nothing => Ok(nothing),
        Cost::Unknown(why) => Ok(Quote { sum: Err(why.to_string()), ..nothing }),
        Cost::Previewed(preview) => previewed(client, preview, params, limits, nothing).await,
        Cost::OfOrders(orders) => Ok(of_orders(client, orders, params, nothing).await),
    }
}

async fn previewed(
    client: &Client,
    preview: &Preview,
    params: &Map<String, Value>,
    limits: &Limits,
    mut quote: Quote,
) -> Result<Quote, Refusal> {
    let request = xportcn::endpoint(preview.row).map_err(|error| Refusal::invalid(error.to_string()))?.request;
    let asked = ask(client, preview.row, &normal::shared(request, params)).await;
    quote.sum = match &asked {
        Ok(shown) => sum_of(preview, shown).map(Some),
        Err(refusal) => Err(format!("the preview `{}` failed: {}", preview.row, refusal.words)),
    };
    if let Err(Refusal { platform: Some(said), .. }) = &asked {
        quote.shown = json!({"refused": said});
    }
    let shown = asked.unwrap_or_default();
    if let Some((field, unit)) = preview.most
        && let Some(most) = params.get(field).filter(|most| !most.is_null())
    {
        let most = Money::of(most, unit, USUAL).ok_or_else(|| Refusal::invalid(format!("`{field}` is no amount")))?;
        quote.previewed = quote.sum.as_ref().ok().cloned().flatten();
        if let Some(previewed) = quote.previewed.as_ref().filter(|previewed| previewed.currency == most.currency)
            && previewed.amount > most.amount
        {
            let words = format!(
                "the preview says {previewed}, more than the most that `{field}` allows, {most}: the platform would refuse it"
            );
            return Err(Refusal::invalid(words));
        }
        // The platform holds the order to this, so it is what may be spent.
        quote.sum = Ok(Some(most));
    }
    if limits.has_lists() {
        quote.facts.items = items(client, preview, params, &shown).await;
    }
    if !shown.is_null() {
        quote.shown = shown;
    }
    Ok(quote)
}

/// The sum of a preview.
fn sum_of(preview: &Preview, shown: &Value) -> Result<Money, String> {
    if preview.flags.iter().flat_map(|flag| path::all(shown, flag)).any(|flag| flag == &Value::Bool(false)) {
        return Err("the preview says that it cannot be ordered".to_string());
    }
    let currency = match preview.currency {
        "" => USUAL,
        place => path::at(shown, place).and_then(Value::as_str).ok_or("the preview names no currency")?,
    };
    total(&path::all(shown, preview.total), preview.unit, currency).ok_or_else(|| "the preview has no sum".to_string())
}

/// All amounts together; absent where there is none, or one is no amount.
fn total(amounts: &[&Value], unit: Unit, currency: &str) -> Option<Money> {
    let mut amounts = amounts.iter().map(|amount| Money::of(amount, unit, currency));
    let first = amounts.next()??;
    amounts.try_fold(first, |sum, amount| sum.plus(&amount?))
}

async fn of_orders(client: &Client, orders: &Orders, params: &Map<String, Value>, mut quote: Quote) -> Quote {
    for field in orders.ids {
        let named = params.get(*field).into_iter();
        let named = named.flat_map(|ids| ids.as_array().map_or_else(|| vec![ids], |ids| ids.iter().collect()));
        for id in named.filter_map(text) {
            if !quote.paid.contains(&id) {
                quote.paid.push(id);
            }
        }
    }
    let mut sums = Vec::new();
    for id in &quote.paid {
        let mut params = Map::from_iter([("orderId".to_string(), Value::from(id.as_str()))]);
        params.extend(orders.with.iter().map(|(name, value)| ((*name).to_string(), Value::from(*value))));
        let asked = ask(client, orders.row, &params).await;
        sums.push(match asked {
            Ok(shown) => {
                let sum = sum_of_order(orders, id, &shown);
                quote.shown = shown;
                sum
            }
            Err(refusal) => Err(format!("the order cannot be looked at by `{}`: {}", orders.row, refusal.words)),
        });
    }
    let mut sums = sums.into_iter();
    quote.sum = match sums.next() {
        None => Err("it names no order".to_string()),
        Some(first) => first
            .and_then(|first| {
                sums.try_fold(first, |sum, next| {
                    sum.plus(&next?).ok_or_else(|| "the orders' currencies differ".to_string())
                })
            })
            .map(Some),
    };
    quote
}

fn sum_of_order(orders: &Orders, id: &str, shown: &Value) -> Result<Money, String> {
    if path::at(shown, orders.same).and_then(text).as_deref() != Some(id) {
        return Err(format!("`{}` shows another order", orders.row));
    }
    let currency = match orders.currency {
        "" => USUAL,
        place => path::at(shown, place).and_then(Value::as_str).ok_or("the order names no currency")?,
    };
    let amount = path::at(shown, orders.total).and_then(|amount| Money::of(amount, orders.unit, currency));
    amount.ok_or_else(|| "the order shows no sum".to_string())
}

/// What is bought. What is not shown has neither seller nor category, so that no list allows it.
async fn items(client: &Client, preview: &Preview, params: &Map<String, Value>, shown: &Value) -> Vec<Item> {
    let [of_write, of_preview] = preview.items;
    let params = Value::Object(params.clone());
    let mut ids: Vec<String> = match of_write {
        "" => Vec::new(),
        place => path::all(&params, place).into_iter().filter_map(text).collect(),
    };
    if ids.is_empty() {
        ids = path::all(shown, of_preview).into_iter().filter_map(text).collect();
    }
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return vec![Item { id: "(not named)".to_string(), ..Item::default() }];
    }
    let mut items = Vec::new();
    for id in ids {
        items.push(item(client, preview.product, id).await);
    }
    items
}

async fn item(client: &Client, product: &Product, id: String) -> Item {
    let params = Map::from_iter([(product.ask.to_string(), Value::from(id.as_str()))]);
    let Ok(shown) = ask(client, product.row, &params).await else { return Item { id, ..Item::default() } };
    let texts =
        |places: &[&str]| places.iter().flat_map(|place| path::all(&shown, place)).filter_map(text).collect::<Vec<_>>();
    if !texts(product.same).contains(&id) {
        return Item { id, ..Item::default() };
    }
    Item { sellers: texts(product.sellers), categories: texts(product.categories), id }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
