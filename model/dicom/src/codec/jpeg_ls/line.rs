//! A line of samples, one by one or in runs, T.87, A.7.

use super::{Fault, Lines, bits::Bits, context::Coder};

/// Bits of the length of a run, which grow with each long run.
const RUN_BITS: [u32; 32] = [
    0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13,
    14, 15,
];

impl Lines {
    /// Left, above, above at the left, above at the right of the sample `at`, counted from 1.
    fn neighbors(&self, at: usize) -> [i32; 4] {
        [
            self.own[at - 1],
            self.above[at],
            self.above[at - 1],
            self.above[at + 1],
        ]
    }
}

/// A line of one component.
pub(super) fn read(
    coder: &mut Coder,
    bits: &mut Bits,
    lines: &mut Lines,
    run_index: &mut usize,
) -> Result<(), Fault> {
    let width = lines.own.len() - 2;
    let mut at = 1;
    while at <= width {
        let neighbors = lines.neighbors(at);
        if !is_flat(coder, neighbors) {
            lines.own[at] = coder.sample(bits, neighbors)?;
            at += 1;
            continue;
        }
        let left = neighbors[0];
        let run = run(bits, width + 1 - at, run_index)?;
        lines.own[at..at + run.length].fill(left);
        at += run.length;
        if run.ended {
            lines.own[at] =
                coder.run_end(bits, [left, lines.above[at]], true, RUN_BITS[*run_index])?;
            at += 1;
            *run_index = run_index.saturating_sub(1);
        }
    }
    Ok(())
}

/// A line whose components alternate sample by sample, with runs of all of them.
pub(super) fn read_interleaved(
    coder: &mut Coder,
    bits: &mut Bits,
    lines: &mut [Lines],
    run_index: &mut usize,
) -> Result<(), Fault> {
    let width = lines[0].own.len() - 2;
    let mut at = 1;
    while at <= width {
        if !lines
            .iter()
            .all(|lines| is_flat(coder, lines.neighbors(at)))
        {
            for lines in lines.iter_mut() {
                lines.own[at] = coder.sample(bits, lines.neighbors(at))?;
            }
            at += 1;
            continue;
        }
        let run = run(bits, width + 1 - at, run_index)?;
        for lines in lines.iter_mut() {
            let left = lines.own[at - 1];
            lines.own[at..at + run.length].fill(left);
        }
        at += run.length;
        if run.ended {
            for lines in lines.iter_mut() {
                let neighbors = [lines.own[at - 1], lines.above[at]];
                lines.own[at] = coder.run_end(bits, neighbors, false, RUN_BITS[*run_index])?;
            }
            at += 1;
            *run_index = run_index.saturating_sub(1);
        }
    }
    Ok(())
}

/// Where a run begins.
fn is_flat(coder: &Coder, [left, above, corner, right]: [i32; 4]) -> bool {
    coder.is_near(right, above) && coder.is_near(above, corner) && coder.is_near(corner, left)
}

struct Run {
    length: usize,
    /// By another sample, not by the end of the line.
    ended: bool,
}

/// The length of a run of at most `most` samples.
fn run(bits: &mut Bits, most: usize, run_index: &mut usize) -> Result<Run, Fault> {
    let mut length = 0;
    while bits.take(1)? == 1 {
        let step = 1 << RUN_BITS[*run_index];
        if length + step <= most {
            *run_index = (*run_index + 1).min(RUN_BITS.len() - 1);
        }
        length = (length + step).min(most);
        if length == most {
            return Ok(Run {
                length,
                ended: false,
            });
        }
    }
    length += bits.take(RUN_BITS[*run_index])? as usize;
    match length < most {
        true => Ok(Run {
            length,
            ended: true,
        }),
        false => Err(Fault::Damaged),
    }
}
