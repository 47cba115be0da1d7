//! A text as a QR code (ISO/IEC 18004), as one path of squares for an SVG.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

/// Light squares that the standard asks for around a code.
pub const QUIET: i32 = 4;

/// Dark squares on a light ground.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QrPicture {
    /// Squares along a side, the quiet zone included.
    pub side: i32,
    /// The `d` of a path, one unit a square.
    pub path: String,
}

/// With a quarter of the code to spare for what a camera does not see well; `None` for a text that no code can hold.
pub fn of(text: &str) -> Option<QrPicture> {
    let code = QrCode::encode_text(text, QrCodeEcc::Quartile).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size())
                .take_while(|&x| code.get_module(x, y))
                .count() as i32;
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    Some(QrPicture {
        side: code.size() + 2 * QUIET,
        path,
    })
}

impl QrPicture {
    /// A whole `svg` element, dark on light whatever is around it.
    pub fn svg(&self, label: &str) -> String {
        let Self { side, path } = self;
        let label = plots::chart::svg::escaped(label);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{label}\" \
             shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_lie_within_the_quiet_zone() {
        let picture = of("FR-7G7K-J89M-P9MG-06RY").expect("a short text");
        // Version 2 of 25 squares: capital letters, digits and dashes take five and a half bits each.
        assert_eq!(picture.side, 25 + 2 * QUIET);
        assert!(picture.path.starts_with("M4 4h7v1h-7z"));
        assert!(picture.svg("a & b").contains("a &amp; b"));
    }

    #[test]
    fn what_is_too_long_has_no_code() {
        assert_eq!(of(&"x".repeat(5000)), None);
    }
}
