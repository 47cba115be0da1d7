//! Films onto canvases, a few at a time so that the page stays quick.

use std::{cell::RefCell, collections::VecDeque, sync::Arc};

use gloo_timers::callback::Timeout;
use imaging::dataset::Picture;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use crate::clock;

/// Time for painting within one task.
const BUDGET_MS: f64 = 6.0;
const PAUSE_MS: u32 = 8;

thread_local! {
    static WAITING: RefCell<VecDeque<(HtmlCanvasElement, Arc<Picture>)>> = RefCell::default();
}

/// Paints when there is time, in the order of asking.
pub fn soon(canvas: HtmlCanvasElement, picture: Arc<Picture>) {
    let first = WAITING.with_borrow_mut(|waiting| {
        waiting.push_back((canvas, picture));
        waiting.len() == 1
    });
    if first {
        Timeout::new(0, paint_some).forget();
    }
}

/// Paints at once. A canvas that cannot be drawn on stays empty.
pub fn now(canvas: &HtmlCanvasElement, picture: &Picture) {
    let colours: Vec<u8> = picture
        .pixels
        .iter()
        .flat_map(|&grey| [grey, grey, grey, u8::MAX])
        .collect();
    pixels(canvas, (picture.width, picture.height), &colours);
}

/// Paints red, green, blue and cover, row by row. A canvas that cannot be drawn on stays empty.
pub fn pixels(canvas: &HtmlCanvasElement, (width, height): (u32, u32), colours: &[u8]) {
    let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(colours), width, height);
    let context = canvas.get_context("2d").ok().flatten();
    let context = context.and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok());
    if let (Ok(image), Some(context)) = (image, context) {
        if (canvas.width(), canvas.height()) != (width, height) {
            canvas.set_width(width);
            canvas.set_height(height);
        }
        // Fails only for sizes that are no numbers.
        let _ = context.put_image_data(&image, 0.0, 0.0);
    }
}

fn paint_some() {
    let begin = clock::steady_ms();
    while clock::steady_ms() - begin < BUDGET_MS {
        let Some((canvas, picture)) = WAITING.with_borrow_mut(VecDeque::pop_front) else {
            return;
        };
        now(&canvas, &picture);
    }
    if WAITING.with_borrow(|waiting| !waiting.is_empty()) {
        Timeout::new(PAUSE_MS, paint_some).forget();
    }
}
