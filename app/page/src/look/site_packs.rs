//! Packs that the site's host has put beside the page.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::packs::Card;
use crate::{
    I18n, i18n::use_i18n, other_films::OtherFilms, say, site_files, test::figures::keyed, tr,
    words, workbench::Workbench,
};
use imaging::pack::LoadError;
use ui_core::{
    site_packs::{self, SitePack},
    state::{AppState, Loading},
};

const LIST: &str = "./packs.json";

/// What `packs.json` lists, once it has come.
#[derive(Clone, Copy)]
pub struct SitePacks {
    pub all: RwSignal<Vec<SitePack>>,
    /// The one that was chosen last, and which load that was.
    chosen: RwSignal<Option<(String, u32)>>,
}

impl SitePacks {
    /// Fetches the list, and loads the pack that the link names.
    pub fn provide(workbench: Workbench, query: &str) -> Self {
        let packs = Self {
            all: RwSignal::new(Vec::new()),
            chosen: RwSignal::new(None),
        };
        provide_context(packs);
        let wanted = site_packs::wanted(query);
        if site_files::can_fetch() {
            spawn_local(async move {
                let list = match site_files::text(LIST).await {
                    Ok(text) => site_packs::parse(&text),
                    // A host need not have any.
                    Err(_) => Ok(Vec::new()),
                };
                match list {
                    Ok(list) => packs.all.set(list),
                    Err(error) => leptos::logging::warn!("packs.json: {error}"),
                }
                if let Some(wanted) = wanted {
                    packs.load_named(workbench, &wanted);
                }
            });
        }
        packs
    }

    fn load_named(self, workbench: Workbench, key: &str) {
        let named = self.all.with_untracked(|all| {
            let mut all = all.iter();
            all.find(|pack| pack.key() == key).cloned()
        });
        match named {
            Some(pack) => self.load(workbench, pack),
            None => fail(workbench, format!("{key}.zip")),
        }
    }

    fn load(self, workbench: Workbench, pack: SitePack) {
        let free = workbench
            .state
            .with_untracked(|state| state.at_stake().is_nothing());
        // Where something is at stake the visitor is asked first, and nothing is being read yet.
        if free {
            workbench.expect_films(true);
        }
        spawn_local(async move {
            let address = format!("./{}", pack.file);
            match site_files::file(&address, &pack.file_name()).await {
                Ok(file) => {
                    workbench.choose_films(OtherFilms::Files(vec![(pack.file_name(), file)]));
                    let loads = workbench.state.with_untracked(|state| state.loads);
                    self.chosen.set(Some((pack.key().to_owned(), loads)));
                }
                Err(detail) => fail(workbench, detail),
            }
        });
    }
}

fn fail(workbench: Workbench, detail: String) {
    workbench.state.update(|state| {
        state.own_files = true;
        state.loading = Loading::Failed(LoadError::Download { detail });
    });
}

/// A card each; nothing where the host has none.
pub fn view(workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    let packs = expect_context::<SitePacks>();
    let present = Memo::new(move |_| {
        let own = |state: &AppState| {
            let own = state
                .films
                .as_ref()
                .is_some_and(|films| films.pack.is_none());
            own.then_some(state.loads)
        };
        let loads = workbench.state.with(own)?;
        let chosen = packs.chosen.get()?;
        (chosen.1 == loads).then_some(chosen.0)
    });
    keyed(move || {
        let cards = packs.all.get().into_iter().map(|pack| {
            let key = pack.key().to_owned();
            let facts = facts(i18n, &pack);
            let name = pack.name.clone();
            Card {
                id: format!("site-pack-{key}"),
                words: (name, facts),
                facts: pack.licence.clone().unwrap_or_default(),
                pressed: Signal::derive(move || present.get().as_deref() == Some(&*key)),
                choose: Callback::new(move |()| packs.load(workbench, pack.clone())),
            }
            .view()
        });
        let cards: Vec<AnyView> = cards.collect();
        if cards.is_empty() {
            return ().into_any();
        }
        view! {
            <h3 id="site-packs-heading">{tr!(i18n, pack.of_site)}</h3>
            <div class="cards" role="group" aria-labelledby="site-packs-heading">{cards}</div>
        }
        .into_any()
    })
}

/// How many images, how large.
fn facts(i18n: I18n, pack: &SitePack) -> String {
    let images = pack.images.map(|n| words::films(i18n, n));
    let size = pack
        .megabytes
        .map(|size| say!(i18n, offline.megabytes, n = words::fixed(i18n, size, 1)));
    let known: Vec<String> = images.into_iter().chain(size).collect();
    known.join(", ")
}
