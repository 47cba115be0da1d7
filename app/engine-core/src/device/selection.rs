//! Which device computes: decided from facts, without asking a browser.

use imaging::report::TrainError;

use protocol::{DeviceChoice, DeviceReason};

/// What the browser says about WebGPU.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GpuFacts {
    /// The browser has no WebGPU.
    Absent,
    /// WebGPU is there, but gives no adapter.
    NoAdapter,
    Adapter {
        name: String,
        /// The browser itself calls it a stand-in for a GPU.
        fallback: bool,
    },
}

/// What to do with these facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Cpu(DeviceReason),
    /// Take the GPU if it passes its self-test, and then say this.
    TryGpu {
        name: String,
        reason: DeviceReason,
    },
}

/// Names by which adapters that only imitate a GPU on the CPU are known.
const SOFTWARE: [&str; 4] = ["swiftshader", "llvmpipe", "lavapipe", "basic render"];

/// A hardware GPU unless something else is asked for; an imitation only if asked for.
pub fn decide(choice: DeviceChoice, facts: GpuFacts) -> Decision {
    let (name, fallback) = match (choice, facts) {
        (DeviceChoice::Cpu, _) => return Decision::Cpu(DeviceReason::AskedFor),
        (_, GpuFacts::Absent) => return Decision::Cpu(DeviceReason::NoWebGpu),
        (_, GpuFacts::NoAdapter) => return Decision::Cpu(DeviceReason::NoAdapter),
        (_, GpuFacts::Adapter { name, fallback }) => (name, fallback),
    };
    let software = fallback || is_software(&name);
    match choice {
        DeviceChoice::WebGpu => Decision::TryGpu {
            name,
            reason: DeviceReason::AskedFor,
        },
        _ if software => Decision::Cpu(DeviceReason::SoftwareAdapter { name }),
        _ => Decision::TryGpu {
            name,
            reason: DeviceReason::GpuPassedSelfTest,
        },
    }
}

fn is_software(name: &str) -> bool {
    let name = name.to_lowercase();
    SOFTWARE.iter().any(|software| name.contains(software))
}

/// A name for people, from the parts that a browser tells; they often hide some.
pub fn adapter_name(description: &str, vendor: &str, architecture: &str, device: &str) -> String {
    if !description.trim().is_empty() {
        return description.trim().to_owned();
    }
    let parts: Vec<&str> = [vendor, architecture, device]
        .map(str::trim)
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        "GPU".to_owned()
    } else {
        parts.join(" ")
    }
}

/// What follows a piece of work on a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterWork {
    GoOn,
    /// The GPU failed: everything goes on on the CPU, without what the GPU had computed.
    FallBack {
        detail: String,
    },
    /// The work failed; the device is as good as before.
    Fail(TrainError),
}

/// `reported` is what the device has reported of itself, `error` how the work ended. On the CPU there is nothing to
/// fall back to.
pub fn after_work(on_cpu: bool, reported: Option<String>, error: Option<TrainError>) -> AfterWork {
    match (reported, error) {
        (Some(detail), _) => AfterWork::FallBack { detail },
        (None, Some(TrainError::Device { detail })) if !on_cpu => AfterWork::FallBack { detail },
        (None, Some(error)) => AfterWork::Fail(error),
        (None, None) => AfterWork::GoOn,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adapter(name: &str, fallback: bool) -> GpuFacts {
        GpuFacts::Adapter {
            name: name.to_owned(),
            fallback,
        }
    }

    #[test]
    fn a_hardware_gpu_is_tried_first() {
        assert_eq!(
            decide(DeviceChoice::Automatic, adapter("nvidia ampere", false)),
            Decision::TryGpu {
                name: "nvidia ampere".to_owned(),
                reason: DeviceReason::GpuPassedSelfTest
            }
        );
    }

    #[test]
    fn an_imitation_is_taken_only_if_asked_for() {
        for facts in [
            adapter("google swiftshader", false),
            adapter("Microsoft Basic Render Driver", false),
            adapter("llvmpipe (LLVM 19)", false),
            adapter("unheard of", true),
        ] {
            let GpuFacts::Adapter { name, .. } = facts.clone() else {
                continue;
            };
            assert_eq!(
                decide(DeviceChoice::Automatic, facts.clone()),
                Decision::Cpu(DeviceReason::SoftwareAdapter { name: name.clone() })
            );
            assert_eq!(
                decide(DeviceChoice::WebGpu, facts),
                Decision::TryGpu {
                    name,
                    reason: DeviceReason::AskedFor
                }
            );
        }
    }

    #[test]
    fn without_webgpu_the_cpu_computes_and_says_why() {
        for choice in [DeviceChoice::Automatic, DeviceChoice::WebGpu] {
            assert_eq!(
                decide(choice, GpuFacts::Absent),
                Decision::Cpu(DeviceReason::NoWebGpu)
            );
            assert_eq!(
                decide(choice, GpuFacts::NoAdapter),
                Decision::Cpu(DeviceReason::NoAdapter)
            );
        }
        assert_eq!(
            decide(DeviceChoice::Cpu, adapter("nvidia", false)),
            Decision::Cpu(DeviceReason::AskedFor)
        );
    }

    #[test]
    fn an_adapter_has_a_name_even_if_the_browser_hides_it() {
        assert_eq!(adapter_name("", "", " ", ""), "GPU");
        assert_eq!(adapter_name("", "intel", "gen-12lp", ""), "intel gen-12lp");
        assert_eq!(adapter_name("Apple M2", "apple", "", ""), "Apple M2");
    }

    #[test]
    fn only_a_device_that_failed_is_left() {
        let detail = || "lost".to_owned();
        let lost = || TrainError::Device { detail: detail() };
        let fall_back = AfterWork::FallBack { detail: detail() };
        assert_eq!(after_work(false, None, Some(lost())), fall_back);
        assert_eq!(
            after_work(true, None, Some(lost())),
            AfterWork::Fail(lost())
        );
        let others = [
            TrainError::Diverged,
            TrainError::Missing { what: detail() },
            TrainError::Unfit { detail: detail() },
            TrainError::NotReady,
        ];
        for error in others {
            for on_cpu in [false, true] {
                let after = after_work(on_cpu, None, Some(error.clone()));
                assert_eq!(after, AfterWork::Fail(error.clone()));
            }
            // What the device says of itself counts, however the work ended.
            assert_eq!(after_work(false, Some(detail()), Some(error)), fall_back);
        }
        assert_eq!(after_work(false, Some(detail()), None), fall_back);
        assert_eq!(after_work(false, None, None), AfterWork::GoOn);
    }
}
