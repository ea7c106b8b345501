plugins {
    id("com.android.library")
    id("org.jetbrains.kotlin.android")
}

android {
    namespace = "org.medledger"
    compileSdk = 36
    defaultConfig {
        minSdk = 24
        consumerProguardFiles("consumer-rules.pro")
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_11
        targetCompatibility = JavaVersion.VERSION_11
        isCoreLibraryDesugaringEnabled = true
    }
    // The Kotlin of the JVM's jar, and what UniFFI wrote beside it.
    sourceSets["main"].kotlin.srcDirs("../../kotlin/library/src/main/kotlin", "../../../target/ffi/kotlin")
}

dependencies {
    api("net.java.dev.jna:jna:5.17.0@aar")
    coreLibraryDesugaring("com.android.tools:desugar_jdk_libs:2.1.5")
}
