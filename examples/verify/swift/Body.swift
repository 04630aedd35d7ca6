// Reads bodies strictly: JSON, forms, percent-encoded JSON. What is wrong is an Unreadable.
// JSONSerialization cannot be used: it takes a key twice and rounds long integers.

import Foundation

/// What generated types call an integer that 64 bits with a sign do not hold.
public typealias WideInteger = UInt64

struct Unreadable: Error {
    var reason = "unreadable"
}

/// A JSON value. A number is its digits as they came, so that none is lost.
indirect enum Value: Equatable {
    case null
    case bool(Bool)
    case number(String)
    case text(String)
    case list([Value])
    case object([String: Value])

    var text: String? {
        if case .text(let text) = self { return text }
        return nil
    }

    var fields: [String: Value]? {
        if case .object(let fields) = self { return fields }
        return nil
    }
}

private let mostBytes = 16 * 1024 * 1024
private let mostDepth = 128
private let mostDigits = 4300

/// What a body holds, and whether it is a form.
func readBody(headers: [(String, String)], raw: Data) throws -> (value: Value, isForm: Bool) {
    if raw.count > mostBytes { throw Unreadable(reason: "too-large") }
    guard let text = String(validatingUTF8: raw.map { CChar(bitPattern: $0) } + [0]), !raw.contains(0)
    else { throw Unreadable() }
    let start = text.drop { " \t\r\n".contains($0) || $0 == "\r\n" }
    if start.hasPrefix("{") || start.hasPrefix("[") { return (try readJSON(text), false) }
    let type = headers.first { $0.0.lowercased() == "content-type" }?.1.lowercased() ?? ""
    if type.contains("x-www-form-urlencoded") { return (try readForm(text), true) }
    if isEncodedJSON(start) {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return (try readJSON(percentDecoded(trimmed)), false)
    }
    let isForm = start.range(of: #"^[A-Za-z_][A-Za-z0-9_.\-\[\]%]*="#, options: .regularExpression) != nil
    return isForm ? (try readForm(text), true) : (try readJSON(text), false)
}

private func isEncodedJSON<T: StringProtocol>(_ text: T) -> Bool {
    return text.prefix(3).lowercased() == "%7b"
}

private func readForm(_ text: String) throws -> Value {
    var fields: [String: Value] = [:]
    let line = text.trimmingCharacters(in: .newlines)
    for pair in line.split(separator: "&") {
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = try percentDecoded(String(parts[0]))
        let value = try percentDecoded(parts.count > 1 ? String(parts[1]) : "")
        let isTwice = fields.updateValue(.text(value), forKey: name) != nil
        if isTwice || isEncodedJSON(value.drop { $0 == " " }) { throw Unreadable() }
    }
    return .object(fields)
}

private func percentDecoded(_ text: String) throws -> String {
    let blanks = text.replacingOccurrences(of: "+", with: " ")
    guard let decoded = blanks.removingPercentEncoding else { throw Unreadable() }
    return decoded
}

func readJSON(_ text: String) throws -> Value {
    var reader = JSONReader(octets: Array(text.utf8))
    let value = try reader.value(depth: 0)
    reader.blanks()
    if reader.at < reader.octets.count { throw Unreadable() }
    return value
}

private struct JSONReader {
    let octets: [UInt8]
    var at = 0

    init(octets: [UInt8]) {
        self.octets = octets
    }

    var next: UInt8 { return at < octets.count ? octets[at] : 0 }

    func isNext(_ mark: Character) -> Bool {
        return next == mark.asciiValue
    }

    mutating func blanks() {
        while at < octets.count, [32, 9, 10, 13].contains(octets[at]) { at += 1 }
    }

    mutating func take(_ mark: Character) -> Bool {
        blanks()
        guard isNext(mark) else { return false }
        at += 1
        return true
    }

    mutating func value(depth: Int) throws -> Value {
        blanks()
        if isNext("\"") { return .text(try string()) }
        if isNext("{") || isNext("["), depth >= mostDepth { throw Unreadable() }
        if take("{") { return .object(try object(depth: depth + 1)) }
        if take("[") { return .list(try list(depth: depth + 1)) }
        let start = at
        while let one = octets[safe: at], isScalar(one) { at += 1 }
        return try scalar(String(decoding: octets[start..<at], as: UTF8.self))
    }

    private func isScalar(_ one: UInt8) -> Bool {
        return one > 32 && !",]}:[{\"".utf8.contains(one)
    }

    private func scalar(_ word: String) throws -> Value {
        let known: [String: Value] = ["null": .null, "true": .bool(true), "false": .bool(false)]
        if let value = known[word] { return value }
        let number = #"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$"#
        guard word.range(of: number, options: .regularExpression) != nil else { throw Unreadable() }
        let isInteger = !word.contains { ".eE".contains($0) }
        let isTooLong = isInteger && word.drop { $0 == "-" }.count > mostDigits
        let isTooLarge = !isInteger && !(Double(word) ?? .infinity).isFinite
        if isTooLong || isTooLarge { throw Unreadable() }
        return .number(word)
    }

    mutating func string() throws -> String {
        at += 1
        var units: [UInt16] = []
        while !isNext("\"") {
            if next < 32 { throw Unreadable() }
            if isNext("\\") {
                units.append(try escaped())
            } else {
                let start = at
                at += 1
                while next & 0xC0 == 0x80 { at += 1 }
                units += Array(String(decoding: octets[start..<at], as: UTF8.self).utf16)
            }
        }
        at += 1
        let read = String(decoding: units, as: UTF16.self)
        // Half a character is replaced by another one.
        if Array(read.utf16) != units { throw Unreadable() }
        return read
    }

    mutating func escaped() throws -> UInt16 {
        at += 1
        let known: [Character: UInt16] = [
            "\"": 34, "\\": 92, "/": 47, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9,
        ]
        if let meant = known[Character(UnicodeScalar(next))] {
            at += 1
            return meant
        }
        let digits = octets[min(at + 1, octets.count)..<min(at + 5, octets.count)]
        let text = String(decoding: digits, as: UTF8.self)
        guard isNext("u"), digits.count == 4, text.allSatisfy({ $0.isHexDigit }),
            let unit = UInt16(text, radix: 16)
        else { throw Unreadable() }
        at += 5
        return unit
    }

    mutating func object(depth: Int) throws -> [String: Value] {
        var fields: [String: Value] = [:]
        if take("}") { return fields }
        repeat {
            blanks()
            guard isNext("\"") else { throw Unreadable() }
            let name = try string()
            guard take(":") else { throw Unreadable() }
            if fields.updateValue(try value(depth: depth), forKey: name) != nil { throw Unreadable() }
        } while take(",")
        guard take("}") else { throw Unreadable() }
        return fields
    }

    mutating func list(depth: Int) throws -> [Value] {
        var items: [Value] = []
        if take("]") { return items }
        repeat { items.append(try value(depth: depth)) } while take(",")
        guard take("]") else { throw Unreadable() }
        return items
    }
}

extension Array {
    fileprivate subscript(safe at: Int) -> Element? {
        return at < count ? self[at] : nil
    }
}
