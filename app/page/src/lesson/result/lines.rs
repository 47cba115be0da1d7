//! What came out of a step, told from the learner's own numbers.

use experiments::{ConditionKey, EvaluationSet, Experiment, Measure};
use imaging::{
    report::StageKind,
    split::{SharedPatient, Subset, shared_patients},
};
use leptos::prelude::*;
use metrics::{
    auc::{Auc, AucSpread},
    per_class,
};

use super::finding;
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
        Arm, Break, Finding, Step,
        findings::{Comparison, brief},
        verdict,
    },
    robustness::Judged,
    state::{AppState, QuestionSource, Reply},
};

/// What came out, the most important first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// One sentence; empty before there is anything.
    pub finding: String,
    /// What it means, two lines at most.
    pub beside: Vec<String>,
    /// All other numbers, for those who ask.
    pub more: Vec<String>,
}

impl Lines {
    pub fn is_empty(&self) -> bool {
        self.finding.is_empty()
    }

    /// Where the finding can't be told, as for an AUC of three classes, the first line takes its place.
    fn led(mut self) -> Self {
        if self.finding.is_empty() {
            let mut parts = [&mut self.beside, &mut self.more].into_iter();
            if let Some(part) = parts.find(|part| !part.is_empty()) {
                self.finding = part.remove(0);
            }
        }
        self
    }

    /// All that is seen at once, for a screen reader.
    pub fn said(&self) -> String {
        let finding = std::iter::once(self.finding.as_str());
        let said: Vec<&str> = finding
            .chain(self.beside.iter().map(String::as_str))
            .collect();
        said.join(" ")
    }
}

pub fn lines(i18n: I18n, workbench: Workbench, guide: Guide, step: Step) -> Lines {
    let lines = workbench.state.with(|state| match step {
        Step::Start => start(i18n, guide, state),
        Step::Look => look(i18n, guide, state),
        Step::Train => train(i18n, state),
        Step::Compare => compare(i18n, state),
        Step::Test => test(i18n, workbench, state),
        Step::Break(Break::Odd) => odd(i18n, workbench, state),
        Step::Break(_) => broken(i18n, step, state),
        Step::Where => heat(i18n, state),
        Step::TakeAway | Step::LookBack => Lines::default(),
    });
    lines.led()
}

fn start(i18n: I18n, guide: Guide, state: &AppState) -> Lines {
    let (arm, seed) = guide.progress.with(|own| (own.arm, own.seed));
    let Some(arm) = arm else {
        return Lines::default();
    };
    Lines {
        finding: say!(
            i18n,
            lesson.out.arm,
            arm = texts::arm(i18n, arm),
            seed = seed
        ),
        beside: vec![say!(
            i18n,
            lesson.out.device,
            device = words::device(i18n, &state.engine),
            why = words::device_reason(i18n, &state.engine)
        )],
        more: Vec::new(),
    }
}

/// The pixels alone: what the network scores is asked in later steps, and so is what unseen patients cost.
fn look(i18n: I18n, guide: Guide, state: &AppState) -> Lines {
    let later = guide.withholds_of(Experiment::Pixels);
    let levels = [
        (ConditionKey::Pixels1, EvaluationSet::Test),
        (ConditionKey::Pixels2, EvaluationSet::Test),
        (ConditionKey::Pixels4, EvaluationSet::Test),
        (ConditionKey::Pixels4, EvaluationSet::OtherPatients),
    ];
    let told = |(key, set)| {
        let shown = set == EvaluationSet::Test || !later;
        shown
            .then(|| level(i18n, state, Experiment::Pixels, key, set))
            .flatten()
    };
    let enough = matches!(
        Finding::of(Step::Look, state),
        Some(Finding::EnoughPixels { .. })
    );
    Lines {
        finding: finding::sentence(i18n, Step::Look, state),
        beside: enough
            .then(|| say!(i18n, lesson.out.cue))
            .into_iter()
            .collect(),
        more: levels.into_iter().filter_map(told).collect(),
    }
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

fn train(i18n: I18n, state: &AppState) -> Lines {
    let Some(run) = state.trained().filter(|run| !run.is_from_file()) else {
        return Lines::default();
    };
    let trained = say!(
        i18n,
        lesson.out.train_arm,
        arm = texts::arm(i18n, Arm::of(&run.settings)),
        seed = run.settings.seed
    );
    let few = say!(i18n, lesson.out.train_few);
    // Stopped within the first epoch.
    let Some(last) = run.epochs.last() else {
        return Lines {
            finding: trained,
            beside: vec![few],
            more: Vec::new(),
        };
    };
    let score = words::proportion(last.validation);
    let mut frozen = run
        .epochs
        .iter()
        .filter(|epoch| epoch.stage == StageKind::Frozen);
    let tuned = run.unfrozen_at().is_some();
    let frozen = frozen.next_back().filter(|_| tuned).map(|frozen| {
        let score = words::proportion(frozen.validation);
        say!(
            i18n,
            lesson.out.train_frozen,
            right = words::hits(i18n, &score)
        )
    });
    Lines {
        finding: say!(
            i18n,
            lesson.out.train,
            right = words::hits(i18n, &score),
            interval = words::interval(i18n, &score)
        ),
        beside: vec![few],
        more: std::iter::once(trained).chain(frozen).collect(),
    }
}

fn test(i18n: I18n, workbench: Workbench, state: &AppState) -> Lines {
    let Some(opened) = state.opened() else {
        return Lines::default();
    };
    let scores = &opened.report.scores;
    let score = scores.accuracy;
    let mut more = Vec::new();
    for (class, counts) in per_class(&scores.confusion).iter().enumerate() {
        more.push(say!(
            i18n,
            lesson.out.sensitivity,
            class = workbench.class_name(class),
            measured = figures::measured(i18n, counts.sensitivity())
        ));
    }
    if let Some(Ok(Auc { value, spread })) = Judged::of(&opened.report).area() {
        let fixed = |value: f64| words::fixed(i18n, value, 3);
        more.push(match spread {
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
    more.push(say!(i18n, lesson.out.looks, n = state.times_opened));
    let patients = scores.patients.map(|n| {
        let patients = words::patients(i18n, n);
        match also_in_training(workbench) {
            0 => say!(i18n, lesson.out.test_patients_new, patients = patients),
            shared => say!(
                i18n,
                lesson.out.test_patients_shared,
                patients = patients,
                shared = shared
            ),
        }
    });
    Lines {
        finding: say!(
            i18n,
            lesson.out.test,
            right = words::hits(i18n, &score),
            share = words::percent(i18n, score.share()),
            interval = words::interval(i18n, &score)
        ),
        beside: patients.into_iter().collect(),
        more,
    }
}

/// Patients of the test set with images in the training set.
fn also_in_training(workbench: Workbench) -> usize {
    let parts = workbench.parts.get().and_then(Result::ok);
    let parts: Vec<_> = parts
        .unwrap_or_default()
        .iter()
        .copied()
        .map(Some)
        .collect();
    let films = workbench.films.get();
    let shared = films.map_or_else(Vec::new, |films| shared_patients(&films.data, &parts));
    let both = |of: &SharedPatient| {
        [Subset::Train, Subset::Test]
            .iter()
            .all(|part| of.films[*part as usize] > 0)
    };
    shared.iter().filter(|of| both(of)).count()
}

/// The film that the question is about first.
fn odd(i18n: I18n, workbench: Workbench, state: &AppState) -> Lines {
    let asked = verdict::odd_question(state).map(|question| question.id);
    let (mut finding, mut more) = (String::new(), Vec::new());
    for question in state.questions.iter().rev() {
        let (QuestionSource::Odd(_), Reply::Answered(answer)) = (&question.source, &question.reply)
        else {
            continue;
        };
        let said = metrics::answer(&answer.probabilities);
        let Some(share) = answer.probabilities.get(said).copied() else {
            continue;
        };
        let line = say!(
            i18n,
            lesson.out.odd,
            film = words::odd_film(i18n, &question.name),
            class = workbench.class_name(said),
            share = words::surety(i18n, share)
        );
        match Some(question.id) == asked {
            true => finding = line,
            false => more.push(line),
        }
    }
    Lines {
        finding,
        beside: vec![say!(i18n, lesson.out.odd_note)],
        more,
    }
}

fn heat(i18n: I18n, state: &AppState) -> Lines {
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
    Lines {
        finding: finding::sentence(i18n, Step::Where, state),
        beside: vec![say!(i18n, lesson.out.alike_note)],
        more: told.chain([say!(i18n, lesson.out.alike_scale)]).collect(),
    }
}

/// The arms where the question asks for them, then elsewhere.
fn compare(i18n: I18n, state: &AppState) -> Lines {
    let experiment = Experiment::Arms;
    let all = brief(experiment, state.experiments.outcomes(experiment));
    let away = verdict::away(state);
    let (asked, others): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|own| own.to.evaluation_set == away);
    let told = |own: &Comparison| sentences::comparison(i18n, experiment, own);
    let note = say!(i18n, lesson.out.arms);
    Lines {
        finding: finding::sentence(i18n, Step::Compare, state),
        beside: asked.iter().map(told).collect(),
        more: others.iter().map(told).chain([note]).collect(),
    }
}

/// The steps that break what was trained, but for the odd films.
fn broken(i18n: I18n, step: Step, state: &AppState) -> Lines {
    let Some(experiment) = subject(step) else {
        return Lines::default();
    };
    let all = brief(experiment, state.experiments.outcomes(experiment));
    let told = |comparison: &Comparison| sentences::comparison(i18n, experiment, comparison);
    let level = |key, set| level(i18n, state, experiment, key, set);
    let compared: Vec<String> = match step {
        Step::Break(Break::Hospital) => asked_and_worst(&all).map(told).collect(),
        _ => all.iter().map(told).collect(),
    };
    let (means, level) = match step {
        Step::Break(Break::Marker) => (
            say!(i18n, lesson.out.marker),
            level(ConditionKey::Marked100, EvaluationSet::Swapped),
        ),
        Step::Break(Break::Leak) => (
            say!(i18n, lesson.out.leak),
            level(ConditionKey::ByPatient, EvaluationSet::OtherPatients),
        ),
        Step::Break(Break::Mirrored) => (say!(i18n, lesson.out.mirrored), None),
        _ => (say!(i18n, lesson.out.hospital), None),
    };
    Lines {
        finding: finding::sentence(i18n, step, state),
        beside: vec![means],
        more: level.into_iter().chain(compared).collect(),
    }
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
