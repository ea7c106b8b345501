//! The public signatures of the Kotlin, a line each: what a change of the interface shows in.

/// Parts of names that nobody outside is meant to use.
const INNER: &[&str] = &["uniffi", "Uniffi", "FfiConverter", "RustBuffer", "ForeignBytes", "NoHandle"];
/// How what is public begins.
const CLASSES: &[&str] = &["data class ", "enum class ", "open class ", "sealed class ", "public interface "];
const MEMBERS: &[&str] = &["fun `", "val `", "class ", "constructor("];

/// The listing.
pub fn of(kotlin: &str) -> String {
    let (mut out, mut place) = (Vec::<String>::new(), Place::default());
    let mut suppressed = false;
    for line in kotlin.lines().map(str::trim) {
        if line.starts_with("/**") || line.starts_with('*') || line.is_empty() {
            suppressed |= line.contains("@suppress");
            continue;
        }
        let hidden = std::mem::take(&mut suppressed) || INNER.iter().any(|inner| line.contains(inner));
        if !hidden {
            out.extend(place.listed(unmarked(line)));
        }
        place.pass(line);
    }
    out.join("\n") + "\n"
}

/// Where in the file a line is.
#[derive(Default)]
struct Place {
    depth: usize,
    class: Option<Class>,
    in_companion: bool,
    /// The members of an interface that stand under its class, which inherits their defaults.
    doubled: Vec<String>,
}

impl Place {
    /// What is listed of a line.
    fn listed(&mut self, line: &str) -> Vec<String> {
        if let Some(class) = &self.class {
            let mark = if self.in_companion { "companion " } else { "" };
            let member = class.member(line).map(|member| format!("    {mark}{member}"));
            if !class.is_doubled {
                return member.into_iter().collect();
            }
            self.doubled.extend(member);
            return Vec::new();
        }
        if self.depth > 0 {
            return Vec::new();
        }
        if let Some(class) = Class::of(line) {
            let mut listed = Vec::new();
            if !class.is_doubled {
                listed.push(class.title.clone());
                listed.append(&mut self.doubled);
            }
            self.class = Some(class);
            return listed;
        }
        match line.strip_prefix("public ") {
            Some(alias) if alias.starts_with("typealias ") => vec![alias.to_owned()],
            _ if line.starts_with("fun `") => vec![signature(line)],
            _ => Vec::new(),
        }
    }

    /// Goes past a line: its braces and parentheses.
    fn pass(&mut self, line: &str) {
        let before = self.depth;
        self.in_companion |= before == 1 && line.starts_with("companion object {");
        let code = line.split("//").next().unwrap_or_default();
        for letter in code.chars() {
            match letter {
                '(' | '{' => self.depth = self.depth.saturating_add(1),
                ')' | '}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        self.in_companion &= self.depth > 1;
        if before > 0 && self.depth == 0 {
            self.class = None;
        }
    }
}

/// A line without the annotation in front.
fn unmarked(text: &str) -> &str {
    match text.strip_prefix("@Throws(") {
        Some(rest) => rest.split_once(')').map_or("", |(_, rest)| rest.trim()),
        None => text,
    }
}

/// A signature without its body, its marks and its quotes.
fn signature(text: &str) -> String {
    let text = plain(text);
    let (head, rest) = text.split_at_checked(closing(&text)).unwrap_or((text.as_str(), ""));
    let returned =
        rest.trim().strip_prefix(':').and_then(|rest| rest.split(['{', '=']).next()).unwrap_or_default();
    match returned.trim() {
        "" => head.to_owned(),
        returned => format!("{head}: {returned}"),
    }
}

/// Without quotes and without Kotlin's own package.
fn plain(text: &str) -> String {
    text.replace('`', "").replace("kotlin.", "").trim_end_matches([',', ' ']).to_owned()
}

/// Just after the parenthesis that closes the first one.
fn closing(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth = depth.saturating_add(1),
            ')' if depth == 1 => return at.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}

/// A class that is being read.
struct Class {
    title: String,
    is_enum: bool,
    /// Each object has an interface that says the same.
    is_doubled: bool,
}

impl Class {
    fn of(text: &str) -> Option<Self> {
        let kind = CLASSES.iter().find(|kind| text.starts_with(**kind))?;
        let name = text.get(kind.len()..)?.split(|c: char| !c.is_alphanumeric()).next()?;
        let kept = kind.trim_start_matches("public ").trim_start_matches("open ");
        Some(Self {
            title: format!("{kept}{name}"),
            is_enum: *kind == "enum class ",
            is_doubled: *kind == "public interface " && name.ends_with("Interface"),
        })
    }

    fn member(&self, text: &str) -> Option<String> {
        if MEMBERS.iter().any(|mark| text.starts_with(mark)) {
            let is_function = text.contains("fun `") || text.starts_with("constructor(");
            return Some(if is_function { signature(text) } else { plain(text.trim_end_matches('(')) });
        }
        let word = text.trim_end_matches([',', ';']);
        let is_word = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        (self.is_enum && !word.is_empty() && word.chars().all(is_word)).then(|| word.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_public_is_listed_and_nothing_else() {
        let kotlin = r#"
public interface LedgerInterface {
    fun `status`(`at`: Time? = null): Status
    companion object
}
/**
 * Doc.
 */
open class Ledger: Disposable, AutoCloseable, LedgerInterface
{
    @Suppress("UNUSED_PARAMETER")
    /**
     * @suppress
     */
    constructor(withHandle: UniffiWithHandle, handle: Long) {
    }
    constructor(`genesis`: kotlin.ByteArray) :
        this(UniffiWithHandle, 1) // a ")" here
    @Throws(MedledgerException::class)override fun `status`(`at`: Time?): Status {
            return it {
}
    }
    companion object {
         fun `open`(`bytes`: kotlin.ByteArray, `progress`: Progress? = null): Ledger {
    }
    }
}
data class Reach (
    /**
     * Whether (or not) it is a set.
     */
    val `set`: kotlin.Boolean
    ,
    val `types`: List<kotlin.String>? = null
)
{
    override fun equals(other: Any?): Boolean {
    }
}
enum class Effect {
    PERMIT,
    DENY;
    companion object
}
sealed class MedledgerException: kotlin.Exception() {
    class Invalid(
        val `code`: kotlin.String,
        ) : MedledgerException() {
    }
}
/**
 * @suppress
 */
public object FfiConverterTypeLedger: FfiConverter<Ledger, Long> {
}
public typealias Time = Instant
    @Throws(MedledgerException::class) fun `append`(`leaf`: kotlin.ByteArray)
        = 
 fun `logRoot`(`leaves`: List<kotlin.ByteArray>): kotlin.String {
"#;
        let listed = "\
class Ledger
    fun status(at: Time? = null): Status
    constructor(genesis: ByteArray)
    companion fun open(bytes: ByteArray, progress: Progress? = null): Ledger
data class Reach
    val set: Boolean
    val types: List<String>? = null
enum class Effect
    PERMIT
    DENY
sealed class MedledgerException
    class Invalid
    val code: String
typealias Time = Instant
fun append(leaf: ByteArray)
fun logRoot(leaves: List<ByteArray>): String
";
        assert_eq!(of(kotlin), listed);
    }
}
