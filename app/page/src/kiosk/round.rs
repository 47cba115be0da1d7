//! The contest while it goes on: one film after the other, each answer marked where it was touched.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use super::{KioskContext, browser, button, head, i18n};
use crate::{
    film::{self, FilmCanvas},
    say, tr,
};
use ui_core::kiosk::face_off::{FaceOff, Turn};

/// How long an answer stays marked; one that is wrong takes longer to take in.
const RIGHT_MS: u32 = 1_400;
const WRONG_MS: u32 = 2_400;
/// From the start until the first film comes, as the eye is still where the finger was.
const COUNT_IN_MS: u32 = 1_500;
/// With less motion the next film is in no hurry.
const CALM: u32 = 2;

#[component]
pub fn Round() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    let workbench = kiosk.workbench;
    let turn = Memo::new(move |_| {
        let turn = |contest: &Option<FaceOff>| contest.as_ref().map_or(Turn::Over, FaceOff::turn);
        kiosk.contest.with(turn)
    });
    let total = move || {
        let contest = kiosk.contest;
        contest.with(|contest| contest.as_ref().map_or(0, FaceOff::len))
    };
    let seen = RwSignal::new(false);
    let comes = RwSignal::new(true);
    let timer = StoredValue::new_local(None::<Timeout>);
    let wait = move |ms: u32, then: Box<dyn FnOnce()>| {
        timer.set_value(Some(Timeout::new(ms, then)));
    };
    let show = move || {
        seen.set(true);
        let ms = untrack(|| kiosk.set().glance_ms);
        wait(ms, Box::new(move || seen.set(false)));
    };
    on_cleanup(move || timer.dispose());
    Effect::new(move |_| match turn.get() {
        Turn::Asked(..) if comes.get() => wait(COUNT_IN_MS, Box::new(move || comes.set(false))),
        Turn::Asked(..) => show(),
        Turn::Judged(_, card) => {
            seen.set(true);
            let pause = if card.visitor_is_right() {
                RIGHT_MS
            } else {
                WRONG_MS
            };
            let pause = if browser::calm() { pause * CALM } else { pause };
            wait(pause, Box::new(move || update(kiosk, FaceOff::go_on)));
        }
        Turn::Over => {}
    });
    let picture = Memo::new(move |_| {
        let (_, card) = turn.get().card().filter(|_| seen.get())?;
        workbench.films.with(|films| {
            let thumbnails = &films.as_ref()?.thumbnails;
            thumbnails.get(card.sample).cloned().flatten()
        })
    });
    let heading = Signal::derive(move || {
        let number = turn.get().card().map_or(0, |(number, _)| number + 1);
        say!(i18n, kiosk.contest.film, n = number, total = total())
    });
    let words = Signal::derive(move || match (comes.get(), turn.get().card()) {
        (true, Some((number, _))) => {
            say!(i18n, kiosk.contest.comes, n = number + 1, total = total())
        }
        _ => say!(i18n, kiosk.contest.hidden),
    });
    let sample = move || {
        let card = turn.get().card();
        card.map(|(_, card)| card.sample.to_string())
    };
    // Said aloud; the eye has it where the finger was.
    let verdict = Signal::derive(move || match turn.get() {
        Turn::Judged(_, card) => {
            let verdict = match card.visitor_is_right() {
                true => say!(i18n, kiosk.contest.right),
                false => say!(i18n, kiosk.contest.wrong),
            };
            let truth = workbench.class_name(card.truth);
            let truth = say!(i18n, kiosk.contest.was, truth = truth);
            format!("{verdict}. {truth}")
        }
        Turn::Asked(..) | Turn::Over => String::new(),
    });
    let classes = workbench.films.with_untracked(|films| {
        let films = films.as_ref();
        films.map_or(0, |films| films.data.classes.len())
    });
    let judged = move || matches!(turn.get(), Turn::Judged(..));
    view! {
        <section class="kiosk-screen kiosk-round" data-testid="kiosk-round" data-sample=sample>
            {head(tr!(i18n, kiosk.contest.question), heading)}
            // Made anew with each film: nothing of the last one stays on the canvas.
            <div class="kiosk-glance">
                {move || match picture.get() {
                    Some(picture) => view! { <FilmCanvas picture=Signal::stored(Some(picture)) /> }.into_any(),
                    None => view! { <p class="kiosk-hidden">{words}</p> }.into_any(),
                }}
            </div>
            <div class="kiosk-choices" inert=move || comes.get()>
                {(0..classes).map(|class| choice(kiosk, turn, class)).collect_view()}
            </div>
            <p class="unseen" role="status" data-testid="kiosk-verdict">{verdict}</p>
            <div class="kiosk-next" inert=move || judged() || comes.get()>
                {button("kiosk-again", "kiosk-button", tr!(i18n, kiosk.contest.again), show)}
            </div>
        </section>
    }
}

fn update(kiosk: KioskContext, change: impl FnOnce(&mut FaceOff)) {
    kiosk.contest.update(|contest| {
        if let Some(contest) = contest {
            change(contest);
        }
    });
}

/// How a choice is marked once the visitor has answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    None,
    /// It was touched, and it is the class.
    Right,
    /// It was touched, and it is not.
    Wrong,
    /// Another one was touched.
    Missed,
}

impl Mark {
    fn of(turn: Turn, class: usize) -> Self {
        match turn {
            Turn::Judged(_, card) => match (card.visitor == Some(class), card.truth == class) {
                (true, true) => Self::Right,
                (true, false) => Self::Wrong,
                (false, true) => Self::Missed,
                (false, false) => Self::None,
            },
            Turn::Asked(..) | Turn::Over => Self::None,
        }
    }

    fn id(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Right => Some("right"),
            Self::Wrong => Some("wrong"),
            Self::Missed => Some("missed"),
        }
    }
}

/// The button that says this class. It keeps the focus while it is marked.
fn choice(kiosk: KioskContext, turn: Memo<Turn>, class: usize) -> AnyView {
    let i18n = i18n();
    let mark = Memo::new(move |_| Mark::of(turn.get(), class));
    let words = move || match mark.get() {
        Mark::None => String::new(),
        Mark::Right => format!("\u{2713} {}", say!(i18n, kiosk.contest.right)),
        Mark::Wrong => format!("\u{2717} {}", say!(i18n, kiosk.contest.wrong)),
        Mark::Missed => say!(i18n, kiosk.contest.this_one),
    };
    view! {
        <button
            type="button"
            class=format!("kiosk-huge kiosk-choice {}", film::colour(class))
            data-testid=format!("kiosk-say-{class}")
            data-mark=move || mark.get().id()
            on:click=move |_| update(kiosk, |contest| contest.say(class))
        >
            <span class="film-ribbon" aria-hidden="true"></span>
            <span>{move || kiosk.workbench.class_name(class)}</span>
            <span class="kiosk-mark-words" aria-hidden="true">{words}</span>
        </button>
    }
    .into_any()
}
