//! Finds codes in what people paste: a chat, a table, a list with numbers and names.

use super::{
    Code, PREFIX,
    bits::CodeBits,
    letters::{self, GROUP},
};

/// No code is longer.
const MOST_LETTERS: usize = 80;
/// So much of what was written is shown.
const MOST_SHOWN: usize = 60;
/// And of what stands before it in its line.
const MOST_BEFORE: usize = 30;
/// Groups that are taken for a code also without its prefix.
const FEWEST_GROUPS: usize = 3;

/// What looked like a code and is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadCode {
    /// What stands before it, which often says whose it is.
    pub before: String,
    pub written: String,
    pub why: Wrong,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It ends too early.
    Cut,
    /// A letter that no code has.
    Letter(char),
    /// A letter is wrong, missing or in another's place.
    Mistyped,
    /// Whole, but of another version of the page.
    Version,
}

/// All codes in `text`, in order, and what looks like one.
pub fn read_all(text: &str) -> Vec<Result<Code, UnreadCode>> {
    let words = words(text);
    let mut found = Vec::new();
    let (mut place, mut end) = (0, 0);
    while let Some(word) = words.get(place) {
        let Some(start) = start(&words[place..]) else {
            place += 1;
            continue;
        };
        let (result, used) = read(&words[place..], start.skip);
        let last = words[place + used - 1].to;
        match (result, start.sure) {
            (Ok(code), _) => found.push(Ok(code)),
            (Err(why), true) => found.push(Err(UnreadCode {
                before: before(&text[end..word.from]),
                written: shown(&text[word.from..last]),
                why,
            })),
            (Err(_), false) => {
                place += used;
                continue;
            }
        }
        (place, end) = (place + used, last);
    }
    found
}

/// Letters and dashes without a gap.
struct Word {
    letters: Vec<char>,
    /// Lengths of the stretches between dashes.
    groups: Vec<usize>,
    /// Bytes of the text.
    from: usize,
    to: usize,
    /// Nothing but spaces and line ends lies before it.
    follows: bool,
}

struct Start {
    /// Letters before the code.
    skip: usize,
    /// It is told if it cannot be read.
    sure: bool,
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut open, mut follows) = (false, true);
    for (from, letter) in text.char_indices() {
        match letter {
            _ if letter.is_ascii_alphanumeric() => {
                if !open {
                    words.push(Word {
                        letters: Vec::new(),
                        groups: vec![0],
                        from,
                        to: from,
                        follows,
                    });
                }
                (open, follows) = (true, true);
                if let Some(word) = words.last_mut() {
                    word.letters.push(letter.to_ascii_uppercase());
                    if let Some(group) = word.groups.last_mut() {
                        *group += 1;
                    }
                    word.to = from + 1;
                }
            }
            // Hyphens and dashes, as chats make of them, and the minus.
            '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' if open => {
                if let Some(word) = words.last_mut()
                    && word.groups.last() != Some(&0)
                {
                    word.groups.push(0);
                }
            }
            // Signs that chats put around or into words, and that are not seen.
            '*' | '`' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
            _ => {
                open = false;
                follows &= letter.is_whitespace() || letter == '-';
            }
        }
    }
    for word in &mut words {
        if word.groups.last() == Some(&0) {
            word.groups.pop();
        }
    }
    words
}

/// Whether a code begins in the first of these words.
fn start(words: &[Word]) -> Option<Start> {
    let word = &words[0];
    let mut before = 0;
    for (place, &group) in word.groups.iter().enumerate() {
        let letters = &word.letters[before..before + group];
        let prefix = PREFIX.chars().count();
        if letters.iter().copied().eq(PREFIX.chars()) {
            let last = place + 1 == word.groups.len();
            // "Fr" alone is a word of several languages.
            let sure = !last || words.get(1).is_some_and(|next| next.follows && full(next));
            let skip = before + prefix;
            return (sure || words.len() > 1).then_some(Start { skip, sure });
        }
        let joined: String = letters.iter().take(prefix).collect();
        if joined == PREFIX && group >= prefix + 2 * GROUP {
            let sure = letters.iter().any(char::is_ascii_digit);
            return Some(Start {
                skip: before + prefix,
                sure,
            });
        }
        before += group;
    }
    (word.groups.len() >= FEWEST_GROUPS && full(word)).then_some(Start {
        skip: 0,
        sure: true,
    })
}

fn full(word: &Word) -> bool {
    word.groups.iter().all(|&group| group == GROUP)
}

/// The code at the start of these words, and how many of them it takes up.
fn read(words: &[Word], skip: usize) -> (Result<Code, Wrong>, usize) {
    let own = &words[0].letters[skip..];
    let first = decode(own);
    if !matches!(first, Err(Wrong::Cut)) {
        return (first, 1);
    }
    // Spaces or line ends may have come between its letters; words of the next code belong to that.
    let mut letters = own.to_vec();
    for (place, word) in words.iter().enumerate().skip(1) {
        let goes_on = word.follows && start(&words[place..]).is_none_or(|start| start.skip == 0);
        letters.extend(&word.letters);
        if !goes_on || letters.len() > MOST_LETTERS {
            break;
        }
        if let Ok(code) = decode(&letters) {
            return (Ok(code), place + 1);
        }
    }
    (first, 1)
}

/// The letters must be the code's and no more.
fn decode(written: &[char]) -> Result<Code, Wrong> {
    let five = |&letter: &char| letters::value(letter).ok_or(Wrong::Letter(letter));
    let fives: Vec<u8> = written.iter().map(five).collect::<Result<_, _>>()?;
    let mut bits = CodeBits::new(&fives);
    let code = Code::read(&mut bits);
    let known = CodeBits::new(&fives).take(3) == Some(super::VERSION);
    let Some(content) = letters::unsealed(&fives) else {
        let short = match code {
            Some(_) => fives.len() < letters::length(bits.letters()),
            None => known && bits.take(1).is_none(),
        };
        return Err(if short || fives.len() < GROUP {
            Wrong::Cut
        } else {
            Wrong::Mistyped
        });
    };
    let mut bits = CodeBits::new(content);
    match Code::read(&mut bits) {
        Some(code) if fives.len() == letters::length(bits.letters()) && bits.is_over() => Ok(code),
        None if !known => Err(Wrong::Version),
        _ => Err(Wrong::Mistyped),
    }
}

/// The end of the line before a code; some chats put the name on a line of its own.
fn before(text: &str) -> String {
    let line = text.trim_end().lines().next_back().unwrap_or_default();
    let line = line.trim();
    match line.char_indices().rev().nth(MOST_BEFORE - 1) {
        Some((from, _)) if from > 0 => format!("…{}", &line[from..]),
        _ => line.to_owned(),
    }
}

fn shown(written: &str) -> String {
    let mut shown: String = written.chars().take(MOST_SHOWN).collect();
    if shown.len() < written.len() {
        shown.push('…');
    }
    shown
}
