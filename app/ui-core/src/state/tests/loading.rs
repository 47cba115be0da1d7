//! Films that come, fail to come, and take the place of others.

use imaging::pack::{FileError, FileProblem, LoadError};

use super::*;

#[test]
fn a_crash_while_reading_says_so() {
    let mut state = loaded();
    state.apply(being_read(1, 9));
    state.engine_lost("out of memory", false);
    assert_eq!(state.loading, Loading::Interrupted);
    assert!(matches!(state.engine, EngineState::GivenUp { .. }));
    assert!(state.films.is_some());
}

#[test]
fn what_went_wrong_with_own_files_is_said_until_the_visitor_acts() {
    let refused = |state: &mut AppState| {
        state.apply(Event::LoadFailed {
            error: LoadError::Empty,
        });
        state.engine_lost("in the background", true);
    };
    let lost = |state: &mut AppState| state.engine_lost("out of memory", true);
    type GoWrong<'a> = &'a dyn Fn(&mut AppState);
    let ways: [(Loading, GoWrong); 2] = [
        (Loading::Interrupted, &lost),
        (Loading::Failed(LoadError::Empty), &refused),
    ];
    for (told, go_wrong) in ways {
        let mut state = loaded();
        state.expect_films(true);
        state.apply(being_read(1, 9));
        go_wrong(&mut state);
        assert_eq!(state.loading, told);
        // The next engine is given the films from before.
        state.apply(being_read(0, 6));
        state.apply(load(data("films")));
        assert_eq!(state.loading, told);
        assert_eq!(state.films.as_ref().map(|films| films.len()), Some(6));
        state.expect_films(false);
        state.apply(load(data("other")));
        assert_eq!(state.loading, Loading::Idle);
    }
}

#[test]
fn what_is_no_longer_read_leaves_the_films_that_were_there() {
    let mut state = loaded();
    state.expect_films(true);
    state.apply(being_read(3, 900));
    state.apply(Event::LoadStopped);
    assert_eq!(state.loading, Loading::Idle);
    assert!(state.films.is_some());
    // It was over before the engine heard of it.
    state.expect_films(true);
    state.apply(Event::LoadFailed {
        error: LoadError::Empty,
    });
    state.apply(Event::LoadStopped);
    assert_eq!(state.loading, Loading::Failed(LoadError::Empty));
}

#[test]
fn films_that_come_back_by_themselves_lead_nobody_to_them() {
    let mut state = loaded();
    state.expect_films(true);
    state.apply(load(data("own")));
    assert!(state.own_files);
    state.engine_lost("in mid-training", true);
    state.apply(being_read(0, 6));
    assert!(matches!(state.loading, Loading::Reading(_)));
    assert!(!state.own_files);
}

#[test]
fn the_films_of_the_app_itself_end_what_was_said_of_their_crash() {
    let mut state = AppState::default();
    state.expect_films(false);
    state.engine_lost("out of memory", true);
    assert_eq!(state.loading, Loading::Interrupted);
    state.apply(load(data("films")));
    assert_eq!(state.loading, Loading::Idle);
}

#[test]
fn a_film_on_which_the_decoder_fails_is_answered_so_and_the_others_by_the_crash() {
    let (mut state, _) = trained();
    let asked = ["a.jpg", "b.jpg"].map(|path| state.ask(path.into(), QuestionSource::File));
    state.decoder_failed("b.jpg");
    state.engine_lost("unreachable", true);
    let reply = |id| {
        &state
            .questions
            .iter()
            .find(|question| question.id == id)
            .expect("asked")
            .reply
    };
    assert!(matches!(
        reply(asked[0]),
        Reply::Failed(Failure::EngineCrashed { .. })
    ));
    let file = Failure::File(FileProblem {
        path: "b.jpg".into(),
        error: FileError::DecoderFailed,
    });
    assert_eq!(reply(asked[1]), &Reply::Failed(file));
}

#[test]
fn a_failed_load_keeps_films_and_network() {
    let (mut state, run) = trained();
    state.apply(Event::LoadFailed {
        error: LoadError::Empty,
    });
    assert_eq!(state.loading, Loading::Failed(LoadError::Empty));
    assert_eq!(state.films.as_ref().map(|films| films.len()), Some(6));
    assert_eq!(state.trained().map(|run| run.id), Some(run));
}

#[test]
fn new_films_replace_all_that_came_of_the_old() {
    let (mut state, run) = trained();
    state.apply(tested(run, 1));
    state.apply(load(data("other")));
    assert!(state.run.is_none());
    assert_eq!(state.door, TestSet::Locked);
    assert_eq!(state.times_opened, 0);
    assert!(state.questions.is_empty());
}

#[test]
fn thumbnails_find_their_films() {
    let mut state = loaded();
    state.apply(Event::Thumbnails {
        first: 4,
        pictures: vec![picture(1), picture(2), picture(3)],
    });
    let films = state.films.expect("films");
    assert_eq!(films.thumbnails.len(), 6);
    assert!(films.thumbnails[3].is_none());
    assert_eq!(films.thumbnails[5].as_deref(), Some(&picture(2)));
}

#[test]
fn the_split_fits_the_films() {
    let mut state = AppState::new(Settings {
        split_by: SplitBy::Patient,
        ..Settings::default()
    });
    state.apply(load(data("none")));
    assert_eq!(state.settings.split_by, SplitBy::Image);
    let mut folders = data("folders");
    folders.built_in = false;
    folders.samples[0].part = Some(Subset::Test);
    state.apply(load(folders));
    assert_eq!(state.settings.split_by, SplitBy::Folder);
    state.apply(load(data("back")));
    assert_eq!(state.settings.split_by, SplitBy::Image);
}

#[test]
fn another_task_begins_with_the_usual_pooling() {
    let mut state = loaded();
    state.settings.network = Network::Pretrained(Pooling::GlobalAverage);
    let mirrored = |title| Event::Loaded {
        data: DatasetSummary {
            task: Task::Mirrored,
            ..data(title)
        },
        pack: Some(Pack::BuiltIn),
    };
    let reading = |state: &AppState| state.settings.network;
    state.apply(mirrored("mirrored"));
    assert_eq!(reading(&state), Network::Pretrained(Pooling::Grid));
    state.settings.network = Network::Pretrained(Pooling::GlobalAverage);
    state.apply(mirrored("others, mirrored"));
    assert_eq!(reading(&state), Network::Pretrained(Pooling::GlobalAverage));
    state.apply(load(data("films")));
    assert_eq!(reading(&state), Network::Pretrained(Pooling::Grid));
    state.settings.network = Network::Scratch;
    state.apply(mirrored("mirrored"));
    assert_eq!(reading(&state), Network::Scratch);
}

#[test]
fn background_preparation_ends_when_all_is_done() {
    let mut state = loaded();
    let preparing = |done| Event::Preparing {
        run: None,
        work: Preparation::Views,
        progress: Progress {
            done,
            total: 6,
            seconds_left: Some(1.0),
        },
    };
    state.apply(preparing(3));
    assert_eq!(state.background.map(|progress| progress.done), Some(3));
    state.apply(preparing(6));
    assert_eq!(state.background, None);
    state.apply(preparing(3));
    state.apply(load(data("other")));
    assert_eq!(state.background, None);
}
