//! What an operator can set, in `kiosk.json` beside the page. What is not said there is as here.

use imaging::settings::{FineTuning, Settings as Training};
use imaging::split::SplitBy;
use serde::{Deserialize, Serialize};

use super::machine::Patience;
use protocol::Pack;
use text::language::Language;

/// Characters of an address; more make a QR code too fine.
const LONGEST_ADDRESS: usize = 120;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KioskSettings {
    /// Those that visitors can choose from, the first one first.
    pub languages: Vec<String>,
    /// Without a touch for so long, the kiosk asks whether anybody is still there.
    pub idle_seconds: f64,
    /// And forgets the visit after so long without an answer.
    pub countdown_seconds: f64,
    /// An engine that was asked for something and is silent for so long is started anew.
    pub patience_seconds: f64,
    /// Opens the operator's page.
    pub pin: String,
    /// Which films, as in a link.
    pub pack: String,
    /// The first network's; each further one takes the next.
    pub seed: u64,
    /// Side of the square that the network sees, in pixels.
    pub side: usize,
    /// Passes over the training films.
    pub epochs: usize,
    /// Further passes in which the end of the backbone learns too, for visitors only; 0 is none.
    pub tuning_epochs: usize,
    /// Between two steps of the loop that invites.
    pub attract_step_ms: u32,
    /// How long a film of the contest is shown.
    pub glance_ms: u32,
    /// Whether visitors may take a photograph.
    pub camera: bool,
    /// Whether visitors may choose a file; the browser then shows them the files of the computer.
    pub files: bool,
    /// Where visitors find the page at home; without one, where the kiosk has it from, if that is on the web.
    pub address: String,
}

impl Default for KioskSettings {
    fn default() -> Self {
        Self {
            languages: Language::ALL.map(|own| own.tag().to_owned()).to_vec(),
            idle_seconds: 60.0,
            countdown_seconds: 15.0,
            patience_seconds: 30.0,
            pin: "2580".to_owned(),
            pack: Pack::BuiltIn.key().to_owned(),
            seed: 1,
            side: 224,
            epochs: 5,
            tuning_epochs: 3,
            attract_step_ms: 250,
            glance_ms: 1000,
            camera: true,
            files: false,
            address: String::new(),
        }
    }
}

/// Where the settings in use came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    File,
    /// There is no such file, or none can be fetched, as from a disk.
    NoFile,
    /// Something in the file is wrong; none of it is used.
    Wrong(String),
}

impl KioskSettings {
    /// The settings in the text of a file; all of the usual ones if anything in it is wrong.
    pub fn read(text: &str) -> (Self, Origin) {
        let read = serde_json::from_str::<Self>(text).map_err(|error| error.to_string());
        let checked = read.and_then(|settings| match settings.first_wrong() {
            Some(fault) => Err(fault),
            None => Ok(settings),
        });
        match checked {
            Ok(settings) => (settings, Origin::File),
            Err(detail) => (Self::default(), Origin::Wrong(detail)),
        }
    }

    /// The first setting that makes no sense: its name, or a sentence on what the networks are trained by.
    fn first_wrong(&self) -> Option<String> {
        let known = |tag: &String| Language::of(tag).is_some();
        let digits = self.pin.chars().all(|digit| digit.is_ascii_digit());
        let time = |seconds: f64, least: f64| (least..=3600.0).contains(&seconds);
        let rules = [
            (
                "languages",
                !self.languages.is_empty() && self.languages.iter().all(known),
            ),
            ("idle_seconds", time(self.idle_seconds, 1.0)),
            ("countdown_seconds", time(self.countdown_seconds, 1.0)),
            ("patience_seconds", time(self.patience_seconds, 5.0)),
            (
                "pin",
                (1..=super::lock::MOST_DIGITS).contains(&self.pin.len()) && digits,
            ),
            ("pack", Pack::from_key(&self.pack).is_some()),
            (
                "attract_step_ms",
                (20..=5_000).contains(&self.attract_step_ms),
            ),
            ("glance_ms", (100..=60_000).contains(&self.glance_ms)),
            (
                "address",
                self.address.is_empty() || is_address(&self.address),
            ),
        ];
        let wrong = rules.into_iter().find(|(_, holds)| !holds);
        let wrong = wrong.map(|(name, _)| name.to_owned());
        let training = self.visit(self.seed).validate();
        wrong.or_else(|| training.err().map(|error| error.to_string()))
    }

    pub fn languages(&self) -> Vec<Language> {
        let known = self.languages.iter();
        let mut known: Vec<_> = known.filter_map(|tag| Language::of(tag)).collect();
        known.dedup();
        known
    }

    pub fn pack(&self) -> Pack {
        Pack::from_key(&self.pack).unwrap_or_default()
    }

    pub fn patience(&self) -> Patience {
        Patience {
            idle: self.idle_seconds * 1000.0,
            countdown: self.countdown_seconds * 1000.0,
        }
    }

    /// A visitor's run. Films of one patient stay together, so that the contest is a fair one.
    pub fn visit(&self, seed: u64) -> Training {
        let tuning = FineTuning {
            epochs: self.tuning_epochs,
            ..FineTuning::default()
        };
        Training {
            seed,
            split_by: SplitBy::Patient,
            film_side: self.side,
            epochs: self.epochs,
            fine_tuning: (self.tuning_epochs > 0).then_some(tuning),
            ..Training::default()
        }
    }

    /// A run of the loop that invites: step by step, the head alone.
    pub fn round(&self, seed: u64) -> Training {
        Training {
            fine_tuning: None,
            ..self.visit(seed)
        }
    }
}

/// An address of the web that can be read as a QR code across a booth.
fn is_address(text: &str) -> bool {
    let name = ["https://", "http://"]
        .iter()
        .find_map(|protocol| text.strip_prefix(protocol));
    let is_whole = |name: &str| !name.is_empty() && !name.contains(char::is_whitespace);
    text.len() <= LONGEST_ADDRESS && name.is_some_and(is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_comes_with_the_page_says_what_is_usual() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/kiosk.json");
        let file = std::fs::read_to_string(path).unwrap();
        assert_eq!(
            KioskSettings::read(&file),
            (KioskSettings::default(), Origin::File)
        );
    }

    #[test]
    fn what_is_not_said_is_as_usual() {
        let (settings, origin) = KioskSettings::read(
            r#"{"idle_seconds": 20, "languages": ["es"], "address": "https://a.example/"}"#,
        );
        assert_eq!(origin, Origin::File);
        assert_eq!(settings.patience().idle, 20_000.0);
        assert_eq!(settings.languages(), [Language::Spanish]);
        assert_eq!(settings.address, "https://a.example/");
        assert_eq!(settings.pin, KioskSettings::default().pin);
    }

    #[test]
    fn a_wrong_file_is_not_used_and_its_fault_is_named() {
        let wrong = [
            ("", "EOF"),
            ("<!doctype html>", "expected value"),
            (r#"{"idle": 20}"#, "idle"),
            (r#"{"idle_seconds": "soon"}"#, "soon"),
            (r#"{"idle_seconds": 0}"#, "idle_seconds"),
            (r#"{"countdown_seconds": -1}"#, "countdown_seconds"),
            (r#"{"patience_seconds": 1}"#, "patience_seconds"),
            (r#"{"pin": ""}"#, "pin"),
            (r#"{"pin": "12a"}"#, "pin"),
            (r#"{"languages": []}"#, "languages"),
            (r#"{"languages": ["tlh"]}"#, "languages"),
            (r#"{"pack": "x"}"#, "pack"),
            (r#"{"side": 100}"#, "film side cannot be 100"),
            (r#"{"side": 0}"#, "film side cannot be 0"),
            (r#"{"epochs": 0}"#, "epochs cannot be 0"),
            (
                r#"{"tuning_epochs": 99}"#,
                "fine-tuning epochs cannot be 99",
            ),
            (r#"{"attract_step_ms": 1}"#, "attract_step_ms"),
            (r#"{"glance_ms": 1}"#, "glance_ms"),
            (r#"{"address": "firstread"}"#, "address"),
            (r#"{"address": "https://"}"#, "address"),
            (r#"{"address": "https://first read.example"}"#, "address"),
        ];
        for (text, fault) in wrong {
            let (settings, origin) = KioskSettings::read(text);
            assert_eq!(settings, KioskSettings::default(), "{text}");
            match origin {
                Origin::Wrong(detail) => assert!(detail.contains(fault), "{text}: {detail}"),
                other => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn runs_are_as_set() {
        let settings = KioskSettings::default();
        assert_eq!(settings.visit(9).fine_tuning.unwrap().epochs, 3);
        assert_eq!(settings.round(9).fine_tuning, None);
        assert_eq!(settings.round(9).seed, 9);
        let quick = KioskSettings {
            tuning_epochs: 0,
            ..KioskSettings::default()
        };
        assert_eq!(quick.visit(1).fine_tuning, None);
    }
}
