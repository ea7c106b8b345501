use super::*;

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_stub_of_python_is_read() {
    let stub = "\
__all__ = [\n    \"Key\",\n]\n\n@final\nclass Key:\n    \"\"\"A key: def no(\"\"\"\n    def __new__(cls, seed: bytes) -> Key:\n    @classmethod
    def draw(cls) -> Key:\n        ...\n    def id(self) -> str:\n    def close(self) -> None:\n    def __enter__(self) -> Key: ...
def key_id(public_key: bytes) -> str:\n";
    assert_eq!(python(stub), set(&["Key.new", "Key.draw", "Key.id", "key_id"]));
}

#[test]
fn a_declaration_of_javascript_is_read() {
    let declaration = "\
export function init(source?: string): Promise<void>;\nexport class MedledgerError extends Error {
  constructor(kind: ErrorKind);\n  static cancelled(message?: string): MedledgerError;\n}
export interface Signer {\n  publicKey(): Uint8Array;\n}
export class Key {\n  private readonly handle: \"Key\";\n  private constructor();\n
  /** A key. */\n  static draw(): Key;\n  /**\n   * id(of)\n   */\n  id(): string;\n  free(): void;\n  [Symbol.dispose](): void;\n}
export class Log {\n  constructor();\n}\nexport function keyId(publicKey: Uint8Array): string;\n";
    assert_eq!(javascript(declaration), set(&["Key.draw", "Key.id", "Log.new", "keyId"]));
}

#[test]
fn a_listing_of_kotlin_is_read() {
    let listing = "\
class Key\n    fun id(): String\n    companion fun draw(): Key\n    fun close()\nclass Log\n    constructor()
data class Reach\n    val set: Boolean\n    companion fun no()\ninterface Signer\n    fun sign(message: ByteArray): ByteArray
fun keyId(publicKey: ByteArray): String\n";
    assert_eq!(kotlin(listing), set(&["Key.id", "Key.draw", "Log.new", "keyId"]));
}

fn operation(handle: Option<&str>, name: &str) -> Operation {
    Operation { handle: handle.map(String::from), name: name.into(), light: handle.is_none() }
}

fn column(language: usize, listed: &[&str], vectors: &[&str], story: &[&str]) -> Column {
    let executed = Operations { vectors: set(vectors), story: set(story) };
    Column { language: &LANGUAGES[language], listed: set(listed), executed }
}

#[test]
fn the_light_artifact_has_what_needs_no_feature() {
    let operations = [operation(Some("Log"), "new"), operation(None, "key_id"), operation(None, "import")];
    assert_eq!(light_faults(&operations, &set(&["keyId", "import_"])), Vec::<String>::new());
    assert_eq!(light_faults(&operations, &set(&["keyId", "Log.new"])).len(), 2);
}

#[test]
fn a_hole_is_a_fault_and_so_is_a_name_that_nobody_lists() {
    let operations = [operation(Some("Log"), "new"), operation(None, "key_id"), operation(None, "import")];
    let listed = ["Log.new", "key_id", "import_"];
    let rust = || column(0, &["Log.new", "key_id", "import"], &[], &[]);
    let all = [rust(), column(1, &listed, &["key_id"], &["Log.new", "import_"])];
    assert_eq!(faults(&operations, &all), Vec::<String>::new());
    let table = table(&operations, &all);
    assert!(table.contains("| `key_id` | light | vectors | vectors |\n| `Log.new` | full | story | story |"));
    assert!(table.contains("- Python: 1 by vectors, 2 by a story alone"));

    let one = |column: Column| faults(&operations, &[rust(), column]);
    assert_eq!(one(column(1, &listed, &["key_id"], &["Log.new"])), ["Python: import was never executed"]);
    let lacking = one(column(1, &["Log.new", "key_id"], &["key_id"], &["Log.new"]));
    assert_eq!(lacking, ["Python: import is not in its listing"]);
    let more = one(column(1, &[&listed[..], &["more"]].concat(), &listed, &["more"]));
    assert_eq!(more, ["Python: more is in its listing, and no operation of the interface"]);
    let unheard = one(column(1, &listed, &listed, &["unheard"]));
    assert_eq!(unheard, ["Python: unheard was executed, and is not in its listing"]);
    let camel = one(column(2, &["Log.new", "keyId", "import_"], &["keyId", "import_"], &["Log.new"]));
    assert_eq!(camel, Vec::<String>::new());
}
