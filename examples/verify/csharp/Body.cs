using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

/// <summary>A body or a text that cannot be read; the message is the reason.</summary>
public sealed class UnreadableException : Exception
{
    public UnreadableException(string reason = "unreadable") : base(reason) { }
}

/// <summary>Reads bodies strictly: JSON, forms, percent-encoded JSON.</summary>
public static class Body
{
    const int Bytes = 16 * 1024 * 1024;
    static readonly Encoding Strict = new UTF8Encoding(false, true);
    static readonly Regex FormStart = new Regex(@"^[A-Za-z_][A-Za-z0-9_.\-\[\]%]*=");

    /// <summary>What a body holds, and whether it is a form.</summary>
    public static object Read(IList<string[]> headers, byte[] raw, out bool isForm)
    {
        if (raw.Length > Bytes) throw new UnreadableException("too-large");
        string text = Decoded(raw), start = text.TrimStart(' ', '\t', '\r', '\n');
        string type = headers.Where(one => one[0].ToLowerInvariant() == "content-type")
            .Select(one => one[1].ToLowerInvariant()).FirstOrDefault() ?? "";
        bool isJson = start.StartsWith("{", StringComparison.Ordinal) || start.StartsWith("[", StringComparison.Ordinal);
        bool isEncoded = IsEncodedJson(start), isDeclared = type.Contains("x-www-form-urlencoded");
        isForm = !isJson && (isDeclared || (!isEncoded && FormStart.IsMatch(start)));
        if (isForm) return ReadForm(text);
        return Json.Read(!isJson && isEncoded ? PercentDecoded(text.Trim()) : text);
    }

    static bool IsEncodedJson(string text)
    {
        return text.StartsWith("%7b", StringComparison.OrdinalIgnoreCase);
    }

    static string Decoded(byte[] raw)
    {
        try { return Strict.GetString(raw); }
        catch (ArgumentException) { throw new UnreadableException(); }
    }

    static Dictionary<string, object> ReadForm(string text)
    {
        var fields = new Dictionary<string, object>();
        foreach (string pair in text.TrimEnd('\r', '\n').Split('&').Where(one => one != ""))
        {
            int at = pair.IndexOf('=');
            string name = PercentDecoded(at < 0 ? pair : pair.Substring(0, at));
            string value = PercentDecoded(at < 0 ? "" : pair.Substring(at + 1));
            if (fields.ContainsKey(name) || IsEncodedJson(value.TrimStart())) throw new UnreadableException();
            fields[name] = value;
        }
        return fields;
    }

    static string PercentDecoded(string text)
    {
        if (Regex.IsMatch(text, "%(?![0-9A-Fa-f]{2})")) throw new UnreadableException();
        byte[] given = Strict.GetBytes(text.Replace('+', ' '));
        var octets = new List<byte>();
        for (int at = 0; at < given.Length; at++)
        {
            bool isEscape = given[at] == '%';
            octets.Add(isEscape ? Convert.ToByte(Encoding.ASCII.GetString(given, at + 1, 2), 16) : given[at]);
            if (isEscape) at += 2;
        }
        return Decoded(octets.ToArray());
    }
}

/// <summary>A JSON text as dictionaries and lists. Integers of any length are exact: long or
/// BigInteger. No key stands twice.</summary>
public sealed class Json
{
    const int Depth = 128, Digits = 4300;
    static readonly Regex Scalar = new Regex(
        @"\G(?:-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?|true|false|null)");
    readonly string text;
    int at;

    Json(string text) { this.text = text; }

    public static object Read(string text)
    {
        var json = new Json(text);
        object value = json.Value(0);
        json.Blanks();
        if (json.at < text.Length) throw new UnreadableException();
        return value;
    }

    char Peek() { return at < text.Length ? text[at] : '\0'; }

    void Blanks() { while (at < text.Length && " \t\r\n".IndexOf(text[at]) >= 0) at++; }

    bool Take(char mark)
    {
        Blanks();
        if (Peek() != mark) return false;
        at++;
        return true;
    }

    void Need(char mark) { if (!Take(mark)) throw new UnreadableException(); }

    object Value(int depth)
    {
        Blanks();
        char mark = Peek();
        if ((mark == '{' || mark == '[') && depth >= Depth) throw new UnreadableException();
        if (mark == '"') return Text();
        if (Take('{')) return Object(depth + 1);
        if (Take('[')) return List(depth + 1);
        Match found = Scalar.Match(text, at);
        if (!found.Success) throw new UnreadableException();
        at += found.Length;
        if (found.Value == "null") return null;
        if (char.IsLetter(found.Value[0])) return found.Value == "true";
        if (!found.Groups[1].Success && !found.Groups[2].Success) return Integer(found.Value);
        double value;
        double.TryParse(found.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        bool isZero = !found.Value.Split('e', 'E')[0].Any(one => one >= '1' && one <= '9');
        // An older runtime says 0 of what is too large, a newer one infinity.
        bool isTooLarge = double.IsInfinity(value) || (value == 0 && !isZero && !found.Value.ToLowerInvariant().Contains("e-"));
        if (isTooLarge) throw new UnreadableException();
        return value;
    }

    public static object Integer(string word)
    {
        if (word.TrimStart('-').Length > Digits) throw new UnreadableException();
        long small;
        if (long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out small)) return small;
        return BigInteger.Parse(word, CultureInfo.InvariantCulture);
    }

    string Text()
    {
        var made = new StringBuilder();
        for (at++; Peek() != '"'; at++)
        {
            if (Peek() < ' ') throw new UnreadableException();
            made.Append(Peek() == '\\' ? Escaped() : Peek());
        }
        at++;
        for (int n = 0; n < made.Length; n++)
        {
            bool isPair = n + 1 < made.Length && char.IsSurrogatePair(made[n], made[n + 1]);
            if (char.IsSurrogate(made[n]) && !isPair) throw new UnreadableException();
            if (isPair) n++;
        }
        return made.ToString();
    }

    char Escaped()
    {
        at++;
        int known = "\"\\/bfnrt".IndexOf(Peek());
        if (known >= 0) return "\"\\/\b\f\n\r\t"[known];
        if (Peek() != 'u' || at + 5 > text.Length) throw new UnreadableException();
        string digits = text.Substring(at + 1, 4);
        if (!Regex.IsMatch(digits, "^[0-9A-Fa-f]{4}$")) throw new UnreadableException();
        at += 4;
        return (char)Convert.ToInt32(digits, 16);
    }

    Dictionary<string, object> Object(int depth)
    {
        var fields = new Dictionary<string, object>();
        if (Take('}')) return fields;
        do
        {
            Blanks();
            if (Peek() != '"') throw new UnreadableException();
            string name = Text();
            if (fields.ContainsKey(name)) throw new UnreadableException();
            Need(':');
            fields[name] = Value(depth);
        } while (Take(','));
        Need('}');
        return fields;
    }

    List<object> List(int depth)
    {
        var items = new List<object>();
        if (Take(']')) return items;
        do items.Add(Value(depth)); while (Take(','));
        Need(']');
        return items;
    }
}
