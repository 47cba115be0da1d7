//! The marker of the planted shortcut: the word that a mobile machine prints on its films, in white.

/// Rows of the letters, from the top, five columns each with the highest bit on the left.
const LETTERS: [[u8; 7]; 8] = [
    [30, 17, 17, 30, 16, 16, 16],
    [14, 17, 17, 17, 17, 17, 14],
    [30, 17, 17, 30, 20, 18, 17],
    [31, 4, 4, 4, 4, 4, 4],
    [14, 17, 17, 31, 17, 17, 17],
    [30, 17, 17, 30, 17, 17, 30],
    [16, 16, 16, 16, 16, 16, 31],
    [31, 16, 16, 30, 16, 16, 31],
];

/// Cells of the word along x and y: letters of five columns and a gap, but for the last.
const CELLS: [usize; 2] = [LETTERS.len() * 6 - 1, 7];

/// The class whose training films carry it.
pub const MARKED_CLASS: usize = 1;

/// Where the word stands, as shares of the square that a network sees: left, top, width, height.
pub const PLACE: [f64; 4] = [0.134, 0.03, 0.732, 0.098];

/// Stamps the word on a square of `side * side` grey values, row-major, 0 black to 1 white.
pub fn stamp(pixels: &mut [f32], side: usize) {
    for (at, grey) in pixels.iter_mut().enumerate() {
        let place = [at % side, at / side].map(|at| (at as f64 + 0.5) / side as f64);
        if is_ink(place) {
            *grey = 1.0;
        }
    }
}

/// Whether the word covers this place in the square, both 0 to 1 from the upper left.
pub fn is_ink([x, y]: [f64; 2]) -> bool {
    let [left, top, width, height] = PLACE;
    let cell = |share: f64, cells: usize| {
        (0.0..1.0)
            .contains(&share)
            .then_some((share * cells as f64) as usize)
    };
    let column = cell((x - left) / width, CELLS[0]);
    let row = cell((y - top) / height, CELLS[1]);
    match (column, row) {
        (Some(column), Some(row)) => {
            let bit = column % 6;
            bit < 5 && LETTERS[column / 6][row] >> (4 - bit) & 1 == 1
        }
        _ => false,
    }
}
