import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/** Verifies and reads callbacks by rules.json. Java 17, without any library. Make one, for all. */
public final class Reader {
    /** The same event has the same dedupeKey each time that it is sent; "" where none is known. */
    public record Event(String callback, Map<String, Object> payload, byte[] raw, String dedupeKey) {}

    /** kind: invalid-signature (answer 401) or malformed (400); reason: a word for your log. */
    public static final class Rejected extends Exception {
        public final String kind, reason;

        Rejected(String kind, String reason) {
            super(kind + ": " + reason);
            this.kind = kind;
            this.reason = reason;
        }
    }

    private final List<List<Map<String, Object>>> forms = new ArrayList<>();
    private final List<Map<String, Object>> known = new ArrayList<>();
    private final List<String> secrets;
    private final boolean acceptUnsigned;
    private final DoubleSupplier now;

    /** rules is the text of rules.json; now gives seconds. */
    public Reader(String rules, List<String> areas, List<String> secrets, boolean acceptUnsigned,
            DoubleSupplier now) {
        try {
            Map<String, Object> read = object(Body.readJson(rules));
            for (Object signature : (List<?>) read.get("signatures"))
                forms.add(((List<?>) signature).stream().map(Reader::object).toList());
            for (Object rule : (List<?>) read.get("callbacks"))
                if (areas.contains(object(rule).get("area"))) known.add(object(rule));
        } catch (Body.Unreadable error) {
            throw new IllegalArgumentException("rules.json cannot be read", error);
        }
        this.secrets = secrets;
        this.acceptUnsigned = acceptUnsigned;
        this.now = now;
    }

    /** The event in a request: headers as pairs, the body as raw bytes. */
    public Event receive(String method, String url, List<List<String>> headers, byte[] body)
            throws Rejected {
        Body read;
        try {
            read = Body.read(headers, body);
        } catch (Body.Unreadable error) {
            throw new Rejected("malformed", error.getMessage());
        }
        if (!(read.value() instanceof Map)) throw new Rejected("malformed", "no-object");
        Map<String, Object> payload = object(read.value());
        var request = new Signature.Request(method, url, headers, body, payload);
        var found = known.stream().filter(rule -> isNamed(rule, request)).toList();
        Map<String, Object> rule = first(found, "valid", request);
        if (rule == null && acceptUnsigned) rule = first(found, "unsigned", request);
        if (rule == null) return unknown(found, request);
        holdToNow(rule, request);
        if (read.isForm()) for (var field : payload.entrySet()) field.setValue(typed(rule, field));
        String key = key(rule, request);
        for (Object path : (List<?>) rule.get("nested")) openText(payload, (List<?>) path);
        return new Event((String) rule.get("callback"), payload, body, key);
    }

    private Map<String, Object> first(List<Map<String, Object>> rules, String proof,
            Signature.Request request) {
        return rules.stream().filter(one -> proof(one, request).equals(proof)).findFirst().orElse(null);
    }

    private String proof(Map<String, Object> rule, Signature.Request request) {
        var documented = forms.get(((Long) rule.get("signature")).intValue());
        if (documented.isEmpty()) return "unsigned";
        List<String> found = new ArrayList<>();
        for (var form : documented)
            for (String secret : secrets) found.add(new Signature(form, secret).verdict(request));
        for (String one : List.of("valid", "wrong", "unreadable", "missing"))
            if (found.contains(one)) return one;
        return "wrong";
    }

    /** The event of a name that the rules do not have, of a sender who is proved. */
    private Event unknown(List<Map<String, Object>> found, Signature.Request request)
            throws Rejected {
        if (!found.isEmpty()) throw new Rejected("invalid-signature", proof(found.get(0), request));
        var proofs = known.stream().map(rule -> proof(rule, request)).distinct().toList();
        boolean isUnsigned = acceptUnsigned && proofs.equals(List.of("unsigned"));
        if (!proofs.contains("valid") && !isUnsigned) throw new Rejected("invalid-signature", "wrong");
        return new Event("", request.payload(), request.body(), "");
    }

    private static boolean isNamed(Map<String, Object> rule, Signature.Request request) {
        for (Object place : (List<?>) rule.get("named")) {
            Object value = request.at(object(place));
            if (value instanceof Double number && number % 1 == 0) value = number.longValue();
            List<?> values = (List<?>) object(place).get("values");
            boolean isThere = value != null && value != Signature.MISSING;
            if (values.isEmpty() ? !isThere : !values.contains(value)) return false;
        }
        return true;
    }

    private void holdToNow(Map<String, Object> rule, Signature.Request request) throws Rejected {
        if (rule.get("moment") == null) return;
        Map<String, Object> moment = object(rule.get("moment"));
        String text = String.valueOf(request.at(moment));
        if (!text.matches("[0-9]{1,16}")) return;
        double seconds = Double.parseDouble(text) / (moment.get("unit").equals("milliseconds") ? 1000 : 1);
        if (Math.abs(seconds - now.getAsDouble()) > ((Long) moment.get("tolerance")))
            throw new Rejected("invalid-signature", "stale");
    }

    /** A field of a form as what the page documents. */
    private static Object typed(Map<String, Object> rule, Map.Entry<String, Object> field) {
        String text = (String) field.getValue();
        boolean isNumber = ((List<?>) rule.get("numbers")).contains(field.getKey());
        if (isNumber && text.matches("-?(0|[1-9][0-9]{0,99})")) {
            BigInteger number = new BigInteger(text);
            if (number.bitLength() > 63) return number;
            return number.longValue();
        }
        boolean isWord = ((List<?>) rule.get("booleans")).contains(field.getKey());
        return isWord && text.matches("true|false") ? (Object) text.equals("true") : text;
    }

    private static String key(Map<String, Object> rule, Signature.Request request) {
        List<Object> key = new ArrayList<>(List.of(rule.get("callback")));
        boolean isKnown = false;
        for (Object place : (List<?>) rule.get("dedupe")) {
            Object part = request.at(object(place));
            key.add(part);
            isKnown = isKnown || (part != null && part != Signature.MISSING);
        }
        return isKnown ? json(key) : "";
    }

    private static String json(Object value) {
        if (value == null || value == Signature.MISSING) return "null";
        if (value instanceof List<?> items)
            return "[" + String.join(",", items.stream().map(Reader::json).toList()) + "]";
        if (value instanceof Map<?, ?> fields)
            return "{" + String.join(",", new TreeMap<>(fields).entrySet().stream()
                    .map(one -> json(one.getKey()) + ":" + json(one.getValue())).toList()) + "}";
        if (!(value instanceof String text)) return value.toString();
        StringBuilder made = new StringBuilder("\"");
        for (char one : text.toCharArray()) {
            int known = "\"\\\b\f\n\r\t".indexOf(one);
            if (known >= 0) made.append('\\').append("\"\\bfnrt".charAt(known));
            else made.append(one < ' ' ? String.format("\\u%04x", (int) one) : one);
        }
        return made.append('"').toString();
    }

    /** Puts what a text holds as JSON in its place; what is none is left. */
    private static void openText(Map<String, Object> fields, List<?> path) {
        Object name = path.get(0);
        if (fields.get(name) instanceof Map<?, ?> && path.size() > 1)
            openText(object(fields.get(name)), path.subList(1, path.size()));
        else if (fields.get(name) instanceof String text && path.size() == 1)
            try {
                fields.put((String) name, Body.readJson(text));
            } catch (Body.Unreadable error) {
                // It stays the text that it is.
            }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }
}
