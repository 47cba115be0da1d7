//! [`Film`]: one decoded radiograph, and the one path from it to a network's input.
