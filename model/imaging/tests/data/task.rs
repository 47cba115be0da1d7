use std::collections::BTreeMap;

use imaging::{
    dataset::{Dataset, Sample},
    decode::PackDepth,
    film::Film,
    incidental::Incidentals,
    pack::LoadError,
    split::{SplitBy, Subset, split},
    task::{MIRROR_SEED, MIRRORED_CLASSES, Task, chest, mirror_half},
};

/// Films with a bright left column as `(class, patient, part)`.
fn films(films: &[(usize, Option<&str>, Option<Subset>)]) -> Dataset {
    let samples = films.iter().enumerate();
    Dataset {
        title: "some".into(),
        task: Task::Region,
        licence: None,
        attribution: None,
        classes: vec!["abdomen".into(), "Chest".into()],
        samples: samples
            .map(|(at, &(class, patient, part))| Sample {
                name: format!("{at:03}.png"),
                class,
                patient: patient.map(str::to_owned),
                part,
                film: bright_left(at as u16),
                width: 24,
                height: 20,
                facts: None,
                incidentals: Incidentals::default(),
                file: 0,
            })
            .collect(),
        odd: Vec::new(),
        depth: PackDepth::default(),
        skipped: Vec::new(),
    }
}

fn bright_left(number: u16) -> Film {
    let pixels = (0..24 * 20).map(|at| if at % 24 == 0 { 60_000 } else { number });
    Film::new(24, 20, pixels.collect()).unwrap()
}

fn is_mirrored(film: &Film) -> bool {
    let bright = |column: usize| film.pixels()[column] == 60_000;
    assert!(bright(0) != bright(23));
    bright(23)
}

/// Three patients with chests, one of them with an odd number, and two with abdomens.
fn five_people() -> Dataset {
    let of = |class, patient, part, n| vec![(class, Some(patient), Some(part)); n];
    films(
        &[
            of(1, "A", Subset::Test, 32),
            of(0, "A", Subset::Test, 24),
            of(1, "B", Subset::Validation, 7),
            of(1, "D", Subset::Train, 32),
            of(0, "E", Subset::Train, 24),
        ]
        .concat(),
    )
}

#[test]
fn mirroring_twice_changes_nothing_and_once_exchanges_the_sides() {
    let film = Film::new(3, 2, vec![1, 2, 3, 4, 5, 6]).unwrap();
    assert_eq!(film.mirrored().pixels(), [3, 2, 1, 6, 5, 4]);
    assert_eq!(film.mirrored().mirrored(), film);
}

#[test]
fn the_class_says_which_films_are_mirrored() {
    let task = mirror_half(five_people(), Some(1), 5).unwrap();
    assert_eq!(task.classes, MIRRORED_CLASSES);
    assert_eq!(task.samples.len(), 32 + 7 + 32);
    for sample in &task.samples {
        assert_eq!(is_mirrored(&sample.film), sample.class == 1);
    }
}

#[test]
fn each_patient_has_as_many_films_of_either_kind() {
    let task = mirror_half(five_people(), Some(1), 5).unwrap();
    let mut counts: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for sample in &task.samples {
        counts.entry(sample.patient.clone().unwrap()).or_default()[sample.class] += 1;
    }
    assert_eq!(counts["A"], [16, 16]);
    assert_eq!(counts["D"], [16, 16]);
    assert_eq!(counts["B"].iter().sum::<usize>(), 7);
    assert_eq!(counts["B"][0].abs_diff(counts["B"][1]), 1);
}

#[test]
fn single_films_of_many_patients_are_halved_in_each_part() {
    let names: Vec<String> = (0..40).map(|n| format!("patient {n:02}")).collect();
    let part = |n: usize| if n < 28 { Subset::Train } else { Subset::Test };
    let single = |(n, name): (usize, &String)| (0, Some(name.as_str().to_owned()), Some(part(n)));
    let owned: Vec<_> = names.iter().enumerate().map(single).collect();
    let listed: Vec<_> = owned
        .iter()
        .map(|(class, name, part)| (*class, name.as_deref(), *part))
        .collect();
    let task = mirror_half(films(&listed), None, 2).unwrap();
    for part in [Subset::Train, Subset::Test] {
        let films = task.samples.iter().filter(|one| one.part == Some(part));
        let films: Vec<usize> = films.map(|one| one.class).collect();
        assert_eq!(films.iter().sum::<usize>() * 2, films.len(), "{part:?}");
    }
}

#[test]
fn the_same_seed_mirrors_the_same_films_in_whatever_order_they_come() {
    let mut turned = five_people();
    turned.samples.reverse();
    let mirrored = |films, seed| {
        let task = mirror_half(films, Some(1), seed).unwrap();
        let names = task.samples.into_iter().filter(|one| one.class == 1);
        let mut names: Vec<String> = names.map(|one| one.name).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(mirrored(five_people(), 3), mirrored(turned, 3));
    assert_ne!(mirrored(five_people(), 3), mirrored(five_people(), 4));
}

#[test]
fn nobody_is_in_two_parts_after_mirroring() {
    let task = mirror_half(five_people(), Some(1), 5).unwrap();
    let summary = task.summary(true);
    let parts = split(&summary, SplitBy::Patient, 1).unwrap();
    let mut part_of = BTreeMap::new();
    for (sample, part) in summary.samples.iter().zip(parts) {
        let patient = sample.patient.clone().unwrap();
        assert_eq!(*part_of.entry(patient).or_insert(part), part);
    }
    assert_eq!(part_of["D"], Subset::Train);
    assert_eq!(part_of["A"], Subset::Test);
}

#[test]
fn the_task_asks_about_the_chosen_class_or_all() {
    assert_eq!(chest(&["abdomen".into(), " CHEST ".into()]), Some(1));
    let own = mirror_half(five_people(), Some(1), MIRROR_SEED).unwrap();
    assert_eq!(chest(&["TÓRAX".into(), "abdomen".into()]), Some(0));
    assert_eq!(chest(&["knee".into()]), None);
    assert_eq!(Task::Mirrored.films(five_people(), Some(1)).unwrap(), own);
    assert_eq!(
        Task::Region.films(five_people(), None).unwrap(),
        five_people()
    );
    let all = Task::Mirrored.films(five_people(), None).unwrap();
    assert_eq!(all.samples.len(), five_people().samples.len());
}

#[test]
fn too_few_films_are_said_so() {
    let few = films(&[(0, None, None); 5]);
    assert!(matches!(
        mirror_half(few, Some(0), 1),
        Err(LoadError::TooFewFilms { n: 2, .. })
    ));
    assert!(mirror_half(films(&[(0, None, None); 6]), Some(0), 1).is_ok());
    assert!(mirror_half(films(&[(0, None, None); 6]), Some(1), 1).is_err());
}
