//! What UniFFI's Kotlin gets wrong, mended. A mend that finds nothing to mend fails: then UniFFI has changed, and this too
//! must be read anew.

/// One mend: what is wrong, what stands there, and what shall.
struct Mend {
    why: &'static str,
    from: &'static str,
    to: &'static str,
}

const MENDS: &[Mend] = &[
    Mend {
        why: "an object that was closed is given as an argument: its memory was read after it was freed",
        from: "        return value.uniffiCloneHandle()\n",
        to: "        return value.callWithHandle { it }\n",
    },
    Mend {
        why: "an object that was closed is used: API-005, as in the other languages",
        from: "throw IllegalStateException(\"${this.javaClass.simpleName} object has already been destroyed\")",
        to: "throw closed(this.javaClass.simpleName)",
    },
    Mend {
        why: "a text with half a character is refused with a code",
        from: "            encode(CharBuffer.wrap(value))\n",
        to: "            try { encode(CharBuffer.wrap(value)) } catch (_: java.nio.charset.CharacterCodingException) { throw halved() }\n",
    },
    Mend {
        why: "what a signer throws that is no Exception (`TODO()`, a stack that overflows) was taken for a signature",
        from: "    } catch(e: kotlin.Exception) {\n",
        to: "    } catch(e: Throwable) {\n",
    },
    Mend {
        why: "an error that can't cross over was taken for a signature",
        from: "        if (e is E) {
            callStatus.code = UNIFFI_CALL_ERROR
            callStatus.error_buf = lowerError(e)
        } else {\n",
        to: "        val lowered = if (e is E) runCatching { lowerError(e) }.getOrNull() else null
        if (lowered != null) {
            callStatus.code = UNIFFI_CALL_ERROR
            callStatus.error_buf = lowered
        } else {\n",
    },
    Mend {
        why: "so was one whose text has half a character",
        from: "error_buf = FfiConverterString.lower(err)",
        to: "error_buf = FfiConverterString.lower(whole(err))",
    },
    Mend {
        why: "an error's message is its code and its text",
        from: "            get() = \"code=${ `code` }, text=${ `text` }, fields=${ `fields` }\"",
        to: "            get() = \"${ `code` }: ${ `text` }\"",
    },
];

/// The Kotlin, mended.
///
/// # Errors
/// The mend that found nothing.
pub fn kotlin(text: &str) -> Result<String, String> {
    let mut text = text.to_owned();
    for mend in MENDS {
        if !text.contains(mend.from) {
            return Err(format!("UniFFI's Kotlin has changed: there is nothing to mend where {}", mend.why));
        }
        text = text.replace(mend.from, mend.to);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mend_is_made_or_missed() {
        let wrong: String = MENDS.iter().map(|mend| mend.from).collect();
        let mended = kotlin(&wrong).unwrap();
        assert_eq!(mended, MENDS.iter().map(|mend| mend.to).collect::<String>());
        assert!(kotlin(&mended).unwrap_err().contains("nothing to mend"));
    }
}
