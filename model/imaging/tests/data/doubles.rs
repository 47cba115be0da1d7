//! The same film more than once.

use imaging::{
    decode::decode,
    pack::{Answers, Contradiction, FileError, LoadError, Loader, Ruling},
    split::Subset,
};
use jpeg_encoder::ColorType;

use crate::{
    pack::{Files, films_in, load},
    pictures::{jpeg, some_png, with_segment},
};

/// Six films in each folder, each unlike the others.
fn films(folders: &[&str]) -> Files {
    let paths = films_in(folders, 6).into_iter().enumerate();
    Files(
        paths
            .map(|(at, path)| (path, some_png(at as u32)))
            .collect(),
    )
}

fn errors(data: &imaging::dataset::Dataset) -> Vec<(&str, &FileError)> {
    let skipped = data.skipped.iter();
    skipped.map(|file| (&*file.path, &file.error)).collect()
}

#[test]
fn the_same_picture_in_other_bytes_is_found() {
    // A film with its like as PNG, with a comment, and at a lower quality.
    let waves: Vec<u8> = (0..64 * 48)
        .map(|at| {
            (128.0 + 90.0 * (f64::from(at % 64) / 9.0).sin() * (f64::from(at / 64) / 7.0).cos())
                as u8
        })
        .collect();
    let first = jpeg(64, 48, ColorType::Luma, &waves, false);
    let film = decode(&first).unwrap();
    let greys: Vec<u8> = film
        .pixels()
        .iter()
        .map(|grey| (grey / 257) as u8)
        .collect();
    let as_png = crate::pictures::grey_png(64, 48, |x, y| greys[(y * 64 + x) as usize]);
    let mut worse = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut worse, 85);
    encoder.encode(&waves, 64, 48, ColorType::Luma).unwrap();
    let mut source = films(&["a", "b"]);
    for (name, bytes) in [
        ("a/wave 1.jpg", first.clone()),
        ("a/wave 2.jpg", with_segment(&first, 0xFE, b"saved anew")),
        ("a/wave 3.png", as_png),
        ("a/wave 4.jpg", worse),
    ] {
        source.0.push((name.into(), bytes));
    }
    let data = load(source).unwrap();
    assert_eq!(data.samples.len(), 13);
    let same = FileError::DuplicateOf {
        path: "a/wave 1.jpg".into(),
    };
    let names = ["a/wave 2.jpg", "a/wave 3.png", "a/wave 4.jpg"];
    assert_eq!(errors(&data), names.map(|name| (name, &same)));
}

#[test]
fn a_film_in_two_parts_stays_in_the_test() {
    let mut source = films(&["train/a", "train/b", "test/a", "test/b"]);
    let tested = source.0[12].1.clone();
    source.0.push(("train/a/again.png".into(), tested));
    let data = load(source).unwrap();
    let leak = FileError::Leak {
        path: "test/a/0.png".into(),
    };
    assert_eq!(errors(&data), [("train/a/again.png", &leak)]);
    let kept = data.samples.iter().find(|film| film.name == "test/a/0.png");
    assert_eq!(kept.unwrap().part, Some(Subset::Test));
}

/// Two films of `b` lie in `a` too, one of them in other bytes.
fn contradicting() -> Files {
    let mut source = films(&["a", "b"]);
    let (first, second) = (source.0[6].1.clone(), source.0[7].1.clone());
    source.0.push(("a/copy.png".into(), first));
    let text = crate::pictures::with_chunk(&second, b"tEXt", b"Comment\0saved anew");
    source.0.push(("a/other bytes.png".into(), text));
    source
}

fn ruled(keep: Option<&str>, classes: &[&str]) -> imaging::dataset::Dataset {
    let answers = Answers {
        rulings: vec![Ruling {
            classes: classes.iter().map(|class| class.to_string()).collect(),
            keep: keep.map(str::to_owned),
        }],
        ..Answers::default()
    };
    Loader::new(contradicting(), &answers)
        .unwrap()
        .finish()
        .unwrap()
}

#[test]
fn the_same_film_in_two_classes_is_asked_about() {
    let expected = Contradiction {
        classes: vec!["a".into(), "b".into()],
        films: vec![
            vec!["a/copy.png".into(), "b/0.png".into()],
            vec!["a/other bytes.png".into(), "b/1.png".into()],
        ],
    };
    match load(contradicting()) {
        Err(LoadError::Contradictions { groups }) => assert_eq!(groups, [expected]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_ruling_says_which_class_keeps_the_film() {
    let count = |data: &imaging::dataset::Dataset| {
        let of = |class| {
            data.samples
                .iter()
                .filter(|film| film.class == class)
                .count()
        };
        [of(0), of(1)]
    };
    assert_eq!(count(&ruled(Some("b"), &["a", "b"])), [6, 6]);
    assert_eq!(count(&ruled(Some("A "), &["b", "a"])), [8, 4]);
    let neither = ruled(None, &[]);
    assert_eq!(count(&neither), [6, 4]);
    assert_eq!(neither.skipped.len(), 4);
    let gone = neither.skipped.iter().map(|file| &file.error);
    assert!(
        gone.into_iter()
            .all(|error| matches!(error, FileError::Contradicts { .. }))
    );
    // A ruling on other classes decides nothing here.
    let answers = Answers {
        rulings: vec![Ruling {
            classes: vec!["a".into(), "c".into()],
            keep: Some("a".into()),
        }],
        ..Answers::default()
    };
    let open = Loader::new(contradicting(), &answers).unwrap().finish();
    assert!(matches!(open, Err(LoadError::Contradictions { .. })));
}
