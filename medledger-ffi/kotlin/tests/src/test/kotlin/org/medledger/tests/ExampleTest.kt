package org.medledger.tests

import org.junit.jupiter.api.Test

class ExampleTest {
    @Test
    fun `the README's example runs as it is written`() {
        Class.forName("ExampleKt").getMethod("main").invoke(null)
    }
}
