//! The map of all films: where each point lies on the drawing, what it is drawn as, and the way from
//! one to the next.

use imaging::{dataset::DatasetSummary, split::Subset};

use plots::direction::Direction;

/// Groups that have a symbol and a colour of their own; smaller ones are drawn as one.
pub const MOST_GROUPS: usize = 7;

/// What the points are told apart by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colouring {
    #[default]
    Class,
    Subset,
    Patient,
    Error,
}

/// What the films of one symbol have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MapGroup {
    Class(usize),
    Subset(Option<Subset>),
    Patient(String),
    /// So many patients with few films each.
    OtherPatients(usize),
    NoPatient,
    Right,
    Wrong,
    /// Not a test film, so that there is no answer to be right or wrong.
    NotTested,
}

/// The films of each group, in a fixed order. `parts`: what each film does in the run. `right`: a test film
/// and whether it was answered rightly.
pub fn groups(
    by: Colouring,
    data: &DatasetSummary,
    parts: &[Option<Subset>],
    right: &[(usize, bool)],
) -> Vec<(MapGroup, Vec<usize>)> {
    let groups = match by {
        Colouring::Class => {
            let of = |film: usize| MapGroup::Class(data.samples[film].class);
            let all = (0..data.classes.len()).map(MapGroup::Class);
            sorted(data, all, of)
        }
        Colouring::Subset => {
            let of = |film: usize| MapGroup::Subset(parts.get(film).copied().flatten());
            let known = [Subset::Train, Subset::Validation, Subset::Test].map(Some);
            sorted(
                data,
                known.into_iter().chain([None]).map(MapGroup::Subset),
                of,
            )
        }
        Colouring::Patient => patients(data),
        Colouring::Error => {
            let of = |film: usize| match right.iter().find(|(sample, _)| *sample == film) {
                Some((_, true)) => MapGroup::Right,
                Some((_, false)) => MapGroup::Wrong,
                None => MapGroup::NotTested,
            };
            // The few that matter are drawn last, above the others.
            sorted(
                data,
                [MapGroup::NotTested, MapGroup::Right, MapGroup::Wrong],
                of,
            )
        }
    };
    groups
        .into_iter()
        .filter(|(_, films)| !films.is_empty())
        .collect()
}

fn sorted(
    data: &DatasetSummary,
    all: impl IntoIterator<Item = MapGroup>,
    of: impl Fn(usize) -> MapGroup,
) -> Vec<(MapGroup, Vec<usize>)> {
    let mut groups: Vec<(MapGroup, Vec<usize>)> =
        all.into_iter().map(|group| (group, Vec::new())).collect();
    for film in 0..data.samples.len() {
        let own = of(film);
        if let Some((_, films)) = groups.iter_mut().find(|(group, _)| *group == own) {
            films.push(film);
        }
    }
    groups
}

/// By name; where they are many, those with most films, and all others as one.
fn patients(data: &DatasetSummary) -> Vec<(MapGroup, Vec<usize>)> {
    let mut names: Vec<&String> = data
        .samples
        .iter()
        .filter_map(|sample| sample.patient.as_ref())
        .collect();
    names.sort();
    names.dedup();
    let of = |film: usize| match &data.samples[film].patient {
        Some(patient) => MapGroup::Patient(patient.clone()),
        None => MapGroup::NoPatient,
    };
    let known = names.into_iter().cloned().map(MapGroup::Patient);
    let mut groups = sorted(data, known.chain([MapGroup::NoPatient]), of);
    let unknown = groups.pop();
    if groups.len() > MOST_GROUPS {
        groups.sort_by_key(|(_, films)| std::cmp::Reverse(films.len()));
        let rest = groups.split_off(MOST_GROUPS - 1);
        let n = rest.len();
        let films = rest.into_iter().flat_map(|(_, films)| films).collect();
        groups.push((MapGroup::OtherPatients(n), films));
    }
    groups.extend(unknown);
    groups
}

/// Room around the outermost points, as a share of the way between them.
const MARGIN: f64 = 0.04;

/// The ends of the two axes of a map that holds all places in an area of `width` and `height`: along, up. One
/// unit is as long along as up, so that what is close on the map is close in the features. `None` if no place
/// is a number.
pub fn ends(places: &[[f32; 2]], width: f64, height: f64) -> Option<[(f64, f64); 2]> {
    let (along, up) = (range(places, 0)?, range(places, 1)?);
    let need = |(low, high): (f64, f64), room: f64| (high - low) * (1.0 + 2.0 * MARGIN) / room;
    let unit = need(along, width).max(need(up, height));
    // All in one place: any unit will do.
    let unit = if unit > 0.0 { unit } else { 1.0 / width };
    let around = |(low, high): (f64, f64), room: f64| {
        let (middle, half) = ((low + high) / 2.0, room * unit / 2.0);
        (middle - half, middle + half)
    };
    Some([around(along, width), around(up, height)])
}

fn range(places: &[[f32; 2]], axis: usize) -> Option<(f64, f64)> {
    let numbers = places
        .iter()
        .filter(|place| place.iter().all(|n| n.is_finite()));
    numbers
        .map(|place| f64::from(place[axis]))
        .fold(None, |range, n| {
            let (low, high) = range.unwrap_or((n, n));
            Some((n.min(low), n.max(high)))
        })
}

/// The point nearest to a place on the drawing, if it is within `reach`.
pub fn nearest(places: &[Option<(f64, f64)>], (x, y): (f64, f64), reach: f64) -> Option<usize> {
    let far = |place: &Option<(f64, f64)>| place.map(|(px, py)| (px - x).hypot(py - y));
    let points = places.iter().enumerate();
    points
        .filter_map(|(film, place)| Some((film, far(place)?)))
        .filter(|(_, far)| *far <= reach)
        .min_by(|(_, a), (_, b)| a.total_cmp(b))
        .map(|(film, _)| film)
}

/// The point that one comes to from `from`: the nearest of those that lie more in this direction than
/// beside it. Places are those on the drawing.
pub fn neighbour(
    places: &[Option<(f64, f64)>],
    from: usize,
    direction: Direction,
) -> Option<usize> {
    let (x, y) = places.get(from).copied().flatten()?;
    let ahead = |&(film, place): &(usize, &Option<(f64, f64)>)| {
        let (right, down) = place.map(|(px, py)| (px - x, py - y))?;
        let (ahead, beside) = match direction {
            Direction::Left => (-right, down),
            Direction::Right => (right, down),
            Direction::Up => (-down, right),
            Direction::Down => (down, right),
        };
        let in_front = film != from && ahead > 0.0 && beside.abs() <= ahead;
        in_front.then_some(ahead * ahead + beside * beside)
    };
    let points = places.iter().enumerate();
    points
        .filter_map(|point| Some((point.0, ahead(&point)?)))
        .min_by(|(_, a), (_, b)| a.total_cmp(b))
        .map(|(film, _)| film)
}

/// The colours and signs of films' classes, for groups that are none: the pale one last.
pub fn palette(place: usize) -> usize {
    const ORDER: [usize; MOST_GROUPS] = [0, 1, 2, 4, 6, 5, 3];
    ORDER[place % MOST_GROUPS]
}

/// The place that is nearest to all others together: in the midst of the largest cluster, where a mean may lie
/// between two.
pub fn middle(places: &[(f64, f64)]) -> Option<(f64, f64)> {
    let far = |&(x, y): &(f64, f64)| -> f64 {
        let others = places.iter();
        others.map(|(px, py)| (px - x).hypot(py - y)).sum()
    };
    let sums = places.iter().map(|place| (place, far(place)));
    let nearest = sums.min_by(|(_, a), (_, b)| a.total_cmp(b));
    nearest.map(|(place, _)| *place)
}

/// Moves labels that would overlap apart: those within `width` of each other along are brought at least `gap`
/// apart, in their order from top to bottom.
pub fn spread(labels: &mut [(f64, f64)], width: f64, gap: f64) {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|&a, &b| labels[a].1.total_cmp(&labels[b].1));
    for (place, &label) in order.iter().enumerate() {
        let (x, mut y) = labels[label];
        for &above in &order[..place] {
            let (above_x, above_y) = labels[above];
            if (above_x - x).abs() < width && y - above_y < gap {
                y = above_y + gap;
            }
        }
        labels[label].1 = y;
    }
}

#[cfg(test)]
mod tests;
