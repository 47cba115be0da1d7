//! Radiographs on a slide: those it asks about, altered as it says.

use std::sync::Arc;

use imaging::dataset::Picture;
use leptos::prelude::*;

use crate::{film::FilmCanvas, i18n::I18n, say, words::class, workbench::Workbench};
use ui_core::{
    altered::{coarse, flipped, inverted, marked, rotated, square},
    lesson::{Break, Step},
    state::Films,
};

/// Of each class on the first slide.
const OF_EACH_CLASS: usize = 3;
const CLASSES: usize = 2;

type Captioned = (Picture, String);

/// Below the question of a step; empty where it is about no image, and until the images are there.
pub fn row(i18n: I18n, step: Step) -> AnyView {
    let workbench = expect_context::<Workbench>();
    let shown = Memo::new(move |_| {
        let films = workbench.films.get();
        films.map_or_else(Vec::new, |films| of(i18n, &films, step))
    });
    let figures = move || {
        let figure = |(picture, words): Captioned| {
            let picture = Arc::new(picture);
            view! {
                <figure>
                    <FilmCanvas picture=Signal::derive(move || Some(picture.clone())) />
                    <figcaption>{words}</figcaption>
                </figure>
            }
        };
        shown.get().into_iter().map(figure).collect_view()
    };
    view! {
        <div class="slide-pictures" data-testid="slide-pictures" hidden=move || shown.with(Vec::is_empty)>
            {figures}
        </div>
    }
    .into_any()
}

fn of(i18n: I18n, films: &Films, step: Step) -> Vec<Captioned> {
    match step {
        Step::Start => first_of_each(i18n, films),
        Step::Look => few_pixels(i18n, films),
        Step::Break(Break::Leak) => of_one_patient(i18n, films),
        Step::Break(Break::Marker) => {
            let as_it_is = first_of_class(films, experiments::marker::MARKED_CLASS);
            as_it_is.map_or_else(Vec::new, |picture| {
                let with = marked(&picture);
                vec![
                    (picture, say!(i18n, experiment.unmarked)),
                    (with, say!(i18n, experiment.marked)),
                ]
            })
        }
        Step::Break(Break::Hospital) => {
            let as_it_is = first_of_class(films, 0);
            as_it_is.map_or_else(Vec::new, |picture| {
                vec![
                    (rotated(&picture), say!(i18n, odd_film.rotated)),
                    (inverted(&picture), say!(i18n, odd_film.inverted)),
                    (picture, class(i18n, films, 0)),
                ]
            })
        }
        Step::Break(Break::Mirrored) => {
            let as_it_is = first_of_class(films, experiments::marker::MARKED_CLASS);
            as_it_is.map_or_else(Vec::new, |picture| {
                let turned = flipped(&picture);
                vec![
                    (picture, say!(i18n, class.right_way)),
                    (turned, say!(i18n, class.mirrored)),
                ]
            })
        }
        Step::Train
        | Step::Compare
        | Step::Test
        | Step::Break(Break::Odd)
        | Step::Where
        | Step::TakeAway
        | Step::LookBack => Vec::new(),
    }
}

fn first_of_each(i18n: I18n, films: &Films) -> Vec<Captioned> {
    let of_class = |of: usize| {
        let samples = films.data.samples.iter().enumerate();
        let own: Vec<usize> = samples
            .filter(|(_, film)| film.class == of)
            .map(|(sample, _)| sample)
            .collect();
        // From all over the class, as neighbours are of one patient.
        let apart = own.len() / OF_EACH_CLASS.max(1);
        let spread = own.into_iter().step_by(apart.max(1)).take(OF_EACH_CLASS);
        let captioned =
            spread.filter_map(|sample| Some((picture(films, sample)?, class(i18n, films, of))));
        captioned.collect::<Vec<_>>()
    };
    (0..films.data.classes.len().min(CLASSES))
        .flat_map(of_class)
        .collect()
}

fn few_pixels(i18n: I18n, films: &Films) -> Vec<Captioned> {
    let of_class = |of: usize| {
        let picture = first_of_class(films, of)?;
        let few = coarse(&picture, 4);
        let words = class(i18n, films, of);
        Some([(picture, words), (few, say!(i18n, lesson.answer.pixels_4))])
    };
    (0..films.data.classes.len().min(CLASSES))
        .filter_map(of_class)
        .flatten()
        .collect()
}

/// Three of the first patient who has as many.
fn of_one_patient(i18n: I18n, films: &Films) -> Vec<Captioned> {
    let samples = &films.data.samples;
    let of = |name: &str| {
        let own = samples.iter().enumerate();
        own.filter(|(_, film)| film.patient.as_deref() == Some(name))
            .map(|(sample, _)| sample)
            .take(OF_EACH_CLASS)
            .collect::<Vec<_>>()
    };
    let mut patients = samples.iter().filter_map(|film| film.patient.as_deref());
    let several = patients.find_map(|name| {
        let own = of(name);
        (own.len() == OF_EACH_CLASS).then_some((name, own))
    });
    let Some((name, own)) = several else {
        return Vec::new();
    };
    let captioned = own.into_iter().filter_map(|sample| {
        Some((
            picture(films, sample)?,
            say!(i18n, look.patient, patient = name),
        ))
    });
    captioned.collect()
}

fn first_of_class(films: &Films, class: usize) -> Option<Picture> {
    let mut samples = films.data.samples.iter();
    let sample = samples.position(|film| film.class == class)?;
    picture(films, sample)
}

/// As a network sees it; none until it is there.
fn picture(films: &Films, sample: usize) -> Option<Picture> {
    let thumbnail = films.thumbnails.get(sample)?.as_deref()?;
    Some(square(thumbnail))
}
