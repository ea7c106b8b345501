package org.medledger.vectors

import java.time.Duration
import org.medledger.*

private val SCAN = "a scan".encodeToByteArray()
private val ABOUT = Facts(reference = "DocumentReference/1", resourceType = "DocumentReference")
private const val BUNDLE = """{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"1"}}]}"""

private fun scan() = sealRecord(SCAN, ContentForm.AS_IT_STANDS, ABOUT)

private fun commitments(content: Int) = commit(byteArrayOf(content.toByte()), ByteArray(32) { 1 }, ABOUT, ByteArray(32) { 2 })

fun sealing(world: World) {
    val (chain, reader) = world.chain to world.patient.agreement()
    val sealed = scan()
    val (key, commitments) = sealed.key() to sealed.commitments()
    same(key.commitment(), RecordKey.fromSecret(key.secret()).commitment())
    same(commitments, key.commit(SCAN, ContentForm.AS_IT_STANDS, ABOUT))
    val opened = OpenedRecord.fromOpening(key.opening(SCAN, ABOUT))
    same(commitments to ABOUT, opened.commitments() to opened.facts())
    sealed.wrapTo(key, chain, listOf(reader.publicKey()))
    same(listOf(hex(reader.publicKey())), sealed.recipients().map(::hex))
    val kept = SealedRecord.fromBytes(sealed.toBytes())
    kept.check(chain, commitments)
    val read = kept.open(kept.unwrap(reader, chain), commitments, progress { _, _ -> true })
    same(listOf(hex(SCAN), hex(SCAN)), listOf(hex(read.original()), hex(read.content())))
    same(commitments, OpenedRecord.fromOpening(read.opening()).commitments())
    same(ABOUT, kept.openFacts(key))
    same(kept.header(), SealedRecord.fromBeginning(kept.container()).header())
    same(kept.header(), readSealedHeader(SealedRecord.fromContainer(kept.container()).container()))
    val wrap = wrapKey(key, chain, commitments, reader.publicKey())
    same(hex(reader.publicKey()), hex(readWrap(wrap).recipient))
    same(key.commitment(), unwrapKey(wrap, reader, chain, commitments).commitment())
    same(kept.destroyKey(world.now), kept.destroyed())
}

fun pieces(world: World) {
    val measure = ContentMeasure(ContentForm.AS_IT_STANDS, SCAN.size.toULong(), ABOUT)
    measure.feed(SCAN)
    val sealer = measure.seal()
    val (key, commitments) = sealer.key() to sealer.commitments()
    val container = sealer.feed(SCAN) + sealer.finish()
    val opener = Opener(key, commitments)
    same(hex(SCAN), hex(opener.feed(container)))
    same(opener.facts(), opener.finish())
    val anchored = world.record(anchorRecord(world.sender(world.hospital), world.patient.did(), commitments), world.hospital)
    val receipt = world.ledger.receipt(anchored, world.patient.did())
    val file = recordProof(receipt, opening = key.opening(SCAN, ABOUT))
    same(true, checkProof(file, world.ledger.genesis(), world.now).valid)
    same(true, world.client().checkFile(file).valid)
    same(true, world.client().readRecord(file).opened)
    same("COD-002", refusal { world.client().readExport(byteArrayOf()) })
}

fun batches(world: World) {
    val bundle = BUNDLE.encodeToByteArray()
    same(1, bundleTexts(bundle).size)
    same(listOf("Patient/1"), readBundle(bundle).map { it.facts.reference })
    val batch = Batch.sealBundle(bundle, world.chain, listOf(world.patient.agreement().publicKey()))
    same(1UL to batch.commitments(), batch.count() to listOf(batch.record(0UL).commitments()))
    same(batch.member(0UL), batchMember(batch.commitments(), 0UL))
    val other = Batch()
    other.push(batch.commitments().first())
    same(batch.root(), other.root())
    world.record(anchorBatch(world.sender(world.hospital), listOf(batch.entry(world.patient.did()))), world.hospital)
    same(1UL, world.ledger.timeline(world.patient.did()).entries.first().count)
}

fun amendments(world: World) {
    val (hospital, patient) = world.hospital to world.patient.did()
    val (old, new) = commitments(1) to commitments(2)
    val record = recordId(world.record(anchorRecord(world.sender(hospital), patient, old), hospital), 0UL)
    world.record(amendRecord(world.sender(hospital), record, recordVersion(record, 1UL, old), new), hospital)
    world.record(retractRecord(world.sender(hospital), record), hospital)
    val batch = Batch()
    val index = batch.push(old)
    val anchored = world.record(anchorBatch(world.sender(hospital), listOf(batch.entry(patient))), hospital)
    val id = recordId(anchored, 0UL)
    val member = batch.member(index)
    val replaces = recordVersion(batchRecordId(id, index), 1UL, old)
    world.record(amendBatchRecord(world.sender(hospital), id, member, replaces, new), hospital)
    world.record(retractBatchRecord(world.sender(hospital), id, member), hospital)
    same(TimelineKind.ENTERED_IN_ERROR, world.ledger.timeline(patient).entries.last().kind)
}

fun access(world: World) {
    val (ledger, hospital, patient) = Triple(world.ledger, world.hospital, world.patient)
    val doctor = NewIdentity.draw(IdentityKind.PRACTITIONER)
    world.record(doctor.incept(world.sender(hospital)), hospital)
    val granted = world.record(ledger.grant(world.sender(patient), world.terms(doctor), world.now), patient)
    val basis = ledger.consent(consentId(granted), world.now)
    val requester = Requester(doctor.did(), doctor.device())
    val ask = SessionAsk(
        subject = patient.did(),
        custodians = listOf(hospital.did()),
        consent = basis.consent,
        consentVersion = basis.versionHash,
        action = "access",
        purpose = "TREAT",
        until = world.now + Duration.ofMinutes(30),
    )
    val asked = world.record(requester.ask(world.sender(doctor), ask), doctor)
    val client = world.client()
    val session = OpenedSession.fromReceipt(ledger.receipt(asked, patient.did()), client)
    same(true, session.notAfter() >= world.now)
    same(listOf(session.id()), ledger.unclosedSessions(patient.did()).map { it.session })

    val sealed = scan()
    sealed.wrapTo(sealed.key(), world.chain, listOf(hospital.agreement().publicKey()))
    val anchored = world.record(anchorRecord(world.sender(hospital), patient.did(), sealed.commitments()), hospital)
    val proof = recordProof(ledger.receipt(anchored, patient.did()))
    val held = HeldRecord(proof, sealed, hospital.agreement(), world.chain)
    val first = Gateway(hospital.did(), hospital.device())
    val request = requester.request(session, hospital.did(), recordId(anchored, 0UL))
    val proven = ledger.proveAccess(first.question(request, held))
    val answer = first.release(request, held, proven, client)
    same(Effect.PERMIT to null, answer.effect to answer.refusal)
    same(Effect.PERMIT, readRelease(answer.answer).effect)
    val released = requester.open(client, session, answer.answer)
    same(listOf(hex(SCAN), hex(SCAN)), listOf(hex(released.original()), hex(released.content())))
    same(ABOUT to true, released.facts() to released.proven().opened)

    val gateway = Gateway.fromBytes(first.toBytes(), hospital.device())
    same(listOf(session.id()), gateway.openSessions())
    gateway.closeSession(session.id(), world.now)
    val report = gateway.anchor(world.sender(hospital))
    world.record(report, hospital)
    gateway.anchored(report)
    same(true, ledger.accessLog(patient.did(), world.now).complete)
}
