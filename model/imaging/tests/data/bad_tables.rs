//! Tables that are wrong, that contradict what is known, or that are very long.

use std::time::{Duration, Instant};

use imaging::pack::{
    Answers, BadTable, ClassRule, FileError, FindingColumn, LoadError, MAX_COLUMNS, MAX_TABLE,
    TableAnswer, TableColumns, TableProblem,
};

use crate::{
    pack::films_in,
    pictures::some_png,
    tables::{load, pack},
};

fn six() -> Vec<String> {
    (0..6).map(|at| format!("{at}.png")).collect()
}

fn columns(file: usize, class: usize) -> TableColumns {
    TableColumns {
        file,
        classes: ClassRule::Values {
            column: class,
            names: vec![],
        },
        patient: None,
        split: None,
        reader: None,
    }
}

fn using(columns: TableColumns) -> Answers {
    Answers {
        tables: vec![("t.csv".into(), TableAnswer::Use(columns))],
        ..Answers::default()
    }
}

#[test]
fn a_table_that_tells_nothing_is_named_with_the_reason_and_class_folders_go_on() {
    let wide = format!("file{}\n0.png\n", ",x".repeat(MAX_COLUMNS));
    let large = "0.png,a\n".repeat(MAX_TABLE / 8 + 1);
    for (name, text, problem) in [
        ("t.xlsx", "PK", TableProblem::Spreadsheet),
        (
            "sample_submission.csv",
            "file,class\n0.png,a\n",
            TableProblem::Submission,
        ),
        ("t.csv", "", TableProblem::Empty),
        ("t.csv", "\n\n,,\n", TableProblem::Empty),
        ("t.csv", "file,class\n", TableProblem::Empty),
        ("t.csv", "PK\u{3}\u{4}\0\0,\0", TableProblem::NotText),
        ("t.csv", "file,class\nother,a\n", TableProblem::NamesNoFilm),
        ("t.csv", "class,age\na,1\nb,2\n", TableProblem::NamesNoFilm),
        (
            "t.csv",
            "file,age\n0.png,41\n1.png,55\n2.png,60\n",
            TableProblem::NoClasses,
        ),
        (
            "t.csv",
            &wide,
            TableProblem::TooManyColumns { limit: MAX_COLUMNS },
        ),
        ("t.csv", &large, TableProblem::TooLarge { limit_mb: 64 }),
    ] {
        let bad = BadTable {
            table: name.into(),
            problem: problem.clone(),
        };
        match load(&pack(&six(), &[(name, text)]), &Answers::default()) {
            Err(LoadError::NoLabels { n: 6, tables, .. }) => assert_eq!(tables, [bad]),
            other => panic!("{problem}: {other:?}"),
        }
        let sorted = films_in(&["a", "b"], 3);
        let data = load(&pack(&sorted, &[(name, text)]), &Answers::default()).unwrap();
        assert_eq!(data.classes, ["a", "b"]);
        assert_eq!(data.skipped.len(), 1, "{problem}");
    }
}

#[test]
fn an_answer_that_does_not_go_with_its_table_is_refused() {
    let source = pack(&six(), &[("t.csv", "file,class\n0.png,a\n1.png,b\n")]);
    let refused = |columns| match load(&source, &using(columns)) {
        Err(LoadError::BadTable(BadTable { table, problem })) => {
            assert_eq!(table, "t.csv");
            problem
        }
        other => panic!("{other:?}"),
    };
    let missing = |column| TableProblem::NoSuchColumn { column, n: 2 };
    assert_eq!(refused(columns(0, 7)), missing(7));
    assert_eq!(refused(columns(5, 1)), missing(5));
    let mut patient = columns(0, 1);
    patient.patient = Some(2);
    assert_eq!(refused(patient), missing(2));
    assert_eq!(refused(columns(1, 1)), TableProblem::NamesNoFilm);
    let mut none = columns(0, 1);
    none.classes = ClassRule::Columns {
        findings: vec![FindingColumn {
            column: 1,
            class: "a".into(),
        }],
        rest: None,
    };
    assert_eq!(refused(none), TableProblem::NoFilmOfOneClass);
}

#[test]
fn films_without_a_row_a_class_or_with_two_are_named_and_the_rest_goes_on() {
    // A class "c" of which no file is there; 9.png stands in no row, 8.png has a blank cell, 7.png two classes.
    let text = "file,class\n0.png,a\n1.png,a\n2.png,a\n3.png,b\n4.png,b\n5.png,b\n\
        7.png,a\n7.png,b\n8.png,\n50.png,c\n51.png,c\n";
    let mut films = six();
    films.extend(["7.png", "8.png", "9.png"].map(str::to_owned));
    let data = load(&pack(&films, &[("t.csv", text)]), &using(columns(0, 1))).unwrap();
    assert_eq!(data.classes, ["a", "b"]);
    let several = FileError::SeveralClasses {
        classes: vec!["a".into(), "b".into()],
    };
    let errors: Vec<_> = data.skipped.iter().map(|one| &one.error).collect();
    assert_eq!(
        errors,
        [&several, &FileError::NoLabel, &FileError::NotInTable]
    );
    // A value that the user leaves out.
    let mut two = columns(0, 1);
    two.classes = ClassRule::Values {
        column: 1,
        names: vec![("B".into(), String::new())],
    };
    let one = load(&pack(&films, &[("t.csv", text)]), &using(two));
    assert!(matches!(one, Err(LoadError::OneClass { n: 3, .. })));
}

#[test]
fn names_that_differ_only_in_case_are_two_films() {
    let films: Vec<String> = ["A1.png", "a1.PNG", "b.png", "c.png", "d.png", "E.png"]
        .map(str::to_owned)
        .into();
    let text = "file,class\nA1.png,x\na1.PNG,y\nB.PNG,x\nc,x\nd.jpg,y\ne.png,y\n";
    let mut source = pack(&films, &[("t.csv", text)]);
    source.0[1].1 = some_png(1);
    let data = load(&source, &using(columns(0, 1))).unwrap();
    let class = |name: &str| {
        let film = data.samples.iter().find(|film| film.name == name).unwrap();
        &*data.classes[film.class]
    };
    assert_eq!(
        films.iter().map(|name| class(name)).collect::<Vec<_>>(),
        ["x", "y", "x", "x", "y", "y"]
    );
}

#[test]
fn two_hundred_thousand_rows_for_three_hundred_films_are_read_in_no_time() {
    let mut text =
        "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,View Position\n".to_owned();
    for row in 0..200_000 {
        let label = ["No Finding", "Effusion", "Effusion|Mass", "Hernia"][row % 4];
        text += &format!(
            "{:08}_{:03}.png,{label},{},{},58,PA\n",
            row / 4,
            row % 4,
            row % 4,
            row / 4
        );
    }
    let films: Vec<String> = (0..300)
        .map(|at| format!("images/{:08}_{:03}.png", at * 151, at % 4))
        .collect();
    let source = pack(&films, &[("t.csv", &text)]);
    let begin = Instant::now();
    let asked = load(&source, &Answers::default()).unwrap_err();
    let taken = begin.elapsed();
    println!("asked after {taken:?}");
    let answers = asked.accepted().unwrap();
    match asked {
        LoadError::UnsureTable(asked) => {
            assert_eq!((asked.rows, asked.named), (200_000, 300));
            assert_eq!(asked.rows_elsewhere, 199_700);
        }
        other => panic!("{other:?}"),
    }
    // On a busy computer; alone it is a tenth.
    assert!(taken < Duration::from_secs(10), "{taken:?}");
    let data = load(&source, &answers).unwrap();
    assert_eq!(data.samples.len(), 300);
}

#[test]
fn folders_that_give_classes_and_a_table_are_asked_about_only_where_they_differ_or_the_table_has_more()
 {
    let films = films_in(&["NORMAL", "PNEUMONIA"], 3);
    let row = |at: usize, class: &str| format!("{},{class}\n", films[at]);
    let rows = |classes: [&str; 6]| -> String {
        let rows = (0..6).map(|at| row(at, classes[at]));
        ["file,label\n".to_owned()]
            .into_iter()
            .chain(rows)
            .collect()
    };
    // Other words for the same.
    let same = rows(["0", "0", "0", "1", "1", "1"]);
    let data = load(&pack(&films, &[("t.csv", &same)]), &Answers::default()).unwrap();
    assert_eq!(data.classes, ["NORMAL", "PNEUMONIA"]);

    let other = rows(["0", "0", "1", "1", "1", "1"]);
    let source = pack(&films, &[("t.csv", &other)]);
    let asked = match load(&source, &Answers::default()) {
        Err(LoadError::UnsureTable(asked)) => *asked,
        other => panic!("{other:?}"),
    };
    let folders = asked.folders.clone().unwrap();
    assert_eq!((folders.agree, folders.differ), (5, 1));
    assert_eq!(folders.classes, ["NORMAL", "PNEUMONIA"]);
    let example = &folders.examples[0];
    assert_eq!(
        (&*example.path, &*example.folder, &*example.table),
        ("NORMAL/2.png", "NORMAL", "1")
    );
    let error = LoadError::UnsureTable(Box::new(asked));
    assert!(error.to_string().contains("contradicts"), "{error}");
    let data = load(&source, &error.declined().unwrap()).unwrap();
    assert_eq!(data.classes, ["NORMAL", "PNEUMONIA"]);
    match load(&source, &error.accepted().unwrap()) {
        Err(LoadError::TooFewFilms { class, n: 2, .. }) => assert_eq!(class, "0"),
        other => panic!("{other:?}"),
    }

    // A table with patients, whose classes are those of the folders.
    let mut patients = "file,label,patient\n".to_owned();
    for (at, path) in films.iter().enumerate() {
        patients += &format!("{path},{},P{}\n", at / 3, at / 2);
    }
    let source = pack(&films, &[("t.csv", &patients)]);
    let error = load(&source, &Answers::default()).unwrap_err();
    match &error {
        LoadError::UnsureTable(asked) => assert_eq!(asked.guess.classes, ClassRule::Elsewhere),
        other => panic!("{other:?}"),
    }
    let data = load(&source, &error.accepted().unwrap()).unwrap();
    assert_eq!(data.classes, ["NORMAL", "PNEUMONIA"]);
    assert!(data.samples.iter().all(|film| film.patient.is_some()));

    // What somebody has put into a `pack.json` goes before: nothing is asked.
    let mut source = pack(&films, &[("t.csv", &other)]);
    source
        .0
        .push(("pack.json".into(), br#"{"format": 1}"#.to_vec()));
    assert_eq!(
        load(&source, &Answers::default()).unwrap().classes,
        ["NORMAL", "PNEUMONIA"]
    );
}

#[test]
fn a_list_goes_before_a_table() {
    let text = "file,class,patient,split\n0.png,a,P1,train\n1.png,a,P1,train\n2.png,a,P2,test\n3.png,b,P3,train\n4.png,b,P3,train\n5.png,b,P4,test\n";
    let mut source = pack(&six(), &[("t.csv", text)]);
    let list = r#"{"format": 1, "films": [{"path": "0.png", "patient": "1", "part": "test"}]}"#;
    source.0.push(("pack.json".into(), list.into()));
    let error = load(&source, &Answers::default()).unwrap_err();
    let data = load(&source, &error.accepted().unwrap()).unwrap();
    let first = &data.samples[0];
    assert_eq!(first.patient.as_deref(), Some("1"));
    assert_eq!(first.part, Some(imaging::split::Subset::Test));
    // A number that is taken is not given.
    assert_eq!(data.samples[1].patient.as_deref(), Some("2"));
}

#[test]
fn more_values_than_classes_are_asked_about_one_against_the_rest() {
    let mut text = "file,class\n".to_owned();
    let films: Vec<String> = (0..60).map(|at| format!("{at}.png")).collect();
    for (at, film) in films.iter().enumerate() {
        text += &format!("{film},kind {}\n", at % 25);
    }
    let source = pack(&films, &[("t.csv", &text)]);
    match load(&source, &Answers::default()) {
        Err(LoadError::UnsureTable(asked)) => {
            assert!(matches!(asked.guess.classes, ClassRule::Finding { .. }));
            assert_eq!(asked.columns[1].distinct, 25);
        }
        other => panic!("{other:?}"),
    }
    let all = load(&source, &using(columns(0, 1)));
    assert!(matches!(
        all,
        Err(LoadError::TooManyClasses { n: 25, limit: 20 })
    ));
}

#[test]
fn one_column_for_each_class_makes_them_all_classes() {
    let mut text = "image,NORMAL,COVID,PNEUMONIA\n".to_owned();
    let films: Vec<String> = (0..9).map(|at| format!("{at}.png")).collect();
    for (at, film) in films.iter().enumerate() {
        let cells = [0, 1, 2].map(|class| i32::from(class == at % 3).to_string());
        text += &format!("{film},{}\n", cells.join(","));
    }
    let source = pack(&films, &[("t.csv", &text)]);
    let error = load(&source, &Answers::default()).unwrap_err();
    let data = load(&source, &error.accepted().unwrap()).unwrap();
    assert_eq!(data.classes, ["COVID", "NORMAL", "PNEUMONIA"]);
}

#[test]
fn thousands_of_films_of_one_file_name_are_told_apart_by_their_folders_soon() {
    let path = |patient: usize| format!("patient{patient:05}/study1/view1_frontal");
    let mut text = "Path,Sex,Age,Pneumonia\n".to_owned();
    for patient in 0..100_000 {
        text += &format!(
            "CheXpert/train/{}.jpg,Male,{},{}\n",
            path(patient),
            patient % 90,
            patient % 2
        );
    }
    let films: Vec<String> = (0..4_000)
        .map(|at| format!("mine/{}.png", path(7 * at)))
        .collect();
    let source = pack(&films, &[("mine/train.csv", &text)]);
    let begin = Instant::now();
    match load(&source, &Answers::default()) {
        Err(LoadError::UnsureTable(asked)) => {
            assert_eq!((asked.named, asked.rows_elsewhere), (4_000, 96_000))
        }
        other => panic!("{:?}", other.map(|data| data.classes)),
    }
    let taken = begin.elapsed();
    println!("asked after {taken:?}");
    assert!(taken < Duration::from_secs(20), "{taken:?}");
}

#[test]
fn rows_without_end_about_the_same_film_are_refused() {
    let rows = "0.png,,,,,,,,,,,,,,,\n".repeat(600_000);
    let text = format!("file,class,a,b,c,d,e,f,g,h,i,j,k,l,m,n\n{rows}");
    let source = pack(&six(), &[("t.csv", &text)]);
    match load(&source, &Answers::default()) {
        Err(LoadError::NoLabels { tables, .. }) => {
            assert_eq!(tables[0].problem, TableProblem::TooManyRows);
        }
        other => panic!("{:?}", other.map(|data| data.classes)),
    }
}
