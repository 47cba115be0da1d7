//! What the kiosk has of the browser: the settings' file, a screen that stays on.

use std::cell::Cell;

use futures_util::future::{Either, select};
use gloo_events::EventListener;
use gloo_timers::{callback::Timeout, future::TimeoutFuture};
use js_sys::{Promise, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::{site_files, storage};
use ui_core::kiosk::settings::{KioskSettings, Origin};

const FILE: &str = "./kiosk.json";
/// Without the file by then, the usual settings hold.
const WAIT_MS: u32 = 5_000;

#[wasm_bindgen]
extern "C" {
    type WakeLock;
    #[wasm_bindgen(method, catch)]
    fn request(this: &WakeLock, kind: &str) -> Result<Promise, JsValue>;
}

pub fn scroll_up() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Whether the visitor asked the system for less motion.
pub fn calm() -> bool {
    holds("(prefers-reduced-motion: reduce)")
}

/// Whether a file can be dragged here: not where fingers are all there is.
pub fn can_drag() -> bool {
    !holds("(any-pointer: coarse)") || holds("(any-pointer: fine)")
}

fn holds(query: &str) -> bool {
    let asked = window().match_media(query);
    asked.is_ok_and(|query| query.is_some_and(|query| query.matches()))
}

/// The settings beside the page. From a disk nothing can be fetched: the usual ones hold.
pub async fn settings() -> (KioskSettings, Origin) {
    if !site_files::can_fetch() {
        return (KioskSettings::default(), Origin::NoFile);
    }
    let file = std::pin::pin!(site_files::text(FILE));
    match select(file, TimeoutFuture::new(WAIT_MS)).await {
        Either::Left((Ok(text), _)) => KioskSettings::read(&text),
        Either::Left((Err(_), _)) | Either::Right(_) => (KioskSettings::default(), Origin::NoFile),
    }
}

/// Asks the screen to stay on, now and whenever the page is seen again. Where the browser refuses, the
/// system's own settings must see to it.
pub fn keep_awake() {
    fn ask() {
        let lock = Reflect::get(&window().navigator(), &"wakeLock".into()).ok();
        let lock = lock.filter(|lock| lock.is_object());
        let asked = lock.and_then(|lock| lock.unchecked_into::<WakeLock>().request("screen").ok());
        if let Some(asked) = asked {
            spawn_local(async move { drop(JsFuture::from(asked).await) });
        }
    }
    ask();
    EventListener::new(&document(), "visibilitychange", |_| {
        if !document().hidden() {
            ask();
        }
    })
    .forget();
}

/// The ordinary page in place of the kiosk.
pub fn leave() {
    let location = window().location();
    let query = location.search().unwrap_or_default();
    let others = query.trim_start_matches('?').split('&');
    let others: Vec<&str> = others
        .filter(|pair| !pair.is_empty() && pair.split('=').next() != Some("kiosk"))
        .collect();
    let to = format!(
        "{}?{}",
        location.pathname().unwrap_or_default(),
        others.join("&")
    );
    // Refused only by a browser that is closing the page.
    let _ = location.replace(to.trim_end_matches('?'));
}

thread_local! {
    static LEFT: Cell<bool> = const { Cell::new(false) };
}

/// Whether the page itself broke: `boot.js` then shows so, and loads it keyed after a while.
pub fn is_broken() -> bool {
    let crash = document().get_element_by_id("crash");
    crash.is_some_and(|crash| !crash.has_attribute("hidden"))
}

/// Counts a reload after the page itself broke; `boot.js` leaves their number in this tab.
pub fn reloads() -> bool {
    const KEY: &str = "firstread.kiosk.reloads";
    let some = storage::tab::has(KEY);
    // A minute without another one, and the next counts as the first.
    if some && !LEFT.replace(true) {
        Timeout::new(60_000, || storage::tab::forget(KEY)).forget();
    }
    some
}
