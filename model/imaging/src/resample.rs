//! Bringing a film to another size: plain arithmetic in a fixed order, so that a native run and a
//! browser get the same numbers.

/// Where the pixels of the result lie along one axis of the source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SourceFrame {
    /// Left or upper border, in source pixels.
    pub start: f64,
    /// Length, in source pixels.
    pub extent: f64,
    /// Pixels of the result.
    pub pixels: usize,
}

/// For one pixel of the result: the first source pixel that it takes from, and the share of each.
struct Taps {
    first: usize,
    weights: Vec<f32>,
}

/// Resamples the frame `x` by `y` of a source that is `width` pixels wide, `[y.pixels * x.pixels]`,
/// from 0..=65,535 to 0..=1.
///
/// A triangle filter as wide as the step between the pixels of the result: linear interpolation when
/// enlarging, and a weighted average of everything in between when reducing.
pub(crate) fn resample(source: &[u16], width: usize, x: SourceFrame, y: SourceFrame) -> Vec<f32> {
    let height = source.len() / width.max(1);
    if width == 0 || height == 0 {
        return vec![0.0; x.pixels * y.pixels];
    }
    let (columns, rows) = (taps(x, width), taps(y, height));
    let top = rows.first().map_or(0, |taps| taps.first);
    let bottom = rows
        .last()
        .map_or(0, |taps| taps.first + taps.weights.len());

    let mut narrow = Vec::with_capacity(bottom.saturating_sub(top) * x.pixels);
    for row in source.chunks_exact(width).take(bottom).skip(top) {
        narrow.extend(columns.iter().map(|taps| {
            let pixels = &row[taps.first..];
            let sum: f32 = pixels
                .iter()
                .zip(&taps.weights)
                .map(|(&pixel, weight)| f32::from(pixel) * weight)
                .sum();
            sum / 65_535.0
        }));
    }

    let mut result = vec![0.0_f32; x.pixels * y.pixels];
    if x.pixels == 0 {
        return result;
    }
    for (out, taps) in result.chunks_exact_mut(x.pixels).zip(&rows) {
        let lines = narrow.chunks_exact(x.pixels).skip(taps.first - top);
        for (line, weight) in lines.zip(&taps.weights) {
            for (sum, pixel) in out.iter_mut().zip(line) {
                *sum += pixel * weight;
            }
        }
        for sum in out {
            *sum = sum.clamp(0.0, 1.0);
        }
    }
    result
}

/// The grey at a place in a field that is `width` pixels wide, between the four nearest pixels; beyond
/// the edge, the edge.
pub(crate) fn between(field: &[f32], width: usize, x: f64, y: f64) -> f32 {
    let (x0, x1, along) = neighbours(x, width);
    let (y0, y1, down) = neighbours(y, field.len() / width);
    let row = |y: usize| {
        let (left, right) = (field[y * width + x0], field[y * width + x1]);
        left + (right - left) * along
    };
    let (upper, lower) = (row(y0), row(y1));
    upper + (lower - upper) * down
}

/// The pixels on both sides of `place`, and how far it lies from the first to the second.
fn neighbours(place: f64, length: usize) -> (usize, usize, f32) {
    let last = length - 1;
    let place = place.clamp(0.0, last as f64);
    let first = place as usize;
    (first, (first + 1).min(last), (place - first as f64) as f32)
}

fn taps(frame: SourceFrame, length: usize) -> Vec<Taps> {
    let step = frame.extent / frame.pixels as f64;
    let reach = step.max(1.0);
    let last = (length - 1) as f64;
    (0..frame.pixels)
        .map(|pixel| {
            // Pixel i covers i to i + 1, its centre is at i + 0.5.
            let centre = (frame.start + (pixel as f64 + 0.5) * step - 0.5).clamp(0.0, last);
            let first = (centre - reach).ceil().max(0.0) as usize;
            let end = (centre + reach).floor().min(last) as usize;
            let share = |at: usize| (1.0 - (at as f64 - centre).abs() / reach).max(0.0);
            let total: f64 = (first..=end).map(share).sum();
            let weights = (first..=end).map(|at| (share(at) / total) as f32).collect();
            Taps { first, weights }
        })
        .collect()
}
