//! What a first visit downloads, against the limits in `e2e/size-limits.json`.

use crate::{
    console::Outcome,
    places::Places,
    process::{node, run},
    site, tools,
};

/// Compresses the files of `dist/` as a host would, prints a table, fails over a limit.
pub fn size(places: &Places) -> Outcome {
    tools::node_packages(places)?;
    site::build(places, site::Form::Release)?;
    run(node(places)
        .arg("size.mjs")
        .arg(places.dist())
        .arg(places.compressed()))
}
