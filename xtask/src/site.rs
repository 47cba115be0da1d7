//! Builds the site: the programs below `app/`, put together as `index.html` and `Trunk.toml` declare,
//! and the service worker that keeps a copy of them.

mod arithmetic;
mod declared;
mod program;

use std::{fs, io, path::Path, thread};

use crate::{
    console::{Outcome, Trouble, say, step, trouble},
    fingerprint::Fingerprint,
    places::Places,
    process::{node, run},
    tools,
};
use arithmetic::{Arithmetic, FEATURE_WORKER};
use declared::{Kind, Program, Site};
use program::Built;

pub use program::BUILD_VARIABLE;

/// For whom the site is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// To be handed on: optimised as far as it goes, which takes minutes.
    Release,
    /// To be tried on this computer: the engine as Cargo compiles it, the page soon rather than small.
    Serve,
}

/// Builds `dist/`, unless it was built from just these sources in this form, or in the better one.
pub fn build(places: &Places, form: Form) -> Outcome {
    tools::node_packages(places)?;
    let sources = Fingerprint::of_site(places)?;
    let stamp = places.dist().join(".stamp");
    let built = fs::read_to_string(&stamp).unwrap_or_default();
    if built == stamped(sources, form) || built == stamped(sources, Form::Release) {
        say("The site in dist/ is up to date");
        return Ok(());
    }
    tools::wasm_target(places)?;
    tools::crates(places)?;

    say("Building the site into dist/ (the first time compiles burn, which takes a good while)");
    let site = Site::read(&places.root)?;
    let programs = programs_of(places, &site, form)?;
    step("put dist/ together", || {
        assemble(places, &site, &programs).map_err(trouble("Writing dist/"))?;
        // After the others, since it lists the hashes of all files.
        run(node(places).arg("service-worker.mjs").arg(places.dist()))?;
        let guide = places.root.join("DEPLOY.md");
        run(node(places)
            .arg("release/take-along.mjs")
            .arg(places.dist())
            .arg(guide))
    })?;
    fs::write(stamp, stamped(sources, form)).map_err(trouble("Noting what dist/ was built from"))
}

/// The packages of the programs.
pub fn programs(places: &Places) -> Outcome<Vec<String>> {
    let site = Site::read(&places.root)?;
    let packages = site.programs.into_iter().map(|program| program.bin);
    Ok(packages.collect())
}

/// One is compiled after the other, and finished beside those that follow: wasm-opt uses a single core for minutes.
fn programs_of(places: &Places, site: &Site, form: Form) -> Outcome<Vec<Built>> {
    let programs: Vec<Program> = site.programs.iter().flat_map(variants).collect();
    thread::scope(|scope| {
        let mut finishing = Vec::new();
        for program in &programs {
            let compiled = program.compile(places, form)?;
            finishing.push(scope.spawn(move || program.finish(places, form, &compiled)));
        }
        let finished = finishing.into_iter().map(|thread| {
            let stopped = |_| Trouble("Finishing a program ended with a panic.".into());
            thread.join().map_err(stopped)?
        });
        finished.collect()
    })
}

/// Puts the programs of the feature workers, as they are handed on, into a folder.
pub fn feature_workers(places: &Places, folder: &Path) -> Outcome {
    let site = Site::read(&places.root)?;
    let programs = site.programs.iter().flat_map(variants);
    for program in programs.filter(|program| program.arithmetic.is_some()) {
        let compiled = program.compile(places, Form::Release)?;
        let built = program.finish(places, Form::Release, &compiled)?;
        for (file, name) in built.js.iter().chain([&built.wasm]) {
            fs::copy(file, folder.join(name)).map_err(trouble(format!("Copying {name}")))?;
        }
    }
    Ok(())
}

/// A program as often as it is compiled.
fn variants(program: &Program) -> Vec<Program> {
    if program.bin != FEATURE_WORKER {
        return vec![program.clone()];
    }
    let variant = |arithmetic| Program {
        arithmetic: Some(arithmetic),
        ..program.clone()
    };
    Arithmetic::ALL.map(variant).into()
}

fn stamped(sources: Fingerprint, form: Form) -> String {
    let form = match form {
        Form::Release => "release",
        Form::Serve => "serve",
    };
    format!("{form} {sources}")
}

/// Writes `dist/` anew.
fn assemble(places: &Places, site: &Site, programs: &[Built]) -> io::Result<()> {
    let dist = places.dist();
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::create_dir_all(&dist)?;
    for folder in &site.copied {
        copy_folder(&places.root.join(folder), &dist)?;
    }
    for built in programs {
        let (own, name) = (&built.wasm.0, &built.wasm.1);
        fs::copy(own, dist.join(name))?;
        let Some((js, js_name)) = &built.js else {
            continue;
        };
        let script = fs::read_to_string(js)?;
        // Where the script was made, its program had another name.
        let made_for = format!("{}_bg.wasm", stem(js));
        let mut script = match built.kind {
            Kind::Page => script.replace(&made_for, name),
            Kind::Worker | Kind::Bare => script,
        };
        if let Some(chunks) = &built.chunks {
            let mut fetching = fs::read_to_string(&chunks.js.0)?;
            fetching = fetching.replace(&format!("./{}.js", stem(js)), &format!("./{js_name}"));
            for (file, name, made_as) in &chunks.wasm {
                fs::copy(file, dist.join(name))?;
                fetching = fetching.replace(&format!("./{made_as}.wasm"), &format!("./{name}"));
            }
            fs::write(dist.join(&chunks.js.1), fetching)?;
            // Not where the program itself is told what it imports: that is the name that it was linked with.
            let import = |name: &str| format!("from \"./{name}\"");
            script = script.replace(&import("chunks.js"), &import(&chunks.js.1));
        }
        let shared = dist.join(js_name);
        if shared.exists() && fs::read_to_string(&shared)? != script {
            return Err(io::Error::other(format!(
                "programs that share {} need different ones",
                js_name
            )));
        }
        fs::write(shared, script)?;
    }
    fs::write(dist.join("index.html"), document(site, programs))
}

/// `index.html` with what starts the page's program in place of its declaration.
fn document(site: &Site, programs: &[Built]) -> String {
    let page = programs.iter().find(|built| built.kind == Kind::Page);
    let (script, preload) = page.map_or_else(Default::default, |page| {
        let (js, wasm) = (page.js.as_ref().map_or("", |js| &js.1), &page.wasm.1);
        (
            site.patterns.script(js, wasm),
            site.patterns.preload(js, wasm),
        )
    });
    let mut document = String::with_capacity(site.html.len() + 1024);
    let mut at = 0;
    for declaration in &site.declarations {
        document.push_str(&site.html[at..declaration.place.start]);
        if declaration.is_page {
            document.push_str(&script);
        }
        at = declaration.place.end;
    }
    document.push_str(&site.html[at..]);
    let chunks = page.and_then(|page| page.chunks.as_ref()).map(|chunks| {
        let name = &chunks.js.1;
        format!("<link rel=\"modulepreload\" href=\"./{name}\">")
    });
    let preload = preload + &chunks.unwrap_or_default();
    document.replacen("</head>", &format!("{preload}</head>"), 1)
}

fn stem(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&target)?;
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
