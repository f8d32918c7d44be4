//! "Did you mean": the known name closest to a misspelt one.

/// A help line for `wrong`: the closest of `known`, or all of them when they are few.
pub(crate) fn did_you_mean<'k>(wrong: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    const LISTED: usize = 24;
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(close) = closest(wrong, &known) {
        return Some(format!("did you mean `{close}`?"));
    }
    match known.len() {
        0 => None,
        1..=LISTED => Some(format!("known: {}", known.join(", "))),
        more => Some(format!("{more} are known, among them {}", known.get(..LISTED)?.join(", "))),
    }
}

/// The known name that is a few keystrokes away.
fn closest<'k>(wrong: &str, known: &[&'k str]) -> Option<&'k str> {
    const LONGEST: usize = 64;
    let length = wrong.chars().count();
    if length > LONGEST {
        return None;
    }
    let (distance, name) = known
        .iter()
        .filter(|name| name.chars().count() <= LONGEST)
        .map(|name| (distance(&wrong.to_lowercase(), &name.to_lowercase()), *name))
        .min_by_key(|(distance, _)| *distance)?;
    (distance <= (length / 3).max(1)).then_some(name)
}

/// Keystrokes between two words: insert, remove, replace, or swap neighbours.
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, &from) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, &to) in right.iter().enumerate() {
            let at = |list: &[usize], index: usize| list.get(index).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&last, column) + usize::from(from != to))
                .min(at(&last, column + 1) + 1)
                .min(at(&current, column) + 1);
            let swapped = row > 0
                && column > 0
                && left.get(row - 1) == Some(&to)
                && right.get(column - 1) == Some(&from);
            if swapped {
                cost = cost.min(at(&before, column - 1) + 1);
            }
            current.push(cost);
        }
        before = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keystrokes_are_counted() {
        for (left, right, keys) in
            [("", "", 0), ("abc", "", 3), ("abc", "abd", 1), ("abc", "acb", 1), ("kitten", "sitting", 3)]
        {
            assert_eq!(distance(left, right), keys, "{left} {right}");
        }
    }

    #[test]
    fn only_close_names_are_suggested() {
        let known = ["SessionId", "CallId"];
        assert_eq!(did_you_mean("SesionId", known).unwrap(), "did you mean `SessionId`?");
        assert_eq!(did_you_mean("Whatever", known).unwrap(), "known: SessionId, CallId");
        assert_eq!(did_you_mean("x", []), None);
    }
}
