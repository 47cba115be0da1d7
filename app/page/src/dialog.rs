//! A dialog of the browser's own: Escape closes it, and focus stays in it and returns after it.

use leptos::{html, prelude::*};
use web_sys::MouseEvent;

use super::tr;
use crate::i18n::use_i18n;

#[component]
pub fn Dialog(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] close: Callback<()>,
    #[prop(into)] heading: Signal<String>,
    id: &'static str,
    /// Whether a touch outside of it closes it too.
    #[prop(optional)]
    closes_outside: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let dialog = NodeRef::<html::Dialog>::new();
    let heading_id = format!("{id}-heading");
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            match (open.get(), dialog.open()) {
                // Fails only if it is open already, or gone.
                (true, false) => drop(dialog.show_modal()),
                (false, true) => dialog.close(),
                _ => {}
            }
        }
    });
    let is_outside = move |event: &MouseEvent| {
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        dialog.get_untracked().is_some_and(|own| {
            let area = own.get_bounding_client_rect();
            x < area.left() || x > area.right() || y < area.top() || y > area.bottom()
        })
    };
    view! {
        <dialog
            node_ref=dialog
            class=format!("dialog dialog-{id}")
            data-testid=id
            aria-labelledby=heading_id.clone()
            on:click=move |event| {
                if closes_outside && is_outside(&event) {
                    close.run(());
                }
            }
            on:close=move |_| {
                // Where it has been opened again meanwhile, this is of the last time.
                if !open.get_untracked() || !dialog.get_untracked().is_some_and(|own| own.open()) {
                    close.run(());
                }
            }
        >
            <div class="dialog-head">
                <h2 id=heading_id.clone()>{heading}</h2>
                <button type="button" class="quiet" on:click=move |_| close.run(())>
                    {tr!(i18n, close)}
                </button>
            </div>
            <Show when=move || open.get()>{children()}</Show>
        </dialog>
    }
}
