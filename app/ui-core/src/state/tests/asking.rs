//! What is asked of a trained network: the test, films, explanations.

use super::*;

fn erased(cells: usize) -> Explanation {
    Explanation::Erased {
        subject: Subject::Sample(0),
        mask: Mask {
            cells,
            painted: Vec::new(),
        },
    }
}

fn erased_finding() -> ExplanationResult {
    ExplanationResult::Erased {
        probabilities: vec![1.0],
    }
}

#[test]
fn every_look_is_counted_also_across_engines() {
    let (mut state, run) = trained();
    assert_eq!(state.open_door(), Some(run));
    assert_eq!(state.door, TestSet::Opening);
    state.apply(tested(run, 1));
    assert!(matches!(state.door, TestSet::Open(_)));
    state.engine_lost("gone", true);
    let again = state.begin_run();
    assert_eq!(state.door, TestSet::Locked);
    state.apply(step(again, 1, StageKind::Frozen));
    state.apply(finished(again));
    state.apply(tested(again, 1));
    assert_eq!(state.times_opened, 2);
}

#[test]
fn a_look_that_fails_closes_the_door_again() {
    let (mut state, run) = trained();
    state.open_door();
    state.apply(Event::RunFailed {
        run,
        failure: Failure::NotTrained,
    });
    assert_eq!(state.door, TestSet::Locked);
    assert!(matches!(phase(&state), RunPhase::Failed(_)));
}

#[test]
fn answers_come_in_any_order() {
    let (mut state, _) = trained();
    let first = state.ask("a.png".to_owned(), QuestionSource::File);
    let second = state.ask("knees".to_owned(), QuestionSource::Odd(0));
    let answer = Answer {
        probabilities: vec![0.1, 0.9],
        ood_score: OodScore {
            neighbours: Vec::new(),
            distance: 0.3,
            rank: 0.5,
        },
        same_as: None,
        picture: picture(7),
    };
    state.apply(Event::Classified {
        question: second,
        name: "odd".to_owned(),
        answer: Ok(answer.clone()),
    });
    state.apply(Event::Classified {
        question: first,
        name: "a.png".to_owned(),
        answer: Err(Failure::NotTrained),
    });
    state.apply(Event::Classified {
        question: QuestionId(99),
        name: "never asked".to_owned(),
        answer: Err(Failure::NoData),
    });
    assert_eq!(state.questions.len(), 2);
    assert_eq!(state.questions[0].reply, Reply::Answered(answer));
    assert_eq!(state.questions[0].name, "knees");
    assert_eq!(state.questions[1].reply, Reply::Failed(Failure::NotTrained));
}

#[test]
fn an_explanation_is_asked_for_once_and_its_answer_kept() {
    let (mut state, run) = trained();
    let (of, explanation) = state
        .explain(Explanation::EmbeddingMap)
        .expect("a trained run");
    assert_eq!(of, run);
    assert_eq!(state.explain(Explanation::EmbeddingMap), None);
    state.apply(Event::Explaining {
        explanation,
        progress: Progress {
            done: 1,
            total: 2,
            seconds_left: None,
        },
    });
    let stage = state.explanations.stage(&Explanation::EmbeddingMap);
    assert!(matches!(stage, Some(ExplanationStage::Asked(Some(_)))));
    state.apply(Event::Found {
        explanation,
        finding: Ok(erased_finding()),
    });
    assert_eq!(state.explain(Explanation::EmbeddingMap), None);
    state.begin_run();
    assert_eq!(state.explanations.stage(&Explanation::EmbeddingMap), None);
}

#[test]
fn a_new_explanation_takes_the_place_of_one_of_its_kind() {
    let (mut state, _) = trained();
    let (_, first) = state.explain(erased(1)).expect("asked");
    let (_, second) = state.explain(erased(2)).expect("asked");
    let found = |explanation| Event::Found {
        explanation,
        finding: Ok(erased_finding()),
    };
    state.apply(found(first));
    assert_eq!(state.explanations.stage(&erased(1)), None);
    state.apply(found(second));
    let kept = Some(&ExplanationStage::Found(erased_finding()));
    assert_eq!(state.explanations.stage(&erased(2)), kept);
    state.explain(erased(3));
    assert_eq!(state.explanations.stage(&erased(2)), kept);
}

#[test]
fn an_explanation_that_failed_can_be_asked_for_again() {
    let (mut state, _) = trained();
    state.explain(Explanation::EmbeddingMap);
    state.explanations.fail_pending(&Failure::NotTrained);
    assert!(state.explain(Explanation::EmbeddingMap).is_some());
}
