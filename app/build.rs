//! Turns the sentences of `locales/` into checked Rust for the page.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=locales");
    #[cfg(feature = "page")]
    sentences::write()?;
    Ok(())
}

/// What `leptos_i18n_build` would do, without the data tools of ICU, which take the host minutes to
/// compile and which no sentence here needs.
#[cfg(feature = "page")]
mod sentences {
    use std::{env, error::Error, fs, path::Path};

    use leptos_i18n_parser::parse_locales::{
        options::{Config, ParseOptions},
        parse_locales,
    };

    pub fn write() -> Result<(), Box<dyn Error>> {
        let strings_too = ParseOptions::new().interpolate_display(true);
        let config = Config::new("en").map_err(text)?.parse_options(strings_too);
        let locales = parse_locales(None, config).map_err(text)?;
        let code =
            leptos_i18n_codegen::gen_code(&locales, None, true, None, false).map_err(text)?;
        let folder = env::var("OUT_DIR")?;
        fs::write(Path::new(&folder).join("i18n.rs"), code.to_string())?;
        Ok(())
    }

    fn text(error: impl std::fmt::Display) -> String {
        error.to_string()
    }
}
