//! Classes whose fields are given by name, so that a further field breaks no program that was compiled before.

use super::kdoc;
use super::names::safe;

/// A class with a builder, for Kotlin as a block and for Java as a chain of calls.
pub(super) struct Built {
    pub name: String,
    /// What stands before the class: its documentation and its annotations.
    pub head: String,
    /// What there is none without: the arguments of the builder.
    pub required: Vec<Member>,
    pub members: Vec<Member>,
    /// What the class has besides, `toString` among it.
    pub body: String,
    /// Whether two with equal fields are equal.
    pub compares: bool,
    /// Whether one is made of another: settings are, and what is sent and received is made anew.
    pub is_edited: bool,
}

/// A field: its type without the mark for null, and its documentation.
pub(super) struct Member {
    pub name: String,
    pub r#type: String,
    pub doc: String,
}

impl Built {
    pub(super) fn file_part(&self) -> String {
        let mut out = format!("{}public class {} private constructor(\n", self.head, self.name);
        for member in &self.required {
            out += &format!("{}    public val {},\n", member.documented(4), member.typed(""));
        }
        for member in &self.members {
            out += &format!("{}    public val {},\n", member.documented(4), member.typed("? = null"));
        }
        out += ") {\n";
        if self.compares {
            out += &self.comparison();
        }
        out += &self.body;
        if self.is_edited {
            out += &self.edit();
        }
        out + &self.builder() + "}\n" + &self.factory()
    }

    fn comparison(&self) -> String {
        let name = &self.name;
        format!(
            "    private fun members(): Array<Any?> = arrayOf({})\n\n    override fun equals(other: Any?): Boolean = \
             other is {name} && members().contentEquals(other.members())\n\n    \
             override fun hashCode(): Int = members().contentHashCode()\n\n",
            self.names()
        )
    }

    /// The names of all fields, as arguments.
    fn names(&self) -> String {
        self.required.iter().chain(&self.members).map(Member::safe).collect::<Vec<_>>().join(", ")
    }

    fn required(&self, write: impl Fn(&Member) -> String) -> String {
        self.required.iter().map(write).collect::<Vec<_>>().join(", ")
    }

    fn edit(&self) -> String {
        let copies = self.members.iter().map(|member| format!("        it.{0} = {0}\n", member.safe()));
        format!(
            "    /** A builder that has the fields of this one. */\n    \
             public fun toBuilder(): Builder = Builder({}).also {{\n{}    }}\n\n",
            self.required(Member::safe),
            copies.collect::<String>()
        )
    }

    fn builder(&self) -> String {
        let name = &self.name;
        let required = self.required(|member| format!("private val {}", member.typed("")));
        let mut out = format!("    /** Takes the fields of a [{name}] by their names. */\n");
        out += &format!("    public class Builder({required}) {{\n");
        for member in &self.members {
            out +=
                &format!("        @JvmField @field:JvmSynthetic\n        public var {}\n\n", member.typed("? = null"));
        }
        for member in &self.members {
            out += &format!(
                "        /** Sets [{name}.{0}]. */\n        public fun {0}(value: {1}?): Builder = apply {{ this.{0} = value }}\n\n",
                member.safe(),
                member.r#type
            );
        }
        out + &format!(
            "        /** The {name} of these fields. */\n        public fun build(): {name} = {name}({})\n    }}\n\n",
            self.names()
        )
    }

    /// A function of the same name, as Kotlin writes it: a companion's would cost every class that is loaded.
    fn factory(&self) -> String {
        let name = &self.name;
        let typed = self.required(|member| member.typed(""));
        let (given, comma) = (self.required(Member::safe), if self.required.is_empty() { "" } else { ", " });
        let usual = if self.is_edited { " = {}" } else { "" };
        format!(
            "\n/** A [{name}] of the fields that the block sets. */\n@JvmSynthetic\npublic fun {name}({typed}{comma}fields: \
             {name}.Builder.() -> Unit{usual}): {name} =\n    {name}.Builder({given}).apply(fields).build()\n"
        )
    }
}

impl Member {
    fn safe(&self) -> String {
        safe(&self.name)
    }

    fn typed(&self, end: &str) -> String {
        format!("{}: {}{end}", self.safe(), self.r#type)
    }

    fn documented(&self, indent: usize) -> String {
        if self.doc.is_empty() { String::new() } else { kdoc(&self.doc, indent) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(members: &[&str]) -> String {
        let member = |name: &&str| Member { name: name.to_string(), r#type: "String".into(), doc: String::new() };
        Built {
            name: "Line".into(),
            head: String::new(),
            required: Vec::new(),
            members: members.iter().map(member).collect(),
            body: String::new(),
            compares: true,
            is_edited: true,
        }
        .file_part()
    }

    #[test]
    fn a_further_field_changes_no_signature_that_programs_call() {
        let called = |text: &str| -> Vec<String> {
            let lines = text.lines().map(str::trim);
            let public = lines.filter(|line| line.starts_with("public fun"));
            public.map(|line| line.split(" = ").next().unwrap_or_default().to_string()).collect()
        };
        let (before, after) = (called(&class(&["itemId"])), called(&class(&["itemId", "skuId"])));
        assert_eq!(before.len(), 4, "edit, one field, build, and the function of the name: {before:?}");
        assert_eq!(before.iter().filter(|signature| !after.contains(signature)).count(), 0, "{after:?}");
        assert_eq!(after.len(), before.len() + 1);
        assert!(!class(&["itemId"]).contains("data class"));
    }
}
