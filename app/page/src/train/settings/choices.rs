//! How the films are divided, and which network learns.

use imaging::{
    settings::{Network, Pooling, Settings},
    split::SplitBy,
    task::Task,
};
use leptos::prelude::*;

use super::{super::field::ChoiceField, setting};
use crate::{i18n::use_i18n, say, tr, workbench::Workbench};

const DIVISIONS: [SplitBy; 3] = [SplitBy::Image, SplitBy::Patient, SplitBy::Folder];
const NETWORKS: [Network; 3] = [
    Network::Pretrained(Pooling::Grid),
    Network::Pretrained(Pooling::GlobalAverage),
    Network::Scratch,
];
/// Pixels: more would only make the small network slow.
const SCRATCH_SIDE: usize = 64;

#[component]
pub fn Division() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let (value, set) = setting(
        |settings| place_in(&DIVISIONS, settings.split_by),
        |settings, place| settings.split_by = DIVISIONS[place],
    );
    let choices = move || {
        let (patients, folders) = workbench.films.with(|films| {
            let films = films.as_ref();
            films.map_or((false, false), |films| {
                (films.has_patients(), films.has_folders())
            })
        });
        vec![
            (say!(i18n, train.by_image), true),
            (say!(i18n, train.by_patient), patients),
            (say!(i18n, train.by_folder), folders),
        ]
    };
    let help = move || match DIVISIONS[value.get()] {
        SplitBy::Image => say!(i18n, train.by_image_help),
        SplitBy::Patient => say!(i18n, train.by_patient_help),
        SplitBy::Folder => say!(i18n, train.by_folder_help),
    };
    view! {
        <ChoiceField
            name="split"
            label=tr!(i18n, train.divide)
            help=Signal::derive(help)
            choices=Memo::new(move |_| choices())
            value
            set
        />
    }
}

#[component]
pub fn NetworkChoice() -> impl IntoView {
    let i18n = use_i18n();
    let (value, set) = setting(
        |settings| place_in(&NETWORKS, settings.network),
        |settings, place| choose_network(settings, NETWORKS[place]),
    );
    let choices = move || {
        vec![
            (say!(i18n, train.grid), true),
            (say!(i18n, train.average), true),
            (say!(i18n, train.scratch), true),
        ]
    };
    let workbench = expect_context::<Workbench>();
    let help = move || match NETWORKS[value.get()] {
        Network::Pretrained(pooling) if super::task(workbench) == Task::Mirrored => match pooling {
            Pooling::GlobalAverage => say!(i18n, task.average_forgets),
            Pooling::Grid => say!(i18n, task.grid_knows),
        },
        Network::Pretrained(Pooling::GlobalAverage) => say!(i18n, train.average_help),
        Network::Pretrained(Pooling::Grid) => say!(i18n, train.grid_help),
        Network::Scratch => say!(i18n, train.scratch_help),
    };
    view! {
        <ChoiceField
            name="network"
            label=tr!(i18n, train.network)
            help=Signal::derive(help)
            choices=Memo::new(move |_| choices())
            value
            set
        />
    }
}

/// Each kind of network comes with the film side that suits it.
fn choose_network(settings: &mut Settings, network: Network) {
    let scratch = network == Network::Scratch;
    if scratch != (settings.network == Network::Scratch) {
        let usual = Settings::default();
        settings.film_side = if scratch {
            SCRATCH_SIDE
        } else {
            usual.film_side
        };
        settings.fine_tuning = usual.fine_tuning.filter(|_| !scratch);
    }
    settings.network = network;
}

fn place_in<T: PartialEq + Copy>(all: &[T], one: T) -> usize {
    all.iter().position(|&other| other == one).unwrap_or(0)
}
