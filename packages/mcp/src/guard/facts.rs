//! What a write is about: from whom is bought, of which categories, and where it goes.

use super::address::Address;
use serde_json::{Value, json};

/// What a write is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What is bought, where that was asked for.
    pub items: Vec<Item>,
    /// Where it goes, where it goes somewhere.
    pub address: Option<Address>,
}

/// Something that is bought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// The names of its seller.
    pub sellers: Vec<String>,
    /// Its categories.
    pub categories: Vec<String>,
}

impl Facts {
    /// To keep.
    pub fn to_json(&self) -> Value {
        let items = self.items.iter();
        let items: Vec<Value> =
            items.map(|item| json!({"id": item.id, "sellers": item.sellers, "categories": item.categories})).collect();
        json!({"items": items, "address": self.address.as_ref().map(Address::to_json)})
    }

    /// What [`Facts::to_json`] wrote.
    pub fn kept(value: &Value) -> Self {
        let texts = |value: &Value| {
            value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_string).collect()
        };
        let items = value["items"].as_array().into_iter().flatten();
        let items = items.map(|item| Item {
            id: item["id"].as_str().unwrap_or_default().to_string(),
            sellers: texts(&item["sellers"]),
            categories: texts(&item["categories"]),
        });
        Self { items: items.collect(), address: Address::kept(&value["address"]) }
    }
}
