//! A file of types: classes for objects, and open enumerations for codes.

use super::built::{Built, Member};
use super::kdoc;
use super::names::{constant, serializer, r#type};
use crate::model::{CodeSet, Model, Object, paragraphs};
use xportcn_core::catalogue::PUSHES;
use xportcn_core::schema::Field;

/// The types of one group.
pub(super) fn file(model: &Model, group: &str) -> String {
    let mut out = String::from(
        "@file:UseSerializers(AmountSerializer::class, TimeSerializer::class)\n\npackage io.github.xportcn.models\n\n\
         import io.github.xportcn.AmountSerializer\nimport io.github.xportcn.CodeSerializer\n\
         import io.github.xportcn.TimeSerializer\nimport io.github.xportcn.shown\nimport java.math.BigDecimal\nimport java.time.OffsetDateTime\n\
         import kotlinx.serialization.Serializable\nimport kotlinx.serialization.UseSerializers\n\
         import kotlinx.serialization.json.JsonElement\n",
    );
    for codes in model.codes.iter().filter(|codes| codes.group() == group) {
        out += &code_set(codes);
    }
    for object in model.objects.iter().filter(|object| !object.is_request() && object.group() == group) {
        out += &class(model, object);
    }
    out
}

/// What reads the content of each pushed message.
pub(super) fn messages(model: &Model) -> String {
    let mut out = String::from(
        "package io.github.xportcn.models\n\nimport kotlinx.serialization.KSerializer\n\
         import kotlinx.serialization.json.JsonElement\n\n\
         /** What reads the content of a pushed message of a row. */\n\
         internal fun messageSerializer(row: String): KSerializer<out Any>? = when (row) {\n",
    );
    for push in PUSHES {
        out += &format!("    \"{}\" -> {}\n", push.id, serializer(model, &push.body, false));
    }
    out + "    else -> null\n}\n"
}

fn class(model: &Model, object: &Object) -> String {
    let mut about = paragraphs(object.schema.doc);
    if about.is_empty() {
        about = "An object.".to_string();
    }
    if !object.is_published() {
        about += "\n\nIts fields are not published; they are named after their neighbours.";
    }
    let is_sent = object.is_sent() && !object.is_received();
    let member = |field: &Field| Member {
        name: field.name().to_string(),
        r#type: r#type(model, &field.kind, is_sent),
        doc: paragraphs(field.doc),
    };
    let class = Built {
        name: object.name.clone(),
        head: format!("\n{}@Serializable\n", kdoc(&about, 0)),
        required: Vec::new(),
        members: object.schema.fields.iter().map(member).collect(),
        body: "    override fun toString(): String = shown(serializer().descriptor, members())\n\n".to_string(),
        compares: true,
        is_edited: false,
    };
    class.file_part()
}

fn code_set(set: &CodeSet) -> String {
    let (name, codes) = (&set.name, set.codes);
    let about = paragraphs(codes.doc) + "\n\nThe published values are named; others occur.";
    let mut out = format!("\n{}@Serializable(with = {name}.Serializer::class)\n", kdoc(&about, 0));
    out += &format!("public class {name}(\n    /** The value as the platform writes it. */\n");
    out += "    public val value: String,\n) {\n";
    if codes.numeric {
        out += "    /** The code of a number. */\n    public constructor(number: Long) : this(number.toString())\n\n";
    }
    out += &format!("    override fun equals(other: Any?): Boolean = other is {name} && value == other.value\n\n");
    out += "    override fun hashCode(): Int = value.hashCode()\n\n    override fun toString(): String = value\n\n    \
            public companion object {\n";
    for value in codes.values {
        out += &kdoc(&paragraphs(value.doc), 8);
        out += &format!(
            "        @JvmField\n        public val {}: {name} = {name}({:?})\n\n",
            constant(value.name),
            value.wire
        );
    }
    out.truncate(out.trim_end().len());
    let numeric = codes.numeric;
    out + &format!(
        "\n    }}\n\n    internal object Serializer :\n        \
         CodeSerializer<{name}>(numeric = {numeric}, {{ it.value }}, {{ {name}(it) }})\n}}\n"
    )
}
