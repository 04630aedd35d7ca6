using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Fields = System.Collections.Generic.Dictionary<string, object>;

/// <summary>Holds the reader to a pack of vectors: Vectors PACK.</summary>
public static class Vectors
{
    public static int Main(string[] arguments)
    {
        Func<object, string> text = name => File.ReadAllText(Path.Combine(arguments[0], (string)name));
        var index = (Fields)Json.Read(text("index.json"));
        string rules = text(index["rules"]);
        double moment = (long)index["moment"];
        int count = 0, wrong = 0;
        foreach (Fields listed in (List<object>)index["areas"])
        {
            var file = (Fields)Json.Read(text(listed["file"]));
            var areas = new[] { (string)file["area"] };
            List<string> secrets = ((List<object>)file["secrets"]).Cast<string>().ToList();
            var readers = new[] { false, true }.Select(
                takes => new Reader(rules, areas, secrets, takes, () => moment)).ToArray();
            foreach (Fields vector in (List<object>)file["vectors"])
            {
                string got = Outcome(readers[(bool)vector["accept_unsigned"] ? 1 : 0], vector);
                string expected = Normal((Fields)vector["expect"]);
                count++;
                if (got == expected) continue;
                wrong++;
                Console.WriteLine("WRONG " + vector["name"] + "\n" + got + "\n" + expected);
            }
        }
        Console.WriteLine(count + " vectors, " + wrong + " wrong");
        return wrong > 0 ? 1 : 0;
    }

    static string Outcome(Reader reader, Fields vector)
    {
        List<string[]> headers = ((List<object>)vector["headers"])
            .Select(one => ((List<object>)one).Cast<string>().ToArray()).ToList();
        byte[] body = Convert.FromBase64String((string)vector["body"]);
        try
        {
            Event got = reader.Receive((string)vector["method"], (string)vector["url"], headers, body);
            var values = new Fields();
            Leaves(got.Payload, "", values);
            return Normal(new Fields {
                { "accepted", true }, { "callback", got.Callback }, { "dedupe_key", got.DedupeKey }, { "values", values } });
        }
        catch (RejectedException error)
        {
            return Normal(new Fields { { "accepted", false }, { "kind", error.Kind }, { "reason", error.Reason } });
        }
    }

    static void Leaves(object value, string path, Fields into)
    {
        var items = value as List<object>;
        var fields = value as Fields;
        if (fields != null)
            foreach (KeyValuePair<string, object> one in fields)
                Leaves(one.Value, path + "/" + one.Key.Replace("~", "~0").Replace("/", "~1"), into);
        for (int at = 0; items != null && at < items.Count; at++) Leaves(items[at], path + "/" + at, into);
        if (items != null ? items.Count > 0 : fields != null && fields.Count > 0) return;
        bool isNumber = value != null && !(value is string) && !(value is bool) && items == null && fields == null;
        string kind = isNumber ? "number" : value is string ? "text" : items == null && fields == null ? "word" : "empty";
        string text = value == null ? "null" : value is bool ? ((bool)value ? "true" : "false")
            : value is double ? ((double)value).ToString("R", CultureInfo.InvariantCulture) + "d"
            : items != null ? "[]" : fields != null ? "{}" : value.ToString();
        into[path] = new List<object> { kind, text };
    }

    /// <summary>An outcome as one text: digits as they are, other numbers as doubles.</summary>
    static string Normal(Fields outcome)
    {
        IEnumerable<string> told = outcome.Where(one => one.Key != "values")
            .OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Key + "=" + one.Value);
        var values = outcome.ContainsKey("values") ? (Fields)outcome["values"] : new Fields();
        IEnumerable<string> leaves = values.OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => one.Key + " " + Leaf((List<object>)one.Value));
        return string.Join("\n", told.Concat(leaves));
    }

    static string Leaf(List<object> leaf)
    {
        var text = (string)leaf[1];
        bool isDouble = leaf[0].Equals("number") && !Regex.IsMatch(text, @"\A-?[0-9]+\z");
        double number = isDouble ? double.Parse(text.TrimEnd('d'), CultureInfo.InvariantCulture) : 0;
        return leaf[0] + " " + (isDouble ? number.ToString("R", CultureInfo.InvariantCulture) : text);
    }
}
