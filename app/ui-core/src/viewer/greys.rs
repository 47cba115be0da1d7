//! Window and level on the values of a film's own file.

use dicom::{Preset, Scale, Window, WindowFunction};
use imaging::{
    dataset::Picture,
    dicom::{FrameFacts, FrameValues},
    film::Film,
};

/// A drag of so many pixels halves or doubles the width of the window.
const PIXELS_PER_DOUBLING: f64 = 128.0;
/// A drag of so many pixels moves the level by the width of the window.
const PIXELS_PER_WIDTH: f64 = 256.0;
/// The narrowest window that a drag leads to, as a share of all values.
const NARROWEST: f64 = 1.0 / 65_536.0;

/// What the reader has chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Greys {
    /// `None`: as the film was read, which is what the network is given.
    pub window: Option<Window>,
    /// Black and white exchanged.
    pub inverted: bool,
}

impl Greys {
    /// The window that is on the screen; `None` where the file has a table in its place.
    pub fn shown<'a>(&'a self, values: &'a FrameValues) -> Option<&'a Window> {
        self.window.as_ref().or(values.scale.window.as_ref())
    }

    /// After a drag over the film, in pixels: to the right widens the window, down darkens what is seen. For that the level
    /// rises, and falls where high values are black.
    pub fn drag(&mut self, values: &FrameValues, right: f64, down: f64) {
        let window = self.shown(values).cloned();
        let mut window = window.unwrap_or_else(|| values.scale.whole_range());
        let range = f64::from(values.scale.highest - values.scale.lowest).max(f64::MIN_POSITIVE);
        let width = window.width * (right / PIXELS_PER_DOUBLING).exp2();
        let narrowest = match window.function {
            WindowFunction::Linear => 1.0,
            WindowFunction::LinearExact | WindowFunction::Sigmoid => range * NARROWEST,
        };
        window.width = width.clamp(narrowest, (4.0 * range).max(narrowest));
        let higher = if self.inverted == values.scale.inverted {
            down
        } else {
            -down
        };
        let level = window.center + higher * window.width / PIXELS_PER_WIDTH;
        window.center = level.clamp((values.scale.lowest).into(), (values.scale.highest).into());
        window.explanation = None;
        self.window = Some(window);
    }

    /// The film for the screen, row-major, 0 black to 255 white; `None` where only the film as it was read will do.
    pub fn picture(&self, values: &FrameValues) -> Option<Picture> {
        let window = self.shown(values)?;
        let exchanged = self.inverted != values.scale.inverted;
        let table: Vec<u8> = (0..=u16::MAX)
            .map(|level| {
                let grey = window.grey(values.scale.value(level));
                let grey = if exchanged { 1.0 - grey } else { grey };
                (255.0 * grey).round() as u8
            })
            .collect();
        Some(Picture {
            width: values.scale.width,
            height: values.scale.height,
            pixels: values
                .levels
                .iter()
                .map(|&level| table[usize::from(level)])
                .collect(),
        })
    }
}

/// A picture of 8 bits as values, for films whose files have no others.
pub fn values_of(picture: &Picture) -> FrameValues {
    let mut values = FrameValues {
        scale: Scale {
            width: picture.width,
            height: picture.height,
            lowest: 0.0,
            highest: 255.0,
            window: None,
            inverted: false,
        },
        levels: picture
            .pixels
            .iter()
            .map(|&grey| u16::from(grey) * 257)
            .collect(),
    };
    values.scale.window = Some(values.scale.whole_range());
    values
}

/// The usual windows of a modality; those of radiographs differ from device to device.
pub fn presets(facts: &FrameFacts) -> &'static [Preset] {
    match facts.file.modality.as_deref() {
        Some("CT") => &Preset::ALL,
        _ => &[],
    }
}

/// What a network is given of a film: its central square at `side` by `side` pixels. `film` is the working copy.
pub fn network_input(film: &Picture, side: usize) -> Option<Picture> {
    let pixels = film.pixels.iter().map(|&grey| u16::from(grey) * 257);
    let film = Film::new(film.width, film.height, pixels.collect())?;
    let grey = |share: &f32| (share * 255.0).round() as u8;
    Some(Picture {
        width: side as u32,
        height: side as u32,
        pixels: film.input(side).iter().map(grey).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(window: Option<Window>, inverted: bool) -> FrameValues {
        let scale = Scale {
            width: 3,
            height: 1,
            lowest: -1000.0,
            highest: 3000.0,
            window,
            inverted,
        };
        FrameValues {
            scale,
            levels: vec![0, 32_768, 65_535],
        }
    }

    #[test]
    fn a_picture_of_8_bits_is_shown_as_it_is() {
        let picture = Picture {
            width: 256,
            height: 1,
            pixels: (0..=255).collect(),
        };
        let shown = Greys::default().picture(&values_of(&picture));
        assert_eq!(shown, Some(picture));
    }

    #[test]
    fn the_window_is_in_the_files_own_unit() {
        let mut greys = Greys {
            window: Some(Window::linear(1000.0, 1001.0)),
            inverted: false,
        };
        let pixels = |greys: &Greys, values| greys.picture(&values).map(|picture| picture.pixels);
        assert_eq!(pixels(&greys, values(None, false)), Some(vec![0, 128, 255]));
        greys.inverted = true;
        assert_eq!(pixels(&greys, values(None, false)), Some(vec![255, 127, 0]));
        // Inverted twice.
        assert_eq!(pixels(&greys, values(None, true)), Some(vec![0, 128, 255]));
    }

    #[test]
    fn a_table_of_the_file_is_left_for_a_window_at_the_first_drag() {
        let values = values(None, false);
        let mut greys = Greys::default();
        assert_eq!(greys.picture(&values), None);
        greys.drag(&values, 128.0, 0.0);
        let window = greys.window.expect("a window");
        assert_eq!((window.center, window.width), (1000.0, 8000.0));
    }

    #[test]
    fn a_drag_down_darkens_whatever_white_is() {
        for inverted in [false, true] {
            let values = values(Some(Window::linear(1000.0, 4000.0)), inverted);
            let middle = |greys: &Greys| greys.picture(&values).map(|picture| picture.pixels[1]);
            let mut greys = Greys::default();
            let before = middle(&greys);
            greys.drag(&values, 0.0, 40.0);
            assert!(middle(&greys) < before, "inverted: {inverted}");
        }
    }

    #[test]
    fn no_drag_leads_out_of_the_values_or_to_a_window_of_nothing() {
        let values = values(Some(Window::linear(0.0, 100.0)), false);
        let mut greys = Greys::default();
        for (right, down) in [(-1e9, 1e9), (1e9, -1e9), (f64::MAX, f64::MAX)] {
            greys.drag(&values, right, down);
            let window = greys.window.clone().expect("a window");
            assert!((1.0..=16_000.0).contains(&window.width), "{window:?}");
            assert!((-1000.0..=3000.0).contains(&window.center), "{window:?}");
        }
    }

    #[test]
    fn the_network_is_given_the_central_square() {
        let film = Picture {
            width: 64,
            height: 32,
            pixels: (0..32 * 64)
                .map(|at| if at % 64 < 16 { 255 } else { 10 })
                .collect(),
        };
        let input = network_input(&film, 32).expect("a picture");
        assert_eq!((input.width, input.height), (32, 32));
        assert!(input.pixels.iter().all(|&grey| grey == 10));
    }
}
