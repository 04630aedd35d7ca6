import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads bodies strictly: JSON, forms, percent-encoded JSON. What is wrong is an Unreadable. */
record Body(Object value, boolean isForm) {
    static final class Unreadable extends Exception {
        Unreadable(String reason) {
            super(reason);
        }
    }

    private static final int BYTES = 16 * 1024 * 1024, DEPTH = 128, DIGITS = 4300;
    private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_.\\-\\[\\]%]*=");

    static Body read(List<List<String>> headers, byte[] raw) throws Unreadable {
        if (raw.length > BYTES) throw new Unreadable("too-large");
        String text = text(raw), start = text.replaceFirst("^[ \\t\\r\\n]+", "");
        if (start.startsWith("{") || start.startsWith("[")) return new Body(readJson(text), false);
        String type = headers.stream().filter(h -> h.get(0).equalsIgnoreCase("content-type"))
                .map(h -> h.get(1).toLowerCase()).findFirst().orElse("");
        if (type.contains("x-www-form-urlencoded")) return new Body(readForm(text), true);
        if (isEncodedJson(start)) return new Body(readJson(percentDecoded(text.strip())), false);
        if (FORM.matcher(start).lookingAt()) return new Body(readForm(text), true);
        return new Body(readJson(text), false);
    }

    private static boolean isEncodedJson(String text) {
        return text.regionMatches(true, 0, "%7b", 0, 3);
    }

    private static String text(byte[] raw) throws Unreadable {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
        } catch (CharacterCodingException error) {
            throw new Unreadable("unreadable");
        }
    }

    private static Map<String, Object> readForm(String text) throws Unreadable {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String pair : text.replaceFirst("[\\r\\n]+$", "").split("&")) {
            if (pair.isEmpty()) continue;
            String[] parts = (pair + "=").split("=", 2);
            String name = percentDecoded(parts[0]);
            String value = percentDecoded(pair.contains("=") ? pair.split("=", 2)[1] : "");
            if (isEncodedJson(value.strip()) || fields.put(name, value) != null)
                throw new Unreadable("unreadable");
        }
        return fields;
    }

    private static String percentDecoded(String text) throws Unreadable {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        byte[] given = text.replace('+', ' ').getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < given.length; at++) {
            if (given[at] != '%') {
                octets.write(given[at]);
                continue;
            }
            if (at + 2 >= given.length) throw new Unreadable("unreadable");
            int high = Character.digit(given[at + 1], 16), low = Character.digit(given[at + 2], 16);
            if (high < 0 || low < 0) throw new Unreadable("unreadable");
            octets.write(high * 16 + low);
            at += 2;
        }
        return text(octets.toByteArray());
    }

    /** A value: integers of any length exact, as Long or BigInteger; no key twice. */
    static Object readJson(String text) throws Unreadable {
        Json json = new Json(text);
        Object value = json.value(0);
        json.blanks();
        if (json.at < text.length()) throw json.fail();
        return value;
    }

    private static final class Json {
        private static final Pattern SCALAR = Pattern.compile(
                "-?(?:0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?|true|false|null");
        private static final String ESCAPES = "\"\\/bfnrt", MEANT = "\"\\/\b\f\n\r\t";
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Unreadable fail() {
            return new Unreadable("unreadable");
        }

        char peek() {
            return at < text.length() ? text.charAt(at) : '\0';
        }

        void blanks() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
        }

        boolean take(char mark) {
            blanks();
            if (peek() != mark) return false;
            at++;
            return true;
        }

        void need(char mark) throws Unreadable {
            if (!take(mark)) throw fail();
        }

        Object value(int depth) throws Unreadable {
            blanks();
            char mark = peek();
            if ((mark == '{' || mark == '[') && depth >= DEPTH) throw fail();
            if (mark == '"') return string();
            if (take('{')) return object(depth + 1);
            if (take('[')) return array(depth + 1);
            Matcher found = SCALAR.matcher(text).region(at, text.length());
            if (!found.lookingAt()) throw fail();
            at = found.end();
            String word = found.group();
            if (word.equals("null")) return null;
            if (word.startsWith("t") || word.startsWith("f")) return word.equals("true");
            if (found.group(1) == null && found.group(2) == null) return integer(word);
            if (Double.isInfinite(Double.parseDouble(word))) throw fail();
            return Double.parseDouble(word);
        }

        Object integer(String word) throws Unreadable {
            if (word.replace("-", "").length() > DIGITS) throw fail();
            BigInteger value = new BigInteger(word);
            if (value.bitLength() > 63) return value;
            return value.longValue();
        }

        String string() throws Unreadable {
            StringBuilder made = new StringBuilder();
            for (at++; peek() != '"'; at++) {
                char one = peek();
                if (one < ' ') throw fail();
                made.append(one == '\\' ? escaped() : one);
            }
            at++;
            String read = made.toString();
            // A lone half of a character is written as a question mark.
            byte[] octets = read.getBytes(StandardCharsets.UTF_8);
            if (!new String(octets, StandardCharsets.UTF_8).equals(read)) throw fail();
            return read;
        }

        char escaped() throws Unreadable {
            at++;
            int known = ESCAPES.indexOf(peek());
            if (known >= 0) return MEANT.charAt(known);
            if (peek() != 'u' || at + 5 > text.length()) throw fail();
            String digits = text.substring(at + 1, at + 5);
            if (!digits.matches("[0-9A-Fa-f]{4}")) throw fail();
            at += 4;
            return (char) Integer.parseInt(digits, 16);
        }

        Map<String, Object> object(int depth) throws Unreadable {
            Map<String, Object> fields = new LinkedHashMap<>();
            if (take('}')) return fields;
            do {
                blanks();
                if (peek() != '"') throw fail();
                String name = string();
                if (fields.containsKey(name)) throw fail();
                need(':');
                fields.put(name, value(depth));
            } while (take(','));
            need('}');
            return fields;
        }

        List<Object> array(int depth) throws Unreadable {
            List<Object> items = new ArrayList<>();
            if (take(']')) return items;
            do items.add(value(depth)); while (take(','));
            need(']');
            return items;
        }
    }
}
