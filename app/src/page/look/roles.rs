//! Folders whose names do not say what they are: the visitor says it.

use leptos::prelude::*;
use model::pack::FolderRole;

use crate::{
    i18n::use_i18n,
    page::{I18n, say, told, workbench::Workbench},
};

const ROLES: [FolderRole; 5] = [
    FolderRole::Class,
    FolderRole::Train,
    FolderRole::Validation,
    FolderRole::Test,
    FolderRole::Ignore,
];

#[component]
pub fn Roles(folders: Vec<String>) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let roles = RwSignal::new(vec![FolderRole::Class; folders.len()]);
    let names = folders.clone();
    let load = move |_| workbench.load_again(names.iter().cloned().zip(roles.get()).collect());
    let row = move |(place, folder): (usize, String)| {
        let choose = move |event| {
            let chosen = event_target_value(&event).parse().ok();
            if let Some(role) = chosen.and_then(|index: usize| ROLES.get(index)) {
                roles.update(|roles| roles[place] = role.clone());
            }
        };
        let options = ROLES.iter().enumerate().map(move |(index, role)| {
            view! { <option value=index.to_string()>{move || name(i18n, role)}</option> }
        });
        view! {
            <label class="field">
                <span>{told!(i18n, look.role, folder = folder.clone())}</span>
                <select on:change=choose>{options.collect_view()}</select>
            </label>
        }
    };
    view! {
        {folders.into_iter().enumerate().map(row).collect_view()}
        <button type="button" on:click=load>
            {told!(i18n, look.roles_load)}
        </button>
    }
}

fn name(i18n: I18n, role: &FolderRole) -> String {
    match role {
        FolderRole::Class => say!(i18n, look.role_class),
        FolderRole::Train => say!(i18n, look.role_training),
        FolderRole::Validation => say!(i18n, look.role_validation),
        FolderRole::Test => say!(i18n, look.role_testing),
        FolderRole::Ignore => say!(i18n, look.role_ignore),
    }
}
