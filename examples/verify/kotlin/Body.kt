import java.io.ByteArrayOutputStream
import java.math.BigInteger
import java.nio.ByteBuffer
import java.nio.charset.CharacterCodingException

typealias Fields = MutableMap<String, Any?>

/** A body or a text that cannot be read; the message is the reason. */
class Unreadable(reason: String = "unreadable") : Exception(reason)

/** What a body holds, and whether it is a form. */
class Body(val value: Any?, val isForm: Boolean)

private const val BYTES = 16 * 1024 * 1024
private const val DEPTH = 128
private const val DIGITS = 4300
private const val PERCENT: Byte = 37
private val FORM = Regex("^[A-Za-z_][A-Za-z0-9_.\\-\\[\\]%]*=")

/** Reads bodies strictly: JSON, forms, percent-encoded JSON. Throws Unreadable. */
fun readBody(headers: List<List<String>>, raw: ByteArray): Body {
    if (raw.size > BYTES) throw Unreadable("too-large")
    val text = decoded(raw)
    val start = text.trimStart(' ', '\t', '\r', '\n')
    val type = headers.firstOrNull { it[0].equals("content-type", ignoreCase = true) }?.get(1) ?: ""
    return when {
        start.startsWith("{") || start.startsWith("[") -> Body(readJson(text), false)
        type.contains("x-www-form-urlencoded", ignoreCase = true) -> Body(readForm(text), true)
        isEncodedJson(start) -> Body(readJson(percentDecoded(text.trim())), false)
        FORM.find(start) != null -> Body(readForm(text), true)
        else -> Body(readJson(text), false)
    }
}

private fun isEncodedJson(text: String) = text.startsWith("%7b", ignoreCase = true)

private fun decoded(raw: ByteArray): String {
    try {
        return Charsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString()
    } catch (error: CharacterCodingException) {
        throw Unreadable()
    }
}

private fun readForm(text: String): Fields {
    val fields = linkedMapOf<String, Any?>()
    for (pair in text.trimEnd('\r', '\n').split("&").filter { it.isNotEmpty() }) {
        val name = percentDecoded(pair.substringBefore("="))
        val value = percentDecoded(pair.substringAfter("=", ""))
        if (name in fields || isEncodedJson(value.trimStart())) throw Unreadable()
        fields[name] = value
    }
    return fields
}

private fun percentDecoded(text: String): String {
    val octets = ByteArrayOutputStream()
    val given = text.replace('+', ' ').toByteArray()
    var at = 0
    while (at < given.size) {
        if (given[at] == PERCENT) {
            val digits = (1..2).map { Character.digit(given.getOrElse(at + it) { 0 }.toInt(), 16) }
            if (digits.any { it < 0 }) throw Unreadable()
            octets.write(digits[0] * 16 + digits[1])
            at += 3
        } else {
            octets.write(given[at++].toInt())
        }
    }
    return decoded(octets.toByteArray())
}

/** A value: integers of any length exact, as Long or BigInteger; no key twice. */
fun readJson(text: String): Any? {
    val json = Json(text)
    val value = json.value(0)
    json.blanks()
    return if (json.at == text.length) value else throw Unreadable()
}

fun exact(digits: String): Number {
    if (digits.trimStart('-').length > DIGITS) throw Unreadable()
    val value = BigInteger(digits)
    return if (value.bitLength() > 63) value else value.toLong()
}

private val SCALAR =
    "-?(?:0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?|true|false|null".toPattern()

private class Json(val text: String) {
    var at = 0

    fun peek() = text.getOrElse(at) { '\u0000' }

    fun blanks() {
        while (at < text.length && text[at] in " \t\r\n") at++
    }

    fun take(mark: Char): Boolean {
        blanks()
        val found = peek() == mark
        if (found) at++
        return found
    }

    fun need(mark: Char) {
        if (!take(mark)) throw Unreadable()
    }

    fun value(depth: Int): Any? {
        blanks()
        if (peek() == '"') return string()
        if ((peek() == '{' || peek() == '[') && depth >= DEPTH) throw Unreadable()
        if (take('{')) return map(depth + 1)
        if (take('[')) return list(depth + 1)
        val found = SCALAR.matcher(text).region(at, text.length)
        if (!found.lookingAt()) throw Unreadable()
        at = found.end()
        val word = found.group()
        if (word == "null") return null
        if (word == "true" || word == "false") return word == "true"
        if (found.group(1) == null && found.group(2) == null) return exact(word)
        return word.toDouble().takeUnless { it.isInfinite() } ?: throw Unreadable()
    }

    fun string(): String {
        val made = StringBuilder()
        at++
        while (peek() != '"') {
            if (peek() < ' ') throw Unreadable()
            made.append(if (peek() == '\\') escaped() else peek())
            at++
        }
        at++
        val read = made.toString()
        // A lone half of a character is written as a question mark.
        return if (String(read.toByteArray()) == read) read else throw Unreadable()
    }

    fun escaped(): Char {
        at++
        val known = "\"\\/bfnrt".indexOf(peek())
        if (known >= 0) return "\"\\/\b\u000c\n\r\t"[known]
        val digits = text.substring(at + 1, minOf(at + 5, text.length))
        if (peek() != 'u' || !digits.matches(Regex("[0-9A-Fa-f]{4}"))) throw Unreadable()
        at += 4
        return digits.toInt(16).toChar()
    }

    fun map(depth: Int): Fields {
        val fields = linkedMapOf<String, Any?>()
        if (take('}')) return fields
        do {
            blanks()
            if (peek() != '"') throw Unreadable()
            val name = string()
            if (name in fields) throw Unreadable()
            need(':')
            fields[name] = value(depth)
        } while (take(','))
        need('}')
        return fields
    }

    fun list(depth: Int): List<Any?> {
        val items = mutableListOf<Any?>()
        if (take(']')) return items
        do items.add(value(depth)) while (take(','))
        need(']')
        return items
    }
}
