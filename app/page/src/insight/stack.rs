//! A film with something over the square that the network sees; what was cut off is dimmed.

use std::sync::Arc;

use imaging::dataset::Picture;
use leptos::prelude::*;

use crate::film::FilmCanvas;
use ui_core::insight::square::{Area, Square};

#[component]
pub fn FilmStack(
    picture: Signal<Option<Arc<Picture>>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let square = Memo::new(move |_| {
        let of = |picture: &Arc<Picture>| Square::of(picture.width, picture.height);
        picture.with(|picture| picture.as_ref().map_or(Square::of(1, 1), of))
    });
    let edge = move |side: usize| format!("{:.3}%", square.get().place()[side]);
    let band = |[left, top, width, height]: Area| {
        view! {
            <span
                class="stack-cut"
                style:left=format!("{left:.3}%")
                style:top=format!("{top:.3}%")
                style:width=format!("{width:.3}%")
                style:height=format!("{height:.3}%")
            ></span>
        }
    };
    view! {
        <div class="stack" style:aspect-ratio=move || format!("{:.4}", square.get().aspect())>
            <FilmCanvas picture />
            {move || square.get().cut_off().into_iter().map(band).collect_view()}
            <div
                class="stack-seen"
                style:left=move || edge(0)
                style:top=move || edge(1)
                style:width=move || edge(2)
                style:height=move || edge(3)
            >
                {children.map(|children| children())}
            </div>
        </div>
    }
}

/// Whether something of the film lies outside the square.
pub fn is_cut(picture: Signal<Option<Arc<Picture>>>) -> bool {
    picture.with(|picture| {
        let cut = |picture: &Arc<Picture>| {
            !Square::of(picture.width, picture.height)
                .cut_off()
                .is_empty()
        };
        picture.as_ref().is_some_and(cut)
    })
}
