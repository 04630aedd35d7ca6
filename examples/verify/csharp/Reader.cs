using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using Fields = System.Collections.Generic.Dictionary<string, object>;

/// <summary>Kind: invalid-signature (answer 401) or malformed (400); Reason: a word for your log.</summary>
public sealed class RejectedException : Exception
{
    public readonly string Kind, Reason;

    public RejectedException(string kind, string reason) : base(kind + ": " + reason)
    {
        Kind = kind;
        Reason = reason;
    }
}

/// <summary>The same event has the same DedupeKey each time that it is sent; "" where none is known.</summary>
public sealed class Event
{
    public string Callback, DedupeKey;
    public Fields Payload;
    public byte[] Raw;
}

/// <summary>Verifies and reads callbacks by rules.json, without any package. Make one, for all.</summary>
public sealed class Reader
{
    readonly List<object> forms;
    readonly List<Fields> known;
    readonly IList<string> secrets;
    readonly bool acceptUnsigned;
    readonly Func<double> now;

    /// <summary>rules is the text of rules.json; now gives seconds.</summary>
    public Reader(string rules, IList<string> areas, IList<string> secrets, bool acceptUnsigned, Func<double> now)
    {
        var read = (Fields)Json.Read(rules);
        forms = (List<object>)read["signatures"];
        known = ((List<object>)read["callbacks"]).Cast<Fields>().Where(one => areas.Contains((string)one["area"])).ToList();
        this.secrets = secrets;
        this.acceptUnsigned = acceptUnsigned;
        this.now = now;
    }

    /// <summary>The event in a request: headers as pairs, the body as raw bytes.</summary>
    public Event Receive(string method, string url, IList<string[]> headers, byte[] body)
    {
        bool isForm;
        Fields payload;
        try { payload = Body.Read(headers, body, out isForm) as Fields; }
        catch (UnreadableException error) { throw new RejectedException("malformed", error.Message); }
        if (payload == null) throw new RejectedException("malformed", "no-object");
        var request = new Request { Method = method, Url = url, Headers = headers, Body = body, Payload = payload };
        List<Fields> found = known.Where(rule => IsNamed(rule, request)).ToList();
        Fields chosen = found.FirstOrDefault(one => Proof(one, request) == "valid");
        if (chosen == null && acceptUnsigned) chosen = found.FirstOrDefault(one => Proof(one, request) == "unsigned");
        if (chosen == null) return Unknown(found, request);
        HoldToNow(chosen, request);
        foreach (string name in isForm ? payload.Keys.ToList() : new List<string>())
            payload[name] = Typed(chosen, name, (string)payload[name]);
        string key = Key(chosen, request);
        foreach (object path in (List<object>)chosen["nested"]) OpenText(payload, (List<object>)path);
        return new Event { Callback = (string)chosen["callback"], Payload = payload, Raw = body, DedupeKey = key };
    }

    string Proof(Fields rule, Request request)
    {
        var documented = (List<object>)forms[(int)(long)rule["signature"]];
        if (documented.Count == 0) return "unsigned";
        List<string> found = documented.SelectMany(
            form => secrets.Select(one => new Signature((Fields)form, one).Verdict(request))).ToList();
        return new[] { "valid", "wrong", "unreadable", "missing" }.FirstOrDefault(found.Contains) ?? "wrong";
    }

    /// <summary>The event of a name that the rules do not have, of a sender who is proved.</summary>
    Event Unknown(List<Fields> found, Request request)
    {
        if (found.Count > 0) throw new RejectedException("invalid-signature", Proof(found[0], request));
        List<string> proofs = known.Select(rule => Proof(rule, request)).Distinct().ToList();
        bool isUnsigned = acceptUnsigned && proofs.All(one => one == "unsigned");
        if (!proofs.Contains("valid") && !isUnsigned) throw new RejectedException("invalid-signature", "wrong");
        return new Event { Callback = "", Payload = request.Payload, Raw = request.Body, DedupeKey = "" };
    }

    static bool IsNamed(Fields rule, Request request)
    {
        return ((List<object>)rule["named"]).Cast<Fields>().All(place =>
        {
            object value = request.At(place);
            if (value is double && (double)value % 1 == 0) value = (long)(double)value;
            var values = (List<object>)place["values"];
            return values.Count > 0 ? values.Contains(value) : value != null;
        });
    }

    void HoldToNow(Fields rule, Request request)
    {
        var moment = rule["moment"] as Fields;
        string text = moment == null ? "" : Convert.ToString(request.At(moment), CultureInfo.InvariantCulture);
        if (!Regex.IsMatch(text, @"\A[0-9]{1,16}\z")) return;
        double seconds = long.Parse(text) / (moment["unit"].Equals("milliseconds") ? 1000.0 : 1.0);
        if (Math.Abs(seconds - now()) > (long)moment["tolerance"])
            throw new RejectedException("invalid-signature", "stale");
    }

    /// <summary>A field of a form as what the page documents.</summary>
    static object Typed(Fields rule, string name, string text)
    {
        bool isNumber = ((List<object>)rule["numbers"]).Contains(name);
        if (isNumber && Regex.IsMatch(text, @"\A-?(0|[1-9][0-9]{0,99})\z")) return Json.Integer(text);
        bool isWord = ((List<object>)rule["booleans"]).Contains(name) && (text == "true" || text == "false");
        return isWord ? (object)(text == "true") : text;
    }

    static string Key(Fields rule, Request request)
    {
        var key = new List<object> { rule["callback"] };
        key.AddRange(((List<object>)rule["dedupe"]).Select(place => request.At((Fields)place)));
        return key.Skip(1).Any(part => part != null) ? Written(key) : "";
    }

    static string Written(object value)
    {
        var items = value as List<object>;
        var fields = value as Fields;
        if (items != null) return "[" + string.Join(",", items.Select(Written)) + "]";
        if (fields != null)
            return "{" + string.Join(",", fields.OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => Written(one.Key) + ":" + Written(one.Value))) + "}";
        if (value == null) return "null";
        if (value is bool) return (bool)value ? "true" : "false";
        if (!(value is string)) return Convert.ToString(value, CultureInfo.InvariantCulture);
        var made = new StringBuilder("\"");
        foreach (char one in (string)value)
        {
            int known = "\"\\\b\f\n\r\t".IndexOf(one);
            if (known >= 0) made.Append('\\').Append("\"\\bfnrt"[known]);
            else if (one < ' ') made.Append("\\u").Append(((int)one).ToString("x4"));
            else made.Append(one);
        }
        return made.Append('"').ToString();
    }

    /// <summary>Puts what a text holds as JSON in its place; what is none is left.</summary>
    static void OpenText(Fields fields, List<object> path)
    {
        object value;
        if (!fields.TryGetValue((string)path[0], out value)) return;
        if (path.Count > 1 && value is Fields) OpenText((Fields)value, path.Skip(1).ToList());
        if (path.Count > 1 || !(value is string)) return;
        try { fields[(string)path[0]] = Json.Read((string)value); }
        catch (UnreadableException) { } // it stays the text that it is
    }
}
