use imaging::settings::{Augmentation, FineTuning, Network, Pooling};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use super::{recipe::Tuning, *};

#[test]
fn reads_all_it_knows() {
    let link = Link::parse(
        "?device=webgpu&seed=7&side=96&split=patient&arm=both&task=mirrored&pack=paediatric&lang=es&step=train&room&kiosk",
    );
    assert_eq!(link.device, DeviceChoice::WebGpu);
    assert_eq!(link.arm, Some(Arm::ALL[3]));
    assert_eq!(link.task, Some(Task::Mirrored));
    assert_eq!(link.pack, Some(Pack::Paediatric));
    assert_eq!(link.language, Some(Language::Spanish));
    assert_eq!((link.step, link.room), (Some(Step::Train), true));
    assert!(link.kiosk && !Link::default().kiosk);
    let settings = link.settings();
    assert_eq!(
        (settings.seed, settings.film_side, settings.split_by),
        (7, 96, SplitBy::Patient)
    );
    assert_eq!(settings.augmentation, Some(Augmentation::default()));
    assert_eq!(settings.dropout, 0.5);
}

#[test]
fn the_grid_is_read_unless_another_pooling_is_named() {
    let network = |query| Link::parse(query).settings().network;
    for query in ["", "?task=mirrored", "?network=grid"] {
        assert_eq!(network(query), Network::Pretrained(Pooling::Grid));
    }
    assert_eq!(
        network("?task=mirrored&network=average"),
        Network::Pretrained(Pooling::GlobalAverage)
    );
}

#[test]
fn ignores_what_makes_no_sense() {
    let link = Link::parse(
        "device=toaster&seed=-1&side=100&side=99999&split=coin&x&=&arm=leg&task=1&pack=&lang=tlh\
         &step=9&step=lunch&dropout=2&dropout=nan&batch=0&rate=inf&epochs=x&tuning=2,3&tuning=2,3,1,4&flip=2&network=big",
    );
    assert_eq!(link, Link::default());
    assert_eq!(link.settings(), Settings::default());
    assert_eq!(Link::default().query(), "");
}

fn maybe<T>(rng: &mut ChaCha8Rng, value: impl FnOnce(&mut ChaCha8Rng) -> T) -> Option<T> {
    rng.random::<bool>().then(|| value(rng))
}

fn tuning(rng: &mut ChaCha8Rng) -> FineTuning {
    FineTuning {
        stages: rng.random_range(1..=19),
        epochs: rng.random_range(1..=50),
        learning_rate: rng.random_range(1e-6..1.0),
    }
}

fn one_of<T: Copy>(rng: &mut ChaCha8Rng, all: &[T]) -> T {
    *all.choose(rng).expect("some to choose from")
}

const NETWORKS: [Network; 3] = [
    Network::Pretrained(Pooling::GlobalAverage),
    Network::Pretrained(Pooling::Grid),
    Network::Scratch,
];

fn any_link(rng: &mut ChaCha8Rng) -> Link {
    let devices = [
        DeviceChoice::Automatic,
        DeviceChoice::Cpu,
        DeviceChoice::WebGpu,
    ];
    Link {
        device: one_of(rng, &devices),
        seed: maybe(rng, Rng::random),
        side: maybe(rng, |rng| 32 * rng.random_range(1..=14)),
        split: maybe(rng, |rng| one_of(rng, &[SplitBy::Image, SplitBy::Patient])),
        arm: maybe(rng, |rng| one_of(rng, &Arm::ALL)),
        task: maybe(rng, |rng| one_of(rng, &[Task::Region, Task::Mirrored])),
        pack: maybe(rng, |rng| one_of(rng, &Pack::ALL)),
        language: maybe(rng, |rng| one_of(rng, &Language::ALL)),
        step: maybe(rng, |rng| one_of(rng, &Step::all().collect::<Vec<_>>())),
        room: rng.random(),
        kiosk: rng.random(),
        recipe: Recipe {
            network: maybe(rng, |rng| one_of(rng, &NETWORKS)),
            flip: rng.random(),
            dropout: maybe(rng, |rng| rng.random_range(0.0..0.9)),
            batch: maybe(rng, |rng| rng.random_range(1..=64)),
            rate: maybe(rng, |rng| rng.random_range(1e-6..1.0)),
            epochs: maybe(rng, |rng| rng.random_range(1..=100)),
            tuning: maybe(rng, |rng| match rng.random() {
                true => Tuning::On(tuning(rng)),
                false => Tuning::Off,
            }),
        },
    }
}

#[test]
fn what_is_written_is_read_again() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    for _ in 0..2000 {
        let link = any_link(&mut rng);
        assert_eq!(Link::parse(&link.query()), link, "{}", link.query());
    }
}

#[test]
fn a_run_is_repeated_exactly() {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    for _ in 0..2000 {
        let mut settings = any_link(&mut rng).settings();
        assert_eq!(
            settings.validate(),
            Ok(()),
            "a link cannot ask for what is refused"
        );
        settings.seed = rng.random();
        let link = Link::repeating(&settings);
        assert_eq!(
            Link::parse(&link.query()).settings(),
            settings,
            "{}",
            link.query()
        );
    }
}

#[test]
fn a_usual_run_has_a_short_link() {
    let mut settings = Settings::default();
    Arm::ALL[3].apply(&mut settings);
    settings.seed = 12;
    let link = Link::repeating(&settings);
    assert_eq!(link.query(), "?arm=both&seed=12&split=image");
    assert!(link.recipe.is_usual());
}

#[test]
fn an_address_tells_whether_the_room_is_open() {
    let opened = |query| super::with_room(query, true);
    let closed = |query| super::with_room(query, false);
    assert_eq!(opened(""), Some("?room".to_owned()));
    assert_eq!(
        opened("?seed=7&lang=es"),
        Some("?room&seed=7&lang=es".to_owned())
    );
    assert_eq!(opened("?lang=es&room=1"), None);
    assert_eq!(closed("?room"), Some(String::new()));
    assert_eq!(
        closed("?seed=7&room=1&lang=es"),
        Some("?seed=7&lang=es".to_owned())
    );
    assert_eq!(closed("?seed=7&classroom=1"), None);
    assert!(Link::parse(&opened("?seed=7").unwrap_or_default()).room);
}
