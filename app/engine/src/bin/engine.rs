//! The worker that computes.

use engine::{report_panics, run_engine};

/// Without a call of its own, the linker runs all constructors (burn's shader compiler registers its operations by
/// them) before every call from JavaScript, each allocation and each handle among them.
#[allow(unsafe_code, reason = "the linker's own function")]
fn run_constructors() {
    unsafe extern "C" {
        fn __wasm_call_ctors();
    }
    // SAFETY: first thing of the only thread, once for each instance.
    unsafe { __wasm_call_ctors() }
}

fn main() {
    run_constructors();
    report_panics();
    run_engine();
}
