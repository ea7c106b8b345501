package org.medledger.vectors

import com.google.gson.JsonElement
import com.google.gson.JsonParser
import java.time.Instant

/** An object of the vectors: null, truth values, [Long]s, texts, lists and objects by name. */
typealias Fields = Map<String, Any?>

/** The object that a text is. */
fun parsed(json: String): Fields = fields(plain(JsonParser.parseString(json)))

private fun plain(json: JsonElement): Any? = when {
    json.isJsonNull -> null
    json.isJsonArray -> json.asJsonArray.map(::plain)
    json.isJsonObject -> json.asJsonObject.entrySet().associate { (name, value) -> name to plain(value) }
    json.asJsonPrimitive.isBoolean -> json.asBoolean
    // Vectors have whole numbers only: another one fails here.
    json.asJsonPrimitive.isNumber -> json.asString.toLong()
    else -> json.asString
}

@Suppress("UNCHECKED_CAST")
fun fields(value: Any?): Fields = value as Fields

fun items(value: Any?): List<Any?> = if (value == null) emptyList() else value as List<*>

fun text(value: Any?): String = value as String

fun texts(value: Any?): List<String> = items(value).map(::text)

/** A number, or the text of one. */
fun number(value: Any?): ULong = value.toString().toULong()

/** The same with a sign. */
fun signed(value: Any?): Long = value.toString().toLong()

/** A ledger's time: milliseconds of 64 bits without a sign. */
fun time(value: Any?): Instant = number(value).let { milliseconds ->
    Instant.ofEpochSecond((milliseconds / 1_000UL).toLong(), (milliseconds % 1_000UL).toLong() * 1_000_000)
}

fun moment(value: Any?): Instant = Instant.ofEpochMilli(signed(value))

/** Bytes: hex, or parts of it with how often each is repeated. */
fun bytes(value: Any?): ByteArray {
    if (value is String) return unhex(value)
    val parts = items(value).map { part ->
        val (once, times) = items(part)
        val bytes = bytes(once)
        ByteArray(bytes.size * number(times).toInt()) { bytes[it % bytes.size] }
    }
    val joined = ByteArray(parts.sumOf { it.size })
    parts.fold(0) { at, part -> part.copyInto(joined, at).let { at + part.size } }
    return joined
}

private fun unhex(text: String): ByteArray {
    check(text.length % 2 == 0) { "hex" }
    return ByteArray(text.length / 2) { text.substring(2 * it, 2 * it + 2).toUByte(16).toByte() }
}

fun hex(bytes: ByteArray): String = bytes.joinToString("") { "%02x".format(it) }

/** The greatest integer up to which a JavaScript number holds every one. */
private const val EXACT = 1L shl 53

/** A number as vectors have it. */
fun shown(number: ULong): Any = if (number <= EXACT.toULong()) number.toLong() else number.toString()

fun shown(number: Long): Any = if (number in -EXACT..EXACT) number else number.toString()

/** A ledger's time as vectors have it. */
fun shown(time: Instant): Any = shown(time.epochSecond.toULong() * 1_000UL + (time.nano / 1_000_000).toULong())

/** A clinical time, likewise. */
fun moment(time: Instant?): Any? = time?.let { shown(it.toEpochMilli()) }

/** An enum's word. */
fun word(of: Enum<*>): String = of.name.lowercase().replace('_', '-')
