package org.medledger

/** The id of the rule that was broken, such as `CON-014`. */
val MedledgerException.code: String
    get() = when (this) {
        is MedledgerException.InvalidArgument -> this.code
        is MedledgerException.Malformed -> this.code
        is MedledgerException.Invalid -> this.code
        is MedledgerException.Refused -> this.code
        is MedledgerException.SignerFailed -> this.code
        is MedledgerException.Wallet -> this.code
        is MedledgerException.Fhir -> this.code
    }

/** What is wrong, and often what to do. */
val MedledgerException.text: String
    get() = when (this) {
        is MedledgerException.InvalidArgument -> this.text
        is MedledgerException.Malformed -> this.text
        is MedledgerException.Invalid -> this.text
        is MedledgerException.Refused -> this.text
        is MedledgerException.SignerFailed -> this.text
        is MedledgerException.Wallet -> this.text
        is MedledgerException.Fhir -> this.text
    }

/** What the text names: names and their values. */
val MedledgerException.fields: Map<String, String>
    get() = when (this) {
        is MedledgerException.InvalidArgument -> this.fields
        is MedledgerException.Malformed -> this.fields
        is MedledgerException.Invalid -> this.fields
        is MedledgerException.Refused -> this.fields
        is MedledgerException.SignerFailed -> this.fields
        is MedledgerException.Wallet -> this.fields
        is MedledgerException.Fhir -> this.fields
    }

/** What whoever uses a closed object of this class is told: API-005, in the library's own words. */
internal fun closed(className: String): MedledgerException {
    val what = className.replace(Regex("(?<=.)(?=[A-Z])"), " ").lowercase()
    val text = "this $what was finished or closed: make another one"
    return MedledgerException.InvalidArgument("API-005", text, mapOf("what" to what))
}

/** What whoever gives a text with half a character is told: API-001. */
internal fun halved(): MedledgerException {
    val (argument, wanted) = "text" to "a String without lone surrogates"
    val fields = mapOf("argument" to argument, "wanted" to wanted)
    return MedledgerException.InvalidArgument("API-001", "$argument: $wanted is wanted", fields)
}

/** A text in which half characters are question marks. */
internal fun whole(text: String): String = text.encodeToByteArray().decodeToString()
