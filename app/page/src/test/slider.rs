//! A slider over the places of a list, with what the place means beside it.

use leptos::prelude::*;

pub struct Slider {
    pub id: &'static str,
    pub label: Signal<String>,
    /// What the present place means.
    pub text: Signal<String>,
    pub last: Signal<usize>,
    pub value: Signal<usize>,
    pub set: Callback<usize>,
}

impl Slider {
    pub fn view(self) -> AnyView {
        let Self {
            id,
            label,
            text,
            last,
            value,
            set,
        } = self;
        let slide = move |event| {
            if let Ok(place) = event_target_value(&event).parse() {
                set.run(place);
            }
        };
        let written = Signal::derive(move || value.get().to_string());
        // Made keyed with its last place: a browser cuts a value off at the end that it knows of.
        let input = super::figures::keyed(move || {
            view! {
                <input
                    id=id
                    type="range"
                    data-testid=id
                    min="0"
                    max=last.get().to_string()
                    step="1"
                    aria-valuetext=text
                    prop:value=written
                    on:input=slide
                />
            }
            .into_any()
        });
        view! {
            <div class="slider">
                <div class="slider-words">
                    <label for=id>{label}</label>
                    <output for=id>{text}</output>
                </div>
                {input}
            </div>
        }
        .into_any()
    }
}
