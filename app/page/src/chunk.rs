//! Parts of the page that most visits never open: each is a piece of WebAssembly of its own, fetched when it is first shown.
//!
//! [`chunk!`] marks what is cut off; `xtask/bindgen` cuts. Without the feature `split` all of it stays in one piece.

use std::{future::Future, pin::Pin, time::Duration};

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::{i18n::use_i18n, tr};

/// After which it is tried again what could not be fetched: a kiosk has nobody to press the button.
const AGAIN: Duration = Duration::from_secs(10);

/// It could not be fetched.
pub struct Missing;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// What makes a view, in the place where it is to be shown.
pub type Part = Box<dyn FnOnce() -> AnyView>;

/// A part of the page on its way here.
pub type Coming = Pin<Box<dyn Future<Output = Result<Part, Missing>>>>;

/// A function for a view in the chunk of this name: `chunk! { room, fn room() { … } }`. Called, it gives a future of what makes
/// the view.
macro_rules! chunk {
    ($chunk:ident, $visible:vis fn $name:ident($($value:ident: $type:ty),*) $view:block) => {
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($chunk, fallible)]
        $visible fn $name($($value: $type),*) -> Result<$crate::chunk::Part, $crate::chunk::Missing> {
            Ok(Box::new(move || $view))
        }

        #[cfg(not(feature = "split"))]
        $visible async fn $name($($value: $type),*) -> Result<$crate::chunk::Part, $crate::chunk::Missing> {
            Ok(Box::new(move || $view))
        }
    };
}
pub(crate) use chunk;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Arrival {
    Coming,
    Here,
    Failed,
}

/// A part of the page once it has come; until then that it is coming, or that it could not be fetched.
pub fn fetched(part: impl Fn() -> Coming + 'static) -> AnyView {
    let i18n = use_i18n();
    let arrival = RwSignal::new(Arrival::Coming);
    let here = StoredValue::new_local(None::<AnyView>);
    let part = StoredValue::new_local(part);
    // What is made belongs to the place of this part, not to the button that asked for it once more.
    let place = StoredValue::new_local(Owner::current().map(|place| place.downgrade()));
    let fetch = move || {
        let Some(coming) = part.try_with_value(|part| part()) else {
            return;
        };
        arrival.set(Arrival::Coming);
        spawn_local(async move {
            let came = coming.await;
            // Gone where another part has taken the place meanwhile.
            let place = place.try_with_value(|place| place.as_ref()?.upgrade());
            let Some(place) = place.flatten() else {
                return;
            };
            match came {
                Ok(part) => {
                    here.try_set_value(Some(place.with(part)));
                    arrival.try_set(Arrival::Here);
                }
                Err(Missing) => drop(arrival.try_set(Arrival::Failed)),
            }
        });
    };
    let again = move || {
        if arrival.try_get_untracked() == Some(Arrival::Failed) {
            fetch();
        }
    };
    Effect::new(move |_| {
        if arrival.get() == Arrival::Failed {
            set_timeout(again, AGAIN);
        }
    });
    fetch();
    let view = move || match arrival.get() {
        Arrival::Coming => view! {
            <p class="chunk-coming" role="status">{tr!(i18n, chunk.coming)}</p>
        }
        .into_any(),
        Arrival::Failed => view! {
            <div class="chunk-missing" role="alert" data-testid="chunk-missing">
                <p>{tr!(i18n, chunk.missing)}</p>
                <button type="button" on:click=move |_| again()>{tr!(i18n, chunk.again)}</button>
            </div>
        }
        .into_any(),
        Arrival::Here => here.try_update_value(Option::take).flatten().into_any(),
    };
    view.into_any()
}
