package org.medledger.vectors

import org.medledger.*

// What everything stands on.

fun wire(of: Fields): Fields = mapOf("json" to inspect(text(of["type"]), bytes(of["bytes"])))

fun hash(of: Fields): Fields = mapOf("hash" to hex(taggedHash(text(of["tag"]), bytes(of["data"]))))

fun key(of: Fields): Fields {
    val key = bytes(of["public_key"])
    return mapOf("id" to keyId(key), "successor_digest" to successorDigest(key), "did_key" to didKey(key))
}

fun log(of: Fields): Fields {
    val leaves = items(of["leaves"]).map(::bytes)
    val root = logRoot(leaves)
    MerkleLog().use { log ->
        leaves.forEach(log::append)
        val size = leaves.size.toULong()
        same(listOf(root, size), listOf(log.root(), log.size()))
        // Leaf by leaf it is the same log, whose own proofs hold.
        leaves.forEachIndexed { place, leaf ->
            val index = place.toULong()
            checkInclusion(root, size, index, leaf, log.inclusion(index, size))
            checkConsistency(log.rootAt(index), index, root, size, log.consistency(index, size))
        }
    }
    return mapOf("root" to root)
}

fun inclusion(of: Fields): Fields {
    val (size, index) = listOf("size", "index").map { number(of[it]) }
    checkInclusion(text(of["root"]), size, index, bytes(of["leaf"]), bytes(of["proof"]))
    return emptyMap()
}

fun consistency(of: Fields): Fields {
    val (old, new) = listOf("old_size", "new_size").map { number(of[it]) }
    checkConsistency(text(of["old_root"]), old, text(of["new_root"]), new, bytes(of["proof"]))
    return emptyMap()
}

private fun answers(answers: List<StateAnswer>): Fields = mapOf(
    "answers" to answers.map { answer ->
        mapOf("key" to answer.key, "standing" to word(answer.standing), "value" to answer.value?.let(::hex))
    },
)

fun state(of: Fields): Fields = answers(checkStateProof(text(of["root"]), bytes(of["proof"]), texts(of["keys"])))

fun stateKeys(of: Fields): Fields = answers(checkStateKeys(text(of["root"]), bytes(of["proof"]), texts(of["keys"])))

fun signature(of: Fields): Fields {
    verifySignature(bytes(of["public_key"]), bytes(of["message"]), bytes(of["signature"]))
    return emptyMap()
}

fun signatures(of: Fields): Fields {
    val claims = items(of["claims"]).map(::fields).map { claim ->
        SignatureClaim(bytes(claim["public_key"]), bytes(claim["message"]), bytes(claim["signature"]))
    }
    val together = verifySignatures(claims).map { mapOf("index" to shown(it.index), "rule" to it.fault.code) }
    // One by one they have the same answers.
    val single = claims.mapIndexedNotNull { index, claim ->
        refusal { verifySignature(claim.publicKey, claim.message, claim.signature) }
            ?.let { mapOf("index" to index.toLong(), "rule" to it) }
    }
    same(together, single)
    return mapOf("bad" to together)
}

fun counter(of: Fields): Fields {
    val next = checkCounter(ReplayWindow(number(of["base"]), number(of["used"])), number(of["counter"]))
    return mapOf("base" to shown(next.base), "used" to shown(next.used))
}

fun transaction(of: Fields): Fields {
    val view = readTransaction(bytes(of["bytes"]), text(of["chain"]))
    val signatures = listOf(view.signed to view.signature) + view.approvals.map { it.signed to it.signature }
    items(of["keys"]).zip(signatures).forEach { (key, made) -> verifySignature(bytes(key), made.first, made.second) }
    return mapOf(
        "id" to view.id,
        "hash" to view.hash,
        "signer" to view.signer,
        "key" to view.key,
        "counter" to shown(view.counter),
        "signed_at" to shown(view.signedAt),
        "valid_until" to shown(view.validUntil),
        "operation" to view.operation,
        "operation_code" to shown(view.operationCode),
        "body_hash" to view.bodyHash,
        "signed" to hex(view.signed),
        "signature" to hex(view.signature),
        "approvals" to view.approvals.map {
            mapOf("key" to it.key, "signed" to hex(it.signed), "signature" to hex(it.signature))
        },
    )
}
