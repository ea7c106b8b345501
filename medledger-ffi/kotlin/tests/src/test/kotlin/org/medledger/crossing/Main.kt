package org.medledger.crossing

import com.google.gson.Gson
import java.nio.file.Files
import java.nio.file.Path
import org.medledger.*
import org.medledger.vectors.*

/** How long the library's own compiler in the virtual machine is given, and how often is measured then. */
private const val WARM_UP = 1_000_000_000L
private const val ROUNDS = 15
private const val ROUND = 100_000_000L

/** Nanoseconds a call: the median of some rounds, after warming up. */
private fun nanoseconds(call: () -> Unit): Double {
    fun calls(span: Long): Double {
        val start = System.nanoTime()
        var count = 0L
        do {
            call()
            count += 1
        } while (System.nanoTime() - start < span)
        return (System.nanoTime() - start) / count.toDouble()
    }
    calls(WARM_UP)
    return List(ROUNDS) { calls(ROUND) }.sorted()[ROUNDS / 2]
}

/** The first valid vector of a kind. */
private fun vector(folder: Path, kind: String): Fields {
    val file = parsed(Files.readString(folder.resolve("valid/$kind.json")))
    val shared = file["in"]?.let(::fields) ?: emptyMap()
    return shared + fields(fields(items(file["vectors"]).first())["in"])
}

/** What a call costs: `FOLDER`, the vectors. Says nanoseconds as one object. */
fun main(arguments: Array<String>) {
    val folder = Path.of(arguments.single())
    val decide = vector(folder, "decide")
    val terms = termsFromBytes(bytes(decide["terms"]))
    val (request, at) = request(decide["request"]) to time(decide["at"])
    val receipt = vector(folder, "receipt")
    val proof = bytes(receipt["receipt"])
    val claims = Key.draw().use { key ->
        List(1_000) { number ->
            val message = ByteArray(300) { (it + number).toByte() }
            SignatureClaim(key.publicKey(), message, key.sign(message))
        }
    }
    LightClient(bytes(receipt["genesis"]), time(receipt["now"])).use { client ->
        val costs = linkedMapOf(
            "decide" to nanoseconds { decide(terms, request, at) },
            "receipt" to nanoseconds { client.readReceipt(proof) },
            "signatures" to nanoseconds { check(verifySignatures(claims).isEmpty()) },
        )
        println(Gson().toJson(costs))
    }
}
