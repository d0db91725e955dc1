//! `docs/reference/`: a page for every group, one for pushed messages, of settings and of writes, and an index.

mod links;
mod pages;
mod settings;
mod view;
mod writes;

use crate::model::Model;
use crate::{Output, STAMP};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};
use serde::Serialize;
use std::error::Error;
use view::Viewer;

/// Where the pages stand.
pub const FOLDER: &str = "docs/reference";

const TEMPLATES: [(&str, &str); 6] = [
    ("fields.md", include_str!("../templates/fields.md.jinja")),
    ("group.md", include_str!("../templates/group.md.jinja")),
    ("index.md", include_str!("../templates/index.md.jinja")),
    ("pushes.md", include_str!("../templates/pushes.md.jinja")),
    ("settings.md", include_str!("../templates/settings.md.jinja")),
    ("writes.md", include_str!("../templates/writes.md.jinja")),
];

/// Every page.
///
/// # Errors
/// Passes on what is wrong with a template or an example.
pub fn pages(model: &Model) -> Result<Vec<Output>, Box<dyn Error>> {
    let templates = environment()?;
    let viewer = Viewer::new(model);
    let mut outputs = vec![output("README", &templates, "index.md", &viewer.index())?];
    for group in &model.groups {
        outputs.push(output(group.id, &templates, "group.md", &viewer.group(group)?)?);
    }
    outputs.push(output(links::PUSHES, &templates, "pushes.md", &viewer.pushes()?)?);
    outputs.push(output("settings", &templates, "settings.md", &settings::settings())?);
    outputs.push(output("writes", &templates, "writes.md", &writes::writes(model))?);
    Ok(outputs)
}

fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut templates = Environment::new();
    templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    templates.set_auto_escape_callback(|_| AutoEscape::None);
    templates.add_filter("cell", cell);
    templates.add_filter("slug", |text: String| links::slug(&text));
    templates.add_global("stamp", STAMP);
    for (name, text) in TEMPLATES {
        templates.add_template(name, text)?;
    }
    Ok(templates)
}

fn output(
    name: &str,
    templates: &Environment<'_>,
    template: &str,
    page: &impl Serialize,
) -> Result<Output, minijinja::Error> {
    let text = templates.get_template(template)?.render(context! { page => Value::from(Serde(page)) })?;
    Ok(Output { path: format!("{FOLDER}/{name}.md"), text: tidy(&text) })
}

/// Text as it stands in a cell of a table.
fn cell(text: String) -> String {
    text.replace("\n\n", "<br>").replace('\n', " ").replace('|', "\\|")
}

/// No two empty lines after each other, no spaces at the end of a line, one line end at the end.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut was_empty = true;
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && was_empty) {
            tidy.push_str(line);
            tidy.push('\n');
        }
        was_empty = line.is_empty();
    }
    tidy.truncate(tidy.trim_end().len());
    tidy.push('\n');
    tidy
}
