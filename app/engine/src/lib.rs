//! The engine in the browser: everything that computes, in a worker of its own.
//!
//! What it does is in [`engine_core`]; here is the world that it does it in. Two programs are made of it, one with
//! burn's GPU part and one without, which is a third of its size: `engine-gpu` and `engine-cpu`.

pub mod adapter;
mod files;
mod host;
mod network_files;
mod new_file;
mod reader;
mod side_program;
mod tools;
mod wire;
mod worker_scope;
mod workers;

use engine_core::device::Opened;
use protocol::DeviceChoice;

/// Runs all constructors: burn's shader compiler registers its operations by them. Without a call of its own, the linker
/// runs them before every call from JavaScript, each allocation and each handle among them; with it, nothing else does.
/// So [`start`] calls it, and a test that computes on a GPU; once in a program, and first.
#[allow(unsafe_code, reason = "the linker's own function")]
pub fn run_constructors() {
    unsafe extern "C" {
        fn __wasm_call_ctors();
    }
    // SAFETY: first thing of the only thread, once for each instance.
    unsafe { __wasm_call_ctors() }
}

/// Starts the engine of this worker; returns at once. The first thing of a program, and called once in it.
/// `open` chooses the device, given what was asked for and how many workers the CPU would have.
pub fn start<Opening>(open: impl Fn(DeviceChoice, usize) -> Opening + 'static)
where
    Opening: Future<Output = Opened> + 'static,
{
    run_constructors();
    worker_scope::report_panics();
    host::run(open);
}
