//! Films that are being sorted by hand, with their pictures.

use std::sync::Arc;

use imaging::{
    dataset::{DatasetSummary, Picture},
    task::Task,
};

use super::{AppState, Films, Loading};
use crate::sorting::{SortedSoFar, Sorting};

#[derive(Clone, Debug, PartialEq)]
pub struct Desk {
    pub sorting: Sorting,
    /// Of these films, by their fingerprint.
    films: u64,
    /// It was begun before a reload.
    pub came_back: bool,
    /// The films that came without classes; `None` where the loaded ones are sorted anew.
    pub gathered: Option<Arc<Films>>,
    /// The one of these that was last sent in full.
    pub film: Option<(usize, Arc<Picture>)>,
    /// Before the visitor, who may put it aside.
    pub open: bool,
}

impl AppState {
    /// Films have come that are to be sorted.
    pub(super) fn gathered(&mut self, data: DatasetSummary) {
        self.loading = Loading::Idle;
        let names = data.samples.iter().map(|sample| sample.name.clone());
        let mut sorting = Sorting::of_gathered(names.collect());
        let films = data.fingerprint();
        self.desk = Some(Desk {
            came_back: self.take_up_sorting(&mut sorting, films),
            sorting,
            films,
            gathered: Some(Arc::new(Films::new(data, None))),
            film: None,
            open: true,
        });
    }

    pub(super) fn gathered_thumbnails(&mut self, first: usize, pictures: Vec<Picture>) {
        let gathered = self.desk.as_mut().and_then(|desk| desk.gathered.as_mut());
        if let Some(films) = gathered {
            Arc::make_mut(films).receive(first, pictures);
        }
    }

    pub(super) fn gathered_film(&mut self, sample: usize, picture: Picture) {
        if let Some(desk) = self.desk.as_mut().filter(|desk| desk.gathered.is_some()) {
            desk.film = Some((sample, Arc::new(picture)));
        }
    }

    /// Whether the loaded films are the visitor's own with classes of their own, so that these can be changed.
    pub fn can_sort_anew(&self) -> bool {
        let films = self.films.as_ref();
        films.is_some_and(|films| films.pack.is_none() && films.data.task == Task::Region)
    }

    /// Goes on where sorting was put aside, or sorts the loaded films anew.
    pub fn open_desk(&mut self) {
        self.loading = Loading::Idle;
        if let Some(desk) = &mut self.desk {
            desk.open = true;
            return;
        }
        if !self.can_sort_anew() {
            return;
        }
        let Some(data) = self.films.as_ref().map(|films| films.data.clone()) else {
            return;
        };
        let mut sorting = Sorting::of_loaded(
            data.samples.iter().map(|own| own.name.clone()).collect(),
            data.classes.clone(),
            data.samples.iter().map(|own| own.class).collect(),
        );
        let films = data.fingerprint();
        self.desk = Some(Desk {
            came_back: self.take_up_sorting(&mut sorting, films),
            sorting,
            films,
            gathered: None,
            film: None,
            open: true,
        });
    }

    /// Goes on with what was sorted of these films before a reload, if anything was.
    fn take_up_sorting(&mut self, sorting: &mut Sorting, films: u64) -> bool {
        let before = self.sorting_before.take_if(|before| before.films == films);
        before.is_some_and(|before| sorting.take_up(before))
    }

    /// Whether the films that are loaded are those whose sorting was begun before a reload: it is gone on with at a press.
    pub fn sorting_waits_here(&self) -> bool {
        self.sorting_is_here && self.sorting_before.is_some()
    }

    /// What the browser keeps of sorting.
    pub fn sorted_so_far(&self) -> Option<SortedSoFar> {
        let now = self.desk.as_ref();
        let now = now.and_then(|desk| desk.sorting.so_far(desk.films));
        now.or_else(|| self.sorting_before.clone())
    }

    pub fn close_desk(&mut self) {
        if let Some(desk) = &mut self.desk {
            desk.open = false;
        }
    }

    /// Whether there is something to be sorted before the visitor.
    pub fn sorts(&self) -> bool {
        self.desk.as_ref().is_some_and(|desk| desk.open)
    }

    /// Whether sorting would be lost with other films.
    pub fn has_sorted(&self) -> bool {
        self.desk
            .as_ref()
            .is_some_and(|desk| desk.sorting.is_begun())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Event, Pack};

    fn films(class: &str) -> DatasetSummary {
        DatasetSummary {
            title: "films".to_owned(),
            task: Task::Region,
            built_in: false,
            classes: vec![class.to_owned(), "chest".to_owned()],
            samples: Vec::new(),
            skipped: Vec::new(),
        }
    }

    /// After a reload, with sorting of these films begun before it.
    fn reloaded(films: &DatasetSummary) -> AppState {
        let mut sorting = Sorting::of_gathered(Vec::new());
        sorting.add_class("abdomen").expect("a name");
        AppState {
            sorting_before: sorting.so_far(films.fingerprint()),
            ..AppState::default()
        }
    }

    #[test]
    fn sorting_waits_for_its_films_until_others_of_the_visitor_are_chosen() {
        let (own, others) = (films("abdomen"), films("pelvis"));
        let mut state = reloaded(&own);
        let load = |state: &mut AppState, data: &DatasetSummary, pack| {
            let data = data.clone();
            state.apply(Event::Loaded { data, pack });
        };
        load(&mut state, &others, Some(Pack::BuiltIn));
        assert!(state.sorting_before.is_some() && !state.sorting_waits_here());
        load(&mut state, &own, None);
        assert!(state.sorting_waits_here());
        state.open_desk();
        assert!(state.desk.as_ref().is_some_and(|desk| desk.came_back));
        assert!(state.sorting_before.is_none() && state.sorted_so_far().is_some());

        let mut state = reloaded(&own);
        load(&mut state, &others, None);
        assert!(state.sorting_before.is_none());
    }

    #[test]
    fn gathered_films_bring_their_sorting_back() {
        let own = films("abdomen");
        let mut state = reloaded(&own);
        state.apply(Event::Gathered { data: own });
        let desk = state.desk.as_ref().expect("films to sort");
        assert!(desk.came_back && desk.sorting.classes() == ["abdomen"]);
        assert!(state.has_sorted());
    }
}
