//! The page: four stations over one [`Workbench`](workbench::Workbench), views of what [`ui_core`] knows.
//!
//! A folder for each station and for what lies over them. [`clock`], [`storage`], [`history`]
//! and [`bridge`] are the only ones that touch the time, what the browser keeps, its history, and the engine. What the tests in a
//! browser hold on to is a `data-testid`.

mod about;
mod ask;
mod bar;
mod bars;
mod bridge;
mod camera;
mod chunk;
mod classroom;
mod clock;
mod dialog;
mod drop;
mod experiment;
mod failure;
mod files;
mod film;
mod handout;
mod history;
mod i18n;
mod importing;
mod insight;
mod keeping;
mod kept;
mod kiosk;
mod language;
mod lesson;
mod look;
mod network_file;
mod offline;
mod origin;
mod other_films;
mod overlay;
mod paint;
mod plot;
mod privacy;
mod project;
mod reveal;
mod site_files;
mod station;
mod storage;
mod sure;
mod test;
mod theme;
mod this_computer;
mod train;
mod words;
mod workbench;

use leptos::prelude::*;

use crate::i18n::I18n;
use ui_core::link::Link;
use workbench::Workbench;

/// A sentence of the locale files as a `String`: `say!(i18n, look.more, n = 12)`.
macro_rules! say {
    ($i18n:expr, $($key:ident).+ $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::i18n::keys::$($key)::+ { $($name: &$value),* }.say($i18n.language())
    };
}
use say;

/// A sentence that a view shows, and keeps up with the language. One type for all of them keeps
/// the page small: each closure would be compiled into a view of its own.
macro_rules! tr {
    ($($key_and_values:tt)*) => {
        leptos::prelude::Signal::derive(move || $crate::say!($($key_and_values)*))
    };
}
use tr;

pub fn mount() {
    leptos::mount::mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    let query = web_sys::window().and_then(|window| window.location().search().ok());
    let i18n = language::provide();
    let query = query.unwrap_or_default();
    let link = Link::parse(&query);
    let over = overlay::Shown::provide(&link);
    let workbench = Workbench::new(link, i18n);
    provide_context(workbench);
    offline::Offline::provide(workbench);
    if link.kiosk {
        return chunk::fetched(|| Box::pin(kiosk()));
    }
    kept::Kept::provide(workbench, &link, &query);
    keeping::ask_before_leaving(workbench);
    look::site_packs::SitePacks::provide(workbench, &query);
    classroom::provide();
    handout::provide();
    let guide = lesson::Guide::new(workbench, &link);
    provide_context(guide);
    history::follow(workbench, guide, over);
    view! {
        <div class="app" data-testid="app">
            <bar::Bar />
            <keeping::KeepingNotice />
            <kept::KeptNotice />
            <offline::version::NewVersion />
            <div class="bench" hidden=move || over.covers()>
                <lesson::Column />
                <div class="bench-main">
                    <station::Stepper />
                    <main class="stations">
                        <look::Look />
                        <train::Train />
                        <test::Test />
                        <ask::Ask />
                        <experiment::Lab />
                    </main>
                </div>
            </div>
            <overlay::OverStations />
            <look::viewer::Viewer />
            <insight::FilmPanel />
            <drop::DropOverlay />
            <look::LoadSaid />
            <other_films::OtherFilmsDialog />
        </div>
    }
    .into_any()
}

chunk::chunk! {
    kiosk,
    fn kiosk() {
        view! { <kiosk::Kiosk /> }.into_any()
    }
}
