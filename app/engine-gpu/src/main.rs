//! The worker that computes where there is a GPU.

fn main() {
    engine::start(engine_gpu::device::open);
}
