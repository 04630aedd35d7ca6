import java.math.BigInteger
import java.net.URLDecoder
import java.security.MessageDigest
import java.util.Base64
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

/** What stands where nothing does. */
object Missing

@Suppress("UNCHECKED_CAST")
fun fields(value: Any?) = value as Fields

fun list(value: Any?) = value as List<*>

/** A request as it came; payload is what was read from its body. */
class Request(
    val method: String,
    val url: String,
    val headers: List<List<String>>,
    val body: ByteArray,
    val payload: Fields
) {
    /** All texts at a place beside the body. */
    fun texts(place: Fields): List<String> {
        val found = if (place["in"] == "query") {
            val query = url.substringBefore("#").substringAfter("?", "")
            query.split("&").filter { unquoted(it.substringBefore("=")) == place["field"] }
                .map { unquoted(it.substringAfter("=", "")) }
        } else {
            headers.filter { it[0].equals(place["field"] as String, ignoreCase = true) }.map { it[1] }
        }
        if ("pair" !in place) return found
        val start = "${place["pair"]}="
        return found.flatMap { it.split(place["separator"] as String) }.map { it.trim() }
            .filter { it.startsWith(start) }.map { it.removePrefix(start) }
    }

    /** What stands at a place; Missing where nothing does. */
    fun at(place: Fields): Any? {
        if (place["in"] != "body") return texts(place).firstOrNull() ?: Missing
        return list(place["path"]).fold(payload as Any?) { value, name ->
            if (value is Map<*, *> && name in value) value[name] else Missing
        }
    }
}

private fun unquoted(text: String) = try {
    URLDecoder.decode(text.replace("+", "%2B"), "UTF-8")
} catch (error: IllegalArgumentException) {
    text
}

/** Verifies the signature of a request by a form of rules.json. */
class Signature(private val form: Fields, private val secret: String) {
    /** valid, wrong, unreadable or missing; of signatures side by side none there may be wrong. */
    fun verdict(request: Request): String {
        val beside = list(form["beside"]).map { Signature(fields(it), secret).alone(request) }
        val there = (listOf(alone(request)) + beside).filter { it != "missing" }
        return there.firstOrNull { it != "valid" } ?: there.firstOrNull() ?: "missing"
    }

    private fun alone(request: Request): String {
        val place = fields(form["place"])
        val given = request.at(place)
        if (given === Missing) return "missing"
        if (given !is String || given.isEmpty()) return "unreadable"
        if (form["token"] != null) return tokenVerdict(given, request.body)
        val pieces = list(form["pieces"]).map { piece(fields(it), request) ?: return "unreadable" }
        val ordered = if (form["sorted"] == true) pieces.sortedWith(BYTES) else pieces
        val digest = digest(joined(ordered, (form["separator"] as String).toByteArray()))
        val several = form["several"] as String
        val texts = if ("pair" in place) request.texts(place) else listOf(given)
        val claimed = if (several.isEmpty()) texts else given.split(several)
        val right = list(form["encodings"]).map { "${form["prefix"]}${written(digest, it)}" }
        return if (claimed.any { one -> right.any { same(one, it) } }) "valid" else "wrong"
    }

    /** The bytes of a piece; null for a value that is neither a text nor an integer. */
    private fun piece(rule: Fields, request: Request): ByteArray? = when (rule["kind"]) {
        "body" -> request.body
        "secret" -> key()
        "method" -> request.method.toByteArray()
        "url" -> request.url.toByteArray()
        "literal" -> (rule["text"] as String).toByteArray()
        "form" -> String(request.body).split("&").map {
            URLDecoder.decode(it.replaceFirst("=", "%00"), "UTF-8")
        }.sorted().joinToString("").replace("\u0000", "").toByteArray()
        else -> request.at(fields(rule["place"])).let {
            if (it is String || it is Long || it is BigInteger) it.toString().toByteArray() else null
        }
    }

    private fun key(): ByteArray {
        val rule = fields(form["secret"])
        val bare = secret.removePrefix(rule["prefix"] as String)
        return when (rule["encoding"]) {
            "base64" -> Base64.getDecoder().decode(bare)
            "hex" -> bare.chunked(2).map { it.toInt(16).toByte() }.toByteArray()
            else -> bare.toByteArray()
        }
    }

    private fun digest(message: ByteArray): ByteArray {
        val name = form["hash"] as String
        if (form["hmac"] == false) return hashed(name, message)
        val mac = Mac.getInstance("Hmac$name")
        mac.init(SecretKeySpec(key(), "RAW"))
        return mac.doFinal(message)
    }

    /** A JSON Web Token is right where its end is, and its claim of the body's digest. */
    private fun tokenVerdict(token: String, body: ByteArray): String {
        val parts = token.split(".")
        val rule = fields(form["token"])
        if (parts.size != 3 || opened(parts[1]).isEmpty()) return "unreadable"
        if (opened(parts[0])["alg"] != "HS" + (form["hash"] as String).drop(3)) return "unreadable"
        val right = written(digest("${parts[0]}.${parts[1]}".toByteArray()), "base64url")
        val held = written(hashed(rule["hash"] as String, body), rule["encoding"])
        val holds = opened(parts[1])[rule["claim"] as String] == held
        return if (same(parts[2], right) && holds) "valid" else "wrong"
    }
}

private val BYTES = Comparator<ByteArray> { one, other ->
    val at = one.indices.firstOrNull { it >= other.size || one[it] != other[it] }
    when {
        at == null -> one.size - other.size
        at >= other.size -> 1
        else -> (one[at].toInt() and 255) - (other[at].toInt() and 255)
    }
}

private fun joined(pieces: List<ByteArray>, separator: ByteArray) =
    pieces.reduce { made, one -> made + separator + one }

private fun hashed(name: String, message: ByteArray) =
    MessageDigest.getInstance(name.replace("sha", "SHA-")).digest(message)

private fun written(digest: ByteArray, encoding: Any?): String {
    val base64 = Base64.getEncoder().encodeToString(digest)
    return when (encoding) {
        "hex" -> digest.joinToString("") { "%02x".format(it) }
        "base64url" -> Base64.getUrlEncoder().withoutPadding().encodeToString(digest)
        "percent-base64" -> base64.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")
        else -> base64
    }
}

private fun same(one: String, other: String) =
    MessageDigest.isEqual(one.toByteArray(), other.toByteArray())

private fun opened(part: String): Map<String, Any?> = try {
    (readJson(String(Base64.getUrlDecoder().decode(part))) as? Map<*, *>)
        .orEmpty().mapKeys { it.key as String }
} catch (error: IllegalArgumentException) {
    emptyMap()
} catch (error: Unreadable) {
    emptyMap()
}
