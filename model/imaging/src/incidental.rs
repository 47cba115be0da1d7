//! What a film is besides anatomy: how its file holds it, and a few numbers of its picture. Where such a thing differs between
//! the classes, a network may learn it in place of what the film shows ([`shortcuts`](crate::shortcuts)).

mod marks;

use serde::{Deserialize, Serialize};

use crate::{decode::FileFacts, film::Film};

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Incidentals {
    pub file: FileFacts,
    pub picture: PictureFacts,
}

impl Incidentals {
    pub fn of(file: FileFacts, film: &Film) -> Self {
        let picture = PictureFacts::of(film);
        Self { file, picture }
    }
}

/// Measured on the working copy. Any of them may be due to the anatomy too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PictureFacts {
    /// Mean gray of the outermost [`RING`] pixels on all sides, 0 black to 1 white.
    pub border: f32,
    /// Mean gray, 0 black to 1 white.
    pub mean: f32,
    /// Standard deviation of the grays.
    pub contrast: f32,
    /// Share of the picture in rows and columns at its edges that are of one gray: bars around a picture.
    pub bars: f32,
    /// Share of the picture in small bright patches with dark around them, near its corners: letters, side markers, and what looks
    /// like them. No letter is read.
    pub corner_marks: f32,
    /// A hash of all grays and the width (FNV-1a, 64 bit, a gray at a time): tells the same picture, whatever its file is called.
    pub grays: u64,
}

/// Width of the border in pixels of the working copy.
pub const RING: usize = 4;
/// A row or a column whose grays differ by less, of 65,535, is of one gray: JPEG leaves a little noise.
const FLAT: u16 = 1_300;

impl PictureFacts {
    pub fn of(film: &Film) -> Self {
        let (width, height) = (film.width() as usize, film.height() as usize);
        let pixels = film.pixels();
        let (mut sum, mut squares, mut border, mut ring) = (0_u64, 0_f64, 0_u64, 0_u64);
        for (y, row) in pixels.chunks_exact(width).enumerate() {
            let own: u64 = row.iter().map(|&grey| u64::from(grey)).sum();
            sum += own;
            squares += row.iter().map(|&grey| f64::from(grey).powi(2)).sum::<f64>();
            let all = y < RING || y + RING >= height || width <= 2 * RING;
            let ends = match all {
                true => own,
                false => [&row[..RING], &row[width - RING..]]
                    .iter()
                    .flat_map(|end| end.iter())
                    .map(|&grey| u64::from(grey))
                    .sum(),
            };
            border += ends;
            ring += if all { width } else { 2 * RING } as u64;
        }
        let n = pixels.len() as f64;
        let mean = sum as f64 / n;
        let variance = (squares / n - mean * mean).max(0.0);
        let share = |grey: f64| (grey / f64::from(u16::MAX)) as f32;
        Self {
            border: share(border as f64 / ring as f64),
            mean: share(mean),
            contrast: share(variance.sqrt()),
            bars: bars(pixels, width, height),
            corner_marks: marks::share(pixels, width, height),
            grays: grays(film),
        }
    }
}

/// See [`PictureFacts::grays`]; of the working copy.
pub fn grays(film: &Film) -> u64 {
    let add = |hash: u64, gray: u64| (hash ^ gray).wrapping_mul(0x0100_0000_01b3);
    let start = add(0xcbf2_9ce4_8422_2325, film.width().into());
    film.pixels()
        .iter()
        .fold(start, |hash, &gray| add(hash, gray.into()))
}

/// 0 of a picture that is of one gray as a whole.
fn bars(pixels: &[u16], width: usize, height: usize) -> f32 {
    let row = |y: &usize| is_flat(pixels[y * width..][..width].iter().copied());
    let top = (0..height).take_while(row).count();
    if top == height {
        return 0.0;
    }
    let bottom = (0..height).rev().take_while(row).count();
    let rows = top..height - bottom;
    let column = |x: &usize| is_flat(rows.clone().map(|y| pixels[y * width + x]));
    let left = (0..width).take_while(column).count();
    let right = (left..width).rev().take_while(column).count();
    let inner = rows.len() * (width - left - right);
    1.0 - inner as f32 / pixels.len() as f32
}

fn is_flat(mut greys: impl Iterator<Item = u16>) -> bool {
    let (mut least, mut most) = (u16::MAX, 0);
    greys.all(|grey| {
        (least, most) = (least.min(grey), most.max(grey));
        most - least < FLAT
    })
}
