//! The catalogue of courses for the script that combines facets: which courses have which value, and the rows of all courses, in stretches.
//! Each file is a script that hands its data to the page's own, so that a portal on a disk works too.

use serde_json::json;

use crate::content::choice::Choice as _;
use crate::page::context::Context;
use crate::page::{catalogue_label, row};
use crate::portal::location::{CATALOGUE, of_rows};

/// Rows in a file.
const ROWS: usize = 200;
/// Digits of a written number: 32 that go on, and 32 that end it.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// All files, by root address. A portal without facets has none.
pub fn files(context: &Context<'_>) -> Vec<(String, String)> {
    let catalogue = &context.portal.catalogue;
    if catalogue.choices().is_empty() {
        return Vec::new();
    }
    let rows: Vec<String> = catalogue
        .courses()
        .chunks(ROWS)
        .map(|ids| {
            let rows = ids.iter().filter_map(|id| row::row(context, *id)).map(|(_, row)| {
                let state = row.state;
                json!([
                    row.title,
                    row.address,
                    row.when,
                    row.place,
                    row.fee,
                    state.text,
                    state.tone,
                    state.terms,
                    state.since,
                    row.later
                ])
            });
            json!(rows.collect::<Vec<_>>()).to_string()
        })
        .collect();
    let facets = catalogue.facets().iter().map(|facet| {
        let values = catalogue.of_facet(*facet).map(|(number, choice)| {
            json!([choice.key, catalogue_label(context, choice), packed(catalogue.places(number))])
        });
        json!([facet.key(), context.format.choice(*facet), values.collect::<Vec<_>>()])
    });
    let facets = json!(facets.collect::<Vec<_>>());
    // Files of different builds do not fit together.
    let mut hash = blake3::Hasher::new();
    for text in &rows {
        hash.update(text.as_bytes());
    }
    let version = &hash.finalize().to_hex()[..8];
    let head = json!({"version": version, "count": catalogue.courses().len(), "rows": ROWS, "facets": facets});
    let head = (CATALOGUE.to_owned(), format!("shuyuanCatalogue({head})\n"));
    let rows = rows.iter().enumerate();
    let rows = rows.map(|(nth, text)| (of_rows(nth), format!("shuyuanCatalogue({text},{nth},\"{version}\")\n")));
    std::iter::once(head).chain(rows).collect()
}

/// Ascending numbers as distances, five bits a digit, the lowest first.
fn packed(numbers: &[u32]) -> String {
    let mut text = String::with_capacity(numbers.len() * 2);
    let mut before = 0;
    for number in numbers {
        let mut rest = number - before;
        before = *number;
        loop {
            let (low, high) = ((rest & 31) as usize, rest >> 5);
            text.push(char::from(DIGITS[if high > 0 { low } else { low + 32 }]));
            if high == 0 {
                break;
            }
            rest = high;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_packed_as_distances() {
        // The script's test unpacks the same.
        assert_eq!(packed(&[0, 1, 33, 1100]), "ghAhLBh");
        assert_eq!(packed(&[]), "");
    }
}
