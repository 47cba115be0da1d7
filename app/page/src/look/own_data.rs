//! What only visitors with images of their own are shown: fetched with the first of it.

use imaging::pack::{Contradiction, NameQuestion, TableQuestion, UnsureFolder};
use leptos::prelude::*;

use super::{
    contradictions::Contradictions, leaks, mirror::MirrorOwn, patients, photographs, questions,
    roles::Roles, save_pack, sorting,
};
use crate::{chunk::chunk, kept, workbench::Workbench};

#[derive(Clone)]
pub enum OwnData {
    /// What folders mean.
    Roles(Vec<UnsureFolder>),
    /// Which class is right.
    Contradictions(Vec<Contradiction>),
    /// What the columns of a table are.
    Table(Box<TableQuestion>),
    /// Whether names of files tell classes.
    Names(Box<NameQuestion>),
    /// The classes by hand.
    Sorting,
    /// What can be done with images that are loaded.
    Loaded,
    /// Whose images they are, and patients who are in more than one set.
    Patients,
    /// The camera, as long as the signal says so.
    Photographs(RwSignal<bool>),
}

chunk! {
    own_data,
    pub fn own_data(workbench: Workbench, shown: OwnData) {
        match shown {
            OwnData::Roles(folders) => view! { <Roles folders /> }.into_any(),
            OwnData::Contradictions(groups) => view! { <Contradictions groups /> }.into_any(),
            OwnData::Table(asked) => questions::table(workbench, *asked),
            OwnData::Names(asked) => questions::names(workbench, *asked),
            OwnData::Sorting => sorting::view(workbench),
            OwnData::Photographs(open) => photographs::photographs(workbench, open),
            OwnData::Patients => view! {
                {patients::view(workbench)}
                {leaks::view(workbench)}
            }
            .into_any(),
            OwnData::Loaded => view! {
                <p class="row">{sorting::again(workbench)}</p>
                {kept::choice_of_images()}
                {save_pack::view(workbench)}
                <MirrorOwn />
            }
            .into_any(),
        }
    }
}
