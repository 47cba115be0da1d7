//! Folders whose names do not say what they are: the visitor says it.

use imaging::pack::{Answers, FolderRole, UnsureFolder};
use leptos::prelude::*;

use crate::{I18n, i18n::use_i18n, other_films::OtherFilms, say, tr, workbench::Workbench};

const ROLES: [FolderRole; 7] = [
    FolderRole::Class,
    FolderRole::Around,
    FolderRole::Train,
    FolderRole::Validation,
    FolderRole::Test,
    FolderRole::Try,
    FolderRole::Ignore,
];

#[component]
pub fn Roles(folders: Vec<UnsureFolder>) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let likeliest: Vec<FolderRole> = folders.iter().map(|folder| folder.likeliest).collect();
    let roles = RwSignal::new(likeliest);
    let names: Vec<String> = folders.iter().map(|folder| folder.name.clone()).collect();
    let load = move |_| {
        workbench.choose_films(OtherFilms::Again(Answers {
            roles: names.iter().cloned().zip(roles.get()).collect(),
            ..Answers::default()
        }));
    };
    let row = move |(place, folder): (usize, UnsureFolder)| {
        let choose = move |event| {
            let chosen = event_target_value(&event).parse().ok();
            if let Some(role) = chosen.and_then(|index: usize| ROLES.get(index)) {
                roles.update(|roles| roles[place] = *role);
            }
        };
        let options = ROLES.iter().enumerate().map(move |(index, role)| {
            let likeliest = *role == folder.likeliest;
            view! {
                <option value=index.to_string() selected=likeliest>
                    {move || name(i18n, role)}
                </option>
            }
        });
        view! {
            <label class="field">
                <span>{tr!(i18n, look.role, folder = folder.name.clone())}</span>
                <select on:change=choose>{options.collect_view()}</select>
            </label>
        }
    };
    view! {
        {folders.into_iter().enumerate().map(row).collect_view()}
        <button type="button" class="primary" on:click=load>
            {tr!(i18n, look.roles_load)}
        </button>
    }
}

fn name(i18n: I18n, role: &FolderRole) -> String {
    match role {
        FolderRole::Class => say!(i18n, look.role_class),
        FolderRole::Around => say!(i18n, look.role_around),
        FolderRole::Train => say!(i18n, look.role_training),
        FolderRole::Validation => say!(i18n, look.role_validation),
        FolderRole::Test => say!(i18n, look.role_testing),
        FolderRole::Try => say!(i18n, look.role_try),
        FolderRole::Ignore => say!(i18n, look.role_ignore),
    }
}
