//! The audit log: a line of JSON for each tool that was called, without secrets and personal data.

use crate::guard::{ADDRESS_FIELDS, Refusal};
use serde_json::{Map, Value, json};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use xportcn::Endpoint;
use xportcn_core::schema::{Kind, Schema};

/// Where all that agents do is written.
pub struct Audit(Mutex<File>);

/// In place of what is not written.
const MASKED: &str = "***";

impl Audit {
    /// Opens the log, for its owner only, and writes at its end.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn open(path: &Path) -> Result<Self, Refusal> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(|error| unwritten(&error))?;
        Ok(Self(Mutex::new(file)))
    }

    /// Writes a line. `is_kept` waits for the disk.
    ///
    /// # Errors
    /// If it cannot be written: nothing that writes is done then.
    pub fn write(&self, line: &Value, is_kept: bool) -> Result<(), Refusal> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let written = file.write_all(format!("{line}\n").as_bytes());
        let written = written.and_then(|()| if is_kept { file.sync_data() } else { Ok(()) });
        written.map_err(|error| unwritten(&error))
    }
}

fn unwritten(error: &std::io::Error) -> Refusal {
    Refusal::new("unavailable", format!("the audit log cannot be written, so nothing was sent: {error}"))
}

/// Parameters as the log has them: ids, amounts, numbers, codes and times stand as they are; texts, which may be a person's,
/// do not.
pub fn masked(row: &'static Endpoint, params: &Map<String, Value>) -> Value {
    object(row.request, params)
}

fn object(schema: &'static Schema, members: &Map<String, Value>) -> Value {
    let masked = members.iter().map(|(name, value)| match schema.field(name) {
        Some(field) if ADDRESS_FIELDS.contains(&field.name()) => (field.name().to_string(), json!(MASKED)),
        Some(field) => (field.name().to_string(), of(&field.kind, value)),
        // Who invents a field's name may hide something in it.
        None => (MASKED.to_string(), json!(MASKED)),
    });
    Value::Object(masked.collect())
}

fn of(kind: &'static Kind, value: &Value) -> Value {
    match (kind, value) {
        (_, Value::Null | Value::Bool(_)) => value.clone(),
        (Kind::Object(schema), Value::Object(members)) => object(schema, members),
        (Kind::List(element), Value::Array(elements)) => elements.iter().map(|value| of(element, value)).collect(),
        (Kind::Amount | Kind::Float | Kind::Int | Kind::Time, Value::Number(_)) => value.clone(),
        (Kind::Amount | Kind::Int | Kind::Time, Value::String(text)) if text.len() <= 32 && !is_word(text) => {
            value.clone()
        }
        (Kind::Id | Kind::Code(_), Value::Number(_)) => value.clone(),
        (Kind::Id | Kind::Code(_), Value::String(text)) if is_short(text) => value.clone(),
        _ => json!(MASKED),
    }
}

/// Whether an id or a code has the form of one.
fn is_short(text: &str) -> bool {
    text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

fn is_word(text: &str) -> bool {
    !text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.:TZ ".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_and_texts_are_not_written() {
        let params = json!({
            "orderLineList": [{"itemId": "77", "quantity": 2, "price": "1.50"}],
            "purchaseAmount": "400",
            "receiver": {"name": "张三", "mobilePhone": "13800000000", "address": "象山路1号", "zip": "310000"},
            "sellerOrderNumber": "张三 1",
            "remark 13800000000": "x",
        });
        let masked = masked(xportcn::endpoint("taobao.order.purchase_create").unwrap(), params.as_object().unwrap());
        assert_eq!(masked["orderLineList"], json!([{"itemId": "77", "quantity": 2, "price": "1.50"}]));
        assert_eq!(masked["purchaseAmount"], "400");
        assert_eq!(masked["sellerOrderNumber"], MASKED);
        for secret in ["张三", "13800000000", "象山路", "310000"] {
            assert!(!masked.to_string().contains(secret), "{masked}");
        }
    }

    #[test]
    fn the_row_that_saves_an_address_shows_none_of_it() {
        let row = xportcn::endpoint("address.save").unwrap();
        for field in row.request.fields {
            let sent = Map::from_iter([(field.name().to_string(), json!("13800000000"))]);
            let is_shown = masked(row, &sent).to_string().contains("138");
            assert_eq!(is_shown, field.name() == "id", "{}", field.name());
        }
    }
}
