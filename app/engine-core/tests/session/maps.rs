//! How alike the maps of controls are to those of trained networks, on the built-in images. Nothing is claimed of it but what
//! docs/decisions/explanations.md says; it takes minutes, and is run when the lesson's figures are taken anew.

use std::rc::Rc;

use engine_core::host::{Asset, Message};
use imaging::{
    insight::{Mask, SanityCheck},
    settings::Settings,
    split::Subset,
    task::Task,
};
use protocol::{
    Command, Event, Explanation, ExplanationId, ExplanationResult, Pack, RunId, Subject,
};

use super::world::{Engine, cpu};

/// As in the lesson's other figures: nothing was chosen by these.
const SEEDS: std::ops::RangeInclusive<u64> = 201..=210;
/// Above it the lesson calls maps similar.
const SIMILAR: f64 = 0.5;

fn built_in() -> (Engine, Vec<usize>) {
    let mut engine = Engine::start();
    engine.open(cpu(2));
    engine.deliver_weights();
    engine.tell(Command::LoadBuiltIn {
        pack: Pack::BuiltIn,
        task: Task::Region,
    });
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../public/films/built-in.zip"
    );
    let bytes = std::fs::read(path).expect("the images of the app");
    engine.receive(Message::Download {
        asset: Asset::Films(Pack::BuiltIn),
        result: Ok(Rc::new(bytes) as _),
    });
    let loaded = engine.until(|event| matches!(event, Event::Loaded { .. }));
    let Event::Loaded { data, .. } = loaded else {
        panic!("{loaded:?}");
    };
    let classes = data.samples.iter().map(|sample| sample.class).collect();
    (engine, classes)
}

fn asked(engine: &mut Engine, id: u32, run: u32, about: Explanation) -> ExplanationResult {
    engine.tell(Command::Explain {
        explanation: ExplanationId(id),
        run: RunId(run),
        about,
    });
    let found = engine.until(|event| matches!(event, Event::Found { .. }));
    match found {
        Event::Found {
            finding: Ok(result),
            ..
        } => result,
        other => panic!("{other:?}"),
    }
}

#[test]
#[ignore = "a measurement that takes minutes: cargo test --release -p engine-core --test session maps -- --ignored --nocapture"]
fn maps_of_controls_on_the_built_in_images() {
    let (mut engine, classes) = built_in();
    let mut asked_so_far = 0;
    let mut similar = [[0; 3]; 2];
    let mut gray = [0; 2];
    for (run, seed) in (1..).zip(SEEDS) {
        engine.train(
            run,
            Settings {
                seed,
                ..Settings::default()
            },
        );
        let started = engine.until(|event| matches!(event, Event::RunStarted { .. }));
        let Event::RunStarted { parts, .. } = started else {
            panic!("{started:?}");
        };
        engine.until(|event| matches!(event, Event::RunFinished { .. }));
        for class in 0..2 {
            let own =
                |&sample: &usize| classes[sample] == class && parts[sample] == Some(Subset::Test);
            let sample = (0..parts.len()).find(own).expect("a test image");
            let subject = Subject::Sample(sample);
            asked_so_far += 1;
            let about = Explanation::GradCam {
                subject,
                class,
                checks: true,
            };
            let maps = asked(&mut engine, asked_so_far, run, about);
            let ExplanationResult::GradCam { maps, memorized } = maps else {
                panic!("{maps:?}");
            };
            let (_, trained) = maps.first().expect("its own map");
            let others: Vec<(SanityCheck, Option<f64>)> = maps[1..]
                .iter()
                .map(|(check, map)| (*check, trained.correlation(map)))
                .collect();
            for (place, (_, alike)) in others.iter().enumerate() {
                similar[class][place] += usize::from(alike.is_some_and(|r| r > SIMILAR));
            }
            asked_so_far += 1;
            let mask = Mask {
                cells: 16,
                painted: vec![true; 256],
            };
            let erased = asked(
                &mut engine,
                asked_so_far,
                run,
                Explanation::Erased { subject, mask },
            );
            let ExplanationResult::Erased { probabilities } = erased else {
                panic!("{erased:?}");
            };
            gray[class] += usize::from(metrics::answer(&probabilities) == class);
            println!("seed {seed} class {class} {others:?} {memorized:?} gray {probabilities:?}");
        }
    }
    println!("similar (> {SIMILAR}) of 10, by class and control: {similar:?}");
    println!("gray answered as the image's class: {gray:?} of 10");
}
