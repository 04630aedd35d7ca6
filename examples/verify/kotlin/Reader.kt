/** The same event has the same dedupeKey each time that it is sent; "" where none is known. */
class Event(val callback: String, val payload: Fields, val raw: ByteArray, val dedupeKey: String)

/** kind: invalid-signature (answer 401) or malformed (400); reason: a word for your log. */
class Rejected(val kind: String, val reason: String) : Exception("$kind: $reason")

/** Verifies and reads callbacks by the text of rules.json. Make one, for all. now gives seconds. */
class Reader(
    rules: String,
    areas: List<String>,
    private val secrets: List<String>,
    private val acceptUnsigned: Boolean = false,
    private val now: () -> Double = { System.currentTimeMillis() / 1000.0 }
) {
    private val forms = list(fields(readJson(rules))["signatures"]).map { list(it).map(::fields) }
    private val known =
        list(fields(readJson(rules))["callbacks"]).map(::fields).filter { it["area"] in areas }

    /** The event in a request: headers as pairs, the body as raw bytes. Throws Rejected. */
    fun receive(method: String, url: String, headers: List<List<String>>, body: ByteArray): Event {
        val read = try {
            readBody(headers, body)
        } catch (error: Unreadable) {
            throw Rejected("malformed", error.message!!)
        }
        if (read.value !is Map<*, *>) throw Rejected("malformed", "no-object")
        val request = Request(method, url, headers, body, fields(read.value))
        val found = known.filter { isNamed(it, request) }
        val rule = found.firstOrNull { proof(it, request) == "valid" }
            ?: found.firstOrNull { acceptUnsigned && proof(it, request) == "unsigned" }
            ?: return unknown(found, request)
        holdToNow(rule, request)
        val payload = request.payload
        if (read.isForm) payload.entries.forEach { it.setValue(typed(rule, it.key, it.value as String)) }
        val key = list(rule["dedupe"]).map { request.at(fields(it)) }
        list(rule["nested"]).forEach { openText(payload, list(it)) }
        val isKnown = key.any { it != null && it != Missing }
        val text = if (isKnown) json(listOf(rule["callback"]) + key) else ""
        return Event(rule["callback"] as String, payload, body, text)
    }

    private fun proof(rule: Fields, request: Request): String {
        val documented = forms[(rule["signature"] as Long).toInt()]
        if (documented.isEmpty()) return "unsigned"
        val found = documented.flatMap { form -> secrets.map { Signature(form, it).verdict(request) } }
        return listOf("valid", "wrong", "unreadable", "missing").firstOrNull { it in found } ?: "wrong"
    }

    /** The event of a name that the rules do not have, of a sender who is proved. */
    private fun unknown(found: List<Fields>, request: Request): Event {
        if (found.isNotEmpty()) throw Rejected("invalid-signature", proof(found[0], request))
        val proofs = known.map { proof(it, request) }
        val isUnsigned = acceptUnsigned && proofs.all { it == "unsigned" }
        if ("valid" !in proofs && !isUnsigned) throw Rejected("invalid-signature", "wrong")
        return Event("", request.payload, request.body, "")
    }

    private fun holdToNow(rule: Fields, request: Request) {
        val moment = fields(rule["moment"] ?: return)
        val text = request.at(moment).toString()
        if (!text.matches(Regex("[0-9]{1,16}"))) return
        val seconds = text.toDouble() / (if (moment["unit"] == "milliseconds") 1000 else 1)
        val isStale = Math.abs(seconds - now()) > moment["tolerance"] as Long
        if (isStale) throw Rejected("invalid-signature", "stale")
    }
}

private fun isNamed(rule: Fields, request: Request) = list(rule["named"]).map(::fields).all {
    val found = request.at(it)
    val value = if (found is Double && found % 1 == 0.0) found.toLong() else found
    val values = list(it["values"])
    if (values.isEmpty()) value != null && value != Missing else value in values
}

/** A field of a form as what the page documents. */
private fun typed(rule: Fields, name: String, text: String): Any {
    val isNumber = name in list(rule["numbers"]) && text.matches(Regex("-?(0|[1-9][0-9]{0,99})"))
    if (isNumber) return exact(text)
    val isWord = name in list(rule["booleans"]) && text.matches(Regex("true|false"))
    return if (isWord) text == "true" else text
}

private fun json(value: Any?): String = when (value) {
    null, Missing -> "null"
    is List<*> -> value.joinToString(",", "[", "]") { json(it) }
    is Map<*, *> -> value.entries.sortedBy { it.key as String }
        .joinToString(",", "{", "}") { "${json(it.key)}:${json(it.value)}" }
    is String -> "\"" + value.map(::escaped).joinToString("") + "\""
    else -> value.toString()
}

private fun escaped(one: Char): String {
    val known = "\"\\\b\u000c\n\r\t".indexOf(one)
    if (known >= 0) return "\\" + "\"\\bfnrt"[known]
    return if (one < ' ') "\\u%04x".format(one - '\u0000') else one.toString()
}

/** Puts what a text holds as JSON in its place; what is none is left. */
private fun openText(payload: Fields, path: List<*>) {
    val name = path[0] as String
    val value = payload[name]
    if (path.size > 1) {
        if (value is Map<*, *>) openText(fields(value), path.drop(1))
    } else if (value is String) {
        try {
            payload[name] = readJson(value)
        } catch (error: Unreadable) {
            // It stays the text that it is.
        }
    }
}
