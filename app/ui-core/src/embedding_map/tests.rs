use imaging::{dataset::SampleSummary, incidental::Incidentals};

use super::*;

fn data(patients: &[Option<&str>]) -> DatasetSummary {
    let sample = |(at, patient): (usize, &Option<&str>)| SampleSummary {
        name: format!("{at}.png"),
        class: at % 2,
        patient: patient.map(str::to_owned),
        part: None,
        width: 8,
        height: 8,
        facts: None,
        incidentals: Incidentals::default(),
    };
    DatasetSummary {
        title: String::new(),
        task: imaging::task::Task::Region,
        built_in: false,
        classes: vec!["abdomen".to_owned(), "chest".to_owned()],
        samples: patients.iter().enumerate().map(sample).collect(),
        skipped: Vec::new(),
    }
}

#[test]
fn films_are_grouped_by_what_is_asked() {
    let data = data(&[Some("b"), Some("a"), None]);
    let parts = [Some(Subset::Test), None, Some(Subset::Train)];
    let by = |colouring| groups(colouring, &data, &parts, &[(0, false), (2, true)]);
    assert_eq!(
        by(Colouring::Class),
        [
            (MapGroup::Class(0), vec![0, 2]),
            (MapGroup::Class(1), vec![1])
        ]
    );
    assert_eq!(
        by(Colouring::Subset),
        [
            (MapGroup::Subset(Some(Subset::Train)), vec![2]),
            (MapGroup::Subset(Some(Subset::Test)), vec![0]),
            (MapGroup::Subset(None), vec![1]),
        ]
    );
    assert_eq!(
        by(Colouring::Patient),
        [
            (MapGroup::Patient("a".to_owned()), vec![1]),
            (MapGroup::Patient("b".to_owned()), vec![0]),
            (MapGroup::NoPatient, vec![2]),
        ]
    );
    assert_eq!(
        by(Colouring::Error),
        [
            (MapGroup::NotTested, vec![1]),
            (MapGroup::Right, vec![2]),
            (MapGroup::Wrong, vec![0]),
        ]
    );
}

#[test]
fn many_patients_share_the_last_symbol() {
    let names: Vec<String> = (0..12).map(|at| format!("p{}", at.min(9))).collect();
    let names: Vec<Option<&str>> = names.iter().map(|name| Some(name.as_str())).collect();
    let groups = groups(Colouring::Patient, &data(&names), &[], &[]);
    assert_eq!(groups.len(), MOST_GROUPS);
    assert_eq!(
        groups[0],
        (MapGroup::Patient("p9".to_owned()), vec![9, 10, 11])
    );
    assert_eq!(groups[6].0, MapGroup::OtherPatients(4));
    let films: usize = groups.iter().map(|(_, films)| films.len()).sum();
    assert_eq!(films, 12);
}

#[test]
fn the_map_is_not_stretched() {
    let places = [[0.0, 0.0], [4.0, 1.0], [f32::NAN, 9.0]];
    let [(left, right), (bottom, top)] = ends(&places, 200.0, 100.0).expect("places");
    assert!(left < 0.0 && right > 4.0 && bottom < 0.0 && top > 1.0);
    let unit = (right - left) / 200.0;
    assert!((unit - (top - bottom) / 100.0).abs() < 1e-12);
    // Margins aside, the longer way fills the width.
    assert!((unit * 200.0 / 4.0 - 1.08).abs() < 1e-12);
    assert_eq!(ends(&[[f32::NAN, 0.0]], 200.0, 100.0), None);
    let one = ends(&[[3.0, 3.0]; 2], 200.0, 100.0).expect("a place");
    assert_eq!(one, [(2.5, 3.5), (2.75, 3.25)]);
}

#[test]
fn the_nearest_point_is_within_reach() {
    let places = [Some((0.0, 0.0)), None, Some((10.0, 0.0))];
    assert_eq!(nearest(&places, (7.0, 0.0), 5.0), Some(2));
    assert_eq!(nearest(&places, (5.0, 9.0), 5.0), None);
}

#[test]
fn labels_do_not_lie_on_each_other() {
    let mut labels = [(0.0, 12.0), (5.0, 10.0), (200.0, 11.0), (3.0, 13.0)];
    spread(&mut labels, 100.0, 16.0);
    assert_eq!(
        labels,
        [(0.0, 26.0), (5.0, 10.0), (200.0, 11.0), (3.0, 42.0)]
    );
}

#[test]
fn arrow_keys_reach_the_nearest_point_in_their_direction() {
    let places = [
        Some((0.0, 0.0)),
        Some((10.0, 1.0)),
        Some((5.0, 40.0)),
        None,
        Some((30.0, 0.0)),
    ];
    assert_eq!(neighbour(&places, 0, Direction::Right), Some(1));
    assert_eq!(neighbour(&places, 0, Direction::Down), Some(2));
    assert_eq!(neighbour(&places, 0, Direction::Up), None);
    assert_eq!(neighbour(&places, 4, Direction::Left), Some(1));
    assert_eq!(neighbour(&places, 3, Direction::Left), None);
}

#[test]
fn the_middle_lies_in_the_larger_cluster() {
    assert_eq!(middle(&[]), None);
    let places = [(0.0, 0.0), (100.0, 0.0), (100.0, 1.0), (100.0, 2.0)];
    assert_eq!(middle(&places), Some((100.0, 1.0)));
}

#[test]
fn each_group_has_a_colour_of_its_own() {
    let mut colours: Vec<usize> = (0..MOST_GROUPS).map(palette).collect();
    colours.sort_unstable();
    assert_eq!(colours, (0..MOST_GROUPS).collect::<Vec<_>>());
}
