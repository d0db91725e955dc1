//! Tools on the way to an order: find products, look at one, and ask what an order would cost.

use super::arguments::Arguments;
use super::markets::{Search, market};
use super::reading::Part;
use super::{Agent, now_ms};
use crate::answer::Answer;
use crate::asking::ask;
use crate::catalogue::named;
use crate::guard::{Quote, Refusal, normal, quote};
use crate::path;
use serde_json::{Map, Value, json};
use xportcn::Endpoint;
use xportcn_core::endpoint::Safety;

impl Agent {
    pub(super) async fn find_products(&self, arguments: &mut Arguments) -> Result<Answer, Refusal> {
        let market = market(&arguments.text("market")?)?;
        let words = arguments.text("words")?;
        let page = arguments.number("page", 1, 10_000, 1)?;
        let size = arguments.number("size", 1, 40, 10)?;
        arguments.end()?;
        let search = &market.search;
        let params = json!({"keyword": words, "pageSize": size, search.page: page});
        let found = ask(&self.client, search.row, params.as_object().unwrap_or(&Map::new())).await?;
        let products = path::at(&found, search.items).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut data = json!({"products": products.iter().map(|item| summary(search, item)).collect::<Vec<_>>()});
        if !search.total.is_empty() {
            data["total"] = path::at(&found, search.total).cloned().unwrap_or_default();
        }
        let about = json!({"market": market.name, "call": search.row, "page": page, "price": price_of(search)});
        Ok(Answer::foreign(about, data))
    }

    pub(super) async fn product_details(&self, arguments: &mut Arguments) -> Result<Answer, Refusal> {
        let (row, field) = market(&arguments.text("market")?)?.product;
        let params = Map::from_iter([(field.to_string(), json!(arguments.text("id")?))]);
        let part = Part::of(arguments)?;
        arguments.end()?;
        let data = ask(&self.client, row, &params).await?;
        Ok(Answer::foreign(json!({"call": row}), part.take(data)?))
    }

    pub(super) async fn quote_order(&self, arguments: &mut Arguments) -> Result<Answer, Refusal> {
        let row = written(&arguments.text("call")?)?;
        let params = arguments.params()?;
        let part = Part::of(arguments)?;
        arguments.end()?;
        let params = normal(row, &params)?;
        self.buildable(row, &params)?;
        let quote = quote(&self.client, row, &params, &self.limits).await?;
        let mut about = json!({"call": row.id, "cost": cost_of(&quote), "allowed": true});
        if let Err(refusal) = self.allowed(row, &quote) {
            about["allowed"] = json!(false);
            about["limit"] = json!(refusal.limit);
            about["why"] = json!(refusal.words);
        }
        Ok(Answer::foreign(about, part.take(quote.shown)?))
    }

    /// Whether the client could send this: what is refused here was not sent.
    pub(super) fn buildable(&self, row: &Endpoint, params: &Map<String, Value>) -> Result<(), Refusal> {
        let request = self.client.request_json(row.id, Value::Object(params.clone()).to_string());
        request.map(drop).map_err(crate::asking::refusal)
    }

    /// Whether a write passes no limit, as things are now.
    pub(super) fn allowed(&self, row: &Endpoint, quote: &Quote) -> Result<(), Refusal> {
        self.limits.check_call(row.id)?;
        match &quote.sum {
            Ok(None) => {}
            Ok(Some(sum)) => self.limits.check_sum(row.id, Ok(sum))?,
            Err(why) => self.limits.check_sum(row.id, Err(why))?,
        }
        self.limits.check_facts(&quote.facts)?;
        let sum = quote.sum.as_ref().ok().and_then(Option::as_ref);
        self.kept.check(sum, &quote.paid, &self.limits, now_ms())
    }
}

/// A call that writes.
pub fn written(id: &str) -> Result<&'static Endpoint, Refusal> {
    let row = named(id)?;
    match row.safety {
        Safety::Write => Ok(row),
        Safety::Read => Err(Refusal::invalid(format!("`{id}` only reads: use read"))),
    }
}

/// What a write costs, for programs.
pub fn cost_of(quote: &Quote) -> Value {
    match &quote.sum {
        Ok(None) => json!({"known": true, "amount": "0"}),
        Ok(Some(sum)) => {
            let mut out = json!({"known": true, "amount": sum.amount.to_string(), "currency": sum.currency});
            if let Some(previewed) = &quote.previewed {
                out["previewed"] = json!(previewed.to_string());
            }
            out
        }
        Err(why) => json!({"known": false, "why": why}),
    }
}

fn summary(search: &Search, item: &Value) -> Value {
    let fields = search.fields.iter().map(|(name, places)| {
        let value = places.iter().filter_map(|place| path::at(item, place)).find(|value| !value.is_null());
        ((*name).to_string(), value.cloned().unwrap_or_default())
    });
    Value::Object(fields.collect())
}

/// What the tables say of the price.
fn price_of(search: &Search) -> String {
    use xportcn_core::schema::Kind;
    let place = search.fields.iter().find(|(name, _)| *name == "price").map_or("", |(_, places)| places[0]);
    let Ok(row) = xportcn::endpoint(search.row) else { return String::new() };
    let mut kind = &row.reply;
    let mut doc = "";
    for part in search.items.split('.').chain(place.split('.')) {
        while let Kind::List(element) = kind {
            kind = element;
        }
        let Kind::Object(schema) = kind else { return String::new() };
        let Some(field) = schema.field(part) else { return String::new() };
        (kind, doc) = (&field.kind, field.doc);
    }
    doc.trim().to_string()
}
