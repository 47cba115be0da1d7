//! A report as plain data, and as HTML: the same on the screen, on paper and in a file.

use std::fmt::Write;

use plots::chart::svg::{self, escaped};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    pub title: String,
    /// Date, device and the like, under the title.
    pub lead: String,
    pub sections: Vec<Section>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    pub heading: String,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Text(String),
    /// Names with values; the first word of each is for tests, and may be empty.
    Facts(Vec<(&'static str, String, String)>),
    Table {
        head: Vec<String>,
        rows: Vec<Vec<String>>,
    },
    /// SVG with the words below it.
    Figure {
        svg: String,
        caption: String,
    },
    /// Two figures side by side, where there is room.
    Pair([(String, String); 2]),
    /// A QR code with its text.
    Code {
        svg: String,
        text: String,
    },
    Link(String),
}

/// For a file that stands alone.
const STYLE: &str = "\
body{font:11pt/1.45 system-ui,sans-serif;color:#000;background:#fff;max-width:180mm;margin:12mm auto;padding:0 6mm}\
h1{font-size:20pt;line-height:1.2;margin:0}h2{font-size:13pt;margin:7mm 0 2mm;break-after:avoid}p{margin:0 0 2mm}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:1mm 3mm 1mm 0;border-bottom:1px solid #bbb;font-weight:400}\
thead th{font-weight:600}dl{display:grid;grid-template-columns:max-content 1fr;gap:1mm 5mm;margin:0}dd{margin:0;font-weight:600}\
figure{margin:0 0 3mm}figure svg{width:100%;height:auto}figcaption{font-size:9.5pt}.doc-pair{display:grid;grid-template-columns:1fr 1fr;gap:5mm}\
.doc-code{display:flex;align-items:center;gap:5mm}.doc-code svg{width:36mm;height:36mm;flex:none}code,.doc-link{font-family:ui-monospace,monospace;overflow-wrap:anywhere}\
figure,table,dl,.doc-code,li{break-inside:avoid}@page{margin:14mm}@media print{body{margin:0;padding:0;max-width:none}}";

/// What lies within the element that shows the document.
pub fn body(document: &Document) -> String {
    let mut html = format!(
        "<h1>{}</h1><p class=\"doc-lead\">{}</p>",
        escaped(&document.title),
        escaped(&document.lead),
    );
    for section in &document.sections {
        let heading = escaped(&section.heading);
        let _ = write!(html, "<section><h2>{heading}</h2>");
        for block in &section.blocks {
            push(&mut html, block);
        }
        html.push_str("</section>");
    }
    html
}

/// A file that needs nothing else. `language`: its tag.
pub fn file(document: &Document, language: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{}</title><style>{STYLE}{}</style></head><body><main>{}</main></body></html>\n",
        escaped(&document.title),
        svg::STYLE,
        body(document),
    )
}

fn push(html: &mut String, block: &Block) {
    // Nothing fails that is written to a string.
    let _ = match block {
        Block::Text(words) => write!(html, "<p>{}</p>", escaped(words)),
        Block::Facts(facts) => write!(
            html,
            "<dl>{}</dl>",
            facts.iter().map(fact).collect::<String>()
        ),
        Block::Table { head, rows } => write!(
            html,
            "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
            cells("th scope=\"col\"", "th", head),
            rows.iter()
                .map(|row| format!("<tr>{}</tr>", cells("td", "td", row)))
                .collect::<String>(),
        ),
        Block::Figure { svg, caption } => write!(html, "{}", figure(svg, caption)),
        Block::Pair(pair) => write!(
            html,
            "<div class=\"doc-pair\">{}</div>",
            pair.iter()
                .map(|(svg, caption)| figure(svg, caption))
                .collect::<String>()
        ),
        Block::Code { svg, text } => write!(
            html,
            "<div class=\"doc-code\">{svg}<code data-testid=\"report-code\">{}</code></div>",
            escaped(text)
        ),
        Block::Link(address) => write!(
            html,
            "<p><a class=\"doc-link\" data-testid=\"report-link\" href=\"{0}\">{0}</a></p>",
            escaped(address)
        ),
    };
}

fn fact((id, name, value): &(&'static str, String, String)) -> String {
    let mark = match *id {
        "" => String::new(),
        id => format!(" data-testid=\"report-{id}\""),
    };
    format!(
        "<dt>{}</dt><dd{mark}>{}</dd>",
        escaped(name),
        escaped(value)
    )
}

fn cells(open: &str, close: &str, cells: &[String]) -> String {
    let cell = |words: &String| format!("<{open}>{}</{close}>", escaped(words));
    cells.iter().map(cell).collect()
}

fn figure(svg: &str, caption: &str) -> String {
    format!(
        "<figure>{svg}<figcaption>{}</figcaption></figure>",
        escaped(caption)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        let text = |words: &str| words.to_owned();
        Document {
            title: text("A & B"),
            lead: text("<today>"),
            sections: vec![Section {
                heading: text("Numbers"),
                blocks: vec![
                    Block::Text(text("1 < 2")),
                    Block::Facts(vec![("score", text("Score"), text("\"9\""))]),
                    Block::Table {
                        head: vec![text("h")],
                        rows: vec![vec![text("<script>")]],
                    },
                    Block::Link(text("https://example.org/?a=1&b=\"2")),
                ],
            }],
        }
    }

    #[test]
    fn words_stay_words() {
        let html = body(&document());
        assert!(html.contains("<h1>A &amp; B</h1>"));
        assert!(!html.contains("<script>") && !html.contains("<today>"));
        assert!(html.contains("<dd data-testid=\"report-score\">&quot;9&quot;</dd>"));
        assert!(html.contains("href=\"https://example.org/?a=1&amp;b=&quot;2\""));
    }

    #[test]
    fn a_file_needs_nothing_else() {
        let file = file(&document(), "es");
        assert!(file.starts_with("<!doctype html>\n<html lang=\"es\">"));
        assert!(file.contains(&body(&document())));
        for outside in ["<link", "src=", "url(", "@import", "<script"] {
            assert!(!file.contains(outside), "{outside}");
        }
    }
}
