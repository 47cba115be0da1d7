//! Features of films that are not in memory: kept on the disk under everything that they depend on, in memory as far as there is
//! room, and computed anew where neither has them.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use burn::tensor::Device;
use imaging::{augment, film::Film, report::TrainError};
use mobilenet::weights::Weights;
use training::features::{Extractor, FeatureKey, FeatureSource, Features, View};

use super::{
    cache::Cache,
    content::Content,
    films::{Films, on_threads},
};
use crate::{Problem, progress::Progress};

/// What features are prepared with.
#[derive(Clone, Copy)]
pub struct Preparation<'a> {
    pub films: &'a Films,
    pub cache: &'a Cache,
    pub weights: &'a Weights,
    pub key: FeatureKey,
    pub device: &'a Device,
    /// Bytes of features that may stay in memory.
    pub memory: usize,
}

/// The features of one key.
pub struct StreamedFeatures<'a> {
    shelf: Shelf<'a>,
    extractor: Extractor,
    held: HashMap<View, Features>,
    /// Features that were computed while training went on.
    anew: AtomicUsize,
    problem: Mutex<Option<String>>,
}

/// Where the features of one key lie in the cache.
struct Shelf<'a> {
    films: &'a Films,
    cache: &'a Cache,
    key: FeatureKey,
    /// Of the program, the weights and the processor, by what they make of a film that never changes.
    kind: String,
    /// Numbers in an embedding and in a feature map.
    lengths: [usize; 2],
}

/// What became of a film's views.
enum Prepared {
    /// In the cache, where they stay.
    There,
    Read(Vec<(View, Features)>),
    Computed(Vec<(View, Features, bool)>),
}

impl<'a> Preparation<'a> {
    /// Sees to it that the cache has the features of all the views, and memory as many as fit. Says where they are.
    ///
    /// # Errors
    /// A sentence when a film's file has changed, or the weights do not fit.
    pub fn prepare(&self, views: &[View]) -> Result<StreamedFeatures<'a>, Problem> {
        let extractor = Extractor::new(self.weights, &self.key, self.device)?;
        let shelf = Shelf::new(self, &extractor)?;
        let size = shelf.size();
        self.say_where(&shelf, views.len());
        let mut by_film: BTreeMap<usize, Vec<View>> = BTreeMap::new();
        for &view in views {
            by_film.entry(view.sample).or_default().push(view);
        }
        let by_film: Vec<(usize, Vec<View>)> = by_film.into_iter().collect();
        let mut progress = Progress::begin("images passed through the network", by_film.len());
        let room = AtomicUsize::new(self.memory / size.max(1));
        let mut held = HashMap::new();
        let (mut computed, mut lost, mut failed) = (0, 0, None);
        let mut extractors = Vec::new();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..threads {
            extractors.push(Extractor::new(self.weights, &self.key, self.device)?);
        }
        let extractors = Mutex::new(extractors);
        on_threads(
            &by_film,
            || {
                let own = extractors.lock().ok().and_then(|mut own| own.pop());
                let own = own.unwrap_or_else(|| extractor.clone());
                let (shelf, room) = (&shelf, &room);
                move |(_, views): &(usize, Vec<View>)| shelf.prepare(views, &own, room)
            },
            |prepared| {
                progress.one_more();
                match prepared {
                    Ok(Prepared::There) => {}
                    Ok(Prepared::Read(read)) => held.extend(read),
                    Ok(Prepared::Computed(all)) => {
                        for (view, features, kept) in all {
                            computed += 1;
                            let room = held.len() < self.memory / size.max(1);
                            match room {
                                true => drop(held.insert(view, features)),
                                false => lost += usize::from(!kept),
                            }
                        }
                    }
                    Err(problem) => failed = failed.take().or(Some(problem)),
                }
            },
        );
        if let Some(problem) = failed {
            return Err(problem.into());
        }
        println!(
            "features: {} were there, {computed} computed; {:.0} MB of them in memory",
            views.len() - computed,
            (held.len() * size) as f64 / 1e6
        );
        if lost > 0 {
            eprintln!(
                "{lost} of {} fit neither into memory nor into the cache and are computed anew each time, which takes long: make room for the cache, or allow more memory with --memory",
                views.len()
            );
        }
        Ok(StreamedFeatures {
            shelf,
            extractor,
            held,
            anew: AtomicUsize::new(0),
            problem: Mutex::new(None),
        })
    }

    fn say_where(&self, shelf: &Shelf<'_>, views: usize) {
        let whole = (views * shelf.size()) as f64 / 1e6;
        match self.cache.root().filter(|_| self.cache.keeps()) {
            Some(root) => println!(
                "features of {} images, {whole:.0} MB, are kept in {}, which may be deleted at any time",
                self.films.n(),
                root.join(&shelf.kind).display()
            ),
            None => println!(
                "features of {} images, {whole:.0} MB, are not kept on the disk",
                self.films.n()
            ),
        }
    }
}

impl<'a> Shelf<'a> {
    fn new(of: &Preparation<'a>, extractor: &Extractor) -> Result<Self, Problem> {
        let film = probe_film().ok_or("the film that the cache is tried with")?;
        let features = pollster::block_on(extractor.extract(&film.input(of.key.side)))?;
        let view = of.key.augmentation.map(|augmentation| {
            augment::view(
                &film,
                &augmentation,
                of.key.side,
                &mut augment::chance(0, 1),
            )
        });
        let mut numbers = bytes_of(&features);
        numbers.extend(view.iter().flatten().flat_map(|value| value.to_le_bytes()));
        let key = serde_json::to_vec(&FeatureKey {
            augmentation: None,
            ..of.key
        })?;
        let program = Content::of_all([&key[..], &numbers]);
        Ok(Self {
            films: of.films,
            cache: of.cache,
            key: of.key,
            kind: format!("features-{}", &program.name()[..16]),
            lengths: [features.embedding.len(), features.feature_map.len()],
        })
    }

    /// Bytes of the features of a view.
    fn size(&self) -> usize {
        4 * (self.lengths[0] + self.lengths[1])
    }

    /// An augmented view depends on the film's number too, which its chance is drawn from.
    fn name(&self, view: View) -> String {
        let identity = self.films.sample(view.sample).identity();
        let chance = match view.view {
            0 => Vec::new(),
            number => {
                let limits = serde_json::to_vec(&self.key.augmentation).unwrap_or_default();
                [
                    limits,
                    view.sample.to_le_bytes().into(),
                    number.to_le_bytes().into(),
                ]
                .concat()
            }
        };
        Content::of_all([&identity.0[..], &chance]).name()
    }

    fn read(&self, view: View) -> Option<Features> {
        let bytes = self.cache.get(&self.kind, &self.name(view))?;
        if bytes.len() != self.size() {
            return None;
        }
        let words = bytes.as_chunks().0.iter();
        let mut embedding: Vec<f32> = words.map(|&word| f32::from_le_bytes(word)).collect();
        let feature_map = embedding.split_off(self.lengths[0]);
        Some(Features {
            embedding,
            feature_map,
        })
    }

    /// All views of a film. `room`: views that memory has room for.
    fn prepare(
        &self,
        views: &[View],
        extractor: &Extractor,
        room: &AtomicUsize,
    ) -> Result<Prepared, String> {
        let into_memory = room
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(views.len())
            })
            .is_ok();
        let read: Option<Vec<_>> = match into_memory {
            true => {
                let read = |&view| Some((view, self.read(view)?));
                views.iter().map(read).collect()
            }
            false => {
                let there =
                    |view: &View| self.cache.has(&self.kind, &self.name(*view), self.size());
                if views.iter().all(there) {
                    return Ok(Prepared::There);
                }
                None
            }
        };
        if let Some(read) = read {
            return Ok(Prepared::Read(read));
        }
        let Some(first) = views.first() else {
            return Ok(Prepared::There);
        };
        let film = self.films.film(first.sample)?;
        let mut computed = Vec::with_capacity(views.len());
        for &view in views {
            let features = self.compute(&film, view, extractor)?;
            let kept = self.keep(view, &features);
            computed.push((view, features, kept));
        }
        Ok(Prepared::Computed(computed))
    }

    fn compute(&self, film: &Film, view: View, extractor: &Extractor) -> Result<Features, String> {
        let side = self.key.side;
        let input = match (view.view, &self.key.augmentation) {
            (0, _) | (_, None) => film.input(side),
            (number, Some(augmentation)) => {
                let mut chance = augment::chance(view.sample, number);
                augment::view(film, augmentation, side, &mut chance)
            }
        };
        pollster::block_on(extractor.extract(&input)).map_err(|error| error.to_string())
    }

    fn keep(&self, view: View, features: &Features) -> bool {
        self.cache
            .put(&self.kind, &self.name(view), &bytes_of(features))
    }
}

impl StreamedFeatures<'_> {
    /// How many were computed anew since they were prepared: kept nowhere, or damaged.
    pub fn computed_anew(&self) -> usize {
        self.anew.load(Ordering::Relaxed)
    }

    /// Why there were no features of a film, in a sentence; the run only knows that there were none.
    pub fn problem(&self) -> Option<String> {
        let problem = self.problem.lock();
        problem.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn compute_anew(&self, view: View) -> Result<Features, String> {
        self.anew.fetch_add(1, Ordering::Relaxed);
        let film = self.shelf.films.film(view.sample)?;
        let features = self.shelf.compute(&film, view, &self.extractor)?;
        self.shelf.keep(view, &features);
        Ok(features)
    }
}

impl FeatureSource for StreamedFeatures<'_> {
    fn features(&self, view: View) -> Result<Cow<'_, Features>, TrainError> {
        if let Some(held) = self.held.get(&view) {
            return Ok(Cow::Borrowed(held));
        }
        if let Some(read) = self.shelf.read(view) {
            return Ok(Cow::Owned(read));
        }
        self.compute_anew(view).map(Cow::Owned).map_err(|problem| {
            let mut own = self.problem.lock().unwrap_or_else(PoisonError::into_inner);
            *own = Some(problem);
            TrainError::Missing {
                what: format!("the features of film {}, view {}", view.sample, view.view),
            }
        })
    }
}

fn bytes_of(features: &Features) -> Vec<u8> {
    let numbers = features.embedding.iter().chain(&features.feature_map);
    numbers.flat_map(|number| number.to_le_bytes()).collect()
}

/// A film with edges and gradients, larger than the working copy.
fn probe_film() -> Option<Film> {
    let (width, height) = (301_u32, 353_u32);
    let pixel = |at: u32| {
        let (x, y) = (at % width, at / width);
        let ring = ((x * x + 3 * y * y) / 1_500) % 7;
        (x * 97 + y * 61 + ring * 4_000).min(65_535) as u16
    };
    Film::new(width, height, (0..width * height).map(pixel).collect())
}
