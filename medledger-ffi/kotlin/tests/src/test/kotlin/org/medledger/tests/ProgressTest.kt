package org.medledger.tests

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.medledger.*

class ProgressTest {
    private val saved = Story().ledger.toBytes()

    @Test
    fun `progress is told`() {
        val steps = mutableListOf<Pair<ULong, ULong>>()
        Ledger.open(saved, NOW, progress { done, total -> steps.add(done to total) })
        assertEquals(listOf(1UL to 2UL, 2UL to 2UL), steps)
        assertEquals(2UL, Ledger.open(saved, NOW).status().height)
    }

    @Test
    fun `false stops`() {
        fails<MedledgerException.InvalidArgument>("API-009") { Ledger.open(saved, NOW, progress { _, _ -> false }) }
    }

    @Test
    fun `what it throws stops too, and is told`() {
        val error = fails<MedledgerException.InvalidArgument>("API-009") {
            Ledger.open(saved, NOW, progress { _, _ -> throw IllegalStateException("enough") })
        }
        assertTrue("enough" in error.fields.getValue("why"))
    }
}
