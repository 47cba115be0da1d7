//! The copy for offline use: what the page says of it, and what the visitor can do about it.

pub mod script;
pub mod version;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{I18n, say, tr, words, workbench::Workbench};
use crate::i18n::use_i18n;
use ui_core::offline::{OfflineFailure, Reason, Stored, VersionCheck};

/// If the films are there and nothing else is heard, storing begins after this time.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// In the context of the whole page.
#[derive(Clone, Copy)]
pub struct Offline {
    pub stored: RwSignal<Stored>,
    pub installable: RwSignal<bool>,
    /// `None` until it is asked for.
    look: RwSignal<Option<VersionCheck>>,
}

impl Offline {
    /// Storing begins when the visitor has films and the network reads them: until then it would only be in the way.
    pub fn provide(workbench: Workbench) {
        let offline = Self {
            stored: RwSignal::new(match script::is_there() {
                true => Stored::default(),
                false => Stored::Never(Reason::Disk),
            }),
            installable: RwSignal::new(false),
            look: RwSignal::new(None),
        };
        provide_context(offline);
        script::watch(move |stored| {
            offline.stored.set(stored);
            offline.installable.set(script::installable());
        });
        let films = Memo::new(move |_| workbench.films.with(Option::is_some));
        let read = Memo::new(move |_| {
            let background = workbench.state.with(|state| state.background);
            background.is_some_and(|progress| progress.done > 0)
        });
        Effect::new(move |_| {
            if read.get() {
                script::start();
            } else if films.get() {
                set_timeout(script::start, PATIENCE);
            }
        });
    }

    /// Without asking: where nothing that anybody still needs would be lost.
    pub fn switch_if_newer(self) {
        if matches!(self.stored.get_untracked(), Stored::Newer { .. }) {
            spawn_local(async { drop(script::take_over().await) });
        }
    }

    fn look(self) {
        self.look.set(Some(VersionCheck::Looking));
        spawn_local(async move {
            let outcome = script::look().await;
            self.look.try_set(Some(VersionCheck::read(&outcome)));
        });
    }
}

pub fn megabytes(i18n: I18n, bytes: f64) -> String {
    say!(
        i18n,
        offline.megabytes,
        n = words::fixed(i18n, bytes / 1e6, 0)
    )
}

/// A few words, for the bar.
pub fn briefly(i18n: I18n, stored: Stored) -> String {
    match stored {
        Stored::Checking => say!(i18n, offline.checking),
        Stored::NotYet => say!(i18n, offline.absent),
        Stored::Never(Reason::Disk) => say!(i18n, offline.disk),
        Stored::Never(_) => say!(i18n, offline.impossible),
        Stored::Storing { done: None } => say!(i18n, offline.storing),
        Stored::Storing { done: Some(done) } => say!(
            i18n,
            offline.storing_percent,
            percent = words::percent(i18n, done)
        ),
        Stored::Ready { bytes } => say!(i18n, offline.ready, size = megabytes(i18n, bytes)),
        Stored::Newer { .. } => say!(i18n, offline.newer),
        Stored::Failed(_) => say!(i18n, offline.failed),
        Stored::Erased => say!(i18n, offline.erased),
    }
}

/// What it means, and what to do if there is something to do.
fn fully(i18n: I18n, stored: Stored) -> String {
    match stored {
        Stored::Checking => say!(i18n, offline.checking),
        Stored::NotYet => say!(i18n, offline.absent_why),
        Stored::Never(Reason::Disk) => say!(i18n, offline.disk_why),
        Stored::Never(Reason::Insecure) => say!(i18n, offline.insecure_why),
        Stored::Never(Reason::Browser) => say!(i18n, offline.browser_why),
        Stored::Storing { .. } => say!(i18n, offline.storing_why),
        Stored::Ready { bytes } => say!(i18n, offline.ready_why, size = megabytes(i18n, bytes)),
        Stored::Newer { .. } => say!(i18n, offline.newer_why),
        Stored::Failed(OfflineFailure::Full) => say!(i18n, offline.full_why),
        Stored::Failed(OfflineFailure::Files) => say!(i18n, offline.files_why),
        Stored::Erased => say!(i18n, offline.erased_why),
    }
}

/// Only what is worth interrupting for is said aloud: not each percent.
pub fn aloud(i18n: I18n, stored: Stored) -> String {
    match stored {
        Stored::Ready { .. } | Stored::Failed(_) => briefly(i18n, stored),
        _ => String::new(),
    }
}

/// The section of the dialog.
pub fn section() -> AnyView {
    let i18n = use_i18n();
    let offline = expect_context::<Offline>();
    let looked = Signal::derive(move || match offline.look.get() {
        None => String::new(),
        Some(VersionCheck::Looking) => say!(i18n, offline.looking),
        Some(VersionCheck::Same) => say!(i18n, offline.same),
        Some(VersionCheck::Newer) => say!(i18n, offline.newer),
        Some(VersionCheck::Broken) => say!(i18n, offline.broken),
        Some(VersionCheck::Unreachable) => say!(i18n, offline.unreachable),
    });
    let version = script::version();
    let unknown = version.is_empty();
    view! {
        <h3>{tr!(i18n, offline.heading)}</h3>
        <p data-testid="offline-why">{move || fully(i18n, offline.stored.get())}</p>
        <div class="row">
            <button
                type="button"
                data-testid="look-for-version"
                hidden=move || offline.stored.get().bytes().is_none()
                on:click=move |_| offline.look()
            >
                {tr!(i18n, offline.look)}
            </button>
            <button
                type="button"
                data-testid="install"
                hidden=move || !offline.installable.get()
                on:click=move |_| {
                    script::install();
                    offline.installable.set(false);
                }
            >
                {tr!(i18n, offline.install)}
            </button>
        </div>
        <p class="live" role="status" data-testid="looked">{looked}</p>
        <p class="hint" data-testid="version" hidden=unknown>
            {tr!(i18n, offline.version, version = version)}
        </p>
    }
    .into_any()
}
