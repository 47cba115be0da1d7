//! The trained network in a file says of an image what the engine says of it.

use std::rc::Rc;

use checkpoint::TrainedNetwork;
use engine_core::host::{Arrived, Message, NetworkFiles, SideProgram};
use imaging::{
    decode::decode,
    settings::{FineTuning, Network, Pooling, Settings},
};
use mobilenet::weights::Weights;
use model_card::{Card, Form, PageWords, WriteError};
use model_files::{classifier::Classifier, onnx, page, read, weights_file};
use protocol::{Command, Event, ExportError, ImportError, QuestionId, Returning, RunId};

use super::cut_off::bring_back;
use super::world::{Engine, cpu, one_film, quick, weights};

const RUN: RunId = RunId(1);

/// Writes here what the browser's program writes in its own memory.
pub(super) struct OwnWriter;

impl NetworkFiles for OwnWriter {
    fn write(
        &self,
        network: &TrainedNetwork,
        weights: &Weights,
        card: Card,
        form: Form,
    ) -> Result<Vec<u8>, ExportError> {
        let written = match form {
            Form::Onnx => onnx::write(network, weights, card),
            Form::Safetensors => weights_file::write(network, weights, card),
            Form::Page(words) => page::write(network, weights, card, &words, b"program"),
        };
        written.map_err(ExportError::Refused)
    }

    fn read(&self, file: &[u8], weights: &Weights) -> Result<(TrainedNetwork, Card), ImportError> {
        let taken = read(file, weights).map_err(ImportError::Refused)?;
        Ok((taken.network, taken.card))
    }
}

/// A network that has gone wrong.
struct Refusing;

fn not_finite() -> ExportError {
    ExportError::Refused(WriteError::NotFinite {
        tensor: "head.output.bias".into(),
    })
}

impl NetworkFiles for Refusing {
    fn write(
        &self,
        _: &TrainedNetwork,
        _: &Weights,
        _: Card,
        _: Form,
    ) -> Result<Vec<u8>, ExportError> {
        Err(not_finite())
    }

    fn read(&self, _: &[u8], _: &Weights) -> Result<(TrainedNetwork, Card), ImportError> {
        Err(ImportError::Program {
            detail: "offline".into(),
        })
    }
}

fn ask(engine: &mut Engine, form: Form) {
    let card = Box::default();
    engine.tell(Command::ExportModel {
        run: RUN,
        form,
        card,
    });
}

fn exported(engine: &mut Engine, form: Form) -> Result<Vec<u8>, ExportError> {
    ask(engine, form);
    the_file(engine)
}

/// What is told of a file that was asked for, or its bytes.
pub(super) fn the_file(engine: &mut Engine) -> Result<Vec<u8>, ExportError> {
    let told = engine.until(|event| matches!(event, Event::ModelExported { .. }));
    match told {
        Event::ModelExported { result } => {
            let given = engine.world.given.borrow().clone();
            result.map(|bytes| {
                assert_eq!(bytes, given.len() as u64);
                given
            })
        }
        other => panic!("{other:?}"),
    }
}

pub(super) fn trained(settings: Settings) -> Engine {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, settings);
    engine.until(|event| matches!(event, Event::RunFinished { .. }));
    engine
}

pub(super) fn writer_comes(engine: &mut Engine) {
    let writer = Rc::new(OwnWriter);
    engine.receive(Message::Program(Arrived::NetworkFiles(Ok(writer))));
}

#[test]
fn each_kind_of_network_says_the_same_in_a_file() {
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
    let weights = Weights::parse(&weights()).unwrap();
    for settings in [
        frozen(grid),
        frozen(average),
        tuned(grid, 2),
        tuned(average, 3),
        frozen(Network::Scratch),
    ] {
        let mut engine = trained(settings.clone());
        let (path, file) = one_film();
        let film = decode(&file.read().unwrap()).unwrap();
        engine.receive(Message::Command {
            command: Command::Classify {
                questions: vec![QuestionId(1)],
                paths: vec![path],
            },
            files: vec![file],
        });
        let told = engine.until(|event| matches!(event, Event::Classified { .. }));
        let Event::Classified {
            answer: Ok(answer), ..
        } = told
        else {
            panic!("{told:?}");
        };
        ask(&mut engine, Form::Onnx);
        engine.settle();
        assert_eq!(engine.world.asked_for(SideProgram::NetworkFiles), 1);
        writer_comes(&mut engine);
        engine.until(|event| matches!(event, Event::ModelExported { result: Ok(_) }));

        let file = exported(&mut engine, Form::Safetensors).unwrap();
        let mut classifier = Classifier::new(&file).unwrap();
        let own = classifier.probabilities(&film.input(classifier.side()));
        let away = own.iter().zip(&answer.probabilities);
        let away = away
            .map(|(one, other)| (one - other).abs())
            .fold(0.0, f32::max);
        assert!(
            away < 1e-5,
            "{settings:?}: {own:?}, {:?}",
            answer.probabilities
        );

        let onnx = exported(&mut engine, Form::Onnx).unwrap();
        let network = read(&onnx, &weights).unwrap().network;
        assert_eq!(network, read(&file, &weights).unwrap().network);
        assert_eq!(network.settings, settings);
        let words = Box::new(PageWords::default());
        assert!(exported(&mut engine, Form::Page(words)).unwrap().len() > file.len());
        assert_eq!(engine.world.asked_for(SideProgram::NetworkFiles), 1);
    }
}

#[test]
fn of_a_run_on_its_way_back_the_file_waits_and_is_the_same() {
    let mut engine = trained(quick());
    engine.until(|event| matches!(event, Event::Checkpoint { .. }));
    let kept = engine.world.given.borrow().clone();
    writer_comes(&mut engine);
    let expected = exported(&mut engine, Form::Safetensors);
    assert!(expected.is_ok());

    let mut engine = Engine::with_films(cpu(2));
    writer_comes(&mut engine);
    bring_back(&mut engine, kept, Returning::Over);
    assert_eq!(exported(&mut engine, Form::Safetensors), expected);
}

#[test]
fn without_network_program_or_room_there_is_a_reason_and_the_network_stays() {
    let mut engine = Engine::with_films(cpu(2));
    writer_comes(&mut engine);
    assert_eq!(
        exported(&mut engine, Form::Onnx),
        Err(ExportError::NotTrained)
    );

    let mut engine = trained(quick());
    ask(&mut engine, Form::Onnx);
    engine.settle();
    let detail = || "offline".to_owned();
    engine.receive(Message::Program(Arrived::NetworkFiles(Err(detail()))));
    let failed = |event: &Event| {
        let detail = detail();
        *event
            == Event::ModelExported {
                result: Err(ExportError::Failed { detail }),
            }
    };
    engine.until(failed);
    ask(&mut engine, Form::Onnx);
    engine.settle();
    assert_eq!(engine.world.asked_for(SideProgram::NetworkFiles), 2);
    engine.receive(Message::Program(Arrived::NetworkFiles(Ok(Rc::new(
        Refusing,
    )))));
    engine.until(|event| {
        *event
            == Event::ModelExported {
                result: Err(not_finite()),
            }
    });

    let mut engine = trained(quick());
    ask(&mut engine, Form::Onnx);
    engine.settle();
    engine.world.is_full.set(true);
    writer_comes(&mut engine);
    let told = engine.until(|event| matches!(event, Event::ModelExported { .. }));
    assert!(
        matches!(
            told,
            Event::ModelExported {
                result: Err(ExportError::Failed { .. })
            }
        ),
        "{told:?}"
    );
    engine.world.is_full.set(false);
    assert!(exported(&mut engine, Form::Onnx).is_ok());
}
