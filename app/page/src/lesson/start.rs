//! The arm and the seed of the learner: drawn, or as the group gave them.

use leptos::prelude::*;

use super::{guide::Guide, texts};
use crate::{
    i18n::use_i18n,
    test::figures,
    tr,
    train::field::{ChoiceField, NumberField},
};
use ui_core::lesson::Arm;

pub fn view(guide: Guide) -> AnyView {
    let drawn = Memo::new(move |_| guide.progress.with(|own| own.arm.is_some()));
    figures::keyed(move || match drawn.get() {
        true => fields(guide),
        false => ().into_any(),
    })
}

fn fields(guide: Guide) -> AnyView {
    let i18n = use_i18n();
    let own = Memo::new(move |_| {
        guide
            .progress
            .with(|own| (own.arm.unwrap_or(Arm::ALL[0]), own.seed))
    });
    let arms = Memo::new(move |_| {
        let choice = |arm| (texts::arm(i18n, arm), true);
        Arm::ALL.into_iter().map(choice).collect::<Vec<_>>()
    });
    let set_arm = Callback::new(move |place: usize| {
        let arm = Arm::ALL[place.min(Arm::ALL.len() - 1)];
        guide.choose(arm, own.get_untracked().1);
    });
    let set_seed = Callback::new(move |seed: u64| guide.choose(own.get_untracked().0, seed));
    view! {
        <div class="lesson-part lesson-fields">
            <ChoiceField
                name="lesson-arm"
                label=tr!(i18n, lesson.arm.label)
                help=tr!(i18n, lesson.arm.arm_help)
                choices=arms
                value=Signal::derive(move || own.get().0.place())
                set=set_arm
            />
            <NumberField
                name="lesson-seed"
                label=tr!(i18n, lesson.arm.seed)
                help=tr!(i18n, lesson.arm.seed_help)
                value=Signal::derive(move || own.get().1)
                set=set_seed
                range=0..=999_999
                step="1"
            />
        </div>
    }
    .into_any()
}
