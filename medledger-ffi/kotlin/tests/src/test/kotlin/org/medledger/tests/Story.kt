package org.medledger.tests

import java.time.Duration
import java.time.Instant
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.assertThrows
import org.medledger.*

val NOW: Instant = Instant.parse("2026-03-02T08:00:00Z")

/** A ledger in memory, a hospital, a patient, and a consent. */
class Story {
    val hospital = NewIdentity.draw(IdentityKind.ORGANISATION)
    val patient = NewIdentity.draw(IdentityKind.PATIENT)
    val validator = Key.draw()
    val ledger: Ledger
    val consent: String

    init {
        val founder = Founder(inception = hospital.inception(), member = true)
        ledger = Ledger(genesis("Example", NOW, listOf(validator.publicKey()), listOf(founder)))
        record(patient.incept(sender(hospital)), hospital)
        val granted = record(ledger.grant(sender(patient), terms(hospital.did()), NOW), patient)
        consent = consentId(granted)
    }

    fun sender(identity: NewIdentity): Sender =
        ledger.sender(identity.did(), identity.device().id(), NOW, 3_600_000UL)

    /** A draft that the patient signs. */
    fun draft(): Draft = revokeConsent(sender(patient), consent)

    /** Records what an identity signs; the transaction's id. */
    private fun record(draft: Draft, identity: NewIdentity): String {
        val signed = draft.sign(identity.device())
        ledger.submit(signed.bytes, NOW)
        ledger.produce(validator, NOW)
        return signed.id
    }
}

fun terms(hospital: String): Terms = Terms(
    period = Period(NOW, NOW + Duration.ofDays(30)),
    effect = Effect.PERMIT,
    criteria = Criteria(actors = listOf(Actor(identity = hospital)), purposes = listOf("TREAT")),
    directive = false,
)

/** The error that a call gives, of this class and with this code. */
inline fun <reified E : MedledgerException> fails(code: String, crossinline call: () -> Unit): E {
    val error = assertThrows<E> { call() }
    assertEquals(code, error.code)
    assertEquals("${error.code}: ${error.text}", error.message)
    assertTrue(error.text.isNotEmpty())
    return error
}
