//! What is written as a pack is loaded as the same films again.

use std::{collections::BTreeMap, io::Cursor, path::Path, time::Instant};

use imaging::{
    dataset::{Dataset, DatasetSummary},
    pack::{
        About, Answers, Entry, LoadError, Loader, MAX_FILE, MAX_FILMS, PackWriter, Source,
        WriteError, ZipSource, fold,
    },
    split::Subset,
};

use crate::{
    pack::{Files, films_in},
    pictures::{grey_png, some_png},
};

type InMemory = PackWriter<Cursor<Vec<u8>>>;

fn writer(classes: &[&str]) -> InMemory {
    let about = About {
        title: "a title".into(),
        licence: Some("CC0".into()),
        attribution: None,
        classes: classes.iter().map(|&class| class.to_owned()).collect(),
    };
    PackWriter::new(Cursor::new(Vec::new()), about).unwrap()
}

fn bytes(writer: InMemory) -> Vec<u8> {
    writer.finish().unwrap().into_inner()
}

fn load_zip(zip: Vec<u8>) -> Result<Dataset, LoadError> {
    Loader::new(ZipSource::open(zip)?, &Answers::default())?.finish()
}

/// Of everything that was loaded.
fn written(source: impl Source) -> (Dataset, Vec<u8>) {
    written_with(source, &Answers::default())
}

fn written_with(source: impl Source, answers: &Answers) -> (Dataset, Vec<u8>) {
    let loader = Loader::new(source, answers).unwrap();
    let (data, mut source) = loader.finish_keeping().unwrap();
    let about = About {
        title: data.title.clone(),
        licence: data.licence.clone(),
        attribution: data.attribution.clone(),
        classes: data.classes.clone(),
    };
    let mut writer = PackWriter::new(Cursor::new(Vec::new()), about).unwrap();
    for film in &data.samples {
        let entry = Entry {
            name: &film.name,
            class: film.class,
            patient: film.patient.as_deref(),
            part: film.part,
        };
        writer.add(entry, &source.read(film.file).unwrap()).unwrap();
    }
    for odd in &data.odd {
        let name = format!("{}.jpg", odd.key);
        let bytes = source.read(odd.file).unwrap();
        writer.add_odd(&odd.key, &name, &bytes).unwrap();
    }
    (data, bytes(writer))
}

/// With patients numbered as they come, as the writer does, and without the files that are not in it.
fn numbered(mut summary: DatasetSummary) -> DatasetSummary {
    let mut numbers = BTreeMap::new();
    for film in &mut summary.samples {
        if let Some(patient) = film.patient.take() {
            let next = numbers.len() + 1;
            film.patient = Some(numbers.entry(patient).or_insert(next).to_string());
        }
    }
    summary.skipped.clear();
    summary
}

#[test]
fn the_built_in_pack_is_the_same_after_writing() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/films/built-in.zip");
    let zip = ZipSource::open(std::fs::read(path).unwrap()).unwrap();
    let (data, zip) = written(zip);
    let again = load_zip(zip.clone()).unwrap();
    assert_eq!(again.summary(true), numbered(data.summary(true)));
    assert_eq!(again.skipped, []);
    let said = |data: &Dataset| (data.licence.clone(), data.attribution.clone(), data.depth);
    assert_eq!(said(&again), said(&data));
    let odd = |data: &Dataset| {
        let films = data
            .odd
            .iter()
            .map(|odd| (odd.key.clone(), odd.film.clone()));
        films.collect::<Vec<_>>()
    };
    assert_eq!(odd(&again), odd(&data));
    // And the same bytes from then on.
    let (_, third) = written(ZipSource::open(zip.clone()).unwrap());
    assert!(third == zip);
}

#[test]
fn parts_as_folders_become_parts_in_the_list() {
    let folders = [
        "train/chest",
        "train/knee",
        "val/chest",
        "val/knee",
        "test/chest",
        "test/knee",
    ];
    let paths = films_in(&folders, 3).into_iter().enumerate();
    let files = paths.map(|(at, path)| (path, some_png(at as u32)));
    let (data, zip) = written(Files(files.collect()));
    let again = load_zip(zip).unwrap();
    assert_eq!((again.samples.len(), again.skipped.len()), (18, 0));
    assert_eq!(again.classes, data.classes);
    for film in &data.samples {
        let same = again
            .samples
            .iter()
            .find(|one| one.film == film.film)
            .unwrap();
        assert_eq!((same.class, same.part), (film.class, film.part));
        assert!(same.part.is_some());
    }
    let names: Vec<&str> = again.samples.iter().map(|film| &*film.name).collect();
    assert!(
        names.contains(&"chest/0.png") && names.contains(&"chest/0-3.png"),
        "{names:?}"
    );
}

/// What a table and names have told, once confirmed, is asked no more.
#[test]
fn classes_and_patients_of_a_table_are_read_back_without_a_question() {
    let files = || {
        let films = (0..8_u32).map(|at| (format!("films/img{at}.png"), some_png(at)));
        let rows = (0..8).map(|at| {
            format!(
                "img{at}.png,MRN{},{}\n",
                at / 2,
                ["Normal", "TB/old"][at / 4]
            )
        });
        let table = format!("image,patient_id,finding\n{}", rows.collect::<String>());
        let table = ("films/labels.csv".to_owned(), table.into_bytes());
        Files(films.chain([table]).collect())
    };
    let question = Loader::new(files(), &Answers::default()).err().unwrap();
    let (data, zip) = written_with(files(), &question.accepted().unwrap());
    assert_eq!(data.classes, ["Normal", "TB/old"]);
    let again = load_zip(zip.clone()).unwrap();
    assert_eq!(again.classes, data.classes);
    let of_film = |data: &Dataset| {
        let films = data.samples.iter();
        films
            .map(|film| (film.class, film.patient.clone(), film.film.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(of_film(&again), of_film(&data));
    assert!(
        of_film(&again)
            .iter()
            .all(|(_, patient, _)| patient.is_some())
    );
    assert!(!String::from_utf8_lossy(&zip).contains("MRN"));
}

/// Whatever folders of such names would mean elsewhere, these are classes.
#[test]
fn classes_of_any_name_are_read_back() {
    let long = "very ".repeat(40);
    let classes = [
        "chest",
        "Chest/PA",
        "chest_PA",
        "..",
        "con",
        "COM1.old",
        "train",
        "masks",
        "images",
        "p10",
        "odd",
        "pack.json",
        ".hidden",
        "¿Fractura?",
        "trailing.",
        &long,
        "p11",
        "label\nline",
        "__MACOSX",
        "002",
    ];
    let mut writer = writer(&classes);
    for film in 0..3 * classes.len() {
        let entry = Entry {
            name: "../../etc/IM.png",
            class: film % classes.len(),
            patient: None,
            part: None,
        };
        writer.add(entry, &some_png(film as u32)).unwrap();
    }
    let zip = bytes(writer);
    let paths = ZipSource::open(zip.clone()).unwrap().paths();
    for path in &paths {
        let parts: Vec<&str> = path.split('/').collect();
        assert!(parts.len() <= 2 && path.len() <= 180, "{path}");
        let safe = |part: &&str| {
            let ends = |letter| part.starts_with(letter) || part.ends_with(letter);
            !ends('.') && !ends(' ') && !part.contains(['\\', ':', '?', '\n', '"'])
        };
        assert!(parts.iter().all(safe), "{path}");
    }
    let mut folded: Vec<String> = paths.iter().map(|path| fold(path)).collect();
    folded.sort();
    folded.dedup();
    assert_eq!(folded.len(), paths.len());
    let data = load_zip(zip).unwrap();
    assert_eq!(data.classes, classes);
    let of_class = |class| data.samples.iter().filter(move |film| film.class == class);
    assert!((0..classes.len()).all(|class| of_class(class).count() == 3));
    assert_eq!(data.skipped, []);
}

#[test]
fn names_of_films_are_safe_and_say_what_the_files_are() {
    let mut writer = writer(&["a", "b"]);
    let names = [
        "12.png",
        "12_mask.png",
        "12.PNG",
        "C:\\films\\nul.png",
        "notes.txt",
        ".png",
        "a.jpg",
        "DICOMDIR",
        "x.zip",
        "mask_mask.png",
    ];
    for (at, name) in names.iter().enumerate() {
        for class in 0..2 {
            let entry = Entry {
                name,
                class,
                patient: None,
                part: None,
            };
            let film = grey_png(24, 20, |x, y| {
                (x * y + 9 * at as u32 + 100 * class as u32) as u8
            });
            writer.add(entry, &film).unwrap();
        }
    }
    let zip = bytes(writer);
    let paths = ZipSource::open(zip.clone()).unwrap().paths();
    let of_a: Vec<&str> = paths
        .iter()
        .filter_map(|path| path.strip_prefix("a/"))
        .collect();
    let expected = [
        "12.png",
        "12mask.png",
        "12-2.PNG",
        "_nul.png",
        "notes.txt.png",
        "film.png",
        "a.jpg.png",
        "DICOMDIR.png",
        "x.zip.png",
        "maskmask.png",
    ];
    assert_eq!(of_a, expected);
    let data = load_zip(zip).unwrap();
    assert_eq!((data.samples.len(), data.skipped.len()), (20, 0));
}

#[test]
fn no_name_of_a_patient_is_written() {
    let mut writer = writer(&["a", "b"]);
    for film in 0..6 {
        let entry = Entry {
            name: "film.png",
            class: film % 2,
            patient: Some(["Doe^Jane", "MRN-4711"][film / 3]),
            part: Some(Subset::ALL[film % 3]),
        };
        writer.add(entry, &some_png(film as u32)).unwrap();
    }
    let mut dicom = vec![0; 128];
    dicom.extend(b"DICM");
    let entry = Entry {
        name: "IM1",
        class: 0,
        patient: None,
        part: None,
    };
    assert_eq!(writer.dicom_files(), 0);
    writer.add(entry, &dicom).unwrap();
    assert_eq!(writer.dicom_files(), 1);
    let zip = bytes(writer);
    let mut source = ZipSource::open(zip.clone()).unwrap();
    let paths = source.paths();
    assert!(paths.contains(&"a/IM1.dcm".to_owned()), "{paths:?}");
    let list = paths.iter().position(|path| path == "pack.json").unwrap();
    let list = String::from_utf8(source.read(list).unwrap()).unwrap();
    assert!(!list.contains("Doe") && !list.contains("4711"), "{list}");
    let data = load_zip(zip).unwrap();
    let patients: Vec<_> = data
        .samples
        .iter()
        .map(|film| film.patient.as_deref())
        .collect();
    assert_eq!(patients.iter().filter(|one| **one == Some("1")).count(), 3);
    assert_eq!(patients.iter().filter(|one| **one == Some("2")).count(), 3);
}

#[test]
fn what_could_not_be_loaded_is_not_written() {
    let entry = |class| Entry {
        name: "a.png",
        class,
        patient: None,
        part: None,
    };
    let mut few = writer(&["a", "b"]);
    assert_eq!(
        few.add(entry(2), b"x"),
        Err(WriteError::NoSuchClass { class: 2 })
    );
    let large = vec![0; MAX_FILE as usize + 1];
    assert_eq!(
        few.add(entry(0), &large),
        Err(WriteError::TooLarge { limit_mb: 256 })
    );
    for _ in 0..MAX_FILMS {
        few.add(entry(0), b"x").unwrap();
    }
    assert_eq!(
        few.add(entry(0), b"x"),
        Err(WriteError::TooManyFilms { limit: MAX_FILMS })
    );
    let about = About {
        classes: vec![String::new(); 21],
        ..About::default()
    };
    let refused = PackWriter::new(Cursor::new(Vec::new()), about).err();
    assert_eq!(refused, Some(WriteError::TooManyClasses { limit: 20 }));
}

/// `cargo test --release -p imaging --test data -- time_of --ignored --nocapture`
#[test]
#[ignore = "prints times, which depend on the computer"]
fn time_of_writing_five_thousand_films() {
    let film = vec![7; 20_000];
    let began = Instant::now();
    let mut writer = writer(&["a", "b"]);
    for at in 0..MAX_FILMS {
        let entry = Entry {
            name: "film.png",
            class: at % 2,
            patient: Some("x"),
            part: None,
        };
        writer.add(entry, &film).unwrap();
    }
    let zip = bytes(writer);
    let over = zip.len() - MAX_FILMS * film.len();
    println!(
        "{} bytes beside the films, {} ms",
        over,
        began.elapsed().as_millis()
    );
}
