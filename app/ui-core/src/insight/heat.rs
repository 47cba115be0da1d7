//! The colours of a heat map, and the map made smooth.

use imaging::insight::HeatMap;

/// Viridis (van der Walt and Smith, 2015) at even steps: grows lighter all the way, for
/// colour-blind eyes and on a grey print too.
const VIRIDIS: [[u8; 3]; 9] = [
    [68, 1, 84],
    [71, 44, 122],
    [59, 81, 139],
    [44, 113, 142],
    [33, 144, 141],
    [39, 173, 129],
    [92, 200, 99],
    [170, 220, 50],
    [253, 231, 37],
];

/// The colour of a value from 0 to 1; what lies beyond takes the colour of the end.
pub fn colour(value: f32) -> [u8; 3] {
    let last = VIRIDIS.len() - 1;
    let place = if value.is_nan() {
        0.0
    } else {
        value.clamp(0.0, 1.0) * last as f32
    };
    let below = (place as usize).min(last - 1);
    let share = place - below as f32;
    let (low, high) = (VIRIDIS[below], VIRIDIS[below + 1]);
    std::array::from_fn(|channel| {
        let (low, high) = (f32::from(low[channel]), f32::from(high[channel]));
        (low + (high - low) * share).round() as u8
    })
}

/// How much of the film a colour hides: cold places leave it as it is.
pub fn cover(value: f32) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0).round() as u8
}

/// Whether any place speaks for the class.
pub fn is_blank(map: &HeatMap) -> bool {
    !map.values.iter().any(|&value| value > 0.0)
}

/// In which third of the height and of the width the strongest place lies, from 0; `None` for a blank map.
pub fn strongest(map: &HeatMap) -> Option<(usize, usize)> {
    let values = map.values.iter().enumerate();
    let (place, &value) = values.max_by(|(_, left), (_, right)| left.total_cmp(right))?;
    let third = |place: usize, of: usize| (2 * place + 1) * 3 / (2 * of);
    (value > 0.0 && map.width > 0).then(|| {
        let (row, column) = (place / map.width, place % map.width);
        (third(row, map.height.max(1)), third(column, map.width))
    })
}

/// The map as `side * side` pixels of red, green, blue and cover, values drawn out evenly between the
/// middles of its cells. Empty if the map is not as large as it says.
pub fn pixels(map: &HeatMap, side: usize) -> Vec<u8> {
    if map.width == 0 || map.height == 0 || map.values.len() != map.width * map.height {
        return Vec::new();
    }
    let mut pixels = Vec::with_capacity(side * side * 4);
    for row in 0..side {
        let (top, bottom, down) = neighbours(row, side, map.height);
        for column in 0..side {
            let (left, right, along) = neighbours(column, side, map.width);
            let value = |row: usize, column: usize| map.values[row * map.width + column];
            let mix = |from: f32, to: f32, share: f32| from + (to - from) * share;
            let value = mix(
                mix(value(top, left), value(top, right), along),
                mix(value(bottom, left), value(bottom, right), along),
                down,
            );
            pixels.extend(colour(value));
            pixels.push(cover(value));
        }
    }
    pixels
}

/// The scale from 0 to 1 as one row of pixels.
pub fn scale(width: usize) -> Vec<u8> {
    let last = width.saturating_sub(1).max(1) as f32;
    let pixel = |place: usize| {
        let value = place as f32 / last;
        let [red, green, blue] = colour(value);
        [red, green, blue, cover(value)]
    };
    (0..width).flat_map(pixel).collect()
}

/// The two cells whose middles a pixel's middle lies between, and how far from the first.
fn neighbours(pixel: usize, pixels: usize, cells: usize) -> (usize, usize, f32) {
    let last = (cells - 1) as f32;
    let place = (pixel as f32 + 0.5) / pixels as f32 * cells as f32 - 0.5;
    let place = place.clamp(0.0, last);
    let below = place as usize;
    (below, (below + 1).min(cells - 1), place - below as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(width: usize, height: usize, values: &[f32]) -> HeatMap {
        HeatMap {
            width,
            height,
            values: values.to_vec(),
            probability: 0.5,
        }
    }

    /// Relative luminance as in WCAG 2.
    fn luminance(colour: [u8; 3]) -> f64 {
        let linear = colour.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.03928 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    #[test]
    fn warmer_is_always_lighter() {
        let light: Vec<f64> = (0..=100)
            .map(|step| luminance(colour(step as f32 / 100.0)))
            .collect();
        for (step, pair) in light.windows(2).enumerate() {
            assert!(pair[1] > pair[0], "at {step} %: {pair:?}");
        }
    }

    #[test]
    fn ends_and_what_is_beyond() {
        assert_eq!(colour(0.0), VIRIDIS[0]);
        assert_eq!(colour(1.0), VIRIDIS[8]);
        assert_eq!(colour(7.0), VIRIDIS[8]);
        assert_eq!(colour(f32::NAN), VIRIDIS[0]);
        assert_eq!((cover(0.0), cover(1.0), cover(f32::NAN)), (0, 255, 0));
    }

    #[test]
    fn a_map_is_drawn_out_between_the_middles_of_its_cells() {
        let drawn = pixels(&map(2, 1, &[0.0, 1.0]), 4);
        let covers: Vec<u8> = drawn.chunks(4).take(4).map(|pixel| pixel[3]).collect();
        assert_eq!(covers, [cover(0.0), cover(0.25), cover(0.75), cover(1.0)]);
        assert_eq!(drawn.len(), 4 * 4 * 4);
        assert_eq!(pixels(&map(1, 1, &[1.0]), 2)[..4], [253, 231, 37, 255]);
    }

    #[test]
    fn a_map_that_is_not_whole_is_not_drawn() {
        assert!(pixels(&map(3, 3, &[1.0]), 4).is_empty());
        assert!(pixels(&map(0, 0, &[]), 4).is_empty());
    }

    #[test]
    fn a_map_without_any_heat_is_blank() {
        assert!(is_blank(&map(2, 1, &[0.0, 0.0])));
        assert!(!is_blank(&map(2, 1, &[0.0, 0.1])));
    }

    #[test]
    fn the_strongest_place_is_told_by_thirds() {
        let at = |place: usize| {
            let mut values = [0.0; 49];
            values[place] = 1.0;
            strongest(&map(7, 7, &values))
        };
        assert_eq!(at(0), Some((0, 0)));
        assert_eq!(at(24), Some((1, 1)));
        assert_eq!(at(6), Some((0, 2)));
        assert_eq!(at(43), Some((2, 0)));
        assert_eq!(strongest(&map(2, 1, &[0.0, 0.0])), None);
        assert_eq!(strongest(&map(1, 1, &[1.0])), Some((1, 1)));
    }

    #[test]
    fn the_scale_runs_from_one_end_to_the_other() {
        let scale = scale(3);
        assert_eq!(scale[..4], [68, 1, 84, 0]);
        assert_eq!(scale[8..], [253, 231, 37, 255]);
    }
}
