//! The worker that computes, and each of the workers that it starts itself.

use app::engine::{POOL_WORKER, name, report_panics, run_engine, run_pool_worker};

fn main() {
    report_panics();
    if name() == POOL_WORKER {
        run_pool_worker();
    } else {
        run_engine();
    }
}
