//! The same films from a zip and from a folder; zips that are damaged or mean harm.

use std::{
    fs,
    io::{Cursor, Write},
    path::PathBuf,
};

use imaging::{
    dataset::Dataset,
    pack::{Answers, FileError, FolderSource, LoadError, Loader, ZipProblem, ZipSource},
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::{pack::films_in, pictures::some_png};

fn zip(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    zip_by(CompressionMethod::Deflated, files)
}

fn zip_by(method: CompressionMethod, files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (path, content) in files {
        writer.start_file(*path, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Where the central directory's entry of this file begins.
fn central_entry(zip: &[u8], path: &str) -> usize {
    let name = path.as_bytes();
    (0..zip.len() - 46 - name.len())
        .rev()
        .find(|&at| zip[at..].starts_with(b"PK\x01\x02") && zip[at + 46..].starts_with(name))
        .unwrap()
}

/// Six films in two classes and whatever else is asked for.
fn good_zip(more: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let paths = films_in(&["pack/a", "pack/b"], 3);
    let films = paths.iter().enumerate();
    let films = films.map(|(at, path)| (path.as_str(), some_png(at as u32)));
    zip(&films.chain(more.iter().cloned()).collect::<Vec<_>>())
}

fn load_zip(bytes: Vec<u8>) -> Result<Dataset, LoadError> {
    Loader::new(ZipSource::open(bytes)?, &Answers::default())?.finish()
}

#[test]
fn a_zip_and_a_folder_give_the_same_films() {
    let root = Scratch::new("same");
    for (at, path) in films_in(&["a", "b"], 3).iter().enumerate() {
        let file = root.0.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, some_png(at as u32)).unwrap();
    }
    let folder = Loader::new(FolderSource::open(&root.0).unwrap(), &Answers::default()).unwrap();
    let folder = folder.finish().unwrap();
    let zipped = load_zip(good_zip(&[])).unwrap();
    assert_eq!(
        (&folder.samples, &folder.classes),
        (&zipped.samples, &zipped.classes)
    );
    assert_eq!(zipped.title, "pack");
    assert!(FolderSource::open(&root.0.join("absent")).is_err());
}

#[test]
fn odd_names_in_a_zip_do_no_harm() {
    let data = load_zip(good_zip(&[
        ("__MACOSX/pack/a/._0.png", b"junk".to_vec()),
        ("pack/a/.hidden.png", b"junk".to_vec()),
        ("../../pack/a/up.png", some_png(90)),
        ("pack\\b\\windows.png", some_png(91)),
    ]))
    .unwrap();
    assert_eq!((data.samples.len(), data.skipped.len()), (8, 0));
    let names: Vec<_> = data.samples.iter().map(|film| &*film.name).collect();
    assert!(
        names.contains(&"a/up.png") && names.contains(&"b/windows.png"),
        "{names:?}"
    );
}

fn refused_zip(bytes: Vec<u8>) -> ZipProblem {
    match load_zip(bytes) {
        Err(LoadError::BadZip { detail }) => detail,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_zip_that_states_too_much_is_refused() {
    let stating = |size: u32| {
        let mut bytes = good_zip(&[]);
        let entry = central_entry(&bytes, "pack/a/0.png");
        bytes[entry + 24..entry + 28].copy_from_slice(&size.to_le_bytes());
        bytes
    };
    let too_large = |limit_mb| ZipProblem::TooLarge { limit_mb };
    assert_eq!(refused_zip(stating(300 << 20)), too_large(256));
    // 256 MB in one file are allowed, but not as a thousand times the size of the zip.
    assert_eq!(refused_zip(stating(256 << 20)), too_large(256));
    // Twelve large ones pass 2 GB whatever the zip weighs.
    let ballast = (0..12)
        .map(|at| format!("pack/c/{at}.bin"))
        .collect::<Vec<_>>();
    let mut rng = ChaCha8Rng::seed_from_u64(9);
    let noise: Vec<u8> = (0..2_400_000).map(|_| rng.random()).collect();
    let files: Vec<_> = ballast
        .iter()
        .map(|path| (path.as_str(), noise.clone()))
        .collect();
    let mut bytes = zip_by(CompressionMethod::Stored, &files);
    for path in &ballast {
        let entry = central_entry(&bytes, path);
        bytes[entry + 24..entry + 28].copy_from_slice(&(200_u32 << 20).to_le_bytes());
    }
    assert_eq!(refused_zip(bytes), too_large(2048));
}

#[test]
fn a_file_that_unpacks_to_more_than_stated_is_left_out() {
    let mut bytes = good_zip(&[("pack/a/bomb.png", vec![0; 3_000_000])]);
    let entry = central_entry(&bytes, "pack/a/bomb.png");
    bytes[entry + 24..entry + 28].copy_from_slice(&1_000_u32.to_le_bytes());
    let data = load_zip(bytes).unwrap();
    assert_eq!((data.samples.len(), data.skipped.len()), (6, 1));
    assert!(matches!(
        data.skipped[0].error,
        FileError::Unreadable { .. }
    ));
}

#[test]
fn encrypted_and_damaged_zips_are_told_apart() {
    let mut bytes = good_zip(&[]);
    let entry = central_entry(&bytes, "pack/a/0.png");
    bytes[entry + 8] |= 1;
    assert_eq!(refused_zip(bytes), ZipProblem::Encrypted);
    let bytes = good_zip(&[]);
    assert_eq!(
        refused_zip(bytes[..bytes.len() - 30].to_vec()),
        ZipProblem::Damaged
    );
    assert_eq!(refused_zip(b"PK\x03\x04".to_vec()), ZipProblem::Damaged);
    assert_eq!(refused_zip(Vec::new()), ZipProblem::Damaged);
}

#[test]
fn a_damaged_file_in_a_zip_is_left_out() {
    let mut bytes = good_zip(&[]);
    // Far enough into the first file's compressed data.
    for byte in &mut bytes[80..110] {
        *byte ^= 0x5A;
    }
    match load_zip(bytes) {
        Err(LoadError::TooFewFilms {
            class,
            n,
            left_out,
            problems,
        }) => {
            assert_eq!((&*class, n, left_out), ("a", 2, 1));
            assert_eq!(problems.len(), 1);
        }
        other => panic!("{other:?}"),
    }
}

/// The bytes before a file's own in a zip, of a method that the writer here does not know.
fn repacked(mut zip: Vec<u8>, method: u16) -> Vec<u8> {
    let places = |mark: &[u8]| -> Vec<usize> {
        let found = zip.windows(4).enumerate();
        found
            .filter(|(_, bytes)| *bytes == mark)
            .map(|(at, _)| at)
            .collect()
    };
    let fields = places(b"PK\x03\x04").into_iter().map(|at| at + 8);
    let fields: Vec<_> = fields
        .chain(places(b"PK\x01\x02").into_iter().map(|at| at + 10))
        .collect();
    for at in fields {
        zip[at..at + 2].copy_from_slice(&method.to_le_bytes());
    }
    zip
}

#[test]
fn a_zip_packed_in_another_way_is_refused_in_one_sentence() {
    for (number, name) in [
        (9, "Deflate64"),
        (12, "BZIP2"),
        (14, "LZMA"),
        (93, "Zstandard"),
        (95, "XZ"),
    ] {
        let method = name.to_string();
        let found = refused_zip(repacked(good_zip(&[]), number));
        assert_eq!(found, ZipProblem::Method { method });
    }
}

#[test]
fn bytes_before_a_zip_do_no_harm() {
    let bytes = [b"#!/bin/sh\nexit\n".repeat(20), good_zip(&[])].concat();
    assert_eq!(load_zip(bytes).unwrap().samples.len(), 6);
    assert!(ZipSource::is_one("Films.ZIP", b"#!"));
    assert!(ZipSource::is_one("films", b"PK\x03\x04"));
    assert!(!ZipSource::is_one("films.png", b"\x89PNG"));
}

#[test]
fn zips_within_a_zip_and_beside_each_other_are_opened() {
    let class = |first: u32| {
        let films: Vec<_> = (0..3)
            .map(|at| (format!("{at}.png"), some_png(first + at)))
            .collect();
        let films: Vec<_> = films
            .iter()
            .map(|(path, film)| (&**path, film.clone()))
            .collect();
        zip(&films)
    };
    let within = zip(&[
        ("export/films.zip", good_zip(&[])),
        ("export/readme.txt", b"x".to_vec()),
    ]);
    let beside = zip(&[
        ("chest samples.zip", class(0)),
        ("abdomen samples.zip", class(9)),
        (".x.zip", vec![]),
    ]);
    let both = zip(&[
        ("a.zip", class(0)),
        ("b/0.png", some_png(20)),
        ("b/1.png", some_png(21)),
        ("b/2.png", some_png(22)),
    ]);
    for (bytes, classes) in [
        (within, ["a", "b"]),
        (beside, ["abdomen samples", "chest samples"]),
        (both, ["a", "b"]),
    ] {
        let data = load_zip(bytes).unwrap();
        assert_eq!(data.classes, classes);
        assert_eq!(data.samples.len(), 6);
    }
}

#[test]
fn a_zip_within_that_cannot_be_opened_is_named() {
    let data = load_zip(good_zip(&[("pack/a/more.zip", b"PK".to_vec())])).unwrap();
    assert_eq!(data.skipped.len(), 1);
    assert_eq!(data.skipped[0].error, FileError::Zip(ZipProblem::Damaged));
    // Alone it is what the whole load fails by.
    let mut locked = good_zip(&[]);
    let entry = central_entry(&locked, "pack/a/0.png");
    locked[entry + 8] |= 1;
    assert_eq!(
        refused_zip(zip(&[("locked.zip", locked)])),
        ZipProblem::Encrypted
    );

    let mut deep = good_zip(&[]);
    for _ in 0..5 {
        deep = zip(&[("inner.zip", deep)]);
    }
    assert_eq!(refused_zip(deep), ZipProblem::TooDeep);
}

#[test]
fn changed_zips_never_panic() {
    let whole = good_zip(&[]);
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    for _ in 0..100 {
        let mut bytes = whole.clone();
        for _ in 0..rng.random_range(1..8) {
            let at = rng.random_range(0..bytes.len());
            bytes[at] = rng.random();
        }
        bytes.truncate(rng.random_range(bytes.len() / 2..=bytes.len()));
        if let Ok(data) = load_zip(bytes) {
            assert!(data.samples.len() >= 6);
        }
    }
}

/// A folder of its own below the system's temporary one, removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let folder = format!("firstread-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(folder);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder that stays behind is no failure of the test.
        let _ = fs::remove_dir_all(&self.0);
    }
}
