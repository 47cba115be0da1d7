//! What the network says once nothing is left of an image: where that is what it says of the image, painting cannot be relied on
//! to flip the answer, and whoever paints should know.

use imaging::split::Subset;
use leptos::prelude::*;

use super::super::{Examined, leader};
use crate::{i18n::use_i18n, say, test::figures::keyed, workbench::Workbench};
use protocol::{Explanation, ExplanationResult, Subject};
use ui_core::{
    insight::painting::Painting,
    state::{AppState, ExplanationStage},
};

/// Below the heading of the part. `strokes`: of what has been painted so far, which goes first.
pub fn view(
    workbench: Workbench,
    film: Examined,
    strokes: Memo<Option<ExplanationStage>>,
) -> AnyView {
    let i18n = use_i18n();
    let mut mask = Painting::default().mask;
    mask.painted.fill(true);
    let about = Explanation::Erased {
        subject: film.subject,
        mask,
    };
    let stage = workbench.finding(about.clone());
    Effect::new(move |_| {
        let waits = matches!(strokes.get(), Some(ExplanationStage::Asked(_)));
        let known = film.whole.with(|whole| !whole.is_empty());
        // One of a kind takes the place of another that waits: this one gives way, and is asked again.
        if known && !waits && stage.with(Option::is_none) {
            workbench.explain(about.clone());
        }
    });
    let left = Memo::new(move |_| match stage.get() {
        Some(ExplanationStage::Found(ExplanationResult::Erased { probabilities })) => {
            let whole = film.whole.get();
            (!whole.is_empty()).then(|| {
                let same = metrics::answer(&whole) == metrics::answer(&probabilities);
                (probabilities, same)
            })
        }
        _ => None,
    });
    keyed(move || {
        let Some((probabilities, same)) = left.get() else {
            return ().into_any();
        };
        let (class, share) = leader(i18n, workbench, &probabilities);
        let sentence = match same {
            true => say!(i18n, insight.erase_gray_same, class = class, share = share),
            false => say!(i18n, insight.erase_gray, class = class, share = share),
        };
        let answer = metrics::answer(&probabilities);
        let other = same
            .then(|| workbench.state.with_untracked(|state| other(state, answer)))
            .flatten();
        let offer = other.map(|(sample, class)| {
            let class = workbench.class_name(class);
            view! {
                <button
                    type="button"
                    data-testid="erase-other"
                    on:click=move |_| workbench.examine(Subject::Sample(sample))
                >
                    {say!(i18n, insight.erase_other, class = class)}
                </button>
            }
        });
        view! { <p data-testid="erase-gray">{sentence} " " {offer}</p> }.into_any()
    })
}

/// The first image of another class than this one that may be opened, and its class.
fn other(state: &AppState, class: usize) -> Option<(usize, usize)> {
    let run = state.trained()?;
    let part = match state.opened() {
        Some(_) => Subset::Test,
        None => Subset::Validation,
    };
    let samples = state.films.as_ref()?.data.samples.iter().enumerate();
    let mut fits = samples.filter(|(sample, film)| {
        film.class != class && run.parts.get(*sample) == Some(&Some(part))
    });
    fits.next().map(|(sample, film)| (sample, film.class))
}
