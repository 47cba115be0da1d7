//! Letters for five bits each, after Crockford: without I, L, O and U, which are mistaken for others. Sealed with a
//! checksum of three letters that misses no single wrong letter and no two that changed places.

const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Letters between dashes.
pub const GROUP: usize = 4;
const SEAL: usize = 3;

/// x^15 + x^13 + x^11 + x^10 + x^8 + x^4 + x^3 + x + 1, which is primitive: its powers repeat only after 32,767 bits.
/// A wrong letter and two exchanged letters are each a short pattern times sums of such powers, which it
/// cannot divide in a text that is shorter. The tests try all of them.
const POLYNOMIAL: u16 = 0x2d1b;

/// So that leading zeros count.
const START: u16 = 0x7fff;

/// The letter for five bits.
pub fn shown(five: u8) -> char {
    char::from(LETTERS[usize::from(five & 31)])
}

/// Five bits of a letter, however it was written; U and what is no letter are none.
pub fn value(letter: char) -> Option<u8> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => b'0',
        'I' | 'L' => b'1',
        letter => u8::try_from(letter).ok()?,
    };
    let place = LETTERS.iter().position(|&own| own == letter)?;
    u8::try_from(place).ok()
}

/// With zeros and the checksum behind, so that all groups are full.
pub fn sealed(mut fives: Vec<u8>) -> Vec<u8> {
    fives.resize(length(fives.len()) - SEAL, 0);
    let sum = checksum(&fives);
    fives.extend([sum >> 10, sum >> 5, sum].map(|five| (five & 31) as u8));
    fives
}

/// How many letters a sealed text has that says so much.
pub fn length(content: usize) -> usize {
    (content + SEAL).next_multiple_of(GROUP)
}

/// The letters without their checksum, if it is right.
pub fn unsealed(fives: &[u8]) -> Option<&[u8]> {
    let (content, seal) = fives.split_at_checked(fives.len().checked_sub(SEAL)?)?;
    let sum = seal.iter().fold(0, |sum, &five| sum << 5 | u16::from(five));
    (checksum(content) == sum).then_some(content)
}

fn checksum(fives: &[u8]) -> u16 {
    let mut sum = START;
    for &five in fives {
        for place in (0..5).rev() {
            let carry = (sum >> 14 ^ u16::from(five >> place)) & 1;
            sum = sum << 1 & 0x7fff;
            if carry == 1 {
                sum ^= POLYNOMIAL;
            }
        }
    }
    sum
}
