//! Pictures of questions, as SVG, each with words from which it can be drawn.

use std::fmt::Write;

/// A picture in the making: a drawing area in units of about a pixel, y downwards, and its words.
#[derive(Debug, Clone)]
pub struct Picture {
    width: i64,
    height: i64,
    body: String,
    description: String,
}

impl Picture {
    /// An empty picture. The description must be enough to draw it and to solve the question.
    #[must_use]
    pub fn new(width: i64, height: i64, description: impl Into<String>) -> Self {
        Self { width, height, body: String::new(), description: description.into() }
    }

    /// The words.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// A straight line.
    #[must_use]
    pub fn line(mut self, from: (i64, i64), to: (i64, i64)) -> Self {
        let _ = write!(self.body, r#"<line x1="{}" y1="{}" x2="{}" y2="{}"/>"#, from.0, from.1, to.0, to.1);
        self
    }

    /// A dashed line.
    #[must_use]
    pub fn dashed(mut self, from: (i64, i64), to: (i64, i64)) -> Self {
        let _ = write!(
            self.body,
            r#"<line x1="{}" y1="{}" x2="{}" y2="{}" stroke-dasharray="4 3"/>"#,
            from.0, from.1, to.0, to.1
        );
        self
    }

    /// A closed shape with straight sides; `filled` shades it.
    #[must_use]
    pub fn polygon(mut self, points: &[(i64, i64)], filled: bool) -> Self {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        let fill = if filled { r#" class="shade""# } else { "" };
        let _ = write!(self.body, r#"<polygon points="{}"{fill}/>"#, points.join(" "));
        self
    }

    /// A rectangle; `filled` shades it.
    #[must_use]
    pub fn rectangle(mut self, x: i64, y: i64, width: i64, height: i64, filled: bool) -> Self {
        let fill = if filled { r#" class="shade""# } else { "" };
        let _ = write!(self.body, r#"<rect x="{x}" y="{y}" width="{width}" height="{height}"{fill}/>"#);
        self
    }

    /// A circle; `filled` shades it.
    #[must_use]
    pub fn circle(mut self, x: i64, y: i64, radius: i64, filled: bool) -> Self {
        let fill = if filled { r#" class="shade""# } else { "" };
        let _ = write!(self.body, r#"<circle cx="{x}" cy="{y}" r="{radius}"{fill}/>"#);
        self
    }

    /// A dot.
    #[must_use]
    pub fn dot(mut self, x: i64, y: i64) -> Self {
        let _ = write!(self.body, r#"<circle cx="{x}" cy="{y}" r="3" class="dot"/>"#);
        self
    }

    /// Words centred on a point.
    #[must_use]
    pub fn label(mut self, x: i64, y: i64, text: &str) -> Self {
        let _ = write!(self.body, r#"<text x="{x}" y="{y}">{}</text>"#, escape(text));
        self
    }

    /// The little square of a right angle with its corner at `corner`, towards `dx` and `dy` (each 1 or -1).
    #[must_use]
    pub fn right_angle(self, corner: (i64, i64), dx: i64, dy: i64) -> Self {
        let (x, y, side) = (corner.0, corner.1, 9);
        self.line((x + dx * side, y), (x + dx * side, y + dy * side))
            .line((x, y + dy * side), (x + dx * side, y + dy * side))
    }

    /// A bar chart of whole numbers, its scale in steps of `step`.
    #[must_use]
    pub fn bars(description: impl Into<String>, title: &str, bars: &[(String, i64)], step: i64) -> Self {
        let step = step.max(1);
        let most = bars.iter().map(|(_, value)| *value).max().unwrap_or(0).max(1);
        let steps = (most + step - 1) / step;
        let (left, top, height, wide) = (44, 34, 160, 64);
        let count = i64::try_from(bars.len()).unwrap_or(0);
        let mut picture = Self::new(left + wide * count + 16, top + height + 34, description).label(
            (left + wide * count + 16) / 2,
            18,
            title,
        );
        for at in 0..=steps {
            let y = top + height - height * at / steps;
            picture = picture.line((left - 4, y), (left + wide * count, y)).label(
                left - 20,
                y + 4,
                &(at * step).to_string(),
            );
        }
        for ((name, value), at) in bars.iter().zip(0..) {
            let tall = height * value / (steps * step);
            let x = left + wide * at + 12;
            picture = picture.rectangle(x, top + height - tall, wide - 24, tall, true).label(
                x + (wide - 24) / 2,
                top + height + 18,
                name,
            );
        }
        picture
    }

    /// A table with a row of headings.
    #[must_use]
    pub fn table(description: impl Into<String>, headings: &[&str], rows: &[Vec<String>]) -> Self {
        let (wide, tall) = (110, 26);
        let columns = i64::try_from(headings.len()).unwrap_or(1);
        let lines = i64::try_from(rows.len()).unwrap_or(0) + 1;
        let mut picture = Self::new(wide * columns + 20, tall * lines + 20, description);
        for at in 0..=lines {
            picture = picture.line((10, 10 + tall * at), (10 + wide * columns, 10 + tall * at));
        }
        for at in 0..=columns {
            picture = picture.line((10 + wide * at, 10), (10 + wide * at, 10 + tall * lines));
        }
        let cells = std::iter::once(headings.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
            .chain(rows.iter().cloned());
        for (row, y) in cells.zip(0..) {
            for (text, x) in row.iter().zip(0..) {
                picture = picture.label(10 + wide * x + wide / 2, 10 + tall * y + 18, text);
            }
        }
        picture
    }

    /// A number line with ticks at `ticks` (labelled when not empty) and points at `points`, all as shares of the
    /// line in thousandths.
    #[must_use]
    pub fn number_line(
        description: impl Into<String>,
        ticks: &[(i64, String)],
        points: &[(i64, String)],
    ) -> Self {
        let at = |share: i64| 30 + 340 * share / 1000;
        let mut picture = Self::new(400, 90, description).line((10, 50), (390, 50));
        for (share, text) in ticks {
            picture = picture.line((at(*share), 44), (at(*share), 56)).label(at(*share), 76, text);
        }
        for (share, text) in points {
            picture = picture.dot(at(*share), 50).label(at(*share), 34, text);
        }
        picture
    }

    /// The SVG document.
    #[must_use]
    pub fn svg(&self) -> String {
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img"><title>{title}</title><style>line,polygon,rect,circle{{fill:none;stroke:currentColor;stroke-width:1.5}}.shade{{fill:#9bb8d3}}.dot{{fill:currentColor}}text{{font:14px sans-serif;text-anchor:middle;fill:currentColor}}</style>{body}</svg>"##,
            w = self.width,
            h = self.height,
            title = escape(&self.description),
            body = self.body
        )
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
