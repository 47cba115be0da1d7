//! Images are given their classes by hand: chosen with pointer or keys, and moved into a class.

mod classes;
mod images;
mod preview;

use std::collections::BTreeSet;

use imaging::pack::{Answers, ByHand};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::load::{HEADING, PLACE};
use crate::{
    I18n,
    i18n::use_i18n,
    other_films::OtherFilms,
    reveal::{keep_in_view, reveal},
    say, tr, words,
    workbench::Workbench,
};
use protocol::Command;
use ui_core::{
    sorting::{NotYet, Sorted, Sorting},
    state::AppState,
};

/// What the parts of the desk share.
#[derive(Clone, Copy)]
struct Desk {
    workbench: Workbench,
    i18n: I18n,
    /// Images that the next move is about.
    selected: RwSignal<BTreeSet<usize>>,
    /// The image from which a range is selected.
    anchor: RwSignal<Option<usize>>,
    /// The image was selected because it comes next, not by the visitor: whoever presses another one means that alone.
    by_itself: RwSignal<bool>,
    /// The class whose images are shown; `None` for those without one.
    shown: RwSignal<Option<usize>>,
    /// What was done last, for a screen reader.
    said: RwSignal<String>,
}

impl Desk {
    /// What is read of the sorting; the usual nothing where it has just ended.
    fn read<T: Default>(self, read: impl FnOnce(&Sorting) -> T) -> T {
        self.workbench.state.with(|state| {
            let desk = state.desk.as_ref();
            desk.map(|desk| read(&desk.sorting)).unwrap_or_default()
        })
    }

    fn change<T>(self, change: impl FnOnce(&mut Sorting) -> T) -> Option<T> {
        let changed = self.workbench.state.try_update(|state| {
            let desk = state.desk.as_mut()?;
            Some(change(&mut desk.sorting))
        });
        changed.flatten()
    }

    fn class_name(self, class: Option<usize>) -> String {
        match class {
            None => say!(self.i18n, sorting.unsorted),
            Some(class) => self.read(|sorting| {
                let name = sorting.classes().get(class);
                name.cloned().unwrap_or_default()
            }),
        }
    }

    /// Moves what is selected, and selects what came after it, so that one image after the other is sorted.
    fn move_to(self, class: Option<usize>) {
        let moved: Vec<usize> = self
            .selected
            .with_untracked(|own| own.iter().copied().collect());
        let (Some(&first), false) = (moved.first(), class == self.shown.get_untracked()) else {
            return;
        };
        self.change(|sorting| sorting.assign(&moved, class));
        let left = untrack(|| self.read(|sorting| sorting.images_of(self.shown.get_untracked())));
        let next = left.iter().find(|&&image| image > first).or(left.last());
        self.select(next.copied().into_iter().collect());
        self.by_itself.set(true);
        let name = untrack(|| self.class_name(class));
        let images = words::films(self.i18n, moved.len());
        self.said.set(say!(
            self.i18n,
            sorting.moved,
            images = images,
            class = name
        ));
        match next {
            Some(&next) => focus(format!("[data-sort=\"{next}\"]")),
            // All of them have a class: what is left of the desk is brought into view, with the button that uses it.
            None => reveal(PLACE, ".sort-done"),
        }
    }

    fn select(self, images: BTreeSet<usize>) {
        self.anchor.set(images.first().copied());
        self.by_itself.set(false);
        self.selected.set(images);
        self.look();
    }

    fn select_nothing(self) {
        self.anchor.set(None);
        self.selected.set(BTreeSet::new());
    }

    /// Asks for the one selected image in full.
    fn look(self) {
        let one = self.selected.with_untracked(|own| match own.len() {
            1 => own.first().copied(),
            _ => None,
        });
        let images = untrack(|| {
            let state = self.workbench.state;
            state.with(|state| state.desk.as_ref().map(|desk| desk.sorting.images))
        });
        if let (Some(sample), Some(images)) = (one, images) {
            let command = match images {
                Sorted::Gathered => Command::ShowGathered { sample },
                Sorted::Loaded => Command::ShowFilm { sample },
            };
            self.workbench.send(command, Vec::new());
        }
    }

    fn undo(self) {
        let before = self.classes_of();
        self.change(Sorting::undo);
        self.after_change(say!(self.i18n, sorting.undone));
        self.select_moved(&before);
    }

    fn redo(self) {
        let before = self.classes_of();
        self.change(Sorting::redo);
        self.after_change(say!(self.i18n, sorting.redone));
        self.select_moved(&before);
    }

    /// The class of each image.
    fn classes_of(self) -> Vec<Option<usize>> {
        let of = |sorting: &Sorting| {
            let images = 0..sorting.images();
            images.map(|image| sorting.class_of(image)).collect()
        };
        untrack(|| self.read(of))
    }

    /// Classes may be gone, and images elsewhere.
    fn after_change(self, said: String) {
        let classes = untrack(|| self.read(|sorting| sorting.classes().len()));
        if self
            .shown
            .get_untracked()
            .is_some_and(|class| class >= classes)
        {
            self.shown.set(None);
        }
        self.select_nothing();
        self.said.set(said);
    }

    /// What has moved into view is selected, to be given another class.
    fn select_moved(self, before: &[Option<usize>]) {
        let shown = self.shown.get_untracked();
        let now = self.classes_of();
        let moved = before.iter().zip(&now).enumerate();
        let moved = moved.filter(|(_, (before, now))| before != now && **now == shown);
        self.select(moved.map(|(image, _)| image).collect());
        self.by_itself.set(true);
    }

    fn focus_selected(self) {
        if let Some(first) = self.anchor.get_untracked() {
            focus(format!("[data-sort=\"{first}\"]"));
        }
    }

    /// Digits move what is selected, as long as nothing is typed into a field.
    fn key(self, event: &KeyboardEvent) {
        let typing = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if typing.is_some_and(|target| matches!(&*target.tag_name(), "INPUT" | "SELECT")) {
            return;
        }
        let key = event.key();
        let with_control = event.ctrl_key() || event.meta_key();
        match (with_control, key.as_str()) {
            (true, "z") => {
                self.undo();
                self.focus_selected();
            }
            (true, "Z" | "y") => {
                self.redo();
                self.focus_selected();
            }
            (false, "Escape") => self.select_nothing(),
            (false, digit) => {
                let Some(digit) = digit.parse::<usize>().ok().filter(|&digit| digit < 10) else {
                    return;
                };
                let class = digit.checked_sub(1);
                let known = untrack(|| self.read(|sorting| sorting.classes().len()));
                if class.is_none_or(|class| class < known) {
                    self.move_to(class);
                }
            }
            _ => return,
        }
        event.prevent_default();
    }
}

/// Whether a key is pressed at the desk, or where the focus falls between one image and the next: an image that is moved is gone
/// with the focus, and whoever types quickly has pressed the next key before the next image has it.
fn is_at_desk(event: &KeyboardEvent) -> bool {
    let target = event.target();
    let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    if target.tag_name() != "BODY" {
        return matches!(target.closest(".sort"), Ok(Some(_)));
    }
    let desk = document().query_selector(".sort").ok().flatten();
    let desk = desk.and_then(|desk| desk.dyn_into::<HtmlElement>().ok());
    // What is hidden has none.
    desk.is_some_and(|desk| desk.offset_parent().is_some())
}

fn focus(selector: String) {
    request_animation_frame(move || {
        if let Ok(Some(found)) = document().query_selector(&selector)
            && let Ok(found) = found.dyn_into::<HtmlElement>()
        {
            // Refused only if it is gone again.
            let _ = found.focus();
        }
    });
}

/// Reads the files of the last attempt again, to show them without classes. Nothing that is there is lost by that.
/// `is_known`: something else is offered before.
pub fn offer(workbench: Workbench, is_known: Memo<bool>) -> AnyView {
    let i18n = use_i18n();
    let gather = move |_| {
        workbench.load(OtherFilms::Again(Answers {
            by_hand: Some(ByHand::Gather),
            ..Answers::default()
        }));
    };
    view! {
        <button
            type="button"
            class:primary=move || !is_known.get()
            data-testid="sort-by-hand"
            on:click=gather
        >
            {tr!(i18n, sorting.offer)}
        </button>
    }
    .into_any()
}

/// Back to images that were put aside, of which nothing is lost.
pub fn go_on(workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    let open = move |_| workbench.state.update(AppState::open_desk);
    view! {
        <button type="button" class="primary" data-testid="sort-go-on" on:click=open>
            {tr!(i18n, sorting.go_on)}
        </button>
    }
    .into_any()
}

/// Beside the visitor's own images: to other classes, or back to what has been begun.
pub fn again(workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    let begun = |state: &AppState| state.desk.is_some() || state.sorting_waits_here();
    let begun = Memo::new(move |_| workbench.state.with(begun));
    let possible = Memo::new(move |_| workbench.state.with(AppState::can_sort_anew));
    let label = move || match begun.get() {
        true => say!(i18n, sorting.go_on),
        false => say!(i18n, sorting.anew),
    };
    let open = move |_| workbench.state.update(AppState::open_desk);
    view! {
        <button
            type="button"
            data-testid="sort-anew"
            hidden=move || !begun.get() && !possible.get()
            on:click=open
        >
            {label}
        </button>
    }
    .into_any()
}

pub fn view(workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    let desk = Desk {
        workbench,
        i18n,
        selected: RwSignal::new(BTreeSet::new()),
        anchor: RwSignal::new(None),
        by_itself: RwSignal::new(false),
        shown: RwSignal::new(None),
        said: RwSignal::new(String::new()),
    };
    let all_sorted = untrack(|| desk.read(|sorting| sorting.count(None) == 0));
    if all_sorted {
        desk.shown.set(Some(0));
    }
    let keys = window_event_listener(ev::keydown, move |event| {
        if is_at_desk(&event) {
            desk.key(&event);
        }
    });
    on_cleanup(move || keys.remove());
    // The desk is larger than what stood there, and needs the screen.
    keep_in_view(PLACE, HEADING);
    view! {
        <div class="sort" data-testid="sort">
            <div class="sort-side">{classes::view(desk)}</div>
            <div class="sort-images">
                {images::view(desk)}
                {preview::view(desk)}
            </div>
            {done(desk)}
            <p class="unseen" role="status" data-testid="sort-said">{desk.said}</p>
        </div>
    }
    .into_any()
}

/// Back and forth, and the end of it.
fn done(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let not_yet = Memo::new(move |_| desk.read(|sorting| Some(sorting.not_yet())).flatten());
    let unsorted = Memo::new(move |_| desk.read(|sorting| sorting.count(None)));
    let can_undo = Memo::new(move |_| desk.read(Sorting::can_undo));
    let can_redo = Memo::new(move |_| desk.read(Sorting::can_redo));
    let sentence = Signal::derive(move || match (not_yet.get(), unsorted.get()) {
        (Some(NotYet::FewClasses { least }), _) => say!(i18n, sorting.few_classes, least = least),
        (Some(NotYet::FewImages { class, n, least }), _) => say!(
            i18n,
            sorting.few_images,
            class = desk.class_name(Some(class)),
            images = words::films(i18n, n),
            least = least
        ),
        (None, 0) => say!(i18n, sorting.ready),
        (None, n) => say!(
            i18n,
            sorting.left_out,
            images = words::films(i18n, n),
            n = n
        ),
    });
    let use_them = move |_| {
        if not_yet.get_untracked().is_some() {
            return;
        }
        let answer = untrack(|| desk.read(|sorting| Some((sorting.images, sorting.answer()))));
        if let Some((images, (classes, class_of))) = answer {
            let answers = Answers {
                by_hand: Some(ByHand::Sorted { classes, class_of }),
                ..Answers::default()
            };
            desk.workbench.choose_films(match images {
                Sorted::Gathered => OtherFilms::Again(answers),
                Sorted::Loaded => OtherFilms::Present(answers),
            });
        }
    };
    view! {
        <div class="row sort-end">
            <button
                type="button"
                data-testid="sort-undo"
                aria-disabled=move || (!can_undo.get()).to_string()
                on:click=move |_| desk.undo()
            >
                {tr!(i18n, sorting.undo)}
            </button>
            <button
                type="button"
                data-testid="sort-redo"
                aria-disabled=move || (!can_redo.get()).to_string()
                on:click=move |_| desk.redo()
            >
                {tr!(i18n, sorting.redo)}
            </button>
            <button
                type="button"
                class="primary sort-done"
                data-testid="sort-done"
                aria-disabled=move || not_yet.get().is_some().to_string()
                aria-describedby="sort-sentence"
                on:click=use_them
            >
                {tr!(i18n, sorting.done)}
            </button>
            <p id="sort-sentence" class="hint">{sentence}</p>
        </div>
    }
    .into_any()
}
