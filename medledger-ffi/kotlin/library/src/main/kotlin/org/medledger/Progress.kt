package org.medledger

/** A function that is told how much is done of how much, as a [Progress]: false stops the work. */
fun progress(step: (done: ULong, total: ULong) -> Boolean): Progress = object : Progress {
    override fun step(done: ULong, total: ULong) = step(done, total)
}
