package org.medledger.vectors

import java.time.Duration
import java.time.Instant
import org.medledger.*

/** A ledger in memory with a hospital, a patient, and a consent: what the parts of the journey begin with. */
class World {
    val now: Instant = Instant.parse("2026-03-02T08:00:00Z")
    val hospital = NewIdentity.draw(IdentityKind.ORGANISATION)
    val patient = NewIdentity.draw(IdentityKind.PATIENT)
    val validator = Key.draw()
    val ledger = Ledger(
        genesis("Example", now, listOf(validator.publicKey()), listOf(Founder(hospital.inception(), member = true))),
    )
    val chain = ledger.status().chain
    val terms = terms(hospital)
    val incepted = record(patient.incept(sender(hospital)), hospital)
    val granted = record(ledger.grant(sender(patient), terms, now), patient)
    val consent = consentId(granted)

    fun terms(to: NewIdentity) = Terms(
        period = Period(now, now + Duration.ofDays(30)),
        effect = Effect.PERMIT,
        criteria = Criteria(actors = listOf(Actor(identity = to.did())), purposes = listOf("TREAT")),
        directive = false,
    )

    fun sender(of: NewIdentity, key: Key = of.device()): Sender = ledger.sender(of.did(), key.id(), now, 3_600_000UL)

    /** Records what somebody signs; the transaction's id. */
    fun record(draft: Draft, by: NewIdentity, key: Key = by.device()): String = submit(draft.sign(key))

    fun submit(signed: SignedTransaction): String {
        ledger.submit(signed.bytes, now)
        val (result) = ledger.produce(validator, now).results
        same(signed.id to null, result.transaction to result.rule)
        return signed.id
    }

    fun client() = LightClient(ledger.genesis(), now)
}

/** What a user does besides: each part is as in the examples of the other languages. */
object Journey {
    private val PARTS = listOf(
        ::keys, ::drafts, ::blocks, ::identities, ::devices, ::credentials, ::rotations, ::consents, ::proofs, ::exports,
        ::sealing, ::pieces, ::batches, ::amendments, ::access, ::sheets, ::keystores, ::restoring, ::wallets,
    )

    fun all() = PARTS.forEach { part -> part(World()) }
}

/** An app's own signer. */
class Own(private val key: Key) : Signer {
    override fun publicKey(): ByteArray = key.publicKey()

    override fun sign(message: ByteArray): ByteArray = key.sign(message)
}

private fun keys(world: World) {
    val key = Key.draw()
    val again = Key.fromSeed(key.seed())
    verifySignature(again.publicKey(), byteArrayOf(1), key.sign(byteArrayOf(1)))
    same(again.id(), keyId(key.publicKey()))
    val agreement = AgreementKey.draw()
    same(hex(agreement.publicKey()), hex(AgreementKey.fromSecret(agreement.secret()).publicKey()))
    same(true, "Receipt" in wireTypes())
    same(32, taggedHash(hashTags().first().tag, byteArrayOf(1)).size)
    same(true, rules().any { it.id == "API-009" })
    same(world.chain, world.client().chain())
}

private fun drafts(world: World) {
    val draft = NewIdentity.draw(IdentityKind.PATIENT).incept(world.sender(world.hospital))
    same("inception" to 2, draft.operation() to draft.approvedBy().size)
    same(draft.sender(), Draft.fromBytes(draft.toBytes()).sender())
    val key = world.hospital.device()
    val signed = draft.finish(key.publicKey(), key.sign(draft.toSign()))
    same(signed, draft.sign(key))
    same(signed, draft.signWith(Own(key)))
    val device = addDevice(world.sender(world.patient), DevicePublicKeys(key.publicKey()))
    device.addApproval(key.publicKey(), key.sign(device.approvalToSign(key.publicKey())))
    same("OPR-017", refusal { device.approve(key) })
    device.approveWith(Own(world.validator))
}

private fun blocks(world: World) {
    val (ledger, now) = world.ledger to world.now
    val founded = Ledger(ledger.genesis())
    same(0UL, founded.status().height)
    same(ledger.blockSummary(1UL), founded.accept(ledger.block(1UL), now))
    val told = mutableListOf<ULong>()
    val opened = Ledger.open(ledger.toBytes(), now, progress { done, _ -> told.add(done) })
    same(ledger.status() to listOf(1UL, 2UL), opened.status() to told)
    val key = world.validator
    val proposal = ledger.propose(key.publicKey(), now)
    same(3UL, ledger.certify(proposal, key.publicKey(), key.sign(proposal.toSign())).height)
    same("consent", readTransaction(ledger.transaction(world.granted), world.chain).operation)
}

private fun identities(world: World) {
    val doctor = NewIdentity.draw(IdentityKind.PRACTITIONER)
    same(doctor.did(), inceptionDid(doctor.inception()))
    same("inception", incept(world.sender(world.hospital), doctor.inception()).operation())
    world.record(doctor.incept(world.sender(world.hospital)), world.hospital)
    val keys = world.ledger.identity(doctor.did())?.keys?.map { it.id }?.toSet()
    same(setOf(doctor.controller().id(), doctor.device().id()), keys)
    same(32, doctor.agreement().publicKey().size)
    world.record(deactivate(world.sender(doctor, doctor.controller())), doctor, doctor.controller())
    same(IdentityStatus.DEACTIVATED, world.ledger.identity(doctor.did())?.status)
}

private fun devices(world: World) {
    val (patient, phone) = world.patient to Key.draw()
    val draft = addDevice(world.sender(patient, patient.controller()), DevicePublicKeys(phone.publicKey()))
    draft.approve(phone)
    world.record(draft, patient, patient.controller())
    val controller = world.sender(patient, patient.controller())
    world.record(revokeDevice(controller, phone.id()), patient, patient.controller())
}

private fun credentials(world: World) {
    val doctor = NewIdentity.draw(IdentityKind.PRACTITIONER)
    world.record(doctor.incept(world.sender(world.hospital)), world.hospital)
    val role = Coding("http://snomed.info/sct", "309343006")
    val period = Period(world.now, world.now + Duration.ofDays(365))
    val issue = issueCredential(world.sender(world.hospital), doctor.did(), role, period)
    val credential = credentialId(world.record(issue, world.hospital))
    world.record(revokeCredential(world.sender(world.hospital), credential), world.hospital)
}

private fun rotations(world: World) {
    val (ledger, patient) = world.ledger to world.patient
    val (successor, later) = patient.successor() to Key.draw()
    val draft = rotate(
        world.sender(patient, successor),
        ledger.control(patient.did()),
        successor.publicKey(),
        next = successorDigest(later.publicKey()),
        keep = listOf(patient.device().id()),
        add = emptyList(),
    )
    world.record(draft, patient, successor)
    same(1UL, ledger.identity(patient.did())?.rotations)
}

private fun consents(world: World) {
    val (ledger, patient, now) = Triple(world.ledger, world.patient, world.now)
    val request = { purpose: String -> Request(world.hospital.did(), action = "read", purpose = purpose, reach = Reach(false)) }
    val decisions = decideEach(world.terms, listOf(request("TREAT"), request("HRESCH")), now)
    same(listOf(DecisionEffect.PERMIT, DecisionEffect.NOT_APPLICABLE), decisions.map { it.effect })
    val current = ledger.consent(world.consent, now)
    same(listOf(current), ledger.consents(patient.did(), now))
    world.record(amendConsent(world.sender(patient), world.consent, current.versionHash, world.terms), patient)
    same("consent amendment", ledger.amend(world.sender(patient), world.consent, world.terms, now).operation())
    world.record(revokeConsent(world.sender(patient), world.consent), patient)
    same(ConsentStanding.REVOKED, ledger.consent(world.consent, now).status)
    world.record(grantConsent(world.sender(patient), current.slot, world.terms), patient)
    val written = writeConsent(world.terms, ConsentAbout(FhirConsentStatus.ACTIVE, patient = patient.did()))
    same(world.terms, readConsent(written, ConsentOptions()).terms)
    same(Effect.PERMIT, readConsentAt(written, ConsentOptions(), now).terms.effect)
}

private fun proofs(world: World) {
    val (ledger, did, now) = Triple(world.ledger, world.patient.did(), world.now)
    val client = world.client()
    client.setTime(now + Duration.ofMinutes(5))
    val header = client.trust(ledger.header(2UL))
    same(header, client.newest())
    same(ledger.authorityLog(did), client.readAuthorityLog(ledger.proveLog(did, LogKind.AUTHORITY)))
    same(ledger.timeline(did), client.readTimeline(ledger.proveLog(did, LogKind.TIMELINE)))
    same(ledger.accessLog(did, now), client.readAccessLog(ledger.proveLog(did, LogKind.ACCESS)))
    val receipt = client.readReceipt(ledger.receipt(world.granted, did))
    same(receipt.position, client.readReceipt(ledger.refreshedReceipt(world.granted, did)).position)
    val state = client.readState(ledger.proveIdentity(did))
    same(header to ledger.identity(did), state.header() to state.identity(did))
    same(hex(ledger.control(did)), hex(state.control(did)))
    same(1UL, state.sender(did, world.patient.device().id(), now, 3_600_000UL).counter)
    val consents = client.readState(ledger.proveConsents(did))
    same(ledger.consents(did, now), consents.consents(did, now))
    same("consent amendment", consents.amend(world.sender(world.patient), world.consent, world.terms, now).operation())
    same("consent", consents.grant(world.sender(world.patient), world.terms, now).operation())
}

private fun exports(world: World) {
    val client = world.client()
    val did = world.patient.did()
    val bundles = listOf(
        auditEvents(client, world.ledger.proveLog(did, LogKind.ACCESS), LogKnowledge()),
        provenances(client, world.ledger.proveLog(did, LogKind.TIMELINE), LogKnowledge()),
    )
    bundles.forEach { same(true, it.decodeToString().startsWith("{\"resourceType\":\"Bundle\"")) }
}
