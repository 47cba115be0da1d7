//! Turns the sentences of `locales/` into checked Rust for the page.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=locales");
    #[cfg(feature = "page")]
    locales::write()?;
    Ok(())
}

#[cfg(feature = "page")]
#[path = "build/locales.rs"]
mod locales;
