//! The page: four stations over one [`Workbench`](workbench::Workbench), views of what [`ui_core`] knows.
//!
//! Places that tests can rely on, as `data-testid`:
//! - `app`; `device-badge`, `language`, `theme`, `about`; `nav-look`, `nav-train`, `nav-test`, `nav-try` and, in
//!   each, its state as text; the open one has `aria-current="step"`
//! - `station-look`, `-train`, `-test`, `-try`; within each, its one `primary` button
//! - Look: `counts`, `count-CLASS-PART` (an index or `all`; `train`, `validation`, `test` or `all`),
//!   `grid`, `film` (with `data-sample`), `more-films`, `viewer`, `choose-folder` and `choose-files`
//!   (the file inputs), `loading`, `load-error`, `roles`, `contradictions` or `loaded` (what came of the visitor's files),
//!   in it `skipped`, `kept-apart` and `ask-instead`; `load-said` (live region); `packs`, in it the cards `pack-built-in`,
//!   `pack-paediatric`, `task-region`, `task-mirrored` (`aria-pressed`), for own films `mirror-class` and
//!   `mirror-half`, and `task-note`
//! - Train: `settings` and a `setting-NAME` for each, `step`, `stop`, `again`, `progress`,
//!   `plot-loss`, `plot-accuracy`, `epochs`, `batch`, `run-result`, `run-never-found`, `run-balanced`, `run-failure`, `said` (live region); sketches
//!   `augmentation-preview`, `dropout-sketch`, `steps-sketch`, `rate-sketch`, `tuning-rate-sketch`, with `rate-slider`,
//!   `tuning-rate-slider`, `rate-warning`, `rate-lived`; after a single step `microscope`, in it `microscope-said`,
//!   `loss-before`, `loss-after`, `batch` of `microscope-film`s, `gradients` with a `gradient` for each layer
//! - Test: `door`, `looks`; behind the door a tab `section-NAME` and its `panel-NAME` for each of `scores`,
//!   `threshold`, `calibration`, `mistakes`, `map`, `changes`, `runs`
//!   - scores: `score`, `never-found`, `interval`, `balanced`, `over-patients`, `majority`, `baseline`, `matrix`, `cell-TRUTH-ANSWER`,
//!     `cell-films`, `classes` with a `class-INDEX` for each
//!   - threshold: `positive`, `no-curve`, `operating-point`, `counts-at-threshold`, `count-SHOWN-SAID` (`true` or
//!     `false`), `point-films`, `sensitivity`, `specificity`, `best-threshold`, `use-best`, `use-even`,
//!     `prevalence`, `ppv`, `npv`, `crowd`, `crowd-sentence`, `costs`, `cheapest`, `cost-here`, `use-cheapest`,
//!     the plots `roc` and `precision-recall`
//!   - calibration: `brier`, `calibration-error`, `log-loss`, `temperature`, the plots `reliability` and
//!     `reliability-scaled`
//!   - map: `map`, `map-by-class`, `-part`, `-patient`, `-error`, `plot-map` (in it the `application` that
//!     arrow keys move in), `map-film`, `map-open`, `map-meaning`
//!   - changes: `changes`, `change-NAME` for each slider and `change-preset-NAME`, `changes-preview`,
//!     `changes-result`, `changes-verdict`, `changes-history`, `inquiry-progress`
//!   - runs, also in `earlier-runs` before the closed door: `runs`, `runs-table`, `run-N`, `show-run-N`,
//!     `runs-differ`, `runs-save`, `pair-first`, `pair-second`, `pairs`, `luck`
//!   - each plot: `plot-NAME`, in it `save-svg`, `save-csv`
//!   - mistakes: `mistakes-lead`, `mistakes`, `right-answers`, `show-loss`, `show-others`
//! - Try: `drop-zone`, `choose-films` (the file input), `odd` (with `data-odd`), `ask-all`, `rule` with
//!   `rule-percent` and `rule-silent`, `answer` (with `data-state` `pending`, `answered` or `failed`), in it
//!   `sentence`, `head-says`, `rank`, `near`, `examine`
//! - `film-panel`, opened by `examine` (also in the viewer) and by the films of the Test station; in it
//!   `examined-answer`; sections `heat` (`heat-class`, `opacity`, `map-trained`, `map-random-head`,
//!   `map-random-network`, `map-shuffled-labels`), `erase` (`pad`, `erase-answer` with `data-flipped`,
//!   `erase-count`, `erase-map`, `erase-clear`), `occlusion` (`map-occlusion`), `nearest` (`rank`, `near`); in
//!   each what waits for an answer: `inquire`, `inquiring`, `end-inquiry`
//! - the lesson: `to-lesson` and `to-free-play` in the bar; `lesson-offer` at Look and `lesson-resume` in the column, in
//!   them `lesson-begin`, `lesson-go-on`, `lesson-anew`; `lesson`, the column, in it `lesson-place`, `lesson-fold`,
//!   `lesson-clock`, `lesson-pause`, a `lesson-step-ID` for each place and `lesson-at-ID` for the present one (`start`,
//!   `look`, `train`, `compare`, `test`, `marker`, `hospital`, `leak`, `odd`, `mirrored`, `where`, `take-away`),
//!   `lesson-predict` (`predict-N` or `predict-slider` and `predict-value`, `lesson-decline`; then `lesson-said`),
//!   `lesson-waiting`, `lesson-stop`, `lesson-failed`, `lesson-batch`, `lesson-restore`, `lesson-result` with
//!   `lesson-verdict`, `lesson-more-EXPERIMENT`, `lesson-review` with `review-ID`, `lesson-report`,
//!   `lesson-again`, `lesson-back`, `lesson-skip`, `lesson-finish`, `lesson-next` (the one next thing), `lesson-live` (live region); `explain-TERM` beside the settings and curves
//! - `station-lab`, opened by `nav-lab`: `setting-experiment`, `setting-experiment-seeds`, `experiment-what`,
//!   `experiment-state`, `experiment-result`, `experiment-sentences`, `plot-experiment-N`
//! - `open-report` and `open-room` in the bar; in what they open, `back`
//! - `room`: `clock`, `clock-start`, `clock-again`, `clock-standing`, `guide`, `step-back`, `step-on`, `link-task`, `-pack`, `-arm`,
//!   `-seed`, `-language`, `room-link`, `qr-room-link`, `copy-room-link`, `codes`, `add-codes`, `clear-codes`, `codes-said`,
//!   `codes-again`, `codes-wrong`, `codes-count`, `scan`, `scan-video`, `scan-file`,
//!   `scan-said`, `room-results`, `room-kind`, `room-measure`, `room-table`, `effect-augmentation`, `effect-dropout`, `room-runs`,
//!   `room-save`, the plots `room-arms` and `room-effects`; `projector` opens `slides` with `slide-heading`, `slide-clock`,
//!   `slide-back`, `slide-on`, `slides-leave`
//! - `takeaway`: `questions`, `question-N` with `choice-N-M` (from 1), `questions-standing`, `questions-again`, `result-code`,
//!   `qr-result-code`, `copy-result-code`, `save-report`, `print-report`, `report`; in it `report-validation`, `-test`, `-auc`,
//!   `-looks`, `-basis`, `-others`, `-time`, `-seed`, `-augmentation`, `-dropout`, `-link`, `-code`
//! - `keeping` with `keeping-seen`: what this browser does not keep
//! - `open-privacy` in the bar, in it `offline-state`, beside it `offline-said` (live region); it opens `privacy`: `requests-own`,
//!   `requests-other`, `try-it`, `offline-why`, `look-for-version`, `looked` (live region), `install`, `version`, `stored`,
//!   `erase-stored`, then `erase-yes` and `erase-no`, `erased` (live region)
//! - `new-version` (live region), in it `switch-version` and `other-tabs`
//! - what another place lacks: `plain-http` where the device is explained, `link-on-disk` beside the room's link
//! - the booth, with `?kiosk`: `kiosk` (with `data-place`: `attract`, `look`, `train`, `contest`, `film`, `answer`, `end`,
//!   `pin`, `operator`); at its edge `kiosk-corner` (held), `kiosk-path`, `kiosk-language-TAG`, `kiosk-leave`; `kiosk-attract`
//!   with `kiosk-begin` and `kiosk-standing`; on the path `kiosk-next`, `kiosk-sample` and the dialog `kiosk-film`, `kiosk-train`,
//!   `kiosk-left`, `kiosk-start`, `kiosk-skip`, `kiosk-round` (with `data-sample`), `kiosk-say-CLASS`, `kiosk-again`,
//!   `kiosk-score-visitor`, `kiosk-score-network`, `kiosk-missed`, `kiosk-odd` (with `data-odd`), `kiosk-drop`, `kiosk-choose` and
//!   `kiosk-file`, `kiosk-camera`, `kiosk-video`, `kiosk-shoot`, `kiosk-sentence`, `kiosk-answer`, `kiosk-heat`, `kiosk-another`,
//!   `kiosk-deeds`, `kiosk-restart`, `kiosk-finish`; `kiosk-question` with `kiosk-countdown`, `kiosk-stay`, `kiosk-done`;
//!   `kiosk-digit-N`, `kiosk-delete`, `kiosk-enter`, `kiosk-wrong`, `kiosk-back`; `kiosk-operator` with `kiosk-count-NAME`,
//!   `kiosk-csv`, `kiosk-json`, `kiosk-zero`, `kiosk-device`, `kiosk-version`, `kiosk-origin`, `kiosk-settings`, `kiosk-engine`,
//!   `kiosk-exit`
//! - `drop-overlay` while files hang over the page

mod about;
mod ask;
mod bar;
mod bars;
mod bridge;
mod clock;
mod dialog;
mod drop;
mod experiment;
mod failure;
mod files;
mod film;
mod i18n;
mod insight;
mod keeping;
mod kiosk;
mod language;
mod lesson;
mod look;
mod offline;
mod over;
mod paint;
mod place;
mod plot;
mod privacy;
mod reveal;
mod room;
mod station;
mod storage;
mod takeaway;
mod test;
mod theme;
mod train;
mod words;
mod workbench;

use leptos::prelude::*;

use crate::i18n::I18n;
use ui_core::link::Link;
use workbench::Workbench;

/// A sentence of the locale files as a `String`: `say!(i18n, look.more, n = 12)`.
macro_rules! say {
    ($i18n:expr, $($key:ident).+ $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::i18n::keys::$($key)::+ { $($name: &$value),* }.say($i18n.language())
    };
}
use say;

/// A sentence that a view shows, and keeps up with the language. One type for all of them keeps
/// the page small: each closure would be compiled into a view of its own.
macro_rules! told {
    ($($key_and_values:tt)*) => {
        leptos::prelude::Signal::derive(move || $crate::say!($($key_and_values)*))
    };
}
use told;

pub fn mount() {
    leptos::mount::mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    let query = web_sys::window().and_then(|window| window.location().search().ok());
    let i18n = language::provide();
    let link = Link::parse(&query.unwrap_or_default());
    let over = over::Shown::provide(&link);
    let workbench = Workbench::new(link, i18n);
    provide_context(workbench);
    offline::Offline::provide(workbench);
    if link.kiosk {
        return view! { <kiosk::Kiosk /> }.into_any();
    }
    keeping::ask_before_leaving(workbench);
    room::provide();
    takeaway::provide();
    let guide = lesson::Guide::new(workbench, &link);
    provide_context(guide);
    view! {
        <div class="app" data-testid="app">
            <bar::Bar />
            <keeping::KeepingNotice />
            <offline::version::NewVersion />
            <div class="bench" hidden=move || over.covers()>
                <lesson::Column />
                <div class="bench-main">
                    <station::Stepper />
                    <main class="stations">
                        <look::Look />
                        <train::Train />
                        <test::Test />
                        <ask::Ask />
                        <experiment::Lab />
                    </main>
                </div>
            </div>
            <over::OverStations />
            <look::viewer::Viewer />
            <insight::FilmPanel />
            <drop::DropOverlay />
            <look::LoadSaid />
        </div>
    }
    .into_any()
}
