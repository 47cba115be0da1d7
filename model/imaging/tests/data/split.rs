use std::collections::{BTreeMap, BTreeSet};

use imaging::{
    dataset::{DatasetSummary, SampleSummary},
    incidental::Incidentals,
    split::{Division, SplitBy, SplitError, Subset, patients_in_two, split},
};
use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

/// Films as `(class, patient, part)`.
fn data(films: &[(usize, Option<&str>, Option<Subset>)]) -> DatasetSummary {
    let classes = films.iter().map(|film| film.0 + 1).max().unwrap_or(0);
    DatasetSummary {
        title: String::new(),
        task: imaging::task::Task::Region,
        built_in: false,
        classes: (0..classes).map(|class| format!("class {class}")).collect(),
        samples: films
            .iter()
            .enumerate()
            .map(|(at, (class, patient, part))| SampleSummary {
                name: format!("{class}/{at:04}.png"),
                class: *class,
                patient: patient.map(str::to_owned),
                part: *part,
                width: 100,
                height: 100,
                facts: None,
                incidentals: Incidentals::default(),
            })
            .collect(),
        skipped: Vec::new(),
    }
}

fn by_class(sizes: &[usize]) -> DatasetSummary {
    let films = sizes.iter().enumerate();
    let films = films.flat_map(|(class, &n)| vec![(class, None, None); n]);
    data(&films.collect::<Vec<_>>())
}

fn count(data: &DatasetSummary, parts: &[Subset], class: usize) -> [usize; 3] {
    Subset::ALL.map(|part| {
        let films = data.samples.iter().zip(parts);
        films
            .filter(|(film, own)| film.class == class && **own == part)
            .count()
    })
}

fn assert_no_patient_straddles(data: &DatasetSummary, parts: &[Subset]) {
    let mut part_of = BTreeMap::new();
    for (film, &part) in data.samples.iter().zip(parts) {
        let patient = film.patient.as_deref().unwrap();
        assert_eq!(*part_of.entry(patient).or_insert(part), part, "{patient}");
    }
}

/// The five people of the built-in films.
fn five_patients() -> DatasetSummary {
    let quotas = [
        ("A", 32, 24),
        ("B", 32, 0),
        ("C", 0, 24),
        ("D", 32, 24),
        ("E", 0, 24),
    ];
    let films = quotas.iter().flat_map(|&(patient, chests, abdomens)| {
        let chests = vec![(0, Some(patient), None); chests];
        [chests, vec![(1, Some(patient), None); abdomens]].concat()
    });
    data(&films.collect::<Vec<_>>())
}

#[test]
fn by_image_divides_each_class_as_documented() {
    let sizes = [3, 4, 7, 8, 10, 96, 1000];
    let expected = [
        [1, 1, 1],
        [2, 1, 1],
        [5, 1, 1],
        [4, 2, 2],
        [6, 2, 2],
        [58, 19, 19],
        [600, 200, 200],
    ];
    let data = by_class(&sizes);
    for seed in 0..20 {
        let parts = split(&data, SplitBy::Image, seed).unwrap();
        for (class, expected) in expected.iter().enumerate() {
            assert_eq!(count(&data, &parts, class), *expected);
        }
    }
}

#[test]
fn the_seed_decides_and_nothing_else() {
    for (data, by) in [
        (by_class(&[30, 40]), SplitBy::Image),
        (five_patients(), SplitBy::Patient),
    ] {
        assert_eq!(split(&data, by, 7), split(&data, by, 7));
        let all: Vec<_> = (0..30).map(|seed| split(&data, by, seed)).collect();
        assert!(
            all.iter().any(|parts| *parts != all[0]),
            "{by:?}: seeds make no difference"
        );
    }
}

#[test]
fn the_names_of_the_films_do_not_matter() {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    for by in [SplitBy::Image, SplitBy::Patient] {
        let named = five_patients();
        let expected = split(&named, by, 11).unwrap();
        for _ in 0..10 {
            let mut renamed = named.clone();
            let mut names: Vec<usize> = (0..named.samples.len()).collect();
            names.shuffle(&mut rng);
            for (film, name) in renamed.samples.iter_mut().zip(names) {
                film.name = format!("IMG {name}");
            }
            assert_eq!(split(&renamed, by, 11).unwrap(), expected, "{by:?}");
        }
    }
}

#[test]
fn four_patients_who_are_too_few_for_three_sets_are_enough_for_two() {
    let mut data = five_patients();
    data.samples
        .retain(|film| film.patient.as_deref() != Some("A"));
    let mut divisions = BTreeSet::new();
    for seed in 0..50 {
        assert!(split(&data, SplitBy::Patient, seed).is_err());
        let first = patients_in_two(&data, seed).unwrap();
        let parts: Vec<_> = first
            .iter()
            .map(|&first| if first { Subset::Train } else { Subset::Test })
            .collect();
        assert_no_patient_straddles(&data, &parts);
        for class in 0..2 {
            let [train, _, test] = count(&data, &parts, class);
            assert!(train > 0 && test > 0, "{train} and {test}");
        }
        divisions.insert(first);
    }
    assert!(divisions.len() > 1, "seeds make no difference");
    data.samples
        .retain(|film| film.patient.as_deref() != Some("B"));
    assert_eq!(patients_in_two(&data, 1), None);
}

#[test]
fn a_division_tells_its_test_set_and_none_where_it_cannot_be_made() {
    let data = five_patients();
    let tests = |by| Division { by, seed: 3 }.tests(&data);
    for by in [SplitBy::Image, SplitBy::Patient] {
        let parts = split(&data, by, 3).unwrap();
        let expected: Vec<_> = parts.iter().map(|&part| part == Subset::Test).collect();
        assert_eq!(tests(by), expected);
        assert!(expected.contains(&true));
    }
    assert_eq!(tests(SplitBy::Folder), vec![false; data.samples.len()]);
}

#[test]
fn few_patients_are_divided_whole_with_every_class_everywhere() {
    let data = five_patients();
    for seed in 0..50 {
        let parts = split(&data, SplitBy::Patient, seed).unwrap();
        assert_no_patient_straddles(&data, &parts);
        for class in 0..2 {
            assert!(count(&data, &parts, class).iter().all(|&n| n > 0));
        }
    }
}

#[test]
fn many_patients_come_near_the_wished_shares() {
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    for seed in 0..20 {
        let names: Vec<String> = (0..60).map(|at| format!("patient {at}")).collect();
        let films: Vec<_> = (0..300)
            .map(|_| {
                (
                    rng.random_range(0..3),
                    Some(&*names[rng.random_range(0..60)]),
                    None,
                )
            })
            .collect();
        let data = data(&films);
        let parts = split(&data, SplitBy::Patient, seed).unwrap();
        assert_no_patient_straddles(&data, &parts);
        for class in 0..3 {
            let counts = count(&data, &parts, class);
            let total: usize = counts.iter().sum();
            for (n, share) in counts.iter().zip([0.6, 0.2, 0.2]) {
                let found = *n as f64 / total as f64;
                assert!((found - share).abs() < 0.08, "{counts:?}");
            }
        }
    }
}

#[test]
fn a_packs_own_parts_are_kept_unless_a_patient_straddles() {
    use Subset::{Test, Train, Validation};
    let patients = [("a", Train), ("b", Validation), ("c", Test)];
    let films: Vec<_> = (0..2)
        .flat_map(|class| patients.map(|(patient, part)| (class, Some(patient), Some(part))))
        .collect();
    let fixed = data(&films);
    for seed in 0..5 {
        let parts = split(&fixed, SplitBy::Patient, seed).unwrap();
        assert_eq!(parts, [Train, Validation, Test, Train, Validation, Test]);
    }
    let mut straddling = fixed.clone();
    straddling.samples[0].part = Some(Test);
    straddling.samples[2].part = Some(Train);
    let parts = split(&straddling, SplitBy::Patient, 1).unwrap();
    assert_no_patient_straddles(&straddling, &parts);
}

#[test]
fn folders_are_kept_and_the_missing_part_is_cut_from_training() {
    use Subset::{Test, Train, Validation};
    let films = |parts: &[(Subset, usize)]| {
        let both = (0..2).flat_map(|class| {
            let parts = parts.iter();
            parts.flat_map(move |&(part, n)| vec![(class, None, Some(part)); n])
        });
        data(&both.collect::<Vec<_>>())
    };
    let given = films(&[(Train, 5), (Validation, 2), (Test, 1)]);
    let kept: Vec<Subset> = given.samples.iter().filter_map(|film| film.part).collect();
    assert_eq!(split(&given, SplitBy::Folder, 1), Ok(kept));

    for (other, cut) in [(Test, [8, 2, 4]), (Validation, [8, 4, 2])] {
        let data = films(&[(Train, 10), (other, 4)]);
        let parts = split(&data, SplitBy::Folder, 1).unwrap();
        for class in 0..2 {
            assert_eq!(count(&data, &parts, class), cut);
        }
        let others = data
            .samples
            .iter()
            .zip(&parts)
            .filter(|(film, _)| film.part == Some(other));
        assert!(others.into_iter().all(|(_, part)| *part == other));
    }

    let only_training = films(&[(Train, 10)]);
    assert_eq!(
        split(&only_training, SplitBy::Folder, 1),
        Err(SplitError::NoFolders)
    );
    assert_eq!(
        split(&by_class(&[9, 9]), SplitBy::Folder, 1),
        Err(SplitError::NoFolders)
    );
}

#[test]
fn what_cannot_be_divided_is_said() {
    let too_few = |class: &str, n: usize, by| SplitError::TooFew {
        class: class.into(),
        n,
        by,
    };
    let small = by_class(&[5, 2]);
    let expected = Err(too_few("class 1", 2, SplitBy::Image));
    assert_eq!(split(&small, SplitBy::Image, 1), expected);
    assert_eq!(
        split(&small, SplitBy::Patient, 1),
        Err(SplitError::NoPatients)
    );

    let two_patients: Vec<_> = (0..12)
        .map(|at| (at % 2, Some(["a", "b"][at / 2 % 2]), None))
        .collect();
    let expected = Err(too_few("class 0", 2, SplitBy::Patient));
    assert_eq!(split(&data(&two_patients), SplitBy::Patient, 1), expected);

    use Subset::{Test, Train, Validation};
    let no_test_of_1 = [
        (0, None, Some(Train)),
        (0, None, Some(Validation)),
        (0, None, Some(Test)),
        (1, None, Some(Train)),
        (1, None, Some(Validation)),
    ];
    let expected = SplitError::Missing {
        class: "class 1".into(),
        part: Test,
    };
    assert_eq!(
        split(&data(&no_test_of_1), SplitBy::Folder, 1),
        Err(expected)
    );
}
