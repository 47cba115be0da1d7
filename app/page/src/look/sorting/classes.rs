//! The classes: places to move images to, and what can be done with a class itself.

use leptos::{html, prelude::*};
use web_sys::{DragEvent, SubmitEvent};

use super::Desk;
use crate::{film, say, test::figures::keyed, tr, words};
use ui_core::sorting::{NameProblem, Sorting};

/// Keys that move to a class.
const DIGITS: usize = 9;

pub fn view(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let n = Memo::new(move |_| desk.read(|sorting| sorting.classes().len()));
    let places = keyed(move || {
        let all = std::iter::once(None).chain((0..n.get()).map(Some));
        all.map(|class| place(desk, class))
            .collect::<Vec<_>>()
            .into_any()
    });
    view! {
        <ul class="sort-classes" aria-label=tr!(i18n, sorting.classes)>{places}</ul>
        {new_class(desk)}
    }
    .into_any()
}

/// A class, or the place of the images that have none.
fn place(desk: Desk, class: Option<usize>) -> AnyView {
    let i18n = desk.i18n;
    let name = Memo::new(move |_| desk.class_name(class));
    let count = Memo::new(move |_| desk.read(|sorting| sorting.count(class)));
    let shown = Memo::new(move |_| desk.shown.get() == class);
    let digit = class.map_or(0, |class| class + 1);
    let digit = (digit <= DIGITS).then(|| digit.to_string());
    let selected = Memo::new(move |_| desk.selected.with(|own| own.len()));
    let movable = move || selected.get() > 0 && !shown.get();
    let over = RwSignal::new(false);
    let test_id = class.map_or("none".to_owned(), |class| class.to_string());
    let swatch = class.map(|class| {
        let colour = format!("swatch {}", film::colour(class));
        view! { <span class=colour></span> }
    });
    view! {
        <li
            class="sort-class"
            class:sort-over=over
            data-testid=format!("sort-class-{test_id}")
            on:dragover=move |event: DragEvent| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=move |event: DragEvent| {
                event.prevent_default();
                over.set(false);
                desk.move_to(class);
            }
        >
            <button
                type="button"
                class="sort-show"
                aria-pressed=move || shown.get().to_string()
                on:click=move |_| {
                    desk.shown.set(class);
                    desk.select(Default::default());
                }
            >
                {swatch}
                <span class="sort-name">{name}</span>
                <span class="sort-count">{move || words::films(i18n, count.get())}</span>
                {digit.map(|digit| view! { <kbd aria-hidden="true">{digit}</kbd> })}
            </button>
            <button
                type="button"
                class="lesson-small"
                data-testid=format!("sort-move-{test_id}")
                class:sort-idle=move || !movable()
                on:click=move |_| desk.move_to(class)
            >
                {move || say!(i18n, sorting.move_here, n = selected.get())}
            </button>
            {class.map(|class| more(desk, class))}
        </li>
    }
    .into_any()
}

/// Another name, into another class, or away.
fn more(desk: Desk, class: usize) -> AnyView {
    let i18n = desk.i18n;
    let name = NodeRef::<html::Input>::new();
    let problem = RwSignal::new(None);
    let rename = move |event: SubmitEvent| {
        event.prevent_default();
        let wanted = name
            .get_untracked()
            .map(|field| field.value())
            .unwrap_or_default();
        match desk.change(|sorting| sorting.rename(class, &wanted)) {
            Some(Err(why)) => problem.set(Some(why)),
            _ => {
                problem.set(None);
                desk.said.set(say!(i18n, sorting.renamed, class = wanted));
            }
        }
    };
    let others = Memo::new(move |_| {
        desk.read(|sorting| {
            let names = sorting.classes().iter().cloned().enumerate();
            names.filter(|&(own, _)| own != class).collect::<Vec<_>>()
        })
    });
    let into = NodeRef::<html::Select>::new();
    let options = keyed(move || {
        let option = |(own, name): (usize, String)| {
            view! { <option value=own.to_string()>{name}</option> }.into_any()
        };
        others
            .get()
            .into_iter()
            .map(option)
            .collect::<Vec<_>>()
            .into_any()
    });
    let merge = move |_| {
        let chosen = into
            .get_untracked()
            .and_then(|field| field.value().parse().ok());
        if let Some(into) = chosen {
            desk.change(|sorting| sorting.merge(class, into));
            desk.after_change(say!(i18n, sorting.merged));
        }
    };
    let delete = move |_| {
        desk.change(|sorting| sorting.delete(class));
        desk.after_change(say!(i18n, sorting.deleted));
    };
    let current = untrack(|| desk.class_name(Some(class)));
    view! {
        <details class="sort-more" data-testid=format!("sort-more-{class}")>
            <summary>{tr!(i18n, sorting.more)}</summary>
            <form class="sort-form" on:submit=rename>
                <label>
                    <span>{tr!(i18n, sorting.name)}</span>
                    <input node_ref=name type="text" maxlength="60" value=current />
                </label>
                <button type="submit" class="lesson-small">{tr!(i18n, sorting.rename)}</button>
                {told(desk, problem)}
            </form>
            <div class="sort-form" hidden=move || others.with(Vec::is_empty)>
                <label>
                    <span>{tr!(i18n, sorting.merge_into)}</span>
                    <select node_ref=into>{options}</select>
                </label>
                <button type="button" class="lesson-small" on:click=merge>
                    {tr!(i18n, sorting.merge)}
                </button>
            </div>
            <button type="button" class="lesson-small" data-testid=format!("sort-delete-{class}") on:click=delete>
                {tr!(i18n, sorting.delete)}
            </button>
        </details>
    }
    .into_any()
}

fn new_class(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let name = NodeRef::<html::Input>::new();
    let problem = RwSignal::new(None);
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(field) = name.get_untracked() else {
            return;
        };
        match desk.change(|sorting: &mut Sorting| sorting.add_class(&field.value())) {
            Some(Err(why)) => problem.set(Some(why)),
            _ => {
                problem.set(None);
                desk.said
                    .set(say!(i18n, sorting.added, class = field.value()));
                field.set_value("");
            }
        }
    };
    view! {
        <form class="sort-form" on:submit=add>
            <label>
                <span>{tr!(i18n, sorting.new_class)}</span>
                <input
                    node_ref=name
                    type="text"
                    maxlength="60"
                    data-testid="sort-new"
                    on:input=move |_| problem.set(None)
                />
            </label>
            <button type="submit" data-testid="sort-add">{tr!(i18n, sorting.add)}</button>
            {told(desk, problem)}
        </form>
    }
    .into_any()
}

fn told(desk: Desk, problem: RwSignal<Option<NameProblem>>) -> AnyView {
    let i18n = desk.i18n;
    let words = move || match problem.get() {
        None => String::new(),
        Some(NameProblem::Empty) => say!(i18n, sorting.name_empty),
        Some(NameProblem::Taken) => say!(i18n, sorting.name_taken),
        Some(NameProblem::TooMany { limit }) => say!(i18n, sorting.too_many, limit = limit),
    };
    view! { <p class="problem" role="alert" hidden=move || problem.get().is_none()>{words}</p> }
        .into_any()
}
