//! One image on the whole screen; a touch anywhere closes it, as a finger on a booth does not look for a button.

use std::sync::Arc;

use imaging::{dataset::Picture, insight::HeatMap};
use leptos::prelude::*;

use super::answer::OPACITY;
use crate::{dialog::Dialog, film::FilmCanvas, insight::map, look::viewer, workbench::Workbench};

/// `picture` is what is shown: nothing closes it.
#[component]
pub fn Enlarged(
    picture: Signal<Option<Arc<Picture>>>,
    heading: Signal<String>,
    #[prop(optional, into)] what: Signal<String>,
    /// Drawn over the picture, if there is one.
    #[prop(optional)]
    heat: Option<Signal<Option<Arc<HeatMap>>>>,
    close: Callback<()>,
) -> impl IntoView {
    let shown = move || match heat.and_then(|heat| heat.get()) {
        Some(heat) => map::picture(picture, heat, RwSignal::new(OPACITY), heading),
        None => view! { <FilmCanvas picture /> }.into_any(),
    };
    let open = Memo::new(move |_| picture.with(Option::is_some));
    view! {
        <Dialog id="kiosk-film" open close heading closes_outside=true>
            <div class="kiosk-large" on:click=move |_| close.run(())>
                {shown}
                <p>{what}</p>
            </div>
        </Dialog>
    }
}

/// The image of the data that is viewed, under the name of its class.
#[component]
pub fn EnlargedSample(#[prop(optional, into)] what: Signal<String>) -> impl IntoView {
    let workbench = expect_context::<super::KioskContext>().workbench;
    let picture = Signal::derive(move || viewer::best(workbench, workbench.viewed.get()?));
    let heading = Signal::derive(move || {
        let class = class_of(workbench);
        class.map_or_else(String::new, |class| workbench.class_name(class))
    });
    let close = Callback::new(move |()| workbench.viewed.set(None));
    view! { <Enlarged picture heading what close /> }
}

/// The class of the image that is viewed.
pub fn class_of(workbench: Workbench) -> Option<usize> {
    let viewed = workbench.viewed.get()?;
    workbench
        .films
        .with(|films| Some(films.as_ref()?.data.samples.get(viewed)?.class))
}
