package org.medledger.vectors

/** What a user does besides. */
class Journey {
    fun all() {}
}
