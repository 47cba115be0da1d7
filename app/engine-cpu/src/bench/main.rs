//! What `cargo xtask bench` measures of the engine, for a script in a worker: never a part of the site.

mod backbone;
mod exercise;

fn main() {
    console_error_panic_hook::set_once();
}
