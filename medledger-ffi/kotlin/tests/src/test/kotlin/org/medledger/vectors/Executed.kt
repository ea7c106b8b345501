package org.medledger.vectors

import java.io.ByteArrayInputStream
import java.io.File
import org.jacoco.agent.rt.RT
import org.jacoco.core.analysis.Analyzer
import org.jacoco.core.analysis.CoverageBuilder
import org.jacoco.core.tools.ExecFileLoader
import org.medledger.Key

/** In the constructor that wraps a handle, which every other way to one calls. */
private const val INNER = "UniffiWithHandle"

/**
 * Which operations were executed, as the virtual machine has counted it: JaCoCo's agent marks what runs in the jar's
 * classes. Names are those of the listing: `decide`, `Ledger.open`, and `Ledger.new` for the plain constructor.
 */
class Executed(listing: String) {
    private val listed = names(listing)
    private val jar = File(Key::class.java.protectionDomain.codeSource.location.toURI())

    init {
        check(jar.name.endsWith(".jar")) { "$jar is not the built package" }
        RT.getAgent().reset()
    }

    /** Those since the last time, in order; then it counts anew. */
    fun taken(): List<String> {
        val loader = ExecFileLoader().apply { load(ByteArrayInputStream(RT.getAgent().getExecutionData(true))) }
        val coverage = CoverageBuilder()
        Analyzer(loader.executionDataStore, coverage).analyzeAll(jar)
        val methods = coverage.classes.flatMap { of ->
            of.methods.filter { it.instructionCounter.coveredCount > 0 && INNER !in it.desc }
                .mapNotNull { name(of.name, it.name) }
        }
        return methods.filter(listed::contains).toSortedSet().toList()
    }

    /** A method's name in Kotlin; null for what belongs to no operation. */
    private fun name(path: String, method: String): String? {
        val of = path.removePrefix("org/medledger/").removeSuffix("\$Companion")
        // The compiler puts a hash behind the names of those that take a ULong.
        val name = method.substringBefore('-')
        return when {
            '/' in of || '$' in of -> null
            of == "MedledgerKt" -> name
            name == "<init>" -> "$of.new"
            else -> "$of.$name"
        }
    }

    private fun names(listing: String): Set<String> {
        var of = ""
        return listing.lines().mapNotNull { line ->
            if (!line.startsWith(" ")) of = line.takeIf { it.startsWith("class ") }?.removePrefix("class ") ?: ""
            val prefix = if (line.startsWith(" ")) "$of." else ""
            val member = line.trim().removePrefix("companion ")
            when {
                prefix == "." -> null
                member.startsWith("fun ") -> prefix + member.removePrefix("fun ").substringBefore('(')
                member.startsWith("constructor(") -> prefix + "new"
                else -> null
            }
        }.toSet()
    }
}
