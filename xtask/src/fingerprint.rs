//! Tells whether sources have changed.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

use crate::{
    console::{Outcome, trouble},
    places::Places,
    process::{cargo, output},
    tools::WASM_TARGET,
};

/// All that the finished site is made from.
const SITE: [&str; 22] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "DEPLOY.md",
    "Trunk.toml",
    "app",
    "e2e/files.mjs",
    "e2e/headers.mjs",
    "e2e/package-lock.json",
    "e2e/release/hosts.mjs",
    "e2e/release/single.mjs",
    "e2e/release/take-along.mjs",
    "e2e/service-worker.mjs",
    "index.html",
    "model",
    "public",
    "rust-toolchain.toml",
    "xtask/bindgen",
    "xtask/single",
    "xtask/src/site",
    "xtask/src/site.rs",
    "xtask/src/tools.rs",
];

/// What the engine is compiled with, beside its crates.
const COMPILER: [&str; 2] = [".cargo/config.toml", "rust-toolchain.toml"];

/// The engine's programs: without burn's GPU part and with it.
const ENGINES: [&str; 2] = ["engine-cpu", "engine-gpu"];

/// Sources of a crate; its tests are none.
const CRATE: [&str; 3] = ["Cargo.toml", "build.rs", "src"];

/// 64-bit FNV-1a of paths and contents: it finds changes, it is no protection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(u64);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Fingerprint {
    /// Of the finished site.
    pub fn of_site(places: &Places) -> Outcome<Self> {
        Self::start()
            .with(&places.root, &SITE)
            .map_err(trouble("Reading the sources"))
    }

    /// Of the engine's two programs: of their crates, the versions of those that they are built on, and how they are compiled. It is the
    /// build id by which the page knows that a worker is its own; a change of anything else leaves it, so that visitors
    /// who return keep the engine that they have.
    pub fn of_engine(places: &Places) -> Outcome<Self> {
        let mut hash = Self::start();
        let mut own = Vec::new();
        for program in ENGINES {
            let crates = Crates::of(places, program)?;
            hash.add(crates.listed.as_bytes());
            own.extend(crates.own);
        }
        own.sort();
        own.dedup();
        hash.add(profiles(places)?.as_bytes());
        let files = own
            .iter()
            .flat_map(|folder| CRATE.map(|part| format!("{folder}/{part}")));
        let files: Vec<String> = files.chain(COMPILER.map(str::to_owned)).collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        hash.with(&places.root, &files)
            .map_err(trouble("Reading the sources"))
    }

    /// Of the contents of these files, in this order.
    pub fn of_files(files: &[&Path]) -> Outcome<Self> {
        let mut hash = Self::start();
        for file in files {
            let content = fs::read(file).map_err(trouble(format!("Reading {}", file.display())))?;
            hash.add(&content);
        }
        Ok(hash)
    }

    fn start() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// With the paths and contents of all files in these places; a place that does not exist has none.
    fn with(mut self, root: &Path, wanted: &[&str]) -> io::Result<Self> {
        let mut files = Vec::new();
        for path in wanted {
            collect(root, PathBuf::from(path), &mut files)?;
        }
        files.sort();
        for file in files {
            self.add(file.to_string_lossy().as_bytes());
            self.add(&fs::read(root.join(&file))?);
        }
        Ok(self)
    }

    fn add(&mut self, bytes: &[u8]) {
        // The length first, so that bytes cannot move from one file to the next unseen.
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// The crates that one is compiled from.
struct Crates {
    /// Folders in the repository.
    own: Vec<String>,
    /// Name, version and features of each, a line for each.
    listed: String,
}

impl Crates {
    /// As Cargo resolves them for the browser. It marks what it lists once more by ` (*)`; without that, the list would
    /// have gigabytes.
    fn of(places: &Places, package: &str) -> Outcome<Self> {
        let listed = output(
            cargo(places)
                .args(["tree", "--locked", "--offline", "--package", package])
                .args(["--target", WASM_TARGET, "--edges", "normal,build"])
                .args(["--prefix", "none", "--format", "{p} {f}"]),
        )?;
        let root = format!("({}/", places.root.display());
        let mut lines: Vec<String> = listed
            .lines()
            .map(|line| line.replace(&root, "("))
            .collect();
        lines.sort();
        lines.dedup();
        let own = lines
            .iter()
            .filter_map(|line| Some(line.split_once(" (")?.1.split_once(')')?.0))
            .filter(|source| places.root.join(source).join("Cargo.toml").exists());
        let mut own: Vec<String> = own.map(str::to_owned).collect();
        // Once with the mark and once without.
        own.dedup();
        Ok(Self {
            own,
            listed: lines.join("\n"),
        })
    }
}

/// The part of the workspace's manifest that says how crates are compiled.
fn profiles(places: &Places) -> Outcome<String> {
    let manifest = fs::read_to_string(places.root.join("Cargo.toml"));
    let manifest = manifest.map_err(trouble("Reading Cargo.toml"))?;
    let profiles = manifest
        .split("\n[")
        .filter(|table| table.starts_with("profile."));
    Ok(profiles.collect::<Vec<_>>().join("\n"))
}

/// All files under `path`.
fn collect(root: &Path, path: PathBuf, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let full = root.join(&path);
    if full.is_dir() {
        for entry in fs::read_dir(full)? {
            collect(root, path.join(entry?.file_name()), files)?;
        }
    } else if full.is_file() {
        files.push(path);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let root = std::env::temp_dir().join(format!("firstread-{name}-{}", std::process::id()));
        for (path, text) in files {
            let file = root.join(path);
            fs::create_dir_all(file.parent().expect("a file has a folder")).expect("folder");
            fs::write(file, text).expect("file");
        }
        root
    }

    #[test]
    fn a_change_of_text_name_or_border_shows() {
        let print = |name, files: &[(&str, &str)]| {
            let root = folder(name, files);
            let print = Fingerprint::start()
                .with(&root, &["src", "absent"])
                .expect("print");
            fs::remove_dir_all(root).expect("clean up");
            print
        };
        let first = print("a", &[("src/a", "one"), ("src/b", "two")]);
        assert_eq!(first, print("b", &[("src/b", "two"), ("src/a", "one")]));
        assert_ne!(first, print("c", &[("src/a", "one"), ("src/b", "tow")]));
        assert_ne!(first, print("d", &[("src/a", "one"), ("src/c", "two")]));
        assert_ne!(first, print("e", &[("src/a", "onet"), ("src/b", "wo")]));
    }

    fn of_the_project() -> Places {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .expect("root");
        Places {
            root: root.to_path_buf(),
            cache: std::env::temp_dir(),
            target: std::env::temp_dir(),
        }
    }

    /// Without `std`, gemm chooses its scalar kernel in WebAssembly, three times as slow, and says nothing:
    /// `findings/gemm-wasm-simd128-needs-std.sh`.
    #[test]
    fn gemm_has_what_it_needs_to_use_simd() {
        for program in ENGINES {
            let Crates { listed, .. } = Crates::of(&of_the_project(), program).expect("crates");
            let gemm = listed
                .lines()
                .find(|line| line.starts_with("gemm-common v"));
            let features: Vec<&str> = gemm.expect("gemm").split([' ', ',']).collect();
            for needed in ["std", "wasm-simd128-enable"] {
                assert!(features.contains(&needed), "{program}: {features:?}");
            }
        }
    }

    #[test]
    fn the_engines_id_hangs_on_its_own_crates_alone() {
        let places = of_the_project();
        for program in ENGINES {
            let Crates { own, listed } = Crates::of(&places, program).expect("crates");
            assert_eq!(
                own,
                [
                    "model/checkpoint",
                    "model/dicom",
                    "app/engine",
                    "app/engine-core",
                    &format!("app/{program}"),
                    "model/experiments",
                    "app/feature-pool",
                    "app/feature-worker",
                    "model/imaging",
                    "model/jpeg-entropy",
                    "model/metrics",
                    "model/mobilenet",
                    "model/model-card",
                    "model/picture-formats",
                    "app/protocol",
                    "app/reader-answers",
                    "app/side-program",
                    "model/training"
                ]
            );
            assert!(listed.lines().any(|line| line.starts_with("burn v")));
            let has_gpu_part = listed.lines().any(|line| line.starts_with("burn-wgpu v"));
            assert_eq!(has_gpu_part, program == "engine-gpu");
            assert!(!listed.contains("leptos"));
            assert!(!listed.contains(&*places.root.to_string_lossy()));
        }
        assert!(
            profiles(&places)
                .expect("profiles")
                .contains("codegen-units = 1")
        );
    }
}
