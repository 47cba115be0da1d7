//! The measurement of this computer's speed.

use protocol::{Command, Event, RunId, Speed};

use super::world::{Engine, cpu, gpu, quick};

/// Goes on, each turn taking a hundredth of a second, until a measurement has ended; its progress never goes back, and
/// after the first images the time that is left is told.
fn measured(engine: &mut Engine) -> Result<Speed, protocol::Failure> {
    let mut furthest = 0.0;
    loop {
        let clock = &engine.world.clock;
        clock.set(clock.get() + 0.01);
        assert!(engine.turn(), "it never ends");
        let told = engine.told();
        for event in &told {
            if let Event::Measuring { progress } = event {
                let share = progress.done as f64 / progress.total as f64;
                assert!((furthest..=1.0).contains(&share), "{progress:?}");
                furthest = share;
                let well_under_way = share > 0.2;
                assert!(
                    !well_under_way || progress.seconds_left.is_some_and(|left| left >= 0.0),
                    "{progress:?}"
                );
            }
        }
        let result = told.into_iter().find_map(|event| match event {
            Event::Measured { result } => Some(result),
            _ => None,
        });
        if let Some(result) = result {
            return result;
        }
    }
}

#[test]
fn every_kind_of_work_is_timed_without_any_films() {
    let mut engine = Engine::start();
    engine.open(cpu(2));
    engine.deliver_weights();
    engine.tell(Command::MeasureSpeed);
    let speed = measured(&mut engine).unwrap();
    // Turns of the simulated clock: an image is given out and comes back; a step is one turn for eight images.
    assert!((0.009..0.03).contains(&speed.features), "{speed:?}");
    for training in [speed.frozen, speed.fine_tuning, speed.scratch] {
        assert!((0.001..0.003).contains(&training), "{speed:?}");
    }
}

#[test]
fn a_run_that_comes_between_is_not_timed() {
    let mut engine = Engine::with_films(cpu(1));
    engine.tell(Command::MeasureSpeed);
    for _ in 0..20 {
        engine.turn();
    }
    engine.train(1, quick());
    engine.until(
        |event| matches!(event, Event::RunFinished { run, stopped: false, .. } if *run == RunId(1)),
    );
    let speed = measured(&mut engine).unwrap();
    assert!((0.009..0.03).contains(&speed.features), "{speed:?}");
}

#[test]
fn a_gpu_that_is_lost_ends_it_and_the_next_one_is_of_the_cpu() {
    let (opened, failure) = gpu();
    let mut engine = Engine::with_films(opened);
    engine.tell(Command::MeasureSpeed);
    engine.until(|event| matches!(event, Event::Measuring { .. }));
    failure.set("lost".to_owned()).unwrap();
    let told = measured(&mut engine);
    assert!(
        matches!(told, Err(protocol::Failure::DeviceFailed { .. })),
        "{told:?}"
    );
    engine.tell(Command::MeasureSpeed);
    assert!(measured(&mut engine).is_ok());
}
