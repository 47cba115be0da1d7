//! What a step leaves out because the loaded images do not have it, and, for the facilitator, what it asks of a pack.

use leptos::prelude::*;

use super::guide::Guide;
use crate::{I18n, i18n::use_i18n, say, test::figures, words, workbench::Workbench};
use ui_core::lesson::{
    Lack, PackNeed, Step,
    pack_fit::{LEAST_IMAGES, LEAST_PATIENTS},
};

/// Nothing where nothing is lacking.
pub fn view(guide: Guide, step: Step) -> AnyView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let lacks = Memo::new(move |_| workbench.state.with(|state| Lack::of(step, state)));
    figures::keyed(move || {
        let said = lacks.get().into_iter().map(|lack| {
            let left_out = lack.leaves_out_the_step();
            let sentence = Signal::derive(move || sentence(i18n, workbench, &lack));
            let class = if left_out { "notice" } else { "hint" };
            view! { <p class=class data-testid="lesson-lack">{sentence}</p> }.into_any()
        });
        let said: Vec<AnyView> = said.collect();
        let leads_on = step.next().is_some() && guide.leads();
        match said.is_empty() || !leads_on {
            true => ().into_any(),
            false => view! { <div class="lesson-part">{said}</div> }.into_any(),
        }
    })
}

fn sentence(i18n: I18n, workbench: Workbench, lack: &Lack) -> String {
    match *lack {
        Lack::Images { class, n } => say!(
            i18n,
            lesson.lack.images,
            class = workbench.class_name(class),
            images = words::films(i18n, n),
            least = LEAST_IMAGES
        ),
        Lack::PatientsUnknown => say!(i18n, lesson.lack.patients),
        Lack::FewPatients { class, n } => say!(
            i18n,
            lesson.lack.few_patients,
            class = workbench.class_name(class),
            patients = words::patients(i18n, n),
            least = LEAST_PATIENTS
        ),
        Lack::UnseenPatients => say!(i18n, lesson.lack.unseen),
        Lack::TwoClasses { n } => say!(i18n, lesson.lack.two_classes, n = n),
        Lack::Chest => say!(i18n, lesson.lack.chest),
        Lack::OddImages => say!(i18n, lesson.lack.odd),
    }
}

/// What a step asks of a pack, in one paragraph.
pub fn asked(i18n: I18n, step: Step) -> String {
    let asked = PackNeed::of(step).iter().map(|need| match need {
        PackNeed::Images => say!(i18n, lesson.pack_need.images, least = LEAST_IMAGES),
        PackNeed::Patients => say!(i18n, lesson.pack_need.patients, least = LEAST_PATIENTS),
        PackNeed::UnseenPatients => say!(i18n, lesson.pack_need.unseen),
        PackNeed::TwoClasses => say!(i18n, lesson.pack_need.two_classes),
        PackNeed::Chest => say!(i18n, lesson.pack_need.chest),
        PackNeed::OddImages => say!(i18n, lesson.pack_need.odd),
    });
    let asked: Vec<String> = asked.collect();
    match asked.is_empty() {
        true => say!(i18n, lesson.pack_need.nothing),
        false => asked.join(" "),
    }
}
