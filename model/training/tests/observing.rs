//! Looking into networks: heat maps lie where the answer comes from, and change with what was learnt.

mod discs;

use discs::{FILMS, Trained, disc, discs, quick, train, weights};
use imaging::{
    dataset::Dataset,
    insight::HeatMap,
    settings::{FineTuning, Network, Pooling, Settings},
    split::Subset,
};
use pollster::block_on;
use training::{
    explainer::Explainer,
    run::{Run, ShuffledLabels},
};

const SEED: u64 = 5;

/// A network from scratch that tells the upper from the lower disc.
fn taught() -> Trained {
    let settings = Settings {
        epochs: 40,
        ..quick()
    };
    train(&settings, &discs(), 1)
}

fn pretrained() -> Trained {
    let settings = Settings {
        film_side: 64,
        epochs: 12,
        learning_rate: 1e-3,
        network: Network::Pretrained(Pooling::Grid),
        fine_tuning: Some(FineTuning {
            stages: 1,
            epochs: 1,
            learning_rate: 1e-4,
        }),
        ..Settings::default()
    };
    train(&settings, &discs(), 1)
}

fn input(trained: &Trained, sample: usize) -> Vec<f32> {
    trained.films.samples[sample].film.input(trained.side)
}

/// Films with a bright disc on the left or on the right, and films without any.
fn some_with_a_disc() -> Dataset {
    let mut films = discs();
    for (index, sample) in films.samples.iter_mut().enumerate() {
        let x = if index % 4 < 2 { 8 } else { 24 };
        sample.film = match sample.class {
            0 => disc(x, 12 + (index * 5 % 9) as i32),
            _ => disc(-99, -99),
        };
    }
    films
}

/// Share of a map's heat in its left half.
fn left_share(map: &HeatMap) -> f32 {
    let of_row = |row: &[f32]| row[..map.width / 2].iter().sum::<f32>();
    let left: f32 = map.values.chunks(map.width).map(of_row).sum();
    left / map.values.iter().sum::<f32>()
}

#[test]
fn heat_lies_where_the_disc_is() {
    let settings = Settings {
        epochs: 30,
        ..quick()
    };
    let trained = train(&settings, &some_with_a_disc(), 1);
    let explainer = trained.run.explainer().expect("a network");
    for film in (0..trained.films.samples.len()).filter(|film| film % 2 == 0) {
        let map = block_on(explainer.heat(&input(&trained, film), 0)).expect("a map");
        let share = left_share(&map);
        let on_the_left = film % 4 < 2;
        assert!(
            if on_the_left {
                share > 0.75
            } else {
                share < 0.25
            },
            "film {film}: {share} of the heat on the left"
        );
    }
}

#[test]
fn a_map_has_the_cells_of_its_layer_and_the_answers_probability() {
    let trained = pretrained();
    let explainer = trained.run.explainer().expect("a network");
    let map = block_on(explainer.heat(&input(&trained, 0), 1)).expect("a map");
    // A sixteenth of 64 pixels: the block that a grid pooling looks at.
    assert_eq!((map.width, map.height, map.values.len()), (4, 4, 16));
    let strongest = map.values.iter().copied().fold(0.0, f32::max);
    assert!(strongest == 0.0 || strongest == 1.0);
    assert!(map.values.iter().all(|value| (0.0..=1.0).contains(value)));
    let answer = block_on(trained.run.classify(&trained.films.samples[0].film)).expect("an answer");
    assert!((map.probability - answer[1]).abs() < 1e-5);
}

/// The maps of all films, each for the film's own class.
fn maps(trained: &Trained, network: &Explainer) -> Vec<HeatMap> {
    let samples = trained.films.samples.iter().enumerate();
    samples
        .map(|(film, sample)| {
            block_on(network.heat(&input(trained, film), sample.class)).expect("a map")
        })
        .collect()
}

/// How many films of two classes are answered rightly.
fn right(maps: &[HeatMap]) -> usize {
    maps.iter().filter(|map| map.probability > 0.5).count()
}

/// Mean difference of the cells of maps of the same films.
fn apart(some: &[HeatMap], others: &[HeatMap]) -> f32 {
    let cells =
        |maps: &[HeatMap]| -> Vec<f32> { maps.iter().flat_map(|map| map.values.clone()).collect() };
    let (some, others) = (cells(some), cells(others));
    assert_eq!(some.len(), others.len());
    let differences = some.iter().zip(&others).map(|(a, b)| (a - b).abs());
    differences.sum::<f32>() / some.len() as f32
}

#[test]
fn destroying_what_was_learnt_changes_the_answers_and_the_maps() {
    let trained = pretrained();
    let weights = weights();
    let explainer = || trained.run.explainer().expect("a network");
    let own = maps(&trained, &explainer());
    let head = explainer()
        .with_random_head(SEED)
        .expect("a pretrained network has a head");
    let all = explainer()
        .with_random_weights(&weights, SEED)
        .expect("weights that fit");
    let (head, all) = (maps(&trained, &head), maps(&trained, &all));
    assert!(right(&own) >= FILMS - 1, "{} right", right(&own));
    for destroyed in [&head, &all] {
        // About half of them are right by chance.
        assert!(
            (5..=15).contains(&right(destroyed)),
            "{} right",
            right(destroyed)
        );
        assert!(apart(&own, destroyed) > 0.1, "{}", apart(&own, destroyed));
    }
    assert!(apart(&head, &all) > 0.1, "{}", apart(&head, &all));
    assert_eq!(apart(&own, &maps(&trained, &explainer())), 0.0);
}

#[test]
fn a_network_from_scratch_has_no_head_to_exchange() {
    let trained = taught();
    let explainer = trained.run.explainer().expect("a network");
    assert!(explainer.with_random_head(SEED).is_none());
    let explainer = trained.run.explainer().expect("a network");
    let random = explainer
        .with_random_weights(&weights(), SEED)
        .expect("new weights");
    let own = trained.run.explainer().expect("a network");
    let [own, random] = [own, random].map(|network| maps(&trained, &network));
    assert!(right(&own) >= FILMS - 1, "{} right", right(&own));
    assert!(
        (5..=15).contains(&right(&random)),
        "{} right",
        right(&random)
    );
    assert!(apart(&own, &random) > 0.1, "{}", apart(&own, &random));
}

#[test]
fn shuffled_labels_are_learnt_by_heart_with_the_parts_and_the_counts_as_they_were() {
    for (trained, has_head) in [(taught(), false), (pretrained(), true)] {
        let mut shuffled = ShuffledLabels::of(&trained.run, &weights()).expect("weights that fit");
        assert_eq!(shuffled.run().parts(), trained.run.parts());
        while !shuffled.is_done() {
            block_on(shuffled.next(&trained.store)).expect("a step");
        }
        let classes = |run: &Run, part| -> Vec<usize> {
            let report = block_on(run.score(part, &trained.store)).expect("a score");
            report.films.iter().map(|film| film.class).collect()
        };
        for part in [Subset::Validation, Subset::Test] {
            assert_eq!(classes(shuffled.run(), part), classes(&trained.run, part));
        }
        let (own, new) = (
            classes(&trained.run, Subset::Train),
            classes(shuffled.run(), Subset::Train),
        );
        assert_ne!(own, new);
        let sum = |classes: &[usize]| classes.iter().sum::<usize>();
        assert_eq!(sum(&own), sum(&new));
        // From scratch so few steps need not be enough: then it is told how many it knows.
        let known = block_on(shuffled.memorized(&trained.store)).expect("a score");
        assert_eq!(known.n, own.len());
        // One of twelve may be left when the second stage is over.
        assert!(!has_head || known.correct * 10 >= known.n * 9, "{known:?}");
    }
}
