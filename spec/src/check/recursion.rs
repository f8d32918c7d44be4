//! Types that cannot have a value because each needs itself.

use std::collections::HashMap;

use crate::diagnostic::Problems;
use crate::lower::Notes;
use crate::model::{Fields, Kind, Spec, Type};

pub(crate) fn check(spec: &Spec, notes: &Notes<'_>, problems: &mut Problems) {
    let index: HashMap<&str, usize> =
        spec.types.iter().enumerate().map(|(index, ty)| (ty.name.as_str(), index)).collect();
    let needs: Vec<Vec<usize>> = spec
        .types
        .iter()
        .map(|named| {
            let mut names = Vec::new();
            needed(&named.ty, &mut names);
            names.iter().filter_map(|name| index.get(name).copied()).collect()
        })
        .collect();

    for cycle in cycles(&needs) {
        let names: Vec<&str> =
            cycle.iter().filter_map(|&index| spec.types.get(index)).map(|ty| ty.name.as_str()).collect();
        let (Some(first), Some(&at)) = (names.first(), cycle.first()) else { continue };
        let Some(named) = spec.types.get(at) else { continue };
        problems
            .error("spec-endless-type", notes.span(named.at), format!("`{first}` always contains itself"))
            .label(format!("{} → {first}", names.join(" → ")))
            .help("make one of them optional with `?`, nullable with `| null`, or an array");
    }
}

/// The named types that every value of a type contains.
fn needed<'t>(ty: &'t Type, names: &mut Vec<&'t str>) {
    if ty.nullable {
        return;
    }
    match &ty.kind {
        Kind::Named(name) => names.push(name),
        Kind::Array { items, min_items: Some(1..), .. } => needed(items, names),
        Kind::Struct(fields) => needed_fields(fields, names),
        Kind::Union { variants, .. } => variants.iter().for_each(|(_, fields)| needed_fields(fields, names)),
        _ => {}
    }
}

fn needed_fields<'t>(fields: &'t Fields, names: &mut Vec<&'t str>) {
    fields.fields.iter().filter(|field| field.required).for_each(|field| needed(&field.ty, names));
}

/// Every cycle of a graph once, each as the nodes on it; without recursion, since documents may be long.
fn cycles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Never,
        OnPath,
        Done,
    }
    let mut seen = vec![Seen::Never; edges.len()];
    let mut found = Vec::new();
    for start in 0..edges.len() {
        if seen.get(start) != Some(&Seen::Never) {
            continue;
        }
        // The path from the start, each node with how many of its edges have been followed.
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((node, followed)) = path.last_mut() {
            if let Some(slot) = seen.get_mut(*node) {
                *slot = Seen::OnPath;
            }
            let Some(&next) = edges.get(*node).and_then(|list| list.get(*followed)) else {
                if let Some(slot) = seen.get_mut(*node) {
                    *slot = Seen::Done;
                }
                path.pop();
                continue;
            };
            *followed += 1;
            match seen.get(next) {
                Some(Seen::Never) => path.push((next, 0)),
                Some(Seen::OnPath) => {
                    found.push(path.iter().map(|(node, _)| *node).skip_while(|node| *node != next).collect());
                }
                _ => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::cycles;

    #[test]
    fn cycles_are_found_once() {
        assert_eq!(cycles(&[vec![1], vec![2], vec![1]]), [vec![1, 2]]);
        assert_eq!(cycles(&[vec![0]]), [vec![0]]);
        assert!(cycles(&[vec![1, 2], vec![2], vec![]]).is_empty());
    }

    #[test]
    fn long_chains_need_no_stack() {
        let chain: Vec<Vec<usize>> = (0..100_000).map(|index| vec![index + 1]).collect();
        assert!(cycles(&chain).is_empty());
    }
}
