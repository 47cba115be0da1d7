//! The selected image large enough to tell what it shows.

use leptos::prelude::*;

use super::Desk;
use crate::{film::FilmCanvas, tr};
use ui_core::sorting::Sorted;

pub fn view(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let one = Memo::new(move |_| {
        desk.selected.with(|own| match own.len() {
            1 => own.first().copied(),
            _ => None,
        })
    });
    let picture = Memo::new(move |_| {
        let wanted = one.get()?;
        desk.workbench.state.with(|state| {
            let own = state.desk.as_ref()?;
            let film = match own.sorting.images {
                Sorted::Gathered => own.film.as_ref()?,
                Sorted::Loaded => state.film.as_ref()?,
            };
            (film.0 == wanted).then(|| film.1.clone())
        })
    });
    let name = move || {
        let wanted = one.get();
        desk.read(|sorting| {
            let name = wanted.and_then(|image| sorting.name(image));
            name.unwrap_or_default().to_owned()
        })
    };
    view! {
        <figure class="sort-preview" data-testid="sort-preview">
            <div class="light-box" hidden=move || one.get().is_none()>
                <FilmCanvas picture />
            </div>
            <figcaption>{name}</figcaption>
            <p class="hint" hidden=move || one.get().is_some()>{tr!(i18n, sorting.select_one)}</p>
        </figure>
    }
    .into_any()
}
