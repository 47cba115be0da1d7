//! Tables of labels as people and public sets have them.

use std::collections::{BTreeMap, BTreeSet};

use imaging::{
    dataset::Dataset,
    pack::{
        Answers, ClassRule, FileError, FolderRole, LoadError, Loader, TableAnswer, TableColumns,
        TableQuestion,
    },
    split::Subset,
};

use crate::{pack::Files, pictures::some_png};

/// A film at each path, and tables.
pub fn pack(films: &[String], tables: &[(&str, &str)]) -> Files {
    let films = films.iter().enumerate();
    let films = films.map(|(at, path)| (path.clone(), some_png(at as u32)));
    let tables = tables.iter();
    let tables = tables.map(|(path, text)| (path.to_string(), text.as_bytes().to_vec()));
    Files(films.chain(tables).collect())
}

pub fn copy(source: &Files) -> Files {
    Files(source.0.clone())
}

pub fn load(source: &Files, answers: &Answers) -> Result<Dataset, LoadError> {
    Loader::new(copy(source), answers)?.finish()
}

/// The question about a table that a load ends with.
pub fn question(source: &Files, answers: &Answers) -> TableQuestion {
    match load(source, answers) {
        Err(LoadError::UnsureTable(question)) => *question,
        other => panic!("{:?}", other.map(|data| data.classes)),
    }
}

/// The questions about tables, all answered with the guess, and what is loaded then.
pub fn accepted(source: &Files) -> (Vec<TableQuestion>, Answers, Dataset) {
    let mut answers = Answers::default();
    let mut questions = Vec::new();
    loop {
        match load(source, &answers) {
            Err(error) => {
                let answer = error.accepted().unwrap_or_else(|| panic!("{error:?}"));
                answers = answers.and(answer);
                if let LoadError::UnsureTable(question) = error {
                    questions.push(*question);
                }
            }
            Ok(data) => return (questions, answers, data),
        }
        assert!(questions.len() < 5, "the same question again");
    }
}

pub fn using(table: &str, columns: TableColumns) -> Answers {
    Answers {
        tables: vec![(table.into(), TableAnswer::Use(columns))],
        ..Answers::default()
    }
}

/// How many films each class has.
pub fn counts(data: &Dataset) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for film in &data.samples {
        *counts.entry(&*data.classes[film.class]).or_default() += 1;
    }
    counts
}

pub fn patients(data: &Dataset) -> usize {
    let patients = data.samples.iter().filter_map(|film| film.patient.as_ref());
    patients.collect::<BTreeSet<_>>().len()
}

pub fn errors(data: &Dataset) -> Vec<(&str, &FileError)> {
    let skipped = data.skipped.iter();
    skipped.map(|one| (&*one.path, &one.error)).collect()
}

pub fn named(n: usize, name: impl Fn(usize) -> String) -> Vec<String> {
    (0..n).map(name).collect()
}

const SIMPLE: &str = "file,class,patient,split
0.png,chest,A,train
1.png,chest,A,train
2.png,chest,B,test
3.png,hand,C,train
4.png,hand,C,val
5.png,hand,D,test
";

fn six() -> Vec<String> {
    named(6, |at| format!("films/{at}.png"))
}

#[test]
fn a_table_is_asked_about_and_its_answer_gives_classes_patients_and_parts() {
    let source = pack(&six(), &[("labels.csv", SIMPLE)]);
    let asked = question(&source, &Answers::default());
    assert_eq!((asked.images, asked.named, asked.rows), (6, 6, 6));
    assert_eq!((asked.rows_elsewhere, asked.uneven_rows), (0, 0));
    assert_eq!((asked.layout, asked.folders.clone()), (None, None));
    let names: Vec<&str> = asked.columns.iter().map(|one| &*one.name).collect();
    assert_eq!(names, ["file", "class", "patient", "split"]);
    assert_eq!(asked.columns[0].examples, ["0.png", "1.png", "2.png"]);
    let labels = asked.columns[1].labels.iter();
    let labels: Vec<_> = labels.map(|one| (&*one.label, one.images)).collect();
    assert_eq!(labels, [("chest", 3), ("hand", 3)]);
    let guess = TableColumns {
        file: 0,
        classes: ClassRule::Values {
            column: 1,
            names: vec![],
        },
        patient: Some(2),
        split: Some(3),
        reader: None,
    };
    assert_eq!(asked.guess, guess);

    let data = load(&source, &using("labels.csv", guess)).unwrap();
    assert_eq!(data.classes, ["chest", "hand"]);
    assert_eq!((patients(&data), data.skipped.len()), (4, 0));
    assert_eq!(data.samples[2].part, Some(Subset::Test));
    assert_eq!(data.samples[4].part, Some(Subset::Validation));
    assert_eq!(data.samples[0].patient, data.samples[1].patient);
}

#[test]
fn spanish_headers_semicolons_decimal_commas_marks_and_latin_letters_are_read() {
    let rows = "Fichero;Edad;Diagnóstico;Paciente;Partición\r\n\
        0.png;41,5;neumonía;1;entrenamiento\r\n1.png;3,25;neumonía;2;prueba\r\n2.png;70,0;neumonía;3;validación\r\n\
        3.png;1,5;normal;4;entrenamiento\r\n4.png;8,5;normal;5;prueba\r\n5.png;9,5;normal;6;validación\r\n";
    let marked = format!("\u{feff}{rows}");
    let told = format!("sep=;\r\n{rows}");
    let latin: Vec<u8> = rows.chars().map(|letter| letter as u8).collect();
    let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [
        rows.as_bytes().to_vec(),
        marked.into_bytes(),
        told.into_bytes(),
        latin,
        wide,
    ] {
        let mut source = pack(&six(), &[]);
        source.0.push(("tabla.csv".into(), bytes));
        let (asked, _, data) = accepted(&source);
        assert_eq!(asked[0].columns.len(), 5);
        assert_eq!(asked[0].uneven_rows, 0);
        assert_eq!(data.classes, ["neumonía", "normal"]);
        assert_eq!(patients(&data), 6);
        let tests = data
            .samples
            .iter()
            .filter(|film| film.part == Some(Subset::Test));
        assert_eq!(tests.count(), 2);
    }
    // Tabs, bars, and a decimal comma in a cell in quotation marks.
    for (name, text) in [
        ("a.tsv", SIMPLE.replace(',', "\t")),
        ("a.csv", SIMPLE.replace(',', "|")),
        ("b.csv", SIMPLE.replace("chest", "\"chest, 1,5 m\"")),
    ] {
        let source = pack(&six(), &[(name, &text)]);
        assert_eq!(counts(&accepted(&source).2).len(), 2, "{name}");
    }
}

#[test]
fn rows_that_are_too_short_or_too_long_are_counted_and_passed_over() {
    let text = format!("{SIMPLE}\n6.png\n7.png,chest,A,train,more\n8.png,hand,D,test,,\n;;\n");
    let films = named(9, |at| format!("{at}.png"));
    let source = pack(&films, &[("labels.csv", &text)]);
    let (asked, _, data) = accepted(&source);
    assert_eq!((asked[0].named, asked[0].uneven_rows), (7, 3));
    assert_eq!(
        errors(&data),
        [
            ("6.png", &FileError::NotInTable),
            ("7.png", &FileError::NotInTable)
        ]
    );
    // A single quotation mark does not swallow what follows.
    let slip = SIMPLE.replace("0.png,chest", "0.png,\"chest");
    let source = pack(&six(), &[("labels.csv", &slip)]);
    assert_eq!(accepted(&source).0[0].named, 6);
}

#[test]
fn a_row_of_another_patient_does_not_name_a_film_of_the_same_file_name() {
    let text = "Path,class\n\
        set/train/patient00001/study1/view1.png,a\nset/train/patient00002/study1/view1.png,b\n\
        set/train/patient00003/study1/view1.png,b\nset/valid/patient00004/study1/view1.png,a\n";
    let films = named(4, |at| {
        format!("mine/patient0000{}/study1/view1.png", at + 2)
    });
    let source = pack(&films, &[("t.csv", text)]);
    let asked = question(&source, &Answers::default());
    assert_eq!((asked.named, asked.rows_elsewhere), (3, 1));
}

#[test]
fn a_table_is_asked_about_before_folders_that_are_unclear_and_only_masks_still_matter_then() {
    // More folders than there can be classes; "eval" alone would be asked about.
    let letters = |at: usize| format!("{}/{at}.png", char::from(b'a' + at as u8));
    let mut films = named(24, letters);
    films.push("eval/24.png".into());
    let mut text = "name,class\n".to_owned();
    for at in 0..25 {
        text += &format!("{at}.png,{}\n", ["x", "y"][at % 2]);
    }
    let source = pack(&films, &[("t.csv", &text)]);
    assert_eq!(counts(&accepted(&source).2), [("x", 13), ("y", 12)].into());

    // Masks have the names of the films.
    let mut films = six();
    films.extend(named(6, |at| format!("masks/{at}.png")));
    let source = pack(&films, &[("labels.csv", SIMPLE)]);
    let error = load(&source, &Answers::default()).unwrap_err();
    let answers = match error.accepted() {
        Some(answers) => answers,
        // The folder first.
        None => panic!("{error:?}"),
    };
    match load(&source, &answers) {
        Err(LoadError::UnsureFolders { folders }) => assert_eq!(folders[0].name, "masks"),
        other => panic!("{other:?}"),
    }
    let answers = answers.and(Answers {
        roles: vec![("masks".into(), FolderRole::Ignore)],
        ..Answers::default()
    });
    assert_eq!(
        counts(&load(&source, &answers).unwrap()),
        [("chest", 3), ("hand", 3)].into()
    );
}

#[test]
fn the_later_answer_about_a_table_counts() {
    let ignore = |table: &str| Answers {
        tables: vec![(table.into(), TableAnswer::Ignore)],
        ..Answers::default()
    };
    let columns = TableColumns {
        file: 0,
        classes: ClassRule::Elsewhere,
        patient: None,
        split: None,
        reader: None,
    };
    let used = using("a.csv", columns);
    let all = ignore("a.csv").and(ignore("b.csv")).and(used.clone());
    let tables: Vec<&str> = all.tables.iter().map(|(table, _)| &**table).collect();
    assert_eq!(tables, ["b.csv", "a.csv"]);
    assert_eq!(all.tables[1], used.tables[0]);
}
