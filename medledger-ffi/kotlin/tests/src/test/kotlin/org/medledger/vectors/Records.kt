package org.medledger.vectors

import org.medledger.*

// FHIR, commitments, sealed records, wallets.

fun fhir(of: Fields): Fields = mapOf("canonical" to canonicalFhir(bytes(of["json"])).decodeToString())

fun date(of: Fields): Fields {
    val interval = fhirInterval(text(of["date"]), of["zone"]?.let(::text))
    return mapOf("start" to moment(interval.start), "end" to moment(interval.end))
}

private fun facts(of: Any?): Facts = fields(of).let { given ->
    Facts(
        reference = text(given["reference"]),
        resourceType = text(given["resource_type"]),
        category = codings(given["category"]),
        codes = codings(given["codes"]),
        labels = given["labels"]?.let(::codings),
        authors = texts(given["authors"]),
        related = texts(given["related"]),
        clinical = given["clinical"]?.let(::interval),
    )
}

private fun shown(codings: List<Coding>): List<Fields> = codings.map { mapOf("system" to it.system, "code" to it.code) }

private fun shown(facts: Facts): Fields = mapOf(
    "reference" to facts.reference,
    "resource_type" to facts.resourceType,
    "category" to shown(facts.category),
    "codes" to shown(facts.codes),
    "labels" to facts.labels?.let(::shown),
    "authors" to facts.authors,
    "related" to facts.related,
    "clinical" to facts.clinical?.let { mapOf("start" to moment(it.start), "end" to moment(it.end)) },
)

fun commitments(of: Fields): Fields {
    val made = commit(bytes(of["content"]), bytes(of["content_salt"]), facts(of["facts"]), bytes(of["facts_salt"]))
    return mapOf("content" to made.content, "facts" to made.facts)
}

fun bundle(of: Fields): Fields = mapOf(
    "entries" to readBundle(text(of["bundle"]).encodeToByteArray()).map { entry ->
        mapOf(
            "resource_type" to entry.resourceType,
            "id" to entry.id,
            "facts" to shown(entry.facts),
            "canonical" to hex(taggedHash("ml1 content", entry.canonical)),
        )
    },
)

private fun question(asked: Fields) = ConsentQuestion(
    at = moment(asked["at"]),
    purpose = text(asked["purpose"]),
    action = text(asked["action"]),
    resourceType = text(asked["resource_type"]),
    actors = texts(asked["actors"]),
    roles = codings(asked["roles"]),
    codes = asked["codes"]?.let(::codings),
    labels = asked["labels"]?.let(::codings),
    record = asked["record"]?.let(::text),
    authors = asked["authors"]?.let(::texts),
    related = asked["related"]?.let(::texts),
    dataPeriod = asked["data_period"]?.let(::interval),
    custodian = asked["custodian"]?.let(::text),
    zone = asked["zone"]?.let(::text),
)

fun consent(of: Fields): Fields {
    val answer = checkConsent(text(of["consent"]).encodeToByteArray(), question(fields(of["question"])))
    return mapOf(
        "effect" to word(answer.effect),
        "reason" to word(answer.reason),
        "path" to answer.path,
        "unmatched" to answer.unmatched,
    )
}

fun consentTerms(of: Fields): Fields {
    val options = ConsentOptions(zone = of["zone"]?.let(::text))
    val reading = readConsent(text(of["consent"]).encodeToByteArray(), options)
    return mapOf("terms" to hex(termsToBytes(reading.terms)), "unmatched" to reading.unmatched)
}

private fun pair(of: Any?): Commitments =
    fields(of).let { Commitments(CommitmentHash.SHA3_256, text(it["content"]), text(it["facts"])) }

fun sealed(of: Fields): Fields = RecordKey.fromSecret(bytes(of["key"])).use { key ->
    SealedRecord.fromContainer(bytes(of["container"])).use { record ->
        record.open(key, pair(of["commitments"])).use { opened ->
            mapOf(
                "original" to hex(opened.original()),
                "content" to hex(opened.content()),
                "form" to word(record.header().form),
                "reference" to opened.facts().reference,
                "key_commitment" to key.commitment(),
            )
        }
    }
}

fun wrap(of: Fields): Fields = AgreementKey.fromSecret(bytes(of["secret"])).use { secret ->
    val key = unwrapKey(bytes(of["wrap"]), secret, text(of["chain"]), pair(of["commitments"]))
    mapOf("key" to key.use { hex(it.secret()) })
}

fun sheet(of: Fields): Fields {
    val (identity, device) = number(of["identity"]) to number(of["device"])
    return Sheet.fromWords(text(of["words"])).use { sheet ->
        sheet.keys(text(of["passphrase"])).use { keys ->
            mapOf(
                "device" to keys.device(identity, device).use { hex(it.publicKey()) },
                "agreement" to keys.agreement(identity, device).use { hex(it.publicKey()) },
                "controller" to keys.controller(identity).use { hex(it.publicKey()) },
                "successor_digest" to keys.successorDigest(identity),
            )
        }
    }
}

fun keystore(of: Fields): Fields = Keystore.open(bytes(of["file"]), text(of["passphrase"])).use { keystore ->
    val identities = keystore.identities().map { kept ->
        val key = keystore.signingKey(kept.did).use { it.id() }
        same(kept.key, key)
        mapOf(
            "identity" to shown(kept.identity),
            "did" to kept.did,
            "relationship" to kept.relationship,
            "device" to shown(kept.device),
            "key" to key,
            "agreement" to keystore.agreementKey(kept.did).use { hex(it.publicKey()) },
        )
    }
    mapOf("identities" to identities)
}
