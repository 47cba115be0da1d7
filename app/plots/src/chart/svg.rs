//! A [`Drawing`] as SVG.

use std::fmt::Write;

use super::drawing::{Datum, Drawing, Look, Series, Shape};
use text::{language::Language, number};

/// What the page's style sheet says of the classes below, for a file that stands alone on white.
pub const STYLE: &str = "\
text{font:12px system-ui,sans-serif;fill:#4c5763}\
.grid-line{stroke:#d3d9e0}.axis-name,.plot-note{fill:#4c5763}\
.look-main{--look:#0b6b63}.look-soft{--look:#4c5763}.look-faint{--look:#4c5763}.look-guide{--look:#7c8794}.look-point{--look:#171c22}\
.class-0{--look:#0072b2}.class-1{--look:#e69f00}.class-2{--look:#cc79a7}.class-3{--look:#b8a800}\
.class-4{--look:#009e73}.class-5{--look:#56b4e9}.class-6{--look:#d55e00}\
.plot-line{fill:none;stroke:var(--look);stroke-width:2.5;stroke-linejoin:round}\
.look-guide.plot-line{stroke-width:1.5;stroke-dasharray:4 4}.look-soft.plot-line{stroke-width:1.75}.look-faint.plot-line{stroke-width:1;opacity:.4}\
.plot-dot,.plot-sign{fill:var(--look);stroke:#fff}.plot-band{fill:var(--look);opacity:.2}\
.plot-whisker{stroke:var(--look);stroke-width:1.5}.plot-speck{fill:var(--look);opacity:.55}.plot-name{fill:#171c22;font-weight:600;stroke:#fff;stroke-width:4px;paint-order:stroke}";

/// Half of a dot's width.
const DOT: f64 = 4.5;
/// Letters stand this far from what they name.
const GAP: f64 = 8.0;
/// From the left edge of a sign to the name behind it.
const SIGN: f64 = 16.0;
/// Half of a small dot's width.
const SPECK: f64 = 2.5;
/// From one line of a tick's name to the next.
const TICK_LINE: f64 = 12.0;
/// Width of a letter, bold and on the broad side.
const LETTER: f64 = 7.0;

/// All that is within the `svg` element.
pub fn body(drawing: &Drawing, language: Language) -> String {
    let mut svg = axes(drawing, language);
    for series in &drawing.series {
        match series.shape {
            Shape::Line | Shape::Steps => line(&mut svg, drawing, series),
            Shape::Band => band(&mut svg, drawing, series),
            Shape::Dots => dots(&mut svg, drawing, series, false),
            Shape::Whiskers => dots(&mut svg, drawing, series, true),
            Shape::Joined => {
                line(&mut svg, drawing, series);
                dots(&mut svg, drawing, series, true);
            }
            Shape::Specks => specks(&mut svg, drawing, series),
        }
    }
    for series in &drawing.series {
        if let Some((x, y)) = series.label {
            let place = drawing.place(x, y);
            match (series.shape, series.look) {
                (Shape::Dots, Look::Class(_)) => signed_name(&mut svg, drawing, series, place),
                _ => name(&mut svg, drawing, &series.name, place),
            }
        }
    }
    for entry in drawing.legend() {
        push_sign(
            &mut svg,
            "plot-sign",
            entry.look,
            (entry.at.0 + DOT, entry.at.1),
        );
        let words = (entry.at.0 + SIGN, entry.at.1 + 4.0);
        text(&mut svg, "plot-note", words, "start", entry.name);
    }
    svg
}

/// A file that shows the same without the page: with its style, and its caption below.
pub fn file(drawing: &Drawing, caption: &str, language: Language) -> String {
    let (width, height) = drawing.size;
    let lines = wrapped(caption, width / 6.4);
    let all = height + 18.0 * lines.len() as f64 + 8.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {all}\" width=\"{width}\" \
         height=\"{all}\"><style>{STYLE}</style><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
    );
    svg.push_str(&body(drawing, language));
    for (place, line) in lines.iter().enumerate() {
        let y = height + 12.0 + 18.0 * place as f64;
        text(&mut svg, "plot-note", (8.0, y), "start", line);
    }
    svg.push_str("</svg>\n");
    svg
}

/// Letters that mean something in HTML and SVG, so that names cannot.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            other => safe.push(other),
        }
    }
    safe
}

fn axes(drawing: &Drawing, language: Language) -> String {
    let mut svg = String::new();
    let frame = drawing.frame();
    for (value, words) in &drawing.up.ticks {
        let (_, y) = drawing.place(drawing.across.low, *value);
        let words = &number::marked(language, words);
        push_line(&mut svg, "grid-line", (frame.left, y), (frame.right, y));
        text(&mut svg, "tick", (frame.left - GAP, y + 4.0), "end", words);
    }
    for (value, words) in &drawing.across.ticks {
        let (x, _) = drawing.place(*value, drawing.up.low);
        let words = &number::marked(language, words);
        push_line(
            &mut svg,
            "grid-line",
            (x, frame.bottom),
            (x, frame.bottom + 4.0),
        );
        for (line, words) in (0..).map(f64::from).zip(words.lines()) {
            let y = frame.bottom + 18.0 + TICK_LINE * line;
            text(&mut svg, "tick", (x, y), "middle", words);
        }
    }
    let middle = (frame.left + frame.right) / 2.0;
    let below = (middle, drawing.size.1 - 10.0);
    text(&mut svg, "axis-name", below, "middle", &drawing.across.name);
    let (x, y) = (14.0, (frame.top + frame.bottom) / 2.0);
    let _ = write!(
        svg,
        "<text class=\"axis-name\" transform=\"translate({x} {y}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
        escaped(&drawing.up.name),
    );
    svg
}

fn line(svg: &mut String, drawing: &Drawing, series: &Series) {
    let mut places = Vec::new();
    let mut before = drawing.across.low;
    for datum in series.drawn() {
        if series.shape == Shape::Steps {
            places.push(drawing.place(before, datum.y));
            before = datum.x;
        }
        places.push(drawing.place(datum.x + datum.beside, datum.y));
    }
    let _ = write!(
        svg,
        "<path class=\"plot-line {}\" d=\"{}\"/>",
        class(series.look),
        path(places.into_iter()),
    );
}

fn band(svg: &mut String, drawing: &Drawing, series: &Series) {
    let edge = |end: fn(&Datum) -> Option<f64>| {
        let place = move |datum: &Datum| Some(drawing.place(datum.x, end(datum)?));
        series.drawn().filter_map(place).collect::<Vec<_>>()
    };
    let (low, high) = (edge(|datum| datum.low), edge(|datum| datum.high));
    let around = high.into_iter().chain(low.into_iter().rev());
    let _ = write!(
        svg,
        "<path class=\"plot-band {}\" d=\"{}Z\"/>",
        class(series.look),
        path(around),
    );
}

fn dots(svg: &mut String, drawing: &Drawing, series: &Series, whiskers: bool) {
    let class = class(series.look);
    for datum in series.drawn() {
        let (x, y) = drawing.place(datum.x + datum.beside, datum.y);
        if let (true, Some(low), Some(high)) = (whiskers, datum.low, datum.high) {
            let (_, bottom) = drawing.place(datum.x, low);
            let (_, top) = drawing.place(datum.x, high);
            let whisker = format!("plot-whisker {class}");
            push_line(svg, &whisker, (x, bottom), (x, top));
            for end in [top, bottom] {
                push_line(svg, &whisker, (x - 4.0, end), (x + 4.0, end));
            }
        }
        push_sign(svg, "plot-dot", series.look, (x, y));
        if whiskers && !datum.note.is_empty() {
            // Above all of them, where no whisker crosses it.
            let above = (x, drawing.frame().top - GAP);
            text(svg, "plot-note", above, "middle", &datum.note);
        }
    }
}

fn specks(svg: &mut String, drawing: &Drawing, series: &Series) {
    let class = class(series.look);
    for datum in series.drawn() {
        let (x, y) = drawing.place(datum.x + datum.beside, datum.y);
        let _ = write!(
            svg,
            "<circle class=\"plot-speck {class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{SPECK}\"/>",
        );
    }
}

/// A dot; classes differ in more than colour.
fn sign(look: Look, x: f64, y: f64) -> String {
    let (left, right, top, bottom) = (x - DOT, x + DOT, y - DOT, y + DOT);
    let class = match look {
        Look::Class(class) => class % super::CLASS_COLOURS,
        Look::Main | Look::Soft | Look::Faint | Look::Guide | Look::Point => 0,
    };
    match class {
        1 => format!("M{left:.1} {top:.1}H{right:.1}V{bottom:.1}H{left:.1}Z"),
        2 => format!("M{x:.1} {top:.1}L{right:.1} {bottom:.1}H{left:.1}Z"),
        3 => {
            format!("M{x:.1} {top:.1}L{right:.1} {y:.1}L{x:.1} {bottom:.1}L{left:.1} {y:.1}Z")
        }
        4 => format!("M{left:.1} {top:.1}H{right:.1}L{x:.1} {bottom:.1}Z"),
        // A plus and a cross.
        5 => format!("M{:.1} {top:.1}h3v3h3v3h-3v3h-3v-3h-3v-3h3Z", x - 1.5),
        6 => format!(
            "M{:.1} {top:.1}l2.5 2.5 2.5 -2.5 2 2 -2.5 2.5 2.5 2.5 -2 2 -2.5 -2.5 -2.5 2.5 -2 -2 2.5 -2.5 -2.5 -2.5Z",
            x - 2.5
        ),
        _ => format!("M{left:.1} {y:.1}a{DOT} {DOT} 0 1 0 9 0a{DOT} {DOT} 0 1 0 -9 0Z"),
    }
}

/// A mark around the point that is looked at.
pub fn ring(drawing: &Drawing, (x, y): (f64, f64)) -> String {
    let (x, y) = drawing.place(x, y);
    format!("<circle class=\"plot-ring\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"9\"/>")
}

fn name(svg: &mut String, drawing: &Drawing, words: &str, (x, y): (f64, f64)) {
    let (anchor, x) = beside(drawing, x, words);
    text(svg, "plot-name", (x, y + 4.0), anchor, words);
}

/// The name of a class behind its sign, in the color of its dots.
fn signed_name(svg: &mut String, drawing: &Drawing, series: &Series, (x, y): (f64, f64)) {
    let width = SIGN + LETTER * series.name.chars().count() as f64;
    let left = match x + GAP + width > drawing.size.0 {
        true => x - GAP - width,
        false => x + GAP,
    };
    push_sign(svg, "plot-sign", series.look, (left + DOT, y));
    text(
        svg,
        "plot-name",
        (left + SIGN, y + 4.0),
        "start",
        &series.name,
    );
}

/// `kind`: a point of the data, or a sign that names their look.
fn push_sign(svg: &mut String, kind: &str, look: Look, (x, y): (f64, f64)) {
    let _ = write!(
        svg,
        "<path class=\"{kind} {}\" d=\"{}\"/>",
        class(look),
        sign(look, x, y),
    );
}

/// To the right of a place, or to the left where the right would be outside.
fn beside(drawing: &Drawing, x: f64, words: &str) -> (&'static str, f64) {
    if x + GAP + LETTER * words.chars().count() as f64 > drawing.size.0 {
        ("end", x - GAP)
    } else {
        ("start", x + GAP)
    }
}

fn class(look: Look) -> String {
    match look {
        Look::Main => "look-main".to_owned(),
        Look::Soft => "look-soft".to_owned(),
        Look::Faint => "look-faint".to_owned(),
        Look::Guide => "look-guide".to_owned(),
        Look::Point => "look-point".to_owned(),
        Look::Class(class) => format!("class-{}", class % super::CLASS_COLOURS),
    }
}

fn path(places: impl Iterator<Item = (f64, f64)>) -> String {
    let mut path = String::new();
    for (x, y) in places {
        let pen = if path.is_empty() { 'M' } else { 'L' };
        let _ = write!(path, "{pen}{x:.1} {y:.1}");
    }
    path
}

fn push_line(svg: &mut String, class: &str, from: (f64, f64), to: (f64, f64)) {
    let _ = write!(
        svg,
        "<line class=\"{class}\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>",
        from.0, from.1, to.0, to.1,
    );
}

fn text(svg: &mut String, class: &str, (x, y): (f64, f64), anchor: &str, words: &str) {
    let _ = write!(
        svg,
        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>",
        escaped(words),
    );
}

/// Lines of at most so many letters, where words allow it.
fn wrapped(words: &str, letters: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if ((line.chars().count() + word.chars().count()) as f64) < letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
