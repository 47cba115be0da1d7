//! Patients: from names, where some are not known, and in several parts.

use imaging::{
    dataset::DatasetSummary,
    pack::{
        Answers, FileError, FileProblem, PatientAnswer, PatientRule, TableAnswer, TableColumns,
        patient_rules,
    },
    split::{SharedPatient, SplitBy, SplitError, Subset, shared_patients, split},
};

use crate::{
    pack::refs,
    tables::{copy, load, pack},
};

fn part(separator: char, number: usize) -> PatientRule {
    PatientRule::Part { separator, number }
}

fn digits(word: &str) -> PatientRule {
    PatientRule::DigitsAfter { word: word.into() }
}

fn names(n: usize, name: impl Fn(usize) -> String) -> Vec<String> {
    (0..n).map(name).collect()
}

#[test]
fn rules_are_offered_with_the_patients_that_they_make() {
    let nih = names(12, |at| format!("images/{:08}_{:03}.png", at / 3, at % 3));
    let rules = patient_rules(&refs(&nih));
    let first = &rules[0];
    assert_eq!(first.rule, part('_', 0));
    assert_eq!(
        (first.patients, first.most, first.fewest, first.without),
        (4, 3, 3, 0)
    );
    let group = &first.groups[0];
    assert_eq!((&*group.patient, group.films), ("00000000", 3));
    assert_eq!(group.examples[1], "images/00000000_001.png");
    assert!(
        rules
            .iter()
            .all(|one| one.patients < 12 && one.patients >= 3)
    );

    for (files, expected) in [
        (
            names(9, |at| {
                format!("train/Patient_{:03}/study{}/v{at}.png", at / 3, at % 2)
            }),
            digits("patient"),
        ),
        (
            names(9, |at| format!("person{}_virus_{at}.jpeg", at / 2)),
            digits("person"),
        ),
        (
            names(9, |at| format!("rx paciente {} ({at}).png", at / 2)),
            digits("paciente"),
        ),
        (
            names(9, |at| format!("IM-{:04}-{:04}.png", at / 2, at)),
            part('-', 1),
        ),
        (
            names(9, |at| format!("AP_{at}_K{:02}.png", at / 2)),
            part('_', 2),
        ),
        (
            names(9, |at| format!("a/p100{}/s{at}/x{at}.png", at / 3)),
            digits("p"),
        ),
        (
            names(9, |at| format!("a/R{}K/{at}.png", at / 3)),
            PatientRule::Folder { above: 1 },
        ),
        (
            names(9, |at| {
                format!("st_{}_{}_{}.png", at / 4, at / 2 % 2, at % 2)
            }),
            PatientRule::BeforeLast { separator: '_' },
        ),
    ] {
        let rules = patient_rules(&refs(&files));
        assert_eq!(rules[0].rule, expected, "{rules:#?}");
    }
    // A patient and examinations, of which neither is called so: the patient goes before.
    for (files, expected) in [
        (
            names(20, |at| {
                format!(
                    "K{:03}_V{}_{}.png",
                    at / 4,
                    at / 2 % 2,
                    ["AP", "LAT"][at % 2]
                )
            }),
            part('_', 0),
        ),
        (
            names(20, |at| format!("K{:03}/X7{:03}/{at}.png", at / 4, at / 2)),
            PatientRule::Folder { above: 2 },
        ),
        (
            names(20, |at| {
                format!("files/p10/p100{}/s{}/{at}.png", at / 4, at / 2)
            }),
            digits("p"),
        ),
    ] {
        let rules = patient_rules(&refs(&files));
        assert_eq!(
            (&rules[0].rule, rules[0].patients),
            (&expected, 5),
            "{rules:#?}"
        );
    }
    // One film each, all of one, folders of classes: nothing to offer.
    for files in [
        names(9, |at| format!("{at:03}.png")),
        names(9, |at| format!("film_{at}.png")),
        names(9, |at| format!("{}/{at}.png", ["a", "b", "c"][at % 3])),
        vec![],
    ] {
        assert_eq!(patient_rules(&refs(&files)), [], "{files:?}");
    }
}

#[test]
fn a_rule_reads_a_name_whatever_its_case() {
    let of = |rule: PatientRule, name: &str| rule.patient(name);
    assert_eq!(of(part('_', 0), "a/P01_2.png").as_deref(), Some("p01"));
    assert_eq!(of(part('_', 0), "a/P01.png"), None);
    assert_eq!(of(part('_', 3), "a/P01_2.png"), None);
    assert_eq!(
        of(digits("patient"), "Patient-007/2.png").as_deref(),
        Some("007")
    );
    assert_eq!(of(digits("p"), "step2/p10/3.png").as_deref(), Some("10"));
    assert_eq!(of(digits(""), "p10.png"), None);
    assert_eq!(
        of(PatientRule::Folder { above: 2 }, "x/A/s1/1.png").as_deref(),
        Some("a")
    );
    assert_eq!(of(PatientRule::Folder { above: 9 }, "x/A/s1/1.png"), None);
    assert_eq!(of(PatientRule::Folder { above: 0 }, "x/1.png"), None);
    assert_eq!(
        of(PatientRule::BeforeLast { separator: '_' }, "A_1_2.png").as_deref(),
        Some("a_1")
    );
    assert_eq!(of(part('_', 0), ""), None);
}

/// Twelve films of six patients in two classes, by name.
fn twelve() -> Vec<String> {
    names(12, |at| {
        let class = ["chest", "hand"][at % 2];
        format!("{class}/K{}_{at}.png", at / 2)
    })
}

fn by_name(all: bool) -> Answers {
    Answers {
        patients: Some(PatientAnswer::ByName {
            rule: part('_', 0),
            all,
        }),
        ..Answers::default()
    }
}

#[test]
fn names_tell_patients_where_nothing_else_does_or_where_they_are_to_go_before() {
    let source = pack(&twelve(), &[]);
    let data = load(&source, &by_name(false)).unwrap().summary(false);
    let all: Vec<usize> = (0..12).collect();
    assert_eq!(
        (data.patients_of(&all), data.without_patient()),
        (Some(6), vec![])
    );

    let mut listed = copy(&source);
    let list = r#"{"format": 1, "films": [{"path": "chest/K0_0.png", "patient": "somebody"}]}"#;
    listed.0.push(("pack.json".into(), list.into()));
    let patient = |all: bool| {
        load(&listed, &by_name(all)).unwrap().samples[0]
            .patient
            .clone()
    };
    assert_eq!(patient(false).as_deref(), Some("somebody"));
    assert_eq!(patient(true).as_deref(), Some("k0"));
}

#[test]
fn each_film_is_of_another_patient_where_nothing_tells_it_until_that_is_taken_back() {
    let said = |patients| Answers {
        patients: Some(patients),
        ..Answers::default()
    };
    let source = pack(&twelve(), &[]);
    let each = said(PatientAnswer::EachAnother);
    let data = load(&source, &each).unwrap().summary(false);
    let all: Vec<usize> = (0..12).collect();
    assert_eq!(
        (data.patients_of(&all), data.without_patient()),
        (Some(12), vec![])
    );
    let back = each.clone().and(said(PatientAnswer::Unknown));
    let data = load(&source, &back).unwrap().summary(false);
    assert_eq!(data.patients_of(&all), None);

    let mut listed = copy(&source);
    let list = r#"{"format": 1, "films": [{"path": "chest/K0_0.png", "patient": "1"}]}"#;
    listed.0.push(("pack.json".into(), list.into()));
    let films = load(&listed, &each).unwrap().samples;
    let of_the_list = films
        .iter()
        .filter(|film| film.patient.as_deref() == Some("1"));
    assert_eq!(of_the_list.count(), 1, "no number is given twice");
}

#[test]
fn patients_are_given_by_hand_where_nothing_else_tells_them() {
    let films = ["chest/K0_0.png", "hand/K0_1.png", "chest/K1_2.png"];
    let given = [(films[0], "7"), (films[1], "7"), ("gone.png", "8")];
    let given = given.map(|(film, patient)| (film.to_owned(), patient.to_owned()));
    let answers = Answers {
        patients: Some(PatientAnswer::ByHand {
            patients: given.into(),
        }),
        ..Answers::default()
    };
    let source = pack(&twelve(), &[]);
    let patients = |source: &_| {
        let samples = load(source, &answers).unwrap().samples;
        films.map(|film| {
            let own = samples.iter().find(|sample| sample.name == film).unwrap();
            own.patient.clone()
        })
    };
    let seven = || Some("7".to_owned());
    assert_eq!(patients(&source), [seven(), seven(), None]);

    let list = r#"{"format": 1, "films": [{"path": "chest/K0_0.png", "patient": "1"}]}"#;
    let mut listed = copy(&source);
    listed.0.push(("pack.json".into(), list.into()));
    assert_eq!(patients(&listed), [Some("1".to_owned()), seven(), None]);
}

fn patients_from(table: &str) -> Answers {
    let columns = TableColumns {
        file: 0,
        classes: imaging::pack::ClassRule::Elsewhere,
        patient: Some(1),
        split: None,
        reader: None,
    };
    Answers {
        tables: vec![(table.into(), TableAnswer::Use(columns))],
        ..Answers::default()
    }
}

/// Of twelve films all but the first `unknown` have a patient.
fn all_but(unknown: usize) -> DatasetSummary {
    let films = twelve();
    let mut text = "file,patient\n".to_owned();
    for (at, film) in films.iter().enumerate() {
        text += &match at < unknown {
            true => format!("{film},\n"),
            false => format!("{film},K{}\n", at / 2),
        };
    }
    let data = load(&pack(&films, &[("t.csv", &text)]), &patients_from("t.csv"));
    data.unwrap().summary(false)
}

#[test]
fn one_film_of_twelve_without_a_patient_is_of_a_patient_of_its_own() {
    let data = all_but(1);
    assert_eq!(data.without_patient().len(), 1);
    let all: Vec<usize> = (0..12).collect();
    // The second film of its patient is known: one more than there are.
    assert_eq!(data.patients_of(&all), Some(7));
    let parts = split(&data, SplitBy::Patient, 1).unwrap();
    let parts: Vec<_> = parts.into_iter().map(Some).collect();
    assert_eq!(shared_patients(&data, &parts), []);

    let none = all_but(12);
    assert_eq!(
        (none.without_patient(), none.patients_of(&all)),
        (vec![], None)
    );
    assert_eq!(
        split(&none, SplitBy::Patient, 1),
        Err(SplitError::NoPatients)
    );
}

#[test]
fn patients_in_two_parts_are_found_and_their_films_stay_in_the_test() {
    // Patient 0 trains and tests, patient 1 trains and validates.
    let films = names(30, |at| {
        let part = match at {
            0 | 1 => "test",
            2 | 3 => "val",
            _ => ["train", "train", "val", "test", "train"][at / 2 % 5],
        };
        let patient = match at {
            0..2 | 14..16 => 0,
            2..4 | 18..20 => 1,
            at => at / 2,
        };
        format!("{part}/{}/K{patient}_{at}.png", ["chest", "hand"][at % 2])
    });
    let source = pack(&films, &[]);
    let answers = by_name(false);
    let data = load(&source, &answers).unwrap().summary(false);
    let parts: Vec<_> = data.samples.iter().map(|film| film.part).collect();
    let shared = |patient: &str, films| SharedPatient {
        patient: patient.into(),
        films,
    };
    let found = shared_patients(&data, &parts);
    let mut expected = vec![shared("k0", [0, 0, 0]), shared("k1", [0, 0, 0])];
    for (film, part) in data.samples.iter().zip(&parts) {
        for patient in &mut expected {
            let own = film.patient.as_deref() == Some(&patient.patient);
            patient.films[part.unwrap() as usize] += usize::from(own);
        }
    }
    assert_eq!(found, expected);
    assert!(
        found
            .iter()
            .all(|one| one.films.iter().filter(|&&n| n == 2).count() == 2)
    );

    // Divided by patient, nobody is in two parts.
    let mended = split(&data, SplitBy::Patient, 3).unwrap();
    let mended: Vec<_> = mended.into_iter().map(Some).collect();
    assert_eq!(shared_patients(&data, &mended), []);

    // Or the parts stay, and the films that leak are left out.
    let answers = answers.and(Answers {
        patients_apart: true,
        ..Answers::default()
    });
    let data = load(&source, &answers).unwrap();
    assert_eq!(data.samples.len(), 26);
    let same = |part| FileError::SamePatient { part };
    let left_out = |problem: &FileProblem| match &problem.error {
        FileError::SamePatient { part } => Some(*part),
        _ => None,
    };
    let mut left: Vec<Subset> = data.skipped.iter().filter_map(left_out).collect();
    left.sort();
    assert_eq!(
        left,
        [
            Subset::Validation,
            Subset::Validation,
            Subset::Test,
            Subset::Test
        ]
    );
    assert!(same(Subset::Test).to_string().contains("test set"));
    let data = data.summary(false);
    let parts: Vec<_> = data.samples.iter().map(|film| film.part).collect();
    assert_eq!(shared_patients(&data, &parts), []);
    assert!(split(&data, SplitBy::Folder, 1).is_ok());
}
