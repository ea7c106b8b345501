package org.medledger.tests

import kotlin.random.Random
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
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

    @Test
    fun `altered bytes are refused or read`() {
        val good = mapOf<(ByteArray) -> Unit, ByteArray>(
            { it: ByteArray -> Ledger.open(it, NOW).close() } to story.ledger.toBytes(),
            { it: ByteArray -> Ledger(it).close() } to story.ledger.genesis(),
            { it: ByteArray -> client.readAuthorityLog(it) } to
                story.ledger.proveLog(story.patient.did(), LogKind.AUTHORITY),
            { it: ByteArray -> termsFromBytes(it) } to termsToBytes(terms(story.hospital.did())),
            { it: ByteArray -> SealedRecord.fromBytes(it).close() } to sealed.toBytes(),
            { it: ByteArray -> client.trust(it) } to story.ledger.header(2UL),
        )
        val dice = Random(1)
        for ((read, bytes) in good) {
            var refused = 0
            repeat(200) {
                val bad = when (dice.nextInt(3)) {
                    0 -> bytes.copyOf().also { it[dice.nextInt(it.size)] = dice.nextInt().toByte() }
                    1 -> bytes.copyOf(dice.nextInt(bytes.size))
                    else -> bytes + dice.nextBytes(dice.nextInt(1, 9))
                }
                if (code { read(bad) } != null) refused += 1
            }
            assertTrue(refused > 50, "$refused")
        }
    }

    @Test
    fun `texts that no UTF-8 can hold do not break anything`() {
        texts.forEach { read -> listOf("\uD800", "\u0000", "é".repeat(100_000)).forEach { code { read(it) } } }
    }
}
