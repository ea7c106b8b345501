package org.medledger.tests

import java.io.IOException
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.medledger.*

/** A signer of an app's own. */
private open class Own(val key: Key) : Signer {
    var asked = 0

    override fun publicKey(): ByteArray = key.publicKey()

    override fun sign(message: ByteArray): ByteArray {
        asked += 1
        return key.sign(message)
    }
}

class SignerTest {
    private val story = Story()
    private val device = story.patient.device()

    private fun signing(sign: (ByteArray) -> ByteArray): Signer = object : Own(device) {
        override fun sign(message: ByteArray) = sign(message)
    }

    @Test
    fun `an app's own signer signs`() {
        val signer = Own(device)
        assertEquals(story.draft().sign(device), story.draft().signWith(signer))
        assertEquals(1, signer.asked)
    }

    @Test
    fun `what a signer does wrong has a code`() {
        val draft = story.draft()
        fails<MedledgerException.SignerFailed>("WAL-050") {
            draft.signWith(signing { throw SignerException.Cancelled() })
        }
        val failed = fails<MedledgerException.SignerFailed>("WAL-051") {
            draft.signWith(signing { throw SignerException.Failed("no card") })
        }
        assertTrue("no card" in failed.text)
        val unexpected = fails<MedledgerException.SignerFailed>("WAL-051") {
            draft.signWith(signing { throw IOException("the card is gone") })
        }
        assertTrue("the card is gone" in unexpected.text)
        fails<MedledgerException.SignerFailed>("WAL-051") { draft.signWith(signing { ByteArray(3) }) }
        fails<MedledgerException.SignerFailed>("WAL-053") { draft.signWith(signing { ByteArray(64) }) }
        fails<MedledgerException.SignerFailed>("WAL-053") { draft.signWith(signing { device.sign(byteArrayOf(7)) }) }
        fails<MedledgerException.SignerFailed>("WAL-052") { draft.signWith(Own(Key.draw())) }
        val none = object : Own(device) {
            override fun publicKey(): ByteArray = throw SignerException.Cancelled()
        }
        fails<MedledgerException.SignerFailed>("WAL-050") { draft.signWith(none) }
        assertEquals(draft.sign(device), draft.signWith(Own(device)))
    }

    @Test
    fun `whatever a signer throws is a failure and never a signature`() {
        val draft = story.draft()
        fun overflow(): ByteArray = overflow() + overflow()
        val thrown = listOf<(ByteArray) -> ByteArray>(
            { TODO("ask the card") },
            { throw OutOfMemoryError() },
            { overflow() },
            { throw SignerException.Failed("half \uD800 of it") },
            { throw IOException("half \uD800 of it") },
            { throw fails<MedledgerException>("API-003") { Key.fromSeed(it) } },
        )
        thrown.forEach { sign -> fails<MedledgerException.SignerFailed>("WAL-051") { draft.signWith(signing(sign)) } }
        assertEquals(draft.sign(device), draft.signWith(Own(device)))
    }

    @Test
    fun `a signer does not touch what called it`() {
        val draft = story.draft()
        val codes = mutableListOf<String>()
        val meddling = object : Own(Key.draw()) {
            override fun sign(message: ByteArray): ByteArray {
                fails<MedledgerException.InvalidArgument>("API-006") { draft.approve(key) }.let { codes += it.code }
                return super.sign(message)
            }
        }
        draft.approveWith(meddling)
        assertEquals(listOf("API-006"), codes)
        assertEquals(listOf(meddling.key.id()), draft.approvedBy())
    }

    @Test
    fun `signing in two phases`() {
        val draft = story.draft()
        val signed = draft.finish(device.publicKey(), device.sign(draft.toSign()))
        assertEquals(draft.sign(device), signed)
    }
}
