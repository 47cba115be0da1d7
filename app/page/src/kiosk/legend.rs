//! Which color is which class.

use leptos::prelude::*;

use super::KioskContext;
use crate::film;

#[component]
pub fn Legend() -> impl IntoView {
    let workbench = expect_context::<KioskContext>().workbench;
    let class = move |class: usize| {
        view! {
            <li class=film::colour(class)>
                <span class="film-ribbon" aria-hidden="true"></span>
                {move || workbench.class_name(class)}
            </li>
        }
    };
    let classes = Memo::new(move |_| {
        let films = workbench.films.get();
        films.map_or(0, |films| films.data.classes.len())
    });
    view! { <ul class="kiosk-legend">{move || (0..classes.get()).map(class).collect_view()}</ul> }
}
