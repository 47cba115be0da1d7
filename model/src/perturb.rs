//! Films changed on purpose, as another hospital or another machine would.

use serde::{Deserialize, Serialize};

/// A change that is made to films; the default leaves them as they are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Perturbation {
    /// Width of the window of grey values that is spread from black to white; 1 is all of them.
    pub window: f64,
    /// Centre of that window, 0 to 1.
    pub level: f64,
    /// Standard deviation of added noise, as a share of the grey scale.
    pub noise: f64,
    /// Standard deviation of a Gaussian blur, as a share of the film's shorter side.
    pub blur: f64,
    /// Black and white exchanged.
    pub inversion: bool,
    /// Degrees, clockwise.
    pub rotation: f64,
    /// Size of the anatomy; 1 is as it is.
    pub scale: f64,
    /// Compressed and read again at this JPEG quality, 1 to 100; `None` is not.
    pub jpeg_quality: Option<u8>,
}

impl Default for Perturbation {
    fn default() -> Self {
        Self {
            window: 1.0,
            level: 0.5,
            noise: 0.0,
            blur: 0.0,
            inversion: false,
            rotation: 0.0,
            scale: 1.0,
            jpeg_quality: None,
        }
    }
}
