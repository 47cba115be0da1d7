//! The pooled experiment: points by arm, what each switch does, and both in words.

use leptos::prelude::*;
use metrics::{Interval, Proportion, strata::Effect};

use super::{Hall, join::choice, words};
use crate::{
    i18n::{I18n, use_i18n},
    plot::{Plot, cut_axis},
    say,
    test::figures,
    tr, words as common,
};
use plots::chart::{drawing::Drawing, svg::escaped};
use text::number;
use ui_core::{
    classroom::{
        plot,
        pool::{Kind, PoolMeasure},
        result::{Factor, PooledGroup},
    },
    lesson::Arm,
};

/// In the order of the list.
const MEASURES: [PoolMeasure; 2] = [PoolMeasure::Test, PoolMeasure::Validation];

/// What is compared now, here and on the projector.
#[derive(Clone, Copy, Default)]
pub struct ChosenGroup {
    /// `None`: the most frequent.
    kind: RwSignal<Option<Kind>>,
    /// `None`: the test set, unless more results have only been validated.
    measure: RwSignal<Option<PoolMeasure>>,
}

#[component]
pub fn Results() -> impl IntoView {
    let i18n = use_i18n();
    let hall = expect_context::<Hall>();
    let chosen = hall.chosen;
    let kinds = Memo::new(move |_| hall.pool.with(|pool| pool.kinds()));
    let several = Memo::new(move |_| kinds.with(|kinds| kinds.len() > 1));
    let any = Memo::new(move |_| kinds.with(|kinds| !kinds.is_empty()));
    let kind = kind_list(i18n, chosen, kinds);
    let compared = Memo::new(move |_| chosen.kind(hall));
    let measured = Memo::new(move |_| chosen.measure(hall));
    let measure = measure_list(i18n, chosen, measured);
    let group = compared_group(hall);
    let untested = move || match (compared.get(), measured.get()) {
        (Some(kind), PoolMeasure::Test) if kind.is_run() => {
            match hall.pool.with(|pool| pool.untested(kind)) {
                0 => String::new(),
                n => say!(i18n, room.results.untested, n = n),
            }
        }
        _ => String::new(),
    };
    // The arms experiment has one score.
    let has_measures = Memo::new(move |_| compared.get().is_some_and(Kind::is_run));
    let content = figures::keyed(move || {
        if !any.get() {
            return view! { <p class="empty">{tr!(i18n, room.results.empty)}</p> }.into_any();
        }
        let kind = figures::keyed(move || match several.get() {
            true => view! {
                <div>
                    {kind.view("room-kind", tr!(i18n, room.results.kind))}
                    <p class="hint">{tr!(i18n, room.results.apart)}</p>
                </div>
            }
            .into_any(),
            false => view! {
                <p class="hint">{move || kind.options.with(|names| names.join(", "))}</p>
            }
            .into_any(),
        });
        view! {
            <div class="room-choices">
                {kind}
                <div hidden=move || !has_measures.get()>
                    {measure.view("room-measure", tr!(i18n, room.results.measure))}
                </div>
            </div>
            <p class="hint" data-testid="room-untested">{untested}</p>
            <div class="room-plots">{drawn_arms(group)} {drawn_effects(group)}</div>
            {told_effects(group)}
            <div class="wide" tabindex="0" role="group" aria-label=tr!(i18n, room.results.table)>
                <table class="numbers" data-testid="room-table" inner_html=move || group.with(|group| table(i18n, group))></table>
            </div>
        }
        .into_any()
    });
    view! {
        <section class="panel room-results" aria-labelledby="results-heading" data-testid="room-results">
            <h2 id="results-heading">{tr!(i18n, room.results.heading)}</h2>
            {content}
        </section>
    }
}

/// What a [`choice`] is made of.
#[derive(Clone, Copy)]
struct GroupList {
    options: Signal<Vec<String>>,
    picked: Signal<usize>,
    choose: Callback<usize>,
}

impl GroupList {
    fn view(self, id: &'static str, label: Signal<String>) -> AnyView {
        choice(id, label, self.options, self.picked, self.choose)
    }
}

fn kind_list(i18n: I18n, chosen: ChosenGroup, kinds: Memo<Vec<(Kind, usize)>>) -> GroupList {
    let options = Signal::derive(move || {
        let name = |(kind, n): &(Kind, usize)| {
            let name = words::kind(i18n, *kind);
            say!(i18n, room.results.kind_of, name = name, n = n)
        };
        kinds.with(|kinds| kinds.iter().map(name).collect::<Vec<_>>())
    });
    // A kind that is gone gives way to the most frequent.
    let picked = Signal::derive(move || {
        let own = |(kind, _): &(Kind, usize)| Some(*kind) == chosen.kind.get();
        kinds.with(|kinds| kinds.iter().position(own).unwrap_or_default())
    });
    let choose = Callback::new(move |place: usize| {
        let kind = kinds.with_untracked(|kinds| kinds.get(place).map(|(kind, _)| *kind));
        chosen.kind.set(kind);
    });
    GroupList {
        options,
        picked,
        choose,
    }
}

impl ChosenGroup {
    /// A kind that is gone gives way to the most frequent.
    fn kind(self, hall: Hall) -> Option<Kind> {
        let own = self.kind.get();
        hall.pool.with(|pool| {
            let kinds = pool.kinds();
            let chosen = kinds.iter().find(|(kind, _)| Some(*kind) == own);
            chosen.or(kinds.first()).map(|(kind, _)| *kind)
        })
    }

    fn measure(self, hall: Hall) -> PoolMeasure {
        let usual = |kind| hall.pool.with(|pool| pool.usual_measure(kind));
        let own = self.measure.get();
        own.or_else(|| self.kind(hall).map(usual))
            .unwrap_or_default()
    }
}

fn compared_group(hall: Hall) -> Memo<PooledGroup> {
    let chosen = hall.chosen;
    Memo::new(move |_| {
        let (kind, measure) = (chosen.kind(hall), chosen.measure(hall));
        kind.map_or_else(PooledGroup::default, |kind| {
            hall.pool.with(|pool| pool.group(kind, measure))
        })
    })
}

fn measure_list(i18n: I18n, chosen: ChosenGroup, measured: Memo<PoolMeasure>) -> GroupList {
    let options = Signal::derive(move || {
        MEASURES
            .map(|measure| words::measure(i18n, measure))
            .to_vec()
    });
    let picked = Signal::derive(move || {
        let own = |&measure: &PoolMeasure| measure == measured.get();
        MEASURES.iter().position(own).unwrap_or_default()
    });
    let choose = Callback::new(move |place: usize| {
        chosen.measure.set(MEASURES.get(place).copied());
    });
    GroupList {
        options,
        picked,
        choose,
    }
}

pub fn arms_plot(hall: Hall) -> AnyView {
    drawn_arms(compared_group(hall))
}

pub fn effects_plot(hall: Hall) -> AnyView {
    let group = compared_group(hall);
    view! {
        <div class="slide-effects">
            {drawn_effects(group)}
            {told_effects(group)}
        </div>
    }
    .into_any()
}

/// Of the runs that most codes are of, whatever their arm: which arm does better is asked later.
pub fn room_plot(hall: Hall) -> AnyView {
    let i18n = use_i18n();
    let group = Memo::new(move |_| {
        hall.pool.with(|pool| {
            let kinds = pool.kinds();
            let kind = kinds
                .iter()
                .map(|(kind, _)| *kind)
                .find(|kind| kind.is_run());
            kind.map_or_else(PooledGroup::default, |kind| {
                pool.group(kind, PoolMeasure::Test)
            })
        })
    });
    let drawing = Signal::derive(move || -> Drawing {
        let low = group.with(plot::arms_low);
        let share = share_axis(i18n, low);
        let words = [String::new(), share, say!(i18n, room.results.learners)];
        let name = say!(i18n, room.results.room_name);
        let mut drawing = group.with(|group| plot::room(group, name, words));
        drawing.notes = say!(i18n, room.results.count);
        drawing
    });
    let caption = Signal::derive(move || {
        let all_right = group.with(PooledGroup::all_right);
        match (group.with(PooledGroup::len), all_right) {
            (0, _) => say!(i18n, room.results.room_empty),
            (n, Some(fewest)) => {
                let low = Proportion::new(fewest as usize, fewest as usize).low;
                let low = common::percent(i18n, low);
                say!(
                    i18n,
                    room.results.room_all_right,
                    n = n,
                    films = fewest,
                    low = low
                )
            }
            (n, None) => say!(i18n, room.results.room_caption, n = n),
        }
    });
    view! {
        <Plot id="room-all" heading=tr!(i18n, room.results.room) caption drawing />
    }
    .into_any()
}

/// Says where the axis begins, if that is not at 0.
fn share_axis(i18n: I18n, low: f64) -> String {
    let share = say!(i18n, room.results.share);
    match low > 0.0 {
        true => cut_axis(i18n, share, low),
        false => share,
    }
}

fn drawn_arms(group: Memo<PooledGroup>) -> AnyView {
    let i18n = use_i18n();
    let drawing = Signal::derive(move || -> Drawing {
        let names = Arm::ALL.map(|arm| words::arm(i18n, arm)).to_vec();
        let low = group.with(plot::arms_low);
        let share = share_axis(i18n, low);
        let words = [
            say!(i18n, room.join.arm),
            share,
            say!(i18n, room.results.learners),
            say!(i18n, room.results.means),
        ];
        let mut drawing = group.with(|group| plot::arms(group, names, words));
        drawing.notes = say!(i18n, room.results.count);
        drawing
    });
    let caption = Signal::derive(move || {
        let n = group.with(PooledGroup::len);
        match group.with(PooledGroup::films) {
            Some((few, many)) if few == many => {
                say!(i18n, room.results.caption, n = n, films = few)
            }
            Some((few, many)) => {
                say!(
                    i18n,
                    room.results.caption_uneven,
                    n = n,
                    few = few,
                    many = many
                )
            }
            None => say!(i18n, room.results.no_scores),
        }
    });
    view! {
        <Plot id="room-arms" heading=tr!(i18n, room.results.arms) caption drawing />
    }
    .into_any()
}

fn drawn_effects(group: Memo<PooledGroup>) -> AnyView {
    let i18n = use_i18n();
    let drawing = Signal::derive(move || -> Drawing {
        let names = Factor::ALL
            .map(|factor| words::factor(i18n, factor))
            .to_vec();
        let words = [
            say!(i18n, room.results.switch),
            say!(i18n, room.results.points),
            say!(i18n, room.results.effect),
            say!(i18n, room.results.nothing),
        ];
        group.with(|group| plot::effects(group, names, words))
    });
    view! {
        <Plot
            id="room-effects"
            heading=tr!(i18n, room.results.effects)
            caption=tr!(i18n, room.results.effects_caption)
            drawing
        />
    }
    .into_any()
}

fn told_effects(group: Memo<PooledGroup>) -> AnyView {
    let i18n = use_i18n();
    let sentence = move |factor: Factor, id: &'static str| {
        let said = Signal::derive(move || {
            let effect = group.with(|group| group.effect(factor));
            told_effect(i18n, words::factor(i18n, factor), effect)
        });
        view! { <p data-testid=id>{said}</p> }.into_any()
    };
    view! {
        <div role="status" class="room-effects">
            {sentence(Factor::Augmentation, "effect-augmentation")}
            {sentence(Factor::Dropout, "effect-dropout")}
        </div>
    }
    .into_any()
}

fn told_effect(i18n: I18n, name: String, effect: Option<Effect>) -> String {
    let Some(effect) = effect else {
        return say!(i18n, room.results.effect_none, name = name);
    };
    let points = |share: f64| number::signed(i18n.language(), share * 100.0, 1);
    let mean = points(effect.mean);
    let n = effect.n.0 + effect.n.1;
    match effect.interval {
        // No arm has two learners.
        None if n == 2 * effect.strata => {
            say!(i18n, room.results.effect_few, name = name, mean = mean)
        }
        None => {
            say!(
                i18n,
                room.results.effect_flat,
                name = name,
                mean = mean,
                n = n
            )
        }
        Some(Interval { low, high }) => {
            let verdict = match low <= 0.0 && high >= 0.0 {
                true => say!(i18n, room.results.zero),
                false => say!(i18n, room.results.apart_from_zero),
            };
            let (low, high) = (points(low), points(high));
            let result = say!(
                i18n,
                room.results.effect_found,
                name = name,
                mean = mean,
                low = low,
                high = high,
                n = n
            );
            format!("{result} {verdict}")
        }
    }
}

/// What is within the `table` element.
fn table(i18n: I18n, group: &PooledGroup) -> String {
    let heads = [
        say!(i18n, room.join.arm),
        say!(i18n, room.results.learners),
        say!(i18n, room.results.mean),
        say!(i18n, room.results.interval),
    ];
    let heads: String = heads
        .iter()
        .map(|head| format!("<th scope=\"col\">{}</th>", escaped(head)))
        .collect();
    let row = |arm: Arm| {
        let shares = group.shares(arm);
        let mean = shares.iter().sum::<f64>() / shares.len() as f64;
        let mean = match shares.is_empty() {
            true => String::new(),
            false => common::percent(i18n, mean),
        };
        let interval = group
            .mean(arm)
            .and_then(|spread| spread.interval)
            .map(|interval| common::ends(i18n, interval.low, interval.high));
        let cells = [shares.len().to_string(), mean, interval.unwrap_or_default()];
        let cells: String = cells
            .iter()
            .map(|cell| format!("<td>{}</td>", escaped(cell)))
            .collect();
        format!(
            "<tr><th scope=\"row\">{}</th>{cells}</tr>",
            escaped(&words::arm(i18n, arm))
        )
    };
    let rows: String = Arm::ALL.into_iter().map(row).collect();
    format!("<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>")
}
