//! `cargo xtask pack`: a folder of images, as one zip that the app opens.

mod arguments;
mod shortcuts;

use std::{
    fs::{self, File},
    io::BufWriter,
    path::{Path, PathBuf},
    process::ExitCode,
    rc::Rc,
};

use clap::Parser;
use imaging::{
    dataset::Dataset,
    pack::{About, Entry, FolderSource, Loader, PackWriter, Source, ZipSource},
    reader::OwnReader,
    split::Subset,
};

use arguments::{Arguments, Table};

/// A sentence for the person at the terminal.
type Problem = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    match pack(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn pack(arguments: &Arguments) -> Result<(), Problem> {
    let films = &arguments.films;
    let mut loader = opened(arguments)?;
    loader.read_formats_with(Rc::new(OwnReader));
    let loaded = loader.finish_keeping().inspect_err(|error| {
        let left_out = error.problems().iter();
        left_out.for_each(|file| println!("left out {}: {}", file.path, file.error));
    });
    let (mut data, mut source) = loaded?;
    if let Some(title) = &arguments.title {
        data.title.clone_from(title);
    }
    if data.title.is_empty() {
        data.title = stem(films);
    }
    describe(&data);
    shortcuts::print(&data);

    let out = match &arguments.out {
        Some(out) => out.clone(),
        None => PathBuf::from(format!("{}.zip", stem(films))),
    };
    if out.exists() && !arguments.force {
        return Err(format!("{} is there already; --force replaces it", out.display()).into());
    }
    // Half a pack is none: it gets its name when it is whole.
    let unfinished = out.with_added_extension("part");
    let file = File::create(&unfinished);
    let file = file.map_err(|error| format!("{}: {error}", unfinished.display()))?;
    let written = write(&data, &mut source, file);
    let dicom_files = match written {
        Ok(dicom_files) => dicom_files,
        Err(problem) => {
            let _ = fs::remove_file(&unfinished);
            return Err(problem);
        }
    };
    fs::rename(&unfinished, &out)?;
    let size = fs::metadata(&out)?.len();
    println!("wrote {}, {:.1} MB", out.display(), size as f64 / 1e6);
    if dicom_files > 0 {
        println!(
            "{dicom_files} files are DICOM files, which are in it as they were: whatever they say of patients can be read there"
        );
    }
    Ok(())
}

/// Tables and names are asked about one after the other: each answer is part of the next attempt.
fn opened(arguments: &Arguments) -> Result<Loader<Box<dyn Source>>, Problem> {
    let mut answers = arguments.answers();
    loop {
        let error = match Loader::new(source(&arguments.films)?, &answers) {
            Ok(loader) => return Ok(loader),
            Err(error) => error,
        };
        let answer = match arguments.table {
            None => None,
            Some(Table::Accept) => error.accepted(),
            Some(Table::Ignore) => error.declined(),
        };
        answers = answers.and(answer.ok_or(error)?);
    }
}

/// A folder, or a zip.
fn source(films: &Path) -> Result<Box<dyn Source>, Problem> {
    if films.is_dir() {
        return Ok(Box::new(FolderSource::open(films)?));
    }
    let bytes = fs::read(films);
    let bytes = bytes.map_err(|error| format!("{}: {error}", films.display()))?;
    Ok(Box::new(ZipSource::open(bytes)?))
}

/// How many DICOM files are in it.
fn write(data: &Dataset, source: &mut impl Source, file: File) -> Result<usize, Problem> {
    let about = About {
        title: data.title.clone(),
        licence: data.licence.clone(),
        attribution: data.attribution.clone(),
        classes: data.classes.clone(),
    };
    let mut writer = PackWriter::new(BufWriter::new(file), about)?;
    for film in &data.samples {
        let entry = Entry {
            name: &film.name,
            class: film.class,
            patient: film.patient.as_deref(),
            part: film.part,
        };
        writer.add(entry, &source.read(film.file)?)?;
    }
    let paths = source.paths();
    for odd in &data.odd {
        let path = paths.get(odd.file).map_or(&*odd.key, String::as_str);
        let bytes = source.read(odd.file)?;
        writer.add_odd(&odd.key, path, &bytes)?;
    }
    let dicom_files = writer.dicom_files();
    let written = writer.finish()?.into_inner();
    written.map_err(|error| error.into_error())?;
    Ok(dicom_files)
}

fn describe(data: &Dataset) {
    for skipped in &data.skipped {
        println!("left out {}: {}", skipped.path, skipped.error);
    }
    println!("{}: {} images", data.title, data.samples.len());
    let films = || data.samples.iter();
    for (class, name) in data.classes.iter().enumerate() {
        let n = films().filter(|film| film.class == class).count();
        println!("  class {name}: {n}");
    }
    for (part, name) in Subset::ALL
        .into_iter()
        .zip(["training", "validation", "test"])
    {
        match films().filter(|film| film.part == Some(part)).count() {
            0 => {}
            n => println!("  {name}: {n}"),
        }
    }
    let of_all: Vec<usize> = (0..data.samples.len()).collect();
    match data.summary(false).patients_of(&of_all) {
        Some(patients) => println!("  patients: {patients}"),
        None => match films().filter(|film| film.patient.is_some()).count() {
            0 => println!("  patients: not known"),
            n => println!("  patients: known of {n} images"),
        },
    }
    if !data.odd.is_empty() {
        println!("  images to try, of no class: {}", data.odd.len());
    }
}

/// What a folder or a zip is called.
fn stem(path: &Path) -> String {
    let whole = path.canonicalize();
    let whole = whole.as_deref().unwrap_or(path);
    let name = match whole.is_dir() {
        true => whole.file_name(),
        false => whole.file_stem(),
    };
    name.map_or_else(
        || "pack".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}
