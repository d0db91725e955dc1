//! Places in JSON: `data[3].skuList` leads to one, `data[].skuId` to many.

use serde_json::Value;

/// The value at a path without open brackets; the whole for an empty one.
pub fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    steps(path).try_fold(value, |value, step| match step {
        Step::Field(name) => value.get(name),
        Step::Element(index) => value.get(index),
        Step::All => None,
    })
}

/// All values to which a path with `[]` leads, where one is there and is not null.
pub fn all<'v>(value: &'v Value, path: &str) -> Vec<&'v Value> {
    let mut found = vec![value];
    for step in steps(path) {
        found = found
            .into_iter()
            .flat_map(|value| match step {
                Step::Field(name) => value.get(name).into_iter().collect::<Vec<_>>(),
                Step::Element(index) => value.get(index).into_iter().collect(),
                Step::All => value.as_array().into_iter().flatten().collect(),
            })
            .collect();
    }
    found.retain(|value| !value.is_null());
    found
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Field(&'p str),
    Element(usize),
    All,
}

fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    path.split(['.', '[']).filter(|part| !part.is_empty()).map(|part| match part.strip_suffix(']') {
        Some("") => Step::All,
        Some(index) => index.parse().map_or(Step::Field(part), Step::Element),
        None => Step::Field(part),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn paths_lead_to_one_or_to_many() {
        let value = json!({"a": [{"b": 1}, {"b": null}, {"b": [2, 3]}], "c": {"d": "x"}});
        assert_eq!(at(&value, "a[2].b[1]"), Some(&json!(3)));
        assert_eq!(at(&value, "c.d"), Some(&json!("x")));
        assert_eq!(at(&value, ""), Some(&value));
        assert_eq!(at(&value, "a[9]"), None);
        assert_eq!(all(&value, "a[].b"), [&json!(1), &json!([2, 3])]);
        assert_eq!(all(&json!([{"id": 1}]), "[].id"), [&json!(1)]);
    }
}
