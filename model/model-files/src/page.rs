//! A page that classifies by itself, in one file that asks nothing of any host: the safetensors file, a program that computes
//! with it (`app/network-page`), the card, and a script.

use base64::{Engine, engine::general_purpose::STANDARD};
use checkpoint::TrainedNetwork;
use mobilenet::weights::Weights;
use model_card::{Card, PageWords, WriteError};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{about::backbone, weights_file};

const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");
const BODY: &str = include_str!("page/page.html");

#[derive(Serialize)]
struct Told<'a> {
    words: &'a PageWords,
    card: &'a Card,
    classes: &'a [String],
    side: usize,
    backbone: Option<&'static str>,
}

/// `program`: the bytes of `network-page_bg.wasm`.
///
/// # Errors
/// [`WriteError`] when a part of the network is missing or not finite.
pub fn write(
    network: &TrainedNetwork,
    weights: &Weights,
    card: Card,
    words: &PageWords,
    program: &[u8],
) -> Result<Vec<u8>, WriteError> {
    let told = Told {
        words,
        card: &card,
        classes: match words.classes.len() == network.classes.len() {
            true => &words.classes,
            false => &network.classes,
        },
        side: network.settings.film_side,
        backbone: backbone(&network.settings),
    };
    let told = serde_json::to_string(&told).unwrap_or_default();
    let file = weights_file::write(network, weights, card)?;
    // Only what the page itself brings: no address is allowed, so that no image can leave.
    let policy = format!(
        "default-src 'none'; script-src '{}' 'wasm-unsafe-eval'; style-src '{}'; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    );
    let mut page = String::with_capacity(BODY.len() + (file.len() + program.len()) * 4 / 3 + 4096);
    // A place is named once, and in this order.
    let mut rest = BODY;
    for (place, text) in [
        ("LANGUAGE", escaped(&words.language)),
        ("POLICY", policy),
        ("TITLE", escaped(&words.title)),
        ("STYLE", STYLE.to_owned()),
        ("HEADING", escaped(&words.title)),
        ("WARNING", escaped(&words.warning)),
        ("CHOOSE", escaped(&words.choose)),
        ("DROP", escaped(&words.drop)),
        ("STARTING", escaped(&words.starting)),
        ("PROGRAM", STANDARD.encode(program)),
        ("NETWORK", STANDARD.encode(file)),
        ("TOLD", in_script(&told)),
        ("SCRIPT", SCRIPT.to_owned()),
    ] {
        let (before, after) = rest.split_once(&format!("%{place}%")).unwrap_or((rest, ""));
        page.push_str(before);
        page.push_str(&text);
        rest = after;
    }
    page.push_str(rest);
    Ok(page.into_bytes())
}

/// Of a script or a style sheet, as a Content Security Policy names it.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

/// JSON that a browser reads as such wherever it stands in a page.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
