//! How code is laid out in all languages: an element a line where there are several, in brackets.

/// Columns by which most languages indent.
pub(super) const STEP: usize = 4;

/// Columns of a line.
const WIDTH: usize = 100;

/// Elements between brackets: on one line if they fit, else one a line, with a comma behind each, the last too if `trails`.
pub(super) fn list(open: &str, elements: &[String], close: &str, indent: usize, step: usize, trails: bool) -> String {
    if elements.is_empty() {
        return format!("{open}{close}");
    }
    let is_short = elements.iter().map(|element| element.chars().count() + 2).sum::<usize>() + indent < WIDTH - 20;
    if is_short && !elements.iter().any(|element| element.contains('\n')) {
        let pad = if open.ends_with('{') { " " } else { "" };
        return format!("{open}{pad}{}{pad}{close}", elements.join(", "));
    }
    let space = " ".repeat(indent + step);
    let mut out = format!("{open}\n{space}{}", elements.join(&format!(",\n{space}")));
    if trails {
        out.push(',');
    }
    format!("{out}\n{}{close}", " ".repeat(indent))
}

/// Text within double quotes, as most languages write it: what is not printable as `unicode` writes a unit.
pub(super) fn quoted(text: &str, escapes: &[(char, &str)], unicode: impl Fn(u32) -> String) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ => match escapes.iter().find(|(known, _)| *known == letter) {
                Some((_, escape)) => out.push_str(escape),
                None if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}') => {
                    out.push_str(&unicode(u32::from(letter)));
                }
                None => out.push(letter),
            },
        }
    }
    out + "\""
}
