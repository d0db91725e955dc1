//! What the wire asks beyond the tables' kinds: the platform's own names, and JSON text where it is embedded.

use crate::refusal::{Reason, Refusal};
use serde_json::Value;
use xportcn_core::schema::{Field, Form, Kind, Schema};

/// Refuses names that are not the wire's, and embedded values that are not text. The rest is for the codec.
pub(crate) fn check(schema: &'static Schema, body: &Value) -> Result<(), Refusal> {
    object(schema, body, "")
}

/// Refuses a name of the top level that is not the wire's.
pub(crate) fn check_name(schema: &'static Schema, name: &str) -> Result<(), Refusal> {
    match schema.field(name) {
        Some(field) => same_name(field, name, ""),
        None => Ok(()),
    }
}

fn object(schema: &'static Schema, value: &Value, path: &str) -> Result<(), Refusal> {
    let Value::Object(map) = value else { return Ok(()) };
    for (name, value) in map {
        let Some(field) = schema.field(name) else { continue };
        same_name(field, name, path)?;
        let path = join(path, field.wire());
        if field.form == Form::Embedded {
            embedded(&field.kind, value, &path)?;
        } else {
            inside(&field.kind, value, &path)?;
        }
    }
    Ok(())
}

fn inside(kind: &'static Kind, value: &Value, path: &str) -> Result<(), Refusal> {
    match (kind, value) {
        (Kind::Object(schema), _) => object(schema, value, path),
        (Kind::List(element), Value::Array(values)) => {
            values.iter().enumerate().try_for_each(|(index, value)| inside(element, value, &format!("{path}[{index}]")))
        }
        _ => Ok(()),
    }
}

fn embedded(kind: &'static Kind, value: &Value, path: &str) -> Result<(), Refusal> {
    match value {
        Value::Null => Ok(()),
        Value::String(text) if text.trim().is_empty() => Ok(()),
        Value::String(text) => match serde_json::from_str(text) {
            Ok(value) => inside(kind, &value, path),
            Err(_) => Err(invalid(path, "holds text that is not JSON")),
        },
        _ => Err(invalid(path, "must be a text that holds JSON, not the JSON itself")),
    }
}

fn same_name(field: &Field, name: &str, path: &str) -> Result<(), Refusal> {
    if name == field.wire() {
        return Ok(());
    }
    Err(invalid(&join(path, name), &format!("is called `{}` on the wire", field.wire())))
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_string() } else { format!("{path}.{name}") }
}

fn invalid(path: &str, reason: &str) -> Refusal {
    Refusal::new(Reason::InvalidField, format!("{path}: {reason}"))
}
