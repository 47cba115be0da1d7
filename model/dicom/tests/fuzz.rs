//! Changed objects and streams: no panic, no hang, bounded memory. The changes follow from a seed.
//!
//! `FUZZ_INPUTS=1000000 cargo test --release --package dicom --test fuzz` is the long run; a number of inputs a target.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod streams;
mod writer;

use std::{
    alloc::{GlobalAlloc, Layout, System},
    env,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use dicom::read;
use streams::Stream;
use writer::{BIG_ENDIAN, EXPLICIT, Elements, IMPLICIT, RLE, Value, Writer, lut};

/// In the test command, all targets together some 20 s.
const INPUTS: u64 = 5_000;
/// An object of a few kB, on a busy computer.
const LONGEST: Duration = Duration::from_secs(5);
/// Beyond what lay there before, bytes: the changes may make a picture of 65,535 by a few lines.
const MOST_MEMORY: usize = 1 << 30;

/// Counts what is allocated.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

#[allow(
    unsafe_code,
    reason = "an allocator cannot be written without; it passes everything on to the system's"
)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(now, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(now, Ordering::Relaxed);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// Changes a few places, mostly near the beginning, where headers are.
fn mutate(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    for _ in 0..=random.below(6) {
        let reach = match random.below(3) {
            0 => bytes.len(),
            1 => bytes.len().min(700),
            _ => bytes.len().min(100),
        };
        let at = random.below(reach);
        if at >= bytes.len() {
            return;
        }
        let length = 1 + random.below(16).min(bytes.len() - at - 1);
        match random.below(9) {
            0 | 1 => bytes[at] ^= 1 << random.below(8),
            2 | 3 => bytes[at] = random.next() as u8,
            4 => bytes[at] = [0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF][random.below(7)],
            5 => bytes.truncate(at),
            6 => drop(bytes.drain(at..at + length)),
            7 => {
                let again = bytes[at..at + length].to_vec();
                bytes.splice(at..at, again);
            }
            _ => {
                let from = random.below(other.len());
                let piece = &other[from..other.len().min(from + length)];
                bytes.splice(at..at, piece.iter().copied());
            }
        }
    }
}

/// One target at a time, for the memory that is counted is everyone's.
static TURN: Mutex<()> = Mutex::new(());

/// Reads, decodes and shows `inputs` objects, which `wrap` makes of changed seeds.
fn fuzz(target: &str, seeds: &[Vec<u8>], wrap: impl Fn(Vec<u8>, usize) -> Vec<u8>) {
    let _turn = TURN.lock().unwrap_or_else(|broken| broken.into_inner());
    let inputs = env::var("FUZZ_INPUTS")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(INPUTS);
    let (mut slowest, mut most, mut pictures) = (Duration::ZERO, 0, 0_u64);
    let begin = Instant::now();
    for number in 0..inputs {
        let mut random = Random(number);
        let seed = random.below(seeds.len());
        let mut bytes = seeds[seed].clone();
        let other = random.below(seeds.len());
        mutate(&mut bytes, &seeds[other], &mut random);
        let file = wrap(bytes, seed);
        let before = NOW.load(Ordering::Relaxed);
        PEAK.store(before, Ordering::Relaxed);
        let show = || {
            let start = Instant::now();
            let shown = catch_unwind(AssertUnwindSafe(|| show(&file)));
            let shown = shown.unwrap_or_else(|_| panic!("{target}: input {number} panics"));
            (shown, start.elapsed())
        };
        let (shown, mut taken) = show();
        let memory = PEAK.load(Ordering::Relaxed).saturating_sub(before);
        // A busy computer may stand still in between; what hangs does so each time.
        for _ in 0..3 {
            if taken >= LONGEST {
                taken = taken.min(show().1);
            }
        }
        assert!(taken < LONGEST, "{target}: input {number} takes {taken:?}");
        assert!(
            memory < MOST_MEMORY,
            "{target}: input {number} takes {memory} bytes"
        );
        (slowest, most, pictures) = (
            slowest.max(taken),
            most.max(memory),
            pictures + u64::from(shown),
        );
    }
    println!(
        "{target}: {inputs} inputs in {:.1?}, {pictures} pictures, the slowest {slowest:.1?}, the largest {} kB",
        begin.elapsed(),
        most / 1024
    );
}

/// Whether a picture comes of it.
fn show(file: &[u8]) -> bool {
    let Ok(object) = read(file) else {
        return false;
    };
    let last = object.frames() - 1;
    let Ok(frame) = object.frame(0).and(object.frame(last)) else {
        return false;
    };
    let greys = frame.render(&frame.default_voi(), frame.inverted);
    assert_eq!(greys.len(), frame.width as usize * frame.height as usize);
    assert_eq!(frame.values.len(), greys.len());
    true
}

#[test]
fn changed_objects_do_no_harm() {
    let table = lut([4, 0, 8], Value::OtherWords(vec![0x3300, 0xFF66]));
    let code = Elements::from([((0x0008, 0x0104), Value::Text("LO", "Chest".into()))]);
    let group = Elements::from([(
        (0x0028, 0x9145),
        Value::OpenSequence(vec![Elements::from([(
            (0x0028, 0x1053),
            Value::Text("DS", "2".into()),
        )])]),
    )]);
    let base = Writer::grey(4, &[0, 1, 2, 3, 1000, 2000, 3000, 4095])
        .window("40\\400", "100\\2000")
        .rescale("1.5", "-1024")
        .with_word((0x0028, 0x0120), 3)
        .with((0x0008, 0x2218), Value::OpenSequence(vec![code]))
        .with(
            (0x0028, 0x3010),
            Value::Sequence(vec![table.clone(), table.clone()]),
        )
        .with((0x5200, 0x9230), Value::OpenSequence(vec![group]));
    let mut seeds: Vec<Vec<u8>> = [EXPLICIT, IMPLICIT, BIG_ENDIAN]
        .map(|syntax| base.clone().syntax(syntax).file())
        .into();
    seeds.push(
        base.clone()
            .with((0x0028, 0x3000), Value::OpenSequence(vec![table]))
            .file(),
    );
    let mut palette = base
        .clone()
        .with_text((0x0028, 0x0004), "CS", "PALETTE COLOR");
    for element in 0..3 {
        palette.set((0x0028, 0x1101 + element), Value::Words(vec![3, 0, 16]));
        palette.set(
            (0x0028, 0x1201 + element),
            Value::OtherWords(vec![0, 1000, 65_535]),
        );
    }
    seeds.push(palette.file());
    let two = base
        .with_word((0x0028, 0x0010), 1)
        .with_text((0x0028, 0x0008), "IS", "2")
        .syntax(RLE);
    let fragments = Value::Fragments(vec![0, 78], vec![rle_stream(); 2]);
    seeds.push(two.with((0x7FE0, 0x0010), fragments).file());
    // The preamble says nothing.
    let seeds: Vec<Vec<u8>> = seeds.into_iter().map(|file| file[128..].to_vec()).collect();
    fuzz("objects", &seeds, |bytes, _| bytes);
}

/// Two segments of four bytes.
fn rle_stream() -> Vec<u8> {
    let header = [2_u32, 64, 70].into_iter().chain([0; 13]);
    let mut stream: Vec<u8> = header.flat_map(u32::to_le_bytes).collect();
    stream.extend([3, 1, 2, 3, 4, 128, 253, 7]);
    stream
}

/// The streams whose name begins so, changed, in sound objects.
fn fuzz_streams(beginning: &str) {
    let streams: Vec<Stream> = streams::all()
        .into_iter()
        .filter(|stream| stream.name.starts_with(beginning))
        .collect();
    let seeds: Vec<Vec<u8>> = streams.iter().map(|stream| stream.stream.clone()).collect();
    assert!(!seeds.is_empty(), "{beginning}");
    fuzz(beginning, &seeds, |bytes, seed| {
        streams[seed].object(vec![bytes]).file()
    });
}

#[test]
fn changed_rle_streams_do_no_harm() {
    let writer = Writer::grey(2, &[0; 4]).syntax(RLE);
    let wrap = |bytes, _| {
        writer
            .clone()
            .with((0x7FE0, 0x0010), Value::Fragments(vec![], vec![bytes]))
            .file()
    };
    fuzz("RLE", &[rle_stream()], wrap);
}

#[test]
fn changed_jpeg_streams_do_no_harm() {
    fuzz_streams("JPEG +e");
}

#[test]
fn changed_colour_jpeg_streams_do_no_harm() {
    fuzz_streams("JPEG Y");
}

#[test]
fn changed_lossless_jpeg_streams_do_no_harm() {
    fuzz_streams("JPEG lossless");
}

#[test]
fn changed_jpeg_ls_streams_do_no_harm() {
    fuzz_streams("JPEG-LS");
}

#[test]
fn changed_jpeg_2000_streams_do_no_harm() {
    fuzz_streams("JPEG 2000");
}
