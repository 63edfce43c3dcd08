//! Tables as spreadsheets read them (RFC 4180).

/// A table with its head. A text that a spreadsheet would take for a formula is kept from being one.
#[must_use]
pub(crate) fn csv(heads: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        let cells: Vec<String> = cells.map(cell).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    };
    line(&mut heads.iter().copied());
    for row in rows {
        line(&mut row.iter().map(String::as_str));
    }
    text
}

fn cell(text: &str) -> String {
    // OWASP, "CSV Injection"; numbers may begin with a minus.
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::csv;

    #[test]
    fn cells_are_quoted_and_formulas_are_texts() {
        let rows = [vec!["a,b".to_owned(), "say \"hi\"".to_owned(), "=1+1".to_owned(), "-0.5".to_owned()]];
        assert_eq!(csv(&["w", "x", "y", "z"], &rows), "w,x,y,z\r\n\"a,b\",\"say \"\"hi\"\"\",'=1+1,-0.5\r\n");
    }
}
