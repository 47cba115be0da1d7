//! The command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use imaging::pack::{Answers, FolderRole, Ruling};

/// Put a folder of images into one zip that the app opens, with classes, patients and parts.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask pack")]
pub struct Arguments {
    /// A folder or zip with a folder of images for each class.
    pub films: PathBuf,
    /// Where the zip goes; by default the folder's name in the current folder.
    #[arg(long, value_name = "FILE.zip")]
    pub out: Option<PathBuf>,
    /// What the app calls the pack; by default what `pack.json` says, else the folder's name.
    #[arg(long)]
    pub title: Option<String>,
    /// Replace the zip if it is there.
    #[arg(long)]
    pub force: bool,
    /// What a folder is, where its name does not tell: class, train, val, test, around, try or ignore.
    #[arg(long = "role", value_name = "NAME=ROLE", value_parser = role)]
    pub roles: Vec<(String, FolderRole)>,
    /// The class that is right for images that lie in several; "none" leaves such images out.
    #[arg(long = "same-film", value_name = "CLASS")]
    pub same_film: Vec<String>,
    /// What becomes of tables of labels, and of names that tell classes: what is guessed about them is accepted, or they are
    /// ignored. Without it, the guess is said and nothing written.
    #[arg(long, value_enum)]
    pub table: Option<Table>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Table {
    Accept,
    Ignore,
}

impl Arguments {
    pub fn answers(&self) -> Answers {
        let ruling = |class: &String| Ruling {
            classes: Vec::new(),
            keep: (class != "none").then(|| class.clone()),
        };
        Answers {
            roles: self.roles.clone(),
            rulings: self.same_film.iter().map(ruling).collect(),
            ..Answers::default()
        }
    }
}

/// "TEST=test", as `cargo xtask train` has it.
fn role(text: &str) -> Result<(String, FolderRole), String> {
    let known = "class, train, val, test, around, try or ignore";
    let (name, role) = text
        .rsplit_once('=')
        .ok_or_else(|| format!("give it as NAME=ROLE; a role is {known}"))?;
    let role = match role {
        "class" => FolderRole::Class,
        "train" => FolderRole::Train,
        "val" => FolderRole::Validation,
        "test" => FolderRole::Test,
        "around" => FolderRole::Around,
        "try" => FolderRole::Try,
        "ignore" => FolderRole::Ignore,
        other => return Err(format!("no role is called {other}; a role is {known}")),
    };
    Ok((name.to_owned(), role))
}
