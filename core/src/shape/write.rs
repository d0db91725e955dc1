//! Shapes as JSON.

use super::node::{Node, TYPES};
use super::{Count, Shapes};
use crate::json::{write_key, write_text};
use alloc::string::{String, ToString};

impl Shapes {
    /// The shapes by row: `{"rows": {id: {seen, statuses, contents, codes, body}}, "cut": false}`. A place is `{types,
    /// digits, misfits, unknown, absent, members}`, of which only what there is is written.
    pub fn to_json(&self) -> String {
        let mut out = String::from("{\"rows\":{");
        for (index, row) in self.rows.iter().enumerate() {
            write_key(row.id, index == 0, &mut out);
            out.push_str("{\"seen\":");
            out.push_str(&digits(row.seen.into()));
            for (name, counts) in
                [(",\"statuses\":", &row.statuses), (",\"contents\":", &row.contents), (",\"codes\":", &row.codes)]
            {
                out.push_str(name);
                write_counts(counts.iter().map(|Count { what, times }| (what.as_str(), *times)), &mut out);
            }
            out.push_str(",\"body\":");
            row.body.write(&mut out);
            out.push('}');
        }
        out.push_str(if self.cut { "},\"cut\":true}" } else { "},\"cut\":false}" });
        out
    }
}

impl Node {
    fn write(&self, out: &mut String) {
        out.push_str("{\"types\":");
        write_counts(TYPES.into_iter().zip(self.types), out);
        if let Some((fewest, most)) = self.digits {
            out.push_str(",\"digits\":[");
            out.push_str(&digits(fewest as u64));
            out.push(',');
            out.push_str(&digits(most as u64));
            out.push(']');
        }
        if self.misfits > 0 {
            out.push_str(",\"misfits\":");
            out.push_str(&digits(self.misfits.into()));
        }
        if self.known.is_none() && !self.name.is_empty() {
            out.push_str(",\"unknown\":true");
        }
        if let Some(schema) = self.schema {
            out.push_str(",\"absent\":[");
            let is_there = |index| self.members.iter().any(|member| member.known == Some(index));
            let absent = schema.fields.iter().enumerate().filter(|(index, _)| !is_there(*index));
            for (count, (_, field)) in absent.enumerate() {
                if count > 0 {
                    out.push(',');
                }
                write_text(field.wire(), out);
            }
            out.push(']');
        }
        if !self.members.is_empty() {
            out.push_str(",\"members\":{");
            for (index, member) in self.members.iter().enumerate() {
                write_key(&member.name, index == 0, out);
                member.write(out);
            }
            out.push('}');
        }
        out.push('}');
    }
}

fn write_counts<'a>(counts: impl Iterator<Item = (&'a str, u32)>, out: &mut String) {
    out.push('{');
    for (index, (what, times)) in counts.filter(|(_, times)| *times > 0).enumerate() {
        write_key(what, index == 0, out);
        out.push_str(&digits(times.into()));
    }
    out.push('}');
}

/// A number in digits.
pub(super) fn digits(number: u64) -> String {
    number.to_string()
}
