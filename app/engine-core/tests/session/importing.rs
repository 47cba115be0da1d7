//! A network comes back from a file: it says what it said, can be tested and trained on, and where it is refused all stays.

use engine_core::host::{Arrived, Message, SideProgram};
use imaging::{
    report::Report,
    settings::{FineTuning, Network, Pooling, Settings},
};
use mobilenet::weights::Weights;
use model_card::{Card, Form, Images, ReadError};
use model_files::{read, weights_file};
use protocol::{
    Command, Event, Explanation, ExplanationId, Failure, ImportError, Imported, NotImported,
    Origin, QuestionId, Returning, RunId, Sealed, Subject, TestResult,
};

use super::{
    cut_off::bring_back,
    exporting::{the_file, trained, writer_comes},
    world::{Engine, FILMS, InMemory, cpu, films_of_two_classes, one_film, quick, weights},
};

const OLD: RunId = RunId(1);
const NEW: RunId = RunId(7);

fn exported(engine: &mut Engine, run: RunId, form: Form, card: Card) -> Vec<u8> {
    let card = Box::new(card);
    engine.tell(Command::ExportModel { run, form, card });
    the_file(engine).unwrap()
}

/// With films, a device and the program that reads networks.
fn opened() -> Engine {
    let mut engine = Engine::with_films(cpu(2));
    writer_comes(&mut engine);
    engine
}

fn drop_file(engine: &mut Engine, bytes: &[u8]) {
    let file = InMemory {
        name: "network.onnx".into(),
        bytes: bytes.to_vec(),
    };
    engine.receive(Message::Command {
        command: Command::Import { run: NEW },
        files: vec![Box::new(file)],
    });
}

#[derive(Debug, PartialEq)]
enum Refused {
    OtherClasses(Vec<String>),
    Error(ImportError),
}

fn imported(engine: &mut Engine, bytes: &[u8]) -> Result<Box<Imported>, Refused> {
    drop_file(engine, bytes);
    match engine.until(|event| matches!(event, Event::Imported { .. })) {
        Event::Imported { run, result } => {
            assert_eq!(run, NEW);
            result.map_err(|refused| match refused {
                NotImported::OtherClasses { classes } => Refused::OtherClasses(classes),
                NotImported::Refused(error) => Refused::Error(error.open().expect("a reason")),
            })
        }
        other => panic!("{other:?}"),
    }
}

fn answer(engine: &mut Engine) -> Result<Vec<f32>, Failure> {
    let (path, file) = one_film();
    engine.receive(Message::Command {
        command: Command::Classify {
            questions: vec![QuestionId(1)],
            paths: vec![path],
        },
        files: vec![file],
    });
    match engine.until(|event| matches!(event, Event::Classified { .. })) {
        Event::Classified { answer, .. } => answer.map(|answer| answer.probabilities),
        other => panic!("{other:?}"),
    }
}

fn test(engine: &mut Engine, run: RunId) -> Box<TestResult> {
    engine.tell(Command::Test { run });
    match engine.until(|event| matches!(event, Event::Tested { .. })) {
        Event::Tested { opened, .. } => opened,
        other => panic!("{other:?}"),
    }
}

/// The card of a network that learned from the films of [`Engine::with_films`].
fn own_card(engine: &Engine) -> Card {
    Card {
        images: Images {
            fingerprint: Some(Images::written(engine.fingerprint())),
            ..Images::default()
        },
        ..Card::default()
    }
}

fn kinds() -> [Settings; 5] {
    let tuned = |network, stages| Settings {
        network,
        epochs: 1,
        fine_tuning: Some(FineTuning {
            stages,
            epochs: 1,
            ..FineTuning::default()
        }),
        ..quick()
    };
    let frozen = |network| Settings { network, ..quick() };
    let grid = Network::Pretrained(Pooling::Grid);
    let average = Network::Pretrained(Pooling::GlobalAverage);
    [
        frozen(grid),
        frozen(average),
        tuned(grid, 2),
        tuned(average, 3),
        frozen(Network::Scratch),
    ]
}

#[test]
fn each_kind_of_network_says_bit_for_bit_what_it_said_and_is_tested_the_same() {
    for settings in kinds() {
        let mut engine = trained(settings.clone());
        writer_comes(&mut engine);
        let said = answer(&mut engine).unwrap();
        let score = test(&mut engine, OLD);
        let card = own_card(&engine);
        let file = exported(&mut engine, OLD, Form::Onnx, card.clone());
        let same = exported(&mut engine, OLD, Form::Safetensors, card.clone());
        for bytes in [&file, &same] {
            let mut engine = opened();
            let taken = imported(&mut engine, bytes).unwrap();
            assert_eq!(taken.settings, settings);
            assert_eq!(taken.origin, Origin::SameFilms);
            assert_eq!(taken.parts.len(), 2 * FILMS);
            assert_eq!(answer(&mut engine), Ok(said.clone()), "{settings:?}");
            assert_eq!(test(&mut engine, NEW), score);
            assert_eq!(exported(&mut engine, NEW, Form::Onnx, card.clone()), file);
        }
    }
}

#[test]
fn it_can_be_looked_into() {
    let mut engine = trained(quick());
    writer_comes(&mut engine);
    let file = exported(&mut engine, OLD, Form::Onnx, Card::default());
    let mut engine = opened();
    assert_eq!(
        imported(&mut engine, &file).unwrap().origin,
        Origin::UnknownFilms
    );
    let (subject, class) = (Subject::Sample(0), 0);
    for (number, about) in [
        Explanation::EmbeddingMap,
        Explanation::Occlusion { subject, class },
        Explanation::GradCam {
            subject,
            class,
            checks: false,
        },
    ]
    .into_iter()
    .enumerate()
    {
        let explanation = ExplanationId(number as u32);
        engine.tell(Command::Explain {
            explanation,
            run: NEW,
            about,
        });
        let found = engine.until(|event| matches!(event, Event::Found { .. }));
        assert!(
            matches!(found, Event::Found { finding: Ok(_), .. }),
            "{found:?}"
        );
    }
}

/// What is kept of it after the page has been loaded again says the same.
#[test]
fn it_is_kept_and_comes_back() {
    let mut engine = trained(quick());
    writer_comes(&mut engine);
    let said = answer(&mut engine).unwrap();
    let file = exported(&mut engine, OLD, Form::Safetensors, Card::default());
    let mut engine = opened();
    imported(&mut engine, &file).unwrap();
    engine.until(|event| matches!(event, Event::Checkpoint { run: NEW, .. }));
    let kept = engine.world.given.borrow().clone();
    let mut engine = opened();
    bring_back(&mut engine, kept, Returning::Over);
    let origin = Event::Origin {
        run: OLD,
        origin: Origin::UnknownFilms,
    };
    engine.until(|event| *event == origin);
    assert_eq!(answer(&mut engine), Ok(said));
}

fn losses(told: &[Event]) -> Vec<(usize, f32)> {
    let steps = told.iter().filter_map(|event| match event {
        Event::Step { report, .. } => Some(Report::Step(report.clone())),
        _ => None,
    });
    steps
        .map(|report| match report {
            Report::Step(step) => (step.steps_done, step.loss),
            Report::Epoch(_) => unreachable!("steps alone"),
        })
        .collect()
}

#[test]
fn trained_on_it_begins_where_it_was_and_learns() {
    for settings in kinds() {
        let mut engine = trained(settings.clone());
        writer_comes(&mut engine);
        let said = answer(&mut engine).unwrap();
        let file = exported(&mut engine, OLD, Form::Onnx, Card::default());
        let mut engine = opened();
        imported(&mut engine, &file).unwrap();
        assert_eq!(answer(&mut engine), Ok(said.clone()));
        engine.told();
        let chosen = Settings {
            epochs: 2,
            film_side: 64,
            seed: 5,
            ..settings.clone()
        };
        engine.tell(Command::GoOn {
            run: RunId(8),
            from: NEW,
            settings: chosen.clone(),
        });
        let told = engine.settle();
        let expected = Settings {
            epochs: 2,
            ..settings.clone()
        };
        let goes_on = Event::GoesOn {
            run: RunId(8),
            settings: expected,
        };
        assert!(told.contains(&goes_on), "{settings:?}");
        let steps = losses(&told);
        let total = told.iter().find_map(|event| match event {
            Event::RunStarted { steps_total, .. } => Some(*steps_total),
            _ => None,
        });
        let last = steps.last().expect("steps");
        assert_eq!(Some(last.0), total, "{settings:?}");
        let over = |event: &Event| matches!(event, Event::RunFinished { stopped: false, .. });
        assert!(told.iter().any(over), "{settings:?}");
        assert_ne!(answer(&mut engine), Ok(said), "{settings:?}");
        let origin = Event::Origin {
            run: RunId(8),
            origin: Origin::UnknownFilms,
        };
        assert!(told.contains(&origin));
        // Cut off before its first step, it still begins with that network.
        let begun = |event: &&Event| matches!(event, Event::Checkpoint { run: RunId(8), .. });
        let first = told.iter().find(begun);
        let before = steps[0].0 - 1;
        assert!(
            matches!(first, Some(Event::Checkpoint { steps_done, .. }) if *steps_done == before),
            "{first:?}"
        );
    }
}

#[test]
fn classes_in_another_order_are_the_same_classes() {
    let mut engine = trained(quick());
    writer_comes(&mut engine);
    let said = answer(&mut engine).unwrap();
    let file = exported(&mut engine, OLD, Form::Onnx, Card::default());
    let weights = Weights::parse(&weights()).unwrap();
    let mut network = read(&file, &weights).unwrap().network;
    network.classes.reverse();
    for tensor in &mut network.tensors {
        if tensor.name.contains(".output.") {
            tensor
                .values
                .as_chunks_mut::<2>()
                .0
                .iter_mut()
                .for_each(|row| row.reverse());
        }
    }
    let turned = weights_file::write(&network, &weights, Card::default()).unwrap();
    let mut engine = opened();
    imported(&mut engine, &turned).unwrap();
    assert_eq!(answer(&mut engine), Ok(said));
}

#[test]
fn what_is_refused_takes_nothing_away() {
    let mut engine = trained(quick());
    writer_comes(&mut engine);
    let said = answer(&mut engine).unwrap();
    let file = exported(&mut engine, OLD, Form::Safetensors, Card::default());
    let weights = Weights::parse(&weights()).unwrap();
    let taken = read(&file, &weights).unwrap();
    let mut other = taken.network.clone();
    other.classes = ["hand", "foot"].map(str::to_owned).to_vec();
    let other = weights_file::write(&other, &weights, Card::default()).unwrap();
    let mut broken = file.clone();
    let end = broken.len();
    broken.truncate(end - 10);
    let foreign = super::world::weights();
    for bytes in [&foreign, &broken, &other, &Vec::new()] {
        let refused = imported(&mut engine, bytes).unwrap_err();
        let expected = match &refused {
            Refused::Error(ImportError::Refused(ReadError::Foreign { .. })) => bytes == &foreign,
            Refused::Error(ImportError::Refused(ReadError::Damaged { .. })) => {
                bytes == &broken || bytes.is_empty()
            }
            Refused::OtherClasses(classes) => {
                bytes == &other && *classes == ["hand", "foot"].map(str::to_owned)
            }
            _ => false,
        };
        assert!(expected, "{refused:?}");
        assert_eq!(answer(&mut engine), Ok(said.clone()));
    }
    let large = vec![0; (64 << 20) + 1];
    let refused = imported(&mut engine, &large);
    let large = Refused::Error(ImportError::TooLarge { limit_mb: 64 });
    assert_eq!(refused, Err(large));
    assert_eq!(answer(&mut engine), Ok(said));

    engine.train(2, quick());
    engine.until(|event| matches!(event, Event::Step { .. }));
    let busy = Refused::Error(ImportError::Busy);
    assert_eq!(imported(&mut engine, &file), Err(busy));
    engine.until(|event| matches!(event, Event::RunFinished { stopped: false, .. }));
}

/// Its settings say that nothing of the backbone has learned, its numbers say otherwise.
#[test]
fn numbers_that_its_settings_have_no_place_for_are_refused() {
    let [.., tuned, _] = kinds();
    let mut engine = trained(tuned);
    writer_comes(&mut engine);
    let file = exported(&mut engine, OLD, Form::Onnx, Card::default());
    let weights = Weights::parse(&weights()).unwrap();
    let mut network = read(&file, &weights).unwrap().network;
    network.settings.fine_tuning = None;
    let odd = weights_file::write(&network, &weights, Card::default()).unwrap();
    let refused = imported(&mut engine, &odd).unwrap_err();
    assert!(
        matches!(
            refused,
            Refused::Error(ImportError::Refused(ReadError::Unfit { .. }))
        ),
        "{refused:?}"
    );
}

#[test]
fn it_waits_for_all_that_it_takes() {
    let mut engine = trained(quick());
    writer_comes(&mut engine);
    let said = answer(&mut engine).unwrap();
    let file = exported(&mut engine, OLD, Form::Onnx, Card::default());
    let mut engine = Engine::start();
    drop_file(&mut engine, &file);
    engine.open(cpu(2));
    let (paths, files) = films_of_two_classes("", FILMS);
    engine.load_files(paths, files);
    engine.settle();
    engine.deliver_weights();
    engine.settle();
    assert_eq!(engine.world.asked_for(SideProgram::NetworkFiles), 1);
    let detail = || "offline".to_owned();
    engine.receive(Message::Program(Arrived::NetworkFiles(Err(detail()))));
    let refused = engine.until(|event| matches!(event, Event::Imported { .. }));
    let program = ImportError::Program { detail: detail() };
    let program = NotImported::Refused(Sealed::of(&program));
    assert!(
        matches!(&refused, Event::Imported { result: Err(error), .. } if *error == program),
        "{refused:?}"
    );
    drop_file(&mut engine, &file);
    engine.settle();
    writer_comes(&mut engine);
    engine.until(|event| matches!(event, Event::Imported { result: Ok(_), .. }));
    assert_eq!(answer(&mut engine), Ok(said));
}

#[test]
fn without_a_network_there_is_nothing_to_go_on_with() {
    let mut engine = opened();
    engine.tell(Command::GoOn {
        run: RunId(8),
        from: NEW,
        settings: quick(),
    });
    let failed = Event::RunFailed {
        run: RunId(8),
        failure: Failure::NotTrained,
    };
    engine.until(|event| *event == failed);
}
