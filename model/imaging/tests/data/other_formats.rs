//! TIFF, BMP and WebP files: every kind against the values that were put into it, and what is refused.

use std::rc::Rc;

use imaging::{
    decode::{Channels, DecodeError, Decoded, FileFormat, PackDepth, decode, needs_reader},
    film::Film,
    pack::{FileError, Loader},
    reader::{FormatReader, OwnReader},
};
use picture_formats::Kind;

use crate::{
    pack::Files,
    written::{Page, Tiff, bmp, bmp_rows, packed_bits, webp},
};

const WIDTH: u32 = 21;
const HEIGHT: u32 = 18;

fn read(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    assert!(needs_reader(bytes));
    assert_eq!(decode(bytes), Err(DecodeError::NeedsReader));
    OwnReader.picture(bytes).map_err(|error| match error {
        FileError::Decode(error) => error,
        other => panic!("{other}"),
    })
}

fn film(bytes: &[u8]) -> Film {
    read(bytes).unwrap().film
}

/// Of the pixel at a column and a row, 8 bits.
fn grey(x: u32, y: u32) -> u8 {
    (x * 11 + y * 7 + (x * y) % 5 * 13) as u8
}

fn places() -> impl Iterator<Item = (u32, u32)> {
    (0..HEIGHT).flat_map(|y| (0..WIDTH).map(move |x| (x, y)))
}

fn greys() -> Vec<u8> {
    places().map(|(x, y)| grey(x, y)).collect()
}

fn rows(samples: &[u8]) -> Vec<Vec<u8>> {
    let row = samples.len() / HEIGHT as usize;
    samples.chunks_exact(row).map(<[u8]>::to_vec).collect()
}

/// The film of these 8-bit values.
fn expected(values: impl IntoIterator<Item = u8>) -> Film {
    let pixels = values.into_iter().map(|value| u16::from(value) * 257);
    Film::new(WIDTH, HEIGHT, pixels.collect()).unwrap()
}

/// The brightness of red, green and blue, as of a PNG.
fn bright([red, green, blue]: [u8; 3]) -> u16 {
    let [red, green, blue] = [red, green, blue].map(|value| u32::from(value) * 257);
    ((299 * red + 587 * green + 114 * blue + 500) / 1000) as u16
}

fn colour(x: u32, y: u32) -> [u8; 3] {
    [grey(x, y), grey(y, x), (x * 3 + y) as u8]
}

fn coloured() -> Film {
    let pixels = places().map(|(x, y)| bright(colour(x, y)));
    Film::new(WIDTH, HEIGHT, pixels.collect()).unwrap()
}

fn colours() -> Vec<u8> {
    places().flat_map(|(x, y)| colour(x, y)).collect()
}

/// Samples of so many bits, the highest first; rows begin with a byte.
fn packed(values: &[u16], row: usize, bits: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    for row in values.chunks_exact(row) {
        let (mut held, mut count) = (0_u64, 0);
        for &value in row {
            held = (held << bits) | u64::from(value);
            count += bits;
            while count >= 8 {
                count -= 8;
                bytes.push((held >> count) as u8);
            }
        }
        if count > 0 {
            bytes.push((held << (8 - count)) as u8);
        }
    }
    bytes
}

fn page() -> Page {
    Page::grey(WIDTH, HEIGHT, 8, greys())
}

/// A page of colours, 8 bits.
fn rgb() -> Page {
    let mut page = page().with(262, &[2]).with(277, &[3]).with(258, &[8, 8, 8]);
    page.chunks = vec![colours()];
    page
}

fn refused(page: Page) -> Kind {
    match read(&Tiff::of(page).bytes()) {
        Err(DecodeError::Picture { kind }) => kind,
        other => panic!("{other:?}"),
    }
}

#[test]
fn tiffs_of_both_orders_and_sizes_of_offsets_are_the_same() {
    for big_endian in [false, true] {
        for big in [false, true] {
            let mut file = Tiff::of(page());
            (file.big_endian, file.big) = (big_endian, big);
            let read = read(&file.bytes()).unwrap();
            assert_eq!(read.film, expected(greys()));
            let facts = read.facts;
            let said = (facts.format, facts.bits, facts.channels, facts.bytes);
            let bytes = file.bytes().len() as u64;
            assert_eq!(said, (FileFormat::Tiff, 8, Channels::Grey, bytes));
        }
    }
}

#[test]
fn grey_tiffs_of_every_depth_span_the_range() {
    for bits in 1..=15_u32 {
        let most = (1_u64 << bits) - 1;
        let values: Vec<u16> = places()
            .map(|(x, y)| (u64::from(grey(x, y)) * most / 255) as u16)
            .collect();
        let strip = packed(&values, WIDTH as usize, bits);
        let strip = match bits {
            8 => values.iter().map(|&value| value as u8).collect(),
            _ => strip,
        };
        let film = film(&Tiff::of(Page::grey(WIDTH, HEIGHT, bits.into(), strip)).bytes());
        for (&pixel, &value) in film.pixels().iter().zip(&values) {
            let wanted = u64::from(value) * 65_535 / most;
            // Up to 8 bits, by way of 8.
            let apart = u64::from(pixel).abs_diff(wanted);
            assert!(
                apart <= if bits < 8 { 129 } else { 1 },
                "{bits}: {pixel} {wanted}"
            );
            assert_eq!(value == 0, pixel == 0);
        }
    }
}

#[test]
fn where_zero_is_white_the_picture_is_inverted() {
    let inverted = page().with(262, &[0]);
    let read8 = read(&Tiff::of(inverted).bytes()).unwrap();
    assert_eq!(
        read8.film,
        expected(greys().into_iter().map(|grey| 255 - grey))
    );
    // 16 bits, of which 12 are in use: 4,095 is black, whatever else is in the pack.
    let words: Vec<u16> = places()
        .map(|(x, y)| ((x + y) * 4095 / 37) as u16)
        .collect();
    let strip = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    let deep = Page::grey(WIDTH, HEIGHT, 16, strip).with(262, &[0]);
    let deep = read(&Tiff::of(deep).bytes()).unwrap();
    let depth = PackDepth::of([imaging::decode::Range::Full]);
    let film = depth.read(deep);
    assert_eq!(film.pixels()[0], 65_535);
    assert_eq!(film.pixels().last(), Some(&0));
}

#[test]
fn tiffs_of_16_bits_follow_the_rule_of_png() {
    for big_endian in [false, true] {
        let words: Vec<u16> = places()
            .map(|(x, y)| ((x + y) * 4000 / 37) as u16)
            .collect();
        let order = |word: &u16| match big_endian {
            true => word.to_be_bytes(),
            false => word.to_le_bytes(),
        };
        let strip = words.iter().flat_map(order).collect();
        let mut file = Tiff::of(Page::grey(WIDTH, HEIGHT, 16, strip));
        file.big_endian = big_endian;
        let read = read(&file.bytes()).unwrap();
        assert_eq!(read.range, imaging::decode::Range::Within { bits: 12 });
        let wanted = |word: &u16| ((u32::from(*word) * 65_535 + 2047) / 4095) as u16;
        let wanted: Vec<u16> = words.iter().map(wanted).collect();
        assert_eq!(read.film.pixels(), wanted);
    }
}

#[test]
fn strips_tiles_and_planes_are_put_together() {
    let row = WIDTH as usize;
    let mut strips = page().with(278, &[5]);
    strips.chunks = greys().chunks(5 * row).map(<[u8]>::to_vec).collect();
    assert_eq!(film(&Tiff::of(strips).bytes()), expected(greys()));

    let mut tiles = rgb().with(322, &[16]).with(323, &[16]);
    tiles.tiles = true;
    tiles.chunks = (0..4)
        .map(|tile| {
            let (left, top) = (tile % 2 * 16, tile / 2 * 16);
            let places = (0..256).map(|at| (left + at % 16, top + at / 16));
            places.flat_map(|(x, y)| colour(x, y)).collect()
        })
        .collect();
    assert_eq!(film(&Tiff::of(tiles).bytes()), coloured());

    let mut planes = rgb().with(284, &[2]).with(278, &[10]);
    planes.chunks = (0..3)
        .flat_map(|channel| {
            let plane: Vec<u8> = places().map(|(x, y)| colour(x, y)[channel]).collect();
            [plane[..10 * row].to_vec(), plane[10 * row..].to_vec()]
        })
        .collect();
    assert_eq!(film(&Tiff::of(planes).bytes()), coloured());
}

#[test]
fn packed_tiffs_are_unpacked_with_and_without_differences() {
    let differences = |samples: &[u8]| -> Vec<u8> {
        let mut rows = rows(samples);
        for row in &mut rows {
            for at in (3..row.len()).rev() {
                row[at] = row[at].wrapping_sub(row[at - 3]);
            }
        }
        rows.concat()
    };
    let lzw = |bytes: &[u8]| {
        let mut encoder = weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8);
        encoder.encode(bytes).unwrap()
    };
    let deflate = |bytes: &[u8]| miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6);
    let packings: [(u64, &dyn Fn(&[u8]) -> Vec<u8>, bool); 4] = [
        (5, &lzw, true),
        (8, &deflate, true),
        (32_946, &deflate, true),
        (32_773, &packed_bits, false),
    ];
    for (number, pack, takes_differences) in packings {
        let mut plain = rgb().with(259, &[number]);
        plain.chunks = vec![pack(&colours())];
        assert_eq!(film(&Tiff::of(plain).bytes()), coloured(), "{number}");
        if takes_differences {
            let mut apart = rgb().with(259, &[number]).with(317, &[2]);
            apart.chunks = vec![pack(&differences(&colours()))];
            assert_eq!(film(&Tiff::of(apart).bytes()), coloured(), "{number}");
        }
        let mut cut = rgb().with(259, &[number]);
        let whole = pack(&colours());
        cut.chunks = vec![whole[..whole.len() / 2].to_vec()];
        assert_eq!(
            read(&Tiff::of(cut).bytes()),
            Err(damaged("TIFF")),
            "{number}"
        );
    }
}

#[test]
fn differences_of_16_bits_and_of_more_samples_than_are_kept_are_added_up() {
    let pixel = |x: u32, y: u32| [grey(x, y), grey(y, x), 77].map(|value| u16::from(value) * 250);
    let mut samples: Vec<u16> = places().flat_map(|(x, y)| pixel(x, y)).collect();
    for row in samples.chunks_exact_mut(3 * WIDTH as usize) {
        for at in (3..row.len()).rev() {
            row[at] = row[at].wrapping_sub(row[at - 3]);
        }
    }
    let bytes: Vec<u8> = samples.iter().flat_map(|word| word.to_le_bytes()).collect();
    // Grey, and two samples that mean nothing.
    let mut page = page().with(258, &[16]).with(277, &[3]).with(338, &[0, 0]);
    page = page.with(259, &[8]).with(317, &[2]);
    page.chunks = vec![miniz_oxide::deflate::compress_to_vec_zlib(&bytes, 6)];
    let read = read(&Tiff::of(page).bytes()).unwrap();
    assert_eq!(read.range, imaging::decode::Range::Full);
    let wanted: Vec<u16> = places().map(|(x, y)| pixel(x, y)[0]).collect();
    assert_eq!(read.film.pixels(), wanted);
}

#[test]
fn palettes_inks_and_opacity_of_tiffs_are_grey() {
    let numbers: Vec<u16> = places().map(|(x, y)| ((x + y) % 16) as u16).collect();
    let channel = |of: usize| (0..16).map(move |at| (at * 17 * 257 / (of + 1)) as u64);
    for deep in [true, false] {
        let map: Vec<u64> = (0..3).flat_map(channel).collect();
        let map: Vec<u64> = match deep {
            true => map,
            false => map.iter().map(|value| (value + 128) / 257).collect(),
        };
        let mut page = page().with(258, &[4]).with(262, &[3]).with(320, &map);
        page.chunks = vec![packed(&numbers, WIDTH as usize, 4)];
        let read = read(&Tiff::of(page).bytes()).unwrap();
        let said = (read.facts.bits, read.facts.channels);
        assert_eq!(said, (4, Channels::Palette));
        let wanted = |number: &u16| {
            let part = |of: u32| ((u32::from(*number) * 17 * 257 / (of + 1) + 128) / 257) as u8;
            bright([part(0), part(1), part(2)])
        };
        let wanted: Vec<u16> = numbers.iter().map(wanted).collect();
        assert_eq!(read.film.pixels(), wanted);
    }

    let inks = |(x, y): (u32, u32)| [0, 0, 0, grey(x, y)];
    let mut page = page().with(258, &[8; 4]).with(262, &[5]).with(277, &[4]);
    page.chunks = vec![places().flat_map(inks).collect()];
    let read_inks = read(&Tiff::of(page).bytes()).unwrap();
    assert_eq!(read_inks.facts.channels, Channels::Inks);
    assert_eq!(
        read_inks.film,
        expected(greys().into_iter().map(|ink| 255 - ink))
    );

    // Opacity apart from the colours makes them darker; colours that it is already in are taken as they are, and so is
    // what is stored beside them without a meaning.
    for (extra, film_of) in [(2, 128_u32), (1, 255), (0, 255)] {
        let mut page = rgb().with(258, &[8; 4]).with(277, &[4]).with(338, &[extra]);
        let pixel = |(x, y): (u32, u32)| [colour(x, y)[0], colour(x, y)[1], colour(x, y)[2], 128];
        page.chunks = vec![places().flat_map(pixel).collect()];
        let film = film(&Tiff::of(page).bytes());
        for (pixel, whole) in film.pixels().iter().zip(coloured().pixels()) {
            let wanted = u32::from(*whole) * film_of / 255;
            assert!(u32::from(*pixel).abs_diff(wanted) <= 1, "{extra}");
        }
    }
}

#[test]
fn the_first_page_that_is_no_preview_is_the_picture_and_it_is_turned_upright() {
    let preview = Page::grey(16, 16, 8, vec![9; 256]).with(254, &[1]);
    let second = Page::grey(32, 16, 8, vec![200; 512]);
    let file = Tiff {
        pages: vec![preview, page(), second],
        ..Tiff::of(page())
    };
    assert_eq!(film(&file.bytes()), expected(greys()));
    // Rotate by 90 degrees clockwise to see it upright.
    let turned = film(&Tiff::of(page().with(274, &[6])).bytes());
    assert_eq!((turned.width(), turned.height()), (HEIGHT, WIDTH));
    let first_row: Vec<u16> = (0..HEIGHT)
        .map(|x| u16::from(grey(0, HEIGHT - 1 - x)) * 257)
        .collect();
    assert_eq!(turned.pixels()[..HEIGHT as usize], first_row);
    let only_previews = Tiff::of(page().with(254, &[1])).bytes();
    let kind = Kind::UnusualTiff;
    assert_eq!(read(&only_previews), Err(DecodeError::Picture { kind }));
}

#[test]
fn tiffs_of_other_kinds_are_named() {
    let compressed = |name: &str| Kind::TiffCompression { name: name.into() };
    assert_eq!(refused(page().with(259, &[7])), compressed("JPEG"));
    assert_eq!(refused(page().with(259, &[4])), compressed("CCITT"));
    assert_eq!(refused(page().with(259, &[34_676])), compressed("34676"));
    assert_eq!(
        refused(page().with(339, &[3]).with(258, &[32])),
        Kind::TiffFloat
    );
    assert_eq!(
        refused(page().with(339, &[2]).with(258, &[16])),
        Kind::TiffSigned
    );
    assert_eq!(
        refused(page().with(258, &[32])),
        Kind::TiffDeep { bits: 32 }
    );
    for unusual in [
        page().with(262, &[6]).with(277, &[3]),
        page().with(262, &[8]),
        page().with(262, &[32_803]),
        page().with(266, &[2]),
        rgb().with(258, &[5, 6, 5]),
        page().with(259, &[5]).with(317, &[3]),
        page().with(277, &[9]),
    ] {
        assert_eq!(refused(unusual), Kind::UnusualTiff);
    }
}

fn damaged(format: &str) -> DecodeError {
    DecodeError::Damaged {
        format: format.into(),
    }
}

#[test]
fn a_cut_file_of_any_format_is_damaged_or_too_short_to_know() {
    let files = [
        Tiff::of(rgb()).bytes(),
        bmp_of_colours(),
        runs(8),
        webp(WIDTH, HEIGHT, image_webp::ColorType::Rgb8, &colours()),
    ];
    for (file, format) in files.iter().zip(["TIFF", "BMP", "BMP", "WebP"]) {
        read(file).unwrap();
        // What fills the last row of a BMP up may be missing, and so may what says that a TIFF has no further page.
        let least = match format {
            "BMP" => 3,
            "TIFF" => 5,
            _ => 1,
        };
        for length in 16..=file.len() - least {
            let error = read(&file[..length]).unwrap_err();
            assert_eq!(error, damaged(format), "{length}");
        }
    }
}

#[test]
fn sizes_are_judged_by_the_header() {
    let large = Page::grey(20_000, 16, 8, Vec::new());
    let (width, height) = (20_000, 16);
    let too_large = Err(DecodeError::TooLarge { width, height });
    assert_eq!(read(&Tiff::of(large).bytes()), too_large);
    let file = bmp((20_000, 16), (24, 0), (40, &[]), &[]);
    assert_eq!(read(&file), too_large);
    let too_small = Err(DecodeError::TooSmall {
        width: 4,
        height: 4,
    });
    let file = webp(4, 4, image_webp::ColorType::L8, &[0; 16]);
    assert_eq!(read(&file), too_small);
    // A few bytes that claim 16,384 x 6,000 pixels: refused when they do not unpack to so many.
    let bomb = Page::grey(16_384, 6_000, 8, vec![0; 64]).with(259, &[8]);
    assert_eq!(read(&Tiff::of(bomb).bytes()), Err(damaged("TIFF")));
    let huge_tiles = page().with(322, &[16_384]).with(323, &[16_384]);
    let huge_tiles = Page {
        tiles: true,
        ..huge_tiles
    };
    assert_eq!(refused(huge_tiles), Kind::UnusualTiff);
}

fn bmp_of_colours() -> Vec<u8> {
    let samples: Vec<u8> = places()
        .flat_map(|(x, y)| colour(x, y).into_iter().rev())
        .collect();
    let pixels = bmp_rows(&rows(&samples));
    bmp((WIDTH as i32, HEIGHT as i32), (24, 0), (40, &[]), &pixels)
}

/// Index 0 is black, the last white; three channels that differ.
fn palette(bits: u32) -> (Vec<u8>, impl Fn(u16) -> u16) {
    let most = (1_u32 << bits) - 1;
    let part = move |at: u32, of: u32| (at * 255 / most / (of + 1)) as u8;
    let entry = move |at| [part(at, 2), part(at, 1), part(at, 0), 0];
    let bytes = (0..=most).flat_map(entry).collect();
    let wanted = move |index: u16| bright([0, 1, 2].map(|of| part(index.into(), of)));
    (bytes, wanted)
}

fn indices(bits: u32) -> Vec<u16> {
    places()
        .map(|(x, y)| u16::from(grey(x, y)) >> (8 - bits))
        .collect()
}

/// RLE of 8 or 4 bits: pairs of a pixel each, then a row of its own kind.
fn runs(bits: u32) -> Vec<u8> {
    let indices = indices(bits);
    let mut pixels = Vec::new();
    for (y, row) in indices.chunks_exact(WIDTH as usize).rev().enumerate() {
        match y % 2 {
            0 => row.iter().for_each(|&index| {
                let byte = if bits == 4 { index << 4 } else { index };
                pixels.extend([1, byte as u8]);
            }),
            _ => {
                pixels.extend([0, row.len() as u8]);
                let packed = packed(row, row.len(), bits);
                pixels.extend(&packed);
                if packed.len() % 2 == 1 {
                    pixels.push(0);
                }
            }
        }
        pixels.extend([0, 0]);
    }
    pixels.extend([0, 1]);
    let packing = if bits == 8 { 1 } else { 2 };
    let (colours, _) = palette(bits);
    let size = (WIDTH as i32, HEIGHT as i32);
    bmp(size, (bits as u16, packing), (40, &colours), &pixels)
}

#[test]
fn bmps_with_palettes_plain_and_in_runs() {
    for bits in [1, 2, 4, 8] {
        let (colours, wanted) = palette(bits);
        let indices = indices(bits);
        let wanted: Vec<u16> = indices.iter().map(|&index| wanted(index)).collect();
        let plain = bmp_rows(&rows(&packed(&indices, WIDTH as usize, bits)));
        let size = (WIDTH as i32, HEIGHT as i32);
        let file = bmp(size, (bits as u16, 0), (40, &colours), &plain);
        let read = read(&file).unwrap();
        assert_eq!(read.film.pixels(), wanted, "{bits}");
        let said = (read.facts.format, read.facts.bits, read.facts.channels);
        assert_eq!(said, (FileFormat::Bmp, bits as u8, Channels::Palette));
        if bits > 2 {
            assert_eq!(film(&runs(bits)).pixels(), wanted, "{bits}");
        }
    }
    // A number that the palette does not have.
    let (colours, _) = palette(8);
    let pixels = bmp_rows(&rows(&greys()));
    let size = (WIDTH as i32, HEIGHT as i32);
    let short = bmp(size, (8, 0), (40, &colours[..400]), &pixels);
    assert_eq!(read(&short), Err(damaged("BMP")));
}

#[test]
fn bmps_of_colours_from_the_bottom_and_from_the_top() {
    assert_eq!(film(&bmp_of_colours()), coloured());
    let samples: Vec<u8> = places()
        .flat_map(|(x, y)| colour(x, y).into_iter().rev())
        .collect();
    let mut top_down = rows(&samples);
    top_down.reverse();
    let size = (WIDTH as i32, -(HEIGHT as i32));
    let file = bmp(size, (24, 0), (40, &[]), &bmp_rows(&top_down));
    assert_eq!(film(&file), coloured());
    // The fourth byte of 32 bits without masks means nothing.
    let samples: Vec<u8> = places()
        .flat_map(|(x, y)| {
            let [red, green, blue] = colour(x, y);
            [blue, green, red, 0]
        })
        .collect();
    let size = (WIDTH as i32, HEIGHT as i32);
    let pixels = bmp_rows(&rows(&samples));
    assert_eq!(film(&bmp(size, (32, 0), (40, &[]), &pixels)), coloured());
    // With masks, behind the header and in a longer one; the opacity there is 0 everywhere, which nobody can mean.
    let masks: Vec<u8> = [0xff_0000_u32, 0xff00, 0xff, 0xff00_0000]
        .iter()
        .flat_map(|mask| mask.to_le_bytes())
        .collect();
    let behind = bmp(size, (32, 3), (40, &masks[..12]), &pixels);
    assert_eq!(film(&behind), coloured());
    let longer = bmp(size, (32, 3), (56, &masks), &pixels);
    assert_eq!(film(&longer), coloured());
    // 5, 6 and 5 bits.
    let words: Vec<u16> = places()
        .map(|(x, y)| {
            let [red, green, blue] = colour(x, y).map(u16::from);
            (red >> 3 << 11) | (green >> 2 << 5) | (blue >> 3)
        })
        .collect();
    let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    let masks: Vec<u8> = [0xf800_u32, 0x7e0, 0x1f]
        .iter()
        .flat_map(|mask| mask.to_le_bytes())
        .collect();
    let file = bmp(size, (16, 3), (40, &masks), &bmp_rows(&rows(&bytes)));
    let read = film(&file);
    for (pixel, whole) in read.pixels().iter().zip(coloured().pixels()) {
        assert!(pixel.abs_diff(*whole) < 5 * 257);
    }
    let jpeg_within = bmp(size, (24, 4), (40, &[]), &[]);
    let kind = Kind::UnusualBmp;
    assert_eq!(read_error(&jpeg_within), DecodeError::Picture { kind });
}

fn read_error(bytes: &[u8]) -> DecodeError {
    read(bytes).unwrap_err()
}

#[test]
fn lossless_webps_with_and_without_opacity() {
    use image_webp::ColorType;
    let grey = read(&webp(WIDTH, HEIGHT, ColorType::L8, &greys())).unwrap();
    assert_eq!(grey.film, expected(greys()));
    let said = (grey.facts.format, grey.facts.bits, grey.facts.channels);
    assert_eq!(said, (FileFormat::WebP, 8, Channels::Colour));
    let file = webp(WIDTH, HEIGHT, ColorType::Rgb8, &colours());
    assert_eq!(film(&file), coloured());
    let half: Vec<u8> = greys().into_iter().flat_map(|grey| [grey, 0]).collect();
    let clear = film(&webp(WIDTH, HEIGHT, ColorType::La8, &half));
    assert_eq!(clear, expected(greys().into_iter().map(|_| 0)));
}

#[test]
fn an_animated_webp_is_named_and_the_orientation_of_exif_is_applied() {
    let chunk = |kind: &[u8; 4], data: &[u8]| {
        let length = (data.len() as u32).to_le_bytes();
        let filler = &[0][..data.len() % 2];
        [&kind[..], &length, data, filler].concat()
    };
    let plain = webp(WIDTH, HEIGHT, image_webp::ColorType::Rgb8, &colours());
    let with = |flags: u8, exif: &[u8]| {
        let sides = [(WIDTH - 1) as u8, 0, 0, (HEIGHT - 1) as u8, 0, 0];
        let head = chunk(b"VP8X", &[&[flags, 0, 0, 0], &sides[..]].concat());
        let body = [&head[..], &plain[12..], &chunk(b"EXIF", exif)].concat();
        let length = (body.len() as u32 + 4).to_le_bytes();
        [&b"RIFF"[..], &length, b"WEBP", &body].concat()
    };
    let exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    for exif in [exif.to_vec(), [b"Exif\0\0", &exif[..]].concat()] {
        let turned = film(&with(8, &exif));
        assert_eq!((turned.width(), turned.height()), (HEIGHT, WIDTH));
    }
    let kind = Kind::Animated;
    assert_eq!(read_error(&with(2, exif)), DecodeError::Picture { kind });
}

/// 64 x 48 pixels in two halves, made by libwebp.
const LOSSY: &[u8] = include_bytes!("../written/lossy.webp");

#[test]
fn a_lossy_webp_comes_near_what_it_was_made_of() {
    let film = film(LOSSY);
    assert_eq!((film.width(), film.height()), (64, 48));
    for (at, &pixel) in film.pixels().iter().enumerate() {
        let wanted: u16 = if at % 64 < 32 { 40 } else { 200 };
        assert!(pixel.abs_diff(wanted * 257) < 6 * 257, "{at}: {pixel}");
    }
}

#[test]
fn a_pack_of_such_files_is_loaded_with_their_sizes() {
    let wide = |seed: u32| {
        let value = |at: u32| (at * (seed + 3) % 251) as u8;
        (0..40 * 30).map(value).collect::<Vec<u8>>()
    };
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for seed in 0..3 {
        let page = Page::grey(40, 30, 8, wide(seed));
        files.push((format!("chest/{seed}.tif"), Tiff::of(page).bytes()));
        let other = webp(40, 30, image_webp::ColorType::L8, &wide(seed + 10));
        files.push((format!("hand/{seed}.webp"), other));
    }
    let mut loader = Loader::new(Files(files), &Default::default()).unwrap();
    loader.read_formats_with(Rc::new(OwnReader));
    let data = loader.finish().unwrap();
    assert_eq!(data.classes, ["chest", "hand"]);
    assert_eq!(data.samples.len(), 6);
    let sizes = data.samples.iter().map(|film| (film.width, film.height));
    assert!(sizes.into_iter().all(|size| size == (40, 30)));
}
