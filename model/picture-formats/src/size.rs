use crate::Refusal;

/// Shorter sides show no anatomy, pixels.
const MIN_SIDE: u32 = 16;
/// Longer sides are not read, pixels.
const MAX_SIDE: u32 = 16_384;
/// Larger pictures are not read, pixels.
pub const MAX_PIXELS: u64 = 100_000_000;

/// Of files of every format.
///
/// # Errors
/// [`Refusal::TooSmall`] and [`Refusal::TooLarge`].
pub fn check_size(width: u32, height: u32) -> Result<(), Refusal> {
    if width.min(height) < MIN_SIDE {
        return Err(Refusal::TooSmall { width, height });
    }
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > MAX_SIDE || pixels > MAX_PIXELS {
        return Err(Refusal::TooLarge { width, height });
    }
    Ok(())
}
