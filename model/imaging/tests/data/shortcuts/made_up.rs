//! Films without pixels, whose facts are drawn by chance.

use dicom::Facts;
use imaging::{
    dataset::{DatasetSummary, SampleSummary},
    decode::{Channels, FileFacts, FileFormat},
    dicom::FrameFacts,
    incidental::{Incidentals, PictureFacts},
    task::Task,
};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

pub fn set(
    classes: usize,
    n: usize,
    film: impl Fn(usize, &mut ChaCha8Rng) -> (usize, SampleSummary),
) -> DatasetSummary {
    set_of(1, classes, n, film)
}

pub fn set_of(
    seed: u64,
    classes: usize,
    n: usize,
    film: impl Fn(usize, &mut ChaCha8Rng) -> (usize, SampleSummary),
) -> DatasetSummary {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let samples = (0..n).map(|at| {
        let (class, film) = film(at, &mut rng);
        SampleSummary {
            name: format!("{at:05}.png"),
            class,
            ..film
        }
    });
    DatasetSummary {
        title: String::new(),
        task: Task::Region,
        built_in: false,
        samples: samples.collect(),
        classes: (0..classes).map(|class| format!("class {class}")).collect(),
        skipped: Vec::new(),
    }
}

/// Nothing has to do with the class.
pub fn fair(seed: u64, classes: usize, n: usize) -> DatasetSummary {
    set_of(seed, classes, n, |_, rng| {
        let class = rng.random_range(0..classes);
        let sizes = [(512, 512), (400, 500), (640, 480), (300, 300)];
        let size = *sizes.choose(rng).unwrap();
        (class, any_film(rng, size))
    })
}

/// Each patient has films of one class, alike but for their file size: nothing has to do with the class.
pub fn of_patients(seed: u64, classes: usize, patients: usize, each: usize) -> DatasetSummary {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let of_patient: Vec<SampleSummary> = (0..patients)
        .map(|_| any_film(&mut rng, (300, 300)))
        .collect();
    set_of(seed + 1_000, classes, patients * each, |at, rng| {
        let patient = at % patients;
        let mut film = of_patient[patient].clone();
        film.patient = Some(format!("{patient}"));
        film.incidentals.file.bytes = rng.random_range(10_000..90_000);
        (patient % classes, film)
    })
}

pub fn any_film(rng: &mut ChaCha8Rng, (width, height): (u32, u32)) -> SampleSummary {
    let one_of = |names: &[&str], rng: &mut ChaCha8Rng| names.choose(rng).map(|&name| name.into());
    let file = Facts {
        manufacturer: one_of(&["Acme", "Bold", "Cross"], rng),
        model_name: one_of(&["A1", "A2", "B1", "B2", "C7"], rng),
        view_position: one_of(&["AP", "PA"], rng),
        laterality: one_of(&["L", "R"], rng),
        ..Facts::default()
    };
    SampleSummary {
        name: String::new(),
        class: 0,
        patient: None,
        part: None,
        width,
        height,
        facts: Some(Box::new(FrameFacts { file, frame: 0 })),
        incidentals: Incidentals {
            file: FileFacts {
                format: *[FileFormat::Png, FileFormat::Jpeg].choose(rng).unwrap(),
                bytes: rng.random_range(10_000..90_000),
                bits: *[8, 12, 16].choose(rng).unwrap(),
                channels: *[Channels::Grey, Channels::Colour].choose(rng).unwrap(),
                jpeg_quality: Some(*[60, 75, 90, 95].choose(rng).unwrap()),
            },
            picture: PictureFacts {
                border: rng.random(),
                mean: rng.random(),
                contrast: rng.random(),
                bars: [0.0, 0.0, rng.random()].choose(rng).copied().unwrap(),
                corner_marks: [0.0, rng.random()].choose(rng).copied().unwrap(),
                grays: 0,
            },
        },
    }
}
