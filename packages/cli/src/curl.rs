//! A request as a command line for a POSIX shell.

use xportcn::Request;

/// The curl command that sends the request as it is.
pub fn command(request: &Request) -> String {
    let mut words = vec![format!("curl --request {} {}", request.method, quote(&request.url))];
    words
        .extend(request.headers.iter().map(|(name, value)| format!("--header {}", quote(&format!("{name}: {value}")))));
    if let Some(body) = &request.body {
        words.push(format!("--data-raw {}", quote(&String::from_utf8_lossy(body))));
    }
    words.join(" \\\n  ")
}

/// One word of a shell's command line: between single quotes nothing has a meaning but the single quote.
fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_takes_quoted_text_as_it_is() {
        for text in ["", "plain", "it's", "$(reboot) `reboot` \\ \" ! *", "a\nb", "中文 🧧", "'''"] {
            let script = format!("printf %s {}", quote(text));
            let output = std::process::Command::new("sh").arg("-c").arg(script).output().expect("sh runs");
            assert_eq!(String::from_utf8_lossy(&output.stdout), text);
        }
    }
}
