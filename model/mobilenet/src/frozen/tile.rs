//! Tiles: pixels whose sums are in registers at the same time.

use super::simd::F4;

/// Pixels in a tile, with eight channels each: as many as the 16 registers of x86 hold with the operands. A product that is
/// not fused with its sum needs a register of its own.
pub(super) const TILE: usize = if F4::FUSED { 6 } else { 5 };

/// How many of the `left` pixels the next tile takes, so that none of the last is small.
#[inline(always)]
pub(super) fn next_tile(left: usize) -> usize {
    if left <= TILE {
        left
    } else if left < TILE + 4 {
        left.div_ceil(2)
    } else if left == TILE + 7 {
        TILE - 1
    } else {
        TILE
    }
}

/// Calls `$tile::<PIXELS>` for all pixels.
macro_rules! tiles {
    ($pixels:expr, |$at:ident| $tile:ident($($argument:expr),*)) => {{
        let (mut $at, pixels) = (0, $pixels);
        while $at < pixels {
            let size = $crate::frozen::tile::next_tile(pixels - $at);
            match size {
                6 if $crate::frozen::simd::F4::FUSED => $tile::<6>($($argument),*),
                5 => $tile::<5>($($argument),*),
                4 => $tile::<4>($($argument),*),
                3 => $tile::<3>($($argument),*),
                2 => $tile::<2>($($argument),*),
                _ => $tile::<1>($($argument),*),
            }
            $at += size;
        }
    }};
}
pub(super) use tiles;

/// Leaves a loop on a condition that never holds, which LLVM cannot know. Without it, LLVM moves the loads of all the steps
/// that follow to the front, where the registers do not suffice for them: that takes twice as long. What has been computed
/// so far must be used on the way out, or LLVM computes it behind the barrier; and nothing may be asserted of the operands of
/// `$never` that would let LLVM decide it.
macro_rules! barrier {
    ($never:expr, $loop:lifetime $(, $use:expr)?) => {
        if $never {
            $($use;)?
            break $loop;
        }
    };
}
pub(super) use barrier;
