//! The images of the shown class, to be selected and dragged.

use std::collections::BTreeSet;

use leptos::prelude::*;
use web_sys::{DragEvent, MouseEvent};

use super::Desk;
use crate::{film::FilmCanvas, say, tr};

/// Images that are shown at first, and how many more at each request.
const CHUNK: usize = 100;

pub fn view(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let images = Memo::new(move |_| desk.read(|sorting| sorting.images_of(desk.shown.get())));
    let most = RwSignal::new(CHUNK);
    let first =
        move || images.with(|images| images.iter().take(most.get()).copied().collect::<Vec<_>>());
    let nothing = move || images.with(Vec::is_empty);
    let more = move || images.with(|images| images.len() > most.get());
    view! {
        <div class="sort-pick">
            <div class="light-box sort-box" role="group" aria-label=tr!(i18n, sorting.images) data-testid="sort-images">
                <For each=first key=|image| *image let(image)>
                    {card(desk, image, images)}
                </For>
            </div>
            <p class="empty" hidden=move || !nothing()>{tr!(i18n, sorting.nothing)}</p>
            <button
                type="button"
                hidden=move || !more()
                on:click=move |_| most.update(|most| *most += CHUNK)
            >
                {tr!(i18n, sorting.show_more)}
            </button>
            <button
                type="button"
                class="quiet"
                data-testid="sort-nothing"
                hidden=move || desk.selected.with(BTreeSet::is_empty)
                on:click=move |_| desk.select_nothing()
            >
                {move || say!(i18n, sorting.select_nothing, n = desk.selected.with(BTreeSet::len))}
            </button>
            <button
                type="button"
                class="quiet"
                data-testid="sort-all"
                hidden=nothing
                on:click=move |_| desk.selected.set(images.get_untracked().into_iter().collect())
            >
                {move || say!(i18n, sorting.select_all, n = images.with(Vec::len))}
            </button>
        </div>
    }
    .into_any()
}

/// The end of a path, by which images of one folder differ.
fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

fn card(desk: Desk, image: usize, images: Memo<Vec<usize>>) -> AnyView {
    let name = untrack(|| desk.read(|sorting| sorting.name(image).unwrap_or_default().to_owned()));
    let title = name.clone();
    let loaded = desk.workbench.thumbnail(image);
    let picture = Memo::new(move |_| {
        let gathered = desk.workbench.state.with(|state| {
            let films = state.desk.as_ref()?.gathered.as_ref()?;
            Some(films.thumbnails.get(image).cloned().flatten())
        });
        gathered.unwrap_or_else(|| loaded.get())
    });
    let selected = Memo::new(move |_| desk.selected.with(|own| own.contains(&image)));
    let press = move |event: MouseEvent| {
        let from = desk.anchor.get_untracked().filter(|_| event.shift_key());
        match from {
            Some(from) => {
                let (low, high) = (from.min(image), from.max(image));
                let range = images.with_untracked(|all| {
                    let between = all.iter().filter(|own| (low..=high).contains(*own));
                    between.copied().collect()
                });
                desk.selected.set(range);
            }
            None => {
                let replaces = desk.by_itself.get_untracked();
                desk.by_itself.set(false);
                desk.selected.update(|own| {
                    let was_selected = own.remove(&image);
                    if replaces {
                        own.clear();
                    }
                    if !was_selected {
                        own.insert(image);
                    }
                });
                desk.anchor.set(Some(image));
                desk.look();
            }
        }
    };
    let drag = move |event: DragEvent| {
        if !desk.selected.with_untracked(|own| own.contains(&image)) {
            desk.select([image].into());
        }
        // Some browsers drag only what carries something.
        if let Some(carried) = event.data_transfer() {
            let _ = carried.set_data("text/plain", &image.to_string());
        }
    };
    view! {
        <button
            type="button"
            class="film sort-film"
            class:sort-next=move || selected.get() && desk.by_itself.get()
            draggable="true"
            data-testid="sort-film"
            data-sort=image.to_string()
            aria-pressed=move || selected.get().to_string()
            title=title
            on:click=press
            on:dragstart=drag
        >
            <FilmCanvas picture />
            <span class="film-ribbon" aria-hidden="true"></span>
            <span class="film-words sort-path">{file_name(&name)}</span>
        </button>
    }
    .into_any()
}
