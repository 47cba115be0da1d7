//! A question asked once more, where what was pressed, before something is lost.

use leptos::{html, prelude::*};

use crate::reveal::back_to;

#[derive(Clone, Copy)]
pub struct Sure {
    asked: RwSignal<bool>,
    /// The button that leads here; it has the focus again, if it is still there.
    pub from: NodeRef<html::Button>,
    no: NodeRef<html::Button>,
}

/// The question and its two answers.
#[derive(Clone, Copy)]
pub struct Wording {
    /// What the names of its parts begin with.
    pub id: &'static str,
    pub question: Signal<String>,
    pub no: Signal<String>,
    pub yes: Signal<String>,
}

impl Sure {
    pub fn new() -> Self {
        let no = NodeRef::<html::Button>::new();
        // The question is read out, and what loses nothing is what Enter presses.
        Effect::new(move |_| no.get().map(|button| button.focus().is_ok()));
        Self {
            asked: RwSignal::new(false),
            from: NodeRef::new(),
            no,
        }
    }

    pub fn ask(self) {
        self.asked.set(true);
    }

    pub fn is_asked(self) -> bool {
        self.asked.get()
    }

    /// Nothing until it is asked.
    pub fn question(
        self,
        wording: Wording,
        on_yes: impl Fn() + Copy + Send + Sync + 'static,
    ) -> AnyView {
        let Wording {
            id,
            question,
            no,
            yes,
        } = wording;
        let asked = move || {
            view! {
                <div class="sure" role="group" aria-labelledby=format!("{id}-sure")>
                    <p id=format!("{id}-sure")>{question}</p>
                    <p class="row">
                        <button
                            type="button"
                            node_ref=self.no
                            data-testid=format!("{id}-no")
                            on:click=move |_| {
                                self.asked.set(false);
                                back_to(self.from);
                            }
                        >
                            {no}
                        </button>
                        <button
                            type="button"
                            class="quiet"
                            data-testid=format!("{id}-yes")
                            on:click=move |_| {
                                self.asked.set(false);
                                on_yes();
                                back_to(self.from);
                            }
                        >
                            {yes}
                        </button>
                    </p>
                </div>
            }
        };
        view! { <Show when=move || self.is_asked()>{asked}</Show> }.into_any()
    }
}
