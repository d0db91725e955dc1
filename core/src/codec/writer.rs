//! Writes requests as the wire wants them, and puts fields where the endpoint carries them.

use super::route::Router;
use crate::json::{EMPTY, Fault, MISSING, Outcome, Path, bit, doubt, embed, write_key, write_plain_key};
use crate::schema::{Form, Schema};
use crate::values::{Extra, Value};
use alloc::string::String;

/// Writes the fields of one object.
#[doc(hidden)]
pub struct ObjectWriter<'a, 'r> {
    out: &'a mut String,
    path: &'a Path<'a>,
    router: Option<&'a mut Router<'r>>,
    first: bool,
    /// The bits of the fields that have a value.
    present: u128,
}

impl<'a, 'r> ObjectWriter<'a, 'r> {
    /// Begins an object.
    pub fn begin(out: &'a mut String, path: &'a Path<'a>) -> Self {
        out.push('{');
        Self { out, path, router: None, first: true, present: 0 }
    }

    /// Begins the object that is a request, whose fields may go into the path or the query string.
    pub(crate) fn routed(out: &'a mut String, router: &'a mut Router<'r>) -> Self {
        Self { router: Some(router), ..Self::begin(out, &Path::Root) }
    }

    /// Writes the field at `index` of the table, unless it is absent.
    pub fn field<T: Value>(&mut self, schema: &'static Schema, index: usize, value: &T) -> Result<(), Fault> {
        let field = &schema.fields[index];
        let path = Path::Field(self.path, field.name());
        match value.outcome() {
            Outcome::Null if !field.required => return Ok(()),
            Outcome::Null => return Err(Fault::at(&path, MISSING)),
            Outcome::Empty if field.required => return Err(Fault::at(&path, EMPTY)),
            _ => {}
        }
        self.present |= bit(index);
        self.put(field.wire(), write_plain_key, &path, |out| {
            if field.form != Form::Embedded {
                return value.encode(field.form, out, &path);
            }
            let start = out.len();
            value.encode(Form::Plain, out, &path)?;
            embed(out, start);
            Ok(())
        })
    }

    /// Writes fields that the table does not list.
    pub fn extra_fields(&mut self, schema: &'static Schema, extra: &Extra) -> Result<(), Fault> {
        for (name, value) in extra {
            if let Some((router, doubt)) = self.router.as_mut().zip(doubt(schema, name, self.present)) {
                router.warn(doubt);
            }
            let path = Path::Field(self.path, name);
            self.put(name, write_key, &path, |out| value.encode(Form::Plain, out, &path))?;
        }
        Ok(())
    }

    /// Ends the object.
    pub fn end(self) {
        self.out.push('}');
    }

    fn put(
        &mut self,
        wire: &str,
        write_key: fn(&str, bool, &mut String),
        path: &Path<'_>,
        write: impl FnOnce(&mut String) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        if let Some(router) = self.router.as_mut().filter(|router| router.takes(wire)) {
            let mut value = String::new();
            write(&mut value)?;
            return router.take(wire, &value, path);
        }
        write_key(wire, self.first, self.out);
        self.first = false;
        write(self.out)
    }
}
