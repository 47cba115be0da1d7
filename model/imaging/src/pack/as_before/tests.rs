use super::*;
use crate::{decode::PackDepth, film::Film, incidental::PictureFacts};

/// Films whose grays are their numbers; patients by name.
fn films(of: &[(u64, usize, Option<&str>)]) -> Dataset {
    let sample = |&(grays, class, patient): &(u64, usize, Option<&str>)| Sample {
        name: format!("{grays}.png"),
        class,
        patient: patient.map(str::to_owned),
        part: None,
        film: Film::black(),
        width: 1,
        height: 1,
        facts: None,
        incidentals: crate::incidental::Incidentals {
            picture: PictureFacts {
                grays,
                ..PictureFacts::default()
            },
            ..Default::default()
        },
        file: 0,
    };
    Dataset {
        title: "Some".into(),
        task: Task::Region,
        licence: None,
        attribution: None,
        classes: vec!["fracture".into(), "normal".into()],
        samples: of.iter().map(sample).collect(),
        odd: Vec::new(),
        depth: PackDepth::default(),
        skipped: Vec::new(),
    }
}

fn before(films: &Dataset) -> FilmsBefore {
    FilmsBefore::of(&films.summary(false))
}

const THEN: [(u64, usize, Option<&str>); 4] = [
    (7, 0, Some("ann")),
    (8, 1, Some("bob")),
    (9, 1, None),
    (7, 0, Some("ann")),
];

#[test]
fn a_pile_in_any_order_becomes_what_it_was() {
    let then = films(&THEN);
    let mut now = films(&[
        (8, 0, None),
        (7, 0, None),
        (5, 0, None),
        (9, 0, None),
        (7, 0, None),
    ]);
    now.classes = vec![String::new()];
    let kept = before(&then);
    assert_eq!(kept.likeness(&now.summary(false)), Likeness::SaidOtherwise);
    kept.arrange(&mut now).unwrap();
    assert_eq!(
        now.summary(false).fingerprint(),
        then.summary(false).fingerprint()
    );
    let patients: Vec<_> = now
        .samples
        .iter()
        .map(|one| one.patient.as_deref())
        .collect();
    assert_eq!(
        patients,
        [Some("1"), Some("2"), None, Some("1")],
        "by number"
    );
    assert_eq!(kept.likeness(&now.summary(false)), Likeness::Same);
}

#[test]
fn patients_keep_the_names_that_they_have() {
    let then = films(&THEN);
    let mut now = films(&[
        (7, 0, Some("a")),
        (7, 0, Some("a")),
        (9, 1, None),
        (8, 1, Some("b")),
    ]);
    assert_eq!(before(&then).likeness(&now.summary(false)), Likeness::Same);
    before(&then).arrange(&mut now).unwrap();
    assert_eq!(now.samples[1].patient.as_deref(), Some("b"));
    assert_eq!(before(&now), before(&then));
}

#[test]
fn other_classes_patients_and_parts_are_not_passed_over() {
    let kept = before(&films(&THEN));
    let changes: [fn(&mut Dataset); 5] = [
        |films| films.samples[0].class = 1,
        |films| films.classes[0] = "broken".into(),
        |films| films.samples[1].patient = Some("ann".into()),
        |films| films.samples[0].patient = None,
        |films| films.samples.push(films.samples[0].clone()),
    ];
    for change in changes {
        let mut now = films(&THEN);
        change(&mut now);
        assert_eq!(kept.likeness(&now.summary(false)), Likeness::SaidOtherwise);
    }
    let mut now = films(&THEN);
    for film in &mut now.samples {
        film.part = Some(Subset::Test);
    }
    assert_eq!(
        kept.likeness(&now.summary(false)),
        Likeness::Same,
        "a saved pack has parts"
    );
}

#[test]
fn films_that_are_not_there_are_counted() {
    let kept = before(&films(&THEN));
    let mut now = films(&[(7, 0, None), (8, 0, None)]);
    assert_eq!(kept.likeness(&now.summary(false)), Likeness::Missing(2));
    let refused = kept.arrange(&mut now);
    assert_eq!(refused, Err(LoadError::NotAsBefore { n: 2, of: 4 }));
    assert_eq!(
        FilmsBefore::default().likeness(&now.summary(false)),
        Likeness::Missing(0)
    );
}

#[test]
fn patients_that_are_told_afterwards_hold() {
    let mut kept = before(&films(&THEN));
    kept.patients_anew = true;
    let mut now = films(&[
        (7, 0, Some("x")),
        (8, 0, Some("y")),
        (9, 0, Some("x")),
        (7, 0, None),
    ]);
    kept.arrange(&mut now).unwrap();
    assert_eq!(now.samples[2].patient.as_deref(), Some("x"));
}
