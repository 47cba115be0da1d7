//! The visitor's word on patients: that each image is of a different one, and how to take back what was said.

use imaging::pack::{Answers, PatientAnswer};
use leptos::prelude::*;

use crate::{
    bridge::Bridge, i18n::use_i18n, other_films::OtherFilms, test::figures::keyed, tr,
    workbench::Workbench,
};

/// Loads the present images again with this.
pub(super) fn answer(workbench: Workbench, patients: PatientAnswer) {
    workbench.choose_films(OtherFilms::Present(Answers {
        patients: Some(patients),
        ..Answers::default()
    }));
}

/// For who knows what no name and no table tells. Where some patients are known, each other image counts as one by itself.
pub(super) fn each_another(workbench: Workbench, none_known: Memo<bool>) -> AnyView {
    let i18n = use_i18n();
    let press = move |_| answer(workbench, PatientAnswer::EachAnother);
    view! {
        <div hidden=move || !none_known.get()>
            <p>{tr!(i18n, patients.each_if)}</p>
            <button type="button" data-testid="patients-each" on:click=press>
                {tr!(i18n, patients.each_another)}
            </button>
        </div>
    }
    .into_any()
}

/// Nothing where the visitor has said nothing of the patients of these images.
pub(super) fn take_back(workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    let said = Memo::new(move |_| {
        // What was said is that of the images that came last.
        workbench.films.track();
        let said = workbench.bridge.with_value(Bridge::said_of_patients);
        said.is_some_and(|said| said != PatientAnswer::Unknown)
    });
    let press = move |_| answer(workbench, PatientAnswer::Unknown);
    keyed(move || match said.get() {
        false => ().into_any(),
        true => view! {
            <button type="button" data-testid="patients-take-back" on:click=press>
                {tr!(i18n, patients.take_back)}
            </button>
        }
        .into_any(),
    })
}
