package org.medledger.vectors

import com.google.gson.GsonBuilder
import java.nio.file.Files
import java.nio.file.Path
import kotlin.system.exitProcess

/**
 * Checks every vector through the library's public functions, then goes through the rest of them as its user would:
 * `FOLDER LISTING OUTPUT`, the vectors, the public signatures, and where the report goes. Exits with 0 when all passed.
 */
fun main(arguments: Array<String>) {
    val (folder, listing, output) = arguments.map(Path::of)
    val executed = Executed(Files.readString(listing))
    val start = System.nanoTime()
    val report = Run(folder).also { it.all() }
    val seconds = (System.nanoTime() - start) / 1e9
    val operations = mutableMapOf("vectors" to executed.taken())
    runCatching { Journey.all() }.onFailure {
        it.printStackTrace()
        report.failures += "the story: $it"
    }
    operations["story"] = executed.taken()
    val written = linkedMapOf(
        "runner" to "kotlin",
        "executed" to report.executed,
        "manifest" to report.wanted,
        "failed" to report.failed,
        "seconds" to seconds,
        "kinds" to report.kinds,
        "operations" to operations,
        "failures" to report.failures.take(20),
    )
    output.parent?.let(Files::createDirectories)
    Files.writeString(output, GsonBuilder().disableHtmlEscaping().create().toJson(written))
    report.failures.take(20).forEach(System.err::println)
    exitProcess(if (report.failed == 0 && report.executed == report.wanted && report.executed > 0) 0 else 1)
}
