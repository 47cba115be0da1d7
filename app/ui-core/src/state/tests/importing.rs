//! A network out of a file, in the place of a run.

use super::*;
use model_card::Card;
use protocol::{ImportError, Imported, NotImported, Sealed};

fn from_file(origin: Origin, scores: usize) -> Box<Imported> {
    Box::new(Imported {
        settings: Settings {
            film_side: 64,
            ..Settings::default()
        },
        card: Sealed::of(&Card::default()),
        learned: 40,
        tested: scores > 0,
        origin,
        parts: vec![Some(Subset::Train), Some(Subset::Test)],
        steps_total: 12,
    })
}

fn import(state: &mut AppState, result: Result<Box<Imported>, NotImported>) -> RunId {
    let run = state
        .import("network.onnx".into())
        .expect("no run is under way");
    state.apply(Event::Imported { run, result });
    run
}

fn kept(run: RunId) -> Event {
    Event::Checkpoint {
        run,
        steps_done: 12,
        seconds: 0.0,
    }
}

#[test]
fn it_takes_the_place_of_a_run_which_can_be_had_back() {
    let (mut state, old) = trained();
    state.apply(kept(old));
    let new = import(&mut state, Ok(from_file(Origin::SameFilms, 0)));
    let run = state.trained().expect("a network that can be asked");
    assert_eq!((run.id, run.origin), (new, Origin::SameFilms));
    assert!(run.is_as_in_file());
    assert_eq!(run.file.as_ref().expect("a file").name, "network.onnx");
    assert_eq!(state.settings.film_side, 64);
    assert_eq!(state.importing, Importing::NotYet);
    assert!(state.at_stake().network);
    assert_eq!(state.can_go_back(), Some(old));
    state.apply(kept(new));
    state.go_back();
    assert_eq!(state.trained().expect("the run from before").id, old);
    assert_eq!(state.can_go_back(), Some(new));
}

#[test]
fn what_is_refused_changes_nothing_but_what_is_said() {
    let (mut state, old) = trained();
    let name = || "network.onnx".to_owned();
    let before = state.clone();
    let error = Sealed::of(&ImportError::NoData);
    import(&mut state, Err(NotImported::Refused(error.clone())));
    let said = Importing::Failed {
        name: name(),
        error,
    };
    assert_eq!(state.importing, said);
    assert_eq!(
        (&state.run, &state.past_runs),
        (&before.run, &before.past_runs)
    );
    state.begin_run();
    assert_eq!(state.import(name()), None, "a run is under way");
    assert_eq!(state.importing, Importing::Busy);
    assert_eq!(state.past_runs[0].run.id, old);
}

#[test]
fn late_words_about_a_file_change_nothing() {
    let mut state = loaded();
    let run = state.import("one.onnx".into()).expect("a run");
    let second = state.import("two.onnx".into()).expect("a run");
    let result = Ok(from_file(Origin::SameFilms, 0));
    state.apply(Event::Imported { run, result });
    assert_eq!(state.run, None);
    state.engine_lost("gone", true);
    assert!(matches!(state.importing, Importing::Lost { .. }));
    let result = Ok(from_file(Origin::SameFilms, 0));
    state.apply(Event::Imported {
        run: second,
        result,
    });
    assert_eq!(state.run, None);
}

#[test]
fn one_of_other_classes_waits_for_their_films() {
    let mut state = loaded();
    let classes = ["hand", "foot"].map(str::to_owned).to_vec();
    let error = NotImported::OtherClasses {
        classes: classes.clone(),
    };
    import(&mut state, Err(error));
    assert!(!state.has_films_for_network());
    let mut hands = data("hands");
    hands.classes = vec!["foot".into(), "hand".into()];
    state.apply(load(hands));
    assert!(state.has_films_for_network());
}

#[test]
fn a_test_set_that_was_opened_before_is_not_opened_for_the_first_time() {
    for (origin, scores, looks) in [
        (Origin::SameFilms, 1, 1),
        (Origin::SameFilms, 0, 0),
        (Origin::UnknownFilms, 1, 0),
    ] {
        let mut state = loaded();
        import(&mut state, Ok(from_file(origin, scores)));
        assert_eq!(state.times_opened, looks);
        assert_eq!(state.door, TestSet::Locked);
    }
}

#[test]
fn trained_on_it_stays_one_out_of_a_file() {
    let mut state = loaded();
    assert_eq!(state.go_on(), None);
    let old = import(&mut state, Ok(from_file(Origin::UnknownFilms, 0)));
    state.apply(kept(old));
    let (run, from) = state.go_on().expect("a network to go on with");
    assert_eq!(from, old);
    let settings = Settings {
        epochs: 2,
        ..Settings::default()
    };
    state.apply(Event::GoesOn { run, settings });
    state.apply(kept(run));
    let going = state.run.as_ref().expect("a run");
    assert_eq!(
        (going.settings.epochs, going.origin),
        (2, Origin::UnknownFilms)
    );

    let mut stopped = state.clone();
    stopped.apply(finished(run));
    assert_eq!(stopped.trained(), None, "nothing was learned");
    assert_eq!(stopped.can_go_back(), Some(old));

    state.apply(step(run, 1, StageKind::Frozen));
    state.apply(epoch(run, 19));
    state.apply(finished(run));
    let trained = state.trained().expect("a network");
    assert!(trained.is_from_file() && !trained.is_as_in_file());
    assert!(
        crate::handout::code::of_run(&state).is_none(),
        "no seed makes it"
    );
    let rows = crate::runs::rows(&state);
    assert!(
        rows.iter()
            .all(|row| row.ended == crate::runs::Ended::FromFile)
    );
    assert!(crate::runs::recipes(&rows).is_empty());
    assert!(state.go_on().is_some(), "once more");
}

/// What is kept of a visit has no word for it: a network without steps can only be out of a file.
#[test]
fn after_a_reload_it_is_known_again() {
    let mut state = loaded();
    let run = import(&mut state, Ok(from_file(Origin::UnknownFilms, 0)));
    state.apply(kept(run));
    let work = state.keep().expect("work");
    let mut again = loaded();
    again.found(work);
    let run = again.trained().expect("a network");
    assert!(run.is_as_in_file() && run.is_from_file());
    let (id, origin) = (run.id, Origin::SameFilms);
    again.apply(Event::Origin { run: id, origin });
    assert_eq!(again.trained().expect("a network").origin, origin);
}

#[test]
fn a_network_is_known_by_its_ending() {
    for path in ["a.onnx", "folder/A.ONNX", "b.safetensors"] {
        assert!(is_network(path), "{path}");
    }
    for path in ["a.png", "onnx", "a.onnx.zip", "IM0001"] {
        assert!(!is_network(path), "{path}");
    }
}
