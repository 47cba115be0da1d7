//! What the reader makes of files, for comparison with other programs: `dump FOLDER FILE...`
//!
//! For each file a line of JSON: its refusal, or its facts, per frame its range, and the seconds to its first picture. Into the folder, for the file and
//! frame of these numbers, come the values (`FILE-FRAME.values`, 32-bit floats) and the picture (`.grey`, 16 bits).

use std::{
    env,
    error::Error,
    fs,
    io::{Write, stdout},
    path::Path,
    time::Instant,
};

use dicom::{Refusal, read};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let folder = arguments.next().ok_or("dump FOLDER FILE...")?;
    for (number, path) in arguments.enumerate() {
        let bytes = fs::read(&path)?;
        let mut line = match dump(&bytes, Path::new(&folder), number) {
            Ok(facts) => facts,
            Err(refusal) => json!({ "refusal": refusal, "message": refusal.to_string() }),
        };
        line["file"] = path.into();
        writeln!(stdout(), "{line}")?;
    }
    Ok(())
}

fn dump(bytes: &[u8], folder: &Path, number: usize) -> Result<Value, Refusal> {
    let begin = Instant::now();
    let object = read(bytes)?;
    let mut frames = Vec::new();
    let mut first = None;
    for index in 0..object.frames() {
        let frame = object.frame(index)?;
        let voi = frame.default_voi();
        let greys = frame.render(&voi, frame.inverted);
        first.get_or_insert(begin.elapsed());
        let values = frame.values.iter().flat_map(|value| value.to_le_bytes());
        let greys = greys.iter().flat_map(|grey| grey.to_le_bytes());
        let write = |kind, bytes: Vec<u8>| {
            let path = folder.join(format!("{number}-{index}.{kind}"));
            fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        };
        write("values", values.collect());
        write("grey", greys.collect());
        frames.push(json!({ "low": frame.range.low, "high": frame.range.high, "voi": voi, "tables": frame.luts.len() }));
    }
    let seconds = first.unwrap_or_default().as_secs_f64();
    Ok(json!({ "facts": object.facts(), "frames": frames, "seconds": seconds }))
}
