//! The curves' numbers as a table.

use imaging::report::{EpochReport, LossAccuracy, StageKind};
use leptos::prelude::*;

use crate::{I18n, i18n::use_i18n, say, tr, words, workbench::Workbench};

#[component]
pub fn EpochTable() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let epochs = Memo::new(move |_| {
        workbench.state.with(|state| {
            let run = state.run.as_ref();
            run.map(|run| run.epochs.clone()).unwrap_or_default()
        })
    });
    let rows = move || {
        let rows = epochs.get().into_iter().enumerate();
        rows.map(|(place, epoch)| row(i18n, place, epoch))
            .collect_view()
    };
    view! {
        <Show when=move || epochs.with(|epochs| !epochs.is_empty())>
            <details class="epochs" data-testid="epochs">
                <summary>{tr!(i18n, train.table)}</summary>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{tr!(i18n, train.epoch)}</th>
                            <th scope="col">{tr!(i18n, train.stage)}</th>
                            <th scope="col">{tr!(i18n, train.training_loss)}</th>
                            <th scope="col">{tr!(i18n, train.validation_loss)}</th>
                            <th scope="col">{tr!(i18n, train.training_accuracy)}</th>
                            <th scope="col">{tr!(i18n, train.validation_accuracy)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </Show>
    }
}

fn row(i18n: I18n, place: usize, epoch: EpochReport) -> impl IntoView {
    let stage = match epoch.stage {
        StageKind::Frozen => say!(i18n, train.stage_frozen),
        StageKind::FineTuning => say!(i18n, train.stage_tuning),
        StageKind::Scratch => say!(i18n, train.stage_scratch),
    };
    let loss = |score: LossAccuracy| words::fixed(i18n, score.loss.into(), 4);
    let right = |score| words::hits(i18n, &words::proportion(score));
    view! {
        <tr>
            <th scope="row">{place + 1}</th>
            <td>{stage}</td>
            <td>{loss(epoch.train)}</td>
            <td>{loss(epoch.validation)}</td>
            <td>{right(epoch.train)}</td>
            <td>{right(epoch.validation)}</td>
        </tr>
    }
}
