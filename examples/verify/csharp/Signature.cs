using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Fields = System.Collections.Generic.Dictionary<string, object>;

/// <summary>A request as it came; Payload is what was read from its body.</summary>
public sealed class Request
{
    public string Method, Url;
    public IList<string[]> Headers;
    public byte[] Body;
    public Fields Payload;

    /// <summary>All texts at a place beside the body.</summary>
    public List<string> Texts(Fields place)
    {
        string field = (string)place["field"];
        var found = new List<string>();
        if ((string)place["in"] == "query")
        {
            string query = Cut(Cut(Url, '#')[0], '?')[1];
            foreach (string pair in query.Split('&'))
                if (Uri.UnescapeDataString(Cut(pair, '=')[0]) == field)
                    found.Add(Uri.UnescapeDataString(Cut(pair, '=')[1]));
        }
        else
        {
            found.AddRange(Headers.Where(one => string.Equals(one[0], field, StringComparison.OrdinalIgnoreCase))
                .Select(one => one[1]));
        }
        if (!place.ContainsKey("pair")) return found;
        var between = new[] { (string)place["separator"] };
        string start = place["pair"] + "=";
        return found.SelectMany(text => text.Split(between, StringSplitOptions.None))
            .Select(one => one.Trim()).Where(one => one.StartsWith(start, StringComparison.Ordinal))
            .Select(one => one.Substring(start.Length)).ToList();
    }

    static string[] Cut(string text, char mark)
    {
        int at = text.IndexOf(mark);
        return at < 0 ? new[] { text, "" } : new[] { text.Substring(0, at), text.Substring(at + 1) };
    }

    /// <summary>What stands at a place, and whether anything does.</summary>
    public object At(Fields place, out bool isThere)
    {
        if ((string)place["in"] != "body")
        {
            List<string> texts = Texts(place);
            isThere = texts.Count > 0;
            return texts.FirstOrDefault();
        }
        object value = Payload;
        isThere = true;
        foreach (string name in (List<object>)place["path"])
        {
            object holder = value;
            isThere = holder is Fields && ((Fields)holder).TryGetValue(name, out value);
            if (!isThere) value = null;
        }
        return value;
    }

    public object At(Fields place)
    {
        bool isThere;
        return At(place, out isThere);
    }
}

/// <summary>Verifies the signature of a request by a form of rules.json.</summary>
public sealed class Signature
{
    readonly Fields form;
    readonly string secret;

    public Signature(Fields form, string secret)
    {
        this.form = form;
        this.secret = secret;
    }

    /// <summary>valid, wrong, unreadable or missing; of signatures side by side none there may be wrong.</summary>
    public string Verdict(Request request)
    {
        var beside = ((List<object>)form["beside"]).Select(one => new Signature((Fields)one, secret));
        List<string> there = new[] { this }.Concat(beside).Select(one => one.Alone(request))
            .Where(one => one != "missing").ToList();
        return there.FirstOrDefault(one => one != "valid") ?? there.FirstOrDefault() ?? "missing";
    }

    string Alone(Request request)
    {
        var place = (Fields)form["place"];
        bool isThere;
        string given = request.At(place, out isThere) as string;
        if (!isThere) return "missing";
        if (string.IsNullOrEmpty(given)) return "unreadable";
        if (form["token"] != null) return TokenVerdict(given, request.Body);
        List<byte[]> pieces = ((List<object>)form["pieces"]).Select(one => Piece((Fields)one, request)).ToList();
        if (pieces.Contains(null)) return "unreadable";
        if ((bool)form["sorted"]) pieces.Sort(Compared);
        byte[] digest = Digest(Joined(pieces, Bytes((string)form["separator"])));
        var several = (string)form["several"];
        IEnumerable<string> claimed = place.ContainsKey("pair") ? request.Texts(place) : new List<string> { given };
        if (several != "") claimed = given.Split(new[] { several }, StringSplitOptions.None);
        bool isRight = claimed.Any(one => ((List<object>)form["encodings"]).Any(
            encoding => Same(one, form["prefix"] + Written(digest, (string)encoding))));
        return isRight ? "valid" : "wrong";
    }

    /// <summary>The bytes of a piece; null for a value that is neither a text nor an integer.</summary>
    byte[] Piece(Fields rule, Request request)
    {
        switch ((string)rule["kind"])
        {
            case "body": return request.Body;
            case "secret": return Key();
            case "method": return Bytes(request.Method);
            case "url": return Bytes(request.Url);
            case "literal": return Bytes((string)rule["text"]);
            case "form":
                List<string> pairs = Encoding.UTF8.GetString(request.Body).Split('&')
                    .Select(one => Uri.UnescapeDataString(one.Replace('+', ' ').Replace('=', '\0'))).ToList();
                pairs.Sort(string.CompareOrdinal);
                return Bytes(string.Join("", pairs).Replace("\0", ""));
        }
        object value = request.At((Fields)rule["place"]);
        return value is string || value is long || value is BigInteger ? Bytes(value.ToString()) : null;
    }

    static byte[] Bytes(string text) { return Encoding.UTF8.GetBytes(text); }

    static int Compared(byte[] one, byte[] other)
    {
        int at = 0;
        while (at < one.Length && at < other.Length && one[at] == other[at]) at++;
        bool isEnd = at == one.Length || at == other.Length;
        return isEnd ? one.Length - other.Length : one[at] - other[at];
    }

    static byte[] Joined(List<byte[]> pieces, byte[] separator)
    {
        return pieces.SelectMany((one, at) => at > 0 ? separator.Concat(one) : one).ToArray();
    }

    byte[] Key()
    {
        var rule = (Fields)form["secret"];
        var prefix = (string)rule["prefix"];
        string bare = secret.StartsWith(prefix, StringComparison.Ordinal) ? secret.Substring(prefix.Length) : secret;
        if ((string)rule["encoding"] == "base64") return Convert.FromBase64String(bare);
        if ((string)rule["encoding"] == "text") return Bytes(bare);
        return Enumerable.Range(0, bare.Length / 2).Select(n => Convert.ToByte(bare.Substring(2 * n, 2), 16)).ToArray();
    }

    byte[] Digest(byte[] message)
    {
        if (!(bool)form["hmac"]) return Hashed((string)form["hash"], message);
        byte[] key = Key();
        using (HMAC mac = form["hash"].Equals("md5") ? new HMACMD5(key)
            : form["hash"].Equals("sha1") ? new HMACSHA1(key)
            : form["hash"].Equals("sha256") ? (HMAC)new HMACSHA256(key) : new HMACSHA512(key))
            return mac.ComputeHash(message);
    }

    static byte[] Hashed(string name, byte[] message)
    {
        using (HashAlgorithm hash = name == "md5" ? MD5.Create() : name == "sha1" ? SHA1.Create()
            : name == "sha256" ? (HashAlgorithm)SHA256.Create() : SHA512.Create())
            return hash.ComputeHash(message);
    }

    static string Written(byte[] digest, string encoding)
    {
        string base64 = Convert.ToBase64String(digest);
        switch (encoding)
        {
            case "hex": return BitConverter.ToString(digest).Replace("-", "").ToLowerInvariant();
            case "base64url": return base64.TrimEnd('=').Replace('+', '-').Replace('/', '_');
            case "percent-base64": return Uri.EscapeDataString(base64);
            default: return base64;
        }
    }

    /// <summary>Whether two texts are equal, in a time that does not tell where they differ.</summary>
    static bool Same(string one, string other)
    {
        byte[] a = Bytes(one), b = Bytes(other);
        int differ = a.Length ^ b.Length;
        for (int n = 0; n < a.Length && n < b.Length; n++) differ |= a[n] ^ b[n];
        return differ == 0;
    }

    /// <summary>A JSON Web Token is right where its end is, and its claim of the body's digest.</summary>
    string TokenVerdict(string token, byte[] body)
    {
        string[] parts = token.Split('.');
        var rule = (Fields)form["token"];
        if (parts.Length != 3 || Opened(parts[1]).Count == 0) return "unreadable";
        if (!Equals(Held(Opened(parts[0]), "alg"), "HS" + ((string)form["hash"]).Substring(3))) return "unreadable";
        string right = Written(Digest(Bytes(parts[0] + "." + parts[1])), "base64url");
        string held = Written(Hashed((string)rule["hash"], body), (string)rule["encoding"]);
        bool holds = Equals(Held(Opened(parts[1]), (string)rule["claim"]), held);
        return Same(parts[2], right) && holds ? "valid" : "wrong";
    }

    static object Held(Fields fields, string name)
    {
        object value;
        return fields.TryGetValue(name, out value) ? value : null;
    }

    static Fields Opened(string part)
    {
        try
        {
            string padded = part.Replace('-', '+').Replace('_', '/') + new string('=', (4 - part.Length % 4) % 4);
            return Json.Read(Encoding.UTF8.GetString(Convert.FromBase64String(padded))) as Fields ?? new Fields();
        }
        catch (FormatException) { return new Fields(); }
        catch (UnreadableException) { return new Fields(); }
    }
}
