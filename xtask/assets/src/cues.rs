//! Whether something simpler than anatomy tells the classes apart.

use crate::films::{Class, Film, Image};

/// One number of a film that should say little about its class.
struct Cue {
    name: &'static str,
    of: fn(&Image) -> f64,
}

const CUES: [Cue; 6] = [
    Cue {
        name: "width",
        of: |image| image.width as f64,
    },
    Cue {
        name: "bytes",
        of: |image| image.jpeg.len() as f64,
    },
    Cue {
        name: "bytes a pixel",
        of: |image| image.jpeg.len() as f64 / image.grey.len() as f64,
    },
    Cue {
        name: "mean grey",
        of: |image| mean(image.grey.iter().copied()),
    },
    Cue {
        name: "mean grey of the border",
        of: |image| mean(border(image)),
    },
    Cue {
        name: "sharpness",
        of: sharpness,
    },
];

/// A line for each cue: how often the best threshold on it is right, and its AUC.
pub fn report(films: &[Film]) -> String {
    let mut lines = vec![format!(
        "What else could tell the {} films apart (best threshold, chosen on the same films):",
        films.len()
    )];
    for cue in CUES {
        let of_class = |class: Class| -> Vec<f64> {
            let films = films.iter().filter(|film| film.class == class);
            films.map(|film| (cue.of)(&film.image)).collect()
        };
        let (chests, abdomens) = (of_class(Class::Chest), of_class(Class::Abdomen));
        lines.push(format!(
            "  {:<24} right {:.3}, AUC {:.3}",
            cue.name,
            best_threshold(&chests, &abdomens),
            area_under_curve(&chests, &abdomens),
        ));
    }
    lines.join("\n")
}

fn mean(values: impl Iterator<Item = u8>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for value in values {
        sum += f64::from(value);
        count += 1.0;
    }
    sum / count
}

fn border(image: &Image) -> impl Iterator<Item = u8> {
    let (width, height) = (image.width, image.height);
    image
        .grey
        .iter()
        .enumerate()
        .filter_map(move |(at, &value)| {
            let (x, y) = (at % width, at / width);
            (x == 0 || y == 0 || x + 1 == width || y + 1 == height).then_some(value)
        })
}

/// Finest detail over coarser detail: differences of neighbours over those four pixels apart.
fn sharpness(image: &Image) -> f64 {
    let difference = |step: usize| -> f64 {
        let rows = image.grey.chunks_exact(image.width);
        let pairs = rows.flat_map(|row| row.windows(step + 1));
        pairs
            .map(|pair| f64::from(pair[0].abs_diff(pair[step])))
            .sum()
    };
    difference(1) / difference(4)
}

fn best_threshold(a: &[f64], b: &[f64]) -> f64 {
    let thresholds = a.iter().chain(b);
    let right = |threshold: f64| {
        let above = |values: &[f64]| values.iter().filter(|&&value| value >= threshold).count();
        let right = above(a) + b.len() - above(b);
        right.max(a.len() + b.len() - right)
    };
    let best = thresholds
        .map(|&threshold| right(threshold))
        .max()
        .unwrap_or(0);
    best as f64 / (a.len() + b.len()) as f64
}

/// Chance that a value of `a` is above one of `b`; ties count half.
fn area_under_curve(a: &[f64], b: &[f64]) -> f64 {
    let pairs = a.iter().flat_map(|x| b.iter().map(move |y| x.total_cmp(y)));
    let wins = pairs.map(|order| 0.5 * f64::from(order as i8 + 1));
    wins.sum::<f64>() / (a.len() * b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_thresholds_and_rankings() {
        assert_eq!(best_threshold(&[3.0, 4.0], &[1.0, 2.0]), 1.0);
        assert_eq!(best_threshold(&[1.0, 4.0], &[2.0, 3.0]), 0.75);
        assert_eq!(area_under_curve(&[3.0, 4.0], &[1.0, 2.0]), 1.0);
        assert_eq!(area_under_curve(&[1.0, 2.0], &[1.0, 2.0]), 0.5);
    }
}
