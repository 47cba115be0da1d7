//! The words of the five questions.

use crate::{i18n::I18n, say};

pub fn question(i18n: I18n, n: usize) -> String {
    match n {
        0 => say!(i18n, takeaway.q1.ask),
        1 => say!(i18n, takeaway.q2.ask),
        2 => say!(i18n, takeaway.q3.ask),
        3 => say!(i18n, takeaway.q4.ask),
        _ => say!(i18n, takeaway.q5.ask),
    }
}

pub fn choice(i18n: I18n, n: usize, choice: usize) -> String {
    match (n, choice) {
        (0, 0) => say!(i18n, takeaway.q1.a),
        (0, 1) => say!(i18n, takeaway.q1.b),
        (0, _) => say!(i18n, takeaway.q1.c),
        (1, 0) => say!(i18n, takeaway.q2.a),
        (1, 1) => say!(i18n, takeaway.q2.b),
        (1, _) => say!(i18n, takeaway.q2.c),
        (2, 0) => say!(i18n, takeaway.q3.a),
        (2, 1) => say!(i18n, takeaway.q3.b),
        (2, _) => say!(i18n, takeaway.q3.c),
        (3, 0) => say!(i18n, takeaway.q4.a),
        (3, 1) => say!(i18n, takeaway.q4.b),
        (3, _) => say!(i18n, takeaway.q4.c),
        (4, 0) => say!(i18n, takeaway.q5.a),
        (4, 1) => say!(i18n, takeaway.q5.b),
        _ => say!(i18n, takeaway.q5.c),
    }
}

/// What can be said of it.
pub fn why(i18n: I18n, n: usize, choice: usize) -> String {
    match (n, choice) {
        (0, 0) => say!(i18n, takeaway.q1.why_a),
        (0, 1) => say!(i18n, takeaway.q1.why_b),
        (0, _) => say!(i18n, takeaway.q1.why_c),
        (1, 0) => say!(i18n, takeaway.q2.why_a),
        (1, 1) => say!(i18n, takeaway.q2.why_b),
        (1, _) => say!(i18n, takeaway.q2.why_c),
        (2, 0) => say!(i18n, takeaway.q3.why_a),
        (2, 1) => say!(i18n, takeaway.q3.why_b),
        (2, _) => say!(i18n, takeaway.q3.why_c),
        (3, 0) => say!(i18n, takeaway.q4.why_a),
        (3, 1) => say!(i18n, takeaway.q4.why_b),
        (3, _) => say!(i18n, takeaway.q4.why_c),
        (4, 0) => say!(i18n, takeaway.q5.why_a),
        (4, 1) => say!(i18n, takeaway.q5.why_b),
        _ => say!(i18n, takeaway.q5.why_c),
    }
}
