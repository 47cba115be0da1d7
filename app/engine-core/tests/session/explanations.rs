//! What is asked of a trained network beyond its answers.

use imaging::insight::SanityCheck;
use protocol::{
    Command, Event, Explanation, ExplanationId, ExplanationResult, Failure, QuestionId, RunId,
    Subject,
};

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

fn heat(explanation: u32, checks: bool) -> Command {
    Command::Explain {
        explanation: ExplanationId(explanation),
        run: RunId(1),
        about: Explanation::GradCam {
            subject: Subject::Sample(0),
            class: 0,
            checks,
        },
    }
}

#[test]
fn while_the_control_of_a_heat_map_learns_other_questions_are_answered() {
    let mut engine = trained();
    engine.tell(heat(1, true));
    engine.until(|event| matches!(event, Event::Explaining { progress, .. } if progress.done == 3));
    engine.tell(occlusion(2, 0));
    let told = engine.settle();
    let mut found = told.iter().filter_map(|event| match event {
        Event::Found {
            explanation,
            finding: Ok(finding),
        } => Some((explanation.0, finding)),
        _ => None,
    });
    let (first, _) = found.next().expect("an answer");
    assert_eq!(first, 2);
    let Some((1, ExplanationResult::GradCam { maps, memorized })) = found.next() else {
        panic!("the heat maps come in the end: {told:?}");
    };
    assert_eq!(maps.len(), SanityCheck::ALL.len());
    let known = memorized.as_ref().expect("the control has learnt");
    assert!(known.correct * 10 >= known.n * 9, "{known:?}");
}

#[test]
fn a_heat_map_alone_waits_for_no_control() {
    let mut engine = trained();
    engine.tell(heat(1, false));
    let told = engine.settle();
    let found = told.iter().find_map(|event| match event {
        Event::Found {
            finding: Ok(ExplanationResult::GradCam { maps, memorized }),
            ..
        } => Some((maps.len(), memorized.is_some())),
        _ => None,
    });
    assert_eq!(found, Some((1, false)));
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

#[test]
fn a_film_of_the_data_is_answered_as_one_from_outside() {
    let mut engine = trained();
    let mut ask = |sample: usize| {
        engine.tell(Command::ClassifySample {
            question: QuestionId(1),
            sample,
        });
        match engine.until(|event| matches!(event, Event::Classified { .. })) {
            Event::Classified { name, answer, .. } => (name, answer),
            other => panic!("{other:?}"),
        }
    };
    let (name, answer) = ask(1);
    let answer = answer.unwrap();
    assert_eq!((name.as_str(), answer.same_as), ("", Some(1)));
    assert!(!answer.picture.pixels.is_empty());
    assert_eq!(ask(100_000).1, Err(Failure::NoData));
}
