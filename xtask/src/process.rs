//! Runs other programs.

use std::{
    env,
    io::ErrorKind,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    console::{Outcome, Trouble, trouble},
    places::Places,
};

/// Cargo in the repository, with the shared folder of compiled crates.
pub fn cargo(places: &Places) -> Command {
    let mut command = Command::new("cargo");
    command
        .current_dir(&places.root)
        .env("CARGO_TARGET_DIR", &places.target);
    command
}

/// Node.js in the folder of the browser tests.
pub fn node(places: &Places) -> Command {
    let mut command = Command::new("node");
    command.current_dir(places.e2e());
    command
}

/// Shows the command and runs it; its output goes to the terminal.
pub fn run(command: &mut Command) -> Outcome {
    eprintln!("    {}", line(command));
    let status = command.status().map_err(not_started(command))?;
    if status.success() {
        return Ok(());
    }
    Err(Trouble(format!("`{}` failed ({status}).", line(command))))
}

/// Runs it quietly and gives what it printed on standard output.
pub fn output(command: &mut Command) -> Outcome<String> {
    let output = command.output().map_err(not_started(command))?;
    if !output.status.success() {
        return Err(Trouble(format!(
            "`{}` failed ({}). {}",
            line(command),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        )));
    }
    String::from_utf8(output.stdout).map_err(trouble(line(command)))
}

/// The first program of these names on the search path.
pub fn find_program(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    names.iter().find_map(|name| {
        env::split_paths(&path)
            .map(|folder| folder.join(name).with_extension(env::consts::EXE_EXTENSION))
            .find(|file| file.is_file())
    })
}

fn line(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    let mut line = program.to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

fn not_started(command: &Command) -> impl FnOnce(std::io::Error) -> Trouble {
    let program = command.get_program().to_string_lossy().into_owned();
    move |error| match error.kind() {
        ErrorKind::NotFound => Trouble(format!("The program {program} is not on the PATH.")),
        _ => Trouble(format!("{program} did not start: {error}")),
    }
}
