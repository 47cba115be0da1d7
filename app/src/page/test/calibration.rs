use leptos::prelude::*;

#[component]
pub fn Calibration() -> impl IntoView {}
