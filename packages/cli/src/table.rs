//! Text in columns, cut to the terminal's width.

use std::io::{self, IsTerminal};

/// Columns that are as wide as their widest cell; the last one takes the rest of the line.
pub struct Table<const N: usize> {
    widths: [usize; N],
    line_width: Option<usize>,
}

const GAP: &str = "  ";

impl<const N: usize> Table<N> {
    /// A table for these rows, on stdout.
    pub fn new<'a>(rows: impl IntoIterator<Item = [&'a str; N]>) -> Self {
        let mut widths = [0; N];
        for row in rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        Self { widths, line_width: terminal_width() }
    }

    /// One row as a line, without spaces at its end.
    pub fn line(&self, cells: [&str; N]) -> String {
        let mut line = String::new();
        for (index, (cell, width)) in cells.iter().zip(self.widths).enumerate() {
            if index > 0 {
                line.push_str(GAP);
            }
            line.push_str(cell);
            let missing = width.saturating_sub(cell.chars().count());
            line.extend(std::iter::repeat_n(' ', missing));
        }
        let line = line.trim_end();
        match self.line_width {
            Some(width) if line.chars().count() > width => cut(line, width),
            _ => line.to_string(),
        }
    }
}

fn cut(line: &str, width: usize) -> String {
    let mut cut: String = line.chars().take(width.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// The width of the terminal, where stdout is one.
fn terminal_width() -> Option<usize> {
    let size = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    size.map(|(width, _)| usize::from(width.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(line_width: Option<usize>) -> Table<3> {
        Table { line_width, ..Table::new([["id", "method", "title"], ["a.longer.id", "GET", "中文 title"]]) }
    }

    #[test]
    fn columns_are_aligned_and_lines_have_no_trailing_spaces() {
        let table = table(None);
        assert_eq!(table.line(["id", "method", "title"]), "id           method  title");
        assert_eq!(table.line(["a.longer.id", "GET", ""]), "a.longer.id  GET");
    }

    #[test]
    fn lines_are_cut_to_the_terminal() {
        assert_eq!(table(Some(16)).line(["a.longer.id", "GET", "中文 title"]), "a.longer.id  GE…");
        assert_eq!(table(Some(80)).line(["a.longer.id", "GET", "中文"]), "a.longer.id  GET     中文");
    }
}
