//! Points of one place side by side.

/// How far to the side each point stands, -1 to 1, so that those whose heights are no more than `touching` apart can all be
/// seen.
pub fn swarm(values: &[f64], touching: f64) -> Vec<f64> {
    let row = |value: f64| (value / touching).round() as i64;
    let mut places = vec![0.0; values.len()];
    for (index, place) in places.iter_mut().enumerate() {
        let alike = |&other: &usize| row(values[other]) == row(values[index]);
        let n = (0..values.len()).filter(alike).count();
        let before = (0..index).filter(alike).count();
        if n > 1 {
            *place = 2.0 * before as f64 / (n - 1) as f64 - 1.0;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_points_stand_side_by_side() {
        assert_eq!(swarm(&[0.9, 0.9, 0.5], 0.02), [-1.0, 1.0, 0.0]);
        assert_eq!(swarm(&[], 0.02), [0.0; 0]);
    }
}
