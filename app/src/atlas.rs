//! The map of all films: where each point lies on the drawing, what it is drawn as, and the way from
//! one to the next.

use model::{dataset::DatasetSummary, split::Part};

/// Groups that have a symbol and a colour of their own; smaller ones are drawn as one.
pub const MOST_GROUPS: usize = 7;

/// What the points are told apart by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colouring {
    #[default]
    Class,
    Part,
    Patient,
    Error,
}

/// What the films of one symbol have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Group {
    Class(usize),
    Part(Option<Part>),
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
    parts: &[Option<Part>],
    right: &[(usize, bool)],
) -> Vec<(Group, Vec<usize>)> {
    let groups = match by {
        Colouring::Class => {
            let of = |film: usize| Group::Class(data.samples[film].class);
            let all = (0..data.classes.len()).map(Group::Class);
            sorted(data, all, of)
        }
        Colouring::Part => {
            let of = |film: usize| Group::Part(parts.get(film).copied().flatten());
            let known = [Part::Train, Part::Validation, Part::Test].map(Some);
            sorted(data, known.into_iter().chain([None]).map(Group::Part), of)
        }
        Colouring::Patient => patients(data),
        Colouring::Error => {
            let of = |film: usize| match right.iter().find(|(sample, _)| *sample == film) {
                Some((_, true)) => Group::Right,
                Some((_, false)) => Group::Wrong,
                None => Group::NotTested,
            };
            // The few that matter are drawn last, above the others.
            sorted(data, [Group::NotTested, Group::Right, Group::Wrong], of)
        }
    };
    groups
        .into_iter()
        .filter(|(_, films)| !films.is_empty())
        .collect()
}

fn sorted(
    data: &DatasetSummary,
    all: impl IntoIterator<Item = Group>,
    of: impl Fn(usize) -> Group,
) -> Vec<(Group, Vec<usize>)> {
    let mut groups: Vec<(Group, Vec<usize>)> =
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
fn patients(data: &DatasetSummary) -> Vec<(Group, Vec<usize>)> {
    let mut names: Vec<&String> = data
        .samples
        .iter()
        .filter_map(|sample| sample.patient.as_ref())
        .collect();
    names.sort();
    names.dedup();
    let of = |film: usize| match &data.samples[film].patient {
        Some(patient) => Group::Patient(patient.clone()),
        None => Group::NoPatient,
    };
    let known = names.into_iter().cloned().map(Group::Patient);
    let mut groups = sorted(data, known.chain([Group::NoPatient]), of);
    let unknown = groups.pop();
    if groups.len() > MOST_GROUPS {
        groups.sort_by_key(|(_, films)| std::cmp::Reverse(films.len()));
        let rest = groups.split_off(MOST_GROUPS - 1);
        let n = rest.len();
        let films = rest.into_iter().flat_map(|(_, films)| films).collect();
        groups.push((Group::OtherPatients(n), films));
    }
    groups.extend(unknown);
    groups
}

/// A rectangle of the drawing, in its units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// From places on the map to those on the drawing: the same scale along and up, so that what is close
/// on the one is close on the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    area: Area,
    /// Middle of the map.
    centre: (f64, f64),
    /// Units of the drawing for one of the map.
    scale: f64,
}

impl Projection {
    /// Fits all places into `area`; `None` if none of them is a number.
    pub fn fit(places: &[[f32; 2]], area: Area) -> Option<Self> {
        let (along, up) = (range(places, 0)?, range(places, 1)?);
        let (width, height) = (area.right - area.left, area.bottom - area.top);
        let fits = |room: f64, (low, high): (f64, f64)| room / (high - low);
        let scale = fits(width, along).min(fits(height, up));
        Some(Self {
            area,
            centre: ((along.0 + along.1) / 2.0, (up.0 + up.1) / 2.0),
            // All in one place: any scale will do.
            scale: if scale.is_finite() { scale } else { 1.0 },
        })
    }

    /// `None` for what is no number.
    pub fn place(&self, place: [f32; 2]) -> Option<(f64, f64)> {
        let [x, y] = place.map(f64::from);
        let Area {
            left,
            top,
            right,
            bottom,
        } = self.area;
        (x.is_finite() && y.is_finite()).then(|| {
            (
                (left + right) / 2.0 + (x - self.centre.0) * self.scale,
                (top + bottom) / 2.0 - (y - self.centre.1) * self.scale,
            )
        })
    }

    /// The values at the ends of the drawing: along, up.
    pub fn ends(&self) -> [(f64, f64); 2] {
        let half = |room: f64| room / 2.0 / self.scale;
        let (x, y) = self.centre;
        let along = half(self.area.right - self.area.left);
        let up = half(self.area.bottom - self.area.top);
        [(x - along, x + along), (y - up, y + up)]
    }
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

/// Where an arrow key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Left,
    Right,
    Up,
    Down,
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

/// The outline of a group's symbol around a place, as the `d` of an SVG path. `radius` is that of a circle of
/// about the same area.
pub fn symbol(kind: usize, (x, y): (f64, f64), radius: f64) -> String {
    let corners = |corners: &[(f64, f64)]| {
        let mut path = String::new();
        for (at, (along, down)) in corners.iter().enumerate() {
            let pen = if at == 0 { 'M' } else { 'L' };
            let (x, y) = (x + along * radius, y + down * radius);
            path.push_str(&format!("{pen}{x:.1} {y:.1}"));
        }
        path + "Z"
    };
    match kind % MOST_GROUPS {
        0 => {
            let left = x - radius;
            let across = 2.0 * radius;
            format!(
                "M{left:.1} {y:.1}a{radius} {radius} 0 1 0 {across} 0a{radius} {radius} 0 1 0 -{across} 0Z"
            )
        }
        1 => corners(&[(0.0, -1.3), (1.25, 0.9), (-1.25, 0.9)]),
        2 => corners(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        3 => corners(&[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)]),
        4 => corners(&[(-1.25, -0.9), (1.25, -0.9), (0.0, 1.3)]),
        5 => corners(&[
            (-0.4, -1.3),
            (0.4, -1.3),
            (0.4, -0.4),
            (1.3, -0.4),
            (1.3, 0.4),
            (0.4, 0.4),
            (0.4, 1.3),
            (-0.4, 1.3),
            (-0.4, 0.4),
            (-1.3, 0.4),
            (-1.3, -0.4),
            (-0.4, -0.4),
        ]),
        _ => corners(&[
            (-1.2, -1.0),
            (0.0, -0.4),
            (1.2, -1.0),
            (0.5, 0.0),
            (1.2, 1.0),
            (0.0, 0.4),
            (-1.2, 1.0),
            (-0.5, 0.0),
        ]),
    }
}

/// The mean of the places that are numbers.
pub fn middle(places: impl Iterator<Item = (f64, f64)>) -> Option<(f64, f64)> {
    let (n, x, y) = places.fold((0, 0.0, 0.0), |(n, sx, sy), (x, y)| (n + 1, sx + x, sy + y));
    (n > 0).then(|| (x / f64::from(n), y / f64::from(n)))
}

#[cfg(test)]
mod tests;
