//! The SQL of the journals of writes, in the modules of other languages: a journal's file is one of all languages.

#[path = "../../../packages/journal/src/statements.rs"]
mod statements;

use crate::{Output, STAMP};
use statements::{APPLICATION, LOCK, SCHEMA, SETTINGS, STATEMENTS, VERSION};

/// The SQL in Python and TypeScript.
pub fn modules() -> [Output; 2] {
    let texts = [("SETTINGS", SETTINGS), ("SCHEMA", SCHEMA), ("LOCK", LOCK)];
    let statements = STATEMENTS.iter().map(|statement| (statement.name.to_uppercase(), statement.sql));
    let all = texts.map(|(name, sql)| (name.to_string(), sql)).into_iter().chain(statements);
    let mut python = format!(
        "# {STAMP}\n\"\"\"The journal's file, in SQL.\"\"\"\n\nVERSION = {VERSION}\nAPPLICATION = {APPLICATION}\n"
    );
    let mut typescript = format!(
        "// {STAMP}\n// The journal's file, in SQL.\n\nexport const VERSION = {VERSION};\nexport const APPLICATION = {APPLICATION};\n"
    );
    for (name, sql) in all {
        python += &format!("{name} = \"\"\"\\\n{sql}\"\"\"\n");
        typescript += &format!("export const {name} = `\\\n{sql}`;\n");
    }
    [
        Output { path: "packages/pip/src/xportcn/_journal_sql.py".to_string(), text: python },
        Output { path: "packages/npm/src/generated/journal.ts".to_string(), text: typescript },
    ]
}
