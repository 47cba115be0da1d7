//! Films that are never all in memory: the same films, features and networks as if they were.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

use burn::tensor::Device;
use cli::{
    extraction::extract,
    loading::{self, Guesses},
    streaming::{self, Cache, Films, Preparation, StreamedFeatures},
};
use imaging::{
    dataset::Dataset,
    pack::Answers,
    settings::{Augmentation, Network, Settings},
    task::Task,
};
use mobilenet::weights::Weights;
use training::{
    features::{FeatureKey, FeatureSource, Features, View},
    run::Run,
};

mod made_up;

/// As small as a network's input may be.
const SIDE: usize = 64;

struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let own = env::temp_dir().join(format!("firstread-{name}-{}", process::id()));
        fs::create_dir_all(&own).unwrap();
        Self(own)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn weights() -> Weights {
    let bytes = fs::read(root().join("public/weights/mobilenetv2.safetensors")).unwrap();
    Weights::parse(&bytes).unwrap()
}

fn settings() -> Settings {
    Settings {
        film_side: SIDE,
        augmentation: Some(Augmentation::default()),
        ..Settings::default()
    }
}

fn streamed(path: &Path, task: Task, cache: &Cache) -> (Dataset, Films) {
    let answers = Answers::default();
    let mut loaded =
        streaming::loading::load(path, &answers, Guesses::Ask, cache, |films| films.finish())
            .unwrap();
    loaded.dataset = task.films(loaded.dataset, None).unwrap();
    loaded.films().unwrap()
}

fn in_memory(path: &Path, task: Task) -> Dataset {
    let answers = Answers::default();
    let films = loading::load(path, &answers, Guesses::Ask, |films| films.finish()).unwrap();
    task.films(films, None).unwrap()
}

/// All that this test asks of features.
struct Bench {
    weights: Weights,
    device: Device,
}

impl Bench {
    fn new() -> Self {
        Self {
            weights: weights(),
            device: Device::flex(),
        }
    }

    fn views(&self, dataset: &Dataset) -> Vec<View> {
        let summary = dataset.summary(false);
        let run = Run::new(&settings(), &summary, &self.weights, &self.device, 1).unwrap();
        run.views()
    }

    fn prepare<'a>(
        &'a self,
        films: &'a Films,
        cache: &'a Cache,
        memory: usize,
        views: &[View],
    ) -> StreamedFeatures<'a> {
        let preparation = Preparation {
            films,
            cache,
            weights: &self.weights,
            key: FeatureKey::of(&settings()),
            device: &self.device,
            memory,
        };
        preparation.prepare(views).unwrap()
    }
}

fn all(store: &StreamedFeatures<'_>, views: &[View]) -> Vec<(View, Features)> {
    let own = |&view| (view, store.features(view).unwrap().into_owned());
    views.iter().map(own).collect()
}

#[test]
fn streamed_films_are_the_same_films_with_the_same_features() {
    let scratch = Scratch::new("streamed");
    let folder = scratch.0.join("films");
    made_up::folder(&folder, 12, 300).unwrap();
    // The same film twice, once as the same file: both ways leave out both.
    fs::copy(
        folder.join("left/000000.png"),
        folder.join("left/again.png"),
    )
    .unwrap();
    let cache = Cache::open(&scratch.0.join("cache")).unwrap();
    let bench = Bench::new();
    let zip = root().join("public/films/paediatric.zip");
    for (path, task) in [
        (&folder, Task::Region),
        (&folder, Task::Mirrored),
        (&zip, Task::Region),
    ] {
        let whole = in_memory(path, task);
        // The second time facts and features come from the cache.
        for memory in [0, usize::MAX] {
            let (dataset, films) = streamed(path, task, &cache);
            assert_eq!(dataset.summary(false), whole.summary(false));
            let views = bench.views(&dataset);
            let key = FeatureKey::of(&settings());
            let mut expected =
                extract(&whole, &views, &bench.weights, &key, &bench.device).unwrap();
            expected.sort_by_key(|(view, _)| (view.view, view.sample));
            let store = bench.prepare(&films, &cache, memory, &views);
            let mut found = all(&store, &views);
            found.sort_by_key(|(view, _)| (view.view, view.sample));
            assert!(found == expected, "{}, {memory}", path.display());
            assert_eq!(store.computed_anew(), 0);
        }
    }
}

#[test]
fn deep_films_are_as_dark_as_their_pack_makes_them_and_pixels_are_streamed_too() {
    let scratch = Scratch::new("deep");
    let folder = scratch.0.join("films");
    made_up::folder(&folder, 0, 0).unwrap();
    for at in 0..12 {
        let bits = [10, 12][usize::from(at > 4)];
        let image = made_up::deep_image(at, 90, bits).unwrap();
        let class = made_up::CLASSES[at as usize % 2];
        fs::write(folder.join(class).join(format!("{at}.png")), image).unwrap();
    }
    let bench = Bench::new();
    let cache = Cache::none();
    let whole = in_memory(&folder, Task::Region);
    let (dataset, films) = streamed(&folder, Task::Region, &cache);
    assert_eq!(dataset.summary(false), whole.summary(false));
    for (sample, own) in whole.samples.iter().enumerate() {
        assert_eq!(films.film(sample).unwrap(), own.film);
    }
    let key = FeatureKey {
        network: Network::Scratch,
        cut: 0,
        ..FeatureKey::of(&settings())
    };
    let views = bench.views(&dataset);
    let preparation = Preparation {
        films: &films,
        cache: &cache,
        weights: &bench.weights,
        key,
        device: &bench.device,
        memory: 0,
    };
    let store = preparation.prepare(&views).unwrap();
    for &view in &views {
        let pixels = store.features(view).unwrap().into_owned().embedding;
        assert!(pixels == training::features::input(&whole, view, &key));
    }
}

/// All files of the cache's features.
fn entries(cache: &Path) -> Vec<PathBuf> {
    let below = |folder: &Path| -> Vec<PathBuf> {
        let files = fs::read_dir(folder).unwrap();
        files.map(|file| file.unwrap().path()).collect()
    };
    let kinds = below(cache).into_iter().filter(|kind| {
        let name = kind.file_name().unwrap().to_string_lossy();
        name.starts_with("features-")
    });
    let folders = kinds.flat_map(|kind| below(&kind));
    folders.flat_map(|folder| below(&folder)).collect()
}

#[test]
fn a_damaged_entry_is_computed_anew_and_another_folder_finds_what_is_kept() {
    let scratch = Scratch::new("damaged");
    let folder = scratch.0.join("films");
    made_up::folder(&folder, 12, 80).unwrap();
    let place = scratch.0.join("cache");
    let cache = Cache::open(&place).unwrap();
    let bench = Bench::new();
    let (dataset, films) = streamed(&folder, Task::Region, &cache);
    let views: Vec<View> = bench.views(&dataset);
    let views: Vec<View> = views.into_iter().filter(|view| view.view == 0).collect();
    let expected = all(&bench.prepare(&films, &cache, 0, &views), &views);
    let kept = entries(&place);
    assert_eq!(kept.len(), views.len());

    // One cut off, one with a wrong number, one gone.
    let bytes = fs::read(&kept[0]).unwrap();
    fs::write(&kept[0], &bytes[..bytes.len() / 2]).unwrap();
    let mut bytes = fs::read(&kept[1]).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&kept[1], bytes).unwrap();
    fs::remove_file(&kept[2]).unwrap();
    let store = bench.prepare(&films, &cache, 0, &views);
    assert!(all(&store, &views) == expected);
    // Only reading shows the wrong number.
    assert_eq!(store.computed_anew(), 1);
    let store = bench.prepare(&films, &cache, 0, &views);
    assert!(all(&store, &views) == expected);
    assert_eq!(store.computed_anew(), 0);

    // The same files elsewhere.
    let moved = scratch.0.join("moved");
    fs::rename(&folder, &moved).unwrap();
    let before = cache.written();
    let (_, films) = streamed(&moved, Task::Region, &cache);
    assert!(all(&bench.prepare(&films, &cache, 0, &views), &views) == expected);
    assert_eq!(cache.written(), before);

    // A file that has changed since is not what was asked about.
    fs::remove_dir_all(&place).unwrap();
    made_up::folder(&scratch.0.join("others"), 14, 80).unwrap();
    let other = scratch.0.join("others/left/000006.png");
    fs::copy(other, moved.join("left/000000.png")).unwrap();
    let none = Cache::none();
    let store = bench.prepare(&films, &none, 0, &[]);
    assert!(all_fail(&store, &views));
    assert!(store.problem().unwrap().contains("has changed"));
}

fn all_fail(store: &StreamedFeatures<'_>, views: &[View]) -> bool {
    views.iter().any(|&view| store.features(view).is_err())
}

#[test]
fn a_cache_that_cannot_be_used_is_said_or_gone_without() {
    let scratch = Scratch::new("unusable");
    let folder = scratch.0.join("films");
    made_up::folder(&folder, 12, 80).unwrap();
    // A later version's.
    let later = scratch.0.join("later");
    fs::create_dir_all(&later).unwrap();
    fs::write(later.join("firstread-cache"), "7\n").unwrap();
    let said = Cache::open(&later).err().unwrap().to_string();
    assert!(said.contains("--cache"), "{said}");
    // A file where the folder should be.
    let said = Cache::open(&folder.join("left/000000.png")).err().unwrap();
    assert!(said.to_string().contains("--no-cache"), "{said}");
    // One that takes nothing any more, as a full disk: it goes on without, in memory and where there is no room in it.
    let place = scratch.0.join("full");
    let bench = Bench::new();
    let none = Cache::none();
    let (dataset, films) = streamed(&folder, Task::Region, &none);
    let views = bench.views(&dataset);
    let expected = all(&bench.prepare(&films, &none, usize::MAX, &views), &views);
    let full = Cache::open(&place).unwrap();
    fs::remove_dir_all(&place).unwrap();
    fs::write(&place, "no folder").unwrap();
    for memory in [usize::MAX, 0] {
        let store = bench.prepare(&films, &full, memory, &views);
        assert!(!full.keeps());
        assert!(all(&store, &views) == expected);
        let anew = if memory == 0 { views.len() } else { 0 };
        assert_eq!(store.computed_anew(), anew);
    }
}
