//! Folders of made-up images, as many as are wanted: smooth random fields, no two of them alike, with a side to each class.

use std::{fs, io, path::Path};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Classes of a made-up folder.
pub const CLASSES: [&str; 2] = ["left", "right"];

/// Waves in an image.
const WAVES: usize = 6;

/// `n` images of `side` pixels a side as PNG, half of each class, in a folder each; one that is there stays.
///
/// # Errors
/// What the disk says.
pub fn folder(root: &Path, n: usize, side: u32) -> io::Result<()> {
    for class in CLASSES {
        fs::create_dir_all(root.join(class))?;
    }
    for at in 0..n {
        let path = root
            .join(CLASSES[at % 2])
            .join(format!("{:06}.png", at / 2));
        if !path.exists() {
            fs::write(path, image(at as u64, side)?)?;
        }
    }
    Ok(())
}

/// The image of a number, 8 bits of gray.
///
/// # Errors
/// As [`folder`].
pub fn image(number: u64, side: u32) -> io::Result<Vec<u8>> {
    let pixels: Vec<u8> = greys(number, side)
        .map(|grey| (255.0 * grey) as u8)
        .collect();
    encoded(&pixels, png::BitDepth::Eight, side)
}

/// The same in 16 bits, of which so many are used.
///
/// # Errors
/// As [`folder`].
#[allow(dead_code, reason = "not every test has deep images")]
pub fn deep_image(number: u64, side: u32, bits: u32) -> io::Result<Vec<u8>> {
    let white = ((1_u32 << bits) - 1) as f32;
    let pixels: Vec<u8> = greys(number, side)
        .flat_map(|grey| ((white * grey) as u16).to_be_bytes())
        .collect();
    encoded(&pixels, png::BitDepth::Sixteen, side)
}

/// Row-major, 0 black to 1 white.
fn greys(number: u64, side: u32) -> impl Iterator<Item = f32> {
    let mut random = ChaCha8Rng::seed_from_u64(number);
    let waves: Vec<[f32; 4]> = (0..WAVES)
        .map(|_| {
            let mut even = |limit: f32| limit * (2.0 * random.random::<f32>() - 1.0);
            [even(18.0), even(18.0), even(3.2), even(0.09)]
        })
        .collect();
    let brighter = if number.is_multiple_of(2) { -1.0 } else { 1.0 };
    (0..side * side).map(move |at| {
        let (x, y) = ((at % side) as f32, (at / side) as f32);
        let (x, y) = (x / side as f32, y / side as f32);
        let wave =
            |[of_x, of_y, phase, height]: &[f32; 4]| height * (of_x * x + of_y * y + phase).sin();
        let grey = 0.5 + 0.08 * brighter * (x - 0.5) + waves.iter().map(wave).sum::<f32>();
        grey.clamp(0.0, 1.0)
    })
}

fn encoded(pixels: &[u8], depth: png::BitDepth, side: u32) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(depth);
    encoder.write_header()?.write_image_data(pixels)?;
    Ok(bytes)
}
