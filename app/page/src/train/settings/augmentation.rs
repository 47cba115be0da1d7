//! How far views of the training films stray, and what that makes of the visitor's own films.

use imaging::{
    augment,
    settings::{Augmentation, Settings, limits},
    split::Subset,
    task::Task,
};
use leptos::prelude::*;

use super::{super::field::SwitchField, setting};
use crate::{
    I18n,
    film::{self, FilmCanvas},
    i18n::use_i18n,
    say,
    test::{figures::keyed, slider::Slider},
    tr, words,
    workbench::Workbench,
};

/// Films of the preview: enough to see chance at work, few enough to follow the hand.
const SHOWN: usize = 6;
/// Pixels.
const SIDE: usize = 88;

/// A limit of the views, as a slider of so many equal steps.
#[derive(Clone, Copy)]
enum Limit {
    Rotation,
    Shift,
    Shear,
    Zoom,
}

impl Limit {
    const ALL: [Self; 4] = [Self::Rotation, Self::Shift, Self::Shear, Self::Zoom];

    fn id(self) -> &'static str {
        match self {
            Self::Rotation => "setting-rotation",
            Self::Shift => "setting-shift",
            Self::Shear => "setting-shear",
            Self::Zoom => "setting-zoom",
        }
    }

    /// One step of the slider, and how many there are. The usual values lie on a step.
    fn steps(self) -> (f64, usize) {
        let (step, range) = match self {
            Self::Rotation => (5.0, limits::ROTATION),
            Self::Shift => (0.05, limits::SHIFT),
            Self::Shear => (0.1, limits::SHEAR),
            Self::Zoom => (0.05, limits::ZOOM),
        };
        (step, (range.end() / step).round() as usize)
    }

    fn of(self, views: &mut Augmentation) -> &mut f64 {
        match self {
            Self::Rotation => &mut views.rotation,
            Self::Shift => &mut views.shift,
            Self::Shear => &mut views.shear,
            Self::Zoom => &mut views.zoom,
        }
    }

    fn name(self, i18n: I18n) -> String {
        match self {
            Self::Rotation => say!(i18n, sketch.rotation),
            Self::Shift => say!(i18n, sketch.shift),
            Self::Shear => say!(i18n, sketch.shear),
            Self::Zoom => say!(i18n, sketch.zoom),
        }
    }

    fn written(self, i18n: I18n, value: f64) -> String {
        match self {
            Self::Rotation => say!(i18n, sketch.degrees, n = words::exact(i18n, value)),
            Self::Shear => {
                let degrees = value.to_degrees();
                say!(i18n, sketch.degrees, n = words::fixed(i18n, degrees, 0))
            }
            Self::Shift | Self::Zoom => {
                say!(i18n, sketch.up_to, share = words::percent(i18n, value))
            }
        }
    }

    fn place(self, settings: &Settings) -> usize {
        let mut views = settings.augmentation.unwrap_or_default();
        let (step, last) = self.steps();
        ((*self.of(&mut views) / step).round() as usize).min(last)
    }

    fn slider(self, i18n: I18n, workbench: Workbench) -> AnyView {
        let (step, last) = self.steps();
        let state = workbench.state;
        let place = Memo::new(move |_| state.with(|state| self.place(&state.settings)));
        Slider {
            id: self.id(),
            label: Signal::derive(move || self.name(i18n)),
            text: Signal::derive(move || self.written(i18n, place.get() as f64 * step)),
            last: Signal::derive(move || last),
            value: place.into(),
            set: Callback::new(move |place: usize| {
                state.update(|state| {
                    if let Some(views) = &mut state.settings.augmentation {
                        // Through the decimal, so that 3 times 0.05 is 0.15.
                        *self.of(views) = (place as f64 * step * 100.0).round() / 100.0;
                    }
                });
            }),
        }
        .view()
    }
}

#[component]
pub fn AugmentationFields() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let on = setting(
        |settings| settings.augmentation.is_some(),
        |settings, on| settings.augmentation = on.then(Augmentation::default),
    );
    let flip = setting(
        |settings| settings.augmentation.is_some_and(|views| views.flip),
        |settings, flip| {
            if let Some(views) = &mut settings.augmentation {
                views.flip = flip;
            }
        },
    );
    let flip_help = Signal::derive(move || match super::task(workbench) {
        Task::Region => say!(i18n, train.flip_help),
        Task::Mirrored => say!(i18n, task.flip_destroys),
    });
    let fields = keyed(move || {
        if !on.0.get() {
            return ().into_any();
        }
        let sliders: Vec<AnyView> = Limit::ALL
            .into_iter()
            .map(|limit| limit.slider(i18n, workbench))
            .collect();
        view! {
            <div class="sub">
                {sliders}
                <SwitchField
                    name="flip"
                    label=tr!(i18n, train.flip)
                    help=flip_help
                    value=flip.0
                    set=flip.1
                />
                {preview(i18n, workbench)}
            </div>
        }
        .into_any()
    });
    view! {
        <SwitchField
            name="augmentation"
            label=tr!(i18n, train.augmentation)
            help=tr!(i18n, train.augmentation_help)
            value=on.0
            set=on.1
        />
        {fields}
    }
}

/// Training films as the network would meet them.
fn preview(i18n: I18n, workbench: Workbench) -> AnyView {
    let views = Memo::new(move |_| workbench.state.with(|state| state.settings.augmentation));
    let shown = Memo::new(move |_| shown(workbench));
    let card = move |(sample, class): (usize, usize)| {
        let thumbnail = workbench.thumbnail(sample);
        let picture = Memo::new(move |_| {
            let small = thumbnail.get()?;
            let view = augment::preview(&small, &views.get()?, SIDE, sample, 1)?;
            Some(std::sync::Arc::new(view))
        });
        view! {
            <li class=film::colour(class)>
                <FilmCanvas picture />
                <span class="film-ribbon" aria-hidden="true"></span>
            </li>
        }
        .into_any()
    };
    let cards = keyed(move || {
        let cards: Vec<AnyView> = shown.get().into_iter().map(card).collect();
        cards.into_any()
    });
    view! {
        <figure class="sketch" data-testid="augmentation-preview">
            <ul class="light-box views" aria-hidden="true">{cards}</ul>
            <figcaption class="hint">{tr!(i18n, sketch.views)}</figcaption>
        </figure>
    }
    .into_any()
}

/// The first training films of each class in turn, with their class.
fn shown(workbench: Workbench) -> Vec<(usize, usize)> {
    let training = workbench.parts.with(|parts| {
        let parts = parts.as_ref()?.as_ref().ok()?;
        let training = parts.iter().enumerate();
        let training = training.filter(|(_, part)| **part == Subset::Train);
        Some(training.map(|(sample, _)| sample).collect::<Vec<_>>())
    });
    workbench.films.with(|films| {
        let Some(films) = films else {
            return Vec::new();
        };
        let classes = films.data.classes.len().max(1);
        let mut of_class: Vec<Vec<(usize, usize)>> = vec![Vec::new(); classes];
        for sample in training.unwrap_or_default() {
            if let Some(film) = films.data.samples.get(sample)
                && let Some(own) = of_class.get_mut(film.class)
            {
                own.push((sample, film.class));
            }
        }
        let turn = |n: usize| of_class.iter().filter_map(move |own| own.get(n).copied());
        (0..SHOWN).flat_map(turn).take(SHOWN).collect()
    })
}
