//! The pager of a list.

use crate::address::Href;
use crate::page::view::{Pager, PagerNumber};

/// At most nine numbers: the first, the last, and those around the current.
pub(super) fn pager(current: usize, count: usize, address: impl Fn(usize) -> String) -> Option<Pager> {
    if count < 2 {
        return None;
    }
    let window = 7.min(count);
    let first = current.saturating_sub(window / 2).clamp(1, count + 1 - window);
    let mut shown: Vec<usize> = (first..first + window).chain([1, count]).collect();
    shown.sort_unstable();
    shown.dedup();
    let mut before = 0;
    let numbers = shown.into_iter().map(|number| {
        let gap = number != before + 1;
        before = number;
        PagerNumber { number, address: Href::new(&address(number)), current: number == current, gap }
    });
    Some(Pager {
        current,
        count,
        numbers: numbers.collect(),
        previous: (current > 1).then(|| Href::new(&address(current - 1))),
        next: (current < count).then(|| Href::new(&address(current + 1))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(current: usize, count: usize) -> String {
        let pager = pager(current, count, |n| n.to_string()).expect("pager");
        let text = |n: &PagerNumber| {
            format!("{}{}{}", if n.gap { "… " } else { "" }, n.number, if n.current { "*" } else { "" })
        };
        pager.numbers.iter().map(text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_pager_has_at_most_nine_numbers() {
        assert!(pager(1, 1, |n| n.to_string()).is_none());
        assert_eq!(numbers(1, 3), "1* 2 3");
        assert_eq!(numbers(1, 40), "1* 2 3 4 5 6 7 … 40");
        assert_eq!(numbers(20, 40), "1 … 17 18 19 20* 21 22 23 … 40");
        assert_eq!(numbers(40, 40), "1 … 34 35 36 37 38 39 40*");
    }
}
