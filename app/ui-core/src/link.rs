//! What a link can say: `?device=cpu&seed=7&side=96&split=patient` and more. Anything else in it is ignored.

mod course;
mod recipe;
#[cfg(test)]
mod tests;

use imaging::{
    settings::{
        Settings,
        limits::{FILM_SIDE, SIDE_STEP},
    },
    split::SplitBy,
    task::Task,
};

pub use recipe::Recipe;

pub use protocol::Pack;

use crate::lesson::{Arm, Step};
use protocol::DeviceChoice;
use text::language::Language;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Link {
    pub device: DeviceChoice,
    pub seed: Option<u64>,
    /// Side of the square that the network sees, in pixels.
    pub side: Option<usize>,
    pub split: Option<SplitBy>,
    /// `None`: the lesson draws one.
    pub arm: Option<Arm>,
    pub task: Option<Task>,
    pub pack: Option<Pack>,
    /// `boot.js` reads it too: its first words have a language already.
    pub language: Option<Language>,
    /// The step of the lesson to open at.
    pub step: Option<Step>,
    /// Opens the facilitator's page.
    pub room: bool,
    /// Opens as a kiosk, where visitors come and go.
    pub kiosk: bool,
    /// What else a run can differ in.
    pub recipe: Recipe,
}

impl Link {
    /// Reads the query part of an address, with or without its question mark.
    pub fn parse(query: &str) -> Self {
        let mut link = Self::default();
        for pair in query.trim_start_matches('?').split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            link.read(key, value);
        }
        link
    }

    fn read(&mut self, key: &str, value: &str) {
        match (key, value) {
            ("device", "cpu") => self.device = DeviceChoice::Cpu,
            ("device", "webgpu") => self.device = DeviceChoice::WebGpu,
            ("seed", seed) => self.seed = seed.parse().ok(),
            ("side", side) => self.side = side.parse().ok().filter(fits),
            ("split", "image") => self.split = Some(SplitBy::Image),
            ("split", "patient") => self.split = Some(SplitBy::Patient),
            ("arm", "plain" | "neither") => self.arm = Some(Arm::ALL[0]),
            ("arm", arm) => self.arm = Arm::from_id(arm),
            ("task", task) => self.task = course::task_from_key(task),
            ("pack", pack) => self.pack = Pack::from_key(pack),
            ("lang", language) => self.language = Language::of(language),
            ("step", step) => self.step = Step::from_id(step),
            ("room", _) => self.room = true,
            ("kiosk", _) => self.kiosk = true,
            (key, value) => self.recipe.read(key, value),
        }
    }

    /// The same as the query part of an address; nothing for a link that says nothing.
    pub fn query(&self) -> String {
        let mut pairs = Vec::new();
        let mut put = |key: &'static str, value: Option<String>| {
            if let Some(value) = value {
                pairs.push(format!("{key}={value}"));
            }
        };
        put("room", self.room.then(|| "1".to_owned()));
        put("kiosk", self.kiosk.then(|| "1".to_owned()));
        let device = match self.device {
            DeviceChoice::Automatic => None,
            DeviceChoice::Cpu => Some("cpu"),
            DeviceChoice::WebGpu => Some("webgpu"),
        };
        put("device", device.map(str::to_owned));
        put(
            "task",
            self.task.map(|task| course::task_key(task).to_owned()),
        );
        put("pack", self.pack.map(|pack| pack.key().to_owned()));
        put("arm", self.arm.map(|arm| arm.id().to_owned()));
        put("seed", self.seed.map(|seed| seed.to_string()));
        put("side", self.side.map(|side| side.to_string()));
        let split = match self.split {
            Some(SplitBy::Image) => Some("image"),
            Some(SplitBy::Patient) => Some("patient"),
            // The folders are the visitor's own; a link cannot bring them.
            Some(SplitBy::Folder) | None => None,
        };
        put("split", split.map(str::to_owned));
        for (key, value) in self.recipe.pairs() {
            put(key, value);
        }
        put("lang", self.language.map(|lang| lang.tag().to_owned()));
        put("step", self.step.map(|step| step.id().to_owned()));
        match pairs.is_empty() {
            true => String::new(),
            false => format!("?{}", pairs.join("&")),
        }
    }

    /// The link that repeats a run of these settings. Views of the training films have their usual limits.
    pub fn repeating(settings: &Settings) -> Self {
        let arm = Arm::of(settings);
        let mut bare = Self {
            arm: Some(arm),
            ..Self::default()
        }
        .settings();
        let mut link = Self {
            seed: Some(settings.seed),
            side: (settings.film_side != bare.film_side).then_some(settings.film_side),
            split: (settings.split_by != SplitBy::Folder).then_some(settings.split_by),
            arm: Some(arm),
            ..Self::default()
        };
        // What the arm already says need not be said again.
        bare.seed = settings.seed;
        link.recipe = Recipe::between(&bare, settings);
        link
    }

    /// What it asks for, whatever opens and in which language.
    pub fn asks(&self) -> Self {
        Self {
            device: DeviceChoice::default(),
            language: None,
            step: None,
            room: false,
            kiosk: false,
            ..*self
        }
    }

    /// The settings that the page starts with.
    pub fn settings(&self) -> Settings {
        let usual = Settings::default();
        let mut settings = Settings {
            seed: self.seed.unwrap_or(usual.seed),
            film_side: self.side.unwrap_or(usual.film_side),
            split_by: self.split.unwrap_or(usual.split_by),
            ..usual
        };
        if let Some(arm) = self.arm {
            arm.apply(&mut settings);
        }
        self.recipe.apply(&mut settings);
        settings
    }
}

/// The query part of an address that opens the facilitator's page, or does not; `None` if this one does so already.
pub fn with_room(query: &str, open: bool) -> Option<String> {
    let is_room = |pair: &str| pair.split('=').next() == Some("room");
    let pairs = query.trim_start_matches('?').split('&');
    let pairs: Vec<&str> = pairs.filter(|pair| !pair.is_empty()).collect();
    if pairs.iter().any(|pair| is_room(pair)) == open {
        return None;
    }
    let others = pairs.into_iter().filter(|pair| !is_room(pair));
    let all: Vec<&str> = open.then_some("room").into_iter().chain(others).collect();
    Some(match all.is_empty() {
        true => String::new(),
        false => format!("?{}", all.join("&")),
    })
}

/// A side that a network can work on.
fn fits(side: &usize) -> bool {
    FILM_SIDE.contains(side) && side.is_multiple_of(SIDE_STEP)
}
