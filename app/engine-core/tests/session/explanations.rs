//! What is asked of a trained network beyond its answers.

use protocol::{Command, Event, Explanation, ExplanationId, ExplanationResult, RunId, Subject};

use super::world::{Engine, cpu, quick};

fn trained() -> Engine {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::RunFinished { .. }));
    engine
}

fn occlusion(explanation: u32, sample: usize) -> Command {
    Command::Explain {
        explanation: ExplanationId(explanation),
        run: RunId(1),
        about: Explanation::Occlusion {
            subject: Subject::Sample(sample),
            class: 0,
        },
    }
}

#[test]
fn the_next_of_a_kind_takes_the_place_of_one_under_way() {
    let alone = {
        let mut engine = trained();
        engine.tell(occlusion(2, 1));
        engine.until(|event| matches!(event, Event::Found { .. }))
    };
    let mut engine = trained();
    engine.tell(occlusion(1, 0));
    // Some of its 145 pieces are with the workers.
    for _ in 0..20 {
        assert!(engine.turn());
    }
    engine.tell(occlusion(2, 1));
    let told = engine.settle();
    let found: Vec<_> = told
        .iter()
        .filter(|event| matches!(event, Event::Found { .. }))
        .collect();
    assert_eq!(found, [&alone], "no late piece of the first one counts");
}

#[test]
fn kinds_do_not_replace_each_other_and_are_answered_in_order() {
    let mut engine = trained();
    engine.tell(occlusion(1, 0));
    engine.tell(Command::Explain {
        explanation: ExplanationId(2),
        run: RunId(1),
        about: Explanation::EmbeddingMap,
    });
    let told = engine.settle();
    let found = told.iter().filter_map(|event| match event {
        Event::Found {
            explanation,
            finding,
        } => Some((explanation.0, finding.is_ok())),
        _ => None,
    });
    assert_eq!(found.collect::<Vec<_>>(), [(1, true), (2, true)]);
}

#[test]
fn one_that_was_ended_is_not_answered() {
    let mut engine = trained();
    engine.tell(occlusion(1, 0));
    for _ in 0..20 {
        assert!(engine.turn());
    }
    engine.tell(Command::EndExplanation {
        explanation: ExplanationId(1),
    });
    let told = engine.settle();
    assert!(
        !told
            .iter()
            .any(|event| matches!(event, Event::Found { .. })),
        "{told:?}"
    );
}

#[test]
fn a_lost_worker_costs_an_explanation_nothing() {
    let map = |engine: &mut Engine| match engine.until(|event| matches!(event, Event::Found { .. }))
    {
        Event::Found {
            finding: Ok(ExplanationResult::Occlusion(map)),
            ..
        } => map,
        other => panic!("{other:?}"),
    };
    let mut undisturbed = trained();
    undisturbed.tell(occlusion(1, 0));
    let expected = map(&mut undisturbed);
    let mut engine = trained();
    engine.settle();
    engine.tell(occlusion(1, 0));
    for _ in 0..20 {
        assert!(engine.turn());
    }
    assert!(engine.crash_a_worker() > 0, "it had nothing to lose");
    assert_eq!(map(&mut engine), expected);
}
