//! Facts, their values, and the rules by which they tell classes apart, in words.

use imaging::{
    decode::{Channels, FileFormat},
    shortcuts::{Fact, Rule, Value},
};

use crate::{I18n, say, words};

/// So many values of a class are named.
const MOST_NAMED: usize = 5;

pub fn fact(i18n: I18n, fact: Fact) -> String {
    match fact {
        Fact::Size => say!(i18n, shortcut.fact.size),
        Fact::Width => say!(i18n, shortcut.fact.width),
        Fact::Height => say!(i18n, shortcut.fact.height),
        Fact::Aspect => say!(i18n, shortcut.fact.aspect),
        Fact::Format => say!(i18n, shortcut.fact.format),
        Fact::Channels => say!(i18n, shortcut.fact.channels),
        Fact::Bits => say!(i18n, shortcut.fact.bits),
        Fact::JpegQuality => say!(i18n, shortcut.fact.jpeg_quality),
        Fact::FileSize => say!(i18n, shortcut.fact.file_size),
        Fact::BytesPerPixel => say!(i18n, shortcut.fact.bytes_per_pixel),
        Fact::Manufacturer => say!(i18n, viewer.manufacturer),
        Fact::Model => say!(i18n, shortcut.fact.model),
        Fact::Modality => say!(i18n, viewer.modality),
        Fact::View => say!(i18n, viewer.projection),
        Fact::Laterality => say!(i18n, viewer.laterality),
        Fact::Photometric => say!(i18n, shortcut.fact.photometric),
        Fact::PresentationIntent => say!(i18n, shortcut.fact.intent),
        Fact::TransferSyntax => say!(i18n, shortcut.fact.transfer_syntax),
        Fact::WindowCenter => say!(i18n, shortcut.fact.window_center),
        Fact::WindowWidth => say!(i18n, shortcut.fact.window_width),
        Fact::PixelSpacing => say!(i18n, shortcut.fact.pixel_spacing),
        Fact::DetectorSpacing => say!(i18n, shortcut.fact.detector_spacing),
        Fact::Bars => say!(i18n, shortcut.fact.bars),
        Fact::CornerMarks => say!(i18n, shortcut.fact.corner_marks),
        Fact::Border => say!(i18n, shortcut.fact.border),
        Fact::Mean => say!(i18n, shortcut.fact.mean),
        Fact::Contrast => say!(i18n, shortcut.fact.contrast),
    }
}

fn value(i18n: I18n, value: &Value) -> String {
    match value {
        Value::Size { width, height } => {
            say!(i18n, shortcut.pixels, width = width, height = height)
        }
        Value::Number(number) => words::exact(i18n, *number),
        Value::Text(text) => text.clone(),
        Value::Format(format) => abbreviation(*format),
        Value::Channels(channels) => match channels {
            Channels::Grey => say!(i18n, shortcut.channels.grey),
            Channels::GreyAlpha => say!(i18n, shortcut.channels.grey_alpha),
            Channels::Colour => say!(i18n, shortcut.channels.colour),
            Channels::ColourAlpha => say!(i18n, shortcut.channels.colour_alpha),
            Channels::Palette => say!(i18n, shortcut.channels.palette),
            Channels::Inks => say!(i18n, shortcut.channels.inks),
        },
        Value::NotStated => say!(i18n, shortcut.not_stated),
    }
}

/// The same in all languages.
fn abbreviation(format: FileFormat) -> String {
    format!("{format:?}").to_uppercase()
}

/// A bound of a measured fact, in the unit that its name says.
fn bound(i18n: I18n, fact: Fact, bound: f64) -> String {
    match fact {
        // Bounds lie between whole numbers.
        Fact::Width | Fact::Height | Fact::JpegQuality => words::count(i18n, bound.floor()),
        Fact::FileSize => words::fixed(i18n, bound / 1000.0, 1),
        Fact::Bars | Fact::CornerMarks | Fact::Border | Fact::Mean | Fact::Contrast => {
            words::fixed(i18n, bound * 100.0, 1)
        }
        Fact::WindowCenter | Fact::WindowWidth => words::fixed(i18n, bound, 1),
        _ => words::fixed(i18n, bound, 3),
    }
}

/// "512 × 512 pixels: Chest; all others: Abdomen".
pub fn rule(i18n: I18n, fact: Fact, rule: &Rule, class: &dyn Fn(usize) -> String) -> String {
    let part = |what: String, answer: usize| format!("{what}: {}", class(answer));
    let above = |n: f64| say!(i18n, shortcut.above, n = bound(i18n, fact, n));
    let up_to = |n: f64| say!(i18n, shortcut.up_to, n = bound(i18n, fact, n));
    let parts = match rule {
        Rule::Is {
            value: one,
            class,
            others,
        } => vec![
            part(value(i18n, one), *class),
            part(say!(i18n, shortcut.others), *others),
        ],
        Rule::ByValue { classes, others } => {
            let mut answers: Vec<usize> = classes.iter().map(|&(_, answer)| answer).collect();
            answers.sort_unstable();
            answers.dedup();
            let named = answers
                .into_iter()
                .map(|answer| part(values_of(i18n, classes, answer), answer));
            let others = part(say!(i18n, shortcut.others), *others);
            named.chain([others]).collect()
        }
        Rule::Above {
            threshold,
            above: high,
            below,
            missing,
        } => {
            let bands = [
                part(above(*threshold), *high),
                part(up_to(*threshold), *below),
            ];
            let missing = missing.map(|answer| part(say!(i18n, shortcut.not_stated), answer));
            bands.into_iter().chain(missing).collect()
        }
        Rule::Bands {
            thresholds,
            classes,
            missing,
        } => {
            let mut parts: Vec<String> = Vec::new();
            for (at, &answer) in classes.iter().enumerate() {
                let low = at.checked_sub(1).and_then(|at| thresholds.get(at));
                let what = match (low, thresholds.get(at)) {
                    (None, Some(&high)) => up_to(high),
                    (Some(&low), Some(&high)) => say!(
                        i18n,
                        report.between,
                        low = bound(i18n, fact, low),
                        high = bound(i18n, fact, high)
                    ),
                    (Some(&low), None) => above(low),
                    (None, None) => say!(i18n, shortcut.others),
                };
                parts.push(part(what, answer));
            }
            parts.extend(missing.map(|answer| part(say!(i18n, shortcut.not_stated), answer)));
            parts
        }
    };
    parts.join("; ")
}

/// The commonest values that mean this class, and how many more do.
fn values_of(i18n: I18n, classes: &[(Value, usize)], answer: usize) -> String {
    let own = classes.iter().filter(|&&(_, class)| class == answer);
    let values: Vec<String> = own.map(|(own, _)| value(i18n, own)).collect();
    let named = &values[..values.len().min(MOST_NAMED)];
    match values.len() - named.len() {
        0 => words::any_of(i18n, named),
        n => say!(i18n, shortcut.more, values = named.join(", "), n = n),
    }
}
