//! Addresses, however a row spells their parts.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// An address: its parts that say something. Two are the same where all of them are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(BTreeMap<&'static str, String>);

/// The parts, and how rows spell them.
const PARTS: &[(&str, &[&str])] = &[
    ("name", &["name", "fullName"]),
    ("mobile", &["mobile", "mobilePhone"]),
    ("phone", &["phone"]),
    ("country", &["country"]),
    ("province", &["province", "provinceText", "state"]),
    ("city", &["city", "cityText"]),
    ("district", &["district", "areaText"]),
    ("districtCode", &["districtCode"]),
    ("town", &["town", "townText"]),
    ("street", &["street", "address", "detailAddress"]),
    ("postcode", &["postcode", "postCode", "zip"]),
];

/// The fields of requests that hold an address.
pub const FIELDS: &[&str] = &["receiver", "orderAddress", "addressParam", "shippingAddress"];

/// The row whose request is an address.
const SAVED: &str = "address.save";

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    /// Names the part that is none, or that is missing.
    pub fn parse(json: &str) -> Result<Self, String> {
        let value: Map<String, Value> = serde_json::from_str(json)
            .map_err(|_| "an address is a JSON object, as {\"city\": \"杭州市\", \"street\": \"象山路1号\"}")?;
        let address = Self::of(&value)?;
        match ["city", "street"].iter().find(|part| !address.0.contains_key(*part)) {
            Some(part) => Err(format!("an address must have `{part}`")),
            None => Ok(address),
        }
    }

    /// The address that a write delivers to, if it names one.
    ///
    /// # Errors
    /// Names the part of it that is none.
    pub fn within(row: &str, params: &Map<String, Value>) -> Result<Option<Self>, String> {
        if row == SAVED {
            let parts = params.iter().filter(|(name, _)| *name != "id");
            return Self::of(&parts.map(|(name, value)| (name.clone(), value.clone())).collect()).map(Some);
        }
        let mut found = FIELDS.iter().filter_map(|field| params.get(*field)).filter(|value| !value.is_null());
        match (found.next(), found.next()) {
            (None, _) => Ok(None),
            (Some(Value::Object(parts)), None) => Self::of(parts).map(Some),
            (Some(_), None) => Err("the address is no object".to_string()),
            (Some(_), Some(_)) => Err("there are two addresses".to_string()),
        }
    }

    fn of(parts: &Map<String, Value>) -> Result<Self, String> {
        let mut known = BTreeMap::new();
        for (name, value) in parts {
            let part = PARTS.iter().find(|(_, spellings)| spellings.contains(&name.as_str()));
            let (part, _) = part.ok_or_else(|| format!("`{name}` is no part of an address"))?;
            let text = match value {
                Value::Null => String::new(),
                Value::String(text) => text.trim().to_string(),
                Value::Number(number) => number.to_string(),
                _ => return Err(format!("`{name}` is no text")),
            };
            if !text.is_empty() && known.insert(*part, text).is_some() {
                return Err(format!("`{part}` is there twice"));
            }
        }
        Ok(Self(known))
    }

    /// To keep.
    pub fn to_json(&self) -> Value {
        json!(self.0)
    }

    /// What [`Address::to_json`] wrote.
    pub fn kept(value: &Value) -> Option<Self> {
        Self::of(value.as_object()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use xportcn_core::catalogue::ENDPOINTS;
    use xportcn_core::schema::Kind;

    const HOME: &str =
        r#"{"name": "张三", "mobile": "13800000000", "province": "浙江省", "city": "杭州市", "street": "象山路1号"}"#;

    #[test]
    fn rows_spell_one_address_in_their_ways() {
        let home = Address::parse(HOME).unwrap();
        for (row, params) in [
            (
                "taobao.order.purchase_create",
                json!({"receiver": {"name": "张三", "mobilePhone": "13800000000", "phone": "", "state": "浙江省", "city": "杭州市", "address": "象山路1号", "zip": null}}),
            ),
            (
                "alibaba.order.create",
                json!({"addressParam": {"fullName": "张三", "mobile": "13800000000", "provinceText": "浙江省", "cityText": "杭州市", "address": " 象山路1号"}}),
            ),
        ] {
            assert_eq!(Address::within(row, params.as_object().unwrap()).unwrap().unwrap(), home, "{row}");
        }
        let other = json!({"receiver": {"name": "张三", "mobilePhone": "13800000000", "state": "浙江省", "city": "杭州市", "address": "象山路1号", "district": "余杭区"}});
        assert_ne!(Address::within("taobao.order.purchase_create", other.as_object().unwrap()).unwrap().unwrap(), home);
        let kept = Address::kept(&home.to_json()).unwrap();
        assert_eq!(kept, home);
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for wrong in ["{}", "[]", r#"{"city": "x"}"#, r#"{"city": "x", "street": "y", "planet": "z"}"#] {
            assert!(Address::parse(wrong).is_err(), "{wrong}");
        }
        let two = json!({"receiver": {"city": "x"}, "addressParam": {"city": "x"}});
        assert!(Address::within("x", two.as_object().unwrap()).is_err());
    }

    #[test]
    fn every_part_of_an_address_in_the_tables_has_its_place() {
        for row in ENDPOINTS.iter().filter(|row| row.effect.is_some()) {
            for field in row.request.fields.iter().filter(|field| FIELDS.contains(&field.name())) {
                let Kind::Object(schema) = field.kind else { continue };
                for part in schema.fields {
                    let is_known = PARTS.iter().any(|(_, spellings)| spellings.contains(&part.name()));
                    assert!(is_known, "{}: {}", row.id, part.name());
                }
            }
        }
    }
}
