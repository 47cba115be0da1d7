//! One program of the site: compiled by Cargo, given its JavaScript by wasm-bindgen, made smaller by wasm-opt.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    Form,
    arithmetic::Arithmetic,
    declared::{Kind, Program},
    stem,
};
use crate::{
    console::{Outcome, Trouble, step, trouble},
    fingerprint::Fingerprint,
    places::Places,
    process::{cargo, run},
    tools::{self, WASM_TARGET},
};

/// The name under which programs find the engine's build id when they are compiled.
pub const BUILD_VARIABLE: &str = "FIRSTREAD_BUILD";

/// The files of a program, and the names under which the site has them.
pub struct Built {
    pub kind: Kind,
    /// None of a program that needs no script.
    pub js: Option<(PathBuf, String)>,
    pub wasm: (PathBuf, String),
    pub chunks: Option<Chunks>,
}

/// What is cut off the page's program.
pub struct Chunks {
    /// Fetches them, and is imported by the program's own script.
    pub js: (PathBuf, String),
    /// Each with what the script that fetches them calls it.
    pub wasm: Vec<(PathBuf, String, String)>,
}

impl Program {
    /// Binds and optimises what [`compile`](Self::compile) gave.
    pub fn finish(&self, places: &Places, form: Form, compiled: &Path) -> Outcome<Built> {
        let folder = places.programs().join(self.profile(form)).join(self.name());
        let bound = match self.kind {
            Kind::Bare => compiled.to_owned(),
            Kind::Page | Kind::Worker => {
                self.bind(places, compiled, &folder)?;
                folder.join(format!("{}_bg.wasm", self.bin))
            }
        };
        let finished = |wasm: PathBuf| match form {
            Form::Release => self.optimise(places, &wasm),
            Form::Serve => Ok(wasm),
        };
        let chunks = chunks(&folder)?.into_iter().map(|chunk| {
            let name = stem(&chunk);
            Ok((finished(chunk)?, name))
        });
        let chunks = chunks.collect::<Outcome<Vec<(PathBuf, String)>>>()?;
        self.named(&folder, finished(bound)?, chunks)
    }

    fn profile(&self, form: Form) -> &str {
        match form {
            Form::Release => &self.release_profile,
            Form::Serve => &self.serve_profile,
        }
    }

    /// Compiles what has changed.
    pub fn compile(&self, places: &Places, form: Form) -> Outcome<PathBuf> {
        let profile = self.profile(form);
        // Cargo keeps one build of a crate in a folder, whatever its flags.
        let target = match self.arithmetic {
            Some(arithmetic) => places.target.join(arithmetic.name()),
            None => places.target.clone(),
        };
        step(format_args!("compile {} ({profile})", self.name()), || {
            let mut build = cargo(places);
            build
                .args(["rustc", "--locked", "--offline", "--package", &self.bin])
                .args(["--target", WASM_TARGET, "--profile", profile])
                .args(["--bin", &self.bin])
                .env(BUILD_VARIABLE, Fingerprint::of_engine(places)?.to_string());
            if let Some(arithmetic) = self.arithmetic {
                build.args(["--config", &arithmetic.rustflags()]);
                build.arg("--target-dir").arg(&target);
            }
            if self.kind == Kind::Page {
                // Where the program can be cut, only its relocations tell.
                build.args(["--features", "split", "--", "-C", "link-args=--emit-relocs"]);
            }
            run(&mut build)
        })?;
        let folder = target.join(WASM_TARGET).join(profile);
        Ok(folder.join(format!("{}.wasm", self.bin)))
    }

    /// Writes `BIN.js` and `BIN_bg.wasm`, unless they were made of just this program.
    fn bind(&self, places: &Places, compiled: &Path, folder: &Path) -> Outcome {
        let made_of = of_file(compiled)?;
        let stamp = folder.join(".made-of");
        if fs::read_to_string(&stamp).is_ok_and(|made| made == made_of) {
            return Ok(());
        }
        refuse_wrapped_exports(compiled)?;
        fs::create_dir_all(folder).map_err(trouble(format!("Creating {}", folder.display())))?;
        let target = match self.kind {
            Kind::Page => "web",
            Kind::Worker | Kind::Bare => "no-modules",
        };
        let arithmetic = self.arithmetic.map(Arithmetic::name);
        tools::bindgen(places, compiled, target, folder, arithmetic)?;
        fs::write(stamp, made_of).map_err(trouble("Noting what a program was made of"))
    }

    /// The program after wasm-opt, which takes minutes for the engine: kept by the hash of what it was given.
    fn optimise(&self, places: &Places, wasm: &Path) -> Outcome<PathBuf> {
        let kept = places.programs().join("optimised");
        fs::create_dir_all(&kept).map_err(trouble(format!("Creating {}", kept.display())))?;
        let optimised = kept.join(format!(
            "{}-O{}-{}-{}.wasm",
            stem(wasm),
            self.wasm_opt,
            tools::wasm_opt_version(places)?,
            of_file(wasm)?
        ));
        if !optimised.exists() {
            step(
                format_args!("wasm-opt -O{} {}", self.wasm_opt, stem(wasm)),
                || tools::wasm_opt(places, &self.wasm_opt, wasm, &optimised),
            )?;
        }
        Ok(optimised)
    }

    /// The page's files are named after their content, so that a host may let browsers keep them for ever. Programs that differ
    /// in their arithmetic alone share a script. `chunks`: each with the name that it was made under.
    fn named(
        &self,
        folder: &Path,
        wasm: PathBuf,
        chunks: Vec<(PathBuf, String)>,
    ) -> Outcome<Built> {
        let js = folder.join(format!("{}.js", self.bin));
        let script = folder.join("chunks/chunks.js");
        let (js_stem, wasm_stem) = match self.kind {
            Kind::Page => {
                let mut files = vec![&*js, &*wasm];
                files.extend(chunks.iter().map(|(file, _)| &**file));
                let stem = format!("{}-{}", self.bin, Fingerprint::of_files(&files)?);
                (stem.clone(), stem)
            }
            Kind::Worker | Kind::Bare => (self.bin.clone(), self.name()),
        };
        let chunk = |(file, made_as): (PathBuf, String)| {
            let name = made_as.trim_start_matches("split_").replace('_', "-");
            (file, format!("{wasm_stem}-{name}.wasm"), made_as)
        };
        Ok(Built {
            kind: self.kind,
            chunks: (!chunks.is_empty()).then(|| Chunks {
                js: (script, format!("{js_stem}-chunks.js")),
                wasm: chunks.into_iter().map(chunk).collect(),
            }),
            js: (self.kind != Kind::Bare).then(|| (js, format!("{js_stem}.js"))),
            wasm: (wasm, format!("{wasm_stem}_bg.wasm")),
        })
    }

    fn name(&self) -> String {
        match self.arithmetic {
            Some(arithmetic) => format!("{}-{}", self.bin, arithmetic.name()),
            None => self.bin.clone(),
        }
    }
}

/// What the linker adds to the name of an export before which it runs all constructors.
const WRAPPED: &[u8] = b".command_export";

/// Constructors run before every call from JavaScript unless the program runs them itself, see `app/engine/src/lib.rs`.
/// Everything works all the same, only slower: nothing else would show it.
fn refuse_wrapped_exports(compiled: &Path) -> Outcome {
    let program = fs::read(compiled).map_err(trouble(format!("Reading {}", compiled.display())))?;
    if program.windows(WRAPPED.len()).any(|name| name == WRAPPED) {
        return Err(Trouble(format!(
            "{} has constructors that would run before every call from JavaScript: its `main` must call \
             `__wasm_call_ctors` first, as app/engine/src/lib.rs does.",
            compiled.display()
        )));
    }
    Ok(())
}

/// What was cut off the program in this folder, sorted.
fn chunks(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let folder = folder.join("chunks");
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let read = || -> std::io::Result<Vec<PathBuf>> {
        fs::read_dir(&folder)?
            .map(|entry| Ok(entry?.path()))
            .collect()
    };
    let mut files = read().map_err(trouble(format!("Reading {}", folder.display())))?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "wasm"));
    files.sort();
    Ok(files)
}

fn of_file(file: &Path) -> Outcome<String> {
    Fingerprint::of_files(&[file]).map(|print| print.to_string())
}
