package org.medledger.tests

import java.time.Instant
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.medledger.*

class TimesTest {
    private val hospital = NewIdentity.draw(IdentityKind.ORGANISATION).did()

    private fun period(from: Instant, until: Instant): Period {
        val terms = terms(hospital).copy(period = Period(from, until))
        return termsFromBytes(termsToBytes(terms)).period
    }

    private fun clinical(at: Instant): Instant? {
        val facts = Facts(reference = "Basic/1", resourceType = "Basic", clinical = Interval(start = at))
        val sealed = sealRecord(byteArrayOf(1), ContentForm.AS_IT_STANDS, facts)
        return sealed.openFacts(sealed.key()).clinical?.start
    }

    @Test
    fun `ledger times from 1970 to the last come back`() {
        val last = Instant.ofEpochSecond(18_446_744_073_709_551L, 615_000_000)
        for (from in listOf(Instant.EPOCH, Instant.ofEpochMilli(1), NOW)) {
            assertEquals(Period(from, last), period(from, last))
        }
        val error = fails<MedledgerException.InvalidArgument>("API-004") { period(NOW, last.plusMillis(1)) }
        assertEquals("terms.period.until", error.fields["argument"])
        fails<MedledgerException.InvalidArgument>("API-004") { period(Instant.EPOCH.minusNanos(1), last) }
        fails<MedledgerException.InvalidArgument>("API-004") { period(NOW, Instant.MAX) }
        fails<MedledgerException.InvalidArgument>("API-004") { LightClient(ByteArray(0), Instant.MIN) }
    }

    @Test
    fun `clinical times lie before 1970 as well`() {
        val some = listOf(-62_135_596_800_000L, -1_500L, -1_000L, -999L, -500L, -1L, 0L, 1L, 999L, 4_102_444_800_000L)
        for (at in some.map(Instant::ofEpochMilli)) {
            assertEquals(at, clinical(at))
        }
        fails<MedledgerException.InvalidArgument>("API-004") { clinical(Instant.MIN) }
        fails<MedledgerException.InvalidArgument>("API-004") { clinical(Instant.MAX) }
    }

    @Test
    fun `what is finer than a millisecond is cut off`() {
        assertEquals(Instant.ofEpochMilli(-1), clinical(Instant.EPOCH.minusNanos(1)))
        assertEquals(NOW, clinical(NOW.plusNanos(999_999)))
    }
}
