use leptos::prelude::*;

#[component]
pub fn Map() -> impl IntoView {}
