package org.medledger.vectors

import org.medledger.*

/** The weakest cost that a keystore may have: what is tested here is not how long it takes. */
private val CHEAP = PassphraseCost(memory = 19_456UL, passes = 2UL, lanes = 1UL)

fun sheets(world: World) {
    val (first, second) = Sheet.draw() to Sheet.draw()
    same(24 to first.words(), first.words().split(' ').size to Sheet.fromWords(first.words()).words())
    second.confirm(second.words(), "").close()
    NextSheet.fromWords(second.words(), "").close()
    val (mine, next) = first.keys("") to second.keys("")
    same(3, setOf(mine.device(0UL, 0UL).id(), mine.device(0UL, 1UL).id(), mine.controller(0UL).id()).size)
    same(32, mine.agreement(0UL, 0UL).publicKey().size)
    same(next.successorDigest(0UL), next.successorDigests().first())
    val new = mine.relationship(0UL, next.successorDigest(0UL), IdentityKind.PATIENT)
    same(new.did(), inceptionDid(new.inception()))
    world.record(new.incept(world.sender(world.hospital)), world.hospital)
}

fun keystores(world: World) {
    val (first, second) = Sheet.draw().keys("") to Sheet.draw().keys("")
    val empty = Keystore(world.chain, emptyList())
    same(null, empty.successorDigest(0UL))
    empty.setSuccessors(second.successorDigests())
    same(second.successorDigest(0UL), empty.successorDigest(0UL))
    val new = first.relationship(0UL, second.successorDigest(0UL), IdentityKind.PATIENT)
    empty.keep(new, "Riverside")
    same(first.device(0UL, 0UL).id(), empty.signingKey(new.did()).id())
    same(32, empty.agreementKey(new.did()).publicKey().size)
    val sealed = empty.seal("a passphrase", CHEAP)
    same(listOf("Riverside"), readKeystore(sealed).identities.map { it.relationship })
    same(empty.identities(), Keystore.open(sealed, "a passphrase").identities())
}

fun restoring(world: World) {
    val (first, second) = Sheet.draw().keys("") to Sheet.draw().keys("")
    val new = first.relationship(0UL, second.successorDigest(0UL), IdentityKind.PATIENT)
    world.record(new.incept(world.sender(world.hospital)), world.hospital)
    val client = world.client()
    val asks = mutableListOf<String>()
    var state: ProvenState? = null
    do {
        val more = restoreAsks(first, state)
        asks += more
        if (more.isNotEmpty()) state = client.readState(world.ledger.proveState(asks))
    } while (more.isNotEmpty())
    val found = restore(first, checkNotNull(state)).single()
    val keystore = Keystore(world.chain, second.successorDigests())
    keystore.keepFound(first, found, 0UL, "Riverside")
    same(new.did(), keystore.identities().single().did)
}

fun wallets(world: World) {
    val (first, second, third) = Triple(Sheet.draw().keys(""), Sheet.draw(), Sheet.draw())
    val keystore = Keystore(world.chain, second.keys("").successorDigests())
    val new = first.relationship(0UL, checkNotNull(keystore.successorDigest(0UL)), IdentityKind.PATIENT)
    world.record(new.incept(world.sender(world.hospital)), world.hospital)
    keystore.keep(new, "Riverside")
    val state = world.client().readState(world.ledger.proveIdentity(new.did()))
    val plan = planRotation(second.keys(""), listOf(new.did()), state).single()
    same(RotationTurn.DUE, plan.turn)
    val sender = world.ledger.sender(new.did(), checkNotNull(plan.successor), world.now, 3_600_000UL)
    val next = third.confirm(third.words(), "")
    world.submit(keystore.rotate(sender, second.keys(""), next, state, keep = emptyList()))
}
