//! What is asked for.

use std::path::PathBuf;

use clap::Parser;

/// Ask a network that was taken along about all images of a folder or a zip.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask predict")]
pub struct Arguments {
    /// The network: a .onnx, .safetensors or .firstread file that the app has written.
    pub network: PathBuf,
    /// A folder with images, a zip, or one image; what folders are called does not matter.
    pub images: PathBuf,
    /// Where the table goes, as CSV; without it, to the terminal.
    #[arg(long)]
    pub csv: Option<PathBuf>,
    /// Replace a table that is there.
    #[arg(long)]
    pub force: bool,
    /// The backbone's weights.
    #[arg(long, default_value = "public/weights/mobilenetv2.safetensors")]
    pub weights: PathBuf,
}
