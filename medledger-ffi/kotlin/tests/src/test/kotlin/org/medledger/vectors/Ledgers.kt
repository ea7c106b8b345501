package org.medledger.vectors

import org.medledger.*

// Whole ledgers, and what a reader checks of one with nothing but its genesis.

fun genesis(of: Fields): Fields {
    val summary = readGenesis(bytes(of["genesis"]))
    return mapOf(
        "chain" to summary.chain,
        "name" to summary.name,
        "time" to shown(summary.time),
        "founders" to summary.founders,
        "validators" to summary.validators.map(::hex),
    )
}

fun ledger(of: Fields): Fields = Ledger.open(bytes(of["ledger"]), time(of["now"])).use { ledger ->
    val status = ledger.status()
    mapOf(
        "chain" to status.chain,
        "height" to shown(status.height),
        "time" to shown(status.time),
        "app_root" to status.appRoot,
        "blocks" to (1UL..status.height).map { height ->
            val block = ledger.blockSummary(height)
            mapOf("app_root" to block.appRoot, "results" to runs(block.results.map { it.rule }))
        },
    )
}

/** Rules, each with how often it comes in a row. */
private fun runs(rules: List<String?>): List<Any?> {
    val runs = mutableListOf<Pair<String?, Long>>()
    for (rule in rules) {
        val last = runs.lastOrNull()
        if (last != null && last.first == rule) runs[runs.lastIndex] = rule to last.second + 1 else runs += rule to 1
    }
    return runs.map { it.toList() }
}

/** What a reader with the genesis and the time of a vector says, who has seen a header where the vector has one. */
private fun <T> reading(of: Fields, seen: Any?, read: (LightClient) -> T): T =
    LightClient(bytes(of["genesis"]), time(of["now"])).use { client ->
        if (seen != null) client.trust(bytes(seen))
        read(client)
    }

fun header(of: Fields): Fields = reading(of, null) { client ->
    val last = items(of["headers"]).map { client.trust(bytes(it)) }.last()
    same(last, client.newest())
    mapOf(
        "height" to shown(last.height),
        "time" to shown(last.time),
        "app_root" to last.appRoot,
        "state_root" to last.stateRoot,
    )
}

fun receipt(of: Fields): Fields = reading(of, of["seen"]) { client ->
    val summary = client.readReceipt(bytes(of["receipt"]))
    mapOf(
        "subject" to summary.subject,
        "log" to word(summary.log),
        "position" to shown(summary.position),
        "transaction" to summary.transaction,
        "height" to shown(summary.height),
        "time" to shown(summary.time),
        "rule" to summary.rule,
        "vouched" to shown(summary.vouched),
    )
}

fun subjectLog(of: Fields): Fields = reading(of, of["seen"]) { client ->
    val proof = bytes(of["proof"])
    fun answer(subject: String, height: ULong, complete: Boolean?, transactions: List<String>?): Fields =
        mapOf("subject" to subject, "height" to shown(height), "complete" to complete, "transactions" to transactions)
    when (text(of["log"])) {
        "access" -> client.readAccessLog(proof).let { answer(it.subject, it.height, it.complete, null) }
        "authority" -> client.readAuthorityLog(proof).let { log ->
            answer(log.subject, log.height, null, log.entries.map { it.transaction })
        }
        else -> client.readTimeline(proof).let { log ->
            answer(log.subject, log.height, null, log.entries.map { it.transaction })
        }
    }
}

fun provenState(of: Fields): Fields = reading(of, null) { client ->
    client.readState(bytes(of["proof"])).use { state ->
        val did = text(of["did"])
        val asksConsents = of["asks"] == "consents"
        val consents = if (asksConsents) state.consents(did, time(of["now"])).map { it.consent } else null
        val keys = if (asksConsents) null else state.identity(did)?.keys?.map { it.id }
        mapOf("height" to shown(state.header().height), "keys" to keys, "consents" to consents)
    }
}

private fun record(of: ProvenRecord): Fields = mapOf(
    "subject" to of.subject,
    "record" to of.record,
    "version" to shown(of.version),
    "opened" to of.opened,
    "height" to shown(of.height),
    "recorded" to shown(of.recorded),
)

private fun export(of: ProvenExport): Fields = mapOf(
    "subject" to of.subject,
    "claim" to of.claim,
    "timeline" to shown(of.timeline),
    "records" to shown(of.records),
    "access_log" to shown(of.accessLog),
    "authority_log" to shown(of.authorityLog),
    "consents" to shown(of.consents),
    "transactions" to shown(of.transactions),
    "unclosed" to of.unclosed.map { it.session },
)

fun proofFile(of: Fields): Fields {
    val file = bytes(of["file"])
    val report = checkProof(file, bytes(of["genesis"]), time(of["now"]), of["at_least"]?.let(::bytes))
    // The reader with a memory says the same, and shows what the file holds.
    return reading(of, of["at_least"]) { client ->
        same(report, client.checkFile(file))
        val isExport = report.kind == ProofKind.EXPORT
        val export = if (isExport) export(client.readExport(file)) else null
        val record = if (isExport) null else record(client.readRecord(file))
        same(true to null, report.valid to report.fault)
        mapOf(
            "height" to report.height?.let(::shown),
            "complete" to report.complete,
            "record" to record,
            "export" to export,
        )
    }
}
