//! Third stop: ten films of the locked test part, each shown for a moment; then both scores.

use std::cmp::Ordering;

use imaging::split::Subset;
use leptos::prelude::*;
use metrics::{Proportion, patients::FEWEST_PATIENTS};

use super::{KioskContext, button, enlarge::EnlargedSample, head, i18n, round::Round};
use crate::{film::FilmCanvas, i18n::I18n, say, test::figures, tr, words, workbench::Workbench};
use ui_core::kiosk::{
    face_off::{FaceOff, FaceOffCard, Turn},
    machine::Stop,
    parts::{Acquaintance, people_in},
};

#[component]
pub fn Contest() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    let workbench = kiosk.workbench;
    // The door is opened for the contest: the films behind it were never trained on.
    let opened = figures::opened(workbench);
    workbench.open_test();
    let begin = move || {
        if let Some(opened) = opened.get_untracked() {
            let seed = workbench.state.with_untracked(|state| state.settings.seed);
            kiosk
                .contest
                .set(Some(FaceOff::draw(&opened.report.films, seed)));
        }
    };
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum ContestState {
        Waiting,
        Ready,
        Asking,
        Over,
    }
    let moment = Memo::new(move |_| {
        kiosk.contest.with(|contest| match contest {
            Some(contest) if contest.turn() == Turn::Over => ContestState::Over,
            Some(_) => ContestState::Asking,
            None if opened.with(Option::is_some) => ContestState::Ready,
            None => ContestState::Waiting,
        })
    });
    figures::keyed(move || match moment.get() {
        ContestState::Waiting | ContestState::Ready => {
            let ready = moment.get() == ContestState::Ready;
            let n = opened.with(|opened| {
                opened
                    .as_ref()
                    .map_or(0, |opened| opened.report.films.len())
            });
            let n = n.min(ui_core::kiosk::face_off::FILMS);
            let lead = Signal::derive(move || match ready {
                true => say!(i18n, kiosk.contest.lead, n = n),
                false => say!(i18n, kiosk.contest.waits),
            });
            view! {
                <section class="kiosk-screen">
                    {head(tr!(i18n, kiosk.contest.heading), lead)}
                    <div class="kiosk-before">
                        <ul class="kiosk-rules">
                            <li>{move || unseen(i18n, kiosk)}</li>
                            <li>{tr!(i18n, kiosk.contest.glance, seconds = glance(i18n, kiosk))}</li>
                            <li>{tr!(i18n, kiosk.contest.answer)}</li>
                        </ul>
                        <Example />
                    </div>
                    <div class="kiosk-next">
                        {button("kiosk-skip", "kiosk-button kiosk-aside", tr!(i18n, kiosk.contest.skip), move || kiosk.go(Stop::Film))}
                        {ready.then(|| button("kiosk-start", "primary kiosk-huge", tr!(i18n, kiosk.contest.start), begin))}
                    </div>
                </section>
            }
            .into_any()
        }
        ContestState::Asking => view! { <Round /> }.into_any(),
        ContestState::Over => view! { <Scores /> }.into_any(),
    })
}

/// How small the images are, by one that is trained on.
#[component]
fn Example() -> impl IntoView {
    let i18n = i18n();
    let workbench = expect_context::<KioskContext>().workbench;
    let picture = Memo::new(move |_| {
        let all = workbench.films.get()?;
        let mut samples = (0..all.len()).rev();
        let sample = samples.find(|&sample| workbench.part_of(sample) == Some(Subset::Train))?;
        all.thumbnails.get(sample).cloned().flatten()
    });
    view! {
        <figure class="kiosk-example">
            <div class="kiosk-glance">
                <FilmCanvas picture />
            </div>
            <figcaption class="kiosk-note">{tr!(i18n, kiosk.contest.example)}</figcaption>
        </figure>
    }
}

/// Whether the films that were locked away are of so few people that an interval over films would promise too much.
pub fn of_few_people(workbench: Workbench) -> bool {
    few_people(workbench, Subset::Test).is_some()
}

/// How many people the films of a part are of, where that is so few.
pub fn few_people(workbench: Workbench, part: Subset) -> Option<usize> {
    let Acquaintance::Strangers { .. } = acquaintance(workbench) else {
        return None;
    };
    let people = workbench.parts.with(|parts| {
        let parts = parts.as_ref()?.as_ref().ok()?;
        people_in(&workbench.films.get()?.data, parts, part)
    });
    people.filter(|&people| people < FEWEST_PATIENTS)
}

fn acquaintance(workbench: Workbench) -> Acquaintance {
    let met = workbench.parts.with(|parts| {
        let parts = parts.as_ref()?.as_ref().ok()?;
        let films = workbench.films.get()?;
        Some(Acquaintance::of(&films.data, parts))
    });
    met.unwrap_or(Acquaintance::Untold)
}

/// Whose films these are, seen from the network.
fn unseen(i18n: I18n, kiosk: KioskContext) -> String {
    match acquaintance(kiosk.workbench) {
        Acquaintance::Strangers {
            learned_from,
            tested,
        } => {
            let who = say!(
                i18n,
                kiosk.contest.strangers,
                learned = learned_from,
                tested = tested
            );
            match tested < FEWEST_PATIENTS {
                true => format!("{who} {}", say!(i18n, kiosk.contest.few_people)),
                false => who,
            }
        }
        Acquaintance::Known => say!(i18n, kiosk.contest.known),
        Acquaintance::Untold => say!(i18n, kiosk.contest.untold),
    }
}

/// For how long a film is shown.
fn glance(i18n: I18n, kiosk: KioskContext) -> String {
    let seconds = f64::from(kiosk.set().glance_ms) / 1000.0;
    say!(i18n, kiosk.contest.seconds, n = seconds)
}

/// "54 of 56 correct (95% CI 88% to 99.6%)", without the interval where it is of few people.
fn score(i18n: I18n, workbench: Workbench, score: &Proportion) -> String {
    if of_few_people(workbench) {
        let right = words::hits(i18n, score);
        return say!(i18n, kiosk.contest.score_alone, right = right);
    }
    let (right, interval) = (words::hits(i18n, score), words::interval(i18n, score));
    say!(
        i18n,
        kiosk.contest.score,
        right = right,
        interval = interval
    )
}

#[component]
fn Scores() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    let workbench = kiosk.workbench;
    let contest = kiosk.contest.get_untracked();
    let Some(contest) = contest else {
        return ().into_any();
    };
    let (own, network) = (contest.visitor(), contest.network());
    let points = |score: Proportion| {
        Signal::derive(move || {
            let right = words::hits(i18n, &score);
            say!(i18n, kiosk.contest.score_alone, right = right)
        })
    };
    let (told_own, told_network) = (points(own), points(network));
    let over = Signal::derive(move || {
        let (visitor, network) = (own.hits, network.hits);
        match visitor.cmp(&network) {
            Ordering::Less => say!(
                i18n,
                kiosk.contest.over_lost,
                visitor = visitor,
                network = network
            ),
            Ordering::Equal => say!(i18n, kiosk.contest.over_tie, n = visitor),
            Ordering::Greater => say!(
                i18n,
                kiosk.contest.over_won,
                visitor = visitor,
                network = network
            ),
        }
    });
    let few = Signal::derive(move || {
        let n = own.n;
        match of_few_people(workbench) {
            true => say!(i18n, kiosk.contest.few_of_few, n = n),
            false => {
                let interval = words::interval(i18n, &network);
                say!(i18n, kiosk.contest.few, n = n, interval = interval)
            }
        }
    });
    let all = figures::opened(workbench).get_untracked();
    let confusion = all
        .as_ref()
        .map(|opened| opened.report.scores.confusion.clone());
    let never_found = Signal::derive(move || {
        let confusion = confusion.as_deref();
        let missed = confusion.and_then(|all| figures::never_found(i18n, workbench, all));
        missed.unwrap_or_default()
    });
    let all = all.map(|opened| opened.report.scores.accuracy);
    let over_all = Signal::derive(move || {
        let all = all.map(|all| score(i18n, workbench, &all));
        all.map_or_else(String::new, |all| {
            say!(i18n, kiosk.contest.all, score = all)
        })
    });
    let missed: Vec<FaceOffCard> = contest.missed().copied().collect();
    let count = missed.len();
    let lead = Signal::derive(move || match count {
        0 => say!(i18n, kiosk.contest.none_missed),
        n => say!(i18n, kiosk.contest.some_missed, n = n),
    });
    let words = move |card: FaceOffCard| {
        let name = move |class: Option<usize>| {
            let class = class.map(|class| workbench.class_name(class));
            class.unwrap_or_default()
        };
        say!(
            i18n,
            kiosk.contest.missed,
            truth = name(Some(card.truth)),
            visitor = name(card.visitor),
            network = name(Some(card.network))
        )
    };
    let enlarged = StoredValue::new(missed.clone());
    let of_enlarged = Signal::derive(move || {
        let viewed = workbench.viewed.get();
        let card = enlarged.with_value(|missed| {
            let mut missed = missed.iter();
            missed.find(|card| Some(card.sample) == viewed).copied()
        });
        card.map(words).unwrap_or_default()
    });
    let film = move |card: FaceOffCard| {
        view! {
            <li>
                <button
                    type="button"
                    data-testid="kiosk-missed"
                    data-sample=card.sample.to_string()
                    on:click=move |_| kiosk.look_closely(card.sample)
                >
                    <FilmCanvas picture=workbench.thumbnail(card.sample) />
                    <span>{move || words(card)}</span>
                </button>
            </li>
        }
    };
    view! {
        <section class="kiosk-screen">
            {head(over, lead)}
            <dl class="kiosk-scores">
                <div>
                    <dt>{tr!(i18n, kiosk.contest.you)}</dt>
                    <dd data-testid="kiosk-score-visitor">{told_own}</dd>
                </div>
                <div>
                    <dt>{tr!(i18n, kiosk.contest.network)}</dt>
                    <dd data-testid="kiosk-score-network">{told_network}</dd>
                </div>
            </dl>
            <p class="kiosk-note">{few} " " {over_all} " " {never_found}</p>
            <ul class="kiosk-missed">{missed.into_iter().map(film).collect_view()}</ul>
            <div class="kiosk-next">
                {button("kiosk-next", "primary kiosk-huge", tr!(i18n, kiosk.contest.next), move || kiosk.go(Stop::Film))}
            </div>
            <EnlargedSample what=of_enlarged />
        </section>
    }
    .into_any()
}
