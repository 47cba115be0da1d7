//! Changed tables, lists of packs and zips: no panic, no hang, bounded memory.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::io::{Cursor, Write};

use fuzzing::Target;
use imaging::pack::{Answers, FileError, LoadError, Loader, Source, ZipSource};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// The largest film that is read has 100,000,000 pixels, of 16 bits.
const MOST_MEMORY: usize = 3 << 30;

/// A small one, unlike those of other numbers.
fn film(number: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 20, 18);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap();
    let pixel =
        |at: u32| ((at % 20 / 4) * (37 * number + 11) + (at / 20 / 3) * (91 * number + 53)) as u8;
    let pixels: Vec<u8> = (0..20 * 18).map(pixel).collect();
    writer.write_image_data(&pixels).unwrap();
    writer.finish().unwrap();
    file
}

/// Two films, and a table.
struct Labelled<'a> {
    film: &'a [u8],
    table: &'a [u8],
}

impl Source for Labelled<'_> {
    fn paths(&self) -> Vec<String> {
        ["p10/s1/a_1.png", "p11/s2/b.png", "t.csv"]
            .map(str::to_owned)
            .into()
    }

    fn read(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        Ok([self.film, self.film, self.table][index].to_vec())
    }
}

#[test]
fn changed_tables_do_no_harm() {
    let seeds = [
        "file,class,patient,split\na_1.png,x,A,train\nb.png,\"y, z\",B,test\n",
        "\u{feff}Fichero;Hallazgos;Edad\r\np10/s1/a_1.png;\"uno|dos\";1,5\r\np11\\s2\\b;dos;2,5\r\n",
        "subject_id,study_id,Edema,No Finding\n10,1,1.0,\n11,2,-1.0,0.0\n",
        "image_id,class_name,rad_id,x_min\na_1,Mass,R1,3.5\na_1,Mass,R2,\nb,No finding,R1,\n",
        "MURA/p10/s1/,1\nMURA/p11/s2/,0\n",
    ]
    .map(|table| table.as_bytes().to_vec());
    let film = film(0);
    let target = Target {
        name: "table",
        seeds: &seeds,
        most_memory: MOST_MEMORY,
    };
    target.try_all(|table, _| {
        let mut answers = Answers::default();
        // At most a question for the table and one for the names.
        for _ in 0..3 {
            let source = Labelled { film: &film, table };
            match Loader::new(source, &answers) {
                Ok(loader) => return loader.finish_test(Default::default()).is_ok(),
                Err(error) => match error.accepted() {
                    Some(answer) => answers = answers.and(answer),
                    None => return matches!(error, LoadError::UnsureFolders { .. }),
                },
            }
        }
        panic!("asked again and again");
    });
}

const LIST: &str = r#"{ "format": 1, "title": "t", "classes": ["b", "a"], "names": { "b": "B" },
    "films": [{ "path": "a/0.png", "patient": "A", "part": "train" }, { "path": "b/1.png", "patient": "B", "part": "test" }],
    "odd": [{ "path": "odd/o.png", "key": "knees" }] }"#;

/// A pack of seven films, with this list.
struct Listed<'a> {
    films: &'a [Vec<u8>],
    list: &'a [u8],
}

const PATHS: [&str; 8] = [
    "a/0.png",
    "a/1.png",
    "a/2.png",
    "b/0.png",
    "b/1.png",
    "b/2.png",
    "odd/o.png",
    "pack.json",
];

fn films() -> Vec<Vec<u8>> {
    (0..7).map(film).collect()
}

impl Listed<'_> {
    fn file(&self, index: usize) -> &[u8] {
        self.films.get(index).map_or(self.list, Vec::as_slice)
    }
}

impl Source for Listed<'_> {
    fn paths(&self) -> Vec<String> {
        PATHS.map(str::to_owned).into()
    }

    fn read(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        Ok(self.file(index).to_vec())
    }
}

fn is_loaded(source: impl Source) -> bool {
    let loaded = Loader::new(source, &Answers::default());
    loaded.is_ok_and(|loader| loader.finish_test(Default::default()).is_ok())
}

#[test]
fn changed_lists_do_no_harm() {
    let films = films();
    let seeds = [LIST.as_bytes().to_vec(), br#"{ "format": 1 }"#.to_vec()];
    assert!(seeds.iter().all(|list| is_loaded(Listed {
        films: &films,
        list
    })));
    let target = Target {
        name: "pack.json",
        seeds: &seeds,
        most_memory: MOST_MEMORY,
    };
    target.try_all(|list, _| {
        is_loaded(Listed {
            films: &films,
            list,
        })
    });
}

#[test]
fn changed_zips_do_no_harm() {
    let films = films();
    let pack = Listed {
        films: &films,
        list: LIST.as_bytes(),
    };
    let files: Vec<(&str, &[u8])> = PATHS
        .into_iter()
        .zip((0..).map(|at| pack.file(at)))
        .collect();
    let stored = zip_of(&files, CompressionMethod::Stored);
    let deflated = zip_of(&files, CompressionMethod::Deflated);
    let within = zip_of(&[("x/inner.zip", &deflated)], CompressionMethod::Stored);
    let seeds = [stored, deflated, within];
    let read = |zip: &[u8]| ZipSource::open(zip.to_vec()).is_ok_and(is_loaded);
    assert!(seeds.iter().all(|zip| read(zip)));
    let target = Target {
        name: "zip",
        seeds: &seeds,
        most_memory: MOST_MEMORY,
    };
    target.try_all(|zip, _| read(zip));
}

fn zip_of(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(*path, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
