use leptos::prelude::*;

#[component]
pub fn Threshold() -> impl IntoView {}
