// Verifies and reads callbacks by rules.json. Foundation, and CryptoKit or swift-crypto.

import Foundation

struct Rule: Decodable {
    let callback, area: String
    let named, dedupe: [Place]
    let signature: Int
    let moment: Place?
    let nested: [[String]]
    let numbers, booleans: [String]
}

struct Rules: Decodable {
    let signatures: [[Form]]
    let callbacks: [Rule]
}

/// The same event has the same dedupeKey each time that it is sent; "" where none is known.
struct Event {
    let callback: String
    let payload: [String: Value]
    let raw: Data
    let dedupeKey: String
}

/// kind: invalid-signature (answer 401) or malformed (400); reason: a word for your log.
struct Rejected: Error, Equatable {
    let kind, reason: String
}

/// Reads the callbacks of some areas. Make one, and give it each request.
struct Reader {
    let rules: Rules
    let known: [Rule]
    let secrets: [String]
    let acceptUnsigned: Bool
    let now: () -> Double

    init(
        rules: Data, areas: [String], secrets: [String], acceptUnsigned: Bool = false,
        now: @escaping () -> Double = { Date().timeIntervalSince1970 }
    ) throws {
        self.rules = try JSONDecoder().decode(Rules.self, from: rules)
        known = self.rules.callbacks.filter { areas.contains($0.area) }
        self.secrets = secrets
        self.acceptUnsigned = acceptUnsigned
        self.now = now
    }

    /// The event in a request: headers as pairs, the body as raw bytes. Throws Rejected alone.
    func receive(method: String, url: String, headers: [(String, String)], body: Data) throws -> Event {
        let (payload, isForm) = try read(headers: headers, body: body)
        var request = Request(method: method, url: url, headers: headers, body: body, payload: payload)
        let found = known.filter { rule in rule.named.allSatisfy { isNamed(request, $0) } }
        let wanted = acceptUnsigned ? ["valid", "unsigned"] : ["valid"]
        let matches = wanted.compactMap { proof in found.first { self.proof($0, request) == proof } }
        guard let rule = matches.first else { return try unknown(found, request) }
        try holdToNow(rule, request)
        if isForm {
            for (name, value) in payload { request.payload[name] = typed(rule, name, value.text ?? "") }
        }
        let key = rule.dedupe.map { request.at($0) ?? .null }
        let isKnown = key.contains { $0 != .null }
        let text = isKnown ? json(.list([.text(rule.callback)] + key)) : ""
        var opened = request.payload
        for path in rule.nested { openText(&opened, path[...]) }
        return Event(callback: rule.callback, payload: opened, raw: body, dedupeKey: text)
    }

    private func read(headers: [(String, String)], body: Data) throws -> ([String: Value], Bool) {
        do {
            let (value, isForm) = try readBody(headers: headers, raw: body)
            guard let fields = value.fields else {
                throw Rejected(kind: "malformed", reason: "no-object")
            }
            return (fields, isForm)
        } catch let error as Unreadable {
            throw Rejected(kind: "malformed", reason: error.reason)
        }
    }

    private func proof(_ rule: Rule, _ request: Request) -> String {
        let forms = rules.signatures[rule.signature]
        if forms.isEmpty { return "unsigned" }
        let found = forms.flatMap { form in
            secrets.map { form.verdict(secret: $0, request: request) }
        }
        return ["valid", "wrong", "unreadable", "missing"].first { found.contains($0) } ?? "wrong"
    }

    /// The event of a name that the rules do not have, of a sender who is proved.
    private func unknown(_ found: [Rule], _ request: Request) throws -> Event {
        if let first = found.first {
            throw Rejected(kind: "invalid-signature", reason: proof(first, request))
        }
        let proofs = Set(known.map { proof($0, request) })
        guard proofs.contains("valid") || (acceptUnsigned && proofs == ["unsigned"]) else {
            throw Rejected(kind: "invalid-signature", reason: "wrong")
        }
        return Event(callback: "", payload: request.payload, raw: request.body, dedupeKey: "")
    }

    private func holdToNow(_ rule: Rule, _ request: Request) throws {
        guard let moment = rule.moment, let value = request.at(moment) else { return }
        var digits = value.text ?? ""
        if case .number(let number) = value { digits = number }
        guard digits.count <= 16, digits.allSatisfy({ "0123456789".contains($0) }),
            let count = Double(digits)
        else { return }
        let seconds = count / (moment.unit == "milliseconds" ? 1000 : 1)
        if abs(seconds - now()) > moment.tolerance ?? .infinity {
            throw Rejected(kind: "invalid-signature", reason: "stale")
        }
    }
}

private func isNamed(_ request: Request, _ place: Place) -> Bool {
    let value = request.at(place)
    guard let values = place.values, !values.isEmpty else { return value != nil && value != .null }
    return values.contains { name in
        switch (name, value) {
        case (.text(let one), .text(let other)?): return one == other
        case (.number(let one), .number(let other)?): return Double(one) == Double(other)
        default: return false
        }
    }
}

/// A field of a form as what the page documents.
private func typed(_ rule: Rule, _ name: String, _ text: String) -> Value {
    let number = #"^-?(0|[1-9][0-9]{0,99})$"#
    if rule.numbers.contains(name), text.range(of: number, options: .regularExpression) != nil {
        return .number(text)
    }
    let isWord = rule.booleans.contains(name) && ["true", "false"].contains(text)
    return isWord ? .bool(text == "true") : .text(text)
}

private func json(_ value: Value) -> String {
    switch value {
    case .null: return "null"
    case .bool(let word): return word ? "true" : "false"
    case .number(let digits): return digits
    case .list(let items): return "[" + items.map(json).joined(separator: ",") + "]"
    case .object(let fields):
        let pairs = fields.sorted { $0.key < $1.key }.map { json(.text($0.key)) + ":" + json($0.value) }
        return "{" + pairs.joined(separator: ",") + "}"
    case .text(let text): return "\"" + text.unicodeScalars.map(escaped).joined() + "\""
    }
}

private func escaped(_ one: UnicodeScalar) -> String {
    let known: [UnicodeScalar: String] = [
        "\"": "\\\"", "\\": "\\\\", "\u{8}": "\\b", "\u{c}": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t",
    ]
    return known[one] ?? (one.value < 32 ? String(format: "\\u%04x", one.value) : String(one))
}

/// Puts what a text holds as JSON in its place; what is none is left.
private func openText(_ fields: inout [String: Value], _ path: ArraySlice<String>) {
    guard let name = path.first, let value = fields[name] else { return }
    if path.count > 1, var inner = value.fields {
        openText(&inner, path.dropFirst())
        fields[name] = .object(inner)
    } else if path.count == 1, let text = value.text, let opened = try? readJSON(text) {
        fields[name] = opened
    }
}
