package org.medledger.vectors

import org.medledger.*

// Terms, and what they answer.

fun coding(of: Any?): Coding = fields(of).let { Coding(it["system"]?.let(::text), text(it["code"])) }

fun codings(of: Any?): List<Coding> = items(of).map(::coding)

fun interval(of: Any?): Interval = fields(of).let { Interval(it["start"]?.let(::moment), it["end"]?.let(::moment)) }

private fun request(of: Any?): Request {
    val given = fields(of)
    val reach = fields(given["reach"])
    return Request(
        requester = text(given["requester"]),
        organisation = given["organisation"]?.let(::text),
        roles = codings(given["roles"]),
        action = text(given["action"]),
        purpose = text(given["purpose"]),
        reach = Reach(
            set = reach["set"] == true,
            types = reach["types"]?.let(::texts),
            categories = reach["categories"]?.let(::codings),
            codes = reach["codes"]?.let(::codings),
            labels = reach["labels"]?.let(::codings),
            records = reach["records"]?.let(::texts),
            authors = reach["authors"]?.let(::texts),
            related = reach["related"]?.let(::texts),
            period = reach["period"]?.let(::interval),
        ),
    )
}

fun terms(of: Fields): Fields {
    val given = bytes(of["bytes"])
    val terms = termsFromBytes(given)
    same(hex(given), hex(termsToBytes(terms)))
    return mapOf("open" to refusal { checkTerms(terms) })
}

fun decide(of: Fields): Fields {
    val decision = decide(termsFromBytes(bytes(of["terms"])), request(of["request"]), time(of["at"]))
    return mapOf(
        "effect" to word(decision.effect),
        "reason" to word(decision.reason),
        "path" to decision.path.map(::shown),
        "obligations" to decision.obligations,
    )
}

fun decideAll(of: Fields): Fields {
    val consents = items(of["consents"]).map(::fields).map { named ->
        NamedTerms(text(named["consent"]), termsFromBytes(bytes(named["terms"])))
    }
    val (request, at) = request(of["request"]) to time(of["at"])
    val answer = when (val basis = of["basis"]) {
        null -> decideByGround(consents, Ground(overridesDeny = of["overrides_deny"] == true), request, at)
        else -> decideByConsent(consents, text(basis), request, at)
    }
    return mapOf(
        "effect" to word(answer.effect),
        "reason" to word(answer.reason),
        "consent" to answer.consent,
        "path" to answer.path.map(::shown),
        "obligations" to answer.obligations,
    )
}
