package org.medledger.vectors

import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest
import org.medledger.MedledgerException
import org.medledger.code

/** How many vectors of a kind were checked, and how many of these failed. */
data class Count(var executed: Int = 0, var failed: Int = 0)

/** Another answer than the vector's, or two answers that must be the same and are not. */
class Different(what: String) : AssertionError(what)

fun same(one: Any?, other: Any?) {
    if (one != other) throw Different("$one is not $other")
}

/** The code by which a call is refused; null when it is not. */
fun refusal(call: () -> Unit): String? = try {
    call()
    null
} catch (error: MedledgerException) {
    error.code
}

/** What checks a vector of each kind. */
private val OPERATIONS: Map<String, (Fields) -> Fields> = mapOf(
    "wire" to ::wire,
    "wire-full" to ::wire,
    "hash" to ::hash,
    "key" to ::key,
    "log" to ::log,
    "inclusion" to ::inclusion,
    "consistency" to ::consistency,
    "state" to ::state,
    "state-keys" to ::stateKeys,
    "signature" to ::signature,
    "signatures" to ::signatures,
    "counter" to ::counter,
    "transaction" to ::transaction,
    "terms" to ::terms,
    "decide" to ::decide,
    "decide-all" to ::decideAll,
    "genesis" to ::genesis,
    "ledger" to ::ledger,
    "header" to ::header,
    "receipt" to ::receipt,
    "subject-log" to ::subjectLog,
    "proven-state" to ::provenState,
    "proof-file" to ::proofFile,
    "fhir" to ::fhir,
    "fhir-date" to ::date,
    "fhir-bundle" to ::bundle,
    "fhir-consent" to ::consent,
    "fhir-terms" to ::consentTerms,
    "commitments" to ::commitments,
    "sealed" to ::sealed,
    "wrap" to ::wrap,
    "sheet" to ::sheet,
    "keystore" to ::keystore,
)

/** A run over a folder of vectors. */
class Run(private val folder: Path) {
    private val manifest = parsed(Files.readString(folder.resolve("manifest.json")))
    val wanted = signed(fields(manifest["artifacts"])["full"]).toInt()
    val kinds = sortedMapOf<String, Count>()
    val failures = mutableListOf<String>()
    val executed get() = kinds.values.sumOf { it.executed }
    val failed get() = failures.size

    fun all() {
        val kept = Files.walk(folder).use { paths -> paths.filter(Files::isRegularFile).toList() }
            .associateBy { folder.relativize(it).joinToString("/") }
        val listed = fields(manifest["files"])
        (kept.keys - listed.keys - setOf("manifest.json", "README.md")).forEach { failures += "$it is not listed" }
        for ((name, entry) in listed) {
            val content = kept[name]?.let(Files::readAllBytes)
            if (content == null) {
                failures += "$name is missing"
            } else {
                val sum = hex(MessageDigest.getInstance("SHA-256").digest(content))
                if (sum != fields(entry)["sha256"]) failures += "$name has another sum"
                file(name, content.decodeToString())
            }
        }
        for ((kind, counts) in fields(manifest["kinds"])) {
            val wanted = fields(counts).let { signed(it["valid"]) + signed(it["invalid"]) }
            val executed = kinds.getOrPut(kind, ::Count).executed
            if (executed.toLong() != wanted) failures += "$kind: $executed executed of $wanted"
        }
    }

    private fun file(name: String, json: String) {
        val file = parsed(json)
        val kind = text(file["kind"])
        val operation = OPERATIONS[kind]
        val shared = file["in"]?.let(::fields) ?: emptyMap()
        for (vector in items(file["vectors"]).map(::fields)) {
            val fault = if (operation == null) {
                "nothing checks $kind"
            } else {
                kinds.getOrPut(kind, ::Count).executed += 1
                fault(vector) { operation(shared + fields(vector["in"])) }
            }
            if (fault != null) {
                kinds.getOrPut(kind, ::Count).failed += 1
                failures += "$name: ${vector["name"]}: $fault"
            }
        }
    }

    /** How an answer differs from what the vector demands. */
    private fun fault(vector: Fields, answer: () -> Fields): String? {
        val (out, rule) = vector["out"] to vector["rule"]
        return try {
            val given = answer().filterValues { it != null }
            when {
                rule != null -> "$rule does not refuse it: $given"
                given == fields(out).filterValues { it != null } -> null
                else -> "it is $given, not $out"
            }
        } catch (error: MedledgerException) {
            if (error.code == rule) null else "it is refused by $error, and not by $rule"
        } catch (error: Throwable) {
            "it broke: $error"
        }
    }
}
