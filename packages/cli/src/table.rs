//! Text in columns, fitted to the terminal's width.

use std::io::{self, IsTerminal};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that are as wide as their widest cell, or narrower where a terminal is.
pub struct Table<const N: usize> {
    widths: [usize; N],
}

const GAP: &str = "  ";

/// No column gets narrower than this.
const NARROWEST: usize = 8;

impl<const N: usize> Table<N> {
    /// A table for these rows, on stdout. On a narrow terminal the columns of these numbers give way, the first one
    /// first.
    pub fn new<'a>(rows: impl IntoIterator<Item = [&'a str; N]>, giving_way: &[usize]) -> Self {
        Self::fitted(rows, giving_way, terminal_width())
    }

    fn fitted<'a>(
        rows: impl IntoIterator<Item = [&'a str; N]>,
        giving_way: &[usize],
        line_width: Option<usize>,
    ) -> Self {
        let mut widths = [0; N];
        for row in rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        let whole = widths.iter().sum::<usize>() + GAP.len() * (N - 1);
        let mut excess = whole.saturating_sub(line_width.unwrap_or(whole));
        for &column in giving_way {
            let given = excess.min(widths[column].saturating_sub(NARROWEST));
            widths[column] -= given;
            excess -= given;
        }
        Self { widths }
    }

    /// One row as a line, without spaces at its end.
    pub fn line(&self, cells: [&str; N]) -> String {
        let mut line = String::new();
        for (index, (cell, width)) in cells.into_iter().zip(self.widths).enumerate() {
            if index > 0 {
                line.push_str(GAP);
            }
            push_cell(cell, width, &mut line);
        }
        line.truncate(line.trim_end().len());
        line
    }
}

/// Widths are those on a terminal, where Chinese characters are as wide as two letters.
fn push_cell(cell: &str, width: usize, line: &mut String) {
    let mut used = cell.width();
    if used <= width {
        line.push_str(cell);
    } else {
        used = 1;
        for c in cell.chars() {
            let wider = used + c.width().unwrap_or_default();
            if wider > width {
                break;
            }
            used = wider;
            line.push(c);
        }
        line.push('…');
    }
    line.extend(std::iter::repeat_n(' ', width.saturating_sub(used)));
}

/// The width of the terminal, where stdout is one.
fn terminal_width() -> Option<usize> {
    let size = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    size.map(|(width, _)| usize::from(width.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [[&str; 3]; 2] = [["id", "method", "title"], ["a.longer.id", "GET", "中文 title, a longer one"]];

    #[test]
    fn columns_are_aligned_and_lines_have_no_trailing_spaces() {
        let table = Table::fitted(ROWS, &[2], None);
        assert_eq!(table.line(ROWS[0]), "id           method  title");
        assert_eq!(table.line(["a.longer.id", "GET", ""]), "a.longer.id  GET");
    }

    /// By hand: each Chinese character takes two columns.
    #[test]
    fn chinese_and_ascii_rows_are_aligned() {
        let rows = [["订单", "已付款", "1"], ["order", "paid", "2"]];
        let table = Table::fitted(rows, &[], None);
        assert_eq!(table.line(rows[0]), "订单   已付款  1");
        assert_eq!(table.line(rows[1]), "order  paid    2");
        let narrow = Table::fitted([["中文的很长的标题", "x"], ["ascii, a long title", "y"]], &[0], Some(11));
        assert_eq!(narrow.line(["中文的很长的标题", "x"]), "中文的…   x");
        assert_eq!(narrow.line(["ascii, a long title", "y"]), "ascii, …  y");
    }

    #[test]
    fn on_a_narrow_terminal_columns_give_way_in_their_order() {
        let lines = |giving_way, width| Table::fitted(ROWS, giving_way, Some(width)).line(ROWS[1]);
        assert_eq!(lines(&[2, 0], 80), "a.longer.id  GET     中文 title, a longer one");
        assert_eq!(lines(&[2, 0], 40), "a.longer.id  GET     中文 title, a long…");
        assert_eq!(lines(&[2, 0], 28), "a.longer.…  GET     中文 ti…");
        assert_eq!(lines(&[0, 2], 40), "a.longe…  GET     中文 title, a longer …");
        assert_eq!(lines(&[2, 0], 0), "a.longe…  GET     中文 ti…");
    }
}
