//! Lays JSON out over several lines. Works on the text, so that no digit and no order changes.

const INDENT: &str = "  ";

/// The JSON text, laid out; it must be valid JSON. Control characters that JSON allows are escaped.
pub fn pretty(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let mut depth = 0;
    let mut in_string = false;
    let mut escaped = false;
    let mut chars = json.chars().peekable();
    while let Some(c) = chars.next() {
        if in_string {
            push_inside_string(c, &mut out);
            in_string = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        match c {
            '{' | '[' => {
                out.push(c);
                while chars.next_if(|c| c.is_ascii_whitespace()).is_some() {}
                if let Some(close) = chars.next_if(|next| matches!(next, '}' | ']')) {
                    out.push(close);
                } else {
                    depth += 1;
                    new_line(depth, &mut out);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(depth, &mut out);
                out.push(c);
            }
            ',' => {
                out.push(c);
                new_line(depth, &mut out);
            }
            ':' => out.push_str(": "),
            _ if c.is_ascii_whitespace() => {}
            _ => {
                in_string = c == '"';
                out.push(c);
            }
        }
    }
    out
}

fn push_inside_string(c: char, out: &mut String) {
    if c.is_control() {
        out.push_str(&format!("\\u{:04x}", u32::from(c)));
    } else {
        out.push(c);
    }
}

fn new_line(depth: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str(INDENT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_laid_out_and_its_values_stay() {
        let json =
            r#"{"id":"1034499579120189839","n":1.50,"list":[1,{"a":null}],"empty":[],"none":{},"t":"a:{\"b\",\\"}"#;
        let expected = r#"{
  "id": "1034499579120189839",
  "n": 1.50,
  "list": [
    1,
    {
      "a": null
    }
  ],
  "empty": [],
  "none": {},
  "t": "a:{\"b\",\\"
}"#;
        assert_eq!(pretty(json), expected);
        assert_eq!(pretty(&pretty(json)), expected);
    }

    #[test]
    fn scalars_stay_as_they_are() {
        for json in ["null", "12", "\"a b\"", "[]", "{}"] {
            assert_eq!(pretty(json), json);
        }
    }

    #[test]
    fn control_characters_that_json_allows_are_escaped() {
        assert_eq!(pretty("\"a\u{7f}\u{9b}31m\""), r#""a\u007f\u009b31m""#);
    }
}
