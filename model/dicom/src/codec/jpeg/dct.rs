//! Coefficients to samples, T.81, A.3.3.

/// cos(n pi / 16) / 2 for n from 1 to 7.
const COSINES: [f32; 7] = [
    0.490_392_65,
    0.461_939_8,
    0.415_734_8,
    0.353_553_4,
    0.277_785_1,
    0.191_341_72,
    0.097_545_16,
];

/// The samples of a block, row by row, 0 to what `precision` bits hold.
pub(super) fn samples(coefficients: &[f32; 64], precision: u8) -> [u16; 64] {
    let middle = (1_i32 << (precision - 1)) as f32;
    let white = ((1_i32 << precision) - 1) as f32;
    // Rounded: what is left of 0 is cut off after.
    let grey = |value: f32| (value + middle + 0.5).clamp(0.0, white) as u16;
    if coefficients[1..]
        .iter()
        .all(|&coefficient| coefficient == 0.0)
    {
        return [grey(coefficients[0] / 8.0); 64];
    }
    let mut rows = [0.0; 64];
    for (from, to) in coefficients
        .as_chunks::<8>()
        .0
        .iter()
        .zip(rows.as_chunks_mut::<8>().0)
    {
        *to = line(*from);
    }
    let mut block = [0; 64];
    for column in 0..8 {
        let values = line(std::array::from_fn(|row| rows[row * 8 + column]));
        for (row, value) in values.into_iter().enumerate() {
            block[row * 8 + column] = grey(value);
        }
    }
    block
}

/// One row or column: even coefficients give what is the same, odd ones what is opposite at both ends.
fn line(c: [f32; 8]) -> [f32; 8] {
    let [c1, c2, c3, c4, c5, c6, c7] = COSINES;
    let (sum, difference) = (c4 * (c[0] + c[4]), c4 * (c[0] - c[4]));
    let (outer, inner) = (c2 * c[2] + c6 * c[6], c6 * c[2] - c2 * c[6]);
    let even = [
        sum + outer,
        difference + inner,
        difference - inner,
        sum - outer,
    ];
    let odd = [
        c1 * c[1] + c3 * c[3] + c5 * c[5] + c7 * c[7],
        c3 * c[1] - c7 * c[3] - c1 * c[5] - c5 * c[7],
        c5 * c[1] - c1 * c[3] + c7 * c[5] + c3 * c[7],
        c7 * c[1] - c5 * c[3] + c3 * c[5] - c1 * c[7],
    ];
    std::array::from_fn(|at| match at {
        0..4 => even[at] + odd[at],
        _ => even[7 - at] - odd[7 - at],
    })
}
