//! Compressed objects: streams of other programs' encoders, fragments, and what is wrong with streams.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod streams;
mod writer;

use dicom::{Attribute, Compression, Refusal, read};
use writer::{RLE, Value, Writer};

const PIXELS: (u16, u16) = (0x7FE0, 0x0010);

fn refusal(file: &[u8]) -> Option<Refusal> {
    match read(file) {
        Ok(object) => object.frame(0).err(),
        Err(refusal) => Some(refusal),
    }
}

#[test]
fn streams_of_other_encoders_give_the_picture_they_were_made_of() {
    let streams = streams::all();
    assert!(streams.len() > 40, "{}", streams.len());
    for stream in streams {
        let file = stream.object(vec![stream.stream.clone()]).file();
        let values = read(&file)
            .and_then(|object| object.frame(0))
            .map(|frame| frame.values);
        let values = values.unwrap_or_else(|refusal| panic!("{}: {refusal}", stream.name));
        let (expected, tolerance) = match &stream.decoded {
            None => (stream.expected(), 0.0),
            Some((words, tolerance)) => {
                (words.iter().copied().map(f32::from).collect(), *tolerance)
            }
        };
        let differences = values
            .iter()
            .zip(&expected)
            .map(|(own, other)| (own - other).abs());
        let furthest = differences.fold(0.0, f32::max);
        assert_eq!(values.len(), expected.len(), "{}", stream.name);
        assert!(
            furthest <= tolerance,
            "{}: {furthest} of at most {tolerance}",
            stream.name
        );
    }
}

#[test]
fn near_lossless_streams_are_near() {
    for stream in streams::all() {
        // Each colour is near; so is their brightness.
        let Some(near) = stream.name.split("near ").nth(1) else {
            continue;
        };
        let near: f32 = near[..1].parse().unwrap();
        let (words, _) = stream.decoded.as_ref().unwrap();
        let differences = words
            .iter()
            .zip(stream.expected())
            .map(|(&own, other)| (f32::from(own) - other).abs());
        let furthest = differences.fold(0.0, f32::max);
        assert!(
            furthest > 0.0 && furthest <= near + 1.0,
            "{}: {furthest}",
            stream.name
        );
    }
}

#[test]
fn a_stream_cut_off_anywhere_is_refused() {
    for stream in streams::all() {
        let whole = stream.stream.len();
        // The end marker and the filling before it may be missing: all samples are there.
        let end = stream.stream.iter().rposition(|&byte| byte != 0).unwrap() - 4;
        for length in (0..end.min(whole - 8)).step_by(37) {
            let file = stream.object(vec![stream.stream[..length].to_vec()]).file();
            assert!(
                refusal(&file).is_some(),
                "{} {length} of {whole}",
                stream.name
            );
        }
    }
}

#[test]
fn a_stream_may_lie_in_several_fragments() {
    for stream in streams::all() {
        let fragments: Vec<Vec<u8>> = stream.stream.chunks(100).map(<[u8]>::to_vec).collect();
        let whole = stream.object(vec![stream.stream.clone()]).file();
        let parts = stream.object(fragments).file();
        let values = |file: &[u8]| read(file).unwrap().frame(0).unwrap().values;
        assert_eq!(values(&parts), values(&whole), "{}", stream.name);
    }
}

/// Of 16-bit words, in runs of unlike bytes.
fn rle(words: &[u16]) -> Vec<u8> {
    let segment = |shift: u32| {
        let bytes: Vec<u8> = words.iter().map(|word| (word >> shift) as u8).collect();
        let runs = bytes
            .chunks(128)
            .flat_map(|run| [&[run.len() as u8 - 1], run].concat());
        let mut runs: Vec<u8> = runs.collect();
        runs.resize(runs.len().next_multiple_of(2), 128);
        runs
    };
    let (high, low) = (segment(8), segment(0));
    let header = [2, 64, 64 + high.len() as u32].into_iter().chain([0; 13]);
    let header = header.flat_map(u32::to_le_bytes).collect();
    [header, high, low].concat()
}

fn frames(words: [[u16; 4]; 3], table: Vec<u32>, fragments: Vec<Vec<u8>>) -> Writer {
    Writer::grey(2, &words.concat())
        .syntax(RLE)
        .with_word((0x0028, 0x0010), 2)
        .with_text((0x0028, 0x0008), "IS", "3")
        .with(PIXELS, Value::Fragments(table, fragments))
}

#[test]
fn frames_are_found_by_offset_tables_by_their_number_and_by_how_streams_begin() {
    let words = [[1, 2, 3, 4000], [5, 6, 7, 8], [9, 10, 11, 12]];
    let streams = words.map(|words| rle(&words));
    let halves: Vec<Vec<u8>> = streams
        .iter()
        .flat_map(|stream| [stream[..40].to_vec(), stream[40..].to_vec()])
        .collect();
    let length = streams[0].len() as u32;
    let check = |writer: &Writer, what: &str| {
        let file = writer.file();
        let object = read(&file).unwrap_or_else(|refusal| panic!("{what}: {refusal}"));
        for (index, words) in words.iter().enumerate() {
            assert_eq!(
                object.frame(index as u32).unwrap().values,
                words.map(f32::from),
                "{what}"
            );
        }
    };
    check(
        &frames(words, vec![], streams.to_vec()),
        "one fragment a frame",
    );
    check(
        &frames(
            words,
            vec![0, length + 8, 2 * length + 16],
            streams.to_vec(),
        ),
        "table",
    );
    let offsets = [0, length + 16, 2 * length + 32];
    check(
        &frames(words, offsets.into(), halves.clone()),
        "table, two fragments a frame",
    );
    let long = |offset: u32| u64::from(offset).to_le_bytes();
    let extended = Value::Bytes("OV", offsets.into_iter().flat_map(long).collect());
    let writer = frames(words, vec![], halves.clone()).with((0x7FE0, 0x0001), extended);
    check(&writer, "extended table, two fragments a frame");
    // A table that is wrong is not gone by.
    check(
        &frames(words, vec![0, 3, 5], streams.to_vec()),
        "wrong table",
    );
    assert_eq!(
        refusal(&frames(words, vec![], halves).file()),
        Some(Refusal::Invalid {
            attribute: Attribute::Frames
        })
    );
    assert_eq!(
        refusal(&frames(words, vec![], vec![streams[0].clone()]).file()),
        Some(Refusal::Truncated)
    );
}

#[test]
fn frames_of_jpeg_in_several_fragments_are_found_without_a_table() {
    let all = streams::all();
    let stream = all
        .iter()
        .find(|stream| stream.name == "JPEG 2000 12 bits")
        .unwrap();
    let halves = [stream.stream[..500].to_vec(), stream.stream[500..].to_vec()];
    let file = stream
        .object([halves.clone(), halves].concat())
        .with_text((0x0028, 0x0008), "IS", "2")
        .file();
    let object = read(&file).unwrap();
    for index in 0..2 {
        assert_eq!(object.frame(index).unwrap().values, stream.expected());
    }
}

#[test]
fn a_stream_of_another_size_than_the_object_says_is_refused() {
    for stream in streams::all() {
        let smaller = stream
            .object(vec![stream.stream.clone()])
            .with_word((0x0028, 0x0010), 32)
            .file();
        let attribute = Attribute::Size;
        assert_eq!(
            refusal(&smaller),
            Some(Refusal::Invalid { attribute }),
            "{}",
            stream.name
        );
    }
}

#[test]
fn a_jpeg_2000_stream_without_some_of_its_tiles_is_refused() {
    let all = streams::all();
    let stream = all
        .iter()
        .find(|stream| stream.name == "JPEG 2000 12 bits")
        .unwrap();
    let mut bytes = stream.stream.clone();
    // The height of a tile, behind the marker of the size: now there are two tiles, and one is in the stream.
    bytes[28..32].copy_from_slice(&17_u32.to_be_bytes());
    let compression = Compression::Jpeg2000;
    let file = stream.object(vec![bytes]).file();
    assert_eq!(refusal(&file), Some(Refusal::DamagedPixels { compression }));
}

#[test]
fn a_component_that_is_sent_twice_is_refused() {
    let all = streams::all();
    let stream = all
        .iter()
        .find(|stream| stream.name == "JPEG lossless RGB")
        .unwrap();
    let mut bytes = stream.stream.clone();
    // Three components in the scan: the second and third are the first once more.
    let scan = bytes
        .windows(2)
        .position(|pair| pair == [0xFF, 0xDA])
        .unwrap();
    let first = bytes[scan + 5];
    (bytes[scan + 7], bytes[scan + 9]) = (first, first);
    let compression = Compression::JpegLossless;
    let file = stream.object(vec![bytes]).file();
    assert_eq!(refusal(&file), Some(Refusal::DamagedPixels { compression }));
}

#[test]
fn filling_before_the_end_of_a_jpeg_ls_stream_does_no_harm() {
    for stream in streams::all()
        .iter()
        .filter(|stream| stream.name.starts_with("JPEG-LS"))
    {
        let mut filled = stream.stream.clone();
        let end = filled
            .windows(2)
            .rposition(|pair| pair == [0xFF, 0xD9])
            .unwrap();
        filled.splice(end..end, [0xFF; 3]);
        let values = |bytes: Vec<u8>| {
            read(&stream.object(vec![bytes]).file())
                .unwrap()
                .frame(0)
                .unwrap()
                .values
        };
        assert_eq!(
            values(filled),
            values(stream.stream.clone()),
            "{}",
            stream.name
        );
    }
}

#[test]
fn deflated_frames_are_inflated() {
    let words = [1_u16, 2, 3, 4095];
    let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    let deflated = miniz_oxide::deflate::compress_to_vec(&bytes, 6);
    let writer = Writer::grey(2, &words)
        .syntax("1.2.840.10008.1.2.8.1")
        .with(PIXELS, Value::Fragments(vec![], vec![deflated.clone()]));
    assert_eq!(
        read(&writer.file()).unwrap().frame(0).unwrap().values,
        words.map(f32::from)
    );
    let bomb = miniz_oxide::deflate::compress_to_vec(&[0; 1 << 20], 6);
    let writer = writer.with(PIXELS, Value::Fragments(vec![], vec![bomb]));
    let compression = Compression::Deflate;
    assert_eq!(
        refusal(&writer.file()),
        Some(Refusal::DamagedPixels { compression })
    );
}
