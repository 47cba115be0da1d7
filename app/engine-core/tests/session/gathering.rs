//! Films without classes, shown to be sorted by hand.

use engine_core::host::Message;
use imaging::{
    dataset::SampleSummary,
    pack::{Answers, ByHand, FilmsBefore, LoadError},
    task::Task,
};
use protocol::{Command, Event, QuestionId, RunId};

use super::world::{Engine, Files, cpu, films_of_two_classes, quick};

fn load(engine: &mut Engine, by_hand: ByHand, films: usize) {
    let (paths, files): (Vec<String>, Files) = films_of_two_classes("pile/", films);
    // All in one folder, in another order.
    let names = (0..paths.len()).rev();
    let paths = names
        .map(|name| format!("pile/IMG {name:02}.png"))
        .collect();
    engine.receive(Message::Command {
        command: Command::LoadFiles {
            paths,
            answers: Answers {
                by_hand: Some(by_hand),
                ..Answers::default()
            },
            task: Task::Region,
            class: None,
        },
        files,
    });
}

#[test]
fn gathered_films_are_shown_and_the_trained_network_stays_until_they_are_sorted() {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::RunFinished { .. }));

    load(&mut engine, ByHand::Gather, 4);
    let told = engine.settle();
    let gathered = told.iter().find_map(|event| match event {
        Event::Gathered { data } => Some(data),
        _ => None,
    });
    let gathered = gathered.expect("films without classes").clone();
    assert_eq!((gathered.samples.len(), gathered.classes.len()), (8, 0));
    let pictures = told.iter().filter_map(|event| match event {
        Event::GatheredThumbnails { pictures, .. } => Some(pictures.len()),
        _ => None,
    });
    assert_eq!(pictures.sum::<usize>(), 8);
    engine.tell(Command::ShowGathered { sample: 7 });
    engine.until(|event| matches!(event, Event::GatheredFilm { sample: 7, .. }));
    // There is no such film; nothing is said, and nothing breaks.
    engine.tell(Command::ShowGathered { sample: 8 });

    engine.tell(Command::Test { run: RunId(1) });
    engine.until(|event| matches!(event, Event::Tested { .. }));

    let class_of = gathered.samples.iter().enumerate();
    let class_of = class_of.map(|(at, film)| (film.name.clone(), at % 2));
    let sorted = ByHand::Sorted {
        classes: vec!["even".to_owned(), "odd".to_owned()],
        class_of: class_of.collect(),
    };
    load(&mut engine, sorted, 4);
    let loaded = engine.until(|event| matches!(event, Event::Loaded { .. }));
    let Event::Loaded { data, .. } = loaded else {
        panic!("{loaded:?}");
    };
    assert_eq!(data.classes, ["even", "odd"]);
    assert_eq!(data.samples.len(), 8);
    engine.tell(Command::ShowGathered { sample: 0 });
    let told = engine.settle();
    assert!(
        !told
            .iter()
            .any(|event| matches!(event, Event::GatheredFilm { .. }))
    );
}

#[test]
fn a_pile_of_films_from_before_is_sorted_as_it_was_and_a_film_is_known_that_was_learned_from() {
    let mut engine = Engine::with_films(cpu(2));
    let (paths, files) = films_of_two_classes("", 4);
    engine.load_files(paths, files);
    let told = engine.until(|event| matches!(event, Event::Loaded { .. }));
    let Event::Loaded { data: before, .. } = told else {
        panic!("{told:?}");
    };
    let kept = FilmsBefore::of(&before);

    load(&mut engine, ByHand::AsBefore(Box::new(kept.clone())), 3);
    let told = engine.until(|event| matches!(event, Event::LoadFailed { .. }));
    let missing = LoadError::NotAsBefore { n: 2, of: 8 };
    assert_eq!(told, Event::LoadFailed { error: missing });

    load(&mut engine, ByHand::AsBefore(Box::new(kept)), 4);
    let told = engine.until(|event| matches!(event, Event::Loaded { .. }));
    let Event::Loaded { data, .. } = told else {
        panic!("{told:?}");
    };
    assert_eq!(data.fingerprint(), before.fingerprint());
    assert_ne!(data.samples[0].name, before.samples[0].name);

    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::RunFinished { .. }));
    let (paths, mut files) = films_of_two_classes("", 4);
    let asked = |film: &SampleSummary| paths[0].ends_with(&film.name);
    let place = before.samples.iter().position(asked);
    engine.receive(Message::Command {
        command: Command::Classify {
            questions: vec![QuestionId(1)],
            paths: vec!["renamed.png".to_owned()],
        },
        files: vec![files.remove(0)],
    });
    let told = engine.until(|event| matches!(event, Event::Classified { .. }));
    let Event::Classified {
        answer: Ok(answer), ..
    } = told
    else {
        panic!("{told:?}")
    };
    assert!(place.is_some());
    assert_eq!(answer.same_as, place);
}
