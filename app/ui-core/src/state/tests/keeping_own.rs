//! The visitor's own images, and settings, after a reload.

use imaging::pack::FilmsBefore;

use super::{
    keeping::{load_own, own, visited},
    *,
};
use crate::kept::{CameBack, NeededFilms, Order};

#[test]
fn own_films_are_asked_for_and_their_curves_are_there_meanwhile() {
    let mut before = visited();
    let films = own(data("my films"));
    before.films = Some(Arc::new(Films::new(films.clone(), None)));
    let mut state = AppState::default();
    state.apply(load(data("films")));
    state.found(before.keep().expect("work"));
    assert_eq!(state.past_runs.len(), 2);
    let needed = state.needed_films().expect("films to be given");
    assert_eq!((needed.title.as_str(), needed.films), ("my films", 6));
    let run = state.begin_run();
    state.apply(step(run, 1, StageKind::Frozen));
    let mut others = own(data("others"));
    others.samples.pop();
    state.apply(load_own(others));
    assert!(state.needed_films().is_some());
    state.apply(load_own(films));
    let trained = state.trained().expect("a network that comes back");
    assert_eq!(trained.epochs.len(), 1);
    assert!(state.needed_films().is_none());
    let ids: Vec<RunId> = state.past_runs.iter().map(|past| past.run.id).collect();
    assert!(!ids.contains(&trained.id));
}

/// Films of known patients, whose grays are their places.
pub(super) fn told_apart() -> DatasetSummary {
    let mut films = own(data("my films"));
    for (at, film) in films.samples.iter_mut().enumerate() {
        film.incidentals.picture.grays = at as u64;
        film.patient = Some(format!("{}", at / 2));
    }
    films
}

/// What was made with [`told_apart`], found after a reload.
fn found_again() -> AppState {
    let mut before = visited();
    before.films = Some(Arc::new(Films::new(told_apart(), None)));
    let mut state = AppState::default();
    state.apply(load(data("films")));
    state.found(before.keep().expect("work"));
    assert_eq!(state.needed_are(), Some(NeededFilms::None));
    state
}

#[test]
fn own_films_under_other_names_and_without_patients_are_known_by_their_grays() {
    let mut state = found_again();
    let mut renamed = told_apart();
    for film in &mut renamed.samples {
        film.name = format!("pack/{}", film.name);
        film.patient = None;
    }
    state.apply(load_own(renamed.clone()));
    let Some(Order::AsBefore(before)) = state.take_order() else {
        panic!("they are asked to be as before");
    };
    assert_eq!(*before, FilmsBefore::of(&told_apart()));
    // Were they not even then, it is not asked for ever.
    state.apply(load_own(renamed));
    assert_eq!(state.take_order(), None);
    state.apply(load_own(told_apart()));
    assert!(state.trained().is_some() && state.needed_films().is_none());
}

#[test]
fn other_classes_are_not_taken_away_unasked() {
    let mut state = found_again();
    let mut sorted = told_apart();
    sorted.samples[0].class = 1 - sorted.samples[0].class;
    state.apply(load_own(sorted));
    assert_eq!(state.take_order(), None);
    assert_eq!(state.needed_are(), Some(NeededFilms::SaidOtherwise));
    let mut fewer = told_apart();
    fewer.samples.pop();
    state.apply(load_own(fewer));
    assert_eq!(state.needed_are(), Some(NeededFilms::But(1)));
    let error = imaging::pack::LoadError::NoLabels {
        n: 6,
        folders: Vec::new(),
        tables: Vec::new(),
    };
    state.expect_films(true);
    state.apply(Event::LoadFailed { error });
    assert_eq!(state.needed_are(), Some(NeededFilms::InAPile));
}

#[test]
fn own_films_that_are_kept_bring_settings_and_classes_back_before_anything_is_trained() {
    let mut before = loaded();
    before.apply(load_own(told_apart()));
    before.settings.seed = 77;
    assert_eq!(
        before.keep(),
        None,
        "of films that are gone, settings alone say nothing"
    );
    before.keeps_images = true;
    let work = before.keep().expect("work");
    assert!(work.is_worth_a_question());
    let mut state = loaded();
    state.found(work);
    assert!(state.needed_films().is_some() && state.awaits_films());
    state.apply(load_own(told_apart()));
    assert!(state.needed_films().is_none());
    assert_eq!((state.settings.seed, state.has_order()), (77, false));
}

#[test]
fn settings_come_back_before_anything_is_trained_and_are_offered_to_no_other_tab() {
    let mut before = loaded();
    before.settings.seed = 77;
    let work = before.keep().expect("work");
    assert!(!work.is_worth_a_question());
    let mut state = loaded();
    state.found(work);
    assert_eq!(state.settings.seed, 77);
    before.settings.seed = loaded().settings.seed;
    assert_eq!(before.keep(), None, "nothing was changed");
    assert!(visited().keep().expect("work").is_worth_a_question());
}

#[test]
fn which_film_an_answer_is_about_is_known_after_a_reload() {
    let mut before = visited();
    for question in &mut before.questions {
        if let (Reply::Answered(answer), QuestionSource::File) =
            (&mut question.reply, question.source)
        {
            answer.same_as = Some(2);
        }
    }
    let mut state = loaded();
    state.found(before.keep().expect("work"));
    let known = |question: &Question| match &question.reply {
        Reply::Answered(answer) => (question.source, answer.same_as),
        _ => panic!("no answer"),
    };
    let known: Vec<_> = state.questions.iter().map(known).collect();
    assert!(
        known.contains(&(QuestionSource::File, Some(2))),
        "{known:?}"
    );
    assert!(known.contains(&(QuestionSource::Odd(1), None)), "{known:?}");
}

#[test]
fn what_came_back_is_said_with_patients_where_they_are_known_and_until_the_films_are_others() {
    let mut state = found_again();
    state.apply(load_own(told_apart()));
    assert_eq!(state.came_back, CameBack::Network { patients: true });
    state.apply(load_own(told_apart()));
    assert_ne!(state.came_back, CameBack::Nothing, "they are the same");
    state.apply(load(data("others")));
    assert_eq!(state.came_back, CameBack::Nothing);

    let mut before = visited();
    let films = own(data("my films"));
    before.films = Some(Arc::new(Films::new(films.clone(), None)));
    let mut state = loaded();
    state.found(before.keep().expect("work"));
    state.apply(load_own(films));
    assert_eq!(state.came_back, CameBack::Network { patients: false });
}

#[test]
fn own_films_in_the_browser_are_at_stake_untrained_but_not_when_the_page_is_left() {
    let mut state = loaded();
    state.keeps_images = true;
    assert!(state.at_stake().is_nothing(), "those of the app");
    state.apply(load_own(told_apart()));
    assert_eq!(state.at_stake().images, told_apart().samples.len());
    assert!(state.at_stake().on_leaving().is_nothing());
    state.keeps_images = false;
    assert!(state.at_stake().is_nothing());
}
