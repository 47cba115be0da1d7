//! The films of the map as groups of points.

use imaging::{insight::EmbeddingMap, split::Subset};
use leptos::prelude::{With, WithUntracked};
use metrics::answer;

use crate::{I18n, say, words, workbench::Workbench};
use plots::chart::drawing::{Axis, Datum, Drawing, Look, Series};
use ui_core::embedding_map::{Colouring, MapGroup, ends, groups, middle, palette, spread};

const SIZE: (f64, f64) = (640.0, 460.0);
/// Names of groups within this width of each other are kept this far apart.
const NAME_WIDTH: f64 = 150.0;
const NAME_GAP: f64 = 18.0;

#[derive(Clone, Debug, PartialEq)]
pub struct MapPoints {
    pub drawing: Drawing,
    /// Where each film lies, in the units of the drawing; `None` if its place is not a number.
    pub places: Vec<Option<(f64, f64)>>,
}

impl MapPoints {
    /// `None` if nothing can be drawn.
    pub fn of(
        i18n: I18n,
        workbench: Workbench,
        embedding_map: &EmbeddingMap,
        by: Colouring,
    ) -> Option<Self> {
        let mut drawing = empty();
        let frame = drawing.frame();
        let (width, height) = (frame.right - frame.left, frame.bottom - frame.top);
        let [along, up] = ends(&embedding_map.places, width, height)?;
        let shares = embedding_map
            .explained
            .map(|share| words::percent(i18n, share.into()));
        let [first, second] = shares;
        let across = say!(i18n, beyond.map.across, share = first);
        drawing.across = Axis::numbers(across, along.0, along.1);
        let upward = say!(i18n, beyond.map.up, share = second);
        drawing.up = Axis::numbers(upward, up.0, up.1);
        let place = |place: &[f32; 2]| {
            let [x, y] = place.map(f64::from);
            (x.is_finite() && y.is_finite()).then(|| drawing.place(x, y))
        };
        let places: Vec<Option<(f64, f64)>> = embedding_map.places.iter().map(place).collect();
        let groups = grouped(workbench, by);
        let names = names(&groups, &places);
        let series = groups.iter().zip(names).enumerate();
        let series = series.map(|(at, ((group, films), name))| Series {
            label: name.map(|(x, y)| drawing.read(x / drawing.size.0, y / drawing.size.1)),
            ..Series::dots(
                say!(
                    i18n,
                    beyond.map.group,
                    name = named(i18n, workbench, group),
                    n = films.len()
                ),
                look(group, at),
                data(workbench, embedding_map, films),
            )
        });
        drawing.series = series.collect();
        drawing.notes = say!(i18n, beyond.map.film);
        Some(Self { drawing, places })
    }

    /// How many films are drawn.
    pub fn len(&self) -> usize {
        self.places.iter().flatten().count()
    }
}

/// A drawing without anything on it.
pub fn empty() -> Drawing {
    let axis = || Axis::numbers(String::new(), 0.0, 1.0);
    Drawing::new(SIZE, axis(), axis())
}

fn grouped(workbench: Workbench, by: Colouring) -> Vec<(MapGroup, Vec<usize>)> {
    workbench.state.with(|state| {
        let Some(films) = &state.films else {
            return Vec::new();
        };
        let parts = state.run.as_ref().map_or(&[][..], |run| &run.parts);
        let tested = state.opened().map(|opened| &opened.report.films);
        let right: Vec<(usize, bool)> = tested
            .into_iter()
            .flatten()
            .map(|film| (film.sample, answer(&film.probabilities) == film.class))
            .collect();
        groups(by, &films.data, parts, &right)
    })
}

/// Where the name of each group stands.
fn names(
    groups: &[(MapGroup, Vec<usize>)],
    places: &[Option<(f64, f64)>],
) -> Vec<Option<(f64, f64)>> {
    let place = |film: &usize| places.get(*film).copied().flatten();
    let middles: Vec<Option<(f64, f64)>> = groups
        .iter()
        .map(|(_, films)| middle(&films.iter().filter_map(place).collect::<Vec<_>>()))
        .collect();
    let mut labels: Vec<(f64, f64)> = middles.iter().flatten().copied().collect();
    spread(&mut labels, NAME_WIDTH, NAME_GAP);
    let mut labels = labels.into_iter();
    let label = |middle: Option<(f64, f64)>| middle.and_then(|_| labels.next());
    middles.into_iter().map(label).collect()
}

fn data(workbench: Workbench, embedding_map: &EmbeddingMap, films: &[usize]) -> Vec<Datum> {
    let name = |film: usize| {
        workbench.films.with_untracked(|films| {
            let sample = films.as_ref()?.data.samples.get(film)?;
            Some(sample.name.clone())
        })
    };
    let datum = |&film: &usize| {
        let [x, y] = embedding_map.places.get(film)?.map(f64::from);
        Some(Datum {
            note: name(film).unwrap_or_default(),
            ..Datum::from((x, y))
        })
    };
    films.iter().filter_map(datum).collect()
}

/// A sign and a colour of its own. Where the meaning is not that of a class, neither are these, as far as they go.
fn look(group: &MapGroup, place: usize) -> Look {
    match group {
        MapGroup::Class(class) => Look::Class(*class),
        MapGroup::Subset(Some(Subset::Train)) => Look::Soft,
        MapGroup::Subset(Some(Subset::Validation)) | MapGroup::Right => Look::Class(4),
        MapGroup::Subset(Some(Subset::Test)) | MapGroup::Wrong => Look::Class(6),
        MapGroup::Subset(None) => Look::Class(5),
        MapGroup::Patient(_) | MapGroup::OtherPatients(_) => Look::Class(palette(place)),
        MapGroup::NoPatient | MapGroup::NotTested => Look::Guide,
    }
}

fn named(i18n: I18n, workbench: Workbench, group: &MapGroup) -> String {
    match group {
        MapGroup::Class(class) => workbench.class_name(*class),
        MapGroup::Subset(part) => words::part(i18n, *part),
        MapGroup::Patient(patient) => say!(i18n, beyond.map.patient, patient = patient.clone()),
        MapGroup::OtherPatients(n) => say!(i18n, beyond.map.others, n = *n),
        MapGroup::NoPatient => say!(i18n, beyond.map.no_patient),
        MapGroup::Right => say!(i18n, beyond.map.right),
        MapGroup::Wrong => say!(i18n, beyond.map.wrong),
        MapGroup::NotTested => say!(i18n, beyond.map.not_tested),
    }
}
