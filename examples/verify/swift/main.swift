// Holds the reader to a pack of vectors: the folder of the pack is the argument.

import Foundation

struct Index: Decodable {
    struct Listed: Decodable { let file: String }
    let moment: Double
    let rules: String
    let areas: [Listed]
}

struct Outcome: Decodable, Equatable {
    let accepted: Bool
    var callback, dedupe_key, kind, reason: String?
    var values: [String: [String]]?

    /// Digits are compared as texts, other numbers as doubles.
    var normal: Outcome {
        var made = self
        made.values = values?.mapValues { leaf in
            let isDouble = leaf[0] == "number" && leaf[1].contains { ".eE".contains($0) }
            return isDouble ? ["number", "\(Double(leaf[1]) ?? .nan)"] : leaf
        }
        return made
    }
}

struct Vector: Decodable {
    let name, method, url: String
    let accept_unsigned: Bool
    let headers: [[String]]
    let body: Data
    let expect: Outcome
}

struct Area: Decodable {
    let area: String
    let secrets: [String]
    let vectors: [Vector]
}

func leaves(_ value: Value, _ path: String, _ found: inout [String: [String]]) {
    switch value {
    case .object(let fields) where !fields.isEmpty:
        for (name, one) in fields {
            let escaped = name.replacingOccurrences(of: "~", with: "~0")
            leaves(one, path + "/" + escaped.replacingOccurrences(of: "/", with: "~1"), &found)
        }
    case .list(let items) where !items.isEmpty:
        for (at, one) in items.enumerated() { leaves(one, "\(path)/\(at)", &found) }
    case .object: found[path] = ["empty", "{}"]
    case .list: found[path] = ["empty", "[]"]
    case .text(let text): found[path] = ["text", text]
    case .number(let digits): found[path] = ["number", digits]
    case .bool(let word): found[path] = ["word", "\(word)"]
    case .null: found[path] = ["word", "null"]
    }
}

func outcome(_ reader: Reader, _ one: Vector) throws -> Outcome {
    do {
        let headers = one.headers.map { ($0[0], $0[1]) }
        let event = try reader.receive(method: one.method, url: one.url, headers: headers, body: one.body)
        var values: [String: [String]] = [:]
        leaves(.object(event.payload), "", &values)
        return Outcome(
            accepted: true, callback: event.callback, dedupe_key: event.dedupeKey, values: values)
    } catch let error as Rejected {
        return Outcome(accepted: false, kind: error.kind, reason: error.reason)
    }
}

let pack = URL(fileURLWithPath: CommandLine.arguments[1])
func read(_ name: String) throws -> Data { return try Data(contentsOf: pack.appendingPathComponent(name)) }
let index = try JSONDecoder().decode(Index.self, from: read("index.json"))
let rules = try read(index.rules)
var (count, wrong) = (0, 0)
for listed in index.areas {
    let file = try JSONDecoder().decode(Area.self, from: read(listed.file))
    for one in file.vectors {
        let reader = try Reader(
            rules: rules, areas: [file.area], secrets: file.secrets,
            acceptUnsigned: one.accept_unsigned, now: { index.moment })
        let got = try outcome(reader, one).normal
        count += 1
        if got != one.expect.normal {
            wrong += 1
            print("WRONG \(one.name) \(got)")
        }
    }
}
print("\(count) vectors, \(wrong) wrong")
exit(wrong > 0 ? 1 : 0)
