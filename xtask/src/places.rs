//! Where things are: the repository, and the cache folder that may vanish at any time.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::console::{Outcome, Trouble, trouble};

pub struct Places {
    /// The repository.
    pub root: PathBuf,
    /// The user's cache folder for this project: `$XDG_CACHE_HOME/firstread` or `~/.cache/firstread`.
    pub cache: PathBuf,
    /// Compiled crates: `CARGO_TARGET_DIR` if it is set, else a folder of the cache.
    pub target: PathBuf,
}

impl Places {
    pub fn find() -> Outcome<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .ok_or_else(|| Trouble("The repository has no folder.".into()))?
            .to_path_buf();
        let cache = user_cache()?.join("firstread");
        fs::create_dir_all(&cache).map_err(trouble(format!("Creating {}", cache.display())))?;
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => cache.join("target"),
        };
        let places = Self {
            root,
            cache,
            target,
        };
        places.claim_target()?;
        Ok(places)
    }

    /// Several copies of the repository share compiled crates, and Cargo tells their own crates apart by
    /// the time of the sources alone: those of a copy that takes over are made newer than what was compiled.
    fn claim_target(&self) -> Outcome {
        let owner = self.target.join(".owner");
        let own = self.root.to_string_lossy();
        match fs::read_to_string(&owner) {
            Ok(last) if last == own => return Ok(()),
            _ => {}
        }
        for package in ["app", "model", "xtask"] {
            renew(&self.root.join(package)).map_err(trouble("Renewing the sources' times"))?;
        }
        fs::create_dir_all(&self.target)
            .and_then(|()| fs::write(&owner, own.as_bytes()))
            .map_err(trouble(format!("Writing {}", owner.display())))
    }

    /// Where Cargo keeps what it downloads, and its settings: `$CARGO_HOME` or `~/.cargo`.
    pub fn cargo_home(&self) -> Option<PathBuf> {
        let home = || env::home_dir().map(|home| home.join(".cargo"));
        env::var_os("CARGO_HOME").map(PathBuf::from).or_else(home)
    }

    /// Build tools that Cargo installs.
    pub fn tools(&self) -> PathBuf {
        self.cache.join("tools")
    }

    /// Everything that is written in JavaScript: server, browser tests, their packages.
    pub fn e2e(&self) -> PathBuf {
        self.root.join("e2e")
    }

    /// An npm package of the lock file in `e2e/`.
    pub fn npm_package(&self, name: &str) -> PathBuf {
        self.e2e().join("node_modules").join(name)
    }

    /// Programs of the site on their way from Cargo to `dist/`.
    pub fn programs(&self) -> PathBuf {
        self.target.join("site")
    }

    /// The finished site.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// What `cargo xtask dist` makes.
    pub fn release(&self) -> PathBuf {
        self.root.join("release")
    }

    /// Compressed files by the hash of their content.
    pub fn compressed(&self) -> PathBuf {
        self.cache.join("compressed")
    }
}

/// Sets the time of all files in a folder to now.
fn renew(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            renew(&entry.path())?;
        } else {
            let file = fs::File::options().append(true).open(entry.path())?;
            file.set_modified(SystemTime::now())?;
        }
    }
    Ok(())
}

fn user_cache() -> Outcome<PathBuf> {
    let absolute = |name: &str| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|folder| folder.is_absolute())
    };
    absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("LOCALAPPDATA"))
        .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
        .ok_or_else(|| Trouble("No cache folder: set HOME or XDG_CACHE_HOME.".into()))
}
