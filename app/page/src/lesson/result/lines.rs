//! What came out of a step, told from the learner's own numbers.

use experiments::{ConditionKey, EvaluationSet, Experiment, Measure};
use imaging::report::StageKind;
use leptos::prelude::*;
use metrics::{
    auc::{Auc, AucSpread},
    per_class,
};

use crate::{
    I18n,
    experiment::sentences,
    lesson::{
        guide::{Guide, subject},
        texts,
    },
    say,
    test::figures,
    words,
    workbench::Workbench,
};
use ui_core::{
    lesson::{
        Arm, Break, Step,
        findings::{Comparison, brief},
        verdict,
    },
    robustness::Judged,
    state::{AppState, QuestionSource, Reply},
};

pub fn lines(i18n: I18n, workbench: Workbench, guide: Guide, step: Step) -> Vec<String> {
    workbench.state.with(|state| match step {
        Step::Start => start(i18n, guide, state),
        Step::Look => look(i18n, state),
        Step::Train => train(i18n, state),
        Step::Test => test(i18n, workbench, state),
        Step::Break(Break::Odd) => odd(i18n, workbench, state),
        Step::Where => heat(i18n, state),
        Step::Compare | Step::Break(_) => experiment(i18n, step, state),
        Step::TakeAway => Vec::new(),
    })
}

fn start(i18n: I18n, guide: Guide, state: &AppState) -> Vec<String> {
    let (arm, seed) = guide.progress.with(|own| (own.arm, own.seed));
    let Some(arm) = arm else {
        return Vec::new();
    };
    vec![
        say!(
            i18n,
            lesson.out.arm,
            arm = texts::arm(i18n, arm),
            seed = seed
        ),
        say!(
            i18n,
            lesson.out.device,
            device = words::device(i18n, &state.engine),
            why = words::device_reason(i18n, &state.engine)
        ),
    ]
}

fn look(i18n: I18n, state: &AppState) -> Vec<String> {
    let experiment = Experiment::Pixels;
    let levels = [
        (ConditionKey::Pixels1, EvaluationSet::Test),
        (ConditionKey::Pixels2, EvaluationSet::Test),
        (ConditionKey::Pixels4, EvaluationSet::Test),
        (ConditionKey::Network, EvaluationSet::Test),
        (ConditionKey::Pixels4, EvaluationSet::OtherPatients),
        (ConditionKey::Network, EvaluationSet::OtherPatients),
    ];
    let mut lines: Vec<String> = levels
        .into_iter()
        .filter_map(|(key, evaluation_set)| level(i18n, state, experiment, key, evaluation_set))
        .collect();
    let few = verdict::cell(experiment, ConditionKey::Pixels4, EvaluationSet::Test);
    let enough = few.and_then(|cell| verdict::level(state, experiment, &cell));
    lines.push(match enough {
        Some(spread) if spread.mean >= verdict::ENOUGH => say!(i18n, lesson.out.cue),
        _ => say!(i18n, lesson.out.no_cue),
    });
    lines
}

fn level(
    i18n: I18n,
    state: &AppState,
    experiment: Experiment,
    key: ConditionKey,
    evaluation_set: EvaluationSet,
) -> Option<String> {
    let cell = verdict::cell(experiment, key, evaluation_set)?;
    let spread = verdict::level(state, experiment, &cell)?;
    let films = verdict::fewest_films(state, experiment, &cell);
    Some(sentences::level(i18n, experiment, &cell, &spread, films))
}

fn train(i18n: I18n, state: &AppState) -> Vec<String> {
    let Some(run) = state.trained() else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    let trained = texts::arm(i18n, Arm::of(&run.settings));
    lines.push(say!(
        i18n,
        lesson.out.train_arm,
        arm = trained,
        seed = run.settings.seed
    ));
    if let Some(last) = run.epochs.last() {
        let score = words::proportion(last.validation);
        lines.push(say!(
            i18n,
            lesson.out.train,
            right = words::hits(i18n, &score),
            interval = words::interval(i18n, &score)
        ));
    }
    let mut frozen = run
        .epochs
        .iter()
        .filter(|epoch| epoch.stage == StageKind::Frozen);
    let tuned = run.unfrozen_at().is_some();
    if let Some(frozen) = frozen.next_back().filter(|_| tuned) {
        let score = words::proportion(frozen.validation);
        lines.push(say!(
            i18n,
            lesson.out.train_frozen,
            right = words::hits(i18n, &score)
        ));
    }
    lines.push(say!(i18n, lesson.out.train_few));
    lines
}

fn test(i18n: I18n, workbench: Workbench, state: &AppState) -> Vec<String> {
    let Some(opened) = state.opened() else {
        return Vec::new();
    };
    let scores = &opened.report.scores;
    let score = scores.accuracy;
    let mut lines = vec![say!(
        i18n,
        lesson.out.test,
        right = words::hits(i18n, &score),
        share = words::percent(i18n, score.share()),
        interval = words::interval(i18n, &score)
    )];
    for (class, counts) in per_class(&scores.confusion).iter().enumerate() {
        lines.push(say!(
            i18n,
            lesson.out.sensitivity,
            class = workbench.class_name(class),
            measured = figures::measured(i18n, counts.sensitivity())
        ));
    }
    if let Some(Ok(Auc { value, spread })) = Judged::of(&opened.report).area() {
        let fixed = |value: f64| words::fixed(i18n, value, 3);
        lines.push(match spread {
            AucSpread::DeLong { interval, .. } | AucSpread::Separated { interval, .. } => say!(
                i18n,
                lesson.out.auc,
                value = fixed(*value),
                low = fixed(interval.low),
                high = fixed(interval.high)
            ),
            AucSpread::NoVariance | AucSpread::TooFew => {
                say!(i18n, lesson.out.auc_only, value = fixed(*value))
            }
        });
    }
    if let Some(n) = scores.patients {
        let patients = words::patients(i18n, n);
        lines.push(say!(i18n, lesson.out.test_patients, patients = patients));
    }
    lines.push(say!(i18n, lesson.out.looks, n = state.times_opened));
    lines
}

fn odd(i18n: I18n, workbench: Workbench, state: &AppState) -> Vec<String> {
    let odd = state.questions.iter().rev();
    let mut lines: Vec<String> = odd
        .filter_map(|question| match (&question.source, &question.reply) {
            (QuestionSource::Odd(_), Reply::Answered(answer)) => {
                let said = metrics::answer(&answer.probabilities);
                let share = answer.probabilities.get(said).copied()?;
                Some(say!(
                    i18n,
                    lesson.out.odd,
                    film = words::odd_film(i18n, &question.name),
                    class = workbench.class_name(said),
                    share = words::surety(i18n, share)
                ))
            }
            _ => None,
        })
        .collect();
    lines.push(say!(i18n, lesson.out.odd_note));
    lines
}

fn heat(i18n: I18n, state: &AppState) -> Vec<String> {
    let alike = verdict::resemblances(state).unwrap_or_default();
    let names = match alike.len() {
        // A network from scratch has no last part to exchange.
        2 => vec![
            say!(i18n, lesson.witness.random_network),
            say!(i18n, lesson.witness.shuffled),
        ],
        _ => vec![
            say!(i18n, lesson.witness.random_head),
            say!(i18n, lesson.witness.random_network),
            say!(i18n, lesson.witness.shuffled),
        ],
    };
    let told = names
        .into_iter()
        .zip(alike)
        .map(|(network, alike)| match alike {
            Some(value) => {
                let value = words::fixed(i18n, value, 2);
                say!(i18n, lesson.out.alike, network = network, value = value)
            }
            None => say!(i18n, lesson.out.alike_none, network = network),
        });
    told.chain([say!(i18n, lesson.out.alike_note)]).collect()
}

fn experiment(i18n: I18n, step: Step, state: &AppState) -> Vec<String> {
    let Some(experiment) = subject(step) else {
        return Vec::new();
    };
    let all = brief(experiment, state.experiments.outcomes(experiment));
    let told = |comparison: &Comparison| sentences::comparison(i18n, experiment, comparison);
    let mut lines: Vec<String> = match step {
        Step::Break(Break::Hospital) => asked_and_worst(&all).map(told).collect(),
        _ => all.iter().map(told).collect(),
    };
    let own = match step {
        Step::Break(Break::Marker) => level(
            i18n,
            state,
            experiment,
            ConditionKey::Marked100,
            EvaluationSet::Swapped,
        ),
        Step::Break(Break::Leak) => level(
            i18n,
            state,
            experiment,
            ConditionKey::ByPatient,
            EvaluationSet::OtherPatients,
        ),
        _ => None,
    };
    lines.splice(0..0, own);
    lines.push(match step {
        Step::Break(Break::Marker) => say!(i18n, lesson.out.marker),
        Step::Break(Break::Hospital) => say!(i18n, lesson.out.hospital),
        Step::Break(Break::Leak) => say!(i18n, lesson.out.leak),
        Step::Break(Break::Mirrored) => say!(i18n, lesson.out.mirrored),
        _ => say!(i18n, lesson.out.arms),
    });
    lines
}

/// All that is said of the change that was asked about, then of the one that costs most; the others are beside the plots.
fn asked_and_worst(all: &[Comparison]) -> impl Iterator<Item = &Comparison> {
    let fell = all.iter().filter(|own| {
        own.to.measure == Measure::Accuracy && own.from.condition == own.to.condition
    });
    let worst = fell.min_by(|a, b| a.spread.mean.total_cmp(&b.spread.mean));
    let worst = worst.map(|own| own.to.evaluation_set);
    let asked = Some(verdict::ASKED_CHANGE);
    let of = |set: Option<EvaluationSet>| {
        all.iter()
            .filter(move |own| Some(own.to.evaluation_set) == set)
    };
    of(asked).chain(of(worst.filter(|_| worst != asked)))
}
