//! Baselines of other sizes than the page's own: the same regression on thumbnails of 1 to 64 pixels.

use imaging::{baseline::fit, dataset::Dataset};

/// Side of the finest thumbnails, in pixels.
const FINEST: usize = 8;

/// Side of the square that is averaged, in pixels.
const SQUARE: usize = 64;

/// Mean greys of 8 x 8 equal parts of the square that a network sees, `[64]` a film, row-major.
#[derive(Default)]
pub(super) struct Thumbnails(Vec<Vec<f64>>);

/// From a film's pixels to the probabilities of the classes.
type Predictor = Box<dyn Fn(&[f64]) -> Vec<f32> + Send>;

/// A fitted regression.
pub(super) struct Pixels {
    side: usize,
    answer: Predictor,
}

impl Thumbnails {
    pub(super) fn of(dataset: &Dataset) -> Self {
        let films = dataset.samples.iter();
        let squares = films.map(|sample| sample.film.input(SQUARE));
        Self(
            squares
                .map(|square| {
                    let greys: Vec<f64> = square.into_iter().map(f64::from).collect();
                    averaged(&greys, SQUARE, FINEST)
                })
                .collect(),
        )
    }

    /// `[side * side]`
    fn film(&self, sample: usize, side: usize) -> Vec<f64> {
        averaged(&self.0[sample], FINEST, side)
    }
}

impl Pixels {
    /// Fits films, by their numbers in the data, to their classes.
    pub(super) fn fit(
        side: usize,
        classes: usize,
        films: &[(usize, usize)],
        thumbnails: &Thumbnails,
    ) -> Self {
        let greys: Vec<Vec<f64>> = films
            .iter()
            .map(|(sample, _)| thumbnails.film(*sample, side))
            .collect();
        let truth: Vec<usize> = films.iter().map(|(_, class)| *class).collect();
        let answer = match side {
            1 => fitted::<2>(classes, &truth, &greys),
            2 => fitted::<5>(classes, &truth, &greys),
            4 => fitted::<17>(classes, &truth, &greys),
            _ => fitted::<65>(classes, &truth, &greys),
        };
        Self { side, answer }
    }

    /// Probabilities of the classes.
    pub(super) fn answer(&self, sample: usize, thumbnails: &Thumbnails) -> Vec<f32> {
        (self.answer)(&thumbnails.film(sample, self.side))
    }
}

/// `W` is the number of pixels and one for the intercept.
fn fitted<const W: usize>(classes: usize, truth: &[usize], greys: &[Vec<f64>]) -> Predictor {
    let n = greys.len() as f64;
    let mut standards = [(0.0, 1.0); W];
    for (pixel, standard) in standards.iter_mut().enumerate().take(W - 1) {
        let of = |film: &Vec<f64>| film[pixel];
        let mean = greys.iter().map(of).sum::<f64>() / n;
        let squares = greys.iter().map(|film| (of(film) - mean).powi(2));
        let variance = squares.sum::<f64>() / n;
        let deviation = if variance > 0.0 { variance.sqrt() } else { 1.0 };
        *standard = (mean, deviation);
    }
    let input = move |greys: &[f64]| {
        let mut input = [1.0; W];
        for ((value, grey), (mean, deviation)) in input.iter_mut().zip(greys).zip(standards) {
            *value = (grey - mean) / deviation;
        }
        input
    };
    let inputs: Vec<[f64; W]> = greys.iter().map(|film| input(film)).collect();
    let weights = fit::fit(classes, truth, &inputs);
    Box::new(move |greys| {
        let shares = fit::shares(&weights, &input(greys));
        shares.into_iter().map(|share| share as f32).collect()
    })
}

/// From `side * side` pixels to `fewer * fewer`, of which `side` is a multiple.
fn averaged(pixels: &[f64], side: usize, fewer: usize) -> Vec<f64> {
    let part = side / fewer;
    let mut sums = vec![0.0; fewer * fewer];
    for (at, grey) in pixels.iter().enumerate() {
        sums[at / side / part * fewer + at % side / part] += grey;
    }
    let n = (part * part) as f64;
    sums.into_iter().map(|sum| sum / n).collect()
}
