package org.medledger.tests

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Test
import org.medledger.*

class ValuesTest {
    @Test
    fun `values with bytes are equal by what is in them`() {
        val one = SignatureClaim(byteArrayOf(1, 2), byteArrayOf(3), byteArrayOf(4))
        val same = SignatureClaim(byteArrayOf(1, 2), byteArrayOf(3), byteArrayOf(4))
        val other = SignatureClaim(byteArrayOf(1, 2), byteArrayOf(3), byteArrayOf(5))
        assertEquals(one, same)
        assertEquals(one.hashCode(), same.hashCode())
        assertNotEquals(one, other)
        assertEquals(1, setOf(one, same).size)
        assertEquals(other, one.copy(signature = byteArrayOf(5)))
    }

    @Test
    fun `values within values, and optional bytes, are compared too`() {
        val keys = { agreement: ByteArray? -> DevicePublicKeys(ByteArray(32), agreement) }
        assertEquals(keys(null), DevicePublicKeys(ByteArray(32)))
        assertEquals(keys(ByteArray(32)), keys(ByteArray(32)))
        assertNotEquals(keys(ByteArray(32)), keys(null))
        assertEquals(listOf(keys(ByteArray(1))), listOf(keys(ByteArray(1))))
    }

    @Test
    fun `values cross over and come back`() {
        val terms = terms(NewIdentity.draw(IdentityKind.ORGANISATION).did())
        assertEquals(terms, termsFromBytes(termsToBytes(terms)))
        assertEquals(emptyList<Rule>(), terms.rules)
        assertEquals(null, terms.uses)
    }

    @Test
    fun `numbers keep all their bits`() {
        val terms = terms(NewIdentity.draw(IdentityKind.ORGANISATION).did()).copy(uses = ULong.MAX_VALUE)
        assertEquals(ULong.MAX_VALUE, termsFromBytes(termsToBytes(terms)).uses)
        fails<MedledgerException>("MRK-004") { MerkleLog().rootAt(ULong.MAX_VALUE) }
    }

    @Test
    fun `bytes keep their values`() {
        val every = ByteArray(256) { it.toByte() }
        val facts = Facts(reference = "Basic/1", resourceType = "Basic")
        val sealed = sealRecord(every, ContentForm.AS_IT_STANDS, facts)
        assertArrayEquals(every, sealed.open(sealed.key(), sealed.commitments()).original())
    }
}
