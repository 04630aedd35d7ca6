import java.io.File
import java.util.Base64
import kotlin.system.exitProcess

/** Holds the reader to a pack of vectors: the folder of the pack is the argument. */
fun main(arguments: Array<String>) {
    val text = { name: Any? -> File(arguments[0], name as String).readText() }
    val index = fields(readJson(text("index.json")))
    val rules = text(index["rules"])
    val moment = (index["moment"] as Long).toDouble()
    var count = 0
    var wrong = 0
    for (listed in list(index["areas"])) {
        val file = fields(readJson(text(fields(listed)["file"])))
        val areas = listOf(file["area"] as String)
        val secrets = list(file["secrets"]).map { it as String }
        val readers = listOf(false, true).associateWith { Reader(rules, areas, secrets, it, { moment }) }
        for (one in list(file["vectors"]).map(::fields)) {
            val got = outcome(readers.getValue(one["accept_unsigned"] as Boolean), one)
            val expected = normal(fields(one["expect"]))
            count++
            if (got != expected) {
                wrong++
                println("WRONG ${one["name"]}\n$got\n$expected")
            }
        }
    }
    println("$count vectors, $wrong wrong")
    exitProcess(if (wrong > 0) 1 else 0)
}

private fun outcome(reader: Reader, one: Fields): Map<String, Any?> {
    val body = Base64.getDecoder().decode(one["body"] as String)
    val headers = list(one["headers"]).map { pair -> list(pair).map { it as String } }
    try {
        val event = reader.receive(one["method"] as String, one["url"] as String, headers, body)
        val values = linkedMapOf<String, Any?>()
        leaves(event.payload, "", values)
        return normal(mutableMapOf("accepted" to true, "callback" to event.callback,
            "dedupe_key" to event.dedupeKey, "values" to values))
    } catch (error: Rejected) {
        return normal(mutableMapOf("accepted" to false, "kind" to error.kind, "reason" to error.reason))
    }
}

private fun leaves(value: Any?, path: String, into: Fields) {
    when {
        value is Map<*, *> && value.isNotEmpty() -> value.forEach { (name, one) ->
            leaves(one, path + "/" + (name as String).replace("~", "~0").replace("/", "~1"), into)
        }
        value is List<*> && value.isNotEmpty() ->
            value.forEachIndexed { at, one -> leaves(one, "$path/$at", into) }
        value is Map<*, *> || value is List<*> -> into[path] = listOf("empty", value.toString())
        value is String -> into[path] = listOf("text", value)
        else -> into[path] = listOf(if (value is Number) "number" else "word", value.toString())
    }
}

/** Digits are compared as texts, other numbers as doubles. */
private fun normal(outcome: Fields): Map<String, Any?> {
    val values = fields(outcome["values"] ?: mutableMapOf<String, Any?>())
    return outcome + ("values" to values.mapValues { (_, leaf) ->
        val (kind, text) = list(leaf).map { it as String }
        val isDouble = kind == "number" && !text.matches(Regex("-?[0-9]+"))
        if (isDouble) text.toDouble() else listOf(kind, text)
    })
}
