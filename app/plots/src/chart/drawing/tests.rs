//! What a drawing becomes: places, SVG, table, CSV.

use super::{Axis, Datum, Drawing, Look, Series, Shape};
use crate::chart::{
    svg,
    table::{self, Heads},
};
use text::language::Language;

fn drawing() -> Drawing {
    let whisker = Datum {
        low: Some(0.07),
        high: Some(0.5),
        note: "4 films".to_owned(),
        ..Datum::from((0.25, 0.125))
    };
    Drawing {
        size: (280.0, 276.0),
        across: Axis::percent("Wrong (%)".to_owned()),
        up: Axis::numbers("Area".to_owned(), 0.0, 1.0),
        notes: "Note".to_owned(),
        legend: Vec::new(),
        series: vec![
            Series::line(
                "A <curve>".to_owned(),
                Look::Main,
                [(0.0, 0.0), (0.5, f64::NAN), (1.0, 1.0)],
            )
            .labelled((0.5, 0.5)),
            Series {
                shape: Shape::Whiskers,
                ..Series::dots("=bins, all".to_owned(), Look::Class(1), vec![whisker])
            },
        ],
    }
}

fn heads() -> Heads {
    let [series, low, high] = ["What", "Low", "High"].map(str::to_owned);
    Heads { series, low, high }
}

#[test]
fn a_place_is_read_as_it_was_set() {
    let drawing = drawing();
    for point in [(0.0, 0.0), (0.25, 0.8), (1.0, 1.0)] {
        let (x, y) = drawing.place(point.0, point.1);
        let (along, down) = (x / drawing.size.0, y / drawing.size.1);
        let read = drawing.read(along, down);
        assert!((read.0 - point.0).abs() < 1e-9 && (read.1 - point.1).abs() < 1e-9);
    }
    assert_eq!(drawing.read(-1.0, 2.0), (0.0, 0.0));
    assert_eq!(drawing.read(f64::NAN, 0.0), (0.0, 1.0));
}

#[test]
fn what_is_no_number_is_neither_drawn_nor_saved() {
    let drawing = drawing();
    let all = svg::body(&drawing, Language::English) + &table::csv(&drawing, &heads());
    assert!(!all.contains("NaN") && !all.contains("inf"), "{all}");
}

#[test]
fn names_cannot_break_the_picture() {
    let file = svg::file(&drawing(), "A & B", Language::English);
    assert!(file.contains("A &lt;curve&gt;") && !file.contains("<curve>"));
    assert!(file.contains("A &amp; B"));
    assert!(file.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
}

#[test]
fn the_file_holds_the_numbers_that_are_drawn() {
    let expected = "What,Wrong (%),Area,Low,High,Note\r\n\
                    A <curve>,0,0,,,\r\n\
                    A <curve>,100,1,,,\r\n\
                    \"'=bins, all\",25,0.125,0.07,0.5,4 films\r\n";
    assert_eq!(table::csv(&drawing(), &heads()), expected);
}

#[test]
fn readers_get_their_own_decimals_and_files_keep_theirs() {
    let drawing = drawing();
    let table = table::html(&drawing, &heads(), Language::Spanish);
    assert!(table.contains("<td>25,0</td><td>0,125</td>"), "{table}");
    let picture = svg::body(&drawing, Language::Spanish);
    assert!(picture.contains(">0,2</text>") && !picture.contains(">0.2</text>"));
    assert!(table::csv(&drawing, &heads()).contains("25,0.125,0.07"));
}

#[test]
fn columns_without_numbers_are_left_out() {
    let mut drawing = drawing();
    drawing.series.truncate(1);
    let table = table::html(&drawing, &heads(), Language::English);
    assert!(table.starts_with(
        "<thead><tr><th>What</th><th>Wrong (%)</th><th>Area</th></tr></thead><tbody>\
         <tr><td>A &lt;curve&gt;</td><td>0.0</td><td>0.000</td></tr>"
    ));
}

#[test]
fn places_are_named() {
    let axis = Axis::places("Run".to_owned(), vec!["First".to_owned(), "2".to_owned()]);
    assert_eq!((axis.low, axis.high), (-0.5, 1.5));
    assert_eq!(axis.written(0.0), "First");
}

#[test]
fn an_axis_of_shares_begins_at_a_round_number_below_all_points() {
    for (lowest, low) in [
        (0.96, 0.8),
        (1.0, 0.8),
        (0.7, 0.7),
        (0.58, 0.5),
        (0.29, 0.0),
        (0.0, 0.0),
        (-0.1, 0.0),
    ] {
        assert!((Axis::low_for(lowest) - low).abs() < 1e-9, "{lowest}");
    }
    let axis = Axis::percent_from(String::new(), Axis::low_for(0.96));
    let words: Vec<&str> = axis.ticks.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(words, ["80", "85", "90", "95", "100"]);
    assert!(axis.ticks.iter().all(|(at, _)| (0.8..=1.0).contains(at)));
    let whole = Axis::percent(String::new());
    assert_eq!((whole.low, whole.ticks.len()), (0.0, 6));
}

#[test]
fn a_legend_has_its_signs_in_the_colors_of_their_points_and_the_drawing_below_it() {
    let mut drawing = drawing();
    let without = drawing.frame().top;
    let names = ["average", "a grid of four by four"];
    let entry = |(class, name): (usize, &str)| (Look::Class(class), name.to_owned());
    drawing.legend = names.into_iter().enumerate().map(entry).collect();
    let places: Vec<(f64, f64)> = drawing.legend().iter().map(|entry| entry.at).collect();
    // Too long for the row that the first one has begun.
    assert!(places[1].0 == places[0].0 && places[1].1 > places[0].1);
    assert!(drawing.frame().top > without && drawing.frame().top > places[1].1);
    let svg = svg::body(&drawing, Language::English);
    for (class, name) in names.into_iter().enumerate() {
        let sign = format!("plot-sign class-{class}");
        assert_eq!(svg.matches(&sign).count(), 1);
        assert!(svg.contains(&format!(">{name}</text>")));
    }
}

#[test]
fn the_name_of_a_class_stands_behind_a_sign_in_its_color() {
    let mut drawing = drawing();
    let name = Series::dots("grid".to_owned(), Look::Class(3), Vec::new());
    drawing.series = vec![name.labelled((1.0, 0.5))];
    let svg = svg::body(&drawing, Language::English);
    assert_eq!(svg.matches("plot-sign class-3").count(), 1);
    assert!(svg.contains(">grid</text>"), "{svg}");
}

#[test]
fn axes_that_pass_0_have_round_numbers() {
    let axis = Axis::numbers(String::new(), -1.3, 2.2);
    let words: Vec<&str> = axis.ticks.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(words, ["-1", "0", "1", "2"]);
    assert!(Axis::numbers(String::new(), 1.0, 1.0).ticks.is_empty());
}

#[test]
fn steps_go_up_where_a_point_ends() {
    let mut drawing = drawing();
    let points = [(0.5, 1.0), (1.0, 0.5)];
    drawing.series = vec![Series {
        shape: Shape::Steps,
        ..Series::line(String::new(), Look::Main, points)
    }];
    let svg = svg::body(&drawing, Language::English);
    assert!(
        svg.contains("d=\"M60.0 24.0L160.0 24.0L160.0 124.0L260.0 124.0\""),
        "{svg}"
    );
}
