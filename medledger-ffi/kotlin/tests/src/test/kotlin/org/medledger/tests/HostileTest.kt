package org.medledger.tests

import java.lang.reflect.InvocationTargetException
import kotlin.random.Random
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.medledger.*

/** Whatever bytes and texts are given: an answer, or an exception with a code. Anything else that is thrown fails the test. */
class HostileTest {
    private val story = Story()
    private val client = LightClient(story.ledger.genesis(), NOW)
    private val chain = client.chain()
    private val facts = Facts(reference = "Basic/1", resourceType = "Basic")
    private val sealed = sealRecord(byteArrayOf(1, 2, 3), ContentForm.AS_IT_STANDS, facts)

    private val readers: List<(ByteArray) -> Unit> = listOf(
        { Ledger.open(it, NOW) },
        { Ledger(it) },
        { LightClient(it, NOW) },
        { readTransaction(it, chain) },
        { client.readAuthorityLog(it) },
        { client.readAccessLog(it) },
        { client.readTimeline(it) },
        { client.readReceipt(it) },
        { client.readRecord(it) },
        { client.readState(it) },
        { client.readExport(it) },
        { client.trust(it) },
        { client.checkFile(it) },
        { termsFromBytes(it) },
        { readKeystore(it) },
        { Keystore.open(it, "") },
        { SealedRecord.fromBytes(it) },
        { SealedRecord.fromContainer(it) },
        { readSealedHeader(it) },
        { OpenedRecord.fromOpening(it) },
        { RecordKey.fromSecret(it) },
        { Draft.fromBytes(it) },
        { readGenesis(it) },
        { readRelease(it) },
        { readWrap(it) },
        { canonicalFhir(it) },
        { readBundle(it) },
        { bundleTexts(it) },
        { inceptionDid(it) },
        { keyId(it) },
        { didKey(it) },
        { Key.fromSeed(it) },
        { verifySignature(it, it, it) },
        { logRoot(listOf(it)) },
        { checkProof(it, it, NOW) },
        { bytes -> wireTypes().forEach { kind -> code { inspect(kind, bytes) } } },
        { bytes -> bytes.decodeToString().let { text -> texts.forEach { read -> code { read(text) } } } },
    )

    private val texts: List<(String) -> Unit> = listOf(
        { consentId(it) },
        { credentialId(it) },
        { recordId(it, ULong.MAX_VALUE) },
        { inspect(it, byteArrayOf()) },
        { taggedHash(it, byteArrayOf()) },
        { fhirInterval(it, it) },
        { Sheet.fromWords(it) },
        { NextSheet.fromWords(it, it) },
        { story.ledger.identity(it) },
        { story.ledger.transaction(it) },
        { termsToBytes(terms(it)) },
        { Keystore(it, listOf(it)) },
        { sealed.check(it, sealed.commitments()) },
    )

    /** The code that a call gives; null when it succeeded. */
    private fun code(call: () -> Unit): String? =
        try {
            call()
            null
        } catch (error: MedledgerException) {
            assertTrue(Regex("[A-Z]{3}-[0-9]{3}").matches(error.code), error.toString())
            error.code
        }

    @Test
    fun `any bytes get an answer or a code`() {
        val dice = Random(7)
        val codes = mutableSetOf<String?>()
        for (round in 0 until 40) {
            val bytes = dice.nextBytes(listOf(0, 1, 31, 32, 33, 64, 300, 5_000)[round % 8])
            readers.forEach { read -> codes += code { read(bytes) } }
        }
        assertTrue(codes.size > 10, codes.toString())
    }

    /** Two hundred alterations of good bytes; how many are refused. */
    private fun refused(bytes: ByteArray, dice: Random, read: (ByteArray) -> Unit): Int = (0 until 200).count {
        val bad = when (dice.nextInt(3)) {
            0 -> bytes.copyOf().also { it[dice.nextInt(it.size)] = dice.nextInt().toByte() }
            1 -> bytes.copyOf(dice.nextInt(bytes.size))
            else -> bytes + dice.nextBytes(dice.nextInt(1, 9))
        }
        code { read(bad) } != null
    }

    @Test
    fun `altered bytes are refused or read`() {
        val (ledger, dice) = story.ledger to Random(1)
        val log = ledger.proveLog(story.patient.did(), LogKind.AUTHORITY)
        val counts = listOf(
            refused(ledger.toBytes(), dice) { Ledger.open(it, NOW).close() },
            refused(ledger.genesis(), dice) { Ledger(it).close() },
            refused(log, dice) { client.readAuthorityLog(it) },
            refused(termsToBytes(terms(story.hospital.did())), dice) { termsFromBytes(it) },
            refused(sealed.toBytes(), dice) { SealedRecord.fromBytes(it).close() },
            refused(ledger.header(2UL), dice) { client.trust(it) },
        )
        assertTrue(counts.all { it > 50 }, counts.toString())
    }

    @Test
    fun `texts that no UTF-8 can hold do not break anything`() {
        texts.forEach { read -> fails<MedledgerException.InvalidArgument>("API-001") { read("half \uD800 of it") } }
        texts.forEach { read -> listOf("\uDC00\uD800", "\u0000", "é".repeat(100_000)).forEach { code { read(it) } } }
    }

    @Test
    fun `what is too long has its code`() {
        val long = ByteArray(20_000_000)
        fails<MedledgerException.InvalidArgument>("API-003") { keyId(long) }
        fails<MedledgerException>("COD-001") { termsFromBytes(long) }
        texts.forEach { read -> code { read("x".repeat(5_000_000)) } }
        val claims = List(50_000) { SignatureClaim(byteArrayOf(), byteArrayOf(), byteArrayOf()) }
        assertEquals(50_000, verifySignatures(claims).size)
    }

    @Test
    fun `null from Java is refused before it crosses over`() {
        val library = Class.forName("org.medledger.MedledgerKt")
        val error = assertThrows<InvocationTargetException> {
            library.getMethod("keyId", ByteArray::class.java).invoke(null, null)
        }
        assertInstanceOf(NullPointerException::class.java, error.cause)
    }
}
