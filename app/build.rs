//! Turns the sentences of `locales/` into checked Rust for the page.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Only the page has words: a changed one must not compile the engine again.
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "page")]
    {
        println!("cargo::rerun-if-changed=build");
        println!("cargo::rerun-if-changed=locales");
        locales::write()?;
    }
    Ok(())
}

#[cfg(feature = "page")]
#[path = "build/locales.rs"]
mod locales;
