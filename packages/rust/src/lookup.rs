//! Endpoints by their ids.

use xportcn_core::{Endpoint, Error, catalogue};

/// Names that are offered when there is none of the given one.
const SUGGESTIONS: usize = 3;

/// How alike a name must be to be offered, where 1 is equal.
const ALIKE: f64 = 0.6;

/// The endpoint of this id, as `taobao.after_sale.render`.
///
/// # Errors
/// [`Error::InvalidRequest`], with the names that are most like it.
pub fn endpoint(id: &str) -> Result<&'static Endpoint, Error> {
    catalogue::find(id).ok_or_else(|| Error::InvalidRequest {
        endpoint: id.to_string(),
        path: String::new(),
        reason: reason(id),
    })
}

fn reason(id: &str) -> String {
    if catalogue::PUSHES.iter().any(|push| push.id == id) {
        return "this is a message that the platform pushes, and cannot be called".to_string();
    }
    no_such(&nearest(id))
}

fn no_such(nearest: &[&str]) -> String {
    match nearest {
        [] => "there is no endpoint of this name".to_string(),
        names => format!("there is no endpoint of this name; did you mean `{}`?", names.join("`, `")),
    }
}

/// The ids that are most like `id`, best first.
fn nearest(id: &str) -> Vec<&'static str> {
    let wanted = id.to_ascii_lowercase().replace('-', "_");
    let mut scored: Vec<_> = catalogue::ENDPOINTS
        .iter()
        .map(|endpoint| (likeness(&wanted, endpoint.id), endpoint.id))
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().take(SUGGESTIONS).map(|(_, id)| id).collect()
}

/// How alike two ids are. The last step alone, as `render`, counts nearly as much as the whole.
fn likeness(wanted: &str, id: &str) -> f64 {
    let whole = strsim::normalized_damerau_levenshtein(wanted, id);
    let last = id.rsplit('.').next().unwrap_or(id);
    let by_last = if wanted.contains('.') { 0.0 } else { strsim::normalized_damerau_levenshtein(wanted, last) };
    whole.max(by_last * 0.95)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason_for(id: &str) -> String {
        match endpoint(id) {
            Err(Error::InvalidRequest { endpoint, path, reason }) => {
                assert_eq!((endpoint.as_str(), path.as_str()), (id, ""));
                reason
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_misspelt_name_suggests_the_right_one_first() {
        for id in ["taobao.after_sale.rendr", "taobao.after-sale.render", "Taobao.After_Sale.Render", "render"] {
            assert!(reason_for(id).contains("did you mean `taobao.after_sale.render`"), "{id}: {}", reason_for(id));
        }
    }

    #[test]
    fn a_name_that_is_like_no_other_suggests_nothing() {
        for id in ["", "zzzzzz", "中文"] {
            assert_eq!(reason_for(id), "there is no endpoint of this name", "{id}");
        }
    }

    #[test]
    fn a_message_that_is_pushed_is_said_to_be_one() {
        for push in catalogue::PUSHES {
            assert!(reason_for(push.id).contains("pushes, and cannot be called"), "{}", push.id);
        }
    }

    #[test]
    fn every_id_is_found() {
        for known in catalogue::ENDPOINTS {
            assert_eq!(endpoint(known.id).map(|found| found.id), Ok(known.id));
        }
    }
}
