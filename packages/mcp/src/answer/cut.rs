//! Data cut to what a model can use, with a list of what was left out.

use serde_json::{Value, json};

/// The most that the JSON of an answer's data should have, in bytes.
const LARGEST: usize = 24_000;

/// How many elements of a list and how many letters of a text are kept, the most generous first.
const STEPS: &[(usize, usize)] = &[(50, 2000), (20, 1000), (10, 500), (5, 250), (3, 120), (1, 80)];

/// Cuts what is too large, and tells what was left out: where, how much is left and how much there is.
pub fn cut(data: &mut Value) -> Vec<Value> {
    let mut left_out = Vec::new();
    for (elements, letters) in STEPS {
        let mut shorter = data.clone();
        left_out.clear();
        shorten(&mut shorter, "", *elements, *letters, &mut left_out);
        if shorter.to_string().len() <= LARGEST {
            *data = shorter;
            return left_out;
        }
    }
    // Objects with very many members.
    let names: Vec<String> = data.as_object().into_iter().flatten().map(|(name, _)| name.clone()).take(200).collect();
    *data = json!({"members": names});
    vec![json!({"path": "", "kept": 0, "of": 1})]
}

fn shorten(value: &mut Value, path: &str, elements: usize, letters: usize, left_out: &mut Vec<Value>) {
    match value {
        Value::String(text) => {
            let of = text.chars().count();
            if of > letters {
                *text = text.chars().take(letters).collect();
                left_out.push(json!({"path": path, "kept": letters, "of": of}));
            }
        }
        Value::Array(list) => {
            let of = list.len();
            if of > elements {
                list.truncate(elements);
                left_out.push(json!({"path": path, "kept": elements, "of": of}));
            }
            for (index, element) in list.iter_mut().enumerate() {
                shorten(element, &format!("{path}[{index}]"), elements, letters, left_out);
            }
        }
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                shorten(member, &path, elements, letters, left_out);
            }
        }
        _ => {}
    }
    left_out.truncate(20);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_small_stays_whole() {
        let mut data = json!({"a": [1, 2], "b": "x"});
        let before = data.clone();
        assert!(cut(&mut data).is_empty());
        assert_eq!(data, before);
    }

    #[test]
    fn what_is_large_is_cut_and_says_where() {
        let mut data = json!({"list": vec!["y".repeat(3000); 100]});
        let left_out = cut(&mut data);
        assert!(data.to_string().len() <= LARGEST);
        assert_eq!(left_out[0]["path"], "list");
        assert_eq!(left_out[0]["of"], 100);
        assert_eq!(
            left_out[1],
            json!({"path": "list[0]", "kept": data["list"][0].as_str().unwrap().len(), "of": 3000})
        );
    }

    #[test]
    fn nothing_is_larger_than_that() {
        let members = (0..10_000).map(|index| (format!("name {index}"), json!("value")));
        let mut data = Value::Object(members.collect());
        assert!(!cut(&mut data).is_empty());
        assert!(data.to_string().len() <= LARGEST);
    }
}
