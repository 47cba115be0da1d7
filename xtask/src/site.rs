//! Builds the site: two bins of `app`, the page and the engine, put together by Trunk,
//! and the service worker that keeps a copy of them.

use std::{fs, process::Command};

use crate::{
    console::{Outcome, say, trouble},
    fingerprint::Fingerprint,
    places::Places,
    process::{node, run},
    tools,
};

/// The name under which both bins find the engine's build id when they are compiled.
pub const BUILD_VARIABLE: &str = "FIRSTREAD_BUILD";

/// Builds `dist/`, unless it was built from just these sources.
pub fn build(places: &Places) -> Outcome {
    tools::node_packages(places)?;
    let sources = Fingerprint::of_site(places)?.to_string();
    let stamp = places.dist().join(".stamp");
    if fs::read_to_string(&stamp).is_ok_and(|built| built == sources) {
        say("The site in dist/ is up to date");
        return Ok(());
    }
    tools::wasm_target(places)?;
    tools::wasm_bindgen(places)?;
    tools::trunk(places)?;

    say(
        "Building the site into dist/ (the first time compiles burn, some ten minutes on two cores)",
    );
    let mut trunk = Command::new("trunk");
    trunk
        // Offline: Trunk takes wasm-bindgen and wasm-opt from the search path and downloads nothing.
        .args(["build", "--release", "--offline", "true"])
        .current_dir(&places.root)
        .env("PATH", places.search_path()?)
        .env("CARGO_TARGET_DIR", &places.target)
        .env(BUILD_VARIABLE, Fingerprint::of_engine(places)?.to_string())
        .env_remove("NO_COLOR"); // Trunk only knows `true` and `false` there
    run(&mut trunk)?;
    // Last, since it lists the hashes of all files.
    run(node(places).arg("service-worker.mjs").arg(places.dist()))?;
    fs::write(stamp, sources).map_err(trouble("Noting what dist/ was built from"))
}
