// Verifies the signature of a request by a form of rules.json.

import Foundation

#if canImport(CryptoKit)
    import CryptoKit
#else
    import Crypto  // the package swift-crypto
#endif

struct Place: Decodable {
    let `in`: String
    let path: [String]?
    let field, pair, separator, unit: String?
    let values: [Name]?
    let tolerance: Double?
}

/// What a callback is named by: a text or a number.
enum Name: Decodable {
    case text(String)
    case number(Int)

    init(from decoder: Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }
}

struct Form: Decodable {
    struct Secret: Decodable { let encoding, prefix: String }
    struct Token: Decodable { let claim, hash, encoding: String }
    struct Piece: Decodable {
        let kind: String
        let text: String?
        let place: Place?
    }

    let place: Place
    let prefix, several, hash, separator: String
    let secret: Secret
    let hmac, sorted: Bool
    let pieces: [Piece]
    let encodings: [String]
    let token: Token?
    let beside: [Form]?
}

/// A request as it came; payload is what was read from its body.
struct Request {
    let method, url: String
    let headers: [(String, String)]
    let body: Data
    var payload: [String: Value]

    /// All texts at a place beside the body.
    func texts(_ place: Place) -> [String] {
        var found: [String]
        if place.in == "query" {
            let query = cut(cut(url, "#").0, "?").1.components(separatedBy: "&").map { cut($0, "=") }
            found = query.filter { unquoted($0.0) == place.field }.map { unquoted($0.1) }
        } else {
            found = headers.filter { $0.0.lowercased() == place.field?.lowercased() }.map { $0.1 }
        }
        guard let pair = place.pair else { return found }
        found = found.flatMap { $0.components(separatedBy: place.separator ?? ",") }
        found = found.map { $0.trimmingCharacters(in: .whitespaces) }
        return found.filter { $0.hasPrefix(pair + "=") }.map { String($0.dropFirst(pair.count + 1)) }
    }

    /// What stands at a place, nil where nothing does.
    func at(_ place: Place) -> Value? {
        guard place.in == "body" else { return texts(place).first.map { .text($0) } }
        return place.path?.reduce(Value.object(payload) as Value?) { $0?.fields?[$1] }
    }
}

private func cut(_ text: String, _ mark: Character) -> (String, String) {
    guard let at = text.firstIndex(of: mark) else { return (text, "") }
    return (String(text[..<at]), String(text[text.index(after: at)...]))
}

private func unquoted(_ text: String) -> String {
    return text.removingPercentEncoding ?? text
}

extension Form {
    /// valid, wrong, unreadable or missing; of signatures side by side none there may be wrong.
    func verdict(secret: String, request: Request) -> String {
        let found = ([self] + (beside ?? [])).map { $0.alone(secret: secret, request: request) }
        let there = found.filter { $0 != "missing" }
        return there.first { $0 != "valid" } ?? there.first ?? "missing"
    }

    private func alone(secret: String, request: Request) -> String {
        guard let given = request.at(place) else { return "missing" }
        guard let text = given.text, !text.isEmpty else { return "unreadable" }
        if let token = token { return verdict(of: text, token, secret: secret, body: request.body) }
        var made: [Data] = []
        for one in pieces {
            guard let bytes = bytes(of: one, secret: secret, request: request) else {
                return "unreadable"
            }
            made.append(bytes)
        }
        if sorted { made.sort { $0.lexicographicallyPrecedes($1) } }
        let digest = self.digest(Data(made.joined(separator: Data(separator.utf8))), secret: secret)
        let texts = place.pair == nil ? [text] : request.texts(place)
        let claimed = several.isEmpty ? texts : text.components(separatedBy: several)
        let right = encodings.map { prefix + written(digest, $0) }
        return claimed.contains { one in right.contains { same(one, $0) } } ? "valid" : "wrong"
    }

    /// The bytes of a piece; nil for a value that is neither a text nor an integer.
    private func bytes(of piece: Piece, secret: String, request: Request) -> Data? {
        switch piece.kind {
        case "body": return request.body
        case "secret": return key(secret)
        case "method": return Data(request.method.utf8)
        case "url": return Data(request.url.utf8)
        case "literal": return Data((piece.text ?? "").utf8)
        case "form":
            let form = String(decoding: request.body, as: UTF8.self)
            let blanks = form.replacingOccurrences(of: "+", with: " ")
            let pairs = blanks.components(separatedBy: "&").map { cut($0, "=") }
            let joined = pairs.map { unquoted($0.0) + "\u{0}" + unquoted($0.1) }.sorted()
            return Data(joined.joined().replacingOccurrences(of: "\u{0}", with: "").utf8)
        default:
            switch piece.place.flatMap(request.at) {
            case .text(let text)?: return Data(text.utf8)
            case .number(let digits)? where !digits.contains { ".eE".contains($0) }:
                return Data(digits.utf8)
            default: return nil
            }
        }
    }

    private func key(_ whole: String) -> Data {
        let hasPrefix = whole.hasPrefix(secret.prefix)
        let bare = hasPrefix ? String(whole.dropFirst(secret.prefix.count)) : whole
        switch secret.encoding {
        case "base64": return Data(base64Encoded: bare) ?? Data(bare.utf8)
        case "hex":
            let digits = Array(bare)
            return Data(stride(from: 0, to: digits.count - 1, by: 2).compactMap {
                UInt8(String(digits[$0...($0 + 1)]), radix: 16)
            })
        default: return Data(bare.utf8)
        }
    }

    private func digest(_ message: Data, secret: String) -> Data {
        guard hmac else { return hashed(hash, message) }
        let key = SymmetricKey(data: self.key(secret))
        switch hash {
        case "md5": return Data(HMAC<Insecure.MD5>.authenticationCode(for: message, using: key))
        case "sha1": return Data(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: key))
        case "sha256": return Data(HMAC<SHA256>.authenticationCode(for: message, using: key))
        default: return Data(HMAC<SHA512>.authenticationCode(for: message, using: key))
        }
    }

    /// A JSON Web Token is right where its end is, and its claim of the body's digest.
    private func verdict(of text: String, _ token: Token, secret: String, body: Data) -> String {
        let parts = text.components(separatedBy: ".")
        guard parts.count == 3, let head = opened(parts[0]), let claims = opened(parts[1]),
            !claims.isEmpty, head["alg"] == .text("HS" + hash.dropFirst(3))
        else { return "unreadable" }
        let signed = Data((parts[0] + "." + parts[1]).utf8)
        let right = written(digest(signed, secret: secret), "base64url")
        let held = written(hashed(token.hash, body), token.encoding)
        return same(parts[2], right) && claims[token.claim] == .text(held) ? "valid" : "wrong"
    }
}

private func hashed(_ name: String, _ message: Data) -> Data {
    switch name {
    case "md5": return Data(Insecure.MD5.hash(data: message))
    case "sha1": return Data(Insecure.SHA1.hash(data: message))
    case "sha256": return Data(SHA256.hash(data: message))
    default: return Data(SHA512.hash(data: message))
    }
}

private func written(_ digest: Data, _ encoding: String) -> String {
    let base64 = digest.base64EncodedString()
    switch encoding {
    case "hex": return digest.map { String(format: "%02x", $0) }.joined()
    case "base64url":
        let other = base64.replacingOccurrences(of: "+", with: "-")
        return other.replacingOccurrences(of: "/", with: "_").filter { $0 != "=" }
    case "percent-base64":
        return base64.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? base64
    default: return base64
    }
}

/// Whether two texts are equal, in a time that does not tell where they differ.
private func same(_ one: String, _ other: String) -> Bool {
    let (a, b) = (Array(one.utf8), Array(other.utf8))
    let differ = zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) }
    return a.count == b.count && differ == 0
}

private func opened(_ part: String) -> [String: Value]? {
    var base64 = part.replacingOccurrences(of: "-", with: "+")
    base64 = base64.replacingOccurrences(of: "_", with: "/")
    base64 += String(repeating: "=", count: (4 - base64.count % 4) % 4)
    guard let text = Data(base64Encoded: base64) else { return nil }
    return (try? readJSON(String(decoding: text, as: UTF8.self)))?.fields
}
