//! The public signatures of the Kotlin, a line each: what a change of the interface shows in.

/// Parts of names that nobody outside is meant to use.
const INNER: &[&str] = &["uniffi", "Uniffi", "FfiConverter", "RustBuffer", "ForeignBytes", "NoHandle"];

/// The listing.
pub fn of(kotlin: &str) -> String {
    let (mut out, mut class) = (Vec::<String>::new(), None::<Class>);
    let mut suppressed = false;
    let mut lines = kotlin.lines().peekable();
    while let Some(line) = lines.next() {
        let text = line.trim();
        if text.starts_with("/**") || text.starts_with('*') || text.is_empty() {
            suppressed |= text.contains("@suppress");
            continue;
        }
        let hidden = std::mem::take(&mut suppressed);
        if !line.starts_with([' ', '}']) && !hidden {
            if let Some(opened) = Class::of(text) {
                out.push(opened.title.clone());
                class = Some(opened);
                continue;
            }
            if text.starts_with("fun ") && is_public(text) {
                out.push(signature(text));
            }
            if let Some(alias) = text.strip_prefix("public typealias ").filter(|alias| is_public(alias)) {
                out.push(format!("typealias {alias}"));
            }
        }
        if line.starts_with('}') {
            class = None;
        }
        let Some(class) = &class else { continue };
        if !hidden && let Some(member) = class.member(text) {
            out.push(format!("    {member}"));
        }
    }
    out.join("\n") + "\n"
}

fn is_public(text: &str) -> bool {
    !INNER.iter().any(|inner| text.contains(inner))
}

/// A signature without its body, its marks and its quotes.
fn signature(text: &str) -> String {
    let text = text.strip_prefix("override ").unwrap_or(text).replace('`', "");
    // A type is not followed by what is no type: the body is after it.
    let end = match text.find(')').map(|_| closing(&text)) {
        Some(at) => match text.get(at..) {
            Some(rest) if rest.trim_start().starts_with(':') && !rest.trim_start().starts_with(":this") => {
                rest.find(['{', '=']).map_or(text.len(), |length| at.saturating_add(length))
            }
            _ => at,
        },
        None => text.len(),
    };
    let kept = text.get(..end).unwrap_or(&text);
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Just after the parenthesis that closes the first one.
fn closing(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth = depth.saturating_add(1),
            ')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at.saturating_add(1);
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// A class that is being read.
struct Class {
    title: String,
    is_enum: bool,
}

impl Class {
    fn of(text: &str) -> Option<Self> {
        let kinds = ["data class ", "enum class ", "open class ", "sealed class ", "public interface "];
        let kind = kinds.iter().find(|kind| text.starts_with(**kind))?;
        let name = text.get(kind.len()..)?.split(|c: char| !c.is_alphanumeric()).next()?;
        // Each object has an interface that says the same.
        let doubled = *kind == "public interface " && name.ends_with("Interface");
        let title = format!("{}{name}", kind.trim_start_matches("public ").trim_start_matches("open "));
        (is_public(text) && !doubled).then(|| Self { title, is_enum: *kind == "enum class " })
    }

    fn member(&self, text: &str) -> Option<String> {
        let public = is_public(text);
        let starts = |marks: &[&str]| marks.iter().any(|mark| text.starts_with(mark));
        if starts(&["fun `", "override fun `", "val `", "class ", "constructor("]) && public {
            let text = text.trim_end_matches([',', ' ']);
            return Some(if text.starts_with("val ") {
                text.replace('`', "")
            } else {
                signature(text.trim_end_matches('(').trim())
            });
        }
        let is_word = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        let word = text.trim_end_matches([',', ';']);
        (self.is_enum && !word.is_empty() && word.chars().all(is_word)).then(|| word.to_owned())
    }
}
