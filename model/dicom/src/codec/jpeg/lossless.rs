//! Lossless JPEG: each sample is what its neighbors predict and a coded difference, T.81, H.

use jpeg_entropy::Bits;

use super::{Fault, FrameHeader, ScanHeader, Tables};

/// Puts the samples of a scan into `samples`, which holds all components pixel by pixel. Returns the length of the data.
pub(super) fn scan(
    frame: &FrameHeader,
    scan: &ScanHeader,
    tables: &Tables,
    data: &[u8],
    samples: &mut [u16],
) -> Result<usize, Fault> {
    let subsampled = frame
        .components
        .iter()
        .any(|one| (one.across, one.down) != (1, 1));
    if subsampled && frame.components.len() > 1 {
        return Err(Fault::Unusual);
    }
    if !(1..=7).contains(&scan.selection) || scan.low_bit >= frame.precision {
        return Err(Fault::Damaged);
    }
    // Rows between two restarts, which stand at the beginning of a row, T.81, H.1.1.
    let rows = match tables.restart_interval {
        0 => frame.height,
        interval if interval % frame.width == 0 => interval / frame.width,
        _ => return Err(Fault::Unusual),
    };
    let channels = scan.components.iter().map(|component| {
        let table = tables.huffman.dc(component.dc);
        Ok((component.number, table.ok_or(Fault::Damaged)?))
    });
    let channels: Vec<_> = channels.collect::<Result<_, Fault>>()?;
    let n = frame.components.len();
    let stride = frame.width * n;
    let start = 1_i32 << (frame.precision - scan.low_bit - 1);
    let mut bits = Bits::new(data);
    for row in 0..frame.height {
        let first = row % rows == 0;
        if first && row > 0 {
            bits.restart()?;
        }
        let (above, rest) = samples.split_at_mut(row * stride);
        let above = &above[above.len().saturating_sub(stride)..];
        let line = &mut rest[..stride];
        for column in 0..frame.width {
            for &(number, table) in &channels {
                let at = column * n + number;
                let left = |line: &[u16]| i32::from(line[at - n]);
                let predicted = match (first, column) {
                    (true, 0) => start,
                    (true, _) => left(line),
                    (false, 0) => i32::from(above[at]),
                    (false, _) => predict(
                        scan.selection,
                        left(line),
                        i32::from(above[at]),
                        left(above),
                    ),
                };
                let difference = match bits.symbol(table)? {
                    // Half of all, which needs no more bits.
                    16 => 1 << 15,
                    length @ 0..16 => bits.number(length)?,
                    _ => return Err(Fault::Damaged),
                };
                line[at] = (predicted + difference) as u16;
            }
        }
    }
    // The point transform took the lowest bits away. They are 0, T.81, A.4.
    if scan.low_bit > 0 {
        for &(number, _) in &channels {
            for sample in samples.iter_mut().skip(number).step_by(n) {
                *sample <<= scan.low_bit;
            }
        }
    }
    Ok(bits.end())
}

/// From the samples at the left, above, and above at the left, T.81, table H.1.
fn predict(selection: u8, left: i32, above: i32, corner: i32) -> i32 {
    match selection {
        1 => left,
        2 => above,
        3 => corner,
        4 => left + above - corner,
        5 => left + ((above - corner) >> 1),
        6 => above + ((left - corner) >> 1),
        _ => (left + above) >> 1,
    }
}
