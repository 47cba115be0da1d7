//! The test films that the network took for something else, the surest first, and then the others.

use imaging::report::TestFilm;
use leptos::prelude::*;

use crate::{
    I18n, film::FilmCard, i18n::use_i18n, say, tr, train::field::tick, words, workbench::Workbench,
};
use ui_core::{insight::mistakes, state::AppState};

/// Films that are shown before one asks for more.
const MANY: usize = 48;

#[component]
pub fn Mistakes() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let divided = Memo::new(move |_| {
        let films = |state: &AppState| {
            let opened = state.opened();
            opened.map(|opened| mistakes::divide(&opened.report.films))
        };
        workbench.state.with(films).unwrap_or_default()
    });
    let wrong = Memo::new(move |_| divided.with(|(wrong, _)| wrong.clone()));
    let right = Memo::new(move |_| divided.with(|(_, right)| right.clone()));
    let flawless = Memo::new(move |_| wrong.with(Vec::is_empty));
    let others = RwSignal::new(false);
    let losses = RwSignal::new(false);
    let lead = move || match flawless.get() {
        true => say!(i18n, insight.no_mistakes),
        false => say!(i18n, insight.mistakes_lead),
    };
    let hidden = move || {
        let films = words::films(i18n, right.with(Vec::len));
        say!(i18n, insight.right_hidden, films = films)
    };
    let toggle = move || match others.get() {
        true => say!(i18n, insight.hide_others),
        false => say!(i18n, insight.show_others),
    };
    let shown = Memo::new(move |_| others.get() || flawless.get());
    view! {
        <section class="panel mistakes" aria-labelledby="mistakes-heading">
            <h2 id="mistakes-heading">{tr!(i18n, insight.mistakes)}</h2>
            <p data-testid="mistakes-lead">{lead}</p>
            {tick("show-loss", tr!(i18n, insight.show_loss), losses.into(), move |on| losses.set(on))}
            <p class="hint" hidden=move || !losses.get()>{tr!(i18n, insight.loss_help)}</p>
            <Films id="mistakes" films=wrong losses />
            <div class="mistakes-others" hidden=move || right.with(Vec::is_empty)>
                <h3>{hidden}</h3>
                <button
                    type="button"
                    data-testid="show-others"
                    hidden=move || flawless.get()
                    aria-expanded=move || others.get().to_string()
                    on:click=move |_| others.update(|others| *others = !*others)
                >
                    {toggle}
                </button>
            </div>
            <Show when=move || shown.get()>
                <Films id="right-answers" films=right losses />
            </Show>
        </section>
    }
}

#[component]
fn Films(id: &'static str, films: Memo<Vec<TestFilm>>, losses: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let most = RwSignal::new(MANY);
    let shown = move || {
        let first = films.with(|films| films.iter().take(most.get()).cloned().collect::<Vec<_>>());
        let card = |film: TestFilm| {
            let sample = film.sample;
            let note = Signal::derive(move || note(i18n, workbench, &film, losses.get()));
            view! { <FilmCard sample note examined=true /> }
        };
        first.into_iter().map(card).collect_view()
    };
    let more = move || films.with(Vec::len).saturating_sub(most.get()).min(MANY);
    view! {
        <div class="light-box" data-testid=id>{shown}</div>
        <Show when=move || { more() > 0 }>
            <button type="button" on:click=move |_| most.update(|most| *most += MANY)>
                {move || say!(i18n, insight.more, n = more())}
            </button>
        </Show>
    }
}

/// What the network said, and what that cost.
fn note(i18n: I18n, workbench: Workbench, film: &TestFilm, with_loss: bool) -> String {
    let answer = metrics::answer(&film.probabilities);
    let probability = film.probabilities.get(answer).copied().unwrap_or_default();
    let class = workbench.class_name(answer);
    let share = words::unbroken(&words::surety(i18n, probability));
    let said = say!(i18n, insight.said, class = class, share = share);
    if !with_loss {
        return said;
    }
    let loss = match mistakes::loss(film) {
        loss if loss.is_nan() => say!(i18n, insight.loss_unknown),
        loss if loss.is_infinite() => say!(i18n, insight.loss_boundless),
        loss => say!(
            i18n,
            insight.loss,
            loss = words::fixed(i18n, loss.into(), 2)
        ),
    };
    format!("{said}, {}", words::unbroken(&loss))
}
