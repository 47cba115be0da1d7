//! Codes by camera, or from a picture of one. The camera is asked for by a button and never stays on unseen.

use gloo_timers::callback::Interval;
use leptos::{html, prelude::*};
use wasm_bindgen_futures::spawn_local;

use super::{
    browser::{Bitmap, frame, picture},
    reader::{Read, Reader, keep_for_offline_use},
};
use crate::{
    camera::{Camera, CameraFault},
    files::take_chosen,
    i18n::{I18n, use_i18n},
    offline::Offline,
    say,
    test::figures,
    tr,
};
use ui_core::offline::Stored;

/// Between two looks through the camera, milliseconds.
const PAUSE_MS: u32 = 300;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scanning {
    Off,
    /// The browser asks the visitor.
    Asking,
    On,
    /// A picture from a file is being read.
    QrPicture,
    Failed(CameraFault),
    /// The reader did not arrive.
    Broken,
    /// A picture without a code.
    NothingFound,
}

#[derive(Clone, Copy)]
struct Scanner {
    state: RwSignal<Scanning>,
    camera: StoredValue<Option<(Camera, Interval)>, LocalStorage>,
    reader: StoredValue<Option<Reader>, LocalStorage>,
    /// The worker has a picture that it has not answered.
    busy: StoredValue<bool>,
    /// Codes stay in sight for many pictures.
    last: StoredValue<String>,
    found: Callback<String>,
    begun: Callback<()>,
}

#[component]
pub fn Scan(
    /// The text of a code that was read.
    found: Callback<String>,
    /// A picture takes the place of what was read before.
    begun: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let scanner = Scanner {
        state: RwSignal::new(Scanning::Off),
        camera: StoredValue::new_local(None),
        reader: StoredValue::new_local(None),
        busy: StoredValue::new(false),
        last: StoredValue::new(String::new()),
        found,
        begun,
    };
    let video = NodeRef::<html::Video>::new();
    on_cleanup(move || scanner.close(Scanning::Off));
    let stored = expect_context::<Offline>().stored;
    let has_copy = Memo::new(move |_| matches!(stored.get(), Stored::Ready { .. }));
    Effect::new(move |_| {
        if has_copy.get() {
            keep_for_offline_use();
        }
    });
    let on = Memo::new(move |_| matches!(scanner.state.get(), Scanning::On | Scanning::Asking));
    let press = move |_| match on.get_untracked() {
        true => scanner.close(Scanning::Off),
        false => scanner.open(video),
    };
    let label = Signal::derive(move || match on.get() {
        true => say!(i18n, room.scan.stop),
        false => say!(i18n, room.scan.start),
    });
    let input = NodeRef::<html::Input>::new();
    let choose = move |_| {
        let chosen = input.get_untracked().map(|input| take_chosen(&input));
        if let Some((_, file)) = chosen.into_iter().flatten().next() {
            scanner.read_file(file);
        }
    };
    let ask = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let said = Signal::derive(move || told_state(i18n, scanner.state.get()));
    // Made keyed with each opening, so that a closed camera leaves no picture.
    let view_finder = figures::keyed(move || match on.get() {
        true => view! {
            <video
                node_ref=video
                class="scan-video"
                data-testid="scan-video"
                muted
                playsinline
                aria-label=tr!(i18n, room.scan.video)
            ></video>
        }
        .into_any(),
        false => ().into_any(),
    });
    view! {
        <div class="scan">
            <div class="row">
                <button type="button" data-testid="scan" aria-pressed=move || on.get().to_string() on:click=press>
                    {label}
                </button>
                <button type="button" on:click=ask>
                    {tr!(i18n, room.scan.file)}
                </button>
            </div>
            <input
                node_ref=input
                type="file"
                accept="image/*"
                hidden
                data-testid="scan-file"
                on:change=choose
            />
            {view_finder}
            <p role="status" class="live hint" data-testid="scan-said">{said}</p>
        </div>
    }
}

impl Scanner {
    fn open(self, video: NodeRef<html::Video>) {
        self.state.set(Scanning::Asking);
        self.last.set_value(String::new());
        spawn_local(async move {
            let opened = Camera::open().await;
            // Closed again, or the page left, before the visitor answered: the camera is dropped here.
            if self.state.try_get_untracked() != Some(Scanning::Asking) {
                return;
            }
            match opened {
                Ok(camera) => {
                    if let Some(video) = video.get_untracked() {
                        camera.show(&video);
                    }
                    let looks = Interval::new(PAUSE_MS, move || self.look(video));
                    self.camera.set_value(Some((camera, looks)));
                    self.state.set(Scanning::On);
                }
                Err(fault) => self.close(Scanning::Failed(fault)),
            }
        });
    }

    /// Turns the camera off.
    fn close(self, then: Scanning) {
        drop(self.camera.try_update_value(Option::take));
        drop(self.reader.try_update_value(Option::take));
        self.busy.try_set_value(false);
        let _ = self.state.try_set(then);
    }

    fn look(self, video: NodeRef<html::Video>) {
        let Some(video) = video.get_untracked().filter(|_| !self.busy.get_value()) else {
            return;
        };
        self.busy.set_value(true);
        spawn_local(async move {
            let picture = frame(&video).await;
            // Closed meanwhile.
            if self.state.try_get_untracked() != Some(Scanning::On) {
                return;
            }
            self.busy.set_value(false);
            if let Some(picture) = picture {
                self.read(&picture);
            }
        });
    }

    fn read(self, picture: &Bitmap) {
        self.reader.update_value(|reader| {
            if reader.is_none() {
                *reader = Reader::new(move |read| self.hear(read));
            }
            if let Some(reader) = reader {
                self.busy.set_value(true);
                let still = self.state.get_untracked() == Scanning::QrPicture;
                reader.read(picture, still);
            }
        });
    }

    fn read_file(self, file: web_sys::File) {
        self.begun.run(());
        self.close(Scanning::QrPicture);
        self.last.set_value(String::new());
        spawn_local(async move {
            let picture = picture(&file).await;
            if self.state.try_get_untracked() != Some(Scanning::QrPicture) {
                return;
            }
            match picture {
                Ok(picture) => self.read(&picture),
                Err(fault) => self.state.set(Scanning::Failed(fault)),
            }
        });
    }

    fn hear(self, read: Read) {
        self.busy.try_set_value(false);
        let once = self.state.try_get_untracked() == Some(Scanning::QrPicture);
        match read {
            Read::Broken => self.close_later(Scanning::Broken),
            Read::Texts(texts) if texts.is_empty() => {
                if once {
                    self.state.set(Scanning::NothingFound);
                }
            }
            Read::Texts(texts) => {
                let text = texts.join("\n");
                if self.last.try_get_value().as_ref() != Some(&text) {
                    self.last.set_value(text.clone());
                    self.found.run(text);
                }
                if once {
                    self.state.set(Scanning::Off);
                }
            }
        }
    }

    /// From within the reader's own listener, which must not be dropped while it runs.
    fn close_later(self, then: Scanning) {
        gloo_timers::callback::Timeout::new(0, move || self.close(then)).forget();
    }
}

fn told_state(i18n: I18n, state: Scanning) -> String {
    match state {
        Scanning::Off => String::new(),
        Scanning::Asking => say!(i18n, room.scan.asking),
        Scanning::On => say!(i18n, room.scan.on),
        Scanning::QrPicture => say!(i18n, room.scan.reading),
        Scanning::Broken => say!(i18n, room.scan.broken),
        Scanning::NothingFound => say!(i18n, room.scan.nothing),
        Scanning::Failed(fault) => match fault {
            CameraFault::NoCamera => say!(i18n, room.scan.no_camera),
            CameraFault::Refused => say!(i18n, room.scan.refused),
            CameraFault::Insecure => say!(i18n, room.scan.insecure),
            CameraFault::InUse => say!(i18n, room.scan.in_use),
            CameraFault::NoPicture => say!(i18n, room.scan.no_picture),
        },
    }
}
