//! The settings of the next run; held while one goes on.

mod advanced;
mod augmentation;
mod choices;
mod rates;
mod sketches;

use imaging::{
    settings::{FineTuning, Settings, limits},
    task::Task,
};
use leptos::prelude::*;

use super::field::{NumberField, SwitchField};
use crate::{
    i18n::use_i18n,
    lesson::explain::{Explain, Term},
    tr,
    workbench::Workbench,
};
use ui_core::state::Run;

/// One value of the settings, to read and to write.
pub(super) fn setting<T: Clone + PartialEq + Send + Sync + 'static>(
    read: fn(&Settings) -> T,
    write: fn(&mut Settings, T),
) -> (Signal<T>, Callback<T>) {
    let workbench = expect_context::<Workbench>();
    let value = Memo::new(move |_| workbench.state.with(|state| read(&state.settings)));
    let set = move |value| {
        workbench
            .state
            .update(|state| write(&mut state.settings, value))
    };
    (value.into(), Callback::new(set))
}

#[component]
pub fn SettingsForm() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let held = Memo::new(move |_| {
        let active =
            |state: &ui_core::state::AppState| state.run.as_ref().is_some_and(Run::is_active);
        workbench.state.with(active)
    });
    let pretrained = Memo::new(move |_| {
        let network = workbench.state.with(|state| state.settings.network);
        matches!(network, imaging::settings::Network::Pretrained(_))
    });
    let dropout = setting(
        |settings| settings.dropout,
        |settings, value| settings.dropout = value,
    );
    let epochs = setting(
        |settings| settings.epochs,
        |settings, value| settings.epochs = value,
    );
    view! {
        <form class="settings" data-testid="settings" on:submit=|event| event.prevent_default()>
            <fieldset disabled=held>
                <legend>{tr!(i18n, train.settings)}</legend>
                <Show when=move || held.get()>
                    <p class="hint">{tr!(i18n, train.settings_held)}</p>
                </Show>
                <choices::Division />
                <choices::NetworkChoice />
                <Explain term=Term::Transfer />
                <augmentation::AugmentationFields />
                <Explain term=Term::Augmentation />
                <NumberField
                    name="dropout"
                    label=tr!(i18n, train.dropout)
                    help=tr!(i18n, train.dropout_help)
                    value=dropout.0
                    set=dropout.1
                    range=limits::DROPOUT
                    step="0.1"
                />
                <sketches::Silenced />
                <Explain term=Term::Dropout />
                <Explain term=Term::Regularisation />
                <NumberField
                    name="epochs"
                    label=tr!(i18n, train.epochs)
                    help=tr!(i18n, train.epochs_help)
                    value=epochs.0
                    set=epochs.1
                    range=limits::EPOCHS
                    step="1"
                />
                <sketches::StepCount />
                <Explain term=Term::Epoch />
                <Show when=move || pretrained.get()>
                    <TuningFields />
                    <Explain term=Term::Frozen />
                </Show>
                <advanced::Advanced pretrained />
            </fieldset>
        </form>
    }
}

#[component]
fn TuningFields() -> impl IntoView {
    let i18n = use_i18n();
    let on = setting(
        |settings| settings.fine_tuning.is_some(),
        |settings, on| settings.fine_tuning = on.then(FineTuning::default),
    );
    let stages = setting(
        |settings| settings.fine_tuning.unwrap_or_default().stages,
        |settings, stages| change_tuning(settings, |tuning| tuning.stages = stages),
    );
    let epochs = setting(
        |settings| settings.fine_tuning.unwrap_or_default().epochs,
        |settings, epochs| change_tuning(settings, |tuning| tuning.epochs = epochs),
    );
    view! {
        <SwitchField
            name="fine-tuning"
            label=tr!(i18n, train.tuning)
            help=tr!(i18n, train.tuning_help)
            value=on.0
            set=on.1
        />
        <Show when=move || on.0.get()>
            <div class="sub">
                <NumberField
                    name="tuning-stages"
                    label=tr!(i18n, train.tuning_stages)
                    help=tr!(i18n, train.tuning_stages_help)
                    value=stages.0
                    set=stages.1
                    range=limits::UNFROZEN_STAGES
                    step="1"
                />
                <NumberField
                    name="tuning-epochs"
                    label=tr!(i18n, train.tuning_epochs)
                    help=tr!(i18n, train.tuning_epochs_help)
                    value=epochs.0
                    set=epochs.1
                    range=limits::TUNING_EPOCHS
                    step="1"
                />
            </div>
        </Show>
    }
}

/// What is asked about the loaded films.
fn task(workbench: Workbench) -> Task {
    workbench.films.with(|films| {
        let films = films.as_ref();
        films.map_or(Task::Region, |films| films.data.task)
    })
}

fn change_tuning(settings: &mut Settings, change: impl FnOnce(&mut FineTuning)) {
    if let Some(tuning) = &mut settings.fine_tuning {
        change(tuning);
    }
}
