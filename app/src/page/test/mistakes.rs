use leptos::prelude::*;

#[component]
pub fn Mistakes() -> impl IntoView {}
