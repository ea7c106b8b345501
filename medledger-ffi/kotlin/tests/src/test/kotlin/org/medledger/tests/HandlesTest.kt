package org.medledger.tests

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Callable
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.Executors
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.EnabledOnOs
import org.junit.jupiter.api.condition.OS
import org.junit.jupiter.api.assertThrows
import org.medledger.*

class HandlesTest {
    @Test
    fun `what is closed is used up`() {
        val log = MerkleLog()
        log.use { it.append(ByteArray(32)) }
        val error = fails<MedledgerException.InvalidArgument>("API-005") { log.size() }
        assertEquals("this merkle log was finished or closed: make another one", error.text)
        log.close()
    }

    @Test
    fun `what is closed is refused as an argument`() {
        val story = Story()
        val key = story.patient.device()
        key.close()
        // Without the mend this read freed memory.
        repeat(100) { fails<MedledgerException.InvalidArgument>("API-005") { story.draft().sign(key) } }
    }

    @Test
    fun `a handle may be given twice`() {
        val key = Key.draw()
        val claim = SignatureClaim(key.publicKey(), byteArrayOf(1), key.sign(byteArrayOf(1)))
        assertEquals(emptyList<BadSignature>(), verifySignatures(listOf(claim, claim)))
    }

    private fun <T> together(work: (Int) -> T): List<T> {
        val start = CyclicBarrier(8)
        val pool = Executors.newFixedThreadPool(8)
        try {
            val tasks = (0 until 8).map { number -> Callable { start.await(); work(number) } }
            return pool.invokeAll(tasks).map { it.get() }
        } finally {
            pool.shutdown()
        }
    }

    @Test
    fun `eight threads at once`() {
        val story = Story()
        val key = Key.draw()
        val saved = story.ledger.toBytes()
        val terms = terms(story.hospital.did())
        val found = together {
            repeat(20) { round ->
                val message = byteArrayOf(round.toByte())
                verifySignature(key.publicKey(), message, key.sign(message))
                assertEquals(ConsentStanding.ACTIVE, story.ledger.consent(story.consent, NOW).status)
                assertEquals(terms, termsFromBytes(termsToBytes(terms)))
            }
            val own = Key.draw()
            val draft = story.draft()
            draft.approve(own)
            assertEquals(listOf(own.id()), draft.approvedBy())
            Ledger.open(saved, NOW).use { it.status() }
        }
        assertEquals(1, found.toSet().size)
    }

    @Test
    fun `one handle is changed by eight threads`() {
        val log = MerkleLog()
        together { number -> repeat(200) { log.append(ByteArray(32) { number.toByte() }) } }
        assertEquals(1600UL, log.size())
    }

    @Test
    fun `eight threads ask signers at once`() {
        val story = Story()
        val key = story.patient.device()
        val signer = object : Signer {
            override fun publicKey() = key.publicKey()
            override fun sign(message: ByteArray) = key.sign(message)
        }
        val expected = story.draft().sign(key)
        together { repeat(10) { assertArrayEquals(expected.bytes, story.draft().signWith(signer).bytes) } }
    }

    /** Kilobytes of this process in memory. */
    private fun resident(): Long {
        val line = Files.readAllLines(Path.of("/proc/self/status")).first { it.startsWith("VmRSS:") }
        return line.filter(Char::isDigit).toLong()
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    fun `a hundred thousand objects leave nothing behind`() {
        val seed = ByteArray(32)
        val bytes = termsToBytes(terms(NewIdentity.draw(IdentityKind.ORGANISATION).did()))
        fun make(count: Int) = repeat(count) { round ->
            Key.fromSeed(seed).close()
            // What crosses as a value, and what is refused, must not stay either.
            if (round % 10 == 0) {
                termsFromBytes(bytes)
                assertThrows<MedledgerException.InvalidArgument> { keyId(byteArrayOf(1)) }
            }
        }
        make(30_000)
        System.gc()
        val before = resident()
        make(100_000)
        System.gc()
        // Eight megabytes: leaking 84 bytes each time would be more. What the JVM compiles meanwhile is in it.
        assertTrue(resident() - before < 8 * 1024, "${resident() - before} KiB more")
    }

    @Test
    fun `what nobody closes is dropped when it is collected`() {
        repeat(20_000) { Key.draw() }
        System.gc()
        assertEquals(64, Key.draw().id().length)
    }
}
