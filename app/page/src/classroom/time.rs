//! The clock, and how it stands against the plan.

use gloo_timers::callback::Interval;
use leptos::prelude::*;

use super::Hall;
use crate::{
    clock,
    i18n::{I18n, use_i18n},
    say, tr,
};
use ui_core::lesson::{Clock, Step};

const MINUTE_MS: f64 = 60_000.0;

pub fn tick(hall: Hall) {
    let ticking = Interval::new(1000, move || {
        let _ = hall.now.try_set(clock::date_ms());
    });
    let ticking = StoredValue::new_local(Some(ticking));
    on_cleanup(move || drop(ticking.try_update_value(Option::take)));
}

/// "07:30".
pub fn face(hall: Hall) -> String {
    let seconds = (hall.clock.get().elapsed(hall.now.get()) / 1000.0) as u64;
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

pub fn planned(i18n: I18n, step: Step) -> String {
    let (from, to) = step.minutes();
    say!(i18n, room.time.planned, from = from, to = to)
}

/// Whether the room is where the plan has it.
pub fn standing(i18n: I18n, hall: Hall) -> String {
    let elapsed = hall.clock.get().elapsed(hall.now.get());
    let (from, to) = hall.step.get().minutes();
    let (from, to) = (f64::from(from) * MINUTE_MS, f64::from(to) * MINUTE_MS);
    let minutes = |behind: f64| (behind / MINUTE_MS).ceil() as u32;
    match elapsed {
        0.0 => say!(i18n, room.time.not_started),
        late if late > to => say!(i18n, room.time.behind, n = minutes(late - to)),
        early if early < from => say!(i18n, room.time.ahead, n = minutes(from - early)),
        _ => say!(i18n, room.time.on_time),
    }
}

#[component]
pub fn Time() -> impl IntoView {
    let i18n = use_i18n();
    let hall = expect_context::<Hall>();
    let press = move |_| {
        let now = clock::date_ms();
        hall.now.set(now);
        hall.clock.update(|clock| match clock.runs() {
            true => clock.stop(now),
            false => clock.start(now),
        });
    };
    let again = move |_| {
        hall.clock.set(Clock::default());
        hall.step.set(Step::default());
    };
    let label = Signal::derive(move || match hall.clock.get().runs() {
        true => say!(i18n, room.time.pause),
        false => say!(i18n, room.time.start),
    });
    view! {
        <section class="panel room-clock" aria-labelledby="clock-heading">
            <h2 id="clock-heading">{tr!(i18n, room.time.heading)}</h2>
            <p class="clock-face" role="timer" data-testid="clock">{move || face(hall)}</p>
            <p data-testid="clock-standing">{move || standing(i18n, hall)}</p>
            <div class="row">
                <button type="button" data-testid="clock-start" on:click=press>{label}</button>
                <button type="button" class="quiet" data-testid="clock-again" on:click=again>
                    {tr!(i18n, room.time.again)}
                </button>
            </div>
        </section>
    }
}
